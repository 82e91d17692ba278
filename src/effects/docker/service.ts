import { setTimeout as sleep } from 'node:timers/promises'
import { lastLine } from '../../text/words.ts'
import type { ContainerRequest, LayerMember, OpenImage, Service } from '../docker-port.ts'
import { childEnvironment } from '../process/child.ts'
import { RUN_LABEL, runArguments } from './containers.ts'
import type { DockerShell } from './docker-shell.ts'
import { readFolderArchive } from './images/image-archive.ts'

const LIMIT = 30_000

/** Starts a container that goes on in the background. */
export async function startService({ docker, streamed, runId, platform }: DockerShell, request: ContainerRequest): Promise<Service> {
  const { name, args, env } = runArguments(request, runId, { background: true, platform })
  const remove = async () => void (await docker(['rm', '--force', '--volumes', name], { limit: LIMIT, afterwards: true }))
  const started = await docker(args, {
    env: childEnvironment(process.env, { DOCKER_CLI_HINTS: 'false', ...env }),
    limit: request.limit ?? LIMIT,
  })
  if (started.code !== 0) {
    await remove() // it may have been made and not started
    throw new Error(lastLine(started.stderr))
  }
  const state = async () => {
    const answer = await docker(['inspect', '--type=container', '--format={{.State.Status}} {{.State.ExitCode}}', name], { limit: LIMIT })
    const [status = '', code = ''] = answer.stdout.trim().split(' ')
    return { over: status === 'exited' || status === 'dead', code: Number.parseInt(code, 10) }
  }
  return {
    exec: (command, { input, limit }) =>
      docker(['exec', ...(input === undefined ? [] : ['--interactive']), name, ...command], {
        ...(input === undefined ? {} : { input }),
        limit,
      }),
    async ended(patience) {
      for (const until = performance.now() + patience; ; await sleep(100)) {
        const { over, code } = await state()
        if (over) return Number.isNaN(code) ? -1 : code
        if (performance.now() > until) return undefined
      }
    },
    async lastLines(count) {
      const { stdout, stderr } = await docker(['logs', `--tail=${count}`, name], { limit: LIMIT })
      return `${stdout}\n${stderr}`.split(/\r?\n/).filter((line) => line.trim())
    },
    written: async () => {
      const { code, stdout } = await docker(['diff', name], { limit: LIMIT })
      return code === 0
        ? stdout.split('\n').flatMap((line) => (/^[AC] \//.test(line) ? [{ path: line.slice(2), added: line[0] === 'A' }] : []))
        : []
    },
    async head(file, bytes) {
      let begun: Buffer | undefined
      let open = false
      const member = ({ kind }: LayerMember) => {
        open = kind === 'file' && begun === undefined
        if (open) begun = Buffer.alloc(0)
      }
      const data = (piece: Buffer) => {
        if (open && begun && begun.length < bytes) begun = Buffer.concat([begun, piece.subarray(0, bytes - begun.length)])
      }
      const visitor = { member, data, end: () => {}, done: () => {} }
      await streamed(['cp', `${name}:${file}`, '-'], (chunks) => readFolderArchive(chunks, visitor))
      return begun
    },
    remove,
  }
}

/** Makes a container to read files from; nothing of the image runs. */
export async function openImage({ docker, streamed, runId, onPlatform }: DockerShell, image: string): Promise<OpenImage> {
  // A name for a command is asked for where the image has none.
  const made = await docker(['create', `--label=${RUN_LABEL}=${runId}`, '--network=none', ...onPlatform, image, 'nothing'], {
    limit: LIMIT,
  })
  if (made.code !== 0) throw new Error(lastLine(made.stderr))
  const id = made.stdout.trim()
  return {
    read: (folder, layer) => streamed(['cp', `${id}:${folder}`, '-'], (chunks) => readFolderArchive(chunks, layer)),
    close: async () => void (await docker(['rm', '--force', '--volumes', id], { limit: LIMIT, afterwards: true })),
  }
}
