import path from 'node:path'
import { UserError } from '../errors.ts'
import { fingerprint } from '../plan/fingerprint.ts'
import { directSource, type LocalSource, resolvable, uvSources } from '../project/local.ts'
import { normalizeName } from '../project/names.ts'
import { type Project, readProject } from '../project/project.ts'
import { readToml, tableAt, textAt, textsAt } from '../project/toml.ts'
import { readTree } from './prepare.ts'
import { type Checkout, tellLocalVersion, withFiles } from './version.ts'
import type { World } from './world.ts'

/** A package that comes as a folder: of the workspace, or of a repository at a commit. It is built like the project itself. */
export interface LocalPackage {
  readonly name: string
  /** As people know it: `libs/billing`, `git+https://…@c0ffee`. */
  readonly from: string
  /** Of everything that its wheel is made from. */
  readonly print: string
  /** Paths of its files. */
  readonly files: readonly string[]
  readonly project: Project
  /** Tells its build backend a version that comes from git. */
  readonly env: Readonly<Record<string, string>>
  /** What resolving must know of a folder whose backend is asked: that, and the sources that are not followed. */
  readonly asked: { readonly env: Readonly<Record<string, string>>; readonly sources: readonly string[] } | undefined
}

/** What is wanted: by name where that is known, from a source named by a file in `base`. */
export interface WantedLocal {
  readonly name: string
  readonly source: LocalSource
  /** Absolute. */
  readonly base: string
}

/** Where the stages `lock` and `wheel-NAME` see them. */
export const LOCAL_AT = '/srv/local'
const FOLDERS = 'local'
const METADATA = 'local-metadata'

/** The place of a package's source inside the context. */
export function localAt(name: string): string {
  return `${FOLDERS}/${name}`
}

/**
 * Lays out every wanted package, and those that they want in turn, below the contexts: whole for its build, and
 * as little as possible for resolving, so that a change of its code does not resolve again.
 * @throws UserError where a folder is not there or lies outside the workspace, and where git cannot fetch
 */
export async function layOutLocals(world: World, wanted: readonly WantedLocal[]): Promise<ReadonlyMap<string, LocalPackage>> {
  const found = new Map<string, LocalPackage>()
  const folders = new Set<string>()
  for (const folder of [path.join(world.paths.wheelsContext, FOLDERS), path.join(world.paths.leanContext, METADATA)]) {
    await world.files.remove(folder)
    await world.files.makeFolder(folder)
  }
  const queue = [...wanted]
  for (let next = queue.shift(); next; next = queue.shift()) {
    if (next.name && found.has(next.name)) continue
    const { folder, from, root, revision } = await locate(world, next)
    if (folder === world.paths.project || folders.has(folder)) continue
    folders.add(folder)
    const local = await layOut(world, { folder, ...(revision !== undefined && { fetched: { revision } }) }, from, root)
    if (next.name && next.name !== local.name) {
      throw new UserError(
        'project',
        `${next.name} is required from ${from}, which holds ${local.name}`,
        'Mend the name or the path of that requirement.',
      )
    }
    found.set(local.name, local)
    queue.push(...wantedBy(local.project.metadata.requires, (await pyprojectOf(world, folder)) ?? '', folder))
  }
  return found
}

/** What a project's requirement lines want that is no file of an index. */
export function wantedBy(lines: readonly string[], pyproject: string, base: string): readonly WantedLocal[] {
  const sources = uvSources(readToml('pyproject.toml', pyproject))
  return lines.flatMap((line): readonly WantedLocal[] => {
    const direct = directSource(line)
    if (direct) return [{ ...direct, base }]
    const name = normalizeName(/^\s*([A-Za-z0-9][\w.-]*)/.exec(line)?.[1] ?? '')
    const source = sources.get(name)
    return source ? [{ name, source, base }] : []
  })
}

export function pyprojectOf(world: World, folder: string): Promise<string | undefined> {
  return world.files.read(path.join(folder, 'pyproject.toml'))
}

