import { describe, expect, test } from '@jest/globals'
import { errorLine } from '../../../src/errors.ts'
import { onlyVouchedFor } from '../../../src/plan/wheels/vouched-files.ts'
import type { Target } from '../../../src/plan/wheels/wheel-tags.ts'
import { readRequirementsLock } from '../../../src/project/locks/hashed-requirements.ts'
import type { Pin, UserLock } from '../../../src/project/locks/pins.ts'
import type { LockedPackage, RemoteFile } from '../../../src/project/resolved-lock.ts'
import { fixtureText, linux, readText } from '../../support/locks.ts'
import { userError } from '../../support/values.ts'

const target: Target = {
  python: '3.11.9',
  machine: 'x86_64',
  glibc: '2.36',
  executable: '/usr/bin/python3',
  soabi: '',
  distribution: 'debian 12',
  markers: linux('3.11.9'),
}
const HASH = { a: 'a'.repeat(64), b: 'b'.repeat(64), c: 'c'.repeat(64) }

function remote(file: string, sha256: string): RemoteFile {
  return { file, url: `https://index.example/${file}`, sha256, size: undefined }
}

function lockOf(pins: readonly Pin[]): UserLock {
  const nothing = { extras: undefined, groups: undefined, overridden: [] }
  return { file: 'uv.lock', project: 'shop', pins, refresh: 'uv lock', ...nothing }
}

function pin(files: Readonly<Record<string, string>>): Pin {
  return { name: 'six', version: '1.17.0', files: new Map(Object.entries(files)) }
}

const wheel = remote('six-1.17.0-py3-none-any.whl', HASH.a)
const sdist = remote('six-1.17.0.tar.gz', HASH.b)
const given: LockedPackage = { name: 'six', version: '1.17.0', wheels: [wheel], sdist, folder: false }

describe('the files of a package that a lock pins', () => {
  test.each([
    { name: 'are those it names', pins: pin({ [HASH.a]: wheel.file, [HASH.b]: sdist.file }), found: given },
    { name: 'are those whose sums it has, where it names none', pins: pin({ [HASH.a]: '' }), found: { ...given, sdist: undefined } },
    {
      name: 'are those of a line that is an address alone',
      pins: { ...pin({ [HASH.a]: '' }), name: '' },
      found: { ...given, sdist: undefined },
    },
  ])('$name', ({ pins, found }) => {
    expect(onlyVouchedFor(lockOf([pins]), [given], { target })).toEqual([found])
  })

  test('may lack a better wheel that was uploaded later', () => {
    const later = remote('six-1.17.0-cp311-cp311-manylinux_2_17_x86_64.whl', HASH.c)
    const more = { ...given, wheels: [later, wheel] }
    expect(onlyVouchedFor(lockOf([pin({ [HASH.a]: '' })]), [more], { target })).toEqual([{ ...given, sdist: undefined }])
  })

  test.each([
    {
      name: 'a file of a name that the lock has, with another sum',
      pins: pin({ [HASH.c]: wheel.file, [HASH.b]: sdist.file }),
      cause: `six-1.17.0-py3-none-any.whl has sha256 ${'a'.repeat(16)}… on the index; the lock says ${'c'.repeat(16)}…`,
    },
    {
      name: 'a wheel that the lock does not have: its sdist is not built instead',
      pins: pin({ [HASH.b]: '' }),
      cause: 'the lock does not hold it',
    },
  ])('are refused where the index gives $name', ({ pins, cause }) => {
    const error = userError(() => onlyVouchedFor(lockOf([pins]), [given], { target }))
    expect(error.message).toContain(cause)
    expect(error.next).toContain('run "uv lock" and commit uv.lock')
  })

  const folder: LockedPackage = { name: 'core', version: '', wheels: [], sdist: undefined, folder: true }
  const directory = { kind: 'directory', path: 'libs/core' } as const
  test.each([
    { name: 'by its name', source: directory, named: 'core' },
    { name: 'by its path alone', source: directory, named: '' },
    { name: 'as a repository', source: { kind: 'git', url: 'https://git.example/core', revision: 'c0ffee' } as const, named: 'core' },
  ])('are none where the lock has a folder, $name', ({ source, named }) => {
    expect(onlyVouchedFor(lockOf([{ name: named, version: '', source, files: new Map() }]), [folder], { target })).toEqual([folder])
  })

  // Poetry writes `files = []`: python-poetry/poetry#5988.
  test.each([
    {
      name: 'from an index',
      pins: pin({}),
      refresh: 'poetry lock',
      is: 'lock: uv.lock has no sha256 of six 1.17.0, so that its file cannot be checked. It is not installed: run "poetry cache clear --all pypi", run "poetry lock" and commit uv.lock.',
    },
    {
      name: 'by its address',
      pins: { ...pin({}), version: '', source: { kind: 'archive', url: wheel.url } as const },
      refresh: 'pdm lock',
      is: 'lock: uv.lock has no sha256 of six, so that its file cannot be checked. It is not installed: run "pdm lock" and commit uv.lock.',
    },
  ])('are refused where the lock has no sum of a package $name', ({ pins, refresh, is }) => {
    expect(errorLine(userError(() => onlyVouchedFor({ ...lockOf([pins]), refresh }, [given], { target })))).toBe(is)
  })

  test('are refused where the lock does not name the package', () => {
    expect(userError(() => onlyVouchedFor(lockOf([]), [given], { target })).message).toBe('six is required and uv.lock does not name it')
  })
})

