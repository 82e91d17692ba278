import { expect, test } from '@jest/globals'
import { NO_SECRETS } from '../../../src/run/wheelhouse-folder/record-schemas.ts'
import { worthSaving } from '../../../src/run/wheelhouse-folder/records.ts'
import { SHELF } from '../../../src/shelf.ts'
import { tempFolder } from '../../support/temp.ts'
import { keepRecords, recordsOf, worldIn } from '../../support/world.ts'

test('what is written is read again, and a change leaves other records alone', async () => {
  await using folder = await tempFolder()
  const world = worldIn(folder.path)
  await keepRecords(world, { releases: { '': { base: 'a' } } })
  await keepRecords(world, { images: { base: { parent: 'b' } } })
  expect(await recordsOf(world)).toEqual({ releases: { '': { base: 'a' } }, images: { base: { parent: 'b' } } })
})

test('layers that were read for secrets are told to this machine alone', async () => {
  await using folder = await tempFolder()
  const world = worldIn(folder.path)
  const scans = { '': { version: '1', print: NO_SECRETS, layers: ['a'] }, '-test': { version: '1', print: 'f00', layers: ['b'] } }
  await keepRecords(world, { scans })
  expect((await recordsOf(world)).scans).toEqual(scans)
  const resolution = await world.files.read(folder.at('wheelhouse', SHELF.resolution))
  expect(JSON.parse(resolution ?? '').scans).toEqual({ '': scans[''] })
  await keepRecords(world, { scans: { ...scans, '': { version: '1', print: 'f00', layers: ['a'] } } })
  expect(await world.files.read(folder.at('wheelhouse', SHELF.resolution))).not.toContain('scans')
  expect(worthSaving(resolution ?? '')).toBe(worthSaving((await world.files.read(folder.at('wheelhouse', SHELF.resolution))) ?? ''))
})

test('layers are believed of either file only as it may speak of them', async () => {
  await using folder = await tempFolder()
  const world = worldIn(folder.path)
  const scan = (print: string) => ({ version: '1', print, layers: ['a'] })
  const write = (name: string, content: object) => world.files.write(folder.at('wheelhouse', name), JSON.stringify(content))
  await write(SHELF.resolution, { layout: 2, scans: { '': scan('f00'), '-a': scan(NO_SECRETS) } })
  await write(SHELF.local, { scans: { '-b': scan('f00'), '-c': scan(NO_SECRETS) } })
  expect((await recordsOf(world)).scans).toEqual({ '-a': scan(NO_SECRETS), '-b': scan('f00') })
  await write(SHELF.resolution, { layout: 1, scans: { '-a': scan(NO_SECRETS) } })
  expect((await recordsOf(world)).scans).toEqual({ '-b': scan('f00') })
})

test('a restored record cannot speak of the project on this machine', async () => {
  await using folder = await tempFolder()
  const world = worldIn(folder.path)
  await world.files.write(
    folder.at('wheelhouse', SHELF.resolution),
    JSON.stringify({ layout: 2, project: { file: 'x.whl' }, releases: {} }),
  )
  expect(await recordsOf(world)).toEqual({})
})

test.each([
  { name: 'a path upwards', file: '../../victim.whl' },
  { name: 'an absolute path', file: '/etc/x.whl' },
  { name: 'a folder', file: 'src' },
])('a project record that names $name is not believed', async ({ file }) => {
  await using folder = await tempFolder()
  const world = worldIn(folder.path)
  await world.files.write(folder.at('wheelhouse', SHELF.local), JSON.stringify({ project: { file, parts: {}, sha256: '', metadata: '' } }))
  expect((await recordsOf(world)).project).toBeUndefined()
})

