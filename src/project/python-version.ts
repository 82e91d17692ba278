import { satisfies, validRange } from '@renovatebot/pep440'
import { UserError } from '../errors.ts'
import { readToml, type Table, tableAt, textAt } from './toml.ts'

/** The Python that a file of the project names. */
export interface NamedPython {
  /** `3.12`; '' where a range is said. */
  readonly version: string
  /** PEP 440. */
  readonly range?: string
  readonly from: string
}

/** What a project's files say of Python, and what of that cannot be read. */
export interface PythonFiles {
  readonly named: NamedPython | undefined
  /** For a notice each. */
  readonly unread: readonly string[]
}

/** Other implementations, and builds of CPython without its global lock, which `python` images do not have. */
const OTHERS =
  /^(pypy|graalpy|graalpython|jython|stackless|micropython|miniconda|anaconda|miniforge|mambaforge|pyston|nogil)|\+freethreaded|^3\.\d+(\.\d+)?t/i

/**
 * Reads the Python that files name, in their order: the first that names one counts.
 * @param texts by path, nearest first
 * @see https://github.com/pyenv/pyenv#understanding-python-version-selection
 * @see https://docs.astral.sh/uv/concepts/python-versions/#requesting-a-version
 * @see https://mise.jdx.dev/configuration.html
 */
export function readPythonFiles(texts: ReadonlyMap<string, string>): PythonFiles {
  const unread: string[] = []
  for (const [file, text] of texts) {
    const requests = requestsOf(file, text)
    for (const request of requests) {
      const found = OTHERS.test(request) ? undefined : readRequest(request)
      if (found) return { named: { ...found, from: file }, unread }
    }
    const [first] = requests
    if (first === undefined || first === 'system' || first === 'latest') continue
    unread.push(`"${first.slice(0, 60)}" in ${file} is not read: it names no CPython by its version. The input python-version does.`)
  }
  return { named: undefined, unread }
}

/** Names of the files in one folder, first first. */
export const PYTHON_FILES: readonly string[] = ['.python-version', '.tool-versions', 'mise.toml', '.mise.toml']

/** What a file asks for, best first. */
function requestsOf(file: string, text: string): readonly string[] {
  if (file.endsWith('.toml')) return miseRequests(file, text)
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .map((line) => (line.split('#')[0] ?? '').trim())
    .filter(Boolean)
  const name = file.split('/').at(-1)
  if (name === '.python-version') return lines.flatMap((line) => (/[<>=!~]/.test(line) ? [line] : line.split(/[\s:]+/)))
  if (name === 'runtime.txt') return lines.filter((line) => /^(python|pypy|\d)/i.test(line)).slice(0, 1)
  return lines.flatMap((line) => /^python\s+([\s\S]*)$/.exec(line)?.[1]?.split(/\s+/) ?? [])
}

/** `[tools] python`: a version, several, or a table that has one. A file that mise itself could not read says nothing. */
function miseRequests(file: string, text: string): readonly string[] {
  let tools: Table
  try {
    tools = tableAt(readToml(file, text), 'tools')
  } catch (error) {
    if (error instanceof UserError) return []
    throw error
  }
  const { python } = tools
  const all = Array.isArray(python) ? python : [python]
  const versions = all.map((one) => (typeof one === 'string' ? one : textAt(tableAt({ one }, 'one'), 'version')))
  return versions.flatMap((one) => (one === undefined ? [] : one.replace(/^prefix:/, '')))
}

/** `3.12`, `3.12.4`, `3.12-dev`, `cpython@3.12`, `cpython-3.12.4-linux-x86_64-gnu`, `python-3.12.1`, `>=3.11,<3.12`. */
function readRequest(request: string): Omit<NamedPython, 'from'> | undefined {
  const plain = request.replace(/^(?:c?python|cp)[@-]?/i, '')
  if (/^[<>=!~]/.test(plain)) return validRange(plain.replace(/\s+/g, '')) ? { version: '', range: plain.replace(/\s+/g, '') } : undefined
  const [, series] = /^(3\.\d{1,2})(?:[.-].*|(?:a|b|rc)\d+)?$/.exec(plain) ?? []
  if (series) return { version: series }
  return plain === '3' ? { version: '', range: '==3.*' } : undefined
}

/**
 * Whether some release of a Python such as `3.12` meets a range; one that cannot be read decides nothing.
 * @param range PEP 440, and such with `||` between them, as Poetry has it; undefined for any
 */
export function allowsSeries(series: string, range: string | undefined): boolean {
  return [0, 99].some((patch) => allowsPython(`${series}.${patch}`, range))
}

/** The same of a full version. */
export function allowsPython(version: string, range: string | undefined): boolean {
  return (range ?? '').split('||').some((one) => one.trim() === '' || !validRange(one.trim()) || satisfies(version, one.trim()))
}

/** Nearest first, as pyenv and uv look for them; runtime.txt belongs to the application. */
export function pythonFiles(texts: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const levels = [...texts.keys()].flatMap((file) => {
    const [, level = '', name = ''] = /^((?:\.\.\/)*)([^/]+)$/.exec(file) ?? []
    return PYTHON_FILES.includes(name) ? [level] : []
  })
  const order = [...new Set(['', ...levels.sort((one, other) => one.length - other.length)])]
  const names = order.flatMap((level) => [...PYTHON_FILES.map((name) => `${level}${name}`), ...(level === '' ? ['runtime.txt'] : [])])
  return new Map(names.flatMap((name) => (texts.has(name) ? [[name, texts.get(name) ?? ''] as const] : [])))
}
