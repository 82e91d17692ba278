import { describe, expect, test } from '@jest/globals'
import { bindAdvice, hostOptionIn } from '../../../src/judge/causes/bind-advice.ts'

describe('what lets others reach a start', () => {
  const shell = (line: string) => ['/usr/local/bin/entrypoint', 'sh', '-c', `exec ${line}`]
  test.each([
    { name: 'of Flask', facts: { command: shell('flask --app shop run') }, says: 'Set command: flask --app shop run --host 0.0.0.0' },
    { name: 'of uvicorn', facts: { command: ['sh', '-c', 'exec uvicorn a:b'] }, says: 'Set command: uvicorn a:b --host 0.0.0.0' },
    { name: 'of gunicorn', facts: { command: shell('gunicorn a:b') }, says: 'Set command: gunicorn a:b --bind 0.0.0.0:8000' },
    {
      name: 'of a script with an option',
      facts: { command: ['/usr/local/bin/entrypoint', 'datasette'], hostOption: '--host' },
      says: 'Set command: datasette --host 0.0.0.0',
    },
    {
      name: 'of gradio',
      facts: { command: shell('python app.py'), installed: ['gradio'] },
      says: 'Set image-env: GRADIO_SERVER_NAME=0.0.0.0',
    },
    { name: 'of Dash', facts: { command: shell('python app.py'), installed: ['dash', 'flask'] }, says: 'Set image-env: HOST=0.0.0.0' },
    { name: "of Flask's own server", facts: { command: shell('python app.py'), installed: ['flask'] }, says: 'app.run(host="0.0.0.0").' },
    { name: 'of several programs', facts: { command: shell('a; uvicorn a:b') }, says: 'Bind 0.0.0.0.' },
  ])('$name', ({ facts, says }) => {
    expect(bindAdvice(facts)).toMatch(/^Bind 0\.0\.0\.0/)
    expect(bindAdvice(facts).endsWith(says)).toBe(true)
  })

  test('an option stands in the source', () => {
    expect(hostOptionIn(['x = 1', '@click.option("-h", "--host", default="127.0.0.1")'])).toBe('--host')
    expect(hostOptionIn(['# --host'])).toBeUndefined()
  })
})
