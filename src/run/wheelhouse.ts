import path from 'node:path'
import { satisfies } from '@renovatebot/pep440'
import type { SourceFile } from '../effects/ports.ts'
import { UserError } from '../errors.ts'
import type { WheelResult } from '../outcome.ts'
import { renderWheelStages } from '../plan/dockerfile.ts'
import { type Parts, sha256 } from '../plan/fingerprint.ts'
import { indexPrint } from '../plan/indexes.ts'
import type { RunPlan } from '../plan/run-plan.ts'
import type { Target } from '../plan/wheel-tags.ts'
import { type MadeFrom, type Manifest, planWheels } from '../plan/wheels.ts'
import { readLock } from '../project/lock.ts'
import { parseMetadata, type Requirements, requirementsFor, requirementsOf } from '../project/metadata.ts'
import { didYouMean } from '../project/names.ts'
import { allDone } from './all-done.ts'
import { type AppWheel, keptAppWheel, makeAppWheel } from './app-wheel.ts'
import { ensureDebianFiles } from './debian.ts'
import { scriptsPrint } from './images.ts'
import { ensureBuildRequires, type Resolver, resolve } from './requires.ts'
import { inWheelhouse, readState, SHELF, type State, updateState } from './state.ts'
import { buildWheels, fetchWheels, listWheels, openSdists, prune, readShelf, type Sdist } from './wheels.ts'
import type { World } from './world.ts'

/** The filled wheelhouse: everything that the release is made from. */
export interface Wheelhouse {
  readonly state: State
  /** Undefined where the project's wheel is left to the release's own build, which makes it on the way. */
  readonly app: AppWheel | undefined
  readonly metadata: Requirements
  readonly source: Source
  readonly target: Target
  readonly lockSha256: string
  readonly wheels: readonly WheelResult[]
  /** Debian packages that the release needs, and their files. */
  readonly packages: readonly string[]
  readonly debian: Readonly<Record<string, string>>
  /** The Dockerfile up to here. */
  readonly dockerfile: string
}

/** The project's source as it is now, and all that its wheel is made from. */
interface Source {
  readonly snapshot: readonly SourceFile[]
  readonly parts: Parts
}

export interface WheelhouseRequest {
  readonly plan: RunPlan
  readonly extras: readonly string[]
  readonly buildPackages: readonly string[]
  readonly runtimePackages: readonly string[]
  readonly dockerfile: string
  readonly base: string
  readonly parentId: string
  /** Where a release follows, the project's wheel need not be made beforehand just to learn what it requires. */
  readonly releaseFollows: boolean
  /** Makes the builder image when, and only when, something must be compiled. */
  readonly builder: () => Promise<string>
}

/**
 * Fills the wheelhouse: the project's own wheel, a lock of what it requires, and every wheel of that
 * lock by reusing, fetching or building. What was built is recorded even when a later package fails.
 *
 * Where a release follows and the files that define the project are those of the wheel before, that
 * wheel's word is taken for what this one requires: the release's build then makes the wheel on its way,
 * which saves a build, and `completeWheelhouse` compares.
 */
