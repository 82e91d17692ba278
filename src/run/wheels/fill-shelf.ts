import { renderWheelStages } from '../../plan/dockerfile/dockerfile.ts'
import { forOlderPython } from '../../plan/wheels/older-python.ts'
import { runtimeNeeds, runtimePackages } from '../../plan/wheels/system-packages.ts'
import { type Manifest, namesIn, type PlannedWheel, planWheels } from '../../plan/wheels/wheel-plan.ts'
import { normalizeName } from '../../project/names.ts'
import type { LockedPackage } from '../../project/resolved-lock.ts'
import type { WheelResult } from '../../report/outcome.ts'
import { allDone } from '../all-done.ts'
import type { BuildSetup } from '../build/build-setup.ts'
import { ensureDebianFiles } from '../build/debian-files.ts'
import { scriptsPrint } from '../build/stage-scripts.ts'
import { ensureBuildLocks } from '../lock/build-requirements.ts'
import { ensureLock, type Locked } from '../lock/ensure-lock.ts'
import type { LockRequest } from '../lock/lock-request.ts'
import { fetchWheels, listWheels, prune, readShelf } from '../wheelhouse-folder/wheel-files.ts'
import type { World } from '../world.ts'
import { buildSources, openSources, type WheelSource } from './build-wheels.ts'
import { wheelFingerprints } from './wheel-fingerprint.ts'

/** A folder of wheels with all that an image takes beside them. */
export interface Shelf {
  readonly wheels: readonly WheelResult[]
  readonly lockSha256: string
  /** Of the lock, and of the one before where one was kept. */
  readonly locked: readonly LockedPackage[]
  readonly lockedBefore: readonly LockedPackage[] | undefined
  /** Names of those that are built from folders and repositories: what they are named by is a place, not a version. */
  readonly folders: readonly string[]
  /** Debian packages that the image needs, and their files by sha256. */
  readonly packages: readonly string[]
  readonly debian: Readonly<Record<string, string>>
  /** The Dockerfile up to here. */
  readonly dockerfile: string
}

/** What a shelf is filled with: what is required, and by whose word. */
export interface ShelfRequest extends LockRequest {
  /** @returns those of the lock that belong on this shelf */
  readonly choose?: (packages: readonly LockedPackage[]) => readonly LockedPackage[]
  /** What stays on the shelf beside its own wheels. */
  readonly keep: Kept
  /** Tells of the lock before anything is fetched. */
  readonly onLocked: (locked: Locked) => void
}

interface Kept {
  /** The project's wheel. */
  readonly files: readonly string[]
  /** sha256 of locks of build requirements. */
  readonly buildLocks: readonly string[]
}

/** The wheels of a shelf, before it is known what the image takes beside them. */
export interface Gathered {
  readonly locked: Locked
  readonly wheels: readonly WheelResult[]
  readonly manifests: readonly Manifest[]
  readonly sources: readonly WheelSource[]
  readonly folders: readonly string[]
  /** Debian packages by the names of the Python packages that need them. */
  readonly needs: ReturnType<typeof runtimeNeeds>
}

/**
 * Every wheel that a shelf lacks: reused, fetched or built. What was built is kept even when another package fails.
 * @throws UserError for the first package that cannot be had
 */
export async function gatherWheels(world: World, setup: BuildSetup, request: ShelfRequest): Promise<Gathered> {
  const { target, dependencies, keep } = request
  const locked = await ensureLock(world, setup, request)
  request.onLocked(locked)
  const wanted = request.choose?.(locked.packages) ?? locked.packages
  const shelf = await readShelf(world, wanted)
  const locks = await ensureBuildLocks(world, setup, target, shelf.manifests)
  const made = wheelFingerprints(setup, target, await scriptsPrint(world, 'wheel', 'builder'))
  const prints = new Map([...locked.locals.values()].map(({ name, print }) => [name, print]))
  const planned = planWheels(wanted, target, { ...shelf, madeFrom: made(locks), folders: prints })
  const [fetchedIn, sources] = await allDone([fetchWheels(world, planned), openSources(world, planned, locked.locals)])
  const forOlder = (name: string) => {
    const entry = wanted.find((one) => one.name === name)
    return entry && forOlderPython(entry, target, request.plan.project.dockerfile?.python)
  }
  const built = await buildSources(world, { setup, target, madeFrom: made, forOlder }, sources)
  const reused = planned.flatMap((wheel) => (wheel.kind === 'reuse' && wheel.manifest ? [wheel.manifest] : []))
  const manifests = [...reused, ...built.manifests]
  if (built.fault !== undefined) {
    // What a failing leg saves is pruned too.
    const files = [...planned.flatMap(fileOf), ...manifests.map(({ file }) => file)]
    await prune(world, [...keep.files, ...files], [...keep.buildLocks, ...locksOf(manifests)])
    throw built.fault
  }
  const wheels = await listWheels(world, planned, manifests, fetchedIn)
  const names = [normalizeName(request.plan.project.name), ...wanted.map(({ name }) => name)] // the project may be one of the table
  const needs = runtimeNeeds(names, namesIn([...dependencies.lines, ...(dependencies.added ?? [])].join(' ')))
  return { locked, wheels, manifests, sources: built.sources, folders: [...prints.keys()], needs }
}

/** What decides over the Debian packages of an image. */
export interface Finishing {
  /** Beside those that the shelf's wheels link. */
  readonly linked: readonly string[]
  /** The user's `runtime-packages`. */
  readonly wished: readonly string[]
  /** Packages that the image has already. */
  readonly present: readonly string[]
  /** The Dockerfile that the stages of these wheels are added to. */
  readonly dockerfile: string
  readonly week: string
  readonly keep: Kept
}

/** Fetches the Debian packages that gathered wheels need, and removes what the lock no longer names. */
export async function finishShelf(world: World, setup: BuildSetup, gathered: Gathered, how: Finishing): Promise<Shelf> {
  const { locked, wheels, manifests, sources, folders, needs } = gathered
  const linked = [...manifests.flatMap((manifest) => manifest.packages), ...how.linked]
  const { packages: all, told } = runtimePackages(needs, linked, how.wished)
  for (const line of told) world.log.info(`  ${line}`)
  const packages = all.filter((name) => !how.present.includes(name))
  const stages = renderWheelStages(sources.map(({ planned, ...source }) => ({ ...source, name: planned.name })))
  const dockerfile = how.dockerfile + stages
  const debian = await ensureDebianFiles(world, setup, { dockerfile, packages, week: how.week })
  await prune(world, [...how.keep.files, ...wheels.map(({ file }) => file)], [...how.keep.buildLocks, ...locksOf(manifests)])
  return { wheels, lockSha256: locked.sha256, locked: locked.packages, lockedBefore: locked.before, folders, packages, debian, dockerfile }
}

function fileOf(wheel: PlannedWheel): readonly string[] {
  if (wheel.kind === 'compile') return []
  return [wheel.kind === 'reuse' ? wheel.file : wheel.remote.file]
}

function locksOf(manifests: readonly Manifest[]): readonly string[] {
  return manifests.map(({ made }) => made.buildLock)
}
