import { randomBytes } from 'node:crypto'

/** What tells lines of our scripts apart from lines of all that runs beside them. */
export function runWord(): string {
  return randomBytes(16).toString('hex')
}

/** Nothing that is installed takes part: no `site`, no variables of Python. */
export const ISOLATED = ['-I', '-S', '-B']

/** How much longer all may take on a busy machine, as our scripts measure it. */
export const BUSIEST = 4
