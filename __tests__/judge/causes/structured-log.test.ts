import { expect, test } from '@jest/globals'
import { unfolded } from '../../../src/judge/causes/structured-log.ts'

test('a traceback in a line of JSON is read as its lines, an exception group without its margin', () => {
  const message =
    '  + Exception Group Traceback (most recent call last):\n  |   File "a.py", line 1\n    | PermissionError: [Errno 13] x\n    +---'
  const lines = unfolded([
    'started',
    JSON.stringify({ level: 'error', message }),
    '{"level": "info"}',
    '{"a": "Traceback (most recent call last)',
  ])
  expect(lines).toContain('PermissionError: [Errno 13] x')
  expect(lines).toEqual(expect.arrayContaining(['started', '{"level": "info"}', '{"a": "Traceback (most recent call last)']))
})
