import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import * as v from 'valibot'
import { UserError } from '../../errors.ts'
import { line, readJson } from '../../grammar.ts'
import { inWords, LONGER, leftOf, limitOf } from '../../time-limits.ts'
import { lastLine } from '../../words.ts'
import type { Docker, Engine, PushableImage } from '../docker-port.ts'
import { proxiesFor } from '../network/proxies.ts'
import type { Log } from '../ports.ts'
import { childEnvironment, run, runInto } from '../process/child.ts'
import { buildArguments } from './build-arguments.ts'
import { runBuild, secondsSince } from './build-run.ts'
import { buildEnvironment, daemonBuilder, unusedBuilder } from './builders.ts'
import { runArguments } from './containers.ts'
import { dockerConfigFolder, readDockerConfig, warnOfDamage } from './docker-config.ts'
import { cannotLogIn, cannotPull, noDocker } from './docker-faults.ts'
import { readImageArchive } from './image-archive.ts'
import { layOutImage } from './image-blobs.ts'
import { imageInfo, layersIn, sizeOfLayers } from './image-info.ts'
import { pushImage } from './push.ts'
import { openImage, startService } from './service.ts'

const VERSION = v.object({
  Client: v.object({ Version: line(100) }),
  Server: v.object({ Version: line(100), Arch: line(100), Os: line(100) }),
})
const HEARTBEAT_MS = 15_000
/** Milliseconds for a question to the daemon, which may be busy with builds of others. */
const ANSWER_MS = 300_000

export interface DockerSettings {
  /** What is pulled, built and run, '' for the daemon's own. */
  readonly platform?: string
  /** Minutes for each build, pull and push, '' for each one's own. */
  readonly timeout?: string
  /** Milliseconds between the lines about work that says nothing by itself. */
  readonly heartbeat?: number
}

/**
 * Docker by its command line, as found first on PATH.
 * @param temp this run's temporary folder; holds the private login
 * @param runId the value of the label that this run's containers carry
 */
