import { expect, test } from '@jest/globals'
import { splitStages, stagesFor } from '../../../src/plan/eject/stages.ts'

const TEXT = `ARG BASE=base

# the parent
FROM debian AS base
RUN one \\
    two

# not needed
FROM base AS other
RUN three

# last in the text, first in the order
FROM base AS release
COPY --from=late /srv/ /
FROM scratch AS late
RUN --mount=type=bind,from=later,source=/,target=/mnt four
FROM base AS later
RUN five
`

test('a Dockerfile is its stages, each with the comment above it and all that it takes', () => {
  const stages = splitStages(TEXT)
  expect(stages.map(({ name, takes }) => [name, takes])).toEqual([
    ['base', ['debian']],
    ['other', ['base']],
    ['release', ['base', 'late']],
    ['late', ['scratch', 'later']],
    ['later', ['base']],
  ])
  expect(stages[0]?.text).toBe('# the parent\nFROM debian AS base\nRUN one \\\n    two\n')
})

test('a goal has what it needs before itself, and nothing else', () => {
  expect(stagesFor('release', splitStages(TEXT)).map(({ name }) => name)).toEqual(['base', 'later', 'late', 'release'])
})

test('stages that need each other have no order', () => {
  const circle = 'FROM two AS one\nFROM one AS two\n'
  expect(() => stagesFor('one', splitStages(circle))).toThrow('the stages one, two, one need each other')
})
