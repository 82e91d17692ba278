import type { Place } from '../../effects/registry-port.ts'
import { UserError } from '../../errors.ts'
import { reference } from '../../plan/reference.ts'
import type { World } from '../world.ts'
import type { Publication } from './publication.ts'

/**
 * Between the last look and the push another run may have moved the tag on: then it is put back where it belongs.
 * @param replaced the digest of what this push replaced, where somebody was seen to put it there meanwhile
 * @returns whether it was
 * @throws UserError where it cannot be
 */
export async function gaveBack(
  world: World,
  place: Place,
  { claim: ask, newer }: Publication,
  { tag, replaced }: { readonly tag: string; readonly replaced: string | undefined },
): Promise<boolean> {
  const claim = await ask?.(tag, 'registry')
  const theirs = claim ? undefined : replaced && (await newer?.of(tag, replaced))
  const owner = claim ? claim.release : theirs
  if (!owner) return false
  const from = claim ? claim.tag : replaced
  if (from === undefined || !(await world.registry.retag(place, from, tag))) {
    throw new UserError(
      'push',
      `${tag} was pushed while ${claim ? `${owner} was released` : `it became ${owner}`}, and could not be given back to it`,
      `Run the workflow of ${claim ? owner : owner.split(',')[0]} again: its ${tag} is this image now.`,
    )
  }
  world.log.notice(
    claim
      ? `${tag} is given back to ${owner}, which was released while it was pushed.`
      : `${reference(place, tag)} is given back to ${owner}, while this run was pushing.`,
  )
  return true
}
