import { runInNewContext } from 'node:vm'
import type { VersionTool } from '../../project/layout/version-source.ts'
import type { Table } from '../../project/toml.ts'

/** What a version is made of. */
export interface GitFacts {
  readonly revision: string
  /** The commit's name as git shortens it. */
  readonly node: string
  readonly tag: string | undefined
  /** Commits since the tag; without one, all commits. */
  readonly distance: number
  /** Changed files. */
  readonly dirty: readonly string[]
  readonly branch: string
  readonly epoch: number
}

/**
 * The version that a tool makes with its own default scheme, for tools that take nothing but the whole
 * version from outside.
 * @returns undefined where the project sets another scheme, which is code or a template of the tool
 */
export function serialize(tool: VersionTool, settings: Table, facts: GitFacts): string | undefined {
  const only = (...known: string[]) => Object.keys(settings).every((key) => known.includes(key))
  switch (tool) {
    case 'pdm-backend':
      return only('source', 'tag_regex', 'tag_filter', 'write_to', 'write_template', 'fallback_version')
        ? pdmVersion(facts, settings.tag_regex)
        : undefined
    case 'poetry-dynamic-versioning':
      return only('enable', 'vcs', 'substitution', 'files') ? dunamaiVersion(facts) : undefined
    case 'uv-dynamic-versioning':
      return only('vcs', 'bump', 'fallback-version') && (settings.vcs ?? 'git') === 'git' && typeof (settings.bump ?? false) === 'boolean'
        ? dunamaiVersion(facts, settings.bump === true)
        : undefined
    case 'versioningit':
      return only('default-version', 'write', 'onbuild') ? versioningitVersion(facts, settings) : undefined
    case 'versioneer':
      return only('vcs', 'style', 'versionfile_source', 'versionfile_build', 'tag_prefix', 'parentdir_prefix') &&
        /^(pep440)?$/i.test(String(settings.style ?? settings.STYLE ?? ''))
        ? versioneerVersion(facts, String(settings.tag_prefix ?? ''))
        : undefined
    case 'pbr':
      return facts.distance === 0 || only() ? pbrVersion(facts) : undefined
    default:
      return undefined
  }
}

/** pdm-backend 2.5, `default_version_formatter`; its date is today's, ours the commit's, so that a commit has one version. */
function pdmVersion(facts: GitFacts, tagRegex: unknown): string | undefined {
  const pattern = typeof tagRegex === 'string' ? jsPattern(tagRegex) : /^(?:[\w-]+-)?(?<version>[vV]?\d+(?:\.\d+){0,2}[^+]*)(?:\+.*)?$/
  if (!pattern) return undefined
  const found = boundedExec(pattern, facts.tag ?? '0.0')
  const base = (found?.groups?.version ?? found?.[1] ?? '0.0.0').replace(/^[vV]/, '')
  const day = `d${stamp(facts.epoch)}`
  const dirty = facts.dirty.length > 0
  if (facts.distance === 0) return dirty ? `${base}+${day}` : base
  const next = base
    .replace(/\+.*$/, '')
    .replace(/\.dev0$|(\d+)$/, (_all, last?: string) => (last === undefined ? '' : String(Number(last) + 1)))
  return `${next}.dev${facts.distance}+g${facts.node}${dirty ? `.${day}` : ''}`
}

/** Python's named groups; what JavaScript does not read is left to the notice. */
function jsPattern(python: string): RegExp | undefined {
  try {
    return new RegExp(python.startsWith('^') ? python.replaceAll('(?P<', '(?<') : `^(?:${python.replaceAll('(?P<', '(?<')})`)
  } catch {
    return undefined
  }
}

/** The project's own pattern may take for ever: then it is one that fits nothing. */
function boundedExec(pattern: RegExp, text: string): RegExpExecArray | null {
  try {
    return runInNewContext('pattern.exec(text)', { pattern, text }, { timeout: 500 })
  } catch {
    return null
  }
}

/** dunamai 1.26, `serialize()` in the style of PEP 440: changed files are not told. @param bump as its smart one: the next version is meant */
function dunamaiVersion({ tag, distance, node }: GitFacts, bump = false): string | undefined {
  const since = (version: string) =>
    bump
      ? `${version.replace(/\d+$/, (last) => String(Number(last) + 1))}.dev${distance}+${node}`
      : `${version}.post${distance}.dev0+${node}`
  if (tag === undefined) return since('0.0.0')
  const [, base, stage = '', revision = ''] = /^v(\d+(?:\.\d+)*)(?:[-._]?(a|b|rc|alpha|beta)[-._]?(\d+))?$/.exec(tag) ?? []
  if (base === undefined) return undefined
  const release = `${base}${{ alpha: 'a', beta: 'b' }[stage] ?? stage}${revision}`
  return distance === 0 ? release : since(release)
}

/** versioningit 3, the default formats. */
function versioningitVersion({ tag, distance, node, dirty, epoch }: GitFacts, settings: Table): string | undefined {
  if (tag === undefined) return typeof settings['default-version'] === 'string' ? settings['default-version'] : undefined
  const base = tag.replace(/^v/i, '')
  const day = dirty.length > 0 ? `d${stamp(epoch)}` : ''
  if (distance === 0) return day ? `${base}+${day}` : base
  return `${base}.post${distance}+g${node}${day ? `.${day}` : ''}`
}

/** pbr 7: the next patch release, as far as no commit asks for more by a `Sem-Ver:` line, which is not read here. */
function pbrVersion({ tag, distance }: GitFacts): string | undefined {
  if (tag === undefined) return `0.0.1.dev${distance - 1}`
  if (distance === 0) return tag.replace(/^v/, '')
  const [, major, minor, patch = '0'] = /^v?(\d+)\.(\d+)(?:\.(\d+))?$/.exec(tag) ?? []
  return major === undefined ? undefined : `${major}.${minor}.${Number(patch) + 1}.dev${distance}`
}

/** versioneer 0.29, `render_pep440`. */
function versioneerVersion({ tag, distance, node, dirty }: GitFacts, prefix: string): string {
  const changed = dirty.length > 0 ? '.dirty' : ''
  if (tag === undefined) return `0+untagged.${distance}.g${node}${changed}`
  const base = tag.slice(prefix.length)
  if (distance === 0 && !changed) return base
  return `${base}${base.includes('+') ? '.' : '+'}${distance}.g${node}${changed}`
}

/** `20260131`, of UTC. */
function stamp(epoch: number): string {
  return new Date(epoch * 1000).toISOString().slice(0, 10).replaceAll('-', '')
}