export async function fillWheelhouse(world: World, request: WheelhouseRequest): Promise<Wheelhouse> {
  const { plan } = request
  let state = await readState(world)
  const resolver = resolverOf(request)
  await world.files.write(inWheelhouse(world, '.gitignore'), '*\n')
  try {
    const own = await ensureBuildRequires(world, resolver, state, plan.project.buildRequires)
    state = own.state
    const source = await readSource(world, request, own.sha256)
    let app = await keptAppWheel(world, state, source.parts)
    const told = request.releaseFollows && state.told?.definition === sha256(plan.project.definition) ? state.told.requirements : undefined
    if (app) world.log.info(`  ${app.file}: the source is unchanged`)
    if (!app && told === undefined) {
      const made = await makeAppWheel(world, resolver, state, source.snapshot, source.parts)
      state = made.state
      app = made.app
      world.log.info(`  ${app.file}: built in ${app.seconds.toFixed(1)} s`)
    }
    const metadata = app || told === undefined ? requirementsOf(parseMetadata(app?.metadata ?? '')) : told
    state = { ...state, told: { definition: sha256(plan.project.definition), requirements: metadata } }
    checkExtras(world, request.extras, metadata)

    const locked = await ensureLock(world, resolver, state, requirementsFor(metadata, request.extras))
    state = locked.state
    checkPython(metadata, locked.target)

    const shelf = await readShelf(world)
    const known = await ensureBuildLocks(
      world,
      resolver,
      state,
      shelf.manifests.map((manifest) => manifest.requires),
    )
    state = known.state
    const recipe = await scriptsPrint(world, 'wheel', 'builder')
    const planned = planWheels(
      readLock(SHELF.lock, locked.text),
      locked.target,
      shelf,
      madeFrom(request, locked.target, recipe, known.locks),
    )
    const [fetchedIn, sdists] = await allDone([fetchWheels(world, planned), openSdists(world, planned)])
    const needed = await ensureBuildLocks(
      world,
      resolver,
      state,
      sdists.map((sdist) => sdist.requires),
    )
    state = needed.state
    const built = await compile(world, resolver, state, request, sdists, madeFrom(request, locked.target, recipe, needed.locks))

    const manifests = [...planned.flatMap((wheel) => (wheel.kind === 'reuse' && wheel.manifest ? [wheel.manifest] : [])), ...built]
    const wheels = await listWheels(world, planned, manifests, fetchedIn)
    const packages = [...new Set([...manifests.flatMap((manifest) => manifest.packages), ...request.runtimePackages])].sort()
    const dockerfile =
      request.dockerfile +
      renderWheelStages(sdists.map(({ planned: wheel, needsCompiler }) => ({ name: wheel.name, file: wheel.remote.file, needsCompiler })))
    const { week } = plan
    const debian = await ensureDebianFiles(world, plan.settings, state, {
      dockerfile,
      base: request.base,
      packages,
      week,
      parts: { parent: request.parentId, packages: packages.join(' '), week },
    })
    const keep = new Set([...(app ? [app.file] : []), ...wheels.map((wheel) => wheel.file)])
    const buildLocks = new Set([own.sha256, ...manifests.map((manifest) => manifest.made.buildLock)])
    state = await prune(world, keep, buildLocks, debian.state)
    return {
      state,
      app,
      metadata,
      source,
      target: locked.target,
      lockSha256: locked.sha256,
      wheels,
      packages,
      debian: debian.files,
      dockerfile,
    }
  } finally {
    await keepRecords(world, state)
  }
}

/**
 * Takes the project's wheel out of the release's build, where it was left to that.
 * @returns undefined where the wheel says something else than the one before: then the wheelhouse must be filled by its word
 */
export async function completeWheelhouse(world: World, request: WheelhouseRequest, house: Wheelhouse): Promise<Wheelhouse | undefined> {
  if (house.app) return house
  const made = await makeAppWheel(world, resolverOf(request), house.state, house.source.snapshot, house.source.parts)
  const requirements = requirementsOf(parseMetadata(made.app.metadata))
  const state = { ...made.state, told: { definition: sha256(request.plan.project.definition), requirements } }
  await keepRecords(world, state)
  world.log.info(`  ${made.app.file}`)
  return JSON.stringify(requirements) === JSON.stringify(house.metadata) ? { ...house, state, app: made.app } : undefined
}

function resolverOf({ plan, parentId, dockerfile, base }: WheelhouseRequest): Resolver {
  return {
    dockerfile,
    settings: plan.settings,
    base,
    parts: { parent: parentId, index: indexPrint(plan.settings), 'exclude-newer': plan.newest.day },
  }
}

async function keepRecords(world: World, { lock, buildLocks, told, debian, project }: State): Promise<void> {
  await updateState(world, {
    ...(lock && { lock }),
    ...(buildLocks && { buildLocks }),
    ...(debian && { debian }),
    ...(told && { told }),
    ...(project && { project }),
  })
}

async function readSource(world: World, request: WheelhouseRequest, buildLock: string): Promise<Source> {
  const snapshot = await world.source.snapshot(world.paths.project, world.paths.wheelhouse)
  const ignore = (await world.files.read(path.join(world.paths.project, '.dockerignore'))) ?? ''
  const parts = {
    source: sha256(JSON.stringify(snapshot)),
    dockerignore: sha256(ignore),
    commit: String(request.plan.epoch),
    buildLock,
    parent: request.parentId,
    recipe: await scriptsPrint(world, 'wheel'),
  }
  return { snapshot, parts }
}

