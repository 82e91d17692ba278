import path from 'node:path'
import { UserError } from '../../errors.ts'
import { normalizeName } from '../../project/names.ts'
import { TEXT_SIZE } from '../../project/text-size.ts'
import { readToml, tableAt, textAt, textsAt } from '../../project/toml.ts'
import { fits, isMember, type Member, type Placed, workspaceOf } from '../../project/tools/uv-workspace.ts'
import type { World } from '../world.ts'

/** Files below a folder, the workspace of the run or a repository that was fetched; nothing above it is read. */
export interface Reader {
  readonly files: Pick<World['files'], 'readInside' | 'checkInside' | 'list'>
  /** Absolute. */
  readonly top: string
}

/** A project with the root of its uv workspace. @param folder absolute */
export async function readMember(reader: Reader, folder: string): Promise<Member> {
  const own = await place(reader, folder)
  const root = await rootOf(reader, folder)
  const uvToml = own ? own.uvToml : await uvTomlIn(reader, folder)
  return { pyproject: own?.pyproject ?? {}, uvToml, folder, root: root?.folder === folder ? undefined : root }
}

/**
 * The root of the workspace that a folder is a member of: the nearest one above decides, as with uv.
 * @see https://docs.astral.sh/uv/concepts/projects/workspaces/
 */
async function rootOf(reader: Reader, folder: string): Promise<Placed | undefined> {
  for (let at = folder; !path.relative(reader.top, at).startsWith('..'); at = path.dirname(at)) {
    const found = await place(reader, at)
    const workspace = found && workspaceOf(found.pyproject)
    if (found && workspace) return isMember(workspace, path.relative(at, folder).split(path.sep).join('/')) ? found : undefined
  }
  return undefined
}

async function place(reader: Reader, folder: string): Promise<Placed | undefined> {
  const text = await reader.files.readInside(reader.top, path.join(folder, 'pyproject.toml'), TEXT_SIZE)
  const file = path.join(path.relative(reader.top, folder), 'pyproject.toml')
  return text === undefined ? undefined : { pyproject: readToml(file, text), uvToml: await uvTomlIn(reader, folder), folder }
}

async function uvTomlIn(reader: Reader, folder: string): Promise<Placed['uvToml']> {
  const at = path.join(folder, 'uv.toml')
  const text = await reader.files.readInside(reader.top, at, TEXT_SIZE)
  return text === undefined ? undefined : readToml(path.relative(reader.top, at), text)
}

/**
 * The folder of a member of the uv workspace that a folder belongs to; the root is one of them.
 * @throws UserError where it has no such member
 */
export async function memberFolder(reader: Reader, base: string, name: string): Promise<string> {
  const root = await rootOf(reader, base)
  const workspace = root && workspaceOf(root.pyproject)
  if (root && workspace) {
    if (named(root.pyproject) === name) return root.folder
    for (const pattern of textsAt(workspace, 'members') ?? []) {
      for (const folder of await foldersOf(reader, root.folder, pattern)) {
        if (!isMember(workspace, path.relative(root.folder, folder).split(path.sep).join('/'))) continue
        const member = await place(reader, folder)
        if (member && named(member.pyproject) === name) return folder
      }
    }
  }
  throw new UserError(
    'project',
    `${name} is a member of no workspace`,
    'Check members and exclude of [tool.uv.workspace] in the pyproject.toml above.',
  )
}

function named(pyproject: Placed['pyproject']): string {
  return normalizeName(textAt(tableAt(pyproject, 'project'), 'name') ?? '')
}

/** Folders that a pattern such as `packages/*` names; `**` is looked for three folders deep. */
async function foldersOf(reader: Reader, root: string, pattern: string): Promise<readonly string[]> {
  let folders: readonly string[] = [root]
  for (const part of pattern.split('/').filter((piece) => piece !== '' && piece !== '.')) {
    if (part === '**') {
      const levels = [folders]
      for (let depth = 0; depth < 3; depth++) levels.push(await inside(reader, levels[depth] ?? [], '*'))
      folders = levels.flat()
    } else folders = /[*?[]/.test(part) ? await inside(reader, folders, part) : folders.map((folder) => path.join(folder, part))
  }
  return folders
}

async function inside(reader: Reader, folders: readonly string[], part: string): Promise<readonly string[]> {
  const lists = await Promise.all(
    folders.map(async (folder) => {
      await reader.files.checkInside(reader.top, folder)
      const entries = await reader.files.list(folder)
      return entries.filter((entry) => fits(part, entry) && !/^(\.|node_modules$)/.test(entry)).map((entry) => path.join(folder, entry))
    }),
  )
  return lists.flat()
}
