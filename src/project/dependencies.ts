import { type Requirements, requirementsFor } from './metadata.ts'
import { didYouMean } from './names.ts'
import type { OwnLock, Project } from './project.ts'

/** What the application requires, and who says so. */
export interface Dependencies {
  /** Requirement lines; markers other than `extra` are left for the resolver to judge (PEP 508). */
  readonly lines: readonly string[]
  readonly constraints: readonly string[]
  /** Requirements files say it, not the metadata. */
  readonly byFiles: boolean
  /** e.g. `the project's metadata`, `requirements.txt` */
  readonly from: string
  /** Requirements files with hashes beside the metadata that defines them: the lock, where they hold all of it. */
  readonly offered?: OwnLock
  /** Why, where two readings were possible, with the input that overrides. */
  readonly choice: string | undefined
}

/**
 * The dependencies by metadata or by requirements files. Files count where the user names them and where
 * the metadata requires nothing: a setup.py that lists no requirements beside a full requirements.txt is a decoy.
 * @param extras and groups normalised
 */
export function chooseDependencies(
  project: Project,
  metadata: Requirements,
  extras: readonly string[],
  groups: readonly string[],
): Dependencies {
  const { requirements, lock } = project
  const always = requirementsFor(metadata, [])
  const decoy = always.length === 0 && lock === undefined && (requirements?.lines.length ?? 0) > 0
  const byFiles = requirements !== undefined && (requirements.given || decoy)
  const withExtras = requirementsFor(metadata, wantedExtras(metadata, extras))
  const optional = withExtras.filter((line) => !always.includes(line))
  const grouped = groups.flatMap((name) => project.groups[name] ?? [])
  const files = requirements?.files.join(', ') ?? ''
  const offered = byFiles || lock !== undefined ? undefined : project.requirementsLock
  return {
    lines: [...(byFiles ? [...requirements.lines, ...optional] : withExtras), ...grouped],
    constraints: byFiles ? requirements.constraints : [],
    byFiles,
    from: byFiles ? files : "the project's metadata",
    ...(offered && { offered }),
    choice: offered ? undefined : choiceOf(project, always.length, byFiles, files),
  }
}

function choiceOf(project: Project, required: number, byFiles: boolean, files: string): string | undefined {
  const { requirements, lock } = project
  if (!requirements || requirements.given) return undefined
  if (project.definedBy === requirements.files[0]) {
    const others = requirements.others.join(', ')
    return others ? `The dependencies are those of ${files}, not of ${others} (the input requirements names other files).` : undefined
  }
  if (byFiles)
    return `${project.definedBy} requires nothing, so the dependencies are those of ${files} (the input requirements names other files).`
  const chosen = lock ? `those of ${lock.file}` : `the ${required} of ${project.definedBy}`
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

/** pip only warns of an unknown extra, and so do we; but we name the valid ones. */
export function unknownNames(
  project: Project,
  metadata: Requirements,
  extras: readonly string[],
  groups: readonly string[],
  locked: KnownNames = {},
): readonly string[] {
  const known = {
    extras: [...new Set([...metadata.extras, ...(locked.extras ?? [])])],
    groups: [...new Set([...Object.keys(project.groups), ...(locked.groups ?? [])])],
  }
  const missing = (names: readonly string[], valid: readonly string[]) => names.filter((name) => !valid.includes(name))
  return [
    ...missing(wantedExtras(metadata, extras), known.extras).map((name) => unknown(metadata.name, 'extra', name, known.extras)),
    ...missing(groups, known.groups).map((name) => unknown(metadata.name, 'dependency group', name, known.groups)),
  ]
}

function unknown(project: string, kind: string, name: string, valid: readonly string[]): string {
  const near = didYouMean(name, valid)
  const known = valid.length > 0 ? `it has ${valid.join(', ')}` : 'it has none'
  return `${project} has no ${kind} "${name}"${near ? `; did you mean "${near}"?` : ''} (${known}). Nothing is installed for it.`
}
