import { randomBytes } from 'node:crypto'
import * as v from 'valibot'
import type { ContainerEnd, ImageInfo, Service } from '../../effects/docker-port.ts'
import { UserError } from '../../errors.ts'
import { readJson, said, seconds, size } from '../../grammar.ts'
import { withLeftOut } from '../../judge/causes/left-out.ts'
import { withFields } from '../../judge/causes/missing-fields.ts'
import { withMissingSettings } from '../../judge/causes/missing-settings.ts'
import { withOwnDatabase } from '../../judge/causes/own-database.ts'
import { withUnchosenExtra } from '../../judge/causes/unchosen-extra.ts'
import { agreeing, contentBeside, notHeld } from '../../judge/checks/agreement.ts'
import { type Check, inOrder } from '../../judge/checks/check.ts'
import { type ContainerReport, containerChecks, containerReport, type System, systemReport } from '../../judge/checks/container-checks.ts'
import { layerChecks, platformCheck, userCheck } from '../../judge/checks/layer-checks.ts'
import { cameFurther, mayLackKey, withLentKeys } from '../../judge/checks/lent-keys.ts'
import { databaseFiles } from '../../judge/checks/site-checks.ts'
import { GRACE, type Started, startChecks } from '../../judge/checks/start-checks.ts'
import { type ImageContents, readContents } from '../../judge/sbom/image-contents.ts'
import { unsetVariables } from '../../plan/start/unset-variables.ts'
import { normalizeName } from '../../project/names.ts'
import { allDone } from '../all-done.ts'
import { stageScript } from '../build/stage-scripts.ts'
import type { World } from '../world.ts'
import type { ProofRequest } from './proof-request.ts'
import { readImage } from './scan-layers.ts'

export interface Examined {
  readonly checks: readonly Check[]
  /** Layers that need not be read again, as `Look` has them. */
  readonly clean: readonly string[]
  /** Undefined where that was not asked for, or not answered. */
  readonly contents: ImageContents | undefined
  /** Null where the image does not tell. */
  readonly system: System | null
}

/** Seconds that the application may take to be imported, and to listen. */
const IMPORT_LIMIT = 20
const START_LIMIT = 8
/** How much longer all may take on a busy machine, as the observer measures it. */
const BUSIEST = 4
const START_CONTAINER_MS = 30_000 * BUSIEST
/** Its script has limits of its own, which grow with the load; this one is for a container that does not obey. */
const CONTAINER_LIMIT_MS = 90_000 * BUSIEST

/**
 * Checks a built image itself: its files are read, one container tells of what is inside, one is started as
 * in production; side by side, without a network, and with nothing of this machine mounted.
 */
export async function examine(world: World, request: ProofRequest): Promise<Examined> {
  const { image, wanted, application } = request
  const { system, report: asking } = askInside(world, request)
  const [look, report, { started, without }] = await allDone([readImage(world, request, system), asking, startIt(world, request)])
  const inside = typeof report === 'string' ? undefined : report
  const all = { ...wanted, secrets: request.secrets.length }
  const held = inside?.own?.files
  const besideWheel = held ? notHeld(request.source, held) : []
  const content = held && request.content(held)
  const installed = inside?.distributions.map(({ name }) => normalizeName(name)) ?? []
  const command = [...image.config.entrypoint, ...image.config.command]
  const given = [...Object.keys(request.env), ...image.config.env.map((line) => line.split('=')[0] ?? '')]
  const unset = unsetVariables(command, given)
  const checks = inOrder([
    platformCheck(image, all),
    userCheck(image, all, inside),
    ...layerChecks(image, all, look.findings),
    ...agreeing(containerChecks(application, report), started, command),
    ...(content ? [contentBeside(content, started, { besideWheel })] : []),
    ...startChecks(started, {
      command,
      besideWheel,
      ...(held && { held }),
      content,
      tool: request.tool,
      web: request.web,
      installed,
      unset,
    }),
  ])
  const [file] = databaseFiles(inside?.site ?? null)
  const own = file === undefined ? undefined : { ...request.database, file }
  const told = withMissingSettings(withLentKeys(withUnchosenExtra(checks, request), request.lent, without), request.unset)
  const judged = withOwnDatabase(withLeftOut(told, request.leftOut), own, request.database.mounted)
  return { checks: judged, clean: look.clean, contents: readContents(inside?.contents), system: await system }
}

interface Asking {
  /** Told early, for those who wait for it alone; null where it is not told. */
  readonly system: Promise<System | null>
  /** Or why not, where the container cannot be asked. */
  readonly report: Promise<ContainerReport | string>
}

