import { randomUUID } from 'node:crypto'
import type { ContainerEnd, ContainerRequest } from '../../effects/docker-port.ts'
import { UserError } from '../../errors.ts'
import { splitWords } from '../../inputs/shell-words.ts'
import { causeOf, tellingLine } from '../../judge/causes/failure-causes.ts'
import { type Command, type CommandKind, linesCommand, manageCommand, shellLine } from '../../plan/command-lines.ts'
import { servicesIn } from '../../plan/services.ts'
import type { CommandResult } from '../../report/outcome.ts'
import { causeIn, shorten } from '../../text/words.ts'
import { inWords, LONGER, leftOf, limitOf } from '../../time-limits.ts'
import { stageScript } from '../build/stage-scripts.ts'
import { refuseUnseen } from '../prepare/mount-probe.ts'
import { makeMounts } from '../prepare/mounts.ts'
import type { World } from '../world.ts'

/** What commands get beside the image; the inputs of these names. */
export interface CommandSettings {
  readonly env: Readonly<Record<string, string>>
  readonly ports: readonly string[]
  readonly volumes: readonly string[]
  readonly network: string
  /** Minutes for each line; '' or undefined for those of its kind. */
  readonly timeout?: string
}

/** The lines of one input. */
export interface Lines {
  readonly kind: CommandKind
  readonly lines: readonly string[]
}

/** Where commands run: the image's id, and the name of the project's distribution, '' where no `manage` is asked for. */
export interface Ran {
  readonly image: string
  readonly project: string
}

/**
 * Runs lines one after the other in one container of an image. Services that `env` names are waited for first. What a
 * command prints is shown as it comes.
 * @param project the name of the project's distribution
 * @throws UserError with the line and its exit code, for the first that fails or takes longer than its limit
 */
export async function runLines(
  world: World,
  { image, project }: Ran,
  settings: CommandSettings,
  wanted: readonly Lines[],
): Promise<readonly CommandResult[]> {
  const asked = wanted.flatMap(({ kind, lines }) => lines.map((line) => ({ kind, line, limit: limitOf(kind, settings.timeout) })))
  const commands = await Promise.all(asked.map((command) => commandOf(world, project, command)))
  if (commands.length === 0) return []
  const container = await makeContainer(world, image, settings)
  await awaitServices(world, image, settings)
  const mark = `pypackager-${randomUUID()}`
  const teller = tell(world, commands, mark)
  const limit = commands.reduce((sum, { limit }) => sum + limit + 60, 0) * 1000
  const command = linesCommand(await stageScript(world, 'container-commands', 'lines.sh'), mark, commands)
  const report = await world.docker.run({ ...container, command, limit, onLine: teller.onLine }).finally(teller.end)
  const failed = commands[teller.passed.length] ?? (report.code === 0 ? undefined : commands.at(-1))
  if (failed) throw failure(failed, report, { tail: teller.tail, seconds: teller.seconds() })
  return teller.passed
}

/**
 * The container that commands of these settings run in: volumes made ready, and the user who goes with them. Whoever
 * is not the image's own user has no home there, so it is /tmp.
 */
export async function makeContainer(world: World, image: string, settings: CommandSettings): Promise<Omit<ContainerRequest, 'command'>> {
  const mounts = await makeMounts(world, settings.volumes)
  await refuseUnseen(world, image, mounts)
  const { volumes, binds, user } = mounts
  if (user) world.log.info(`  as ${user}, to whom the folder belongs that is mounted`)
  return {
    image,
    env: { ...(user ? { HOME: '/tmp' } : {}), ...settings.env },
    ports: settings.ports,
    volumes,
    binds,
    ...(settings.network ? { network: settings.network } : {}),
    ...(user ? { user } : {}),
  }
}

/** The command for `manage` and these words, which finds the project's management program in the image. */
export async function managementCommand(world: World, project: string, words: readonly string[]): Promise<readonly string[]> {
  return manageCommand(await stageScript(world, 'container-commands', 'manage.py'), project, words)
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
    input: await stageScript(world, 'container-commands', 'wait.py'),
    limit: (seconds + 15) * 1000,
    ...(network ? { network } : {}),
  })
  if (report.code !== 0)
    throw failure({ kind: 'run', line: `wait for ${places.join(', ')}` }, report, {
      tail: report.stderr.split('\n').filter(Boolean),
      seconds: 0,
    })
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

async function commandOf(world: World, project: string, asked: Omit<Command, 'shell'>): Promise<Command> {
  const { kind, line } = asked
  return { ...asked, shell: kind === 'manage' ? shellLine(await managementCommand(world, project, splitWords('manage', line))) : line }
}

