import path from 'node:path'
import type { SourceFile } from '../../effects/ports.ts'
import { UserError } from '../../errors.ts'
import type { ReadsAbove } from '../../project/layout/reads-above.ts'
import type { World } from '../world.ts'

/**
 * What git tracks above a project, for a build that reads there: whoever clones the repository has it too.
 * @param at `folder` of the project, below `top`, that of the repository; absolute
 * @returns files relative to `top`; undefined where building reads nothing above
 * @throws UserError where what it names is not tracked
 */
export async function filesAbove(
  world: World,
  at: { readonly folder: string; readonly top: string },
  reads: ReadsAbove | undefined,
): Promise<readonly SourceFile[] | undefined> {
  if (!reads) return undefined
  const own = placeInRepository(at)
  const tracked = (await world.git.tracked(at.top)).filter((file) => !file.startsWith(`${own}/`))
  const named = reads.place === undefined ? undefined : path.posix.join(own, reads.place.split(/[*?[]/)[0] ?? '')
  const isThere = (place: string) => tracked.some((file) => file === place || file.startsWith(place.replace(/\/*$/, '/')))
  if (named !== undefined && !reads.maybe && !isThere(named)) throw untracked(own, reads, named)
  const what = reads.place === undefined ? 'reads above its folder' : `names ${reads.place}`
  world.log.info(`  what git tracks above ${own} is there for its wheel, as ${reads.by} ${what}`)
  return world.source.chosen(at.top, tracked)
}

/** Where a project lies in its repository. */
export function placeInRepository({ folder, top }: { readonly folder: string; readonly top: string }): string {
  return path.relative(top, folder).split(path.sep).join('/')
}

function untracked(own: string, { by, place }: ReadsAbove, named: string): UserError {
  const outside = named === '..' || named.startsWith('../')
  return new UserError(
    'project',
    `${own}/${by} names ${place}, ${outside ? 'which lies outside the workspace' : 'which git does not track'}: of what lies above the input path, a build has what git tracks`,
    outside ? 'Check out the repository that holds it, and set path to the project in it.' : `Commit ${named}, or move it into ${own}.`,
  )
}
