import { UserError } from '../errors.ts'
import { type Django, readDjango } from './django.ts'
import { normalizeName } from './names.ts'
import { readToml, type Table, tableAt, textAt, textsAt } from './toml.ts'

/** Files of a project folder, as texts. */
export interface SourceTree {
  /** The project folder relative to the workspace, `.` for the workspace itself. */
  readonly folder: string
  /** Paths of all files, relative to the folder, with `/`. */
  readonly files: readonly string[]
  /** Texts of the files that `READ` names. */
  readonly texts: ReadonlyMap<string, string>
}

/** Files whose text is read, where they exist. */
export const READ = ['pyproject.toml', 'setup.cfg', 'setup.py', 'Procfile', 'manage.py', '.python-version', '.tool-versions', 'runtime.txt']

/** What the user has. */
export interface Project {
  readonly folder: string
  /** Normalised (PEP 503); the default of the image's name. */
  readonly name: string
  readonly nameFrom: string
  readonly definedBy: string
  /** What building its wheel requires (PEP 518), before the backend is asked. */
  readonly buildRequires: readonly string[]
  readonly requiresPython: string | undefined
  readonly python: { readonly version: string; readonly from: string } | undefined
  readonly django: Django | undefined
  /** A command line from Procfile or [tool.pypackager]. */
  readonly start: { readonly line: string; readonly from: string } | undefined
  /** sha-able texts of the files that define dependencies, for cache keys. */
  readonly definition: string
}

/** PEP 517: what a project without a [build-system] table is built with. */
export const LEGACY_BUILD = ['setuptools>=40.8.0']

/**
 * Reads a project.
 * @param fallbackName used where no file states a name literally: the folder's or the repository's
 * @throws UserError for invalid TOML and for a folder without metadata
 */
export function readProject(tree: SourceTree, fallbackName: string): Project {
  const text = (name: string) => tree.texts.get(name)
  const inFolder = (name: string) => (tree.folder === '.' ? name : `${tree.folder}/${name}`)
  const pyproject = text('pyproject.toml') === undefined ? undefined : readToml(inFolder('pyproject.toml'), text('pyproject.toml') ?? '')
  const cfg = readIni(text('setup.cfg') ?? '')
  const setup = text('setup.py') ?? ''
  const definedBy = definingFile(tree, pyproject)
  const project = tableAt(pyproject ?? {}, 'project')
  const poetry = tableAt(pyproject ?? {}, 'tool', 'poetry')

  const names: readonly (readonly [string | undefined, string])[] = [
    [textAt(project, 'name') ?? textAt(poetry, 'name'), 'pyproject.toml'],
    [cfg.get('metadata.name'), 'setup.cfg'],
    [literalArgument(setup, 'name'), 'setup.py'],
    [fallbackName, 'the folder: no file states the name literally'],
  ]
  const [name, nameFrom] = names.find(([value]) => value) ?? ['app', 'nothing']
  return {
    folder: tree.folder,
    name: normalizeName(name ?? 'app'),
    nameFrom,
    definedBy,
    buildRequires: textsAt(tableAt(pyproject ?? {}, 'build-system'), 'requires') ?? LEGACY_BUILD,
    requiresPython: textAt(project, 'requires-python') ?? cfg.get('options.python_requires') ?? literalArgument(setup, 'python_requires'),
    python: pythonVersion(text),
    django: readDjango(tree),
    start: startLine(text('Procfile'), tableAt(pyproject ?? {}, 'tool', 'pypackager')),
    definition: ['pyproject.toml', 'setup.cfg', 'setup.py'].map((file) => `${file}\n${text(file) ?? ''}`).join('\n'),
  }
}

/** @throws UserError naming what was looked for */
function definingFile(tree: SourceTree, pyproject: Table | undefined): string {
  const tool = tableAt(pyproject ?? {}, 'tool')
  if (pyproject && ('project' in pyproject || 'build-system' in pyproject || 'poetry' in tool)) return 'pyproject.toml'
  const legacy = ['setup.py', 'setup.cfg'].find((file) => tree.texts.has(file))
  if (legacy) return legacy
  const where = tree.folder === '.' ? 'the workspace' : `"${tree.folder}"`
  const requirements = tree.files.some((file) => /^requirements[^/]*\.txt$/.test(file))
  throw new UserError(
    'project',
    pyproject
      ? `pyproject.toml in ${where} has neither [project] nor [build-system], and there is no setup.py`
      : `no pyproject.toml, setup.py or setup.cfg in ${where} or its src/`,
    requirements
      ? 'It has requirements files alone; describe the project in a pyproject.toml.'
      : 'Set the input path to the folder that holds the project.',
  )
}

/** Facts in order: .python-version, .tool-versions, runtime.txt. */
function pythonVersion(text: (name: string) => string | undefined): Project['python'] {
  const sources: readonly (readonly [string, RegExp])[] = [
    ['.python-version', /^\s*(\d+\.\d+)(?:\.\d+)?\s*$/m],
    ['.tool-versions', /^python\s+(\d+\.\d+)/m],
    ['runtime.txt', /^python-(\d+\.\d+)/m],
  ]
  for (const [from, pattern] of sources) {
    const version = pattern.exec(text(from) ?? '')?.[1]
    if (version) return { version, from }
  }
  return undefined
}

function startLine(procfile: string | undefined, settings: Table): Project['start'] {
  const web = /^web:[ \t]*(.+?)\s*$/m.exec(procfile ?? '')?.[1]
  if (web) return { line: web, from: 'Procfile' }
  const own = textAt(settings, 'command')
  return own ? { line: own, from: 'pyproject.toml [tool.pypackager]' } : undefined
}

/**
 * A keyword argument that setup.py gives as a plain string; anything computed is left to the built wheel.
 * The call of setup() is asked first: an Extension above it has a name too.
 */
function literalArgument(setup: string, argument: string): string | undefined {
  const pattern = new RegExp(`^\\s*(?:[\\w.]*\\bsetup\\(\\s*)?${argument}\\s*=\\s*(['"])([^'"\\n]+)\\1\\s*[,)]`, 'm')
  const call = setup.search(/^\s*(?:[\w.]*\.)?setup\(/m)
  return (call < 0 ? undefined : pattern.exec(setup.slice(call))?.[2]) ?? pattern.exec(setup)?.[2]
}

/** `section.key` to value, continuation lines joined; enough of configparser's format for names and versions. */
export function readIni(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>()
  let section = ''
  let key = ''
  for (const line of text.split(/\r?\n/)) {
    const head = /^\[(.+)\]\s*$/.exec(line)
    const pair = /^([^\s#;=:][^=:]*?)\s*[=:]\s*(.*)$/.exec(line)
    if (head) section = head[1] ?? ''
    else if (pair) {
      key = `${section}.${(pair[1] ?? '').toLowerCase().replace(/-/g, '_')}`
      values.set(key, (pair[2] ?? '').trim())
    } else if (/^\s+\S/.test(line) && key) values.set(key, `${values.get(key) ?? ''} ${line.trim()}`.trim())
  }
  return values
}
