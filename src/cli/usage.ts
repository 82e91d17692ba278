import { UserError } from '../errors.ts'

/** Exit codes of the tool; a command in a container ends with its own, and who writes for nobody as by SIGPIPE. */
export const EXIT = { done: 0, failed: 1, usage: 2, interrupted: 130, brokenPipe: 141 } as const

/** A command line that cannot be followed: the tool ends with code 2. */
export function usageError(cause: string, next: string): UserError {
  return new UserError('arguments', cause, next, { kind: 'usage' })
}

/** The code that the tool ends with for an error: 2 for what was typed or set wrongly, 1 for all else. */
export function exitCodeOf(error: unknown): number {
  return error instanceof UserError && (error.kind === 'usage' || error.kind === 'setting') ? EXIT.usage : EXIT.failed
}

/** A handler for errors of stdout and stderr. @param ended is called where nobody reads them any more */
export function brokenPipe(ended: () => void): (error: NodeJS.ErrnoException) => void {
  return (error) => {
    if (error.code !== 'EPIPE') throw error
    ended()
  }
}
