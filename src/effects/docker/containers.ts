import { randomUUID } from 'node:crypto'
import { type ContainerRequest, UNFINISHED } from '../docker-port.ts'
import { childEnvironment, run } from '../process/child.ts'
import { csv } from './build-arguments.ts'

/** The label that every container of ours carries; its value is the run. */
export const RUN_LABEL = 'io.pypackager.run'

/** Variables that the docker client itself reads: a value for the container must not become one for the client. */
const OF_THE_CLIENT = /^(PATH|HOME|TMPDIR|DOCKER_.*|BUILDX_.*|BUILDKIT_.*|COMPOSE_.*|SSL_CERT_.*|.*_PROXY|.*_proxy|GODEBUG|LD_.*)$/

/**
 * The arguments of one `docker run`, and what its client's environment gets: values reach the container by
 * name there, so that they are not in the list of processes.
 * @param run the value of the label
 * @param how `background`: it goes on until it is removed, and its image's own program is PID 1; `kept`: it is not removed
 * when it ends; `platform`: '' for the daemon's own
 * @see https://docs.docker.com/reference/cli/docker/container/run/
 */
export function runArguments(
  request: ContainerRequest,
  run: string,
  how: { readonly background?: boolean; readonly kept?: boolean; readonly platform?: string } = {},
): { readonly name: string; readonly args: readonly string[]; readonly env: Readonly<Record<string, string>> } {
  const name = `pypackager-${randomUUID()}`
  const env = Object.entries(request.env ?? {})
  const passed = env.filter(([key]) => !OF_THE_CLIENT.test(key))
  const args = [
    'run',
    // Without an init a client that is killed leaves a container that takes no signal.
    ...(how.background ? ['--detach'] : [...(how.kept ? [] : ['--rm']), '--init']),
    `--name=${name}`,
    `--label=${RUN_LABEL}=${run}`,
    ...(how.platform ? [`--platform=${how.platform}`] : []),
    ...(request.input === undefined ? [] : ['--interactive']),
    ...(request.entrypoint === undefined ? [] : [`--entrypoint=${request.entrypoint}`]),
    ...(request.user === undefined ? [] : [`--user=${request.user}`]),
    ...(request.network ? [`--network=${request.network}`] : []),
    ...(request.ports ?? []).map((port) => `--publish=${port}`),
    ...(request.volumes ?? []).map((volume) => `--volume=${volume}`),
    ...(request.binds ?? []).map(({ source, target, readOnly }) => {
      const fields = ['type=bind', csv(`source=${source}`), csv(`target=${target}`), ...(readOnly ? ['readonly'] : [])]
      return `--mount=${fields.join(',')}`
    }),
    ...env.map(([key, value]) => (OF_THE_CLIENT.test(key) ? `--env=${key}=${value}` : `--env=${key}`)),
    request.image,
    ...request.command,
  ]
  return { name, args, env: Object.fromEntries(passed) }
}

/** Removes the images of a run that have no name of their own yet. */
export async function sweepImages(runId: string): Promise<void> {
  const env = childEnvironment(process.env)
  const found = await run('docker', ['image', 'ls', '--format={{.Repository}}:{{.Tag}}', UNFINISHED], {
    env,
    limit: 3000,
    afterwards: true,
  })
  const names = found.stdout.split('\n').filter((name) => name.startsWith(`${UNFINISHED}:${runId}-`))
  if (names.length > 0) await run('docker', ['image', 'rm', '--no-prune', ...names], { env, limit: 15_000, afterwards: true })
}

/** Removes the containers of a run, whatever they do: for cancelled runs, and for what a killed one left. */
export async function sweepContainers(runId: string): Promise<void> {
  const env = childEnvironment(process.env)
  const found = await run('docker', ['ps', '--all', '--quiet', `--filter=label=${RUN_LABEL}=${runId}`], {
    env,
    limit: 3000,
    afterwards: true,
  })
  const ids = found.code === 0 ? found.stdout.split('\n').filter(Boolean) : []
  if (ids.length > 0) await run('docker', ['rm', '--force', '--volumes', ...ids], { env, limit: 15_000, afterwards: true })
}
