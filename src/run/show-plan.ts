import type { Inputs } from '../inputs.ts'
import { placesTaken } from '../plan/given-images.ts'
import { type RunPlan, renderProject } from '../plan/run-plan.ts'
import { familyVersion } from '../plan/tags/family-version.ts'
import { tagLines } from '../plan/tags/tag-list.ts'
import type { Outcome } from '../report/outcome.ts'
import { wouldChange } from './prepare/image-source.ts'
import type { World } from './world.ts'

/** Prints what a run would build and push, and whether its image would be another one than the registry has. */
export async function showPlan(world: World, inputs: Inputs, plan: RunPlan): Promise<Outcome> {
  const started = performance.now()
  const lines = [...renderProject(plan, plan.buildPackages).split('\n'), ...placesTaken(inputs), ...tagLines(plan)]
  for (const line of lines) world.log.info(line)
  world.log.info('# The stages of the wheels and of the release follow from the lock, which is not made yet.')
  const changed = await wouldChange(world, inputs, plan)
  if (changed !== undefined) world.log.info(`# The registry ${changed ? 'lacks an' : 'has the'} image of these files and settings.`)
  return { version: familyVersion(inputs, plan), changed, steps: [], seconds: (performance.now() - started) / 1000 }
}
