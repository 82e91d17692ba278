import { UserError } from '../errors.ts'
import { alternatives, toRanges, toSpecifier } from './locks/poetry-constraint.ts'
import type { Requirements } from './metadata.ts'
import { normalizeName } from './names.ts'
import { type Table, tableAt, textAt, textsAt } from './toml.ts'

/**
 * What `[tool.poetry]` says of a project that has no [project] table, as a wheel's METADATA would.
 * @throws UserError for a dependency that no requirement line can say
 * @see https://python-poetry.org/docs/dependency-specification/
 */
export function poetryMetadata(poetry: Table): Requirements {
  const lines = dependencyLines(tableAt(poetry, 'dependencies'))
  const extras = Object.entries(tableAt(poetry, 'extras')).map(([extra, names]) => ({
    extra: normalizeName(extra),
    names: (textsAt({ names }, 'names') ?? []).map((name) => normalizeName(/^[\w.-]+/.exec(name.trim())?.[0] ?? '')),
  }))
  const wanted = lines.flatMap(({ name, optional, text, marker }) => {
    if (!optional) return [withMarker(text, marker)]
    const holders = extras.filter(({ names }) => names.includes(name))
    return holders.map(({ extra }) => withMarker(text, both(marker, `extra == '${extra}'`)))
  })
  return {
    name: textAt(poetry, 'name') ?? '',
    summary: textAt(poetry, 'description') ?? '',
    license: textAt(poetry, 'license') ?? '',
    requiresPython: poetryPython(poetry) ?? '',
    requires: wanted,
    extras: extras.map(({ extra }) => extra),
  }
}

/** The Pythons that a Poetry project runs on, as a specifier, or as several with `||`; undefined where it says none. */
export function poetryPython(poetry: Table): string | undefined {
  const python = textAt(tableAt(poetry, 'dependencies'), 'python')
  return python === undefined ? undefined : toRanges(python)
}

/** The dependency groups of Poetry by normalised name; `dev-dependencies` is the group `dev` of old. */
export function poetryGroups(poetry: Table): Readonly<Record<string, readonly string[]>> {
  const old = 'dev-dependencies' in poetry ? [['dev', tableAt(poetry, 'dev-dependencies')] as const] : []
  const written = Object.keys(tableAt(poetry, 'group')).map((name) => [name, tableAt(poetry, 'group', name, 'dependencies')] as const)
  return Object.fromEntries(
    [...old, ...written].map(([name, table]) => [
      normalizeName(name),
      dependencyLines(table).map(({ text, marker }) => withMarker(text, marker)),
    ]),
  )
}

interface Line {
  readonly name: string
  readonly optional: boolean
  readonly text: string
  readonly marker: string
}

function dependencyLines(table: Table): readonly Line[] {
  return Object.entries(table)
    .filter(([name]) => name !== 'python')
    .flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).map((one) => dependencyLine(name, one)))
}

function dependencyLine(written: string, value: unknown): Line {
  const entry = (typeof value === 'object' && value !== null ? value : { version: String(value) }) as Table
  const name = normalizeName(written)
  const extras = textsAt(entry, 'extras') ?? []
  const place = placeOf(entry)
  const what = `${name}${extras.length > 0 ? `[${extras.map(normalizeName).join(',')}]` : ''}`
  return {
    name,
    optional: entry.optional === true,
    text: place === undefined ? `${what}${specifierOf(name, textAt(entry, 'version') ?? '*')}` : `${what} @ ${place}`,
    marker: both(
      textAt(entry, 'markers') ?? '',
      pythonMarker(textAt(entry, 'python') ?? '*'),
      platformMarker(textAt(entry, 'platform') ?? ''),
    ),
  }
}

/** The address of what comes from no index. */
function placeOf(entry: Table): string | undefined {
  const git = textAt(entry, 'git')
  const subdirectory = textAt(entry, 'subdirectory')
  const below = subdirectory ? `#subdirectory=${subdirectory}` : ''
  if (git !== undefined) {
    const revision = textAt(entry, 'rev') ?? textAt(entry, 'tag') ?? textAt(entry, 'branch')
    const url = /^[\w.-]+@[^/]+:/.test(git) ? `ssh://${git.replace(':', '/')}` : git
    return `git+${url}${revision ? `@${revision}` : ''}${below}`
  }
  const path = textAt(entry, 'path')
  return path === undefined ? textAt(entry, 'url') : path.startsWith('/') ? path : `./${path}`
}

function specifierOf(name: string, version: string): string {
  if (version.trim() === '*' || version.trim() === '') return ''
  const specifier = toSpecifier(version)
  if (specifier !== undefined) return specifier
  throw new UserError(
    'project',
    `${name} = "${version}" in [tool.poetry] is nothing that a requirement can say without a lock`,
    'Run "poetry lock" and commit poetry.lock, or write one range.',
  )
}

/** `^3.9 || 3.12.1` as a marker (PEP 508). */
function pythonMarker(constraint: string): string {
  const ways = alternatives(constraint).map((range) =>
    range
      .split(',')
      .filter(Boolean)
      .map((part) => /^(\W+)(.*)$/.exec(part))
      .map((match) => `python_full_version ${match?.[1] ?? '=='} '${match?.[2] ?? ''}'`)
      .join(' and '),
  )
  return ways.includes('') ? '' : ways.join(' or ')
}

function platformMarker(platform: string): string {
  return platform
    .split('|')
    .map((one) => /^\s*(!=|==?)?\s*(\S+)\s*$/.exec(one))
    .flatMap((match) => (match ? [`sys_platform ${match[1] === '!=' ? '!=' : '=='} '${match[2]}'`] : []))
    .join(' or ')
}

/** All of the markers that are there. */
function both(...markers: readonly string[]): string {
  const said = markers.filter((marker) => marker.trim() !== '')
  return said.length > 1 ? said.map((marker) => (/\bor\b/.test(marker) ? `(${marker})` : marker)).join(' and ') : (said[0] ?? '')
}

function withMarker(text: string, marker: string): string {
  return marker ? `${text} ; ${marker}` : text
}
