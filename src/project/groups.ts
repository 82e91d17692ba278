import { UserError } from '../errors.ts'
import { didYouMean, normalizeName } from './names.ts'
import { type Table, tableAt } from './toml.ts'

/**
 * The dependency groups of a pyproject.toml, includes resolved, by normalised name.
 * @throws UserError for a group that includes itself or one that is not there
 * @see PEP 735
 */
export function readGroups(pyproject: Table): Readonly<Record<string, readonly string[]>> {
  return resolveGroups(tableAt(pyproject, 'dependency-groups'))
}

/** The lines of one group, or of one extra, by any spelling of its name; none where it is not there. @param table the groups */
export function linesOfGroup(table: Table, group: string): readonly string[] {
  return resolveGroups(table)[normalizeName(group)] ?? []
}

function resolveGroups(table: Table): Readonly<Record<string, readonly string[]>> {
  const written = new Map(Object.entries(table).map(([name, items]) => [normalizeName(name), Array.isArray(items) ? items : []]))
  const resolve = (name: string, above: readonly string[]): readonly string[] => {
    if (above.includes(name)) throw broken(`the dependency group ${name} includes itself (${[...above, name].join(' → ')})`)
    const items = written.get(name)
    if (!items) {
      const near = didYouMean(name, [...written.keys()])
      throw broken(`the dependency group ${above.at(-1)} includes "${name}", which is not there${near ? `; did you mean "${near}"?` : ''}`)
    }
    return items.flatMap((item: unknown) => {
      if (typeof item === 'string') return [item]
      const included = (item as Table | null)?.['include-group']
      if (typeof included !== 'string')
        throw broken(`the dependency group ${name} holds something that is neither a requirement nor an include`)
      return resolve(normalizeName(included), [...above, name])
    })
  }
  return Object.fromEntries([...written.keys()].map((name) => [name, [...new Set(resolve(name, []))]]))
}

function broken(cause: string): UserError {
  return new UserError('project', cause, 'Mend [dependency-groups] in pyproject.toml.')
}
