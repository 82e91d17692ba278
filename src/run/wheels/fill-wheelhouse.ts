import path from 'node:path'
import { UserError } from '../../errors.ts'
import { otherPython, ownDockerfilePython } from '../../plan/version/python-series.ts'
import { askedIndexes, refuseUnasked, unaskedIndexes } from '../../plan/wheels/index-settings.ts'
import type { Target } from '../../plan/wheels/wheel-tags.ts'
import { chooseDependencies, unknownNames, wantedExtras } from '../../project/dependencies.ts'
import { allowsPython } from '../../project/python-version.ts'
import type { BuildSetup } from '../build/build-setup.ts'
import { ensureTarget } from '../lock/describe-target.ts'
import type { World } from '../world.ts'
import { runBuildCommand } from './build-command.ts'
import { finishShelf, type Gathered, gatherWheels } from './fill-shelf.ts'
import { factsOf, type LearnedFacts, projectMetadata, rememberProject } from './project-metadata.ts'
import { layOutProject, type MadeProjectWheel, makeProjectWheel, type Source, sourcePrint } from './project-wheel.ts'
import { judgeNames } from './unknown-names.ts'
import type { Wheelhouse } from './wheelhouse.ts'
import type { WheelhouseRequest } from './wheelhouse-request.ts'

/**
 * Fills the wheelhouse: the project's own wheel, a lock of what it requires, and every wheel of that
 * lock by reusing, fetching or building. What was built is recorded even when a later package fails.
 *
 * Where a release follows and the files that define the project are those of the wheel before, that
 * wheel's word is taken for what this one requires: the release's build then makes the wheel on its way,
 * which saves a build, and `completeWheelhouse` compares.
 */
export async function fillWheelhouse(world: World, setup: BuildSetup, request: WheelhouseRequest): Promise<Wheelhouse> {
  try {
    const target = await ensureTarget(world, setup)
    const { lock, lockedPython, name, requiresPython } = request.plan.project
    const aside = pythonAside(request, target)
    if (aside) world.log.notice(aside)
    checkPython(lock?.file ?? '', lockedPython ?? '', target)
    checkPython(name, requiresPython ?? '', target)
    if (request.inputs.buildCommand.length === 0) {
      const learned = await projectMetadata(world, setup, { ...request, target })
      return await finish(world, setup, request, { target, learned, gathered: await gather(world, setup, request, { target, learned }) })
    }
    return await fillAfterCommand(world, setup, request, target)
  } finally {
    await world.records.save()
  }
}

/** What is told of a Python that a file names and the image has not; where the project's Dockerfile builds, that is its own matter. */
function pythonAside({ plan, inputs }: WheelhouseRequest, { python: version }: Target): string | undefined {
  const chosen = { from: plan.pythonFrom, version }
  const isGiven = Boolean(inputs.parentImage || inputs.baseImage) && !inputs.dockerfile
  return otherPython(plan.project.python, chosen) ?? (isGiven ? otherPython(ownDockerfilePython(plan.project), chosen) : undefined)
}

/**
 * The project before and after the user's commands have changed its source, in which the wheels are installed: where it
 * requires something else then, once more with the wheels of that.
 */
async function fillAfterCommand(world: World, setup: BuildSetup, request: WheelhouseRequest, target: Target): Promise<Wheelhouse> {
  let before = await projectMetadata(world, setup, { ...request, target, first: true })
  for (const again of [false, true]) {
    const gathered = await gather(world, setup, request, { target, learned: before })
    const wheels = gathered.wheels.map(({ file }) => file)
    const source = await runBuildCommand(world, setup, request, { source: before.source, wheels })
    const learned = await projectMetadata(world, setup, { ...request, target, source })
    if (JSON.stringify(learned.metadata) === JSON.stringify(before.metadata)) {
      return await finish(world, setup, request, { target, learned, gathered })
    }
    if (!again) world.log.info('  after build-command the project requires something else; once more by its new word')
    before = { ...learned, source: before.source }
  }
  throw new UserError('wheels', 'build-command changes what the project requires at every run', 'Let it write the same each time.')
}

