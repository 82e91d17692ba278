import { expect, test } from '@jest/globals'
import type { RunContext } from '../../../src/context.ts'
import type { Docker, ImageInfo } from '../../../src/effects/docker-port.ts'
import type { Registry } from '../../../src/effects/registry-port.ts'
import { publishTo } from '../../../src/run/publish/push-registries.ts'
import { refuseOtherJob } from '../../../src/run/publish/refuse-other-job.ts'
import { contextWith, outsideGitHub } from '../../support/values.ts'
import { listener, worldIn } from '../../support/world.ts'

const PLACE = { registry: 'index.example', path: 'acme/shop', login: undefined }
const COMMIT = 'a'.repeat(40)
const OURS = {
  'org.opencontainers.image.revision': COMMIT,
  'org.opencontainers.image.base.name': 'python:3.13-slim',
  'io.pypackager.python': '3.13.5',
}

type Labels = Readonly<Record<string, string>>

async function pushOver(held: Labels | undefined, more: { context?: RunContext; architecture?: string; labels?: Labels } = {}) {
  const { context = contextWith(), architecture = 'amd64', labels = OURS } = more
  const registry: Partial<Registry> = { image: async () => held && { labels: held, architecture } }
  const docker: Partial<Docker> = { inspect: async () => ({ labels, architecture: 'amd64' }) as unknown as ImageInfo }
  const log = listener()
  const world = worldIn('/nowhere', { log, docker: docker as Docker, registry: registry as Registry, context })
  return refuseOtherJob(world, PLACE, { tag: 'main', image: 'sha256:1' }).then(
    () => ['pushed', ...log.lines].join(' '),
    (error: Error) => error.message,
  )
}

const START = 'index.example/acme/shop:main is an image of this very commit already, '

test.each([
  {
    name: 'other extras',
    held: { ...OURS, 'io.pypackager.extras': 'test' },
    says: 'with extras test, and would become one with extras none',
  },
  {
    name: 'another Python',
    held: { ...OURS, 'io.pypackager.python': '3.12.1' },
    says: 'with Python 3.12, and would become one with Python 3.13',
  },
  {
    name: 'another parent',
    held: { ...OURS, 'org.opencontainers.image.base.name': 'python:3.13-alpine' },
    says: 'with parent python:3.13-alpine, and would become one with parent python:3.13-slim',
  },
  { name: 'another machine', held: OURS, architecture: 'arm64', says: 'with machine arm64, and would become one with machine amd64' },
])('what another job has just made of the same commit is not replaced: with $name', async ({ held, architecture, says }) => {
  expect(await pushOver(held, architecture ? { architecture } : {})).toBe(`${START}${says}`)
})

const OTHER = { ...OURS, 'io.pypackager.extras': 'test' }

test.each<{ name: string; held: Labels | undefined; more?: Parameters<typeof pushOver>[1] }>([
  { name: 'nothing', held: undefined },
  { name: 'the same image of another patch of Python', held: { ...OURS, 'io.pypackager.python': '3.13.6' } },
  { name: 'an image of another commit', held: { ...OTHER, 'org.opencontainers.image.revision': 'b'.repeat(40) } },
  { name: 'an image of another packager', held: { 'org.opencontainers.image.revision': COMMIT } },
  { name: 'another one by hand', held: OTHER, more: { context: contextWith({ event: 'workflow_dispatch' }) } },
  { name: 'another one as the run is started once more', held: OTHER, more: { context: contextWith({ attempt: 2 }) } },
  { name: 'another one on a laptop', held: OTHER, more: { context: outsideGitHub() } },
])('a tag is pushed over $name', async ({ held, more }) => {
  expect(await pushOver(held, more)).toBe('pushed')
})

test('on a schedule another parent is told, and pushed', async () => {
  const held = { ...OURS, 'io.pypackager.python': '3.12.1' }
  expect(await pushOver(held, { context: contextWith({ event: 'schedule' }) })).toMatch(
    /^pushed \S+:main is an image of this very commit already, with Python 3\.12, and becomes one with Python 3\.13\. Where two jobs/,
  )
})

test('what comes under the tag while this push is on its way is an error too, though it is replaced', async () => {
  const digests = { ours: `sha256:${'1'.repeat(64)}`, theirs: `sha256:${'2'.repeat(64)}` }
  let pushing = false
  let arrived = (): void => {}
  const theirPush = new Promise<void>((resolve) => {
    arrived = resolve
  })
  let pushed = false
  const registry: Partial<Registry> = {
    manifest: async () => undefined,
    digest: async () => {
      if (pushed) return digests.ours
      if (pushing) arrived()
      return pushing ? digests.theirs : undefined
    },
    image: async (_place, what) => (what === digests.theirs ? { labels: OTHER, architecture: 'amd64' } : undefined),
  }
  const docker: Partial<Docker> = {
    inspect: async () => ({ labels: OURS, architecture: 'amd64', digests: [] }) as unknown as ImageInfo,
    tag: async () => {},
    push: async () => {
      pushing = true
      await theirPush
      pushed = true
      return digests.ours
    },
  }
  const pause = async (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
  const world = worldIn('/nowhere', { docker: docker as Docker, registry: registry as Registry, context: contextWith(), pause })
  const newer = { watches: () => true, of: async () => undefined }
  await expect(publishTo(world, [PLACE], { image: 'sha256:1', tags: ['main'], newer })).rejects.toThrow(`${START}with extras test, and`)
})
