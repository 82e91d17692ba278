import { UserError } from '../errors.ts'
import { normalizeName } from './names.ts'
import { readToml, type Table, tableAt, textAt } from './toml.ts'

/** One file of a package on an index. */
export interface RemoteFile {
  readonly file: string
  readonly url: string
  readonly sha256: string
  /** Bytes, where the lock says so. */
  readonly size: number | undefined
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
 * @throws UserError where a package has neither files nor a folder, or a file no sha256
 * @see PEP 751
 */
export function readLock(file: string, text: string): readonly LockedPackage[] {
  const packages = readToml(file, text).packages
  return (Array.isArray(packages) ? (packages as Table[]) : []).map((entry) => readPackage(file, entry))
}

function readPackage(file: string, entry: Table): LockedPackage {
  const name = normalizeName(textAt(entry, 'name') ?? '')
  const read = (from: unknown) => readFile(file, name, from as Table)
  const archive = entry.archive === undefined ? undefined : read(entry.archive)
  const isWheel = archive?.file.endsWith('.whl') ?? false
  const wheels = [...(Array.isArray(entry.wheels) ? entry.wheels.map(read) : []), ...(archive && isWheel ? [archive] : [])]
  const sdist = entry.sdist === undefined ? (isWheel ? undefined : archive) : read(entry.sdist)
  const folder = entry.directory !== undefined
  if (wheels.length === 0 && !sdist && !folder) {
    throw new UserError('wheels', `${name} in ${file} has no files`, 'Make the lock again, or depend on a released version of it.')
  }
  return { name, version: textAt(entry, 'version') ?? '', wheels, sdist, folder }
}

function readFile(lock: string, name: string, entry: Table): RemoteFile {
  const url = textAt(entry, 'url') ?? ''
  const sha256 = textAt(tableAt(entry, 'hashes'), 'sha256')
  if (!sha256)
    throw new UserError('wheels', `${name} in ${lock} has no sha256`, 'Make the lock again; a file without a hash is not installed.')
  const file = textAt(entry, 'name') ?? decoded(url.split(/[?#]/)[0]?.split('/').at(-1) ?? '')
  if (!/^[A-Za-z0-9][A-Za-z0-9._+!-]*\.(whl|tar\.gz|zip|tar\.bz2|tgz)$/.test(file)) {
    throw new UserError('wheels', `${lock} names a file that is no wheel and no sdist: "${file}"`, 'Make the lock again.')
  }
  return { file, url, sha256: sha256.toLowerCase(), size: typeof entry.size === 'number' ? entry.size : undefined }
}

/** Without its escapes; a text that is not well escaped stays as it is, and is refused as a file name. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
