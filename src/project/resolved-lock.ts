import { UserError } from '../errors.ts'
import { address, archiveName, fits, normalizedName, sha256Text, size, version } from '../grammar.ts'
import { normalizeName } from './names.ts'
import { readToml, type Table, tableAt, textAt } from './toml.ts'

/** One file of a package, on an index or in the workspace. */
export interface RemoteFile {
  readonly file: string
  readonly url: string
  readonly sha256: string
  /** Bytes, where the lock says so. */
  readonly size: number | undefined
  /** The day on which it was uploaded, e.g. `2024-05-30`; undefined where the lock does not say. */
  readonly uploaded?: string
  /** Absolute, where it is a file of this run and not to be fetched: its `url` then leads nowhere. */
  readonly at?: string
}

export interface LockedPackage {
  readonly name: string
  readonly version: string
  readonly wheels: readonly RemoteFile[]
  readonly sdist: RemoteFile | undefined
  /** It is a folder of this run: no file of an index. */
  readonly folder: boolean
}

/**
 * Reads a pylock.toml.
 * @param file its name, for messages
 * It comes from a stage that may have run the code of sdists, or from a cache: its values are fetched, opened and shown.
 * @throws UserError where a package has neither files nor a folder, where a value is not of its kind, or where its index told
 * no sha256 of a file
 * @see PEP 751
 */
export function readLock(file: string, text: string): readonly LockedPackage[] {
  const packages = readToml(file, text).packages
  return (Array.isArray(packages) ? (packages as Table[]) : []).map((entry) => readPackage(file, entry))
}

function readPackage(file: string, entry: Table): LockedPackage {
  const name = normalizeName(textAt(entry, 'name') ?? '')
  const numbered = textAt(entry, 'version') ?? ''
  if (!fits(normalizedName, name)) throw odd(file, 'package whose name is none', name)
  if (numbered !== '' && !fits(version, numbered)) throw odd(file, `version of ${name} that is none`, numbered)
  const index = textAt(entry, 'index')
  const read = (from: unknown) => readFile({ lock: file, name, index }, from as Table)
  const archive = entry.archive === undefined ? undefined : read(entry.archive)
  const isWheel = archive?.file.endsWith('.whl') ?? false
  const wheels = [...(Array.isArray(entry.wheels) ? entry.wheels.map(read) : []), ...(archive && isWheel ? [archive] : [])]
  const sdist = entry.sdist === undefined ? (isWheel ? undefined : archive) : read(entry.sdist)
  const folder = entry.directory !== undefined
  if (wheels.length === 0 && !sdist && !folder) {
    throw new UserError('wheels', `${name} in ${file} has no files`, 'Make the lock again, or depend on a released version of it.')
  }
  return { name, version: numbered, wheels, sdist, folder }
}

/** The package that a file is of. */
interface Holder {
  readonly lock: string
  readonly name: string
  readonly index: string | undefined
}

function readFile({ lock, name, index }: Holder, entry: Table): RemoteFile {
  const path = textAt(entry, 'path')
  const url = path === undefined ? (textAt(entry, 'url') ?? '') : `file:${encodeURI(path)}`
  const hashes = tableAt(entry, 'hashes')
  const sha256 = textAt(hashes, 'sha256')
  const file = textAt(entry, 'name') ?? decoded(url.split(/[?#]/)[0]?.split('/').at(-1) ?? '')
  if (!fits(archiveName, file)) throw odd(lock, 'file that is no wheel and no sdist', file)
  if (!sha256) throw unhashed({ lock, name, index: index ?? url }, file, Object.keys(hashes))
  if (file.endsWith('.whl') && normalizeName(file.split('-')[0] ?? '') !== name)
    throw odd(lock, `wheel of another package for ${name}`, file)
  const shown = url.replace(/\/\/[^/]*@/, '//')
  if (!fits(address, url)) throw odd(lock, `place for ${file} that is no address`, shown)
  const sum = sha256.toLowerCase()
  if (!fits(sha256Text, sum)) throw odd(lock, `sha256 of ${file} that is none`, sha256)
  const at = entry['upload-time']
  const uploaded = at instanceof Date && Number.isFinite(at.getTime()) ? { uploaded: at.toISOString().slice(0, 10) } : {}
  return { file, url, sha256: sum, size: fits(size, entry.size) ? entry.size : undefined, ...uploaded }
}

function odd(lock: string, what: string, value: string): UserError {
  return new UserError('wheels', `${lock} names a ${what}: ${JSON.stringify(value.slice(0, 100))}`, 'Make the lock again.')
}

/** The lock has what the index told: to make it again would not help. */
function unhashed({ lock, name, index = '' }: Holder, file: string, others: readonly string[]): UserError {
  const from = URL.canParse(index) && !index.startsWith('file:') ? `index ${new URL(index).host}` : lock
  const only = others.length > 0 ? `, only ${others.join(' and ')}` : ''
  return new UserError(
    'wheels',
    `${from} gives no sha256 for ${file} of ${name}${only}; a file without one is not installed`,
    `Let the index tell sha256 (PEP 503 and 691), or name one that does before it in extra-index-urls.`,
  )
}

/** Without its escapes; a text that is not well escaped stays as it is, and is refused as a file name. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
