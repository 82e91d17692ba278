import { UserError } from '../../errors.ts'
import { readPath } from './lock-file.ts'

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
const IGNORED = new Set([
  '-i',
  '--index-url',
  '--extra-index-url',
  '-f',
  '--find-links',
  '--no-index',
  '--trusted-host',
  '--pre',
  '--prefer-binary',
  '--only-binary',
  '--no-binary',
  '--use-feature',
])

interface Found {
  readonly lines: readonly RequirementsLine[]
  readonly notices: readonly string[]
}

/**
 * The requirements of a file and of what it includes, in order.
 * @param texts by path
 * @throws UserError for options that change what is installed, and for files that are not among the texts
 */
export function readLines(file: string, texts: ReadonlyMap<string, string>, constraint = false, above: readonly string[] = []): Found {
  const text = texts.get(file)
  if (text === undefined) {
    throw new UserError(
      'lock',
      `${above.at(-1) ?? 'the project'} includes ${file}, which is not there`,
      'Add the file, or take the line out.',
    )
  }
  if (above.includes(file)) return { lines: [], notices: [] }
  const parts = logicalLines(text).map(({ line, text: one }): Found => {
    const option = /^(--?[A-Za-z][\w-]*)(?:[=\s]\s*(.*))?$/.exec(one)
    // `-rbase.txt` is what pip takes too.
    const short = /^(-[rce])(?![\s=])(.+)$/.exec(one)
    const [name = '', value = ''] = short && !one.startsWith('--') ? [short[1], short[2]] : [option?.[1], option?.[2]]
    if (!name) return { lines: [requirement(file, line, one, constraint)], notices: [] }
    const given = value.trim().replace(/^(['"])(.*)\1$/, '$2')
    if (name === '-r' || name === '--requirement') return readLines(beside(file, given), texts, constraint, [...above, file])
    if (name === '-c' || name === '--constraint') return readLines(beside(file, given), texts, true, [...above, file])
    if (name === '-e' || name === '--editable') return { lines: [requirement(file, line, given, constraint)], notices: [] }
    if (name === '--require-hashes') return { lines: [], notices: [] }
    // The value is left out: addresses hold credentials.
    if (IGNORED.has(name))
      return {
        lines: [],
        notices: [`${file}:${line}: ${name} is not followed; the inputs index-url and extra-index-urls say where packages come from`],
      }
    throw new UserError('lock', `${file}:${line}: the option ${name} is not understood`, 'Take it out of the requirements file.', {
      place: { file, line },
    })
  })
  return { lines: parts.flatMap(({ lines }) => lines), notices: parts.flatMap(({ notices }) => notices) }
}

function requirement(file: string, line: number, text: string, constraint: boolean): RequirementsLine {
  const [head = '', ...options] = text.split(/\s+(?=--[a-z])/)
  const hashes = options.map((option) => {
    const hash = /^--hash[=\s]\s*(\S+)\s*$/.exec(option)?.[1]
    if (hash) return hash.replace(/^(['"])(.*)\1$/, '$2')
    const name = option.split(/[=\s]/)[0]
    throw new UserError('lock', `${file}:${line}: the option ${name} is not understood`, 'Take it out of the requirements file.', {
      place: { file, line },
    })
  })
  return { file, line, text: head.trim(), hashes, constraint }
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
