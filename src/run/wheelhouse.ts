import { satisfies, validRange } from '@renovatebot/pep440'
import { UserError } from '../errors.ts'
import type { WheelResult } from '../outcome.ts'
import { renderWheelStages } from '../plan/dockerfile.ts'
import { sha256 } from '../plan/fingerprint.ts'
import { indexPrint } from '../plan/indexes.ts'
import type { RunPlan } from '../plan/run-plan.ts'
import { buildPackagesFor } from '../plan/system-packages.ts'
import type { Target } from '../plan/wheel-tags.ts'
import { type MadeNow, planWheels } from '../plan/wheels.ts'
import { chooseDependencies, unknownNames, wantedExtras } from '../project/dependencies.ts'
import { parseMetadata, type Requirements, requirementsOf } from '../project/metadata.ts'
import { allDone } from './all-done.ts'
import { type AppWheel, makeAppWheel, type Source } from './app-wheel.ts'
import { runBuildCommand } from './build-command.ts'
import { ensureDebianFiles } from './debian.ts'
import { scriptsPrint } from './images.ts'
import { ensureLock } from './lock.ts'
import { type Own, ownMetadata } from './own.ts'
import { ensureBuildLocks, ensureTarget, type Locks, type Resolver, setName } from './requires.ts'
import { buildSources, openSources } from './sources.ts'
import { inWheelhouse, readState, type State, updateState } from './state.ts'
import { fetchWheels, listWheels, prune, readShelf } from './wheels.ts'
import type { World } from './world.ts'

/** The filled wheelhouse: everything that the release is made from. */
export interface Wheelhouse {
  readonly state: State
  /** Undefined where the project has no wheel, and where it is left to the release's own build, which makes it on the way. */
  readonly app: AppWheel | undefined
  readonly metadata: Requirements
  readonly source: Source
  /** The image that the project's wheel is built in. */
  readonly workshop: () => Promise<string>
  readonly target: Target
  readonly lockSha256: string
  readonly wheels: readonly WheelResult[]
  /** Names of those that are built from folders and repositories: what they are named by is a place, not a version. */
  readonly folders: readonly string[]
  /** Debian packages that the release needs, and their files. */
  readonly packages: readonly string[]
  readonly debian: Readonly<Record<string, string>>
  /** The Dockerfile up to here. */
  readonly dockerfile: string
}

export interface WheelhouseRequest {
  readonly plan: RunPlan
  readonly extras: readonly string[]
  readonly groups: readonly string[]
  readonly buildPackages: readonly string[]
  /** What an own or ready builder is made from; '' for ours, where the packages say it. */
  readonly builderRecipe: string
  readonly runtimePackages: readonly string[]
  readonly dockerfile: string
  readonly base: string
  /** Stands for the system in fingerprints: the parent's id, or the print of an own base. */
  readonly system: string
  /** Where a release follows, the project's wheel need not be made beforehand just to learn what it requires. */
  readonly releaseFollows: boolean
  /** Lines of a shell that may change the source before its wheel is built, and secrets for them. */
  readonly buildCommand: readonly string[]
  readonly secrets: Readonly<Record<string, string>>
  /** Makes the builder image when, and only when, something must be compiled, with what these packages take. */
  readonly builder: (names: readonly string[]) => Promise<string>
}

/**
 * Fills the wheelhouse: the project's own wheel, a lock of what it requires, and every wheel of that
 * lock by reusing, fetching or building. What was built is recorded even when a later package fails.
 *
 * Where a release follows and the files that define the project are those of the wheel before, that
 * wheel's word is taken for what this one requires: the release's build then makes the wheel on its way,
 * which saves a build, and `completeWheelhouse` compares.
 */
