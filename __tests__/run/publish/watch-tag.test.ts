import { expect, test } from '@jest/globals'
import type { Registry } from '../../../src/effects/registry-port.ts'
import { watchTag } from '../../../src/run/publish/watch-tag.ts'
import { worldIn } from '../../support/world.ts'

const PLACE = { registry: 'index.example', path: 'acme/shop', login: undefined }

/** What the registry says at each look, one after the other; the push is done after the last. */
async function watched(looks: readonly (string | undefined)[], end: Error | string) {
  let asked = 0
  let done = (): void => {}
  const last = new Promise<void>((resolve) => {
    done = resolve
  })
  const registry: Partial<Registry> = {
    digest: async () => {
      const held = looks[asked++]
      if (asked === looks.length) done()
      return held
    },
  }
  const world = worldIn('/nowhere', { registry: registry as Registry, pause: async () => {} })
  return watchTag(world, PLACE, { tag: 'main', before: 'before' }, async () => {
    await last
    if (end instanceof Error) throw end
    return end
  })
}

test.each([
  { name: 'nothing', looks: ['before', 'before'], replaced: undefined },
  { name: 'what another run puts there', looks: ['before', 'other', 'other'], replaced: 'other' },
  { name: 'the last of several', looks: ['one', 'before', 'two'], replaced: 'two' },
  { name: 'nothing where the registry does not say', looks: [undefined], replaced: undefined },
  { name: 'nothing that comes after it', looks: ['before', 'ours', 'later'], replaced: undefined },
])('a push replaces $name', async ({ looks, replaced }) => {
  expect(await watched(looks, 'ours')).toEqual({ digest: 'ours', replaced })
})

test('a push that fails fails', async () => {
  await expect(watched(['other'], new Error('refused'))).rejects.toThrow('refused')
})
