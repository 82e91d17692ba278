import { UserError } from '../errors.ts'
import type { LockedPackage, RemoteFile } from '../project/lock.ts'
import type { UserLock } from '../project/locks/lock-file.ts'
import type { Target } from './wheel-tags.ts'
import { supportedTags } from './wheel-tags.ts'
import { bestWheel } from './wheels.ts'

/**
 * What an index gave for the pins of a user's lock, with just the files that the lock vouches for.
 * @throws UserError for a package that the lock does not name, and for a file whose sha256 is not the lock's
 */
export function onlyVouchedFor(lock: UserLock, given: readonly LockedPackage[], target: Target): readonly LockedPackage[] {
  const pins = new Map(lock.pins.map((pin) => [pin.name, pin]))
  const supported = supportedTags(target)
  return given.map((entry) => {
    const pin = pins.get(entry.name)
    if (!pin) throw new UserError('lock', `${entry.name} is required and ${lock.file} does not name it`, refresh(lock))
    if (pin.files.size === 0) return entry // a folder, a repository, or a lock without sums: nothing to compare with
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
