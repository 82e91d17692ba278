import { type FaultKind, UserError } from '../errors.ts'

/** Exit codes of the tool; a command in a container ends with its own, and who writes for nobody as by SIGPIPE. */
export const EXIT = { done: 0, failed: 1, usage: 2, passing: 75, interrupted: 130, brokenPipe: 141 } as const

/** A command line that cannot be followed: the tool ends with code 2. */
export function usageError(cause: string, next: string): UserError {
  return new UserError('arguments', cause, { next, kind: 'usage' })
}

/** By the kind of a fault; 75 is EX_TEMPFAIL. @see https://man.openbsd.org/sysexits.3 */
const CODES: Readonly<Record<FaultKind, number>> = {
  usage: EXIT.usage,
  setting: EXIT.usage,
  passing: EXIT.passing,
  unresolvable: EXIT.failed,
  'not-built': EXIT.failed,
  failed: EXIT.failed,
}

/** The code that the tool ends with for an error. */
export function exitCodeOf(error: unknown): number {
  return error instanceof UserError ? CODES[error.kind] : EXIT.failed
}

/** A handler for errors of stdout and stderr. @param ended is called where nobody reads them any more */
export function brokenPipe(ended: () => void): (error: NodeJS.ErrnoException) => void {
  return (error) => {
    if (error.code !== 'EPIPE') throw error
    ended()
  }
}
