import { describe, expect, test } from '@jest/globals'
import { fixtureText, NOTHING, readText, shown } from '../../support/locks.ts'
import { userError } from '../../support/values.ts'

const HASH = 'ab'.repeat(32)
const WHEEL = `wheels = [{ url = "https://files.index.example/a-1-py3-none-any.whl", hashes = { sha256 = "${HASH}" } }]`

function lockOf(packages: string, head = ''): string {
  return `lock-version = "1.0"\ncreated-by = "pdm"\n${head}\n${packages}`
}

describe('a pylock.toml', () => {
  test('that uv exported gives what its markers let through', () => {
    const lock = readText('pylock.toml', fixtureText('pylock/pylock.toml'))
    expect(shown(lock)).toContain('markdown-it-py==4.3.0')
    expect(shown(lock)).not.toContain('markdown-it-py==2.2.0')
    expect(lock.pins.map(({ name }) => name)).not.toContain('pywin32-ctypes')
    expect(lock.pins.find(({ name }) => name === 'shop-core')?.source).toEqual({ kind: 'directory', path: 'core' })
  })

  const SETS = lockOf(
    `[[packages]]\nname = "base"\nversion = "1"\nmarker = "'default' in dependency_groups"\n${WHEEL}
[[packages]]\nname = "Fancy.Lib"\nversion = "2"\nmarker = "'fancy' in extras"\n${WHEEL}
[[packages]]\nname = "tool"\nversion = "3"\nmarker = "'dev' in dependency_groups and sys_platform != 'win32'"\n${WHEEL}
[[packages]]\nname = "shop"\ndirectory = { path = "apps/shop" }
[[packages]]\nname = "elsewhere"\ndirectory = { path = "." }`,
    'extras = ["fancy"]\ndependency-groups = ["default", "dev"]\ndefault-groups = ["default"]',
  )

  test.each([
    { name: 'gives its default groups', selection: NOTHING, is: ['base==1'] },
    { name: 'gives an extra', selection: { extras: ['Fancy'], groups: [] }, is: ['base==1', 'fancy-lib==2'] },
    { name: 'gives a group', selection: { extras: [], groups: ['dev'] }, is: ['base==1', 'tool==3'] },
  ])('$name, and never the project', ({ selection, is }) => {
    expect(shown(readText('pylock.toml', SETS, selection))).toEqual(is)
  })

  test.each([
    {
      name: 'a commit of git',
      entry:
        'vcs = { type = "git", url = "https://git.example/x.git", requested-revision = "main", commit-id = "c0ffee", subdirectory = "py" }',
      source: { kind: 'git', url: 'https://git.example/x.git', revision: 'c0ffee', subdirectory: 'py' },
      files: 0,
    },
    {
      name: 'an archive with its sha256',
      entry: `archive = { url = "https://x.example/x-1.zip", hashes = { sha256 = "${HASH}" } }`,
      source: { kind: 'archive', url: 'https://x.example/x-1.zip' },
      files: 1,
    },
    {
      name: 'an archive beside the lock',
      entry: `archive = { path = "./vendor/x-1.zip", hashes = { sha256 = "${HASH}" } }`,
      source: { kind: 'archive', url: 'vendor/x-1.zip' },
      files: 1,
    },
    {
      name: 'a folder',
      entry: 'directory = { path = "../lib/", editable = true }',
      source: { kind: 'directory', path: '../lib' },
      files: 0,
    },
  ])('names $name', ({ entry, source, files }) => {
    const [pin] = readText('pylock.prod.toml', lockOf(`[[packages]]\nname = "x"\n${entry}`)).pins
    expect(pin).toMatchObject({ name: 'x', version: '', source })
    expect(pin?.files.size).toBe(files)
  })

  test('names files as it says, else by their addresses', () => {
    const files = `wheels = [{ name = "a-1-py3-none-any.whl", url = "https://x.example/blob/7", hashes = { sha256 = "${HASH}" } }]
sdist = { url = "https://x.example/a%2Bb-1.tar.gz?token=1#x", hashes = { sha256 = "${'CD'.repeat(32)}", md5 = "00" } }`
    const [pin] = readText('pylock.toml', lockOf(`[[packages]]\nname = "a"\nversion = "1"\n${files}`)).pins
    expect([...(pin?.files ?? [])]).toEqual([
      [HASH, 'a-1-py3-none-any.whl'],
      ['cd'.repeat(32), 'a+b-1.tar.gz'],
    ])
  })

  test.each([
    {
      name: 'that is for another platform',
      text: lockOf('', `environments = ["sys_platform == 'darwin'", "python_version < '3.10'"]`),
      cause: "is not for this platform and Python: it is for sys_platform == 'darwin' | python_version < '3.10'",
    },
    {
      name: 'that has only an md5',
      text: lockOf(`[[packages]]\nname = "old"\nversion = "1"\nsdist = { url = "https://x.example/old-1.zip", hashes = { md5 = "00" } }`),
      cause: 'old in pylock.toml has no sha256, only md5',
    },
    {
      name: 'whose sha256 is cut short',
      text: lockOf(
        `[[packages]]\nname = "old"\nversion = "1"\nsdist = { url = "https://x.example/old-1.zip", hashes = { sha256 = "ab" } }`,
      ),
      cause: 'old in pylock.toml has a broken sha256',
    },
    {
      name: 'that gives a package twice',
      text: lockOf(`[[packages]]\nname = "a"\nversion = "1"\n${WHEEL}\n[[packages]]\nname = "a"\nversion = "2"\n${WHEEL}`),
      cause: 'wants two versions of a at once: 1 and 2',
    },
    {
      name: 'whose marker is none',
      text: lockOf(`[[packages]]\nname = "a"\nversion = "1"\nmarker = "os == 1"\n${WHEEL}`),
      cause: 'a in pylock.toml: the marker "os == 1" cannot be read',
    },
  ])('$name is refused', ({ text, cause }) => {
    expect(userError(() => readText('pylock.toml', text)).message).toContain(cause)
  })
})
