import type { RunContext } from '../../context.ts'
import { UserError } from '../../errors.ts'
import { type Expressions, formatDate } from './tag-template.ts'

/** What the expressions of rules are made from. */
export interface ExpressionFacts {
  readonly context: RunContext
  /** The commit; '' where there is none. */
  readonly sha: string
  readonly now: Date
  readonly committed: Date
}

export function dates({ now, committed }: Pick<ExpressionFacts, 'now' | 'committed'>): Expressions {
  return {
    date: (format, zone) => formatDate(now, format, zone),
    commit_date: (format, zone) => formatDate(committed, format, zone),
  }
}

/** Expressions of `prefix`, `suffix`, `value`, `enable` and of the flavor. @param ref that the tags are for */
export function globals(facts: ExpressionFacts, ref: string): Expressions {
  const { context } = facts
  const of = (start: string) => (ref.startsWith(start) ? ref.slice(start.length) : '')
  const branch = of('refs/heads/')
  const { defaultBranch, event } = context
  const isDefault = branch !== '' && (defaultBranch ? branch === defaultBranch : ON_DEFAULT_BRANCH.test(event))
  return {
    branch: of('refs/heads/'),
    tag: of('refs/tags/'),
    sha: shortSha(facts),
    base_ref: ref.startsWith('refs/heads/') ? '' : context.baseRef,
    is_default_branch: String(isDefault),
    is_not_default_branch: String(!isDefault),
    ...dates(facts),
  }
}

/** Events that run on the last commit of the default branch, where they do not name it. */
const ON_DEFAULT_BRANCH = /discussion|issues|schedule/

/** The commit, or by DOCKER_METADATA_PR_HEAD_SHA that of a pull request's head in the place of its merge. */
export function shaOf({ context, sha }: ExpressionFacts): string {
  return (context.metadata.prHeadSha && context.pullRequest?.headSha) || sha
}

/** @throws UserError where DOCKER_METADATA_SHORT_SHA_LENGTH is no length */
export function shortSha(facts: ExpressionFacts): string {
  const length = facts.context.metadata.shortSha || '7'
  if (!/^[1-9]\d*$/.test(length)) {
    throw new UserError('inputs', `DOCKER_METADATA_SHORT_SHA_LENGTH is "${length}"`, 'It must be a whole number of characters, such as 12.')
  }
  return shaOf(facts).slice(0, Number(length))
}
