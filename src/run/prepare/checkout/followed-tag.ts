import type { Head } from '../../../effects/ports.ts'
import { followedName } from '../../../plan/tags/checkout-head.ts'
import type { World } from '../../world.ts'

/**
 * What is checked out, with the git tag that the run before was of, where the origin has one of that name and no branch:
 * `workflow_run` calls a tag a branch, and a checkout of the commit alone brings no tags.
 * @see https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows#workflow_run
 */
export async function withFollowedTag({ git, context, paths }: World, head: Head | undefined): Promise<Head | undefined> {
  const name = head && followedName(context, head)
  if (!name) return head
  const [tag, branch] = [`refs/tags/${name}`, `refs/heads/${name}`]
  const found = await git.originRefs(paths.project, [tag, `${tag}^{}`, branch])
  const commit = found?.get(`${tag}^{}`) ?? found?.get(tag)
  if (commit !== head.revision || found?.has(branch)) return head
  return { ...head, refs: [...new Set([...head.refs, tag])] }
}
