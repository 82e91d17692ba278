import { readToml, type Table, tableAt, textAt } from './toml.ts'

/** What a project says of indexes in its pyproject.toml. */
export interface ProjectIndexes {
  /** `default = true`; '' for none */
  readonly indexUrl: string
  readonly extraIndexUrls: readonly string[]
  /** Settings that are there and not followed, for a warning. */
  readonly ignored: readonly string[]
}

/**
 * Reads `[[tool.uv.index]]`. What would need a rule for a single package is not followed, and said: explicit
 * indexes, `[tool.uv.sources]` that name an index, and the sources of Poetry and PDM, which have rules of their own.
 * @param file its path relative to the workspace, for the annotation
 * @throws UserError where the text is not TOML
 * @see https://docs.astral.sh/uv/concepts/indexes/
 */
export function readProjectIndexes(file: string, text: string): ProjectIndexes {
  const tool = tableAt(readToml(file, text), 'tool')
  const uv = tablesAt(tableAt(tool, 'uv'), 'index')
  const followed = uv.filter((index) => index.explicit !== true && /^https?:\/\//.test(textAt(index, 'url') ?? ''))
  const urls = (defaults: boolean) =>
    followed.filter((index) => (index.default === true) === defaults).map((index) => textAt(index, 'url') ?? '')
  const pinned = Object.entries(tableAt(tool, 'uv', 'sources')).filter(([, source]) => JSON.stringify(source).includes('"index":'))
  return {
    indexUrl: urls(true)[0] ?? '',
    extraIndexUrls: urls(false),
    ignored: [
      ...uv.filter((index) => !followed.includes(index)).map((index) => `[[tool.uv.index]] ${textAt(index, 'name') ?? '(without a name)'}`),
      ...pinned.map(([name]) => `[tool.uv.sources] ${name}`),
      ...tablesAt(tableAt(tool, 'poetry'), 'source').map((source) => `[[tool.poetry.source]] ${textAt(source, 'name') ?? ''}`.trim()),
      ...tablesAt(tableAt(tool, 'pdm'), 'source').map((source) => `[[tool.pdm.source]] ${textAt(source, 'name') ?? ''}`.trim()),
    ],
  }
}

function tablesAt(table: Table, key: string): readonly Table[] {
  const value = table[key]
  return Array.isArray(value) ? value.filter((item): item is Table => typeof item === 'object' && item !== null) : []
}
