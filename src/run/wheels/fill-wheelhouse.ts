import path from 'node:path'
import { UserError } from '../../errors.ts'
import type { WheelResult } from '../../outcome.ts'
import { renderWheelStages } from '../../plan/dockerfile/dockerfile.ts'
import { sha256 } from '../../plan/fingerprint.ts'
import { askedIndexes, indexPrint, refuseUnasked, unaskedIndexes } from '../../plan/wheels/index-settings.ts'
import { runtimeNeeds, runtimePackages } from '../../plan/wheels/system-packages.ts'
import { namesIn, planWheels } from '../../plan/wheels/wheel-plan.ts'
import type { Target } from '../../plan/wheels/wheel-tags.ts'
import { chooseDependencies, unknownNames, wantedExtras } from '../../project/dependencies.ts'
import { parseMetadata, type Requirements, requirementsOf } from '../../project/metadata.ts'
import { allowsPython } from '../../project/python-version.ts'
import { allDone } from '../all-done.ts'
import type { Resolver } from '../build/build-setup.ts'
import { ensureDebianFiles } from '../build/debian-files.ts'
import { scriptsPrint } from '../build/stage-scripts.ts'
import { ensureBuildLocks, ensureTarget } from '../lock/build-requirements.ts'
import { ensureLock } from '../lock/ensure-lock.ts'
import { readState, type State, updateState } from '../wheelhouse-folder/records.ts'
import { type Contents, lasting, wheelContents } from '../wheelhouse-folder/wheel-contents.ts'
import { fetchWheels, listWheels, prune, readShelf } from '../wheelhouse-folder/wheel-files.ts'
import type { World } from '../world.ts'
import { runBuildCommand } from './build-command.ts'
import { buildSources, openSources } from './build-wheels.ts'
import { type Early, type Own, ownMetadata } from './project-metadata.ts'
import { type AppWheel, layOutApp, type MadeAppWheel, makeAppWheel, type Source, sourcePrint } from './project-wheel.ts'
import { judgeNames } from './unknown-names.ts'
import { madeFrom } from './wheel-fingerprint.ts'
import type { WheelhouseRequest } from './wheelhouse-request.ts'

