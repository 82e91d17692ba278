import { UserError } from '../../errors.ts'
import { listed } from '../../text/words.ts'
import { holds } from '../requirements/marker.ts'
import { readRequirement } from '../requirements/requirement.ts'
import type { Reading, UserLock } from './pins.ts'
import { rangeAccepts } from './range.ts'

const SHOWN = 3

/**
 * What a project requires directly and its lock does not give: the lock is older than the requirements.
 * @param requirements PEP 508 lines; those whose marker does not hold do not count
 * @returns an error to throw or to show, with the command that makes the lock again; undefined where they agree
 * @throws UserError where a line is no requirement
 */
export function disagreement(
  lock: UserLock,
  requirements: readonly string[],
  { environment, selection }: Pick<Reading, 'environment' | 'selection'>,
): UserError | undefined {
  const pins = new Map(lock.pins.map((pin) => [pin.name, pin]))
  const faults = requirements.flatMap((line) => {
    const { name, specifier, url, marker } = readRequirement(line)
    if (name === lock.project || lock.overridden.includes(name) || !holds(marker, environment, selection)) return []
    const pin = pins.get(name)
    if (!pin && lock.virtual?.includes(name)) return []
    if (!pin) return [`it does not hold ${name}`]
    if (url !== undefined && !pin.source) return [`it takes ${name} ${pin.version} from an index and not from the address that is required`]
    return rangeAccepts(specifier, pin.version) ? [] : [`it holds ${name} ${pin.version} and ${specifier} is required`]
  })
  if (lock.changed !== undefined) faults.push(lock.changed)
  if (faults.length === 0) return undefined
  return outOfDate(lock, listed(faults, SHOWN, '; '), faults)
}

/** The error of a lock that its project has left behind. @param cause what differs, in a few words @param faults all of it */
export function outOfDate({ file, refresh }: Pick<UserLock, 'file' | 'refresh'>, cause: string, faults: readonly string[] = []): UserError {
  return new UserError('lock', `${file} is out of date: ${cause}`, { next: `Run "${refresh}" and commit the lock.`, details: faults })
}
