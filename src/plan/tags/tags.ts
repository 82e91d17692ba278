import type { RunContext } from '../../context.ts'
import { UserError } from '../../errors.ts'
import { checkTag, LONGEST_TAG } from '../reference.ts'
import { type Flavor, NO_FLAVOR, readFlavor } from './flavor.ts'
import { flavoring } from './flavoring.ts'
import { type ChosenTags, checkSuffix, refuseOtherRelease, releaseTags, tagOfRelease } from './release-tags.ts'
import { finalReleases, isFinal, type Line, movingTags, ofLeg, ownLine, releaseFromTag, ruleFor, versionIn } from './releases.ts'
import { shortSha } from './tag-expressions.ts'
import { isReserved, isSpecial, type NameKind, type Owned, tagOfName } from './tag-names.ts'
import { readTagRules } from './tag-rule-lines.ts'
import { type RuledTag, tagsByRules } from './tag-rules.ts'

/** The tags of a release image, the primary one first, without a repository. */
export interface TagPlan {
  /** None where `tags` has no rule for the event: then nothing is pushed. */
  readonly tags: readonly string[]
  /** What this run's images are called on this machine. */
  readonly primary: string
  /** The version that a tag of the repository names, e.g. `1.2.3`; undefined elsewhere. */
  readonly release: string | undefined
  /** Those of `tags` that a later run may give to another image. */
  readonly moving: readonly string[]
  /** The lines that the release is of: who pushes their tags looks again whether a higher release has claimed them. */
  readonly lines: readonly Line[]
  readonly notices: readonly string[]
}

export interface TagRequest {
  /** The input `version`; '' where it was not given. */
  readonly version: string
  /** The input `tags`: rules, or plain tags; empty where it was not given. */
  readonly rules: readonly string[]
  /** The input `flavor`. */
  readonly flavor: readonly string[]
  readonly suffix: string
  readonly imageName: string
  /** The name of the project's folder; '' for the top of the repository. */
  readonly folder?: string
  /** Names of the repository's git tags; of a release undefined where they are not known all. */
  readonly known: readonly string[] | undefined
  /** Those whose release is marked as a pre-release on the forge: they claim no tags. */
  readonly prereleases?: readonly string[]
  /** Branches that may have the same tag, as `a-b` has that of `a/b`; left out where they are not known. */
  readonly branches?: readonly string[]
  /** The commit, '' for none, and when it was made. */
  readonly sha: string
  readonly committed: Date
  readonly now: Date
}

/**
 * Whether the tags of the image depend on which other tags the repository has: `all` of them for a release, whose lines a
 * higher one may claim; for a name, which another tag may own, those at hand.
 */
