import { createHash } from 'node:crypto'

/** The named parts that something was made from. A change of any part is a change of the thing. */
export type Parts = Readonly<Record<string, string>>

/**
 * The one maker of image fingerprints and cache keys: the first 16 hex digits of the sha256 over the
 * parts, in the order of their names.
 */
export function fingerprint(parts: Parts): string {
  const sorted = Object.entries(parts).sort(([a], [b]) => (a < b ? -1 : 1))
  return sha256(JSON.stringify(sorted)).slice(0, 16)
}

/** Names of the parts that differ, so that "why was this made again?" has an answer. */
export function changedParts(before: Parts, now: Parts): readonly string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(now)])
  return [...names].filter((name) => before[name] !== now[name]).sort()
}

/** sha256 of a text, as 64 hex digits. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** The tag that an image made from this fingerprint carries. */
export function fingerprintTag(print: string): string {
  return `fingerprint-${print}`
}

/** Why an image had to be built. @param before what the one before was made from, where that is known */
export function whyBuilt(before: Parts | undefined, now: Parts): string {
  if (!before) return 'none of this fingerprint here'
  const changed = changedParts(before, now)
  return changed.length > 0 ? `changed: ${changed.join(', ')}` : 'no longer on this daemon'
}
