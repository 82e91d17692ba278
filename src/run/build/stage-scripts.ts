import path from 'node:path'
import { fingerprint } from '../../plan/fingerprint.ts'
import type { World } from '../world.ts'

/** Hash over the scripts that a stage mounts: a change of ours is a change of the image. */
export async function scriptsPrint(world: World, ...stages: string[]): Promise<string> {
  const prints: Record<string, string> = {}
  for (const stage of stages) {
    for (const name of await world.files.list(path.join(world.paths.stages, stage))) {
      prints[`${stage}/${name}`] = await world.files.sha256(path.join(world.paths.stages, stage, name))
    }
  }
  return fingerprint(prints)
}

/** A script of a stage, as text: what a container is given on its standard input. */
export async function stageScript(world: World, stage: string, name: string): Promise<string> {
  const text = await world.files.read(path.join(world.paths.stages, stage, name))
  if (text === undefined) throw new Error(`stages/${stage}/${name} is missing`)
  return text
}

/** Hash of our own bundle, which stands beside the scripts: another version judges otherwise. '' where there is none. */
export async function codePrint({ files, paths }: World): Promise<string> {
  const bundles = ['index.js', 'cli/index.js'].map((name) => path.join(paths.stages, '..', name))
  const prints = await Promise.all(bundles.map(async (file) => ((await files.exists(file)) ? files.sha256(file) : '')))
  return prints.join(' ').trim()
}
