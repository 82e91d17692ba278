import type { Described } from '../../effects/ports.ts'
import { fitsGlob } from '../../project/glob.ts'
import type { DescribeOptions, VersionSource } from '../../project/layout/version-source.ts'
import { listed } from '../../text/words.ts'
import { type GitFacts, serialize } from './version-schemes.ts'

/** How the build is told a version: files of the staged copy with other texts, and variables of its step. */
export interface OwnVersion {
  /** By the path in the project folder. */
  readonly files: Readonly<Record<string, string>>
  readonly env: Readonly<Record<string, string>>
}

export const NOTHING_TOLD: OwnVersion = { files: {}, env: {} }

/** setuptools_scm and what is built on it read this file of an archive; a repository may hold a template of it. */
export const ARCHIVAL = '.git_archival.txt'

export interface Told extends OwnVersion {
  readonly notices: readonly string[]
}

type GitSource = Extract<VersionSource, { kind: 'git' }>

/** A version that comes from git. */
interface GitVersioning {
  readonly source: GitSource
  /** Undefined outside a repository. */
  readonly git: Described | undefined
  /** Of files that were read, by their path. */
  readonly texts: ReadonlyMap<string, string>
}

export interface Run {
  /** The tag that the run is for, '' for none. */
  readonly tag: string
  /** The commit that the event is about; '' where that is not known. */
  readonly sha: string
  /** The commit's time in seconds since 1970. */
  readonly epoch: number
}

/**
 * What git says of the checkout, in the words of the project's own tool, so that its scheme stays in force
 * although there is neither git nor a repository where the wheel is built.
 */
export function tellVersion(versioning: GitVersioning & { readonly git: Described }, run: Run): Told {
  const { source, git, texts } = versioning
  const facts = gitFacts(git, source.describe, run)
  const notices = [...shallowNotice(git, facts), ...dirtyNotice(facts)]
  if (source.tool === 'setuptools-scm' || source.tool === 'setuptools-git-versioning') {
    const archival = texts.get(ARCHIVAL)
    if (archival !== undefined && !archival.includes('$Format:')) return { ...NOTHING_TOLD, notices: [] }
    const scm = source.tool === 'setuptools-scm'
    const env = scm ? { SETUPTOOLS_SCM_PRETEND_METADATA: metadata(source, facts) } : {}
    return { files: { [ARCHIVAL]: archivalText(facts, withoutTag(source, facts), !scm) }, env, notices }
  }
  const version = serialize(source.tool, source.settings, facts)
  if (version === undefined) {
    const needsGit = `The version is made by settings of ${source.tool} that need git where the wheel is built, and there is none.`
    const shallow = shallowNotice(git, facts)
    return { ...NOTHING_TOLD, notices: shallow.length > 0 ? shallow : [needsGit] }
  }
  if (source.tool === 'pbr' && facts.distance > 0) {
    notices.push(`The version is ${version} where no commit since the tag asks for more: Sem-Ver lines of commit messages are not read.`)
  }
  return { ...tellExactly(versioning, version), notices }
}

/** Tells the tool a version, whatever git says. */
export function tellExactly({ source, git, texts }: GitVersioning, version: string): OwnVersion {
  switch (source.tool) {
    case 'setuptools-scm':
      // Not `…_FOR_<NAME>`: hatch-vcs does not say the name. Nothing else is built in that step.
      return { files: {}, env: { SETUPTOOLS_SCM_PRETEND_VERSION: version } }
    case 'pdm-backend':
      return { files: {}, env: { PDM_BUILD_SCM_VERSION: version } }
    case 'poetry-dynamic-versioning':
      return { files: {}, env: { POETRY_DYNAMIC_VERSIONING_BYPASS: version } }
    case 'uv-dynamic-versioning':
      return { files: {}, env: { UV_DYNAMIC_VERSIONING_BYPASS: version } }
    case 'pbr':
      return { files: {}, env: { PBR_VERSION: version } }
    case 'versioningit':
    case 'setuptools-git-versioning':
      return { files: { 'PKG-INFO': `Metadata-Version: 2.1\nName: ${source.tool}\nVersion: ${version}\n` }, env: {} }
    case 'versioneer': {
      const file = versionFile(source)
      return file && texts.has(file) ? { files: { [file]: versioneerFile(version, git) }, env: {} } : NOTHING_TOLD
    }
  }
}

/** The file that versioneer keeps its version in, '' where its settings do not say. */
export function versionFile(source: GitSource): string {
  const file = source.settings.versionfile_source
  return source.tool === 'versioneer' && typeof file === 'string' ? file : ''
}

