import { describe, expect, test } from '@jest/globals'
import { TABLE } from '../../src/inputs/table.ts'
import { judgeUnknown, unknownInputs } from '../../src/inputs/unknown.ts'
import { readInputs } from '../../src/inputs.ts'
import { userError } from '../support/values.ts'

/** As the runner hands them on. */
const variables = (...names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`, 'x']))

test('every input of the table is known', () => {
  expect(unknownInputs({ ...variables(...Object.keys(TABLE)), PATH: '/bin', GITHUB_INPUT_X: 'y' })).toEqual([])
})

describe('an unknown input', () => {
  test.each([
    { name: 'namspace', next: 'Did you mean namespace?' },
    { name: 'extra', next: 'Did you mean extras?' },
    { name: 'image_name', next: 'Did you mean image-name?' },
    { name: 'image name', next: 'Did you mean image-name?' },
    { name: 'file', next: 'Write dockerfile, a file relative to path.' },
    { name: 'platforms', next: 'Write platform, with one of them' },
    { name: 'context', next: 'Write path' },
    { name: 'cache-from', next: 'Leave it out' },
    { name: 'secret_files', next: 'Write secrets' },
    { name: 'tag', next: 'Did you mean tags?' },
  ])('$name is an error that says what to write', ({ name, next }) => {
    const { faults, warnings } = judgeUnknown(variables(name))
    expect(faults.map((fault) => fault.message)).toEqual([
      expect.stringMatching(`^there is no input ${name.replaceAll(' ', '_')}, which this step sets`),
    ])
    expect(faults[0]?.next).toContain(next)
    expect(warnings).toEqual([])
  })

  test('names only inputs that there are in its advice', () => {
    const names =
      'file context platforms images image repository cache-from load outputs pull provenance annotations secret-envs builder add-hosts'
    const { faults } = judgeUnknown(variables(...names.split(' ')))
    const advised = faults.map((fault) => /^Write ([a-z-]+)/.exec(fault.next)?.[1]).filter((name) => name !== undefined)
    expect(advised.filter((name) => !(name in TABLE))).toEqual([])
    expect(advised.length).toBeGreaterThan(8)
  })

  test('that is like nothing may be a variable of the job, and is a warning', () => {
    expect(judgeUnknown(variables('weather-forecast'))).toEqual({
      faults: [],
      warnings: ['There is no input weather-forecast, so it has no effect. docs/inputs.md lists all inputs.'],
    })
  })

  test.each(['ACT', 'GITEA_ACTIONS', 'FORGEJO_ACTIONS'])(
    'is a warning where the runner (%s) hands on those of a composite action',
    (name) => {
      const { faults, warnings } = judgeUnknown({ ...variables('context'), [name]: 'true' })
      expect(faults).toEqual([])
      expect(warnings).toEqual(['There is no input context, so it has no effect. Write path, the folder of the project.'])
    },
  )

  test('is told with every wrong value', () => {
    const error = userError(() => readInputs((name) => (name === 'push' ? 'yes' : ''), judgeUnknown(variables('file')).faults))
    expect([error, ...error.others].map(({ message }) => message)).toEqual([
      expect.stringMatching(/^there is no input file,/),
      'push is "yes"',
    ])
  })
})
