import { fitsPath } from '../glob.ts'
import { tablesAt } from '../locks/pins.ts'
import { type Table, tableAt, textAt, textsAt } from '../toml.ts'

/** A pyproject.toml and the absolute folder that its paths are relative to. */
export interface Placed {
  readonly pyproject: Table
  /** The uv.toml beside it. */
  readonly uvToml?: Table | undefined
  readonly folder: string
}

/** A project with the root of the uv workspace that it is a member of. */
export interface Member extends Placed {
  /** Undefined where it is in none, or is the root itself. */
  readonly root: Placed | undefined
}

/** The [tool.uv.workspace] of a root; undefined where it is none. */
export function workspaceOf(pyproject: Table): Table | undefined {
  const uv = tableAt(pyproject, 'tool', 'uv')
  return 'workspace' in uv ? tableAt(uv, 'workspace') : undefined
}

/**
 * Whether a folder is a member of a workspace: a pattern of `members` fits and none of `exclude`. The root always is one.
 * @param folder relative to the root, '' for the root itself
 * @see https://docs.astral.sh/uv/concepts/projects/workspaces/
 */
export function isMember(workspace: Table, folder: string): boolean {
  const named = (key: string) => (textsAt(workspace, key) ?? []).some((pattern) => fits(pattern, folder))
  return folder === '' || (named('members') && !named('exclude'))
}

/** Whether a glob such as `packages/*` fits a path: `*` and `?` stay within a folder, `**` does not. */
export function fits(pattern: string, folder: string): boolean {
  const parts = pattern.split('/').filter((part) => part !== '' && part !== '.')
  return fitsPath(parts, folder.split('/').filter(Boolean))
}

/**
 * Settings of uv in one folder: uv.toml takes the place of what [tool.uv] says of the same, but constraints and overrides,
 * which `uv lock` reads there and `uv pip` here, count together.
 * @see https://docs.astral.sh/uv/concepts/configuration-files/
 */
function settingsOf({ pyproject, uvToml }: Pick<Placed, 'pyproject' | 'uvToml'>): Table {
  const own = tableAt(pyproject, 'tool', 'uv')
  if (!uvToml) return own
  const lists = LISTS.flatMap((key) => {
    const all = [uvToml[key], own[key]].flatMap((list) => (list === undefined ? [] : Array.isArray(list) ? list : [list]))
    return all.length > 0 ? [[key, all] as const] : []
  })
  return { ...own, ...uvToml, ...Object.fromEntries(lists) }
}

const LISTS = ['constraint-dependencies', 'override-dependencies', 'build-constraint-dependencies']

/**
 * The [tool.uv] of a member with what its root says for all: sources and indexes of the member's own come first,
 * and one of the same name hides the root's. Settings of resolving are read from the root alone.
 * @see https://docs.astral.sh/uv/concepts/projects/workspaces/#workspace-sources
 */
export function uvOf({ pyproject, uvToml, root }: Member): {
  readonly sources: Table
  readonly indexes: readonly Table[]
  readonly settings: Table
} {
  const own = root ? tableAt(pyproject, 'tool', 'uv') : settingsOf({ pyproject, uvToml })
  const common = root ? settingsOf(root) : {}
  const indexes = tablesAt(own, 'index')
  const names = new Set(indexes.map((index) => textAt(index, 'name')).filter(Boolean))
  const others = tablesAt(common, 'index').filter((index) => !names.has(textAt(index, 'name')))
  return {
    sources: { ...tableAt(common, 'sources'), ...tableAt(own, 'sources') },
    indexes: [...indexes, ...others],
    settings: root ? common : own,
  }
}
