import path from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { files } from '../../../src/effects/files/files.ts'
import type { CacheService } from '../../../src/effects/ports.ts'
import { type CacheFacts, cacheKeys, LAYOUT, ownPrefix } from '../../../src/plan/cache-keys.ts'
import type { CachePolicy } from '../../../src/plan/policy.ts'
import { hmacSigner } from '../../../src/plan/signature.ts'
import { parseMetadata, requirementsOf } from '../../../src/project/metadata.ts'
import { restoreWheelhouse, saveWheelhouse } from '../../../src/run/wheelhouse-folder/cache-entries.ts'
import { forgetUnsigned } from '../../../src/run/wheelhouse-folder/open-wheelhouse.ts'
import { tempFolder } from '../../support/temp.ts'
import { keepRecords, listener, recordsOf, worldIn } from '../../support/world.ts'

const ALL: CachePolicy = {
  restoreDownloads: true,
  restoreCompiled: true,
  believeRecords: true,
  saveDownloads: true,
  saveCompiled: true,
  reason: undefined,
}
const FACTS: CacheFacts = {
  architecture: 'amd64',
  folder: '.',
  suffix: '',
  parent: 'python:3.13-slim',
  python: '3.13',
  index: '',
  definition: 'pyproject.toml',
  extras: [],
  newest: '2026-01-02',
  buildPackages: [],
}
const KEYS = cacheKeys(FACTS)
const CONTENTS = { scripts: {}, roots: [] }
const REQUIREMENTS = requirementsOf(parseMetadata('Name: shop\nVersion: 1.0\n'))
const NOTHING = { downloads: undefined, compiled: undefined }

/** A cache that gives one entry of the given files for every question, and remembers what was saved. */
function cacheOf(entry: Readonly<Record<string, string>>) {
  const saved: { key: string; names: readonly string[] }[] = []
  const cache: CacheService = {
    async restore(folder, [key]) {
      for (const [name, text] of Object.entries(entry)) await files.write(path.join(folder, name), text)
      return `${key}0`
    },
    async save(folder, key) {
      saved.push({ key, names: await files.walk(folder) })
      return true
    },
  }
  return { cache, saved }
}

const ENTRY = {
  'a-1-py3-none-any.whl': 'a',
  'pylock.toml': 'lock',
  '.build/uv/uv-1.whl': 'uv',
  '.build/requires/setuptools-1-py3-none-any.whl': 's',
  '.build/debian/libx_1.deb': 'd',
  '.build/resolution.json': '{}',
  '.build/local.json': '{}',
  '.gitignore': '!*',
  'evil.py': 'evil',
  '.build/uv/deep/er.whl': 'x',
}

test('takes from an entry only what could have been saved', async () => {
  await using folder = await tempFolder()
  const world = worldIn(folder.path, { cache: cacheOf(ENTRY).cache })
  await restoreWheelhouse(world, ALL, KEYS)
  expect(await files.walk(folder.at('wheelhouse'))).toEqual([
    '.build/debian/libx_1.deb',
    '.build/requires/setuptools-1-py3-none-any.whl',
    '.build/resolution.json',
    '.build/uv/uv-1.whl',
    'a-1-py3-none-any.whl',
    'pylock.toml',
  ])
})

test.each([
  { name: 'compiled wheels are not trusted', policy: { ...ALL, restoreCompiled: false, believeRecords: false } },
  { name: 'compiled wheels are trusted by their signature alone', policy: { ...ALL, believeRecords: false } },
])('where $name, takes of the downloads only what is proved without the cache', async ({ policy }) => {
  await using folder = await tempFolder()
  const world = worldIn(folder.path, { cache: cacheOf(ENTRY).cache })
  await restoreWheelhouse(world, policy, KEYS)
  expect(await files.walk(folder.at('wheelhouse'))).toEqual(['.build/uv/uv-1.whl', 'a-1-py3-none-any.whl'])
})