function askInside(world: World, request: ProofRequest): Asking {
  const { promise: system, resolve: tell } = Promise.withResolvers<System | null>()
  const word = runWord()
  const onLine = (line: string) => {
    const told = line.startsWith(`${word} {"system"`)
      ? readJson(v.object({ system: v.nullable(systemReport) }), line.slice(word.length))
      : null
    if (told) tell(told.system)
  }
  const report = askContainer(world, request, word, onLine)
    .catch((error: unknown) => {
      if (error instanceof UserError || !(error instanceof Error)) throw error
      return error.message
    })
    .finally(() => tell(null))
  return { system, report }
}

/** What tells lines of our scripts apart from lines of all that runs beside them. */
function runWord(): string {
  return randomBytes(16).toString('hex')
}

async function askContainer(
  world: World,
  { image, python, application, env, describe }: ProofRequest,
  word: string,
  onLine: (line: string) => void,
): Promise<ContainerReport | string> {
  const scripts = ['libraries.py', 'isolated.py', 'imports.py', 'django_site.py', 'inspect.py']
  const texts = await Promise.all(scripts.map((name) => stageScript(world, 'check', name)))
  const describing = describe ? await stageScript(world, 'sbom', 'describe.py') : ''
  const asked = JSON.stringify({ ...application, describe: describing, limit: IMPORT_LIMIT })
  const result = await world.docker.run({
    image: image.id,
    entrypoint: python,
    // A JSON text in a JSON text is a literal of Python too.
    command: [...ISOLATED, '-c', `${texts.join('\n')}\nmain(json.loads(${JSON.stringify(asked)}))\n`],
    env: { ...env },
    network: 'none',
    input: word,
    limit: CONTAINER_LIMIT_MS,
    onLine,
  })
  if (result.timedOut) return `the container was stopped after ${CONTAINER_LIMIT_MS / 1000} s`
  const last = result.stdout.split('\n').findLast((line) => line.startsWith(`${word} {`) && !line.startsWith(`${word} {"system"`))
  if (last === undefined) return telling(`${result.stdout}\n${result.stderr}`.split('\n')) || `the container ended with code ${result.code}`
  const told = readJson(v.unknown(), last.slice(word.length))
  if (told === undefined) return `its answer was cut short (the container ended with code ${result.code})`
  const read = v.safeParse(containerReport, told)
  return read.success ? read.output : `the image tells what is odd: ${oddPart(read.issues[0])}`
}

/** Nothing that is installed takes part: no `site`, no variables of Python. */
const ISOLATED = ['-I', '-S', '-B']

function oddPart({ path, input }: v.BaseIssue<unknown>): string {
  const where = path?.map(({ key }) => String(key)).join(' ') ?? 'its answer'
  return v.parse(said(150), `${where} is ${JSON.stringify(input) ?? 'not there'}`)
}

/** How the start went, and how it did without the keys that were lent, where it came further with them. */
interface Starts {
  readonly started: Started | undefined
  readonly without?: Started | undefined
}

/** As somebody starts it who knows of no key; where that fails, with those that are lent. */
async function startIt(world: World, request: ProofRequest): Promise<Starts> {
  const { lent, env } = request
  const given = Object.entries(env).filter(([name]) => !lent.names.includes(name))
  const bare = await startOnce(world, { ...request, env: Object.fromEntries(given) })
  if (lent.names.length === 0 || !mayLackKey(bare)) return { started: bare }
  const started = await startOnce(world, request)
  return cameFurther(bare, started, lent) ? { started, without: bare } : { started }
}

/** Starts the image as it will be started: its own program is PID 1. @returns undefined where there is nothing to start */
async function startOnce(world: World, { image, env, python }: ProofRequest): Promise<Started | undefined> {
  const own = image.config.entrypoint.join(' ') === '/usr/local/bin/entrypoint' // it starts what it is given
  if (image.config.command.length === 0 && (own || image.config.entrypoint.length === 0)) return undefined
  let service: Service
  try {
    service = await world.docker.start({ image: image.id, command: [], env: { ...env }, network: 'none', limit: START_CONTAINER_MS })
  } catch (error) {
    const why = (error as Error).message
    return { kind: REFUSED.test(why) ? 'refused' : 'unseen', why: why || 'the container did not start in time' }
  }
  try {
    const script = await stageScript(world, 'check', 'started.py')
    return await watch(service, script, { python, wanted: wantedPort(image, env), named: namesPort(image) })
  } catch (error) {
    return { kind: 'unseen', why: (error as Error).message } // the daemon may be too busy to answer
  } finally {
    await service.remove().catch(() => {}) // what is left of a run is swept at its end
  }
}

/** How engines say that the image's program cannot be started; all else is of the machine. */
const REFUSED = /OCI runtime|\bexec(utable)?\b|no command specified|no such file|permission denied/i

/** PORT as the container has it. */
function wantedPort(image: ImageInfo, env: ProofRequest['env']): number | undefined {
  const told = env.PORT ?? image.config.env.find((line) => line.startsWith('PORT='))?.slice('PORT='.length) ?? ''
  return /^\d{1,5}$/.test(told) ? Number(told) : undefined
}

