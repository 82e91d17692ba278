import { UserError } from '../../errors.ts'
import { normalizeName } from '../names.ts'
import { readToml, type Table, tableAt, textAt, textsAt } from '../toml.ts'
import { linesOfGroup } from '../tools/dependency-groups.ts'
import { conditionOf } from '../tools/poetry-project.ts'
import { isPoetryFresh } from './freshness/content-hash.ts'
import { choose } from './graph.ts'
import {
  applies,
  inOrder,
  names,
  type Pin,
  type Reading,
  readHashes,
  readPath,
  refuseVersion,
  type Source,
  tablesAt,
  type UserLock,
} from './pins.ts'
import { toRanges } from './poetry-constraint.ts'
import { type PoetryDependency, readDependencies, readLine } from './poetry-dependency.ts'

/**
 * Reads a poetry.lock. From 2.1 on (Poetry 2) it says of each package for which groups and markers it is installed;
 * earlier ones are a graph whose roots stand in pyproject.toml.
 * @throws UserError for other versions, and for an early one without the pyproject.toml
 */
export function readPoetryLock(reading: Reading): UserLock {
  const { file, project } = reading
  const lock = readToml(file, reading.text)
  const metadata = tableAt(lock, 'metadata')
  const version = textAt(metadata, 'lock-version') ?? ''
  if (!/^[12]\.\d+$/.test(version)) refuseVersion(file, version, '1.x and 2.x')
  const packages = tablesAt(lock, 'package')
  const grouped = packages.some((entry) => entry.groups !== undefined)
  const pyproject = project.pyproject === undefined ? {} : readToml('pyproject.toml', project.pyproject)
  if (!grouped && packages.length > 0 && project.pyproject === undefined) {
    throw new UserError(
      'lock',
      `${file} (version ${version}) is read with the pyproject.toml beside it, and there is none`,
      'Add it, or run "poetry lock" of Poetry 2.',
    )
  }
  const found = grouped ? packages.filter((entry) => isWanted(reading, entry)) : reached(reading, packages, pyproject)
  // Before lock-version 2.0 the files of all packages stand in a table of their own.
  const early = tableAt(metadata, 'files')
  return {
    file,
    project: project.name,
    pins: inOrder(
      file,
      project.name,
      found.map((entry) => readPin(file, entry, early)),
    ),
    extras: names(Object.keys(tableAt(lock, 'extras'))),
    groups: groupsOf(packages, pyproject),
    overridden: [],
    ...(project.pyproject !== undefined &&
      isPoetryFresh(reading.text, lock, project.pyproject) === false && {
        changed: 'pyproject.toml has changed since it was made (its content-hash is another)',
      }),
    refresh: 'poetry lock',
  }
}

/** `groups` and `markers` of a package; markers are a text, or a table by group where they differ. */
function isWanted(reading: Reading, entry: Table): boolean {
  const wanted = new Set(['main', ...reading.selection.groups.map(normalizeName)])
  const groups = (textsAt(entry, 'groups') ?? []).filter((group) => wanted.has(normalizeName(group)))
  const markers = tableAt(entry, 'markers')
  return groups.some((group) => applies(reading, textAt(entry, 'name') ?? '', textAt(entry, 'markers') ?? textAt(markers, group)))
}

function groupsOf(packages: readonly Table[], pyproject: Table): readonly string[] {
  const poetry = tableAt(pyproject, 'tool', 'poetry')
  return names([
    ...packages.flatMap((entry) => textsAt(entry, 'groups') ?? []).filter((group) => group !== 'main'),
    ...Object.keys(tableAt(poetry, 'group')),
    ...Object.keys(tableAt(pyproject, 'dependency-groups')),
    ...(poetry['dev-dependencies'] ? ['dev'] : []),
  ])
}

/** Walks a lock without groups from the roots in pyproject.toml. */
function reached(reading: Reading, packages: readonly Table[], pyproject: Table): readonly Table[] {
  const candidates = packages
    .filter((entry) => suits(reading, entry))
    .map((entry) => ({ name: normalizeName(textAt(entry, 'name') ?? ''), version: textAt(entry, 'version') ?? '', entry }))
  const found = choose(candidates, roots(reading, pyproject), (of, extra) => edges(reading, of.entry, extra))
  // A package that is there for other Pythons alone is wanted by a marker that the lock has dropped: not a fault.
  const missing = found.missing.filter((name) => !packages.some((entry) => normalizeName(textAt(entry, 'name') ?? '') === name))
  if (missing.length === 0) return found.packages.map(({ entry }) => entry)
  throw new UserError(
    'lock',
    `${reading.file} does not hold ${missing.join(', ')}, which pyproject.toml wants`,
    'Run "poetry lock" and commit the lock.',
  )
}

