import { shorten } from '../../text/words.ts'
import { sha256 } from '../fingerprint.ts'
import { LONGEST_TAG, legalTag } from '../reference.ts'
import { isVersion } from './releases.ts'

/** What stands before a name that must be told apart: it says what it is the name of. */
export type NameKind = 'branch' | 'tag'

export interface NamedTag {
  readonly tag: string
  /** Where the tag is not the name. */
  readonly notice?: string
}

/** Tags that other events than a branch's push make, also with the suffix of a leg; and where statements on a digest stand. */
const WORDS = /^(?:latest|nightly|edge|pr-\d+|sha-[0-9a-f]+|sha256-[0-9a-f]{64}(?:\.\w+)?)(?:[-_]|$)/i
/** Whether a tag has the form of those that releases, schedules, pull requests or commits get. */
export function isReserved(tag: string): boolean {
  if (isSpecial(tag)) return true
  const plain = tag.replace(/^v(?=\d)/i, '')
  if (isVersion(plain)) return true
  // `1.2-test` is the tag 1.2 of a leg `test`; `123-fix-login` is a branch for an issue.
  return [...plain.matchAll(/[-_]/g)].some(({ index }) => {
    const start = plain.slice(0, index)
    return start.includes('.') && isVersion(start)
  })
}

/** The same without versions: what a git tag that is no release cannot have either. */
export function isSpecial(tag: string): boolean {
  const apart = /^(?:branch|tag)-(.+)$/.exec(tag)?.[1]
  // What is told apart already, of another name.
  if (apart && (/(?:^|-)[0-9a-f]{8}$/.test(apart) || isReserved(apart))) return true
  return WORDS.test(tag)
}

/** Whether a tag belongs to something else: `namesake` where that is another branch, with a `-` for a `/`. */
export type Owned = (tag: string) => boolean | 'namesake'

/** What a tag may be. */
interface Limits {
  readonly owned: Owned
  /** Characters that it may have. */
  readonly room?: number
}

/**
 * The tag of a branch, or of a git tag that names no release. The name itself, with `-` for `/`, where a tag can hold it and
 * nobody else owns it; else what no release can have, with a part of the name's hash where the name does not fit.
 */
export function tagOfName(kind: NameKind, name: string, { owned, room = LONGEST_TAG }: Limits): NamedTag {
  const plain = name.replaceAll('/', '-')
  const fits = legalTag(plain) === plain && plain.length <= room
  const by = fits && owned(plain)
  if (fits && !by) return { tag: plain }
  const apart = `${kind}-${plain}`
  const tag = fits && apart.length <= room && by !== 'namesake' ? apart : hashed(kind, name, room)
  const other = by === 'namesake' ? 'another branch' : 'releases, schedules, pull requests or another tag'
  const why = fits ? `${plain} belongs to ${other}` : 'a tag cannot hold its name'
  return { tag, notice: `The ${kind} ${shown(name)} is tagged ${tag}: ${why}.` }
}

/** Readable as far as its letters are ASCII; unique by the hash. */
function hashed(kind: NameKind, name: string, room: number): string {
  const ascii = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9_.]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
  const hash = sha256(name).slice(0, 8)
  const readable = ascii.slice(0, Math.max(0, room - kind.length - hash.length - 2))
  return [kind, ...(readable ? [readable] : []), hash].join('-').slice(-room)
}

function shown(name: string): string {
  return shorten(name, 80)
}
