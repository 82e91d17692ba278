import { UserError } from '../../errors.ts'
import { normalizeName } from '../names.ts'
import { readToml, type Table, tableAt, textAt, textsAt } from '../toml.ts'
import type { AskedIndex } from '../tools/project-indexes.ts'
import { pdmPython, readPdmLock } from './pdm-lock.ts'
import { names, type Reading, type UserLock } from './pins.ts'
import { parsePipfile, pipfileIndexes, pipfilePython, readPipfileLock } from './pipfile-lock.ts'
import { poetryLockPython, readPoetryLock } from './poetry-lock.ts'
import { readPylock } from './pylock.ts'
import { readUvLock } from './uv-lock.ts'

/** All that is known of a lock by its name. */
interface LockFormat {
  /** Of the file's name. */
  readonly pattern: RegExp
  readonly read: (reading: Reading) => UserLock
  /** The lock as a table. @throws UserError where it cannot be read */
  readonly parse: (file: string, text: string) => Table
  /** Gives each package's name, whatever else can be read. */
  readonly names: RegExp
  /** The Python that it is for, before anything of it is chosen: a PEP 440 specifier, or alternatives with `||`. */
  readonly python: (lock: Table) => string | undefined
  readonly indexes?: (file: string, lock: Table) => readonly AskedIndex[]
}

const TOML = { parse: readToml, names: /^name = "([^"\n]+)"/gm, python: (lock: Table) => textAt(lock, 'requires-python') }

/** Best first: the standard one, then the tools' own. */
const FORMATS: readonly LockFormat[] = [
  { ...TOML, pattern: /^pylock\.toml$/, read: readPylock },
  { ...TOML, pattern: /^pylock\.[^.]+\.toml$/, read: readPylock },
  { ...TOML, pattern: /^uv\.lock$/, read: readUvLock },
  { ...TOML, pattern: /^poetry\.lock$/, read: readPoetryLock, python: poetryLockPython },
  { ...TOML, pattern: /^pdm\.lock$/, read: readPdmLock, python: pdmPython },
  {
    pattern: /^Pipfile\.lock$/,
    read: readPipfileLock,
    parse: parsePipfile,
    names: /^ {8}"([^"\n]+)": \{/gm,
    python: pipfilePython,
    indexes: pipfileIndexes,
  },
]

function formatOf(file: string): LockFormat | undefined {
  const base = file.split('/').at(-1) ?? ''
  return FORMATS.find(({ pattern }) => pattern.test(base))
}

/** The lock of a project, and why it was taken. */
export interface FoundLock {
  readonly file: string
  /** Where there are several, e.g. `before poetry.lock`. */
  readonly why?: string
}

/**
 * The lock of a project folder. Requirements files with hashes are for the caller to choose.
 * @param files paths relative to the folder; only those in the folder itself count
 * @see PEP 751 for the names pylock.toml and pylock.NAME.toml
 */
export function findLock(files: readonly string[]): FoundLock | undefined {
  const [file, ...others] = FORMATS.flatMap(({ pattern }) => files.filter((name) => pattern.test(name)).sort())
  return file === undefined ? undefined : { file, ...(others.length > 0 && { why: `before ${others.join(', ')}` }) }
}

/**
 * Reads a lock of the user.
 * @returns exactly what is installed in this environment
 * @throws UserError with the file (and line and column where the parser tells) for what cannot be read, and
 *   naming the package for what cannot be trusted
 */
export function readUserLock(reading: Reading): UserLock {
  const { file, project } = reading
  const format = formatOf(file)
  if (!format)
    throw new UserError(
      'lock',
      `${file} is no lock that is known`,
      'Known are pylock.toml, uv.lock, poetry.lock, pdm.lock and Pipfile.lock.',
    )
  const lock = format.read(reading)
  return { ...lock, overridden: names([...lock.overridden, ...overridesIn(project.pyproject)]) }
}

/** What pyproject.toml tells uv and PDM to lock against what requires it. */
function overridesIn(pyproject: string | undefined): readonly string[] {
  const tool = tableAt(pyproject === undefined ? {} : readToml('pyproject.toml', pyproject), 'tool')
  const uv = textsAt(tableAt(tool, 'uv'), 'override-dependencies') ?? []
  return [
    ...uv.map((line) => /^[\w.-]+/.exec(line.trim())?.[0] ?? ''),
    ...Object.keys(tableAt(tool, 'pdm', 'resolution', 'overrides')),
  ].filter(Boolean)
}

/** What a question finds in a lock; undefined where it cannot be read: whoever follows it says what is wrong with it. */
function asking<T>(file: string, text: string, ask: (format: LockFormat, lock: Table) => T): T | undefined {
  const format = formatOf(file)
  try {
    return format && ask(format, format.parse(file, text))
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return undefined
  }
}

/** What a lock says of the Python that it is for; undefined where it tells none. */
export function lockedPython(file: string, text: string): string | undefined {
  return asking(file, text, ({ python }, lock) => python(lock))
}

/** The indexes that a lock names. */
export function lockedIndexes(file: string, text: string): readonly AskedIndex[] {
  return asking(file, text, ({ indexes }, lock) => indexes?.(file, lock)) ?? []
}

/** Names of the packages in a lock, requirements files with versions among them. */
export function namesInLock(file: string, text: string): readonly string[] {
  const pattern = formatOf(file)?.names ?? /^([A-Za-z0-9][\w.-]*)(?:\[[^\]\n]*\])? *(?:==|@)/gm
  return [...new Set([...text.matchAll(pattern)].map((match) => normalizeName(match[1] ?? '')))]
}
