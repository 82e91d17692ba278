import { listed } from '../../text/words.ts'
import { fitsPath } from '../glob.ts'
import type { Requirements } from '../metadata.ts'
import { normalizeName } from '../names.ts'
import { readToml, type Table, tableAt, textAt, textsAt } from '../toml.ts'
import { SOURCE_AT } from '../tools/local-source.ts'
import { poetryMetadata } from '../tools/poetry-project.ts'

/** Folders that setuptools does not take for packages (FlatLayoutPackageFinder of setuptools 84). */
const NO_PACKAGES =
  /^(ci|bin|debian|docs?|documentation|manpages|news|newsfragments|changelog|tests?|unit_tests?|test_utils|scripts?|tools?|utils?|python|build|dist|venv|env|requirements|benchmarks?|examples?|tasks|fabfile|site_scons|exercises?|htmlcov)$/

/** Why a project has no wheel of its own, and what changes that. */
export interface SourceOnly {
  readonly reason: string
  readonly change: string
}

/** What of a project's other files decides whether pyproject.toml alone describes a wheel. */
export interface Beside {
  /** Paths of its files. */
  readonly files: readonly string[]
  /** setup.py, or a setup.cfg that says more than settings of tools. */
  readonly setup: boolean
  /** A lock of uv holds it: uv builds nothing without a [build-system]. */
  readonly uv: boolean
}

/** Why a project has no wheel of its own. @param metadataFile the file that describes it @param texts of pyproject.toml, read, and of setup.py */
export function withoutWheel(
  metadataFile: string,
  { pyproject, setup }: { readonly pyproject: Table; readonly setup: string },
  beside: Beside,
): SourceOnly | undefined {
  if (metadataFile === 'pyproject.toml') return sourceOnlyOf(pyproject, beside)
  return metadataFile === 'setup.py' ? siteWithoutTemplates(setup, beside.files) : undefined
}

/**
 * Why a project described by pyproject.toml has no wheel of its own; undefined where it has one. Without a
 * [build-system], pip would try setuptools and uv would not build: it is built where setuptools plainly finds
 * one package, and taken as an application otherwise.
 */
export function sourceOnlyOf(pyproject: Table, { files, setup, uv }: Beside): SourceOnly | undefined {
  const tool = (name: string) => tableAt(pyproject, 'tool', name)
  const said = (reason: string): SourceOnly => ({ reason, change: 'that setting decides' })
  if (tool('uv').package === false) return said('[tool.uv] package is false')
  if (tool('poetry')['package-mode'] === false) return said('[tool.poetry] package-mode is false')
  if (tool('pdm').distribution === false) return said('[tool.pdm] distribution is false')
  if ('build-system' in pyproject) return withoutPackage(pyproject, files) ?? (setup ? undefined : severalPackages(pyproject, files))
  if (tool('uv').package === true || tool('pdm').distribution === true) return undefined
  if (!('project' in pyproject) || setup) return undefined
  const inSrc = files.some((file) => /^src\/[^/]+\/__init__\.py$/.test(file))
  // Where src itself is a package, its modules import each other by that name, which no wheel keeps.
  const plain = !files.includes('src/__init__.py') && (inSrc || (!files.includes('manage.py') && isOnePackage(files)))
  return plain && !uv ? undefined : { reason: 'pyproject.toml has no [build-system]', change: 'a [build-system] gives it one' }
}

/** As setuptools finds packages: any folder of a name that Python takes is one, and two are too many. */
function isOnePackage(files: readonly string[]): boolean {
  const folders = flatPackages(files)
  return folders.length === 1 && files.includes(`${folders[0]}/__init__.py`)
}

