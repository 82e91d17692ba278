import { consoleScripts } from '../application/entry-points.ts'
import { type Table, tableAt, textsAt } from '../toml.ts'

/** What a project's files say before anything is built or resolved; its build backend may say otherwise. */
export interface Declared {
  /** Console scripts: name → what it calls. */
  readonly scripts: Readonly<Record<string, string>>
  /** Requirement lines of setup.cfg and setup.py, which the metadata of pyproject.toml lack. */
  readonly requires: readonly string[]
}

/** Who says what a project requires. */
export interface RequiredBy {
  /** e.g. `setup.cfg` where pyproject.toml has no [project] */
  readonly file: string
  /** Requirements files that the build makes its metadata from. */
  readonly from: readonly string[]
}

export interface DeclaringFiles {
  readonly pyproject: Table
  /** Of setup.cfg, its texts as they stand. */
  readonly cfg: string
  readonly setup: string
}

/** Reads what setup.cfg and setup.py say as literals, and the scripts of pyproject.toml. */
export function readDeclared({ pyproject, cfg, setup }: DeclaringFiles): Declared {
  const tables = [tableAt(pyproject, 'project', 'scripts'), tableAt(pyproject, 'tool', 'poetry', 'scripts')]
  const named = tables.flatMap((table) => Object.entries(table)).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  const listed = [...indentedValue(cfg, 'console_scripts'), ...literals(setup, /console_scripts["']?\s*[:=]\s*\[([^\]]*)\]/)]
  return {
    scripts: { ...consoleScripts(`[console_scripts]\n${listed.join('\n')}`), ...Object.fromEntries(named) },
    requires: [...indentedValue(cfg, 'install_requires'), ...literals(setup, /install_requires\s*=\s*\[([^\]]*(?:\[[^\]]*\][^\]]*)*)\]/)],
  }
}

/** The lines of a value in setup.cfg: what follows its `=`, and the indented lines below. */
function indentedValue(text: string, key: string): readonly string[] {
  const lines = text.split('\n')
  const at = lines.findIndex((line) => line.startsWith(key) && line.slice(key.length).trimStart().startsWith('='))
  if (at < 0) return []
  const below = lines.slice(at + 1)
  const end = below.findIndex((line) => !/^[ \t]/.test(line) && !line.startsWith('#'))
  const value = [(lines[at] ?? '').slice((lines[at] ?? '').indexOf('=') + 1), ...(end < 0 ? below : below.slice(0, end))]
  return value.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'))
}

/** The texts in a list of Python. */
function literals(text: string, list: RegExp): readonly string[] {
  return [...(list.exec(text)?.[1] ?? '').matchAll(/"([^"\n]*)"|'([^'\n]*)'/g)].map((match) => match[1] ?? match[2] ?? '')
}

/**
 * The file that says what a project requires, where its metadata lie in several.
 * @param definedBy used where none says it literally
 * @param found requirements files beside it
 * @see https://setuptools.pypa.io/en/latest/userguide/pyproject_config.html#dynamic-metadata, https://docs.openstack.org/pbr/latest/
 */
export function requiredBy({ pyproject, cfg, setup }: DeclaringFiles, definedBy: string, found: readonly string[]): RequiredBy {
  const plain = [tableAt(pyproject, 'project'), tableAt(pyproject, 'tool', 'poetry')].some((table) => 'dependencies' in table)
  const dynamic = tableAt(pyproject, 'tool', 'setuptools', 'dynamic', 'dependencies').file
  const listed = plain ? [] : [dynamic].flat().filter((file): file is string => typeof file === 'string')
  const pbr = !plain && /\bpbr\b/.test(`${setup}\n${cfg}\n${textsAt(tableAt(pyproject, 'build-system'), 'requires')?.join(' ')}`)
  const read = found.filter((file) => listed.includes(file) || (!plain && setup.includes(file.split('/').at(-1) ?? file)))
  const byPbr = pbr && found.includes('requirements.txt') ? ['requirements.txt'] : []
  const named = /^install_requires\s*=/m.test(cfg) ? 'setup.cfg' : /\binstall_requires\b/.test(setup) ? 'setup.py' : definedBy
  return { file: plain ? 'pyproject.toml' : (listed[0] ?? named), from: [...new Set([...read, ...byPbr])] }
}
