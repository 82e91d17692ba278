import type { RunContext } from '../../context.ts'
import { startedByWriters } from './checkout-head.ts'

/** What somebody may have pushed to since: the branch or the pull request that this run is for. */
export interface PushSource {
  /** Of the origin: `refs/heads/main`, `refs/pull/7/head`, `refs/merge-requests/7/head`. */
  readonly ref: string
  /** The commit of it that this run is for. */
  readonly revision: string
  /** What a pull request's own run checks out: the request merged into its branch. */
  readonly merge: string | undefined
  /** Whether a person asked for this run of this commit, by hand or once more: then a tag may go back. */
  readonly byHand: boolean
}

/** @param at the run as it is for what is checked out @param head the commit that is checked out @returns undefined for a git tag, and outside a repository */
export function pushSource(at: RunContext, head: string): PushSource | undefined {
  const { ref, pullRequest } = at
  if (!head) return undefined
  const byHand = isByHand(at)
  const pull = pullRequest?.number ?? /^refs\/pull\/(\d+)\/head$/.exec(ref)?.[1]
  if (pull !== undefined) {
    const asked = pullRequest?.headRef ?? `refs/pull/${pull}/head`
    return { ref: asked, revision: pullRequest?.headSha ?? head, merge: asked.replace(/\/head$/, '/merge'), byHand }
  }
  return ref.startsWith('refs/heads/') ? { ref, revision: head, merge: undefined, byHand } : undefined
}

/** Whether a person who may write asked for this very run: by hand, or once more. */
export function isByHand({ byHand, event, attempt }: Pick<RunContext, 'byHand' | 'event' | 'attempt'>): boolean {
  return byHand ?? (event === 'workflow_dispatch' || (attempt > 1 && startedByWriters(event)))
}
