import { withoutExtras } from '../cuts.ts'
import { isArchive, readAddress, type Source } from '../locks/pins.ts'

/**
 * The place of a line that names no package (paths are relative to where pip runs, the project's folder):
 * `./core[extra]`, `git+https://…`, `https://…`.
 */
export function placeIn(line: string): string | undefined {
  const place = withoutExtras(line.split(/\s/)[0] ?? '').before
  const isPath = /^(?:[a-z+]+:\/\/|file:|git\+|\.{0,2}[/\\])/.test(place) || place === '.' || place === '..' || isArchive(place)
  return isPath ? place : undefined
}

/** The wheel or sdist that a requirement line names by its path: `./vendor/x-1.whl`, `x @ file:vendor/x-1.zip`. */
export function vendoredIn(line: string): string | undefined {
  const place = placeIn(line) ?? /^[\w.-]+\s*(?:\[[^\]]*\]\s*)?@\s*(\S+)/.exec(line)?.[1]
  return place === undefined ? undefined : vendoredAt(readAddress(place))
}

/** @returns the path, where the source is a file of this machine */
export function vendoredAt(source: Source | undefined): string | undefined {
  return source?.kind === 'archive' && !/^(?:https?|ftp):/.test(source.url) ? source.url : undefined
}
