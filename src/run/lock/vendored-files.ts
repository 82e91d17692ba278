import path from 'node:path'
import { UserError } from '../../errors.ts'
import { archiveName, fits } from '../../grammar.ts'
import { isArchive } from '../../project/locks/pins.ts'
import type { LockedPackage, RemoteFile } from '../../project/resolved-lock.ts'
import { FILES_AT } from '../../project/tools/local-source.ts'
import type { World } from '../world.ts'

/** A wheel, an sdist or a folder of them that a project names by its path. */
export interface NamedPlace {
  readonly place: string
  /** Absolute: what the path is relative to. */
  readonly base: string
  /** Absolute: the workspace, or the repository that `base` is in. */
  readonly top: string
  /** Who names it, for messages. */
  readonly by: string
}

/** A wheel or sdist that resolving sees. */
export interface Vendored {
  readonly file: string
  readonly sha256: string
  /** As the resolving stage sees it. */
  readonly url: string
}

/** A folder of them. */
export interface VendoredFolder {
  /** As the resolving stage sees it. */
  readonly at: string
  readonly files: readonly Vendored[]
}

/** In the context of the stage `lock`. */
const FOLDER = 'local-files'
/** A pointer of Git LFS has less than 1,024 bytes. @see https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md */
const POINTER = 1024

/** Wheels and sdists of the workspace: laid out where resolving sees them, and known by their sha256 from then on. */
export class VendoredFiles {
  private readonly world: World
  private readonly places = new Map<string, string>()
  private readonly named = new Set<string>()
  private readonly folders = new Map<string, Promise<VendoredFolder>>()

  private constructor(world: World) {
    this.world = world
  }

  /** Forgets what another resolution has laid out. */
  static async open(world: World): Promise<VendoredFiles> {
    const opened = new VendoredFiles(world)
    await world.files.remove(opened.root)
    await world.files.makeFolder(opened.root)
    return opened
  }

  /** Their sha256, in order. */
  get sums(): readonly string[] {
    return [...this.places.keys()].sort()
  }

  /** Where they lie, absolute. */
  get paths(): ReadonlySet<string> {
    return this.named
  }

  /** @throws UserError for a file that is not there, lies outside, or is no wheel and no sdist */
  async take(named: NamedPlace): Promise<Vendored> {
    const at = await this.within(named)
    if ((await this.world.files.status(at))?.folder !== false) throw await this.missing(named)
    return this.layOut(named, at)
  }

  /**
   * The wheels and sdists of a folder, as `--find-links` has it.
   * @throws UserError where there is no such folder
   */
  takeFolder(named: NamedPlace): Promise<VendoredFolder> {
    const folder = path.resolve(named.base, named.place)
    const known = this.folders.get(folder) ?? this.layOutFolder(named, `links-${this.folders.size}`)
    this.folders.set(folder, known)
    return known
  }

  /** Words of uv's command line for the folders. */
  async options(): Promise<readonly string[]> {
    const folders = await Promise.all(this.folders.values())
    return folders.flatMap(({ at }) => ['--find-links', at])
  }

  /** A package of the lock whose files of the workspace are known by where they lie. */
  located(entry: LockedPackage): LockedPackage {
    const here = (file: RemoteFile): RemoteFile => {
      if (!file.url.startsWith('file:')) return file
      const at = this.places.get(file.sha256)
      if (at !== undefined) return { ...file, at }
      throw new UserError(
        'wheels',
        `${file.file} in the lock is no file that the project names`,
        'Run again, without what the cache holds.',
      )
    }
    return { ...entry, wheels: entry.wheels.map(here), sdist: entry.sdist && here(entry.sdist) }
  }

  private async layOutFolder(named: NamedPlace, below: string): Promise<VendoredFolder> {
    const { files } = this.world
    const folder = await this.within(named)
    if (!(await files.status(folder))?.folder) throw fault(named, 'a folder that is not there', 'Fix its path, or take it out.')
    await files.makeFolder(path.join(this.root, below))
    const found: Vendored[] = []
    for (const file of await files.list(folder)) {
      const inside = { ...named, place: path.join(folder, file) }
      if (fits(archiveName, file)) found.push(await this.layOut(inside, await this.within(inside), below))
    }
    return { at: `${FILES_AT}/${below}`, files: found }
  }

  private get root(): string {
    return path.join(this.world.paths.leanContext, FOLDER)
  }

  /** Where it really is. */
  private async within({ place, base, top, by }: NamedPlace): Promise<string> {
    const at = path.resolve(base, place)
    const inside = path.relative(top, at)
    if (inside === '..' || inside.startsWith(`..${path.sep}`)) {
      throw fault({ place, by }, 'which lies outside the workspace', 'Check out what it needs below the workspace, and name it there.')
    }
    await this.world.files.checkInside(top, at)
    return (await this.world.files.real(at)) ?? at
  }

  private async layOut(named: NamedPlace, at: string, below?: string): Promise<Vendored> {
    const { files } = this.world
    const whole = path.resolve(named.base, named.place)
    const file = path.basename(whole)
    if (!fits(archiveName, file)) throw fault(named, 'which is no wheel and no sdist by its name', 'Name it as its tool has made it.')
    if (await this.isPointer(at)) throw fault(named, 'which is a pointer of Git LFS', 'Let actions/checkout fetch it (lfs: true).')
    const sha256 = await files.sha256(at)
    const name = `${below ?? sha256.slice(0, 16)}/${file}`
    const to = path.join(this.root, name)
    await files.link(at, to)
    this.places.set(sha256, to)
    this.named.add(whole)
    return { file, sha256, url: `file://${FILES_AT}/${name}` }
  }

  private async isPointer(at: string): Promise<boolean> {
    return ((await this.world.files.readKept(at, POINTER)) ?? '').startsWith('version https://git-lfs')
  }

  private async missing(named: NamedPlace): Promise<UserError> {
    const folder = path.dirname(path.resolve(named.base, named.place))
    const others = (await this.world.files.list(folder)).filter(isArchive).slice(0, 3)
    const there = others.length > 0 ? ` (its folder has ${others.join(', ')})` : ''
    return fault(named, `which is not there${there}`, 'Fix its path, or commit the file.')
  }
}

function fault({ place, by }: Pick<NamedPlace, 'place' | 'by'>, why: string, next: string): UserError {
  return new UserError('lock', `${by} names ${place}, ${why}`, next)
}
