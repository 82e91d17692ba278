import type { RunContext } from '../context.ts'

/** Whether this run may push, and what is told of it: the reason where it may not. */
export interface PushDecision {
  readonly push: boolean
  readonly reason: string | undefined
}

/** Branches on which GitHub's merge queue tries requests: pushes to them are events too. */
const QUEUE = 'refs/heads/gh-readonly-queue/'

/**
 * A merge queue tries commits that may never be on the branch: they are pushed only where tags are named for them.
 * Code from elsewhere is never pushed under our names: not from a fork's pull request (secrets are
 * absent there), and not where an event with our secrets runs over a foreign head.
 * @param named whether the user named the tags
 * @see https://docs.github.com/actions/reference/security/secure-use
 */
export function decidePush(asked: boolean, context: RunContext, named = false): PushDecision {
  if (!asked) return { push: false, reason: undefined }
  if (context.foreignHead) {
    const what = context.pullRequest ? `pull request ${context.pullRequest.number}` : context.event
    return { push: false, reason: `Nothing is pushed: the code of ${what} comes from another repository.` }
  }
  const { withdrawn } = context
  const all = 'as version or tags names what is pushed'
  if (withdrawn) {
    return named
      ? { push: true, reason: `The release was ${withdrawn}, and is pushed all the same, ${all}.` }
      : { push: false, reason: `Nothing is pushed: the release was ${withdrawn}. What the registry has of it is removed there.` }
  }
  if (context.event === 'merge_group' || context.ref.startsWith(QUEUE)) {
    return named
      ? { push: true, reason: `A merge queue's commit may never be on the branch, and is pushed all the same, ${all}.` }
      : { push: false, reason: 'Nothing is pushed from a merge queue, unless version or tags is set for it.' }
  }
  return { push: true, reason: undefined }
}

/** What may be taken from the cache service and what may be put there. */
export interface CachePolicy {
  readonly restoreDownloads: boolean
  readonly restoreCompiled: boolean
  /** Whether the kept lock, tools and Debian packages are believed; else only what can be proved without the cache. */
  readonly believeRecords: boolean
  readonly saveDownloads: boolean
  readonly saveCompiled: boolean
  /** Why something is not done; undefined where nothing is held back. */
  readonly reason: string | undefined
}

/** All is made anew: what was cached is left alone, and what is made is saved. */
export function withoutRestoring(policy: CachePolicy): CachePolicy {
  return { ...policy, restoreDownloads: false, restoreCompiled: false }
}

export type CacheMode = 'auto' | 'always' | 'never'

/** Events that take write access, and run with the default branch's cache. GitHub's own list. */
const BY_WRITERS = ['push', 'schedule', 'workflow_dispatch', 'repository_dispatch', 'delete', 'registry_package', 'page_build']
/** Events that run on a ref of their own, whose cache the default branch never sees, or that take write access too. */
const ON_OWN_REF = [
  'pull_request',
  'pull_request_review',
  'pull_request_review_comment',
  'merge_group',
  'release',
  'create',
  'deployment',
  'deployment_status',
]
/** All others (comments, issues, discussions, forks, stars, …) a stranger can cause, and they run on the default branch. */
const TRUSTED: ReadonlySet<string> = new Set([...BY_WRITERS, ...ON_OWN_REF])

/**
 * `auto`: wheels that anybody could fetch are restored everywhere; compiled ones only where nobody
 * foreign could have saved them. On tags, where an image is released from them, only what is signed is.
 * @param signing whether there is a key: then nothing unsigned is used wherever compiled wheels are restored
 * @see https://github.blog/changelog/2026-06-26-read-only-actions-cache-for-untrusted-triggers
 */
export function cachePolicy(mode: CacheMode, context: RunContext, signing: boolean): CachePolicy {
  if (mode === 'never') return policy('', 'cache is never')
  if (!context.cacheService) {
    return policy('', context.inActions ? 'this runner has no cache service, so the wheelhouse is not kept between runs' : undefined)
  }
  if (!TRUSTED.has(context.event)) {
    return policy('d', `compiled wheels are not restored and nothing is saved on ${context.event}`)
  }
  const tag = context.ref.startsWith('refs/tags/')
  const restore = tag ? (signing ? 'dc' : 'd') : 'dcr'
  const unsigned = tag && !signing ? 'on tags compiled wheels are not restored without cache-signing-key' : undefined
  if (mode === 'always') return policy(`${restore}DC`, unsigned)
  if (tag) return policy(restore, unsigned ? `${unsigned}, and nothing is saved` : 'on tags nothing is saved')
  if (context.event === 'merge_group') return policy(restore, 'nothing is saved from a merge queue')
  if (context.pullRequest) return policy(`${restore}C`, 'a pull request saves only what it compiled')
  return policy(`${restore}DC`, undefined)
}

/** Letters: d, c restore downloads and compiled wheels; D, C save them; r believes the records. */
function policy(letters: string, reason: string | undefined): CachePolicy {
  return {
    restoreDownloads: letters.includes('d'),
    restoreCompiled: letters.includes('c'),
    believeRecords: letters.includes('r'),
    saveDownloads: letters.includes('D'),
    saveCompiled: letters.includes('C'),
    reason,
  }
}
