import { describe, expect, test } from '@jest/globals'
import { readCommand } from '../../src/inputs/program.ts'
import { inputsWith, userError } from '../support/values.ts'

describe('the input command', () => {
  test.each([
    { name: 'is a line of a shell', text: 'gunicorn $APP', read: 'gunicorn $APP' },
    { name: 'is a JSON list of words', text: '["a b", "$C", ""]', read: ['a b', '$C', ''] },
  ])('$name', ({ text, read }) => {
    expect(readCommand('command', text)).toEqual(read)
  })

  test.each([
    { name: 'an empty list', text: '[]' },
    { name: 'a list without quotes', text: '[gunicorn, app]' },
    { name: 'a list with a number', text: '["a", 1]' },
    { name: 'a list that begins with nothing', text: '["", "a"]' },
    { name: 'a list that does not end', text: '["a"' },
  ])('is an error where it is $name', ({ text }) => {
    expect(userError(() => readCommand('command', text)).message).toContain('command begins like a JSON list and is none')
  })
})

test('a list that is none is told with the other wrong values, before anything is planned', () => {
  const error = userError(() => inputsWith({ command: '[gunicorn]', ports: 'http' }))
  expect([error, ...error.others].map(({ input }) => input)).toEqual(['command', 'ports'])
})

describe('healthcheck', () => {
  test.each(['', 'tcp', '/', '/health?deep=1', 'python -m shop.health', 'curl -f http://localhost/'])('may be "%s"', (healthcheck) => {
    expect(inputsWith({ healthcheck }).healthcheck).toBe(healthcheck)
  })

  test.each([
    'http://localhost:8000/health',
    'HTTPS://x',
    'TCP',
    'http',
    '8000',
    'none',
    'CMD curl x',
    'CMD-SHELL x',
    '["CMD", "x"]',
    'HEALTHCHECK CMD x',
  ])('is no shell line where it is "%s"', (healthcheck) => {
    const error = userError(() => inputsWith({ healthcheck }))
    expect([error.input, error.next]).toEqual(['healthcheck', 'It must be tcp, a path such as /health, or a command as a line of a shell.'])
  })
})

describe('ports', () => {
  test.each(['8000:8000', '8000', ':8000', '127.0.0.1:80:8000/udp', '[::1]:80:8000', '65535:1'])('may be %s', (ports) => {
    expect(inputsWith({ ports }).ports).toEqual([ports])
  })

  test.each(['65536:80', '80:65536', '0:80', '80:0', '8000:http', 'a:b', '8000:8000:'])('are no numbers of ports in %s', (ports) => {
    expect(userError(() => inputsWith({ ports })).input).toBe('ports')
  })
})

test.each(['2026-02-30', '2026-13-01', '2026-01-31T25:00:00Z'])('exclude-newer is a date that there is, not %s', (value) => {
  expect(userError(() => inputsWith({ 'exclude-newer': value })).input).toBe('exclude-newer')
})