function suits(reading: Reading, entry: Table): boolean {
  return applies(reading, textAt(entry, 'name') ?? '', conditionOf({ python: textAt(entry, 'python-versions') ?? '*' }))
}

/** What a package depends on for an extra of its own; extras name packages of its optional dependencies. */
function edges(reading: Reading, entry: Table, extra: string): readonly PoetryDependency[] {
  const all = readDependencies(reading, tableAt(entry, 'dependencies'))
  const extras = tableAt(entry, 'extras')
  const key = Object.keys(extras).find((name) => normalizeName(name) === extra)
  const added = new Set((key ? (textsAt(extras, key) ?? []) : []).map((line) => readExtra(line)))
  return all.filter((one) => (extra ? one.optional && added.has(one.name) : !one.optional) && one.applies(extra ? [extra] : []))
}

/** Extras hold lines such as `name (>=1.0) ; marker`, in Poetry's own constraints; the name is enough. */
function readExtra(line: string): string {
  return normalizeName(/^[\w.-]+/.exec(line.trim())?.[0] ?? '')
}

function roots(reading: Reading, pyproject: Table): readonly PoetryDependency[] {
  const { extras, groups } = reading.selection
  const project = tableAt(pyproject, 'project')
  const poetry = tableAt(pyproject, 'tool', 'poetry')
  const chosen = new Set(extras.map(normalizeName))
  const ofExtra = (table: Table) =>
    Object.keys(table)
      .filter((key) => chosen.has(normalizeName(key)))
      .flatMap((key) => textsAt(table, key) ?? [])
  const added = new Set(ofExtra(tableAt(poetry, 'extras')).map(readExtra))
  const own = project.dependencies
    ? (textsAt(project, 'dependencies') ?? []).map((line) => readLine(reading, line))
    : readDependencies(reading, tableAt(poetry, 'dependencies')).filter(({ optional, name }) => !optional || added.has(name))
  const optional = ofExtra(tableAt(project, 'optional-dependencies')).map((line) => readLine(reading, line))
  const grouped = groups.flatMap((group) => [
    ...readDependencies(reading, groupTable(poetry, group)),
    ...linesOfGroup(tableAt(pyproject, 'dependency-groups'), group).map((line) => readLine(reading, line)),
  ])
  return [...own, ...optional, ...grouped].filter((one) => one.applies([...chosen]))
}

function groupTable(poetry: Table, group: string): Table {
  const key = Object.keys(tableAt(poetry, 'group')).find((name) => normalizeName(name) === normalizeName(group))
  const early = normalizeName(group) === 'dev' ? tableAt(poetry, 'dev-dependencies') : {}
  return { ...early, ...(key ? tableAt(poetry, 'group', key, 'dependencies') : {}) }
}

function readPin(file: string, entry: Table, early: Table): Pin {
  const name = normalizeName(textAt(entry, 'name') ?? '')
  const version = textAt(entry, 'version') ?? ''
  const stated = [...tablesAt(entry, 'files'), ...earlyFiles(early, name, version)].map((item) => ({
    hash: textAt(item, 'hash') ?? '',
    file: textAt(item, 'file') ?? textAt(item, 'url') ?? '',
  }))
  const source = readSource(tableAt(entry, 'source'))
  return { name, version, files: readHashes(file, name, stated), ...(source ? { source } : {}) }
}

/** The early table lists the files of all locked versions of a package together. */
function earlyFiles(early: Table, name: string, version: string): readonly Table[] {
  const all = Object.keys(early)
    .filter((key) => normalizeName(key) === name)
    .flatMap((key) => tablesAt(early, key))
  const own = all.filter((item) => isOf(textAt(item, 'file') ?? '', version))
  return own.length > 0 ? own : all
}

function isOf(file: string, version: string): boolean {
  const at = file.indexOf(`-${version}`)
  return at >= 0 && /^[-.][a-z]/i.test(file.slice(at + version.length + 1))
}

function readSource(source: Table): Source | undefined {
  const url = textAt(source, 'url') ?? ''
  const subdirectory = textAt(source, 'subdirectory')
  switch (textAt(source, 'type')) {
    case 'git':
      return {
        kind: 'git',
        url,
        revision: textAt(source, 'resolved_reference') ?? textAt(source, 'reference') ?? '',
        ...(subdirectory ? { subdirectory } : {}),
      }
    case 'url':
      return { kind: 'archive', url: subdirectory ? `${url}#subdirectory=${subdirectory}` : url }
    case 'file':
      return { kind: 'archive', url: readPath(url) }
    case 'directory':
      return { kind: 'directory', path: readPath(url) }
    default:
      return undefined
  }
}

/** The Python that it is for; undefined where it allows every one. */
export function poetryLockPython(lock: Table): string | undefined {
  return toRanges(textAt(tableAt(lock, 'metadata'), 'python-versions') ?? '*') || undefined
}
