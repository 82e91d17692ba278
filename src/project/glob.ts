interface Matching {
  /** The part that stands for as many places as one likes. */
  readonly any: string
  /** Whether another part fits a place. */
  readonly fits: (part: string, place: string) => boolean
}

/**
 * Whether parts fit a pattern of parts, of which `any` stands for as many as one likes: each is looked at once for each
 * place, whatever the pattern, where a regular expression would try all divisions.
 */
function fitsAll(pattern: readonly string[], places: readonly string[], { any, fits }: Matching): boolean {
  let [at, place] = [0, 0]
  let [star, from] = [-1, 0]
  while (place < places.length) {
    const part = pattern[at]
    if (part === any) {
      star = at++
      from = place
    } else if (part !== undefined && fits(part, places[place] ?? '')) {
      at++
      place++
    } else if (star >= 0) {
      at = star + 1
      place = ++from
    } else return false
  }
  while (pattern[at] === any) at++
  return at === pattern.length
}

/** Whether a glob of `*`, `?` and `[…]` fits a whole text. */
export function fitsGlob(glob: string, text: string): boolean {
  // Behind the last one that is closed, a bracket is a character.
  const end = glob.lastIndexOf(']') + 1
  const parts = [...(glob.slice(0, end).match(/\[[!^]?[^\]]+\]|[\s\S]/g) ?? []), ...glob.slice(end)]
  return fitsAll(parts, [...text], { any: '*', fits: fitsCharacter })
}

/** Whether globs, `**` for any number of folders among them, fit all parts of a path. */
export function fitsPath(globs: readonly string[], parts: readonly string[]): boolean {
  return fitsAll(globs, parts, { any: '**', fits: fitsGlob })
}

function fitsCharacter(part: string, character: string): boolean {
  if (part === '?' || part === character) return true
  if (part.length < 3) return false
  const inside = part.slice(1, -1)
  const not = inside.startsWith('!') || inside.startsWith('^')
  const among = not ? inside.slice(1) : inside
  for (let i = 0; i < among.length; i++) {
    const [low, dash, high] = [among.charAt(i), among.charAt(i + 1), among.charAt(i + 2)]
    const isRange = dash === '-' && high !== ''
    if (isRange ? low <= character && character <= high : low === character) return !not
    if (isRange) i += 2
  }
  return not
}
