import { describe, expect, test } from '@jest/globals'
import { exitCodeOf } from '../../src/cli/usage.ts'
import { UserError } from '../../src/errors.ts'
import {
  byEnvironment,
  byFile,
  byFlags,
  byOldNames,
  byVerb,
  byWheelhouse,
  type Resolver,
  resolveSettings,
} from '../../src/inputs/settings.ts'
import { userError } from '../support/values.ts'

const FILE = 'pyproject.toml'
const flags = (given: Readonly<Record<string, string>>) => byFlags(new Map(Object.entries(given)), (input) => `--${input}`)

describe('which value counts, and where it comes from', () => {
  const ours = byEnvironment({ PYPACKAGER_NAMESPACE: 'of-ours', PYPACKAGER_EXTRAS: '' })
  const old = byOldNames({ REPO_NS: 'of-old', PORTS: '80:80  81:81', ENV_VARS: 'A=b C=d', VOLUMES: './a:/a b:/b', REPO_VERSION: '7' })
  const file = byFile(FILE, { namespace: 'of-file', extras: ['a', 'b'], ports: ['1:1'], version: '3' })
  const rows: Readonly<Record<string, { resolvers: readonly Resolver[]; input: string; value?: string; from?: string }>> = {
    'the verb before all': {
      resolvers: [byVerb('push', { push: 'true' }), flags({ push: 'false' })],
      input: 'push',
      value: 'true',
      from: 'pypackager push',
    },
    'a flag before the environment': {
      resolvers: [flags({ namespace: 'x' }), ours, old, file],
      input: 'namespace',
      value: 'x',
      from: '--namespace',
    },
    'our name before the old one': { resolvers: [ours, old, file], input: 'namespace', value: 'of-ours', from: 'PYPACKAGER_NAMESPACE' },
    'the old name before the file': { resolvers: [old, file], input: 'namespace', value: 'of-old', from: 'REPO_NS' },
    'the file last': { resolvers: [flags({}), byEnvironment({}), byOldNames({}), file], input: 'namespace', value: 'of-file', from: FILE },
    'an empty flag counts': { resolvers: [flags({ extras: '' }), file], input: 'extras', value: '', from: '--extras' },
    'an empty variable is none': { resolvers: [ours, file], input: 'extras', value: 'a\nb', from: FILE },
    'blanks part the old ports': { resolvers: [old, file], input: 'ports', value: '80:80\n81:81', from: 'PORTS' },
    'blanks part the old environment': { resolvers: [old], input: 'env', value: 'A=b\nC=d', from: 'ENV_VARS' },
    'blanks part the old volumes': { resolvers: [old], input: 'volumes', value: './a:/a\nb:/b', from: 'VOLUMES' },
    'values are never joined': { resolvers: [flags({ ports: '2:2' }), old, file], input: 'ports', value: '2:2', from: '--ports' },
    'the old version': { resolvers: [old, file], input: 'version', value: '7', from: 'REPO_VERSION' },
    'the old image name': { resolvers: [byOldNames({ IMAGE_NAME: 'shop' })], input: 'image-name', value: 'shop', from: 'IMAGE_NAME' },
    'the bound of the wheelhouse, after all others': {
      resolvers: [file, byWheelhouse('2026-01-02T00:00:00Z')],
      input: 'exclude-newer',
      value: '2026-01-02T00:00:00Z',
      from: 'the wheelhouse',
    },
    nothing: { resolvers: [flags({}), byWheelhouse(undefined)], input: 'exclude-newer' },
  }
  test.each(Object.entries(rows))('%s', (_name, { resolvers, input, value, from }) => {
    expect(resolveSettings(resolvers).get(input)).toEqual(value === undefined ? undefined : { value, from })
  })
})

describe('[tool.pypackager]', () => {
  const values: Readonly<Record<string, { key: string; value: unknown; is: string }>> = {
    text: { key: 'registry', value: 'ghcr.io', is: 'ghcr.io' },
    'a list': { key: 'volumes', value: ['./a b:/a', 'b:/b'], is: './a b:/a\nb:/b' },
    'a truth': { key: 'sbom', value: false, is: 'false' },
    'a table of the environment': { key: 'image-env', value: { A: 'b c', C: 'd' }, is: 'A=b c\nC=d' },
  }
  test.each(Object.entries(values))('takes %s', (_name, { key, value, is }) => {
    expect(byFile(FILE, { [key]: value })(key)).toEqual({ value: is, from: FILE })
  })

  test('leaves the command to who reads the project, where a Procfile goes before it', () => {
    expect(byFile(FILE, { command: ['serve', 'a b'] })('command')).toBeUndefined()
  })

  const faults: Readonly<Record<string, { table: Readonly<Record<string, unknown>>; cause: string; next: string }>> = {
    'a slip': { table: { namspace: 'x' }, cause: 'has the key "namspace", which is no setting', next: 'Did you mean namespace?' },
    'another key': { table: { colour: 'x' }, cause: 'has the key "colour"', next: 'Keys are the names of inputs' },
    'a secret': { table: { password: 'x' }, cause: 'which is not set there', next: 'Set PYPACKAGER_PASSWORD' },
    'a setting of workflows': { table: { cache: 'always' }, cause: 'which is not set there', next: 'It is of workflows alone.' },
    'the path to itself': { table: { path: 'src' }, cause: 'which is not set there', next: 'It is what says where this file is.' },
    'a number that is a version': { table: { 'python-version': 3.1 }, cause: 'with quotes, as 3.10 would be 3.1', next: 'Fix it there.' },
    'a list of numbers': { table: { ports: [8000] }, cause: 'is not a list of texts', next: 'Fix it there.' },
    'a table where none is meant': { table: { ports: { a: 'b' } }, cause: 'is not text or a list of texts', next: 'Fix it there.' },
    'several lines in an item': { table: { env: ['A=b\nC=d'] }, cause: 'one line each', next: 'Fix it there.' },
  }
  test.each(Object.entries(faults))('refuses %s', (_name, { table, cause, next }) => {
    const error = userError(() => byFile(FILE, table))
    expect(error.message).toContain(cause)
    expect(error.next).toContain(next)
    expect(exitCodeOf(error)).toBe(2)
  })
})

test('exit codes: 2 for what was typed or set wrongly, 1 for all else', () => {
  expect(exitCodeOf(new UserError('inputs', 'x', 'y'))).toBe(2)
  expect(exitCodeOf(new UserError('wheels', 'x', 'y'))).toBe(1)
  expect(exitCodeOf(new Error('x'))).toBe(1)
})
