import path from 'node:path'
import { UserError } from '../../errors.ts'
import { listed } from '../../text/words.ts'
import { memberFolder } from '../prepare/workspace-members.ts'
import type { World } from '../world.ts'
import type { Fetched, WantedLocal } from './wanted-packages.ts'

export interface Located {
  /** Absolute. */
  readonly folder: string
  readonly from: string
  /** The repository that it is in, where that was fetched. */
  readonly within?: Fetched
}

export async function locate(world: World, { name, source, base, within }: WantedLocal): Promise<Located> {
  if (source.kind === 'git') {
    const to = path.join(world.paths.temp, 'git', name || path.basename(source.url, '.git'))
    if (/^file:/i.test(source.url) && (within || world.context.foreignHead)) throw notFromHere(name, source.url, within)
    const revision = await world.git.fetch(source.url, source.revision, to)
    const from = `git+${source.url}@${revision.slice(0, 12)}`
    const folder = path.join(to, source.subdirectory ?? '')
    await world.files.checkInside(to, folder)
    const kept = await world.git.keptByLfs(folder)
    if (kept.length > 0) world.log.warning(pointers(name, kept))
    return { folder, from, within: { top: to, from, revision: source.revision } }
  }
  const top = within?.top ?? world.context.workspace
  const folder = source.kind === 'directory' ? path.resolve(base, source.path) : await memberFolder({ files: world.files, top }, base, name)
  const inside = path.relative(top, folder) || '.'
  if (inside === '..' || inside.startsWith(`..${path.sep}`)) {
    throw new UserError(
      'project',
      `${name || 'a package'} is required from ${source.kind === 'directory' ? source.path : folder}, outside ${within?.from ?? 'the workspace'}`,
      'Check out what it needs below the workspace.',
    )
  }
  const from = within ? `${within.from}#subdirectory=${inside}` : inside
  await world.files.checkInside(top, folder)
  if (await world.files.exists(folder)) return { folder, from, ...(within && { within }) }
  throw new UserError(
    'project',
    `${name || from} is required from ${from}, which is not there`,
    'Fix the path, or check it out (submodules: true?).',
  )
}

/** Who may name a repository of this machine: the project itself, where its author is not a stranger. */
export function notFromHere(name: string, url: string, within: Fetched | undefined): UserError {
  const by = within ? `by ${within.from}` : 'in a pull request of a fork'
  return new UserError('project', `${name} is required ${by} from ${url}, a repository of this machine`, 'Name an https address.')
}

export function pointers(name: string, kept: readonly string[]): string {
  return `${name} gets pointers in the place of ${listed(kept, 1)}: Git LFS is not followed in repositories that are required. Require a wheel or sdist of it, or check it out below the workspace.`
}
