import { satisfies, valid, validRange } from '@renovatebot/pep440'
import { UserError } from '../../errors.ts'
import { normalizeName } from '../names.ts'

/**
 * The values that markers are judged by: python_version, python_full_version, os_name, sys_platform,
 * platform_machine, platform_system, platform_release, platform_version, implementation_name,
 * implementation_version, platform_python_implementation. One that is missing counts as ''.
 * @see PEP 508, "Environment Markers"
 */
export type MarkerEnvironment = Readonly<Record<string, string>>

/** Extras and dependency groups that are wanted; names as typed or normalised. */
export interface Chosen {
  readonly extras: readonly string[]
  readonly groups: readonly string[]
}

/** A side of a comparison: a text in quotes, or a variable. */
type Side = { readonly text: string } | { readonly variable: string }

type Marker =
  | { readonly all: readonly Marker[] }
  | { readonly any: readonly Marker[] }
  | { readonly left: Side; readonly operator: string; readonly right: Side }

/** The strings of PEP 508, with the dotted names that it keeps for old metadata. */
const VARIABLES = new Map(
  [
    'python_version',
    'python_full_version',
    'os_name',
    'sys_platform',
    'platform_machine',
    'platform_system',
    'platform_release',
    'platform_version',
    'platform_python_implementation',
    'implementation_name',
    'implementation_version',
    'extra',
    'extras',
    'dependency_groups',
  ].map((name) => [name, name] as const),
)
  .set('os.name', 'os_name')
  .set('sys.platform', 'sys_platform')
  .set('platform.version', 'platform_version')
  .set('platform.machine', 'platform_machine')
  .set('platform.python_implementation', 'platform_python_implementation')
  .set('python_implementation', 'platform_python_implementation')

/**
 * Whether a marker is true. `extra == 'x'` is true where x is among the chosen extras, `extra != 'x'` where
 * it is not: the wanted extras are a set, as uv and Poetry read them in their locks.
 * @param marker e.g. `python_version < '3.12' and sys_platform == 'linux'`; an empty one holds
 * @throws UserError where the text is no marker or compares what has no order
 * @see PEP 508; PEP 751 for `'x' in extras` and `'x' in dependency_groups`
 */
export function holds(marker: string, environment: MarkerEnvironment, chosen: Chosen): boolean {
  return marker.trim() === '' || judge(parse(marker), { marker, environment, chosen })
}

/** @throws UserError where the text is no marker */
export function checkMarker(marker: string): void {
  if (marker.trim() !== '') parse(marker)
}

/**
 * A marker with its comparisons of extras decided, and the others left as they are.
 * @returns '' where it then always holds, undefined where it never does
 * @throws UserError where the text is no marker
 */
export function withExtras(marker: string, extras: readonly string[]): string | undefined {
  if (marker.trim() === '') return ''
  const rest = decided(parse(marker), { marker, environment: {}, chosen: { extras, groups: [] } })
  if (rest === false) return undefined
  return rest === true ? '' : written(rest)
}

function decided(marker: Marker, given: Case): Marker | boolean {
  if ('all' in marker) {
    const parts = marker.all.map((part) => decided(part, given)).filter((part) => part !== true)
    if (parts.includes(false)) return false
    const all = parts.filter((part) => typeof part !== 'boolean')
    return all.length > 1 ? { all } : (all[0] ?? true)
  }
  if ('any' in marker) {
    const parts = marker.any.map((part) => decided(part, given)).filter((part) => part !== false)
    if (parts.includes(true)) return true
    const any = parts.filter((part) => typeof part !== 'boolean')
    return any.length > 1 ? { any } : (any[0] ?? false)
  }
  return [marker.left, marker.right].some((side) => 'variable' in side && side.variable === 'extra') ? judge(marker, given) : marker
}

function written(marker: Marker): string {
  if ('all' in marker) return marker.all.map((part) => ('any' in part ? `(${written(part)})` : written(part))).join(' and ')
  if ('any' in marker) return marker.any.map(written).join(' or ')
  return `${sideOf(marker.left)} ${marker.operator} ${sideOf(marker.right)}`
}

function sideOf(side: Side): string {
  if ('variable' in side) return side.variable
  return side.text.includes("'") ? `"${side.text}"` : `'${side.text}'`
}

interface Case {
  readonly marker: string
  readonly environment: MarkerEnvironment
  readonly chosen: Chosen
}

function judge(marker: Marker, given: Case): boolean {
  if ('all' in marker) return marker.all.every((part) => judge(part, given))
  if ('any' in marker) return marker.any.some((part) => judge(part, given))
  const { left, operator, right } = marker
  const set = setOf(left, given) ?? setOf(right, given)
  if (!set) return compare({ left: textOf(left, given), operator, right: textOf(right, given) }, given.marker)
  const other = setOf(left, given) ? right : left
  if (!('text' in other)) throw malformed(given.marker, 'it compares two variables')
  // `extra == 'x'` (PEP 508), `'x' in extras` (PEP 751); `extra in 'x y'` is met in old metadata.
  const several = other === right && operator.endsWith('in')
  const found = (several ? other.text.split(/[\s,|]+/) : [other.text]).some((name) => set.includes(normalizeName(name)))
  if (operator === '==' || operator === '===' || operator === 'in') return found
  if (operator === '!=' || operator === 'not in') return !found
  throw malformed(given.marker, `extras have no order, so "${operator}" says nothing`)
}

