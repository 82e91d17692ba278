/** A place in a user's file, shown as an annotation. `file` is relative to the workspace; lines and columns count from 1. */
export interface Place {
  readonly file: string
  readonly line?: number
  readonly column?: number
}

/**
 * An error that a user can mend. It becomes one `::error::` line of at most 300 characters:
 * the step, the cause, and what to do next.
 */
export class UserError extends Error {
  override readonly name = 'UserError'
  readonly step: string
  readonly next: string
  readonly place: Place | undefined
  /** What the log shows before the error line, e.g. the compiler's last lines. */
  readonly details: readonly string[]
  /** Markdown for the job summary, '' for none. */
  readonly report: string

  constructor(step: string, cause: string, next: string, more: { place?: Place; details?: readonly string[]; report?: string } = {}) {
    super(cause)
    this.step = step
    this.next = next
    this.place = more.place
    this.details = more.details ?? []
    this.report = more.report ?? ''
  }
}

const LONGEST = 300

/**
 * One line for `::error::`, at most 300 characters; the cause is shortened before the next step is.
 * Anything that is not a UserError is a fault of ours and says so.
 */
export function errorLine(error: unknown): string {
  if (!(error instanceof UserError)) {
    const text = error instanceof Error ? error.message : String(error)
    return shorten(`pypackager failed unexpectedly: ${oneLine(text)}. Please report it with the log.`, LONGEST)
  }
  const next = shorten(oneLine(error.next), 160)
  const head = `${error.step}: `
  const cause = shortenInside(oneLine(error.message).replace(/\.$/, ''), LONGEST - head.length - next.length - 2)
  return `${head}${cause}. ${next}`
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

function shorten(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`
}

/** Begin and end stay: what Docker says of a registry ends with the decisive words (`…: connect: connection refused`). */
function shortenInside(text: string, length: number): string {
  const end = Math.floor(length / 3)
  return text.length <= length ? text : `${text.slice(0, length - end - 1)}…${text.slice(-end)}`
}
