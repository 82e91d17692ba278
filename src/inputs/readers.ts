import path from 'node:path'
import { UserError } from '../errors.ts'
import { didYouMean, normalizeName } from '../project/names.ts'
import { readRequirement } from '../project/requirements/requirement.ts'
import { readNetrc } from '../project/tools/netrc.ts'
import { shorten } from '../text/words.ts'
import type { Reader } from './row.ts'
import { splitWords } from './shell-words.ts'
import { OF_SYSTEM } from './system-folders.ts'
import { readVolume } from './volume.ts'

// How the text of one input is read.

/** One value a line, blanks around it dropped. */
export function lines(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
}

/** Newline-separated, comma too. */
export function list(text: string): readonly string[] {
  return text
    .split(/[\n,]/)
    .map((item) => item.trim())
    .filter(Boolean)
}

/** Text as it is. */
export const text: Reader<string> = (_input, value) => value

export function oneOf<const T extends string>(...legal: readonly T[]): Reader<T> {
  return (input, value) => {
    const found = legal.find((candidate) => candidate === value)
    if (found !== undefined) return found
    const near = didYouMean(value, legal)
    throw wrong(input, value, `one of ${legal.join(', ')}${near ? ` (did you mean ${near}?)` : ''}`)
  }
}

/** As YAML 1.2 has them. @see https://yaml.org/spec/1.2.2/#1032-tag-resolution */
export const yesNo: Reader<boolean> = (input, value) => {
  if (/^(true|True|TRUE)$/.test(value)) return true
  if (/^(false|False|FALSE)$/.test(value)) return false
  throw wrong(input, value, 'one of true, false')
}

/** What is not given fits too. */
export function pattern(legal: RegExp, words: string): Reader<string> {
  return (input, value) => {
    if (value === '' || legal.test(value)) return value
    throw wrong(input, value, words)
  }
}

export const image = pattern(/^[A-Za-z0-9][\w.:/@-]*$/, 'an image reference such as python:3.13-slim')
export const suffix = pattern(/^[\w.-]{1,64}$/, 'letters, digits, . _ and - (64 at most)')
export const user = pattern(/^(root|\d{1,9}(:\d{1,9})?)$/, 'a uid such as 10001, uid:gid, or root')

const MOMENT = /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d))?$/

/** A date or moment that there is (RFC 3339). */
export const moment: Reader<string> = (input, value) => {
  const is = value === '' || (MOMENT.test(value) && new Date(value.slice(0, 10)).toJSON()?.startsWith(value.slice(0, 10)))
  if (is && !Number.isNaN(Date.parse(value || '2026-01-31'))) return value
  throw wrong(input, value, 'a date such as 2026-01-31 or 2026-01-31T12:00:00Z')
}

/** One value a line. */
export function linesOf<T>(read: Reader<T>): Reader<readonly T[]> {
  return (input, value) => {
    refuseQuotedList(input, value)
    return lines(value).map((line) => read(input, line))
  }
}

export const textLines = linesOf(text)

/** Lines of which some are comments, as docker/metadata-action has them. */
export const ruleLines: Reader<readonly string[]> = (input, value) => textLines(input, value).filter((line) => !line.startsWith('#'))

/** One value a line, or several with commas. */
export function listOf<T>(read: Reader<T>): Reader<readonly T[]> {
  return (input, value) => {
    refuseQuotedList(input, value)
    return list(value).map((item) => read(input, item))
  }
}

