import { UserError } from '../../errors.ts'
import type { Pin, UserLock } from '../../project/locks/pins.ts'
import { type Formats, formatOf } from '../../project/requirements/formats.ts'
import type { LockedPackage, RemoteFile } from '../../project/resolved-lock.ts'
import { bestWheel } from './wheel-plan.ts'
import type { Target } from './wheel-tags.ts'
import { supportedTags } from './wheel-tags.ts'

interface Vouching {
  readonly target: Target
  /** Packages that the lock does not name are what the user adds to it, and all that follows from that. */
  readonly beside?: boolean
}

/**
 * What an index gave for the pins of a user's lock, with just the files that the lock vouches for.
 * @throws UserError for a package that the lock does not name or has no sha256 of, and for a file whose sha256 is not the lock's
 */
export function onlyVouchedFor(
  lock: UserLock,
  given: readonly LockedPackage[],
  { target, beside = false }: Vouching,
): readonly LockedPackage[] {
  const pins = new Map(lock.pins.map((pin) => [pin.name, pin]))
  const supported = supportedTags(target)
  return given.map((entry) => {
    const pin = pins.get(entry.name) ?? lock.pins.find((one) => one.name === '' && isMeant(one, entry))
    if (!pin && beside) return entry
    if (!pin) throw new UserError('lock', `${entry.name} is required and ${lock.file} does not name it`, refresh(lock))
    if (entry.folder) return entry // built here: no index gives a file to compare
    if (pin.files.size === 0) throw withoutSum(lock, pin)
    const names = new Map([...pin.files].filter(([, name]) => name !== '').map(([sha256, name]) => [name, sha256]))
    for (const file of [...entry.wheels, ...(entry.sdist ? [entry.sdist] : [])]) {
      const said = names.get(file.file)
      if (said !== undefined && said !== file.sha256) throw changed(lock, file, `the lock says ${said.slice(0, 16)}…`)
    }
    const wheels = entry.wheels.filter((wheel) => pin.files.has(wheel.sha256))
    const sdist = entry.sdist && pin.files.has(entry.sdist.sha256) ? entry.sdist : undefined
    // A wheel that was uploaded after the lock was made may be passed over for another; never for an sdist.
    const best = bestWheel(entry.wheels, supported)
    const wanted = best ?? entry.sdist
    if (wanted && (best ? !bestWheel(wheels, supported) : !sdist)) throw changed(lock, wanted, 'the lock does not hold it')
    return { ...entry, wheels, sdist }
  })
}

/**
 * A package with just the kind of files that its requirements files take.
 * @throws UserError where it is to be built and has no source
 */
export function inFormat(entry: LockedPackage, formats: Formats): LockedPackage {
  const format = entry.folder ? 'any' : formatOf(formats, entry.name)
  if (format === 'wheel') return { ...entry, sdist: undefined }
  if (format === 'any') return entry
  if (entry.sdist) return { ...entry, wheels: [] }
  throw new UserError(
    'wheels',
    `no-binary asks for ${entry.name} ${entry.version} from source, and it has no sdist`,
    'Take no-binary of it away, or choose a version that has one.',
  )
}

/** A requirements file may give a folder or an address alone. */
function isMeant({ source, files }: Pin, { folder, wheels, sdist }: LockedPackage): boolean {
  if (folder) return source?.kind === 'git' || source?.kind === 'directory'
  return [...wheels, ...(sdist ? [sdist] : [])].some(({ sha256 }) => files.has(sha256))
}

function withoutSum(lock: UserLock, { name, version }: Pin): UserError {
  // Poetry writes `files = []` where its cache is damaged, and keeps doing so.
  const first = lock.refresh === 'poetry lock' ? 'run "poetry cache clear --all pypi", ' : ''
  return new UserError(
    'lock',
    `${lock.file} has no sha256 of ${[name, version].filter(Boolean).join(' ')}, so that its file cannot be checked`,
    `It is not installed: ${first}${refresh(lock)}`,
  )
}

function changed(lock: UserLock, { file, sha256 }: RemoteFile, why: string): UserError {
  return new UserError(
    'lock',
    `${file} has sha256 ${sha256.slice(0, 16)}… on the index; ${why}`,
    `It is not installed. If the file was replaced on purpose: ${refresh(lock)}`,
  )
}

function refresh(lock: UserLock): string {
  return `run "${lock.refresh}" and commit ${lock.file}.`
}
