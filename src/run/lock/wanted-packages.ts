import { normalizeName } from '../../project/names.ts'
import { holds } from '../../project/requirements/marker.ts'
import { readRequirement } from '../../project/requirements/requirement.ts'
import { placeIn, vendoredIn } from '../../project/requirements/vendored-paths.ts'
import { sourcedNames, sourcesOf } from '../../project/tools/dependency-sources.ts'
import { directSource, type LocalSource, placeOf } from '../../project/tools/local-source.ts'
import type { SourceChoice } from '../../project/tools/uv-sources.ts'
import type { Member } from '../../project/tools/uv-workspace.ts'
import type { NamedPlace } from './vendored-files.ts'

/** What is wanted: by name where that is known, from a source named by a file in `base`. */
export interface WantedLocal {
  readonly name: string
  readonly source: LocalSource
  /** Absolute. */
  readonly base: string
  /** That are required of it, normalised. */
  readonly extras?: readonly string[]
  /** The repository that `base` is in, where it is not in the workspace. */
  readonly within?: Fetched
}

export interface Fetched {
  readonly top: string
  /** As people know it. */
  readonly from: string
  /** As it was asked for. */
  readonly revision: string
}

/** What requirements want that an index alone cannot tell. */
export interface Wants {
  readonly locals: readonly WantedLocal[]
  /** Of files, by normalised name. */
  readonly addresses: ReadonlyMap<string, string>
  /** Wheels and sdists of the workspace, by normalised name. */
  readonly files: ReadonlyMap<string, NamedPlace>
  /** Lines for which an index is named. */
  readonly indexed: readonly { readonly line: string; readonly name: string; readonly index: string }[]
}

/** Where files say that packages come from which they do not require here, by normalised name. */
export interface PlacesBeside {
  readonly locals: ReadonlyMap<string, WantedLocal>
  readonly files: ReadonlyMap<string, NamedPlace>
  readonly addresses: ReadonlyMap<string, string>
}

export const NOTHING_BESIDE: PlacesBeside = { locals: new Map(), files: new Map(), addresses: new Map() }

/** Who wants it. */
interface Wanting {
  /** Whose pyproject.toml, and that of its workspace's root, names the sources. */
  readonly member: Member
  readonly choice: SourceChoice
  /** The repository that it is in, where that is not the workspace. */
  readonly within?: Fetched
  /** Nothing above it is read. Absolute. */
  readonly top: string
  /** As people know it. */
  readonly from: string
  /** What no source of its own tells. */
  readonly beside?: PlacesBeside
}

/**
 * What requirement lines want that an index alone cannot tell.
 * @throws UserError for a source that cannot be followed of something that is required here
 */
export function wantedBy(lines: readonly string[], { member, choice, within, top, from, beside }: Wanting): Wants {
  const sourced = sourcedNames(member)
  const sourceOf = sourcesOf(member, choice)
  const locals: WantedLocal[] = []
  const addresses = new Map<string, string>()
  const files = new Map<string, NamedPlace>()
  const indexed: { line: string; name: string; index: string }[] = []
  for (const line of lines) {
    const common = { ...(within && { within }) }
    const name = normalizeName(/^\s*([A-Za-z0-9][\w.-]*)/.exec(line)?.[1] ?? '')
    const direct = directSource(line)
    const file = placeIn(line) === undefined ? vendoredIn(line) : undefined
    const said = { local: beside?.locals.get(name), file: beside?.files.get(name), url: beside?.addresses.get(name) }
    if (!name || (!direct && !file && !sourced.has(name) && !said.local && !said.file && !said.url)) continue
    const { marker, extras, url } = readRequirement(line)
    if (!holds(marker, choice.environment, choice.chosen)) continue
    const found = sourced.has(name) ? sourceOf(name) : undefined // before what a backend has made of its path
    if (!found && direct) locals.push({ name, source: direct.source, ...common, base: direct.ofTop ? top : member.folder, extras })
    if (found?.kind === 'local') locals.push({ name, source: found.source, base: found.base, extras, ...common })
    else if (found?.kind === 'file') files.set(name, { place: found.path, base: found.base, top, by: from })
    else if (found?.kind === 'address') addresses.set(name, found.url)
    else if (found) indexed.push({ line, name, index: found.index })
    else if (file) {
      const { place, ofTop } = placeOf(file)
      files.set(name, { place, base: ofTop ? top : member.folder, top, by: from })
    } else if (!direct && said.local) locals.push({ ...said.local, extras })
    else if (!direct && said.file) files.set(name, said.file)
    else if (said.url && url === undefined) addresses.set(name, said.url)
  }
  return { locals, addresses, files, indexed }
}
