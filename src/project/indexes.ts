import { normalizeName } from './names.ts'
import { readToml, type Table, tableAt, textAt } from './toml.ts'

/** Packages that come from one index alone, whatever the others have. */
export interface IndexPins {
  /** Addresses by the names that `packages` uses. */
  readonly indexes: Readonly<Record<string, string>>
  /** By normalised name; of several, the one whose marker holds. */
  readonly packages: Readonly<Record<string, readonly IndexPin[]>>
}

export interface IndexPin {
  readonly index: string
  /** PEP 508, '' for always. */
  readonly marker: string
}

export const NO_PINS: IndexPins = { indexes: {}, packages: {} }

/** What a project says of indexes in its pyproject.toml. */
export interface ProjectIndexes {
  /** `default = true`; '' for none */
  readonly indexUrl: string
  readonly extraIndexUrls: readonly string[]
  readonly pins: IndexPins
  /** Settings that are there and not followed, for a warning. */
  readonly ignored: readonly string[]
}

/** An index's address with the login that the runner has for its name. */
export type NamedLogin = (name: string, address: string) => string

/**
 * Reads `[[tool.uv.index]]` and the `[tool.uv.sources]` that name one. What is not followed is said: folders,
 * sources for some extra or group, and the sources of Poetry and PDM, which have rules of their own.
 * @param file its path relative to the workspace, for the annotation
 * @throws UserError where the text is not TOML
 * @see https://docs.astral.sh/uv/concepts/indexes/
 */
export function readProjectIndexes(file: string, text: string, login: NamedLogin = (_name, address) => address): ProjectIndexes {
  const tool = tableAt(readToml(file, text), 'tool')
  const written = tablesAt(tableAt(tool, 'uv'), 'index').map((index) => ({
    name: textAt(index, 'name') ?? '',
    url: textAt(index, 'url') ?? '',
    isDefault: index.default === true,
    isExplicit: index.explicit === true,
  }))
  const known = written.filter(({ url }) => /^https?:\/\//.test(url)).map((index) => ({ ...index, url: login(index.name, index.url) }))
  const common = known.filter(({ isExplicit }) => !isExplicit)
  const { pins, ignored } = readPins(tableAt(tool, 'uv', 'sources'), new Map(known.map(({ name, url }) => [name, url])))
  return {
    indexUrl: common.find(({ isDefault }) => isDefault)?.url ?? '',
    extraIndexUrls: common.filter(({ isDefault }) => !isDefault).map(({ url }) => url),
    pins,
    ignored: [
      ...written.filter(({ url }) => !/^https?:\/\//.test(url)).map(({ name }) => `[[tool.uv.index]] ${name || '(without a name)'}`),
      ...ignored,
      ...tablesAt(tableAt(tool, 'poetry'), 'source').map((source) => `[[tool.poetry.source]] ${textAt(source, 'name') ?? ''}`.trim()),
      ...tablesAt(tableAt(tool, 'pdm'), 'source').map((source) => `[[tool.pdm.source]] ${textAt(source, 'name') ?? ''}`.trim()),
    ],
  }
}

/** @see https://docs.astral.sh/uv/concepts/indexes/#pinning-a-package-to-an-index */
function readPins(sources: Table, known: ReadonlyMap<string, string>): { pins: IndexPins; ignored: readonly string[] } {
  const indexes: Record<string, string> = {}
  const packages: Record<string, readonly IndexPin[]> = {}
  const ignored: string[] = []
  for (const [name, value] of Object.entries(sources)) {
    const entries = (Array.isArray(value) ? value : [value]) as readonly Table[]
    const named = entries.filter((entry) => textAt(entry, 'index') !== undefined)
    if (named.length === 0) continue
    const pins = named.map((entry) => ({ index: textAt(entry, 'index') ?? '', marker: textAt(entry, 'marker') ?? '' }))
    const plain = named.length === entries.length && named.every((entry) => !('extra' in entry) && !('group' in entry))
    if (!plain || !pins.every(({ index }) => known.has(index))) {
      ignored.push(`[tool.uv.sources] ${name}`)
      continue
    }
    packages[normalizeName(name)] = pins
    for (const { index } of pins) indexes[index] = known.get(index) ?? ''
  }
  return { pins: { indexes, packages }, ignored }
}

function tablesAt(table: Table, key: string): readonly Table[] {
  const value = table[key]
  return Array.isArray(value) ? value.filter((item): item is Table => typeof item === 'object' && item !== null) : []
}
