import * as v from 'valibot'
import type { ContainerEnd, ImageInfo, Service } from '../../effects/docker-port.ts'
import { readJson, said, seconds, size } from '../../grammar.ts'
import { servingIn } from '../../judge/causes/help-text.ts'
import { type AskedAs, askedAs, isRefusal } from '../../judge/checks/allowed-hosts.ts'
import { cameFurther, mayLackKey } from '../../judge/checks/lent-keys.ts'
import type { SiteLine } from '../../judge/checks/site-checks.ts'
import { GRACE, isFault, type Started } from '../../judge/checks/start-checks.ts'
import { type Data, dataAmong, mayBeDatabases } from '../../judge/written-data.ts'
import { stageScript } from '../build/stage-scripts.ts'
import type { World } from '../world.ts'
import { faultIn, isUsage, soughtIn, telling } from './last-words.ts'
import { BUSIEST, ISOLATED, runWord } from './own-script.ts'
import type { ProofRequest } from './proof-request.ts'

/** Seconds that an application may take to listen. */
const START_LIMIT = 8
const START_CONTAINER_MS = 30_000 * BUSIEST
/** Lines of its output that are looked at. */
const LINES = 200

/** How the start went, and how it did without the keys that were lent, where it came further with them. */
export interface Starts {
  readonly started: Started | undefined
  readonly without?: Started | undefined
  /** As whom it was asked in the end, where not as localhost. */
  readonly as?: AskedAs | undefined
}

/**
 * Starts an image as somebody does who knows nothing of it; where that fails, with the keys that are lent; where it refuses
 * localhost, as a host that it lets in.
 * @param site what it says of itself, which is asked for at the same time
 */
export async function startIt(world: World, request: ProofRequest, site: Promise<readonly SiteLine[] | null>): Promise<Starts> {
  const first = await startWithKeys(world, request)
  if (!isRefusal(first.started)) return first
  const as = askedAs(await site)
  if (!as) return first
  const env = { ...(first.without ? request.env : unlent(request)), ...as.env }
  const started = await startOnce(world, { ...request, env }, as.host)
  return started?.kind === 'listening' && !isRefusal(started) ? { ...first, started, as } : first
}

/** What a container is given beside keys that are lent. */
function unlent({ lent, env }: ProofRequest): ProofRequest['env'] {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !lent.names.includes(name)))
}

async function startWithKeys(world: World, request: ProofRequest): Promise<Starts> {
  const { lent } = request
  const bare = await startOnce(world, { ...request, env: unlent(request) })
  if (lent.names.length === 0 || !mayLackKey(bare)) return { started: bare }
  const started = await startOnce(world, request)
  return cameFurther(bare, started, lent) ? { started, without: bare } : { started }
}

/**
 * Starts the image as it will be started: its own program is PID 1.
 * @param host that it is asked as
 * @returns undefined where there is nothing to start
 */
async function startOnce(world: World, { image, env, python }: ProofRequest, host = 'localhost'): Promise<Started | undefined> {
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
    const started = await watch(service, script, { python, wanted: wantedPort(image, env), named: namesPort(image), host })
    return started.kind === 'listening' || started.kind === 'silent' ? { ...started, data: await dataIn(service) } : started
  } catch (error) {
    return { kind: 'unseen', why: (error as Error).message } // the daemon may be too busy to answer
  } finally {
    await service.remove().catch(() => {}) // what is left of a run is swept at its end
  }
}

/** What every file of SQLite begins with. @see https://www.sqlite.org/fileformat.html#magic_header_string */
const SQLITE = 'SQLite format 3\0'
/** Where nothing was written to it yet, a database is told by its name. */
const EMPTY = /\.(?:sqlite3?|db3?)$/i

/** The data that a container wrote in itself. */
async function dataIn(service: Service): Promise<readonly Data[]> {
  const written = await service.written()
  const databases: string[] = []
  for (const file of mayBeDatabases(written)) {
    const head = await service.head(file, SQLITE.length).catch(() => undefined) // a socket cannot be copied
    if (head?.toString('latin1') === SQLITE || (head?.length === 0 && EMPTY.test(file))) databases.push(file)
  }
  return dataAmong(written, databases)
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

const STATUS = v.nullable(v.union([v.pipe(size, v.maxValue(999)), v.literal('other')]))

/** What the observer sees first: a port or a socket, whether others reach it, and its answer. */
const SEEN = v.object({
  port: v.optional(v.pipe(size, v.maxValue(65_535))),
  loopback: v.optional(said(45)),
  socket: v.optional(said(200)),
  only: v.optional(v.literal('IPv6')),
  status: v.optional(STATUS, null),
  to: v.optional(v.object({ path: said(200), secure: v.boolean(), status: STATUS })),
  seconds: v.optional(seconds, START_LIMIT),
})

interface Watched {
  readonly python: string
  /** The port that it is told, where it is told one. */
  readonly wanted: number | undefined
  /** Its line names that. */
  readonly named: boolean
  readonly host: string
}

async function watch(service: Service, script: string, { python, wanted, named, host }: Watched): Promise<Started> {
  const word = runWord()
  const command = [python, ...ISOLATED, '-', String(wanted ?? 8000), String(START_LIMIT), String(GRACE), host, ...(named ? ['named'] : [])]
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
    return {
      kind: 'ended',
      code,
      lastLine: code === 0 ? (faultIn(lines) ?? '') : telling(lines),
      usage: isUsage(lines),
      serving: servingIn(lines),
      sought: soughtIn(lines),
    }
  }
  const { port, loopback, socket, only, status, to } = seen
  const stopped = readJson(seconds, since.at(-1) ?? '')
  const waited = readJson(seconds, since.at(-2) ?? '') ?? GRACE
  if (port === undefined && socket === undefined) {
    const lastLine = faultIn(await service.lastLines(LINES)) ?? ''
    return { kind: 'silent', seconds: Math.round(seen.seconds), lastLine, stopped, waited }
  }
  const lastLine = status === null || isFault(status) || isFault(to?.status) ? (faultIn(await service.lastLines(LINES)) ?? '') : ''
  return { kind: 'listening', port, wanted, loopback, socket, only, status, to, lastLine, stopped, waited }
}

/** Why the observer told nothing of a container that is still there. */
function unseen({ timedOut, code, stderr }: ContainerEnd): string {
  if (timedOut) return 'the machine was too busy: nothing was answered in time'
  return code === 0
    ? 'its answer was cut short'
    : `the image has no Python that could look on (${telling(stderr.split('\n')) || `code ${code}`})`
}
