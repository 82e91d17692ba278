import path from 'node:path'
import { UserError } from '../../errors.ts'
import { debName, fits } from '../../grammar.ts'
import { renderDebianFiles } from '../../plan/dockerfile/dockerfile.ts'
import { inWheelhouse, SHELF } from '../../shelf.ts'
import type { World } from '../world.ts'
import type { BuildSetup } from './build-setup.ts'
import { buildTarget } from './build-target.ts'

/** Debian packages that an image takes beyond base. */
export interface DebianRequest {
  /** The Dockerfile that knows base. */
  readonly dockerfile: string
  readonly packages: readonly string[]
  /** The ISO week, in which the same files serve. */
  readonly week: string
}

/**
 * The .deb files that the release needs beyond base, kept beside the wheelhouse for a week, so that
 * security fixes arrive and a fresh daemon installs them without a network.
 * @returns file names to sha256; empty where base holds everything already
 */
export async function ensureDebianFiles(
  world: World,
  setup: BuildSetup,
  { dockerfile, packages, week }: DebianRequest,
): Promise<Readonly<Record<string, string>>> {
  const { records } = world
  const folder = inWheelhouse(world, SHELF.debian)
  const parts = { parent: setup.system, packages: packages.join(' '), week }
  if (packages.length === 0) {
    await world.files.remove(folder)
    records.set('debian', { parts, files: {} })
    return {}
  }
  const kept = await records.get('debian')
  if (kept && JSON.stringify(kept.parts) === JSON.stringify(parts)) {
    if (JSON.stringify(await prints(world, folder)) === JSON.stringify(kept.files)) return kept.files
  }
  await world.files.remove(folder)
  await buildTarget(world, setup.settings, {
    dockerfile: dockerfile + renderDebianFiles(packages),
    target: 'debian-files',
    context: 'leanContext',
    output: folder,
    base: setup.base,
  })
  const odd = (await world.files.list(folder)).find((name): boolean => !fits(debName, name))
  if (odd !== undefined)
    throw new UserError('wheels', `apt fetched ${JSON.stringify(odd.slice(0, 100))}, no .deb file`, 'See runtime-packages.')
  const files = await prints(world, folder)
  records.set('debian', { parts, files })
  return files
}

/**
 * The lists of Debian's archive on this daemon, for when the .deb files are asked for: fetching them takes
 * a network and next to no processor, so they come while wheels are compiled. What fails here is told there.
 */
export async function fetchDebianLists(world: World, { dockerfile, settings, base }: BuildSetup): Promise<void> {
  const output = path.join(world.paths.temp, 'debian-lists')
  try {
    await buildTarget(world, settings, { dockerfile, base, target: 'debian-lists-files', context: 'leanContext', output })
  } catch (error) {
    if (!(error instanceof UserError)) throw error
  }
}

async function prints(world: World, folder: string): Promise<Readonly<Record<string, string>>> {
  const names = (await world.files.list(folder)).filter((name) => fits(debName, name))
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await world.files.sha256(path.join(folder, name))] as const)),
  )
}
