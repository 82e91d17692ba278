import { clean, explain, major, minor, patch, valid } from '@renovatebot/pep440'
import type { RunContext } from '../context.ts'
import { UserError } from '../errors.ts'
import { number, type TagRule, wrong } from './tag-rules.ts'
import { type Expressions, fillIn, formatDate, isRaw } from './tag-template.ts'

export interface RuleFacts {
  readonly context: RunContext
  /** The commit; '' where there is none. */
  readonly sha: string
  readonly now: Date
  /** When the commit was made. */
  readonly committed: Date
}

export interface RuledTags {
  /** Legal but for their length; the first one is the primary. */
  readonly tags: readonly { readonly tag: string; readonly typed: boolean }[]
  readonly notices: readonly string[]
}

/** What one rule says: a tag ('' for none), and whether the image is also `latest` if it speaks first. */
interface Word {
  readonly tag: string
  readonly latest: boolean
}
const NOTHING: Word = { tag: '', latest: false }

const SHORT_SHA = 7

/**
 * The tags of rules, as docker/metadata-action makes them: each rule that applies to the event gives one;
 * `latest` follows from the first that does (a final release, `type=match` or `type=ref,event=tag`).
 * @param rules the highest priority first
 * @throws UserError where no rule gives a tag, or one cannot be followed
 * @see https://github.com/docker/metadata-action#latest-tag
 */
export function tagsByRules(rules: readonly TagRule[], facts: RuleFacts): RuledTags {
  const notices: string[] = []
  const ref = effectiveRef(facts.context)
  const expressions = globals(facts, ref)
  const words = rules
    .filter((rule) => isEnabled(rule, expressions))
    .map((rule) => ({
      rule,
      word: dressed(rule, wordOf(rule, { ...facts, ref, expressions, notice: (text) => notices.push(text) }), expressions),
    }))
    .filter(({ word }) => word.tag !== '')
  if (words.length === 0) {
    const event = facts.context.event ? `${facts.context.event} of ${ref}` : 'a run outside GitHub'
    throw new UserError('inputs', `no line of tags gives a tag for ${event}`, NO_TAG_NEXT, { details: [...notices] })
  }
  const found = new Map(words.map(({ rule, word }) => [word.tag, rule.type === 'raw'] as const).reverse())
  const order = [...new Set([...words.map(({ word }) => word.tag), ...(words[0]?.word.latest ? ['latest'] : [])])]
  return { tags: order.map((tag) => ({ tag, typed: found.get(tag) ?? true })), notices }
}

const NO_TAG_NEXT = 'Add a line for it, such as type=ref,event=branch, or a plain tag.'

interface Speaker extends RuleFacts {
  readonly ref: string
  readonly expressions: Expressions
  readonly notice: (text: string) => void
}

