import * as v from 'valibot'
import type { Place } from '../../effects/registry-port.ts'
import { readJson } from '../../grammar.ts'
import { reference } from '../../plan/reference.ts'
import type { World } from '../world.ts'

const TEXT = v.fallback(v.string(), '')
const PLATFORM = v.object({ os: TEXT, architecture: TEXT, variant: v.optional(TEXT) })
/** @see https://github.com/opencontainers/image-spec/blob/main/image-index.md */
const INDEX = v.object({ manifests: v.array(v.object({ platform: v.fallback(v.optional(PLATFORM), undefined) })) })

/**
 * Warns where a tag that is about to be pushed is an index of several platforms, which somebody else has put together: after
 * the push it is one image, and who pulls it for another platform gets none.
 * @param tag of the repository
 */
export async function warnOfIndex(world: World, place: Place, tag: string): Promise<void> {
  const held = await world.registry.manifest(place, tag)
  const platforms = held ? platformsOf(held.body) : []
  if (platforms.length < 2) return
  world.log.warning(
    `${reference(place, tag)} is an index of ${platforms.length} platforms (${platforms.join(', ')}), and becomes the image of one. ` +
      'Give each platform a tag-suffix, and put the index together from their tags.',
  )
}

/** Attestations stand in an index too, for a platform that is unknown. */
function platformsOf(body: string): readonly string[] {
  const { manifests = [] } = readJson(INDEX, body) ?? {}
  const named = manifests.flatMap(({ platform }) =>
    platform && ![platform.os, platform.architecture].includes('unknown')
      ? [[platform.os, platform.architecture, platform.variant].filter(Boolean).join('/')]
      : [],
  )
  return [...new Set(named)]
}
