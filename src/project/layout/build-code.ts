import { type Table, tableAt, textAt, textsAt } from '../toml.ts'

/** Names that backends look for by themselves. */
export const BUILD_CODE = ['setup.py', 'hatch_build.py', 'pdm_build.py'] as const

/**
 * Files of a project's own code that building its wheel runs: setup.py, hooks of hatch and PDM, the script of Poetry, a
 * backend in the tree.
 * @returns paths relative to the project, whether they are there or not
 * @see https://hatch.pypa.io/latest/plugins/build-hook/custom/
 * @see https://backend.pdm-project.org/hooks/
 * @see PEP 517 `backend-path`
 */
export function buildCode(pyproject: Table): readonly string[] {
  const { tool, build } = { tool: tableAt(pyproject, 'tool'), build: tableAt(pyproject, 'build-system') }
  const poetry = tableAt(tool, 'poetry')
  const scripts = [
    ...customPaths(tableAt(tool, 'hatch')),
    textAt(tableAt(tool, 'pdm', 'build'), 'custom-hook'),
    textAt(tableAt(poetry, 'build'), 'script') ?? textAt(poetry, 'build'),
  ].filter((file) => file !== undefined)
  const backend = (textAt(build, 'build-backend') ?? '').split(':')[0]?.replaceAll('.', '/') ?? ''
  const inTree = (textsAt(build, 'backend-path') ?? []).flatMap((folder) => {
    const place = folder.replace(/^\.(\/|$)/, '').replace(/\/?$/, '/')
    return [`${place === '/' ? '' : place}${backend}.py`, `${place === '/' ? '' : place}${backend}/__init__.py`]
  })
  return [...new Set([...BUILD_CODE, ...scripts, ...inTree])]
}

/** Modules beside setup.py that its text imports; there or not. */
export function setupImports(text: string): readonly string[] {
  return [...text.matchAll(/^[ \t]*(?:from|import)[ \t]+([A-Za-z_]\w*)\b/gm)].map(([, name]) => `${name}.py`)
}

/** What tables called `custom` name: `[tool.hatch.build.targets.wheel.hooks.custom] path`. */
function customPaths(table: Table, depth = 0): readonly string[] {
  if (depth > 6) return []
  return Object.keys(table).flatMap((key) => {
    const inner = tableAt(table, key)
    const path = key === 'custom' ? textAt(inner, 'path') : undefined
    return [...(path === undefined ? [] : [path]), ...customPaths(inner, depth + 1)]
  })
}
