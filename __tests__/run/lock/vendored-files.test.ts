import path from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { errorLine, UserError } from '../../../src/errors.ts'
import { sha256 } from '../../../src/plan/fingerprint.ts'
import { readRequirementsLock } from '../../../src/project/locks/hashed-requirements.ts'
import type { Pin } from '../../../src/project/locks/pins.ts'
import { readRequirements } from '../../../src/project/requirements/requirement-files.ts'
import { readLock } from '../../../src/project/resolved-lock.ts'
import { takeLinks, withFiles, withFilesOfConstraints, withPinnedFiles } from '../../../src/run/lock/named-files.ts'
import { VendoredFiles } from '../../../src/run/lock/vendored-files.ts'
import { fetchAll } from '../../../src/run/wheelhouse-folder/fetch-files.ts'
import type { World } from '../../../src/run/world.ts'
import { inTempFolder, writeFiles } from '../../support/in-temp-folder.ts'
import { linux, readText } from '../../support/locks.ts'
import { worldIn } from '../../support/world.ts'

const HERE = linux('3.13.2')
const WHEEL = 'vendor/x-1-py3-none-any.whl'
const SDIST = 'vendor/x-1.zip'
const [WHEEL_SUM, SDIST_SUM] = [sha256('wheel'), sha256('sdist')]
const place = (sum: string, file: string) => `file:///srv/files/${sum.slice(0, 16)}/${path.basename(file)}`

/** What is done with files of a workspace, whose project is in `app`. */
function inWorkspace(
  work: (vendored: VendoredFiles, where: { base: string; top: string; by: string }, world: World) => Promise<void>,
): Promise<void> {
  return inTempFolder(async (folder) => {
    const top = path.join(folder, 'w')
    await writeFiles(top, { [`app/${WHEEL}`]: 'wheel', [`app/${SDIST}`]: 'sdist', 'app/vendor/notes.txt': '', 'x-1.tar.gz': 'above' })
    const world = worldIn(folder)
    return work(await VendoredFiles.open(world), { base: path.join(top, 'app'), top, by: 'requirements.txt' }, world)
  })
}

async function saidBy(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof UserError)) throw new Error(`no error but ${error}`)
  return errorLine(error)
}

describe('a wheel or sdist in the workspace', () => {
  test.each([
    { line: `./${WHEEL}`, is: place(WHEEL_SUM, WHEEL) },
    { line: WHEEL, is: place(WHEEL_SUM, WHEEL) },
    { line: `${SDIST}[fast,x] ; sys_platform == "linux"`, is: `${place(SDIST_SUM, SDIST)}[fast,x] ; sys_platform == "linux"` },
    { line: '../x-1.tar.gz', is: place(sha256('above'), 'x-1.tar.gz') },
  ])('is named where resolving sees it: $line', async ({ line, is }) => {
    await inWorkspace(async (vendored, where) => {
      expect(await withFiles(vendored, ['six', line, './libs/core', 'https://x.example/x-1.zip'], { ...where, environment: HERE })).toEqual(
        ['six', is, './libs/core', 'https://x.example/x-1.zip'],
      )
    })
  })

  test('need not be there for another machine', () =>
    inWorkspace(async (vendored, where) => {
      expect(await withFiles(vendored, ["./gone-1.zip ; sys_platform == 'win32'"], { ...where, environment: HERE })).toEqual([])
    }))

  test('bounds what others require of it, by its name', () =>
    inWorkspace(async (vendored, where) => {
      const lines = [`./${WHEEL}`, `x @ ./${SDIST}`, 'six<2']
      expect(await withFilesOfConstraints(vendored, lines, { ...where, environment: HERE })).toEqual([
        `x @ ${place(WHEEL_SUM, WHEEL)}`,
        `x @ ${place(SDIST_SUM, SDIST)}`,
        'six<2',
      ])
    }))

  test.each([
    {
      line: './vendor/x-1-py2-none-any.whl',
      says: `names vendor/x-1-py2-none-any.whl, which is not there (its folder has ${path.basename(WHEEL)}, ${path.basename(SDIST)}). Fix its path, or commit the file.`,
    },
    {
      line: '../../x.zip',
      says: 'names ../../x.zip, which lies outside the workspace. Check out what it needs below the workspace, and name it there.',
    },
    {
      line: './big/x-1.zip',
      says: 'names big/x-1.zip, which is a pointer of Git LFS. Let actions/checkout fetch it (lfs: true).',
    },
    { line: './big/x.tar', says: 'names big/x.tar, which is no wheel and no sdist by its name. Name it as its tool has made it.' },
    { line: './big', says: undefined },
  ])('is an error where it cannot be taken: $line', async ({ line, says }) => {
    await inWorkspace(async (vendored, where) => {
      await writeFiles(where.base, { 'big/x-1.zip': 'version https://git-lfs.github.com/spec/v1\noid sha256:00\n', 'big/x.tar': '' })
      const taken = withFiles(vendored, [line], { ...where, environment: HERE })
      if (says === undefined) expect(await taken).toEqual([line])
      else expect(await saidBy(taken)).toBe(`lock: requirements.txt ${says}`)
    })
  })

  const LOCKS = [
    {
      file: 'pylock.toml',
      text: `lock-version = "1.0"\n[[packages]]\nname = "x"\narchive = { path = "./vendor/x-1.zip", hashes = { sha256 = "${SDIST_SUM}" } }`,
    },
    {
      file: 'uv.lock',
      text: `version = 1\n[[package]]\nname = "shop"\nversion = "1"\nsource = { virtual = "." }\ndependencies = [{ name = "x" }]\n[[package]]\nname = "x"\nversion = "1"\nsource = { path = "vendor/x-1.zip" }\nsdist = { hash = "sha256:${SDIST_SUM}" }`,
    },
    {
      file: 'poetry.lock',
      text: `[[package]]\nname = "x"\nversion = "1"\ngroups = ["main"]\nfiles = [{ file = "x-1.zip", hash = "sha256:${SDIST_SUM}" }]
[package.source]\ntype = "file"\nurl = "vendor/x-1.zip"\n[metadata]\nlock-version = "2.1"\npython-versions = "*"`,
    },
    {
      file: 'pdm.lock',
      text: `[metadata]\nlock_version = "4.5"\n[[package]]\nname = "x"\nversion = "1"\ngroups = ["default"]\npath = "./vendor/x-1.zip"
files = [{ file = "x-1.zip", hash = "sha256:${SDIST_SUM}" }]`,
    },
    { file: 'Pipfile.lock', text: JSON.stringify({ default: { x: { path: './vendor/x-1.zip', hashes: [`sha256:${SDIST_SUM}`] } } }) },
    { file: 'Pipfile.lock', text: JSON.stringify({ default: { x: { file: 'vendor/x-1.zip' } } }) },
    { file: 'requirements.txt', text: `x @ file:vendor/x-1.zip --hash=sha256:${SDIST_SUM}\n` },
  ]

  test.each(LOCKS)('is the one that $file pins, its sum is checked', async ({ file, text }) => {
    const read = (written: string) =>
      file === 'requirements.txt' ? readRequirementsLock({ file, texts: { [file]: written } }, 'shop', HERE).lock : readText(file, written)
    await inWorkspace(async (vendored, where) => {
      const { pins } = await withPinnedFiles(vendored, read(text), where)
      expect(pins).toEqual([
        expect.objectContaining({
          name: 'x',
          source: { kind: 'archive', url: place(SDIST_SUM, SDIST) },
          files: new Map([[SDIST_SUM, 'x-1.zip']]),
        }),
      ])
      if (!text.includes(SDIST_SUM)) return
      const other = read(text.replace(SDIST_SUM, '0'.repeat(64)))
      expect(await saidBy(withPinnedFiles(vendored, other, where))).toMatch(
        new RegExp(`^lock: vendor/x-1.zip has sha256 ${SDIST_SUM.slice(0, 16)}…; ${file} does not hold it. It is not installed.`),
      )
    })
  })

  test('is not what a lock of addresses pins', () =>
    inWorkspace(async (vendored, where) => {
      const pin: Pin = { name: 'x', version: '', source: { kind: 'archive', url: 'https://x.example/x.zip' }, files: new Map() }
      const lock = { ...readText('uv.lock', 'version = 1'), pins: [pin] }
      expect((await withPinnedFiles(vendored, lock, where)).pins).toEqual([pin])
    }))
})

