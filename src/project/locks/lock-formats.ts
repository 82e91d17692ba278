import { UserError } from '../../errors.ts'
import type { MarkerEnvironment } from '../requirements/marker.ts'
import { readToml, tableAt, textsAt } from '../toml.ts'
import { readPdmLock } from './pdm-lock.ts'
import { type LockedProject, names, type Selection, type UserLock } from './pins.ts'
import { readPipfileLock } from './pipfile-lock.ts'
import { readPoetryLock } from './poetry-lock.ts'
import { readPylock } from './pylock.ts'
import { readUvLock } from './uv-lock.ts'

/** Best first: the standard one, then the tools' own. */
const FORMATS = [
  { pattern: /^pylock\.toml$/, read: readPylock },
  { pattern: /^pylock\.[^.]+\.toml$/, read: readPylock },
  { pattern: /^uv\.lock$/, read: readUvLock },
  { pattern: /^poetry\.lock$/, read: readPoetryLock },
  { pattern: /^pdm\.lock$/, read: readPdmLock },
  { pattern: /^Pipfile\.lock$/, read: readPipfileLock },
] as const

/** The lock of a project, and why it was taken. */
export interface FoundLock {
  readonly file: string
  /** For the log, e.g. `uv.lock, before poetry.lock`. */
  readonly why: string
}

/**
 * The lock of a project folder. Requirements files with hashes are for the caller to choose.
 * @param files paths relative to the folder; only those in the folder itself count
 * @see PEP 751 for the names pylock.toml and pylock.NAME.toml
 */
export function findLock(files: readonly string[]): FoundLock | undefined {
  const [file, ...others] = FORMATS.flatMap(({ pattern }) => files.filter((name) => pattern.test(name)).sort())
  return file === undefined ? undefined : { file, why: others.length === 0 ? `the only lock` : `before ${others.join(', ')}` }
}

/**
 * Reads a lock of the user.
 * @param file its path; the name tells the format
 * @param selection extras and groups wanted beside the default dependencies
 * @returns exactly what is installed in this environment
 * @throws UserError with the file (and line and column where the parser tells) for what cannot be read, and
 *   naming the package for what cannot be trusted
 */
export function readUserLock(
  file: string,
  text: string,
  project: LockedProject,
  selection: Selection,
  environment: MarkerEnvironment,
): UserLock {
  const base = file.split('/').at(-1) ?? ''
  const format = FORMATS.find(({ pattern }) => pattern.test(base))
  if (!format)
    throw new UserError(
      'lock',
      `${file} is no lock that is known`,
      'Known are pylock.toml, uv.lock, poetry.lock, pdm.lock and Pipfile.lock.',
    )
  const lock = format.read({ file, text, project, selection, environment })
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
