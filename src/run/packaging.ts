import type { ImageInfo } from '../effects/ports.ts'
import { chosenNames, type Inputs } from '../inputs.ts'
import type { ImageResult, Outcome, PublishResult, ReleaseResult, StepTime } from '../outcome.ts'
import { type CacheKeys, cacheFacts, cacheKeys, isOwn } from '../plan/cache-keys.ts'
import type { Parts } from '../plan/fingerprint.ts'
import { versionWarning } from '../plan/own-version.ts'
import { type Repository, reference } from '../plan/reference.ts'
import { type RunPlan, renderProject } from '../plan/run-plan.ts'
import { buildPackagesFor } from '../plan/system-packages.ts'
import { expectsCompiler } from '../plan/wheels.ts'
import { parseMetadata } from '../project/metadata.ts'
import { allDone } from './all-done.ts'
import { layOutApp } from './app-wheel.ts'
import { warnOfLeftOut } from './content.ts'
import { ensureImage, ensureParent, scriptsPrint } from './images.ts'
import { type Restored, restoreWheelhouse, saveWheelhouse } from './keep.ts'
import { loginOf } from './prepare.ts'
import { type Access, openRegistry, publish } from './publish.ts'
import { buildRelease, findRelease, layOutWheels, planRelease } from './release.ts'
import { ensureKeptTools, ensureTools } from './requires.ts'
import { tally, wheelsResult } from './result.ts'
import { readState, updateState } from './state.ts'
import { completeWheelhouse, fillWheelhouse, type Wheelhouse, type WheelhouseRequest } from './wheelhouse.ts'
import { readManifests } from './wheels.ts'
import type { World } from './world.ts'

const NOTHING_RESTORED: Restored = { downloads: undefined, compiled: undefined }

/** One packaging run: the methodology's steps as verbs, each keeping what the next one needs. */
export class Packaging {
  private readonly inputs: Inputs
  private readonly world: World
  private readonly plan: RunPlan
  private readonly started = performance.now()
  private readonly times: StepTime[] = []
  private access: Access | undefined
  private parent: ImageInfo | undefined
  private architecture = ''
  private restored = NOTHING_RESTORED
  private baseImage: ImageResult | undefined
  private builderImage: ImageResult | undefined
  private house: Wheelhouse | undefined
  private cacheKey = ''
  private building: { readonly packages: readonly string[]; readonly image?: Promise<string> } = { packages: [] }
  private releaseResult: ReleaseResult | undefined
  private publishResult: PublishResult | undefined
  private dockerfile: string
  private readonly imageParts: { base?: Parts; builder?: Parts } = {}

  constructor(inputs: Inputs, world: World, plan: RunPlan) {
    this.inputs = inputs
    this.world = world
    this.plan = plan
    this.dockerfile = renderProject(plan, plan.buildPackages)
  }

  /** Finds Docker, and where this run pushes, whether it may. */
  async connect(): Promise<void> {
    const { world, plan, inputs } = this
    const engine = await world.docker.connect()
    this.architecture = engine.architecture
    world.log.info(`  Docker Engine ${engine.server}, client ${engine.client}${engine.buildx ? ' with Buildx' : ''}`)
    if (plan.push.push) this.access = await openRegistry(world, this.target(), loginOf(inputs, world.context.actor))
  }

  /** Base: the parent, Python, the virtual environment. The wheelhouse is restored meanwhile. */
  async base(): Promise<void> {
    await this.step('base', async () => {
      const { world, plan } = this
      // Meanwhile, the wheelhouse is restored and the tools that are kept in it are made ready.
      const restoring = restoreWheelhouse(world, plan.cache, this.cacheKeys()).then(async (restored) => {
        this.restored = restored
        await ensureKeptTools(world, { dockerfile: this.dockerfile, settings: plan.settings, base: '', parts: {} })
      })
      const [image] = await allDone([this.parentAndBase(), restoring])
      this.baseImage = image
      await this.recordImage('base')
      world.log.info(`  ${this.baseImage.reference}: ${this.baseImage.how}`)
      if (plan.cache.reason) world.log.info(`  cache: ${plan.cache.reason}`)
      return this.baseImage.how
    })
  }

  private async parentAndBase(): Promise<ImageResult> {
    this.parent = await ensureParent(this.world, this.plan.parent)
    return this.image('base', { scripts: await scriptsPrint(this.world, 'base') })
  }

  /** Builder: compilers, headers and wheel tools on base, with what the packages that are known take. */
  builder(names: readonly string[] = []): Promise<string> {
    const known = [...this.plan.buildPackages, ...buildPackagesFor(names)]
    const packages = [...new Set([...this.building.packages, ...known])].sort()
    if (!this.building.image || packages.length > this.building.packages.length) {
      this.building = { packages, image: this.makeBuilder(packages, this.building.image) }
    }
    return this.building.image as Promise<string>
  }

  private async makeBuilder(packages: readonly string[], before: Promise<string> | undefined): Promise<string> {
    const { world, plan } = this
    await before // its layers are of no use to this one, but its log lines come first
    const base = this.must(this.baseImage)
    const start = performance.now()
    this.dockerfile = renderProject(plan, packages)
    const image = await this.image('builder', {
      base: base.reference,
      packages: packages.join(' '),
      week: plan.week,
      scripts: await scriptsPrint(world, 'builder'),
    })
    world.log.info(`  ${image.reference}: ${image.how}`)
    this.builderImage = image
    this.times.push({ step: 'builder', how: image.how, seconds: (performance.now() - start) / 1000 })
    return image.reference
  }