test('a link in an entry is not followed and not kept', async () => {
  await using folder = await tempFolder()
  const { symlink } = await import('node:fs/promises')
  const cache: CacheService = {
    async restore(to, [key]) {
      await files.makeFolder(to)
      await symlink('/etc/passwd', path.join(to, 'pylock.toml'))
      return key
    },
    save: async () => true,
  }
  await restoreWheelhouse(worldIn(folder.path, { cache }), ALL, KEYS)
  expect(await files.exists(folder.at('wheelhouse/pylock.toml'))).toBe(false)
})

test('saves downloads and compiled wheels apart, without the project, and nothing when nothing changed', async () => {
  await using folder = await tempFolder()
  const { cache, saved } = cacheOf({})
  const world = worldIn(folder.path, { cache })
  const put = (name: string, text = name) => files.write(folder.at('wheelhouse', name), text)
  await put('a-1-py3-none-any.whl')
  await put('c-1-cp311-cp311-linux_x86_64.whl')
  await put('.build/manifests/c-1-cp311-cp311-linux_x86_64.whl.json')
  await put('app-1-py3-none-any.whl')
  const project = { parts: {}, file: 'app-1-py3-none-any.whl', sha256: 'a'.repeat(64), metadata: '', packages: [] }
  await put('.build/local.json', JSON.stringify({ project }))
  await saveWheelhouse(world, ALL, KEYS, NOTHING)
  expect(saved.map(({ names }) => names)).toEqual([
    ['a-1-py3-none-any.whl'],
    ['.build/manifests/c-1-cp311-cp311-linux_x86_64.whl.json', 'c-1-cp311-cp311-linux_x86_64.whl'],
  ])
  const [downloads, compiled] = saved.map(({ key }) => key)
  await saveWheelhouse(world, ALL, KEYS, { downloads, compiled })
  expect(saved).toHaveLength(2)
  await put('b-1-py3-none-any.whl')
  await saveWheelhouse(world, ALL, KEYS, { downloads, compiled })
  expect(saved.map(({ key }) => key).slice(2)).toEqual([expect.stringMatching(new RegExp(`^${ownPrefix(KEYS.downloads)}[0-9a-f]{16}$`))])
})

/** A cache in memory that answers as the service does: each prefix in turn, the newest that begins so. */
function memory(): CacheService & { readonly kept: Map<string, ReadonlyMap<string, string>> } {
  const kept = new Map<string, ReadonlyMap<string, string>>()
  return {
    kept,
    async restore(folder, prefixes) {
      const found = prefixes.map((prefix) => [...kept.keys()].findLast((key) => key.startsWith(prefix))).find((key) => key !== undefined)
      for (const [name, text] of kept.get(found ?? '') ?? []) await files.write(path.join(folder, name), text)
      return found
    },
    async save(folder, key) {
      const names = await files.walk(folder)
      kept.set(
        key,
        new Map(await Promise.all(names.map(async (name) => [name, (await files.read(path.join(folder, name))) ?? ''] as const))),
      )
      return true
    },
  }
}

const COMPILED = ['c-1-cp311-cp311-linux_x86_64.whl', '.build/manifests/c-1-cp311-cp311-linux_x86_64.whl.json']

/** A job of its own: an empty wheelhouse, the cache restored, some files added, others pruned, all saved. */
async function job(cache: CacheService, facts: Partial<CacheFacts>, add: readonly string[], prune: readonly string[] = []) {
  await using folder = await tempFolder()
  const log = listener()
  const world = worldIn(folder.path, { cache, log })
  const keys = cacheKeys({ ...FACTS, ...facts })
  const restored = await restoreWheelhouse(world, ALL, keys)
  const found = await files.walk(folder.at('wheelhouse'))
  for (const name of add) await files.write(folder.at('wheelhouse', name), name)
  for (const name of prune) await files.remove(folder.at('wheelhouse', name))
  await saveWheelhouse(world, ALL, keys, restored)
  return { found, lines: log.lines }
}

