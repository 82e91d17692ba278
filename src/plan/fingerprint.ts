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

/** The ISO week of a date, e.g. `2026-W47`: layers made by apt live that long, so that security fixes arrive. */
export function isoWeek(date: Date): string {
  const thursday = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()))
  thursday.setUTCDate(thursday.getUTCDate() + 4 - (thursday.getUTCDay() || 7))
  const first = Date.UTC(thursday.getUTCFullYear(), 0, 1)
  const week = Math.ceil(((thursday.getTime() - first) / 86_400_000 + 1) / 7)
  return `${thursday.getUTCFullYear()}-W${String(week).padStart(2, '0')}`
}
