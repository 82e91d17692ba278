import { describe, expect, test } from '@jest/globals'
import { linux, NOTHING, readFixture, readText, shown, windows } from '../../support/locks.ts'
import { userError } from '../../support/values.ts'

const HASH = 'ab'.repeat(32)

function lockOf(packages: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ _meta: { 'pipfile-spec': 6 }, ...packages })
}

describe('a Pipfile.lock', () => {
  const DEFAULT = [
    'beautifulsoup4==4.15.0',
    'click==8.5.1',
    'html5lib==1.1',
    'shop-core @ directory',
    'six==1.17.0',
    'soupsieve==4.1.2',
    'tomli==2.5.0',
    'typing-extensions==4.16.0',
    'webencodings==0.6.1',
  ]

  test('that Pipenv made gives what Linux gets, with sums and no names', () => {
    const lock = readFixture('pipenv/Pipfile.lock', linux('3.11.9'))
    expect(shown(lock)).toEqual(
      DEFAULT.map((pin) => (pin.startsWith('soupsieve') ? shown(lock).find((one) => one.startsWith('soupsieve')) : pin)),
    )
    expect([...(lock.pins[0]?.files.values() ?? [])]).toEqual(['', ''])
    expect(lock.pins.find(({ name }) => name === 'shop-core')?.source).toEqual({ kind: 'directory', path: 'core' })
    expect({ extras: lock.extras, groups: lock.groups }).toEqual({ extras: undefined, groups: ['dev'] })
  })

  test('adds develop as the group dev', () => {
    expect(shown(readFixture('pipenv/Pipfile.lock', linux('3.11.9'), { extras: [], groups: ['dev'] }))).toEqual(
      expect.arrayContaining(['iniconfig==2.3.1', 'pathspec==1.1.1']),
    )
  })

  test('leaves out a backport of the newer Python', () => {
    expect(shown(readFixture('pipenv/Pipfile.lock', linux('3.13.2'))).join(' ')).not.toContain('tomli')
  })

  test('that has no version of a package is refused where the package is wanted', () => {
    const error = userError(() => readFixture('pipenv/Pipfile.lock', windows('3.11.9')))
    expect(error.message).toBe('Pipfile.lock has no version of pywin32-ctypes')
  })

  test('has other categories as groups by their names', () => {
    const text = lockOf({ default: {}, Docs_Site: { sphinx: { version: '==8.0', hashes: [`sha256:${HASH}`] } } })
    expect(shown(readText('Pipfile.lock', text, { extras: [], groups: ['docs-site'] }))).toEqual(['sphinx==8.0'])
    expect(shown(readText('Pipfile.lock', text))).toEqual([])
  })

  test('takes the version of the later category, as Pipenv installs them', () => {
    const entry = (version: string) => ({ a: { version: `==${version}`, hashes: [`sha256:${HASH}`] } })
    const text = lockOf({ default: entry('1'), develop: entry('2') })
    expect(shown(readText('Pipfile.lock', text))).toEqual(['a==1'])
    expect(shown(readText('Pipfile.lock', text, { extras: [], groups: ['dev'] }))).toEqual(['a==2'])
  })

  test.each([
    {
      name: 'git',
      entry: { git: 'git+https://git.example/x.git', ref: 'c0ffee', subdirectory: 'py' },
      is: { kind: 'git', url: 'https://git.example/x.git', revision: 'c0ffee', subdirectory: 'py' },
    },
    { name: 'an address', entry: { file: 'https://x.example/x.zip' }, is: { kind: 'archive', url: 'https://x.example/x.zip' } },
    { name: 'a file', entry: { path: './vendor/x-1.whl' }, is: { kind: 'archive', url: 'vendor/x-1.whl' } },
    { name: 'a folder', entry: { path: './libs/x', editable: true }, is: { kind: 'directory', path: 'libs/x' } },
  ])('names $name as the source', ({ entry, is }) => {
    expect(readText('Pipfile.lock', lockOf({ default: { x: entry } })).pins).toEqual([
      { name: 'x', version: '', source: is, files: new Map() },
    ])
  })

  test('never gives the project itself', () => {
    expect(readText('Pipfile.lock', lockOf({ default: { e1839a8: { path: '.', editable: true } } }), NOTHING).pins).toEqual([])
  })
})
