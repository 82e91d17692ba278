import path from 'node:path'
import type { ImageInfo } from '../../effects/docker-port.ts'
import type { Inputs } from '../../inputs.ts'
import { mentions } from '../../plan/dockerfile/custom-dockerfile.ts'
import { fingerprint, fingerprintTag, type Parts, whyBuilt } from '../../plan/fingerprint.ts'
import { type Repository, reference } from '../../plan/reference.ts'
import { type RunPlan, renderProject } from '../../plan/run-plan.ts'
import { familyVersion } from '../../plan/tags/family-version.ts'
import { userWords } from '../../plan/user.ts'
import { buildPackagesFor } from '../../plan/wheels/system-packages.ts'
import type { ImageResult, StepTime } from '../../report/outcome.ts'
import { BaseWords } from '../build/base-words.ts'
import { scriptsPrint } from '../build/stage-scripts.ts'
import type { World } from '../world.ts'
import { buildOwnImage, ensureHere, type OwnDockerfile, readDockerfile } from './custom-image.ts'
import { ensureImage, ensureParent, type UntoldBuild } from './generated-image.ts'
import { checkGivenImage, checkPythonOf, describedBefore, digestOf, warnOfStranger } from './given-image.ts'

type Kind = 'base' | 'builder'

/** An image of this run. */
interface Made extends ImageResult, UntoldBuild {
  /** The same for the same content on every machine. */
  readonly print: string
  /** As the user gave it, where it is a ready one. */
  readonly given?: string
}

/** Somebody else's image: the parent, or a ready base. */
export interface Origin {
  readonly name: string
  /** Where a registry has it, else ''. */
  readonly digest: string
  /** RFC 3339, '' where that is not asked. */
  readonly created: string
  /** Digests of its layers, which are not ours to answer for. */
  readonly layers: readonly string[]
}

/** The images that a release is made from: base on its parent, and the builder where something needs one. */
export class ImageFamily {
  private readonly inputs: Inputs
  private readonly world: World
  private readonly plan: RunPlan
  private platform = ''
  private originOfBase: Origin | undefined
  private baseResult: Made | undefined
  private builderResult: Made | undefined
  private building: { readonly packages: readonly string[]; readonly image?: Promise<string> } = { packages: [] }
  private readonly parts: { base?: Parts; builder?: Parts } = {}
  private readonly words = new BaseWords()
  /** What an own or ready builder is made from, beside base; '' for ours. */
  builderRecipe = ''
  /** What making the builder took; it is made while other steps are at work. */
  builderTime: StepTime | undefined

  constructor(inputs: Inputs, world: World, plan: RunPlan) {
    this.inputs = inputs
    this.world = world
    this.plan = plan
  }

  /** The image that all others come from in the end. */
  get origin(): Origin {
    return made(this.originOfBase)
  }

  /** What stands for the system in fingerprints: the parent's id, or the print of an own base. */
  get system(): string {
    return made(this.baseResult).print
  }

  get base(): ImageResult {
    return made(this.baseResult)
  }

  /** Undefined where nothing needed it. */
  get builder(): ImageResult | undefined {
    return this.builderResult
  }

  /** What has been made so far, for the outcome: a ready image by the name that it was given by. */
  results(): { readonly base: ImageResult | undefined; readonly builder: ImageResult | undefined } {
    const named = (image: Made | undefined) => image && { how: image.how, reference: image.given ?? image.reference }
    return { base: named(this.baseResult), builder: named(this.builderResult) }
  }

  /**
   * Base: a ready one, by an own Dockerfile, or generated on the parent, which is pulled where it is not here.
   * @param platform that all images are for
   */
  async makeBase(platform: string): Promise<ImageResult> {
    const { inputs } = this
    this.platform = platform
    this.builderRecipe = await this.recipeOfBuilder()
    if (inputs.baseImage) this.baseResult = await this.ready('base', inputs.baseImage)
    else if (inputs.baseDockerfile) this.baseResult = await this.ownBase(inputs.baseDockerfile)
    else {
      const parent = await this.parent()
      const scripts = await scriptsPrint(this.world, 'base')
      const image = await this.ensure('base', renderProject(this.plan, this.plan.buildPackages), {
        parent: parent.id,
        scripts,
        ...(this.plan.updates === 'none' ? {} : { updates: this.plan.updates, week: this.plan.week }),
      })
      this.baseResult = { ...image, print: parent.id }
    }
    return this.baseResult
  }

