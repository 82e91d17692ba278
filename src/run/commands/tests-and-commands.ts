import type { Inputs } from '../../inputs.ts'
import type { CommandResult, ReleaseResult, SideImageResult, StepTime } from '../../outcome.ts'
import type { RunPlan } from '../../plan/run-plan.ts'
import type { Unfinished } from '../build/unfinished-images.ts'
import { ensureShelf, makeSideImage, type SideImage } from '../images/test-image.ts'
import { showTestWheels } from '../wheelhouse-folder/wheel-files.ts'
import type { Wheelhouse } from '../wheels/fill-wheelhouse.ts'
import type { WheelhouseRequest } from '../wheels/wheelhouse-request.ts'
import type { World } from '../world.ts'
import { type Lines, runLines } from './container-commands.ts'

/** Takes the time of a step and shows its lines under its title. */
export type Step = (step: StepTime['step'], work: () => Promise<string>) => Promise<void>

/** What the images beside the release are made from. */
export interface Made {
  readonly house: Wheelhouse
  readonly request: WheelhouseRequest
  readonly release: ReleaseResult
}

/** What the release goes through before it is pushed: the test image and its commands, and the commands of its own. */
export class Exercise {
  private readonly inputs: Inputs
  private readonly world: World
  private readonly plan: RunPlan
  private readonly step: Step
  private readonly images: { test?: SideImageResult; dev?: SideImageResult } = {}
  /** Those that were built in this run. */
  readonly unfinished: Unfinished[] = []
  private readonly passed: CommandResult[] = []

  constructor(inputs: Inputs, world: World, plan: RunPlan, step: Step) {
    this.inputs = inputs
    this.world = world
    this.plan = plan
    this.step = step
  }

  /** The dev image, or the test image where something is asked of it. */
  async makeImages(made: Made): Promise<void> {
    const { target, testCommand, testExtras, testGroups } = this.inputs
    if (target === 'dev') await this.makeImage('dev', made)
    else if (target === 'test' || testCommand.length + testExtras.length + testGroups.length > 0) await this.makeImage('test', made)
  }

  /** The wheels of the test image, made beforehand: with them it takes no index. */
  async fillShelf({ house, request }: Omit<Made, 'release'>): Promise<void> {
    const { testExtras, testGroups } = this.inputs
    if (testExtras.length + testGroups.length === 0) return
    const { wheels } = await ensureShelf(this.world, this.inputs, request, house)
    await showTestWheels(
      this.world,
      wheels.map(({ file }) => file),
    )
    this.world.log.info(
      `  ${wheels.length} more for the test image: ${wheels.map(({ name }) => name).join(', ') || 'the release has them all'}`,
    )
  }

  /** The lines of `test-command`, which must pass in the test image. */
  async test(): Promise<void> {
    const { test } = this.images
    if (test && this.inputs.target === 'test' && this.inputs.testCommand.length === 0) {
      this.world.log.notice('Nothing ran in the test image: test-command is not set, such as test-command: pytest.')
    }
    if (test) await this.run(test.id, '', 'the test image', [{ kind: 'test-command', lines: this.inputs.testCommand }])
  }

  /** The lines of `manage`, then those of `run`, in the release. @param project the name of the project's distribution */
  async commands(release: ReleaseResult, project: string): Promise<void> {
    const { manage, run } = this.inputs
    const lines = [{ kind: 'manage', lines: manage } as const, { kind: 'run', lines: run } as const]
    await this.run(release.id, project, 'the release', lines)
  }

  /** Each image with the tag that it carries when all went well. */
  tagged(): readonly (readonly [id: string, reference: string])[] {
    return Object.values(this.images).map(({ id, reference }) => [id, reference])
  }

  results(): { readonly test?: SideImageResult; readonly dev?: SideImageResult; readonly commands: readonly CommandResult[] } {
    return { ...this.images, commands: this.passed }
  }

  private async makeImage(kind: SideImage, made: Made): Promise<void> {
    const { world, plan, inputs } = this
    await this.step(kind, async () => {
      const { result: image, unfinished } = await makeSideImage(world, { kind, plan, inputs, wheelhouse: made.request, ...made })
      this.images[kind] = image
      if (unfinished) this.unfinished.push(unfinished)
      const how = image.how === 'unchanged' ? 'nothing changed: the image was here already' : 'built'
      world.log.info(`  ${image.reference}: ${how}`)
      return how
    })
  }

  private async run(image: string, project: string, where: string, wanted: readonly Lines[]): Promise<void> {
    if (wanted.every(({ lines }) => lines.length === 0)) return
    await this.step('commands', async () => {
      const done = await runLines(this.world, image, project, this.inputs, wanted)
      this.passed.push(...done)
      return `${done.length} passed in ${where}`
    })
  }
}
