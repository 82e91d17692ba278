import { UserError } from '../errors.ts'

/** Exit codes of the tool; a command in a container ends with its own. */
export const EXIT = { done: 0, failed: 1, usage: 2, interrupted: 130 } as const

/** A command line that cannot be followed: the tool ends with code 2. */
export function usageError(cause: string, next: string): UserError {
  return new UserError('arguments', cause, next, { kind: 'usage' })
}

/** The code that the tool ends with for an error: 2 for what was typed or set wrongly, 1 for all else. */
export function exitCodeOf(error: unknown): number {
  return error instanceof UserError && (error.kind === 'usage' || error.kind === 'setting') ? EXIT.usage : EXIT.failed
}
