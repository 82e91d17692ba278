import { UserError } from '../../errors.ts'
import { normalizeName } from '../names.ts'
import { type Chosen, holds, type MarkerEnvironment } from '../requirements/marker.ts'
import type { Table } from '../toml.ts'
import type { UvStated } from './freshness/stated.ts'

/** Where a package comes from when not from an index. Paths are relative to the folder of the lock. */
export type Source =
  /** An sdist or wheel by its address, or by a path where the lock names a file. */
  | { readonly kind: 'archive'; readonly url: string }
  | { readonly kind: 'git'; readonly url: string; readonly revision: string; readonly subdirectory?: string }
  | { readonly kind: 'directory'; readonly path: string }

export interface Pin {
  /** Normalised, PEP 503; '' where a requirements file gives a folder or an address alone. */
  readonly name: string
  /** '' where the source has none. */
  readonly version: string
  readonly source?: Source
  /** The folder of the workspace that its files lie in, relative to that of the lock, where no index has them. */
  readonly folder?: string
  /** sha256 to file name, the name '' where the lock tells none. Empty where the lock has no hash of it. */
  readonly files: ReadonlyMap<string, string>
}

/** Extras and dependency groups wanted beside the default dependencies; names as typed or normalised. */
export type Selection = Chosen

/** What a lock of the user installs in one environment. */
export interface UserLock {
  /** The lock's path, for messages. */
  readonly file: string
  /** Normalised name of the project that it locks. */
  readonly project: string
  /** Sorted by name; never the project itself. */
  readonly pins: readonly Pin[]
  /** Extras that the lock knows, normalised; undefined where the format does not tell. */
  readonly extras: readonly string[] | undefined
  readonly groups: readonly string[] | undefined
  /** Packages whose version was decided by an override, against what requires them. */
  readonly overridden: readonly string[]
  /** What it holds and installs nothing of: members of a workspace that are no packages. */
  readonly virtual?: readonly string[]
  /** What its tool finds changed since it was made; left out where it finds nothing, or that cannot be told. */
  readonly changed?: string
  /** What uv wrote down of the texts that it made the lock from. */
  readonly stated?: UvStated
  /** What makes the lock again, e.g. `uv lock`. */
  readonly refresh: string
}

/** The project that a lock belongs to. */
export interface LockedProject {
  /** Normalised. */
  readonly name: string
  /** Text of its pyproject.toml: locks of Poetry before 2.0 and some of PDM name the groups' roots nowhere else. */
  readonly pyproject: string | undefined
  /** Of the Pipfile beside a Pipfile.lock. */
  readonly pipfile?: string | undefined
}

/** What every reader is given. */
export interface Reading {
  /** Its path; the name tells the format. */
  readonly file: string
  readonly text: string
  readonly project: LockedProject
  readonly selection: Selection
  readonly environment: MarkerEnvironment
}

/**
 * Whether something in a lock counts in this environment.
 * @throws UserError that names the lock and the package where the marker is malformed
 */
export function applies(reading: Omit<Reading, 'text'>, name: string, marker: string | undefined): boolean {
  if (!marker) return true
  try {
    return holds(marker, reading.environment, reading.selection)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    throw new UserError('lock', `${name} in ${reading.file}: ${error.message}`, 'Make the lock again.')
  }
}

/** A file of a package as a lock states it: `sha256:…` and the file's name, path or address. */
export interface StatedFile {
  readonly hash: string
  readonly file: string
}

/**
 * The sha256 sums of a package's files. Files with other kinds of sums are left out where others of the package have one.
 * @throws UserError naming the package where there are sums and none is a sha256
 */
export function readHashes(lock: string, name: string, stated: readonly StatedFile[]): ReadonlyMap<string, string> {
  const files = new Map<string, string>()
  for (const { hash, file } of stated) {
    const sha256 = /^sha256[:=]([0-9a-f]{64})$/i.exec(hash.trim())?.[1]
    if (sha256) files.set(sha256.toLowerCase(), fileName(file))
    else if (/^sha256\b/i.test(hash))
      throw new UserError('lock', `${name} in ${lock} has a broken sha256 "${hash}"`, 'Make the lock again.')
  }
  const others = stated.map(({ hash }) => hash.split(/[:=]/)[0] ?? '').filter(Boolean)
  if (files.size > 0 || others.length === 0) return files
  throw new UserError(
    'lock',
    `${name} in ${lock} has no sha256, only ${[...new Set(others)].join(', ')}`,
    'Make the lock again with sha256 sums; other sums are not trusted.',
  )
}

