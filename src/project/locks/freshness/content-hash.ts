import { createHash } from 'node:crypto'
import { parse } from 'smol-toml'
import { normalizeName } from '../../names.ts'
import { type Table, tableAt, textAt } from '../../toml.ts'

/** What a tool hashes of a project, as JSON; undefined where that cannot be told exactly. */
type Content = Readonly<Record<string, unknown>>

/**
 * Whether a poetry.lock was made of this pyproject.toml, by the rules of the Poetry that wrote it.
 * @param text the lock
 * @returns undefined where that cannot be told
 * @see Poetry's `Locker.is_fresh`: https://github.com/python-poetry/poetry/blob/main/src/poetry/packages/locker.py
 */
export function isPoetryFresh(text: string, lock: Table, pyproject: string): boolean | undefined {
  const told = textAt(tableAt(lock, 'metadata'), 'content-hash')
  const content = exactly(pyproject)
  if (told === undefined || content === undefined) return undefined
  const [, major, minor] = /^#[^\n]*\bPoetry (\d+)\.(\d+)/.exec(text) ?? []
  const [from, before] = [major === undefined ? 0 : Number(major) * 1000 + Number(minor), (release: number) => from < release]
  return agrees(told, [
    poetryContent(content, { groups: true }),
    ...(before(2003) ? [poetryContent(content, { groups: false })] : []), // groups of PEP 735 count from 2.3 on
    ...(before(2000) ? [poetryContent({ tool: content.tool ?? {} }, { groups: false })] : []), // which knew no [project]
  ])
}

const EARLY = ['dependencies', 'source', 'extras', 'dev-dependencies']

function poetryContent(content: Content, { groups }: { readonly groups: boolean }): Content {
  const project = among(tableAt(content, 'project'), ['requires-python', 'dependencies', 'optional-dependencies'])
  const grouped = groups ? tableAt(content, 'dependency-groups') : {}
  const standard = {
    ...(isEmpty(project) ? {} : { project }),
    ...(isEmpty(grouped) ? {} : { 'dependency-groups': grouped }),
  }
  const poetry = tableAt(content, 'tool', 'poetry')
  const said = among(poetry, [...EARLY, 'group'])
  if (!isEmpty(standard)) return { ...standard, tool: { poetry: said } }
  return { ...Object.fromEntries(EARLY.map((key) => [key, null])), ...said }
}

/**
 * Whether a Pipfile.lock was made of this Pipfile.
 * @returns undefined where that cannot be told
 * @see Pipenv's `Pipfile.calculate_hash`: https://github.com/pypa/pipenv/blob/main/pipenv/utils/pipfile.py
 */
export function isPipfileFresh(lock: Table, pipfile: string): boolean | undefined {
  const meta = tableAt(lock, '_meta')
  const told = textAt(tableAt(meta, 'hash'), 'sha256')
  const content = exactly(pipfile)
  if (told === undefined || content === undefined) return undefined
  const others = Object.entries(content).filter(([key]) => !SECTIONS.has(key))
  // Early releases knew no categories but these two, and hashed names as they are written.
  const known = Object.keys(lock).every((key) => ['_meta', 'default', 'develop'].includes(key))
  const all = (named: (table: unknown) => unknown, categories: typeof others) => ({
    _meta: { sources: content.source ?? meta.sources ?? [], requires: content.requires ?? {} },
    default: named(content.packages ?? {}),
    develop: named(content['dev-packages'] ?? {}),
    ...Object.fromEntries(categories.map(([key, table]) => [key, named(table)])),
  })
  const asWritten = (table: unknown) => table
  const variants = [all(canonical, others), all(asWritten, others), ...(known ? [all(asWritten, [])] : [])]
  return agrees(told, variants, { item: ',', key: ':' })
}

const SECTIONS = new Set(['source', 'packages', 'dev-packages', 'requires', 'scripts', 'pipfile', 'pipenv', 'default', 'develop'])

function canonical(table: unknown): unknown {
  return typeof table !== 'object' || table === null || Array.isArray(table) ? table : byName(table as Table)
}

