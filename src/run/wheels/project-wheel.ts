import path from 'node:path'
import type { SourceFile } from '../../effects/ports.ts'
import { type Parts, sha256 } from '../../plan/fingerprint.ts'
import { ignoredBy } from '../../project/layout/ignored-files.ts'
import { dataFiles, namedFiles, setupFiles } from '../../project/layout/package-discovery.ts'
import { TEXT_SIZE } from '../../project/text-size.ts'
import { inWheelhouse, SHELF } from '../../shelf.ts'
import type { BuildSetup } from '../build/build-setup.ts'
import { buildTarget } from '../build/build-target.ts'
import { ensureUvImage } from '../build/uv-image.ts'
import { isKept } from '../lock/build-requirements.ts'
import { pyprojectOf } from '../lock/lay-out-package.ts'
import type { World } from '../world.ts'
import { linkedPackages, readBuiltWheel } from './built-wheel.ts'

/** The project's own wheel in the wheelhouse. */
export interface ProjectWheel {
  readonly file: string
  readonly sha256: string
  /** The text of its METADATA. */
  readonly metadata: string
  /** Debian packages that own the libraries it links; none for a pure one. */
  readonly packages: readonly string[]
  /** Bytes. */
  readonly size: number
  readonly seconds: number
}

/** The wheel, or what its backend asks for beyond what is at hand. */
export type MadeProjectWheel = ProjectWheel | { readonly requires: readonly string[] }

/** The project's own wheel in the wheelhouse, where it was made from the same source by the same means. */
export async function keptProjectWheel(world: World, parts: Parts): Promise<ProjectWheel | undefined> {
  const kept = await world.records.get('project')
  if (!kept || JSON.stringify(kept.parts) !== JSON.stringify(parts)) return undefined
  const at = inWheelhouse(world, kept.file)
  if (!(await world.files.exists(at)) || (await world.files.sha256(at)) !== kept.sha256) return undefined
  tellGit(world, kept)
  const { file, sha256, metadata, packages } = kept
  return { file, sha256, metadata, packages, size: await world.files.size(at), seconds: 0 }
}

/** A file that the wheel's stage leaves beside it. */
const CALLED_GIT = 'called-git'

/** A backend that goes on without an answer of git has made up a version: that is said in runs that keep the wheel, too. */
function tellGit({ log }: World, { calledGit }: { readonly calledGit?: boolean }): void {
  if (calledGit) log.warning("the build of the project's wheel called git, which no build has: look at the wheel's version")
}

/** The project's source as it is now, and all that its wheel is made from. */
export interface Source {
  readonly snapshot: readonly SourceFile[]
  readonly parts: Parts
  /** What lies above it, relative to the workspace, where building it reads there. */
  readonly above?: readonly SourceFile[]
}

/**
 * The project's own wheel, made from what `layOutProject` laid out, without an index and without a network.
 * @param from `workshop` is the image it is built in: base, or the builder where it needs a compiler
 * @returns what its backend asks for beyond what is at hand, where that is so
 */
export async function makeProjectWheel(
  world: World,
  setup: BuildSetup,
  { source, workshop }: { readonly source: Source; readonly workshop: string },
): Promise<MadeProjectWheel> {
  const tools = await ensureUvImage(world, setup)
  const output = path.join(world.paths.temp, 'app-wheel')
  await world.files.remove(output)
  const place = { dockerfile: setup.dockerfile, base: setup.base, tools, workshop }
  const seconds = await buildTarget(world, setup.settings, { ...place, target: 'app-wheel-files', output, offline: true })
  const read = await readBuiltWheel(world, { who: 'the project' }, output)
  if ('requires' in read) return read
  const { file, text: metadata } = read
  const packages = await linkedPackages(world, setup, { ...place, stage: 'app-wheel', image: 'WORKSHOP', who: 'the project', file })
  const made = path.join(output, file)
  const before = await world.records.get('project')
  if (before && before.file !== file) await world.files.remove(inWheelhouse(world, before.file))
  await world.files.remove(inWheelhouse(world, file))
  await world.files.link(made, inWheelhouse(world, file))
  const app = { file, sha256: await world.files.sha256(made), metadata, packages }
  const calledGit = await world.files.exists(path.join(output, CALLED_GIT))
  tellGit(world, { calledGit })
  world.records.set('project', { parts: source.parts, ...app, ...(calledGit && { calledGit }) })
  return { ...app, size: await world.files.size(made), seconds }
}

/** One hash over a snapshot, wherever its files lie. */
export function sourcePrint(snapshot: readonly SourceFile[]): string {
  return sha256(JSON.stringify(snapshot.map(({ folder, ...file }) => file)))
}

/** What the stages `build-environment` and `app-wheel` mount: the source, its [build-system], and the wheels which that requires. */
export async function layOutProject(world: World, { snapshot, parts, above }: Source): Promise<void> {
  await layOutSource(world, { snapshot, parts })
  if (above) {
    const at = path.join(world.paths.context, 'above')
    await world.files.remove(at)
    await world.source.stage(world.context.workspace, above, at)
  }
  const staged = path.join(world.paths.context, 'source/pyproject.toml')
  // What a link leads to from here is another file than from the project.
  const written = (await world.files.isLink(staged)) ? await pyprojectOf(world, world.paths.project) : await world.files.read(staged)
  await world.files.write(path.join(world.paths.context, 'build-system/pyproject.toml'), written ?? '')
  await layOutRequires(world, world.paths.context, [parts.buildLock ?? ''])
}

