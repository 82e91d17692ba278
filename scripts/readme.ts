// Writes the tables of inputs and outputs in README.md and docs/ from action.yml; with --check it only compares.
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
  return parse(readPage('action.yml')) as Action
}

/** A text of the repository. */
export function readPage(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8')
}

/** Pages with tables of action.yml, and what fills each from it. */
export const PAGES: Readonly<Record<string, (page: string, action: Action) => string>> = {
  'README.md': (page, action) => {
    const inputs = rowsOf(action, GROUPS[0]?.rows ?? {}).map(([name, entry]) => [name, inShort(entry)] as const)
    return between(between(page, 'usual inputs', table('Input', inputs)), 'figures', figures(readPage('docs/benchmark.md')))
  },
  'docs/inputs.md': (page, action) => between(page, 'inputs', `\n${groups(action).join('\n\n')}\n`),
  'docs/outputs.md': (page, action) => between(page, 'outputs', table('Output', Object.entries(action.outputs))),
}

type Named = readonly (readonly [string, Entry])[]

function groups(action: Action): readonly string[] {
  return GROUPS.map(({ title, rows }) => `## ${title}\n\n${table('Input', rowsOf(action, rows))}`)
}

function rowsOf(action: Action, rows: object): Named {
  const shown = Object.keys(rows).filter((name) => !HIDDEN_INPUTS.includes(name))
  return shown.flatMap((name) => (action.inputs[name] ? [[name, action.inputs[name]] as const] : []))
}

/** What it is and its default: the sentences between are on the page of all inputs. */
function inShort({ description, ...rest }: Entry): Entry {
  const [first = '', ...others] = description.split(/(?<=\.) (?=[A-Z`])/)
  return { ...rest, description: [first, ...others.filter((text) => text.startsWith('Default: '))].join(' ') }
}

/** The first table of docs/benchmark.md by its medians, the least of each row in bold. @throws Error where it has none */
function figures(page: string): string {
  const [, bench = ''] = /<!-- bench -->\n([\s\S]*?)<!-- \/bench -->/.exec(page) ?? []
  const [head, , ...rows] = [...bench.matchAll(/^\| (.*) \|$/gm)].map(([, row = '']) => row.split(' | '))
  if (!head || rows.length === 0) throw new Error('docs/benchmark.md has no table of figures')
  const lines = rows.map(([title = '', ...cells]) => {
    const numbers = cells.map((text) => /^[\d.]+(?: MB)?/.exec(text)?.[0] ?? '–')
    const least = Math.min(...numbers.map(Number.parseFloat).filter(Number.isFinite))
    return [title, ...numbers.map((text) => (Number.parseFloat(text) === least ? `**${text}**` : text))]
  })
  return [['`examples/polls`', ...head.slice(1)], head.map(() => '---'), ...lines].map((row) => `| ${row.join(' | ')} |`).join('\n')
}

function table(title: string, entries: Named): string {
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
  if (start < 0 || end < start) throw new Error(`a page lacks ${open} … ${close}`)
  return `${text.slice(0, start + open.length)}\n${content}\n${text.slice(end)}`
}

if (import.meta.main) {
  for (const [page, fill] of Object.entries(PAGES)) {
    const before = readPage(page)
    const after = fill(before, readAction())
    if (before === after) continue
    if (process.argv.includes('--check')) {
      console.error(`${page} differs from action.yml; run: npm run readme`)
      process.exitCode = 1
    } else writeFileSync(path.join(ROOT, page), after)
  }
}
