import { eq, valid } from '@renovatebot/pep440'
import type { Described } from '../../effects/ports.ts'
import { UserError } from '../../errors.ts'
import { SETUP_VERSION, type VersionSource } from '../../project/layout/version-source.ts'
import { readToml, tableAt } from '../../project/toml.ts'
import { listed } from '../../text/words.ts'
import { NOTHING_TOLD, type OwnVersion, type Run, type Told, tellExactly, tellVersion, versionFile } from './git-version.ts'

/** What is known of the project's version before its wheel is built. */
export interface Versioning {
  readonly source: VersionSource
  /** Undefined outside a repository, and where the version does not come from git. */
  readonly git: Described | undefined
  /** Texts of the files that `versionFiles` names, as far as they exist. */
  readonly texts: ReadonlyMap<string, string>
  /** Tags of the clone, where what chooses among them is not followed. */
  readonly tags?: readonly string[]
}

/** Paths of the files whose text decides how a version is told or set. */
export function versionFiles(source: VersionSource): readonly string[] {
  switch (source.kind) {
    case 'git':
      return ['.git_archival.txt', versionFile(source)].filter(Boolean)
    case 'toml':
      return ['pyproject.toml']
    case 'cfg':
      return ['setup.cfg']
    case 'setup.py':
      return ['setup.py']
    case 'module':
    case 'file':
      return source.files
    case 'other':
      return []
  }
}

/**
 * How the build of the project's wheel is told its version.
 * @param set the version that the wheel must get (`set-version`); undefined: the one that the project gives it
 * @throws UserError where a version must be set and the project does not let it, and where it is not known which tags are its own
 */
export function planOwnVersion(versioning: Versioning, run: Run, set: string | undefined): Told {
  const { source, git, texts } = versioning
  if (set !== undefined) return { ...setVersion(versioning, set), notices: [] }
  const fault = uncertain(versioning, run)
  if (fault) throw fault
  return source.kind === 'git' && git ? tellVersion({ source, git, texts }, run) : { ...NOTHING_TOLD, notices: [] }
}

/** Tags of one family differ in what follows the first digit; `v1` and `1` are of one. */
function uncertain({ source, tags = [] }: Versioning, run: Run): UserError | undefined {
  if (source.kind !== 'git' || source.unread === undefined || run.tag !== '') return undefined
  const families = new Map(tags.filter((tag) => /\d/.test(tag)).map((tag) => [tag.replace(/v?\d.*$/is, ''), tag]))
  if (families.size < 2) return undefined
  return new UserError(
    'project',
    `${source.unread} says which tags count, and is not followed: ${listed([...families.values()], 3)} are tags of several kinds`,
    'Write git_describe_command literally, in [tool.setuptools_scm] for example, or let set-version give the version.',
  )
}

/**
 * @param release the version that the tag names
 * @returns what to warn of where the wheel has another one
 */
export function versionWarning(release: string, wheel: string): string | undefined {
  // A pre-release by semver.org alone is no version that a wheel could have.
  if (!valid(release) || (valid(wheel) && eq(release, wheel))) return undefined
  return `The tag says ${release} and the wheel ${wheel}. Set the version in the project before tagging, or let set-version: true give the wheel the tag's.`
}

/** Only where the version is a plain literal, and only in the copy that is built. */
function setVersion({ source, git, texts }: Versioning, given: string): OwnVersion {
  if (!valid(given)) throw refusal(`${given} is not a version of Python (PEP 440)`)
  if (source.kind === 'git') {
    const told = tellExactly({ source, git, texts }, given)
    if (told !== NOTHING_TOLD) return told
    throw refusal(`the settings of ${source.tool} name no file of the project in versionfile_source`)
  }
  if (source.kind === 'other') {
    // Hatchling takes what is dynamic from the PKG-INFO of an sdist.
    if (source.from === 'hatchling.build') return tellExactly({ source: { ...source, kind: 'git', ...PKG_INFO }, git, texts }, given)
    throw refusal(`the version is computed by ${source.from}`)
  }
  const candidates = versionFiles(source).filter((file) => texts.has(file))
  for (const file of candidates) {
    const text = texts.get(file) ?? ''
    const written = rewrite(source, text, given)
    if (written !== undefined) return { files: { [file]: written }, env: {} }
  }
  throw refusal(`${candidates[0] ?? versionFiles(source)[0] ?? 'the project'} does not hold the version as a plain literal`)
}

const PKG_INFO = { tool: 'versioningit', settings: {}, describe: { match: [], exclude: [], firstParent: false, annotated: false } } as const

function rewrite(source: Exclude<VersionSource, { kind: 'git' | 'other' }>, text: string, version: string): string | undefined {
  switch (source.kind) {
    case 'toml':
      return rewriteToml(source.table, text, version)
    case 'cfg':
      return replaceIn(section(text, 'metadata'), /^(version[ \t]*[=:][ \t]*)[^\s:]+[ \t]*(?=\r?$)/im, `$1${version}`)
    case 'setup.py': {
      const call = Math.max(0, text.search(/^[ \t]*(?:[\w.]*\.)?setup\(/m))
      return replaceIn({ before: text.slice(0, call), part: text.slice(call), after: '' }, SETUP_VERSION, `$1$2${version}$2`)
    }
    case 'module': {
      const names = source.names.join('|')
      const literal = new RegExp(`^((?:${names})(?:[ \\t]*:[ \\t]*[\\w.]+)?[ \\t]*=[ \\t]*)(['"])[^'"\\n]*\\2`, 'm')
      return replaceIn({ before: '', part: text, after: '' }, literal, `$1$2${version}$2`)
    }
    case 'file':
      return /^\s*[\w.!+-]+\s*$/.test(text) ? `${version}\n` : undefined
  }
}

/** One line of one table; that nothing else changed is checked by reading the result. */
function rewriteToml(table: readonly string[], text: string, version: string): string | undefined {
  const written = replaceIn(section(text, table.join('.')), /^([ \t]*version[ \t]*=[ \t]*)(?:"[^"\\\n]*"|'[^'\n]*')/m, `$1"${version}"`)
  if (written === undefined) return undefined
  const [before, after] = [text, written].map((toml) => {
    const read = structuredClone(readToml('pyproject.toml', toml))
    const { version: found, ...rest } = tableAt(read, ...table)
    return { found, rest: JSON.stringify(rest), all: JSON.stringify(read).replace(JSON.stringify(found), '""') }
  })
  const same = before?.rest === after?.rest && before?.all === after?.all
  return same && after?.found === version ? written : undefined
}

/** A part of a text, between what stands before and after it. */
type Part = Readonly<Record<'before' | 'part' | 'after', string>>

/** A section's lines: after its `[head]`, up to the next one. */
function section(text: string, name: string): Part | undefined {
  const head = new RegExp(`^[ \\t]*\\[[ \\t]*${name.replaceAll('.', '[ \\t]*\\.[ \\t]*')}[ \\t]*\\][^\\n]*\\n`, 'm').exec(text)
  if (!head) return undefined
  const start = head.index + head[0].length
  const next = text.slice(start).search(/^[ \t]*\[/m)
  const end = next < 0 ? text.length : start + next
  return { before: text.slice(0, start), part: text.slice(start, end), after: text.slice(end) }
}

function replaceIn(given: Part | undefined, what: RegExp, by: string): string | undefined {
  return given && what.test(given.part) ? given.before + given.part.replace(what, by) + given.after : undefined
}

function refusal(why: string): UserError {
  return new UserError('project', `set-version cannot set the wheel's version: ${why}`, 'Set it in the project, or leave set-version out.')
}
