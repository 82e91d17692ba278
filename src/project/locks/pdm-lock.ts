import { UserError } from '../../errors.ts'
import { normalizeName } from '../names.ts'
import type { MarkerEnvironment } from '../requirements/marker.ts'
import { readRequirement } from '../requirements/requirement.ts'
import { readToml, type Table, tableAt, textAt, textsAt } from '../toml.ts'
import { linesOfGroup } from '../tools/dependency-groups.ts'
import { isPdmFresh } from './freshness/content-hash.ts'
import { choose, type Demand } from './graph.ts'
import {
  applies,
  inOrder,
  isArchive,
  names,
  type Pin,
  type Reading,
  readGit,
  readHashes,
  readPath,
  refuseVersion,
  type Source,
  tablesAt,
  type UserLock,
} from './pins.ts'
import { rangeAccepts } from './range.ts'

/** PDM's name for the project's folder in paths. */
const PROJECT_ROOT = /\$\{PROJECT_ROOT\}/

/**
 * Reads a pdm.lock from version 4.4 on. With the strategy `inherit_metadata` (PDM's default) each package says for
 * which groups and markers it is there; without, the lock is a graph whose roots stand in pyproject.toml. Extras are groups to PDM.
 * @throws UserError for other versions and platforms, and for a lock without groups and without the pyproject.toml
 * @see https://pdm-project.org/latest/usage/lockfile/
 */
export function readPdmLock(reading: Reading): UserLock {
  const { file, project } = reading
  const lock = readToml(file, reading.text)
  const metadata = tableAt(lock, 'metadata')
  const version = textAt(metadata, 'lock_version') ?? ''
  if (!/^4\.([4-9]|\d\d)(\.\d+)?$/.test(version)) refuseVersion(file, version, '4.4 and later ones of 4.x')
  refuseOtherPlatforms(reading, tablesAt(metadata, 'targets'))
  const packages = tablesAt(lock, 'package')
  const inherited = textsAt(metadata, 'strategy')?.includes('inherit_metadata') || packages.some((entry) => entry.groups !== undefined)
  const found = inherited ? packages.filter((entry) => isWanted(reading, entry)) : reached(reading, packages)
  const pyproject = project.pyproject === undefined ? {} : readToml('pyproject.toml', project.pyproject)
  const optional = Object.keys(tableAt(pyproject, 'project', 'optional-dependencies')).map(normalizeName)
  const groups = names(textsAt(metadata, 'groups') ?? []).filter((group) => group !== 'default')
  return {
    file,
    project: project.name,
    pins: inOrder(
      file,
      project.name,
      found.map((entry) => readPin(file, entry)),
    ),
    extras: groups.filter((group) => optional.includes(group)),
    groups: groups.filter((group) => !optional.includes(group)),
    overridden: [],
    ...(project.pyproject !== undefined &&
      isPdmFresh(lock, project.pyproject) === false && {
        changed: 'pyproject.toml has changed since it was made (its content_hash is another)',
      }),
    refresh: 'pdm lock',
  }
}

/**
 * @throws UserError where it was locked for other platforms alone
 * @see https://pdm-project.org/latest/usage/lock-targets/
 */
function refuseOtherPlatforms({ file, environment }: Reading, targets: readonly Table[]): void {
  const platforms = targets.map((target) => textAt(target, 'platform'))
  if (platforms.length === 0 || platforms.some((platform) => platform === undefined || isOf(platform, environment))) return
  throw new UserError(
    'lock',
    `${file} is not for this platform and Python: it is for ${platforms.join(' | ')}`,
    'Run "pdm lock --append --platform linux" and commit the lock.',
  )
}

const SYSTEMS: Readonly<Record<string, RegExp>> = { linux: /^(many)?linux/, win32: /^win/, darwin: /^macos/ }
const MACHINES: Readonly<Record<string, RegExp>> = { x86_64: /(x86_64|amd64)$/, aarch64: /(aarch64|arm64)$/ }

/** Whether a platform of PDM (`linux`, `manylinux_2_28_x86_64`, `windows_amd64`) is this one; one that names no machine may be any. */
function isOf(platform: string, { sys_platform = '', platform_machine = '' }: MarkerEnvironment): boolean {
  const machines = Object.values(MACHINES).some((machine) => machine.test(platform))
  return (SYSTEMS[sys_platform]?.test(platform) ?? true) && (!machines || (MACHINES[platform_machine]?.test(platform) ?? true))
}

function isWanted(reading: Reading, entry: Table): boolean {
  const { extras, groups } = reading.selection
  const wanted = new Set(['default', ...extras, ...groups].map(normalizeName))
  return (textsAt(entry, 'groups') ?? []).some((group) => wanted.has(normalizeName(group))) && suits(reading, entry)
}

/** Locks for several targets hold a version for each, told apart by markers and Pythons. */
function suits(reading: Reading, entry: Table): boolean {
  return (
    applies(reading, textAt(entry, 'name') ?? '', textAt(entry, 'marker')) &&
    rangeAccepts(textAt(entry, 'requires_python') ?? '', reading.environment.python_full_version ?? '')
  )
}

