import { describe, expect, test } from '@jest/globals'
import { accepts, toSpecifier } from '../../../src/project/locks/poetry-constraint.ts'
import { linux, NOTHING, readFixture, readText, shown } from '../../support/locks.ts'
import { userError } from '../../support/values.ts'

const HASH = 'ab'.repeat(32)

describe('a constraint of Poetry', () => {
  test.each([
    { name: 'a star takes all', constraint: '*', takes: ['0.1', '9'], refuses: [] },
    { name: 'a caret keeps the first number', constraint: '^1.2', takes: ['1.2', '1.99'], refuses: ['1.1', '2.0'] },
    { name: 'a caret of 0 keeps the second', constraint: '^0.2.3', takes: ['0.2.9'], refuses: ['0.3', '0.2.2'] },
    { name: 'a caret of 0.0 keeps the third', constraint: '^0.0.3', takes: ['0.0.3'], refuses: ['0.0.4'] },
    { name: 'a caret of 0 alone takes all of 0', constraint: '^0', takes: ['0.9'], refuses: ['1.0'] },
    { name: 'a tilde keeps two numbers', constraint: '~1.2.3', takes: ['1.2.9'], refuses: ['1.3'] },
    { name: 'a tilde of one number keeps it', constraint: '~1', takes: ['1.9'], refuses: ['2.0'] },
    { name: 'a compatible release is PEP 440’s', constraint: '~=1.2', takes: ['1.9'], refuses: ['2.0'] },
    { name: 'a number alone is exact', constraint: '1.2', takes: ['1.2', '1.2.0'], refuses: ['1.2.1'] },
    { name: 'a wildcard is a prefix', constraint: '1.2.*', takes: ['1.2.7'], refuses: ['1.3'] },
    { name: 'parts may be set apart by blanks', constraint: '>= 1.0 <2.0', takes: ['1.5'], refuses: ['2.0', '0.9'] },
    { name: 'bars are alternatives', constraint: '<1 || >=2,<3 || 5', takes: ['0.9', '2.5', '5'], refuses: ['1.5', '4'] },
    { name: 'a pre-release that was locked counts', constraint: '>=1.0', takes: ['2.0b1'], refuses: [] },
  ])('$name', ({ constraint, takes, refuses }) => {
    expect([...takes, ...refuses].filter((version) => accepts(constraint, version))).toEqual(takes)
  })

  test('is a specifier where one says the same', () => {
    expect(toSpecifier('^3.11')).toBe('>=3.11,<4')
    expect(toSpecifier('>=3.9 || <3')).toBeUndefined()
  })
})

/** A lock of version 2.1 with one package. */
function lockOf(entry: string): string {
  return `[[package]]\nname = "x"\nversion = "1"\n${entry}\n[metadata]\nlock-version = "2.1"\npython-versions = "^3.11"\n`
}

