import type { RunContext } from '../../context.ts'
import type { Head } from '../../effects/ports.ts'
import { compareReleases, releaseFromTag } from './releases.ts'

export interface AtHead {
  /** The run as if it were for what is checked out. */
  readonly context: RunContext
  readonly notice: string | undefined
}

/**
 * The image is made from what is checked out, so that decides over its tags, not what the event is about: a
 * `workflow_dispatch` on main may check out v1.2.3, a comment a pull request.
 * @param version the input; where it is set, no ref names the tag
 */
export function contextAtHead(context: RunContext, head: Head | undefined, imageName: string, version = ''): AtHead {
  const { sha, ref, pullRequest } = context
  const ofRequest = head && pullRequest && (head.revision === pullRequest.headSha || context.event === 'pull_request_target')
  // An annotated tag has a name of its own, which is not that of its commit.
  const ofTag = ref.startsWith('refs/tags/') && head?.refs.includes(ref)
  if (!head || !sha || head.revision === sha || ofRequest || ofTag) return { context, notice: undefined }
  const found = refOfHead(context, head, imageName)
  const told = `HEAD is ${head.revision.slice(0, 7)}, and ${context.event} is about ${sha.slice(0, 7)} of ${ref || 'no ref'}`
  if (found === ref) return { context: { ...context, sha: head.revision }, notice: `${told}: the image is made from HEAD.` }
  const at: RunContext = {
    ...context,
    // A schedule that checks out something else is no nightly of it.
    event: context.event === 'schedule' ? 'workflow_dispatch' : context.event,
    ref: found,
    refName: found.replace(/^refs\/(heads|tags|pull)\//, ''),
    sha: head.revision,
    pullRequest: undefined,
    prerelease: false,
  }
  const follows = version ? 'the image is made from HEAD' : `HEAD decides, so the tags are those of ${found || 'that commit'}`
  return { context: at, notice: `${told}: ${follows}.` }
}

/** Events that strangers can cause run on the default branch: what they check out under its name may be anything. */
const BELIEVED = ['push', 'schedule', 'workflow_dispatch', 'repository_dispatch', 'release', 'create', 'deployment', 'registry_package']

/** Whether an event is caused by those who may write to the repository. */
export function startedByWriters(event: string): boolean {
  return BELIEVED.includes(event)
}

/** '' where HEAD has no name that can be believed. */
function refOfHead({ event, ref, followed }: RunContext, { revision, refs, branch, follows }: Head, imageName: string): string {
  const tags = refs.filter((name) => name.startsWith('refs/tags/'))
  const [tag] = tags.toSorted((a, b) => compareReleases(releaseIn(b, imageName), releaseIn(a, imageName)))
  // A commit that is released is that release; another tag names only what is checked out by it, not a branch that it is on.
  if (tag && (branch === '' || releaseIn(tag, imageName) !== undefined)) return tag
  const pull = [follows, ...refs].map((name) => /^refs\/(?:remotes\/)?pull\/(\d+)\/(?:head|merge)$/.exec(name)?.[1]).find(Boolean)
  if (pull) return `refs/pull/${pull}/head`
  if (followed?.sha === revision) return followed.ref
  if (ref.startsWith('refs/pull/')) return '' // other code than that of the request
  const name = branch && `refs/heads/${branch}`
  return startedByWriters(event) && (follows === '' || follows === name) ? name : ''
}

function releaseIn(tag: string, imageName: string): string | undefined {
  return releaseFromTag(tag.slice('refs/tags/'.length), imageName)
}