  /** The builder with what the packages that are known take; made once, and again only where it lacks something. @returns its reference */
  makeBuilder(names: readonly string[] = []): Promise<string> {
    const known = this.plan.settings.builder ? [] : [...this.plan.buildPackages, ...buildPackagesFor(names)]
    const packages = [...new Set([...this.building.packages, ...known])].sort()
    if (!this.building.image || packages.length > this.building.packages.length) {
      this.building = { packages, image: this.buildBuilder(packages, this.building.image) }
    }
    return this.building.image as Promise<string>
  }

  /** The builder, where it is all that is asked for. */
  async builderAlone(): Promise<void> {
    await this.makeBuilder()
    await this.record('builder')
  }

  /** After the wheelhouse is restored, never before: a file that is there already would win over the restored one. */
  async record(kind: Kind): Promise<void> {
    if (kind === 'builder' && !this.builderResult) return
    if (kind === 'base') {
      await this.words.settle(this.world, fingerprint(this.parts.base ?? {}))
      this.baseResult = await this.withReason('base', made(this.baseResult))
    }
    await this.world.records.put('images', kind, this.parts[kind] ?? {})
    await this.world.records.save()
  }

  /** Which part of a generated image changed is known when the wheelhouse is restored, and base is built meanwhile. */
  private async withReason(kind: Kind, image: Made): Promise<Made> {
    const { untold, ...told } = image
    if (untold === undefined) return told
    const images = await this.world.records.get('images')
    const why = this.inputs.noCache ? 'no-cache' : whyBuilt(images?.[kind], this.parts[kind] ?? {})
    return { ...told, how: `built in ${untold.toFixed(1)} s (${why})` }
  }

  /** The tag of base and builder, which serve every leg: without the leg's suffix. */
  version(): string {
    return familyVersion(this.inputs, this.plan)
  }

  /** What a push of base or builder goes to. */
  published(kind: Kind): { readonly image: string; readonly repository: Repository; readonly reference: string } {
    const own = this.plan.family[kind]
    const image = made(kind === 'base' ? this.baseResult : this.builderResult).reference
    return { image, repository: own, reference: reference(own, this.version()) }
  }

  private async buildBuilder(packages: readonly string[], before: Promise<string> | undefined): Promise<string> {
    const { world, inputs } = this
    await before // its layers are of no use to this one, but its log lines come first
    const start = performance.now()
    const image = await this.builderOf(packages)
    world.log.info(`  ${image.given ?? image.reference}: ${image.how}`)
    this.builderResult = image
    this.builderTime = { step: 'builder', how: image.how, seconds: (performance.now() - start) / 1000 }
    if (inputs.builderImage || inputs.builderDockerfile) {
      const info = await world.docker.inspect(image.reference)
      const what = inputs.builderImage ? `builder-image ${inputs.builderImage}` : inputs.builderDockerfile
      const base = await world.docker.inspect(this.base.reference)
      if (info && base) warnOfStranger(world, { kind: 'builder', info, what }, base)
    }
    return image.reference
  }

  private async builderOf(packages: readonly string[]): Promise<Made> {
    const { world, plan, inputs } = this
    if (inputs.builderImage) return this.ready('builder', inputs.builderImage)
    if (inputs.builderDockerfile) {
      const dockerfile = await this.dockerfile('builder-dockerfile', inputs.builderDockerfile)
      return this.own('builder', dockerfile, { BASE_IMAGE: this.base.reference })
    }
    const image = await this.ensure('builder', renderProject(plan, packages), {
      parent: this.system,
      base: this.base.reference,
      packages: packages.join(' '),
      week: plan.week,
      scripts: await scriptsPrint(world, 'builder'),
    })
    return this.withReason('builder', { ...image, print: this.system })
  }

