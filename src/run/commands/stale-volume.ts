import { readVolume } from '../../inputs/volume.ts'
import { listed } from '../../text/words.ts'
import { stageScript } from '../build/stage-scripts.ts'
import type { World } from '../world.ts'

/** Where the source of an image lies. */
const CODE = '/app'
const LIMIT_MS = 20_000
const SHOWN = 2

/**
 * The warning about a named volume over the code of an image, filled from another one: Docker fills a volume once, when it is empty.
 * @param lines of the input volumes
 * @see https://docs.docker.com/engine/storage/volumes/#populate-a-volume-using-a-container
 */
export async function staleVolume(world: World, image: string, lines: readonly string[]): Promise<string | undefined> {
  const over = lines.map(readVolume).find(({ kind, container }) => kind === 'named' && container.replace(/\/+$/, '') === CODE)
  if (!over) return undefined
  const [own, mounted] = await Promise.all([codeIn(world, image, []), codeIn(world, image, [`${over.host}:${CODE}`])])
  if (!own || !mounted) return undefined
  const other = own.filter((line) => !mounted.includes(line)).map((line) => line.replace(/^\w+ /, ''))
  if (other.length === 0) return undefined
  return `The volume ${over.host} has code of its own, as of an older release, and that runs: ${listed(other, SHOWN)} of the image ${other.length === 1 ? 'is' : 'are'} not in it. "docker volume rm ${over.host}" lets the next run fill it from the image, and removes the data in it too.`
}

/** Hash and path of each file of code, undefined where the image cannot tell. */
async function codeIn(world: World, image: string, volumes: readonly string[]): Promise<readonly string[] | undefined> {
  const input = await stageScript(world, 'container-commands', 'code.py')
  const report = await world.docker.run({ image, command: ['python', '-', CODE], input, volumes, network: 'none', limit: LIMIT_MS })
  return report.code === 0 ? report.stdout.split('\n').filter(Boolean) : undefined
}