/** `["a", "b"]` in quotes is a text to YAML: it would be one value, brackets and all. */
function refuseQuotedList(input: string, value: string): void {
  if (!/^\[(["']).*\1\s*,?\]$/s.test(value.trim())) return
  throw wrong(input, value, 'written without brackets and quotes, one value a line')
}

/** @throws UserError for what is no version; 3.1 is what YAML makes of 3.10 without quotes */
export const pythonVersion: Reader<string> = (input, value) => {
  if (value === '3.1') {
    throw new UserError('inputs', `${input} is "3.1", which is what YAML makes of 3.10`, {
      next: `Write it in quotes: ${input}: '3.10'`,
      input,
    })
  }
  return pattern(/^3\.\d{1,2}$/, 'a version such as 3.13')(input, value)
}

/** An index; it may hold a password, so it is not repeated. */
export function address(input: string, value: string): string {
  if (value === '' || (/^https?:\/\/\S+$/.test(value) && URL.canParse(value))) return value
  throw wrong(input, '…', 'an http or https address')
}

/** Addresses with blanks or line ends between them. */
export function addresses(input: string, value: string): readonly string[] {
  return value
    .split(/\s+/)
    .filter(Boolean)
    .map((url) => address(input, url))
}

export function credentials(_input: string, text: string): string {
  readNetrc(text)
  return text
}

/** Bytes that Linux takes for a name (NAME_MAX), and what of PATH_MAX is left to names of ours and the workspace. */
const LONGEST_NAME = 255
const LONGEST_PATH = 1024

/** Inside the workspace: what is above belongs to others. */
export function relativePath(input: string, value: string): string {
  const parts = value.split('/').filter((part) => part !== '' && part !== '.')
  if (value.startsWith('/') || parts.includes('..')) throw wrong(input, value, 'a folder below the workspace, as a relative path')
  const tooLong = Buffer.byteLength(value) > LONGEST_PATH || parts.some((part) => Buffer.byteLength(part) > LONGEST_NAME)
  if (tooLong) throw wrong(input, value, `a path of at most ${LONGEST_PATH} bytes, ${LONGEST_NAME} for each name`)
  return parts.join('/') || '.'
}

/** A folder of its own: what does not belong to the wheelhouse is removed from it. */
export function below(input: string, value: string): string {
  const folder = relativePath(input, value)
  if (folder === '.') throw wrong(input, value, 'a folder of its own below path, such as wheelhouse')
  return folder
}

export const GROUP = 'group:'

/** Extras, and dependency groups where a name begins with `group:`; each normalised (PEP 685, PEP 735). */
export function extras(input: string, text: string): Chosen {
  const wanted = [...new Set(listOf(extra)(input, text))]
  return {
    text,
    extras: wanted.filter((name) => !name.startsWith(GROUP)),
    groups: wanted.filter((name) => name.startsWith(GROUP)).map((name) => name.slice(GROUP.length)),
  }
}

/** Extras and groups; `all` stands for every extra. */
export interface Chosen {
  /** As typed, for comparison with the matrix. */
  readonly text: string
  readonly extras: readonly string[]
  readonly groups: readonly string[]
}

function extra(input: string, text: string): string {
  const group = text.startsWith(GROUP)
  const name = group ? text.slice(GROUP.length).trim() : text
  if (!/^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/.test(name)) {
    throw wrong(input, text, 'names of extras (and group:NAME for dependency groups), one a line or separated by commas')
  }
  return `${group ? GROUP : ''}${normalizeName(name)}`
}

export function debianPackages(input: string, text: string): readonly string[] {
  const names = text.split(/[\s,]+/).filter(Boolean)
  const odd = names.find((name) => !/^[a-z0-9][a-z0-9+.-]+$/.test(name))
  if (odd !== undefined) throw wrong(input, odd, 'names of Debian packages')
  return [...new Set(names)].sort()
}

export function environment(input: string, text: string): Readonly<Record<string, string>> {
  return pairs(input, text, { legal: /^[A-Za-z_][A-Za-z0-9_]*$/ })
}

/** Build secrets by their ids. */
export function secrets(input: string, text: string): Readonly<Record<string, string>> {
  return pairs(input, text, { legal: /^[A-Za-z0-9][\w.-]*$/, secret: true })
}

/** Build arguments of the user; those that we give are ours. */
export function buildArgs(input: string, text: string): Readonly<Record<string, string>> {
  const all = environment(input, text)
  const ours = Object.keys(all).find((name) => OUR_ARGUMENTS.includes(name))
  if (ours) throw wrong(input, ours, `a name of your own: ${OUR_ARGUMENTS.join(', ')} are given by pypackager`)
  return all
}

const OUR_ARGUMENTS = ['PARENT_IMAGE', 'BASE_IMAGE', 'BUILDER_IMAGE', 'PACKAGE', 'RUNTIME_PACKAGES']

/** A package of an index, as `gunicorn>=22`; folders and addresses are the project's own to name. */
export function requirement(input: string, line: string): string {
  const legal = 'lines of package names with versions, such as gunicorn or gunicorn>=22,<24'
  try {
    if (readRequirement(line).url === undefined && !/[#'"\\]/.test(line.split(';')[0] ?? '')) return line
  } catch {}
  throw wrong(input, line, legal)
}

interface Names {
  readonly legal: RegExp
  /** The lines are not repeated in the error. */
  readonly secret?: boolean
}

/** Lines of `NAME=value`. */
function pairs(input: string, text: string, { legal, secret = false }: Names): Readonly<Record<string, string>> {
  return Object.fromEntries(
    lines(text).map((line) => {
      const [, name = '', value = ''] = /^([^=]*)=(.*)$/.exec(line) ?? []
      if (!legal.test(name)) throw wrong(input, secret ? '…' : line, 'lines of the form NAME=value')
      return [name, value]
    }),
  )
}

/** A file below the project, '' for none. */
export function file(input: string, value: string): string {
  return value && relativePath(input, value)
}

/** A folder, file or named volume as `host:container[:mode]`, checked. */
export function volume(_input: string, line: string): string {
  readVolume(line)
  return line
}

/** Lines for manage.py; those without a word, such as `''`, are dropped. */
export function manageLines(input: string, value: string): readonly string[] {
  return textLines(input, value).filter((line) => splitWords(input, line).length > 0)
}

/** Image labels; those below `io.pypackager.` are facts, by which images are found. */
export function labels(input: string, text: string): Readonly<Record<string, string>> {
  const all = pairs(input, text, { legal: /^[a-zA-Z0-9][\w./-]*$/ })
  const ours = Object.keys(all).find((name) => name.startsWith('io.pypackager.'))
  if (ours) throw wrong(input, ours, 'a label outside io.pypackager, which are ours')
  return all
}

/** Whoever can read the cache can try keys against a signature, without anybody noticing: a short one is soon found. */
export function signingKey(input: string, value: string): string {
  if (value === '' || value.length >= 32) return value
  throw wrong(input, '…', '32 characters at least, such as `openssl rand -hex 32` makes')
}

/** NUL ends an argument early, and other control characters have no business in any input. */
export function refuseControls(input: string, value: string, secret: boolean): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]|\r(?!\n)/.test(value))
    throw wrong(input, secret ? '…' : value.replace(/[^\x20-\x7e]/g, '?'), 'text without control characters')
  return value.replaceAll('\r\n', '\n')
}

/** Each once. */
export function writablePaths(input: string, value: string): readonly string[] {
  return [...new Set(linesOf(writablePath)(input, value))]
}

/** A path in the image, relative to /app or absolute, as an absolute one. The system's folders stay root's. */
function writablePath(input: string, value: string): string {
  const wanted = path.posix.resolve('/app', value)
  if (!/^[\w./@+-]+$/.test(wanted) || OF_SYSTEM.test(wanted)) {
    throw wrong(input, value, 'lines of paths in the image, relative to /app or absolute, and no folder of the system')
  }
  return wanted
}

export function wrong(input: string, value: string, legal: string): UserError {
  const reason = `"${shorten(value, 61)}"`
  return new UserError('inputs', `${input} is ${reason}`, { next: `It must be ${legal}.`, input, reason })
}
