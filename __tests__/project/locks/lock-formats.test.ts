import { describe, expect, test } from '@jest/globals'
import { findLock } from '../../../src/project/locks/lock-formats.ts'
import { linux, readFixture, readText, shown, windows } from '../../support/locks.ts'
import { userError } from '../../support/values.ts'

/** What the project shop wants everywhere; the tools locked it on one day, the early Poetries with upper bounds. */
const COMMON = ['click==8.5.1', 'html5lib==1.1', 'mdurl==0.1.2', 'shop-core @ directory', 'six==1.17.0', 'webencodings==0.6.1']
const NEW = ['beautifulsoup4==4.15.0', 'typing-extensions==4.16.0']
const AT_311 = [...COMMON, ...NEW, 'markdown-it-py==2.2.0', 'tomli==2.5.0']
const AT_313 = [...COMMON, ...NEW, 'markdown-it-py==4.3.0', 'soupsieve==4.1.2']
const EARLY = [
  'beautifulsoup4==4.12.3',
  'click==8.1.8',
  'html5lib==1.1',
  'mdurl==0.1.2',
  'six==1.17.0',
  'soupsieve==2.10',
  'webencodings==0.6.1',
]
/** Poetry 1.1 asks no index which Python a version is for. */
const OLDEST = EARLY.map((pin) => pin.replace('soupsieve==2.10', 'soupsieve==3.0.1'))
const WITHOUT_FORK_311 = [...AT_311.filter((pin) => !pin.startsWith('markdown')), 'markdown-it-py==4.3.0', 'soupsieve==2.10']
const WITHOUT_FORK_313 = WITHOUT_FORK_311.filter((pin) => !pin.startsWith('tomli'))
const ALL = ['packaging==26.3', 'pygments==2.21.0']
const DEV = ['iniconfig==2.3.1', 'pathspec==1.1.1']

const FORMATS = [
  { file: 'uv/uv.lock', at311: [...AT_311, 'soupsieve==4.1.2'], at313: AT_313, all: ALL, dev: DEV },
  { file: 'poetry-2.1/poetry.lock', at311: [...AT_311, 'soupsieve==2.10'], at313: AT_313, all: ALL, dev: DEV },
  {
    file: 'poetry-2.0/poetry.lock',
    at311: [...EARLY, 'shop-core @ directory', 'markdown-it-py==2.2.0', 'tomli==2.1.0'],
    at313: [...EARLY, 'shop-core @ directory', 'markdown-it-py==3.0.0'],
    all: ['packaging==24.2', 'pygments==2.18.0'],
    dev: ['iniconfig==2.0.0'],
  },
  {
    file: 'poetry-1.1/poetry.lock',
    at311: [...OLDEST, 'markdown-it-py==2.2.0', 'tomli==2.1.0'],
    at313: [...OLDEST, 'markdown-it-py==3.0.0'],
    all: ['packaging==24.2', 'pygments==2.18.0'],
    dev: ['iniconfig==2.0.0'],
  },
  { file: 'pdm/pdm.lock', at311: WITHOUT_FORK_311, at313: WITHOUT_FORK_313, all: ALL, dev: DEV },
  { file: 'pdm-urls/pdm.lock', at311: WITHOUT_FORK_311, at313: WITHOUT_FORK_313, all: ALL, dev: DEV },
  { file: 'pdm-plain/pdm.lock', at311: WITHOUT_FORK_311, at313: WITHOUT_FORK_313, all: ALL, dev: DEV },
  { file: 'pdm-targets/pdm.lock', at311: [...AT_311, 'soupsieve==2.10'], at313: AT_313, all: ALL, dev: DEV },
]

