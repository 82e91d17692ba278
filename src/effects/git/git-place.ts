import { lstat, readFile, realpath, stat } from 'node:fs/promises'
import path from 'node:path'
import { UserError } from '../../errors.ts'
import { isBelow } from '../../text/paths.ts'

/**
 * Whether what git takes for a folder's repository is its own: a `.git` that is a file or a link may lead to any
 * repository of this machine, whose tags, commits and file names would then be told. A repository elsewhere counts
 * where it points back: that of a worktree by its file `gitdir`, that of a submodule by `core.worktree`.
 * @param found what git says: its folder for this checkout, and the one that all its worktrees share; absolute
 * @param worktree tells the repository's `core.worktree`, where it has one
 * @throws UserError that names the folder and where its `.git` leads
 * @see https://git-scm.com/docs/gitrepository-layout
 */
export async function checkOwn(
  folder: string,
  found: { own: string; common: string },
  worktree: () => Promise<string | undefined>,
): Promise<void> {
  const top = await topOf(await realpath(folder))
  const [own, common] = await Promise.all([realpath(found.own), realpath(found.common)])
  if (isBelow(own, top) && isBelow(common, top)) return
  const dotGit = path.join(top, '.git')
  if (isBelow(own, path.join(common, 'worktrees'))) {
    const back = await readFile(path.join(own, 'gitdir'), 'utf8').catch(() => '')
    if (await same(path.resolve(own, back.trim()), dotGit)) return
  }
  const named = own === common ? await worktree() : undefined
  if (named !== undefined && (await same(path.resolve(own, named), top))) return
  throw new UserError(
    'project',
    `${dotGit} leads to ${own}, a repository that does not name this folder`,
    `Check the project out by git, or run: git --git-dir ${own} config core.worktree ${top}`,
  )
}

/** An answer about a folder's repository is given again as long as its `.git` is what it was: finding it takes a program. */
export function remembering(find: (folder: string) => Promise<boolean>): (folder: string) => Promise<boolean> {
  const found = new Map<string, Promise<boolean>>()
  return async (folder) => {
    const print = await placePrint(folder)
    const key = `${folder} ${print}`
    const answer = found.get(key) ?? find(folder)
    if (print) found.set(key, answer)
    return answer
  }
}

/** What a folder's `.git` is: another one, or one with another entry, has another word. '' where there is none. */
async function placePrint(folder: string): Promise<string> {
  const dotGit = path.join(await topOf(folder), '.git')
  const found = await lstat(dotGit, { bigint: true }).catch(() => undefined)
  return found ? [dotGit, found.dev, found.ino, found.ctimeNs].join(' ') : ''
}

/** The nearest folder with a `.git`; as git has it, an empty one does not count. */
async function topOf(folder: string): Promise<string> {
  for (let at = folder; ; at = path.dirname(at)) {
    const dotGit = path.join(at, '.git')
    const there = await lstat(dotGit).catch(() => undefined)
    if (there && (!there.isDirectory() || (await stat(path.join(dotGit, 'HEAD')).catch(() => undefined)))) return at
    if (path.dirname(at) === at) return folder
  }
}

async function same(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all([one, other].map((at) => realpath(at).catch(() => undefined)))
  return a !== undefined && a === b
}
