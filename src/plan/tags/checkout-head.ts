import type { PullRequest, RunContext } from '../../context.ts'
import type { Head } from '../../effects/ports.ts'
import { UserError } from '../../errors.ts'
import { compareReleases, releaseFromTag } from './releases.ts'

export interface AtHead {
  /** The run as if it were for what is checked out. */
  readonly context: RunContext
  readonly notice: string | undefined
}

interface Named {
  readonly imageName: string
  /** The input; where it is set, no ref names the tag. */
  readonly version?: string
}

/**
 * The image is made from what is checked out, so that decides over its tags, not what the event is about: a
 * `workflow_dispatch` on main may check out v1.2.3, a comment a pull request.
 */
export function contextAtHead(context: RunContext, head: Head | undefined, { imageName, version = '' }: Named): AtHead {
  const { sha, ref, pullRequest } = context
  if (head && pullRequest && isBase(context, pullRequest, head)) return atBase(context, pullRequest, head)
  const ofRequest = head && pullRequest && (head.revision === pullRequest.headSha || context.event === 'pull_request_target')
  // An annotated tag has a name of its own, which is not that of its commit.
  const ofTag = ref.startsWith('refs/tags/') && head?.refs.includes(ref)
  const followed = head && followedTag(context, head)
  if (!head || !sha || (head.revision === sha && !followed) || ofRequest || ofTag) return { context, notice: undefined }
  const found = followed ?? refOfHead(context, head, imageName)
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
  if (followed && head.revision === sha) {
    return { context: at, notice: version ? undefined : `${context.event} follows a run of ${followed}, so the tags are those of that.` }
  }
  const follows = version ? 'the image is made from HEAD' : `HEAD decides, so the tags are those of ${found || 'that commit'}`
  return { context: at, notice: `${told}: ${follows}.` }
}

/** The event names tags as it names branches: what a run was of is a tag where one of that name is at HEAD, and no branch. */
function followedTag(context: RunContext, head: Head): string | undefined {
  const name = followedName(context, head)
  const [tag, ...branches] = [`refs/tags/${name}`, `refs/heads/${name}`, `refs/remotes/origin/${name}`]
  return name && head.refs.includes(tag) && !branches.some((one) => head.refs.includes(one)) ? tag : undefined
}

/** The name of what the run before was of, where that is the commit at HEAD: of a branch, or of a tag. */
export function followedName({ followed }: Pick<RunContext, 'followed'>, { revision }: Head): string | undefined {
  return followed?.sha === revision ? /^refs\/heads\/(.+)$/.exec(followed.ref)?.[1] : undefined
}

/** The run with what the forge says of the release, where the event says nothing. @param prereleases tags whose release is marked so */
export function withRelease(at: RunContext, prereleases: readonly string[] = []): RunContext {
  return at.ref.startsWith('refs/tags/') && prereleases.includes(at.refName) ? { ...at, prerelease: true } : at
}

/**
 * `pull_request_target`, and a request that is closed as it is merged, run on the branch that the request is for, and that is
 * checked out unless a step says otherwise.
 */
function isBase({ ref, sha, baseRef }: RunContext, { headSha, baseSha }: PullRequest, { revision, branch }: Head): boolean {
  if (!ref.startsWith('refs/heads/') || revision === headSha) return false
  return revision === sha || revision === baseSha || (branch !== '' && branch === baseRef)
}

function atBase(context: RunContext, { number }: PullRequest, { revision }: Head): AtHead {
  const own = revision === context.sha ? context : { ...context, ref: '', refName: '', sha: revision }
  const told = `HEAD is ${revision.slice(0, 7)}, the branch that pull request ${number} goes to, and not the request`
  return {
    context: { ...own, pullRequest: undefined },
    notice: `${told}: HEAD decides, so the tags are those of ${own.ref || 'that commit'}.`,
  }
}

/**
 * Whether nobody says that what is checked out is by those who may write: a comment, say, may bring any pull request. Then
 * its branches, its tags and its files name nothing.
 */
export function mayBeStrangers({ event, sha, pullRequest, followed }: RunContext, head: Head | undefined): boolean {
  if (!head || !sha || head.revision === sha || startedByWriters(event)) return false
  // Of these the event tells whether they come from another repository.
  return pullRequest === undefined && event !== 'merge_group' && followed?.sha !== head.revision
}

/** @throws UserError where files that may be anybody's would choose the repository that is pushed to @param image its name by them */
export function refuseStrangersName(context: RunContext, head: Head | undefined, image: string): void {
  if (!mayBeStrangers(context, head)) return
  throw new UserError(
    'inputs',
    `on ${context.event} the image would be called ${image} by what is checked out, which may be anybody's code`,
    { next: 'Set image-name.', input: 'image-name' },
  )
}

/** Events that strangers can cause run on the default branch: what they check out under its name may be anything. */
const BELIEVED = ['push', 'schedule', 'workflow_dispatch', 'repository_dispatch', 'release', 'create', 'deployment', 'registry_package']

/** Whether an event is caused by those who may write to the repository. */
export function startedByWriters(event: string): boolean {
  return BELIEVED.includes(event)
}

/** '' where HEAD has no name that can be believed. */
function refOfHead(context: RunContext, head: Head, imageName: string): string {
  const { event, ref, followed } = context
  const { revision, refs, branch, follows } = head
  const tags = refs.filter((name) => name.startsWith('refs/tags/'))
  const [tag] = tags.toSorted((a, b) => compareReleases(releaseIn(b, imageName), releaseIn(a, imageName)))
  // A commit that is released is that release; another tag names only what is checked out by it, not a branch that it is on.
  if (tag && !mayBeStrangers(context, head) && (branch === '' || releaseIn(tag, imageName) !== undefined)) return tag
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
