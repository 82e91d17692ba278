import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { VERBS } from '../src/cli/verbs.ts'
import { OLD_NAMES } from '../src/inputs/settings.ts'

// docs/methodology.md says which test proves which row of the methodology. This holds it to its word.

const TABLE = readFileSync(path.join(import.meta.dirname, '../docs/methodology.md'), 'utf8')
const ROWS = [...TABLE.matchAll(/^\| (?!Row )(?!---)(.+?) \| (.+) \| `([\w/.-]+)`: (.+) \|$/gm)].map(
  ([, row = '', now = '', file = '', title = '']) => ({ row, now, file, title }),
)

/** Every row of the methodology's tables and lists. */
const METHODOLOGY = {
  'The application': [
    'project folder',
    '`install_requires`, `[project] dependencies`',
    '`extras_require`, `[project.optional-dependencies]`',
    '`MANIFEST.in`, `include_package_data`',
    '`scripts = ["manage.py"]`',
    'sample',
  ],
  Settings: ['`REPO_NS`', '`IMAGE_NAME`', '`REPO_VERSION`', '`PORTS`', '`VOLUMES`', '`ENV_VARS`'],
  Images: ['base', 'builder', 'release', 'test', 'dev', 'one pair for many projects', 'own Dockerfiles'],
  Verbs: [
    '`image <dockerfile-dir> [<context-dir>]`',
    '`image`',
    '`build`',
    '`build <extra>`',
    '`build <extra>` that is not there',
    '`build cmd <command>`',
    '`release`',
    '`run <command>`',
    '`manage <command>`',
    '`clean`',
    'serving with uWSGI and `--static-map`',
    '`collectstatic` into a volume',
  ],
  'Left undone by the original': ['environment variables', 'modular settings', 'dev and test images'],
  'Flaws of the original': [
    'wheels stay in a layer',
    '`exec $@` unquoted',
    'everything runs as root',
    "root's files in the source folder",
    'wheels of older versions pile up',
    '`apt-get install` on a stale list',
    'values with blanks break',
    'a second extra is lost',
  ],
} as const

describe('the table of the methodology', () => {
  test.each(Object.entries(METHODOLOGY))('has every row of: %s', (section, rows) => {
    const part = TABLE.split(/^## /m).find((text) => text.startsWith(`${section}\n`)) ?? ''
    expect(ROWS.filter(({ row }) => part.includes(`\n| ${row} | `)).map(({ row }) => row)).toEqual(expect.arrayContaining([...rows]))
  })

  test('has no line that names no test', () => {
    const lines = TABLE.split('\n').filter((line) => /^\| (?!Row |---)/.test(line) && !line.startsWith('|---'))
    expect(lines).toHaveLength(ROWS.length)
  })

  test('names tests that are there, by their titles', () => {
    const missing = ROWS.filter(({ file, title }) => {
      const at = path.join(import.meta.dirname, file)
      return !existsSync(at) || !titlesOf(readFileSync(at, 'utf8')).some((found) => found.includes(title))
    })
    expect(missing.map(({ row, file, title }) => `${row}: ${file}: ${title}`)).toEqual([])
  })

  test('has every verb of the tool, by the form that one types', () => {
    const forms = ROWS.flatMap(({ now }) => [...now.matchAll(/`pypackager ([^`]+)`/g)].map(([, form = '']) => form))
    expect(
      VERBS.filter(({ ours }) => !ours)
        .map(({ name }) => name)
        .filter((name) => !forms.some((form) => form === name || form.startsWith(`${name} `))),
    ).toEqual([])
  })

  test('has every old name of a setting', () => {
    const rows = ROWS.map(({ row }) => row)
    expect(Object.values(OLD_NAMES).filter(({ name }) => !rows.includes(`\`${name}\``))).toEqual([])
  })

  test('has every image of the family', () => {
    const rows = ROWS.map(({ row }) => row)
    expect(['base', 'builder', 'release', 'test', 'dev'].filter((image) => !rows.includes(image))).toEqual([])
  })
})

/** Titles of tests, and names of the rows of their tables. */
function titlesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .filter((line) => /^\s*(test(\.each)?\(|['"].+['"]: \{|\{ name: )/.test(line))
    .map((line) => line.replaceAll("\\'", "'"))
}
