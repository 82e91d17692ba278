/** A module's text without comments and without strings of several lines, such as examples in its documentation. */
export function code(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(/("""|''')[\s\S]*?(?:\1|$)|#[^\n]*|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?/g, (found) =>
      found.startsWith('#') ? '' : /^("""|''')/.test(found) ? '""' : found,
    )
}

/** A header at the margin whose block is still of the module: its names are the module's. */
const BLOCK = /^(?:if|elif|else|try|except|finally|with)\b[^\n]*:[ \t]*$/
/** Not when it is imported, as servers do. */
const NEVER_IMPORTED = /\b(?:__name__|TYPE_CHECKING)\b/
const DEEPEST = 3

/**
 * The text with what stands in a module's own blocks moved to the margin: `try:` and `if` have no names of their own.
 * @param text as `code` gives it
 * @see https://docs.python.org/3/reference/executionmodel.html#naming-and-binding
 */
export function atMargin(text: string): string {
  let found = text
  for (let depth = 0; depth < DEEPEST; depth++) {
    const next = outdented(found)
    if (next === found) break
    found = next
  }
  return found
}

/** The outermost blocks of a module, moved to the margin. */
function outdented(text: string): string {
  let indent: string | undefined
  let inside = false
  const lines = text.split('\n').map((line) => {
    if (/^[ \t]*$/.test(line)) return line
    if (!/^[ \t]/.test(line)) {
      // The bracket of a header of several lines ends at the margin too.
      inside = BLOCK.test(line) && !NEVER_IMPORTED.test(line)
      indent = undefined
      return line
    }
    if (!inside) return line
    indent ??= /^[ \t]*/.exec(line)?.[0] ?? ''
    return line.startsWith(indent) ? line.slice(indent.length) : line
  })
  return lines.join('\n')
}
