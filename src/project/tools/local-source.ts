import path from 'node:path'
import { decoded, readAddress, type Source } from '../locks/pins.ts'
import { readRequirement } from '../requirements/requirement.ts'

/** Where the source of the project lies in the stage that builds its wheel: backends write it into METADATA. */
export const SOURCE_AT = '/srv/source'

/** Where the repository of a project lies in that stage, where building reads above the project. */
export const REPOSITORY_AT = '/srv/repository'

/** Where the stage `lock` sees wheels and sdists of the workspace. */
export const FILES_AT = '/srv/files'

/** A source that is no file of an index; `workspace` is to be found among uv's workspace members. */
export type LocalSource = Exclude<Source, { kind: 'archive' }> | { readonly kind: 'workspace' }

/**
 * The folder or repository that a requirement line names (`billing @ file:///srv/source/../billing`, `x @ git+https://…`).
 * @returns its name and source, a folder relative to the project's (or to that of the repository, `ofTop`); undefined for a requirement of an index or an archive
 */
export function directSource(
  line: string,
): { readonly name: string; readonly source: Exclude<LocalSource, { kind: 'workspace' }>; readonly ofTop?: true } | undefined {
  if (!/@\s*(file:|git\+|\.{0,2}\/)/.test(line)) return undefined
  const { name, url = '' } = readRequirement(line)
  const source = readAddress(url)
  if (source.kind === 'archive') return undefined
  if (source.kind === 'git') return { name, source }
  const { place, ofTop } = placeOf(decoded(source.path))
  return { name, source: { kind: 'directory', path: place }, ...(ofTop && { ofTop }) }
}

/** A path as build stages see it, relative to the project's folder, or to that of the repository. */
export function placeOf(seen: string): { readonly place: string; readonly ofTop?: true } {
  const at = path.posix.resolve(SOURCE_AT, seen)
  if (at.startsWith(`${REPOSITORY_AT}/`)) return { place: path.posix.relative(REPOSITORY_AT, at), ofTop: true }
  return { place: path.posix.relative(SOURCE_AT, at) || '.' }
}

/**
 * Requirement lines in which packages that have a source are named by it.
 * @param places name to address: of a folder where the resolving stage sees it
 */
export function withSources(lines: readonly string[], places: ReadonlyMap<string, string>): readonly string[] {
  if (places.size === 0) return lines
  const named = new Set<string>()
  const rewritten = lines.map((line) => {
    if (!/^\s*[A-Za-z0-9]/.test(line)) return line
    const { name, extras, marker } = readRequirement(line)
    const place = places.get(name)
    if (place === undefined) return line
    named.add(name)
    return `${name}${extras.length > 0 ? `[${extras.join(',')}]` : ''} @ ${place}${marker ? ` ; ${marker}` : ''}`
  })
  const others = [...places].filter(([name]) => !named.has(name)).map(([name, place]) => `${name} @ ${place}`)
  return [...rewritten, ...others]
}
