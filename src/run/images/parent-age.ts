import { parentPlace } from '../../plan/reference.ts'
import type { ParentResult } from '../../report/outcome.ts'
import type { World } from '../world.ts'
import type { Origin } from './base-and-builder.ts'

/** Whoever keeps an image reproducible says that it was made then, or before. */
const LONG_AGO = Date.UTC(2000, 0, 1)
const DAY = 86_400_000

/** The digest that the parent's tag has in its registry by now, where that is another one; undefined where nobody tells. */
export async function newerParent(world: World, { name, digest }: Pick<Origin, 'name' | 'digest'>): Promise<string | undefined> {
  const place = parentPlace(name)
  if (!digest || !place) return undefined
  const held = await heldDigest(world, place)
  return held === digest ? undefined : held
}

/** The digest that a parent's tag has in its registry by now; undefined where that does not tell. */
export async function heldDigest({ registry }: World, place: NonNullable<ReturnType<typeof parentPlace>>): Promise<string | undefined> {
  return registry.digest({ ...place, login: await registry.existingLogin(place.registry) }, place.tag)
}

/** What the summary tells of the parent; undefined where an own Dockerfile names it. */
export function parentResult({ name, digest, created }: Origin, now: Date, newer: string | undefined): ParentResult | undefined {
  if (!name) return undefined
  const made = Date.parse(created)
  return { name, digest, newer, days: made > LONG_AGO ? Math.floor((now.getTime() - made) / DAY) : undefined }
}
