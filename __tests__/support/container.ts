import { setTimeout as sleep } from 'node:timers/promises'
import { must } from './command.ts'

/** A container without an init: the image's command is PID 1. */
export interface Container extends AsyncDisposable {
  readonly id: string
  /** Waits up to 30 s for the server to listen. @throws Error with the container's output where it has ended */
  fetch(where: string, init?: RequestInit): Promise<Response>
  /** From the signal to the end, by the daemon's clock, which is this machine's. */
  secondsToEnd(signal: string): Promise<number>
}

/** Starts an image on the machine's daemon. @param port the value of PORT; unset and 8000 where it is not given @param command none for its own */
export async function startContainer(
  image: string,
  port?: number,
  options: readonly string[] = [],
  command: readonly string[] = [],
): Promise<Container> {
  const docker = (...args: string[]) => must('docker', args)
  const inside = port ?? 8000
  const variables = port === undefined ? [] : [`--env=PORT=${port}`]
  const id = await docker(
    'run',
    '--detach',
    '--label=pypackager-test',
    `--publish=127.0.0.1::${inside}`,
    ...variables,
    ...options,
    image,
    ...command,
  )
  const state = async (field: string) => docker('inspect', '--format', `{{.State.${field}}}`, id)
  return {
    id,
    async fetch(where, init) {
      const address = await docker('port', id, `${inside}/tcp`).catch(() => '')
      for (let tries = 120; ; tries--) {
        try {
          return await fetch(`http://${address.split('\n')[0]}${where}`, init)
        } catch (error) {
          if (tries === 0 || (await state('Running')) !== 'true')
            throw new Error(`no answer; the container said: ${await must('sh', ['-c', 'docker logs "$0" 2>&1', id])}`, { cause: error })
          await sleep(250)
        }
      }
    },
    async secondsToEnd(signal) {
      await docker('kill', `--signal=${signal}`, id)
      const sent = Date.now()
      await docker('wait', id)
      return Math.max(0, (Date.parse(await state('FinishedAt')) - sent) / 1000)
    },
    [Symbol.asyncDispose]: async () => void (await docker('rm', '--force', '--volumes', id)),
  }
}
