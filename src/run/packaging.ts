import { chosenNames, type Inputs } from '../inputs.ts'
import type { Outcome, PublishResult, ReleaseResult, StepTime } from '../outcome.ts'
import { type CacheKeys, cacheFacts, cacheKeys, isOwn } from '../plan/cache-keys.ts'
import { versionWarning } from '../plan/own-version.ts'
import type { Repository } from '../plan/reference.ts'
import { type RunPlan, renderProject } from '../plan/run-plan.ts'
import { expectsCompiler } from '../plan/wheels.ts'
import { parseMetadata } from '../project/metadata.ts'
import { allDone } from './all-done.ts'
import { layOutApp } from './app-wheel.ts'
import { warnOfLeftOut } from './content.ts'
import { Exercise } from './exercise.ts'
import { ImageFamily } from './image-family.ts'
import { type Restored, restoreWheelhouse, saveWheelhouse } from './keep.ts'
import { releaseByDockerfile } from './own-release.ts'
import { loginOf } from './prepare.ts'
import { type Access, openRegistry, publish } from './publish.ts'
import { buildRelease, findRelease, planRelease } from './release.ts'
import { ensureKeptTools, ensureTools } from './requires.ts'
import { tally, wheelsResult } from './result.ts'
import { updateState } from './state.ts'
import { completeWheelhouse, fillWheelhouse, type Wheelhouse, type WheelhouseRequest } from './wheelhouse.ts'
import { layOutWheels, readManifests } from './wheels.ts'
import type { World } from './world.ts'

const NOTHING_RESTORED: Restored = { downloads: undefined, compiled: undefined }

/** One packaging run: the methodology's steps as verbs, each keeping what the next one needs. */
export class Packaging {
  private readonly inputs: Inputs
  private readonly world: World
  private readonly plan: RunPlan
  private readonly images: ImageFamily
  private readonly exercise: Exercise
  private readonly started = performance.now()
  private readonly times: StepTime[] = []
  private access: Access | undefined
  private architecture = ''
  private restored = NOTHING_RESTORED
  private house: Wheelhouse | undefined
  private cacheKey = ''
  private releaseResult: ReleaseResult | undefined
  private publishResult: PublishResult | undefined

  constructor(inputs: Inputs, world: World, plan: RunPlan) {
    this.inputs = inputs
    this.world = world
    this.plan = plan
    this.images = new ImageFamily(inputs, world, plan)
    this.exercise = new Exercise(inputs, world, plan, (step, work) => this.step(step, work))
  }

  /** Finds Docker, and where this run pushes, whether it may. */
  async connect(): Promise<void> {
    const { world, plan, inputs } = this
    const engine = await world.docker.connect()
    this.architecture = engine.architecture
    world.log.info(`  Docker Engine ${engine.server}, client ${engine.client}${engine.buildx ? ' with Buildx' : ''}`)
    if (plan.push.push && this.beside()) world.log.notice('Test and dev images stay on this machine: nothing is pushed.')
    else if (plan.push.push) this.access = await openRegistry(world, this.pushesTo(), loginOf(inputs, world.context.actor))
  }

  /** Base: the parent, Python, the virtual environment. The wheelhouse is restored meanwhile. */
  async base(): Promise<void> {
    await this.step('base', async () => {
      const { world, plan } = this
      // Meanwhile, the wheelhouse is restored and the tools that are kept in it are made ready.
      const restoring = restoreWheelhouse(world, plan.cache, this.cacheKeys()).then(async (restored) => {
        this.restored = restored
        const dockerfile = renderProject(plan, plan.buildPackages)
        await ensureKeptTools(world, { dockerfile, settings: plan.settings, base: '', parts: {} })
      })
      const [image] = await allDone([this.images.makeBase(), restoring])
      await this.images.record('base')
      world.log.info(`  ${image.reference}: ${image.how}`)
      if (plan.cache.reason) world.log.info(`  cache: ${plan.cache.reason}`)
      return image.how
    })
  }

  /** Builder: compilers, headers and wheel tools on base, with what the packages that are known take. */
  async builder(): Promise<void> {
    await this.images.makeBuilder()
    await this.images.record('builder')
  }

