import type { Inputs } from '../inputs.ts'
import { type GivenInputs, planFamily } from '../plan/given-images.ts'
import { imageAlone, isBeside } from '../plan/goal.ts'
import type { Repository } from '../plan/reference.ts'
import type { RunPlan } from '../plan/run-plan.ts'
import { loginsOf } from '../plan/wheels/index-settings.ts'
import type { Places } from './publish/publication.ts'
import { openRegistries } from './publish/push-registries.ts'
import { refuseOtherLeg } from './publish/refuse-other-leg.ts'
import { Steps } from './steps.ts'
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

/** Makes the wheelhouse's folder, finds Docker, and where this run pushes, whether it may. */
export async function openRun(world: World, inputs: Inputs, plan: RunPlan, steps = new Steps(world.log)): Promise<Run> {
  const downloads = world.downloads.withLogins(loginsOf(plan.settings))
  if (inputs.noCache) await emptyWheelhouse(world)
  await openWheelhouse(world)
  const engine = await world.docker.connect()
  world.log.info(`  Docker Engine ${engine.server}, client ${engine.client}${engine.buildx ? ' with Buildx' : ''}`)
  const stays = isBeside(inputs.target)
  if (plan.push.push && stays) world.log.notice('Test and dev images stay on this machine: nothing is pushed.')
  const places = plan.push.push && !stays ? await openRegistries(world, inputs, pushesTo(inputs, plan)) : undefined
  if (places && !imageAlone(inputs.target)) await refuseOtherLeg(world, plan, places[0].login)
  return { inputs, plan, world: { ...world, downloads }, platform: engine.platform, places, steps }
}

function pushesTo(inputs: Pick<Inputs, 'target'> & GivenInputs, plan: RunPlan): readonly [Repository, ...Repository[]] {
  const kind = imageAlone(inputs.target)
  const place = (repository: Repository) => (kind ? planFamily(repository, inputs)[kind] : repository)
  return [place(plan.repository), ...plan.mirrors.map(place)]
}
