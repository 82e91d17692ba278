import path from 'node:path'
import type { Inputs } from '../inputs.ts'
import { checksTally } from '../judge/checks/checks.ts'
import type { ImageContents } from '../judge/sbom/image-contents.ts'
import type { ChecksResult, Outcome, PublishResult, ReleaseResult, StepTime } from '../outcome.ts'
import { type CacheKeys, cacheFacts, cacheKeys, isOwn } from '../plan/cache-keys.ts'
import { isForeign, planFamily } from '../plan/given-images.ts'
import { imageAlone, isBeside } from '../plan/goal.ts'
import { machineName, machineOf } from '../plan/platform.ts'
import { withoutRestoring } from '../plan/policy.ts'
import type { Repository } from '../plan/reference.ts'
import { type RunPlan, renderProject } from '../plan/run-plan.ts'
import { versionWarning } from '../plan/version/project-version.ts'
import { expectsCompiler } from '../plan/wheels/wheel-plan.ts'
import { parseMetadata } from '../project/metadata.ts'
import { allDone } from './all-done.ts'
import type { TargetRequest } from './build/build-target.ts'
import { finish, type Unfinished } from './build/unfinished-images.ts'
import { layOutTools } from './build/uv-image.ts'
import { Exercise } from './commands/tests-and-commands.ts'
import { ImageFamily } from './images/base-and-builder.ts'
import { newerParent, parentResult } from './images/parent-age.ts'
import { makeRelease } from './images/release.ts'
import { settingsOf } from './images/release-image.ts'
import { claimsOf } from './prepare/known-tags.ts'
import { prove } from './proof/check-release.ts'
import { noteNodeBuild, warnOfLeftOut } from './proof/package-files.ts'
import { isDescribed, type SbomRequest, writeSbom } from './proof/write-sbom.ts'
import { attest } from './publish/attest.ts'
import { openRegistries, type Places, publishTo } from './publish/push-registries.ts'
import { tally, wheelsResult } from './result.ts'
import { type Restored, restoreWheelhouse, saveWheelhouse } from './wheelhouse-folder/cache-entries.ts'
import { emptyWheelhouse, forgetUnsigned, openWheelhouse } from './wheelhouse-folder/open-wheelhouse.ts'
import { readManifests } from './wheelhouse-folder/wheel-files.ts'
import { fillWheelhouse, type Wheelhouse } from './wheels/fill-wheelhouse.ts'
import type { WheelhouseRequest } from './wheels/wheelhouse-request.ts'
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
  private places: Places | undefined
  private newer: string | undefined
  private toolsInContext = false
  private platform = ''
  private restored = NOTHING_RESTORED
  private house: Wheelhouse | undefined
  private cacheKey = ''
  private releaseResult: ReleaseResult | undefined
  private releaseBuild: TargetRequest | undefined
  private unfinished: Unfinished | undefined
  private checksResult: ChecksResult | undefined
  private publishResult: PublishResult | undefined
  private contents: ImageContents | undefined
  private sbomFile: string | undefined

  constructor(inputs: Inputs, world: World, plan: RunPlan) {
    this.inputs = inputs
    this.world = world
    this.plan = plan
    this.images = new ImageFamily(inputs, world, plan)
    this.exercise = new Exercise(inputs, world, plan, (step, work) => this.step(step, work))
  }

  /** Makes the wheelhouse's folder, finds Docker, and where this run pushes, whether it may. */
  async connect(): Promise<void> {
    const { world, plan, inputs } = this
    if (inputs.noCache) await emptyWheelhouse(world)
    await openWheelhouse(world)
    const engine = await world.docker.connect()
    this.platform = engine.platform
    world.log.info(`  Docker Engine ${engine.server}, client ${engine.client}${engine.buildx ? ' with Buildx' : ''}`)
    if (plan.push.push && isBeside(this.inputs.target)) world.log.notice('Test and dev images stay on this machine: nothing is pushed.')
    else if (plan.push.push) this.places = await openRegistries(world, inputs, this.pushesTo())
  }

  /** Base: the parent, Python, the virtual environment. The wheelhouse is restored meanwhile. */
  async base(): Promise<void> {
    await this.step('base', async () => {
      const { world, plan } = this
      // Meanwhile, the wheelhouse is restored and the tools that are kept in it are laid out.
      const restoring = restoreWheelhouse(world, this.inputs.noCache ? withoutRestoring(plan.cache) : plan.cache, this.cacheKeys()).then(
        async (restored) => {
          this.restored = restored
          await forgetUnsigned(world)
          this.toolsInContext = await layOutTools(world, this.platform)
        },
      )
      await allDone([this.images.makeBase(this.platform), restoring])
      // A daemon that keeps images from run to run gets one of the tools, when it is needed.
      if (this.images.base.how === 'reused') this.toolsInContext = false
      await this.images.record('base')
      const image = this.images.base
      world.log.info(`  ${image.reference}: ${image.how}`)
      // For the summary alone: who does not answer in time is not waited for.
      if (world.context.inActions) void newerParent(world, this.images.origin).then((found) => (this.newer = found), () => {}) // biome-ignore format: one line
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
    if (!this.world.context.cacheService) return
    this.cacheKey = await saveWheelhouse(this.world, this.plan.cache, this.cacheKeys(), this.restored)
  }

  /** Release: offline, from the wheelhouse alone; found by its fingerprint where nothing changed. */
  async release(): Promise<void> {
    await this.step('release', async () => {
      const { world, plan, inputs, images } = this
      const request = this.wheelhouseRequest(false)
      const before = this.must(this.house)
      const { house, result, build, unfinished } = await makeRelease(world, { plan, inputs, images, request }, before)
      this.house = house
      this.releaseResult = result
      this.releaseBuild = build
      this.unfinished = unfinished
      if (!before.app) await this.lookAtWheel(house)
      const { command, noCommand, notices = [] } = result
      const how = result.how === 'unchanged' ? 'nothing changed: the image was here already' : 'built'
      world.log.info(`  ${plan.names.release}: ${how}`)
      if (command) world.log.info(`  starts by ${command.from}: ${command.argv.join(' ')}`)
      else world.log.notice(`The image has no start command: ${noCommand}`)
      for (const notice of notices) world.log.notice(notice)
      if (result.how === 'built') noteNodeBuild(world, house, inputs, settingsOf(plan, inputs.imageEnv))
      return how
    })
  }

  /** Test and dev: images made from the release and the same wheels, where something is asked of them. */
  async sideImages(): Promise<void> {
    await this.exercise.makeImages({ ...this.made(), request: this.wheelhouseRequest(false) })
  }

  /** The tests must pass in the test image. */
  async test(): Promise<void> {
    await this.exercise.test()
  }

  /** Commands: `manage`, then `run`, in the release. */
  async commands(): Promise<void> {
    await this.exercise.commands(this.must(this.releaseResult), this.must(this.house).metadata.name)
  }

  /** Proof: what an image must not hold and must be able to do is checked on the image itself, which is asked for its SBOM meanwhile. */
  async prove(): Promise<void> {
    const mode = this.inputs.checks
    if (mode === 'off') return
    await this.step('checks', async () => {
      const { world, plan, inputs, platform } = this
      const material = {
        plan,
        inputs,
        platform,
        ...this.made(),
        build: this.releaseBuild,
        parentLayers: this.images.origin.layers,
        login: this.places?.[0].access.login,
      }
      const describe = inputs.sbom && !(await isDescribed(world, this.sbomRequest()))
      const { checks: list, contents } = await prove(world, { ...material, describe })
      this.contents = contents
      this.checksResult = { mode, list }
      return checksTally(list, mode)
    })
  }

  /** SBOM: what the image holds, asked of the image itself. */
  async sbom(): Promise<void> {
    if (!this.inputs.sbom) return
    await this.step('sbom', async () => {
      const { world } = this
      const { file, how } = await writeSbom(world, this.sbomRequest(), this.contents)
      this.sbomFile = path.relative(world.context.workspace, file)
      world.log.info(`  ${this.sbomFile}: ${how}`)
      return how
    })
  }

  private made(): { readonly house: Wheelhouse; readonly release: ReleaseResult } {
    return { house: this.must(this.house), release: this.must(this.releaseResult) }
  }

  private sbomRequest(): SbomRequest {
    const { plan, inputs } = this
    return {
      ...this.made(),
      version: this.images.version(),
      suffix: plan.suffix,
      extras: inputs.extras,
      epoch: plan.epoch,
      parent: plan.parent,
      python: inputs.dockerfile ? 'python3' : this.must(this.house).target.executable,
      own: isForeign(inputs),
    }
  }

  /** Gives the image that was asked for the tags that people pull, and the test image its own: only now, when nothing can be said against them any more. */
  async tag(): Promise<void> {
    const { references, id } = this.must(this.releaseResult)
    const wanted = isBeside(this.inputs.target) ? [] : references.map((reference) => [id, reference] as const)
    await finish(this.world, [...(this.unfinished ? [this.unfinished] : []), ...this.exercise.unfinished], async () => {
      for (const [image, reference] of [...wanted, ...this.exercise.tagged()]) {
        await this.world.docker.tag(image, reference)
        this.world.log.info(`  ${reference}`)
      }
    })
  }

  /** Push: every tag of what was asked for, the digest read back. */
  async publish(): Promise<void> {
    if (isBeside(this.inputs.target)) return
    await this.step('push', async () => {
      const { world, plan } = this
      const places = this.must(this.places)
      const kind = imageAlone(this.inputs.target)
      if (kind) {
        const { image, reference } = this.images.published(kind)
        const tag = reference.slice(reference.lastIndexOf(':') + 1)
        this.publishResult = await publishTo(world, places, { image, tags: [tag], moving: [] })
      } else if (this.releaseResult) {
        const { moving } = plan.tags
        // What stays comes first: who sees a tag that moved finds its release.
        const tags = plan.tags.tags.toSorted((a, b) => Number(moving.includes(a)) - Number(moving.includes(b)))
        const claim = claimsOf(world, this.inputs, plan, places[0].access.login)
        this.publishResult = await publishTo(world, places, { image: this.releaseResult.id, tags, moving, claim })
        const { digest } = this.publishResult
        const made = { plan, inputs: this.inputs, house: this.must(this.house), origin: this.images.origin, sbom: this.sbomFile }
        if (this.inputs.attest && digest) await attest(world, places, digest, made)
      }
      return this.publishResult ? this.publishResult.digest : 'nothing to push'
    })
  }

  outcome(): Outcome {
    return {
      version: this.images.version(),
      parent: this.images.results().base && parentResult(this.images.origin, this.world.now(), this.newer),
      ...this.images.results(),
      wheels:
        this.house &&
        wheelsResult(this.world, this.house, { key: this.cacheKey, hit: isOwn(this.cacheKeys().downloads, this.restored.downloads) }),
      release: isBeside(this.inputs.target) ? undefined : this.releaseResult,
      ...this.exercise.results(),
      checks: this.checksResult,
      sbom: this.sbomFile,
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
      packages: inputs.packages,
      runtimePackages: inputs.runtimePackages,
      dockerfile: renderProject(plan, plan.buildPackages),
      base: images.base.reference,
      platform: this.platform,
      system: images.system,
      buildCommand: inputs.buildCommand,
      secrets: inputs.secrets,
      builderRecipe: images.builderRecipe,
      releaseFollows,
      toolsInContext: this.toolsInContext,
      builder: (names) => images.makeBuilder(names),
    }
  }

  private pushesTo(): readonly [Repository, ...Repository[]] {
    const { inputs, plan } = this
    const kind = imageAlone(inputs.target)
    const place = (repository: Repository) => (kind ? planFamily(repository, inputs)[kind] : repository)
    return [place(plan.repository), ...plan.mirrors.map(place)]
  }

  private cacheKeys(): CacheKeys {
    return cacheKeys(cacheFacts(this.plan, this.inputs, machineName(machineOf(this.platform)).replace('/', '-')))
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