/** `name[extra]` is an entry of its own; its dependencies name the plain one. */
function reached(reading: Reading, packages: readonly Table[]): readonly Table[] {
  const { file, project, selection } = reading
  if (project.pyproject === undefined) {
    throw new UserError(
      'lock',
      `${file} is read with the pyproject.toml beside it, and there is none`,
      'Add it, or run "pdm lock --strategy inherit_metadata".',
    )
  }
  const pyproject = readToml('pyproject.toml', project.pyproject)
  const optional = tableAt(pyproject, 'project', 'optional-dependencies')
  const development = tableAt(pyproject, 'tool', 'pdm', 'dev-dependencies')
  const plain = tableAt(pyproject, 'dependency-groups')
  const lines = [
    ...(textsAt(tableAt(pyproject, 'project'), 'dependencies') ?? []),
    ...[...selection.extras, ...selection.groups].flatMap((name) =>
      [optional, development, plain].flatMap((table) => linesOfGroup(table, name)),
    ),
  ]
  const candidates = packages
    .filter((entry) => suits(reading, entry))
    .map((entry) => ({
      name: keyOf(textAt(entry, 'name') ?? '', textsAt(entry, 'extras') ?? []),
      version: textAt(entry, 'version') ?? '',
      entry,
    }))
  const own = (demand: Demand) => demand.name === project.name || demand.name.startsWith(`${project.name}[`)
  const roots = expanded(lines.map(nameable), { name: project.name, optional })
    .flatMap((line) => demandsOf(reading, line))
    .filter((demand) => !own(demand))
  const found = choose(candidates, roots, ({ entry }) => (textsAt(entry, 'dependencies') ?? []).flatMap((line) => demandsOf(reading, line)))
  const missing = found.missing.filter((name) => !name.includes('['))
  if (missing.length === 0) return found.packages.map(({ entry }) => entry)
  throw new UserError('lock', `${file} does not hold ${missing.join(', ')}, which is wanted`, 'Run "pdm lock" and commit the lock.')
}

/** Development groups may hold `-e file:///…#egg=name`, which is no PEP 508; the name is what counts. */
function nameable(line: string): string {
  return /^-e\s.*#egg=([\w.-]+)/.exec(line)?.[1] ?? line
}

/** `shop[fancy]` in an extra of shop stands for what that extra wants. */
function expanded(
  lines: readonly string[],
  own: { readonly name: string; readonly optional: Table },
  seen: readonly string[] = [],
): readonly string[] {
  return lines.flatMap((line) => {
    const { name, extras } = readRequirement(line)
    if (name !== own.name) return [line]
    const fresh = extras.filter((extra) => !seen.includes(extra))
    return expanded(
      fresh.flatMap((extra) => linesOfGroup(own.optional, extra)),
      own,
      [...seen, ...fresh],
    )
  })
}

function demandsOf(reading: Reading, line: string): readonly Demand[] {
  const { name, extras, specifier, marker } = readRequirement(line)
  if (!applies(reading, name, marker)) return []
  const accepts = (version: string) => rangeAccepts(specifier, version)
  const plain = { name, extras: [], accepts }
  return extras.length === 0 ? [plain] : [plain, { name: keyOf(name, extras), extras: [], accepts }]
}

function keyOf(name: string, extras: readonly string[]): string {
  return extras.length === 0 ? normalizeName(name) : `${normalizeName(name)}[${names(extras).join(',')}]`
}

function readPin(file: string, entry: Table): Pin {
  const name = normalizeName(textAt(entry, 'name') ?? '')
  const stated = tablesAt(entry, 'files').map((item) => ({
    hash: textAt(item, 'hash') ?? '',
    file: textAt(item, 'file') ?? textAt(item, 'url') ?? '',
  }))
  const source = readSource(entry)
  return { name, version: textAt(entry, 'version') ?? '', files: readHashes(file, name, stated), ...(source ? { source } : {}) }
}

function readSource(entry: Table): Source | undefined {
  const git = textAt(entry, 'git')
  const subdirectory = textAt(entry, 'subdirectory')
  if (git !== undefined) {
    const { url } = readGit(git)
    const revision = textAt(entry, 'revision') ?? textAt(entry, 'ref') ?? ''
    return { kind: 'git', url, revision, ...(subdirectory ? { subdirectory } : {}) }
  }
  const url = textAt(entry, 'url')
  if (url !== undefined) return { kind: 'archive', url: subdirectory ? `${url}#subdirectory=${subdirectory}` : url }
  const path = textAt(entry, 'path')
  if (path === undefined) return undefined
  const place = readPath(path.replace(PROJECT_ROOT, '.'))
  return isArchive(place) ? { kind: 'archive', url: place } : { kind: 'directory', path: place }
}

/** Several targets are alternatives. */
export function pdmPython(lock: Table): string | undefined {
  const targets = new Set(tablesAt(tableAt(lock, 'metadata'), 'targets').map((target) => textAt(target, 'requires_python') ?? ''))
  return targets.size === 0 || targets.has('') ? undefined : [...targets].join(' || ')
}