function flatPackages(files: readonly string[]): readonly string[] {
  return [...new Set(files.flatMap((file) => /^([A-Za-z]\w*)\//.exec(file)?.[1] ?? []).filter((name) => !NO_PACKAGES.test(name)))]
}

/** Modules that setuptools does not take for the project's (FlatLayoutModuleFinder of setuptools 84). */
const NO_MODULES =
  /^(setup|conftest|tests?|examples?|build|toxfile|noxfile|pavement|dodo|tasks|fabfile|SConstruct|conanfile|manage|benchmarks?|exercises?|htmlcov)$/i

/**
 * Where nothing says which packages are the project's, setuptools builds one, and stops at several.
 * @see https://setuptools.pypa.io/en/latest/userguide/package_discovery.html#flat-layout
 */
function severalPackages(pyproject: Table, files: readonly string[]): SourceOnly | undefined {
  const backend = textAt(tableAt(pyproject, 'build-system'), 'build-backend') ?? 'setuptools.build_meta'
  const said = tableAt(pyproject, 'tool', 'setuptools')
  const told = ['packages', 'py-modules', 'ext-modules', 'package-dir'].some((key) => key in said)
  if (!backend.startsWith('setuptools.') || told || !('project' in pyproject) || files.some((file) => file.startsWith('src/')))
    return undefined
  const modules = files.flatMap((file) => /^([A-Za-z]\w*)\.py$/.exec(file)?.[1] ?? []).filter((name) => !NO_MODULES.test(name))
  const packages = flatPackages(files)
  const [found, what] = packages.length > 0 ? [packages, 'packages'] : [modules, 'modules']
  if (found.length < 2) return undefined
  return {
    reason: `setuptools finds several ${what} (${listed([...found].sort(), 4)}) and builds none`,
    change: `${what === 'packages' ? 'packages' : 'py-modules'} in [tool.setuptools] names those of a wheel`,
  }
}

/** Poetry builds what has the project's name, unless `packages` names others; with neither it stops. */
function withoutPackage(pyproject: Table, files: readonly string[]): SourceOnly | undefined {
  const backend = textAt(tableAt(pyproject, 'build-system'), 'build-backend') ?? ''
  const poetry = tableAt(pyproject, 'tool', 'poetry')
  const name = textAt(tableAt(pyproject, 'project'), 'name') ?? textAt(poetry, 'name')
  if (!/^poetry\.|^poetry_dynamic_versioning\./.test(backend) || 'packages' in poetry || name === undefined) return undefined
  const module = normalizeName(name).replaceAll('-', '_')
  const places = ['', 'src/'].flatMap((top) => [`${top}${module}.py`, `${top}${module}/`])
  if (files.some((file) => places.some((place) => (place.endsWith('/') ? file.startsWith(place) : file === place)))) return undefined
  return {
    reason: `Poetry finds no package ${module}`,
    change: 'packages in [tool.poetry] names others, and package-mode = false says so outright',
  }
}

/** What puts files that are no code into a wheel, or may. */
const WITH_DATA = /package_data|data_files|setup_requires|scm|\bpbr\b|cmdclass/

/**
 * Why a Django project whose setup.py says nothing of its templates is taken as its source: no wheel of it could show a page. Its
 * requirements files say what it takes.
 * @see https://setuptools.pypa.io/en/latest/userguide/datafiles.html
 */
export function siteWithoutTemplates(setup: string, files: readonly string[]): SourceOnly | undefined {
  const templates = files.some((file) => /^(\w+)\/(?:.*\/)?templates\//.test(file) && files.includes(`${file.split('/')[0]}/__init__.py`))
  const pinned = files.some((file) => /^requirements[^/]*\.txt$|^requirements\//.test(file))
  if (!files.includes('manage.py') || !templates || !pinned || WITH_DATA.test(setup)) return undefined
  return {
    reason: 'setup.py puts no templates into a wheel',
    change: 'include_package_data=True there, with a MANIFEST.in, gives it one',
  }
}

/**
 * What pyproject.toml itself says of a project (PEP 621, or Poetry's own table): all that is known of one without a wheel.
 * As with Poetry, its table says what is required where [project] has neither dependencies nor extras, and beside the
 * extras where the dependencies are dynamic; else it only tells sources.
 * @param name used where [project] has none
 * @param locked a lock says the versions
 */
export function staticMetadata(pyproject: Table, name: string, locked = false): Requirements {
  const project = tableAt(pyproject, 'project')
  const poetry = tableAt(pyproject, 'tool', 'poetry')
  const optional = Object.entries(tableAt(project, 'optional-dependencies')).map(([extra, lines]) => ({
    extra: normalizeName(extra),
    lines: Array.isArray(lines) ? lines.filter((line): line is string => typeof line === 'string') : [],
  }))
  const byPoetry = 'dependencies' in poetry && !('dependencies' in project) && (optional.length === 0 || isDynamic(project))
  const said = byPoetry ? poetryMetadata(poetry, locked) : undefined
  if (said && !('project' in pyproject)) return { ...said, name }
  return {
    name: textAt(project, 'name') ?? name,
    summary: textAt(project, 'description') ?? '',
    license: textAt(project, 'license') ?? '',
    requiresPython: textAt(project, 'requires-python') ?? said?.requiresPython ?? '',
    requires: [
      ...(textsAt(project, 'dependencies') ?? said?.requires ?? []),
      ...optional.flatMap(({ extra, lines }) => lines.map((line) => withExtra(line, extra))),
    ].map(fromHere),
    extras: [...optional.map(({ extra }) => extra), ...(optional.length > 0 ? [] : (said?.extras ?? []))],
  }
}

function isDynamic(project: Table): boolean {
  return Array.isArray(project.dynamic) && project.dynamic.includes('dependencies')
}

/** Why nothing tells what a project requires until its backend is asked; undefined where pyproject.toml tells it. */
export function unknownRequires(pyproject: Table): string | undefined {
  const project = tableAt(pyproject, 'project')
  const byPoetry = 'dependencies' in tableAt(pyproject, 'tool', 'poetry') && !('dependencies' in project)
  if (isDynamic(project)) return byPoetry ? undefined : 'pyproject.toml leaves its dependencies to the build backend (dynamic)'
  const bare = 'build-system' in pyproject && !('project' in pyproject) && !('poetry' in tableAt(pyproject, 'tool'))
  return bare ? 'pyproject.toml has no [project] and leaves its dependencies to the build backend' : undefined
}

/**
 * The project's folder in addresses, as PDM and hatch write it: `${PROJECT_ROOT}`, `{root:uri}`, `{root:parent:uri}`.
 * @see https://hatch.pypa.io/latest/config/context/
 */
export function fromHere(line: string): string {
  return line
    .replace(/file:\/{2,3}\$\{PROJECT_ROOT\}/g, `file://${SOURCE_AT}`)
    .replace(/\{root((?::parent)*)(:uri|:real)*\}/g, (_whole, up: string) => {
      const parts = SOURCE_AT.split('/')
      const folder = parts.slice(0, Math.max(1, parts.length - (up.match(/:parent/g)?.length ?? 0))).join('/')
      return /:uri\}/.test(_whole) ? `file://${folder}` : folder
    })
}

/** As a build backend would write it to METADATA: the extra joins the marker. */
function withExtra(line: string, extra: string): string {
  const [requirement = '', ...rest] = line.split(';')
  const marker = rest.join(';').trim()
  return `${requirement.trim()} ; ${marker ? `(${marker}) and ` : ''}extra == '${extra}'`
}

/**
 * Files of the project's own folder that its metadata is made from.
 * @param text of pyproject.toml
 * @see PEP 621 `readme`, PEP 639 `license-files`
 * @see https://setuptools.pypa.io/en/latest/userguide/pyproject_config.html#dynamic-metadata
 */
export function namedFiles(text: string): readonly { readonly file: string; readonly as: string }[] {
  const pyproject = readToml('pyproject.toml', text)
  const project = tableAt(pyproject, 'project')
  const readmes = [
    textAt(project, 'readme') ?? textAt(tableAt(project, 'readme'), 'file'),
    textAt(tableAt(pyproject, 'tool', 'poetry'), 'readme'),
    ...(textsAt(tableAt(pyproject, 'tool', 'poetry'), 'readme') ?? []),
  ]
  const licences = [textAt(tableAt(project, 'license'), 'file'), ...(textsAt(project, 'license-files') ?? [])]
  const dynamic = tableAt(pyproject, 'tool', 'setuptools', 'dynamic')
  const read = Object.keys(dynamic).flatMap((field) => textsAt(tableAt(dynamic, field), 'file') ?? textAt(tableAt(dynamic, field), 'file'))
  return [
    ...readmes.map((file) => ({ file, as: 'readme' })),
    ...licences.map((file) => ({ file, as: 'a licence' })),
    ...read.map((file) => ({ file, as: 'a field' })),
  ].flatMap(({ file, as }) => (file === undefined || /[*?[]|^\.\.\//.test(file) ? [] : [{ file: file.replace(/^\.\//, ''), as }]))
}

/**
 * Files of the project's own folder that setup.py and setup.cfg name: whatever opens them stops where they are not there.
 * @param texts of setup.py and setup.cfg
 * @param paths of the project's files
 * @see https://setuptools.pypa.io/en/latest/userguide/declarative_config.html (`file:`)
 */
export function setupFiles({ setup, cfg }: { readonly setup: string; readonly cfg: string }, paths: readonly string[]): readonly string[] {
  // `join(here, "docs", "README.md")` and `here / "docs" / "README.md"`
  const joined = setup.replace(/["']\s*[,/]\s*["']/g, '/')
  const quoted = [setup, joined].flatMap((text) =>
    [...text.matchAll(/"([^"\n]+)"|'([^'\n]+)'/g)].map((match) => match[1] ?? match[2] ?? ''),
  )
  const listed = [...cfg.matchAll(/\bfile\s*:\s*(.+)/g)].flatMap((match) => (match[1] ?? '').split(/[\s,]+/))
  const named = new Set([...quoted, ...listed].map((word) => word.replace(/^\.\//, '')))
  return paths.filter((path) => named.has(path))
}

/**
 * Files that [tool.setuptools.data-files] names, by their patterns: setuptools stops where one is not there.
 * @param text of pyproject.toml
 * @param paths of the project's files
 * @see https://setuptools.pypa.io/en/latest/userguide/pyproject_config.html#setuptools-specific-configuration
 */
export function dataFiles(text: string, paths: readonly string[]): readonly string[] {
  const table = tableAt(readToml('pyproject.toml', text), 'tool', 'setuptools', 'data-files')
  const globs = Object.keys(table).flatMap((place) => textsAt(table, place) ?? [])
  const parts = globs.map((glob) => glob.replace(/^\.\//, '').split('/'))
  return paths.filter((file) => parts.some((one) => fitsPath(one, file.split('/'))))
}
