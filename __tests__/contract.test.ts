import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { HIDDEN_INPUTS, PAGES, readAction } from '../scripts/readme.ts'
import { FILE_SETTINGS } from '../src/inputs/flags.ts'
import type { Rows } from '../src/inputs/row.ts'
import { GROUPS, TABLE, TARGETS } from '../src/inputs/table.ts'
import { INPUT_NAMES, readInputs } from '../src/inputs.ts'
import { OUTPUT_NAMES } from '../src/report/outputs.ts'

const ROOT = path.join(import.meta.dirname, '..')
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8')
const action = readAction()
/** README.md and the pages that it leads to. */
const pages = [
  'README.md',
  ...readdirSync(path.join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
]
const manual = pages.map(read).join('\n')
const inputNames: readonly string[] = INPUT_NAMES

/** The runner fills these in; code sees nothing where they are empty. */
const FROM_THE_RUNNER = { 'github-token': '$' + '{{ github.token }}', matrix: '$' + '{{ toJSON(matrix) }}' }

/** Made of other inputs. */
const COMPUTED = { 'python:<python-version>-slim': '', 'latest=auto': '' }

describe('action.yml', () => {
  test('has the inputs of the table, and no others, in its order and groups', () => {
    const text = read('action.yml')
    const [, inputs = ''] = /^inputs:\n([\s\S]*?)^outputs:/m.exec(text) ?? []
    const written = inputs.split('\n').flatMap((line) => /^ {2}(?:# (.+)|([\w-]+):)$/.exec(line)?.slice(1).find(Boolean) ?? [])
    expect(written).toEqual(GROUPS.flatMap(({ title, rows }) => [title, ...Object.keys(rows)]))
    expect(Object.keys(action.inputs)).toEqual(inputNames)
  })

  test('has the outputs that the code sets, in the same order', () => {
    expect(Object.keys(action.outputs)).toEqual([...OUTPUT_NAMES])
  })

  test('gives the defaults that the code applies to an empty input, and no others', () => {
    const written = Object.entries(action.inputs).flatMap(([name, entry]) => {
      // With a default the runner hides whether the step sets it, and the project's table counts where it does not.
      const told = FILE_SETTINGS.includes(name) ? /Default: `([^`]+)`\.$/.exec(entry.description)?.[1] : entry.default
      return told === undefined || told in COMPUTED ? [] : [[name, told]]
    })
    expect(Object.fromEntries(written)).toEqual({ ...defaultsOfTheCode(), ...FROM_THE_RUNNER })
    expect(FILE_SETTINGS.filter((name) => action.inputs[name]?.default !== undefined)).toEqual([])
  })

  test('describes every input and output in whole sentences', () => {
    const entries = Object.entries({ ...action.inputs, ...action.outputs })
    expect(entries.filter(([, entry]) => !/^\S.*\.$/.test(entry.description)).map(([name]) => name)).toEqual([])
  })

  test('has expressions in defaults alone: a runner refuses an action with one in a description', () => {
    const lines = read('action.yml').split('\n')
    expect(lines.filter((line) => line.includes('$' + '{{') && !/^ +default: /.test(line))).toEqual([])
  })

  test('starts the two steps by two files: the post step of a run without a state is not another run', () => {
    expect(read('action.yml')).toMatch(/^ {2}main: dist\/index\.js\n {2}post: dist\/post\.js\n {2}post-if: always\(\)$/m)
  })

  test('names the targets that the code knows', () => {
    const [first = ''] = action.inputs.target?.description.split('. ') ?? []
    expect(words(first)).toEqual([...TARGETS])
  })

  test('names cache modes that the code takes', () => {
    const [first = ''] = action.inputs.cache?.description.split('. ') ?? []
    const modes = words(first)
    expect(modes).toHaveLength(3)
    for (const cache of modes) expect(readInputs((name) => (name === 'cache' ? cache : '')).cache).toBe(cache)
  })
})

describe('README.md and its pages', () => {
  test.each(Object.entries(PAGES))('%s has the tables of action.yml (mended by: npm run readme)', (page, fill) => {
    expect(fill(read(page), action)).toBe(read(page))
  })

  test('names every hidden input outside the tables', () => {
    const page = read('docs/inputs.md')
    expect(HIDDEN_INPUTS.filter((name) => !inputNames.includes(name) || !page.includes(`\`${name}\``))).toEqual([])
  })

  test('names no target that the code does not know', () => {
    const named = [...manual.matchAll(/\btarget: +(\w+)/g)].map((match) => match[1])
    expect(named.filter((target) => !TARGETS.some((known) => known === target))).toEqual([])
  })

  test('sets only inputs that exist in its workflows', () => {
    const used = yamlBlocks(manual).flatMap((block) => stepsIn(parse(block)))
    expect(used.length).toBeGreaterThan(0)
    expect(used.filter((name) => !inputNames.includes(name))).toEqual([])
  })

  test('reads only outputs that exist', () => {
    const named = [...manual.matchAll(/steps\.package\.outputs\.([\w-]+)/g)].map((match) => match[1])
    expect(named.filter((output) => !OUTPUT_NAMES.some((known) => known === output))).toEqual([])
  })

  test('leads to pages and headings that exist, and so do those pages', () => {
    const anchor = (heading: string) =>
      heading
        .toLowerCase()
        .replace(/[^\w -]/g, '')
        .replaceAll(' ', '-')
    const broken = pages.flatMap((page) =>
      [...read(page).matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([\w-]+))?\)/g)]
        .map(([, file = '', heading]) => ({ at: file ? path.join(path.dirname(page), file) : page, heading }))
        .filter(({ at, heading }) => {
          if (!existsSync(path.join(ROOT, at))) return true
          return heading !== undefined && ![...read(at).matchAll(/^#+ (.+)$/gm)].some(([, text = '']) => anchor(text) === heading)
        })
        .map(({ at, heading }) => `${page}: ${at}${heading ? `#${heading}` : ''}`),
    )
    expect(broken).toEqual([])
  })
})

