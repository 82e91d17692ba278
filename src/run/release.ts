import path from 'node:path'
import type { ReleaseResult } from '../outcome.ts'
import type { StartCommand } from '../plan/command.ts'
import { changedParts, fingerprint, fingerprintTag, type Parts } from '../plan/fingerprint.ts'
import { type BuildSettings, buildTarget } from './build.ts'
import { inWheelhouse, SHELF } from './state.ts'
import type { World } from './world.ts'

export interface ReleaseRequest {
  /** Without a tag. */
  readonly name: string
  readonly references: readonly string[]
  readonly dockerfile: string
  readonly base: string
  /** The image that holds uv; needed where something is built. */
  readonly tools?: string
  readonly parts: Parts
  readonly before: Parts | undefined
  readonly command: StartCommand | undefined
  readonly labels: Readonly<Record<string, string>>
}

/** The image of that fingerprint where this daemon still has it: then nothing needs to be built. */
export async function findRelease(world: World, request: ReleaseRequest): Promise<ReleaseResult | undefined> {
  const found = await world.docker.inspect(fingerprintReference(request))
  if (!found) return undefined
  await Promise.all(request.references.map((reference) => world.docker.tag(found.id, reference)))
  return {
    references: request.references,
    id: found.id,
    size: found.size,
    how: 'unchanged',
    command: request.command,
    labels: found.labels,
  }
}

/** Builds the release image offline and gives it its tags. */
export async function buildRelease(world: World, settings: BuildSettings, request: ReleaseRequest): Promise<ReleaseResult> {
  const reference = fingerprintReference(request)
  if (request.before) {
    const changed = changedParts(request.before, request.parts)
    world.log.info(`  ${changed.length > 0 ? `changed: ${changed.join(', ')}` : 'unchanged, but no longer on this daemon'}`)
  }
  await buildTarget(world, settings, {
    dockerfile: request.dockerfile,
    target: 'release',
    tags: [reference],
    base: request.base,
    ...(request.tools ? { tools: request.tools } : {}),
    offline: true,
  })
  const built = await world.docker.inspect(reference)
  if (!built) throw new Error(`${reference} was built but is not on the daemon`)
  await Promise.all(request.references.map((tag) => world.docker.tag(built.id, tag)))
  // The one before keeps its version tags; our own name for it has no use any more.
  if (request.before && fingerprint(request.before) !== fingerprint(request.parts)) {
    await world.docker.untag(`${request.name}:${fingerprintTag(fingerprint(request.before))}`)
  }
  return { references: request.references, id: built.id, size: built.size, how: 'built', command: request.command, labels: built.labels }
}

/** The locked wheels and the .deb files, as hard links in the context. The app's wheel comes from its stage. */
export async function layOutWheels(world: World, wheels: readonly string[], debian: readonly string[]): Promise<void> {
  const place = async (from: string, folder: string, names: readonly string[]) => {
    const target = path.join(world.paths.context, folder)
    await world.files.remove(target)
    await world.files.makeFolder(target)
    for (const name of names) await world.files.link(path.join(from, name), path.join(target, name))
  }
  await place(world.paths.wheelhouse, 'wheels', wheels)
  await place(inWheelhouse(world, SHELF.debian), 'debian', debian)
}

function fingerprintReference(request: ReleaseRequest): string {
  return `${request.name}:${fingerprintTag(fingerprint(request.parts))}`
}