const FLUSH_MS = 200
const TAIL = 20
/** Of a tail's line, in characters. */
const TAIL_LINE = 2000
/** What is shown of one line's output, in characters: a log of more is read by nobody, and kept by no runner. */
const SHOWN = 8 << 20
const HEARTBEAT_MS = 15_000

/** Tells which line is at work, what it prints (soon, but several lines at a time: each call of the log costs two lines of the runner's) and what passed. */
function tell({ log }: World, commands: readonly Command[], mark: string) {
  const passed: CommandResult[] = []
  const waiting: string[] = []
  const tail: string[] = []
  let started = performance.now()
  let heard = started
  let shown = 0
  let hidden = 0
  const flush = () => {
    if (waiting.length > 0) log.foreign(waiting.splice(0).map((line) => `  | ${line}`))
  }
  /** What was left out is told, with the last lines of it. */
  const settle = () => {
    flush()
    if (hidden > 0) log.foreign([`  | … ${Math.ceil(hidden / 2 ** 20)} MB more not shown`, ...tail.map((line) => `  | ${line}`)])
    shown = 0
    hidden = 0
  }
  const beat = () => {
    const now = performance.now()
    const at = commands[passed.length]
    if (!at || now - heard < HEARTBEAT_MS) return
    heard = now
    const seconds = Math.round((now - started) / 1000)
    log.info(`  … ${at.kind} still at work (${seconds} s, time limit in ${inWords(leftOf(at.limit, started))})`)
  }
  const begin = (next: Command | undefined) => {
    if (next) log.info(`  ${next.kind}: ${next.line}`)
    started = performance.now()
    heard = started
  }
  const timer = setInterval(() => {
    flush()
    beat()
  }, FLUSH_MS)
  begin(commands[0])
  return {
    passed,
    tail,
    seconds: () => (performance.now() - started) / 1000,
    onLine(line: string) {
      // A last line without its end stands before the mark.
      const [text = '', code] = line.split(`${mark} `)
      if (text || code === undefined) {
        heard = performance.now()
        if (shown < SHOWN) waiting.push(text)
        else hidden += text.length + 1
        shown += text.length + 1
        tail.push(shorten(text, TAIL_LINE))
        if (tail.length > TAIL) tail.shift()
      }
      const done = commands[passed.length]
      if (code !== '0' || !done) return
      settle()
      tail.length = 0
      passed.push({ kind: done.kind, line: done.line, seconds: (performance.now() - started) / 1000 })
      begin(commands[passed.length])
    },
    end() {
      clearInterval(timer)
      settle()
    },
  }
}

/** What `timeout` ends with, the second where it had to kill. */
const STOPPED = [124, 137]

function failure(
  { kind, line, limit = Number.POSITIVE_INFINITY }: Pick<Command, 'kind' | 'line'> & { readonly limit?: number },
  report: ContainerEnd,
  { tail, seconds }: { readonly tail: readonly string[]; readonly seconds: number },
): UserError {
  const shown = `"${shorten(line, 100)}"`
  const error = (cause: string, next: string) => new UserError(kind, `${shown} ${cause}`, { next, details: [...tail] })
  if (report.timedOut || (STOPPED.includes(report.code) && seconds >= limit))
    return error(`took longer than ${inWords(limit)} and was stopped`, `${LONGER} Nothing was pushed.`)
  const docker = /^docker: (.*)$/m.exec(report.stderr)?.[1]
  if (report.code === 125 && docker) return error(`was not started: ${causeIn(docker)}`, 'Check network, ports and volumes.')
  const own = /^pypackager: error: (.*)$/m.exec(report.stderr)?.[1]
  if (kind === 'manage' && own)
    return error(`was not started: ${own}`, 'Put manage.py into the wheel (scripts), or set DJANGO_SETTINGS_MODULE.')
  const why = report.code === 137 ? ' (killed, perhaps for memory)' : ''
  const said = tellingLine(tail)
  return error(`ended with code ${report.code}${why}${said ? `: ${said}` : ''}`, `${commandNext(said)} Nothing was pushed.`)
}

/** What to do about a command that failed, by the line that tells why. */
function commandNext(said: string): string {
  const cause = causeOf(said)
  if (cause?.kind === 'database') return 'Set network to that of the services (job.container.network or host), and their address in env.'
  if (cause?.kind === 'setting') return 'Give it the setting in env.'
  return cause?.kind === 'path' || !cause ? 'Its last lines are above.' : cause.next
}
