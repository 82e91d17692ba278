import { listed } from '../../text/words.ts'
import type { Check } from './check.ts'
import { isFault, type Started } from './start-checks.ts'

/** Variables of keys that the checks gave a value, as neither the image nor the user does. */
export interface LentKeys {
  readonly names: readonly string[]
  /** Those of them that the application's code is seen to read. */
  readonly read: readonly string[]
  /** And without a default. */
  readonly required: readonly string[]
}

/** Whether a start came further with the lent keys than without: to its port, to an answer, or past the want of one of them. */
export function cameFurther(bare: Started | undefined, started: Started | undefined, { names }: LentKeys): boolean {
  if (!mayLackKey(started) || bare?.kind !== started?.kind) return true
  if (bare?.kind !== 'ended' || started?.kind !== 'ended') return false
  const wants = ({ lastLine }: { readonly lastLine: string }) => names.some((name) => wordsOf(lastLine).has(name))
  return wants(bare) && !wants(started)
}

/** Whether a start went in a way that a missing key may be the reason of. */
export function mayLackKey(started: Started | undefined): boolean {
  if (started?.kind === 'ended') return started.code !== 0 && started.usage !== true
  if (started?.kind !== 'listening' || started.socket !== undefined) return false
  return started.status === null || isFault(started.status) || isFault(started.to?.status)
}

/**
 * Says of what passed with keys of the checks that it takes them: whoever runs the image has to give them.
 * @param without how the start went without them, where it came further with them
 * @returns the checks; that of the start has the names of what it needs
 */
export function withLentKeys(checks: readonly Check[], keys: LentKeys, without?: Started): readonly Check[] {
  const start = checks.find(({ name }) => name === 'start')
  if (!without) {
    // Nothing was started: what was imported is all that is known.
    const unseen = start?.state === 'undone' && keys.required.length > 0
    return unseen
      ? checks.map((check) => (isImport(check) ? { ...check, text: `${check.text}, given ${listed(keys.required)}` } : check))
      : checks
  }
  const line = 'lastLine' in without ? without.lastLine : ''
  const needs = neededKeys(keys, line)
  const why = line || howItWent(without)
  const given = start?.state === 'failed' ? '' : `, given ${listed(needs)} (without: ${why})`
  return checks.map((check) => (check === start ? { ...check, text: `${check.text}${given}`, needs } : check))
}

/** In capitals: pydantic names its field, which is the variable in small letters. */
function wordsOf(line: string): ReadonlySet<string> {
  return new Set(line.toUpperCase().match(/\w+/g))
}

function howItWent(started: Started): string {
  if (started.kind === 'ended') return `it ends with code ${started.code}`
  return started.kind === 'listening' && started.status === null ? 'it did not answer' : 'it answers with an error'
}

function isImport({ name, state }: Check): boolean {
  return state === 'passed' && (name === 'imports' || name === 'apps')
}

/** The application's last words name the variable, or its code does; else it may be any. */
function neededKeys({ names, read }: LentKeys, line: string): readonly string[] {
  const words = wordsOf(line)
  const sets = [read.filter((name) => words.has(name)), read, names.filter((name) => words.has(name))]
  return sets.find((set) => set.length > 0) ?? names
}
