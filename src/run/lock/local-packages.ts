import path from 'node:path'
import { UserError } from '../../errors.ts'
import { fingerprint } from '../../plan/fingerprint.ts'
import { resolvable } from '../../project/layout/static-metadata.ts'
import { placeIn, vendoredIn } from '../../project/locks/vendored-paths.ts'
import { requirementsFor } from '../../project/metadata.ts'
import { normalizeName } from '../../project/names.ts'
import { type Project, readProject } from '../../project/project.ts'
import { holds, type MarkerEnvironment } from '../../project/requirements/marker.ts'
import { readRequirement } from '../../project/requirements/requirement.ts'
import { TEXT_SIZE } from '../../project/text-size.ts'
import { readToml, tableAt } from '../../project/toml.ts'
import { sourcedNames, sourcesOf } from '../../project/tools/dependency-sources.ts'
import type { IndexPins } from '../../project/tools/index-pins.ts'
import { directSource, type LocalSource, placeOf } from '../../project/tools/local-source.ts'
import { type SourceChoice, unfollowedForBuilds } from '../../project/tools/uv-sources.ts'
import type { Member } from '../../project/tools/uv-workspace.ts'
import { listed } from '../../words.ts'
import { filesAbove, placeInRepository } from '../prepare/files-above.ts'
import { readTree } from '../prepare/make-plan.ts'
import { type Checkout, tellLocalVersion, withFiles } from '../prepare/version-from-git.ts'
import { tellWithheld } from '../prepare/withheld-notice.ts'
import { memberFolder, readMember } from '../prepare/workspace-members.ts'
import type { World } from '../world.ts'
import type { NamedPlace, VendoredFiles } from './vendored-files.ts'

/** A package that comes as a folder: of the workspace, or of a repository at a commit. It is built like the project itself. */
export interface LocalPackage {
  readonly name: string
  /** Absolute. */
  readonly folder: string
  /** As people know it: `libs/billing`, `git+https://…@c0ffee`. */
  readonly from: string
  /** Of everything that its wheel is made from. */
  readonly print: string
  /** Paths of its files. */
  readonly files: readonly string[]
  readonly project: Project
  /** Tells its build backend a version that comes from git. */
  readonly env: Readonly<Record<string, string>>
  /** Its place in its repository, where building it reads above itself. */
  readonly above: string | undefined
  /** Where resolving sees it. */
  readonly resolvedAt: string
  /** What resolving must know of a folder whose backend is asked: that, and the sources that are not followed. */
  readonly asked: { readonly env: Readonly<Record<string, string>>; readonly sources: readonly string[] } | undefined
}

/** What is wanted: by name where that is known, from a source named by a file in `base`. */
export interface WantedLocal {
  readonly name: string
  readonly source: LocalSource
  /** Absolute. */
  readonly base: string
  /** That are required of it, normalised. */
  readonly extras?: readonly string[]
  /** The repository that `base` is in, where it is not in the workspace. */
  readonly within?: Fetched
}

interface Fetched {
  readonly top: string
  /** As people know it. */
  readonly from: string
  /** As it was asked for. */
  readonly revision: string
}

/** What requirements want that an index alone cannot tell. */
export interface Wants {
  readonly locals: readonly WantedLocal[]
  /** Of files, by normalised name. */
  readonly addresses: ReadonlyMap<string, string>
  /** Wheels and sdists of the workspace, by normalised name. */
  readonly files: ReadonlyMap<string, NamedPlace>
  /** Lines for which an index is named. */
  readonly indexed: readonly { readonly line: string; readonly name: string; readonly index: string }[]
}

/** How the sources of packages are followed: those of the environment, and the packages that the project pins to an index. */
export interface Following {
  readonly environment: MarkerEnvironment
  readonly pins: IndexPins
}

/** Everything that does not come from an index by its name. */
export interface LaidOut {
  readonly packages: ReadonlyMap<string, LocalPackage>
  /** Of files, by normalised name: fetched by resolving, or of the workspace. */
  readonly addresses: ReadonlyMap<string, string>
  /**
   * Extras of what is required by its place alone, and what packages require of the index that the project pins it to:
   * said for the project too, as pins count for that alone.
   */
  readonly lines: readonly string[]
  /** Some package requires the project itself. */
  readonly wantsProject: boolean
}

