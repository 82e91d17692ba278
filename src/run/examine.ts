import type { ImageInfo, Service } from '../effects/docker-port.ts'
import { type Check, inOrder, undone } from '../plan/checks.ts'
import { type Application, type ContainerReport, containerChecks, type System } from '../plan/container-checks.ts'
import { layerChecks, platformCheck, userCheck, type Wanted } from '../plan/image-checks.ts'
import { type ImageContents, readContents } from '../plan/image-contents.ts'
import type { KnownSecret } from '../plan/secrets.ts'
import { GRACE, PORT, type Started, startChecks } from '../plan/start-checks.ts'
import { allDone } from './all-done.ts'
import type { BuildSettings, TargetRequest } from './build.ts'
import { stageScript } from './images.ts'
import { readImage } from './look.ts'
import type { World } from './world.ts'

/** An image, and what it should be. */
export interface ProofRequest {
  readonly image: ImageInfo
  readonly wanted: Omit<Wanted, 'secrets'>
  readonly application: Application & {
    /** The folder of the source where the project has no package, else ''. */
    readonly source: string
    /** What the start command imports. */
    readonly modules: readonly string[]
    /** Of Django, '' for those that the image's environment names. */
    readonly settings: string
  }
  /** The parent of an image that our own Dockerfile made on it by copies; undefined for one that may hold anything. */
  readonly parent: string | undefined
  /** Layers that were read before for the same secrets, and hold nothing of what is looked for. */
  readonly clean: readonly string[]
  /** The build that made the image, where this run did: it can make the layers of a change by themselves. */
  readonly changes: { readonly settings: BuildSettings; readonly build: TargetRequest } | undefined
  /** For the containers, beside what the image brings. */
  readonly env: Readonly<Record<string, string>>
  readonly secrets: readonly KnownSecret[]
  /** sha256 of the wheelhouse's wheels. */
  readonly wheels: readonly string[]
  /** What the files of the project's package in the image tell of those of the source. */
  readonly content: (files: readonly string[]) => Check | undefined
  /** Whether it is asked for what an SBOM takes, too. */
  readonly describe: boolean
}

export interface Examined {
  readonly checks: readonly Check[]
  /** Layers that need not be read again, as `Look` has them. */
  readonly clean: readonly string[]
  /** Undefined where that was not asked for, or not answered. */
  readonly contents: ImageContents | undefined
}

/** Seconds that the application may take to be imported, and to listen. */
const IMPORT_LIMIT = 20
const START_LIMIT = 8
/** How much longer all may take on a busy machine, as the observer measures it. */
const BUSIEST = 4
const CONTAINER_LIMIT_MS = 90_000

/**
 * Checks a built image itself: its files are read, one container tells of what is inside, one is started as
 * in production; side by side, without a network, and with nothing of this machine mounted.
 */
export async function examine(world: World, request: ProofRequest): Promise<Examined> {
  const { image, wanted, application } = request
  const { system, report: asking } = askInside(world, request)
  const [look, report, started] = await allDone([readImage(world, request, system), asking, startOnce(world, request)])
  const inside = typeof report === 'string' ? undefined : report
  const all = { ...wanted, secrets: request.secrets.length }
  const content = inside?.own && request.content(inside.own.files)
  const checks = inOrder([
    platformCheck(image, all),
    userCheck(image, all, inside),
    ...layerChecks(image, all, look.findings),
    ...containerChecks(application, report),
    ...(content ? [content] : []),
    ...(started === 'unknown'
      ? [undone('start', 'start command', 'the image has no Python that could look on')]
      : startChecks(started, [...image.config.entrypoint, ...image.config.command])),
  ])
  return { checks, clean: look.clean, contents: readContents(inside?.contents) }
}

interface Asking {
  /** Told early, for those who wait for it alone; null where it is not told. */
  readonly system: Promise<System | null>
  /** Or why not, where the container cannot be asked. */
  readonly report: Promise<ContainerReport | string>
}