  /** Wheels: the wheelhouse holds exactly what the release is made from. */
  async wheels(): Promise<void> {
    // The longest step of a first run begins while the requirements are still being resolved.
    const expected = expectsCompiler(this.plan.project.definition, await readManifests(this.world))
    await this.step(
      'wheels',
      async () => {
        const early = expected ? this.builder() : undefined
        const filling = fillWheelhouse(this.world, this.wheelhouseRequest(this.inputs.target === 'release'))
        const [house] = await allDone([filling, early ?? Promise.resolve('')])
        this.house = house
        if (this.builderImage) await this.recordImage('builder')
        this.dockerfile = this.house.dockerfile
        await this.lookAtWheel(this.house)
        const how = tally(this.house, this.plan.project.sourceOnly === undefined ? 1 : 0)
        this.world.log.info(`  ${how}`)
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
      // Only now: an image that is not the last word gets none of the tags that people pull.
      for (const tag of this.releaseResult.references) {
        await world.docker.tag(this.releaseResult.id, tag)
        world.log.info(`  ${tag}`)
      }
      if (!this.releaseResult.command) {
        world.log.notice('No start command was found: the image has no CMD. A Procfile with a web: line gives it one.')
      }
      return this.releaseResult.how === 'unchanged' ? 'nothing changed: the image was here already' : 'built'
    })
  }

  private async makeRelease(): Promise<ReleaseResult> {
    const { world, plan } = this
    const house = this.must(this.house)
    const request = await planRelease(world, plan, house, {
      base: this.must(this.baseImage).reference,
      parent: this.must(this.parent),
      chosen: chosenNames(this.inputs),
      env: this.inputs.imageEnv,
      version: this.imageVersion(),
    })
    this.dockerfile = request.dockerfile
    const found = await findRelease(world, request)
    if (found) return found
    const tools = await ensureTools(world, { dockerfile: this.dockerfile, settings: plan.settings, base: request.base, parts: {} })
    await layOutApp(world, house.state, house.source.snapshot, house.source.parts)
    const wheels = house.wheels.map((wheel) => wheel.file)
    await layOutWheels(world, wheels, Object.keys(house.debian))
    const built = await buildRelease(world, plan.settings, { ...request, tools, workshop: await house.workshop() })
    await updateState(world, { releases: { ...house.state.releases, [plan.suffix]: request.parts } })
    return built
  }

  /** Push: every tag of what was asked for, the digest read back. */
  async publish(): Promise<void> {
    await this.step('push', async () => {
      const { world, plan, inputs } = this
      const access = this.must(this.access)
      if (inputs.target === 'base' || inputs.target === 'builder') {
        const image = this.must(inputs.target === 'base' ? this.baseImage : this.builderImage)
        this.publishResult = await publish(world, this.target(), image.reference, [reference(this.target(), this.imageVersion())], access)
      } else if (this.releaseResult) {
        this.publishResult = await publish(world, plan.repository, this.releaseResult.id, this.releaseResult.references, access)
      }
      return this.publishResult ? this.publishResult.digest : 'nothing to push'
    })
  }

  outcome(): Outcome {
    return {
      version: this.imageVersion(),
      base: this.baseImage,
      builder: this.builderImage,
      wheels:
        this.house &&
        wheelsResult(this.world, this.house, { key: this.cacheKey, hit: isOwn(this.cacheKeys().downloads, this.restored.downloads) }),
      release: this.releaseResult,
      published: this.publishResult,
      steps: this.times,
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
    const { plan, inputs } = this
    return {
      plan,
      extras: inputs.extras,
      groups: inputs.groups,
      buildPackages: inputs.buildPackages,
      runtimePackages: inputs.runtimePackages,
      dockerfile: renderProject(plan, plan.buildPackages),
      base: this.must(this.baseImage).reference,
      parentId: this.must(this.parent).id,
      releaseFollows,
      builder: (names) => this.builder(names),
    }
  }

  private async image(kind: 'base' | 'builder', more: Parts): Promise<ImageResult> {
    const { world, plan } = this
    const parts: Parts = { parent: this.must(this.parent).id, python: plan.python ?? '', uid: String(plan.uid), ...more }
    const state = await readState(world)
    const result = await ensureImage(world, plan.settings, {
      kind,
      name: plan.names[kind],
      version: this.imageVersion(),
      dockerfile: this.dockerfile,
      parts,
      before: state.images?.[kind],
      // Base is part of the release, whose layers are pushed; the builder is not, unless it is asked for.
      localOnly: kind === 'builder' && this.inputs.target !== 'builder',
      ...(kind === 'builder' ? { base: this.must(this.baseImage).reference } : {}),
    })
    this.imageParts[kind] = parts
    return result
  }

  /** After the wheelhouse is restored, never before: a file that is there already would win over the restored one. */
  private async recordImage(kind: 'base' | 'builder'): Promise<void> {
    const { images } = await readState(this.world)
    await updateState(this.world, { images: { ...images, [kind]: this.imageParts[kind] ?? {} } })
  }

  /** What a push goes to: the release, or the image that `target` stops at. */
  private target(): Repository {
    const { repository } = this.plan
    const { target } = this.inputs
    return target === 'base' || target === 'builder' ? { ...repository, path: `${repository.path}-${target}` } : repository
  }

  /** Base and builder serve every leg: their tag has no suffix. */
  private imageVersion(): string {
    const { primary } = this.plan.tags
    if (this.inputs.tagSuffix && (this.inputs.target === 'base' || this.inputs.target === 'builder')) return primary
    return this.plan.suffix ? primary.slice(0, -this.plan.suffix.length) : primary
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
