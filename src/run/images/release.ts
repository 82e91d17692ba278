import { chosenNames, type Inputs } from '../../inputs.ts'
import type { ReleaseResult } from '../../outcome.ts'
import { fingerprint, type Parts } from '../../plan/fingerprint.ts'
import type { RunPlan } from '../../plan/run-plan.ts'
import type { TargetRequest } from '../build/build-target.ts'
import { type Unfinished, unfinishedName } from '../build/unfinished-images.ts'
import { toolsOfRelease } from '../build/uv-image.ts'
import { readState, updateState } from '../wheelhouse-folder/records.ts'
import { layOutWheels } from '../wheelhouse-folder/wheel-files.ts'
import { completeWheelhouse, fillWheelhouse, takeAppWheel, type Wheelhouse } from '../wheels/fill-wheelhouse.ts'
import { layOutApp, type MadeAppWheel } from '../wheels/project-wheel.ts'
import type { WheelhouseRequest } from '../wheels/wheelhouse-request.ts'
import type { World } from '../world.ts'
import type { ImageFamily } from './base-and-builder.ts'
import { chooseStart } from './choose-start.ts'
import { releaseByDockerfile } from './custom-release.ts'
import { keepImported, layOutImported } from './imported-modules.ts'
import { buildOf, buildRelease, findRelease, planRelease, type ReleaseRequest, releaseRecord, settingsOf } from './release-image.ts'
import { keepSaid, saidBefore, sayAgain, TrialWords } from './trial-words.ts'

/** What a release is made from, beside the wheelhouse. */
export interface Making {
  readonly plan: RunPlan
  readonly inputs: Inputs
  readonly images: ImageFamily
  /** For filling the wheelhouse once more. */
  readonly request: WheelhouseRequest
}

export interface Release {
  readonly result: ReleaseResult
  /** What made it, where that was a build of our Dockerfile in this run. */
  readonly build?: TargetRequest
  /** Where it was built in this run. */
  readonly unfinished?: Unfinished
}

/**
 * The release of a wheelhouse, found or built. Where the project's wheel was left to the release's build, it is
 * compared with what it was believed to say: where it says something else, the release is made again by its word.
 * @returns the release, and the wheelhouse with the project's wheel
 */
export async function makeRelease(world: World, making: Making, house: Wheelhouse): Promise<{ readonly house: Wheelhouse } & Release> {
  let taken: Promise<MadeAppWheel> | undefined
  const takeWheel = (stage: string) => {
    // Beside what is still at work. Where uv is in the context it is sent and hashed once more for this: then beside the layers.
    const wanted = making.request.toolsInContext ? 'trial' : 'app-wheel'
    if (stage !== wanted || house.app || taken || making.plan.project.sourceOnly !== undefined) return
    taken = takeAppWheel(world, making.request, house)
    taken.catch(() => {}) // it is awaited below
  }
  let release: Release
  try {
    release = await findOrBuild(world, making, house, takeWheel)
  } catch (error) {
    await Promise.allSettled([taken])
    throw error
  }
  if (house.app) return { house, ...release }
  const complete = await completeWheelhouse(world, making.request, house, taken)
  if (complete && (await startsAs(world, making, complete, release.result))) return { house: complete, ...release }
  if (!complete) world.log.info('  the project requires something else than before: once more by its own word')
  await world.docker.untag(unfinishedName(world, 'release'))
  const filled = complete ?? (await fillWheelhouse(world, making.request))
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

async function findOrBuild(world: World, making: Making, house: Wheelhouse, onStage?: (stage: string) => void): Promise<Release> {
  const { plan, inputs, images, request: filling } = making
  const { platform, toolsInContext } = filling
  const { reference: base } = images.base
  const unfinished = ({ id }: ReleaseResult, parts: Parts) => ({ id, name: plan.names.release, record: plan.suffix, parts })
  const made = { base, origin: images.origin, chosen: chosenNames(inputs), inputs, version: images.version(), platform }
  if (inputs.dockerfile) {
    const own = await releaseByDockerfile(world, { plan, inputs, house, made, builder: () => images.makeBuilder() })
    return { result: own.result, ...(own.result.how === 'built' && { unfinished: unfinished(own.result, own.parts) }) }
  }
  const request = await planRelease(world, plan, house, made)
  const { dockerfile, parts } = request
  const release = fingerprint(parts)
  const [found, before] = [plan.settings.anew ? undefined : await findRelease(world, request), house.state.said?.[plan.suffix]]
  if (found && before?.release === release) {
    sayAgain(world, before.lines)
    return { result: found }
  }
  const tools = await toolsOfRelease(world, { dockerfile, settings: plan.settings, base, platform, toolsInContext })
  await layOutApp(world, house.state, house.source)
  const wheels = house.wheels.map((wheel) => wheel.file)
  await layOutWheels(world, wheels, Object.keys(house.debian))
  // On an empty daemon both cores are at work on the rest.
  await layOutImported(world, toolsInContext ? undefined : releaseRecord(plan))
  const whole = { ...request, tools, workshop: await house.workshop() }
  if (found) {
    await sayFromCache(world, plan, whole)
    return { result: found }
  }
  const built = await buildTold(world, making, whole, onStage)
  const state = await readState(world)
  await updateState(world, { images: { ...state.images, [releaseRecord(plan)]: parts } })
  return { ...built, unfinished: unfinished(built.result, parts) }
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
