import { validRange } from '@renovatebot/pep440'
import { type Requirements, requirementsFor } from '../metadata.ts'
import { readRequirement } from '../requirements/requirement.ts'
import { type Table, tableAt, textAt } from '../toml.ts'
import { directSource } from '../tools/local-source.ts'
import { unknownRequires } from './package-discovery.ts'

/**
 * The pyproject.toml that is enough to resolve a package whose dependencies are static; undefined where only
 * its build backend knows them. Folders and repositories are named alone: whoever lays them out says where they are.
 * @param metadata what pyproject.toml says
 * @see PEP 621 `dynamic`
 */
export function resolvable(pyproject: Table, metadata: Requirements): string | undefined {
  const project = tableAt(pyproject, 'project')
  const poetry = tableAt(pyproject, 'tool', 'poetry')
  const name = textAt(project, 'name') ?? textAt(poetry, 'name')
  const dynamic = Array.isArray(project.dynamic) ? project.dynamic : []
  if (!name || unknownRequires(pyproject) !== undefined || dynamic.includes('optional-dependencies')) return undefined
  const always = requirementsFor(metadata, [])
  const list = (lines: readonly string[]) => JSON.stringify(lines.map(byName))
  const optional = metadata.extras.map(
    (extra) => `${JSON.stringify(extra)} = ${list(requirementsFor(metadata, [extra]).filter((line) => !always.includes(line)))}`,
  )
  const requires = metadata.requiresPython
  return [
    '[project]',
    `name = ${JSON.stringify(name)}`,
    `version = ${JSON.stringify(textAt(project, 'version') ?? textAt(poetry, 'version') ?? '0')}`,
    ...(requires && validRange(requires) ? [`requires-python = ${JSON.stringify(requires)}`] : []),
    `dependencies = ${list(always)}`,
    '[project.optional-dependencies]',
    ...optional,
    '',
  ].join('\n')
}

function byName(line: string): string {
  if (directSource(line) === undefined) return line
  const { name, extras, marker } = readRequirement(line)
  return `${name}${extras.length > 0 ? `[${extras.join(',')}]` : ''}${marker ? ` ; ${marker}` : ''}`
}
