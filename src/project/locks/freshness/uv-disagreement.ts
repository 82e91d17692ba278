import { clean } from '@renovatebot/pep440'
import { type Chosen, holds, type MarkerEnvironment } from '../../requirements/marker.ts'
import { readRequirement } from '../../requirements/requirement.ts'
import { names, readAddress } from '../pins.ts'
import type { StatedMetadata, StatedRequirement, StatedSource, UvStated } from './stated.ts'
import { gitAt, plainAddress } from './uv-stated.ts'

/** What a project says now; what is left out is not compared. */
export interface UvWanted {
  /** Normalised name of the project, or of a folder that it requires. */
  readonly name: string
  /** Requirement lines of it and of the groups that are wanted. */
  readonly lines: readonly string[]
  /** Where [tool.uv.sources] says that a package comes from; `unknown` where that cannot be compared. */
  readonly sourceOf: (name: string) => StatedSource | 'unknown' | undefined
}

/** What the root of the workspace says now of resolving. */
export interface UvResolving {
  readonly constraints: readonly string[]
  readonly overrides: readonly string[]
  readonly excludes: readonly string[]
  readonly metadata: UvStated['metadata']
  readonly options: UvStated['options']
  /** Names that have a source: it takes the place of their version. */
  readonly sourced: ReadonlySet<string>
}

interface Case {
  readonly environment: MarkerEnvironment
  readonly selection: Chosen
}

/** A requirement by what is compared. */
type Compared = Pick<StatedRequirement, 'name' | 'extras' | 'specifier' | 'source'>

/**
 * What a project requires otherwise than uv read when it made the lock, as far as it counts in this environment:
 * uv spells markers anew, so they are judged and not compared.
 * @returns faults as parts of a sentence; none where they agree, and where the lock tells nothing
 */
export function uvDisagreement(stated: UvStated, wanted: UvWanted, given: Case): readonly string[] {
  const known = stated.packages.get(wanted.name)
  if (!known) return []
  const groups = names(given.selection.groups)
  const written = countingOf([...known.requires, ...groups.flatMap((group) => known.groups[group] ?? [])], wanted.name, given)
  const asked = askedOf(wanted, given)
  const all = [...new Set([...written, ...asked].map(({ name }) => name))].sort()
  return all.flatMap((name) => {
    const of = (list: readonly Compared[]) => list.filter((one) => one.name === name)
    return faultOf({ name, before: of(written), now: of(asked) }, wanted.sourceOf(name)) ?? []
  })
}

/** What the workspace says otherwise of resolving than when the lock was made. */
export function uvResolvingDisagreement(stated: UvStated, resolving: UvResolving, { environment, selection }: Case): readonly string[] {
  const here = (marker: string) => holds(marker, environment, selection)
  const differs = (written: readonly StatedRequirement[], lines: readonly string[]) => {
    const key = (one: Compared) => `${one.name}${resolving.sourced.has(one.name) || one.source ? '' : shownRange(one)}`
    const now = lines.map(readRequirement).map((one) => ({ ...one, source: one.url === undefined ? undefined : directSource(one.url) }))
    return !same(written.filter(({ marker }) => here(marker)).map(key), now.filter(({ marker }) => here(marker)).map(key))
  }
  const fault = (key: string, isOther: boolean) => (isOther ? [`it was made with another ${key} of [tool.uv]`] : [])
  const { options } = resolving
  return [
    ...fault('constraint-dependencies', differs(stated.constraints, resolving.constraints)),
    ...fault('override-dependencies', differs(stated.overrides, resolving.overrides)),
    ...fault('exclude-dependencies', !same(stated.excludes, names(resolving.excludes))),
    ...fault('dependency-metadata', !same(stated.metadata.map(shownMetadata), resolving.metadata.map(shownMetadata))),
    ...(['resolution', 'prerelease'] as const).flatMap((key) =>
      fault(key, options[key] !== undefined && modeOf(options[key]) !== modeOf(stated.options[key])),
    ),
  ]
}

/** Without markers, which uv spells anew. */
function shownMetadata({ name, version, requires }: StatedMetadata): string {
  const lines = requires.map(readRequirement).map((one) => `${one.name}[${[...one.extras].sort()}]${shownRange(one)}${one.url ?? ''}`)
  return `${name} ${version}: ${lines.sort().join(' ')}`
}