/** pip only warns of an unknown extra, and so do we; but we name the valid ones. */
function checkExtras(world: World, extras: readonly string[], metadata: Requirements): void {
  for (const extra of extras.filter((name) => !metadata.extras.includes(name))) {
    const near = didYouMean(extra, metadata.extras)
    const valid = metadata.extras.length > 0 ? `it has ${metadata.extras.join(', ')}` : 'it has none'
    world.log.warning(
      `${metadata.name} has no extra "${extra}"${near ? `; did you mean "${near}"?` : ''} (${valid}). Nothing is installed for it.`,
    )
  }
}

function checkPython(metadata: Requirements, target: Target): void {
  if (metadata.requiresPython && !satisfies(target.python, metadata.requiresPython)) {
    throw new UserError(
      'wheels',
      `${metadata.name} requires Python ${metadata.requiresPython}, the image has ${target.python}`,
      'Set python-version or parent-image.',
    )
  }
}

/** The kept lock where it answers the same question, else a new one. */
async function ensureLock(world: World, resolver: Resolver, state: State, requirements: readonly string[]) {
  const sorted = [...requirements].sort()
  const parts: Parts = { ...resolver.parts, requirements: sorted.join('\n') }
  const file = inWheelhouse(world, SHELF.lock)
  const kept = await world.files.read(file)
  const record = state.lock
  if (record && kept !== undefined && sha256(kept) === record.sha256 && JSON.stringify(record.parts) === JSON.stringify(parts)) {
    world.log.info('  pylock.toml: the requirements are unchanged')
    return { state, text: kept, target: record.target, sha256: record.sha256 }
  }
  const changed = record ? Object.keys(parts).filter((part) => parts[part] !== record.parts[part]) : []
  world.log.info(`  resolving ${sorted.length} requirements (${changed.length > 0 ? `changed: ${changed.join(', ')}` : 'no lock is kept'})`)
  const { text, target } = await resolve(world, resolver, 'lock', sorted)
  await world.files.write(file, text)
  const lock = { parts, target, sha256: sha256(text) }
  return { state: { ...state, lock }, text, target, sha256: lock.sha256 }
}

type Locks = ReadonlyMap<string, string>

/** Locks of several sets of build requirements: their sha256 by the set. */
async function ensureBuildLocks(
  world: World,
  resolver: Resolver,
  before: State,
  sets: readonly (readonly string[])[],
): Promise<{ state: State; locks: Locks }> {
  let state = before
  const locks = new Map<string, string>()
  for (const set of sets) {
    if (locks.has(setName(set))) continue
    const ensured = await ensureBuildRequires(world, resolver, state, set)
    state = ensured.state
    locks.set(setName(set), ensured.sha256)
  }
  return { state, locks }
}

function setName(requires: readonly string[]): string {
  return requires.join('\n')
}

/** What a wheel built today would be made from. */
function madeFrom(request: WheelhouseRequest, target: Target, recipe: string, locks: Locks) {
  return (sdist: string, requires: readonly string[]): MadeFrom => ({
    sdist,
    recipe,
    distribution: target.distribution,
    machine: target.machine,
    glibc: target.glibc,
    soabi: target.soabi,
    buildPackages: request.buildPackages.join(' '),
    buildLock: locks.get(setName(requires)) ?? '',
  })
}

async function compile(
  world: World,
  resolver: Resolver,
  state: State,
  request: WheelhouseRequest,
  sdists: readonly Sdist[],
  made: (sdist: string, requires: readonly string[]) => MadeFrom,
): Promise<readonly Manifest[]> {
  if (sdists.length === 0) return []
  for (const { planned, needsCompiler } of sdists) {
    world.log.info(`  ${planned.name} ${planned.version}: ${needsCompiler ? 'compiling' : 'building'} its sdist (${planned.why})`)
  }
  const builder = sdists.some((sdist) => sdist.needsCompiler) ? await request.builder() : undefined
  return buildWheels(world, resolver, state, sdists, { base: request.base, builder }, made)
}
