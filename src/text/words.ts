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

/** A number of things: `1 wheel`, `2 wheels`. */
export function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`
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

/** What docker, BuildKit, containerd and runc set before the cause, each in front of the one below it. */
const LAYERS = new RegExp(
  `^(?:${[
    'error(?: response from daemon)?: ',
    'failed to (?:build|solve|solve with frontend dockerfile\\.v0|create LLB definition|load LLB|compute cache key|load cache key): ',
    'failed to calculate checksum of ref \\S+: ',
    'failed to resolve reference "[^"]*": ',
    'failed to do request: ',
    'failed to set up container networking: ',
    'failed to create (?:shim task|task for container): ',
    'OCI runtime create failed: (?:runc create failed: )?',
    'unable to start container process: (?:error during container init: )?',
    'rpc error: code = \\w+ desc = ',
  ].join('|')})+`,
  'i',
)

/** The cause in a line of docker's: what is said of it stays, where it came through goes. */
export function causeIn(line: string): string {
  return line.replace(LAYERS, '')
}