export function dockerClient(
  temp: string,
  runId: string,
  log: Log,
  { platform = '', timeout = '', heartbeat = HEARTBEAT_MS }: DockerSettings = {},
): Docker {
  const limits = { build: limitOf('build', timeout), transfer: limitOf('transfer', timeout), run: limitOf('run', timeout) }
  let engine: Engine | undefined
  let waited = 0
  let waiting = 0
  let since = 0
  let config: string | undefined
  const fresh = new Set<string>()

  async function waitingFor<T>(work: () => Promise<T>): Promise<T> {
    if (waiting++ === 0) since = performance.now()
    try {
      return await work()
    } finally {
      if (--waiting === 0) waited += (performance.now() - since) / 1000
    }
  }

  const docker = (args: readonly string[], options: Parameters<typeof run>[2] = {}) =>
    waitingFor(() =>
      run('docker', args, {
        env: clientEnvironment(),
        limit: ANSWER_MS,
        ...options,
      }),
    )

  /** Only login, pull and push see the private configuration; builds keep the user's. */
  const withLogin = async () => {
    // Older clients know nothing of DOCKER_AUTH_CONFIG, newer ones prefer it to a login; and a file with a mark is read by none.
    if (!config && (process.env.DOCKER_AUTH_CONFIG || (await readDockerConfig()).damage === 'healed')) {
      config = await dockerConfigFolder(temp, undefined)
    }
    return config ? { env: childEnvironment(process.env, { DOCKER_CONFIG: config, DOCKER_AUTH_CONFIG: undefined }) } : {}
  }

  const onPlatform = platform ? [`--platform=${platform}`] : []

  const streamed = (args: readonly string[], read: (chunks: AsyncIterable<Buffer>) => Promise<void>) =>
    waitingFor(() => runInto('docker', args, childEnvironment(process.env), read, limits.transfer * 1000))

  return {
    seconds: () => waited,

    async connect() {
      const [version, buildx] = await Promise.all([
        docker(['version', '--format', '{{json .}}'], { limit: 15_000 }),
        docker(['buildx', 'version'], { limit: 15_000 }),
      ])
      if (version.code !== 0) throw noDocker(version)
      const facts = readJson(VERSION, version.stdout)
      if (!facts) throw noDocker({ ...version, stderr: 'docker version gave an answer that cannot be read' })
      const client = facts.Client.Version
      const modern = Number.parseInt(client, 10) >= 23
      if (facts.Server.Os !== 'linux') {
        throw new UserError(
          'docker',
          `the Docker daemon runs ${facts.Server.Os} containers`,
          'Switch it to Linux containers, or use a Linux runner.',
        )
      }
      if (modern && buildx.code !== 0) {
        throw new UserError(
          'docker',
          `the docker client ${client} has no BuildKit: its Buildx plugin is missing or broken`,
          'Install docker-buildx-plugin (docker/setup-buildx-action does), or use a client before 23.',
        )
      }
      if (Number.parseInt(facts.Server.Version, 10) < 20) {
        throw new UserError('docker', `the Docker daemon ${facts.Server.Version} is too old`, 'Use Docker Engine 20.10 or later.')
      }
      await warnOfDamage(log)
      const unused = buildx.code === 0 ? await unusedBuilder(docker) : undefined
      if (unused) log.notice(unused)
      engine = {
        client,
        server: facts.Server.Version,
        architecture: facts.Server.Arch,
        platform: platform || process.env.DOCKER_DEFAULT_PLATFORM || `linux/${facts.Server.Arch}`,
        buildx: modern,
      }
      return engine
    },

    async inspect(reference, measured = false) {
      const result = await docker(['image', 'inspect', reference])
      if (result.code !== 0) return undefined
      const read = imageInfo(readJson(v.unknown(), result.stdout))
      if (!read) throw new UserError('docker', `docker tells of ${reference} what cannot be read`, 'Check which docker is first on PATH.')
      const { info, unpacked } = read
      if (unpacked || !measured) return info
      const history = await docker(['history', '--human=false', '--format={{.Size}}', reference])
      return history.code === 0 ? { ...info, size: sizeOfLayers(history.stdout) } : info
    },

    async pull(reference, named) {
      const limit = limits.transfer * 1000
      const pull = ['pull', '--quiet', ...onPlatform, reference]
      const result = await withHeartbeat(`pulling ${reference}`, async () => docker(pull, { ...(await withLogin()), limit }))
      if (result.timedOut)
        throw new UserError(named?.step ?? 'base', `${reference} was not pulled within ${inWords(limits.transfer)}`, LONGER, {
          kind: 'passing',
        })
      if (result.code !== 0) throw cannotPull(reference, result.stderr, named)
    },

    async tag(source, target) {
      const result = await docker(['tag', source, target])
      if (result.code !== 0) throw new Error(`docker tag ${source} ${target}: ${lastLine(result.stderr)}`)
    },

    async untag(...references) {
      await docker(['image', 'rm', '--no-prune', ...references], { limit: 15_000, afterwards: true })
    },

    async build(request) {
      const file = path.join(temp, `Dockerfile.${request.target || 'own'}`)
      await mkdir(temp, { recursive: true })
      await writeFile(file, request.dockerfile)
      const args = buildArguments(
        request,
        file,
        engine?.buildx ? await daemonBuilder() : undefined,
        proxiesFor(request, process.env),
        platform,
        fresh,
      )
      const env = clientEnvironment(await buildEnvironment())
      const onStage = (stage: string, before: boolean) => {
        if (request.anew && !before) fresh.add(stage)
        request.onStage?.(stage, before)
      }
      return runBuild(
        (options) => docker(args, { env, ...options }),
        { ...request, onStage },
        { limit: limits.build * 1000, heartbeat },
        log,
      )
    },

    async run(request) {
      const { name, args, env } = runArguments(request, runId, { platform })
      const result = await docker(args, {
        env: childEnvironment(process.env, { DOCKER_CLI_HINTS: 'false', ...env }),
        ...(request.input === undefined ? {} : { input: request.input }),
        limit: request.limit ?? limits.run * 1000,
        ...(request.onLine === undefined ? {} : { onLine: request.onLine }),
      })
      // The client is gone; its container would go on.
      if (result.timedOut) await docker(['rm', '--force', '--volumes', name], { limit: 15_000 })
      return result
    },

    start: (request) => startService(docker, request, runId, platform),

    read: (image, reader) => streamed(['image', 'save', image], (chunks) => readImageArchive(chunks, reader)),

    async layOut(image, folder) {
      let laidOut: PushableImage | undefined
      await streamed(['image', 'save', image], async (chunks) => {
        laidOut = await layOutImage(chunks, folder)
      })
      if (!laidOut) throw new Error(`docker did not save ${image}`)
      return laidOut
    },

    async history(image) {
      const result = await docker(['image', 'history', '--no-trunc', '--format={{json .CreatedBy}}', image])
      if (result.code !== 0) throw new Error(lastLine(result.stderr))
      const steps = result.stdout.split('\n').filter(Boolean)
      return steps.map((step) => String(readJson(v.unknown(), step)))
    },

    async layers(image) {
      const result = await docker(['image', 'history', '--no-trunc', '--human=false', '--format={{json .}}', image])
      if (result.code !== 0) throw new Error(lastLine(result.stderr))
      return layersIn(result.stdout)
    },

    open: (image) => openImage(docker, image, runId, platform, streamed),

    async login(registry, username, password) {
      config = await dockerConfigFolder(temp, registry)
      const result = await docker(['login', '--username', username, '--password-stdin', ...(registry ? [registry] : [])], {
        ...(await withLogin()),
        input: password,
        limit: 30_000,
      })
      if (result.code !== 0) throw cannotLogIn(registry || 'Docker Hub', username, result)
    },

    push: (reference, denied) =>
      withHeartbeat(`pushing ${reference}`, async () =>
        pushImage(docker, reference, { ...(await withLogin()), limit: limits.transfer * 1000 }, denied),
      ),
  }

  /** A line now and then for work that says nothing by itself. */
  async function withHeartbeat<T>(what: string, work: () => Promise<T>): Promise<T> {
    const started = performance.now()
    const beat = setInterval(
      () => log.info(`  … ${what} (${secondsSince(started)}, ${inWords(leftOf(limits.transfer, started))} left)`),
      heartbeat,
    )
    try {
      return await work()
    } finally {
      clearInterval(beat)
    }
  }
}

function clientEnvironment(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  return childEnvironment(process.env, { DOCKER_BUILDKIT: '1', DOCKER_CLI_HINTS: 'false', ...more })
}
