import path from 'node:path'
import type { Inputs } from '../inputs.ts'
import { checksTally } from '../judge/checks/check.ts'
import { type ImageParts, imageParts } from '../judge/image-parts.ts'
import type { ImageContents } from '../judge/sbom/image-contents.ts'
import { isForeign } from '../plan/given-images.ts'
import { isBeside } from '../plan/goal.ts'
import type { ChecksResult } from '../report/outcome.ts'
import { finish } from './build/unfinished-images.ts'
import { Exercise } from './commands/tests-and-commands.ts'
import { findOrMakeRelease, type Release } from './images/release.ts'
import { settingsOf } from './images/release-image.ts'
import type { Base } from './make-base.ts'
import { warnOfWheel } from './make-wheels.ts'
import type { Run } from './open-run.ts'
import { prove } from './proof/check-release.ts'
import { noteNodeBuild } from './proof/package-files.ts'
import { isDescribed, type SbomRequest, writeSbom } from './proof/write-sbom.ts'
import type { Wheelhouse } from './wheels/wheelhouse.ts'

/** A release that nothing can be said against, with its tags on this daemon. */
export interface Proved {
  readonly release: Release
  /** Undefined where none were asked for. */
  readonly checks: ChecksResult | undefined
  /** The SBOM, relative to the workspace. */
  readonly sbom: string | undefined
  readonly exercise: Exercise
  /** What it weighs, by part: for the summary alone. */
  readonly parts: Promise<ImageParts | undefined>
}

/**
 * Release: made from the wheelhouse alone, checked, tested, described, and only then named. The images beside it and the
 * user's tests and commands come before the tags, too.
 */
export async function makeRelease(run: Run, base: Base, wheels: Wheelhouse): Promise<Proved> {
  const { inputs, plan, world } = run
  const exercise = new Exercise(run)
  const isGoal = inputs.target === 'release'
  let release: Release
  let proof: Proof | undefined
  try {
    release = await build(run, base, wheels)
    if (isGoal) proof = await check(run, base, release)
    await exercise.makeImages(base.setup, { plan, inputs, releaseFollows: false }, release)
  } finally {
    await base.cache.save() // what was compiled is kept even when a later step fails
  }
  const parts = partsOf(run, release) // beside what follows
  await exercise.test()
  if (isGoal) await exercise.commands(release)
  const sbom = isGoal ? await describe(run, base, { release, contents: proof?.contents }) : undefined
  await finish(world, [...(release.unfinished ? [release.unfinished] : []), ...exercise.unfinished], () => tag(run, release, exercise))
  return { release, checks: proof?.checks, sbom, exercise, parts }
}

async function build(run: Run, { images, setup }: Base, wheels: Wheelhouse): Promise<Release> {
  const { world, plan, inputs, steps } = run
  return steps.take('release', async () => {
    const release = await findOrMakeRelease(world, { plan, inputs, images, setup }, wheels)
    const { house, result } = release
    if (!wheels.app) await warnOfWheel(run, house)
    const { command, noCommand, unserved, notices = [] } = result
    const how = result.how === 'unchanged' ? 'nothing changed: the image was here already' : 'built'
    world.log.info(`  ${plan.names.release}: ${how}`)
    if (command) world.log.info(`  starts by ${command.from}: ${command.argv.join(' ')}`)
    else world.log[unserved ? 'warning' : 'notice'](`The image has no start command: ${noCommand}`)
    const settings = settingsOf(plan, inputs.imageEnv)
    const from = inputs.imageEnv.DJANGO_SETTINGS_MODULE ? 'image-env' : plan.project.django?.from
    if (settings) world.log.info(`  Django's settings: ${settings} (${from})`)
    for (const notice of notices) world.log.notice(notice)
    if (result.how === 'built') await noteNodeBuild(world, house, inputs, settings)
    return [how, release]
  })
}

interface Proof {
  readonly checks: ChecksResult
  /** What the image told of itself, where it was asked. */
  readonly contents: ImageContents | undefined
}

/** What an image must not hold and must be able to do, checked on the image itself, which is asked for its SBOM meanwhile. */
async function check(run: Run, base: Base, release: Release): Promise<Proof | undefined> {
  const { world, plan, inputs, platform, places, steps } = run
  const mode = inputs.checks
  if (mode === 'off') return undefined
  return steps.take('checks', async () => {
    const describe = inputs.sbom && !(await isDescribed(world, sbomRequest(run, base, release)))
    const { house, result, build: made } = release
    const material = { plan, inputs, platform, house, release: result, build: made, describe }
    const { checks: list, contents } = await prove(world, {
      ...material,
      parentLayers: base.images.origin.layers,
      login: places?.[0].login,
    })
    return [checksTally(list, mode), { checks: { mode, list, env: Object.keys(inputs.env) }, contents }]
  })
}

/** SBOM: what the image holds, asked of the image itself. */
async function describe(
  run: Run,
  base: Base,
  { release, contents }: { readonly release: Release; readonly contents: ImageContents | undefined },
): Promise<string | undefined> {
  const { world, inputs, steps } = run
  if (!inputs.sbom) return undefined
  return steps.take('sbom', async () => {
    const { file, how } = await writeSbom(world, sbomRequest(run, base, release), contents)
    const shown = path.relative(world.context.workspace, file)
    world.log.info(`  ${shown}: ${how}`)
    return [how, shown]
  })
}

function sbomRequest({ plan, inputs }: Run, { images }: Base, { house, result }: Release): SbomRequest {
  return {
    release: result,
    house,
    version: images.version(),
    suffix: plan.suffix,
    extras: inputs.extras,
    epoch: plan.epoch,
    parent: plan.parent,
    python: pythonOf(inputs, house),
    own: isForeign(inputs),
  }
}

/** The layers of our own Dockerfile, by what they are for; who does not tell them is not asked again. */
async function partsOf({ inputs, world }: Run, { house, result }: Release): Promise<ImageParts | undefined> {
  if (!world.context.inActions || inputs.dockerfile) return undefined
  const layers = await world.docker.layers(result.id).catch(() => undefined)
  return layers && imageParts(layers, Object.keys(house.debian).length > 0)
}

function pythonOf({ dockerfile }: Pick<Inputs, 'dockerfile'>, { target }: Wheelhouse): string {
  return dockerfile ? 'python3' : target.executable
}

/** Gives the image that was asked for the tags that people pull, and the images beside it their own. */
async function tag({ inputs, world }: Run, { result }: Release, exercise: Exercise): Promise<void> {
  const { references, id } = result
  const wanted = isBeside(inputs.target) ? [] : references.map((reference) => [id, reference] as const)
  for (const [image, reference] of [...wanted, ...exercise.tagged()]) {
    await world.docker.tag(image, reference)
    world.log.info(`  ${reference}`)
  }
}
