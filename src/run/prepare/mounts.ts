import path from 'node:path'
import type { Bind } from '../../effects/docker-port.ts'
import { UserError } from '../../errors.ts'
import { isWritable, type Owner, readVolume, runsAs, type Volume } from '../../inputs/volume.ts'
import { isBelow } from '../../text/paths.ts'
import type { World } from '../world.ts'

/** Volumes as `docker run` takes them, and whom the container runs as; undefined for the image's own user. */
export interface Mounts {
  readonly volumes: readonly string[]
  readonly binds: readonly Bind[]
  readonly user: string | undefined
  /** Folders and files of this machine among them. */
  readonly hosts: readonly string[]
}

/**
 * Makes ready what is mounted. A folder that is missing is made here, because Docker would make it as root; it belongs
 * to the owner of the folder that it lies in. A container that may write to a folder of this machine runs as that
 * folder's owner, so that nothing in it becomes somebody else's.
 * @throws UserError for a path of the workspace that leads out of it
 */
export async function makeMounts(world: World, lines: readonly string[]): Promise<Mounts> {
  const volumes: string[] = []
  const binds: Bind[] = []
  const owners: Owner[] = []
  const hosts: string[] = []
  for (const line of lines) {
    const volume = readVolume(line)
    const host = volume.kind === 'named' ? volume.host : await makeFolder(world, line, volume)
    // A colon is where `--volume` ends a path, and a workspace may lie anywhere.
    if (host.includes(':')) binds.push({ source: host, target: volume.container, readOnly: !isWritable(volume) })
    else volumes.push([host, volume.container, ...(volume.mode ? [volume.mode] : [])].join(':'))
    if (volume.kind !== 'named') hosts.push(host)
    if (volume.kind === 'named' || !isWritable(volume)) continue
    const status = await world.files.status(host)
    if (status?.folder) owners.push(status)
  }
  return { volumes, binds, user: runsAs(owners, world.files.caller()), hosts }
}

/** The same refusals, before anything is built; nothing is made. */
export async function checkVolumes(world: World, lines: readonly string[]): Promise<void> {
  for (const line of lines) {
    const volume = readVolume(line)
    const wanted = await placeOf(world, line, volume)
    const why = volume.kind === 'named' ? '' : await world.files.whyNotMade(wanted)
    if (why) throw notMade(line, why)
  }
}

function notMade(line: string, why: string): UserError {
  return new UserError('inputs', `the folder of the volume "${line}" cannot be made: ${why}`, {
    next: 'Make it before this step, or name another one.',
    input: 'volumes',
  })
}

async function makeFolder(world: World, line: string, volume: Volume): Promise<string> {
  const { files } = world
  const wanted = await placeOf(world, line, volume)
  const why = await files.whyNotMade(wanted)
  if (why) throw notMade(line, why)
  if (!(await files.status(wanted))) {
    await files.makeOwned(wanted).catch((error: Error) => {
      throw notMade(line, error.message)
    })
  }
  return wanted
}

/** The absolute path of a folder of this machine. */
async function placeOf({ files, context }: World, line: string, { kind, host }: Volume): Promise<string> {
  const wanted = path.resolve(context.workspace, host)
  if (kind === 'workspace') {
    if (!(await isInside(files, context.workspace, wanted))) {
      throw new UserError('inputs', `the volume "${line}" leads out of the workspace`, {
        next: 'Name a folder inside it, or an absolute path if you mean one of the machine.',
        input: 'volumes',
      })
    }
  }
  return wanted
}

/** Whether a path lies below a folder, and what is there of it really does. Both absolute. */
export async function isInside(files: Pick<World['files'], 'real' | 'isLink'>, folder: string, wanted: string): Promise<boolean> {
  const real = (await files.real(folder)) ?? folder
  return isBelow(wanted, folder) && isBelow(await realAncestor(files, wanted), real)
}

/** Where the nearest part of a path that exists really is. */
async function realAncestor(files: Pick<World['files'], 'real' | 'isLink'>, at: string): Promise<string> {
  return (await files.real(at)) ?? ((await files.isLink(at)) || path.dirname(at) === at ? '/' : realAncestor(files, path.dirname(at)))
}
