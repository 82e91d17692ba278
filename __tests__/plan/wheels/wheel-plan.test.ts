import { describe, expect, test } from '@jest/globals'
import {
  bestWheel,
  expectsCompiler,
  type MadeFrom,
  type MadeNow,
  type Manifest,
  parseManifest,
  planWheels,
  type Shelf,
} from '../../../src/plan/wheels/wheel-plan.ts'
import { supportedTags, type Target } from '../../../src/plan/wheels/wheel-tags.ts'
import { needsCompiler } from '../../../src/project/layout/compiled-backends.ts'
import type { LockedPackage, RemoteFile } from '../../../src/project/resolved-lock.ts'
import { userError } from '../../support/values.ts'

const target: Target = {
  python: '3.13.2',
  machine: 'x86_64',
  glibc: '2.36',
  executable: '/usr/bin/python3',
  soabi: 'cpython-313-x86_64-linux-gnu',
  distribution: 'debian 12',
  markers: {},
}

function remote(file: string): RemoteFile {
  return { file, url: `https://files.example/${file}`, sha256: `sha256 of ${file}`, size: 10 }
}

const pure = remote('shop_lib-1.0-py3-none-any.whl')
const windows = remote('shop_lib-1.0-cp313-cp313-win_amd64.whl')
const sdist = remote('shop_lib-1.0.tar.gz')

function locked(wheels: readonly RemoteFile[], source: RemoteFile | undefined): LockedPackage {
  return { name: 'shop-lib', version: '1.0', wheels, sdist: source, folder: false }
}

const made: MadeFrom = {
  sdist: sdist.sha256,
  recipe: 'r1',
  distribution: 'debian 12',
  machine: 'x86_64',
  glibc: '2.36',
  soabi: target.soabi,
  buildPackages: '',
  buildLock: 'lock of setuptools',
}
const manifest: Manifest = {
  package: 'shop-lib',
  version: '1.0',
  file: 'shop_lib-1.0-cp313-cp313-linux_x86_64.whl',
  sha256: 'kept',
  made,
  requires: ['setuptools'],
  packages: ['libpcre2-8-0'],
  seconds: 12,
}
const kept = new Map([[manifest.file, 'kept']])
const empty: Shelf = { wheels: new Map(), manifests: [] }

function plan(entry: LockedPackage, shelf: Shelf, now: Partial<MadeFrom> = {}) {
  const madeFrom: MadeNow = ({ sdist: hash, requires }) => ({ ...made, sdist: hash, buildLock: `lock of ${requires.join(' ')}`, ...now })
  return planWheels([entry], target, { ...shelf, madeFrom })[0]
}

const name = 'shop-lib'
const version = '1.0'

describe('a locked package', () => {
  test.each([
    {
      name: 'is downloaded where a wheel fits and none is kept',
      entry: locked([pure], sdist),
      shelf: empty,
      planned: { kind: 'download', name, version, remote: pure },
    },
    {
      name: 'is used again where the kept wheel is the locked one',
      entry: locked([pure], sdist),
      shelf: { wheels: new Map([[pure.file, pure.sha256]]), manifests: [] },
      planned: { kind: 'reuse', name, version, file: pure.file, sha256: pure.sha256, manifest: undefined },
    },
    {
      name: 'is downloaded again where the kept wheel is damaged',
      entry: locked([pure], sdist),
      shelf: { wheels: new Map([[pure.file, 'other']]), manifests: [] },
      planned: { kind: 'download', name, version, remote: pure },
    },
    {
      name: 'is compiled where no wheel fits',
      entry: locked([windows], sdist),
      shelf: empty,
      planned: { kind: 'compile', name, version, remote: sdist, sha256: sdist.sha256, why: 'no wheel fits and none is kept' },
    },
    {
      name: 'is used again where it was compiled from the same',
      entry: locked([windows], sdist),
      shelf: { wheels: kept, manifests: [manifest] },
      planned: { kind: 'reuse', name, version, file: manifest.file, sha256: manifest.sha256, manifest },
    },
    {
      name: 'is compiled again where the compiled wheel is gone',
      entry: locked([], sdist),
      shelf: { wheels: new Map(), manifests: [manifest] },
      planned: { kind: 'compile', name, version, remote: sdist, sha256: sdist.sha256, why: 'the kept wheel is gone' },
    },
    {
      name: 'is compiled again where the compiled wheel is damaged',
      entry: locked([], sdist),
      shelf: { wheels: new Map([[manifest.file, 'other']]), manifests: [manifest] },
      planned: { kind: 'compile', name, version, remote: sdist, sha256: sdist.sha256, why: 'checksum mismatch of the kept wheel' },
    },
    {
      name: 'is compiled where only another version was',
      entry: locked([], sdist),
      shelf: { wheels: kept, manifests: [{ ...manifest, version: '0.9' }] },
      planned: { kind: 'compile', name, version, remote: sdist, sha256: sdist.sha256, why: 'no wheel fits and none is kept' },
    },
    {
      name: 'is used again by the one of two manifests that still holds',
      entry: locked([], sdist),
      shelf: { wheels: kept, manifests: [{ ...manifest, made: { ...made, machine: 'aarch64' } }, manifest] },
      planned: { kind: 'reuse', name, version, file: manifest.file, sha256: manifest.sha256, manifest },
    },
    {
      name: 'is downloaded although it was compiled, once a wheel fits',
      entry: locked([pure], sdist),
      shelf: { wheels: kept, manifests: [manifest] },
      planned: { kind: 'download', name, version, remote: pure },
    },
  ])('$name', ({ entry, shelf, planned }) => {
    expect(plan(entry, shelf)).toEqual(planned)
  })

  test.each(
    (Object.keys(made) as (keyof MadeFrom)[]).map((part) => ({ name: `is compiled again, and says why, when ${part} changed`, part })),
  )('$name', ({ part }) => {
    expect(plan(locked([], sdist), { wheels: kept, manifests: [manifest] }, { [part]: 'new' })).toEqual({
      kind: 'compile',
      name,
      version,
      remote: sdist,
      sha256: sdist.sha256,
      why: `changed: ${part}`,
    })
  })

  test('without a wheel that fits and without an sdist is refused by name, Python and machine', () => {
    const error = userError(() => plan(locked([windows], undefined), empty))
    expect(error.message).toBe('shop-lib 1.0 has no wheel for Python 3.13.2 on x86_64 (glibc 2.36) and no sdist')
    expect(error.next).toContain('python-version')
  })
})

