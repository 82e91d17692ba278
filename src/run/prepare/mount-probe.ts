import { randomUUID } from 'node:crypto'
import path from 'node:path'
import { UserError } from '../../errors.ts'
import type { World } from '../world.ts'
import type { Mounts } from './mounts.ts'

const AT = '/pypackager-seen'

/** Bytes of a file that are compared; of a longer one its size tells. */
const COMPARED = 64 << 20

/** Says of each mount what is there: of a folder whether it holds our mark, or when it was changed; of a file its size and sha256. */
const LOOK = `for how; do
  at="${AT}/$((n += 1))"
  if [ ! -d "$at" ]; then
    sum=''
    [ "$how" != sum ] || sum=$(sha256sum "$at" 2>/dev/null | cut -d ' ' -f 1)
    stat -L -c "file %s\${sum:+ $sum}" "$at"
  elif [ "$how" = time ]; then stat -L -c 'folder %Y' "$at"
  elif [ -e "$at/$how" ]; then echo folder
  else echo none; fi
done`

/** How one mount is looked at, and what is seen of it here. */
interface Sight {
  readonly host: string
  readonly how: string
  readonly seen: string
  /** What was made for it. */
  readonly made?: string
}

/**
 * A daemon on another machine, or beside the container that this job runs in, has other folders: what is mounted from
 * there would be empty, or somebody else's. So a container is asked whether it sees what we see.
 * @throws UserError that names the volume
 */
export async function refuseUnseen(world: World, image: string, { hosts, user }: Mounts): Promise<void> {
  if (hosts.length === 0) return
  const sights: Sight[] = []
  try {
    for (const host of hosts) sights.push(await sightOf(world, host))
    const report = await world.docker.run({
      image,
      entrypoint: 'sh',
      command: ['-c', LOOK, 'look', ...sights.map(({ how }) => how)],
      user: user ?? '0',
      binds: hosts.map((host, i) => ({ source: host, target: `${AT}/${i + 1}`, readOnly: true })),
    })
    const missing = report.code === 125 ? [...report.stderr.matchAll(/path does not exist: (.*?)\.?$/gm)].map(([, at]) => at) : []
    const absent = hosts.find((host) => missing.includes(host))
    if (absent) throw unseen(absent)
    const lines = report.stdout.trim().split('\n')
    if (report.code !== 0 || lines.length !== hosts.length) {
      world.log.notice(`Whether Docker sees the folders of volumes could not be looked at: ${report.stderr.trim().split('\n').at(-1)}`)
      return
    }
    // A file that the container's user may not read tells its size alone.
    const other = sights.find(({ seen }, i) => seen !== lines[i] && !seen.startsWith(`${lines[i]} `))
    if (other) throw unseen(other.host)
  } finally {
    for (const { made } of sights) if (made) await world.files.remove(made)
  }
}

/** By a name that only this folder has; where we may not write, by its time. */
async function sightOf({ files }: World, host: string): Promise<Sight> {
  const status = await files.status(host)
  if (!status?.folder) {
    const size = await files.size(host)
    const sum = size <= COMPARED ? await files.sha256((await files.real(host)) ?? host).catch(() => '') : ''
    return { host, how: sum ? 'sum' : 'size', seen: `file ${size}${sum && ` ${sum}`}` }
  }
  const name = `.pypackager-${randomUUID()}`
  const made = path.join(host, name)
  return files.write(made, '').then(
    () => ({ host, how: name, seen: 'folder', made }),
    () => ({ host, how: 'time', seen: `folder ${status.changed}` }),
  )
}

function unseen(host: string): UserError {
  return new UserError('inputs', `the Docker daemon does not see ${host}, which a volume names`, {
    next: 'A job in a container, or a daemon elsewhere, has other folders: run the job without container, or name a volume of Docker.',
    input: 'volumes',
  })
}
