import { UserError } from '../../errors.ts'
import { fromHere } from '../layout/package-discovery.ts'
import { didYouMean, normalizeName } from '../names.ts'
import { readRequired } from '../requirements/required.ts'
import { lineOf } from '../requirements/requirement-files.ts'
import { type Table, tableAt, textsAt } from '../toml.ts'

/**
 * The dependency groups of a pyproject.toml, includes resolved, by normalised name; those that uv and PDM had before them too.
 * @throws UserError for a group that includes itself or one that is not there
 * @see PEP 735
 */
export function readGroups(pyproject: Table): Readonly<Record<string, readonly string[]>> {
  const uv = textsAt(tableAt(pyproject, 'tool', 'uv'), 'dev-dependencies')
  const standard = resolveGroups(tableAt(pyproject, 'dependency-groups'))
  const older: Readonly<Record<string, readonly string[]>> = {
    ...pdmGroups(tableAt(pyproject, 'tool', 'pdm', 'dev-dependencies')),
    ...(uv && { dev: uv }),
  }
  // uv and PDM add their older tables to a group of the same name.
  const all = [...new Set([...Object.keys(standard), ...Object.keys(older)])]
  return Object.fromEntries(all.map((name) => [name, [...new Set([...(standard[name] ?? []), ...(older[name] ?? [])])].map(fromHere)]))
}

/** Lines of PDM's own table, which may be editable ones. @see https://pdm-project.org/latest/usage/dependency/#editable-dependencies */
function pdmGroups(table: Table): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    Object.keys(table).map((name) => [normalizeName(name), (textsAt(table, name) ?? []).map((line) => pdmLine(name, fromHere(line)))]),
  )
}

function pdmLine(group: string, line: string): string {
  const [, place] = /^-e\s+(.*)$/.exec(line.trim()) ?? []
  if (place === undefined) return line
  const required = readRequired(place, true)
  if (required.name) return lineOf({ text: place, editable: true }, required)
  throw new UserError('project', `the group ${group} of PDM holds "${line}", which tells no name`, 'Add #egg=NAME to it.')
}

/** The lines of one group, or of one extra, by any spelling of its name; none where it is not there. @param table the groups */
export function linesOfGroup(table: Table, group: string): readonly string[] {
  return resolveGroups(table)[normalizeName(group)] ?? []
}

const DEEPEST = 100

function resolveGroups(table: Table): Readonly<Record<string, readonly string[]>> {
  const written = new Map(Object.entries(table).map(([name, items]) => [normalizeName(name), Array.isArray(items) ? items : []]))
  const resolved = new Map<string, readonly string[]>()
  const resolve = (name: string, above: readonly string[]): readonly string[] => {
    const known = resolved.get(name)
    if (known) return known
    if (above.length > DEEPEST) throw broken(`the dependency group ${above[0]} includes others more than ${DEEPEST} deep`)
    if (above.includes(name)) throw broken(`the dependency group ${name} includes itself (${[...above, name].join(' → ')})`)
    const items = written.get(name)
    if (!items) {
      const near = didYouMean(name, [...written.keys()])
      throw broken(`the dependency group ${above.at(-1)} includes "${name}", which is not there${near ? `; did you mean "${near}"?` : ''}`)
    }
    const lines = items.flatMap((item: unknown) => {
      if (typeof item === 'string') return [item]
      const included = (item as Table | null)?.['include-group']
      if (typeof included !== 'string')
        throw broken(`the dependency group ${name} holds something that is neither a requirement nor an include`)
      return resolve(normalizeName(included), [...above, name])
    })
    const once = [...new Set(lines)]
    resolved.set(name, once)
    return once
  }
  return Object.fromEntries([...written.keys()].map((name) => [name, resolve(name, [])]))
}

function broken(cause: string): UserError {
  return new UserError('project', cause, 'Fix [dependency-groups] in pyproject.toml.')
}
