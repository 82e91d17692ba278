import { UserError } from '../errors.ts'
import { type Requirements, requirementsFor } from './metadata.ts'
import { didYouMean, normalizeName } from './names.ts'
import type { OwnLock, Project } from './project.ts'
import type { Chosen } from './requirements/marker.ts'
import { readRequirement } from './requirements/requirement.ts'
import { placeIn } from './requirements/vendored-paths.ts'
import { type Table, tableAt, textsAt } from './toml.ts'

/** What the application requires, and who says so. */
export interface Dependencies {
  /** Requirement lines; markers other than `extra` are left for the resolver to judge (PEP 508). */
  readonly lines: readonly string[]
  readonly constraints: readonly string[]
  /** What the user adds to the release: no file of the project says it, so no lock of theirs need hold it. */
  readonly added?: readonly string[]
  /** Requirements files say it, beside the metadata. */
  readonly byFiles: boolean
  /** e.g. `the project's metadata`, `requirements.txt` */
  readonly from: string
  /** Requirements files with hashes beside the metadata that defines them: the lock, where they hold all of it. */
  readonly offered?: OwnLock
  /** Why, where two readings were possible, with the input that overrides. */
  readonly choice: string | undefined
}

/**
 * The dependencies by metadata, and by requirements files where the user names them, where they require the project
 * itself (`-e .[server]`), and where the metadata requires nothing: a setup.py that lists no requirements beside a full
 * requirements.txt is a decoy. What the metadata requires counts beside them, as it does when the project is installed.
 * @throws UserError for files that count and cannot be read
 */
export function chooseDependencies(project: Project, metadata: Requirements, { extras, groups }: Chosen): Dependencies {
  const { requirements, lock } = project
  const always = requirementsFor(metadata, [])
  const files = filesOf(project)
  const decoy = lock === undefined && always.length === 0 && (files.some || requirements?.fault !== undefined)
  const byFiles = requirements !== undefined && (filesCount(project) || decoy)
  if (byFiles && requirements.fault) throw requirements.fault
  const untold = !byFiles || (files.extras !== undefined && files.lines.length === 0)
  if (untold && lock === undefined && project.sourceOnly !== undefined && project.unknownRequires !== undefined && !asksBackend(project)) {
    throw new UserError(
      'project',
      `${project.unknownRequires}, which is not asked, as ${project.sourceOnly}`,
      'State them in [project] dependencies, commit a lock, name files in the input requirements, or let its wheel be built ([build-system]).',
    )
  }
  const wanted = [...new Set([...extras, ...(byFiles ? (files.extras ?? []) : [])])]
  const withExtras = requirementsFor(metadata, wantedExtras(metadata, wanted))
  const grouped = groups.flatMap((name) => project.groups[name] ?? [])
  const offered = byFiles || lock !== undefined ? undefined : project.requirementsLock
  return {
    lines: [...new Set([...(byFiles ? files.lines : []), ...withExtras, ...grouped])],
    constraints: byFiles ? requirements.constraints : [],
    byFiles,
    from: byFiles ? requirements.files.join(', ') : "the project's metadata",
    ...(offered && { offered }),
    choice: offered ? undefined : choiceOf(project, always.length, byFiles),
  }
}

/**
 * Whether the backend is asked what a project requires that goes without its wheel: its files do not tell, and neither a lock nor
 * requirements files do. Where these name the project itself (`-e .[server]`), they mean what it requires.
 */
export function asksBackend(project: Project): boolean {
  const { requirements, lock, wheelRefused, unknownRequires } = project
  if (!wheelRefused || unknownRequires === undefined || lock !== undefined) return false
  const { some, extras } = filesOf(project)
  return extras !== undefined || !(some || requirements?.given || requirements?.fault)
}

/** Whether requirements files count whatever the metadata requires. */
export function filesCount(project: Project): boolean {
  const { requirements, lock, definedBy } = project
  if (!requirements || requirements.given) return requirements !== undefined
  return lock === undefined && (definedBy === requirements.files[0] || filesOf(project).extras !== undefined)
}

/** Requirements files without the project itself, which no index is asked for, and the extras that they want of it. */
function filesOf(project: Project): {
  readonly lines: readonly string[]
  readonly extras: readonly string[] | undefined
  readonly some: boolean
} {
  const { requirements, name, nameFrom } = project
  if (!requirements) return { lines: [], extras: undefined, some: false }
  const isOwn = (line: string) =>
    /^(pyproject\.toml|setup\.(cfg|py))$/.test(nameFrom) &&
    /^[A-Za-z0-9]/.test(line) &&
    placeIn(line) === undefined &&
    readRequirement(line).name === name
  const own = requirements.lines.filter(isOwn)
  const named = own.length > 0 || requirements.own !== undefined
  return {
    lines: requirements.lines.filter((line) => !isOwn(line)),
    extras: named ? [...(requirements.own ?? []), ...own.flatMap((line) => readRequirement(line).extras)] : undefined,
    some: requirements.lines.length > 0 || requirements.places.length > 0,
  }
}