test('what images were made from is taken only under names that the log may show', async () => {
  await using folder = await tempFolder()
  const world = worldIn(folder.path)
  const good = { parent: 'sha256:1', 'Debian packages': 'x' }
  const images = { base: good, builder: { 'x\n::error::y': 'a' }, release: { base: 1 }, 'release-test': null }
  await world.files.write(folder.at('wheelhouse', SHELF.resolution), JSON.stringify({ layout: 2, images }))
  expect(await recordsOf(world)).toEqual({ images: { base: good } })
})

test('a lock of build requirements without its files is nothing, and others are kept', async () => {
  await using folder = await tempFolder()
  const world = worldIn(folder.path)
  const good = { sha256: 'a'.repeat(64), files: {} }
  const [a, b, c] = ['a', 'b', 'c'].map((letter) => letter.repeat(16))
  const buildLocks = { [`${a}`]: null, [`${b}`]: {}, [`${c}`]: good, c: good }
  await world.files.write(folder.at('wheelhouse', SHELF.resolution), JSON.stringify({ layout: 2, buildLocks }))
  expect(await recordsOf(world)).toEqual({ buildLocks: { [`${c}`]: good } })
})

test.each([
  { name: 'another layout', text: '{"layout": 2, "told": {}}' },
  { name: 'no JSON', text: '<html>' },
  { name: 'null', text: 'null' },
  { name: 'a lock without its parts', text: '{"layout": 2, "lock": {"sha256": "a"}}' },
  { name: 'a target without its parts', text: '{"layout": 2, "target": {"target": {}}}' },
  {
    name: 'records that are none',
    text: '{"layout": 2, "target": 1, "lock": 5, "buildLocks": "x", "told": [], "own": {}, "debian": true, "images": 3, "scans": {"": 1, "-a": {"layers": 1}}}',
  },
])('$name is nothing', async ({ text }) => {
  await using folder = await tempFolder()
  const world = worldIn(folder.path)
  await world.files.write(folder.at('wheelhouse', SHELF.resolution), text)
  expect(await recordsOf(world)).toEqual({})
})

test('no step writes an old copy over what another one set', async () => {
  await using folder = await tempFolder()
  const world = worldIn(folder.path)
  await keepRecords(world, { images: { base: { parent: 'a' } }, releases: { '': { base: 'a' } } })
  const before = await world.records.all() // a step that begins now, and whose copy is old soon
  await Promise.all([
    world.records.put('images', 'builder', { parent: 'b' }),
    world.records.put('images', 'release', { source: 'c' }),
    world.records.put('releases', '-test', { base: 'd' }),
  ])
  await world.records.save()
  await world.records.put('images', 'release-test', { source: String(before.images?.base) })
  await Promise.all([world.records.save(), world.records.save()])
  const { images, releases } = await recordsOf(world)
  expect(Object.keys(images ?? {}).sort()).toEqual(['base', 'builder', 'release', 'release-test'])
  expect(Object.keys(releases ?? {}).sort()).toEqual(['', '-test'])
})

test('what was restored is read after it was restored, and what was set before stays', async () => {
  await using folder = await tempFolder()
  const world = worldIn(folder.path)
  expect(await world.records.all()).toEqual({})
  world.records.set('releases', { '': { base: 'mine' } })
  await keepRecords(world, { images: { base: { parent: 'restored' } } })
  expect((await world.records.all()).images).toBeUndefined()
  world.records.reload()
  expect(await world.records.all()).toEqual({ images: { base: { parent: 'restored' } }, releases: { '': { base: 'mine' } } })
})

test('a step that fails leaves what the steps before it recorded', async () => {
  await using folder = await tempFolder()
  const world = worldIn(folder.path)
  const step = async () => {
    try {
      world.records.set('lock', { parts: { requirements: 'six' }, sha256: 'a'.repeat(64) })
      throw new Error('the next package does not build')
    } finally {
      await world.records.save()
    }
  }
  await expect(step()).rejects.toThrow('does not build')
  expect((await recordsOf(world)).lock?.parts).toEqual({ requirements: 'six' })
})
