import path from 'node:path'
import type { SourceFile } from '../effects/ports.ts'
import { UserError } from '../errors.ts'
import type { Parts } from '../plan/fingerprint.ts'
import { type Metadata, parseMetadata } from '../project/metadata.ts'
import { buildTarget } from './build.ts'
import { ensureTools, lockedFiles, type Resolver } from './requires.ts'
import { inWheelhouse, SHELF, type State } from './state.ts'
import type { World } from './world.ts'

export interface AppWheel {
  readonly file: string
  readonly sha256: string
  readonly metadata: Metadata
  readonly reused: boolean
  readonly seconds: number
}

/**
 * The project's own wheel in the wheelhouse: the one that was made from the same source, or a new one
 * from a snapshot of the source, without an index and without a network.
 */
export async function ensureAppWheel(
  world: World,
  resolver: Resolver,
  state: State,
  snapshot: readonly SourceFile[],
  parts: Parts,
): Promise<{ state: State; app: AppWheel }> {
  const kept = state.project
  if (kept && JSON.stringify(kept.parts) === JSON.stringify(parts) && (await isThere(world, kept.file, kept.sha256))) {
    return { state, app: { file: kept.file, sha256: kept.sha256, metadata: parseMetadata(kept.metadata), reused: true, seconds: 0 } }
  }
  const tools = await ensureTools(world, resolver)
  await layOutSource(world, snapshot)
  await layOutRequires(world, state, [parts.buildLock ?? ''])
  const output = path.join(world.paths.temp, 'app-wheel')
  await world.files.remove(output)
  const seconds = await buildTarget(world, resolver.settings, { ...resolver, tools, target: 'app-wheel-files', output, offline: true })
  const file = (await world.files.list(output)).find((name) => name.endsWith('.whl'))
  const text = await world.files.read(path.join(output, 'METADATA'))
  if (!file || text === undefined)
    throw new UserError('wheels', 'the build backend made no wheel', 'Check [build-system] in pyproject.toml.')
  const made = path.join(output, file)
  if (kept && kept.file !== file) await world.files.remove(inWheelhouse(world, kept.file))
  await world.files.remove(inWheelhouse(world, file))
  await world.files.link(made, inWheelhouse(world, file))
  const project = { parts, file, sha256: await world.files.sha256(made), metadata: text }
  return { state: { ...state, project }, app: { file, sha256: project.sha256, metadata: parseMetadata(text), reused: false, seconds } }
}

async function isThere(world: World, file: string, sha256: string): Promise<boolean> {
  const at = inWheelhouse(world, file)
  return (await world.files.exists(at)) && (await world.files.sha256(at)) === sha256
}

/** The source as hard links, and the user's .dockerignore applied by Docker itself: its patterns, moved below `source/`. */
export async function layOutSource(world: World, snapshot: readonly SourceFile[]): Promise<void> {
  const target = path.join(world.paths.context, 'source')
  if (await world.files.exists(target)) return
  await world.source.stage(world.paths.project, snapshot, target)
  const ignore = await world.files.read(path.join(world.paths.project, '.dockerignore'))
  if (ignore !== undefined) await world.files.write(path.join(world.paths.context, '.dockerignore'), belowSource(ignore))
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

/** The wheels of the named locks of build requirements, as hard links. */
export async function layOutRequires(world: World, state: State, locks: readonly string[]): Promise<void> {
  const folder = path.join(world.paths.context, 'build-requires')
  await world.files.remove(folder)
  await world.files.makeFolder(folder)
  for (const [print, sha256] of Object.entries(state.buildLocks ?? {})) {
    if (!locks.includes(sha256)) continue
    const lock = (await world.files.read(inWheelhouse(world, SHELF.locks, `${print}.toml`))) ?? ''
    for (const [file] of lockedFiles(lock)) {
      await world.files.link(inWheelhouse(world, SHELF.requires, file), path.join(folder, file))
    }
  }
}
