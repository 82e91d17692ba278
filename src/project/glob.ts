/**
 * Whether parts fit a pattern of parts, of which `any` stands for as many as one likes: each is looked at once for each
 * place, whatever the pattern, where a regular expression would try all divisions.
 * @param fits whether a part fits a place
 */
export function fitsAll<P, T>(
  pattern: readonly P[],
  any: (part: P) => boolean,
  places: readonly T[],
  fits: (part: P, place: T) => boolean,
): boolean {
  let [at, place] = [0, 0]
  let [star, from] = [-1, 0]
  while (place < places.length) {
    const part = pattern[at]
    if (at < pattern.length && any(part as P)) {
      star = at++
      from = place
    } else if (at < pattern.length && fits(part as P, places[place] as T)) {
      at++
      place++
    } else if (star >= 0) {
      at = star + 1
      place = ++from
    } else return false
  }
  while (at < pattern.length && any(pattern[at] as P)) at++
  return at === pattern.length
}

/** Whether a glob of `*`, `?` and `[…]` fits a whole text. */
export function fitsGlob(glob: string, text: string): boolean {
  // Behind the last one that is closed, a bracket is a character.
  const end = glob.lastIndexOf(']') + 1
  const parts = [...(glob.slice(0, end).match(/\[[!^]?[^\]]+\]|[\s\S]/g) ?? []), ...glob.slice(end)]
  return fitsAll(parts, (part) => part === '*', [...text], fitsCharacter)
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
