import type { Inputs } from './inputs.ts'
import type { Outcome } from './outcome.ts'
import { placesTaken } from './plan/given-images.ts'
import { makesRelease } from './plan/goal.ts'
import { renderProject } from './plan/run-plan.ts'
import { tagLines } from './plan/tags/tag-list.ts'
import { loginsOf } from './plan/wheels/index-settings.ts'
import { Packaging } from './run/packaging.ts'
import { makePlan, type Runner } from './run/prepare/make-plan.ts'
import { wouldChange } from './run/publish/source-label.ts'
import type { World } from './run/world.ts'

/**
 * The story: a plan, then base → builder → wheels → release → its proof, each step on what the one before made.
 * `target` says how far to go; a release is pushed only when everything before it stands.
 * @throws UserError for everything that a user can mend
 */
export async function main(inputs: Inputs, world: World, runner: Runner): Promise<Outcome> {
  // Whatever is illegal stops here, before any build.
  const plan = await makePlan(inputs, world, runner)
  const work = new Packaging(inputs, { ...world, downloads: world.downloads.withLogins(loginsOf(plan.settings)) }, plan)
  if (inputs.target === 'plan') {
    for (const line of renderProject(plan, plan.buildPackages).split('\n')) world.log.info(line)
    for (const line of placesTaken(inputs)) world.log.info(line)
    for (const line of tagLines(plan)) world.log.info(line)
    world.log.info('# The stages of the wheels and of the release follow from the lock, which is not made yet.')
    const changed = await wouldChange(world, inputs, plan)
    if (changed !== undefined) world.log.info(`# The registry ${changed ? 'lacks an' : 'has the'} image of these files and settings.`)
    return { ...work.outcome(), changed }
  }

  await work.connect()
  await work.base()
  if (inputs.target === 'builder') await work.builder()
  const release = makesRelease(inputs.target)
  if (inputs.target === 'wheels' || release) {
    try {
      await work.wheels()
      if (release) await work.release()
      if (inputs.target === 'release') await work.prove()
      if (release) await work.sideImages()
    } finally {
      await work.keepWheels() // what was compiled is kept even when a later step fails
    }
  }
  if (release) {
    await work.test()
    if (inputs.target === 'release') {
      await work.commands()
      await work.sbom()
    }
    await work.tag()
  }
  if (plan.push.push) await work.publish()
  return work.outcome()
}