/** The last part of a path or address, without its escapes, query and fragment. */
function fileName(place: string): string {
  return decoded(place.split(/[?#]/)[0]?.split(/[/\\]/).at(-1) ?? '')
}

/** Without its escapes (RFC 3986); a text that is not well escaped stays as it is. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** A path as locks write it (`./core/`, `core\\`, `file:core`), relative to the lock's folder; '.' for the folder itself. */
export function readPath(text: string): string {
  const parts: string[] = []
  for (const part of text.replace(/^file:(\/\/)?/, '').split(/[/\\]/)) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop()
    else if (part !== '.' && part !== '') parts.push(part)
  }
  return (/^(file:\/\/)?\//.test(text) ? '/' : '') + parts.join('/') || '.'
}

/**
 * A git address as requirement lines write it: `git+https://host/x.git@revision#subdirectory=y`.
 * @see PEP 440 "Direct references"; pip's "VCS Support"
 */
export function readGit(address: string): Extract<Source, { kind: 'git' }> {
  const [plain = '', fragment = ''] = address.replace(/^git\+/, '').split('#')
  const subdirectory = /(?:^|&)subdirectory=([^&]+)/.exec(fragment)?.[1]
  const at = plain.lastIndexOf('@')
  const isRevision = at >= 0 && /[/:]/.test(plain.slice(0, at)) && /^[^/]/.test(plain.slice(at + 1))
  const [url, revision] = isRevision ? [plain.slice(0, at), plain.slice(at + 1)] : [plain, '']
  // In ssh://git@host/x the only @ belongs to the host.
  const real = /^[a-z+]+:\/\/[^/]*$/.test(url) ? { url: plain, revision: '' } : { url, revision }
  return { kind: 'git', ...real, ...(subdirectory ? { subdirectory } : {}) }
}

/** A source by its address, as PEP 508's `name @ address` has it. */
export function readAddress(address: string): Source {
  if (/^git\+/.test(address)) return readGit(address)
  if (/^(?:https?|ftp):/.test(address)) return { kind: 'archive', url: address }
  const plain = address.split('#')[0] ?? ''
  return isArchive(plain) ? { kind: 'archive', url: readPath(plain) } : { kind: 'directory', path: readPath(plain) }
}

export function isArchive(path: string): boolean {
  return /\.(whl|zip|tgz|tar(\.\w+)?)$/i.test(path)
}

/**
 * Pins of one environment in order.
 * @param own the project's normalised name: it is never a pin of its own
 * @throws UserError where two versions of a package are wanted at once
 */
export function inOrder(file: string, own: string, pins: readonly Pin[]): readonly Pin[] {
  const byName = new Map<string, Pin>()
  const nameless = pins.filter(({ name }) => name === '')
  for (const pin of pins.filter(({ name }) => name !== '' && name !== own)) {
    const other = byName.get(pin.name)
    if (other && (other.version !== pin.version || JSON.stringify(other.source) !== JSON.stringify(pin.source))) {
      throw new UserError(
        'lock',
        `${file} wants two versions of ${pin.name} at once: ${other.version || 'one from a source'} and ${pin.version || 'one from a source'}`,
        'Choose extras and groups that do not exclude each other, or make the lock again.',
      )
    }
    byName.set(pin.name, other ? { ...pin, files: new Map([...other.files, ...pin.files]) } : pin)
  }
  return [...nameless, ...[...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1))]
}

/** The tables of an array of tables; none where there is none. */
export function tablesAt(table: Table, key: string): readonly Table[] {
  const value = table[key]
  return Array.isArray(value) ? value.filter((item): item is Table => typeof item === 'object' && item !== null) : []
}

/** @throws UserError where the version is not of the kinds that are understood */
export function refuseVersion(file: string, version: string, known: string): never {
  throw new UserError(
    'lock',
    `${file} is of version "${version}"; known are ${known}`,
    'Make the lock again with a tool that writes such a version.',
  )
}

/** Names of any spelling, as a sorted set. */
export function names(given: readonly string[]): readonly string[] {
  return [...new Set(given.map(normalizeName))].sort()
}
