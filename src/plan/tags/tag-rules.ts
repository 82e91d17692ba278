import { clean, explain, major, minor, patch, valid } from '@renovatebot/pep440'
import type { RunContext } from '../../context.ts'
import { checkTag, LONGEST_TAG } from '../reference.ts'
import type { Flavor } from './flavor.ts'
import { SEMVER } from './releases.ts'
import { dates, type ExpressionFacts, globals, shaOf, shortSha } from './tag-expressions.ts'
import { type NamedTag, type NameKind, type Owned, tagOfName } from './tag-names.ts'
import { number, type TagRule, wrong } from './tag-rule-lines.ts'
import { type Expressions, expressionsIn, fillIn, isRaw } from './tag-template.ts'

export interface RuleFacts extends ExpressionFacts {
  readonly flavor: Flavor
  /** Whether a tag belongs to something else than a branch, or a git tag, of that name. */
  readonly owned: (kind: NameKind, tag: string) => ReturnType<Owned>
  /** Characters that a tag may have before the suffix of the leg. */
  readonly room: number
}

export interface RuledTag {
  readonly tag: string
  /** Whether a later run may give it to another image. */
  readonly moves: boolean
}

export interface RuledTags {
  /** The first one is the primary; none where no rule is for this event. */
  readonly tags: readonly RuledTag[]
  readonly notices: readonly string[]
  /** What the first rule for a version reads in the git tag; undefined where none does. */
  readonly version: string | undefined
}

/** What one rule says: a tag ('' for none), and whether the image is also `latest` if it speaks first. */
interface Word {
  readonly tag: string
  readonly latest: boolean
  readonly stays?: boolean
  readonly version?: string
}
const NOTHING: Word = { tag: '', latest: false }

/**
 * The tags of rules, as docker/metadata-action makes them: each rule that applies to the event gives one;
 * `latest` follows from the flavor, else from the first that does (a final release, `type=match` or `type=ref,event=tag`).
 * @param rules the highest priority first
 * @throws UserError where one cannot be followed
 * @see https://github.com/docker/metadata-action#latest-tag
 */
export function tagsByRules(rules: readonly TagRule[], facts: RuleFacts): RuledTags {
  const notices: string[] = []
  const ref = effectiveRef(facts.context)
  const speaker: Speaker = { ...facts, ref, expressions: globals(facts, ref), notice: (text) => notices.push(text) }
  const enabled = rules.filter((rule) => isEnabled(rule, speaker.expressions))
  for (const rule of enabled) checkRule(rule, speaker)
  const words = enabled.map((rule) => dressed(rule, wordOf(rule, speaker), speaker)).filter(({ tag }) => tag !== '')
  const found = new Map<string, RuledTag>()
  for (const word of words) {
    if (!found.has(word.tag)) found.set(word.tag, { tag: word.tag, moves: !word.stays })
  }
  const { flavor } = facts
  if (words[0] && (flavor.latest === 'auto' ? words[0].latest : flavor.latest === 'true')) {
    const tag = latestOf(flavor, speaker.expressions)
    if (!found.has(tag)) found.set(tag, { tag, moves: true })
  }
  return { tags: [...found.values()], notices, version: words.find((word) => word.version)?.version }
}

/** `latest`, with the flavor's prefix and suffix where they are for it too. */
export function latestOf(flavor: Flavor, expressions: Expressions): string {
  const prefix = flavor.prefixLatest ? fillIn(flavor.prefix, expressions, 'flavor') : ''
  const suffix = flavor.suffixLatest ? fillIn(flavor.suffix, expressions, 'flavor') : ''
  return sanitized(`${prefix}latest${suffix}`)
}

const OF_VERSIONS: Expressions = { raw: '', version: '', major: '', minor: '', patch: '' }

/**
 * What cannot be followed is told on every event, not on the day of the first release.
 * @throws UserError for an expression that is not known, and for a pattern or a group that is none
 */
function checkRule(rule: TagRule, speaker: Speaker): void {
  const { type, attributes, line } = rule
  const { prefix = '', suffix = '', value = '', pattern = '', match = '' } = attributes
  for (const text of [prefix, suffix, value]) fillIn(text, speaker.expressions, line)
  const typed = type === 'raw' ? value : type === 'match' ? '' : pattern
  for (const text of [prefix, suffix, typed]) checkLiteral(text, line)
  if (type === 'schedule') fillIn(pattern, dates(speaker), line)
  if (type === 'semver' || type === 'pep440') fillIn(pattern, OF_VERSIONS, line)
  if (match) expression(rule, match)
  if (type === 'match') matching(rule)
}

interface Speaker extends RuleFacts {
  readonly ref: string
  readonly expressions: Expressions
  readonly notice: (text: string) => void
}