  private async recipeOfBuilder(): Promise<string> {
    const { world, inputs } = this
    if (inputs.builderImage) return `image ${inputs.builderImage}`
    if (!inputs.builderDockerfile) return ''
    const { file, text } = await this.dockerfile('builder-dockerfile', inputs.builderDockerfile)
    const folder = path.dirname(path.join(world.context.workspace, file))
    return `dockerfile ${fingerprint({ text, files: JSON.stringify(await world.source.snapshot(folder, world.paths.wheelhouse)) })}`
  }

  private async parent(): Promise<ImageInfo> {
    const { parent } = this.plan
    const info = await ensureParent(this.world, parent, this.platform)
    this.originOfBase = { name: parent, digest: digestOf(info, parent), created: info.created, layers: info.layers }
    return info
  }

  private async ownBase(file: string): Promise<Made> {
    const dockerfile = await this.dockerfile('base-dockerfile', file)
    const { parent } = this.plan
    this.originOfBase = { name: '', digest: '', created: '', layers: [] }
    if (mentions(dockerfile.text, 'PARENT_IMAGE')) await this.parent()
    return this.own('base', dockerfile, { PARENT_IMAGE: parent })
  }

  /** An image by an own Dockerfile, whose folder is what it sees. */
  private async own(kind: Kind, dockerfile: OwnDockerfile, args: Readonly<Record<string, string>>): Promise<Made> {
    const { world, plan, inputs } = this
    const images = await world.records.get('images')
    const { parts, info, ...image } = await buildOwnImage(world, plan.settings, {
      step: kind,
      dockerfile,
      context: path.dirname(path.join(world.context.workspace, dockerfile.file)),
      name: plan.names[kind],
      version: this.version(),
      args: { ...inputs.buildArgs, ...args },
      secrets: inputs.secrets,
      before: images?.[kind],
    })
    this.parts[kind] = parts
    try {
      await this.check(kind, image.reference, { info, what: dockerfile.file })
    } catch (error) {
      for (const tag of [image.reference, `${plan.names[kind]}:${this.version()}`]) await world.docker.untag(tag)
      throw error
    }
    return { ...image, print: fingerprint(parts) }
  }

  /** A ready image, under a name of ours by its id: whatever becomes of the user's tag meanwhile, this run has one. */
  private async ready(kind: Kind, given: string): Promise<Made> {
    const { world, plan } = this
    const what = `${kind}-image ${given}`
    const next = `Check ${kind}-image, or log in before this step.`
    const info = await ensureHere(world, given, { step: kind, what, next })
    this.parts[kind] = { ready: info.id }
    const image = `${plan.names[kind]}:${fingerprintTag(fingerprint(this.parts[kind]))}`
    await this.check(kind, image, { info, what })
    await world.docker.tag(info.id, image)
    const digest = digestOf(info, given)
    if (kind === 'base') this.originOfBase = { name: given, digest, created: info.created, layers: info.layers }
    const byDigest = digest && !given.includes('@') ? ` (${digest})` : ''
    return { reference: image, given, how: `ready${byDigest}`, print: info.id }
  }

  private async check(kind: Kind, image: string, { info, what }: { readonly info: ImageInfo; readonly what: string }): Promise<void> {
    const known = kind === 'base' ? describedBefore(await this.world.records.get('target'), image) : undefined
    const version = known ?? (await checkGivenImage(this.world, { kind, info, what }))
    if (kind === 'base') checkPythonOf(what, version, this.inputs.pythonVersion)
  }

  private dockerfile(input: string, file: string): Promise<OwnDockerfile> {
    return readDockerfile(this.world, input, path.join(this.world.context.workspace, this.inputs.path, file))
  }

  private async ensure(kind: Kind, dockerfile: string, more: Parts): Promise<ImageResult & UntoldBuild> {
    const { world, plan } = this
    const parts: Parts = { python: plan.python ?? '', uid: userWords(plan).join(':'), ...platformPart(this.inputs.platform), ...more }
    const result = await ensureImage(world, plan.settings, {
      kind,
      name: plan.names[kind],
      version: this.version(),
      dockerfile,
      parts,
      // Base is part of the release, whose layers are pushed; the builder is not, unless it is asked for.
      localOnly: kind === 'builder' && this.inputs.target !== 'builder',
      platform: this.platform,
      ...(kind === 'builder' ? { base: this.base.reference } : { onMessage: this.words.onMessage }),
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
