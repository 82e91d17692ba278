import { satisfies, valid, validRange } from '@renovatebot/pep440'
import { normalizeName } from '../../project/names.ts'
import { holds, type MarkerEnvironment } from '../../project/requirements/marker.ts'
import { readRequirement } from '../../project/requirements/requirement.ts'

/** An installed package, by its metadata. */
export interface Distribution {
  readonly name: string
  readonly version: string
  readonly requires: readonly string[]
  readonly requiresPython: string
}

/**
 * What does not go together among installed packages, as `uv pip check` and `pip check` see it: what is
 * required and not there, there in another version, there twice, or not for this Python. Requirements of
 * extras are left aside: which extras were asked for is not recorded.
 * @param overridden normalised names whose version the user decides against what requires them
 * @returns one text for each conflict
 */
export function conflicts(
  installed: readonly Distribution[],
  environment: MarkerEnvironment,
  overridden: readonly string[] = [],
): readonly string[] {
  const versions = new Map<string, string[]>()
  for (const { name, version } of installed) {
    versions.set(normalizeName(name), [...(versions.get(normalizeName(name)) ?? []), version])
  }
  const twice = [...versions]
    .filter(([, found]) => new Set(found).size > 1)
    .map(([name, found]) => `${name} is there as ${found.join(' and ')}`)
  return [...twice, ...installed.flatMap((distribution) => conflictsOf(distribution, versions, { environment, overridden }))]
}

function conflictsOf(
  { name, version, requires, requiresPython }: Distribution,
  versions: ReadonlyMap<string, readonly string[]>,
  { environment, overridden }: { readonly environment: MarkerEnvironment; readonly overridden: readonly string[] },
): readonly string[] {
  const python = environment.python_full_version ?? ''
  const texts: string[] = []
  if (requiresPython && validRange(requiresPython) && valid(python) && !satisfies(python, requiresPython, { prereleases: true })) {
    texts.push(`${name} ${version} requires Python ${requiresPython}, this is ${python}`)
  }
  for (const line of requires) {
    const needed = readable(line, environment)
    if (!needed || overridden.includes(needed.name)) continue
    const found = versions.get(needed.name)
    if (!found) texts.push(`${name} requires ${needed.name}, which is not installed`)
    else if (needed.specifier && !found.some((have) => !valid(have) || satisfies(have, needed.specifier, { prereleases: true }))) {
      texts.push(`${name} requires ${needed.name}${needed.specifier}, installed is ${found.join(' and ')}`)
    }
  }
  return texts
}

/** A requirement that applies here; undefined for one that does not, and for one that no tool could read. */
function readable(line: string, environment: MarkerEnvironment) {
  try {
    const requirement = readRequirement(line)
    return holds(requirement.marker, environment, { extras: [], groups: [] }) ? requirement : undefined
  } catch {
    return undefined
  }
}
