import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import type { ContainerRequest } from '../docker-port.ts'
import { childEnvironment, marked, run } from '../process/child.ts'
import { runArguments } from './containers.ts'

/** A container that has our stdin, stdout and stderr. */
export interface AttachedRequest extends Omit<ContainerRequest, 'input' | 'limit' | 'onLine'> {
  /** A terminal of its own, for shells and editors: where ours are terminals. */
  readonly terminal: boolean
  readonly workingDir?: string
  /** Hears of a command that ended well which files it made in the container itself, absolute: they go with it. */
  readonly onLeft?: (files: readonly string[]) => void
  /** Hears now and then which sockets listen in it, as /proc/net/tcp and tcp6 tell, until it has heard enough (true). */
  readonly onSockets?: (table: string) => boolean
}

/** Milliseconds after its start at which the sockets of a container are looked at. */
const LOOKS_MS = [1500, 3000, 6000, 12_000, 30_000, 60_000]

/** Milliseconds that a command gets to end by itself after a signal, and to be stopped in. */
const GRACE_MS = 1500
const STOP_SECONDS = 5

/**
 * Runs a command in a container as if it were here: what is typed goes to it, what it says comes as it is. On a signal
 * it is stopped and its container removed.
 * @param runId the value of the label that tells whose container it is
 * @returns the exit code of the command; 128 + the signal's number where one of ours ended it, 125 where docker could not
 * start it, 127 where there is no docker
 * @see https://docs.docker.com/reference/cli/docker/container/run/#exit-status
 */
export function runAttached(request: AttachedRequest, runId: string): Promise<number> {
  const { name, args, env } = runArguments(request, runId, { kept: request.onLeft !== undefined })
  const [verb = 'run', ...rest] = args
  const ours = ['--interactive', ...(request.terminal ? ['--tty'] : []), ...(request.workingDir ? [`--workdir=${request.workingDir}`] : [])]
  return new Promise((resolve) => {
    // In our process group: only there may it read from the terminal, and Ctrl-C reaches it by itself.
    const child = spawn('docker', [verb, ...ours, ...rest], {
      stdio: 'inherit',
      env: marked(childEnvironment(process.env, { DOCKER_CLI_HINTS: 'false', ...env })),
    })
    let signalled: NodeJS.Signals | undefined
    const remove = (...how: string[]) => run('docker', [...how, name], { limit: 15_000, afterwards: true })
    const onSignal = (signal: NodeJS.Signals) => {
      if (signalled) return void remove('rm', '--force', '--volumes') // asked twice: at once
      signalled = signal
      setTimeout(() => void remove('stop', `--time=${STOP_SECONDS}`), GRACE_MS).unref()
    }
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
    for (const signal of signals) process.on(signal, onSignal)
    const looks = request.onSockets ? LOOKS_MS.map((ms) => setTimeout(() => void look(), ms).unref()) : []
    const look = async () => {
      const told = await run('docker', ['exec', name, 'cat', '/proc/net/tcp', '/proc/net/tcp6'], { limit: 15_000 })
      if (!signalled && request.onSockets?.(told.stdout)) for (const one of looks) clearTimeout(one)
    }
    const end = async (code: number) => {
      for (const one of looks) clearTimeout(one)
      for (const signal of signals) process.off(signal, onSignal)
      // The client is gone; where it was killed, or nobody reads on, its container would go on.
      if (code === 0 && !signalled) request.onLeft?.(await filesLeft(name))
      if (signalled || code !== 0 || request.onLeft) await remove('rm', '--force', '--volumes')
      resolve(signalled ? 128 + constants.signals[signalled] : code)
    }
    child.on('error', () => void end(127))
    child.on('close', (code, signal) => void end(code ?? 128 + (signal ? constants.signals[signal] : 0)))
  })
}

/** Files and folders that a container added to those of its image. @see https://docs.docker.com/reference/cli/docker/container/diff/ */
async function filesLeft(name: string): Promise<readonly string[]> {
  const told = await run('docker', ['diff', name], { limit: 15_000, afterwards: true })
  return told.code === 0 ? told.stdout.split('\n').flatMap((line) => (line.startsWith('A ') ? [line.slice(2)] : [])) : []
}