/** Where the stage `lock` sees them. */
const LOCAL_AT = '/srv/local'
const FOLDERS = 'local'
const METADATA = 'local-metadata'
const ABOVE = 'above'

/** The place of a package's source inside the context. */
export function localAt(name: string): string {
  return `${FOLDERS}/${name}`
}

/**
 * Lays out every wanted package, and those that they want in turn, below the contexts: whole for its build, and
 * as little as possible for resolving, so that a change of its code does not resolve again.
 * @param following undefined where a lock names all there is
 * @throws UserError where a folder is not there or lies outside the workspace, and where git cannot fetch
 */
export async function layOutLocals(
  world: World,
  wanted: Wants,
  following: Following | undefined,
  vendored: VendoredFiles,
): Promise<LaidOut> {
  const found = new Map<string, LocalPackage>()
  const addresses = new Map(wanted.addresses)
  const takeFiles = async (files: Wants['files']) => {
    for (const [name, place] of files) if (!addresses.has(name)) addresses.set(name, (await vendored.take(place)).url)
  }
  await takeFiles(wanted.files)
  const lines: string[] = []
  const extras = new Map<string, readonly string[]>()
  const places = new Map<string, Located>()
  const nameless: { readonly folder: string; readonly extras: readonly string[] }[] = []
  let wantsProject = false
  for (const folder of [
    path.join(world.paths.wheelsContext, FOLDERS),
    path.join(world.paths.wheelsContext, ABOVE),
    path.join(world.paths.leanContext, METADATA),
  ]) {
    await world.files.remove(folder)
    await world.files.makeFolder(folder)
  }
  const queue = [...wanted.locals]
  for (let next = queue.shift(); next; next = queue.shift()) {
    const place = places.get(next.name) ?? (await locate(world, next)) // the first place that is named counts
    const { folder, from, within } = place
    if (folder === world.paths.project) {
      wantsProject = true
      continue
    }
    const known = extras.get(folder)
    const asked = [...new Set([...(known ?? []), ...(next.extras ?? [])])]
    if (known?.length === asked.length) continue
    extras.set(folder, asked)
    if (!next.name) nameless.push({ folder, extras: next.extras ?? [] })
    const same = [...found.values()].find((one) => one.folder === folder)
    const top = within?.top ?? world.context.workspace
    const local =
      same ??
      (await layOut(world, { folder, ...(within && { fetched: { revision: within.revision } }) }, { from, root: top, name: next.name }))
    if (next.name && next.name !== local.name) {
      throw new UserError(
        'project',
        `${next.name} is required from ${from}, which holds ${local.name}`,
        'Fix the name or the path of that requirement.',
      )
    }
    if (!same && found.has(local.name)) continue
    found.set(local.name, local)
    places.set(local.name, place)
    const member = await readMember({ files: world.files, top }, folder)
    const builds = unfollowedForBuilds(member, local.project.buildRequires)
    if (builds && !same) throw builds
    if (!following) continue
    const choice = { environment: following.environment, chosen: { extras: asked, groups: [] } }
    const wants = wantedBy(requirementsFor(local.project.metadata, asked), member, choice, { top, from, ...(within && { within }) })
    queue.push(...wants.locals)
    for (const [name, url] of wants.addresses) if (!addresses.has(name)) addresses.set(name, url)
    await takeFiles(wants.files)
    for (const { line, name, index } of wants.indexed) {
      if (following.pins.packages[name]?.some((pin) => pin.index === index)) lines.push(line)
      else throw unpinned(local.name, name, index)
    }
    const unknown = local.asked?.sources.filter((name) => !found.has(name) && !addresses.has(name)) ?? []
    if (!same && unknown.length > 0) world.log.warning(unasked(local.name, unknown))
  }
  for (const { folder, extras: asked } of nameless) {
    const local = [...found.values()].find((one) => one.folder === folder)
    if (local && asked.length > 0) lines.push(`${local.name}[${asked.join(',')}]`)
  }
  return { packages: found, addresses, lines: [...new Set(lines)], wantsProject }
}

