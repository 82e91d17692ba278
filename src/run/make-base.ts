import { cacheFacts, cacheKeys } from '../plan/cache-keys.ts'
import { machineName, machineOf } from '../plan/machine-names.ts'
import { withoutRestoring } from '../plan/policy.ts'
import { renderProject } from '../plan/run-plan.ts'
import { allDone } from './all-done.ts'
import type { BuildSetup } from './build/build-setup.ts'
import { makeKeptUv } from './build/uv-image.ts'
import { ImageFamily } from './images/base-and-builder.ts'
import { newerParent } from './images/parent-age.ts'
import type { Run } from './open-run.ts'
import { WheelCache } from './wheelhouse-folder/wheel-cache.ts'

/** What all wheels and images of a run are made on. */
export interface Base {
  readonly images: ImageFamily
  readonly setup: BuildSetup
  readonly cache: WheelCache
  /** What the parent's tag names in its registry by now, where that is another image and was told in time. */
  readonly newer: () => string | undefined
}

/** Base: the parent, Python, the virtual environment. The wheelhouse is restored meanwhile. */
export async function makeBase(run: Run): Promise<Base> {
  const { inputs, world, plan, platform, steps } = run
  const images = new ImageFamily(inputs, world, plan)
  const cache = new WheelCache(world, inputs.noCache ? withoutRestoring(plan.cache) : plan.cache, keysOf(run))
  return steps.take('base', async () => {
    const dockerfile = renderProject(plan, plan.buildPackages)
    // Meanwhile, the wheelhouse is restored, and an image made of the uv that it keeps.
    const restoring = cache.restore().then(() => makeKeptUv(world, { dockerfile, settings: plan.settings, platform }))
    await allDone([images.makeBase(platform), restoring])
    await images.record('base')
    const image = images.base
    world.log.info(`  ${image.reference}: ${image.how}`)
    // For the summary alone: who does not answer in time is not waited for.
    let newer: string | undefined
    if (world.context.inActions) void newerParent(world, images.origin).then((found) => (newer = found), () => {}) // biome-ignore format: one line
    if (plan.cache.reason) world.log.info(`  cache: ${plan.cache.reason}`)
    return [image.how, { images, setup: setupOf(run, images, dockerfile), cache, newer: () => newer }]
  })
}

function setupOf({ inputs, plan, platform }: Run, images: ImageFamily, dockerfile: string): BuildSetup {
  return {
    settings: plan.settings,
    dockerfile,
    base: images.base.reference,
    system: images.system,
    platform,
    newest: plan.newest.day,
    buildConstraints: plan.buildConstraints,
    buildPackages: inputs.buildPackages,
    builderRecipe: images.builderRecipe,
    builder: (names) => images.makeBuilder(names),
  }
}

function keysOf({ inputs, plan, platform }: Run) {
  return cacheKeys(cacheFacts(plan, inputs, machineName(machineOf(platform)).replace('/', '-')))
}
