import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from '@jest/globals'
import type { Docker } from '../../../src/effects/docker-port.ts'
import { sha256 } from '../../../src/plan/fingerprint.ts'
import { ensureBuildLocks, isKept, setName } from '../../../src/run/lock/build-requirements.ts'
import { layOutRequires } from '../../../src/run/wheels/project-wheel.ts'
import { tempFolder, writeFiles } from '../../support/temp.ts'
import { SETUP, worldIn } from '../../support/world.ts'

const TARGET = {
  python: '3.13.1',
  machine: 'x86_64',
  glibc: '2.41',
  executable: '/usr/bin/python3',
  soabi: '',
  distribution: 'debian 13',
  markers: {},
}

test.each([
  { name: 'an option after a line break', line: 'wheel\n--extra-index-url https://index.example/evil' },
  { name: 'an option', line: '--index-url https://index.example/evil' },
  { name: 'an option after a blank', line: 'wheel --index-url=https://index.example/evil' },
  { name: 'another file', line: '-r /run/index' },
  { name: 'a comment', line: 'wheel # files: x' },
])('a build requirement that is $name never reaches the resolver', async ({ line }) => {
  await using folder = await tempFolder()
  await expect(ensureBuildLocks(worldIn(folder.path), SETUP, TARGET, [{ requires: [line] }])).rejects.toThrow('is not a build requirement')
})

test.each([
  { name: 'an address', line: 'helper @ https://files.index.example/helper-1-py3-none-any.whl' },
  { name: 'an address with its hash', line: 'helper[x]@https://files.index.example/helper-1.tar.gz#sha256=00' },
  { name: 'a repository', line: 'helper @ git+https://git.index.example/helper@main' },
  { name: 'a folder', line: 'helper @ file:///work/helper' },
])('a build requirement by $name is refused by its name, with what to do', async ({ line }) => {
  await using folder = await tempFolder()
  const refused = ensureBuildLocks(worldIn(folder.path), SETUP, TARGET, [{ requires: ['wheel', line] }])
  await expect(refused).rejects.toMatchObject({
    message: 'the build requirement helper is given by an address or a folder',
    next: 'Name a version of it that has a wheel in [build-system] requires, or put its wheel on an index that extra-index-urls names.',
  })
})

test.each([
  { name: 'has no wheel at all', wheels: '' },
  {
    name: 'has none for this image',
    wheels: `wheels = [{ url = "https://files.index.example/helper-2.0-cp39-cp39-win32.whl", hashes = { sha256 = "${'1'.repeat(64)}" } }]\n`,
  },
])('a build requirement that $name is refused, with what to do', async ({ wheels }) => {
  await using folder = await tempFolder()
  const sdist = `sdist = { url = "https://files.index.example/helper-2.0.tar.gz", hashes = { sha256 = "${'0'.repeat(64)}" } }\n`
  const docker: Partial<Docker> = {
    inspect: async () => ({}) as Awaited<ReturnType<Docker['inspect']>>,
    async build({ output = '' }) {
      const lock = `lock-version = "1.0"\n[[packages]]\nname = "helper"\nversion = "2.0"\n${sdist}${wheels}`
      await writeFiles(output, { '0/pylock.toml': lock })
      return { seconds: 0 }
    },
  }
  const world = worldIn(folder.path, { docker: docker as Docker })
  const refused = ensureBuildLocks(world, SETUP, TARGET, [{ requires: ['helper'] }])
  await expect(refused).rejects.toMatchObject({
    message: 'the build requirement helper 2.0 has no wheel that fits',
    next: 'Pin a version that has one in [build-system] requires, or put its wheel on an index that extra-index-urls names.',
  })
  // [build-system] of another package is not the user's to change.
  await expect(ensureBuildLocks(world, SETUP, TARGET, [{ requires: ['helper'], asking: 'old-tool' }])).rejects.toMatchObject({
    message: 'the build requirement helper 2.0 of old-tool has no wheel that fits',
    next: 'Take a version of old-tool that has a wheel or asks for less, or put a wheel of either on an index that extra-index-urls names.',
  })
})

