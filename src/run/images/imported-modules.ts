import path from 'node:path'
import { inWheelhouse, SHELF } from '../../shelf.ts'
import type { World } from '../world.ts'

/** More modules than any application imports when it starts. */
const MOST = 50_000
/** Of their list. */
const MOST_BYTES = 16_000_000

/**
 * The files of dependencies that a list names, by their paths in the image without the first /. The list was told by a step
 * that ran the application, or comes from a cache: what is no such path is left out.
 */
export function importedFiles(list: string): readonly string[] {
  const names = list.split('\n').filter((name) => /^appenv\/[\w./+-]+\.py$/.test(name) && path.posix.normalize(name) === name)
  return [...new Set(names)].slice(0, MOST)
}

/** What the stage `ahead` mounts: what the release's last trial imported, '' where none is known. */
export async function layOutImported(world: World, release: string): Promise<void> {
  const kept = (await world.files.readKept(fileOf(world, release), MOST_BYTES)) ?? ''
  await world.files.write(path.join(world.paths.context, 'imported/imported.txt'), importedFiles(kept).join('\n'))
}

/** Keeps what a trial told for the next one. */
export async function keepImported(world: World, release: string, told: string): Promise<void> {
  const list = importedFiles(told).join('\n')
  if ((await world.files.readKept(fileOf(world, release), MOST_BYTES)) !== list) await world.files.write(fileOf(world, release), list)
}

function fileOf(world: World, release: string): string {
  return inWheelhouse(world, SHELF.imported, `${release}.txt`)
}