describe('a poetry.lock', () => {
  test('of an early version keeps the files of two versions of a package apart', () => {
    const files = (python: string) => {
      const { pins } = readFixture('poetry-1.1/poetry.lock', linux(python))
      return [...(pins.find(({ name }) => name === 'markdown-it-py')?.files.values() ?? [])]
    }
    expect(files('3.11.9')).toEqual(['markdown-it-py-2.2.0.tar.gz', 'markdown_it_py-2.2.0-py3-none-any.whl'])
    expect(files('3.13.2')).toEqual(['markdown-it-py-3.0.0.tar.gz', 'markdown_it_py-3.0.0-py3-none-any.whl'])
  })

  const TABLE = `groups = ["main", "dev"]\n[package.markers]\nmain = "sys_platform == 'win32'"\ndev = "python_version >= '3.13'"`

  test.each([
    { name: 'of the group that is wanted', entry: TABLE, groups: ['dev'], is: ['x==1'] },
    { name: 'of the default group', entry: TABLE, groups: [], is: [] },
    {
      name: 'that a table lacks',
      entry: `groups = ["main", "dev"]\n[package.markers]\nmain = "os_name == 'nt'"`,
      groups: ['Dev'],
      is: ['x==1'],
    },
    { name: 'of a group that is not wanted', entry: 'groups = ["docs"]', groups: ['dev'], is: [] },
    { name: 'that is one for all', entry: `groups = ["main", "dev"]\nmarkers = "os_name == 'nt'"`, groups: ['dev'], is: [] },
  ])('goes by the marker $name', ({ entry, groups, is }) => {
    expect(shown(readText('poetry.lock', lockOf(entry), { extras: [], groups }))).toEqual(is)
  })

  test.each([
    {
      name: 'git',
      source: 'type = "git"\nurl = "https://git.example/x.git"\nreference = "main"\nresolved_reference = "c0ffee"\nsubdirectory = "py"',
      is: { kind: 'git', url: 'https://git.example/x.git', revision: 'c0ffee', subdirectory: 'py' },
    },
    {
      name: 'an address',
      source: 'type = "url"\nurl = "https://x.example/x.zip"',
      is: { kind: 'archive', url: 'https://x.example/x.zip' },
    },
    { name: 'a file', source: 'type = "file"\nurl = "./vendor/x.whl"', is: { kind: 'archive', url: 'vendor/x.whl' } },
    { name: 'a folder', source: 'type = "directory"\nurl = "../x"', is: { kind: 'directory', path: '../x' } },
    { name: 'another index', source: 'type = "legacy"\nurl = "https://index.example"\nreference = "own"', is: undefined },
  ])('names $name as the source', ({ source, is }) => {
    const entry = `groups = ["main"]\nfiles = [{file = "x-1.zip", hash = "sha256:${HASH}"}]\n[package.source]\n${source}`
    const [pin] = readText('poetry.lock', lockOf(entry)).pins
    expect(pin?.source).toEqual(is)
    expect([...(pin?.files ?? [])]).toEqual([[HASH, 'x-1.zip']])
  })

  /** A lock without groups: a graph with two versions of b, and an optional dependency with an extra's marker. */
  const GRAPH = `
[[package]]\nname = "a"\nversion = "1"\npython-versions = "*"
[package.dependencies]\nb = ">=1"\nc = {version = "*", optional = true, markers = "extra == \\"more\\" and os_name == \\"posix\\""}\nd = {version = "*", markers = "os_name == \\"nt\\""}
[package.extras]\nMore = ["c (>=1)"]
[[package]]\nname = "b"\nversion = "1"\npython-versions = "*"
[[package]]\nname = "b"\nversion = "2"\npython-versions = "*"
[[package]]\nname = "b"\nversion = "3"\npython-versions = "<3.12"
[[package]]\nname = "c"\nversion = "1"\npython-versions = "*"
[metadata]\nlock-version = "2.0"\npython-versions = "*"`

  test.each([
    { name: 'takes the newest that suits the Python', wanted: 'a = "*"', is: ['a==1', 'b==2'] },
    { name: 'takes the version that all demands take', wanted: 'a = "*"\nb = "<2"', is: ['a==1', 'b==1'] },
    { name: 'takes what an extra of a dependency adds', wanted: 'a = {version = "*", extras = ["more"]}', is: ['a==1', 'b==2', 'c==1'] },
    { name: 'leaves out what is for another Python', wanted: 'a = {version = "*", python = "<3.12"}\nb = "2"', is: ['b==2'] },
    { name: 'leaves out what is for another platform', wanted: 'a = {version = "*", platform = "win32"}\nc = "*"', is: ['c==1'] },
    { name: 'takes what is for this platform too', wanted: 'c = {version = "*", platform = "darwin || linux"}', is: ['c==1'] },
  ])('without groups $name', ({ wanted, is }) => {
    expect(shown(readText('poetry.lock', GRAPH, NOTHING, `[tool.poetry.dependencies]\npython = "^3.11"\n${wanted}`))).toEqual(is)
  })

  test('without groups takes the groups of PEP 735 and of Poetry', () => {
    const pyproject =
      '[project]\ndependencies = []\n[dependency-groups]\nDev = ["c", {include-group = "more"}]\nmore = ["b==1"]\n[tool.poetry.group.dev.dependencies]\na = "1"'
    expect(shown(readText('poetry.lock', GRAPH, { extras: [], groups: ['dev'] }, pyproject))).toEqual(['a==1', 'b==1', 'c==1'])
  })

  test.each([
    { name: 'pyproject.toml beside it', pyproject: undefined, cause: 'is read with the pyproject.toml beside it' },
    {
      name: 'package that is wanted',
      pyproject: '[tool.poetry.dependencies]\ngone = "*"',
      cause: 'does not hold gone, which pyproject.toml wants',
    },
  ])('without groups and without the $name is refused', ({ pyproject, cause }) => {
    expect(userError(() => readText('poetry.lock', GRAPH, NOTHING, pyproject)).message).toContain(cause)
  })

  test('that has only md5 sums is refused', () => {
    const error = userError(() => readText('poetry.lock', lockOf('groups = ["main"]\nfiles = [{file = "x-1.zip", hash = "md5:00"}]')))
    expect(error.message).toBe('x in poetry.lock has no sha256, only md5')
  })
})
