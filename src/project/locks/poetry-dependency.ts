import { normalizeName } from '../names.ts'
import { readRequirement } from '../requirements/requirement.ts'
import { type Table, textAt, textsAt } from '../toml.ts'
import type { Demand } from './graph.ts'
import { applies, type Reading } from './pins.ts'
import { accepts } from './poetry-constraint.ts'
import { rangeAccepts } from './range.ts'

/** A dependency as Poetry writes it, in its lock as in pyproject.toml. */
export interface PoetryDependency extends Demand {
  readonly optional: boolean
  /** Whether it counts in this environment. */
  readonly applies: (extras: readonly string[]) => boolean
}

/**
 * The dependencies of a table `name = "^1.2"`, `name = {version = "^1.2", markers = "…"}` or a list of such.
 * @see https://python-poetry.org/docs/dependency-specification/
 */
export function readDependencies(reading: Reading, table: Table): readonly PoetryDependency[] {
  return Object.entries(table)
    .filter(([name]) => name !== 'python')
    .flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).map((one) => readDependency(reading, name, one)))
}

function readDependency(reading: Reading, key: string, value: unknown): PoetryDependency {
  const entry = (typeof value === 'object' && value !== null ? value : { version: String(value) }) as Table
  const name = normalizeName(key)
  const version = textAt(entry, 'version') ?? '*'
  const python = textAt(entry, 'python') ?? '*'
  const platform = textAt(entry, 'platform')
  return {
    name,
    extras: (textsAt(entry, 'extras') ?? []).map(normalizeName),
    optional: entry.optional === true,
    // What has no version in the lock comes from a source.
    accepts: (found) => found === '' || accepts(version, found),
    applies: (extras) =>
      accepts(python, reading.environment.python_full_version ?? '') &&
      (platform === undefined || isPlatform(platform, reading.environment.sys_platform ?? '')) &&
      applies(reading, name, textAt(entry, 'markers'), { extras, groups: [] }),
  }
}

/** `linux`, `!=win32` or `linux || darwin`. */
function isPlatform(wanted: string, platform: string): boolean {
  return wanted
    .split(/\|\|?/)
    .map((one) => one.trim())
    .some((one) => (one.startsWith('!=') ? one.slice(2).trim() !== platform : one.replace(/^==?/, '').trim() === platform))
}

/** A PEP 508 line of pyproject.toml, as the same. */
export function readLine(reading: Reading, line: string): PoetryDependency {
  const { name, extras, specifier, marker } = readRequirement(line)
  return {
    name,
    extras,
    optional: false,
    accepts: (version) => rangeAccepts(specifier, version),
    applies: (wanted) => applies(reading, name, marker, { extras: wanted, groups: [] }),
  }
}
