import path from 'node:path'
import type { ImageInfo } from '../effects/ports.ts'
import type { Inputs } from '../inputs.ts'
import type { ImageResult, Outcome, PublishResult, ReleaseResult, StepTime, WheelsResult } from '../outcome.ts'
import { planCommand } from '../plan/command.ts'
import { renderRelease } from '../plan/dockerfile.ts'
import { fingerprint, type Parts, sha256 } from '../plan/fingerprint.ts'
import { planLabels } from '../plan/labels.ts'
import { type Repository, reference } from '../plan/reference.ts'
import { type RunPlan, renderProject } from '../plan/run-plan.ts'
import { layOutRequires, layOutSource } from './app-wheel.ts'
import { ensureImage, ensureParent, scriptsPrint } from './images.ts'
import { type CacheKeys, type Restored, restoreWheelhouse, saveWheelhouse } from './keep.ts'
import { loginOf } from './prepare.ts'
import { type Access, openRegistry, publish } from './publish.ts'
import { buildRelease, findRelease, layOutWheels, type ReleaseRequest } from './release.ts'
import { ensureKeptTools, ensureTools } from './requires.ts'
import { readState, SHELF, updateState } from './state.ts'
import { fillWheelhouse, type Wheelhouse } from './wheelhouse.ts'
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
  private releaseResult: ReleaseResult | undefined
  private publishResult: PublishResult | undefined
  private dockerfile: string

  constructor(inputs: Inputs, world: World, plan: RunPlan) {
    this.inputs = inputs
    this.world = world
    this.plan = plan
    this.dockerfile = renderProject(plan, inputs.buildPackages)
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
      world.log.info(`  ${this.baseImage.reference}: ${this.baseImage.how}`)
      if (plan.cache.reason) world.log.info(`  cache: ${plan.cache.reason}`)
      for (const [entry, key] of Object.entries(this.restored)) if (key) world.log.info(`  restored ${entry} from the cache: ${key}`)
      return this.baseImage.how
    })
  }

  private async parentAndBase(): Promise<ImageResult> {
    this.parent = await ensureParent(this.world, this.plan.parent)
    return this.image('base', { scripts: await scriptsPrint(this.world, 'base') })
  }

  /** Builder: compilers, headers and wheel tools on base. */
  async builder(): Promise<string> {
    if (this.builderImage) return this.builderImage.reference
    const { inputs, world } = this
    const base = this.must(this.baseImage)
    const start = performance.now()
    const image = await this.image('builder', {
      base: base.reference,
      packages: inputs.buildPackages.join(' '),
      week: this.plan.week,
      scripts: await scriptsPrint(world, 'builder'),
    })
    world.log.info(`  ${image.reference}: ${image.how}`)
    this.builderImage = image
    this.times.push({ step: 'builder', how: image.how, seconds: (performance.now() - start) / 1000 })
    return image.reference
  }

  /** Wheels: the wheelhouse holds exactly what the release is made from. */
  async wheels(): Promise<void> {
    await this.step('wheels', async () => {
      const { world, plan, inputs } = this
      this.house = await fillWheelhouse(world, {
        plan,
        extras: inputs.extras,
        buildPackages: inputs.buildPackages,
        runtimePackages: inputs.runtimePackages,
        dockerfile: this.dockerfile,
        base: this.must(this.baseImage).reference,
        parentId: this.must(this.parent).id,
        builder: () => this.builder(),
      })
      this.dockerfile = this.house.dockerfile
      const how = tally(this.house)
      world.log.info(`  ${how}`)
      return how
    })
  }

  /** Saves the wheelhouse to the cache service where that is allowed and something changed. */
  async keepWheels(): Promise<void> {
    this.cacheKey = await saveWheelhouse(this.world, this.plan.cache, this.cacheKeys(), this.restored)
  }

  /** Release: offline, from the wheelhouse alone; found by its fingerprint where nothing changed. */
  async release(): Promise<void> {
    await this.step('release', async () => {
      const { world, plan } = this
      const house = this.must(this.house)
      const request = await this.releaseRequest(house)
      this.dockerfile = request.dockerfile
      this.releaseResult = await findRelease(world, request)
      if (!this.releaseResult) {
        const tools = await ensureTools(world, { dockerfile: this.dockerfile, settings: plan.settings, base: request.base, parts: {} })
        await layOutSource(world, await world.source.snapshot(world.paths.project, world.paths.wheelhouse))
        await layOutRequires(world, house.state, [house.state.project?.parts.buildLock ?? ''])
        await layOutWheels(
          world,
          house.wheels.filter((wheel) => wheel.origin !== 'project').map((wheel) => wheel.file),
          Object.keys(house.debian),
        )
        this.releaseResult = await buildRelease(world, plan.settings, { ...request, tools })
      }
      const state = await readState(world)
      await updateState(world, { releases: { ...state.releases, [plan.suffix]: request.parts } })
      for (const tag of this.releaseResult.references) world.log.info(`  ${tag}`)
      if (!request.command) world.log.notice('No start command was found: the image has no CMD. A Procfile with a web: line gives it one.')
      return this.releaseResult.how === 'unchanged' ? 'nothing changed: the image was here already' : 'built'
    })
  }

  /** Push: every tag of what was asked for, the digest read back. */
  async publish(): Promise<void> {
    await this.step('push', async () => {
      const { world, plan, inputs } = this
      const access = this.must(this.access)
      if (inputs.target === 'base' || inputs.target === 'builder') {
        this.publishResult = await publish(world, this.target(), [reference(this.target(), this.imageVersion())], access)
      } else if (this.releaseResult) {
        this.publishResult = await publish(world, plan.repository, this.releaseResult.references, access)
      }
      return this.publishResult ? this.publishResult.digest : 'nothing to push'
    })
  }

  outcome(): Outcome {
    return {
      version: this.imageVersion(),
      dockerfile: this.dockerfile,
      base: this.baseImage,
      builder: this.builderImage,
      wheels: this.house && this.wheelsResult(this.house),
      release: this.releaseResult,
      published: this.publishResult,
      steps: this.times,
      seconds: (performance.now() - this.started) / 1000,
    }
  }

  private wheelsResult(house: Wheelhouse): WheelsResult {
    const { context, paths } = this.world
    const folder = path.relative(context.workspace, paths.wheelhouse)
    const lock = path.join(folder, SHELF.lock)
    return {
      folder,
      lock,
      wheels: house.wheels,
      cacheHit: this.restored.downloads?.startsWith(`${this.cacheKeys().prefix}-downloads-${this.cacheKeys().definition}-`) ?? false,
      cacheKey: this.cacheKey,
      python: house.target.python,
      assets: [path.join(folder, house.app.file), lock],
    }
  }

  private async releaseRequest(house: Wheelhouse): Promise<ReleaseRequest> {
    const { world, plan, inputs } = this
    const parent = this.must(this.parent)
    const base = this.must(this.baseImage).reference
    const command = planCommand(
      plan.project,
      house.wheels.map((wheel) => wheel.name),
    )
    const labels = planLabels(
      {
        metadata: house.app.metadata,
        version: this.imageVersion(),
        revision: plan.revision,
        epoch: plan.epoch,
        python: house.target.python,
        extras: inputs.extras,
        lockSha256: house.lockSha256,
        parent: plan.parent,
        parentDigest: parent.digests[0]?.split('@')[1] ?? '',
      },
      world.context,
    )
    const stages = {
      packages: Object.keys(house.debian).length > 0 ? house.packages : [],
      epoch: plan.epoch,
      uid: plan.uid,
      modules: command?.modules ?? [],
      settings: inputs.imageEnv.DJANGO_SETTINGS_MODULE ?? plan.project.django?.settings,
      env: inputs.imageEnv,
      command: command?.argv,
    }
    const parts: Parts = {
      base,
      lock: house.lockSha256,
      wheels: fingerprint(Object.fromEntries(house.wheels.map((wheel) => [wheel.file, wheel.sha256]))),
      'Debian packages': fingerprint(house.debian),
      settings: sha256(renderRelease({ ...stages, labels })),
      scripts: await scriptsPrint(world, 'install', 'system'),
    }
    const printed = { ...labels, 'io.pypackager.fingerprint': fingerprint(parts) }
    return {
      name: plan.names.release,
      references: plan.tags.tags.map((tag) => reference(plan.repository, tag)),
      dockerfile: house.dockerfile + renderRelease({ ...stages, labels: printed }),
      base,
      parts,
      before: house.state.releases?.[plan.suffix],
      command,
      labels: printed,
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
      ...(kind === 'builder' ? { base: this.must(this.baseImage).reference } : {}),
    })
    await updateState(world, { images: { ...state.images, [kind]: parts } })
    return result
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
    return this.plan.suffix ? primary.slice(0, -this.plan.suffix.length) : primary
  }

  private cacheKeys(): CacheKeys {
    const { plan, inputs } = this
    const image = fingerprint({ parent: plan.parent, python: plan.python ?? '', index: plan.settings.indexUrl })
    const definition = fingerprint({ files: plan.project.definition, extras: inputs.extras.join(','), 'exclude-newer': plan.newest.day })
    return { prefix: ['pypackager-1', this.architecture, image, inputs.cacheSuffix].filter(Boolean).join('-'), definition }
  }

  private async step(step: StepTime['step'], work: () => Promise<string>): Promise<void> {
    const start = performance.now()
    const how = await this.world.log.group(step, work)
    this.times.push({ step, how, seconds: (performance.now() - start) / 1000 })
  }

  private must<T>(value: T | undefined): T {
    if (value === undefined) throw new Error('a step was taken before the one that it needs')
    return value
  }
}

/** As Promise.all, but a failure is thrown only when all have ended: nothing goes on behind the error's back. */
async function allDone<T extends readonly unknown[]>(work: { [K in keyof T]: Promise<T[K]> }): Promise<T> {
  const ends = await Promise.allSettled(work)
  const failed = ends.find((end) => end.status === 'rejected')
  if (failed) throw failed.reason
  return Promise.all(work) as unknown as Promise<T>
}

function tally(house: Wheelhouse): string {
  const origins = ['reused', 'downloaded', 'compiled'] as const
  const counts = origins.map((origin) => `${house.wheels.filter((wheel) => wheel.origin === origin).length} ${origin}`)
  return `${house.wheels.length} wheels: ${counts.join(', ')}, 1 of the project`
}
