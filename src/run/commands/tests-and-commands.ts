import type { CommandResult, SideImageResult } from '../../report/outcome.ts'
import type { BuildSetup } from '../build/build-setup.ts'
import type { Unfinished } from '../build/unfinished-images.ts'
import type { Release } from '../images/release.ts'
import { ensureShelf, makeSideImage, type SideImage } from '../images/test-image.ts'
import type { Run } from '../open-run.ts'
import { showTestWheels } from '../wheelhouse-folder/wheel-files.ts'
import type { TestQuestion } from '../wheels/test-wheels.ts'
import type { WheelhouseRequest } from '../wheels/wheelhouse-request.ts'
import type { World } from '../world.ts'
import { type Lines, type Ran, runLines } from './container-commands.ts'

/** What the tests of an image take that the release has not, made beforehand: with that the test image takes no index. */
export async function fillTestWheels(world: World, setup: BuildSetup, { request, house }: Omit<TestQuestion, 'test'>): Promise<void> {
  const { inputs } = request
  if (inputs.testExtras.length + inputs.testGroups.length === 0) return
  const { wheels } = await ensureShelf(world, setup, { request, house })
  const files = wheels.map(({ file }) => file)
  await showTestWheels(world, files)
  world.log.info(`  ${wheels.length} more for the test image: ${wheels.map(({ name }) => name).join(', ') || 'the release has them all'}`)
}

/** What the release goes through before it is pushed: the test image and its commands, and the commands of its own. */
export class Exercise {
  private readonly run: Run
  private readonly images: { test?: SideImageResult; dev?: SideImageResult } = {}
  /** Those that were built in this run. */
  readonly unfinished: Unfinished[] = []
  private readonly passed: CommandResult[] = []

  constructor(run: Run) {
    this.run = run
  }

  /** The dev image, or the test image where something is asked of it. */
  async makeImages(setup: BuildSetup, request: WheelhouseRequest, { house, result: release }: Release): Promise<void> {
    const { world, plan, inputs, steps } = this.run
    const { target, testCommand, testExtras, testGroups } = inputs
    const kind: SideImage = target === 'dev' ? 'dev' : 'test'
    if (target !== kind && testCommand.length + testExtras.length + testGroups.length === 0) return
    this.images[kind] = await steps.take(kind, async () => {
      const { result: image, unfinished } = await makeSideImage(world, setup, { kind, plan, inputs, request, house, release })
      if (unfinished) this.unfinished.push(unfinished)
      const how = image.how === 'unchanged' ? 'nothing changed: the image was here already' : 'built'
      world.log.info(`  ${image.reference}: ${how}`)
      return [how, image]
    })
  }

  /** The lines of `test-command`, which must pass in the test image. */
  async test(): Promise<void> {
    const { test } = this.images
    const { inputs, world } = this.run
    if (test && inputs.target === 'test' && inputs.testCommand.length === 0) {
      world.log.notice('Nothing ran in the test image: test-command is not set, such as test-command: pytest.')
    }
    if (test) await this.runLines({ image: test.id, project: '' }, 'the test image', [{ kind: 'test-command', lines: inputs.testCommand }])
  }

  /** The lines of `manage`, then those of `run`, in the release. */
  async commands({ house, result }: Release): Promise<void> {
    const { manage, run } = this.run.inputs
    const lines = [{ kind: 'manage', lines: manage } as const, { kind: 'run', lines: run } as const]
    await this.runLines({ image: result.id, project: house.metadata.name }, 'the release', lines)
  }

  /** Each image with the tag that it carries when all went well. */
  tagged(): readonly (readonly [id: string, reference: string])[] {
    return Object.values(this.images).map(({ id, reference }) => [id, reference])
  }

  results(): { readonly test?: SideImageResult; readonly dev?: SideImageResult; readonly commands: readonly CommandResult[] } {
    return { ...this.images, commands: this.passed }
  }

  private async runLines(ran: Ran, where: string, wanted: readonly Lines[]): Promise<void> {
    if (wanted.every(({ lines }) => lines.length === 0)) return
    const { world, inputs, steps } = this.run
    const done = await steps.take('commands', async () => {
      const results = await runLines(world, ran, inputs, wanted)
      return [`${results.length} passed in ${where}`, results]
    })
    this.passed.push(...done)
  }
}