/** Of the packages beside the project a source with an index counts where the project pins that package too. */
function unpinned(by: string, name: string, index: string): UserError {
  return new UserError(
    'project',
    `${by} takes ${name} from the index ${index} alone, and the project does not pin it: another index must not answer in its place`,
    `Name ${name} with that index in the project's own [tool.uv.sources] too, or commit a lock.`,
  )
}

function unasked(name: string, sources: readonly string[]): string {
  return `What ${name} requires is known to its build backend alone, so its [tool.uv.sources] are not followed (${sources.join(', ')}). State its dependencies in [project].`
}

/**
 * What requirement lines want that an index alone cannot tell.
 * @param member whose pyproject.toml, and that of its workspace's root, names the sources
 * @param at where the member lies
 * @throws UserError for a source that cannot be followed of something that is required here
 */
export function wantedBy(
  lines: readonly string[],
  member: Member,
  choice: SourceChoice,
  { within, top, from }: { readonly within?: Fetched; readonly top: string; readonly from: string },
): Wants {
  const sourced = sourcedNames(member)
  const sourceOf = sourcesOf(member, choice)
  const locals: WantedLocal[] = []
  const addresses = new Map<string, string>()
  const files = new Map<string, NamedPlace>()
  const indexed: { line: string; name: string; index: string }[] = []
  for (const line of lines) {
    const common = { ...(within && { within }) }
    const name = normalizeName(/^\s*([A-Za-z0-9][\w.-]*)/.exec(line)?.[1] ?? '')
    const direct = directSource(line)
    const file = placeIn(line) === undefined ? vendoredIn(line) : undefined
    if (!name || (!direct && !file && !sourced.has(name))) continue
    const { marker, extras } = readRequirement(line)
    if (!holds(marker, choice.environment, choice.chosen)) continue
    const found = sourced.has(name) ? sourceOf(name) : undefined // before what a backend has made of its path
    if (!found && direct) locals.push({ name, source: direct.source, ...common, base: direct.ofTop ? top : member.folder, extras })
    if (found?.kind === 'local') locals.push({ name, source: found.source, base: found.base, extras, ...common })
    else if (found?.kind === 'file') files.set(name, { place: found.path, base: found.base, top, by: from })
    else if (found?.kind === 'address') addresses.set(name, found.url)
    else if (found) indexed.push({ line, name, index: found.index })
    else if (file) {
      const { place, ofTop } = placeOf(file)
      files.set(name, { place, base: ofTop ? top : member.folder, top, by: from })
    }
  }
  return { locals, addresses, files, indexed }
}

export function pyprojectOf(world: World, folder: string, top = world.context.workspace): Promise<string | undefined> {
  return world.files.readInside(top, path.join(folder, 'pyproject.toml'), TEXT_SIZE)
}