/** @param root nothing above it is read */
async function layOut(world: World, checkout: Checkout, from: string, root: string): Promise<LocalPackage> {
  const { folder } = checkout
  const taken = await world.source.snapshot(folder, world.paths.wheelhouse)
  const files = taken.map((file) => file.path)
  const tree = await readTree({ project: folder, workspace: root }, files, [], world.files.read)
  const project = readProject(tree, path.basename(folder))
  const { name } = project
  const told = await tellLocalVersion(world, tree, checkout)
  for (const notice of told.notices) world.log.notice(`${name}: ${notice}`)
  const { env } = told
  const snapshot = withFiles(taken, told.files)
  await world.source.stage(folder, snapshot, path.join(world.paths.wheelsContext, localAt(name)))
  const metadata = path.join(world.paths.leanContext, METADATA, name)
  const pyproject = readToml(`${from}/pyproject.toml`, (await pyprojectOf(world, folder)) ?? '')
  const enough = resolvable(pyproject)
  if (enough === undefined) await world.source.stage(folder, snapshot, metadata)
  else await world.files.write(path.join(metadata, 'pyproject.toml'), enough)
  const print = fingerprint({ files: JSON.stringify(snapshot), ...(Object.keys(env).length > 0 && { version: JSON.stringify(env) }) })
  const sources = Object.keys(tableAt(pyproject, 'tool', 'uv', 'sources'))
  return { name, from, print, files, project, env, asked: enough === undefined ? { env, sources } : undefined }
}

interface Located {
  readonly folder: string
  readonly from: string
  readonly root: string
  /** As it was asked for, of a repository that was fetched. */
  readonly revision?: string
}

async function locate(world: World, { name, source, base }: WantedLocal): Promise<Located> {
  if (source.kind === 'git') {
    const to = path.join(world.paths.temp, 'git', name || path.basename(source.url, '.git'))
    const revision = await world.git.fetch(source.url, source.revision, to)
    const from = `git+${source.url}@${revision.slice(0, 12)}`
    return { root: to, folder: path.join(to, source.subdirectory ?? ''), from, revision: source.revision }
  }
  const { workspace } = world.context
  const folder = source.kind === 'directory' ? path.resolve(base, source.path) : await memberOf(world, base, name)
  const from = path.relative(workspace, folder) || '.'
  if (from.startsWith('..')) {
    throw new UserError(
      'project',
      `${name || folder} is required from outside the workspace`,
      'Check out what it needs below the workspace.',
    )
  }
  if (await world.files.exists(folder)) return { folder, from, root: workspace }
  throw new UserError(
    'project',
    `${name || from} is required from ${from}, which is not there`,
    'Mend the path, or check it out (submodules: true?).',
  )
}

/**
 * The folder of a member of uv's workspace, whose root is a folder above.
 * @see https://docs.astral.sh/uv/concepts/projects/workspaces/
 */
async function memberOf(world: World, base: string, name: string): Promise<string> {
  for (let root = base; !path.relative(world.context.workspace, root).startsWith('..'); root = path.dirname(root)) {
    const text = await pyprojectOf(world, root)
    const workspace = tableAt(text === undefined ? {} : readToml('pyproject.toml', text), 'tool', 'uv', 'workspace')
    for (const pattern of textsAt(workspace, 'members') ?? []) {
      for (const folder of await foldersOf(world, root, pattern)) {
        const member = await pyprojectOf(world, folder)
        if (member !== undefined && normalizeName(textAt(tableAt(readToml('pyproject.toml', member), 'project'), 'name') ?? '') === name)
          return folder
      }
    }
  }
  throw new UserError('project', `${name} is a member of no workspace`, 'Check [tool.uv.workspace] members in the pyproject.toml above.')
}

/** Folders that a pattern such as `packages/*` names. */
async function foldersOf(world: World, root: string, pattern: string): Promise<readonly string[]> {
  let folders = [root]
  for (const part of pattern.split('/').filter((piece) => piece !== '' && piece !== '.')) {
    if (!part.includes('*')) folders = folders.map((folder) => path.join(folder, part))
    else {
      const fits = new RegExp(
        `^${part
          .split('*')
          .map((piece) => piece.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
          .join('.*')}$`,
      )
      const lists = await Promise.all(
        folders.map(async (folder) =>
          (await world.files.list(folder)).filter((entry) => fits.test(entry)).map((entry) => path.join(folder, entry)),
        ),
      )
      folders = lists.flat()
    }
  }
  return folders
}
