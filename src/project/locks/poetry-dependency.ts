import { normalizeName } from '../names.ts'
import { readRequirement } from '../requirements/requirement.ts'
import { type Table, textAt, textsAt } from '../toml.ts'
import { conditionOf, entriesOf } from '../tools/poetry-project.ts'
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

/** The dependencies of a table. */
export function readDependencies(reading: Reading, table: Table): readonly PoetryDependency[] {
  return entriesOf(table).map(({ written, entry }) => {
    const [name, version] = [normalizeName(written), textAt(entry, 'version') ?? '*']
    return {
      name,
      extras: (textsAt(entry, 'extras') ?? []).map(normalizeName),
      optional: entry.optional === true,
      // What has no version in the lock comes from a source.
      accepts: (found) => found === '' || accepts(version, found),
      applies: (extras) => applies({ ...reading, selection: { extras, groups: [] } }, name, conditionOf(entry)),
    }
  })
}

/** A PEP 508 line of pyproject.toml, as the same. */
export function readLine(reading: Reading, line: string): PoetryDependency {
  const { name, extras, specifier, marker } = readRequirement(line)
  return {
    name,
    extras,
    optional: false,
    accepts: (version) => rangeAccepts(specifier, version),
    applies: (wanted) => applies({ ...reading, selection: { extras: wanted, groups: [] } }, name, marker),
  }
}