/** What uv does by itself it writes into no lock: `highest`, and `if-necessary` by either of its names. */
function modeOf(word = ''): string {
  return word === 'highest' || word.startsWith('if-necessary') ? '' : word
}

/** What the lock says that counts here. An extra of the project may ask for others of its own. */
function countingOf(all: readonly StatedRequirement[], own: string, { environment, selection }: Case): readonly StatedRequirement[] {
  const extras = new Set(selection.extras)
  const counting = () => all.filter(({ marker }) => holds(marker, environment, { ...selection, extras: [...extras] }))
  for (let before = -1; extras.size > before; ) {
    before = extras.size
    for (const one of counting()) if (one.name === own) for (const extra of one.extras) extras.add(extra)
  }
  return counting().filter(({ name }) => name !== own)
}

function askedOf({ name: own, lines, sourceOf }: UvWanted, { environment, selection }: Case): readonly Compared[] {
  return lines
    .map(readRequirement)
    .filter(({ name, marker }) => name !== own && holds(marker, environment, selection))
    .map(({ name, extras, specifier, url }) => {
      const source = sourceOf(name)
      const told = source === 'unknown' ? undefined : source
      return { name, extras, specifier, source: told ?? (url === undefined ? undefined : directSource(url)) }
    })
}

function directSource(url: string): StatedSource {
  const source = readAddress(url)
  if (source.kind === 'git') return { kind: 'git', at: gitAt(source.url, source.subdirectory), revision: source.revision }
  return /^(https?|ftp):/.test(url) ? { kind: 'address', at: plainAddress(url) } : { kind: 'place', at: '' }
}

interface Both {
  readonly name: string
  readonly before: readonly Compared[]
  readonly now: readonly Compared[]
}

function faultOf({ name, before, now }: Both, source: StatedSource | 'unknown' | undefined): string | undefined {
  if (before.length === 0) return `it was made when ${name} was not required`
  if (now.length === 0) return `it was made when ${name} was required, which it no longer is`
  if (source !== 'unknown') {
    const [one, other] = [before[0]?.source, now[0]?.source]
    if (!isSame(one, other)) return `it takes ${name} from ${shownSource(one)} and not from ${shownSource(other)}`
  }
  // A version beside a source that is no index says nothing to uv.
  const ranged = source !== 'unknown' && [...before, ...now].every((one) => one.source === undefined || one.source.kind === 'index')
  const shown = (list: readonly Compared[]) => [...new Set(list.map((one) => `${name}${shownExtras(one)}${ranged ? shownRange(one) : ''}`))]
  if (same(shown(before), shown(now))) return undefined
  return `it was made for ${shown(before).join(' and ')} and ${shown(now).join(' and ')} is required`
}

function shownExtras({ extras }: Compared): string {
  return extras.length > 0 ? `[${names(extras).join(',')}]` : ''
}

function shownRange({ specifier }: Pick<Compared, 'specifier'>): string {
  return [...new Set(specifier.split(',').map(normal))].sort().join(',')
}

/** `>= 1.0-beta` as `>=1b0`: zeros at the end tell no versions apart but behind `==`, `~=` and the like with a prefix. */
function normal(part: string): string {
  const [sign = ''] = /^[<>=!~]*/.exec(part.trim()) ?? []
  const version = part.trim().slice(sign.length).trim()
  let plain = clean(version) ?? version.toLowerCase()
  if (sign !== '~=') while (plain.endsWith('.0')) plain = plain.slice(0, -2)
  return `${sign}${plain}`
}

function isSame(one: StatedSource | undefined, other: StatedSource | undefined): boolean {
  if (one === undefined || other === undefined) return one === other
  const told = one.at !== '' && other.at !== ''
  return one.kind === other.kind && (!told || one.at === other.at) && (one.revision ?? '') === (other.revision ?? '')
}

function shownSource(source: StatedSource | undefined): string {
  if (source === undefined) return 'an index'
  const what = { git: 'git', address: 'an address', place: 'a folder or file', index: 'the index' }[source.kind]
  return [what, source.at, source.revision && `at ${source.revision}`].filter(Boolean).join(' ')
}

function same(one: readonly string[], other: readonly string[]): boolean {
  const [a, b] = [new Set(one), new Set(other)]
  return a.size === b.size && [...a].every((item) => b.has(item))
}