function wordOf(rule: TagRule, speaker: Speaker): Word {
  const { attributes } = rule
  switch (rule.type) {
    case 'schedule':
      return speaker.context.event === 'schedule' ? plain(fillIn(attributes.pattern ?? '', dates(speaker), rule.line)) : NOTHING
    case 'semver':
    case 'pep440':
      return release(rule, speaker)
    case 'match':
      return matched(rule, speaker)
    case 'edge':
      return edge(rule, speaker)
    case 'ref':
      return ofRef(attributes.event ?? '', speaker.ref)
    case 'raw':
      return plain(fillIn(attributes.value ?? '', speaker.expressions, rule.line))
    case 'sha':
      return plain(attributes.format === 'long' ? speaker.sha : speaker.sha.slice(0, SHORT_SHA))
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
  if (match && !part) speaker.notice(`tags: ${match} in "${rule.line}" does not match ${whole}; the whole is taken.`)
  const text = (part?.[1] ?? part?.[0] ?? whole).replaceAll('/', '-')
  const version = rule.type === 'semver' ? semver(text) : pep440(text)
  if (!version) {
    speaker.notice(`tags: "${rule.line}" gives no tag: ${text} is no version by ${rule.type === 'semver' ? 'semver.org' : 'PEP 440'}.`)
    return NOTHING
  }
  // A pre-release moves nothing but itself.
  if (!version.final) return { tag: isRaw(pattern) ? text : (version.expressions.version ?? ''), latest: false }
  return { tag: fillIn(pattern, version.expressions, rule.line), latest: true }
}

interface Version {
  readonly final: boolean
  readonly expressions: Readonly<Record<string, string>>
}

const SEMVER =
  /^v?(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-((?:0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*)(?:\.(?:0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*))*))?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/

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
  const group = number(rule.line, 'group', rule.attributes.group ?? '0')
  const { pattern = '' } = rule.attributes
  const [, inner, flags] = /^\/(.+)\/(.*)$/.exec(pattern) ?? []
  const regex = expression(rule, inner ?? pattern, flags?.replace('g', ''))
  const whole = subject(rule, speaker)
  if (whole === undefined) return NOTHING
  const found = regex.exec(whole)
  const tag = found?.[group]
  if (tag !== undefined) return { tag, latest: true }
  speaker.notice(`tags: "${rule.line}" gives no tag: ${found ? `the pattern has no group ${group}` : `it does not match ${whole}`}.`)
  return NOTHING
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

function ofRef(event: string, ref: string): Word {
  const [, kind, name = ''] = /^refs\/(heads|tags|pull)\/(.*)$/.exec(ref) ?? []
  if (event === 'branch' && kind === 'heads') return plain(name)
  if (event === 'tag' && kind === 'tags') return { tag: name, latest: true }
  return event === 'pr' && kind === 'pull' ? plain(name.replace(/\/merge$/, '')) : NOTHING
}

function isEnabled({ attributes, line }: TagRule, expressions: Expressions): boolean {
  const enable = fillIn(attributes.enable ?? '', expressions, line)
  if (enable === 'true' || enable === 'false') return enable === 'true'
  throw wrong(line, `enable is "${enable}"`, 'It must be true or false.')
}

/** With prefix and suffix, and a `-` for what a tag cannot hold. */
function dressed({ attributes, line }: TagRule, { tag, latest }: Word, expressions: Expressions): Word {
  if (tag === '') return NOTHING
  const whole = `${fillIn(attributes.prefix ?? '', expressions, line)}${tag}${fillIn(attributes.suffix ?? '', expressions, line)}`
  return { tag: whole.replace(/[^A-Za-z0-9._-]+/g, '-'), latest }
}

/** `pull_request_target` runs on the branch that the request is for; its tags are those of the request. */
function effectiveRef({ event, ref, pullRequest }: RunContext): string {
  return event === 'pull_request_target' && pullRequest ? `refs/pull/${pullRequest.number}/merge` : ref
}

function dates({ now, committed }: Pick<RuleFacts, 'now' | 'committed'>): Expressions {
  return {
    date: (format, zone) => formatDate(now, format, zone),
    commit_date: (format, zone) => formatDate(committed, format, zone),
  }
}

function globals(facts: RuleFacts, ref: string): Expressions {
  const { context } = facts
  const of = (start: string) => (ref.startsWith(start) ? ref.slice(start.length) : '')
  const branch = ref.replace(/^refs\/heads\//, '')
  const isDefault = branch !== '' && (context.defaultBranch === branch || ON_DEFAULT_BRANCH.test(context.event))
  return {
    branch: of('refs/heads/'),
    tag: of('refs/tags/'),
    sha: facts.sha.slice(0, SHORT_SHA),
    base_ref: ref.startsWith('refs/heads/') ? '' : context.baseRef,
    is_default_branch: String(isDefault),
    is_not_default_branch: String(!isDefault),
    ...dates(facts),
  }
}

/** Events that run on the last commit of the default branch. */
const ON_DEFAULT_BRANCH = /create|discussion|issues|schedule/