describe('a folder of wheels and sdists', () => {
  test('that an uv.lock takes for an index vouches for what lies in it', () =>
    inWorkspace(async (vendored, where) => {
      const lock = readText(
        'uv.lock',
        'version = 1\n[[package]]\nname = "shop"\nversion = "1"\nsource = { virtual = "." }\ndependencies = [{ name = "x" }]\n[[package]]\nname = "x"\nversion = "1"\nsource = { registry = "vendor" }\nwheels = [{ path = "x-1-py3-none-any.whl" }]',
      )
      const { pins } = await withPinnedFiles(vendored, lock, where)
      expect([...(pins[0]?.files.keys() ?? [])]).toEqual([WHEEL_SUM, SDIST_SUM])
      expect(await vendored.options()).toEqual(['--find-links', '/srv/files/links-0'])
    }))

  test('that requirements files name is looked for beside them first, as pip does, and is no index that is missing', () =>
    inWorkspace(async (vendored, where, world) => {
      const texts = new Map([['deps/all.txt', '--find-links ../vendor\n-f vendor\n-f https://files.example/\nx\n']])
      const { links, indexes } = readRequirements(['deps/all.txt'], { files: [], texts })
      expect(indexes.map(({ url }) => url)).toEqual(['https://files.example/'])
      await writeFiles(where.base, { 'deps/.keep': '' })
      await takeLinks(world, vendored, links, where)
      expect(await vendored.options()).toEqual(['--find-links', '/srv/files/links-0'])
      expect(await saidBy(takeLinks(world, vendored, [{ at: 'requirements.txt:1: -f', place: 'gone', beside: '.' }], where))).toBe(
        'lock: requirements.txt:1: -f names gone, a folder that is not there. Fix its path, or take it out.',
      )
    }))
})

test('what resolving names of them is put into the wheelhouse, and nothing else of this machine', () =>
  inWorkspace(async (vendored, where, world) => {
    await withFiles(vendored, [`./${WHEEL}`], { ...where, environment: HERE })
    const locked = (sum: string) =>
      readLock(
        'pylock.toml',
        `lock-version = "1.0"\n[[packages]]\nname = "x"\nversion = "1"\narchive = { path = "/etc/x-1-py3-none-any.whl", hashes = { sha256 = "${sum}" } }`,
      )
    const [entry] = locked(WHEEL_SUM).map((one) => vendored.located(one))
    await fetchAll(world, entry?.wheels ?? [], world.paths.wheelhouse)
    expect(await world.files.read(path.join(world.paths.wheelhouse, path.basename(WHEEL)))).toBe('wheel')
    expect(await saidBy(Promise.resolve().then(() => locked(SDIST_SUM).map((one) => vendored.located(one))))).toContain(
      'x-1-py3-none-any.whl in the lock is no file that the project names',
    )
  }))
