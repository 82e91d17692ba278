import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import * as v from 'valibot'
import { UserError } from '../../errors.ts'
import { line, readJson } from '../../grammar.ts'
import type { Docker, Engine } from '../docker-port.ts'
import { proxiesFor } from '../network/proxies.ts'
import { type ChildResult, childEnvironment } from '../process/child.ts'
import { buildArguments } from './build-arguments.ts'
import { runBuild } from './build-run.ts'
import { buildEnvironment, daemonBuilder, unusedBuilder } from './builders.ts'
import { runArguments } from './containers.ts'
import { dockerConfigFolder, warnOfDamage } from './docker-config.ts'
import { cannotLogIn, noDocker } from './docker-faults.ts'
import { clientEnvironment, type DockerRun, type DockerSettings, DockerShell } from './docker-shell.ts'
import { imageContent, imageStore } from './images/docker-images.ts'
import { pushImage } from './push.ts'
import { openImage, startService } from './service.ts'

const VERSION = v.object({
  Client: v.object({ Version: line(100) }),
  Server: v.object({ Version: line(100), Arch: line(100), Os: line(100) }),
})

/** Docker by its command line, as found first on PATH. */
export function dockerClient(here: DockerRun, settings: DockerSettings = {}): Docker {
  const shell = new DockerShell(here, settings)
  return {
    seconds: () => shell.seconds,
    connect: () => connect(shell),
    ...imageStore(shell),
    ...builds(shell),
    ...containers(shell),
    ...imageContent(shell),
    ...registryAccess(shell),
  }
}

/** Asks client and daemon what they are. @throws UserError where they cannot do what is needed */
async function connect(shell: DockerShell): Promise<Engine> {
  const [version, buildx] = await Promise.all([
    shell.docker(['version', '--format', '{{json .}}'], { limit: 15_000 }),
    shell.docker(['buildx', 'version'], { limit: 15_000 }),
  ])
  const facts = capable(version, buildx)
  await warnOfDamage(shell.log)
  const unused = buildx.code === 0 ? await unusedBuilder(shell.docker) : undefined
  if (unused) shell.log.notice(unused)
  shell.engine = {
    client: facts.Client.Version,
    server: facts.Server.Version,
    architecture: facts.Server.Arch,
    platform: shell.platform || process.env.DOCKER_DEFAULT_PLATFORM || `linux/${facts.Server.Arch}`,
    buildx: isModern(facts.Client.Version),
  }
  return shell.engine
}

/** Whether BuildKit comes by the Buildx plugin. */
function isModern(client: string): boolean {
  return Number.parseInt(client, 10) >= 23
}

function capable(version: ChildResult, buildx: ChildResult): v.InferOutput<typeof VERSION> {
  if (version.code !== 0) throw noDocker(version)
  const facts = readJson(VERSION, version.stdout)
  if (!facts) throw noDocker({ ...version, stderr: 'docker version gave an answer that cannot be read' })
  const { Client: client, Server: server } = facts
  if (server.Os !== 'linux') {
    throw new UserError('docker', `the Docker daemon runs ${server.Os} containers`, 'Switch it to Linux containers, or use a Linux runner.')
  }
  if (isModern(client.Version) && buildx.code !== 0) {
    throw new UserError(
      'docker',
      `the docker client ${client.Version} has no BuildKit: its Buildx plugin is missing or broken`,
      'Install docker-buildx-plugin (docker/setup-buildx-action does), or use a client before 23.',
    )
  }
  if (Number.parseInt(server.Version, 10) < 20) {
    throw new UserError('docker', `the Docker daemon ${server.Version} is too old`, 'Use Docker Engine 20.10 or later.')
  }
  return facts
}

function builds(shell: DockerShell): Pick<Docker, 'build'> {
  const fresh = new Set<string>()
  let begun = 0
  return {
    async build(request) {
      begun += 1 // of one target several are built side by side: each has a file of its own
      const file = path.join(shell.temp, `Dockerfile.${request.target || 'own'}.${begun}`)
      await mkdir(shell.temp, { recursive: true })
      await writeFile(file, request.dockerfile)
      const args = buildArguments(request, file, {
        builder: shell.engine?.buildx ? await daemonBuilder() : undefined,
        proxies: proxiesFor(request, process.env),
        platform: shell.platform,
        fresh,
      })
      const env = clientEnvironment(await buildEnvironment())
      const onStage = (stage: string, before: boolean) => {
        if (request.anew && !before) fresh.add(stage)
        request.onStage?.(stage, before)
      }
      return runBuild(
        (options) => shell.docker(args, { env, ...options }),
        { ...request, onStage },
        { limit: shell.limits.build * 1000, heartbeat: shell.heartbeat, log: shell.log },
      )
    },
  }
}

function containers(shell: DockerShell): Pick<Docker, 'run' | 'start' | 'open'> {
  const { docker, runId, platform } = shell
  return {
    async run(request) {
      const { name, args, env } = runArguments(request, runId, { platform })
      const result = await docker(args, {
        env: childEnvironment(process.env, { DOCKER_CLI_HINTS: 'false', ...env }),
        ...(request.input === undefined ? {} : { input: request.input }),
        limit: request.limit ?? shell.limits.run * 1000,
        ...(request.onLine === undefined ? {} : { onLine: request.onLine }),
      })
      // The client is gone; its container would go on.
      if (result.timedOut) await docker(['rm', '--force', '--volumes', name], { limit: 15_000 })
      return result
    },

    start: (request) => startService(shell, request),

    open: (image) => openImage(shell, image),
  }
}

function registryAccess(shell: DockerShell): Pick<Docker, 'login' | 'push'> {
  return {
    async login(registry, username, password) {
      shell.config = await dockerConfigFolder(shell.temp, registry)
      const result = await shell.docker(['login', '--username', username, '--password-stdin', ...(registry ? [registry] : [])], {
        ...(await shell.withLogin()),
        input: password,
        limit: 30_000,
      })
      if (result.code !== 0) throw cannotLogIn(registry || 'Docker Hub', username, result)
    },

    push: (reference, denied) =>
      shell.withHeartbeat(`pushing ${reference}`, async () =>
        pushImage(shell.docker, reference, { ...(await shell.withLogin()), limit: shell.limits.transfer * 1000, denied }),
      ),
  }
}
