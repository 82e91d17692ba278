import path from 'node:path'
import { listOf, pathBelow } from '../../grammar.ts'
import { renderBuildCommand } from '../../plan/dockerfile/dockerfile.ts'
import { listed } from '../../text/words.ts'
import type { BuildSetup } from '../build/build-setup.ts'
import { buildTarget } from '../build/build-target.ts'
import { readAnswer } from '../build/stage-answers.ts'
import { ensureUvImage } from '../build/uv-image.ts'
import { layOutUserSecrets } from '../images/custom-image.ts'
import { layOutWheels } from '../wheelhouse-folder/wheel-files.ts'
import type { World } from '../world.ts'
import { layOutSource, type Source, sourcePrint } from './project-wheel.ts'
import type { WheelhouseRequest } from './wheelhouse-request.ts'

const SHOWN = 5
const linksOf = (links: readonly string[]) => `${links.length === 1 ? 'the link' : 'the links'} ${listed(links, SHOWN)}`

/**
 * Runs the user's commands in the builder, without a network: the source is at /application, the wheels are at
 * /wheelhouse and installed. What they change is a change of the source for all that follows; the user's own
 * files stay as they are.
 * @param wheels file names in the wheelhouse
 * @throws UserError naming the line that failed
 */
export async function runBuildCommand(
  world: World,
  setup: BuildSetup,
  { plan, inputs }: WheelhouseRequest,
  { source, wheels }: { readonly source: Source; readonly wheels: readonly string[] },
): Promise<Source> {
  const { buildCommand, secrets } = inputs
  const builder = await setup.builder([])
  const tools = await ensureUvImage(world, setup)
  await layOutSource(world, source)
  await layOutWheels(world, wheels, [])
  await world.files.write(path.join(world.paths.context, 'build-command', 'commands.json'), JSON.stringify(buildCommand))
  const output = path.join(world.paths.temp, 'build-command')
  await world.files.remove(output)
  const seconds = await buildTarget(world, setup.settings, {
    dockerfile: setup.dockerfile + renderBuildCommand(Object.keys(secrets).sort(), plan.epoch),
    target: 'build-command-files',
    output,
    base: setup.base,
    builder,
    tools,
    offline: true,
    secrets: await layOutUserSecrets(world, secrets),
  })
  const folder = path.join(output, 'files')
  const paths = async (file: string, what: string) =>
    (await readAnswer(world, { folder: output, file, step: 'build-command', from: 'build-command', what }, listOf(pathBelow, 1_000_000))) ??
    []
  const removed = await paths('removed.json', 'list of removed files')
  const links = await paths('links.json', 'list of links')
  if (links.length > 0)
    world.log.warning(
      `build-command made ${linksOf(links)}, which ${links.length === 1 ? 'is' : 'are'} left out: copy what ${links.length === 1 ? 'it leads' : 'they lead'} to`,
    )
  const changed = (await world.source.made(folder)).map((file) => ({ ...file, folder }))
  const gone = new Set([...removed, ...changed.map((file) => file.path)])
  const snapshot = [...source.snapshot.filter((file) => !gone.has(file.path)), ...changed].sort((a, b) => (a.path < b.path ? -1 : 1))
  const names = [...changed.map((file) => file.path), ...removed.map((name) => `${name} (removed)`)]
  world.log.info(`  build-command: ${seconds.toFixed(1)} s; changed: ${listed(names, SHOWN) || 'nothing'}`)
  return { ...source, snapshot, parts: { ...source.parts, source: sourcePrint(snapshot) } }
}
