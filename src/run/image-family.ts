import type { ImageInfo } from '../effects/ports.ts'
import type { Inputs } from '../inputs.ts'
import type { ImageResult, StepTime } from '../outcome.ts'
import type { Parts } from '../plan/fingerprint.ts'
import { type Repository, reference } from '../plan/reference.ts'
import { type RunPlan, renderProject } from '../plan/run-plan.ts'
import { buildPackagesFor } from '../plan/system-packages.ts'
import { ensureImage, ensureParent, scriptsPrint, whyBuilt } from './images.ts'
import { readState, updateState } from './state.ts'
import type { World } from './world.ts'

/** The images that a release is made from: the parent, base on it, and the builder where something needs one. */
export class ImageFamily {
  private readonly inputs: Inputs
  private readonly world: World
  private readonly plan: RunPlan
  private platform = ''
  private parentInfo: ImageInfo | undefined
  private baseResult: ImageResult | undefined
  private builderResult: ImageResult | undefined
  private building: { readonly packages: readonly string[]; readonly image?: Promise<string> } = { packages: [] }
  private readonly parts: { base?: Parts; builder?: Parts } = {}
  /** What making the builder took; it is made while other steps are at work. */
  builderTime: StepTime | undefined

  constructor(inputs: Inputs, world: World, plan: RunPlan) {
    this.inputs = inputs
    this.world = world
    this.plan = plan
  }

  get parent(): ImageInfo {
    return made(this.parentInfo)
  }

  get base(): ImageResult {
    return made(this.baseResult)
  }

  /** Undefined where nothing needed it. */
  get builder(): ImageResult | undefined {
    return this.builderResult
  }

  /** What has been made so far, for the outcome. */
  results(): { readonly base: ImageResult | undefined; readonly builder: ImageResult | undefined } {
    return { base: this.baseResult, builder: this.builderResult }
  }

  /** The parent, pulled where it is not here, and base on it. @param platform that all of them are for */
  async makeBase(platform: string): Promise<ImageResult> {
    this.platform = platform
    this.parentInfo = await ensureParent(this.world, this.plan.parent, platform)
    const scripts = await scriptsPrint(this.world, 'base')
    this.baseResult = await this.ensure('base', renderProject(this.plan, this.plan.buildPackages), { scripts })
    return this.baseResult
  }

  /** The builder with what the packages that are known take; made once, and again only where it lacks something. @returns its reference */
  makeBuilder(names: readonly string[] = []): Promise<string> {
    const known = [...this.plan.buildPackages, ...buildPackagesFor(names)]
    const packages = [...new Set([...this.building.packages, ...known])].sort()
    if (!this.building.image || packages.length > this.building.packages.length) {
      this.building = { packages, image: this.buildBuilder(packages, this.building.image) }
    }
    return this.building.image as Promise<string>
  }

  /** After the wheelhouse is restored, never before: a file that is there already would win over the restored one. */
  async record(kind: 'base' | 'builder'): Promise<void> {
    if (kind === 'builder' && !this.builderResult) return
    if (kind === 'base') this.baseResult = await this.withReason('base', this.base)
    const { images } = await readState(this.world)
    await updateState(this.world, { images: { ...images, [kind]: this.parts[kind] ?? {} } })
  }

  /** Which part changed is known when the wheelhouse is restored, and base is built meanwhile. */
  private async withReason(kind: 'base' | 'builder', image: ImageResult): Promise<ImageResult> {
    if (image.how === 'reused') return image
    const { images } = await readState(this.world)
    return { ...image, how: `${image.how} (${whyBuilt(images?.[kind], this.parts[kind] ?? {})})` }
  }

  /** The tag of base and builder, which serve every leg: without the leg's suffix. */
  version(): string {
    const { primary } = this.plan.tags
    if (this.inputs.tagSuffix && (this.inputs.target === 'base' || this.inputs.target === 'builder')) return primary
    return this.plan.suffix ? primary.slice(0, -this.plan.suffix.length) : primary
  }

  /** What a push of base or builder goes to. */
  published(kind: 'base' | 'builder'): { readonly image: string; readonly repository: Repository; readonly reference: string } {
    const { repository } = this.plan
    const own = { ...repository, path: `${repository.path}-${kind}` }
    const image = made(kind === 'base' ? this.baseResult : this.builderResult).reference
    return { image, repository: own, reference: reference(own, this.version()) }
  }

  private async buildBuilder(packages: readonly string[], before: Promise<string> | undefined): Promise<string> {
    const { world, plan } = this
    await before // its layers are of no use to this one, but its log lines come first
    const start = performance.now()
    const parts = {
      base: this.base.reference,
      packages: packages.join(' '),
      week: plan.week,
      scripts: await scriptsPrint(world, 'builder'),
    }
    const image = await this.withReason('builder', await this.ensure('builder', renderProject(plan, packages), parts))
    world.log.info(`  ${image.reference}: ${image.how}`)
    this.builderResult = image
    this.builderTime = { step: 'builder', how: image.how, seconds: (performance.now() - start) / 1000 }
    return image.reference
  }

  private async ensure(kind: 'base' | 'builder', dockerfile: string, more: Parts): Promise<ImageResult> {
    const { world, plan } = this
    const parts: Parts = {
      parent: this.parent.id,
      python: plan.python ?? '',
      uid: String(plan.uid),
      ...platformPart(this.inputs.platform),
      ...more,
    }
    const result = await ensureImage(world, plan.settings, {
      kind,
      name: plan.names[kind],
      version: this.version(),
      dockerfile,
      parts,
      // Base is part of the release, whose layers are pushed; the builder is not, unless it is asked for.
      localOnly: kind === 'builder' && this.inputs.target !== 'builder',
      platform: this.platform,
      ...(kind === 'builder' ? { base: this.base.reference } : {}),
    })
    this.parts[kind] = parts
    return result
  }
}

/** Only where it was asked for: what was made for the daemon's own platform stays as it is named. */
function platformPart(platform: string): Parts {
  return platform ? { platform } : {}
}

function made<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('an image was asked for before the step that makes it')
  return value
}
