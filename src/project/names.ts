/**
 * A project or package name as indexes compare it: lower case, runs of `-`, `_` and `.` as one `-`.
 * @see PEP 503 (names), PEP 685 (extras use the same rule)
 */
export function normalizeName(name: string): string {
  return name
    .trim()
    .replace(/[-_.]+/g, '-')
    .toLowerCase()
}

/**
 * The nearest of `candidates` to what was typed, if it is near enough to be a slip of the fingers
 * (at most a third of the letters differ).
 */
export function didYouMean(typed: string, candidates: readonly string[]): string | undefined {
  const allowed = Math.max(1, Math.floor(typed.length / 3))
  if (typed.length > LONGEST_SLIP) return undefined
  const ranked = candidates
    .filter((candidate) => Math.abs(candidate.length - typed.length) <= allowed)
    .map((candidate) => ({ candidate, distance: editDistance(typed, candidate) }))
    .sort((a, b) => a.distance - b.distance)
  const best = ranked[0]
  return best && best.distance <= allowed ? best.candidate : undefined
}

/** A name of more characters was not typed, and comparing takes time. */
const LONGEST_SLIP = 100

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + change))
    }
    row = next
  }
  return row[b.length] ?? 0
}
