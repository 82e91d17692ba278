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
  /^(\.|tests?$|testing$|docs?$|examples?$|benchmarks?$|scripts?$|tools?$|snap$|changelog\.d$|debian$|flatpak$|nix$|rpm$|packaging$|charts?$|helm$|k8s$|kubernetes$|terraform$|ansible$|ci$|dist$|build$|node_modules$|wheelhouse$|venv$|env$)/

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
 * Of those candidates what code names in a text of its own: `template_folder="../templates"`, `open("config.yaml")`. A folder's
 * name is a word like others (`"extra"`), so it counts where a path is made of it.
 * @param code texts of modules by their paths
 * @param wheel names in the wheel
 */
export function namedBeside(
  candidates: ReadonlyMap<string, readonly string[]>,
  code: ReadonlyMap<string, string>,
  wheel: readonly string[] = [],
): readonly Beside[] {
  const lost = [...candidates].map(([top, files]) => ({ top, files: files.filter((file) => !isCopied(file, wheel)) }))
  const sought = lost.filter(({ files }) => files.length > 0)
  const found = new Map<string, { files: string[]; by: string }>()
  for (const [file, text] of code) {
    const { words, parts } = namesIn(text.replace(/^[ \t]*#.*$/gm, ''))
    for (const { top, files } of sought) {
      const isNamed = files.every((one) => one.endsWith(`/${top}`) || one === top) ? words.has(top) : parts.has(top)
      if (isNamed && !found.has(top)) found.set(top, { files: [...files], by: file })
    }
  }
  return [...found.values()]
}

/** A package of the wheel has the same file in itself, where a path of its own folder leads. */
function isCopied(file: string, wheel: readonly string[]): boolean {
  return wheel.some((name) => name.endsWith(`/${file}`))
}

/** What makes a path of the text behind it: `ROOT / "a"`, `os.path.join(ROOT, "a")`, `static_folder="a"`. */
const PATH_BEFORE =
  /\/[ \t]*$|(?:path|join|open|loader|templates|static\w*|files|folder|dir(?:s|ectory|ectories)?)\w*[ \t]*[(=:](?:[^()]|\([^()]*\))*$/i
/** A folder of whoever runs it, which no source lies in: `os.path.join(self.datapath, "plugins")`. */
const OF_USERS =
  /\b(?:join|Path)\([ \t]*[\w.]*(?:data|home|user|cache|config|conf|temp|tmp|instance|output|storage|upload|log)(?:_?(?:path|dir|directory|folder|root))?[ \t]*,[ \t]*$|\b\w*(?:data|home|user|cache|config)_?(?:path|dir|directory|folder)[ \t]*\/[ \t]*$/i
/** Characters before a text that are looked at. */
const BEFORE = 120

/** The parts of paths in the texts of code; `parts` are those of texts with a slash, or that a path is made of. */
function namesIn(code: string): { readonly words: ReadonlySet<string>; readonly parts: ReadonlySet<string> } {
  const words = new Set<string>()
  const parts = new Set<string>()
  for (const { 1: text = '', index } of code.matchAll(/['"]([^'"\n]{1,200})['"]/g)) {
    const before = code.slice(Math.max(0, index - BEFORE), index)
    const isPath = text.includes('/') || (PATH_BEFORE.test(before) && !OF_USERS.test(before))
    for (const word of text.split('/')) {
      words.add(word)
      if (isPath) parts.add(word)
    }
  }
  return { words, parts }
}

/** What alembic and Flask-Migrate look for where they are called. @see https://alembic.sqlalchemy.org/en/latest/tutorial.html */
const OF_ALEMBIC = /(?:^|\/)(?:alembic\.ini|migrations\/env\.py)$/

/** A file of the source without which alembic finds no migrations, and that the wheel lacks. @param names in the wheel */
export function migrationsBeside(paths: readonly string[], names: readonly string[]): string | undefined {
  if (names.some((name) => OF_ALEMBIC.test(name))) return undefined
  return paths.filter((file) => OF_ALEMBIC.test(file)).sort()[0]
}
