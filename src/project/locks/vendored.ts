import { holds, type MarkerEnvironment } from '../marker.ts'
import { normalizeName } from '../names.ts'
import { type Table, tableAt, textAt } from '../toml.ts'
import { isArchive, readAddress, type Source } from './lock-file.ts'

/**
 * The place of a line that names no package (paths are relative to where pip runs, the project's folder):
 * `./core[extra]`, `git+https://…`, `https://…`.
 */
export function placeIn(line: string): string | undefined {
  const place = (line.split(/\s/)[0] ?? '').replace(/\[[^\]]*\]$/, '')
  const isPath = /^(?:[a-z+]+:\/\/|file:|git\+|\.{0,2}[/\\])/.test(place) || place === '.' || place === '..' || isArchive(place)
  return isPath ? place : undefined
}

/** The wheel or sdist that a requirement line names by its path: `./vendor/x-1.whl`, `x @ file:vendor/x-1.zip`. */
export function vendoredIn(line: string): string | undefined {
  const place = placeIn(line) ?? /^[\w.-]+\s*(?:\[[^\]]*\])?\s*@\s*(\S+)/.exec(line)?.[1]
  return place === undefined ? undefined : vendoredAt(readAddress(place))
}

/** Packages whose wheel or sdist `[tool.uv.sources]` names by a path: normalised name to that path. */
export function vendoredSources(pyproject: Table, environment: MarkerEnvironment): ReadonlyMap<string, string> {
  const written = Object.entries(tableAt(pyproject, 'tool', 'uv', 'sources'))
  return new Map(
    written.flatMap(([name, source]) =>
      [source].flat().flatMap((one) => {
        const file = vendoredAt(readAddress(textAt(one as Table, 'path') ?? ''))
        const counts = file !== undefined && holds(textAt(one as Table, 'marker') ?? '', environment, { extras: [], groups: [] })
        return !counts ? [] : [[normalizeName(name), file] as const]
      }),
    ),
  )
}

/** @returns the path, where the source is a file of this machine */
export function vendoredAt(source: Source | undefined): string | undefined {
  return source?.kind === 'archive' && !/^(?:https?|ftp):/.test(source.url) ? source.url : undefined
}
