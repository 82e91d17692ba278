import path from 'node:path'
import { UserError } from '../../errors.ts'
import { type Target, targetSchema } from '../../plan/wheels/wheel-tags.ts'
import { allDone } from '../all-done.ts'
import type { BuildSetup } from '../build/build-setup.ts'
import { buildTarget } from '../build/build-target.ts'
import { readAnswer } from '../build/stage-answers.ts'
import { scriptsPrint } from '../build/stage-scripts.ts'
import { ensureUvImage } from '../build/uv-image.ts'
import type { World } from '../world.ts'

/** What wheels are chosen for, as the image itself tells it; kept, as it is the same for the same image. */
export async function ensureTarget(world: World, setup: BuildSetup): Promise<Target> {
  const kept = await world.records.get('target')
  const parts = { image: setup.base.split(':').at(-1) ?? '', scripts: await scriptsPrint(world, 'target') }
  if (kept && JSON.stringify(kept.parts) === JSON.stringify(parts)) return kept.target
  const output = path.join(world.paths.temp, 'target')
  await world.files.remove(output)
  const asking = buildTarget(world, setup.settings, {
    dockerfile: setup.dockerfile,
    base: setup.base,
    target: 'target-files',
    context: 'leanContext',
    output,
    offline: true,
  })
  await allDone([asking, ensureUvImage(world, setup)]) // whoever does not know its target will have to resolve
  const told = { folder: output, file: 'target.json', step: 'base', from: 'the base image', what: 'description of Python and its system' }
  const target = await readAnswer(world, told, targetSchema)
  if (!target) throw new UserError('base', 'the base image told nothing of its Python', 'See base-image and parent-image.')
  world.records.set('target', { parts, target })
  return target
}
