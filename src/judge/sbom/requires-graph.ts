import { parseMetadata } from '../../project/metadata.ts'
import { normalizeName } from '../../project/names.ts'
import { holds, type MarkerEnvironment } from '../../project/requirements/marker.ts'
import { type Requirement, readRequirement } from '../../project/requirements/requirement.ts'

/** Names of distributions to the names that they require, all normalised and all installed. */
export type RequiresGraph = ReadonlyMap<string, readonly string[]>

/** The project, and where it is installed. */
interface Root {
  readonly name: string
  /** Wanted of it. */
  readonly extras: readonly string[]
  readonly environment: MarkerEnvironment
}

/**
 * Which installed distribution requires which, by their metadata: markers judged for the image, and
 * extras as far as somebody asks for them.
 * @param metadata headers of METADATA files
 */
export function requiresGraph(metadata: readonly string[], { name: root, extras, environment }: Root): RequiresGraph {
  const requires = new Map(metadata.map(parseMetadata).map(({ name, requires: lines }) => [normalizeName(name), lines.flatMap(read)]))
  const wanted = new Map<string, Set<string>>([...requires.keys()].map((name) => [name, new Set<string>()]))
  for (const extra of extras) wanted.get(normalizeName(root))?.add(extra)
  const applying = (name: string) =>
    (requires.get(name) ?? []).filter((requirement) => applies(requirement, environment, [...(wanted.get(name) ?? [])]))
  // A requirement may ask for an extra, which has requirements that ask for more: until nothing is new.
  for (let before = -1, count = 0; before !== count; ) {
    before = count
    for (const name of requires.keys())
      for (const requirement of applying(name)) for (const extra of requirement.extras) wanted.get(requirement.name)?.add(extra)
    count = [...wanted.values()].reduce((sum, set) => sum + set.size, 0)
  }
  return new Map(
    [...requires.keys()].map((name) => {
      const names = applying(name).map((requirement) => requirement.name)
      return [name, [...new Set(names)].filter((other) => other !== name && requires.has(other)).sort()]
    }),
  )
}

/** Old packages hold lines that are no requirements; they are nobody's edge. */
function read(line: string): readonly Requirement[] {
  try {
    return [readRequirement(line)]
  } catch {
    return []
  }
}

function applies({ marker }: Requirement, environment: MarkerEnvironment, extras: readonly string[]): boolean {
  try {
    return holds(marker, environment, { extras, groups: [] })
  } catch {
    return false
  }
}