export async function fillWheelhouse(world: World, request: WheelhouseRequest, again = false): Promise<Wheelhouse> {
  const { plan } = request
  let state = await readState(world)
  const resolver = resolverOf(request)
  await world.files.write(inWheelhouse(world, '.gitignore'), '*\n')
  try {
    const described = await ensureTarget(world, resolver, state)
    state = described.state
    const { target } = described
    checkPython(plan.project.name, plan.project.requiresPython ?? '', target)
    const hooks = request.buildCommand.length > 0
    const learned = await ownMetadata(world, request, resolver, state, target, { first: hooks })
    state = learned.state
    const { metadata } = learned
    checkPython(metadata.name, metadata.requiresPython, target)
    const dependencies = chooseDependencies(plan.project, metadata, request.extras, request.groups)
    if (dependencies.choice) world.log.info(`  ${dependencies.choice}`)
    if (dependencies.byFiles) for (const notice of plan.project.requirements?.notices ?? []) world.log.info(`  ${notice}`)
    const { groups } = request
    const extras = wantedExtras(metadata, request.extras)
    const locked = await ensureLock(world, resolver, state, { plan, extras, groups, dependencies, target })
    state = locked.state
    for (const text of unknownNames(plan.project, metadata, request.extras, groups, locked.theirs)) world.log.warning(text)

    const shelf = await readShelf(world)
    const known = await ensureBuildLocks(
      world,
      resolver,
      state,
      target,
      shelf.manifests.map((manifest) => manifest.requires),
    )
    state = known.state
    const made = madeFrom(request, target, await scriptsPrint(world, 'wheel', 'builder'))
    const prints = new Map([...locked.locals.values()].map(({ name, print }) => [name, print]))
    const planned = planWheels(locked.packages, target, shelf, made(known.locks), prints)
    const [fetchedIn, sources] = await allDone([fetchWheels(world, planned), openSources(world, planned, locked.locals)])
    const needed = await ensureBuildLocks(
      world,
      resolver,
      state,
      target,
      sources.map(({ requires }) => requires),
    )
    state = needed.state
    const { base, builder } = request
    const built = await buildSources(world, { resolver, target, base, builder, madeFrom: made }, state, sources)
    state = built.state

    const reused = planned.flatMap((wheel) => (wheel.kind === 'reuse' && wheel.manifest ? [wheel.manifest] : []))
    const manifests = [...reused, ...built.manifests]
    const wheels = await listWheels(world, planned, manifests, fetchedIn)
    const files = wheels.map((wheel) => wheel.file)
    const own = hooks ? await changedSource(world, request, resolver, state, target, learned, files) : { ...learned, state }
    state = own.state
    if (JSON.stringify(own.metadata) !== JSON.stringify(metadata)) {
      if (again)
        throw new UserError('wheels', 'build-command changes what the project requires at every run', 'Let it write the same each time.')
      world.log.info('  after build-command the project requires something else; once more by its new word')
      await keepRecords(world, state)
      return await fillWheelhouse(world, request, true)
    }
    const { app, source } = own
    const linked = [...manifests.flatMap((manifest) => manifest.packages), ...(app?.packages ?? [])]
    const packages = [...new Set([...linked, ...request.runtimePackages])].sort()
    const dockerfile =
      request.dockerfile + renderWheelStages(built.sources.map(({ planned: wheel, ...source }) => ({ ...source, name: wheel.name })))
    const { week } = plan
    const debian = await ensureDebianFiles(world, plan.settings, state, {
      dockerfile,
      base: request.base,
      packages,
      week,
      parts: { parent: request.system, packages: packages.join(' '), week },
    })
    const keep = new Set([...(app ? [app.file] : []), ...files])
    const buildLocks = new Set([own.buildLock, ...manifests.map((manifest) => manifest.made.buildLock)])
    state = await prune(world, keep, buildLocks, debian.state)
    return {
      state,
      app,
      metadata,
      source,
      workshop: own.workshop,
      target,
      lockSha256: locked.sha256,
      wheels,
      folders: [...prints.keys()],
      packages,
      debian: debian.files,
      dockerfile,
    }
  } finally {
    await keepRecords(world, state)
  }
}

/** The project once more, after the user's commands have changed its source. */
async function changedSource(
  world: World,
  request: WheelhouseRequest,
  resolver: Resolver,
  state: State,
  target: Target,
  { source: before }: Own,
  wheels: readonly string[],
): Promise<Own> {
  const source = await runBuildCommand(world, request, resolver, before, wheels)
  return ownMetadata(world, request, resolver, state, target, { source })
}

/**
 * Takes the project's wheel out of the release's build, where it was left to that.
 * @returns undefined where the wheel says something else than the one before: then the wheelhouse must be filled by its word
 */
export async function completeWheelhouse(world: World, request: WheelhouseRequest, house: Wheelhouse): Promise<Wheelhouse | undefined> {
  if (house.app || request.plan.project.sourceOnly !== undefined) return house
  const made = await makeAppWheel(world, resolverOf(request), house.state, house.source, await house.workshop())
  if ('requires' in made) return undefined
  const requirements = requirementsOf(parseMetadata(made.app.metadata))
  const state = { ...made.state, told: { definition: sha256(request.plan.project.definition), requirements } }
  await keepRecords(world, state)
  world.log.info(`  ${made.app.file}`)
  return JSON.stringify(requirements) === JSON.stringify(house.metadata) ? { ...house, state, app: made.app } : undefined
}

export function resolverOf({ plan, system, dockerfile, base }: WheelhouseRequest): Resolver {
  return {
    dockerfile,
    settings: plan.settings,
    base,
    parts: { parent: system, index: indexPrint(plan.settings), 'exclude-newer': plan.newest.day },
  }
}

async function keepRecords(world: World, { target, lock, buildLocks, told, own, debian, project }: State): Promise<void> {
  await updateState(world, {
    ...(target && { target }),
    ...(lock && { lock }),
    ...(buildLocks && { buildLocks }),
    ...(debian && { debian }),
    ...(told && { told }),
    ...(own && { own }),
    ...(project && { project }),
  })
}

function checkPython(name: string, requires: string, target: Target): void {
  if (!requires || !validRange(requires) || satisfies(target.python, requires)) return
  throw new UserError(
    'wheels',
    `${name} requires Python ${requires}, the image has ${target.python}`,
    'Set python-version or parent-image.',
  )
}

/** What a wheel built today would be made from. */
export function madeFrom(request: WheelhouseRequest, target: Target, recipe: string) {
  return (locks: Locks): MadeNow =>
    (source) => ({
      sdist: source.sdist,
      recipe,
      distribution: target.distribution,
      machine: target.machine,
      glibc: target.glibc,
      soabi: target.soabi,
      buildPackages:
        request.builderRecipe || [...new Set([...request.buildPackages, ...buildPackagesFor([source.package])])].sort().join(' '),
      buildLock: locks.get(setName(source.requires)) ?? '',
    })
}