describe('who may import whom', () => {
  const outside = ['@actions/core', '@actions/cache', 'node:fs', 'node:fs/promises', 'node:child_process']
  const rules: readonly { room: string; refused: readonly string[]; allowed: readonly string[] }[] = [
    {
      room: 'plan',
      refused: [...outside, 'node:process', '../run/world.ts', '../effects/docker.ts'],
      allowed: [
        'node:crypto',
        '../project/project.ts',
        '../errors.ts',
        '../effects/ports.ts',
        '../effects/registry-port.ts',
        '../effects/docker-port.ts',
      ],
    },
    {
      room: 'project',
      refused: [...outside, 'node:process', '../run/world.ts', '../effects/docker.ts'],
      allowed: ['../errors.ts', '../effects/ports.ts', '../effects/registry-port.ts', '../effects/docker-port.ts'],
    },
    {
      room: 'run',
      refused: [...outside, '../effects/docker.ts'],
      allowed: [
        'node:path',
        '../plan/tags.ts',
        '../project/lock.ts',
        '../effects/ports.ts',
        '../effects/registry-port.ts',
        '../effects/docker-port.ts',
      ],
    },
    {
      room: 'effects',
      refused: ['../run/world.ts', '../plan/tags.ts', '../project/project.ts'],
      allowed: ['node:fs', '@actions/core', '../errors.ts', './ports.ts'],
    },
  ]

  test('Biome refuses what the architecture forbids, and nothing else', async () => {
    const lines = rules.flatMap(({ room, refused, allowed }) =>
      [...refused, ...allowed].map((from) => ({ file: `src/${room}`, line: `import '${from}'` })),
    )
    const asText = ({ room, from }: { room: string; from: string }) => `src/${room}: import '${from}'`
    const expected = rules.flatMap(({ room, refused }) => refused.map((from) => asText({ room, from })))
    expect(await refusedBy('noRestrictedImports', lines)).toEqual(expected.sort())
  })

  test('Biome refuses process.env outside the entrypoint and the effects', async () => {
    const line = 'export const home = process.env.HOME'
    const folders = ['src', 'src/plan', 'src/project', 'src/run', 'src/effects'].map((file) => ({ file, line }))
    expect(await refusedBy('noProcessEnv', folders)).toEqual(
      ['src', 'src/plan', 'src/project', 'src/run'].map((file) => `${file}: ${line}`).sort(),
    )
  })

  test('Biome refuses more than three parameters beside world, wherever they are declared', async () => {
    const four = '(a: number, b: number, c: number, d: number)'
    const refused = [
      `export function f${four} {}`,
      `export const f = ${four} => a + b + c + d`,
      `export class F { constructor${four} { console.log(a, b, c, d) } }`,
      `export class F { f${four} {} }`,
      `export interface F { f${four}: void }`,
      `export type F = ${four} => void`,
      'export function f(world: number, b: number, c: number, d: number, e = 0) {}',
      'export function f(worlds: number, b: number, c: number, d: number) {}',
    ]
    const allowed = [
      'export function f(world: number, b: number, c: number, d: number) {}',
      'export interface F { f(a: number, b: number, c: (a: number, b: number) => void): void }',
    ]
    const inFolder = (file: string, lines: readonly string[]) => lines.map((line) => ({ file, line }))
    const cases = [...inFolder('src', [...refused, ...allowed]), ...inFolder('scripts', refused)]
    expect(await refusedBy('plugin', cases)).toEqual(refused.map((line) => `src: ${line}`).sort())
  })

  test('Biome refuses import cycles', async () => {
    const folder = temporaryFolder()
    writeFileSync(path.join(folder, 'src/a.ts'), "import { b } from './b.ts'\nexport const a = () => b\n")
    writeFileSync(path.join(folder, 'src/b.ts'), "import { a } from './a.ts'\nexport const b = () => a\n")
    try {
      expect((await lint(folder)).map((found) => found.rule)).toContain('noImportCycles')
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

/** What an empty input stands for, as action.yml writes it. */
function defaultsOfTheCode(): Record<string, string> {
  return Object.fromEntries(Object.entries(TABLE as Rows).flatMap(([name, row]) => (row.default ? [[name, row.default]] : [])))
}

function words(text: string): readonly string[] {
  return [...text.matchAll(/`([\w-]+)`/g)].map((match) => match[1] ?? '')
}

function yamlBlocks(text: string): readonly string[] {
  return [...text.matchAll(/```yaml\n([\s\S]*?)```/g)].map((match) => match[1] ?? '')
}

/** The names of the inputs that the steps with this action set, in a workflow or a list of steps. */
function stepsIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return []
  const step = value as { uses?: unknown; with?: object }
  const own = typeof step.uses === 'string' && step.uses.includes('pypackager-action@') ? Object.keys(step.with ?? {}) : []
  return [...own, ...Object.values(value).flatMap(stepsIn)]
}

/** `folder: line` of each line that Biome refuses with this rule, when it stands alone in a file of that folder. */
async function refusedBy(rule: string, lines: readonly { file: string; line: string }[]): Promise<readonly string[]> {
  const folder = temporaryFolder()
  try {
    for (const [index, { file, line }] of lines.entries()) {
      mkdirSync(path.join(folder, file), { recursive: true })
      writeFileSync(path.join(folder, file, `case-${index}.ts`), `${line}\n`)
    }
    const found = (await lint(folder)).filter((entry) => entry.rule === rule)
    const cases = found.map((entry) => lines[Number(/case-(\d+)\.ts$/.exec(entry.file)?.[1])])
    return cases.map((entry) => `${entry?.file}: ${entry?.line}`).sort()
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'pypackager-contract-'))
  mkdirSync(path.join(folder, 'src'))
  for (const file of ['biome.json', 'scripts/parameters.grit']) cpSync(path.join(ROOT, file), path.join(folder, file))
  return folder
}

async function lint(folder: string): Promise<readonly { rule: string; file: string }[]> {
  const biome = path.join(ROOT, 'node_modules/.bin/biome')
  // It ends with 1 where it finds something: what it found is on stdout in either case.
  const report = await new Promise<string>((resolve) => {
    execFile(biome, ['lint', '--reporter=json', '--max-diagnostics=1000', '.'], { cwd: folder }, (_error, stdout) => resolve(stdout))
  })
  const { diagnostics } = JSON.parse(report) as { diagnostics: { category: string; location: { path: string } }[] }
  return diagnostics.map((entry) => ({ rule: entry.category.split('/').at(-1) ?? '', file: entry.location.path }))
}
