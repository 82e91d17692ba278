import { mkdir } from 'node:fs/promises'
import { expect, test } from '@jest/globals'
import type { Docker } from '../../src/effects/docker-port.ts'
import { fingerprint } from '../../src/plan/fingerprint.ts'
import { finish, unfinishedName } from '../../src/run/unfinished.ts'
import { tempFolder } from '../support/temp.ts'
import { worldIn } from '../support/world.ts'

/** A daemon that notes which names it is given and which it loses. */
function naming() {
  const said: string[] = []
  const docker = {
    tag: async (image: string, name: string) => void said.push(`${image} is ${name}`),
    untag: async (...names: readonly string[]) => void said.push(...names.map((name) => `no ${name}`)),
  } as unknown as Docker
  return { docker, said }
}

const OLD = { source: 'a' }
const NEW = { source: 'b' }
const built = (parts: Readonly<Record<string, string>>) => ({ id: 'sha256:1', name: 'acme/shop', record: '', parts })
const own = (parts: Readonly<Record<string, string>>) => `acme/shop:fingerprint-${fingerprint(parts)}`

test('an image that stands gets the name of its content, and the one before loses its own after that', async () => {
  await using folder = await tempFolder('unfinished')
  const { docker, said } = naming()
  const world = worldIn(folder.path, { docker })
  await mkdir(world.paths.wheelhouse, { recursive: true })
  const unfinished = ['release', 'test', 'dev'].map((what) => `no pypackager-unfinished:run-1-${what}`)
  await finish(world, [built(OLD)])
  expect(said.splice(0)).toEqual([`sha256:1 is ${own(OLD)}`, ...unfinished])
  await finish(world, [built(NEW)])
  expect(said.splice(0)).toEqual([`sha256:1 is ${own(NEW)}`, `no ${own(OLD)}`, ...unfinished])
  await finish(world, [built(NEW)])
  expect(said.splice(0)).toEqual([`sha256:1 is ${own(NEW)}`, ...unfinished])
})

test('where nothing was built no name changes', async () => {
  await using folder = await tempFolder('unfinished')
  const { docker, said } = naming()
  await finish(worldIn(folder.path, { docker }), [])
  expect(said).toEqual([])
})

test('what is unfinished has a name of its run alone', () => {
  expect(unfinishedName({ run: 'run.a.b.1.2.c' }, 'release')).toBe('pypackager-unfinished:run.a.b.1.2.c-release')
})
