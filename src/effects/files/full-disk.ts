import { statfs } from 'node:fs/promises'
import path from 'node:path'
import { UserError } from '../../errors.ts'

/** Whether this machine's disk had no room, or its user no more of it. */
export function isFullDisk(error: unknown): boolean {
  const { code } = (error ?? {}) as NodeJS.ErrnoException
  return code === 'ENOSPC' || code === 'EDQUOT'
}

/**
 * The error of a full disk of this machine as one that says which folder lies there; any other error as it is.
 * @param folders that a run writes to; the one with the least room is named where the system's error names none
 */
export async function namingFullDisk(error: unknown, folders: readonly string[]): Promise<unknown> {
  if (!isFullDisk(error)) return error
  const { path: from, dest = from } = error as NodeJS.ErrnoException & { dest?: string }
  const rooms = await Promise.all(folders.filter(Boolean).map(async (folder) => ({ folder, free: await roomIn(folder) })))
  const full = rooms.find(({ folder }) => dest?.startsWith(`${folder}/`)) ?? rooms.sort((a, b) => a.free - b.free)[0]
  if (!full) return error
  const left = Number.isFinite(full.free) ? ` (${(full.free / 1e6).toFixed(1)} MB are left)` : ''
  return new UserError('files', `the disk that holds ${full.folder} is full${left}`, 'Make room on it, then run again.')
}

const SPARE_BYTES = 1_000_000

/** For a program that does not say why it could not write to a folder. @throws Error as of a full disk, where it is one */
export async function refuseFullDisk(folder: string): Promise<void> {
  if ((await roomIn(folder)) >= SPARE_BYTES) return
  throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC', path: path.join(folder, 'x') })
}

/** Bytes that are free where a folder is, or would be made. */
async function roomIn(folder: string): Promise<number> {
  for (let at = folder; ; at = path.dirname(at)) {
    const found = await statfs(at).catch(() => undefined)
    if (found) return found.bavail * found.bsize
    if (path.dirname(at) === at) return Number.POSITIVE_INFINITY
  }
}
