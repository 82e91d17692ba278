import path from 'node:path'
import type { World } from '../world.ts'

/** Bytes: paths that a link holds are shorter. */
const LONGEST = 300

/**
 * Links that lie in the checkout as files with the path as their text: git makes these where `core.symlinks` is false,
 * and archives that know no links. Looked for beside modules, where a link stands for a package.
 * @param paths of the project's files @returns path and text of each
 * @see https://git-scm.com/docs/git-config#Documentation/git-config.txt-coresymlinks
 */
export async function textLinks(world: World, paths: readonly string[]): Promise<readonly { file: string; leads: string }[]> {
  const packages = new Set(paths.filter((file) => path.basename(file) === '__init__.py').map((file) => path.dirname(file)))
  const found: { file: string; leads: string }[] = []
  for (const file of paths) {
    if (!/^\w+$/.test(path.basename(file)) || !packages.has(path.dirname(file))) continue
    const leads = await linkIn(world, path.join(world.paths.project, file))
    if (leads !== undefined) found.push({ file, leads })
  }
  return found
}

/** What a file would lead to, if it were the link that its text says. */
async function linkIn({ files, context }: World, file: string): Promise<string | undefined> {
  if (await files.isLink(file)) return undefined
  const text = await files.readInside(context.workspace, file, LONGEST).catch(() => undefined) // longer, or no text: no path of a link
  if (!text || !/^\.\.?\/[\w./@+-]+$/.test(text.trimEnd())) return undefined
  return (await files.exists(path.resolve(path.dirname(file), text.trimEnd()))) ? text.trimEnd() : undefined
}
