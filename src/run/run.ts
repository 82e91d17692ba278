import type { Inputs } from '../inputs.ts'
import type { StepTime } from '../outcome.ts'
import { type Given, planFamily } from '../plan/given-images.ts'
import { imageAlone, isBeside } from '../plan/goal.ts'
import type { Repository } from '../plan/reference.ts'
import type { RunPlan } from '../plan/run-plan.ts'
import { loginsOf } from '../plan/wheels/index-settings.ts'
import { openRegistries, type Places } from './publish/push-registries.ts'
import { emptyWheelhouse, openWheelhouse } from './wheelhouse-folder/open-wheelhouse.ts'
import type { World } from './world.ts'

/** One run: what is asked, where it is made, and what its steps took. */
export interface Run {
  readonly inputs: Inputs
  readonly plan: RunPlan
  readonly world: World
  /** Of all images, as Docker names it. */
  readonly platform: string
  /** Where this run pushes; undefined where it does not. */
  readonly places: Places | undefined
  readonly steps: Steps
}

/** The steps of a run: each is a group of the log, and a row of the summary. */
export class Steps {
  private readonly log: World['log']
  private readonly started = performance.now()
  private readonly taken: StepTime[] = []

  constructor(log: World['log']) {
    this.log = log
  }

  /** @param work gives what the step came to in words, and its result */
  async take<T>(step: StepTime['step'], work: () => Promise<readonly [how: string, result: T]>, title: string = step): Promise<T> {
    const start = performance.now()
    const [how, result] = await this.log.group(title, work)
    this.taken.push({ step, how, seconds: (performance.now() - start) / 1000 })
    return result
  }

  /** @param builder that of the builder, which is made while other steps are at work */
  times(builder: StepTime | undefined): readonly StepTime[] {
    return builder ? this.taken.toSpliced(1, 0, builder) : this.taken
  }

  /** Seconds since the run began. */
  get seconds(): number {
    return (performance.now() - this.started) / 1000
  }
}

/** Makes the wheelhouse's folder, finds Docker, and where this run pushes, whether it may. */
export async function openRun(inputs: Inputs, outside: World, plan: RunPlan): Promise<Run> {
  const world = { ...outside, downloads: outside.downloads.withLogins(loginsOf(plan.settings)) }
  const steps = new Steps(world.log)
  if (inputs.noCache) await emptyWheelhouse(world)
  await openWheelhouse(world)
  const engine = await world.docker.connect()
  world.log.info(`  Docker Engine ${engine.server}, client ${engine.client}${engine.buildx ? ' with Buildx' : ''}`)
  const stays = isBeside(inputs.target)
  if (plan.push.push && stays) world.log.notice('Test and dev images stay on this machine: nothing is pushed.')
  const places = plan.push.push && !stays ? await openRegistries(world, inputs, pushesTo(inputs, plan)) : undefined
  return { inputs, plan, world, platform: engine.platform, places, steps }
}

function pushesTo(inputs: Pick<Inputs, 'target'> & Given, plan: RunPlan): readonly [Repository, ...Repository[]] {
  const kind = imageAlone(inputs.target)
  const place = (repository: Repository) => (kind ? planFamily(repository, inputs)[kind] : repository)
  return [place(plan.repository), ...plan.mirrors.map(place)]
}
