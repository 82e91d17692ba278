import { UserError } from '../../errors.ts'
import { decoded, readPath } from '../locks/pins.ts'
import { type AskedIndex, bareAddress } from '../tools/project-indexes.ts'
import { type PipLine, type PipOption, partLine } from './pip-options.ts'

/** A requirement of a requirements file, with its options taken off. */
export interface RequirementsLine {
  readonly file: string
  /** Where it begins; lines count from 1. */
  readonly line: number
  readonly text: string
  readonly editable: boolean
  readonly hashes: readonly string[]
  /** From a file named with `-c`: it pins, and is not installed for itself. */
  readonly constraint: boolean
}

/** Options that are left aside, with what to use instead. */
const IGNORED: Readonly<Record<string, string>> = {
  '--trusted-host': '; the inputs index-url and extra-index-urls say where packages come from',
  '--prefer-binary': '; a pin or --only-binary says the same of one package',
  '--use-feature': '',
  '--no-require-hashes': '; hashes that stand there are checked',
  '--all-releases': '; --pre is, for all packages',
  '--only-final': '',
}

/** Options that name where packages are, and the input for it. */
const INDEXES: Readonly<Record<string, AskedIndex['input']>> = {
  '--index-url': 'index-url',
  '--extra-index-url': 'extra-index-urls',
  '--find-links': 'extra-index-urls',
}

/** Options of a single requirement that change how it is built. */
const BUILDING = ['--global-option', '--config-settings']

/** `--no-binary` or `--only-binary` with its value, in their order. */
export type FormatOption = PipOption

/** A folder of wheels and sdists that `--find-links` names. */
export interface RequiredLinks {
  /** Where, e.g. `requirements.txt:3: --find-links`. */
  readonly at: string
  readonly place: string
  /** The folder of the file that names it, relative to the project. */
  readonly beside: string
}

interface Found {
  /** The files that were read, in that order. */
  readonly files: readonly string[]
  readonly lines: readonly RequirementsLine[]
  /** A line has a hash, or `--require-hashes` stands there: pip then takes no line without one. */
  readonly hashed: boolean
  readonly notices: readonly string[]
  readonly indexes: readonly AskedIndex[]
  readonly links: readonly RequiredLinks[]
  readonly formats: readonly FormatOption[]
  /** Versions before a release are taken too. */
  readonly prereleases: boolean
  /** Where `--no-index` stands. */
  readonly withoutIndex: readonly string[]
}

export interface Reading {
  /** Texts by path. */
  readonly texts: ReadonlyMap<string, string>
  /** Options that change what is installed are errors: the files are a lock. Otherwise they are notices. */
  readonly strict: boolean
}

/**
 * The requirements of a file and of what it includes, in order.
 * @throws UserError for files that are not among the texts, for lines that pip refuses, and where it is strict for options
 * that change what is installed
 * @see https://pip.pypa.io/en/stable/reference/requirements-file-format/
 */
export function readLines(file: string, reading: Reading): Found {
  return readFile(file, { ...reading, constraint: false, above: [], seen: new Set() })
}

/** Reading with the way to a file. */
interface Walk extends Reading {
  /** The way leads over a `-c`. */
  readonly constraint: boolean
  /** The files that include it, outermost first. */
  readonly above: readonly string[]
  /** What was read before, on whatever way. */
  readonly seen: Set<string>
}

