import { type ModuleFile, SOURCE_ONLY, type SourceRoot } from '../layout/source-roots.ts'

/** What tells from where the modules of a source are imported. */
export interface RootFacts {
  /** Paths of all files. */
  readonly files: readonly string[]
  /** Of Django, e.g. `shop.settings`. */
  readonly settings: string | undefined
  /** Folders of pytest's `pythonpath`. */
  readonly pytest: readonly string[]
}

/**
 * Folders of a source without a wheel that its modules are imported from, those that are named first; the last one is the
 * project's folder. In this order: that of manage.py, those that pytest is told, `src/` where it holds packages.
 * @see https://docs.pytest.org/en/stable/reference/reference.html#confval-pythonpath
 * @see https://packaging.python.org/en/latest/discussions/src-layout-vs-flat-layout/
 */
export function importRoots({ files, settings, pytest }: RootFacts): readonly SourceRoot[] {
  const ofSite = settings === undefined ? [] : siteRoots(files, settings.replaceAll('.', '/'))
  const named = pytest
    .map((folder) => folder.replace(/^\.(\/|$)/, '').replace(/\/*$/, '/'))
    .filter((at) => at !== '/' && files.some((file) => file.startsWith(at)))
  const src = !files.includes('src/__init__.py') && files.some((file) => /^src\/[^/]+\/__init__\.py$/.test(file)) ? ['src/'] : []
  return asRoots([...ofSite.slice(0, 1), ...named, ...src])
}

/** Folders that hold Django's settings by their name, those with a manage.py first, then by their depth. */
function siteRoots(files: readonly string[], site: string): readonly string[] {
  const holding = files.flatMap((file) => {
    const end = [`${site}.py`, `${site}/__init__.py`].find((one) => file === one || file.endsWith(`/${one}`))
    return end === undefined ? [] : [file.slice(0, file.length - end.length)]
  })
  const managed = (at: string) => Number(files.includes(`${at}manage.py`))
  return [...holding].sort((a, b) => managed(b) - managed(a) || a.length - b.length)
}

/** Roots by their prefixes, the project's folder at the end. */
export function asRoots(prefixes: readonly string[]): readonly SourceRoot[] {
  const found = [...new Set(prefixes)].filter(Boolean)
  return [...found.map((prefix) => ({ prefix, packages: undefined })), ...SOURCE_ONLY]
}

/**
 * The folder that a module's own imports are of: of those above it the one that holds most of what the module imports
 * and no other one does. `src/main.py` that says `from config import …` is imported from `src/`, where config.py is beside it.
 * @param text of the module
 * @returns e.g. `src/`; undefined where its imports tell nothing
 */
export function rootByImports({ file }: ModuleFile, text: string, files: readonly string[]): string | undefined {
  const imported = [...text.matchAll(/^[ \t]*(?:from|import)[ \t]+([A-Za-z_]\w*)/gm)].map((match) => match[1] ?? '')
  const folders = file.split('/').slice(0, -1)
  const above = folders.map((_, i) => `${folders.slice(0, folders.length - i).join('/')}/`)
  const holds = (at: string, name: string) => files.some((one) => one === `${at}${name}.py` || one.startsWith(`${at}${name}/`))
  const votes = ['', ...above].map((at) => ({
    at,
    count: new Set(imported.filter((name) => holds(at, name) && ![...above, ''].some((other) => other !== at && holds(other, name)))).size,
  }))
  const [best] = votes.sort((a, b) => b.count - a.count)
  return best && best.count > 0 ? best.at : undefined
}
