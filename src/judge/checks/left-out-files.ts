import { sourceRoots, withoutDataFolder } from '../../project/layout/source-roots.ts'
import type { Project } from '../../project/project.ts'
import { mendingLines } from './package-data.ts'

/** Files of a package that its wheel does not hold, and the line that puts them there. */
export interface LeftOut {
  /** Relative to the project folder. */
  readonly files: readonly string[]
  /** e.g. `MANIFEST.in: recursive-include polls/templates *` */
  readonly lines: readonly string[]
  /** Those of the files that `.dockerignore` keeps from the build, where no setting of the backend helps. */
  readonly ignored: readonly string[]
}

/** What applications read at run time, by kind of file: beside packages this alone counts, in them whatever is no source. */
const DATA =
  /\.(html?|jinja2?|j2|tmpl|tpl|txt|css|scss|js|mjs|map|svg|png|jpe?g|gif|ico|webp|woff2?|ttf|otf|json|ya?ml|toml|ini|csv|tsv|sql|xml|xsd|mo|pem|lua)$/i
const READ_AT_RUN_TIME = /(^|\/)(templates|static|locale|fixtures|assets|data|public)\//
/** What is read where a package is built or developed, and not where it runs. */
const OF_DEVELOPERS =
  /\.(py[cdiwo]?|pyx|pxd|pxi|c|h|cc|cpp|cxx|hh|hpp|hxx|cu|cuh|rs|f|f90|f95|s|asm|o|a|obj|lib|go|java|cs|swift|po|pot|ts|tsx|jsx|vue|svelte|less|sass|styl|coffee|proto|thrift|g4|md|mdx|rst|adoc|ipynb|tex|log|lock|bak|orig|rej|swp|swo|tmp|patch|diff|prof|code-workspace|iml|tape|bzl|bazel|build|cmake|nix|gyp|gn|in|am|ac|m4|cfg|doctest|wpr|sublime-project)$|~$|(^|\/)(py\.typed|BUILD|WORKSPACE|Dockerfile[^/]*|Procfile|Pipfile|Cargo\.toml|pyproject\.toml|justfile|Justfile|Rakefile|SConscript|OWNERS|CODEOWNERS|VERSION|(AUTHORS|NOTICE|TODO|NEWS|HISTORY|CHANGES|CONTRIBUTING)(\.(txt|md|rst))?|package(-lock)?\.json|tsconfig[^/]*\.json|yarn\.lock|docker-compose[^/]*|(pytest|tox|mypy)\.ini|[^/]*[-_]tests?[^/]*\.(sh|bat|ps1))$/
/** An extension module, as it is built in place. */
const BUILT = /\.(cpython|pypy|cp3|abi3)[^/]*\.(so|pyd)$|(^|\/)_[^/]*\.(so|dylib|dll|pyd)$/
const NEVER = /(^|\/)(node_modules|__pycache__|\.[^/]+)(\/|$)/
const ASIDE = /(^|\/)(tests?|testing|docs?|examples?)\/|(^|\/)(README|LICENSE|CHANGELOG|requirements|MANIFEST|Makefile)[^/]*$/i
/** What lies in there is the application's whatever its name: `polls/templates/docs/index.html`. */
const SHOWN = /(^|\/)(templates|static)\//

/**
 * Templates, static files and data that lie in the source of the wheel's packages and are not in the wheel:
 * the classic of a wheel that works on the machine of its author alone.
 * @param source paths of the project's files
 * @param wheel names in the wheel
 * @see https://setuptools.pypa.io/en/latest/userguide/datafiles.html
 */
export function leftOut(
  source: readonly string[],
  wheel: readonly string[],
  project: Pick<Project, 'buildRequires' | 'definition'> & { readonly ignored?: readonly string[] },
): LeftOut {
  const inWheel = new Set(wheel.map(withoutDataFolder))
  const roots = sourceRoots(source, wheel)
  const files = source.filter((file) => {
    const root = roots.find(
      ({ prefix, packages }) => file.startsWith(prefix) && packages?.includes(file.slice(prefix.length).split('/')[0] ?? ''),
    )
    if (!root || !file.slice(root.prefix.length).includes('/')) return false
    const inside = file.slice(root.prefix.length)
    return !isHeldIn(inWheel, inside) && !isAside(inside) && isWanted(inside)
  })
  const ignored = files.filter((file) => project.ignored?.includes(file))
  const unnamed = files.filter((file) => !ignored.includes(file))
  const lines = ignored.map((file) => `.dockerignore: !${file}`)
  return { files, lines: [...lines, ...(unnamed.length === 0 ? [] : mendingLines(unnamed, roots, project))], ignored }
}

/** A file that the build packs is there in that form: `models.json.gz`, which its code reads. */
function isHeldIn(wheel: ReadonlySet<string>, inside: string): boolean {
  return wheel.has(inside) || PACKED.some((ending) => wheel.has(`${inside}${ending}`))
}
const PACKED = ['.gz', '.bz2', '.xz', '.zst', '.br', '.zip']

