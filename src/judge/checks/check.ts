import { together, UserError } from '../../errors.ts'
import { onOneLine, shorten } from '../../text/words.ts'
import { type CauseKind, causeOf } from '../causes/failure-causes.ts'

/** What is checked on a built image, in the order of the list. */
export const CHECK_NAMES = [
  'platform',
  'user',
  'secrets',
  'wheels',
  'compilers',
  'libraries',
  'imports',
  'scripts',
  'apps',
  'start',
  'stop',
  'content',
  'migrations',
  'deploy',
  'metadata',
] as const
export type CheckName = (typeof CHECK_NAMES)[number]

/** How a database that is a file of each container is kept. */
export interface Keeping {
  /** Of `pypackager run`, and of what makes the database. */
  readonly options: string
  /** The volume that keeps the code beside it too, where nothing moves the database away from that. */
  readonly volume?: string | undefined
}

/** How data that an application wrote into its container outlives that. */
export interface KeptData {
  /** What it wrote, in words. */
  readonly is: string
  /** Of `pypackager run`; '' where nothing but its configuration can move the data. */
  readonly options: string
  /** Folders to be named in the input `writable` first. */
  readonly writable: readonly string[]
  /** Data beside code, which a volume there would keep too. */
  readonly beside: readonly string[]
}

/** A line of the list. */
export interface Check {
  readonly name: CheckName
  /** What a failure is where `checks` is `error`; a good application may fail a warning. */
  readonly level: 'error' | 'warning'
  readonly state: 'passed' | 'failed' | 'undone'
  /** What was found, or why it could not be looked at. */
  readonly text: string
  /** What to do next; '' where there is nothing to do. */
  readonly next: string
  /** Of the start: the port that it listens on, where it does. */
  readonly port?: number | undefined
  /** Of the start: a page to look at, where there is none at `/`. */
  readonly page?: string | undefined
  /** Of the start: variables that it takes, and that the checks had to give it. */
  readonly needs?: readonly string[] | undefined
  /** Of the start: its program, where that ends for want of arguments. */
  readonly asks?: string | undefined
  /** Of the start: it did what it does and ended well. */
  readonly ended?: boolean | undefined
  /** Of the start: settings that it stops without. */
  readonly lacks?: readonly string[] | undefined
  /** Of the start: variables with the value that it was given to answer, such as `ALLOWED_HOSTS=localhost`. */
  readonly sets?: readonly string[] | undefined
  /** Of the start: the host that it answers as, where it is for some alone. */
  readonly host?: string | undefined
  /** Of the start: it answers 400 to whoever asks as localhost. */
  readonly refuses?: boolean | undefined
  /** Of the start: it sends whoever comes without a proxy to https. */
  readonly secure?: boolean | undefined
  /** Of the start: the folder of its database, where the image's user may not write that. */
  readonly shut?: string | undefined
  /** Of the start: how its database outlives the container. */
  readonly keeps?: Keeping | undefined
  /** Of the start: what it wrote into its container, and how that outlives it. */
  readonly data?: KeptData | undefined
  /** Of imports: the module that cannot be imported. */
  readonly module?: string
  /** Of scripts: names of those that it is about. */
  readonly scripts?: readonly string[] | undefined
  /** Of the content: what the image lacks. */
  readonly files?: readonly string[]
  /** The application's own words on it, as they come. */
  readonly said?: string
  /** Why, as those tell it. */
  readonly cause?: CauseKind | 'silent' | undefined
}

/** `strict`: a warning is an error too. */
export type ChecksMode = 'error' | 'strict' | 'warn' | 'off'

/** A check in the making: everything but its state. */
interface Kind {
  readonly name: CheckName
  readonly level: Check['level']
}

const WARNINGS: ReadonlySet<CheckName> = new Set(['start', 'stop', 'content', 'migrations', 'deploy', 'metadata'])

function kind(name: CheckName): Kind {
  return { name, level: WARNINGS.has(name) ? 'warning' : 'error' }
}

export function passed(name: CheckName, text: string): Check {
  return { ...kind(name), state: 'passed', text, next: '' }
}

/** What to do next, with what else is known of a failure. */
type Failure = Pick<Check, 'next'> & Pick<Partial<Check>, 'level' | 'module' | 'scripts' | 'files' | 'said' | 'cause'>

export function failed(name: CheckName, text: string, next: string | Failure): Check {
  const told = typeof next === 'string' ? { next } : next
  return { ...kind(name), cause: causeOf(told.said ?? '')?.kind, ...told, state: 'failed', text: shorten(onOneLine(text), LONGEST) }
}

