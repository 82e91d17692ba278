import { randomUUID } from 'node:crypto'
import path from 'node:path'
import { UserError } from '../../errors.ts'
import type { World } from '../world.ts'
import type { Mounts } from './mounts.ts'

const AT = '/pypackager-seen'

/** Says of each mount whether it holds the name that is looked for, or how long the file is. */
const LOOK = `for mark; do
  at="${AT}/$((n += 1))"
  if [ ! -d "$at" ]; then stat -L -c 'file %s' "$at"; elif [ -z "$mark" ] || [ -e "$at/$mark" ]; then echo folder; else echo none; fi
done`

/**
 * A daemon on another machine, or beside the container that this job runs in, has other folders: what is mounted from
 * there would be empty, or somebody else's. So a container is asked whether it sees what we see.
 * @throws UserError that names the volume
 */
export async function refuseUnseen(world: World, image: string, { hosts, user }: Mounts): Promise<void> {
  if (hosts.length === 0) return
  const marks: { name: string; made: string }[] = []
  try {
    for (const host of hosts) marks.push(await markOf(world, host))
    const report = await world.docker.run({
      image,
      entrypoint: 'sh',
      command: ['-c', LOOK, 'look', ...marks.map(({ name }) => name)],
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
    for (const [i, host] of hosts.entries()) {
      const folder = (await world.files.status(host))?.folder
      const expected = folder ? 'folder' : `file ${await world.files.size(host)}`
      if (lines[i] !== expected) throw unseen(host)
    }
  } finally {
    for (const { made } of marks) if (made) await world.files.remove(made)
  }
}

/** A name that only this folder has; where we may not write, one that it has. */
async function markOf({ files }: World, host: string): Promise<{ name: string; made: string }> {
  if (!(await files.status(host))?.folder) return { name: '', made: '' }
  const name = `.pypackager-${randomUUID()}`
  const made = path.join(host, name)
  return files.write(made, '').then(
    () => ({ name, made }),
    async () => ({ name: (await files.list(host))[0] ?? '', made: '' }),
  )
}

function unseen(host: string): UserError {
  return new UserError(
    'inputs',
    `the Docker daemon does not see ${host}, which a volume names`,
    'A job in a container, or a daemon elsewhere, has other folders: run the job without container, or name a volume of Docker.',
    { input: 'volumes' },
  )
}
