import { expect, test } from '@jest/globals'
import { Steps } from '../../src/run/steps.ts'
import { listener } from '../support/world.ts'

test('what release and test image both find is told once, and is in the summary once', () => {
  const heard = listener()
  const { log, warnings } = new Steps(heard)
  for (const text of ['one', 'two', 'one']) log.warning(text)
  for (const text of ['three', 'three']) log.notice(text)
  for (const text of ['four', 'four']) log.info(text)
  expect(heard.lines).toEqual(['one', 'two', 'three', 'four', 'four'])
  expect(warnings).toEqual(['one', 'two'])
})

test('a step that failed has its row, too, with its time', async () => {
  const steps = new Steps(listener())
  await steps.take('base', async () => ['reused', 1])
  await expect(steps.take('wheels', () => Promise.reject(new Error('uwsgi did not build')))).rejects.toThrow('uwsgi did not build')
  expect(steps.times(undefined).map(({ step, how }) => [step, how])).toEqual([
    ['base', 'reused'],
    ['wheels', 'failed'],
  ])
  expect(steps.times(undefined).every(({ seconds }) => seconds >= 0)).toBe(true)
})
