import { normalizeName } from '../names.ts'
import type { Table } from '../toml.ts'

/**
 * The requirement lines of a dependency group, with the groups that it includes.
 * @param table pyproject.toml's `[dependency-groups]`
 * @see PEP 735
 */
export function linesOfGroup(table: Table, group: string, seen: readonly string[] = []): readonly string[] {
  const name = normalizeName(group)
  if (seen.includes(name)) return []
  const entries = Object.entries(table).find(([key]) => normalizeName(key) === name)?.[1]
  return (Array.isArray(entries) ? entries : []).flatMap((entry: unknown): readonly string[] => {
    if (typeof entry === 'string') return [entry]
    const included = (entry as Table | undefined)?.['include-group']
    return typeof included === 'string' ? linesOfGroup(table, included, [...seen, name]) : []
  })
}
