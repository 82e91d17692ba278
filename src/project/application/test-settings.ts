import type { SourceTree } from '../source-tree.ts'

/** Settings of Django for images beside the release; undefined where the project has none of its own. */
export interface OtherSettings {
  readonly test: string | undefined
  readonly dev: string | undefined
}

const TEST = ['test', 'testing', 'tests', 'ci']
const DEV = ['dev', 'development', 'local']

/**
 * The settings that tests and development run with: what pytest's configuration names, else the module beside the
 * release's settings that says so by its name, as `mysite.settings.test` beside `mysite.settings.release`, or
 * `mysite.test_settings` beside `mysite.settings`.
 * @param files paths of the source
 * @param release the release's DJANGO_SETTINGS_MODULE
 * @param pytest what `pytestSettings` gave
 * @see https://pytest-django.readthedocs.io/en/latest/configuring_django.html
 */
export function otherSettings(files: readonly string[], release: string | undefined, pytest: string | undefined): OtherSettings {
  const beside = (names: readonly string[]) => (release === undefined ? undefined : siblingSettings(files, release, names))
  return { test: pytest ?? beside(TEST), dev: beside(DEV) }
}

function siblingSettings(files: readonly string[], release: string, names: readonly string[]): string | undefined {
  const parts = release.split('.')
  const [folder, last] = [parts.slice(0, -1), parts.at(-1) ?? '']
  const candidates = names.flatMap((name) => [
    [...folder, name],
    ...(last === 'settings' ? [[...parts, name]] : []),
    [...folder, `${name}_settings`],
    [...folder, `settings_${name}`],
  ])
  // Only a package of settings has siblings that are settings: `tests` beside `settings` is the project's tests.
  const fitting = candidates.filter((module) => module.slice(0, -1).includes('settings') || /settings/.test(module.at(-1) ?? ''))
  const exists = (module: readonly string[]) => files.some((file) => `/${file}`.endsWith(`/${module.join('/')}.py`))
  return fitting.find(exists)?.join('.')
}

/** The settings that pytest's configuration names, in the order in which pytest looks for it. */
export function pytestSettings(texts: SourceTree['texts']): string | undefined {
  return pytestTables(texts).flatMap((body) => /^[ \t]*DJANGO_SETTINGS_MODULE[ \t]*=\s*["']?([\w.]+)/m.exec(body)?.[1] ?? [])[0]
}

/** Folders that pytest imports from, relative to the project. @see https://docs.pytest.org/en/stable/reference/reference.html#confval-pythonpath */
export function pytestPaths(texts: SourceTree['texts']): readonly string[] {
  const given = pytestTables(texts).flatMap(
    (body) => /^[ \t]*pythonpath[ \t]*=[ \t]*(\[[^\]]*\]|.*(?:\n[ \t]+\S.*)*)/m.exec(body)?.[1] ?? [],
  )[0]
  return (given ?? '').split(/[\s,"'[\]]+/).filter((folder) => folder !== '' && !/^\/|(^|\/)\.\.(\/|$)|#/.test(folder))
}

/** The tables of pytest's configuration. */
function pytestTables(texts: SourceTree['texts']): readonly string[] {
  const places: readonly (readonly [string, RegExp])[] = [
    ['pytest.ini', /^\[pytest\]$/m],
    ['pyproject.toml', /^\[tool\.pytest\.ini_options\]$/m],
    ['tox.ini', /^\[pytest\]$/m],
    ['setup.cfg', /^\[tool:pytest\]$/m],
  ]
  return places.map(([file, section]) => {
    const text = texts.get(file) ?? ''
    const at = text.search(section)
    return at < 0 ? '' : (text.slice(at).split(/^\[/m)[1] ?? '')
  })
}
