import path from 'node:path'
import type { AskedIndex } from './indexes.ts'
import { vendoredIn } from './locks/vendored.ts'
import { type RequirementsLine, readLines } from './requirements-lines.ts'

/** Requirements files with all that they include, as one list. */
export interface RequirementFiles {
  /** The files that were read, in that order, relative to the project folder. */
  readonly files: readonly string[]
  /** Requirements as written, markers too, without comments, options and hashes (PEP 508, or a bare address). */
  readonly lines: readonly string[]
  readonly constraints: readonly string[]
  /** Folders that are required, relative to the project folder: `./libs/billing`. */
  readonly folders: readonly string[]
  /** The files are a lock: pip takes no line without a hash once one has it, or `--require-hashes` asks for them. */
  readonly hashed: boolean
  /** Options that are not obeyed, with what to use instead. */
  readonly notices: readonly string[]
  /** Indexes that they name; the inputs say which are asked. */
  readonly indexes: readonly AskedIndex[]
  /** Files that might have been meant as well, and are no part of these. */
  readonly others: readonly string[]
}

/** Names that hold what a deployment needs, best first. */
const FOUND = [
  'requirements.txt',
  ...['production', 'prod', 'release', 'deploy', 'base', 'common', 'main', 'requirements'].map((name) => `requirements/${name}.txt`),
]

/**
 * Which requirements files define the dependencies where the user does not say.
 * @param files paths of the project's files
 */
export function findRequirements(files: readonly string[]): readonly string[] {
  const known = FOUND.find((name) => files.includes(name))
  if (known) return [known]
  const others = candidates(files)
  return others.length === 1 ? others : []
}

/** Requirements files by their names, but those of developers. */
function candidates(files: readonly string[]): readonly string[] {
  return files.filter(
    (file) => FOUND.includes(file) || (/^requirements[^/]*\.txt$/.test(file) && !/dev|test|doc|lint|type|ci\b/i.test(file)),
  )
}

/** Whether a file may be a requirements or constraints file: its text is read beforehand. */
export function isRequirementsFile(file: string): boolean {
  return /^(requirements|constraints)[^/]*\.(txt|in)$|^requirements\/[^/]+\.(txt|in)$/.test(file)
}

/** The files that a requirements file includes (`-r`, `-c`), relative to the project folder. */
export function includesOf(file: string, text: string): readonly string[] {
  return text.split(/\r\n|\r|\n/).flatMap((line) => {
    const included = /^\s*(?:-r|-c|--requirement|--constraint)[\s=]*(['"]?)([^\s'"#]+)\1/.exec(line)?.[2]
    return included === undefined ? [] : [path.posix.join(path.posix.dirname(file), included)]
  })
}

/**
 * Reads requirements files with everything that they include.
 * @param entries relative to the project folder
 * @param present paths of the project's files
 * @throws UserError where a file is missing
 * @see https://pip.pypa.io/en/stable/reference/requirements-file-format/
 */
export function readRequirements(
  entries: readonly string[],
  texts: ReadonlyMap<string, string>,
  present: readonly string[] = [],
): RequirementFiles {
  const found = entries.map((entry) => readLines(entry, { texts, strict: false }))
  const files = [...new Set(found.flatMap((one) => one.files))]
  const all = found.flatMap(({ lines }) => lines)
  const required = all.filter(({ constraint }) => !constraint)
  const placed = required.map((line) => ({ ...line, folder: folderOf(line) }))
  const lines = [...new Set(placed.filter(({ folder }) => folder === undefined).map(({ text }) => text))]
  const folders = [...new Set(placed.flatMap(({ folder }) => folder ?? []))]
  return {
    files,
    lines,
    constraints: [...new Set(all.filter(({ constraint }) => constraint).map(({ text }) => text))],
    folders: folders.filter((folder) => folder !== '.'),
    hashed: found.some(({ hashed }) => hashed),
    notices: [...new Set(found.flatMap(({ notices }) => notices))],
    indexes: found.flatMap(({ indexes }) => indexes),
    others: candidates(present).filter((file) => !files.includes(file)),
  }
}

/** The folder that a line requires, relative to the project folder. */
function folderOf({ file, text }: RequirementsLine): string | undefined {
  if (!/^(\.{1,2}(\/|$|\[)|file:\.)/.test(text) || vendoredIn(text)) return undefined
  const written = text.replace(/^file:/, '').replace(/\[[^\]]*\]\s*$|#.*$/, '')
  return path.posix.join(path.posix.dirname(file), written).replace(/(?<=.)\/$/, '')
}
