import { describe, expect, test } from '@jest/globals'
import { readLock } from '../../src/project/resolved-lock.ts'
import { userError } from '../support/values.ts'

const HASH = 'ab'.repeat(32)

const LOCK = `lock-version = "1.0"
created-by = "uv"
requires-python = ">=3.13"

[[packages]]
name = "Zope.Interface"
version = "7.2"
index = "https://index.example/simple"
sdist = { url = "https://files.example/zope.interface-7.2.tar.gz", upload-time = 2024-11-28T08:45:53.5Z, size = 4, hashes = { sha256 = "${HASH}" } }
wheels = [
  { url = "https://files.example/a/zope.interface-7.2-cp313-cp313-manylinux_2_17_x86_64.whl", size = 259, hashes = { sha256 = "${HASH.toUpperCase()}" } },
  { name = "zope.interface-7.2-py3-none-any.whl", url = "https://files.example/blob/17", hashes = { md5 = "00", sha256 = "${HASH}" } },
]

[[packages]]
name = "uwsgi"
version = "2.0.31"
sdist = { url = "https://files.example/uwsgi-2.0.31.tar.gz?token=x#egg", hashes = { sha256 = "${HASH}" } }
`

describe('a lock', () => {
  test('is a list of packages with their files', () => {
    expect(readLock('pylock.toml', LOCK)).toEqual([
      {
        name: 'zope-interface',
        version: '7.2',
        wheels: [
          {
            file: 'zope.interface-7.2-cp313-cp313-manylinux_2_17_x86_64.whl',
            url: 'https://files.example/a/zope.interface-7.2-cp313-cp313-manylinux_2_17_x86_64.whl',
            sha256: HASH,
            size: 259,
          },
          { file: 'zope.interface-7.2-py3-none-any.whl', url: 'https://files.example/blob/17', sha256: HASH, size: undefined },
        ],
        sdist: {
          file: 'zope.interface-7.2.tar.gz',
          url: 'https://files.example/zope.interface-7.2.tar.gz',
          sha256: HASH,
          size: 4,
          uploaded: '2024-11-28',
        },
        folder: false,
      },
      {
        name: 'uwsgi',
        version: '2.0.31',
        wheels: [],
        sdist: { file: 'uwsgi-2.0.31.tar.gz', url: 'https://files.example/uwsgi-2.0.31.tar.gz?token=x#egg', sha256: HASH, size: undefined },
        folder: false,
      },
    ])
  })

  test('without packages locks nothing', () => {
    expect(readLock('pylock.toml', 'lock-version = "1.0"\n')).toEqual([])
  })

  test.each([
    {
      name: 'a wheel by its address',
      entry: `archive = { url = "https://x.example/a-1-py3-none-any.whl", hashes = { sha256 = "${HASH}" } }`,
      found: { wheels: [{ file: 'a-1-py3-none-any.whl' }], sdist: undefined, folder: false },
    },
    {
      name: 'an sdist by its address',
      entry: `archive = { url = "https://x.example/a-1.zip", hashes = { sha256 = "${HASH}" } }`,
      found: { wheels: [], sdist: { file: 'a-1.zip' }, folder: false },
    },
    { name: 'a folder', entry: 'directory = { path = "." }', found: { wheels: [], sdist: undefined, folder: true } },
  ])('may name $name', ({ entry, found }) => {
    expect(readLock('pylock.toml', `[[packages]]\nname = "a"\n${entry}\n`)).toMatchObject([found])
  })

  test.each([
    {
      name: 'that takes a package from git',
      entry: 'vcs = { type = "git", url = "https://example.org/x.git" }',
      cause: 'shop-lib in pylock.toml has no files',
    },
    {
      name: 'that gives a wheel no sha256',
      entry: 'wheels = [{ url = "https://x.example/a-1-py3-none-any.whl", hashes = { md5 = "00" } }]',
      cause: 'index x.example gives no sha256 for a-1-py3-none-any.whl of shop-lib, only md5; a file without one is not installed',
    },
    {
      name: 'whose index, with a login in its address, gives no sha256',
      entry:
        'index = "https://ada:canary@index.example/simple"\nwheels = [{ url = "https://x.example/a-1-py3-none-any.whl", hashes = {} }]',
      cause: 'index index.example gives no sha256 for a-1-py3-none-any.whl of shop-lib; a file',
    },
    {
      name: 'that gives an sdist no hashes at all',
      entry: 'sdist = { url = "https://x.example/a-1.tar.gz" }',
      cause: 'index x.example gives no sha256 for a-1.tar.gz of shop-lib; a file',
    },
    {
      name: 'that names a file by its path alone, with no hash',
      entry: 'sdist = { path = "a-1.tar.gz", name = "a-1.tar.gz" }',
      cause: 'pylock.toml gives no sha256 for a-1.tar.gz of shop-lib; a file',
    },
    {
      name: 'whose file name leads out of the wheelhouse',
      entry: `wheels = [{ name = "../../a-1-py3-none-any.whl", url = "https://x.example/a", hashes = { sha256 = "${HASH}" } }]`,
      cause: 'names a file that is no wheel and no sdist: "../../a-1-py3-none-any.whl"',
    },
    {
      name: 'whose address hides a way out of the wheelhouse',
      entry: `wheels = [{ url = "https://x.example/..%2F..%2Fa-1-py3-none-any.whl", hashes = { sha256 = "${HASH}" } }]`,
      cause: 'names a file that is no wheel and no sdist: "../../a-1-py3-none-any.whl"',
    },
    {
      name: 'whose address is not well escaped',
      entry: `wheels = [{ url = "https://x.example/a%ZZ-1-py3-none-any.whl", hashes = { sha256 = "${HASH}" } }]`,
      cause: 'names a file that is no wheel and no sdist',
    },
    {
      name: 'that names something that is neither wheel nor sdist',
      entry: `wheels = [{ url = "https://x.example/setup.exe", hashes = { sha256 = "${HASH}" } }]`,
      cause: 'names a file that is no wheel and no sdist: "setup.exe"',
    },
    {
      name: 'that gives a package the wheel of another one',
      entry: `wheels = [{ url = "https://x.example/django-5.2-py3-none-any.whl", hashes = { sha256 = "${HASH}" } }]`,
      cause: 'names a wheel of another package for shop-lib: "django-5.2-py3-none-any.whl"',
    },
    {
      name: 'whose address has a line end',
      entry: `sdist = { name = "a-1.zip", url = "https://x.example/a\\n-r x", hashes = { sha256 = "${HASH}" } }`,
      cause: 'names a place for a-1.zip that is no address: "https://x.example/a\\n-r x"',
    },
    {
      name: 'whose address takes a variable of the step that fetches it',
      entry: `sdist = { name = "a-1.zip", url = "https://x.example/\${UV_INDEX}", hashes = { sha256 = "${HASH}" } }`,
      cause: 'names a place for a-1.zip that is no address',
    },
    {
      name: 'whose address has a login and is none',
      entry: `sdist = { name = "a-1.zip", url = "https://ada:canary@:x", hashes = { sha256 = "${HASH}" } }`,
      cause: 'names a place for a-1.zip that is no address: "https://:x"',
    },
    {
      name: 'whose sum is none',
      entry: 'sdist = { url = "https://x.example/a-1.zip", hashes = { sha256 = "../../x" } }',
      cause: 'names a sha256 of a-1.zip that is none: "../../x"',
    },
  ])('$name is refused', ({ entry, cause }) => {
    const error = userError(() => readLock('pylock.toml', `[[packages]]\nname = "Shop_Lib"\nversion = "1"\n${entry}\n`))
    expect(error.step).toBe('wheels')
    expect(error.message).toContain(cause)
  })
})

describe('a lock whose package', () => {
  test.each([
    { name: 'has a name that is none', entry: 'name = "a\\nRUN id"', cause: 'names a package whose name is none: "a\\nrun id"' },
    { name: 'has no name', entry: 'version = "1"', cause: 'names a package whose name is none: ""' },
    { name: 'is a number', entry: 'name = 1', cause: 'names a package whose name is none: ""' },
    { name: 'has a version that is none', entry: 'name = "a"\nversion = "1; id"', cause: 'names a version of a that is none: "1; id"' },
  ])('$name is refused', ({ entry, cause }) => {
    expect(userError(() => readLock('pylock.toml', `[[packages]]\n${entry}\n`)).message).toContain(cause)
  })

  test('is no table is refused', () => {
    expect(userError(() => readLock('pylock.toml', 'packages = ["a", 1, []]')).message).toContain('whose name is none')
  })
})
