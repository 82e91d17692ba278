import { describe, expect, test } from '@jest/globals'
import type { Selection } from '../../../src/project/locks/pins.ts'
import { readToml } from '../../../src/project/toml.ts'
import { defaultGroupsNotice } from '../../../src/project/tools/default-groups.ts'
import { fixtureText, linux, readFixture, shown } from '../../support/locks.ts'

// What the tools themselves export of the same locks; fixtures/locks/ask_tools.py asks them.

interface Answer {
  readonly lock: string
  /** The tool with its version. */
  readonly by: string
  readonly asked: string
  readonly selection: Selection | 'the notice'
  readonly python: string
  readonly pins: readonly string[]
}

const ANSWERS = JSON.parse(fixtureText('said-by-tools.json')) as readonly Answer[]

/** What a user installs who takes the words that the notice names. */
function asTheNoticeSays(lock: string): Selection {
  const pyproject = readToml('pyproject.toml', fixtureText(lock.replace('uv.lock', 'pyproject.toml')))
  const [, words = ''] = /\(extras: (.*)\)/.exec(defaultGroupsNotice(pyproject, []) ?? '') ?? []
  return { extras: [], groups: words.split(', ').map((word) => word.replace(/^group:/, '')) }
}

describe.each(ANSWERS)('$lock for Python $python', ({ lock, by, asked, selection, python, pins }) => {
  test(`holds what ${by} ${asked} tells`, () => {
    expect(shown(readFixture(lock, linux(python), selection === 'the notice' ? asTheNoticeSays(lock) : selection))).toEqual(pins)
  })
})

test.each(['pdm', 'pipenv', 'uv'])('%s is among those that are asked', (tool) => {
  expect(ANSWERS.filter(({ by, pins }) => by.startsWith(`${tool} `) && pins.length > 0).length).toBeGreaterThan(3)
})
