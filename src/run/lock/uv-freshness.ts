import path from 'node:path'
import { UserError } from '../../errors.ts'
import { outOfDate } from '../../project/locks/disagreement.ts'
import type { StatedSource } from '../../project/locks/freshness/stated.ts'
import { type UvWanted, uvDisagreement, uvResolvingDisagreement } from '../../project/locks/freshness/uv-disagreement.ts'
import { gitAt, plainAddress, readMetadata } from '../../project/locks/freshness/uv-stated.ts'
import type { UserLock } from '../../project/locks/pins.ts'
import { requirementsFor } from '../../project/metadata.ts'
import { normalizeName } from '../../project/names.ts'
import type { Project } from '../../project/project.ts'
import { LOCK_SIZE } from '../../project/text-size.ts'
import { type Table, tableAt, textAt, textsAt } from '../../project/toml.ts'
import { type SourceChoice, type UvSource, uvSources } from '../../project/tools/uv-sources.ts'
import { type Member, uvOf } from '../../project/tools/uv-workspace.ts'
import { readMember } from '../prepare/workspace-members.ts'
import type { World } from '../world.ts'
import type { LockRequest } from './lock-request.ts'

/** A lock of uv and the absolute folder that it lies in. */
interface UvLock {
  readonly lock: UserLock
  readonly folder: string
}

/** What the project and its workspace say otherwise than uv read when it made the lock, as parts of a sentence. */
export async function projectFaults(world: World, { lock, folder }: UvLock, request: LockRequest): Promise<readonly string[]> {
  const { stated } = lock
  if (!stated) return []
  const { dependencies, plan, target, extras, groups } = request
  const member = await readMember({ files: world.files, top: world.context.workspace }, world.paths.project)
  const choice = { environment: target.markers, chosen: { extras, groups } }
  const own = isStatic(member)
    ? [...requirementsFor(plan.project.metadata, extras), ...groups.flatMap((name) => plan.project.groups[normalizeName(name)] ?? [])]
    : dependencies.lines
  const given = { environment: target.markers, selection: { extras, groups } }
  const wanted = { name: lock.project, lines: own, sourceOf: sourcesOf(member, choice, folder) }
  return [...uvDisagreement(stated, wanted, given), ...resolvingFaults(stated, member, given)]
}

/** The same of a folder of the workspace that is required, all its extras among it. @param folder absolute */
export async function folderFaults(
  world: World,
  { lock, folder: base }: UvLock,
  {
    project,
    folder,
    environment,
  }: { readonly project: Project; readonly folder: string; readonly environment: SourceChoice['environment'] },
): Promise<readonly string[]> {
  if (!lock.stated || path.relative(world.context.workspace, folder).startsWith('..')) return []
  const member = await readMember({ files: world.files, top: world.context.workspace }, folder)
  if (!isStatic(member)) return []
  const selection = { extras: project.metadata.extras, groups: [] }
  const lines = requirementsFor(project.metadata, selection.extras)
  const sourceOf = sourcesOf(member, { environment, chosen: selection }, base)
  const faults = uvDisagreement(lock.stated, { name: project.name, lines, sourceOf }, { environment, selection })
  return faults.map((fault) => `of ${project.name}, ${fault}`)
}

/** @throws UserError that says what to do */
export function refuseChanged(lock: UserLock, faults: readonly string[]): void {
  if (faults.length === 0) return
  const more = faults.length > 1 ? ` and ${faults.length - 1} more` : ''
  throw outOfDate(lock, `${faults[0]}${more}`, faults)
}

/**
 * @throws UserError for a member of a uv workspace whose lock does not hold it, where nothing else locks it: resolved
 * afresh, it would have other versions than its neighbours
 */
export async function refuseMissingMember({ files, context, paths }: World, { name, lock }: Project): Promise<void> {
  if (lock) return
  const { root } = await readMember({ files, top: context.workspace }, paths.project)
  const above = root && path.join(root.folder, 'uv.lock')
  if (!above || (await files.readInside(context.workspace, above, LOCK_SIZE)) === undefined) return
  const file = path.relative(paths.project, above).split(path.sep).join('/')
  throw outOfDate({ file, refresh: 'uv lock' }, `it does not hold ${name}, which is a member of its workspace`)
}

/** Where pyproject.toml tells its requirements, uv asks no backend. */
function isStatic({ pyproject }: Member): boolean {
  const project = tableAt(pyproject, 'project')
  const dynamic = textsAt(project, 'dynamic') ?? []
  return textAt(project, 'name') !== undefined && !dynamic.some((key) => /^(optional-)?dependencies$/.test(key))
}

function resolvingFaults(
  stated: NonNullable<UserLock['stated']>,
  member: Member,
  given: Parameters<typeof uvResolvingDisagreement>[2],
): readonly string[] {
  const { settings, sources } = uvOf(member)
  const lines = (table: Table, key: string) => textsAt(table, key) ?? []
  const said = (table: Table) => ({
    constraints: lines(table, 'constraint-dependencies'),
    overrides: lines(table, 'override-dependencies'),
    excludes: lines(table, 'exclude-dependencies'),
    metadata: readMetadata(table),
    options: { resolution: textAt(settings, 'resolution'), prerelease: textAt(settings, 'prerelease') },
    sourced: new Set(Object.keys(sources).map(normalizeName)),
  })
  // `uv lock` reads these lists in pyproject.toml; those of a uv.toml may count beside them or not at all.
  const ways = [settings, tableAt((member.root ?? member).pyproject, 'tool', 'uv')]
  const [first = [], second = []] = ways.map((table) => uvResolvingDisagreement(stated, said(table), given))
  return first.length === 0 ? first : second
}

/** Sources in the words of the lock. Those for some extras or groups alone stand beside others there: not compared. */
function sourcesOf(member: Member, choice: SourceChoice, folder: string): UvWanted['sourceOf'] {
  const { sources, indexes, settings } = uvOf(member)
  if (Object.keys(settings).some((key) => key.startsWith('no-sources'))) return () => 'unknown'
  const find = uvSources(member, choice)
  const addresses = new Map(indexes.map((index) => [textAt(index, 'name') ?? '', textAt(index, 'url') ?? '']))
  const conditional = new Set(
    Object.entries(sources).flatMap(([name, written]) =>
      [written].flat().some((one) => 'extra' in (one as Table) || 'group' in (one as Table)) ? [normalizeName(name)] : [],
    ),
  )
  return (name) => {
    if (conditional.has(name)) return 'unknown'
    try {
      const found = find(name)
      return found && statedOf(found, { folder, addresses })
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      return 'unknown'
    }
  }
}

function statedOf(
  found: UvSource,
  { folder, addresses }: { readonly folder: string; readonly addresses: ReadonlyMap<string, string> },
): StatedSource {
  const placed = (base: string, place: string): StatedSource => ({
    kind: 'place',
    at: path.relative(folder, path.resolve(base, place)).split(path.sep).join('/') || '.',
  })
  switch (found.kind) {
    case 'address':
      return { kind: 'address', at: plainAddress(found.url) }
    case 'index': {
      const url = addresses.get(found.index) ?? ''
      return { kind: 'index', at: /^https?:/.test(url) ? plainAddress(url) : '' }
    }
    case 'file':
      return placed(found.base, found.path)
    default: {
      const { source, base } = found
      if (source.kind === 'workspace') return { kind: 'place', at: '' }
      if (source.kind === 'directory') return placed(base, source.path)
      return { kind: 'git', at: gitAt(source.url, source.subdirectory), revision: source.revision }
    }
  }
}
