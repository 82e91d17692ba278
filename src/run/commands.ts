import path from 'node:path'
import type { ContainerReport, ContainerRequest } from '../effects/ports.ts'
import { UserError } from '../errors.ts'
import type { CommandResult } from '../outcome.ts'
import { type CommandKind, LIMITS, manageCommand, shellCommand, splitWords } from '../plan/commands.ts'
import { servicesIn } from '../plan/services.ts'
import { makeMounts } from './volumes.ts'
import type { World } from './world.ts'

/** What commands get beside the image; the inputs of these names. */
export interface CommandSettings {
  readonly env: Readonly<Record<string, string>>
  readonly ports: readonly string[]
  readonly volumes: readonly string[]
  readonly network: string
}

/** The lines of one input. */
export interface Lines {
  readonly kind: CommandKind
  readonly lines: readonly string[]
}

/**
 * Runs lines in containers of an image, one container a line, in their order. Services that `env` names are waited
 * for first. What a command prints is shown as it comes.
 * @param project the name of the project's distribution
 * @throws UserError with the line and its exit code, for the first that fails or takes longer than its limit
 */
export async function runLines(
  world: World,
  image: string,
  project: string,
  settings: CommandSettings,
  wanted: readonly Lines[],
): Promise<readonly CommandResult[]> {
  const commands = await Promise.all(
    wanted.flatMap(({ kind, lines }) => lines.map(async (line) => ({ kind, line, argv: await commandOf(world, project, kind, line) }))),
  )
  if (commands.length === 0) return []
  const container = await makeContainer(world, image, settings)
  await awaitServices(world, image, settings)
  const results: CommandResult[] = []
  for (const { kind, line, argv } of commands) {
    world.log.info(`  ${kind}: ${line}`)
    const start = performance.now()
    const { tail, onLine, end } = relay(world)
    const report = await world.docker.run({ ...container, command: argv, limit: LIMITS[kind], onLine }).finally(end)
    if (report.code !== 0 || report.timedOut) throw failure(kind, line, report, tail)
    results.push({ kind, line, seconds: (performance.now() - start) / 1000 })
  }
  return results
}

/**
 * The container that commands of these settings run in: volumes made ready, and the user who goes with them. Whoever
 * is not the image's own user has no home there, so it is /tmp.
 */
export async function makeContainer(world: World, image: string, settings: CommandSettings): Promise<Omit<ContainerRequest, 'command'>> {
  const { volumes, user } = await makeMounts(world, settings.volumes)
  if (user) world.log.info(`  as ${user}, to whom the folder belongs that is mounted`)
  return {
    image,
    env: { ...(user ? { HOME: '/tmp' } : {}), ...settings.env },
    ports: settings.ports,
    volumes,
    ...(settings.network ? { network: settings.network } : {}),
    ...(user ? { user } : {}),
  }
}

/** The command for `manage` and these words, which finds the project's management program in the image. */
export async function managementCommand(world: World, project: string, words: readonly string[]): Promise<readonly string[]> {
  return manageCommand(await script(world, 'manage.py'), project, words)
}

const WAIT_SECONDS = 30

/**
 * Waits until each host and port that a URL in `env` names takes connections, as seen from a container of the image
 * in the same network.
 * @throws UserError naming the variable, host and port (the rest of a URL may be secret) where it took longer than that
 */
export async function awaitServices(
  world: World,
  image: string,
  { env, network }: Pick<CommandSettings, 'env' | 'network'>,
  seconds = WAIT_SECONDS,
): Promise<void> {
  const services = servicesIn(env)
  if (services.length === 0) return
  const places = services.map(({ host, port }) => `${host}:${port}`)
  const start = performance.now()
  const report = await world.docker.run({
    image,
    command: ['python', '-', String(seconds), ...places],
    input: await script(world, 'wait.py'),
    limit: (seconds + 15) * 1000,
    ...(network ? { network } : {}),
  })
  if (report.code !== 0) throw failure('run', `wait for ${places.join(', ')}`, report, report.stderr.split('\n').filter(Boolean))
  const [place = '', reason = ''] = /^(\S+) (.*)$/m.exec(report.stdout)?.slice(1) ?? []
  const missing = services[places.indexOf(place)]
  if (missing) {
    throw new UserError(
      'services',
      `${missing.variable} names ${place}, which took no connection in ${seconds} s ${network ? `in the network ${network}` : "in the daemon's own network"}: ${reason}`,
      network
        ? 'Check the name and port of the service, and its health.'
        : 'Set network to that of the services, such as job.container.network or host.',
    )
  }
  world.log.info(
    `  ${places.join(', ')} ${places.length > 1 ? 'answer' : 'answers'} (${((performance.now() - start) / 1000).toFixed(1)} s)`,
  )
}

async function commandOf(world: World, project: string, kind: CommandKind, line: string): Promise<readonly string[]> {
  return kind === 'manage' ? managementCommand(world, project, splitWords('manage', line)) : shellCommand(line)
}

async function script(world: World, name: string): Promise<string> {
  const text = await world.files.read(path.join(world.paths.stages, 'commands', name))
  if (text === undefined) throw new Error(`stages/commands/${name} is missing`)
  return text
}

const FLUSH_MS = 200
const TAIL = 20

/** Shows foreign lines soon, several at a time: each call of the log costs two lines of the runner's. */
function relay({ log }: World) {
  const waiting: string[] = []
  const tail: string[] = []
  const flush = () => {
    if (waiting.length > 0) log.foreign(waiting.splice(0).map((line) => `  | ${line}`))
  }
  const timer = setInterval(flush, FLUSH_MS)
  return {
    tail,
    onLine(line: string) {
      waiting.push(line)
      tail.push(line)
      if (tail.length > TAIL) tail.shift()
    },
    end() {
      clearInterval(timer)
      flush()
    },
  }
}

function failure(kind: CommandKind, line: string, report: ContainerReport, tail: readonly string[]): UserError {
  const shown = line.length > 100 ? `${line.slice(0, 100)}…` : line
  const details = [...tail]
  if (report.timedOut)
    return new UserError(kind, `"${shown}" took longer than ${LIMITS[kind] / 60_000} minutes and was stopped`, 'Nothing was pushed.', {
      details,
    })
  const docker = /^docker: (?:Error response from daemon: )?(.*)$/m.exec(report.stderr)?.[1]
  if (report.code === 125 && docker)
    return new UserError(kind, `"${shown}" was not started: ${docker}`, 'Check network, ports and volumes.', { details })
  const own = /^pypackager: error: (.*)$/m.exec(report.stderr)?.[1]
  if (kind === 'manage' && own)
    return new UserError(
      kind,
      `"${shown}" was not started: ${own}`,
      'Put manage.py into the wheel (scripts), or set DJANGO_SETTINGS_MODULE.',
      {
        details,
      },
    )
  const why = report.code === 137 ? ' (killed, perhaps for memory)' : ''
  return new UserError(kind, `"${shown}" ended with code ${report.code}${why}`, 'Its last lines are above. Nothing was pushed.', {
    details,
  })
}
