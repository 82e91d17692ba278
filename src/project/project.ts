import { type DjangoFiles, readDjango } from './application/django.ts'
import { importRoots } from './application/import-roots.ts'
import { type Process, procfileLines, startLine } from './application/procfile.ts'
import { pytestPaths, pytestSettings } from './application/test-settings.ts'
import { type OwnDockerfile, readOwnDockerfile } from './dockerfile/own-dockerfile.ts'
import { readIni } from './ini.ts'
import { buildCode } from './layout/build-code.ts'
import { isCompiled, needsCompiler } from './layout/compiled-backends.ts'
import { type Declared, type RequiredBy, readDeclared, requiredBy } from './layout/declared.ts'
import { type SourceOnly, staticMetadata, unknownRequires, withoutWheel } from './layout/package-discovery.ts'
import { type ReadsAbove, readsAbove } from './layout/reads-above.ts'
import { statedArgument } from './layout/setup-arguments.ts'
import type { SourceRoot } from './layout/source-roots.ts'
import { findLock, lockedPython } from './locks/lock-formats.ts'
import type { Requirements } from './metadata.ts'
import { normalizeName } from './names.ts'
import { noMetadata } from './no-project.ts'
import { type NamedPython, PYTHON_FILES, pythonFiles, readPythonFiles } from './python-version.ts'
import { findRequirements, type RequirementFiles, readRequirements } from './requirements/requirement-files.ts'
import type { SourceTree } from './source-tree.ts'
import { readToml, type Table, tableAt, textAt, textsAt } from './toml.ts'
import { readGroups } from './tools/dependency-groups.ts'
import { poetryGroups, poetryPython } from './tools/poetry-project.ts'

/** Files whose text is read, where they exist. */
export const READ = [
  'pyproject.toml',
  'setup.cfg',
  'setup.py',
  'Procfile',
  'Pipfile',
  'manage.py',
  ...PYTHON_FILES,
  'runtime.txt',
  'Dockerfile',
  'pytest.ini',
  'tox.ini',
]

/** A lock of the user. */
export interface OwnLock {
  /** Relative to the project folder; `../uv.lock` for a member of a workspace. */
  readonly file: string
  /** e.g. `before poetry.lock`, where there are several. */
  readonly why?: string
  /** By path: of the lock, of the Pipfile beside Pipenv's, and of what requirements files include. */
  readonly texts: Readonly<Record<string, string>>
}

/** What the user has. */
export interface Project {
  readonly folder: string
  /** Normalised (PEP 503); the default of the image's name. */
  readonly name: string
  readonly nameFrom: string
  readonly definedBy: string
  /** What building it reads above its folder. */
  readonly above?: ReadsAbove
  /** Why it has no wheel of its own: its source goes to /app as it is. Undefined where it has one. */
  readonly sourceOnly: string | undefined
  /** Nothing names what builds its wheel, and setuptools does. */
  readonly assumedBackend: boolean
  /** What would give it one. */
  readonly wheelBy?: string
  /** It could have a wheel, and the user wants none. */
  readonly wheelRefused?: true
  /** What pyproject.toml says of a project without a wheel. */
  readonly metadata: Requirements
  /** What its files say of scripts and requirements before its backend is asked. */
  readonly declared: Declared
  /** The file that says what is required, by the metadata. */
  readonly requiredBy: RequiredBy
  /** Why `metadata` does not tell what is required; only its backend does. */
  readonly unknownRequires?: string
  /** Requirements files: those the user names, else those found. */
  readonly requirements: (RequirementFiles & { readonly given: boolean }) | undefined
  /** Its lock, the best of those there are. */
  readonly lock: OwnLock | undefined
  /** What its requirements files are where they have hashes. */
  readonly requirementsLock: OwnLock | undefined
  /** Dependency groups by normalised name (PEP 735). */
  readonly groups: Readonly<Record<string, readonly string[]>>
  /** What building its wheel requires (PEP 518), before the backend is asked. */
  readonly buildRequires: readonly string[]
  /** Its own wheel has extension modules. */
  readonly compiled: boolean
  readonly requiresPython: string | undefined
  /** What its lock says of the Python that it was made for. */
  readonly lockedPython: string | undefined
  /** What `.python-version` and its like say. */
  readonly python: NamedPython | undefined
  /** What its own Dockerfile says. */
  readonly dockerfile: OwnDockerfile | undefined
  /** What they say and is not read, for notices. */
  readonly unreadPython: readonly string[]
  readonly django: DjangoFiles['django']
  /** Of a Django project: the file that computes its settings. */
  readonly settingsComputedBy?: string
  /** The settings that pytest's configuration names. */
  readonly pytestSettings: string | undefined
  /** Where its modules are imported from where it has no wheel, as far as its files say. */
  readonly roots: readonly SourceRoot[]
  /** A start command from Procfile or [tool.pypackager]: a line of a shell, or its words. */
  readonly start: { readonly line: string | readonly string[]; readonly from: string } | undefined
  /** Of the Procfile, but for `web:`. */
  readonly processes: readonly Process[]
  /** sha-able texts of the files that define dependencies, for cache keys. */
  readonly definition: string
}