/** Whether the start command itself says to listen on PORT. */
function namesPort({ config }: ImageInfo): boolean {
  return /\$\{?PORT\b/.test(config.command.join(' '))
}

/** What the observer sees first: a port or a socket, whether others reach it, its answer, and how busy the machine is. */
const SEEN = v.object({
  port: v.optional(v.pipe(size, v.maxValue(65_535))),
  loopback: v.optional(said(45)),
  socket: v.optional(said(200)),
  only: v.optional(v.literal('IPv6')),
  status: v.optional(v.nullable(v.union([v.pipe(size, v.maxValue(999)), v.literal('other')])), null),
  seconds: v.optional(seconds, START_LIMIT),
  busy: v.optional(v.pipe(seconds, v.maxValue(BUSIEST)), 1),
})

interface Watched {
  readonly python: string
  /** The port that it is told, where it is told one. */
  readonly wanted: number | undefined
  /** Its line names that. */
  readonly named: boolean
}

async function watch(service: Service, script: string, { python, wanted, named }: Watched): Promise<Started> {
  const word = runWord()
  const command = [python, ...ISOLATED, '-', String(wanted ?? 8000), String(START_LIMIT), String(GRACE), ...(named ? ['named'] : [])]
  // The application beside it could write lines there too; it sees the command line, and not what comes by stdin.
  const input = `${script}\nwatch("${word}")\n`
  const asked = await service.exec(command, { input, limit: ((START_LIMIT + GRACE) * BUSIEST + 12) * 1000 })
  const [first = '', ...since] = asked.stdout.split('\n').flatMap((line) => (line.startsWith(`${word} `) ? [line.slice(word.length)] : []))
  const seen = readJson(SEEN, first)
  if (!seen) {
    // Docker knows of the end of a container a little later than of that of a program in it.
    const code = await service.ended(asked.code === 0 ? 0 : 3000)
    if (code === undefined) return { kind: 'unseen', why: unseen(asked) }
    const lines = await service.lastLines(LINES)
    return { kind: 'ended', code, lastLine: code === 0 ? '' : telling(lines), usage: isUsage(lines) }
  }
  const { port, loopback, socket, only, status, busy } = seen
  const stopped = readJson(seconds, since.at(-1) ?? '')
  const waited = readJson(seconds, since.at(-2) ?? '') ?? GRACE
  if (port === undefined && socket === undefined) return { kind: 'silent', seconds: Math.round(seen.seconds), stopped, waited, busy }
  const lastLine = typeof status === 'number' && status >= 500 ? (faultIn(await service.lastLines(LINES)) ?? '') : ''
  return { kind: 'listening', port, wanted, loopback, socket, only, status, lastLine, stopped, waited, busy }
}

/** Why the observer told nothing of a container that is still there. */
function unseen({ timedOut, code, stderr }: ContainerEnd): string {
  if (timedOut) return 'the machine was too busy: nothing was answered in time'
  return code === 0
    ? 'its answer was cut short'
    : `the image has no Python that could look on (${telling(stderr.split('\n')) || `code ${code}`})`
}

/** Of its output. */
const LINES = 200
const USAGE = /^\s*usage:|^Type '.* help <subcommand>'/i

/** Whether a program printed how it is called, and little before, such as a warning. */
function isUsage(lines: readonly string[]): boolean {
  return lines.slice(0, 12).some((line) => USAGE.test(line))
}

/** Of what a program said the line that tells why it ended. */
function telling(lines: readonly string[]): string {
  const all = lines.slice(-2000).flatMap((line) => line.slice(0, 2000).trim() || [])
  const logged = all.findLast((line) => LOGGED.test(line.slice(0, 100)))?.replace(MOMENT, '')
  return v.parse(said(1000), withFields(all.findLast((line) => FAULT.test(line)) ?? logged ?? all.at(-1) ?? '', all))
}

/** A line of a log that tells of a fault; what to try instead may stand below it. */
const LOGGED = /(?:^|[\s[|(-])(?:CRITICAL|FATAL|ERROR)(?=$|[\s\]|):-])/
const MOMENT = /^\[?\d{4}-\d\d-\d\d[T ][\d:.,]+(?: ?(?:Z|[+-]\d\d:?\d\d))?\]?[\s|-]*/

const FAULT = /^[\w.]*(Error|Exception|ImproperlyConfigured|NotFound|DoesNotExist)\b.*:|: error:/

function faultIn(lines: readonly string[]): string | undefined {
  const all = lines.map((line) => line.slice(0, 2000).trim())
  const found = all.findLast((line) => FAULT.test(line))
  return found === undefined ? undefined : v.parse(said(1000), withFields(found, all))
}