/** Why something could not be looked at. */
interface Obstacle {
  readonly why: string
  readonly next?: string
  /** The application's own words in `why`; all of it where they are left out. */
  readonly said?: string | undefined
}

/** It could not be looked at: that never counts as passed. */
export function undone(name: CheckName, what: string, obstacle: string | Obstacle): Check {
  const { why, next = '', said = why }: Obstacle = typeof obstacle === 'string' ? { why: obstacle } : obstacle
  const text = `${what}: not checked: ${shorten(onOneLine(why), LONGEST)}`
  return { ...kind(name), state: 'undone', text, next, said, cause: causeOf(said)?.kind }
}

/** The list in its order. */
export function inOrder(checks: readonly Check[]): readonly Check[] {
  return [...checks].sort((a, b) => CHECK_NAMES.indexOf(a.name) - CHECK_NAMES.indexOf(b.name))
}

/** `✓ runs as uid 10001`: ✓ passed, ✗ an error, ! a warning, – not checked. */
export function checkLine(check: Check, mode: ChecksMode): string {
  return `${mark(check, mode)} ${check.text}`
}

function mark({ state, level }: Check, mode: ChecksMode): string {
  if (state === 'passed') return '✓'
  if (state === 'undone') return '–'
  return stops(level, mode) ? '✗' : '!'
}

/** Those that stop an image: none where `checks` is `warn`. */
export function fatal(checks: readonly Check[], mode: ChecksMode): readonly Check[] {
  return checks.filter(({ state, level }) => state === 'failed' && stops(level, mode))
}

function stops(level: Check['level'], mode: ChecksMode): boolean {
  return mode === 'strict' || (mode === 'error' && level === 'error')
}

/** The error of an image that may not leave this machine: each check that it failed, and what to mend. One fault is told once. */
export function checksError(checks: readonly Check[]): UserError | undefined {
  const apart = checks.filter((check, i) => !checks.slice(0, i).some((before) => isOneFault(before, check)))
  return together(apart.map(({ text, next }) => new UserError('checks', text, next || 'The list above has more.')))
}

/** Whether two checks met the same words of the application: an import that fails lets scripts and the start fail too. */
function isOneFault(one: Check, other: Check): boolean {
  return Boolean(one.said) && one.said === other.said
}

const ANNOTATIONS = 8

/**
 * Texts for annotations: warnings, and of errors those that do not stop the image; no fault that stops it, and one that fails
 * several checks once.
 * @returns at most 8
 */
export function checkWarnings(checks: readonly Check[], mode: ChecksMode): readonly string[] {
  const stopping = new Set(fatal(checks, mode))
  const failures = checks.filter(
    (check) => check.state === 'failed' && ![...stopping].some((one) => one === check || isOneFault(one, check)),
  )
  const found = failures.filter((check, at) => !failures.slice(0, at).some((before) => isOneFault(before, check)))
  const texts = found.map((check) => sentence(check))
  if (texts.length <= ANNOTATIONS) return texts
  return [...texts.slice(0, ANNOTATIONS - 1), `${texts.length - ANNOTATIONS + 1} more of the checks failed; the list in the log has them.`]
}

/** What was not checked although it should have been. @returns '' where nothing */
export function undoneNotice(checks: readonly Check[]): string {
  return checks
    .filter(({ state, next }) => state === 'undone' && next !== '')
    .map((check) => sentence(check))
    .slice(0, 3)
    .join(' ')
}

/** How many passed, in one line. */
export function checksTally(checks: readonly Check[], mode: ChecksMode): string {
  const count = (state: Check['state']) => checks.filter((check) => check.state === state).length
  const errors = fatal(checks, mode).length
  const warnings = count('failed') - errors
  const parts = [
    `${count('passed')} passed`,
    ...(errors > 0 ? [`${errors} failed`] : []),
    ...(warnings > 0 ? [`${warnings} warnings`.replace(/^1 warnings/, '1 warning')] : []),
    ...(count('undone') > 0 ? [`${count('undone')} not done`] : []),
  ]
  return parts.join(', ')
}

/** The name of a module, with which it begins, stays as it is. */
function sentence({ text, next, module }: Check): string {
  const head = module === undefined ? `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}` : text
  return `${head.replace(/\.$/, '')}.${next ? ` ${next}` : ''}`
}

const LONGEST = 400
