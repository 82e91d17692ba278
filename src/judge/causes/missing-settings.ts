import { listed } from '../../text/words.ts'
import type { Check } from '../checks/check.ts'
import { LOOK } from '../checks/start-ends.ts'
import type { CauseKind } from './failure-causes.ts'

/** Hosts of a site are known where it is tried. */
function exampleOf(name: string): string {
  return `${name}=${/ALLOWED_HOSTS$/.test(name) ? '127.0.0.1' : '…'}`
}

/** Names in one advice. */
const MOST = 12

/** Variables that its settings read without a default, and that nobody gave. */
export interface Unset {
  /** It ends at the first of them. */
  readonly required: readonly string[]
  /** They are None, which may end it later. */
  readonly optional: readonly string[]
}

/**
 * Where a check came to its end for want of one setting, the others that will be wanted next: an application stops at the first.
 * Where it stumbled over a None, what may have been that.
 * @returns the checks; the first of that kind has the names in its advice, and a start that stops for want of one has them all
 */
export function withMissingSettings(all: readonly Check[], { required, optional }: Unset): readonly Check[] {
  const stops = ({ name, state, cause }: Check) => name === 'start' && state === 'failed' && cause === 'setting' && required.length > 0
  const checks = all.map((check) => (stops(check) ? { ...check, lacks: required } : check))
  const named = (kind: CauseKind, names: readonly string[], say: (next: string, names: string) => string) => {
    const at = checks.findIndex(({ cause }) => cause === kind)
    const check = checks[at]
    const told = new Set(check?.said?.match(/\w+/g))
    if (!check || names.every((name) => told.has(name))) return undefined
    return checks.with(at, {
      ...check,
      next: say(check.next, listed(names.map(exampleOf), MOST)),
    })
  }
  return (
    // The names first, as an error has room for little: it would stop at the next of them.
    named('setting', required, (_, names) => `Set the input env, a line each: ${names}: its settings read that without a default.`) ??
    named(
      'none-met',
      [...required, ...optional],
      (_, names) => `Set the input env, a line each: ${names}: its source reads that without a default, and a None came of it.`,
    ) ??
    withUnexplained(checks, [...required, ...optional])
  )
}

/** A start whose words tell no cause: what its source reads and nobody sets may be it. */
function withUnexplained(checks: readonly Check[], names: readonly string[]): readonly Check[] {
  if (names.length === 0) return checks
  const next = `Its source reads ${listed(names, 4)} without a default, and nobody sets that: give the checks what it needs by the input env.`
  return checks.map((check) =>
    check.name === 'start' && check.state === 'failed' && check.next === LOOK ? { ...check, next, lacks: names.slice(0, 4) } : check,
  )
}
