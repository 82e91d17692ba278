import { expect, test } from '@jest/globals'
import { judgeNames } from '../../../src/run/wheels/unknown-names.ts'
import { contextWith, outsideGitHub, userError } from '../../support/values.ts'
import { listener } from '../../support/world.ts'

const UNKNOWN = [
  { kind: 'extra', cause: 'shop has no extra "cach" (it has cache)', near: 'cache' },
  { kind: 'dependency group', cause: 'shop has no dependency group "x" (it has none)', near: undefined },
] as const

test('names that the project lacks are errors in a workflow, each with its input', () => {
  const error = userError(() => judgeNames({ context: contextWith(), log: listener() }, 'extras', UNKNOWN))
  expect([error, ...error.others].map(({ input, message, next }) => [input, message, next])).toEqual([
    ['extras', 'shop has no extra "cach" (it has cache)', 'Did you mean "cache"? The input extras names the extra.'],
    ['extras', 'shop has no dependency group "x" (it has none)', 'The input extras names the dependency group.'],
  ])
})

test('they are warnings on a laptop, as with pip', () => {
  const log = listener()
  judgeNames({ context: outsideGitHub(), log }, 'test-extras', UNKNOWN)
  expect(log.lines).toEqual([
    'shop has no extra "cach" (it has cache). Did you mean "cache"? Nothing is installed for it.',
    'shop has no dependency group "x" (it has none). Nothing is installed for it.',
  ])
})

test('names that are there are nothing to tell', () => {
  judgeNames({ context: contextWith(), log: listener() }, 'extras', [])
})