/** The filled wheelhouse: everything that the release is made from. */
export interface Wheelhouse {
  readonly state: State
  /** Undefined where the project has no wheel, and where it is left to the release's own build, which makes it on the way. */
  readonly app: AppWheel | undefined
  readonly metadata: Requirements
  /** Of the project's wheel, or of the wheel before. */
  readonly contents: Contents
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

/**
 * Fills the wheelhouse: the project's own wheel, a lock of what it requires, and every wheel of that
 * lock by reusing, fetching or building. What was built is recorded even when a later package fails.
 *
 * Where a release follows and the files that define the project are those of the wheel before, that
 * wheel's word is taken for what this one requires: the release's build then makes the wheel on its way,
 * which saves a build, and `completeWheelhouse` compares.
 * @param how `listen: false` where what the backend says of the wheel before that is there was not right; `again` where
 * build-command has changed what the project requires
 */
export async function fillWheelhouse(
  world: World,
  request: WheelhouseRequest,
  how: { readonly listen?: boolean; readonly again?: boolean } = {},
): Promise<Wheelhouse> {
  const { plan } = request
  let state = await readState(world)
  const resolver = resolverOf(request)
  try {
    const described = await ensureTarget(world, resolver, state)
    state = described.state
    const { target } = described
    checkPython(plan.project.lock?.file ?? '', plan.project.lockedPython ?? '', target)
    checkPython(plan.project.name, plan.project.requiresPython ?? '', target)
    const hooks = request.buildCommand.length > 0
    let tell: (told: Early) => void = () => {}
    const early = new Promise<Early>((resolve) => {
      tell = resolve
    })
    // Each records what it made, whatever becomes of the other.
    const note = ({ buildLocks, ...made }: Partial<State>) => {
      state = { ...state, ...made, buildLocks: { ...state.buildLocks, ...buildLocks } }
    }
    const listening = { first: hooks, ...(how.listen !== false && !hooks && { early: tell }) }
    const owning = ownMetadata(world, request, resolver, state, target, listening).then((own) => {
      const { project, told, own: known, buildLocks } = own.state
      note({ ...(project && { project }), ...(told && { told }), ...(known && { own: known }), ...(buildLocks && { buildLocks }) })
      return own
    })
    // A large project's wheel takes longer than all that follows from what it requires.
    const told = await Promise.race([owning, early])
    const [learned, gathered] = await allDone([owning, gather(world, request, resolver, target, told, note)])
    const { metadata } = learned
    if (decisive(told.metadata) !== decisive(metadata)) {
      world.log.info('  the wheel requires something else than its backend said: once more by its own word')
      await keepRecords(world, state)
      return await fillWheelhouse(world, request, { ...how, listen: false })
    }
    const { planned, manifests, locked } = gathered
    const used = manifests.map((manifest) => manifest.made.buildLock)
    if (gathered.fault !== undefined) {
      // What a failing leg saves is pruned too.
      const named = planned.flatMap((wheel) => (wheel.kind === 'compile' ? [] : [wheel.kind === 'reuse' ? wheel.file : wheel.remote.file]))
      const keep = new Set([...(learned.app ? [learned.app.file] : []), ...named, ...manifests.map(({ file }) => file)])
      state = await prune(world, keep, new Set([learned.buildLock, ...used]), state)
      throw gathered.fault
    }
    const wheels = await listWheels(world, planned, manifests, gathered.fetchedIn)
    const files = wheels.map((wheel) => wheel.file)
    const own = hooks ? await changedSource(world, request, resolver, state, target, learned, files) : { ...learned, state }
    state = own.state
    if (JSON.stringify(own.metadata) !== JSON.stringify(metadata)) {
      if (how.again)
        throw new UserError('wheels', 'build-command changes what the project requires at every run', 'Let it write the same each time.')
      world.log.info('  after build-command the project requires something else; once more by its new word')
      await keepRecords(world, state)
      return await fillWheelhouse(world, request, { ...how, again: true })
    }
    const { app, contents } = own
    const source = plan.project.sourceOnly === undefined ? own.source : withoutInstalled(world, own.source, locked.files)
    const linked = [...manifests.flatMap((manifest) => manifest.packages), ...(app?.packages ?? [])]
    const { packages, told: needed } = runtimePackages(gathered.needs, linked, request.runtimePackages)
    for (const line of needed) world.log.info(`  ${line}`)
    const dockerfile =
      request.dockerfile + renderWheelStages(gathered.sources.map(({ planned: wheel, ...one }) => ({ ...one, name: wheel.name })))
    const debian = await ensureDebianFiles(world, plan.settings, state, {
      dockerfile,
      base: request.base,
      packages,
      parts: { parent: request.system, packages: packages.join(' '), week: plan.week },
    })
    const keep = new Set([...(app ? [app.file] : []), ...files])
    state = await prune(world, keep, new Set([own.buildLock, ...used]), debian.state)
    return {
      state,
      app,
      metadata,
      contents,
      source,
      workshop: own.workshop,
      target,
      lockSha256: locked.sha256,
      wheels,
      folders: gathered.folders,
      packages,
      debian: debian.files,
      dockerfile,
    }
  } finally {
    await keepRecords(world, state)
  }
}

/** Wheels and sdists that are installed are of no use in /app, where the source goes without a wheel. */
function withoutInstalled(world: World, source: Source, files: ReadonlySet<string>): Source {
  const isInstalled = (name: string) => files.has(path.join(world.paths.project, name))
  const installed = source.snapshot.filter((file) => isInstalled(file.path)).map((file) => file.path)
  if (installed.length === 0) return source
  world.log.info(`  not in /app, as what they hold is installed: ${installed.join(', ')}`)
  const snapshot = source.snapshot.filter((file) => !isInstalled(file.path))
  return { ...source, snapshot, parts: { ...source.parts, source: sourcePrint(snapshot) } }
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

/** All wheels but the project's own, by what it says that it requires. */
async function gather(
  world: World,
  request: WheelhouseRequest,
  resolver: Resolver,
  target: Target,
  told: Early,
  note: (made: Partial<State>) => void,
) {
  const { plan, groups } = request
  const { metadata } = told
  checkPython(metadata.name, metadata.requiresPython, target)
  const dependencies = { ...chooseDependencies(plan.project, metadata, request.extras, groups), added: request.packages }
  if (dependencies.choice) world.log.info(`  ${dependencies.choice}`)
  if (dependencies.byFiles) {
    for (const notice of plan.project.requirements?.notices ?? []) world.log.notice(notice)
    refuseUnasked(plan.project, plan.settings)
  }
  for (const warning of unaskedIndexes(askedIndexes(plan.project, dependencies.byFiles), plan.settings)) world.log.warning(warning)
  const extras = wantedExtras(metadata, request.extras)
  const locked = await ensureLock(world, resolver, told.state, { plan, extras, groups, dependencies, target })
  note({ ...(locked.state.lock && { lock: locked.state.lock }) })
  judgeNames(world, 'extras', unknownNames(plan.project, metadata, request.extras, groups, locked.theirs))

  const shelf = await readShelf(world, locked.packages)
  const kept = shelf.manifests.map((manifest) => manifest.requires)
  const known = await ensureBuildLocks(world, resolver, locked.state, target, kept)
  const made = madeFrom(request, target, await scriptsPrint(world, 'wheel', 'builder'))
  const prints = new Map([...locked.locals.values()].map(({ name, print }) => [name, print]))
  const planned = planWheels(locked.packages, target, shelf, made(known.locks), prints)
  const [fetchedIn, sources] = await allDone([fetchWheels(world, planned), openSources(world, planned, locked.locals)])
  const wanted = sources.map(({ requires }) => requires)
  const needed = await ensureBuildLocks(world, resolver, known.state, target, wanted)
  const { base, builder } = request
  note({ ...(needed.state.buildLocks && { buildLocks: needed.state.buildLocks }) })
  const built = await buildSources(world, { resolver, target, base, builder, madeFrom: made }, needed.state, sources)
  note({ ...(built.state.buildLocks && { buildLocks: built.state.buildLocks }) })
  const reused = planned.flatMap((wheel) => (wheel.kind === 'reuse' && wheel.manifest ? [wheel.manifest] : []))
  const names = locked.packages.map(({ name }) => name)
  const needs = runtimeNeeds(names, namesIn([...dependencies.lines, ...dependencies.added].join(' ')))
  return { ...built, locked, needs, folders: [...prints.keys()], planned, fetchedIn, manifests: [...reused, ...built.manifests] }
}

/** The project's wheel out of the release's build, where it was left to that and its stage is done. */
export async function takeAppWheel(
  world: World,
  request: WheelhouseRequest,
  { state, source, workshop }: Wheelhouse,
): Promise<MadeAppWheel> {
  return makeAppWheel(world, resolverOf(request), state, source, await workshop())
}

/**
 * The wheelhouse with the project's wheel, where that was left to the release's build.
 * @param taken the wheel, where it was taken out of that build
 * @returns undefined where the wheel says something else than the one before: then the wheelhouse must be filled by its word
 */
export async function completeWheelhouse(
  world: World,
  request: WheelhouseRequest,
  house: Wheelhouse,
  taken: Promise<MadeAppWheel> | undefined,
): Promise<Wheelhouse | undefined> {
  if (house.app || request.plan.project.sourceOnly !== undefined) return house
  if (!taken) await layOutApp(world, house.state, house.source)
  const made = await (taken ?? takeAppWheel(world, request, house))
  if ('requires' in made) return undefined
  const requirements = requirementsOf(parseMetadata(made.app.metadata))
  const contents = await wheelContents(world, house.source.snapshot, made.app.file)
  const told = { definition: sha256(request.plan.project.definition), requirements, contents: lasting(contents) }
  const state = { ...made.state, told }
  await keepRecords(world, state)
  world.log.info(`  ${made.app.file}`)
  return JSON.stringify(requirements) === JSON.stringify(house.metadata) ? { ...house, state, contents, app: made.app } : undefined
}

export function resolverOf({ plan, system, platform, dockerfile, base, toolsInContext }: WheelhouseRequest): Resolver {
  return {
    dockerfile,
    settings: plan.settings,
    base,
    platform,
    toolsInContext,
    buildConstraints: plan.buildConstraints,
    parts: {
      parent: system,
      index: indexPrint(plan.settings),
      'exclude-newer': plan.newest.day,
      ...(plan.buildConstraints.length > 0 && { 'build constraints': plan.buildConstraints.join('\n') }),
    },
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

/** What of a project's metadata decides over the other wheels. */
function decisive({ name, requiresPython, requires, extras }: Requirements): string {
  return JSON.stringify([name, requiresPython, requires, extras])
}

function checkPython(name: string, requires: string, target: Target): void {
  if (allowsPython(target.python, requires)) return
  throw new UserError(
    'wheels',
    `${name} requires Python ${requires}, the image has ${target.python}`,
    'Set python-version or parent-image.',
  )
}
