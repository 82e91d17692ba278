import { onOneLine, shorten, shortenInside } from './text/words.ts'

/** Characters of a line of what failed: compilers' calls are long, and the cause stands at either end. */
const WIDEST = 300

/** A place in a user's file, shown as an annotation. `file` is relative to the workspace; lines and columns count from 1. */
export interface FilePlace {
  readonly file: string
  readonly line?: number
  readonly column?: number
}

/**
 * What a fault is to whoever has to act on it; control flow and exit codes go by it, never by the words.
 * - `usage`: a command line that cannot be followed
 * - `setting`: a wrong value of an input
 * - `passing`: the network, a registry or a daemon; another try may do
 * - `unresolvable`: requirements that no set of versions meets
 * - `not-built`: a source that makes no wheel
 * - `failed`: all else
 */
export type FaultKind = 'usage' | 'setting' | 'passing' | 'unresolvable' | 'not-built' | 'failed'

/** What to do next, with what else is known of a fault. */
interface Fault {
  readonly next: string
  /** `setting` for the step `inputs`, else `failed`, where it is left out. */
  readonly kind?: FaultKind | undefined
  /** The input whose value is wrong. */
  readonly input?: string | undefined
  readonly place?: FilePlace | undefined
  readonly details?: readonly string[] | undefined
  readonly report?: string | undefined
  readonly others?: readonly UserError[] | undefined
  readonly reason?: string | undefined
}

/**
 * An error that a user can fix. It becomes one `::error::` line of at most 300 characters:
 * the step, the cause, and what to do next.
 */
export class UserError extends Error {
  override readonly name = 'UserError'
  readonly step: string
  readonly next: string
  readonly kind: FaultKind
  readonly input: string | undefined
  readonly place: FilePlace | undefined
  /** What the log shows before the error line, e.g. the compiler's last lines. */
  readonly details: readonly string[]
  /** Markdown for the job summary, '' for none. */
  readonly report: string
  /** Why, without the sentence around it, for whoever tells it otherwise; '' where there is no such part. */
  readonly reason: string
  /** Told beside it, each in a line of its own. */
  readonly others: readonly UserError[]

  constructor(step: string, cause: string, next: string | Fault) {
    super(cause)
    const more: Fault = typeof next === 'string' ? { next } : next
    this.step = step
    this.next = more.next
    this.kind = more.kind ?? (step === 'inputs' ? 'setting' : 'failed')
    this.input = more.input
    this.place = more.place
    this.details = more.details ?? []
    this.report = more.report ?? ''
    this.others = more.others ?? []
    this.reason = more.reason ?? ''
  }

  /** The same fault, told otherwise. */
  with({
    step = this.step,
    cause = this.message,
    next = this.next,
    ...more
  }: Partial<Fault> & { step?: string; cause?: string }): UserError {
    return new UserError(step, cause, { ...this, ...more, next })
  }
}

/** What is told of an error, a line each: all wrong settings at once. */
export function errorLines(error: unknown): readonly { readonly line: string; readonly place: FilePlace | undefined }[] {
  if (!(error instanceof UserError)) return [{ line: errorLine(error), place: undefined }]
  return [error, ...error.others].map((one) => ({ line: errorLine(one), place: one.place }))
}

/** One error for all of these; undefined for none. */
export function together(faults: readonly UserError[]): UserError | undefined {
  const [first, ...others] = faults.flatMap((fault) => [fault, ...fault.others])
  return first?.with({ others })
}

/** What checks find that look side by side. @throws whatever is no UserError */
export async function faultsOf(checks: readonly Promise<unknown>[]): Promise<readonly UserError[]> {
  const settled = await Promise.allSettled(checks)
  return settled.flatMap((one) => {
    if (one.status === 'fulfilled') return []
    if (one.reason instanceof UserError) return [one.reason]
    throw one.reason
  })
}

/** The work's result where nothing was found before. @throws UserError for all that was found, and for what the work finds */
export function unlessFaults<T>(found: readonly UserError[], work: () => T): T {
  const faults = [...found]
  try {
    const result = work()
    if (faults.length === 0) return result
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    faults.push(error)
  }
  throw together(faults)
}

const LONGEST = 300
/** It is what to type: the cause gives way. */
const LONGEST_NEXT = 200

/**
 * One line for `::error::`, at most 300 characters; the cause is shortened before the next step is.
 * Anything that is not a UserError is a fault of ours and says so.
 */
export function errorLine(error: unknown): string {
  if (!(error instanceof UserError)) {
    const text = error instanceof Error ? error.message : String(error)
    return shorten(`pypackager failed unexpectedly: ${onOneLine(text)}. Please report it with the log.`, LONGEST)
  }
  const next = shorten(onOneLine(error.next), LONGEST_NEXT)
  const head = `${error.step}: `
  const cause = shortenInside(onOneLine(error.message).replace(/\.$/, ''), LONGEST - head.length - next.length - 2)
  return `${head}${cause}. ${next}`
}

/** What the failing program said last, as lines of a log; none of an error that has none. */
export function detailLines(error: unknown): readonly string[] {
  return error instanceof UserError ? error.details.map((line) => `  | ${shortenInside(line, WIDEST)}`) : []
}
