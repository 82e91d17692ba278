import path from 'node:path'
import { listed } from '../../../text/words.ts'
import type { World } from '../../world.ts'

/** For people who develop: an image can do without. */
const ASIDE = /(^|\/)(tests?|testing|docs?|examples?|\.[^/]+)(\/|$)/i

/**
 * Names links that lead nowhere, or out of the workspace: in a build and in the image they lead to nothing.
 * @param paths of the project's files
 */
export async function tellDeadLinks(world: World, paths: readonly string[]): Promise<void> {
  const dead: string[] = []
  for (const file of paths.filter((one) => !ASIDE.test(one))) {
    const at = path.join(world.paths.project, file)
    if ((await world.files.isLink(at)) && !(await leadsInside(world, at))) dead.push(file)
  }
  const [first, ...more] = dead
  if (first === undefined) return
  const link = more.length > 0 ? `are links that lead` : `is a link that leads`
  world.log.notice(`${listed(dead, 5)} ${link} nowhere, or out of the workspace: nothing is there in a build and in the image.`)
}

async function leadsInside({ files, context }: World, at: string): Promise<boolean> {
  if ((await files.status(at).catch(() => undefined)) === undefined) return false
  return files.checkInside(context.workspace, at).then(
    () => true,
    () => false,
  )
}