/** PEP 517: what a project without a [build-system] table is built with. */
export const LEGACY_BUILD = ['setuptools>=40.8.0']

/** What the user says of it elsewhere. */
interface Asked {
  /** Requirements files, relative to the project folder. */
  readonly requirements?: readonly string[]
  /** `never` where its source is taken, whatever its metadata say. */
  readonly wheel?: 'auto' | 'never'
}

/**
 * Reads a project.
 * @param fallbackName used where no file states a name literally: the folder's or the repository's
 * @throws UserError for invalid TOML, for a folder without metadata or requirements, and for a requirements file that is missing
 */
export function readProject(tree: SourceTree, fallbackName: string, { requirements: given = [], wheel = 'auto' }: Asked = {}): Project {
  const texts = readTexts(tree)
  const { text, pyproject, cfg, setup } = texts
  const found = given.length > 0 ? given : findRequirements(tree.files)
  const requirements = found.length > 0 ? { ...readRequirements(found, tree, given.length > 0), given: given.length > 0 } : undefined
  const metadataFile = definingFile(tree, pyproject, cfg)
  const lock = given.length > 0 ? undefined : ownLock(tree, pyproject)
  const definedBy = metadataFile ?? lock?.file ?? requirements?.files[0]
  if (definedBy === undefined) throw noMetadata(tree, pyproject)
  const poetry = tableAt(pyproject, 'tool', 'poetry')
  const groups = readGroups(pyproject)
  const beside = {
    files: tree.files,
    setup: tree.texts.has('setup.py') || hasSections(cfg),
    uv: /(^|\/)uv\.lock$/.test(lock?.file ?? ''),
  }
  const own = metadataFile ? withoutWheel(metadataFile, texts, beside) : unnamed(definedBy)
  const refused = wheel === 'never'
  const source = refused ? WITHOUT_WHEEL : own
  const declaring = { pyproject, cfg: text('setup.cfg') ?? '', setup }
  const { django, computedBy } = readDjango(tree.texts)
  const unknown = untold(metadataFile, pyproject, source)
  const above = tree.folder === '.' ? undefined : readsAbove(pyproject, text)
  const { name, nameFrom } = nameOf(texts, fallbackName)
  return {
    folder: tree.folder,
    name,
    nameFrom,
    definedBy,
    sourceOnly: source?.reason,
    ...(source && { wheelBy: source.change }),
    ...(refused && !own && { wheelRefused: true as const }),
    ...(above && !source && { above }),
    assumedBackend: metadataFile === 'pyproject.toml' && !source && !('build-system' in pyproject),
    declared: readDeclared(declaring),
    requiredBy: requiredBy(declaring, definedBy, requirements?.files ?? []),
    metadata: staticMetadata(pyproject, name, lock !== undefined),
    ...(unknown !== undefined && { unknownRequires: unknown }),
    requirements,
    lock,
    requirementsLock: requirements?.hashed ? requirementsLock(found, requirements.files, text) : undefined,
    groups: { ...groups, ...poetryGroups(poetry, lock !== undefined, groups) },
    ...buildOf(texts, tree.files),
    ...pythonsOf(tree, texts, lock),
    django,
    ...(computedBy && { settingsComputedBy: computedBy }),
    pytestSettings: pytestSettings(tree.texts),
    roots: importRoots({ files: tree.files, settings: django?.settings, pytest: pytestPaths(tree.texts) }),
    start: startLine(text('Procfile'), tableAt(pyproject, 'tool', 'pypackager')),
    processes: procfileLines(text('Procfile')).filter(({ name }) => name !== 'web'),
    definition: ['pyproject.toml', 'setup.cfg', 'setup.py', ...(requirements?.files ?? []), ...(lock ? [lock.file] : [])]
      .map((file) => `${file}\n${text(file) ?? ''}`)
      .join('\n'),
  }
}

/** The files that say what a project is. */
interface Texts {
  readonly text: (name: string) => string | undefined
  readonly pyproject: Table
  readonly cfg: ReadonlyMap<string, string>
  /** Of setup.py. */
  readonly setup: string
}

function readTexts(tree: SourceTree): Texts {
  const text = (name: string) => tree.texts.get(name)
  const written = text('pyproject.toml')
  const shown = tree.folder === '.' ? 'pyproject.toml' : `${tree.folder}/pyproject.toml`
  const pyproject = written === undefined ? {} : readToml(shown, written)
  return { text, pyproject, cfg: readIni(text('setup.cfg') ?? ''), setup: text('setup.py') ?? '' }
}

/** @param fallback the folder's name or the repository's */
function nameOf({ pyproject, cfg, setup }: Texts, fallback: string): Pick<Project, 'name' | 'nameFrom'> {
  const names: readonly (readonly [string | undefined, string])[] = [
    [textAt(tableAt(pyproject, 'project'), 'name') ?? textAt(tableAt(pyproject, 'tool', 'poetry'), 'name'), 'pyproject.toml'],
    [cfg.get('metadata.name'), 'setup.cfg'],
    [statedArgument(setup, 'name'), 'setup.py'],
    [fallback, 'the folder: no file states the name literally'],
  ]
  const [name = 'app', nameFrom] = names.find(([value]) => value) ?? ['app', 'nothing']
  return { name: normalizeName(name), nameFrom }
}

