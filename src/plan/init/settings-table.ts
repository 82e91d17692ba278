/** Keys of the table and their values: a text, or a list. */
export type TableSettings = Readonly<Record<string, string | readonly string[]>>

/** `[tool.pypackager]`, however it is spaced. */
const HEADER = /^[ \t]*\[[ \t]*tool[ \t]*\.[ \t]*pypackager[ \t]*\][^\n]*$/m

/**
 * The text of a pyproject.toml with further settings; what is there stays as it is.
 * @param text undefined where there is no such file
 * @returns undefined where nothing has to be added
 */
export function addSettings(text: string | undefined, settings: TableSettings): string | undefined {
  const wanted = Object.entries(settings)
  if (wanted.length === 0) return undefined
  const lines = wanted.map(([key, value]) => `${key} = ${toml(value)}`).join('\n')
  if (text === undefined || text.trim() === '') return `[tool.pypackager]\n${lines}\n`
  if (HEADER.test(text)) return text.replace(HEADER, (header) => `${header}\n${lines}`)
  return `${text.replace(/\n*$/, '\n')}\n[tool.pypackager]\n${lines}\n`
}

/** A basic string's escapes are those of JSON. @see https://toml.io/en/v1.0.0#string */
function toml(value: string | readonly string[]): string {
  return typeof value === 'string' ? JSON.stringify(value) : `[${value.map((item) => JSON.stringify(item)).join(', ')}]`
}
