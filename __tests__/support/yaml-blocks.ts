import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

const ROOT = path.join(import.meta.dirname, '../..')

/** README.md and the pages of docs/, from the repository's root. */
export const PAGES: readonly string[] = [
  'README.md',
  ...readdirSync(path.join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
]

/** The blocks of YAML on a page, without their indentation. */
export function yamlBlocks(markdown: string): readonly string[] {
  return [...markdown.matchAll(/^( *)```yaml\n([\s\S]*?)^ *```/gm)].map(([, indent = '', text = '']) =>
    text.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  )
}

const HEAD = 'name: package\non: push\npermissions: {}\nconcurrency:\n  group: package\n  cancel-in-progress: false\n'
const JOB = 'jobs:\n  image:\n    name: image\n    runs-on: ubuntu-latest\n    timeout-minutes: 30\n    permissions: {}\n    steps:\n'

/**
 * Every workflow on the pages, by page and block; of what has only jobs, or steps, a whole one is made. Their text and comments
 * stay: linters read both.
 */
export function workflowsOnPages(): readonly { readonly name: string; readonly text: string }[] {
  return PAGES.flatMap((page) =>
    yamlBlocks(readFileSync(path.join(ROOT, page), 'utf8')).flatMap((text, i) => {
      const whole = wholeWorkflow(text)
      return whole === undefined ? [] : [{ name: `${page}, block ${i + 1}`, text: whole }]
    }),
  )
}

function wholeWorkflow(text: string): string | undefined {
  if (/^on:/m.test(text)) return text
  if (/^jobs:/m.test(text)) return HEAD + text
  return /^ *- (?:uses|run|name):/m.test(text) ? HEAD + JOB + deeper(text) : undefined
}

/** Steps as far in as those of a job. */
function deeper(text: string): string {
  const indent = ' '.repeat(6 - (/^ */.exec(text)?.[0].length ?? 0))
  return text.replaceAll(/^(?=.)/gm, indent)
}
