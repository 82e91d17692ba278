import type { Credentials } from '../../effects/registry-port.ts'
import { UserError } from '../../errors.ts'
import { isOurs, LABEL } from '../../plan/dockerfile/labels.ts'
import { reference } from '../../plan/reference.ts'
import type { RunPlan } from '../../plan/run-plan.ts'
import type { World } from '../world.ts'

/**
 * `1.2.3-test` may be the release v1.2.3-test, or the leg `-test` of 1.2.3, and `main-test` a branch, a git tag or a leg of main: what the
 * registry has by that name tells its version, and is not replaced by what has another one.
 * @throws UserError where the tag of a release, a branch or a git tag is that of another one's leg
 */
export async function refuseOtherLeg(
  world: World,
  { repository, ref, suffix, tags }: Pick<RunPlan, 'repository' | 'ref' | 'suffix' | 'tags'>,
  login: Credentials | undefined,
): Promise<void> {
  const { primary, release } = tags
  const isName = release === undefined && /^refs\/(heads|tags)\//.test(ref)
  if (!primary.includes('-') || !(isName || (release !== undefined && !tags.moving.includes(primary)))) return
  const labels = (await world.registry.image({ ...repository, login }, primary))?.labels ?? {}
  if (isName && !isOurs(labels)) return // others may give a leg the version of its tag
  const held = labels[LABEL.version] ?? ''
  const ours = suffix ? primary.slice(0, -suffix.length) : primary
  if (!held || held === ours || !(held === primary || primary.startsWith(`${held}-`))) return
  const [kind, advice] = isName
    ? [
        'branch or tag',
        'Give the legs a tag-suffix that no branch ends in, such as _test; if it is out of use, remove the tag in the registry.',
      ]
    : ['release', 'Give the release another version, or the legs a tag-suffix that no version ends in, such as _test.']
  const called = (version: string) =>
    version === primary ? `the ${kind} ${version}` : `the leg ${primary.slice(version.length)} of ${version}`
  throw new UserError('push', `${reference(repository, primary)} is ${called(held)} already, and would become ${called(ours)}`, advice)
}
