import type { Place } from '../../effects/registry-port.ts'
import { LABEL, sourceOf } from '../../plan/dockerfile/labels.ts'
import { reference } from '../../plan/reference.ts'
import type { World } from '../world.ts'

/**
 * Warns where a tag that is about to be pushed is the image of another repository, by its label: two projects of one name and
 * namespace take each other's tags. A repository that was renamed is told once.
 * @param tag of the image's repository
 */
export async function warnOfOthers(world: World, place: Place, tag: string): Promise<void> {
  const ours = sourceOf(world.context)
  if (!ours) return
  const held = (await world.registry.image(place, tag))?.labels[LABEL.source]
  if (!held || bare(held) === bare(ours)) return
  world.log.warning(
    `${reference(place, tag)} is an image of ${held} by its label, and becomes one of ${ours}. Where both are in use, give one of them another image-name.`,
  )
}

/** One address is written in several ways. */
function bare(address: string): string {
  return address
    .toLowerCase()
    .replace(/^[a-z+]+:\/\/(?:[^/@]*@)?/, '')
    .replace(/(?:\.git)?\/*$/, '')
}
