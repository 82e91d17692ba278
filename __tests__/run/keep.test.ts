import path from 'node:path'
import { expect, test } from '@jest/globals'
import { files } from '../../src/effects/files.ts'
import type { CacheService } from '../../src/effects/ports.ts'
import type { CachePolicy } from '../../src/plan/policy.ts'
import { restoreWheelhouse, saveWheelhouse } from '../../src/run/keep.ts'
import { tempFolder } from '../support/temp.ts'
import { worldIn } from '../support/world.ts'

const ALL: CachePolicy = { restoreDownloads: true, restoreCompiled: true, believeRecords: true, saveDownloads: true, saveCompiled: true, reason: undefined }
const KEYS = { prefix: 'pypackager-1-amd64-x', definition: 'd', leg: 'l' }
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
  await restoreWheelhouse(world, { ...ALL, restoreCompiled: true }, KEYS)
  expect(await files.walk(folder.at('wheelhouse'))).toEqual([
    '.build/debian/libx_1.deb',
    '.build/requires/setuptools-1-py3-none-any.whl',
    '.build/resolution.json',
    '.build/uv/uv-1.whl',
    'a-1-py3-none-any.whl',
    'pylock.toml',
  ])
})

test('where compiled wheels are not trusted, takes only what is proved without the cache', async () => {
  await using folder = await tempFolder()
  const world = worldIn(folder.path, { cache: cacheOf(ENTRY).cache })
  await restoreWheelhouse(world, { ...ALL, restoreCompiled: false, believeRecords: false }, KEYS)
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
  await restoreWheelhouse(worldIn(folder.path, { cache }), { ...ALL, restoreCompiled: true }, KEYS)
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
  await put('.build/local.json', JSON.stringify({ project: { file: 'app-1-py3-none-any.whl' } }))
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
  expect(saved.map(({ key }) => key).slice(2)).toEqual([expect.stringMatching(/^pypackager-1-amd64-x-downloads-d-[0-9a-f]{16}$/)])
})
