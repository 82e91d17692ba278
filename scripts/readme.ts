// Writes the tables of inputs, in their groups, and outputs in README.md from action.yml; with --check it only compares.
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'
import { GROUPS } from '../src/inputs/table.ts'

interface Entry {
  readonly description: string
  readonly default?: string
}
type Entries = Readonly<Record<string, Entry>>
export interface Action {
  readonly inputs: Entries
  readonly outputs: Entries
}

const ROOT = path.join(import.meta.dirname, '..')

/** Filled by the runner and not for users: README.md names them in a sentence instead. */
export const HIDDEN_INPUTS: readonly string[] = ['matrix']

export function readAction(): Action {
  return parse(readFileSync(path.join(ROOT, 'action.yml'), 'utf8')) as Action
}

/** The same README with its tables made from `action`. @throws Error where a marker is missing */
export function fillTables(readme: string, action: Action): string {
  const groups = GROUPS.map(({ title, rows }) => {
    const shown = Object.keys(rows).filter((name) => !HIDDEN_INPUTS.includes(name))
    return `### ${title}\n\n${table(
      'Input',
      shown.flatMap((name) => (action.inputs[name] ? [[name, action.inputs[name]] as const] : [])),
    )}`
  })
  const inputs = between(readme, 'inputs', `\n${groups.join('\n\n')}\n`)
  return between(inputs, 'outputs', table('Output', Object.entries(action.outputs)))
}

function table(title: string, entries: readonly (readonly [string, Entry])[]): string {
  const rows = entries.map(([name, entry]) => `| \`${name}\` | ${cell(entry)} |`)
  return [`| ${title} | Meaning |`, '|---|---|', ...rows].join('\n')
}

function cell(entry: Entry): string {
  const fallback = entry.default === undefined ? '' : ` Default: \`${entry.default}\`.`
  return `${entry.description}${fallback}`.replace(/\s+/g, ' ').replaceAll('|', '\\|')
}

function between(text: string, marker: string, content: string): string {
  const [open, close] = [`<!-- ${marker} -->`, `<!-- /${marker} -->`]
  const [start, end] = [text.indexOf(open), text.indexOf(close)]
  if (start < 0 || end < start) throw new Error(`README.md lacks ${open} … ${close}`)
  return `${text.slice(0, start + open.length)}\n${content}\n${text.slice(end)}`
}

if (import.meta.main) {
  const file = path.join(ROOT, 'README.md')
  const before = readFileSync(file, 'utf8')
  const after = fillTables(before, readAction())
  if (process.argv.includes('--check')) {
    if (before !== after) {
      console.error('README.md differs from action.yml; run: npm run readme')
      process.exitCode = 1
    }
  } else if (before !== after) writeFileSync(file, after)
}