test('sets of build requirements without a kept lock are resolved in one build, each for itself', async () => {
  await using folder = await tempFolder()
  const world = (docker: Partial<Docker>) => worldIn(folder.path, { docker: docker as Docker })
  const builds: Record<string, string>[] = []
  const resolving = world({
    inspect: async () => ({}) as Awaited<ReturnType<Docker['inspect']>>,
    async build({ output = '' }) {
      const asked = folder.at('lean-context/requirements/build-lock')
      const sets = await Promise.all(
        (await readdir(asked)).map(async (name) => [name, await readFile(path.join(asked, name, 'requirements.txt'), 'utf8')] as const),
      )
      builds.push(Object.fromEntries(sets))
      await writeFiles(
        output,
        Object.fromEntries(sets.map(([name, text]) => [`${name}/pylock.toml`, `lock-version = "1.0" # ${text.split(/\s+/)}`])),
      )
      return { seconds: 0 }
    },
  })
  const first = await ensureBuildLocks(resolving, SETUP, TARGET, [{ requires: ['wheel'] }])
  const sets = [['wheel', 'setuptools'], ['wheel'], [], ['hatchling'], ['setuptools', 'wheel', 'wheel'], ['wheel', 'setuptools']]
  const asked = sets.map((requires) => ({ requires }))
  const locks = await ensureBuildLocks(resolving, SETUP, TARGET, asked)
  expect(builds).toEqual([{ 0: 'wheel\n' }, { 0: 'setuptools\nwheel\n', 1: 'hatchling\n' }])
  expect([...locks.keys()]).toEqual([...new Set(sets.map(setName))])
  expect(new Set(locks.values()).size).toBe(4) // the same requirements in another order are the same lock
  expect(locks.get('wheel')).toBe(first.get('wheel'))
  expect(new Set(Object.values((await resolving.records.get('buildLocks')) ?? {}).map(({ sha256 }) => sha256))).toEqual(
    new Set(locks.values()),
  )
  // Now all are kept: whoever would build says so.
  await resolving.records.save()
  expect(await ensureBuildLocks(worldIn(folder.path), SETUP, TARGET, asked)).toEqual(locks)
})

test('what is laid out of a lock is what its own text names, whatever records say that name it', async () => {
  await using folder = await tempFolder()
  const world = worldIn(folder.path)
  const [good, other] = ['setuptools-1-py3-none-any.whl', 'evil-1-py3-none-any.whl']
  const text = `lock-version = "1.0"\n[[packages]]\nname = "setuptools"\nversion = "1"\nwheels = [{ url = "https://index.example/${good}", hashes = { sha256 = "${sha256(good)}" } }]\n`
  const lock = { sha256: sha256(text), files: { [good]: sha256(good) } }
  await writeFiles(folder.at('wheelhouse/.build'), {
    [`requires/${good}`]: good,
    [`requires/${other}`]: other,
    'locks/a.toml': text,
    'locks/b.toml': text,
    'locks/c.toml': text,
    'locks/d.toml': 'packages = [[[',
  })
  const buildLocks = {
    a: lock,
    b: { ...lock, files: { [good]: sha256(good), [other]: sha256(other) } },
    c: { ...lock, files: { [good]: sha256('changed') } },
    d: { ...lock, sha256: sha256('packages = [[['), files: {} },
    e: lock,
  }
  world.records.set('buildLocks', buildLocks)
  expect(await Promise.all(Object.keys(buildLocks).map((print) => isKept(world, print)))).toEqual([true, false, false, false, false])
  await layOutRequires(world, folder.at('context'), [lock.sha256, sha256('packages = [[[')])
  expect(await readdir(folder.at('context/build-requires'))).toEqual([good])
  await writeFiles(folder.at('wheelhouse/.build'), { [`requires/${good}`]: 'changed' })
  expect(await isKept(world, 'a')).toBe(false)
})