/**
 * Whether a pdm.lock was made of this pyproject.toml, by the rules of PDM from 2.10 on.
 * @returns undefined where that cannot be told: in a workspace of PDM, and where both kinds of groups have one of the same name
 * @see PDM's `PyProject.content_hash`: https://github.com/pdm-project/pdm/blob/main/src/pdm/project/project_file.py
 */
export function isPdmFresh(lock: Table, pyproject: string): boolean | undefined {
  const told = /^sha256:(.+)$/.exec(textAt(tableAt(lock, 'metadata'), 'content_hash') ?? '')?.[1]
  const content = exactly(pyproject)
  if (told === undefined || content === undefined) return undefined
  const [project, pdm] = [tableAt(content, 'project'), tableAt(content, 'tool', 'pdm')]
  const older = byName(tableAt(pdm, 'dev-dependencies'))
  const groups = byName(tableAt(content, 'dependency-groups'))
  if ('workspace' in pdm || Object.keys(older).some((name) => name in groups)) return undefined
  const common = {
    sources: pdm.source ?? [],
    dependencies: project.dependencies ?? [],
    'optional-dependencies': project['optional-dependencies'] ?? {},
    'requires-python': project['requires-python'] ?? '',
  }
  const resolution = pdm.resolution ?? {}
  return agrees(told, [
    { ...common, 'dev-dependencies': { ...groups, ...older }, resolution },
    { ...common, 'dev-dependencies': pdm['dev-dependencies'] ?? {}, resolution }, // before 2.20, which knew no [dependency-groups]
    { ...common, 'dev-dependencies': pdm['dev-dependencies'] ?? {}, overrides: tableAt(pdm, 'resolution').overrides ?? {} }, // before 2.17
  ])
}

function byName(table: Table): Content {
  return Object.fromEntries(Object.entries(table).map(([name, value]) => [normalizeName(name), value]))
}

/** TOML with its integers told from its floats, as Python has them; undefined where it cannot be read. */
function exactly(toml: string): Content | undefined {
  try {
    return parse(toml.replace(/^\uFEFF/, ''), { integersAsBigInt: true }) as Content
  } catch {
    return undefined
  }
}

function among(table: Table, keys: readonly string[]): Content {
  return Object.fromEntries(keys.flatMap((key) => (table[key] === undefined ? [] : [[key, table[key]]])))
}

function isEmpty(table: Content): boolean {
  return Object.keys(table).length === 0
}

interface Separators {
  readonly item: string
  readonly key: string
}

/** Whether a sum is that of one of these. @returns undefined where one of them has no JSON that is certain */
function agrees(told: string, contents: readonly Content[], separators: Separators = { item: ', ', key: ': ' }): boolean | undefined {
  try {
    const sums = contents.map((content) => createHash('sha256').update(pythonJson(content, separators)).digest('hex'))
    return sums.includes(told.toLowerCase())
  } catch (error) {
    if (!(error instanceof Uncertain)) throw error
    return undefined
  }
}

/** A value that Python writes otherwise than JavaScript, or not at all. */
class Uncertain extends Error {}

/** As Python's `json.dumps(value, sort_keys=True)` writes it. @throws Uncertain for dates and for floats of many digits */
function pythonJson(value: unknown, separators: Separators): string {
  const inner = (item: unknown): string => pythonJson(item, separators)
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'bigint') return value.toString()
  if (typeof value === 'string') return ascii(value)
  if (typeof value === 'number') {
    if (!/^-?\d{1,15}(\.\d{1,15})?$/.test(String(value))) throw new Uncertain()
    return Number.isInteger(value) ? `${Object.is(value, -0) ? '-0' : value}.0` : String(value)
  }
  if (Array.isArray(value)) return `[${value.map(inner).join(separators.item)}]`
  if (typeof value !== 'object' || value instanceof Date) throw new Uncertain()
  const entries = Object.entries(value).sort(([one], [other]) => byCodePoint(one, other))
  return `{${entries.map(([key, item]) => `${ascii(key)}${separators.key}${inner(item)}`).join(separators.item)}}`
}

function ascii(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

function byCodePoint(one: string, other: string): number {
  const [a, b] = [[...one], [...other]]
  const at = a.findIndex((character, i) => character !== b[i])
  return at < 0 ? a.length - b.length : (a[at]?.codePointAt(0) ?? 0) - (b[at]?.codePointAt(0) ?? -1)
}
