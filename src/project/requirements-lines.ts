import { UserError } from '../errors.ts'
import { type AskedIndex, bareAddress } from './indexes.ts'
import { readPath } from './locks/lock-file.ts'

/** A requirement of a requirements file, with its hashes taken off. */
export interface RequirementsLine {
  readonly file: string
  /** Where it begins; lines count from 1. */
  readonly line: number
  readonly text: string
  readonly hashes: readonly string[]
  /** From a file named with `-c`: it pins, and is not installed for itself. */
  readonly constraint: boolean
}

/** Where packages come from is for the action's inputs to say, and what is chosen is in the file already. */
const IGNORED = new Set(['--no-index', '--trusted-host', '--pre', '--prefer-binary', '--only-binary', '--no-binary', '--use-feature'])

const ADDRESSES = new Set(['--no-index', '--trusted-host'])

/** Options that name where packages are, and the input for it. */
const INDEXES: Readonly<Record<string, AskedIndex['input']>> = {
  '-i': 'index-url',
  '--index-url': 'index-url',
  '--extra-index-url': 'extra-index-urls',
  '-f': 'extra-index-urls',
  '--find-links': 'extra-index-urls',
}

interface Found {
  /** The files that were read, in that order. */
  readonly files: readonly string[]
  readonly lines: readonly RequirementsLine[]
  /** A line has a hash, or `--require-hashes` stands there: pip then takes no line without one. */
  readonly hashed: boolean
  readonly notices: readonly string[]
  readonly indexes: readonly AskedIndex[]
}

export interface Reading {
  /** Texts by path. */
  readonly texts: ReadonlyMap<string, string>
  /** Options that change what is installed are errors: the files are a lock. Otherwise they are notices. */
  readonly strict: boolean
}

/**
 * The requirements of a file and of what it includes, in order.
 * @throws UserError for files that are not among the texts, and where it is strict for options that change what is installed
 */
export function readLines(file: string, reading: Reading, constraint = false, above: readonly string[] = []): Found {
  const text = reading.texts.get(file)
  if (text === undefined) {
    throw new UserError(
      'lock',
      above.length > 0 ? `${above.at(-1)} includes ${file}, which is not there` : `there is no ${file}`,
      above.length > 0 ? 'Add the file, or take the line out.' : 'Check the input requirements.',
    )
  }
  if (above.includes(file)) return NOTHING
  const parts = logicalLines(text).map(({ line, text: one }): Found => {
    const option = /^(--?[A-Za-z][\w-]*)(?:[=\s]\s*(.*))?$/.exec(one)
    // `-rbase.txt` is what pip takes too.
    const short = /^(-[rceif])(?![\s=])(.+)$/.exec(one)
    const [name = '', value = ''] = short && !one.startsWith('--') ? [short[1], short[2]] : [option?.[1], option?.[2]]
    if (!name) return requirement(reading, file, line, one, constraint)
    const given = value.trim().replace(/^(['"])(.*)\1$/, '$2')
    if (name === '-r' || name === '--requirement') return readLines(beside(file, given), reading, constraint, [...above, file])
    if (name === '-c' || name === '--constraint') return readLines(beside(file, given), reading, true, [...above, file])
    if (name === '-e' || name === '--editable') return requirement(reading, file, line, given, constraint)
    if (name === '--require-hashes') return { ...NOTHING, hashed: true }
    const input = INDEXES[name]
    if (input) return { ...NOTHING, indexes: [{ at: `${file}:${line}: ${name}`, url: bareAddress(given), input }] }
    // The value is left out: addresses hold credentials.
    if (IGNORED.has(name)) {
      const instead = ADDRESSES.has(name) ? '; the inputs index-url and extra-index-urls say where packages come from' : ''
      return { ...NOTHING, notices: [`${file}:${line}: ${name} is not followed${instead}`] }
    }
    return { ...NOTHING, notices: [notUnderstood(reading, file, line, name)] }
  })
  return {
    files: [...new Set([file, ...parts.flatMap(({ files }) => files)])],
    lines: parts.flatMap(({ lines }) => lines),
    hashed: parts.some(({ hashed }) => hashed),
    notices: parts.flatMap(({ notices }) => notices),
    indexes: parts.flatMap(({ indexes }) => indexes),
  }
}

const NOTHING: Found = { files: [], lines: [], hashed: false, notices: [], indexes: [] }

function notUnderstood({ strict }: Reading, file: string, line: number, option: string): string {
  if (!strict) return `${file}:${line}: ${option} is not followed`
  const place = { file, line }
  throw new UserError('lock', `${file}:${line}: the option ${option} is not understood`, 'Take it out of the requirements file.', { place })
}

function requirement(reading: Reading, file: string, line: number, text: string, constraint: boolean): Found {
  const [head = '', ...options] = text.split(/\s+(?=--[a-z])/)
  const notices: string[] = []
  const hashes = options.flatMap((option) => {
    const hash = /^--hash[=\s]\s*(\S+)\s*$/.exec(option)?.[1]
    if (hash) return [hash.replace(/^(['"])(.*)\1$/, '$2')]
    notices.push(notUnderstood(reading, file, line, option.split(/[=\s]/)[0] ?? option))
    return []
  })
  return { files: [file], lines: [{ file, line, text: head.trim(), hashes, constraint }], hashed: hashes.length > 0, notices, indexes: [] }
}

/** Includes are relative to the file that names them. */
function beside(file: string, included: string): string {
  return readPath(included.startsWith('/') ? included : [...file.split('/').slice(0, -1), included].join('/'))
}

/** Lines that end in a backslash go on; a comment begins the line or follows a blank, and ends a continued line. */
function logicalLines(text: string): readonly { readonly line: number; readonly text: string }[] {
  const found: { line: number; text: string }[] = []
  let open: { line: number; text: string } | undefined
  for (const [at, raw] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .entries()) {
    const comment = /^\s*#/.test(raw)
    const goesOn = !comment && raw.endsWith('\\')
    const part = goesOn ? raw.slice(0, -1) : raw
    open = { line: open?.line ?? at + 1, text: `${open?.text ?? ''}${comment ? ' ' : ''}${part}` }
    if (goesOn) continue
    found.push(open)
    open = undefined
  }
  return [...found, ...(open ? [open] : [])]
    .map(({ line, text: one }) => ({ line, text: one.replace(/(^|\s+)#.*$/, '').trim() }))
    .filter(({ text: one }) => one)
}
