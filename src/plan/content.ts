/** Files of a package that its wheel does not hold, and the line that puts them there. */
export interface LeftOut {
  /** Relative to the project folder. */
  readonly files: readonly string[]
  /** e.g. `MANIFEST.in: recursive-include polls/templates *` */
  readonly lines: readonly string[]
}

/** What applications read at run time, by kind of file. Sources of extension modules and of documentation are not. */
const DATA =
  /\.(html?|jinja2?|j2|tmpl|tpl|txt|css|scss|js|mjs|map|svg|png|jpe?g|gif|ico|webp|woff2?|ttf|otf|json|ya?ml|toml|ini|csv|tsv|sql|xml|xsd|mo|pem|lua)$/i
const READ_AT_RUN_TIME = /(^|\/)(templates|static|locale|fixtures|assets|data|public)\//
const ASIDE =
  /(^|\/)(tests?|testing|docs?|examples?|node_modules|__pycache__|\.[^/]+)(\/|$)|(^|\/)(README|LICENSE|CHANGELOG|requirements|MANIFEST|Makefile)[^/]*$/i

/**
 * Templates, static files and data that lie in the source of the wheel's packages and are not in the wheel:
 * the classic of a wheel that works on the machine of its author alone.
 * @param source paths of the project's files
 * @param wheel names in the wheel
 * @param definition texts of setup.py, setup.cfg and pyproject.toml
 * @see https://setuptools.pypa.io/en/latest/userguide/datafiles.html
 */
export function leftOut(
  source: readonly string[],
  wheel: readonly string[],
  buildRequires: readonly string[],
  definition: string,
): LeftOut {
  const inWheel = new Set(wheel.map((name) => name.replace(/^[^/]+\.data\/(purelib|platlib)\//, '')))
  const roots = packageRoots(source, [...inWheel])
  const files = source.filter((file) => {
    const root = roots.find(
      ({ prefix, packages }) => file.startsWith(prefix) && packages.has(file.slice(prefix.length).split('/')[0] ?? ''),
    )
    if (!root || !file.slice(root.prefix.length).includes('/')) return false
    const inside = file.slice(root.prefix.length)
    return (
      !inWheel.has(inside) &&
      !ASIDE.test(inside) &&
      !/\.(py[cdio]?|c|h|cc|cpp|pyx|pxd|rs|po|pot)$/.test(inside) &&
      (DATA.test(inside) || READ_AT_RUN_TIME.test(inside))
    )
  })
  return { files, lines: files.length === 0 ? [] : mendingLines(files, roots, buildRequires, definition) }
}

interface Root {
  /** `src/`, or '' for the project folder. */
  readonly prefix: string
  /** Its packages that the wheel holds. */
  readonly packages: ReadonlySet<string>
}

/** The folders of the source that Python would import the wheel's packages from: '' and `src`, for example. */
export function sourceRoots(source: readonly string[], wheel: readonly string[]): readonly string[] {
  const inWheel = wheel.map((name) => name.replace(/^[^/]+\.data\/(purelib|platlib)\//, ''))
  const modules = inWheel.some((name) => /^[^/]+\.py$/.test(name) && source.includes(name)) ? [''] : []
  const found = packageRoots(source, inWheel).map(({ prefix }) => prefix.replace(/\/$/, ''))
  return found.length + modules.length > 0 ? [...new Set([...found, ...modules])] : ['']
}

/** Where in the source the packages of the wheel come from. */
function packageRoots(source: readonly string[], wheel: readonly string[]): readonly Root[] {
  const found = new Map<string, Set<string>>()
  for (const name of wheel.filter((entry) => /^[^/]+\/.*\.py$/.test(entry))) {
    const origin = source.find((file) => file === name) ?? source.find((file) => file.endsWith(`/${name}`))
    if (origin === undefined) continue
    const prefix = origin.slice(0, origin.length - name.length)
    found.set(prefix, (found.get(prefix) ?? new Set()).add(name.split('/')[0] ?? ''))
  }
  return [...found].map(([prefix, packages]) => ({ prefix, packages })).sort((a, b) => b.prefix.length - a.prefix.length)
}

function mendingLines(
  files: readonly string[],
  roots: readonly Root[],
  buildRequires: readonly string[],
  definition: string,
): readonly string[] {
  const folders = [...new Set(files.map(dataFolder))]
  const backend = buildRequires.join(' ')
  if (/hatch/.test(backend))
    return [`pyproject.toml, [tool.hatch.build.targets.wheel]: artifacts = ${list(folders.map((folder) => `${folder}/**`))}`]
  if (/poetry/.test(backend)) return [`pyproject.toml, [tool.poetry]: include = ${list(folders.map((folder) => `${folder}/**/*`))}`]
  if (/pdm/.test(backend)) return [`pyproject.toml, [tool.pdm.build]: includes = ${list(folders.map((folder) => `${folder}/**`))}`]
  if (
    /include[_-]package[_-]data\s*[=:]\s*[Tt]rue/.test(definition) ||
    (/^\[project\]/m.test(definition) && !/include-package-data\s*=\s*false/.test(definition))
  )
    return folders.map((folder) => `MANIFEST.in: recursive-include ${folder} *`)
  const byPackage = new Map<string, string[]>()
  for (const folder of folders) {
    const { prefix } = roots.find((root) => folder.startsWith(root.prefix)) ?? { prefix: '' }
    const [name = '', ...rest] = folder.slice(prefix.length).split('/')
    byPackage.set(name, [...(byPackage.get(name) ?? []), [...rest, '**'].join('/')])
  }
  return [...byPackage].map(([name, patterns]) => `setup(): package_data={"${name}": ${list(patterns)}}`)
}

/** The folder that one line can name: up to `templates`, `static` and the like, else the file's own. */
function dataFolder(file: string): string {
  return /^(.*?\b(?:templates|static|locale|fixtures|assets|data|public))\//.exec(file)?.[1] ?? file.slice(0, file.lastIndexOf('/'))
}

function list(words: readonly string[]): string {
  return `[${words.map((word) => `"${word}"`).join(', ')}]`
}
