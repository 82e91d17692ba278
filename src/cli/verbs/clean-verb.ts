import path from 'node:path'
import { jsonText } from '../../effects/log/log-line.ts'
import { UserError } from '../../errors.ts'
import { SHELF } from '../../shelf.ts'
import { EXIT } from '../usage.ts'
import type { Job } from './job.ts'

/** Removes the wheelhouse, and only a folder that is one. */
export async function cleanWheelhouse({ world, call, around, log }: Job): Promise<number> {
  const { files, git, paths } = world
  const folder = paths.wheelhouse
  const shown = path.relative(around.cwd, folder) || folder
  await files.checkInside(world.context.workspace, folder)
  const there = await files.exists(folder)
  if (there) {
    const ours = (await files.exists(path.join(folder, SHELF.resolution))) || (await files.exists(path.join(folder, SHELF.local)))
    const [tracked] = await git.tracked(folder)
    const refused = (why: string) => new UserError('clean', `${shown} ${why}`, 'Remove it by hand if it is to go.')
    if (await files.isLink(folder)) throw refused('is a symbolic link')
    if (!ours) throw refused('was not filled by pypackager')
    if (tracked !== undefined) throw refused(`holds files of the repository (${tracked})`)
    await files.remove(folder)
  }
  if (call.json) around.stdout.write(`${jsonText({ removed: there ? shown : null })}\n`)
  else log.info(there ? `${shown} is removed` : `${shown} is not there: nothing to remove`)
  return EXIT.done
}
