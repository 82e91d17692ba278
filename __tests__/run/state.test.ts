import { expect, test } from '@jest/globals'
import { readState, SHELF, updateState } from '../../src/run/state.ts'
import { tempFolder } from '../support/temp.ts'
import { worldIn } from '../support/world.ts'

test('what is written is read again, and a change leaves other records alone', async () => {
  await using folder = await tempFolder()
  const world = worldIn(folder.path)
  await updateState(world, { releases: { '': { base: 'a' } } })
  await updateState(world, { images: { base: { parent: 'b' } } })
  expect(await readState(world)).toEqual({ layout: 2, releases: { '': { base: 'a' } }, images: { base: { parent: 'b' } } })
})

test('a restored record cannot speak of the project on this machine', async () => {
  await using folder = await tempFolder()
  const world = worldIn(folder.path)
  await world.files.write(
    folder.at('wheelhouse', SHELF.resolution),
    JSON.stringify({ layout: 2, project: { file: 'x.whl' }, images: {}, releases: {} }),
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

test.each([
  { name: 'another layout', text: '{"layout": 1, "told": {}}' },
  { name: 'no JSON', text: '<html>' },
])('$name is nothing', async ({ text }) => {
  await using folder = await tempFolder()
  const world = worldIn(folder.path)
  await world.files.write(folder.at('wheelhouse', SHELF.resolution), text)
  expect(await readState(world)).toEqual({ layout: 2 })
})
