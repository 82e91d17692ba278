import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type Hostile, hostile, KINDS, MARK } from './hostile.ts'
import { commandsIn } from './runner-commands.ts'

// The generator of hostile values: a property that holds of tame values alone says nothing.

const sample = (count: number, ...limits: Parameters<typeof hostile>) => fc.sample(hostile(...limits), { numRuns: count, seed: 7431 })

test('500 values hold each kind of attack often', () => {
  const counts = new Map(KINDS.map((kind) => [kind, 0]))
  for (const { kind } of sample(500)) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  expect(Math.min(...counts.values())).toBeGreaterThanOrEqual(20)
})

test('500 values are as many different ones, nearly', () => {
  expect(new Set(sample(500).map(({ text }) => text)).size).toBeGreaterThan(400)
})

test.each<{ name: string; shows: (text: string) => boolean; times: number }>([
  { name: 'a shell would touch a file', shows: (text) => /\$\(touch |`touch |; touch /.test(text), times: 10 },
  { name: 'an option begins the value', shows: (text) => /^--?\w/.test(text), times: 10 },
  {
    name: 'a runner would obey a line of it',
    shows: (text) => commandsIn(text).some((all) => JSON.stringify(all).includes(MARK)),
    times: 10,
  },
  { name: 'a line end of any kind is in it', shows: (text) => /[\n\r\v\f\u0085\u2028\u2029]/.test(text), times: 50 },
  { name: 'NUL is in it', shows: (text) => text.includes('\0'), times: 20 },
  { name: 'it has 200,000 characters or more', shows: (text) => text.length >= 200_000, times: 20 },
  { name: 'it is no Unicode', shows: (text) => !text.isWellFormed(), times: 20 },
  { name: 'it changes the direction of text', shows: (text) => /[\u202d\u202e\u2066]/.test(text), times: 10 },
  { name: 'it leads upwards', shows: (text) => text.includes('../'), times: 20 },
  { name: 'it has emoji', shows: (text) => /\p{Extended_Pictographic}/u.test(text), times: 10 },
])('of 500 values, in some $name', ({ shows, times }) => {
  expect(sample(500).filter(({ text }) => shows(text)).length).toBeGreaterThanOrEqual(times)
})

test('the same seed gives the same values', () => {
  expect(sample(50)).toEqual(sample(50))
})

test('a limit of length and a choice of kinds are kept', () => {
  const some: readonly Hostile[] = sample(200, 1000, ['shell', 'option'])
  expect(some.every(({ text }) => text.length <= 1000)).toBe(true)
  expect([...new Set(some.map(({ kind }) => kind))].sort()).toEqual(['option', 'shell'])
})
