import path from 'node:path'
import { LAYOUT } from '../plan/cache-keys.ts'
import type { Check } from '../plan/checks.ts'
import type { Parts } from '../plan/fingerprint.ts'
import type { Target } from '../plan/wheel-tags.ts'
import { isWheelName } from '../plan/wheels.ts'
import type { Requirements } from '../project/metadata.ts'
import type { Contents } from './contents.ts'
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
  readonly told?: { readonly definition: string; readonly requirements: Requirements; readonly contents: Contents }
  /** What building the project's wheel took beyond what its files say, and the hash of those files. */
  readonly own?: { readonly definition: string; readonly requires: readonly string[]; readonly compiled: boolean }
  readonly debian?: { readonly parts: Parts; readonly files: Readonly<Record<string, string>> }
  /** Layers that hold nothing of what the checks look for, by tag suffix; here those of runs that knew no secret. */
  readonly scans?: Readonly<Record<string, Scan>>
  /** What `base`, `builder` and the release of each tag suffix were made from the last time: told to the user, never believed. */
  readonly images?: Readonly<Record<string, Parts>>
}

/** A lock of build requirements and the wheels that it chose. */
export interface BuildLock {
  /** Of the lock's text. */
  readonly sha256: string
  /** File names to sha256. */
  readonly files: Readonly<Record<string, string>>
}

interface Local {
  readonly project?: {
    readonly parts: Parts
    readonly file: string
    readonly sha256: string
    readonly metadata: string
    /** Debian packages that own the libraries it links. */
    readonly packages: readonly string[]
  }
  /** SBOMs by their file's name: of what they were made, and the sha256 of the text. */
  readonly sboms?: Readonly<Record<string, { readonly print: string; readonly sha256: string }>>
  /** The fingerprint of the last release image, by tag suffix. */
  readonly releases?: Readonly<Record<string, Parts>>
  /** The last image that passed its checks, by tag suffix. */
  readonly proofs?: Readonly<Record<string, Proof>>
}

/** An image's id, the fingerprint of how it was checked, and what came of that. */
export interface Proof {
  readonly image: string
  readonly print: string
  readonly checks: readonly Check[]
}

/** Layers by digest that were read and found clean. */
export interface Scan {
  /** Of what is looked for. */
  readonly version: string
  /** What secrets they were looked through for: `NO_SECRETS`, or a hash of them, which stays on this machine. */
  readonly print: string
  readonly layers: readonly string[]
}

export const NO_SECRETS = 'no secrets'

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
  sbom: '.build/sbom',
  imported: '.build/imported',
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
  const [kept, local] = await Promise.all([SHELF.resolution, SHELF.local].map((name) => readJson(world, name)))
  const resolution = kept?.layout === LAYOUT ? kept : undefined
  const { target, lock, buildLocks, told, own, debian, images } = resolution ?? {}
  const { project, releases, proofs, sboms } = local ?? {}
  const scans = { ...scansIn(resolution, true), ...scansIn(local, false) }
  return {
    layout: LAYOUT,
    ...(isRecord(target) && isRecord(target.parts) && isRecord(target.target) && { target }),
    ...(isRecord(lock) && isRecord(lock.parts) && { lock }),
    ...(isRecord(buildLocks) && { buildLocks: Object.fromEntries(Object.entries(buildLocks).filter(([, kept]) => isRecord(kept?.files))) }),
    ...(isRecord(told) && isRecord(told.requirements) && isContents(told.contents) && { told }),
    ...(isRecord(own) && Array.isArray(own.requires) && { own }),
    ...(isRecord(debian) && isRecord(debian.parts) && isRecord(debian.files) && { debian }),
    ...(isRecord(images) && { images: Object.fromEntries(Object.entries(images).filter(([, parts]) => areParts(parts))) }),
    ...(project && isWheelName(project.file) && { project }),
    ...(releases && { releases }),
    ...(isRecord(proofs) && { proofs: Object.fromEntries(Object.entries(proofs).filter(([, proof]) => isProof(proof))) }),
    ...(isRecord(sboms) && { sboms }),
    ...(Object.keys(scans).length > 0 && { scans }),
  }
}

/** Whoever wrote the file, a record of another shape is none: it must not fail the run that reads it. */
function isRecord<T>(value: T): value is T & object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Names of parts are shown in the log, so they must be such as we write. */
function areParts(parts: unknown): boolean {
  return isRecord(parts) && Object.entries(parts).every(([name, value]) => /^[\w .-]{1,40}$/.test(name) && typeof value === 'string')
}

function isProof(proof: unknown): boolean {
  if (!isRecord(proof)) return false
  const { checks } = proof as Partial<Proof>
  return Array.isArray(checks) && checks.every((check) => isRecord(check) && typeof check.text === 'string')
}

/** @param open of runs that knew no secret */
function scansIn(kept: Partial<State> | undefined, open: boolean): Readonly<Record<string, Scan>> {
  if (!isRecord(kept?.scans)) return {}
  const scans = Object.entries(kept.scans).filter(([, scan]) => isRecord(scan) && Array.isArray(scan.layers))
  return Object.fromEntries(scans.filter(([, { print }]) => (print === NO_SECRETS) === open))
}

function isContents(value: unknown): value is Contents {
  if (!isRecord(value)) return false
  const { scripts, roots } = value as Partial<Contents>
  return (
    isRecord(scripts) &&
    Object.values(scripts).every((calls) => typeof calls === 'string') &&
    Array.isArray(roots) &&
    roots.every(
      (root) => isRecord(root) && typeof root.prefix === 'string' && (root.packages === undefined || Array.isArray(root.packages)),
    )
  )
}

async function readJson(world: World, name: string): Promise<Partial<State> | undefined> {
  try {
    return (JSON.parse((await world.files.read(inWheelhouse(world, name))) ?? '{}') ?? undefined) as Partial<State> | undefined
  } catch {
    return undefined
  }
}

/**
 * The text of `resolution.json` as far as a change of it is a reason to save the wheelhouse again: what images were made from
 * and which layers were read changes with every commit.
 */
export function worthSaving(resolution: string): string {
  try {
    return JSON.stringify({ ...JSON.parse(resolution), images: undefined, scans: undefined })
  } catch {
    return resolution
  }
}

/** Changes the given records and leaves the others as they are kept. */
export async function updateState(world: World, change: Partial<State>): Promise<void> {
  const { layout, target, lock, buildLocks, told, own, debian, images, scans = {}, ...local } = { ...(await readState(world)), ...change }
  const scansOf = (open: boolean) => {
    const chosen = scansIn({ scans }, open)
    return Object.keys(chosen).length > 0 ? { scans: chosen } : {}
  }
  const resolution = { layout, target, lock, buildLocks, told, own, debian, images, ...scansOf(true) }
  await world.files.write(inWheelhouse(world, SHELF.resolution), `${JSON.stringify(resolution, null, 1)}\n`)
  await world.files.write(inWheelhouse(world, SHELF.local), `${JSON.stringify({ ...local, ...scansOf(false) }, null, 1)}\n`)
}