test('the log tells a first run, the same dependencies, and what changed', async () => {
  const cache = memory()
  const first = await job(cache, {}, ['a-1-py3-none-any.whl', ...COMPILED])
  expect(first.lines.slice(0, 2).sort()).toEqual([
    '  no cache entry for compiled wheels of this image and these extras yet',
    '  no cache entry for these dependencies yet',
  ])
  expect(first.lines.slice(2)).toEqual([
    expect.stringMatching(/^ {2}saved downloads to the cache: 0\.0 MB as pypackager-\d-amd64-/),
    expect.stringMatching(/^ {2}saved compiled to the cache: 0\.0 MB as pypackager-\d-amd64-/),
  ])
  const same = await job(cache, {}, [])
  expect(same.lines.sort()).toEqual([...cache.kept.keys()].sort().map((key) => `  restored ${key.split('-')[4]} from the cache: ${key}`))
  const changed = await job(cache, { definition: 'flask', newest: '2026-01-03' }, ['b-1-py3-none-any.whl'])
  expect(changed.lines).toContainEqual(
    expect.stringMatching(
      /^ {2}no cache entry for these dependencies \(changed: files that define the project, exclude-newer\); started from the one before: pypackager-/,
    ),
  )
  expect(changed.found).toContain('a-1-py3-none-any.whl')
})

test('what images were made from goes with the entry, and is no reason to save it again', async () => {
  const cache = memory()
  await using folder = await tempFolder()
  const [before, now] = ['a', 'b'].map((name) => worldIn(folder.at(name), { cache }))
  if (!before || !now) throw new Error('there are two')
  await files.write(`${before.paths.wheelhouse}/a-1-py3-none-any.whl`, 'a')
  await keepRecords(before, {
    told: { definition: 'd', requirements: REQUIREMENTS, contents: CONTENTS },
    images: { release: { source: '1' } },
  })
  await saveWheelhouse(before, ALL, KEYS, NOTHING)
  const restored = await restoreWheelhouse(now, ALL, KEYS)
  expect((await recordsOf(now)).images).toEqual({ release: { source: '1' } })
  await keepRecords(now, { images: { release: { source: '2' } } })
  await saveWheelhouse(now, ALL, KEYS, restored)
  expect(cache.kept.size).toBe(1)
  await keepRecords(now, { told: { definition: 'e', requirements: REQUIREMENTS, contents: CONTENTS } })
  await saveWheelhouse(now, ALL, KEYS, restored)
  expect(cache.kept.size).toBe(2)
})

test('compiled wheels are found again although the requirements changed', async () => {
  const cache = memory()
  await job(cache, {}, COMPILED)
  const next = await job(cache, { definition: 'flask', newest: '2027-01-01', index: 'https://index.example' }, [])
  expect(next.found).toEqual([...COMPILED].sort())
})

test('legs of a matrix begin with what another leg compiled and keep entries of their own', async () => {
  const cache = memory()
  await job(cache, {}, COMPILED)
  const leg = await job(
    cache,
    { extras: ['test'] },
    ['d-1-cp311-cp311-linux_x86_64.whl', '.build/manifests/d-1-cp311-cp311-linux_x86_64.whl.json'],
    COMPILED,
  )
  expect(leg.found).toEqual([...COMPILED].sort())
  expect(leg.lines).toContainEqual(expect.stringContaining('(changed: extras); started from the one before'))
  // What the other leg pruned is still there for the first one.
  expect((await job(cache, {}, [])).found).toEqual([...COMPILED].sort())
  expect((await job(cache, { extras: ['test'] }, [])).found).toEqual([
    '.build/manifests/d-1-cp311-cp311-linux_x86_64.whl.json',
    'd-1-cp311-cp311-linux_x86_64.whl',
  ])
})

test('entries of an older layout, of another suffix and of another project are ignored', async () => {
  const cache = memory()
  await job(cache, {}, ['a-1-py3-none-any.whl', ...COMPILED])
  for (const [key, entry] of [...cache.kept]) {
    cache.kept.delete(key)
    cache.kept.set(key.replace(`pypackager-${LAYOUT}-`, `pypackager-${LAYOUT - 1}-`), entry)
  }
  await job(cache, { suffix: 'x' }, ['a-1-py3-none-any.whl', ...COMPILED])
  await job(cache, { folder: 'other' }, ['a-1-py3-none-any.whl', ...COMPILED])
  expect((await job(cache, {}, [])).found).toEqual([])
})

