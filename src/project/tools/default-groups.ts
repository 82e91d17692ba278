import { normalizeName } from '../names.ts'
import { type Table, tableAt, textsAt } from '../toml.ts'

/**
 * What is told where the project's own tool installs groups by itself, and a release does not: they are mostly for developers.
 * @param asked groups that are installed
 * @returns undefined where nothing is left out but what is plainly for developers
 * @see https://docs.astral.sh/uv/concepts/projects/dependencies/#default-groups
 * @see https://python-poetry.org/docs/managing-dependencies/#installing-group-dependencies
 */
export function defaultGroupsNotice(pyproject: Table, asked: readonly string[]): string | undefined {
  return uvNotice(pyproject, asked) ?? poetryNotice(pyproject, asked)
}

/** @returns undefined where nothing but `dev`, uv's own default, is left out */
function uvNotice(pyproject: Table, asked: readonly string[]): string | undefined {
  const uv = tableAt(pyproject, 'tool', 'uv')
  const all = uv['default-groups'] === 'all' ? Object.keys(tableAt(pyproject, 'dependency-groups')) : []
  const left = leftOut(textsAt(uv, 'default-groups') ?? all, asked).filter((name) => name !== 'dev')
  if (left.length === 0) return undefined
  return `[tool.uv] default-groups names ${left.join(', ')}, which uv sync installs; ${released(left)}`
}

/** Poetry's own groups, and beside its tables those of PEP 735, are installed unless they are optional. */
function poetryNotice(pyproject: Table, asked: readonly string[]): string | undefined {
  const tool = tableAt(pyproject, 'tool')
  if (!('poetry' in tool)) return undefined
  const groups = tableAt(tool, 'poetry', 'group')
  const isOptional = (name: string) =>
    Object.entries(groups).some(([key, table]) => normalizeName(key) === name && (table as Table).optional === true)
  const all = [...Object.keys(groups), ...Object.keys(tableAt(pyproject, 'dependency-groups'))]
  const left = leftOut(all, asked).filter((name) => !DEVELOPERS.test(name) && !isOptional(name))
  if (left.length === 0) return undefined
  const [are, which] = left.length > 1 ? ['groups', 'are not optional'] : ['group', 'is not optional']
  return `The ${are} ${left.join(', ')} of Poetry ${which}, so poetry install has ${left.length > 1 ? 'them' : 'it'}; ${released(left)}`
}

/** Names of groups for whoever works on the project. */
const DEVELOPERS =
  /^(dev|devel|develop|development|tests?|testing|lint|linting|linters?|docs?|documentation|typing|types|mypy|format|style|ci|pre-commit|coverage)$/

function leftOut(groups: readonly string[], asked: readonly string[]): readonly string[] {
  const taken = asked.map(normalizeName)
  return [...new Set(groups.map(normalizeName))].filter((name) => !taken.includes(name))
}

function released(left: readonly string[]): string {
  return `a release has the groups that the input extras names (extras: ${left.map((name) => `group:${name}`).join(', ')}).`
}
