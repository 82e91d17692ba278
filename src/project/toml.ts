import { parse, TomlError } from 'smol-toml'
import { UserError } from '../errors.ts'

export type Table = Readonly<Record<string, unknown>>

/**
 * Reads a TOML file of the user.
 * @param file its path relative to the workspace, for the annotation
 * @throws UserError with line and column where the text is not TOML
 */
export function readToml(file: string, text: string): Table {
  const strange = text.indexOf('\uFFFD') // what is not of UTF-8 was read as this
  if (strange >= 0) {
    const line = text.slice(0, strange).split('\n').length
    throw new UserError('project', `${file}:${line} is not UTF-8, which TOML is`, {
      next: 'Save the file as UTF-8.',
      place: { file, line },
    })
  }
  try {
    return parse(text.replace(/^\uFEFF/, '')) as Table
  } catch (error) {
    if (!(error instanceof TomlError)) throw error
    const cause = (error.message.split('\n')[0] ?? '').replace(/^Invalid TOML document:\s*/, '')
    throw new UserError('project', `${file}:${error.line}:${error.column} is not valid TOML: ${cause}`, {
      next: 'Fix that line.',
      place: { file, line: error.line, column: error.column },
    })
  }
}

/** The table under `keys`, or an empty one where there is none. */
export function tableAt(table: Table, ...keys: string[]): Table {
  let here: unknown = table
  for (const key of keys) here = isTable(here) ? here[key] : undefined
  return isTable(here) ? here : {}
}

export function textAt(table: Table, key: string): string | undefined {
  const value = table[key]
  return typeof value === 'string' ? value : undefined
}

export function textsAt(table: Table, key: string): readonly string[] | undefined {
  const value = table[key]
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : undefined
}

function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
}
