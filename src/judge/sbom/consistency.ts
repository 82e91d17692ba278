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

/** What the project says of its packages. */
export interface Wanted {
  /** Normalised names whose version the user decides against what requires them. */
  readonly overridden?: readonly string[]
  /** What it was installed with, by its name: requirement lines of chosen extras, groups and files among them. */
  readonly required?: { readonly by: string; readonly lines: readonly string[] }
}

/**
 * What does not go together among installed packages, as `uv pip check` and `pip check` see it: what is
 * required and not there, there in another version, there twice, or not for this Python. Unlike them it
 * looks at extras too, as far as something that is installed asks for them.
 * @returns one text for each conflict
 */
export function conflicts(
  installed: readonly Distribution[],
  environment: MarkerEnvironment,
  { overridden = [], required }: Wanted = {},
): readonly string[] {
  const versions = new Map<string, string[]>()
  for (const { name, version } of installed) {
    versions.set(normalizeName(name), [...(versions.get(normalizeName(name)) ?? []), version])
  }
  const twice = [...versions]
    .filter(([, found]) => new Set(found).size > 1)
    .map(([name, found]) => `${name} is there as ${found.join(' and ')}`)
  const own = required ? [{ name: required.by, version: '', requires: required.lines, requiresPython: '' }] : []
  const requiring = [...own, ...installed]
  const extras = extrasAsked(requiring, environment)
  const asked = (name: string) => [...(extras.get(normalizeName(name)) ?? [])]
  const found = requiring.flatMap((one) => conflictsOf(one, versions, { environment, overridden, extras: asked(one.name) }))
  return [...new Set([...twice, ...found])]
}

/** The extras that each package is asked for, by its normalised name: one may ask for others. */
function extrasAsked(installed: readonly Distribution[], environment: MarkerEnvironment): ReadonlyMap<string, ReadonlySet<string>> {
  const asked = new Map<string, ReadonlySet<string>>()
  for (let before = -1, now = 0; now > before; ) {
    before = now
    for (const { name, requires } of installed) {
      for (const line of requires) {
        const needed = readable(line, environment, [...(asked.get(normalizeName(name)) ?? [])])
        if (needed && needed.extras.length > 0) {
          asked.set(needed.name, new Set([...(asked.get(needed.name) ?? []), ...needed.extras]))
        }
      }
    }
    now = [...asked.values()].reduce((sum, { size }) => sum + size, 0)
  }
  return asked
}

interface Circumstances {
  readonly environment: MarkerEnvironment
  readonly overridden: readonly string[]
  /** That the package is asked for. */
  readonly extras: readonly string[]
}

function conflictsOf(
  { name, version, requires, requiresPython }: Distribution,
  versions: ReadonlyMap<string, readonly string[]>,
  { environment, overridden, extras }: Circumstances,
): readonly string[] {
  const python = environment.python_full_version ?? ''
  const texts: string[] = []
  if (requiresPython && validRange(requiresPython) && valid(python) && !satisfies(python, requiresPython, { prereleases: true })) {
    texts.push(`${name} ${version} requires Python ${requiresPython}, this is ${python}`)
  }
  for (const line of requires) {
    const needed = readable(line, environment, extras)
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
function readable(line: string, environment: MarkerEnvironment, extras: readonly string[]) {
  try {
    const requirement = readRequirement(line)
    return holds(requirement.marker, environment, { extras, groups: [] }) ? requirement : undefined
  } catch {
    return undefined
  }
}
