import type { UserLock } from '../project/locks/lock-file.ts'
import { placeIn, vendored, vendoredAt, vendoredIn } from '../project/locks/vendored.ts'
import { holds, type MarkerEnvironment } from '../project/marker.ts'
import { normalizeName } from '../project/names.ts'

/**
 * Refuses wheels and sdists that are required by a path: resolving sees no files of the workspace but what it is given.
 * @param from who requires the lines, for the message
 * @throws UserError that names the package and its file
 */
export function refuseVendored(lines: readonly string[], from: string, environment: MarkerEnvironment): void {
  for (const line of lines) {
    const name = normalizeName(/^([\w.-]+)\s*(?:$|[[@;(<>=!~,])/.exec(line)?.[1] ?? '')
    const file = vendoredIn(line)
    const marker = /\s;([\s\S]*)$/.exec(line)?.[1]?.trim()
    if (file === undefined || (marker && !holds(marker, environment, { extras: [], groups: [] }))) continue
    throw vendored(from, placeIn(line) === undefined ? name : '', file)
  }
}

/** The same of what a lock of the user pins. */
export function refuseVendoredPins(lock: UserLock): void {
  for (const { name, source } of lock.pins) {
    const file = vendoredAt(source)
    if (file !== undefined) throw vendored(lock.file, name, file)
  }
}
