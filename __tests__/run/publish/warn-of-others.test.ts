import { expect, test } from '@jest/globals'
import type { Registry } from '../../../src/effects/registry-port.ts'
import { warnOfOthers } from '../../../src/run/publish/warn-of-others.ts'
import { contextWith } from '../../support/values.ts'
import { listener, worldIn } from '../../support/world.ts'

const SHOP = { registry: 'index.example', path: 'acme/shop' }

async function told(labels: Readonly<Record<string, string>> | undefined, repository = 'Acme/Shop') {
  const log = listener()
  const registry: Partial<Registry> = { image: async () => labels && { labels, architecture: 'amd64' } }
  const world = worldIn('/nowhere', { log, registry: registry as Registry, context: contextWith({ repository }) })
  await warnOfOthers(world, { ...SHOP, login: undefined }, 'latest')
  return log.lines
}

const of = (source: string) => ({ 'org.opencontainers.image.source': source })

test('a tag that is the image of another repository is told before it becomes one of ours', async () => {
  expect(await told(of('https://github.com/acme/store'))).toEqual([
    'index.example/acme/shop:latest is an image of https://github.com/acme/store by its label, and becomes one of https://github.com/Acme/Shop. Where both are in use, give one of them another image-name.',
  ])
})

test.each([
  { name: 'is ours', labels: of('https://github.com/Acme/Shop') },
  { name: 'is ours, written otherwise', labels: of('git+ssh://git@github.com/acme/shop.git/') },
  { name: 'does not say whose it is', labels: {} },
  { name: 'is not there', labels: undefined },
])('nothing is told where it $name', async ({ labels }) => {
  expect(await told(labels)).toEqual([])
})

test('nothing is told outside a repository', async () => {
  expect(await told(of('https://github.com/acme/store'), '')).toEqual([])
})