test('a lock gives one planned wheel for each package, in its order', () => {
  const lock = [locked([pure], undefined), { ...locked([], sdist), name: 'uwsgi' }]
  expect(planWheels(lock, target, { ...empty, madeFrom: () => made }).map((wheel) => [wheel.name, wheel.kind])).toEqual([
    ['shop-lib', 'download'],
    ['uwsgi', 'compile'],
  ])
})

describe('the best of several wheels', () => {
  const any = remote('x-1-py3-none-any.whl')
  const abi3 = remote('x-1-cp38-abi3-manylinux2014_x86_64.whl')
  const own = remote('x-1-cp313-cp313-manylinux2014_x86_64.whl')
  const newer = remote('x-1-cp313-cp313-manylinux_2_28_x86_64.whl')
  test.each([
    { name: 'is the one for this very Python', wheels: [any, abi3, own], best: own },
    { name: 'is the stable ABI before pure Python', wheels: [any, abi3], best: abi3 },
    { name: 'is the one for the newer glibc', wheels: [own, newer], best: newer },
    { name: 'does not depend on the order', wheels: [newer, own], best: newer },
    {
      name: 'is the higher build of two alike',
      wheels: [remote('x-1-1-py3-none-any.whl'), remote('x-1-2-py3-none-any.whl')],
      best: remote('x-1-2-py3-none-any.whl'),
    },
    {
      name: 'is the higher build by number',
      wheels: [remote('x-1-9-py3-none-any.whl'), remote('x-1-10-py3-none-any.whl')],
      best: remote('x-1-10-py3-none-any.whl'),
    },
    { name: 'is none where none fits', wheels: [windows], best: undefined },
    { name: 'is none of none', wheels: [], best: undefined },
  ])('$name', ({ wheels, best }) => {
    expect(bestWheel(wheels, supportedTags(target))).toEqual(best)
  })
})

describe('an sdist needs a compiler', () => {
  test.each([
    { name: 'for C', files: ['x-1/src/x.c'], needs: true },
    { name: 'for C++', files: ['x-1/src/x.cpp'], needs: true },
    { name: 'for C++ by .cc', files: ['x-1/x.cc'], needs: true },
    { name: 'for Cython', files: ['x-1/x/fast.pyx'], needs: true },
    { name: 'for Rust', files: ['x-1/src/lib.rs'], needs: true },
    { name: 'for Fortran', files: ['x-1/x.f90'], needs: true },
    { name: 'for a Cargo.toml at its top', files: ['Cargo.toml'], needs: true },
    { name: 'for CMake', files: ['x-1/CMakeLists.txt'], needs: true },
    { name: 'for Meson', files: ['x-1/meson.build'], needs: true },
    { name: 'not for pure Python', files: ['x-1/setup.py', 'x-1/x/__init__.py', 'x-1/README.cmake'], needs: false },
    { name: 'not for headers alone', files: ['x-1/x/include/x.h'], needs: false },
    {
      name: 'not for C in its tests, docs or examples',
      files: ['x-1/tests/a.c', 'x-1/docs/b.c', 'x-1/Examples/c.c', 'x-1/benchmark/d.c'],
      needs: false,
    },
    { name: 'for C in a folder that is only named alike', files: ['x-1/contest/a.c'], needs: true },
  ])('$name', ({ files, needs }) => {
    expect(needsCompiler(files)).toBe(needs)
  })
})

