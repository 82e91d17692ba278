import { sourceRoots, withoutDataFolder } from '../../project/layout/source-roots.ts'
import { isData } from './left-out-files.ts'

/** What code of the wheel names, and lies where no wheel takes it. */
export interface Beside {
  /** Relative to the project folder. */
  readonly files: readonly string[]
  /** The module that names them. */
  readonly by: string
}

/** Files beside the packages that belong to tools and to people, whatever code says of their names: `/openapi.json` is an address. */
const OF_TOOLS =
  /^(\.|(README|LICEN[CS]E|CHANGE|HISTORY|NEWS|AUTHORS|CONTRIBUTING|MANIFEST|Makefile|Dockerfile|Procfile|requirements|constraints|docker-compose|compose|mkdocs|codecov|renovate|package(-lock)?|tsconfig|tox|pytest|mypy|ruff|setup|pyproject|uv|poetry|pdm|Pipfile|environment|openapi|swagger)\b)/i
const FOLDERS_OF_TOOLS =
  /^(\.|tests?$|testing$|docs?$|examples?$|benchmarks?$|scripts?$|tools?$|snap$|debian$|flatpak$|nix$|rpm$|packaging$|charts?$|helm$|k8s$|kubernetes$|terraform$|ansible$|ci$|dist$|build$|node_modules$|wheelhouse$|venv$|env$)/

/** Modules for tests, and hooks that PyInstaller calls. @see https://pyinstaller.org/en/stable/hooks.html#provide-hooks-with-package */
const NOT_RUN = /(^|\/)(tests?|testing|__pyinstaller)\//

/** The wheel's own modules in the source: their code tells what is read at run time. */
export function modulesInWheel(source: readonly string[], wheel: readonly string[]): readonly string[] {
  const inWheel = new Set(wheel.map(withoutDataFolder))
  const roots = sourceRoots(source, wheel)
  return source.filter((file) => {
    const root = roots.find(({ prefix }) => file.startsWith(prefix))
    return file.endsWith('.py') && !NOT_RUN.test(file) && root !== undefined && inWheel.has(file.slice(root.prefix.length))
  })
}

/**
 * Templates, static files and data beside the packages, by the folder or file at the top that they are: what code of the
 * wheel may name.
 * @param source paths of the project's files
 * @param wheel names in the wheel
 */
export function candidatesBeside(source: readonly string[], wheel: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const inWheel = new Set(wheel.map(withoutDataFolder))
  const packages = new Set([...inWheel].map((name) => name.split('/')[0] ?? ''))
  const prefixes = [...new Set(['', ...sourceRoots(source, wheel).map(({ prefix }) => prefix)])]
  const found = new Map<string, string[]>()
  for (const file of source) {
    const prefix = prefixes.filter((one) => file.startsWith(one)).sort((a, b) => b.length - a.length)[0] ?? ''
    const inside = file.slice(prefix.length)
    const [top = '', ...rest] = inside.split('/')
    const isTools = rest.length > 0 ? FOLDERS_OF_TOOLS.test(top) : OF_TOOLS.test(top)
    if (isTools || inWheel.has(inside) || packages.has(top) || !isData(inside)) continue
    found.set(top, [...(found.get(top) ?? []), file])
  }
  return found
}

/**
 * Of those candidates what code names in a text of its own: `template_folder="../templates"`, `open("config.yaml")`.
 * @param code texts of modules by their paths
 */
export function namedBeside(candidates: ReadonlyMap<string, readonly string[]>, code: ReadonlyMap<string, string>): readonly Beside[] {
  const found = new Map<string, { files: string[]; by: string }>()
  for (const [file, text] of code) {
    const words = new Set(
      [...text.replace(/^[ \t]*#.*$/gm, '').matchAll(/['"]([^'"\n]{1,200})['"]/g)].flatMap(([, one = '']) => one.split('/')),
    )
    for (const [top, files] of candidates) if (words.has(top) && !found.has(top)) found.set(top, { files: [...files], by: file })
  }
  return [...found.values()]
}

/** What alembic and Flask-Migrate look for where they are called. @see https://alembic.sqlalchemy.org/en/latest/tutorial.html */
const OF_ALEMBIC = /(?:^|\/)(?:alembic\.ini|migrations\/env\.py)$/

/** A file of the source without which alembic finds no migrations, and that the wheel lacks. @param names in the wheel */
export function migrationsBeside(paths: readonly string[], names: readonly string[]): string | undefined {
  if (names.some((name) => OF_ALEMBIC.test(name))) return undefined
  return paths.filter((file) => OF_ALEMBIC.test(file)).sort()[0]
}
