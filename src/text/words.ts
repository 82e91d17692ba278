// Texts for people to read, shortened and joined.

/** At most so many characters, the end cut. */
export function shorten(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, Math.max(0, most - 1))}…`
}

/** Begin and end stay: what Docker says of a registry ends with the decisive words (`…: connect: connection refused`). */
export function shortenInside(text: string, most: number): string {
  const end = Math.floor(most / 3)
  return text.length <= most ? text : `${text.slice(0, most - end - 1)}…${text.slice(-end)}`
}

export function onOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

/** The last line that somebody said, which is mostly the cause. */
export function lastLine(text: string): string {
  return text.trim().split('\n').at(-1)?.trim() ?? ''
}

/** Up to a few of them, and how many there are more. */
export function listed(items: readonly string[], most = 3, separator = ', '): string {
  const shown = items.slice(0, most).join(separator)
  return items.length > most ? `${shown} and ${items.length - most} more` : shown
}