/** What lies in folders of data counts whatever it is, but for code and catalogues that are compiled. */
function isWanted(inside: string): boolean {
  if (/\.(py[cdio]?|c|h|cc|cpp|pyx|pxd|rs|po|pot)$/.test(inside) || BUILT.test(inside)) return false
  return READ_AT_RUN_TIME.test(inside) || !OF_DEVELOPERS.test(inside)
}

/** For tests, migrations and people: modules that an image can do without, or whose folder is a template. */
const NO_MODULES =
  /(^|\/)(tests?|testing|docs?|examples?|samples?|benchmarks?|scripts?|tools?|migrations|alembic|versions|templates?|[^/]*_template|static|stubs|typings|node_modules|[^/]*\{\{[^/]*|[^/]*[-.][^/]*)\//i

/**
 * Modules in folders of a package of which the wheel holds nothing: setuptools takes no folder without `__init__.py` by
 * `find_packages()`, and a list of packages forgets new ones.
 * @param source paths of the project's files
 * @param wheel names in the wheel
 * @see https://setuptools.pypa.io/en/latest/userguide/package_discovery.html
 */
export function modulesLeftOut(source: readonly string[], wheel: readonly string[]): readonly string[] {
  const inWheel = new Set(wheel.map(withoutDataFolder))
  const folders = new Set([...inWheel].map((name) => name.slice(0, name.lastIndexOf('/') + 1)))
  const roots = sourceRoots(source, wheel)
  return source.filter((file) => {
    const root = roots.find(
      ({ prefix, packages }) => file.startsWith(prefix) && packages?.includes(file.slice(prefix.length).split('/')[0] ?? ''),
    )
    const inside = root && file.endsWith('.py') ? file.slice(root.prefix.length) : ''
    const folder = inside.slice(0, inside.lastIndexOf('/') + 1)
    const shown = !NEVER.test(inside) && !NO_MODULES.test(inside) && !/(^|\/)(test_[^/]*|[^/]*_test|conftest)\.py$/.test(inside)
    return folder !== '' && shown && !folders.has(folder) && isHeld(folder, folders)
  })
}

/** Its top folder is a package of the wheel. */
function isHeld(folder: string, folders: ReadonlySet<string>): boolean {
  return folders.has(`${folder.split('/')[0] ?? ''}/`)
}

/** Whether a file is what applications read at run time, by its name. @param inside below the folder that is on the path */
export function isData(inside: string): boolean {
  return !NEVER.test(inside) && !/\.py[cdio]?$/.test(inside) && (DATA.test(inside) || READ_AT_RUN_TIME.test(inside))
}

/** Tests, documentation and tools of the developer, up to the first folder of templates or static files. */
function isAside(inside: string): boolean {
  const shown = SHOWN.exec(inside)
  return NEVER.test(inside) || ASIDE.test(shown ? inside.slice(0, shown.index + 1) : inside)
}

interface SettingsText {
  /** Of the settings' modules. */
  readonly text: string
  /** What stands before the settings' package: '' or e.g. `src/`. */
  readonly root: string
}

/**
 * Files of folders beside the packages that Django's settings name (`BASE_DIR / "templates"`): no wheel holds them.
 * @param source paths of the project's files
 * @param wheel names in the wheel
 */
export function outsidePackages(source: readonly string[], wheel: readonly string[], { text, root }: SettingsText): readonly string[] {
  const inWheel = new Set(wheel.map(withoutDataFolder))
  const packages = new Set([...inWheel].map((name) => name.split('/')[0] ?? ''))
  const folders = namedFolders(text).filter((folder) => !packages.has(folder))
  const places = [...new Set([root, ''])].flatMap((prefix) => folders.map((folder) => ({ prefix, folder: `${prefix}${folder}/` })))
  return source.filter((file) =>
    places.some(
      ({ prefix, folder }) =>
        file.startsWith(folder) && !inWheel.has(file.slice(prefix.length)) && !NEVER.test(file) && !file.endsWith('.py'),
    ),
  )
}

/** The top folders in the lists of folders that Django searches. STATIC_ROOT is none: it is written, not read. */
function namedFolders(settings: string): readonly string[] {
  const lists = [
    ...settings.matchAll(/^(?:STATICFILES_DIRS|LOCALE_PATHS|FIXTURE_DIRS)\b[^=\n]*=(.*(?:\n(?:[ \t\])]|$).*)*)/gm),
    ...settings.matchAll(/["']DIRS["']\s*:(.*(?:\n(?!\S|[ \t]*["'][A-Z_]+["']\s*:|[ \t]*\}).*)*)/g),
  ].map((match) => (match[1] ?? '').replace(/#.*/g, ''))
  const literals = lists.flatMap((text) => [...text.matchAll(/["']\/?([\w-]+)(?![\w-])[^"'\n]*["']/g)].map((match) => match[1] ?? ''))
  return [...new Set(literals)]
}
