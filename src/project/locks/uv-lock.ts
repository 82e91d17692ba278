import { UserError } from '../../errors.ts'
import { normalizeName } from '../names.ts'
import { readToml, type Table, tableAt, textAt, textsAt } from '../toml.ts'
import { readUvStated } from './freshness/uv-stated.ts'
import { type Edge, walk } from './graph.ts'
import {
  applies,
  inOrder,
  isArchive,
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

interface Dependency extends Edge {
  readonly marker: string | undefined
  /** Version and source tell forks apart where a name alone does not. */
  readonly version: string | undefined
  readonly source: string | undefined
}

interface Graph {
  readonly packages: readonly Table[]
  readonly root: Table | undefined
  /** The edges that lead into it. */
  readonly wanted: readonly Dependency[]
}

/**
 * Reads a uv.lock: a graph, walked from the project's package.
 * @throws UserError for versions other than 1, for an environment that it is not for, and where the lock does not hold the project
 * @see https://docs.astral.sh/uv/concepts/projects/layout/#the-lockfile
 */
export function readUvLock(reading: Reading): UserLock {
  const { file, project, selection } = reading
  const lock = readToml(file, reading.text)
  if (lock.version !== 1) refuseVersion(file, String(lock.version ?? ''), '1')
  refuseOtherPlatforms(reading, textsAt(lock, 'supported-markers') ?? [])
  const packages = tablesAt(lock, 'package')
  const root = rootOf(file, project.name, packages)
  const manifest = tableAt(lock, 'manifest')
  const groups = root ? tableAt(root, 'dev-dependencies') : tableAt(manifest, 'dependency-groups')
  const extras = tableAt(root ?? {}, 'optional-dependencies')
  const roots = root ? dependencies(root, selection.extras) : tablesAt(manifest, 'requirements').map(readDependency)
  const wanted = [
    ...roots,
    ...Object.keys(groups)
      .filter(isIn(selection.groups))
      .flatMap((name) => tablesAt(groups, name).map(readDependency)),
  ]
  return {
    file,
    project: project.name,
    pins: inOrder(file, project.name, settle(reading, { packages, root, wanted })),
    extras: names(Object.keys(extras).concat(textsAt(tableAt(root ?? {}, 'metadata'), 'provides-extras') ?? [])),
    groups: names(Object.keys(groups).concat(Object.keys(tableAt(root ?? {}, 'metadata', 'requires-dev')))),
    overridden: names(tablesAt(manifest, 'overrides').map((entry) => textAt(entry, 'name') ?? '')),
    virtual: packages.filter(isVirtual).map((entry) => normalizeName(textAt(entry, 'name') ?? '')),
    stated: readUvStated(lock),
    refresh: 'uv lock',
  }
}

/** @throws UserError where the environments that the project was locked for have not this one among them */
function refuseOtherPlatforms(reading: Reading, markers: readonly string[]): void {
  if (markers.length === 0 || markers.some((marker) => applies(reading, 'supported-markers', marker))) return
  throw new UserError(
    'lock',
    `${reading.file} is not for this platform and Python: it is for ${markers.join(' | ')}`,
    'Add Linux to environments of [tool.uv], run "uv lock" and commit the lock.',
  )
}

/**
 * The project's package: by its name, else the one whose source is the lock's folder.
 * @returns undefined for the lock of a workspace whose root is no project, or of a script
 */
function rootOf(file: string, name: string, packages: readonly Table[]): Table | undefined {
  const local = packages.filter((entry) => localPath(tableAt(entry, 'source')) !== undefined)
  const root =
    local.find((entry) => normalizeName(textAt(entry, 'name') ?? '') === name) ??
    local.find((entry) => localPath(tableAt(entry, 'source')) === '.')
  if (root || local.length === 0) return root
  throw new UserError(
    'lock',
    `${file} does not hold ${name}; it holds ${local.map((entry) => textAt(entry, 'name')).join(', ')}`,
    'Run "uv lock", or set the input path to one of these projects.',
  )
}

/** The folder that a package of the workspace or a path source lies in. */
function localPath(source: Table): string | undefined {
  const path = textAt(source, 'editable') ?? textAt(source, 'virtual') ?? textAt(source, 'directory')
  return path === undefined ? undefined : readPath(path)
}

/**
 * Walks until the extras that were met no longer change: where extras or groups exclude each other, uv writes
 * `extra == 'extra-4-shop-cpu'` into markers, and an extra may be wanted by an edge met late.
 */
function settle(reading: Reading, { packages, root, wanted }: Graph): readonly Pin[] {
  let conflicts = root ? encoded(root, ['', ...reading.selection.extras], reading.selection.groups) : []
  for (let turn = 0; ; turn++) {
    const chosen = { extras: [...reading.selection.extras, ...conflicts], groups: reading.selection.groups }
    // An edge's own extras count for its marker: what it asks for may be what the marker asks about.
    const allowed = (edges: readonly Dependency[]) =>
      edges.filter(({ name, extras, marker }) =>
        applies({ ...reading, selection: { ...chosen, extras: [...chosen.extras, ...encodedExtras(name, extras)] } }, name, marker),
      )
    const reached = walk<Table, Dependency>(
      allowed(wanted),
      (edge) => candidates(reading, packages, edge),
      (of, extra) =>
        allowed(extra ? tablesAt(tableAt(of, 'optional-dependencies'), spelled(of, extra)).map(readDependency) : dependencies(of, [])),
    )
    const met = [...(root ? [encoded(root, ['', ...reading.selection.extras], reading.selection.groups)] : [])]
      .concat([...reached].map(([entry, extras]) => encoded(entry, [...extras], [])))
      .flat()
    if (turn > 5 || met.every((name) => conflicts.includes(name))) {
      // A virtual package is never installed, only what it depends on.
      return [...reached.keys()].filter((entry) => entry !== root && !isVirtual(entry)).map((entry) => readPin(reading.file, entry))
    }
    conflicts = met
  }
}

/** The names by which uv's conflict markers call an extra, a group and a project: kind, length of the package's name, names. */
function encoded(entry: Table, extras: readonly string[], groups: readonly string[]): readonly string[] {
  const name = normalizeName(textAt(entry, 'name') ?? '')
  return [
    `project-${name.length}-${name}`,
    ...encodedExtras(name, extras.filter(Boolean)),
    ...groups.map((group) => `group-${name.length}-${name}-${normalizeName(group)}`),
  ]
}

function encodedExtras(name: string, extras: readonly string[]): readonly string[] {
  return extras.map((extra) => `extra-${name.length}-${name}-${normalizeName(extra)}`)
}

/** What an edge leads to; where several versions fit, those whose resolution markers hold. */
function candidates(reading: Reading, packages: readonly Table[], edge: Dependency): readonly Table[] {
  const fitting = packages.filter(
    (entry) =>
      normalizeName(textAt(entry, 'name') ?? '') === edge.name &&
      (edge.version === undefined || textAt(entry, 'version') === edge.version) &&
      (edge.source === undefined || JSON.stringify(entry.source) === edge.source),
  )
  if (fitting.length === 0)
    throw new UserError(
      'lock',
      `${reading.file} needs ${[edge.name, edge.version].filter(Boolean).join(' ')} and does not hold it`,
      'Run "uv lock".',
    )
  if (fitting.length === 1) return fitting
  return fitting.filter((entry) => {
    const markers = textsAt(entry, 'resolution-markers') ?? []
    return markers.length === 0 || markers.some((marker) => applies(reading, edge.name, marker))
  })
}

function dependencies(entry: Table, extras: readonly string[]): readonly Dependency[] {
  const optional = tableAt(entry, 'optional-dependencies')
  const wanted = Object.keys(optional).filter(isIn(extras))
  return [...tablesAt(entry, 'dependencies'), ...wanted.flatMap((extra) => tablesAt(optional, extra))].map(readDependency)
}

/** An extra as the package spells it in its table. */
function spelled(entry: Table, extra: string): string {
  return Object.keys(tableAt(entry, 'optional-dependencies')).find(isIn([extra])) ?? extra
}

function isVirtual(entry: Table): boolean {
  return textAt(tableAt(entry, 'source'), 'virtual') !== undefined
}

function isIn(wanted: readonly string[]): (name: string) => boolean {
  const set = new Set(wanted.map(normalizeName))
  return (name) => set.has(normalizeName(name))
}

function readDependency(entry: Table): Dependency {
  return {
    name: normalizeName(textAt(entry, 'name') ?? ''),
    extras: names(textsAt(entry, 'extra') ?? textsAt(entry, 'extras') ?? []),
    marker: textAt(entry, 'marker'),
    version: textAt(entry, 'version'),
    source: entry.source === undefined ? undefined : JSON.stringify(entry.source),
  }
}

function readPin(file: string, entry: Table): Pin {
  const name = normalizeName(textAt(entry, 'name') ?? '')
  const stated = [...tablesAt(entry, 'wheels'), tableAt(entry, 'sdist')].flatMap((item) => {
    const hash = textAt(item, 'hash')
    return hash ? [{ hash, file: textAt(item, 'filename') ?? textAt(item, 'url') ?? textAt(item, 'path') ?? '' }] : []
  })
  const source = readSource(tableAt(entry, 'source'))
  const folder = folderOf(tableAt(entry, 'source'))
  return {
    name,
    version: textAt(entry, 'version') ?? '',
    files: readHashes(file, name, stated),
    ...(source ? { source } : {}),
    ...(folder === undefined ? {} : { folder }),
  }
}

/** An index that is a folder of files (`find-links`, or `format = "flat"`). */
function folderOf(source: Table): string | undefined {
  const registry = textAt(source, 'registry')
  return registry === undefined || /^[a-z+]+:/i.test(registry) ? undefined : readPath(registry)
}

/** Git addresses are `https://host/x?subdirectory=y&rev=main#commit`. */
function readSource(source: Table): Source | undefined {
  const git = textAt(source, 'git')
  if (git !== undefined) {
    const [, url = '', query = '', revision = ''] = /^([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/.exec(git) ?? []
    const subdirectory = new URLSearchParams(query).get('subdirectory')
    return { kind: 'git', url, revision, ...(subdirectory ? { subdirectory } : {}) }
  }
  const url = textAt(source, 'url')
  if (url !== undefined) {
    const subdirectory = textAt(source, 'subdirectory')
    return { kind: 'archive', url: subdirectory ? `${url}#subdirectory=${subdirectory}` : url }
  }
  const path = textAt(source, 'path')
  if (path !== undefined) return isArchive(path) ? { kind: 'archive', url: readPath(path) } : { kind: 'directory', path: readPath(path) }
  const folder = localPath(source)
  return folder === undefined ? undefined : { kind: 'directory', path: folder }
}
