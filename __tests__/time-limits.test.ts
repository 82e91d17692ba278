import { describe, expect, test } from '@jest/globals'
import { readInputs } from '../src/inputs.ts'
import { inWords, limitOf } from '../src/time-limits.ts'
import { userError } from './support/values.ts'

describe('the input timeout', () => {
  test.each([
    { name: 'leaves each step its own where it is not set', timeout: '', build: 3600, run: 600 },
    { name: 'holds for every step', timeout: '90', build: 5400, run: 5400 },
    { name: 'may be part of a minute', timeout: '0.1', build: 6, run: 6 },
  ])('$name', ({ timeout, build, run }) => {
    expect([limitOf('build', timeout), limitOf('run', timeout)]).toEqual([build, run])
  })

  test.each(['0', '0.0', '-1', '1e9', '1h', '99999', '.5', 'NaN'])('may not be "%s"', (value) => {
    const error = userError(() => readInputs((name) => (name === 'timeout' ? value : '')))
    expect([error.message, error.next]).toEqual([`timeout is "${value}"`, 'It must be minutes for each step, such as 30.'])
  })
})

test.each([
  { seconds: 6, words: '6 s' },
  { seconds: 3600, words: '60 minutes' },
  { seconds: 150, words: '2.5 minutes' },
])('$seconds seconds are $words', ({ seconds, words }) => {
  expect(inWords(seconds)).toBe(words)
})
