import path from 'node:path'
import { sha256 } from '../../plan/fingerprint.ts'
import { isWheelFor, machineName, machineOf } from '../../plan/machine-names.ts'
import { inWheelhouse, SHELF } from '../../shelf.ts'
import type { World } from '../world.ts'
import type { BuildSetup } from './build-setup.ts'
import { buildTarget } from './build-target.ts'

/** What finding or making the image takes. */
type UvRequest = Pick<BuildSetup, 'dockerfile' | 'settings' | 'base' | 'platform'>

/**
 * uv as an image of this daemon that the stages mount: its binary is 38 MB, and would otherwise be sent again with
 * every build. It comes from the wheel that the wheelhouse keeps; where it keeps none, the stage `uv` fetches it.
 */
export async function ensureUvImage(world: World, request: UvRequest): Promise<string> {
  const kept = await makeKeptUv(world, request)
  if (kept) return kept
  const folder = inWheelhouse(world, SHELF.uv)
  await world.files.remove(folder)
  const { dockerfile, base, settings } = request
  await buildTarget(world, settings, { dockerfile, base, target: 'uv-files', context: 'leanContext', output: folder })
  const made = await makeKeptUv(world, request)
  if (!made) throw new Error('the stage uv gave no wheel of the pinned hash')
  return made
}

/** The image of uv, found or made of the wheel that the wheelhouse keeps. @returns undefined where it keeps none */
export async function makeKeptUv(world: World, { dockerfile, settings, platform }: Omit<UvRequest, 'base'>): Promise<string | undefined> {
  const { image, pins } = await pinned(world, platform)
  if (await isHere(world, image)) return image
  if (!(await unpack(world, pins, platform))) return undefined
  await buildTarget(world, settings, {
    context: 'leanContext',
    dockerfile,
    target: 'kept-tools',
    tags: [image],
    localOnly: true,
    offline: true,
  })
  return image
}

const SEEN = new WeakMap<World['docker'], Set<string>>()

/** Whether this daemon has the image; asked once in a run that finds it. */
async function isHere({ docker }: World, image: string): Promise<boolean> {
  const seen = SEEN.get(docker) ?? new Set()
  SEEN.set(docker, seen)
  if (!seen.has(image) && (await docker.inspect(image))) seen.add(image)
  return seen.has(image)
}

/** Wheels of the tools' folder that no run uses: the action pins others. @returns names in the wheelhouse */
export async function unpinnedUvWheels(world: World): Promise<readonly string[]> {
  const pins = await readPins(world)
  const names: string[] = []
  for (const name of await world.files.list(inWheelhouse(world, SHELF.uv))) {
    if (!(await isPinned(world, pins, inWheelhouse(world, SHELF.uv, name)))) names.push(`${SHELF.uv}/${name}`)
  }
  return names
}

async function readPins(world: World): Promise<string> {
  return (await world.files.read(path.join(world.paths.stages, 'uv', 'requirements.txt'))) ?? ''
}

async function isPinned(world: World, pins: string, wheel: string): Promise<boolean> {
  return pins.includes(`sha256:${(await world.files.sha256(wheel)) || 'none'}`)
}

async function pinned(world: World, platform: string): Promise<{ readonly image: string; readonly pins: string }> {
  const pins = await readPins(world)
  const machine = machineName(machineOf(platform)).replace('/', '-')
  return { image: `pypackager-tools:uv-${sha256(pins).slice(0, 12)}-${machine}`, pins }
}

/** @returns whether the wheelhouse keeps a wheel of a pinned hash for that platform */
async function unpack(world: World, pins: string, platform: string): Promise<boolean> {
  const folder = inWheelhouse(world, SHELF.uv)
  for (const name of (await world.files.list(folder)).filter((file) => isWheelFor(file, platform))) {
    const wheel = path.join(folder, name)
    if (!(await isPinned(world, pins, wheel))) continue
    await world.archives.unzipMember(wheel, '.data/scripts/uv', path.join(world.paths.leanContext, 'tools', 'uv'))
    return true
  }
  return false
}
