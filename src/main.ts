import type { Inputs } from './inputs.ts'
import { imageAlone, makesRelease } from './plan/goal.ts'
import type { Outcome } from './report/outcome.ts'
import { withProgress } from './report/summary.ts'
import { makeBase } from './run/make-base.ts'
import { makeRelease } from './run/make-release.ts'
import { makeWheels } from './run/make-wheels.ts'
import { openRun } from './run/open-run.ts'
import { makePlan, type Runner } from './run/prepare/make-plan.ts'
import { publishRun } from './run/publish-run.ts'
import { outcomeOf } from './run/result.ts'
import { showPlan } from './run/show-plan.ts'
import { Steps } from './run/steps.ts'
import type { World } from './run/world.ts'

/**
 * The story: a plan, then base → builder → wheels → release → its proof, each step on what the one before made.
 * `target` says how far to go; a release is pushed only when everything before it stands.
 * @throws UserError for everything that a user can fix, with the steps that were done
 */
export async function main(inputs: Inputs, outside: World, runner: Runner): Promise<Outcome> {
  const steps = new Steps(outside.log)
  try {
    return await packageProject(inputs, { ...outside, log: steps.log }, { runner, steps })
  } catch (error) {
    throw withProgress(error, { steps: steps.times(undefined), seconds: steps.seconds, warnings: steps.warnings })
  }
}

async function packageProject(
  inputs: Inputs,
  world: World,
  { runner, steps }: { readonly runner: Runner; readonly steps: Steps },
): Promise<Outcome> {
  const { target } = inputs
  const plan = await makePlan(inputs, world, runner) // whatever is illegal stops here, before any build
  if (target === 'plan') return showPlan(world, inputs, plan)

  const run = await openRun(world, inputs, plan, steps)
  const base = await makeBase(run)
  if (target === 'builder') await base.images.builderAlone()
  const wheels = imageAlone(target) ? undefined : await makeWheels(run, base)
  const release = wheels && makesRelease(target) ? await makeRelease(run, base, wheels) : undefined
  const published = await publishRun(run, base, release)
  return outcomeOf(run, { base, wheels: release?.release.house ?? wheels, release, published })
}