/** As an index would give them: of the names that the lock has, or of made-up ones. */
function filesOf({ name, version, files }: Pin): LockedPackage {
  const remotes = [...files].map(([sha256, file]) => remote(file || `${name.replaceAll('-', '_')}-${version}-py3-none-any.whl`, sha256))
  const wheels = remotes.filter(({ file }) => file.endsWith('.whl'))
  return { name, version, wheels, sdist: remotes.find(({ file }) => !file.endsWith('.whl')), folder: false }
}

describe('one changed sum in a lock', () => {
  const read = (file: string) => (text: string) => {
    const base = file.split('/').at(-1) ?? ''
    if (base === 'requirements.txt') return readRequirementsLock({ file: base, texts: { [base]: text } }, 'shop', linux('3.11.9')).lock
    const pyproject = /poetry-1|pdm-plain/.test(file) ? fixtureText(file.replace(/[^/]+$/, 'pyproject.toml')) : undefined
    return readText(base, text, undefined, pyproject)
  }
  test.each(
    [
      'pylock/pylock.toml',
      'uv/uv.lock',
      'poetry-1.1/poetry.lock',
      'poetry-2.1/poetry.lock',
      'pdm/pdm.lock',
      'pipenv/Pipfile.lock',
      'requirements/requirements.txt',
    ].map((file) => ({ name: file, file })),
  )('is found in $name', ({ file }) => {
    const text = fixtureText(file)
    const lock = read(file)(text)
    const [first] = lock.pins.map(filesOf).filter(({ wheels }) => wheels.some(({ file: name }) => /-none-any\.whl$/.test(name)))
    const wheelOf = first?.wheels.find(({ file: name }) => /-none-any\.whl$/.test(name))
    if (!first || !wheelOf) throw new Error(`${file} pins no package with a wheel for everybody`)
    const index = [{ ...first, wheels: [wheelOf] }]
    expect(onlyVouchedFor(lock, index, { target })[0]?.wheels).toEqual([wheelOf])
    expect(text).toContain(wheelOf.sha256)
    const changed = read(file)(text.replaceAll(wheelOf.sha256, `${wheelOf.sha256.slice(0, -1)}${wheelOf.sha256.endsWith('0') ? '1' : '0'}`))
    const error = userError(() => onlyVouchedFor(changed, index, { target }))
    expect(error.message).toContain(`${wheelOf.file} has sha256 ${wheelOf.sha256.slice(0, 16)}`)
  })
})
