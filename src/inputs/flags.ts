import { INPUT_NAMES } from '../inputs.ts'
import type { Flag as FlagForm, Row } from './row.ts'
import { GROUPS, TABLE } from './table.ts'

/** How a setting is written on the command line. */
export interface Flag extends FlagForm {
  /** Of the input in action.yml. */
  readonly input: string
  readonly names: readonly string[]
}

const ROWS: Readonly<Record<string, Row>> = TABLE

/** Why an input is no flag; undefined for those that are. */
export function whyNoFlag(input: string): string | undefined {
  return ROWS[input]?.noFlag
}

/** Inputs that the tool takes, from wherever. */
export const SETTINGS: readonly string[] = INPUT_NAMES.filter((name) => !ROWS[name]?.ofWorkflows)

/** Inputs that the table in pyproject.toml takes: no secrets, and not what says where that file is. */
export const FILE_SETTINGS: readonly string[] = INPUT_NAMES.filter((name) => ROWS[name]?.table !== undefined)

/** Settings that have a flag, as they stand together in the help. */
export const FLAG_GROUPS: readonly { readonly title: string; readonly flags: readonly Flag[] }[] = GROUPS.map(({ title, rows }) => ({
  title,
  flags: Object.entries(rows).flatMap(([input, { flag }]) => (flag ? [{ names: [input], ...flag, input }] : [])),
}))

export const FLAGS: readonly Flag[] = FLAG_GROUPS.flatMap(({ flags }) => flags)
