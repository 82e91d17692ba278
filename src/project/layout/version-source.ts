import { readIni } from '../ini.ts'
import { type Table, tableAt, textAt, textsAt } from '../toml.ts'
import { scmKeyword } from './scm-keyword.ts'

/** Which tags `git describe` may name. */
export interface DescribeOptions {
  readonly match: readonly string[]
  readonly exclude: readonly string[]
  readonly firstParent: boolean
  /** Annotated tags alone: `git describe` without `--tags`. */
  readonly annotated: boolean
}

/** The tools that take a project's version from git, by their names on the index. */
export type VersionTool =
  | 'setuptools-scm'
  | 'setuptools-git-versioning'
  | 'pdm-backend'
  | 'poetry-dynamic-versioning'
  | 'uv-dynamic-versioning'
  | 'versioningit'
  | 'versioneer'
  | 'pbr'

/** Where a project's version comes from. */
export type VersionSource =
  /** Computed from git. `settings` is the tool's own table. */
  | {
      readonly kind: 'git'
      readonly tool: VersionTool
      readonly describe: DescribeOptions
      readonly settings: Table
      /** Which tags count is said by this, which is not followed, e.g. `git_describe_command in setup.py`. */
      readonly unread?: string
    }
  /** A key of pyproject.toml. */
  | { readonly kind: 'toml'; readonly table: readonly string[] }
  | { readonly kind: 'cfg' }
  | { readonly kind: 'setup.py' }
  /** A name in a module: the first of `files` that there is. */
  | { readonly kind: 'module'; readonly files: readonly string[]; readonly names: readonly string[] }
  /** The whole text of a file. */
  | { readonly kind: 'file'; readonly files: readonly string[] }
  /** Computed in a way that is not known here; `from` says where. */
  | { readonly kind: 'other'; readonly from: string }

/** Settings of setuptools_scm that choose among tags. */
const CHOOSING = /^(use_scm_version|git_describe_command|describe_command|scm|tag)$/

/** setuptools_scm's own: any tag with a digit. */
const ANY_DIGIT: DescribeOptions = { match: ['*[0-9]*'], exclude: [], firstParent: false, annotated: false }

/**
 * Reads where the version of the wheel comes from; nothing is executed.
 * @param pyproject pyproject.toml, an empty table where there is none
 * @param setupCfg the text of setup.cfg, '' where there is none
 * @param setupPy the text of setup.py, '' where there is none
 * @see PEP 621 (`dynamic`), and the manual of each tool
 */
