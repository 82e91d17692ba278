import { describe, expect, test } from '@jest/globals'
import { readArguments } from '../../src/cli/arguments.ts'
import { toolHelp, verbHelp } from '../../src/cli/help.ts'
import { tooOld } from '../../src/cli/node-version.ts'
import { VERBS } from '../../src/cli/verbs.ts'

test('the help of the tool', () => {
  expect(toolHelp()).toMatchSnapshot()
})

describe('the help of a verb', () => {
  test.each(VERBS.map((verb) => [verb.name, verb] as const))('%s', (_name, verb) => {
    expect(verbHelp(verb)).toMatchSnapshot()
  })

  test('has examples that can be typed', () => {
    const words = (line: string) => [...line.matchAll(/"([^"]*)"|(\S+)/g)].map((match) => match[1] ?? match[2] ?? '')
    for (const verb of VERBS) {
      expect(verb.examples.length).toBeGreaterThan(0)
      for (const [line] of verb.examples) expect(readArguments(words(line)).verb?.name).toBe(verb.name)
    }
  })

  test('fits a terminal of 120 columns', () => {
    const lines = [toolHelp(), ...VERBS.map(verbHelp)].join('\n').split('\n')
    expect(lines.filter((line) => line.length > 120)).toEqual([])
  })
})

test('an old Node is told what it lacks', () => {
  expect(tooOld('20.11.1')).toBe(
    'error: pypackager needs Node 24 or later, and this is Node 20.11.1. Install a newer one, or put it first on PATH.',
  )
  expect(tooOld('24.0.0')).toBeUndefined()
})