  /** Wheels: the wheelhouse holds exactly what the release is made from. */
  async wheels(): Promise<void> {
    // The longest step of a first run begins while the requirements are still being resolved.
    const expected = this.inputs.buildCommand.length > 0 || expectsCompiler(this.plan.project.definition, await readManifests(this.world))
    // An own Dockerfile wants the project's wheel before it; ours makes it on the way.
    const releaseFollows = this.inputs.target !== 'wheels' && !this.inputs.dockerfile
    await this.step(
      'wheels',
      async () => {
        const early = expected ? this.images.makeBuilder() : undefined
        const filling = fillWheelhouse(this.world, this.wheelhouseRequest(releaseFollows))
        const [house] = await allDone([filling, early ?? Promise.resolve('')])
        this.house = house
        await this.images.record('builder')
        await this.lookAtWheel(this.house)
        const how = tally(this.house, this.plan.project.sourceOnly === undefined ? 1 : 0)
        this.world.log.info(`  ${how}`)
        if (this.inputs.target === 'wheels') await this.exercise.fillShelf({ house: this.house, request: this.wheelhouseRequest(false) })
        return how
      },
      expected ? 'builder and wheels, side by side' : 'wheels',
    )
  }

  /** Saves the wheelhouse to the cache service where that is allowed and something changed. */
  async keepWheels(): Promise<void> {
    this.cacheKey = await saveWheelhouse(this.world, this.plan.cache, this.cacheKeys(), this.restored)
  }

  /** Release: offline, from the wheelhouse alone; found by its fingerprint where nothing changed. */
  async release(): Promise<void> {
    await this.step('release', async () => {
      const { world } = this
      const result = await this.makeRelease()
      const request = this.wheelhouseRequest(false)
      const seen = this.house?.app !== undefined
      const complete = await completeWheelhouse(world, request, this.must(this.house))
      if (complete) {
        this.house = complete
        this.releaseResult = result
      } else {
        world.log.info('  the project requires something else than before: once more by its own word')
        this.house = await fillWheelhouse(world, request)
        this.releaseResult = await this.makeRelease()
      }
      if (!seen) await this.lookAtWheel(this.house)
      if (!this.releaseResult.command) {
        world.log.notice(noCommand(this.inputs.dockerfile))
      }
      return this.releaseResult.how === 'unchanged' ? 'nothing changed: the image was here already' : 'built'
    })
  }

  /** Test and dev: images made from the release and the same wheels, where something is asked of them. */
  async sideImages(): Promise<void> {
    const [house, release] = [this.must(this.house), this.must(this.releaseResult)]
    await this.exercise.makeImages({ house, release, request: this.wheelhouseRequest(false) })
  }

  /** The tests must pass in the test image. */
  async test(): Promise<void> {
    await this.exercise.test()
  }

  /** Commands: `manage`, then `run`, in the release. */
  async commands(): Promise<void> {
    await this.exercise.commands(this.must(this.releaseResult), this.must(this.house).metadata.name)
  }

  /** Gives the image that was asked for the tags that people pull, and the test image its own: only now, when nothing can be said against them any more. */
  async tag(): Promise<void> {
    const { references, id } = this.must(this.releaseResult)
    const wanted = this.beside() ? [] : references.map((reference) => [id, reference] as const)
    for (const [image, reference] of [...wanted, ...this.exercise.tagged()]) {
      await this.world.docker.tag(image, reference)
      this.world.log.info(`  ${reference}`)
    }
  }

  private async makeRelease(): Promise<ReleaseResult> {
    const { world, plan, inputs } = this
    const house = this.must(this.house)
    const made = {
      base: this.images.base.reference,
      origin: this.images.origin,
      chosen: chosenNames(inputs),
      env: inputs.imageEnv,
      version: this.images.version(),
    }
    if (inputs.dockerfile) {
      const own = await releaseByDockerfile(world, { plan, inputs, house, made, builder: () => this.images.makeBuilder() })
      await updateState(world, { releases: { ...house.state.releases, [plan.suffix]: own.parts } })
      return own.result
    }
    const request = await planRelease(world, plan, house, made)
    const found = await findRelease(world, request)
    if (found) return found
    const { dockerfile, base } = request
    const tools = await ensureTools(world, { dockerfile, settings: plan.settings, base, parts: {} })
    await layOutApp(world, house.state, house.source)
    const wheels = house.wheels.map((wheel) => wheel.file)
    await layOutWheels(world, wheels, Object.keys(house.debian))
    const built = await buildRelease(world, plan.settings, { ...request, tools, workshop: await house.workshop() })
    await updateState(world, { releases: { ...house.state.releases, [plan.suffix]: request.parts } })
    return built
  }