describe.each(FORMATS.map((format) => ({ ...format, name: format.file })))('$name', ({ file, at311, at313, all, dev }) => {
  test('gives what Linux and Python 3.11 get', () => {
    expect(shown(readFixture(file, linux('3.11.9')))).toEqual(at311.toSorted())
  })

  test('gives what Linux and Python 3.13 get', () => {
    expect(shown(readFixture(file, linux('3.13.2')))).toEqual(at313.toSorted())
  })

  test('adds the package of Windows there alone', () => {
    const names = readFixture(file, windows('3.11.9')).pins.map(({ name }) => name)
    expect(names).toContain('pywin32-ctypes')
    expect(shown(readFixture(file, linux('3.11.9'))).join(' ')).not.toContain('pywin32')
  })

  test('adds an extra that names another', () => {
    expect(shown(readFixture(file, linux('3.11.9'), { extras: ['ALL'], groups: [] }))).toEqual([...at311, ...all].toSorted())
  })

  test('adds a group with what it includes', () => {
    expect(shown(readFixture(file, linux('3.11.9'), { extras: [], groups: ['dev'] }))).toEqual([...at311, ...dev].toSorted())
  })

  test('knows its extras and groups', () => {
    const { extras, groups } = readFixture(file, linux('3.11.9'))
    expect(extras).toEqual(['all', 'fancy'])
    expect(groups).toContain('dev')
  })

  test('has a sha256 of every package of an index', () => {
    const { pins } = readFixture(file, linux('3.11.9'), { extras: ['all'], groups: ['dev'] })
    for (const { name, version, files, source } of pins) {
      if (source) continue
      expect({ name, files: files.size }).not.toEqual({ name, files: 0 })
      for (const [sha256, held] of files) {
        expect(sha256).toMatch(/^[0-9a-f]{64}$/)
        expect(held).toContain(version)
      }
    }
  })
})

describe('the lock of a folder', () => {
  test.each([
    {
      name: 'is the standard one first',
      files: ['uv.lock', 'pylock.toml', 'poetry.lock'],
      is: 'pylock.toml',
      why: 'before uv.lock, poetry.lock',
    },
    { name: 'may be a named standard one', files: ['uv.lock', 'pylock.prod.toml'], is: 'pylock.prod.toml', why: 'before uv.lock' },
    { name: 'is uv’s before Poetry’s', files: ['poetry.lock', 'uv.lock'], is: 'uv.lock', why: 'before poetry.lock' },
    { name: 'is PDM’s before Pipenv’s', files: ['Pipfile.lock', 'pdm.lock'], is: 'pdm.lock', why: 'before Pipfile.lock' },
    { name: 'may be the only one', files: ['setup.py', 'Pipfile.lock'], is: 'Pipfile.lock', why: undefined },
  ])('$name', ({ files, is, why }) => {
    expect(findLock(files)).toEqual({ file: is, why })
  })

  test('is none of other folders and names', () => {
    expect(findLock(['docs/uv.lock', 'uv.lock.bak', 'pylock.a.b.toml', 'package-lock.json', 'requirements.txt'])).toBeUndefined()
  })
})

describe('a lock that cannot be read', () => {
  test.each([
    { name: 'for its name', file: 'conda.lock', text: '', cause: 'conda.lock is no lock that is known' },
    { name: 'for its TOML', file: 'uv.lock', text: 'version = 1\nx = [', cause: 'uv.lock:2:' },
    { name: 'for its JSON', file: 'Pipfile.lock', text: '{\n "default": {} 1}', cause: 'Pipfile.lock:2:16 is not valid JSON: Expected' },
    {
      name: 'for JSON of which the parser tells no place',
      file: 'Pipfile.lock',
      text: '<<<<<<< HEAD',
      cause: 'Pipfile.lock is not valid JSON: Unexpected token',
    },
    { name: 'for JSON that ends early', file: 'Pipfile.lock', text: '{\n "default"', cause: 'Pipfile.lock:2:' },
    { name: 'for JSON that is no object', file: 'Pipfile.lock', text: '[]', cause: 'is no JSON object' },
    { name: 'for the version of uv’s', file: 'uv.lock', text: 'version = 2', cause: 'is of version "2"; known are 1' },
    { name: 'for the version of Poetry’s', file: 'poetry.lock', text: '[metadata]\nlock-version = "3.0"', cause: 'is of version "3.0"' },
    { name: 'for the version of PDM’s', file: 'pdm.lock', text: '[metadata]\nlock_version = "4.3"', cause: 'is of version "4.3"' },
    { name: 'for the version of the standard one', file: 'pylock.toml', text: 'lock-version = "2.0"', cause: 'is of version "2.0"' },
  ])('$name is refused', ({ file, text, cause }) => {
    expect(userError(() => readText(file, text)).message).toContain(cause)
  })
})
