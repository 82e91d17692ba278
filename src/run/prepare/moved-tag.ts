import type { RunContext } from '../../context.ts'
import { UserError } from '../../errors.ts'
import type { World } from '../world.ts'

/**
 * A tag that was moved since: a run of the commit that it named before would take the release's tags back. Who is not told
 * goes on, as a tag moves seldom.
 * @throws UserError where the origin has the tag on another commit than HEAD
 */
export async function refuseMovedTag(
  { git, paths }: World,
  { ref }: Pick<RunContext, 'ref'>,
  head: { readonly revision: string } | undefined,
): Promise<void> {
  const [, tag] = /^refs\/tags\/(.+)$/.exec(ref) ?? []
  if (!tag || !head?.revision) return
  const named = await git.originRefs(paths.project, [ref, `${ref}^{}`])
  const commit = named?.get(`${ref}^{}`) ?? named?.get(ref)
  if (commit === undefined || commit === head.revision) return
  throw new UserError(
    'push',
    `the tag ${tag} names ${commit.slice(0, 7)} at its origin by now, and this run is of ${head.revision.slice(0, 7)}: it would take the tags of that release back`,
    'Run the workflow of the commit that the tag names; for this commit push a tag of its own.',
  )
}