/** The name that a project's files state literally, normalised; undefined where none does. */
export function statedName(tree: SourceTree): string | undefined {
  const { name, nameFrom } = nameOf(readTexts(tree), '')
  return /^(pyproject\.toml|setup\.(cfg|py))$/.test(nameFrom) ? name : undefined
}

/** Sources of extensions count where code of the project's own may build them: no other would, and it may go on without. */
function buildOf({ text, pyproject }: Texts, files: readonly string[]): Pick<Project, 'buildRequires' | 'compiled'> {
  const buildRequires = textsAt(tableAt(pyproject, 'build-system'), 'requires') ?? LEGACY_BUILD
  const code = buildCode(pyproject).filter((file) => text(file) !== undefined)
  const definitions = ['pyproject.toml', 'setup.cfg', ...code].map((file) => text(file) ?? '').join('\n')
  return { buildRequires, compiled: isCompiled(buildRequires, definitions) || (code.length > 0 && needsCompiler(files)) }
}

function pythonsOf(
  tree: SourceTree,
  { pyproject, cfg, setup }: Texts,
  lock: OwnLock | undefined,
): Pick<Project, 'requiresPython' | 'lockedPython' | 'python' | 'dockerfile' | 'unreadPython'> {
  const python = readPythonFiles(pythonFiles(tree.texts))
  const ownDockerfile = tree.texts.get('Dockerfile')
  return {
    requiresPython:
      textAt(tableAt(pyproject, 'project'), 'requires-python') ??
      cfg.get('options.python_requires') ??
      statedArgument(setup, 'python_requires') ??
      poetryPython(tableAt(pyproject, 'tool', 'poetry')),
    lockedPython: lock && lockedPython(lock.file, lock.texts[lock.file] ?? ''),
    python: python.named,
    dockerfile: ownDockerfile === undefined ? undefined : readOwnDockerfile(ownDockerfile),
    unreadPython: python.unread,
  }
}

const WITHOUT_WHEEL: SourceOnly = { reason: 'wheel: never says so', change: 'that setting decides' }

/** Why nothing tells what a project without a wheel requires: setup.py and setup.cfg are read by setuptools alone. */
function untold(metadataFile: string | undefined, pyproject: Table, source: SourceOnly | undefined): string | undefined {
  if (source && /^setup\./.test(metadataFile ?? '')) return `${metadataFile} leaves its dependencies to setuptools`
  return unknownRequires(pyproject)
}

/** The file that holds the metadata; undefined where none does: pyproject.toml and setup.cfg may hold settings of tools alone. */
function definingFile(tree: SourceTree, pyproject: Table, cfg: ReadonlyMap<string, string>): string | undefined {
  const { project, 'build-system': build } = pyproject
  if (project !== undefined || build !== undefined || 'poetry' in tableAt(pyproject, 'tool')) return 'pyproject.toml'
  if (tree.texts.has('setup.py')) return 'setup.py'
  return hasSections(cfg) ? 'setup.cfg' : undefined
}

/** setup.cfg may hold settings of tools alone. */
function hasSections(cfg: ReadonlyMap<string, string>): boolean {
  return [...cfg.keys()].some((key) => /^(metadata|options)\./.test(key))
}

function unnamed(definedBy: string): SourceOnly {
  return { reason: `it has ${definedBy} and no metadata`, change: 'a pyproject.toml with [project] and [build-system] gives it one' }
}

/** The lock beside the project, else that of uv's workspace above it. */
function ownLock(tree: SourceTree, pyproject: Table): OwnLock | undefined {
  const name = textAt(tableAt(pyproject, 'project'), 'name')
  const above = [...tree.texts].find(
    ([file, text]) => /^(\.\.\/)+uv\.lock$/.test(file) && name !== undefined && locksPackage(text, name),
  )?.[0]
  const found = findLock(tree.files)
  const file = found?.file ?? above
  const text = file === undefined ? undefined : tree.texts.get(file)
  if (file === undefined || text === undefined) return undefined
  const pipfile = file === 'Pipfile.lock' ? tree.texts.get('Pipfile') : undefined
  return { file, texts: { [file]: text, ...(pipfile !== undefined && { Pipfile: pipfile }) }, ...(found?.why && { why: found.why }) }
}

function locksPackage(text: string, name: string): boolean {
  return [...text.matchAll(/^name = "([^"]+)"$/gm)].some((match) => normalizeName(match[1] ?? '') === normalizeName(name))
}

function requirementsLock(entries: readonly string[], files: readonly string[], text: (name: string) => string | undefined): OwnLock {
  const texts = Object.fromEntries(files.map((file) => [file, text(file) ?? '']))
  if (entries.length === 1) return { file: entries[0] ?? '', texts }
  const file = entries.join(', ')
  return { file, texts: { ...texts, [file]: entries.map((entry) => `-r ${entry}`).join('\n') } }
}
