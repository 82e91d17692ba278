import path from 'node:path'
import { UserError } from '../../errors.ts'
import { requirementsFor } from '../../project/metadata.ts'
import type { MarkerEnvironment } from '../../project/requirements/marker.ts'
import type { IndexPins } from '../../project/tools/index-pins.ts'
import { unfollowedForBuilds } from '../../project/tools/uv-sources.ts'
import { readMember } from '../prepare/workspace-members.ts'
import type { World } from '../world.ts'
import { ABOVE, FOLDERS, type LocalPackage, layOut, METADATA } from './lay-out-package.ts'
import { type Located, locate } from './locate-package.ts'
import type { VendoredFiles } from './vendored-files.ts'
import { type PlacesBeside, type WantedLocal, type Wants, wantedBy } from './wanted-packages.ts'

/** How the sources of packages are followed: those of the environment, and the packages that the project pins to an index. */
export interface Following {
  readonly environment: MarkerEnvironment
  readonly pins: IndexPins
  /** What requirements files that do not count say of the workspace. */
  readonly beside?: PlacesBeside
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
  const { wheelsContext, leanContext } = world.paths
  for (const folder of [path.join(wheelsContext, FOLDERS), path.join(wheelsContext, ABOVE), path.join(leanContext, METADATA)]) {
    await world.files.remove(folder)
    await world.files.makeFolder(folder)
  }
  const layout = new Layout(world, following, vendored)
  await layout.follow(wanted)
  return layout.result()
}

/** The packages that are laid out so far, and what they want in turn. */
class Layout {
  private readonly world: World
  private readonly following: Following | undefined
  private readonly vendored: VendoredFiles
  private readonly found = new Map<string, LocalPackage>()
  private readonly addresses = new Map<string, string>()
  private readonly lines: string[] = []
  /** By folder, what is required of it. */
  private readonly extras = new Map<string, readonly string[]>()
  private readonly places = new Map<string, Located>()
  private readonly nameless: { readonly folder: string; readonly extras: readonly string[] }[] = []
  private wantsProject = false

  constructor(world: World, following: Following | undefined, vendored: VendoredFiles) {
    this.world = world
    this.following = following
    this.vendored = vendored
  }

  async follow(wanted: Wants): Promise<void> {
    await this.take(wanted)
    const queue = [...wanted.locals]
    for (let next = queue.shift(); next; next = queue.shift()) queue.push(...(await this.add(next)))
  }

  result(): LaidOut {
    for (const { folder, extras } of this.nameless) {
      const local = this.at(folder)
      if (local && extras.length > 0) this.lines.push(`${local.name}[${extras.join(',')}]`)
    }
    return { packages: this.found, addresses: this.addresses, lines: [...new Set(this.lines)], wantsProject: this.wantsProject }
  }

  /** What comes from an address or a file is taken as it is. */
  private async take({ addresses, files }: Pick<Wants, 'addresses' | 'files'>): Promise<void> {
    for (const [name, url] of addresses) if (!this.addresses.has(name)) this.addresses.set(name, url)
    for (const [name, place] of files) if (!this.addresses.has(name)) this.addresses.set(name, (await this.vendored.take(place)).url)
  }

  private at(folder: string): LocalPackage | undefined {
    return [...this.found.values()].find((one) => one.folder === folder)
  }

  /** Lays out one package. @returns those that it wants in turn */
  private async add(wanted: WantedLocal): Promise<readonly WantedLocal[]> {
    const { world } = this
    const place = this.places.get(wanted.name) ?? (await locate(world, wanted)) // the first place that is named counts
    const { folder, from, within } = place
    if (folder === world.paths.project) {
      this.wantsProject = true
      return []
    }
    const known = this.extras.get(folder)
    const asked = [...new Set([...(known ?? []), ...(wanted.extras ?? [])])]
    if (known?.length === asked.length) return []
    this.extras.set(folder, asked)
    if (!wanted.name) this.nameless.push({ folder, extras: wanted.extras ?? [] })
    const same = this.at(folder)
    const root = within?.top ?? world.context.workspace
    const checkout = { folder, ...(within && { fetched: { revision: within.revision } }) }
    const local = same ?? (await layOut(world, checkout, { from, root, name: wanted.name }))
    if (wanted.name && wanted.name !== local.name) throw otherName(wanted.name, from, local.name)
    if (!same && this.found.has(local.name)) return []
    this.found.set(local.name, local)
    this.places.set(local.name, place)
    return this.wantsOf(local, place, { asked, isNew: !same })
  }

  private async wantsOf(
    local: LocalPackage,
    { folder, from, within }: Located,
    { asked, isNew }: { readonly asked: readonly string[]; readonly isNew: boolean },
  ): Promise<readonly WantedLocal[]> {
    const { world, following } = this
    const top = within?.top ?? world.context.workspace
    const member = await readMember({ files: world.files, top }, folder)
    const builds = unfollowedForBuilds(member, local.project.buildRequires)
    if (builds && isNew) throw builds
    if (!following) return []
    const choice = { environment: following.environment, chosen: { extras: asked, groups: [] } }
    const at = { top, from, ...(within ? { within } : following.beside && { beside: following.beside }) }
    const wants = wantedBy(requirementsFor(local.project.metadata, asked), { member, choice, ...at })
    await this.take(wants)
    for (const { line, name, index } of wants.indexed) {
      if (following.pins.packages[name]?.some((pin) => pin.index === index)) this.lines.push(line)
      else throw unpinned(local.name, name, index)
    }
    const unknown = local.asked?.sources.filter((name) => !this.found.has(name) && !this.addresses.has(name)) ?? []
    if (isNew && unknown.length > 0) world.log.warning(unasked(local.name, unknown))
    return wants.locals
  }
}

function otherName(name: string, from: string, held: string): UserError {
  return new UserError('project', `${name} is required from ${from}, which holds ${held}`, 'Fix the name or the path of that requirement.')
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
