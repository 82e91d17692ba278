import path from 'node:path'
import { UserError } from '../../errors.ts'
import type { Pin, UserLock } from '../../project/locks/pins.ts'
import { holds, type MarkerEnvironment } from '../../project/requirements/marker.ts'
import { readRequired } from '../../project/requirements/required.ts'
import type { RequiredLinks } from '../../project/requirements/requirement-files.ts'
import { placeIn, vendoredAt, vendoredIn } from '../../project/requirements/vendored-paths.ts'
import type { World } from '../world.ts'
import type { NamedPlace, VendoredFiles } from './vendored-files.ts'

/** What the paths of lines and locks are relative to. */
export type Where = Omit<NamedPlace, 'place'>

/** The same, and what decides whether a line counts. */
interface Judged extends Where {
  readonly environment: MarkerEnvironment
}

/**
 * Requirement lines in which files of the workspace that are named by their paths alone (`./vendor/x-1.whl[fast]`) are
 * named where resolving sees them. One whose marker does not hold is left out, as its file need not be there.
 */
export async function withFiles(
  vendored: VendoredFiles,
  lines: readonly string[],
  { environment, ...where }: Judged,
): Promise<readonly string[]> {
  const local = lines.map((line) => ({ line, place: placeIn(line) === undefined ? undefined : vendoredIn(line) }))
  return await rewritten(local, environment, async (place, { extras, marker }) => {
    const { url } = await vendored.take({ ...where, place })
    return `${url}${extras.length > 0 ? `[${extras.join(',')}]` : ''}${marker ? ` ; ${marker}` : ''}`
  })
}

/** The same of constraints, which must have a name. */
export async function withFilesOfConstraints(
  vendored: VendoredFiles,
  lines: readonly string[],
  { environment, ...where }: Judged,
): Promise<readonly string[]> {
  const local = lines.map((line) => ({ line, place: vendoredIn(line) }))
  return await rewritten(local, environment, async (place, { name }) => {
    const { url } = await vendored.take({ ...where, place })
    return name ? `${name} @ ${url}` : url
  })
}

async function rewritten(
  lines: readonly { readonly line: string; readonly place: string | undefined }[],
  environment: MarkerEnvironment,
  write: (place: string, required: ReturnType<typeof readRequired>) => Promise<string>,
): Promise<readonly string[]> {
  const all = lines.map(async ({ line, place }): Promise<readonly string[]> => {
    if (place === undefined) return [line]
    const required = readRequired(line, false)
    return holds(required.marker, environment, { extras: [], groups: [] }) ? [await write(place, required)] : []
  })
  return (await Promise.all(all)).flat()
}

/**
 * A lock whose files of the workspace are named where resolving sees them. A file for which the lock has no sha256
 * (Pipenv writes none, uv none of a folder of files) is vouched for by the commit that it lies in.
 * @throws UserError for a file that is another than the lock's
 */
export async function withPinnedFiles(vendored: VendoredFiles, lock: UserLock, where: Where): Promise<UserLock> {
  const pins = lock.pins.map(async (pin): Promise<Pin> => {
    if (pin.folder !== undefined) {
      const { files } = await vendored.takeFolder({ ...where, place: pin.folder })
      return pin.files.size > 0 ? pin : { ...pin, files: new Map(files.map(({ sha256, file }) => [sha256, file])) }
    }
    const place = vendoredAt(pin.source)
    if (place === undefined) return pin
    const { file, sha256, url } = await vendored.take({ ...where, place })
    if (pin.files.size > 0 && !pin.files.has(sha256)) throw changed(lock, place, sha256)
    return { ...pin, files: new Map([[sha256, file]]), source: { kind: 'archive', url } }
  })
  return { ...lock, pins: await Promise.all(pins) }
}

function changed({ file, refresh }: UserLock, place: string, sha256: string): UserError {
  return new UserError(
    'lock',
    `${place} has sha256 ${sha256.slice(0, 16)}…; ${file} does not hold it`,
    `It is not installed. If the file was replaced on purpose: run "${refresh}" and commit ${file}.`,
  )
}

/** Lays out the folders that `--find-links` names. A path is looked for beside the file that names it first, as pip does. */
export async function takeLinks(world: World, vendored: VendoredFiles, links: readonly RequiredLinks[], where: Where): Promise<void> {
  for (const { at, place, beside } of links) {
    const near = path.join(where.base, beside)
    const base = (await world.files.exists(path.resolve(near, place))) ? near : where.base
    await vendored.takeFolder({ ...where, base, place, by: at })
  }
}
