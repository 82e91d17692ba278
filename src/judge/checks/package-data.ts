import type { SourceRoot } from '../../project/layout/source-roots.ts'
import type { Project } from '../../project/project.ts'

/** What one line names: a folder with everything below it, or the files of a folder with one ending. */
interface Data {
  /** e.g. `src/` */
  readonly prefix: string
  /** Relative to the root, e.g. `polls/templates`. */
  readonly folder: string
  /** e.g. `*.json`; undefined for everything in the folder. */
  readonly ending: string | undefined
}

/**
 * The lines that put files into the wheel, each with its place, e.g. `MANIFEST.in: recursive-include polls/templates *`.
 * Flit, uv_build and pdm-backend take all of a package by themselves: there the line says what may hold them back.
 * @param files of packages of the wheel
 * @see https://setuptools.pypa.io/en/latest/userguide/datafiles.html, https://hatch.pypa.io/latest/config/build/,
 * https://python-poetry.org/docs/pyproject/#exclude-and-include, https://backend.pdm-project.org/build_config/,
 * https://docs.astral.sh/uv/concepts/build-backend/, https://www.maturin.rs/config,
 * https://scikit-build-core.readthedocs.io/en/latest/configuration/, https://mesonbuild.com/Python-module.html
 */
export function mendingLines(
  files: readonly string[],
  roots: readonly SourceRoot[],
  { buildRequires, definition }: Pick<Project, 'buildRequires' | 'definition'>,
): readonly string[] {
  const data = dataOf(files, roots)
  const backend = buildRequires.join(' ')
  const inPyproject = (table: string, text: string) => [`pyproject.toml, [tool.${table}]: ${text}`]
  const paths = (all: string) => data.map(({ prefix, folder, ending }) => `${prefix}${folder}/${ending ?? all}`)
  const both = (globs: readonly string[]) => `[${globs.map((glob) => `{ path = "${glob}", format = ["sdist", "wheel"] }`).join(', ')}]`
  if (/hatch/.test(backend)) return inPyproject('hatch.build.targets.wheel', `artifacts = ${list(paths('**'))}`)
  if (/poetry/.test(backend)) return inPyproject('poetry', poetryLine(data, both(paths('**/*'))))
  if (/\bpdm/.test(backend)) return inPyproject('pdm.build', 'includes must name the packages as a whole, and excludes must not match')
  if (/\bflit/.test(backend)) return inPyproject('flit.module', 'name must be that of the folder which holds them')
  if (/\buv[-_.]build/.test(backend)) return inPyproject('uv.build-backend', 'wheel-exclude and source-exclude must not match them')
  if (/\bmaturin/.test(backend)) {
    // Maturin looks for a path below `python-source` too, and keeps it as it is written.
    const inside = data.map(({ folder, ending }) => `${folder}/${ending ?? '**/*'}`)
    return inPyproject('maturin', `include = ${both(inside)}`)
  }
  if (/\bscikit[-_.]build/.test(backend)) {
    const packages = [...new Set(data.map(({ prefix, folder }) => `${prefix}${packageOf(folder)}`))]
    return inPyproject(
      'scikit-build',
      `sdist.include = ${list(paths('**'))}, and wheel.packages = ${list(packages)} where CMake installs them`,
    )
  }
  if (/\bmeson/.test(backend)) return mesonLines(files, data)
  return setuptoolsLines(data, definition)
}

/** A path of Poetry's `include` is kept as it is written, so below `src/` the packages name the files. */
function poetryLine(data: readonly Data[], included: string): string {
  if (data.every(({ prefix }) => prefix === '')) return `include = ${included}`
  const packages = data.map(({ prefix, folder, ending }) => {
    const from = prefix === '' ? '' : `, from = "${prefix.replace(/\/$/, '')}"`
    return `{ include = "${folder}/${ending ?? '**/*'}"${from} }`
  })
  return `packages = [${packages.join(', ')}] beside those that are there`
}

function mesonLines(files: readonly string[], data: readonly Data[]): readonly string[] {
  return data.map(({ prefix, folder, ending }) => {
    const place = `${prefix}${folder}`
    const own = files.filter((file) => ending && file.startsWith(`${place}/`) && !file.slice(place.length + 1).includes('/'))
    const named = own.filter((file) => file.endsWith((ending ?? '').slice(1))).map((file) => `'${file}'`)
    const above = folder.split('/').slice(0, -1).join('/')
    return ending
      ? `meson.build: py.install_sources(${named.join(', ')}, subdir: '${folder}')`
      : `meson.build: install_subdir('${place}', install_dir: py.get_install_dir() / '${above}')`
  })
}

/** Setuptools takes what MANIFEST.in names where it includes package data: with [project] unless that says no, else if it says so. */
function setuptoolsLines(data: readonly Data[], definition: string): readonly string[] {
  const said = /include[_-]package[_-]data\s*[=:]\s*(\w+)/.exec(definition)?.[1]
  const pyproject = /^\[project\]/m.test(definition)
  if (said === undefined ? pyproject : /^(true|yes|on|1)$/i.test(said)) {
    return data.map(({ prefix, folder, ending }) =>
      ending ? `MANIFEST.in: include ${prefix}${folder}/${ending}` : `MANIFEST.in: recursive-include ${prefix}${folder} *`,
    )
  }
  const byPackage = new Map<string, string[]>()
  for (const { folder, ending } of data) {
    const name = packageOf(folder)
    byPackage.set(name, [...(byPackage.get(name) ?? []), [...folder.split('/').slice(1), ending ?? '**'].join('/')])
  }
  return [...byPackage].map(([name, patterns]) => {
    if (pyproject) return `pyproject.toml, [tool.setuptools.package-data]: ${name} = ${list(patterns)}`
    // Without a call of setup() there is no setup.py.
    const cfg = /^\[options\]/m.test(definition) || !/\bsetup\s*\(/.test(definition)
    return cfg
      ? `setup.cfg, [options.package_data]: ${name} = ${patterns.join(', ')}`
      : `setup(): package_data={"${name}": ${list(patterns)}}`
  })
}

/** Up to `templates`, `static` and the like, else the files of the folder by their endings. */
function dataOf(files: readonly string[], roots: readonly SourceRoot[]): readonly Data[] {
  const found = new Map<string, Data>()
  for (const file of files) {
    const { prefix } = roots.find((root) => file.startsWith(root.prefix)) ?? { prefix: '' }
    const inside = file.slice(prefix.length)
    const named = /^(.*?\b(?:templates|static|locale|fixtures|assets|data|public))\//.exec(inside)?.[1]
    const folder = named ?? inside.slice(0, inside.lastIndexOf('/'))
    const ending = named ? undefined : `*${/\.[^./]+$/.exec(inside)?.[0] ?? ''}`
    found.set(`${prefix}${folder}/${ending}`, { prefix, folder, ending })
  }
  return [...found.values()]
}

function packageOf(folder: string): string {
  return folder.split('/')[0] ?? ''
}

function list(words: readonly string[]): string {
  return `[${words.map((word) => `"${word}"`).join(', ')}]`
}
