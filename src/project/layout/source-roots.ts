/** A folder of the source whose contents the wheel holds at its top. */
export interface SourceRoot {
  /** `src/`, or '' for the project folder. */
  readonly prefix: string
  /** Its packages and modules that the wheel holds, e.g. `shop` or `manage`; undefined for everything. */
  readonly packages: readonly string[] | undefined
}

/** Where an application without a wheel keeps its modules: its folder is on the path as it is. */
export const SOURCE_ONLY: readonly SourceRoot[] = [{ prefix: '', packages: undefined }]

/**
 * Where in the source the modules of the wheel come from.
 * @param source paths of the project's files
 * @param wheel names in the wheel
 * @returns the longest prefix first
 */
export function sourceRoots(source: readonly string[], wheel: readonly string[]): readonly SourceRoot[] {
  const places = new Map<string, string>() // a file by the end of its path; the shortest path wins
  const byLength = source.filter((file) => file.endsWith('.py')).sort((a, b) => a.length - b.length)
  for (const file of byLength) {
    for (let at = 0; ; ) {
      const end = file.slice(at)
      if (!places.has(end)) places.set(end, file)
      const slash = file.indexOf('/', at)
      if (slash < 0) break
      at = slash + 1
    }
  }
  const found = new Map<string, Set<string>>()
  for (const name of wheel.map(withoutDataFolder).filter((entry) => entry.endsWith('.py'))) {
    const origin = places.get(name)
    if (origin === undefined) continue
    const prefix = origin.slice(0, origin.length - name.length)
    found.set(prefix, (found.get(prefix) ?? new Set()).add(topName(name)))
  }
  return [...found]
    .map(([prefix, packages]) => ({ prefix, packages: [...packages].sort() }))
    .sort((a, b) => b.prefix.length - a.prefix.length || (a.prefix < b.prefix ? -1 : 1))
}

/** Files that a wheel keeps among its data go where the others go. */
export function withoutDataFolder(name: string): string {
  return name.replace(/^[^/]+\.data\/(purelib|platlib)\//, '')
}

/** `shop` of `shop/web.py`, `manage` of `manage.py`. */
export function topName(inside: string): string {
  return (inside.split('/')[0] ?? '').replace(/\.py$/, '')
}

/** A module of the project, by the name that it is imported by. */
export interface ModuleFile {
  /** e.g. `shop.web.site`; a package's own module has the package's name. */
  readonly name: string
  /** Its path in the source. */
  readonly file: string
}

/** Modules that hold no application: tests, database migrations. */
const NEVER = /(^|\.)(tests?|testing|conftest|migrations|node_modules)(\.|$)|(^|\.)(test_[^.]*|[^.]*_test)$|^setup$/
/** Folders that hold none, unless a project has nothing else: one may be called `example`. */
const ASIDE = /(^|\.)(examples?|docs?|benchmarks?)(\.|$)/

/**
 * The modules of the source that the wheel holds, and which may hold an application.
 * @param inWheel names in the wheel, where it is at hand
 */
export function modulesOf(source: readonly string[], roots: readonly SourceRoot[], inWheel?: readonly string[]): readonly ModuleFile[] {
  const held = inWheel && new Set(inWheel.map(withoutDataFolder))
  const all = source.flatMap((file) => {
    if (!file.endsWith('.py')) return []
    const root = roots.find(
      ({ prefix, packages }) => file.startsWith(prefix) && (packages?.includes(topName(file.slice(prefix.length))) ?? true),
    )
    const inside = root && file.slice(root.prefix.length)
    if (inside === undefined || (held && !held.has(inside))) return []
    const name = inside
      .replace(/\.py$/, '')
      .replace(/\/__init__$/, '')
      .replaceAll('/', '.')
    return /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/.test(name) && !NEVER.test(name) ? [{ name, file }] : []
  })
  const main = all.filter(({ name }) => !ASIDE.test(name))
  return main.length > 0 ? main : all
}