export function needsKnownTags(request: Pick<TagRequest, 'version' | 'imageName'>, context: RunContext): 'all' | 'at hand' | 'none' {
  if (request.version || !/^refs\/(heads|tags)\//.test(context.ref)) return 'none'
  const release = releaseOf(context, request.imageName)
  if (release !== undefined) return isFinal(release) && !context.prerelease ? 'all' : 'none'
  return context.pullRequest || isNightly(context) ? 'none' : 'at hand'
}

/**
 * The tags of this run: `version` alone where it is given, or those of the rules in `tags`, or by the ref.
 *
 * By the ref a tag `v1.2.3` gives `1.2.3`, `1.2`, `1` and `latest`, each of the moving ones only where no higher
 * release claims it. Pre-, post- and dev-releases (PEP 440, semver.org) give only themselves. A branch gives its
 * name, a pull request `pr-N`, a schedule of the default branch `nightly`, a run outside GitHub `latest`.
 * @throws UserError for a tag or rule that is not legal, and where inputs are given of which one alone counts
 */
export function planTags(request: TagRequest, context: RunContext): TagPlan {
  for (const [name, lines] of [
    ['tags', request.rules],
    ['flavor', request.flavor],
  ] as const) {
    if (request.version && lines.length > 0) {
      throw new UserError('inputs', `version and ${name} are both set`, {
        next: `Set one of them: version is the only tag${name === 'tags' ? ', tags are all' : ''}.`,
        input: name,
      })
    }
  }
  checkSuffix(request.suffix)
  const chosen = chosenTags(request, context)
  const { of, others } = notItsOwn(context)
  const taken = chosen.tags.map(({ tag }) => tag).filter((tag) => others.includes(tag))
  const withSuffix = ({ tag }: RuledTag) => {
    if (request.rules.length > 0) checkTag('tags', tag)
    return checkTag(request.suffix ? 'tag-suffix' : 'tags', `${tag}${request.suffix}`)
  }
  const tags = [...new Set(chosen.tags.map(withSuffix))]
  if (chosen.release !== undefined && request.suffix) refuseOtherRelease(chosen.release, `${chosen.release}${request.suffix}`, request)
  const here = chosen.release === undefined ? undefined : { ...tagOfRelease(chosen.release, request), moves: false }
  const fallback = chosen.tags[0] ?? byRef(request, context, NO_FLAVOR).tags[0] ?? here
  return {
    tags,
    primary: tags[0] ?? (fallback ? withSuffix(fallback) : 'latest'),
    release: chosen.release,
    moving: [...new Set(chosen.tags.filter(({ moves }) => moves).map(withSuffix))],
    lines: chosen.lines.map((line) => ({ ...line, tag: `${line.tag}${request.suffix}` })),
    notices: [...chosen.notices, ...taken.map((tag) => `The tags of ${of} have ${tag} among them, which is not its own.`)],
  }
}

function pullOf({ ref, pullRequest }: RunContext): number | string | undefined {
  return pullRequest?.number ?? /^refs\/pull\/(\d+)\//.exec(ref)?.[1]
}

/** What a pull request, or a branch, has only where the user says so: what is merged has it, the default branch or a release. */
function notItsOwn(context: RunContext): { readonly of: string; readonly others: readonly string[] } {
  const { ref, refName, defaultBranch, baseRef } = context
  const pull = pullOf(context)
  if (pull !== undefined) {
    return { of: `pull request ${pull}`, others: ['latest', 'edge', ...[defaultBranch, baseRef].filter(Boolean).map(plain)] }
  }
  if (!ref.startsWith('refs/heads/')) return { of: ref, others: [] }
  const besides = defaultBranch && refName !== defaultBranch ? ['latest', plain(defaultBranch)] : []
  return { of: `the branch ${refName}`, others: [...besides, ...(isReserved(plain(refName)) ? [plain(refName)] : [])] }
}

/** A long branch name gives way to the suffix, which keeps the legs apart; what was typed is never cut. */
function roomFor({ suffix }: Pick<TagRequest, 'suffix'>): number {
  return Math.max(16, LONGEST_TAG - suffix.length)
}

function chosenTags(request: TagRequest, context: RunContext): ChosenTags {
  const flavor = readFlavor(request.flavor)
  if (request.rules.length > 0) return byRules(request, context, flavor)
  if (!request.version) return byRef(request, context, flavor)
  const tag = checkTag('version', request.version)
  const stays = /^v?\d+\.\d+\.\d/.test(tag)
  const release = releaseOf(context, request.imageName)
  const said = releaseFromTag(tag, request.imageName)
  const notices = release && said && said !== release ? [`The git tag is of ${release}, and version says ${tag}: version decides.`] : []
  return { tags: [{ tag, moves: !stays }], release, lines: [], notices }
}

function byRules(request: TagRequest, context: RunContext, flavor: Flavor): ChosenTags {
  const owners = { branch: ownedByOthers('branch', request, context), tag: ownedBesideRules(request, context) }
  const owned = (kind: NameKind, tag: string) => owners[kind](tag)
  const facts = { ...request, context, flavor, owned, room: roomFor(request) }
  const { tags, notices, version } = tagsByRules(readTagRules(request.rules), facts)
  const release = releaseOf(context, request.imageName) ?? (context.ref.startsWith('refs/tags/') ? version : undefined)
  if (tags.length === 0) {
    const event = context.event ? `${context.event}${context.ref && ` of ${context.ref}`}` : 'a run outside GitHub'
    return {
      tags,
      release,
      lines: [],
      notices: [...notices, `No line of tags gives a tag for ${event}: the image gets none, and nothing is pushed.`],
    }
  }
  return { tags, release, lines: [], notices: [...notices, ...movedByRules(request, context, { tags, release, flavor })] }
}

/** Rules compare no releases, and some do not tell final ones from others: what they move is told. */
function movedByRules(
  { known, imageName, prereleases }: TagRequest,
  { ref, refName, prerelease }: RunContext,
  { tags, release, flavor }: Pick<ChosenTags, 'tags' | 'release'> & { readonly flavor: Flavor },
): readonly string[] {
  const has = (tag: string) => tags.some((one) => one.tag === tag)
  const version = ref.startsWith('refs/tags/') ? (release ?? versionIn(refName)?.version) : undefined
  if (version === undefined) return []
  if (!isFinal(version) || prerelease) {
    if (!has('latest')) return []
    const what = prerelease ? 'whose release is marked as a pre-release' : 'which is no final release'
    return flavor.latest === 'auto'
      ? [`The rules of tags give latest to ${version}, ${what} (flavor: latest=false keeps it back).`]
      : [`flavor gives latest to ${version}, ${what}.`]
  }
  const others = finalReleases(known ?? [], imageName, prereleases)
  const taken = others.find((one) => !`${version}.`.startsWith(`${one}.`) && has(one)) // 1.2 goes to 1.2.1
  const over = taken ? [`The rules of tags give ${taken} to ${version}: it is a release of its own.`] : []
  const moved = [ownLine(version, others), ...movingTags(version, others)]
    .filter(({ tag, claimedBy }) => claimedBy && has(tag))
    .map(
      ({ tag, claimedBy }) =>
        `The rules of tags give ${tag} to ${version}, although ${claimedBy} is out: they compare no releases (flavor: latest=false, or no tags, does).`,
    )
  return [...over, ...moved]
}

/** Whether a tag cannot be that of a branch, or of a git tag without a version, because something else owns it. */
function ownedByOthers(kind: NameKind, request: TagRequest, context: RunContext): Owned {
  return kind === 'branch' ? ownedByTags(request, context) : ownedBesideTag(request, context)
}

const plain = (name: string) => name.replaceAll('/', '-')

/** For a branch: by form, and by what each git tag that is known would give. */
function ownedByTags(request: TagRequest, context: RunContext): Owned {
  const own = plain(context.defaultBranch)
  let given: ReadonlySet<string> | undefined
  const isGiven = (tag: string) => {
    given ??= new Set((request.known ?? []).flatMap((name) => tagsOfGitTag(name, request, context)))
    return given.has(tag)
  }
  const name = plain(context.refName)
  const shared = name !== context.refName && (request.branches ?? []).some((other) => other !== context.refName && plain(other) === name)
  // `1-fix` is the tag 1 of a leg `fix`, where there is a release 1.x.
  return (tag) => {
    if (shared && tag.includes(name)) return 'namesake'
    return isReserved(tag) || (tag !== own && isGiven(tag)) || /^\d+(?=[-_])/.exec(tag)?.some(isGiven) === true
  }
}

/** For a git tag under rules: what they give to the default branch and to schedules; `latest` they give to git tags themselves. */
function ownedBesideRules(request: TagRequest, context: RunContext): (tag: string) => boolean {
  let given: ReadonlySet<string> | undefined
  const at = (event: string) => ({
    ...context,
    event,
    ref: `refs/heads/${context.defaultBranch}`,
    refName: context.defaultBranch,
    pullRequest: undefined,
    prerelease: false,
  })
  return (tag) => {
    // Only there is a git tag in a tag; on a branch `{{tag}}` is empty, and asking would have no end.
    if (!context.ref.startsWith('refs/tags/')) return false
    given ??= new Set(
      ['push', 'schedule'].flatMap((event) => chosenTags({ ...request, known: [] }, at(event)).tags.map(({ tag: one }) => one)),
    )
    return context.defaultBranch !== '' && tag !== 'latest' && given.has(tag)
  }
}

function tagsOfGitTag(name: string, request: TagRequest, context: RunContext): readonly string[] {
  const at = { ...context, event: 'push', ref: `refs/tags/${name}`, refName: name, pullRequest: undefined, prerelease: false }
  return chosenTags({ ...request, known: [] }, at).tags.map(({ tag }) => tag)
}

/** For a git tag that is no release: by form, and by what releases and other git tags have. */
function ownedBesideTag({ known, imageName }: TagRequest, context: RunContext): (tag: string) => boolean {
  const released = finalReleases(known ?? [], imageName)
  const moving = new Set(released.flatMap((release) => movingTags(release, []).map(({ tag }) => tag)))
  const others = new Set(
    (known ?? []).filter((name) => name !== context.refName).map((name) => releaseFromTag(name, imageName) ?? plain(name)),
  )
  return (tag) =>
    isSpecial(tag) ||
    tag === plain(context.defaultBranch) ||
    moving.has(tag) ||
    ofLeg(tag).some((start) => moving.has(start) || released.includes(start)) || // 1.2-test is the tag 1.2 of a leg
    (known === undefined && /^\d+$/.test(tag)) ||
    (tag !== context.refName && others.has(tag))
}

function byRef(request: TagRequest, context: RunContext, flavor: Flavor): ChosenTags {
  const { ref } = context
  const facts = { ...request, context }
  const flavored = flavoring(facts, flavor)
  const pull = pullOf(context)
  const nothing = { release: undefined, lines: [], notices: [] }
  const one = (tag: string, dress = true): ChosenTags => ({ ...nothing, tags: flavored.all([{ tag, moves: true }], dress) })
  if (!ref && request.sha && context.sha)
    return { ...nothing, tags: flavored.all([{ tag: `sha-${shortSha(facts)}`, moves: false }], false) }
  if (!ref) return one('latest')
  if (pull !== undefined) return one(`pr-${pull}`, false)
  if (isNightly(context)) return one('nightly')
  const release = releaseOf(context, request.imageName)
  if (release !== undefined) return releaseTags(release, facts, flavored)
  const kind: NameKind = ref.startsWith('refs/tags/') ? 'tag' : 'branch'
  const owned = ownedByOthers(kind, request, context)
  const { tag, notice } = tagOfName(kind, flavored.whole(context.refName), { owned, room: roomFor(request) })
  const rule = kind === 'tag' ? ruleFor(context.refName) : undefined
  const notices = [
    ...(notice ? [notice] : []),
    ...(rule ? [`The tag ${context.refName} is taken as a name, not as a release. To read its version, set tags: ${rule}`] : []),
  ]
  return { ...nothing, tags: flavored.all([{ tag, moves: kind === 'branch' }], false), notices }
}

/** GitLab runs schedules on any branch or tag; only the default branch has a nightly. */
function isNightly({ event, ref, defaultBranch }: RunContext): boolean {
  return event === 'schedule' && (defaultBranch === '' || ref === `refs/heads/${defaultBranch}`)
}

function releaseOf(context: RunContext, imageName: string): string | undefined {
  return context.ref.startsWith('refs/tags/') ? releaseFromTag(context.refName, imageName) : undefined
}

/**
 * The higher releases that meanwhile have tags of these lines, by the tag.
 * @param known names of all git tags, or of the image's @param prereleases those that are marked so, and claim none
 */
export function claimsOn(
  { release, lines }: Pick<TagPlan, 'release' | 'lines'>,
  { known, prereleases }: { readonly known: readonly string[]; readonly prereleases?: readonly string[] },
  imageName: string,
): ReadonlyMap<string, string> {
  if (release === undefined) return new Map()
  const others = finalReleases(known, imageName, prereleases)
  const now = [ownLine(release, others), ...movingTags(release, others)]
  const claims = lines.map(({ tag, line }) => [tag, now.find((one) => one.tag === line)?.claimedBy] as const)
  return new Map(claims.filter((claim): claim is [string, string] => claim[1] !== undefined))
}
