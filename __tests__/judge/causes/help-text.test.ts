import { describe, expect, test } from '@jest/globals'
import { servingIn } from '../../../src/judge/causes/help-text.ts'
import { endedCheck } from '../../../src/judge/checks/start-ends.ts'

describe('the command that serves', () => {
  test.each([
    {
      name: 'of click',
      help: 'Usage: octoprint [OPTIONS]\n\nCommands:\n  config  Basic config manipulation.\n  serve   Starts the OctoPrint server.',
      is: 'serve',
    },
    { name: 'of click, without a word on it', help: 'Usage: x\n\nCommands:\n  run\n  init', is: 'run' },
    { name: 'of argparse', help: 'usage: x [-h] {init,start,web} ...\nx: error: the following arguments are required: command', is: 'web' },
    { name: 'of none', help: 'Usage: x FILE\n\n  Serve it to the reader.\n\nOptions:\n  --run  Run it.', is: undefined },
  ])('$name', ({ help, is }) => {
    expect(servingIn(help.split('\n'))).toBe(is)
  })

  test('is named before another server', () => {
    const end = { kind: 'ended', code: 2, lastLine: '', usage: true, serving: 'serve' } as const
    const facts = { command: ['/usr/local/bin/entrypoint', 'octoprint'], besideWheel: [], web: true }
    expect(endedCheck(end, facts).next).toBe('Its help names serve, which may be what serves. Set command: octoprint serve')
    expect(endedCheck({ ...end, serving: undefined }, facts).next).toMatch(/set packages: gunicorn/)
  })
})
