import { UserError } from '../../errors.ts'
import type { SourceTree } from '../source-tree.ts'
import type { LocalSource } from '../tools/local-source.ts'
import type { AskedIndex } from '../tools/project-indexes.ts'
import { ANY_FORMAT, type Formats, readFormats } from './formats.ts'
import { isDirect, type Required, readRequired } from './required.ts'
import { type RequiredLinks, type RequirementsLine, readLines } from './requirement-lines.ts'

export type { RequiredLinks }

/** A folder of the workspace or a repository that a line requires by its place alone. */
export interface RequiredPlace {
  readonly source: Exclude<LocalSource, { kind: 'workspace' }>
  /** Normalised. */
  readonly extras: readonly string[]
  /** '' where it always applies. */
  readonly marker: string
}

/** Requirements files with all that they include, as one list. */
export interface RequirementFiles {
  /** The files that were read, in that order, relative to the project folder. */
  readonly files: readonly string[]
  /** Requirements as written, markers too, without comments, options and hashes (PEP 508, or a bare address). */
  readonly lines: readonly string[]
  readonly constraints: readonly string[]
  /** What is required by its place alone; paths are relative to the project folder. */
  readonly places: readonly RequiredPlace[]
  /** Extras of the project itself, where a line requires that: `-e .[server]`. */
  readonly own: readonly string[] | undefined
  /** The files are a lock: pip takes no line without a hash once one has it, or `--require-hashes` asks for them. */
  readonly hashed: boolean
  readonly formats: Formats
  /** Versions before a release are taken too. */
  readonly prereleases: boolean
  /** Where they say that no index is asked. */
  readonly withoutIndex: readonly string[]
  /** Options that are not obeyed, with what to use instead. */
  readonly notices: readonly string[]
  /** Indexes that they name; the inputs say which are asked. */
  readonly indexes: readonly AskedIndex[]
  /** Folders of wheels and sdists that they name. */
  readonly links: readonly RequiredLinks[]
  /** Files that might have been meant as well, and are no part of these. */
  readonly others: readonly string[]
  /** What is wrong with them, for whoever follows them. */
  readonly fault?: UserError
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

/**
 * Reads requirements files with everything that they include. What is wrong with files that nobody named is no fault yet.
 * @param entries relative to the project folder
 * @throws UserError where `given`, for what is wrong
 * @see https://pip.pypa.io/en/stable/reference/requirements-file-format/
 */
export function readRequirements(entries: readonly string[], tree: Pick<SourceTree, 'files' | 'texts'>, given = true): RequirementFiles {
  try {
    return readAll(entries, tree)
  } catch (error) {
    if (!(error instanceof UserError) || given) throw error
    return { ...NOTHING, files: entries, fault: error }
  }
}

const NOTHING: RequirementFiles = {
  files: [],
  lines: [],
  constraints: [],
  places: [],
  own: undefined,
  hashed: false,
  formats: ANY_FORMAT,
  prereleases: false,
  withoutIndex: [],
  notices: [],
  indexes: [],
  links: [],
  others: [],
}

function readAll(entries: readonly string[], { files: present, texts }: Pick<SourceTree, 'files' | 'texts'>): RequirementFiles {
  const found = entries.map((entry) => readLines(entry, { texts, strict: false }))
  const files = [...new Set(found.flatMap((one) => one.files))]
  const all = found.flatMap(({ lines }) => lines)
  const required = all.filter(({ constraint }) => !constraint).map((line) => ({ line, required: readLine(line) }))
  const own = required.filter((one) => isProject(one.required))
  const others = required.filter((one) => !own.includes(one))
  const places = others.flatMap((one) => placeOf(one.required) ?? [])
  return {
    files,
    lines: [...new Set(others.flatMap((one) => (placeOf(one.required) ? [] : [lineOf(one.line, one.required)])))],
    constraints: [...new Set(all.filter(({ constraint }) => constraint).map(constraintOf))],
    places: places.filter((place, i) => places.findIndex((one) => JSON.stringify(one) === JSON.stringify(place)) === i),
    own: own.length > 0 ? [...new Set(own.flatMap((one) => one.required.extras))] : undefined,
    hashed: found.some(({ hashed }) => hashed),
    formats: readFormats(found.flatMap(({ formats }) => formats)),
    prereleases: found.some(({ prereleases }) => prereleases),
    withoutIndex: found.flatMap(({ withoutIndex }) => withoutIndex),
    notices: [...new Set(found.flatMap(({ notices }) => notices))],
    indexes: found.flatMap(({ indexes }) => indexes),
    links: found.flatMap(({ links }) => links),
    others: candidates(present).filter((file) => !files.includes(file)),
  }
}

/** @throws UserError that names file and line */
function readLine({ file, line, text, editable }: RequirementsLine): Required {
  try {
    return readRequired(text, editable)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    throw new UserError('lock', `${file}:${line}: ${error.message}`, { next: error.next, place: { file, line } })
  }
}

function isProject({ source }: Required): boolean {
  return source?.kind === 'directory' && source.path === '.'
}

/** Without a name, only who lays it out learns what it holds. */
function placeOf({ name, source, extras, marker }: Required): RequiredPlace | undefined {
  return name === '' && source && source.kind !== 'archive' ? { source, extras, marker } : undefined
}

/** As PEP 508 says it, where it has a name. */
export function lineOf(
  { text, editable }: Pick<RequirementsLine, 'text' | 'editable'>,
  { name, extras, place, source, marker }: Required,
): string {
  if (place === undefined || !name || (!editable && !isDirect(text) && source?.kind === 'archive')) return text
  const address = source?.kind === 'git' ? gitAddress(source) : source?.kind === 'directory' ? folderAddress(source.path) : place
  return `${name}${extras.length > 0 ? `[${extras.join(',')}]` : ''} @ ${address}${marker ? ` ; ${marker}` : ''}`
}

function gitAddress({ url, revision, subdirectory }: Extract<LocalSource, { kind: 'git' }>): string {
  return `git+${url}${revision ? `@${revision}` : ''}${subdirectory ? `#subdirectory=${subdirectory}` : ''}`
}

function folderAddress(folder: string): string {
  return encodeURI(folder.startsWith('/') ? `file://${folder}` : `./${folder}`)
}

/** @throws UserError for one that pins to a folder or a repository, which is no version */
function constraintOf(line: RequirementsLine): string {
  const { source } = readLine(line)
  if (!source || source.kind === 'archive') return line.text
  const { file, line: at } = line
  throw new UserError('lock', `${file}:${at}: the constraint "${line.text}" is a folder or a repository, which is not followed`, {
    next: 'Require it in the requirements file itself.',
    place: { file, line: at },
  })
}
