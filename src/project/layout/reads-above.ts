import { type Table, tableAt, textAt, textsAt } from '../toml.ts'
import { buildCode, setupImports } from './build-code.ts'

/** Something that building a project reads and that lies above its folder. */
export interface ReadsAbove {
  /** The file that says so. */
  readonly by: string
  /** What it names, relative to the project; undefined where code computes it. */
  readonly place: string | undefined
  /** A build may do without it: the table is that of a plugin whose rules are not known here. */
  readonly maybe?: true
}

/** Tables of tools that build; those of tools for developers name what lies above as well, and no build reads it. */
const BUILDING: readonly (readonly string[])[] = [
  ['hatch', 'build'],
  ['hatch', 'metadata'],
  ['hatch', 'version', 'path'],
  ['hatch', 'version', 'search-paths'],
  ['setuptools'],
  ['pdm', 'build'],
  ['pdm', 'version'],
  ['poetry', 'readme'],
  ['poetry', 'license'],
  ['poetry', 'include'],
  ['poetry', 'packages'],
  ['poetry', 'build'],
  ['flit'],
  ['scikit-build'],
  ['maturin'],
  ['meson-python'],
  ['uv', 'build-backend'],
  ['versioningit'],
]

/** Tables that belong to no plugin by the name of a build requirement, and those that say where git is, which no build has. */
const NO_PLUGINS = new Set([...BUILDING.map(([name]) => name), 'setuptools_scm', 'setuptools-git-versioning', 'vcs-versioning'])

/** Code that goes up: `../x`, `os.pardir`, the folder of a folder, or of the root that hatch and PDM give their hooks. That of the file itself (`abspath(__file__)/..`) is not above. */
const GOES_UP =
  /['"]\.\.[/\\'"]|\.parent\.parent\b|\bparents\[\s*[1-9]|\bos\.pardir\b|\bdirname\(\s*(?:os\.path\.)?dirname\(|\broot\)?\.parent\b|\bcwd\(\)\)?\.parent\b|\bdirname\(\s*(?:\w+\.)?root\b/
const OF_ITSELF = /abspath\(\s*__file__\s*\)\s*,\s*os\.pardir/g

/**
 * What building a project reads above its folder, as far as its files say it: a readme or licence, what hatch includes by
 * force, packages and data of other folders, what plugins of the build name, code that builds and goes up.
 * @param text gives the text of a file of the project
 * @returns the first sign; undefined for none
 * @see https://hatch.pypa.io/latest/config/build/#forced-inclusion
 */
export function readsAbove(pyproject: Table, text: (name: string) => string | undefined): ReadsAbove | undefined {
  const project = tableAt(pyproject, 'project')
  const metadata = [
    textAt(project, 'readme') ?? textAt(tableAt(project, 'readme'), 'file'),
    textAt(tableAt(project, 'license'), 'file'),
    ...(textsAt(project, 'license-files') ?? []),
  ]
  const tool = tableAt(pyproject, 'tool')
  const tables = BUILDING.flatMap((keys) => textsIn(tableAt(tool, ...keys.slice(0, -1))[keys.at(-1) ?? '']))
  const place = [...metadata, ...tables].find((one) => one !== undefined && leadsUp(one))
  if (place !== undefined) return { by: 'pyproject.toml', place }
  const code = [...buildCode(pyproject), ...setupImports(text('setup.py') ?? '')].find((file) => goesUp(text(file) ?? ''))
  if (code !== undefined) return { by: code, place: undefined }
  const cfg = /(?:^|[\s:=,])(\.\.\/[^\s,]*)/.exec((text('setup.cfg') ?? '').replace(/^[ \t]*[#;].*$/gm, ''))?.[1]
  if (cfg !== undefined) return { by: 'setup.cfg', place: cfg }
  const plugin = pluginTexts(pyproject).find(leadsUp)
  return plugin === undefined ? undefined : { by: 'pyproject.toml', place: plugin, maybe: true }
}

function goesUp(code: string): boolean {
  return GOES_UP.test(code.replace(/^[ \t]*#.*$/gm, '').replace(OF_ITSELF, ''))
}

/** Texts in tables of plugins of the build: `[tool.polylith]` beside a build requirement `hatch-polylith-bricks`. */
function pluginTexts(pyproject: Table): readonly string[] {
  const requires = textsAt(tableAt(pyproject, 'build-system'), 'requires') ?? []
  const names = requires.map((line) => (/^[\w.-]+/.exec(line.trim())?.[0] ?? '').toLowerCase().replace(/[-_.]+/g, '-'))
  const isPlugin = (table: string) => names.some((name) => `-${name}-`.includes(`-${table.toLowerCase().replace(/[-_.]+/g, '-')}-`))
  return Object.entries(tableAt(pyproject, 'tool')).flatMap(([table, value]) =>
    !NO_PLUGINS.has(table) && isPlugin(table) ? textsIn(value) : [],
  )
}

/** Every text of a value, keys of tables among them: hatch's force-include has its sources there. */
function textsIn(value: unknown, depth = 0): readonly string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null || depth > 8) return []
  if (Array.isArray(value)) return value.flatMap((item) => textsIn(item, depth + 1))
  return Object.entries(value).flatMap(([key, item]) => [key, ...textsIn(item, depth + 1)])
}

function leadsUp(place: string): boolean {
  return /^(?:\.\/)*\.\.(?:[/\\]|$)/.test(place)
}
