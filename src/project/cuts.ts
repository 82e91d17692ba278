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

/** `./core[web,db]` as `./core` and `web,db`; extras are undefined where no bracket ends the text. */
export function withoutExtras(text: string): { readonly before: string; readonly extras: string | undefined } {
  const open = text.endsWith(']') ? text.indexOf('[', text.lastIndexOf(']', text.length - 2) + 1) : -1
  return open < 1 || open === text.length - 2
    ? { before: text, extras: undefined }
    : { before: text.slice(0, open), extras: text.slice(open + 1, -1) }
}
