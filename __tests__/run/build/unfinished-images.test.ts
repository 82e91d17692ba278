import { mkdir } from 'node:fs/promises'
import { expect, test } from '@jest/globals'
import type { Docker } from '../../../src/effects/docker-port.ts'
import { fingerprint } from '../../../src/plan/fingerprint.ts'
import { finish, unfinishedName } from '../../../src/run/build/unfinished-images.ts'
import { tempFolder } from '../../support/temp.ts'
import { worldIn } from '../../support/world.ts'

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

const pulled = (said: string[]) => async () => void said.push('pulled')
const unfinished = ['release', 'test', 'dev'].map((what) => `no pypackager-unfinished:run-1-${what}`)

async function worldOf(folder: string, docker: Docker) {
  const world = worldIn(folder, { docker })
  await mkdir(world.paths.wheelhouse, { recursive: true })
  return world
}

test('an image that stands gets the name of its content, then those that people pull; the one before loses its own after that', async () => {
  await using folder = await tempFolder('unfinished')
  const { docker, said } = naming()
  const world = await worldOf(folder.path, docker)
  await finish(world, [built(OLD)], pulled(said))
  expect(said.splice(0)).toEqual([`sha256:1 is ${own(OLD)}`, 'pulled', ...unfinished])
  await finish(world, [built(NEW)], pulled(said))
  expect(said.splice(0)).toEqual([`sha256:1 is ${own(NEW)}`, 'pulled', `no ${own(OLD)}`, ...unfinished])
  await finish(world, [built(NEW)], pulled(said))
  expect(said.splice(0)).toEqual([`sha256:1 is ${own(NEW)}`, 'pulled', ...unfinished])
})

test.each([
  { name: 'before its name is given', at: 0 },
  { name: 'before the names that people pull are', at: 1 },
  { name: 'before the one before has lost its name', at: 2 },
])('what a run that is killed $name leaves, the next one with another image takes', async ({ at }) => {
  await using folder = await tempFolder('unfinished')
  const { docker, said } = naming()
  const world = await worldOf(folder.path, docker)
  await finish(world, [built(OLD)], pulled(said))
  let steps = 0
  const dying = <A extends readonly unknown[]>(go: (...args: A) => Promise<void>) => {
    return async (...args: A) => {
      if (steps++ >= at) throw new Error('killed')
      await go(...args)
    }
  }
  const killed = { ...world, docker: { tag: dying(docker.tag), untag: dying(docker.untag) } as unknown as Docker }
  await expect(finish(killed, [built(NEW)], dying(pulled(said)))).rejects.toThrow('killed')
  said.length = 0
  const last = { source: 'c' }
  await finish(world, [built(last)], pulled(said))
  expect(said).toEqual([`sha256:1 is ${own(last)}`, 'pulled', `no ${own(OLD)}`, `no ${own(NEW)}`, ...unfinished])
  said.length = 0
  await finish(world, [built(last)], pulled(said))
  expect(said).toEqual([`sha256:1 is ${own(last)}`, 'pulled', ...unfinished])
})

test('where nothing was built no name of ours changes', async () => {
  await using folder = await tempFolder('unfinished')
  const { docker, said } = naming()
  await finish(worldIn(folder.path, { docker }), [], pulled(said))
  expect(said).toEqual(['pulled'])
})

test('what is unfinished has a name of its run alone', () => {
  expect(unfinishedName({ run: 'run.a.b.1.2.c' }, 'release')).toBe('pypackager-unfinished:run.a.b.1.2.c-release')
})
