import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { readAction } from '../scripts/readme.ts'
import { readArguments } from '../src/cli/arguments.ts'
import { VERBS } from '../src/cli/verbs.ts'
import { splitWords } from '../src/inputs/shell-words.ts'
import { sentencesOf, wordsOf } from './support/sentences.ts'
import { PAGES } from './support/yaml-blocks.ts'

// README.md is short, its words are plain, and what the documents tell people to type is what the tool takes.

const ROOT = path.join(import.meta.dirname, '..')
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8')
const README = read('README.md')
const tooLong = (text: string) => sentencesOf(text).filter((sentence) => wordsOf(sentence).length > 30)

describe('README.md', () => {
  test('is read in a minute: at most 10,000 bytes', () => {
    expect(Buffer.byteLength(README)).toBeLessThanOrEqual(10_000)
  })

  test('has no sentence of more than 30 words', () => {
    expect(tooLong(README)).toEqual([])
  })

  test('begins with a picture and a workflow of at most fourteen lines that pushes', () => {
    const [first = ''] = README.split('\n## ')
    const [, workflow = ''] = /```yaml\n([\s\S]*?)```/.exec(first) ?? []
    expect(workflow.trimEnd().split('\n').length).toBeLessThanOrEqual(14)
    expect(workflow).toMatch(/packages: write[\s\S]*push: true/)
    expect(workflow).not.toContain('matrix')
    expect(first).toContain('](docs/log.png)')
  })

  test('has badges that say what is so', () => {
    const { license, engines } = JSON.parse(read('package.json')) as { license: string; engines: { node: string } }
    const badges = [...README.matchAll(/img\.shields\.io\/badge\/(\w+)-(\S+?)-\w+\)/g)].map(([, name, value]) => `${name} ${value}`)
    expect(badges).toEqual([`licence ${license}`, `node ${engines.node.replace('>=', '')}`, 'docker 20.10%2B'])
    expect(read('src/effects/docker/docker.ts')).toContain('Use Docker Engine 20.10 or later.')
  })

  test('has pictures of less than 150 kB', () => {
    const pictures = [...README.matchAll(/\]\((docs\/\S+\.png)\)/g)].map(([, file = '']) => file)
    expect(pictures).toEqual(['docs/log.png', 'docs/summary.png'])
    expect(pictures.filter((file) => readFileSync(path.join(ROOT, file)).length >= 150_000)).toEqual([])
  })

  test('leads to every page of docs/', () => {
    expect(PAGES.slice(1).filter((page) => !README.includes(`](${page})`))).toEqual([])
  })
})

test('action.yml has no sentence of more than 30 words', () => {
  const { inputs, outputs } = readAction()
  expect(Object.values({ ...inputs, ...outputs }).flatMap(({ description }) => tooLong(description))).toEqual([])
})

test('a sentence ends at its full stop, its item or its cell', () => {
  expect(
    sentencesOf('# A\n\nOne `a.b` two. Three\nfour.\n\n- five\n- six (seven.) Eight\n\n| a | b c |\n|---|---|\n\n```sh\nnone\n```\n'),
  ).toEqual(['# A', 'One `a.b` two.', 'Three\nfour.', '- five', '- six (seven.)', 'Eight', 'a', 'b c', '---', '---'])
})

describe('commands of the documents', () => {
  const lines = PAGES.flatMap((page) => commandsOf(read(page)).map((line) => ({ page, line })))

  test('are found', () => {
    expect(lines.length).toBeGreaterThan(50)
  })

  test.each(lines)('$page: $line', ({ line }) => {
    const { verb, version } = readArguments(splitWords('run', line).slice(1), { DATABASE_URL: 'x' })
    expect(verb !== undefined || version).toBe(true)
  })
})

test('docs/command-line.md has a row for each verb, and no other', () => {
  const rows = [...read('docs/command-line.md').matchAll(/^\| `([a-z]+(?: cmd)?)[^`]*` \|/gm)].map(([, name]) => name)
  expect(rows.toSorted()).toEqual(VERBS.map(({ name }) => name).toSorted())
})

describe('first lines of docs/errors.md', () => {
  const said = sources('src').map(withoutHoles).join('\n')
  const rows = [...read('docs/errors.md').matchAll(/^\| `([^`]+)`/gm)].map(([, line = '']) => line)

  test('are many', () => {
    expect(rows.length).toBeGreaterThan(50)
  })

  test.each(rows)('%s', (row) => {
    const pieces = row.replace(/^[a-z-]+: /, '').split('…').map((piece) => piece.trim()).filter((piece) => /[a-z]{2}/i.test(piece)) // biome-ignore format: one line
    expect(said).toContain(`'${row.split(':', 1)[0]}'`)
    expect(pieces.length).toBeGreaterThan(0)
    expect(pieces.filter((piece) => !said.includes(piece))).toEqual([])
  })
})

/** What is typed: lines of blocks of a shell that call the tool, and code in the text that has no placeholder. */
function commandsOf(markdown: string): readonly string[] {
  const blocks = [...markdown.matchAll(/^ *```sh\n([\s\S]*?)^ *```/gm)].flatMap(([, text = '']) => text.split('\n'))
  const prose = markdown.replace(/^ *```[\s\S]*?^ *```/gm, '')
  const inline = [...prose.matchAll(/`(pypackager [^`]*)`/g)].map(([, line = '']) => line).filter((line) => !/[<[…]/.test(line))
  const typed = [...blocks, ...inline].map((line) => line.trim().replace(/\s+#.*$/, '').split('\\|')[0]?.split(' | ')[0] ?? '') // biome-ignore format: one line
  return typed.filter((line) => /^pypackager\b/.test(line))
}

function sources(folder: string): readonly string[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => read(path.join(folder, name)))
}

/** A source whose templates have `…` in the place of each `${}`, and whose quotes are unescaped. */
function withoutHoles(source: string): string {
  let text = ''
  for (let at = 0; at < source.length; at += 1) {
    if (!source.startsWith('${', at)) {
      text += source[at]
      continue
    }
    let depth = 0
    do {
      if (source[at] === '{') depth += 1
      if (source[at] === '}') depth -= 1
      at += 1
    } while (at < source.length && (depth > 0 || source[at - 1] === '$'))
    at -= 1
    text += '…'
  }
  return text.replaceAll("\\'", "'")
}
