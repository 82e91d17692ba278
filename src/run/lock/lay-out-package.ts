import path from 'node:path'
import { UserError } from '../../errors.ts'
import { fingerprint } from '../../plan/fingerprint.ts'
import { resolvable } from '../../project/layout/static-metadata.ts'
import { normalizeName } from '../../project/names.ts'
import { type Project, readProject } from '../../project/project.ts'
import { TEXT_SIZE } from '../../project/text-size.ts'
import { readToml, tableAt } from '../../project/toml.ts'
import { refuseAbsent } from '../prepare/checkout/refuse-absent.ts'
import { filesAbove, placeInRepository } from '../prepare/files-above.ts'
import { readTree } from '../prepare/read-tree.ts'
import { type Checkout, tellLocalVersion, withFiles } from '../prepare/version-from-git.ts'
import { tellWithheld } from '../prepare/withheld-notice.ts'
import type { World } from '../world.ts'

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

/** What resolving reads of a package: a backend that is asked may read any of its files. */
export function readOf({ asked, print, project }: Pick<LocalPackage, 'asked' | 'print' | 'project'>): string {
  return asked === undefined ? project.definition : print
}

/** Where the stage `lock` sees them. */
const LOCAL_AT = '/srv/local'
export const FOLDERS = 'local'
export const METADATA = 'local-metadata'
export const ABOVE = 'above'

/** The place of a package's source inside the context. */
export function localAt(name: string): string {
  return `${FOLDERS}/${name}`
}

export function pyprojectOf(world: World, folder: string, top = world.context.workspace): Promise<string | undefined> {
  return world.files.readInside(top, path.join(folder, 'pyproject.toml'), TEXT_SIZE)
}

/** @param as nothing above `root` is read; `name` is what it is required by, '' where only its place is told */
export async function layOut(
  world: World,
  checkout: Checkout,
  { from, root, name: asked }: { readonly from: string; readonly root: string; readonly name: string },
): Promise<LocalPackage> {
  const { folder } = checkout
  const withheld: string[] = []
  const taken = await world.source.snapshot(folder, world.paths.wheelhouse, { withheld, top: root })
  tellWithheld(world, withheld, from)
  const files = taken.map((file) => file.path)
  if (!files.some((file) => file === 'pyproject.toml' || file === 'setup.py')) {
    throw new UserError(
      'project',
      `${from} is required as a package and has neither pyproject.toml nor setup.py`,
      'Fix the path of that requirement, or give the folder its metadata.',
    )
  }
  const tree = await readTree({ project: folder, workspace: root }, files, world.files)
  const project = readProject(tree, path.basename(folder))
  if (!checkout.fetched) await refuseAbsent(world, { folder, shown: `${from}/`, files, whole: false, ignore: undefined })
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
