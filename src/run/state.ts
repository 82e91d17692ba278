import path from 'node:path'
import { LAYOUT } from '../plan/cache-keys.ts'
import type { Parts } from '../plan/fingerprint.ts'
import type { Target } from '../plan/wheel-tags.ts'
import { isWheelName } from '../plan/wheels.ts'
import type { Requirements } from '../project/metadata.ts'
import type { World } from './world.ts'

/**
 * What the wheelhouse knows of the run that filled it. Each record holds the parts it was made from; a
 * record is believed only where they are the same now. `resolution.json` goes with the wheels to the
 * cache service; `local.json` is about this machine and stays.
 */
export interface State extends Resolution, Local {}

interface Resolution {
  readonly layout: typeof LAYOUT
  readonly target?: { readonly parts: Parts; readonly target: Target }
  readonly lock?: { readonly parts: Parts; readonly sha256: string }
  /** Locks of build requirements by the fingerprint of what they were resolved from. */
  readonly buildLocks?: Readonly<Record<string, BuildLock>>
  /** What the project's last wheel said of itself, and the hash of the files that define it. */
  readonly told?: { readonly definition: string; readonly requirements: Requirements }
  /** What building the project's wheel took beyond what its files say, and the hash of those files. */
  readonly own?: { readonly definition: string; readonly requires: readonly string[]; readonly compiled: boolean }
  readonly debian?: { readonly parts: Parts; readonly files: Readonly<Record<string, string>> }
}

/** A lock of build requirements and the wheels that it chose. */
export interface BuildLock {
  /** Of the lock's text. */
  readonly sha256: string
  /** File names to sha256. */
  readonly files: Readonly<Record<string, string>>
}

interface Local {
  readonly images?: Readonly<Record<string, Parts>>
  readonly project?: {
    readonly parts: Parts
    readonly file: string
    readonly sha256: string
    readonly metadata: string
    /** Debian packages that own the libraries it links. */
    readonly packages: readonly string[]
  }
  /** The fingerprint of the last release image, by tag suffix. */
  readonly releases?: Readonly<Record<string, Parts>>
}

/** Names inside the wheelhouse. */
export const SHELF = {
  lock: 'pylock.toml',
  resolution: '.build/resolution.json',
  local: '.build/local.json',
  uv: '.build/uv',
  requires: '.build/requires',
  locks: '.build/locks',
  manifests: '.build/manifests',
  debian: '.build/debian',
} as const

/** The wheelhouse of what only the test image has, below the wheelhouse. */
export const TEST_SHELF = '.build/test'

export function inWheelhouse(world: World, ...names: string[]): string {
  return path.join(world.paths.wheelhouse, ...names)
}

/**
 * The state as kept; empty where there is none, or one of another layout, or a damaged one. Each file
 * may speak only of its own records: one comes from a cache, and a repository may hold either.
 */
export async function readState(world: World): Promise<State> {
  const [resolution, local] = await Promise.all([SHELF.resolution, SHELF.local].map((name) => readJson(world, name)))
  const { target, lock, buildLocks, told, own, debian } = resolution?.layout === LAYOUT ? resolution : {}
  const { images, project, releases } = local ?? {}
  return {
    layout: LAYOUT,
    ...(isRecord(target) && isRecord(target.parts) && isRecord(target.target) && { target }),
    ...(isRecord(lock) && isRecord(lock.parts) && { lock }),
    ...(isRecord(buildLocks) && { buildLocks: Object.fromEntries(Object.entries(buildLocks).filter(([, kept]) => isRecord(kept?.files))) }),
    ...(isRecord(told) && isRecord(told.requirements) && { told }),
    ...(isRecord(own) && Array.isArray(own.requires) && { own }),
    ...(isRecord(debian) && isRecord(debian.parts) && isRecord(debian.files) && { debian }),
    ...(images && { images }),
    ...(project && isWheelName(project.file) && { project }),
    ...(releases && { releases }),
  }
}

/** Whoever wrote the file, a record of another shape is none: it must not fail the run that reads it. */
function isRecord<T>(value: T): value is T & object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

async function readJson(world: World, name: string): Promise<Partial<State> | undefined> {
  try {
    return (JSON.parse((await world.files.read(inWheelhouse(world, name))) ?? '{}') ?? undefined) as Partial<State> | undefined
  } catch {
    return undefined
  }
}

/** Changes the given records and leaves the others as they are kept. */
export async function updateState(world: World, change: Partial<State>): Promise<void> {
  const { layout, target, lock, buildLocks, told, own, debian, ...local } = { ...(await readState(world)), ...change }
  const resolution = { layout, target, lock, buildLocks, told, own, debian }
  await world.files.write(inWheelhouse(world, SHELF.resolution), `${JSON.stringify(resolution, null, 1)}\n`)
  await world.files.write(inWheelhouse(world, SHELF.local), `${JSON.stringify(local, null, 1)}\n`)
}