  /** Push: every tag of what was asked for, the digest read back. */
  async publish(): Promise<void> {
    if (this.beside()) return
    await this.step('push', async () => {
      const { world, plan } = this
      const access = this.must(this.access)
      const kind = this.imageAlone()
      if (kind) {
        const { image, repository, reference } = this.images.published(kind)
        this.publishResult = await publish(world, repository, image, [reference], access)
      } else if (this.releaseResult) {
        this.publishResult = await publish(world, plan.repository, this.releaseResult.id, this.releaseResult.references, access)
      }
      return this.publishResult ? this.publishResult.digest : 'nothing to push'
    })
  }

  outcome(): Outcome {
    return {
      version: this.images.version(),
      ...this.images.results(),
      wheels:
        this.house &&
        wheelsResult(this.world, this.house, { key: this.cacheKey, hit: isOwn(this.cacheKeys().downloads, this.restored.downloads) }),
      release: this.beside() ? undefined : this.releaseResult,
      ...this.exercise.results(),
      published: this.publishResult,
      steps: this.images.builderTime ? this.times.toSpliced(1, 0, this.images.builderTime) : this.times,
      seconds: (performance.now() - this.started) / 1000,
    }
  }

  /** Warns of what may be wrong with the project's wheel: its version, and what it lacks. */
  private async lookAtWheel(house: Wheelhouse): Promise<void> {
    if (!house.app) return
    const { release } = this.plan.tags
    // Where `version` is given, the image's tag is what was typed: nothing to compare.
    const warning = release && !this.inputs.version ? versionWarning(release, parseMetadata(house.app.metadata).version) : undefined
    if (warning) this.world.log.warning(warning)
    await warnOfLeftOut(this.world, this.plan.project, house)
  }

  private wheelhouseRequest(releaseFollows: boolean): WheelhouseRequest {
    const { plan, inputs, images } = this
    return {
      plan,
      extras: inputs.extras,
      groups: inputs.groups,
      buildPackages: inputs.buildPackages,
      runtimePackages: inputs.runtimePackages,
      dockerfile: renderProject(plan, plan.buildPackages),
      base: images.base.reference,
      system: images.system,
      buildCommand: inputs.buildCommand,
      secrets: inputs.secrets,
      builderRecipe: images.builderRecipe,
      releaseFollows,
      builder: (names) => images.makeBuilder(names),
    }
  }

  /** Base or builder, where that is all that was asked for. */
  private imageAlone(): 'base' | 'builder' | undefined {
    const { target } = this.inputs
    return target === 'base' || target === 'builder' ? target : undefined
  }

  /** Whether an image beside the release is all that was asked for. */
  private beside(): boolean {
    return this.inputs.target === 'test' || this.inputs.target === 'dev'
  }

  private pushesTo(): Repository {
    const kind = this.imageAlone()
    return kind ? this.plan.family[kind] : this.plan.repository
  }

  private cacheKeys(): CacheKeys {
    return cacheKeys(cacheFacts(this.plan, this.inputs, this.architecture))
  }

  private async step(step: StepTime['step'], work: () => Promise<string>, title: string = step): Promise<void> {
    const start = performance.now()
    const how = await this.world.log.group(title, work)
    this.times.push({ step, how, seconds: (performance.now() - start) / 1000 })
  }

  private must<T>(value: T | undefined): T {
    if (value === undefined) throw new Error('a step was taken before the one that it needs')
    return value
  }
}

function noCommand(dockerfile: string): string {
  return dockerfile
    ? `${dockerfile} gives the image no CMD.`
    : 'No start command was found: the image has no CMD. A Procfile with a web: line gives it one.'
}