test('a wheelhouse that cannot be saved or restored is a notice: the run goes on', async () => {
  await using folder = await tempFolder()
  const log = listener()
  const cache: CacheService = {
    restore: async () => {
      throw new Error('disk full')
    },
    save: async () => {
      throw new Error('disk full')
    },
  }
  const world = worldIn(folder.path, { cache, log })
  expect(await restoreWheelhouse(world, ALL, KEYS)).toEqual(NOTHING)
  await files.write(folder.at('wheelhouse/a-1-py3-none-any.whl'), 'a')
  expect(await saveWheelhouse(world, ALL, KEYS, NOTHING)).toBe('')
  expect(log.lines).toHaveLength(3)
  for (const line of log.lines) expect(line).toContain('disk full')
})

test('two jobs that build the same wheel save it under one key, however long it took; another wheel has another', async () => {
  const keyOf = async (seconds: number, sha256: string) => {
    await using folder = await tempFolder()
    const { cache, saved } = cacheOf({})
    const [wheel = '', file = ''] = COMPILED
    const made = { sdist: 's', recipe: 'r', distribution: 'd', machine: 'm', glibc: 'g', soabi: 'so', buildPackages: '', buildLock: 'l' }
    const manifest = { package: 'c', version: '1', file: wheel, sha256: sha256.repeat(64), made, requires: [], packages: [], seconds }
    await files.write(folder.at('wheelhouse', wheel), 'wheel')
    await files.write(folder.at('wheelhouse', file), JSON.stringify(manifest))
    await saveWheelhouse(worldIn(folder.path, { cache }), ALL, KEYS, NOTHING)
    return saved.map(({ key }) => key)
  }
  expect(await keyOf(1, 'a')).toHaveLength(1)
  expect(await keyOf(2, 'a')).toEqual(await keyOf(1, 'a'))
  expect(await keyOf(1, 'b')).not.toEqual(await keyOf(1, 'a'))
})

test('keeps the test image’s own wheels as those of the wheelhouse, each with its kind', async () => {
  await using folder = await tempFolder()
  const { cache, saved } = cacheOf({})
  const names = [
    '.build/test/.build/manifests/c-1-py3-none-any.whl.json',
    '.build/test/c-1-py3-none-any.whl',
    '.build/test/.build/resolution.json',
    '.build/test/pylock.toml',
    '.build/test/t-1-py3-none-any.whl',
  ]
  for (const name of [...names, '.build/test/.build/local.json', '.build/test/evil.py'])
    await files.write(folder.at('wheelhouse', name), name)
  await saveWheelhouse(worldIn(folder.path, { cache }), ALL, KEYS, NOTHING)
  expect(saved.map((entry) => entry.names)).toEqual([names.slice(2).sort(), names.slice(0, 2).sort()])

  await using other = await tempFolder()
  const entry = Object.fromEntries(
    [...names, '.build/test/evil.py', '.build/test/.build/test/t-1-py3-none-any.whl'].map((name) => [name, name]),
  )
  await restoreWheelhouse(worldIn(other.path, { cache: cacheOf(entry).cache }), ALL, KEYS)
  expect(await files.walk(other.at('wheelhouse'))).toEqual([...names].sort())
})

test('keeps the release’s lock and records beside those of the test image; its wheels that lie there too are kept once', async () => {
  await using folder = await tempFolder()
  const { cache, saved } = cacheOf({})
  const kept = [
    '.build/resolution.json',
    '.build/test/.build/resolution.json',
    '.build/test/pylock.toml',
    '.build/test/t-1-py3-none-any.whl',
  ]
  for (const name of [...kept, 'pylock.toml', 't-1-py3-none-any.whl']) await files.write(folder.at('wheelhouse', name), name)
  await saveWheelhouse(worldIn(folder.path, { cache }), ALL, KEYS, NOTHING)
  expect(saved[0]?.names).toEqual([...kept, 'pylock.toml'])
})