function gitFacts(git: Described, options: DescribeOptions, run: Run): GitFacts {
  // A clone of depth 1 may not know the tag that it was made for; and of two tags on a commit the event's is meant.
  const known = git.tag === 'here' || (git.tag === 'absent' && (run.sha === '' || run.sha === git.revision))
  const own = run.tag !== '' && known && fits(run.tag, options)
  const node = git.nearest?.node ?? git.revision.slice(0, 7)
  return {
    revision: git.revision,
    node,
    tag: own ? run.tag : git.nearest?.tag,
    distance: own ? 0 : (git.nearest?.distance ?? git.count),
    dirty: git.changed,
    branch: git.branch,
    epoch: run.epoch,
  }
}

function fits(tag: string, { match, exclude }: DescribeOptions): boolean {
  return (match.length === 0 || match.some((glob) => matches(tag, glob))) && !exclude.some((glob) => matches(tag, glob))
}

/** As git does (wildmatch without path names): `*`, `?` and `[…]`. */
function matches(tag: string, glob: string): boolean {
  return fitsGlob(glob, tag)
}

/** @see https://setuptools-scm.readthedocs.io/en/latest/usage/#git-archives */
function archivalText(facts: GitFacts, untagged: string, sayDirty: boolean): string {
  const dirty = sayDirty && facts.dirty.length > 0 ? '-dirty' : ''
  return [
    `node: ${facts.revision}`,
    `node-date: ${new Date(facts.epoch * 1000).toISOString().slice(0, 19)}+00:00`,
    `describe-name: ${facts.tag === undefined ? untagged : `${facts.tag}-${facts.distance}`}-g${facts.node}${dirty}`,
    '',
  ].join('\n')
}

/** The tag and the distance that each tool takes for a repository without a tag. */
function withoutTag({ tool, settings }: GitSource, { distance }: GitFacts): string {
  const text = (key: string, otherwise: string) => (typeof settings[key] === 'string' ? settings[key] : otherwise)
  return tool === 'setuptools-scm' ? `${text('fallback_version', '0.0')}-${distance}` : `${text('starting_version', '0.0.1')}-0`
}

/**
 * What an archive cannot say: changed files, the whole name of the commit (each release shortens it in its own
 * way), its day. Since setuptools_scm 9; earlier ones do not read it and give a dirty tree the commit's version.
 * @see https://setuptools-scm.readthedocs.io/en/latest/overrides/
 */
function metadata(source: GitSource, facts: GitFacts): string {
  const branch = JSON.stringify(source.settings.version_scheme ?? '').includes('branch') // else a branch would be a reason to build again
  const fields = [
    ...(facts.dirty.length > 0 ? ['dirty=true'] : []),
    `node="g${facts.revision}"`,
    ...(branch ? [`branch=${JSON.stringify(facts.branch)}`] : []),
    `node_date=${new Date(facts.epoch * 1000).toISOString().slice(0, 10)}`,
  ]
  return `{${fields.join(', ')}}`
}

/** What `setup.py sdist` of a versioneer project writes. */
function versioneerFile(version: string, git: Described | undefined): string {
  const json = JSON.stringify({ date: null, dirty: false, error: null, 'full-revisionid': git?.revision ?? null, version }, null, 1)
  return `import json

version_json = '''
${json}
'''  # END VERSION_JSON


def get_versions():
    return json.loads(version_json)
`
}

const NO_TAG = 'this shallow clone knows no tag'

/**
 * What to say of a wheel whose version is the word of a tool that found none, such as `0.0.0+unknown` and `0+untagged.1.g3567dba`.
 * @param told notices of the run, which may have said why
 */
export function unknownVersion(version: string, told: readonly string[]): string | undefined {
  if (!/\+.*(?:unknown|untagged)/i.test(version) || told.some((notice) => notice.includes(NO_TAG))) return undefined
  return (
    `The version of the project's wheel is not known: ${version} is what its build says where it finds no tag of git. ` +
    'Let actions/checkout fetch the history (fetch-depth: 0), or write the version into the project.'
  )
}

function shallowNotice(git: Described, facts: GitFacts): readonly string[] {
  if (!git.shallow || facts.tag !== undefined) return []
  return [
    `The version comes from git, and ${NO_TAG}: the wheel's version is made of the commit alone. ` +
      'Let actions/checkout fetch the history (fetch-depth: 0).',
  ]
}

function dirtyNotice({ dirty }: GitFacts): readonly string[] {
  if (dirty.length === 0) return []
  return [
    `The version comes from git, and ${listed(dirty, 1)} changed since the commit: the project's tool decides how the wheel's version says so.`,
  ]
}
