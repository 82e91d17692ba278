import type { Credentials } from '../../effects/ports.ts'
import { UserError } from '../../errors.ts'
import { LABEL } from '../../plan/dockerfile/labels.ts'
import { reference } from '../../plan/reference.ts'
import type { RunPlan } from '../../plan/run-plan.ts'
import type { World } from '../world.ts'

/**
 * `1.2.3-test` may be the release v1.2.3-test, or the leg `-test` of 1.2.3: what the registry has by that name tells its
 * version, and is not replaced by what has another one.
 * @throws UserError where the tag of a release is that of another version's leg
 */
export async function refuseOtherLeg(
  world: World,
  { repository, suffix, tags }: Pick<RunPlan, 'repository' | 'suffix' | 'tags'>,
  login: Credentials | undefined,
): Promise<void> {
  const { primary, release } = tags
  if (release === undefined || tags.moving.includes(primary) || !primary.includes('-')) return
  const labels = await world.registry.labels({ ...repository, login }, primary)
  const held = labels?.[LABEL.version] ?? ''
  const ours = suffix ? primary.slice(0, -suffix.length) : primary
  if (!held || held === ours || !(held === primary || primary.startsWith(`${held}-`))) return
  throw new UserError(
    'push',
    `${reference(repository, primary)} is ${nameOf(held, primary)} already, and would become ${nameOf(ours, primary)}`,
    'Give the release another version, or the legs a tag-suffix that no version ends in, such as _test.',
  )
}

function nameOf(version: string, tag: string): string {
  return version === tag ? `the release ${version}` : `the leg ${tag.slice(version.length)} of ${version}`
}