export function readVersionSource(pyproject: Table, setupCfg: string, setupPy: string): VersionSource {
  const project = tableAt(pyproject, 'project')
  const tool = tableAt(pyproject, 'tool')
  const build = tableAt(pyproject, 'build-system')
  const requires = new Set((textsAt(build, 'requires') ?? []).map(packageOf))
  const cfg = readIni(setupCfg)
  if (textAt(project, 'version') !== undefined) return { kind: 'toml', table: ['project'] }

  const scm = scmSettings(tool)
  if (tableAt(tool, 'hatch', 'version').source === 'vcs') return gitSource('setuptools-scm', scm)
  const dynamic = tableAt(tool, 'uv-dynamic-versioning')
  if (tableAt(tool, 'hatch', 'version').source === 'uv-dynamic-versioning' && !('from-file' in dynamic)) {
    return { kind: 'git', tool: 'uv-dynamic-versioning', describe: { ...ANY_DIGIT, match: ['v[0-9]*'] }, settings: dynamic }
  }
  const pdm = tableAt(tool, 'pdm', 'version')
  if (pdm.source === 'scm') {
    const match = textAt(pdm, 'tag_filter') ?? '*.*' // pdm-backend's own default
    return { kind: 'git', tool: 'pdm-backend', describe: { ...ANY_DIGIT, match: [match] }, settings: pdm }
  }
  if (tableAt(tool, 'poetry-dynamic-versioning').enable === true) {
    return {
      kind: 'git',
      tool: 'poetry-dynamic-versioning',
      describe: { ...ANY_DIGIT, match: ['v[0-9]*'] },
      settings: tableAt(tool, 'poetry-dynamic-versioning'),
    }
  }
  if (textAt(tableAt(tool, 'poetry'), 'version') !== undefined) return { kind: 'toml', table: ['tool', 'poetry'] }

  // Read before a version that stands in setup.cfg or setup.py: these tools overwrite it.
  const keyword = scmKeyword(setupPy)
  if (keyword || 'setuptools_scm' in tool || 'vcs-versioning' in tool) {
    const unread = keyword?.computed.find((key) => CHOOSING.test(key))
    return { ...gitSource('setuptools-scm', { ...scm, ...keyword?.settings }), ...(unread && { unread: `${unread} in setup.py` }) }
  }
  if (/\bpbr\s*=\s*True\b/.test(setupPy) || textAt(build, 'build-backend') === 'pbr.build') {
    return {
      kind: 'git',
      tool: 'pbr',
      describe: ANY_DIGIT,
      settings: cfg.get('metadata.version') ? { version: cfg.get('metadata.version') } : {},
    }
  }
  const gitVersioning = tableAt(tool, 'setuptools-git-versioning')
  if (gitVersioning.enabled === true || /\bsetuptools_git_versioning\s*=/.test(setupPy)) {
    const filter = 'tag_filter' in gitVersioning || /["']tag_filter["']\s*:|\btag_filter\s*=/.test(setupPy)
    const source = { kind: 'git', tool: 'setuptools-git-versioning', describe: { ...ANY_DIGIT, match: ['*'] } } as const
    return { ...source, settings: gitVersioning, ...(filter && { unread: 'tag_filter of setuptools-git-versioning' }) }
  }
  if ('versioningit' in tool) {
    const settings = tableAt(tool, 'versioningit')
    return { kind: 'git', tool: 'versioningit', describe: { ...ANY_DIGIT, match: ['*'] }, settings }
  }
  const versioneer = versioneerSettings(tool, cfg, setupPy)
  if (versioneer) {
    const match = [`${textAt(versioneer, 'tag_prefix') ?? ''}[0-9]*`]
    return { kind: 'git', tool: 'versioneer', describe: { ...ANY_DIGIT, match }, settings: versioneer }
  }

  const written = writtenVersion(pyproject, cfg, setupPy)
  if (written) return written
  // Nothing says a version, and the tool is there to find one.
  if (requires.has('setuptools-scm') || requires.has('flit-scm')) return gitSource('setuptools-scm', scm)
  return { kind: 'other', from: textAt(build, 'build-backend') ?? 'setup.py' }
}

/** Tables of setuptools_scm, whoever calls it, later ones over earlier ones. */
function scmSettings(tool: Table): Table {
  const hatch = tableAt(tool, 'hatch', 'version')
  const fallback = textAt(hatch, 'fallback-version')
  return {
    ...tableAt(tool, 'vcs-versioning'),
    ...tableAt(tool, 'setuptools_scm'),
    ...tableAt(hatch, 'raw-options'),
    ...(fallback ? { fallback_version: fallback } : {}),
  }
}

function gitSource(tool: VersionTool, settings: Table): Extract<VersionSource, { kind: 'git' }> {
  return { kind: 'git', tool, describe: describeOptions(settings), settings }
}

/**
 * The tags that setuptools_scm is set to look at: the options of its `git_describe_command` that choose
 * tags, or its tag prefix. Other options decide nothing here: the answer is always asked for in the long form.
 * @see https://setuptools-scm.readthedocs.io/en/latest/config/
 */
function describeOptions(settings: Table): DescribeOptions {
  const scm = tableAt(settings, 'scm', 'git')
  const key = ['git_describe_command', 'describe_command'].find((name) => name in settings || name in scm)
  const value = key === undefined ? undefined : (settings[key] ?? scm[key])
  const words = typeof value === 'string' ? shellWords(value) : key === undefined ? undefined : textsAt({ value }, 'value')
  if (words === undefined) {
    const tag = tableAt(settings, 'tag')
    const glob = tag.strict === true ? '*[0-9]*.*[0-9]*' : '*[0-9]*'
    return { ...ANY_DIGIT, match: [`${textAt(tag, 'prefix') ?? ''}${glob}`] }
  }
  const values = (option: string) =>
    words.flatMap((word, i) => {
      if (word.startsWith(`${option}=`)) return [word.slice(option.length + 1)]
      return word === option ? [words[i + 1] ?? ''] : []
    })
  return {
    match: values('--match'),
    exclude: values('--exclude'),
    firstParent: words.includes('--first-parent'),
    annotated: !words.includes('--tags') && !words.includes('--all'),
  }
}

function shellWords(text: string): readonly string[] {
  return [...text.matchAll(/"([^"]*)"|'([^']*)'|((?:[^\s"']|"[^"]*"|'[^']*')+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? (bare ?? '').replace(/["']/g, ''),
  )
}

/** @see https://github.com/python-versioneer/python-versioneer/blob/master/INSTALL.md */
function versioneerSettings(tool: Table, cfg: ReadonlyMap<string, string>, setupPy: string): Table | undefined {
  if ('versioneer' in tool) return tableAt(tool, 'versioneer')
  if (!/\bversioneer\.get_version\(/.test(setupPy)) return undefined
  const keys = [...cfg].filter(([key]) => key.startsWith('versioneer.'))
  return Object.fromEntries(keys.map(([key, value]) => [key.slice('versioneer.'.length), value.replace(/^['"]|['"]$/g, '')]))
}

/** A version that stands literally in a file, by the conventions of setuptools, hatch, pdm and flit. */
function writtenVersion(pyproject: Table, cfg: ReadonlyMap<string, string>, setupPy: string): VersionSource | undefined {
  const tool = tableAt(pyproject, 'tool')
  const dynamic = tableAt(tool, 'setuptools', 'dynamic', 'version')
  const attr = textAt(dynamic, 'attr') ?? /^attr:\s*(\S+)$/.exec(cfg.get('metadata.version') ?? '')?.[1]
  if (attr) return moduleVersion(attr.split('.').slice(0, -1), [attr.split('.').at(-1) ?? ''])
  const file = textAt(dynamic, 'file') ?? textsAt(dynamic, 'file')?.[0] ?? /^file:\s*(\S+)$/.exec(cfg.get('metadata.version') ?? '')?.[1]
  if (file) return { kind: 'file', files: [file] }

  const hatch = tableAt(tool, 'hatch', 'version')
  const pdm = tableAt(tool, 'pdm', 'version')
  const path = textAt(hatch, 'path') ?? textAt(pdm, 'path')
  const pattern = textAt(hatch, 'pattern') ?? textAt(pdm, 'pattern')
  const source = textAt(hatch, 'source') ?? textAt(pdm, 'source')
  if (path && !pattern && (source === undefined || source === 'regex' || source === 'file')) {
    return { kind: 'module', files: [path], names: ['__version__', 'VERSION'] }
  }
  const backend = textAt(tableAt(pyproject, 'build-system'), 'build-backend') ?? ''
  if (/^flit(_core)?\.build(api)?$/.test(backend)) {
    const name = textAt(tableAt(tool, 'flit', 'module'), 'name') ?? textAt(tableAt(pyproject, 'project'), 'name') ?? ''
    return moduleVersion(name.replace(/-/g, '_').split('.'), ['__version__'])
  }
  const literal = cfg.get('metadata.version')
  if (literal && !/^(attr|file):/.test(literal)) return { kind: 'cfg' }
  return SETUP_VERSION.test(setupPy) ? { kind: 'setup.py' } : undefined
}

/** `version="1.2.3"` on a line of its own or in the call of setup(). */
export const SETUP_VERSION = /(^[ \t]*(?:[\w.]*\bsetup\([^#\n]*?)?\bversion\s*=\s*)(['"])([^'"\n]+)\2(?=\s*[,)])/m

function moduleVersion(module: readonly string[], names: readonly string[]): VersionSource {
  const path = module.join('/')
  return { kind: 'module', files: ['', 'src/'].flatMap((top) => [`${top}${path}/__init__.py`, `${top}${path}.py`]), names }
}

function packageOf(requirement: string): string {
  return (/^\s*([A-Za-z0-9][\w.-]*)/.exec(requirement)?.[1] ?? '').replace(/[-_.]+/g, '-').toLowerCase()
}