/** Where the hash of the source that is laid out stands. */
const printOf = (world: World) => path.join(world.paths.temp, 'source-print')

/** The source is laid out anew the next time. */
export async function forgetLaidOut(world: World): Promise<void> {
  await world.files.remove(printOf(world))
}

/** The source as hard links, and the user's .dockerignore applied by Docker itself: its patterns, moved below `source/`. */
export async function layOutSource(world: World, { snapshot, parts }: Source): Promise<void> {
  const target = path.join(world.paths.context, 'source')
  const print = printOf(world)
  const now = sourcePrint(snapshot)
  if ((await world.files.read(print)) === now && (await world.files.exists(target))) return
  await world.files.remove(target)
  await world.source.stage(world.paths.project, snapshot, target)
  await world.files.write(print, now)
  const ignore = await readIgnore(world)
  if (ignore === undefined) return
  // `.git*` is a common pattern, and meant for the repository: what is written for the build is not shut out.
  const written = snapshot.filter((file) => file.text !== undefined || file.folder !== undefined)
  const meant = await filesNamed(world, { snapshot, parts })
  const lines = [...written.map((file) => file.path), ...letInByPattern(ignore, snapshot), ...meant].map((file) => `\n!source/${file}`)
  await world.files.write(path.join(world.paths.context, '.dockerignore'), belowSource(ignore) + lines.join(''))
}

/**
 * Files that an exception with a wildcard lets in (`!shop/**` and an ending): older engines do not look for them in a folder that is left out.
 */
function letInByPattern(ignore: string, snapshot: readonly SourceFile[]): readonly string[] {
  const lines = ignore.split(/\r?\n/)
  const plain = lines.filter((line) => !/^\s*!.*[*?[]/.test(line))
  if (plain.length === lines.length) return []
  const paths = snapshot.map((file) => file.path)
  const out = new Set(ignoredBy(ignore, paths))
  return ignoredBy(plain.join('\n'), paths).filter((file) => !out.has(file))
}

/** Files by which a wheel is built: without MANIFEST.in setuptools leaves data out, and says nothing. */
export const DEFINING: ReadonlySet<string> = new Set(['pyproject.toml', 'setup.cfg', 'setup.py', 'MANIFEST.in'])

/**
 * Files of a source that define its wheel, or that its metadata name: `*` and `*.md` are common lines of a .dockerignore, and
 * a backend stops where the readme that it is told is not there.
 * @returns their paths; none where no wheel is built
 */
export async function filesNamed(world: World, { snapshot, parts }: Source): Promise<readonly string[]> {
  if (!parts.buildLock) return []
  const { workspace } = world.context
  const read = (file: string) => world.files.readInside(workspace, path.join(world.paths.project, file), TEXT_SIZE)
  const [pyproject = '', setup = '', cfg = ''] = [
    await pyprojectOf(world, world.paths.project),
    await read('setup.py'),
    await read('setup.cfg'),
  ]
  const paths = snapshot.map((file) => file.path)
  const named = new Set(namedFiles(pyproject).map(({ file }) => file))
  return [
    ...new Set([
      ...paths.filter((file) => named.has(file) || DEFINING.has(file)),
      ...setupFiles({ setup, cfg }, paths),
      ...dataFiles(pyproject, paths),
    ]),
  ]
}

/** The project's .dockerignore. */
export function readIgnore(world: World): Promise<string | undefined> {
  return world.files.readInside(world.context.workspace, path.join(world.paths.project, '.dockerignore'), TEXT_SIZE)
}

/** Files of a source that the project's .dockerignore leaves out; what is written for the build is not shut out. */
export async function ignoredFiles(world: World, { snapshot }: Pick<Source, 'snapshot'>): Promise<readonly string[]> {
  const text = await readIgnore(world)
  const own = snapshot.filter((file) => file.text === undefined && file.folder === undefined)
  return text === undefined
    ? []
    : ignoredBy(
        text,
        own.map((file) => file.path),
      )
}

/** @see https://docs.docker.com/build/concepts/context/#dockerignore-files */
export function belowSource(dockerignore: string): string {
  return dockerignore
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .flatMap((line) => {
      const not = line.startsWith('!')
      // As Docker does: cleaned, and never above the root of what is sent.
      const inside = path.posix
        .join('/', not ? line.slice(1).trim() : line)
        .slice(1)
        .replace(/\/$/, '')
      return inside === '' ? [] : [`${not ? '!' : ''}source/${inside}`]
    })
    .join('\n')
}

/** The wheels of the named locks of build requirements, as hard links below a context. */
export async function layOutRequires(world: World, context: string, locks: readonly string[]): Promise<void> {
  const folder = path.join(context, 'build-requires')
  await world.files.remove(folder)
  await world.files.makeFolder(folder)
  const kept = (await world.records.get('buildLocks')) ?? {}
  for (const [print, lock] of Object.entries(kept).filter(([, { sha256 }]) => locks.includes(sha256))) {
    if (!(await isKept(world, print))) continue // another record may name the same lock, and other files
    for (const file of Object.keys(lock.files)) {
      await world.files.link(inWheelhouse(world, SHELF.requires, file), path.join(folder, file))
    }
  }
}
