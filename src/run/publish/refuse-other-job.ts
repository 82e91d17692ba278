import type { HeldImage, Place } from '../../effects/registry-port.ts'
import { UserError } from '../../errors.ts'
import { isOurs, LABEL } from '../../plan/dockerfile/labels.ts'
import { reference } from '../../plan/reference.ts'
import { isByHand } from '../../plan/tags/push-source.ts'
import type { World } from '../world.ts'

/** What images of one commit differ by where several jobs make them. */
const BY: readonly (readonly [what: string, of: (made: HeldImage) => string])[] = [
  ['extras', ({ labels }) => labels[LABEL.extras] || 'none'],
  ['Python', ({ labels }) => /^\d+\.\d+/.exec(labels[LABEL.python] ?? '')?.[0] ?? ''],
  ['parent', ({ labels }) => labels[LABEL.parent] ?? ''],
  ['machine', ({ architecture }) => architecture],
]

/**
 * Jobs without a matrix of their own, as those of a called workflow, do not know of each other: what the registry has under a
 * tag may be the image that another one of them has just made of the same commit.
 * @param image that is about to be pushed, or was @param held the digest of what the push replaced meanwhile; else what is under the tag
 * @throws UserError where it differs by what such jobs do; not where a person started this run, nor outside of workflows. On a
 * schedule, whose commit may be old, another parent may be the reason: that is a warning
 */
export async function refuseOtherJob(
  world: World,
  place: Place,
  { tag, image, held: at = tag }: { readonly tag: string; readonly image: string; readonly held?: string },
): Promise<void> {
  const { context } = world
  if (context.event === '' || isByHand(context)) return
  const [ours, held] = await Promise.all([world.docker.inspect(image), world.registry.image(place, at)])
  if (!ours || !held || !isOurs(ours.labels) || !isOurs(held.labels)) return
  const revision = ours.labels[LABEL.revision] ?? ''
  if (revision === '' || held.labels[LABEL.revision] !== revision) return
  const found = BY.map(([what, of]) => ({ what, theirs: of(held), mine: of(ours) })).find(
    ({ theirs, mine }) => theirs !== '' && mine !== '' && theirs !== mine,
  )
  if (!found) return
  const { what, theirs, mine } = found
  const is = `${reference(place, tag)} is an image of this very commit already, with ${what} ${theirs}`
  const next = 'Where two jobs push one image, give each a tag-suffix. If the other one is out of use, run this workflow by hand.'
  if (context.event !== 'schedule') throw new UserError('push', `${is}, and would become one with ${what} ${mine}`, next)
  world.log.warning(`${is}, and becomes one with ${what} ${mine}. ${next}`)
}
