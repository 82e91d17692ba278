import path from 'node:path'
import { UserError } from '../../errors.ts'
import type { RemoteFile } from '../../project/resolved-lock.ts'
import type { World } from '../world.ts'

const AT_ONCE = 16
/** Who waits longer than this is told how far it is. */
const TELL_MS = 5000

/** sha256 of a file, '' for one of another size, which need not be read. @param size bytes, where they are known */
export async function printOf(world: World, file: string, size: number | undefined): Promise<string> {
  return size === undefined || (await world.files.size(file)) === size ? world.files.sha256(file) : ''
}

/** A file of the workspace, checked like any other. */
async function taken(world: World, { file, sha256, at = '' }: RemoteFile, to: string): Promise<number> {
  await world.files.link(at, to)
  if ((await world.files.sha256(to)) === sha256) return 0
  await world.files.remove(to)
  throw new UserError('wheels', `${file} of the workspace has changed while it was read`, 'Run again.')
}

/**
 * Fetches files to a folder, 16 at a time, each checked against its sha256.
 * @returns seconds by file name
 */
export async function fetchAll(world: World, remotes: readonly RemoteFile[], folder: string): Promise<ReadonlyMap<string, number>> {
  const seconds = new Map<string, number>()
  let told = performance.now()
  const queue = [...remotes].sort((a, b) => (b.size ?? 0) - (a.size ?? 0)) // the large ones first: they decide when it ends
  const worker = async () => {
    for (let remote = queue.shift(); remote; remote = queue.shift()) {
      const to = path.join(folder, remote.file)
      if ((await world.files.exists(to)) && (await printOf(world, to, remote.size)) === remote.sha256) continue
      await world.files.remove(to) // a folder, or whatever else stands there
      seconds.set(remote.file, remote.at === undefined ? (await world.downloads.fetch(remote, to)).seconds : await taken(world, remote, to))
      if (performance.now() - told > TELL_MS && queue.length > 0) {
        told = performance.now()
        world.log.info(`  fetched ${seconds.size} of ${remotes.length} files`)
      }
    }
  }
  // After a failure the others finish their file and take no new one, so that nothing half-written stays.
  const stopping = () =>
    worker().catch((error: unknown) => {
      queue.length = 0
      throw error
    })
  const ends = await Promise.allSettled(Array.from({ length: Math.min(AT_ONCE, queue.length) }, stopping))
  const failed = ends.find((end) => end.status === 'rejected')
  if (failed) throw failed.reason
  return seconds
}
