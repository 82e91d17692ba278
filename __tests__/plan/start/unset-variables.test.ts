import { describe, expect, test } from '@jest/globals'
import { unsetVariables } from '../../../src/plan/start/unset-variables.ts'

describe('variables of a start command that nobody sets', () => {
  test.each([
    {
      name: 'one that a platform would set',
      line: 'exec gunicorn -w $WEB_CONCURRENCY -b 0.0.0.0:$PORT app:app',
      unset: ['WEB_CONCURRENCY'],
    },
    { name: 'one in braces, once', line: 'serve ${APP_PORT} "${APP_PORT}"', unset: ['APP_PORT'] },
    { name: 'none that has a default', line: 'serve ${APP_PORT:-8000} ${A-b} ${B:+c}', unset: [] },
    { name: 'none that the line sets', line: 'A=1 && export B=2; for c in x; do serve $A $B $c; done', unset: [] },
    { name: 'none in single quotes or behind a backslash', line: "sh -c 'echo $A' \\$B", unset: [] },
    { name: "none of a shell's own", line: 'exec serve "$@" $1 $$ $HOME', unset: [] },
  ])('$name', ({ line, unset }) => {
    expect(unsetVariables(['/usr/local/bin/entrypoint', 'sh', '-c', line], ['PORT'])).toEqual(unset)
  })

  test('words without a shell use none', () => {
    expect(unsetVariables(['serve', '$A'], [])).toEqual([])
    expect(unsetVariables(['python', '-c', 'print("$A")'], [])).toEqual([])
  })
})