/** What is wanted, for the three variables that are sets. */
function setOf(side: Side, { chosen }: Case): readonly string[] | undefined {
  if ('text' in side) return undefined
  if (side.variable === 'extra' || side.variable === 'extras') return chosen.extras.map(normalizeName)
  return side.variable === 'dependency_groups' ? chosen.groups.map(normalizeName) : undefined
}

function textOf(side: Side, { environment }: Case): string {
  return 'text' in side ? side.text : (environment[side.variable] ?? '')
}

/** By PEP 440 where both sides are versions, else as texts. */
function compare({ left, operator, right }: Readonly<Record<'left' | 'operator' | 'right', string>>, marker: string): boolean {
  if (operator === 'in') return right.includes(left)
  if (operator === 'not in') return !right.includes(left)
  if (operator === '===') return left.toLowerCase() === right.toLowerCase()
  const range = `${operator}${right.trim()}`
  if (valid(left) && validRange(range)) return satisfies(left, range, { prereleases: true })
  switch (operator) {
    case '==':
      return left === right
    case '!=':
      return left !== right
    case '<':
      return left < right
    case '<=':
      return left <= right
    case '>':
      return left > right
    case '>=':
      return left >= right
    default:
      throw malformed(marker, `"${operator}" compares versions, and "${left}" or "${right}" is none`)
  }
}

const TOKEN = /\s*(?:(\(|\))|(===|~=|==|!=|<=|>=|<|>)|(not\s+in\b|in\b|and\b|or\b)|'([^']*)'|"([^"]*)"|([A-Za-z_][\w.]*))/y

interface Token {
  readonly kind: 'bracket' | 'operator' | 'word' | 'text' | 'variable'
  readonly text: string
}

function tokens(marker: string): readonly Token[] {
  const found: Token[] = []
  TOKEN.lastIndex = 0
  const end = marker.trimEnd().length
  while (TOKEN.lastIndex < end) {
    const at = TOKEN.lastIndex
    const match = TOKEN.exec(marker)
    if (!match) throw malformed(marker, `it stops making sense at "${marker.slice(at).trim()}"`)
    const [, bracket, operator, word, single, double, variable] = match
    if (bracket !== undefined) found.push({ kind: 'bracket', text: bracket })
    else if (operator !== undefined) found.push({ kind: 'operator', text: operator })
    else if (word !== undefined) found.push({ kind: 'word', text: word.replace(/\s+/, ' ') })
    else if (variable !== undefined) found.push({ kind: 'variable', text: variable })
    else found.push({ kind: 'text', text: single ?? double ?? '' })
  }
  return found
}

const DEEPEST = 100

/** `and` binds closer than `or`. */
function parse(marker: string): Marker {
  const list = tokens(marker)
  let at = 0
  let depth = 0
  const next = (text: string) => list[at]?.text === text && list[at]?.kind !== 'text'
  const either = (): Marker => {
    const any = [both()]
    for (; next('or'); any.push(both())) at++
    return any.length === 1 && any[0] ? any[0] : { any }
  }
  const both = (): Marker => {
    const all = [one()]
    for (; next('and'); all.push(one())) at++
    return all.length === 1 && all[0] ? all[0] : { all }
  }
  const one = (): Marker => {
    if (next('(')) {
      if (++depth > DEEPEST) throw malformed(marker, 'its brackets are nested too deep')
      at++
      const inner = either()
      depth--
      if (!next(')')) throw malformed(marker, 'a bracket is not closed')
      at++
      return inner
    }
    const left = side()
    const operator = list[at++]
    const isOperator = operator?.kind === 'operator' || (operator?.kind === 'word' && operator.text.endsWith('in'))
    if (!operator || !isOperator) throw malformed(marker, `a comparison is expected before "${operator?.text ?? 'its end'}"`)
    return { left, operator: operator.text, right: side() }
  }
  const side = (): Side => {
    const token = list[at++]
    if (token?.kind === 'text') return { text: token.text }
    const variable = token?.kind === 'variable' ? VARIABLES.get(token.text) : undefined
    if (!variable) throw malformed(marker, `"${token?.text ?? 'its end'}" is no variable of PEP 508`)
    return { variable }
  }
  const whole = either()
  if (at < list.length) throw malformed(marker, `"${list[at]?.text}" is one too many`)
  return whole
}

function malformed(marker: string, why: string): UserError {
  return new UserError('project', `the marker "${marker.trim()}" cannot be read: ${why}`, 'Fix the requirement, or make the lock again.')
}