function readFile(file: string, walk: Walk): Found {
  const { constraint, above, seen } = walk
  const text = walk.texts.get(file)
  if (text === undefined) {
    throw new UserError(
      'lock',
      above.length > 0 ? `${above.at(-1)} includes ${file}, which is not there` : `there is no ${file}`,
      above.length > 0 ? 'Add the file, or take the line out.' : 'Check the input requirements.',
    )
  }
  if (above.includes(file))
    throw new UserError('lock', `${above.at(-1)} includes ${file}, which includes it in turn`, 'Take one of these lines out.')
  if (above.length > DEEPEST)
    throw new UserError('lock', `${above[0]} includes others more than ${DEEPEST} deep`, 'Put them into fewer files.')
  // A file that several include counts once: its lines would only be said again.
  if (seen.has(`${constraint} ${file}`)) return NOTHING
  seen.add(`${constraint} ${file}`)
  const parts = logicalLines(text).map(({ line, text: one }): Found => {
    const at = { file, line }
    const parted = partLine(one)
    if ('refused' in parted) throw refuse(at, parted.refused, 'Fix that line, as pip does not take it either.')
    if (/\$\{[A-Z0-9_]+\}/.test(one) && !parted.options.some(({ name }) => name in INDEXES)) throw unfilled(at, one)
    if (/\uFFFD/.test(one)) throw refuse(at, 'it is not UTF-8', 'Save the file as UTF-8, or say its encoding in its first line.')
    if (parted.requirement !== '') return requirement(walk, at, parted)
    const included =
      parted.options.find(({ name }) => name === '--requirement') ?? parted.options.find(({ name }) => name === '--constraint')
    if (included) return include(walk, at, included)
    if (parted.options.some(({ name }) => name === '--editable')) return requirement(walk, at, parted)
    return together(parted.options.map((option) => settings(at, option)))
  })
  return { ...together(parts), files: [...new Set([file, ...parts.flatMap(({ files }) => files)])] }
}

const DEEPEST = 100

const NOTHING: Found = {
  files: [],
  lines: [],
  hashed: false,
  notices: [],
  indexes: [],
  links: [],
  formats: [],
  prereleases: false,
  withoutIndex: [],
}

function together(parts: readonly Found[]): Found {
  return {
    files: parts.flatMap(({ files }) => files),
    lines: parts.flatMap(({ lines }) => lines),
    hashed: parts.some(({ hashed }) => hashed),
    notices: parts.flatMap(({ notices }) => notices),
    indexes: parts.flatMap(({ indexes }) => indexes),
    links: parts.flatMap(({ links }) => links),
    formats: parts.flatMap(({ formats }) => formats),
    prereleases: parts.some(({ prereleases }) => prereleases),
    withoutIndex: parts.flatMap(({ withoutIndex }) => withoutIndex),
  }
}

interface At {
  readonly file: string
  readonly line: number
}

function refuse(at: At, why: string, next: string): UserError {
  return new UserError('lock', `${at.file}:${at.line}: ${why}`, { next, place: at })
}

/** pip fills variables in from where it runs; what is resolved here is kept, and a login must not be in it. */
function unfilled(at: At, text: string): UserError {
  const variable = /\$\{[A-Z0-9_]+\}/.exec(text)?.[0] ?? ''
  const next = 'Write it out; a login of an index belongs in index-credentials, that of a repository in the settings of git.'
  return refuse(at, `${variable} is not filled in here`, next)
}

/** What stands beside the first `-r` counts for nothing, as with pip; in a constraints file it names requirements. */
function include(walk: Walk, at: At, { name, value }: PipOption): Found {
  if (/^(https?|file):/i.test(value)) {
    const next = 'Put the file into the repository and name its path: what it says is then that of the commit.'
    throw refuse(at, `${name} ${bareAddress(value)} is an address, which is not read`, next)
  }
  return readFile(beside(at.file, value), { ...walk, constraint: name === '--constraint', above: [...walk.above, at.file] })
}

