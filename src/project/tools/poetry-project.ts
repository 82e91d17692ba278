import { UserError } from '../../errors.ts'
import { alternatives, toRanges, toSpecifier } from '../locks/poetry-constraint.ts'
import type { Requirements } from '../metadata.ts'
import { normalizeName } from '../names.ts'
import { type Table, tableAt, textAt, textsAt } from '../toml.ts'

/**
 * What `[tool.poetry]` says of a project whose [project] table leaves that to it, as a wheel's METADATA would.
 * @param locked a lock says the versions: what no requirement line can say of them is left out
 * @throws UserError for a dependency that no requirement line can say
 * @see https://python-poetry.org/docs/dependency-specification/
 */
export function poetryMetadata(poetry: Table, locked = false): Requirements {
  const lines = dependencyLines(tableAt(poetry, 'dependencies'), locked)
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

/**
 * The dependency groups of Poetry by normalised name, with those that they include; `dev-dependencies` is the group
 * `dev` of old.
 * @param given groups of [dependency-groups], which Poetry's tables may include
 */
export function poetryGroups(
  poetry: Table,
  locked = false,
  given: Readonly<Record<string, readonly string[]>> = {},
): Readonly<Record<string, readonly string[]>> {
  const tables = groupTables(poetry)
  const linesOf = (name: string, above: readonly string[]): readonly string[] => {
    if (above.includes(name)) return []
    const table = tables.get(name)
    const own =
      given[name] ?? dependencyLines(tableAt(table ?? {}, 'dependencies'), locked).map(({ text, marker }) => withMarker(text, marker))
    if (!table && !given[name]) throw missingGroup(above.at(-1) ?? '', name)
    const included = (textsAt(table ?? {}, 'include-groups') ?? []).map(normalizeName)
    return [...new Set([...own, ...included.flatMap((other) => linesOf(other, [...above, name]))])]
  }
  return Object.fromEntries([...tables.keys()].map((name) => [name, linesOf(name, [])]))
}

function missingGroup(by: string, name: string): UserError {
  return new UserError(
    'project',
    `the group ${by} of Poetry includes "${name}", which is not there`,
    'Fix include-groups in pyproject.toml.',
  )
}

function groupTables(poetry: Table): ReadonlyMap<string, Table> {
  const old = 'dev-dependencies' in poetry ? [['dev', { dependencies: tableAt(poetry, 'dev-dependencies') }] as const] : []
  const written = Object.keys(tableAt(poetry, 'group')).map((name) => [normalizeName(name), tableAt(poetry, 'group', name)] as const)
  return new Map([...old, ...written])
}

/** What Poetry's tables say of packages, several entries of one in their order. */
export function poetryEntries(
  poetry: Table,
): readonly { readonly name: string; readonly entry: Table; readonly group: string | undefined }[] {
  const main = { group: undefined, table: tableAt(poetry, 'dependencies') }
  const groups = [...groupTables(poetry)].map(([group, table]) => ({ group, table: tableAt(table, 'dependencies') }))
  return [main, ...groups].flatMap(({ group, table }) =>
    entriesOf(table).map(({ written, entry }) => ({ name: normalizeName(written), entry, group })),
  )
}

/** Entries of a table with `name = "^1.2"`, `name = {version = "^1.2", markers = "…"}` or a list of such; Python's is none. */
export function entriesOf(table: Table): readonly { readonly written: string; readonly entry: Table }[] {
  return Object.entries(table)
    .filter(([written]) => written !== 'python')
    .flatMap(([written, value]) =>
      (Array.isArray(value) ? value : [value]).map((one) => ({
        written,
        entry: (typeof one === 'object' && one !== null ? one : { version: String(one) }) as Table,
      })),
    )
}

/** The marker that an entry counts under. */
export function conditionOf(entry: Table): string {
  return both(textAt(entry, 'markers') ?? '', pythonMarker(textAt(entry, 'python') ?? '*'), platformMarker(textAt(entry, 'platform') ?? ''))
}

interface Line {
  readonly name: string
  readonly optional: boolean
  readonly text: string
  readonly marker: string
}

function dependencyLines(table: Table, locked: boolean): readonly Line[] {
  return entriesOf(table).map(({ written, entry }) => dependencyLine(written, entry, locked))
}

/** What an entry may say; another key is a part of a name that stands without quotes (`acme.billing`), and Poetry refuses it too. */
const KEYS =
  /^(version|python|platform|markers|extras|optional|allow-prereleases|allows-prereleases|develop|source|git|branch|tag|rev|subdirectory|path|file|url)$/

function dependencyLine(written: string, entry: Table, locked: boolean): Line {
  const name = normalizeName(written)
  const unknown = Object.keys(entry).find((key) => !KEYS.test(key))
  if (unknown !== undefined) {
    throw new UserError(
      'project',
      `${written} in [tool.poetry] has the key "${unknown}", which is not understood`,
      `Fix it: a name with dots stands in quotes ("${written}.${unknown}").`,
    )
  }
  const extras = textsAt(entry, 'extras') ?? []
  const place = placeOf(entry)
  const what = `${name}${extras.length > 0 ? `[${extras.map(normalizeName).join(',')}]` : ''}`
  return {
    name,
    optional: entry.optional === true,
    text: place === undefined ? `${what}${specifierOf(name, textAt(entry, 'version') ?? '*', locked)}` : `${what} @ ${place}`,
    marker: conditionOf(entry),
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
  const url = textAt(entry, 'url')
  if (url !== undefined) return `${url}${below}`
  const path = textAt(entry, 'path') ?? textAt(entry, 'file')
  if (path === undefined) return undefined
  return encodeURI(`${path.startsWith('/') ? 'file://' : './'}${path}${subdirectory ? `/${subdirectory}` : ''}`)
}

function specifierOf(name: string, version: string, locked: boolean): string {
  if (version.trim() === '*' || version.trim() === '') return ''
  const specifier = toSpecifier(version)
  if (specifier !== undefined) return specifier
  if (locked) return ''
  throw new UserError(
    'project',
    `${name} = "${version}" in [tool.poetry] is nothing that a requirement can say without a lock`,
    'Run "poetry lock" and commit poetry.lock, or write one range.',
  )
}

/**
 * `^3.9 || 3.12.1` as a marker (PEP 508). `3.12` alone means all of that series, as to Poetry; `!=3.12` and `<=3.12` mean 3.12.0.
 * @see poetry-core's `create_nested_marker`
 */
function pythonMarker(constraint: string): string {
  const ways = alternatives(constraint).map((range) =>
    range
      .split(',')
      .filter(Boolean)
      .map((part) => /^(\W+)([\s\S]*)$/.exec(part))
      .map((match) => ({ sign: match?.[1] ?? '==', version: match?.[2] ?? '' }))
      .map(({ sign, version }) => {
        const isSeries = sign === '==' && /^\d+(\.\d+)?$/.test(version)
        return `${isSeries ? 'python_version' : 'python_full_version'} ${sign} '${version}'`
      })
      .join(' and '),
  )
  return ways.includes('') ? '' : ways.join(' or ')
}

function platformMarker(platform: string): string {
  return platform
    .split('|')
    .map((one) => /^(!=|==?)?\s*(\S+)$/.exec(one.trim()))
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