interface Known {
  readonly target: Target
  readonly learned: LearnedFacts
}

/** All wheels but the project's own, by what it says that it requires. */
async function gather(world: World, setup: BuildSetup, { plan, inputs }: WheelhouseRequest, { target, learned }: Known): Promise<Gathered> {
  const { extras, groups } = inputs
  const { metadata, app, buildLock } = learned
  checkPython(metadata.name, metadata.requiresPython, target)
  const dependencies = { ...chooseDependencies(plan.project, metadata, inputs), added: inputs.packages }
  if (dependencies.choice) world.log.info(`  ${dependencies.choice}`)
  if (dependencies.byFiles) {
    for (const notice of plan.project.requirements?.notices ?? []) world.log.notice(notice)
    refuseUnasked(plan.project, plan.settings)
  }
  for (const warning of unaskedIndexes(askedIndexes(plan.project, dependencies.byFiles), plan.settings)) world.log.warning(warning)
  return gatherWheels(world, setup, {
    plan,
    extras: wantedExtras(metadata, extras),
    groups,
    dependencies,
    target,
    keep: keepOf({ app, buildLock }),
    onLocked: ({ theirs }) => judgeNames(world, 'extras', unknownNames({ project: plan.project, metadata, locked: theirs }, inputs)),
  })
}

async function finish(
  world: World,
  setup: BuildSetup,
  { plan, inputs }: WheelhouseRequest,
  { target, learned, gathered }: Known & { readonly gathered: Gathered },
): Promise<Wheelhouse> {
  const { buildLock: _, ...facts } = learned
  const shelf = await finishShelf(world, setup, gathered, {
    linked: facts.app?.packages ?? [],
    wished: inputs.runtimePackages,
    present: [],
    dockerfile: setup.dockerfile,
    week: plan.week,
    keep: keepOf(learned),
  })
  const source = plan.project.sourceOnly === undefined ? facts.source : withoutInstalled(world, facts.source, gathered.locked.files)
  return { ...facts, ...shelf, source, target }
}

function keepOf({ app, buildLock }: Pick<LearnedFacts, 'app' | 'buildLock'>) {
  return { files: app ? [app.file] : [], buildLocks: [buildLock] }
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

/** The project's wheel out of the release's build, where it was left to that and its stage is done. */
export async function takeProjectWheel(world: World, setup: BuildSetup, { source, workshop }: Wheelhouse): Promise<MadeProjectWheel> {
  return makeProjectWheel(world, setup, { source, workshop: await workshop() })
}

/**
 * The wheelhouse with the project's wheel, where that was left to the release's build.
 * @param taken the wheel, where it was taken out of that build
 * @returns undefined where the wheel says something else than the one before: then the wheelhouse must be filled by its word
 */
export async function completeWheelhouse(
  world: World,
  setup: BuildSetup,
  { house, definition, taken }: { house: Wheelhouse; definition: string; taken: Promise<MadeProjectWheel> | undefined },
): Promise<Wheelhouse | undefined> {
  if (!taken) await layOutProject(world, house.source)
  const app = await (taken ?? takeProjectWheel(world, setup, house))
  if ('requires' in app) return undefined
  const facts = await factsOf(world, house.source, app)
  rememberProject(world, definition, facts)
  await world.records.save()
  world.log.info(`  ${app.file}`)
  return JSON.stringify(facts.metadata) === JSON.stringify(house.metadata) ? { ...house, ...facts } : undefined
}

function checkPython(name: string, requires: string, target: Target): void {
  if (allowsPython(target.python, requires)) return
  throw new UserError(
    'wheels',
    `${name} requires Python ${requires}, the image has ${target.python}`,
    'Set python-version or parent-image.',
  )
}
