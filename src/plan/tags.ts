import { explain, gt, valid } from '@renovatebot/pep440'
import type { RunContext } from '../context.ts'
import { UserError } from '../errors.ts'
import { checkTag, LONGEST_TAG, legalTag } from './reference.ts'
import { readTagRules } from './tag-rules.ts'
import { tagsByRules } from './tags-by-rules.ts'

/** The tags of a release image, the primary one first, without a repository. */
export interface TagPlan {
  readonly tags: readonly string[]
  readonly primary: string
  /** The version that a tag of the repository names, e.g. `1.2.3`; undefined elsewhere. */
  readonly release: string | undefined
  readonly notices: readonly string[]
}

export interface TagRequest {
  /** The input `version`; '' where it was not given. */
  readonly version: string
  /** The input `tags`: rules, or plain tags; empty where it was not given. */
  readonly rules: readonly string[]
  readonly suffix: string
  readonly imageName: string
  /** Names of all tags of the repository; undefined where they could not be listed. */
  readonly known: readonly string[] | undefined
  /** The commit, '' for none, and when it was made. */
  readonly sha: string
  readonly committed: Date
  readonly now: Date
}

/** True where the tags of the image depend on which other tags the repository has. */
export function needsKnownTags(request: Pick<TagRequest, 'version' | 'rules' | 'imageName'>, context: RunContext): boolean {
  if (request.version || request.rules.length > 0) return false
  const release = releaseOf(context, request.imageName)
  return release !== undefined && isFinal(release)
}

/**
 * The tags of this run: `version` alone where it is given, or those of the rules in `tags`, or by the ref.
 *
 * By the ref a tag `v1.2.3` gives `1.2.3`, `1.2`, `1` and `latest`, each of the moving ones only where no higher
 * release claims it. Pre-, post- and dev-releases (PEP 440) give only themselves. A branch gives its
 * name, a pull request `pr-N`, a schedule `nightly`, a run outside GitHub `latest`.
 * @throws UserError for a tag or rule that is not legal, and where both inputs are given
 */
export function planTags(request: TagRequest, context: RunContext): TagPlan {
  if (request.version && request.rules.length > 0) {
    throw new UserError('inputs', 'version and tags are both set', 'Set one of them: version is the only tag, tags are all.')
  }
  const notices: string[] = []
  const { tags, release } = chosenTags(request, context, notices)
  // A long branch name gives way to the suffix, which keeps the legs apart; what was typed is never cut.
  const room = Math.max(1, LONGEST_TAG - request.suffix.length)
  const suffixed = tags.map(({ tag, typed }) => {
    if (request.rules.length > 0) checkTag('tags', typed ? tag : tag.slice(0, LONGEST_TAG))
    return checkTag('tag-suffix', `${typed ? tag : tag.slice(0, room)}${request.suffix}`)
  })
  return { tags: [...new Set(suffixed)], primary: suffixed[0] ?? 'latest', release, notices }
}

interface ChosenTags {
  readonly tags: readonly { readonly tag: string; readonly typed: boolean }[]
  readonly release: string | undefined
}

function chosenTags(request: TagRequest, context: RunContext, notices: string[]): ChosenTags {
  if (request.version) {
    return { tags: [{ tag: checkTag('version', request.version), typed: true }], release: releaseOf(context, request.imageName) }
  }
  if (request.rules.length > 0) {
    const ruled = tagsByRules(readTagRules(request.rules), { ...request, context })
    notices.push(...ruled.notices)
    return { tags: ruled.tags, release: releaseOf(context, request.imageName) }
  }
  const { tags, release } = tagsFromRef(request, context, notices)
  return { tags: tags.map((tag) => ({ tag, typed: false })), release }
}

function tagsFromRef(
  request: TagRequest,
  context: RunContext,
  notices: string[],
): { tags: readonly string[]; release: string | undefined } {
  if (!context.ref) return { tags: ['latest'], release: undefined }
  if (context.pullRequest) return { tags: [`pr-${context.pullRequest.number}`], release: undefined }
  if (context.event === 'schedule') return { tags: ['nightly'], release: undefined }
  if (!context.ref.startsWith('refs/tags/')) return { tags: [legalTag(context.refName)], release: undefined }

  const release = releaseOf(context, request.imageName)
  if (release === undefined) return { tags: [legalTag(context.refName)], release }
  if (!isFinal(release)) return { tags: [legalTag(release)], release }
  if (request.known === undefined) {
    notices.push(
      `Only ${release} is tagged: the repository's other tags could not be listed, so whether ${release} is the newest is not known. ` +
        'Let actions/checkout fetch them (fetch-depth: 0) or pass github-token.',
    )
    return { tags: [legalTag(release)], release }
  }
  const others = request.known
    .map((name) => releaseFromTag(name, request.imageName))
    .filter((other): other is string => other !== undefined && isFinal(other))
  return { tags: [legalTag(release), ...movingTags(release, others)], release }
}

/** `1.2`, `1` and `latest` for 1.2.3, as far as no higher release among `others` claims them. */
function movingTags(release: string, others: readonly string[]): readonly string[] {
  const segments = segmentsOf(release)
  const higher = others.filter((other) => gt(other, release)).map(segmentsOf)
  const claimed = (length: number) => higher.some((other) => segments.slice(0, length).every((part, i) => part === (other[i] ?? 0)))
  const tags: string[] = []
  for (let length = segments.length - 1; length >= 1; length--) {
    const prefix = segments.slice(0, length).join('.')
    if (prefix !== '0' && !claimed(length)) tags.push(prefix)
  }
  if (!claimed(0)) tags.push('latest')
  return tags
}

function releaseOf(context: RunContext, imageName: string): string | undefined {
  return context.ref.startsWith('refs/tags/') ? releaseFromTag(context.refName, imageName) : undefined
}

/** `v1.2.3`, `shop-v1.2.3` and `shop/v1.2.3` (of the image shop) read as 1.2.3. */
function releaseFromTag(tag: string, imageName: string): string | undefined {
  const short = imageName.split('/').at(-1) ?? imageName
  const rest = [`${short}-`, `${short}/`].find((prefix) => tag.startsWith(prefix))
  const version = (rest ? tag.slice(rest.length) : tag).replace(/^v(?=\d)/, '')
  // `2026` or a branch-like name is a version to PEP 440 too; a release has at least two parts.
  return /^\d+\.\d/.test(version) && valid(version) ? version : undefined
}

function isFinal(version: string): boolean {
  const parts = explain(version)
  return parts !== null && !parts.is_prerelease && !parts.is_postrelease && !parts.is_devrelease && !version.includes('+')
}

function segmentsOf(version: string): readonly number[] {
  return (explain(version)?.release ?? []).map(Number)
}

/**
 * The suffix that keeps the legs of a matrix apart: if this leg's matrix holds the value given as
 * `extras`, then `-<extras>`.
 * @param matrix the hidden input: `${{ toJSON(matrix) }}`, `null` outside a matrix
 */
export function matrixSuffix(extras: readonly string[], given: string, matrix: string): string {
  if (extras.length === 0) return ''
  const values = matrixValues(matrix)
  return values.includes(given.trim()) ? `-${legalTag(extras.map((extra) => extra.replace(/^group:/, '')).join('-'))}` : ''
}

function matrixValues(matrix: string): readonly string[] {
  let parsed: unknown
  try {
    parsed = JSON.parse(matrix || 'null')
  } catch {
    return []
  }
  return leaves(parsed)
}

/** A matrix may hold objects and lists: `config: { extras: test }`. */
function leaves(value: unknown): readonly string[] {
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(leaves)
  return value === null ? [] : [String(value).trim()]
}