function settings({ file, line }: At, { name, value }: PipOption): Found {
  const at = `${file}:${line}: ${name}`
  if (name === '--find-links' && !/^(?!file:)[a-z][a-z0-9+.-]*:|\$\{|\.html?$/i.test(value)) {
    return { ...NOTHING, links: [{ at, place: decodedPath(value), beside: file.split('/').slice(0, -1).join('/') || '.' }] }
  }
  const input = INDEXES[name]
  if (input) return { ...NOTHING, indexes: [{ at, url: bareAddress(value), address: value, input }] }
  if (name === '--require-hashes') return { ...NOTHING, hashed: true }
  if (name === '--no-binary' || name === '--only-binary') {
    const all = name === '--no-binary' && value.split(',').includes(':all:')
    return {
      ...NOTHING,
      formats: [{ name, value }],
      notices: all ? [`${at} counts for what is installed, not for what building that requires`] : [],
    }
  }
  if (name === '--pre' || (name === '--all-releases' && value === ':all:')) return { ...NOTHING, prereleases: true }
  if (name === '--no-index') return { ...NOTHING, withoutIndex: [at] }
  // The value is left out: it may hold credentials.
  return { ...NOTHING, notices: [`${at} is not followed${IGNORED[name] ?? ', as no requirement stands before it'}`] }
}

function decodedPath(value: string): string {
  return /^file:/i.test(value) ? decoded(readPath(value)) : value
}

/** A line without a requirement of its own has it behind `-e`. */
function requirement({ strict, constraint }: Walk, at: At, { requirement: plain, options, left }: PipLine): Found {
  const editable = plain === ''
  const text = editable ? (options.find(({ name }) => name === '--editable')?.value ?? '') : plain
  const others = options.filter(({ name }) => name !== '--hash' && !(editable && name === '--editable'))
  const notices = others.map(({ name }) => {
    if (strict && BUILDING.includes(name)) {
      throw refuse(at, `the option ${name} is not understood`, 'Take it out of the requirements file.')
    }
    return `${at.file}:${at.line}: ${name} is not followed${BUILDING.includes(name) ? '' : ' after a requirement, as with pip'}`
  })
  if (editable && left[0]?.startsWith(';')) notices.push(`${at.file}:${at.line}: the marker after -e is not followed, as with pip`)
  // pip checks none of an editable one.
  const hashes = editable ? [] : options.filter(({ name }) => name === '--hash').map(({ value }) => value)
  const line = { ...at, text: text.trim(), editable, hashes, constraint }
  return { ...NOTHING, files: [at.file], lines: [line], hashed: hashes.length > 0, notices }
}

/** The files that a requirements file includes (`-r`, `-c`), relative to the project folder. */
export function includesOf(file: string, text: string): readonly string[] {
  return logicalLines(text).flatMap(({ text: one }) => {
    const parted = partLine(one)
    if ('refused' in parted || parted.requirement !== '') return []
    const included = parted.options.filter(({ name }) => name === '--requirement' || name === '--constraint')
    return included.filter(({ value }) => !/^(https?|file):/i.test(value)).map(({ value }) => beside(file, value))
  })
}

/** Includes are relative to the file that names them. */
function beside(file: string, included: string): string {
  return readPath(included.startsWith('/') ? included : [...file.split('/').slice(0, -1), included].join('/'))
}

/** Where Python's splitlines() ends a line. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what ends lines
const LINE_END = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/

/** Lines that end in a backslash go on; a comment begins the line or follows a blank, and ends a continued line. */
function logicalLines(text: string): readonly { readonly line: number; readonly text: string }[] {
  const found: { line: number; text: string }[] = []
  let open: { line: number; text: string } | undefined
  for (const [at, raw] of text
    .replace(/^\uFEFF/, '')
    .split(LINE_END)
    .entries()) {
    const comment = /^\s*#/.test(raw)
    const goesOn = !comment && raw.endsWith('\\')
    const part = goesOn ? raw.replace(/^\\+/, '').replace(/(?<!\\)\\+$/, '') : raw
    open = { line: open?.line ?? at + 1, text: `${open?.text ?? ''}${comment ? ' ' : ''}${part}` }
    if (goesOn) continue
    found.push(open)
    open = undefined
  }
  return [...found, ...(open ? [open] : [])]
    .map(({ line, text: one }) => ({ line, text: withoutComment(one).trim() }))
    .filter(({ text: one }) => one)
}

function withoutComment(text: string): string {
  const at = text.startsWith('#') ? 0 : text.search(/\s#/)
  return at < 0 ? text : text.slice(0, at)
}