function choiceOf(project: Project, required: number, byFiles: boolean): string | undefined {
  const { requirements, lock, definedBy, requiredBy } = project
  if (!requirements) return undefined
  const files = requirements.files.join(', ')
  const also = required > 0 ? `, and the ${required} of ${requiredBy.file}` : ''
  if (requirements.given) return also ? `The dependencies are those of ${files}${also}.` : undefined
  if (definedBy === requirements.files[0]) {
    const others = requirements.others.join(', ')
    return others ? `The dependencies are those of ${files}, not of ${others} (the input requirements names other files).` : undefined
  }
  if (byFiles && also) return `The dependencies are those of ${files}, which names the project itself${also}.`
  const why =
    project.sourceOnly !== undefined && project.unknownRequires !== undefined && !asksBackend(project) ? 'is not asked' : 'requires nothing'
  if (byFiles) return `${definedBy} ${why}, so the dependencies are those of ${files} (the input requirements names other files).`
  if (!lock && requirements.files.every((file) => requiredBy.from.includes(file))) return undefined // they are the metadata's
  const chosen = lock ? `those of ${lock.file}` : `the ${required} of ${requiredBy.file}`
  return `The dependencies are ${chosen}, not those of ${files} (the input requirements would choose that).`
}

/** `all` is every extra, unless the project has one of that name. */
export function wantedExtras(metadata: Requirements, extras: readonly string[]): readonly string[] {
  if (!extras.includes('all') || metadata.extras.includes('all')) return extras
  return [...new Set([...extras.filter((name) => name !== 'all'), ...metadata.extras])]
}

/** Names that a lock of the user knows beside those of the project's files; Poetry's groups stand nowhere else. */
export interface KnownNames {
  readonly extras?: readonly string[] | undefined
  readonly groups?: readonly string[] | undefined
}

/** An extra or a dependency group that the project does not have. */
export interface UnknownName {
  readonly kind: 'extra' | 'dependency group'
  /** A sentence without its full stop, with the valid names. */
  readonly cause: string
  /** What was meant, as far as that can be told. */
  readonly near: string | undefined
}

/**
 * Names that are certainly not there, before anything is built: no backend may add extras to those that stand in [project], requirements
 * files alone have none, and groups are the project's own, but for Poetry's, which its lock knows.
 */
export function staticallyUnknown(project: Project, pyproject: Table, { extras, groups }: Chosen): readonly UnknownName[] {
  const table = tableAt(pyproject, 'project')
  const bare = project.lock === undefined && project.definedBy === project.requirements?.files[0]
  const told = bare || (Object.keys(table).length > 0 && !textsAt(table, 'dynamic')?.includes('optional-dependencies'))
  const metadata = {
    ...project.metadata,
    name: project.name,
    extras: Object.keys(tableAt(table, 'optional-dependencies')).map(normalizeName),
  }
  const poetry = 'poetry' in tableAt(pyproject, 'tool')
  return unknownNames({ project, metadata }, { extras: told ? extras : [], groups: poetry ? [] : groups })
}

/** Who may know a name. */
interface Knowing {
  readonly project: Pick<Project, 'groups'>
  readonly metadata: Requirements
  readonly locked?: KnownNames | undefined
}

/** Names that are asked for and not there. */
export function unknownNames({ project, metadata, locked = {} }: Knowing, { extras, groups }: Chosen): readonly UnknownName[] {
  const missing = (kind: UnknownName['kind'], names: readonly string[], known: readonly string[]) => {
    const valid = [...new Set(known)]
    const has = valid.length > 0 ? `it has ${valid.join(', ')}` : 'it has none'
    return names
      .filter((name) => !valid.includes(name))
      .map((name) => ({ kind, cause: `${metadata.name} has no ${kind} "${name}" (${has})`, near: didYouMean(name, valid) }))
  }
  return [
    ...missing('extra', wantedExtras(metadata, extras), [...metadata.extras, ...(locked.extras ?? [])]),
    ...missing('dependency group', groups, [...Object.keys(project.groups), ...(locked.groups ?? [])]),
  ]
}