describe('whether the builder is begun before the lock is made', () => {
  const kept = { package: 'uwsgi' } as Manifest
  test.each([
    { name: 'uWSGI in setup.py', definition: 'install_requires=["Django>=5.2", "uWSGI>=2.0.28,<2.1"]', manifests: [], begins: true },
    { name: 'psycopg2 with an extra', definition: 'dependencies = ["psycopg2[x]==2.9"]', manifests: [], begins: true },
    { name: 'python_ldap, spelt otherwise', definition: 'dependencies = ["python_ldap"]', manifests: [], begins: true },
    { name: 'psycopg2-binary, which has wheels', definition: 'dependencies = ["psycopg2-binary"]', manifests: [], begins: false },
    { name: 'nothing that is known', definition: 'dependencies = ["django"]', manifests: [], begins: false },
    { name: 'uWSGI whose compiled wheel is kept', definition: '"uWSGI"', manifests: [kept], begins: false },
  ])('$name: $begins', ({ definition, manifests, begins }) => {
    expect(expectsCompiler({ definition, lock: undefined }, manifests)).toBe(begins)
  })

  test.each([
    { name: 'for a package of a lock', locked: 'psycopg2', begins: true },
    { name: 'not for what an extra of one would bring', locked: 'sqlalchemy', begins: false },
  ])('$name', ({ locked, begins }) => {
    const text = `[[package]]\nname = "${locked}"\nversion = "2.0"\n\n[package.extras]\nmysql = ["mysqlclient (>=1.4.0)"]\n`
    const lock = { file: 'poetry.lock', texts: { 'poetry.lock': text } }
    expect(expectsCompiler({ definition: `pyproject.toml\n[project]\npoetry.lock\n${text}`, lock }, [])).toBe(begins)
  })
})

describe('a manifest as text', () => {
  const good = { ...manifest, sha256: 'a'.repeat(64) }
  const parsed = (change: object, file = good.file) => parseManifest(JSON.stringify({ ...good, ...change }), file)

  test('is what was written, a signature too', () => {
    expect(parsed({})).toEqual(good)
    expect(parsed({ signature: 'f' })).toEqual({ ...good, signature: 'f' })
  })

  test.each([
    { name: 'stands beside another wheel', change: {}, file: 'other-1-py3-none-any.whl' },
    { name: 'names a file above', change: { file: '../x.whl' }, file: '../x.whl' },
    { name: 'has no sha256', change: { sha256: undefined } },
    { name: 'has no parts', change: { made: null } },
    { name: 'has parts that are no texts', change: { made: { sdist: 5 } } },
    { name: 'has no requirements', change: { requires: 'setuptools' } },
    { name: 'has a requirement of two lines', change: { requires: ['a\n--index-url=https://index.example'] } },
    { name: 'has an option for a Debian package', change: { packages: ['-oDpkg::Pre-Invoke=x'] } },
    { name: 'has a command for a Debian package', change: { packages: ['a;b'] } },
    { name: 'has no time', change: { seconds: 'x' } },
  ])('that $name is none', ({ change, file }) => {
    expect(parsed(change, file)).toBeUndefined()
  })

  test.each(['', 'null', '5', '[]', '<html>'])('that is %j is none', (text) => {
    expect(parseManifest(text, good.file)).toBeUndefined()
  })
})

describe('a package that is a folder of this run', () => {
  const folder: LockedPackage = { name, version: '', wheels: [], sdist: undefined, folder: true }
  const folders = (print: string) => new Map([[name, print]])
  const planned = (print: string, shelf: Shelf) =>
    planWheels([folder], target, { ...shelf, madeFrom: ({ sdist: source }) => ({ ...made, sdist: source }), folders: folders(print) })[0]

  test('is built', () => {
    const why = 'a folder, and no wheel of it is kept'
    expect(planned('tree 1', empty)).toEqual({ kind: 'compile', name, version: '', remote: undefined, sha256: 'tree 1', why })
  })

  test('is not built again where nothing in it changed, and is where something did', () => {
    const shelf = { wheels: kept, manifests: [{ ...manifest, made: { ...made, sdist: 'tree 1' } }] }
    expect(planned('tree 1', shelf)).toMatchObject({ kind: 'reuse', version: '1.0' })
    expect(planned('tree 2', shelf)).toMatchObject({ kind: 'compile', why: 'changed: sdist' })
  })
})
