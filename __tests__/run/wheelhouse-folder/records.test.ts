import { expect, test } from '@jest/globals'
import { NO_SECRETS } from '../../../src/run/wheelhouse-folder/record-schemas.ts'
import { readState, updateState, worthSaving } from '../../../src/run/wheelhouse-folder/records.ts'
import { SHELF } from '../../../src/run/wheelhouse-folder/wheelhouse-paths.ts'
import { tempFolder } from '../../support/temp.ts'
import { worldIn } from '../../support/world.ts'

test('what is written is read again, and a change leaves other records alone', async () => {
  await using folder = await tempFolder()
  const world = worldIn(folder.path)
  await updateState(world, { releases: { '': { base: 'a' } } })
  await updateState(world, { images: { base: { parent: 'b' } } })
  expect(await readState(world)).toEqual({ layout: 2, releases: { '': { base: 'a' } }, images: { base: { parent: 'b' } } })
})

test('layers that were read for secrets are told to this machine alone', async () => {
  await using folder = await tempFolder()
  const world = worldIn(folder.path)
  const scans = { '': { version: '1', print: NO_SECRETS, layers: ['a'] }, '-test': { version: '1', print: 'f00', layers: ['b'] } }
  await updateState(world, { scans })
  expect((await readState(world)).scans).toEqual(scans)
  const resolution = await world.files.read(folder.at('wheelhouse', SHELF.resolution))
  expect(JSON.parse(resolution ?? '').scans).toEqual({ '': scans[''] })
  await updateState(world, { scans: { ...scans, '': { version: '1', print: 'f00', layers: ['a'] } } })
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
  expect((await readState(world)).scans).toEqual({ '-a': scan(NO_SECRETS), '-b': scan('f00') })
  await write(SHELF.resolution, { layout: 1, scans: { '-a': scan(NO_SECRETS) } })
  expect((await readState(world)).scans).toEqual({ '-b': scan('f00') })
})

test('a restored record cannot speak of the project on this machine', async () => {
  await using folder = await tempFolder()
  const world = worldIn(folder.path)
  await world.files.write(
    folder.at('wheelhouse', SHELF.resolution),
    JSON.stringify({ layout: 2, project: { file: 'x.whl' }, releases: {} }),
  )
  expect(await readState(world)).toEqual({ layout: 2 })
})

test.each([
  { name: 'a path upwards', file: '../../victim.whl' },
  { name: 'an absolute path', file: '/etc/x.whl' },
  { name: 'a folder', file: 'src' },
])('a project record that names $name is not believed', async ({ file }) => {
  await using folder = await tempFolder()
  const world = worldIn(folder.path)
  await world.files.write(folder.at('wheelhouse', SHELF.local), JSON.stringify({ project: { file, parts: {}, sha256: '', metadata: '' } }))
  expect((await readState(world)).project).toBeUndefined()
})

test('what images were made from is taken only under names that the log may show', async () => {
  await using folder = await tempFolder()
  const world = worldIn(folder.path)
  const good = { parent: 'sha256:1', 'Debian packages': 'x' }
  const images = { base: good, builder: { 'x\n::error::y': 'a' }, release: { base: 1 }, 'release-test': null }
  await world.files.write(folder.at('wheelhouse', SHELF.resolution), JSON.stringify({ layout: 2, images }))
  expect(await readState(world)).toEqual({ layout: 2, images: { base: good } })
})

test('a lock of build requirements without its files is nothing, and others are kept', async () => {
  await using folder = await tempFolder()
  const world = worldIn(folder.path)
  const good = { sha256: 'a'.repeat(64), files: {} }
  const [a, b, c] = ['a', 'b', 'c'].map((letter) => letter.repeat(16))
  const buildLocks = { [`${a}`]: null, [`${b}`]: {}, [`${c}`]: good, c: good }
  await world.files.write(folder.at('wheelhouse', SHELF.resolution), JSON.stringify({ layout: 2, buildLocks }))
  expect(await readState(world)).toEqual({ layout: 2, buildLocks: { [`${c}`]: good } })
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
  expect(await readState(world)).toEqual({ layout: 2 })
})
