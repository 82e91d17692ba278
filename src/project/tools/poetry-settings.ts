import { normalizeName } from '../names.ts'
import { ANY_FORMAT, type Formats } from '../requirements/formats.ts'
import { readToml, type Table, tableAt, textsAt } from '../toml.ts'

/**
 * The kinds of files that Poetry installs of packages.
 * @param poetryToml text of the poetry.toml beside pyproject.toml, where there is one
 * @throws UserError where it is no TOML
 * @see https://python-poetry.org/docs/configuration/#installerno-binary
 */
export function readPoetryFormats(poetryToml: string | undefined): Formats {
  if (poetryToml === undefined) return ANY_FORMAT
  const installer = tableAt(readToml('poetry.toml', poetryToml), 'installer')
  return { noBinary: namesAt(installer, 'no-binary'), onlyBinary: namesAt(installer, 'only-binary') }
}

/** A list of names, a text of them with commas, `:all:`, `:none:` or a truth. */
function namesAt(installer: Table, key: string): readonly string[] {
  const value = installer[key]
  if (value === true || value === 'true' || value === '1') return [':all:']
  const names = typeof value === 'string' ? value.split(',').map((name) => name.trim()) : (textsAt(installer, key) ?? [])
  if (names.includes(':none:') || value === 'false' || value === '0') return []
  return names.includes(':all:') ? [':all:'] : names.filter(Boolean).map(normalizeName)
}