function askInside(world: World, request: ProofRequest): Asking {
  const { promise: system, resolve: tell } = Promise.withResolvers<System | null>()
  const onLine = (line: string) => {
    if (line.startsWith('{"system"')) tell(systemIn(line))
  }
  const report = askContainer(world, request, onLine).finally(() => tell(null))
  return { system, report }
}

function systemIn(line: string): System | null {
  try {
    return (JSON.parse(line) as { system: System | null }).system
  } catch {
    return null
  }
}

async function askContainer(
  world: World,
  { image, application, env, describe }: ProofRequest,
  onLine: (line: string) => void,
): Promise<ContainerReport | string> {
  const [libraries, inspect, imports, django] = await Promise.all(
    ['libraries.py', 'inspect.py', 'imports.py', 'django_site.py'].map((name) => stageScript(world, 'check', name)),
  )
  const describing = describe ? await stageScript(world, 'sbom', 'describe.py') : ''
  const asked = JSON.stringify({ ...application, imports, django, describe: describing, limit: IMPORT_LIMIT })
  // A JSON text in a JSON text is a literal of Python too.
  const input = `${libraries}\n${inspect}\nmain(json.loads(${JSON.stringify(asked)}), libraries)\n`
  const result = await world.docker.run({
    image: image.id,
    entrypoint: 'python',
    command: ['-'],
    env: { ...env },
    network: 'none',
    input,
    limit: CONTAINER_LIMIT_MS,
    onLine,
  })
  if (result.timedOut) return `the container was stopped after ${CONTAINER_LIMIT_MS / 1000} s`
  try {
    return JSON.parse(result.stdout.trim().split('\n').at(-1) ?? '') as ContainerReport
  } catch {
    return telling(`${result.stdout}\n${result.stderr}`.split('\n')) || `the container ended with code ${result.code}`
  }
}

/** Starts the image as it will be started: its own program is PID 1. @returns undefined where there is nothing to start */
async function startOnce(world: World, { image, env }: ProofRequest): Promise<Started | 'unknown' | undefined> {
  const own = image.config.entrypoint.join(' ') === '/usr/local/bin/entrypoint' // it starts what it is given
  if (image.config.command.length === 0 && (own || image.config.entrypoint.length === 0)) return undefined
  let service: Service
  try {
    service = await world.docker.start({ image: image.id, command: [], env: { PORT: String(PORT), ...env }, network: 'none' })
  } catch (error) {
    return { kind: 'refused', why: (error as Error).message }
  }
  try {
    return await watch(service, await stageScript(world, 'check', 'started.py'), Number(env.PORT ?? PORT))
  } finally {
    await service.remove()
  }
}

async function watch(service: Service, input: string, port: number): Promise<Started | 'unknown'> {
  const command = ['python', '-', String(port), String(START_LIMIT), String(GRACE)]
  const asked = await service.exec(command, { input, limit: ((START_LIMIT + GRACE) * BUSIEST + 12) * 1000 })
  const [first = '', ...since] = asked.stdout.trim().split('\n')
  let seen: { port?: number; socket?: string; status?: number | 'other' | null; busy?: number }
  try {
    seen = JSON.parse(first)
  } catch {
    // Docker knows of the end of a container a little later than of that of a program in it.
    const code = await service.ended(asked.code === 0 ? 0 : 3000)
    if (code === undefined) return 'unknown'
    return { kind: 'ended', code, lastLine: code === 0 ? '' : telling(await service.lastLines(40)) }
  }
  const { port: found, socket, status = null, busy = 1 } = seen
  const seconds = Number.parseFloat(since.at(-1) ?? '')
  const stopped = Number.isNaN(seconds) ? undefined : seconds
  if (found === undefined && socket === undefined) return { kind: 'silent', seconds: Math.round(START_LIMIT * busy), stopped, busy }
  return { kind: 'listening', port: found, socket, status, stopped, busy }
}

/** Of what a program said the line that tells why it ended. */
function telling(lines: readonly string[]): string {
  const said = lines.map((line) => line.trim()).filter(Boolean)
  return said.findLast((line) => /^[\w.]*(Error|Exception|ImproperlyConfigured)\b.*:|: error:/.test(line)) ?? said.at(-1) ?? ''
}
