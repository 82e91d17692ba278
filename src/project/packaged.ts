import type { Requirements } from './metadata.ts'
import { normalizeName } from './names.ts'
import { poetryMetadata } from './poetry.ts'
import { type Table, tableAt, textAt, textsAt } from './toml.ts'

/** Folders that tools of the trade do not take for packages (setuptools' FlatLayoutPackageFinder). */
const NO_PACKAGES =
  /^(ci|bin|debian|docs?|documentation|manpages|news|newsfragments|changelog|tests?|test_utils|scripts?|tools?|util|utils|build|benchmarks?|examples?|tasks|site_scons|exercises)$/

/**
 * Why a project described by pyproject.toml has no wheel of its own; undefined where it has one. Without a
 * [build-system], pip would try setuptools and uv would not build: it is built where setuptools plainly finds
 * one package, and taken as an application otherwise.
 * @param files paths of the project's files
 */
export function sourceOnlyReason(pyproject: Table, files: readonly string[]): string | undefined {
  const tool = (name: string) => tableAt(pyproject, 'tool', name)
  if (tool('uv').package === false) return '[tool.uv] package is false'
  if (tool('poetry')['package-mode'] === false) return '[tool.poetry] package-mode is false'
  if (tool('pdm').distribution === false) return '[tool.pdm] distribution is false'
  if ('build-system' in pyproject || tool('uv').package === true || tool('pdm').distribution === true) return undefined
  if (!('project' in pyproject) || files.includes('setup.py') || files.includes('setup.cfg')) return undefined
  if (files.some((file) => /^src\/[^/]+\/__init__\.py$/.test(file))) return undefined
  const packages = files.flatMap((file) => /^([^/]+)\/__init__\.py$/.exec(file)?.[1] ?? []).filter((name) => !NO_PACKAGES.test(name))
  const plain = packages.length === 1 && !files.includes('manage.py') && !files.includes('uv.lock')
  return plain ? undefined : 'pyproject.toml has no [build-system]'
}

/**
 * What pyproject.toml itself says of a project (PEP 621, or Poetry's own table): all that is known of one without a wheel.
 * @param name used where [project] has none
 */
export function staticMetadata(pyproject: Table, name: string): Requirements {
  const project = tableAt(pyproject, 'project')
  const poetry = tableAt(pyproject, 'tool', 'poetry')
  if (!('project' in pyproject) && 'dependencies' in poetry) return { ...poetryMetadata(poetry), name }
  const optional = Object.entries(tableAt(project, 'optional-dependencies')).map(([extra, lines]) => ({
    extra: normalizeName(extra),
    lines: Array.isArray(lines) ? lines.filter((line): line is string => typeof line === 'string') : [],
  }))
  return {
    name: textAt(project, 'name') ?? name,
    summary: textAt(project, 'description') ?? '',
    license: textAt(project, 'license') ?? '',
    requiresPython: textAt(project, 'requires-python') ?? '',
    requires: [
      ...(textsAt(project, 'dependencies') ?? []),
      ...optional.flatMap(({ extra, lines }) => lines.map((line) => withExtra(line, extra))),
    ],
    extras: optional.map(({ extra }) => extra),
  }
}

/** As a build backend would write it to METADATA: the extra joins the marker. */
function withExtra(line: string, extra: string): string {
  const [requirement = '', ...rest] = line.split(';')
  const marker = rest.join(';').trim()
  return `${requirement.trim()} ; ${marker ? `(${marker}) and ` : ''}extra == '${extra}'`
}
