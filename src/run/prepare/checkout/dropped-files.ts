import path from 'node:path'
import { listed } from '../../../text/words.ts'
import type { World } from '../../world.ts'

/** What nobody misses in a build: settings of tools and secrets, which begin with a dot, tests and documentation. */
const ASIDE =
  /(^|\/)(tests?|testing|docs?|examples?|\.[^/]+)(\/|$)|\.py[co]$|\.egg-info\/|(^|\/)(id_(rsa|dsa|ecdsa|ed25519)|gha-creds-[^/]*\.json)$/i
/** Byte code without its source is all that there is of a module. */
const BYTE_CODE = /^(?!.*(^|\/)(__pycache__|tests?)\/).*\.py[co]$/

/**
 * Tracked files that no build gets, as their folders are those of tools: node_modules, environments, what setuptools leaves
 * behind. Whoever commits them may mean them.
 * @param tracked by git, relative to the project's folder @param sent paths of the project's files
 */
export function droppedOf(tracked: readonly string[], sent: readonly string[]): readonly string[] {
  const known = new Set(sent)
  const folders = new Set(sent.flatMap((file) => file.split('/').map((_, i, parts) => parts.slice(0, i).join('/'))))
  return tracked.filter((file) => {
    if (known.has(file) || folders.has(file)) return false
    return BYTE_CODE.test(file) ? !known.has(file.replace(/[co]$/, '')) : !ASIDE.test(file)
  })
}

/** Names those of the project that are there. @param sent paths of its files, and of those left out as secrets */
export async function tellDropped(world: World, sent: readonly string[]): Promise<void> {
  const { project } = world.paths
  const dropped = droppedOf(await world.git.tracked(project), sent)
  if (dropped.length === 0) return
  const submodules = new Set(await world.git.submodules(project))
  const gone: string[] = []
  for (const file of dropped) {
    if (!submodules.has(file) && (await world.files.exists(path.join(project, file)))) gone.push(file)
  }
  if (gone.length === 0) return
  world.log.notice(
    `Tracked by git and in no build, as folders of this name are made by tools: ${listed(gone, 3)}. If the image needs them, rename the folder.`,
  )
}
