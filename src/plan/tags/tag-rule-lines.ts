import { UserError } from '../../errors.ts'
import { didYouMean } from '../../project/names.ts'
import { shorten } from '../../text/words.ts'

/**
 * The lines of the input `tags`, in the language of docker/metadata-action: `type=…,attribute=…`, or a
 * plain tag. What they come to is said in tag-rules.ts.
 * @see https://github.com/docker/metadata-action#tags-input
 */
export interface TagRule {
  readonly type: TagType
  /** Of the type and of all types, by name in lower case; defaults filled in. A prefix or suffix that is absent is the flavor's. */
  readonly attributes: Readonly<Record<string, string>>
  readonly priority: number
  /** As written, for errors and notices. */
  readonly line: string
}

export const TAG_TYPES = ['schedule', 'semver', 'pep440', 'match', 'edge', 'ref', 'raw', 'sha'] as const
export type TagType = (typeof TAG_TYPES)[number]

interface Kind {
  readonly priority: number
  /** Attributes beside those of all types; `undefined` is one that must be given. */
  readonly attributes: Readonly<Record<string, string | undefined>>
}

const KINDS: Readonly<Record<TagType, Kind>> = {
  schedule: { priority: 1000, attributes: { pattern: 'nightly' } },
  semver: { priority: 900, attributes: { pattern: undefined, value: '', match: '' } },
  pep440: { priority: 900, attributes: { pattern: undefined, value: '', match: '' } },
  match: { priority: 800, attributes: { pattern: undefined, group: '0', value: '' } },
  edge: { priority: 700, attributes: { branch: '' } },
  ref: { priority: 600, attributes: { event: undefined } },
  raw: { priority: 200, attributes: { value: undefined } },
  sha: { priority: 100, attributes: { format: 'short' } },
}
const OF_ALL_TYPES = ['enable', 'priority', 'prefix', 'suffix']

/** Attributes that take one of a few words. */
const WORDS: Readonly<Record<string, readonly string[]>> = { event: ['branch', 'tag', 'pr'], format: ['short', 'long'] }

/**
 * Reads the rules; the highest priority comes first, rules of the same one stay in their order.
 * @throws UserError naming the line and what would be legal
 */
export function readTagRules(lines: readonly string[]): readonly TagRule[] {
  return lines
    .filter((line) => !line.startsWith('#'))
    .map(readRule)
    .sort((a, b) => b.priority - a.priority)
}

function readRule(line: string): TagRule {
  const given = new Map<string, string>()
  for (const field of fields(line)) {
    const [, key, value] = /^([^=]+)=(.*)$/s.exec(field) ?? []
    const name = key === undefined ? 'value' : key.trim().toLowerCase()
    if (given.has(name)) {
      throw wrong(line, `${key === undefined ? `"${field}" is a second value` : `${name} stands twice`}`, 'Write one tag or rule a line.')
    }
    given.set(name, (value ?? field).trim())
  }
  const type = typeOf(line, given.get('type') ?? 'raw')
  given.delete('type')
  const { priority, attributes } = KINDS[type]
  const legal = [...Object.keys(attributes), ...OF_ALL_TYPES]
  for (const name of given.keys()) {
    if (legal.includes(name)) continue
    const near = didYouMean(name, legal)
    throw wrong(line, `type=${type} has no attribute "${name}"`, `It has ${legal.join(', ')}${near ? ` (did you mean ${near}?)` : ''}.`)
  }
  for (const [name, usual] of Object.entries(attributes)) {
    const words = WORDS[name]
    if (usual === undefined && !given.has(name)) {
      throw wrong(line, `type=${type} lacks ${name}`, `Add ${name}=${words ? words.join('|') : name === 'pattern' ? '…' : 'TAG'}.`)
    }
    if (words && !words.includes(given.get(name) ?? usual ?? '')) {
      throw wrong(line, `${name} is "${given.get(name)}"`, `It must be one of ${words.join(', ')}.`)
    }
  }
  const prefix = type === 'sha' ? 'sha-' : type === 'ref' && given.get('event') === 'pr' ? 'pr-' : undefined
  const all = { ...attributes, enable: 'true', ...(prefix && { prefix }), ...Object.fromEntries(given) }
  return {
    type,
    attributes: all as Record<string, string>,
    priority: number(line, 'priority', given.get('priority') ?? String(priority)),
    line,
  }
}

function typeOf(line: string, value: string): TagType {
  const type = TAG_TYPES.find((known) => known === value)
  if (type) return type
  const near = didYouMean(value, TAG_TYPES)
  throw wrong(line, `there is no type "${value}"`, `The types are ${TAG_TYPES.join(', ')}${near ? ` (did you mean ${near}?)` : ''}.`)
}

export function number(line: string, name: string, value: string): number {
  if (/^-?\d+$/.test(value)) return Number(value)
  throw wrong(line, `${name} is "${value}"`, 'It must be a whole number.')
}

export function wrong(line: string, cause: string, next: string): UserError {
  return new UserError('inputs', `tags: ${cause} in "${shorten(line, 80)}"`, { next, input: 'tags' })
}

/**
 * Separated by commas; a field in double quotes may hold one, and `""` there is a quote (RFC 4180). docker/metadata-action
 * reads a line twice, so a line may be quoted as a whole, and a field once more than it needs.
 */
export function fields(line: string): readonly string[] {
  const found = [...line.matchAll(/\s*(?:"((?:[^"]|"")*)"\s*|([^,]*))(?:,|$)/g)]
  const read = found
    .map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? (plain ?? '').trim())
    .filter((field, i) => field !== '' || i === 0)
  const [only = ''] = read
  if (read.length === 1 && only !== line.trim()) return fields(only)
  return read.map((field) => /^"(.*)"$/s.exec(field)?.[1]?.replaceAll('""', '"') ?? field)
}
