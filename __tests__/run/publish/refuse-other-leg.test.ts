import { expect, test } from '@jest/globals'
import type { Registry } from '../../../src/effects/registry-port.ts'
import { planTags } from '../../../src/plan/tags/tags.ts'
import { refuseOtherLeg } from '../../../src/run/publish/refuse-other-leg.ts'
import { contextWith } from '../../support/values.ts'
import { worldIn } from '../../support/world.ts'

const SHOP = { registry: 'index.example', path: 'acme/shop' }
const OURS = { 'io.pypackager.source': 'abc' }

async function pushOf(
  name: string,
  suffix: string,
  labels: Readonly<Record<string, string>> | undefined,
  kind: 'heads' | 'tags' = 'heads',
) {
  const context = contextWith({ ref: `refs/${kind}/${name}`, refName: name })
  const at = new Date(0)
  const wishes = { version: '', rules: [], flavor: [], suffix, imageName: 'shop', known: [], sha: '', committed: at, now: at }
  const registry: Partial<Registry> = { image: async () => labels && { labels, architecture: 'amd64' } }
  const world = worldIn('/nowhere', { registry: registry as Registry, context })
  const plan = { repository: SHOP, ref: context.ref, suffix, tags: planTags(wishes, context) }
  return refuseOtherLeg(world, plan, undefined).then(
    () => 'pushed',
    (error: Error) => error.message,
  )
}

const of = (version: string) => ({ ...OURS, 'org.opencontainers.image.version': version })

test.each([
  {
    name: 'a branch is not pushed over the leg of another one',
    branch: 'main-test',
    suffix: '',
    held: 'main',
    said: 'index.example/acme/shop:main-test is the leg -test of main already, and would become the branch or tag main-test',
  },
  {
    name: 'a leg is not pushed over a branch',
    branch: 'main',
    suffix: '-test',
    held: 'main-test',
    said: 'index.example/acme/shop:main-test is the branch or tag main-test already, and would become the leg -test of main',
  },
])('$name', async ({ branch, suffix, held, said }) => {
  expect(await pushOf(branch, suffix, of(held))).toBe(said)
  expect(await pushOf(branch, suffix, of(held), 'tags')).toBe(suffix ? 'pushed' : said)
})

test('the leg of a git tag is not pushed over a branch', async () => {
  expect(await pushOf('stable', '-test', of('stable-test'), 'tags')).toMatch(/ and would become the leg -test of stable$/)
})

test.each([
  { name: 'a leg of its own', branch: 'main', suffix: '-test', labels: of('main') },
  { name: 'itself', branch: 'main-test', suffix: '', labels: of('main-test') },
  { name: 'nothing', branch: 'main-test', suffix: '', labels: undefined },
  {
    name: 'what another packager calls by its whole tag',
    branch: 'main',
    suffix: '-test',
    labels: { 'org.opencontainers.image.version': 'main-test' },
  },
])('a branch is pushed over $name', async ({ branch, suffix, labels }) => {
  expect(await pushOf(branch, suffix, labels)).toBe('pushed')
})