/** @param as nothing above `root` is read; `name` is what it is required by, '' where only its place is told */
async function layOut(
  world: World,
  checkout: Checkout,
  { from, root, name: asked }: { readonly from: string; readonly root: string; readonly name: string },
): Promise<LocalPackage> {
  const { folder } = checkout
  const withheld: string[] = []
  const taken = await world.source.snapshot(folder, world.paths.wheelhouse, withheld, root)
  tellWithheld(world, withheld, from)
  const files = taken.map((file) => file.path)
  if (!files.some((file) => file === 'pyproject.toml' || file === 'setup.py')) {
    throw new UserError(
      'project',
      `${from} is required as a package and has neither pyproject.toml nor setup.py`,
      'Fix the path of that requirement, or give the folder its metadata.',
    )
  }
  const tree = await readTree({ project: folder, workspace: root }, files, [], world.files)
  const project = readProject(tree, path.basename(folder))
  // A name that setup.py computes is known to its backend, which the resolver asks.
  const name = asked && !/\.(toml|cfg|py)$/.test(project.nameFrom) ? asked : project.name
  const told = await tellLocalVersion(world, tree, checkout)
  for (const notice of told.notices) world.log.notice(`${name}: ${notice}`)
  const { env } = told
  const snapshot = withFiles(taken, told.files)
  await world.source.stage(folder, snapshot, path.join(world.paths.wheelsContext, localAt(name)))
  const above = await filesAbove(world, { folder, top: root }, project.above)
  if (above) await world.source.stage(root, above, path.join(world.paths.wheelsContext, ABOVE, name))
  const pyproject = readToml(`${from}/pyproject.toml`, (await pyprojectOf(world, folder, root)) ?? '')
  const enough = resolvable(pyproject, project.metadata)
  const place = above && placeInRepository({ folder, top: root })
  const inside = path.posix.join(name, enough === undefined ? (place ?? '') : '')
  const metadata = path.join(world.paths.leanContext, METADATA, inside)
  if (enough !== undefined) await world.files.write(path.join(metadata, 'pyproject.toml'), enough)
  else {
    if (above) await world.source.stage(root, above, path.join(world.paths.leanContext, METADATA, name))
    await world.source.stage(folder, snapshot, metadata)
  }
  const print = fingerprint({
    files: JSON.stringify(snapshot),
    ...(above && { above: JSON.stringify(above) }),
    ...(Object.keys(env).length > 0 && { version: JSON.stringify(env) }),
  })
  const sources = Object.keys(tableAt(pyproject, 'tool', 'uv', 'sources')).map(normalizeName)
  const resolvedAt = `${LOCAL_AT}/${inside}`
  return {
    name,
    folder,
    from,
    print,
    files,
    project,
    env,
    above: place,
    resolvedAt,
    asked: enough === undefined ? { env, sources } : undefined,
  }
}

/** Who may name a repository of this machine: the project itself, where its author is not a stranger. */
function notFromHere(name: string, url: string, within: Fetched | undefined): UserError {
  const by = within ? `by ${within.from}` : 'in a pull request of a fork'
  return new UserError('project', `${name} is required ${by} from ${url}, a repository of this machine`, 'Name an https address.')
}

function pointers(name: string, kept: readonly string[]): string {
  return `${name} gets pointers in the place of ${listed(kept, 1)}: Git LFS is not followed in repositories that are required. Require a wheel or sdist of it, or check it out below the workspace.`
}

interface Located {
  /** Absolute. */
  readonly folder: string
  readonly from: string
  /** The repository that it is in, where that was fetched. */
  readonly within?: Fetched
}

async function locate(world: World, { name, source, base, within }: WantedLocal): Promise<Located> {
  if (source.kind === 'git') {
    const to = path.join(world.paths.temp, 'git', name || path.basename(source.url, '.git'))
    if (/^file:/i.test(source.url) && (within || world.context.foreignHead)) throw notFromHere(name, source.url, within)
    const revision = await world.git.fetch(source.url, source.revision, to)
    const from = `git+${source.url}@${revision.slice(0, 12)}`
    const folder = path.join(to, source.subdirectory ?? '')
    await world.files.checkInside(to, folder)
    const kept = await world.git.keptByLfs(folder)
    if (kept.length > 0) world.log.warning(pointers(name, kept))
    return { folder, from, within: { top: to, from, revision: source.revision } }
  }
  const top = within?.top ?? world.context.workspace
  const folder = source.kind === 'directory' ? path.resolve(base, source.path) : await memberFolder({ files: world.files, top }, base, name)
  const inside = path.relative(top, folder) || '.'
  if (inside === '..' || inside.startsWith(`..${path.sep}`)) {
    throw new UserError(
      'project',
      `${name || 'a package'} is required from ${source.kind === 'directory' ? source.path : folder}, outside ${within?.from ?? 'the workspace'}`,
      'Check out what it needs below the workspace.',
    )
  }
  const from = within ? `${within.from}#subdirectory=${inside}` : inside
  await world.files.checkInside(top, folder)
  if (await world.files.exists(folder)) return { folder, from, ...(within && { within }) }
  throw new UserError(
    'project',
    `${name || from} is required from ${from}, which is not there`,
    'Fix the path, or check it out (submodules: true?).',
  )
}
