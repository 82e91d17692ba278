import path from 'node:path'
import { UserError } from '../../errors.ts'
import { debName, fits } from '../../grammar.ts'
import { renderDebianFiles } from '../../plan/dockerfile/dockerfile.ts'
import type { Parts } from '../../plan/fingerprint.ts'
import type { State } from '../wheelhouse-folder/records.ts'
import { inWheelhouse, SHELF } from '../wheelhouse-folder/wheelhouse-paths.ts'
import type { World } from '../world.ts'
import type { Resolver } from './build-setup.ts'
import { type BuildSettings, buildTarget } from './build-target.ts'

export interface DebianFiles {
  readonly state: State
  /** File names to sha256; empty where base holds everything already. */
  readonly files: Readonly<Record<string, string>>
  readonly how: 'none needed' | 'reused' | 'fetched'
}

/**
 * The .deb files that the release needs beyond base, kept beside the wheelhouse for a week, so that
 * security fixes arrive and a fresh daemon installs them without a network.
 * @param parts the parent, the packages and the ISO week
 */
export async function ensureDebianFiles(
  world: World,
  settings: BuildSettings,
  state: State,
  request: {
    readonly dockerfile: string
    readonly base: string
    readonly packages: readonly string[]
    readonly parts: Parts
  },
): Promise<DebianFiles> {
  const folder = inWheelhouse(world, SHELF.debian)
  if (request.packages.length === 0) {
    await world.files.remove(folder)
    return { state: { ...state, debian: { parts: request.parts, files: {} } }, files: {}, how: 'none needed' }
  }
  if (JSON.stringify(state.debian?.parts) === JSON.stringify(request.parts)) {
    const files = state.debian?.files ?? {}
    if (JSON.stringify(await prints(world, folder)) === JSON.stringify(files)) return { state, files, how: 'reused' }
  }
  await world.files.remove(folder)
  await buildTarget(world, settings, {
    dockerfile: request.dockerfile + renderDebianFiles(request.packages),
    target: 'debian-files',
    context: 'leanContext',
    output: folder,
    base: request.base,
  })
  const odd = (await world.files.list(folder)).find((name): boolean => !fits(debName, name))
  if (odd !== undefined)
    throw new UserError('wheels', `apt fetched ${JSON.stringify(odd.slice(0, 100))}, no .deb file`, 'See runtime-packages.')
  const files = await prints(world, folder)
  return { state: { ...state, debian: { parts: request.parts, files } }, files, how: 'fetched' }
}

/**
 * The lists of Debian's archive on this daemon, for when the .deb files are asked for: fetching them takes
 * a network and next to no processor, so they come while wheels are compiled. What fails here is told there.
 */
export async function fetchDebianLists(world: World, { dockerfile, settings, base }: Resolver): Promise<void> {
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
