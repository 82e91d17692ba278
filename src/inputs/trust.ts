import { createHash } from 'node:crypto'
import { INPUT_NAMES } from '../inputs.ts'
import type { Row, TableSay } from './row.ts'
import type { Setting } from './settings.ts'
import { TABLE } from './table.ts'

const SAYS: readonly (readonly [input: string, say: TableSay])[] = INPUT_NAMES.flatMap((name) => {
  const { table }: Row = TABLE[name]
  return table ? [[name, table] as const] : []
})
const keys = (which: (say: TableSay) => boolean) => SAYS.filter(([, say]) => which(say)).map(([name]) => name)

/** Keys of the table [tool.pypackager] that reach out of the image which is made: they take the user's word. */
export const NEED_WORD: readonly string[] = keys((say) => say.needsWord)

/** Keys that decide over nothing but the image, its wheels and their names. */
export const HARMLESS: readonly string[] = keys((say) => !say.needsWord)

/** Of these, what decides where a push goes. */
export const WHERE_TO: readonly string[] = keys((say) => say.whereTo === true)

/** Settings of the table that count and need a word, by their names. @param file as settings name it */
export function needingWord(settings: ReadonlyMap<string, Setting>, file: string): ReadonlyMap<string, string> {
  // A key that nobody judged needs a word too.
  const needed = [...settings].filter(([input, setting]) => setting.from === file && !HARMLESS.includes(input))
  return new Map(needed.map(([input, { value }]) => [input, value] as const).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** What a word is given for: another value needs another word. */
export function wordPrint(needed: ReadonlyMap<string, string>): string {
  return createHash('sha256')
    .update(JSON.stringify([...needed]))
    .digest('hex')
}
