import { chosenNames, type Inputs } from '../../inputs.ts'
import { fingerprint, type Parts } from '../../plan/fingerprint.ts'
import type { RunPlan } from '../../plan/run-plan.ts'
import type { ReleaseResult } from '../../report/outcome.ts'
import type { BuildSetup } from '../build/build-setup.ts'
import type { TargetRequest } from '../build/build-target.ts'
import { type Unfinished, unfinishedName } from '../build/unfinished-images.ts'
import { ensureUvImage } from '../build/uv-image.ts'
import { layOutWheels } from '../wheelhouse-folder/wheel-files.ts'
import { completeWheelhouse, fillWheelhouse, takeProjectWheel } from '../wheels/fill-wheelhouse.ts'
import { layOutProject, type MadeProjectWheel } from '../wheels/project-wheel.ts'
import type { Wheelhouse } from '../wheels/wheelhouse.ts'
import type { World } from '../world.ts'
import type { ImageFamily } from './base-and-builder.ts'
import { chooseStart } from './choose-start.ts'
import { releaseByDockerfile } from './custom-release.ts'
import { keepImported, layOutImported } from './imported-modules.ts'
import { buildOf, buildRelease, findRelease, planRelease, type ReleaseRequest, releaseRecord, settingsOf } from './release-image.ts'
import { keepSaid, saidBefore, sayAgain, TrialWords } from './trial-words.ts'

/** What a release is made with, beside the wheelhouse. */
export interface Making {
  readonly plan: RunPlan
  readonly inputs: Inputs
  readonly images: ImageFamily
  readonly setup: BuildSetup
}

export interface MadeRelease {
  readonly result: ReleaseResult
  /** What made it, where that was a build of our Dockerfile in this run. */
  readonly build?: TargetRequest
  /** Where it was built in this run. */
  readonly unfinished?: Unfinished
}

export interface Release extends MadeRelease {
  /** With the project's wheel. */
  readonly house: Wheelhouse
}

/**
 * The release of a wheelhouse, found or built. Where the project's wheel was left to the release's build, it is
 * compared with what it was believed to say: where it says something else, the release is made again by its word.
 */
export async function findOrMakeRelease(world: World, making: Making, house: Wheelhouse): Promise<Release> {
  const { plan, inputs, setup } = making
  if (house.app || plan.project.sourceOnly !== undefined) return { house, ...(await findOrBuild(world, making, house)) }
  let taken: Promise<MadeProjectWheel> | undefined
  const takeWheel = (stage: string) => {
    if (taken || stage !== 'app-wheel') return
    taken = takeProjectWheel(world, setup, house)
    taken.catch(() => {}) // it is awaited below
  }
  let made: MadeRelease
  try {
    made = await findOrBuild(world, making, house, takeWheel)
  } catch (error) {
    await Promise.allSettled([taken])
    throw error
  }
  const { definition } = plan.project
  const complete = await completeWheelhouse(world, setup, { house, definition, taken })
  if (complete && (await startsAs(world, making, complete, made.result))) return { house: complete, ...made }
  if (!complete) world.log.info('  the project requires something else than before: once more by its own word')
  await world.docker.untag(unfinishedName(world, 'release'))
  const filled = complete ?? (await fillWheelhouse(world, setup, { plan, inputs, releaseFollows: false }))
  return { house: filled, ...(await findOrBuild(world, making, filled)) }
}

/** Whether the wheel that the release's build made on its way bears out the start command. */
async function startsAs(world: World, { plan, inputs }: Making, house: Wheelhouse, { command }: ReleaseResult): Promise<boolean> {
  const wishes = { command: inputs.command, settings: settingsOf(plan, inputs.imageEnv) }
  const now = await chooseStart(world, plan.project, house, wishes)
  if (JSON.stringify(now.command) === JSON.stringify(command)) return true
  world.log.info('  the project starts otherwise than its last wheel let expect: the release once more')
  return false
}

async function findOrBuild(world: World, making: Making, house: Wheelhouse, onStage?: (stage: string) => void): Promise<MadeRelease> {
  const { plan, inputs, images, setup } = making
  const unfinished = ({ id }: ReleaseResult, parts: Parts) => ({ id, name: plan.names.release, record: plan.suffix, parts })
  const { base, platform } = setup
  const made = { base, origin: images.origin, chosen: chosenNames(inputs), inputs, version: images.version(), platform }
  if (inputs.dockerfile) {
    const own = await releaseByDockerfile(world, { plan, inputs, house, made, builder: () => images.makeBuilder() })
    return { result: own.result, ...(own.result.how === 'built' && { unfinished: unfinished(own.result, own.parts) }) }
  }
  const request = await planRelease(world, plan, house, made)
  const { parts } = request
  const found = plan.settings.anew ? undefined : await findRelease(world, request)
  const said = await world.records.get('said')
  const before = said?.[plan.suffix]
  if (found && before?.release === fingerprint(parts)) {
    sayAgain(world, before.lines)
    return { result: found }
  }
  const whole = { ...request, ...(await layOut(world, making, house)) }
  if (found) {
    await sayFromCache(world, plan, whole)
    return { result: found }
  }
  const built = await buildTold(world, making, whole, onStage)
  await world.records.put('images', releaseRecord(plan), parts)
  await world.records.save()
  return { ...built, unfinished: unfinished(built.result, parts) }
}

/** Lays out all that the release's stages mount. @returns the images that they take */
async function layOut(world: World, { plan, setup }: Making, house: Wheelhouse): Promise<Pick<ReleaseRequest, 'tools' | 'workshop'>> {
  const tools = await ensureUvImage(world, setup)
  await layOutProject(world, house.source)
  const wheels = house.wheels.map((wheel) => wheel.file)
  await layOutWheels(world, wheels, Object.keys(house.debian))
  await layOutImported(world, releaseRecord(plan))
  return { tools, workshop: await house.workshop() }
}

/** Builds the release, and keeps what its trial tells. */
async function buildTold(
  world: World,
  { plan, inputs }: Making,
  request: ReleaseRequest,
  onStage: (stage: string) => void = () => {},
): Promise<Awaited<ReturnType<typeof buildRelease>>> {
  let imported: string | undefined // the last one counts: whatever a build runs can say as many as it likes
  const hears = {
    imported: (list: string) => {
      imported = list
    },
  }
  const words = new TrialWords()
  const hearStage = (stage: string, before: boolean) => {
    words.onStage(stage, before)
    onStage(stage)
  }
  const built = await buildRelease(world, plan.settings, { ...request, hears, onStage: hearStage, onMessage: words.onMessage })
  if (imported !== undefined) await keepImported(world, releaseRecord(plan), imported)
  const lines = words.said(inputs.env)
  if (lines) await keepSaid(world, plan.suffix, { release: fingerprint(request.parts), lines })
  else await sayFromCache(world, plan, request)
  return built
}

/** BuildKit has the trial from before, and no log of it. */
async function sayFromCache(world: World, { settings, suffix }: RunPlan, request: ReleaseRequest): Promise<void> {
  const lines = await saidBefore(world, settings, buildOf(request))
  if (!lines) return
  sayAgain(world, lines)
  await keepSaid(world, suffix, { release: fingerprint(request.parts), lines })
}
