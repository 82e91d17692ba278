import { unknownVersion } from '../plan/version/git-version.ts'
import { versionWarning } from '../plan/version/project-version.ts'
import { expectsCompiler } from '../plan/wheels/wheel-plan.ts'
import { parseMetadata } from '../project/metadata.ts'
import { counted } from '../text/words.ts'
import { allDone } from './all-done.ts'
import { fillTestWheels } from './commands/tests-and-commands.ts'
import type { Base } from './make-base.ts'
import type { Run } from './open-run.ts'
import { warnOfLeftOut } from './proof/package-files.ts'
import { readManifests } from './wheelhouse-folder/wheel-files.ts'
import { fillWheelhouse } from './wheels/fill-wheelhouse.ts'
import type { Wheelhouse } from './wheels/wheelhouse.ts'

/** Wheels: the wheelhouse holds exactly what the release is made from. What was compiled is kept even when a wheel fails. */
export async function makeWheels(run: Run, base: Base): Promise<Wheelhouse> {
  const { inputs } = run
  const isLast = inputs.target === 'wheels'
  try {
    const house = await fill(run, base)
    if (isLast) await base.cache.save()
    return house
  } catch (error) {
    await base.cache.save()
    throw error
  }
}

async function fill(run: Run, { images, setup }: Base): Promise<Wheelhouse> {
  const { inputs, plan, world, steps } = run
  // The longest step of a first run begins while the requirements are still being resolved.
  const expected = inputs.buildCommand.length > 0 || expectsCompiler(plan.project, await readManifests(world))
  // An own Dockerfile wants the project's wheel before it; ours makes it on the way.
  const releaseFollows = inputs.target !== 'wheels' && !inputs.dockerfile
  return steps.take(
    'wheels',
    async () => {
      const early = expected ? images.makeBuilder() : Promise.resolve('')
      const [house] = await allDone([fillWheelhouse(world, setup, { plan, inputs, releaseFollows }), early])
      await images.record('builder')
      await warnOfWheel(run, house)
      const how = tally(house, plan.project.sourceOnly === undefined ? 1 : 0)
      world.log.info(`  ${how}`)
      if (inputs.target === 'wheels') await fillTestWheels(world, setup, { request: { plan, inputs, releaseFollows: false }, house })
      return [how, house]
    },
    expected ? 'builder and wheels, side by side' : 'wheels',
  )
}

/** Warns of what may be wrong with the project's wheel: its version, and what it lacks. */
export async function warnOfWheel({ inputs, plan, world }: Run, house: Wheelhouse): Promise<void> {
  if (!house.app) return
  const { release } = plan.tags
  // Where `version` is given, the image's tag is what was typed: nothing to compare.
  const { version } = parseMetadata(house.app.metadata)
  const warning = (release && !inputs.version && versionWarning(release, version)) || unknownVersion(version, plan.notices)
  if (warning) world.log.warning(warning)
  await warnOfLeftOut(world, plan.project, house)
}

/** One line on where the wheels come from. */
function tally(house: Wheelhouse, ofProject: number): string {
  const origins = ['reused', 'downloaded', 'compiled'] as const
  const counts = origins.map((origin) => `${house.wheels.filter((wheel) => wheel.origin === origin).length} ${origin}`)
  return `${counted(house.wheels.length + ofProject, 'wheel')}: ${[...counts, ...(ofProject ? [`${ofProject} of the project`] : [])].join(', ')}`
}