function wordOf(rule: TagRule, speaker: Speaker): Word {
  const { attributes } = rule
  switch (rule.type) {
    case 'schedule':
      if (speaker.context.event !== 'schedule') return NOTHING
      return plain(fillIn(attributes.pattern ?? '', dates(speaker), rule.line))
    case 'semver':
    case 'pep440':
      return release(rule, speaker)
    case 'match':
      return matched(rule, speaker)
    case 'edge':
      return edge(rule, speaker)
    case 'ref':
      return ofRef(attributes.event ?? '', speaker)
    case 'raw':
      return { ...plain(fillIn(attributes.value ?? '', speaker.expressions, rule.line)), stays: /\{\{\s*sha/.test(attributes.value ?? '') }
    case 'sha':
      return { ...plain(attributes.format === 'long' ? shaOf(speaker) : shortSha(speaker)), stays: true }
  }
}

function plain(tag: string): Word {
  return { tag, latest: false }
}

/** What `type=semver`, `pep440` and `match` look at: their own value, else the git tag; undefined elsewhere. */
function subject({ attributes, line }: TagRule, { ref, expressions }: Speaker): string | undefined {
  if (attributes.value) return fillIn(attributes.value, expressions, line)
  return ref.startsWith('refs/tags/') ? ref.slice('refs/tags/'.length) : undefined
}

function release(rule: TagRule, speaker: Speaker): Word {
  const whole = subject(rule, speaker)
  if (whole === undefined) return NOTHING
  const { match = '', pattern = '' } = rule.attributes
  const part = match ? expression(rule, match).exec(whole) : null
  // It says whose versions these are: v3.0.0 is none of `shop-v…`.
  if (match && !part) return nothing(rule, speaker, `${match} does not match ${whole}`)
  const text = (part?.[1] ?? part?.[0] ?? whole).replaceAll('/', '-')
  const version = rule.type === 'semver' ? semver(text) : pep440(text)
  if (!version) return nothing(rule, speaker, `${text} is no version by ${rule.type === 'semver' ? 'semver.org' : 'PEP 440'}`)
  const { version: read = '' } = version.expressions
  const [build] = rule.type === 'semver' && !isRaw(pattern) ? (/\+.*$/.exec(text) ?? []) : []
  if (build) {
    const short = text.slice(0, -build.length)
    speaker.notice(`tags: "${rule.line}" leaves ${build} out of ${text}: where ${short} is released too, both get that tag.`)
  }
  const stays = /^v?\{\{\{?\s*(?:raw|version)\s*\}?\}\}$/.test(pattern)
  // A pre-release moves nothing but itself, by its number or by the word of who released it.
  if (!version.final || (speaker.context.prerelease && !stays))
    return { tag: isRaw(pattern) ? text : read, latest: false, stays: true, version: read }
  return { tag: fillIn(pattern, version.expressions, rule.line), latest: !speaker.context.prerelease, stays, version: read }
}

interface Version {
  readonly final: boolean
  readonly expressions: Readonly<Record<string, string>>
}

/** A version by semver.org, with a `v` before it or not; what follows a `+` is part of `raw` alone. */
function semver(raw: string): Version | undefined {
  const found = SEMVER.exec(raw.trim())
  if (!found) return undefined
  const [, first = '', second = '', third = '', before] = found
  const version = `${first}.${second}.${third}${before === undefined ? '' : `-${before}`}`
  return { final: before === undefined, expressions: { raw, version, major: first, minor: second, patch: third } }
}

function pep440(raw: string): Version | undefined {
  const parts = valid(raw) ? explain(raw) : null
  if (!parts) return undefined
  return {
    final: !parts.is_prerelease && !parts.is_postrelease && !parts.is_devrelease,
    expressions: {
      raw,
      version: clean(raw) ?? raw,
      major: String(major(raw)),
      minor: String(minor(raw)),
      patch: String(patch(raw)),
    },
  }
}

function matched(rule: TagRule, speaker: Speaker): Word {
  const { group, regex } = matching(rule)
  const whole = subject(rule, speaker)
  if (whole === undefined) return NOTHING
  // With the flag g these are all matches, not the groups of the first.
  const found = whole.match(regex)
  const tag = found?.[group]
  if (tag !== undefined) return { tag, latest: !speaker.context.prerelease }
  return nothing(rule, speaker, found ? `the pattern has no group ${group}` : `it does not match ${whole}`)
}

function nothing({ line }: TagRule, { notice }: Speaker, why: string): Word {
  notice(`tags: "${line}" gives no tag: ${why}.`)
  return NOTHING
}

function matching(rule: TagRule) {
  const { pattern = '', group = '0' } = rule.attributes
  const [, inner, flags] = /^\/(.+)\/(.*)$/.exec(pattern) ?? []
  return { group: number(rule.line, 'group', group), regex: expression(rule, inner ?? pattern, flags) }
}

function expression({ line }: TagRule, pattern: string, flags = ''): RegExp {
  try {
    return new RegExp(pattern, flags)
  } catch (error) {
    throw wrong(line, (error as Error).message, 'Write a regular expression as JavaScript has them.')
  }
}

function edge({ attributes, line }: TagRule, { ref, context }: Speaker): Word {
  if (!ref.startsWith('refs/heads/')) return NOTHING
  const branch = ref.slice('refs/heads/'.length)
  // A schedule runs on the default branch, and its event does not name it.
  const wanted = attributes.branch || context.defaultBranch || (context.event === 'schedule' ? branch : '')
  if (!wanted) throw wrong(line, 'the event does not tell the default branch, which type=edge means', 'Name it: type=edge,branch=main.')
  return wanted === branch ? plain('edge') : NOTHING
}

function ofRef(event: string, { ref, context }: Speaker): Word {
  const [, kind, name = ''] = /^refs\/(heads|tags|pull)\/(.*)$/.exec(ref) ?? []
  if (event === 'branch' && kind === 'heads') return plain(name)
  if (event === 'tag' && kind === 'tags') return { tag: name, latest: !context.prerelease, stays: true }
  return event === 'pr' && kind === 'pull' ? plain(name.replace(/\/(?:merge|head)$/, '')) : NOTHING
}

function isEnabled({ attributes, line }: TagRule, expressions: Expressions): boolean {
  const enable = fillIn(attributes.enable ?? '', expressions, line)
  if (enable === 'true' || enable === 'false') return enable === 'true'
  throw wrong(line, `enable is "${enable}"`, 'It must be true or false.')
}

/** With prefix and suffix; what is typed must be legal, what comes from a name of git gets a legal form. */
function dressed(rule: TagRule, word: Word, speaker: Speaker): Word {
  if (word.tag === '') return NOTHING
  const { attributes, line } = rule
  const prefix = attributes.prefix ?? speaker.flavor.prefix
  const suffix = attributes.suffix ?? speaker.flavor.suffix
  const fill = (text: string) => fillIn(text, speaker.expressions, line)
  const whole = `${fill(prefix)}${word.tag}${fill(suffix)}`
  // `{{branch}}-…` without a branch begins as no tag may.
  const used = expressionsIn(`${prefix}${suffix}${rule.type === 'raw' ? attributes.value : ''}`)
  const kind = kindOf(
    rule,
    used.filter((name) => speaker.expressions[name] !== '' || /^[.-]/.test(whole)),
  )
  if (!kind) return { ...word, tag: sanitized(whole) }
  // What a rule reads in a git tag is that rule's own, and so is a word of its type with a name behind it: `sha-860c190-main`.
  const isVersion = kind === 'tag' && rule.type !== 'ref' && rule.type !== 'raw'
  const hasOwnWord = ['sha', 'edge', 'schedule'].includes(rule.type) || attributes.event === 'pr'
  const isOwnWord = hasOwnWord && expressionsIn(prefix).length === 0
  const owned = (one: string) => !isVersion && !isOwnWord && speaker.owned(kind, one)
  const { tag, notice } = named(kind, whole, { owned, room: speaker.room })
  if (notice) speaker.notice(notice)
  return { ...word, tag }
}

/** @throws UserError where what stands outside the expressions of a template is nothing that a tag can hold */
function checkLiteral(template: string, line: string): void {
  if (!template.includes('{{')) {
    if (/[^A-Za-z0-9._-]/.test(template)) checkTag('tags', template)
    return
  }
  const [illegal] = /[^A-Za-z0-9._-]/.exec(template.replace(/\{\{.*?\}?\}\}/gs, '')) ?? []
  if (illegal) throw wrong(line, `"${illegal}" cannot stand in a tag`, 'Write letters, digits, . _ and - around the expressions.')
}

/** Whose name is in the tag of a rule; undefined where nobody's is, as that of a branch on the push of a tag. */
function kindOf({ type, attributes }: TagRule, used: readonly string[]): NameKind | undefined {
  if ((type === 'ref' && attributes.event === 'branch') || used.includes('branch') || used.includes('base_ref')) return 'branch'
  const ofTag = ['semver', 'pep440', 'match'].includes(type) || (type === 'ref' && attributes.event === 'tag') || used.includes('tag')
  return ofTag ? 'tag' : undefined
}

/** As docker/metadata-action has it, a `-` for each run of what a tag cannot hold, unless that is another's tag or tells nothing. */
function named(kind: NameKind, whole: string, { owned, room }: { readonly owned: Owned; readonly room: number }): NamedTag {
  const tag = sanitized(whole)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII
  const lost = /[^\u0000-\u007f]/.test(whole) || /^[.-]/.test(tag) || tag.length > Math.min(room, LONGEST_TAG)
  const by = owned(tag)
  if (lost || by) return tagOfName(kind, lost || by === 'namesake' ? whole : tag, { owned, room })
  return tag === whole.replaceAll('/', '-') ? { tag } : { tag, notice: `tags: ${whole} is tagged ${tag}: a tag cannot hold the rest.` }
}

function sanitized(tag: string): string {
  return tag.replace(/[^A-Za-z0-9._-]+/g, '-')
}

/** `pull_request_target` runs on the branch that the request is for; its tags are those of the request. */
function effectiveRef({ event, ref, pullRequest }: RunContext): string {
  return event === 'pull_request_target' && pullRequest ? `refs/pull/${pullRequest.number}/merge` : ref
}
