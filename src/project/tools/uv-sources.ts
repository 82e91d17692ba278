import { UserError } from '../../errors.ts'
import { isArchive, readAddress, readGit, readPath } from '../locks/pins.ts'
import { normalizeName } from '../names.ts'
import { type Chosen, holds, type MarkerEnvironment } from '../requirements/marker.ts'
import { type Table, tableAt, textAt } from '../toml.ts'
import type { LocalSource } from './local-source.ts'
import { type Member, uvOf } from './uv-workspace.ts'

/** Where a requirement comes from, as [tool.uv.sources] says it. */
export type UvSource =
  /** @param base absolute: what its path is relative to */
  | { readonly kind: 'local'; readonly source: LocalSource; readonly base: string }
  | { readonly kind: 'address'; readonly url: string }
  /** A wheel or sdist of the workspace. @param base absolute: what its path is relative to */
  | { readonly kind: 'file'; readonly path: string; readonly base: string }
  | { readonly kind: 'index'; readonly index: string }

/** What decides which of several sources counts. */
export interface SourceChoice {
  readonly environment: MarkerEnvironment
  /** Extras and groups that are installed. */
  readonly chosen: Chosen
}

/**
 * The sources that count for a project here, by normalised name; those of the workspace's root where it has none of
 * its own. A name whose sources are all for other machines, extras or groups has none: it comes from an index, as with uv.
 * @returns a function that gives one, so that only a source that is wanted can be an error
 * @throws UserError (of that function) where it cannot be followed: an index must not answer in its place
 * @see https://docs.astral.sh/uv/concepts/projects/dependencies/#dependency-sources
 */
export function uvSources(member: Member, choice: SourceChoice): (name: string) => UvSource | undefined {
  const places = [member, ...(member.root ? [member.root] : [])].map(({ pyproject, folder }) => ({
    folder,
    sources: new Map(
      Object.entries(tableAt(pyproject, 'tool', 'uv', 'sources')).map(([name, written]) => [
        normalizeName(name),
        (Array.isArray(written) ? written : [written]) as readonly Table[],
      ]),
    ),
  }))
  return (name) => {
    const place = places.find(({ sources }) => sources.has(name))
    const entry = place?.sources.get(name)?.find((written) => counts(written, choice))
    return place && entry ? read(name, entry, place.folder) : undefined
  }
}

function counts(written: Table, { environment, chosen }: SourceChoice): boolean {
  const among = (key: string, names: readonly string[]) => {
    const name = textAt(written, key)
    return name === undefined || names.map(normalizeName).includes(normalizeName(name))
  }
  return holds(textAt(written, 'marker') ?? '', environment, chosen) && among('extra', chosen.extras) && among('group', chosen.groups)
}

function read(name: string, written: Table, base: string): UvSource | undefined {
  const [git, folder, url, index] = ['git', 'path', 'url', 'index'].map((key) => textAt(written, key))
  const subdirectory = textAt(written, 'subdirectory')
  const local = (source: LocalSource): UvSource => ({ kind: 'local', source, base })
  if (written.workspace === true) return local({ kind: 'workspace' })
  if (written.workspace === false) return undefined
  if (git) {
    const revision = textAt(written, 'rev') ?? textAt(written, 'tag') ?? textAt(written, 'branch') ?? ''
    return local({ ...readGit(git), revision, ...(subdirectory ? { subdirectory } : {}) })
  }
  if (url) return { kind: 'address', url: subdirectory ? `${url}#subdirectory=${subdirectory}` : url }
  if (index) return { kind: 'index', index }
  if (folder === undefined) throw unfollowed(name, `{ ${Object.keys(written).join(', ')} }`)
  if (isArchive(folder)) return { kind: 'file', path: readPath(folder), base }
  const source = readAddress(folder)
  if (source.kind !== 'directory') throw unfollowed(name, `the file ${folder}`)
  return local(source)
}

function unfollowed(name: string, what: string): UserError {
  return new UserError(
    'project',
    `[tool.uv.sources] says that ${name} comes from ${what}, which is not followed; another ${name} of an index is not taken in its place`,
    'Name a folder, a repository, the address of a file or an index, or commit a uv.lock.',
  )
}

/**
 * What building requires comes from an index alone, and none may answer in the place of a source.
 * @param requires lines of [build-system] (PEP 518)
 */
export function unfollowedForBuilds(member: Member, requires: readonly string[]): UserError | undefined {
  const named = new Set(Object.keys(uvOf(member).sources).map(normalizeName))
  const names = requires.map((line) => normalizeName(/^\s*([\w.-]+)/.exec(line)?.[1] ?? '')).filter((name) => named.has(name))
  if (names.length === 0) return undefined
  return new UserError(
    'project',
    `[tool.uv.sources] says where ${names.join(', ')} comes from, which [build-system] of ${textAt(tableAt(member.pyproject, 'project'), 'name') ?? 'the project'} requires: that is not followed, and an index must not answer in its place`,
    'Put it on an index that extra-index-urls names, and take its source away.',
  )
}