describe('with a signing key', () => {
  const KEY = 'a key that is long enough to sign with'
  const told = (definition: string) => ({ told: { definition, requirements: REQUIREMENTS, contents: CONTENTS } })

  /** A run on a fresh clone, with the key or without: what of the records it believes, and whether it saves. */
  async function keyed(cache: CacheService, key: string, change?: Parameters<typeof keepRecords>[1], repository = 'acme/shop') {
    await using folder = await tempFolder()
    const log = listener()
    const world = worldIn(folder.path, { cache, log, signer: hmacSigner(key, repository) })
    const restored = await restoreWheelhouse(world, ALL, KEYS)
    await forgetUnsigned(world)
    const believed = await recordsOf(world)
    await keepRecords(world, { images: { base: { parent: String(Math.random()) } }, ...change })
    await saveWheelhouse(world, ALL, KEYS, restored)
    return { believed: Object.keys(believed).filter((name) => name !== 'images'), log: log.lines }
  }

  test('an unsigned record is as none, is named, and is signed only where it is made again', async () => {
    const cache = memory()
    await keyed(cache, '', told('d'))
    const first = await keyed(cache, KEY)
    expect(first.believed).toEqual([])
    expect(first.log).toContain('  not used, as not signed with cache-signing-key: records of told, images')
    expect((await keyed(cache, KEY)).believed).toEqual([]) // nothing was laundered by the run before
    await keyed(cache, KEY, told('d'))
    const last = await keyed(cache, KEY)
    expect(last.believed).toEqual(['told'])
    expect(last.log.filter((line) => line.includes('not used'))).toEqual([])
  })

  test.each([
    { name: 'another key', key: `${KEY}.`, repository: 'acme/shop' },
    { name: 'another repository that has the same key', key: KEY, repository: 'acme/store' },
  ])('a record that was signed by $name is as none', async ({ key, repository }) => {
    const cache = memory()
    await keyed(cache, key, told('d'), repository)
    expect((await keyed(cache, key, undefined, repository)).believed).toEqual(['told'])
    expect((await keyed(cache, KEY)).believed).toEqual([])
  })

  test('a run without the key uses what is signed, leaves its signature, and saves nothing where nothing changed', async () => {
    const cache = memory()
    await keyed(cache, KEY, told('d'))
    expect((await keyed(cache, '')).believed).toEqual(['told'])
    expect(cache.kept.size).toBe(1)
    const own = { definition: 'd', requires: ['setuptools'], compiled: false }
    await keyed(cache, '', { own })
    expect((await keyed(cache, KEY, { own })).believed).toEqual(['told'])
    expect(cache.kept.size).toBe(3)
    expect((await keyed(cache, KEY)).believed).toEqual(['told', 'own'])
  })

  test('a signed record that was changed is as none, and so is one that was moved to the place of another', async () => {
    await using folder = await tempFolder()
    const world = worldIn(folder.path, { signer: hmacSigner(KEY, 'acme/shop') })
    await keepRecords(world, { images: { base: { a: 'b' } }, releases: { base: { a: 'b' } } })
    const read = async (name: string) => JSON.parse((await files.read(folder.at('wheelhouse', name))) ?? '')
    const local = await read('.build/local.json')
    const write = (said: object) => files.write(folder.at('wheelhouse/.build/local.json'), JSON.stringify(said))
    await write({ releases: { base: { a: 'c' } }, signatures: local.signatures })
    expect((await recordsOf(world)).releases).toBeUndefined()
    const { signatures } = await read('.build/resolution.json')
    await write({ releases: { base: { a: 'b' } }, signatures: { releases: signatures.images } })
    expect((await recordsOf(world)).releases).toBeUndefined()
    await write({ releases: { base: { a: 'b' } }, signatures: local.signatures })
    expect((await recordsOf(world)).releases).toEqual({ base: { a: 'b' } })
  })
})
