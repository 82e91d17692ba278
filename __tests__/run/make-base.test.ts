import path from 'node:path'
import { expect, test } from '@jest/globals'
import type { Docker, ImageInfo } from '../../src/effects/docker-port.ts'
import { files } from '../../src/effects/files/files.ts'
import type { CacheService, Downloads } from '../../src/effects/ports.ts'
import { planRun } from '../../src/plan/run-plan.ts'
import { readProject } from '../../src/project/project.ts'
import { makeBase } from '../../src/run/make-base.ts'
import { openRun } from '../../src/run/open-run.ts'
import { outcomeOf } from '../../src/run/result.ts'
import { tempFolder } from '../support/temp.ts'
import { contextWith, inputsWith } from '../support/values.ts'
import { worldIn } from '../support/world.ts'

const PARENT = { id: 'sha256:parent', digests: [], architecture: 'amd64', variant: '', layers: [] } as Partial<ImageInfo> as ImageInfo

/** Something that happens once, and that others wait for. */
function moment() {
  let happen = () => {}
  const happened = new Promise<void>((resolve) => {
    happen = resolve
  })
  return { happen, happened }
}

test('the wheelhouse is restored while base is being made', async () => {
  await using folder = await tempFolder()
  const [building, restoring] = [moment(), moment()]
  const ends: string[] = []
  const tags: string[] = []
  // Each goes on only when the other has begun: one after the other, they would wait for ever.
  const docker: Partial<Docker> = {
    connect: async () => ({ client: '20', server: '20', architecture: 'amd64', platform: 'linux/amd64', buildx: false }),
    inspect: async (reference) => (reference === 'debian:12' || tags.includes(reference) ? PARENT : undefined),
    async build(request) {
      building.happen()
      await restoring.happened
      tags.push(...request.tags)
      ends.push(request.target)
      return { seconds: 1 }
    },
  }
  const cache: Partial<CacheService> = {
    async restore(carrier, [key]) {
      restoring.happen()
      await building.happened
      await files.write(path.join(carrier, 'a-1-py3-none-any.whl'), 'a')
      ends.push(carrier.endsWith('downloads') ? 'downloads' : 'compiled')
      return `${key}0`
    },
  }
  const inputs = inputsWith({ 'parent-image': 'debian:12' })
  const project = readProject({ folder: '.', files: [], texts: new Map([['pyproject.toml', '[project]\nname = "shop"\n']]) }, 'shop')
  const downloads: Downloads = { withLogins: () => downloads, fetch: () => Promise.reject(new Error('nothing is fetched')) }
  const runner = { caBundle: '', indexUrl: '', extraIndexUrls: [] }
  const facts = { project, commit: undefined, origin: undefined, knownTags: [], runner, now: new Date('2026-01-02') }
  const world = worldIn(folder.path, { docker: docker as Docker, cache: cache as CacheService, downloads })
  const run = await openRun(world, inputs, planRun(inputs, contextWith(), facts))
  const base = await makeBase(run)
  expect(ends.sort()).toEqual(['base', 'compiled', 'downloads'])
  expect(await files.exists(folder.at('wheelhouse/a-1-py3-none-any.whl'))).toBe(true)
  expect((await outcomeOf(run, { base, wheels: undefined, release: undefined, published: undefined })).steps).toEqual([
    { step: 'base', how: 'built in 1.0 s (none of this fingerprint here)', seconds: expect.any(Number) },
  ])
})
