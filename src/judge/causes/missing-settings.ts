import { listed } from '../../text/words.ts'
import type { Check } from '../checks/check-list.ts'

/** Names in one advice. */
const MOST = 12

/**
 * Where a check came to its end for want of one setting, the others that will be wanted next: an application stops at the first.
 * @param read variables that its settings read without a default, and that nobody gave
 * @returns the checks; the first of that kind has the names in its advice
 */
export function withMissingSettings(checks: readonly Check[], read: readonly string[]): readonly Check[] {
  const at = checks.findIndex(({ cause }) => cause === 'setting')
  const check = checks[at]
  const others = read.filter((name) => !new RegExp(`\\b${name}\\b`).test(check?.text ?? ''))
  if (!check || others.length === 0) return checks
  const next = `${check.next} Its settings also read, without a default: ${listed(others, MOST)}.`
  return checks.with(at, { ...check, next })
}
