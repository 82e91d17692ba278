// Cuts that a pattern would make in a time that grows with the square of the text's length.

/** A text without the given characters at its end. */
export function withoutEnd(text: string, ends: string): string {
  let end = text.length
  while (end > 0 && ends.includes(text.charAt(end - 1))) end--
  return text.slice(0, end)
}

/** A text without the given characters at both its ends. */
export function withoutEnds(text: string, ends: string): string {
  let start = 0
  while (start < text.length && ends.includes(text.charAt(start))) start++
  return withoutEnd(text.slice(start), ends)
}

/**
 * `./core[web,db]` as `./core` and `web,db`; extras are '' where no bracket ends the text.
 * @see pip's `_strip_extras`, by `^(.+)(\[[^\]]+\])$`
 */
export function withoutExtras(text: string): { readonly before: string; readonly extras: string } {
  const open = text.endsWith(']') ? text.lastIndexOf('[', text.length - 3) : -1
  const extras = text.slice(open + 1, -1)
  return open < 1 || extras === '' || extras.includes(']') ? { before: text, extras: '' } : { before: text.slice(0, open), extras }
}
