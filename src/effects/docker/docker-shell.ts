import { inWords, leftOf, limitOf } from '../../time-limits.ts'
import type { Engine } from '../docker-port.ts'
import type { Log } from '../ports.ts'
import { type ChildOptions, type ChildResult, childEnvironment, run, runInto } from '../process/child.ts'
import { secondsSince } from './build-run.ts'
import { dockerConfigFolder, readDockerConfig } from './docker-config.ts'

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

/** The run that asks. */
export interface DockerRun {
  /** Its temporary folder; holds the private login. */
  readonly temp: string
  /** The value of the label that its containers carry. */
  readonly runId: string
  readonly log: Log
}

/** Calls of docker's command line, and what one run knows of it. */
export class DockerShell implements DockerRun {
  readonly temp: string
  readonly runId: string
  readonly log: Log
  readonly platform: string
  readonly heartbeat: number
  /** Seconds. */
  readonly limits: { readonly build: number; readonly transfer: number; readonly run: number }
  /** Since the daemon was asked. */
  engine: Engine | undefined
  /** The folder of the private login. */
  config: string | undefined
  private waited = 0
  private waiting = 0
  private since = 0

  constructor({ temp, runId, log }: DockerRun, { platform = '', timeout = '', heartbeat = HEARTBEAT_MS }: DockerSettings) {
    this.temp = temp
    this.runId = runId
    this.log = log
    this.platform = platform
    this.heartbeat = heartbeat
    this.limits = { build: limitOf('build', timeout), transfer: limitOf('transfer', timeout), run: limitOf('run', timeout) }
  }

  /** Seconds in which at least one call was waited for. */
  get seconds(): number {
    return this.waited
  }

  get onPlatform(): readonly string[] {
    return this.platform ? [`--platform=${this.platform}`] : []
  }

  readonly docker = (args: readonly string[], options: ChildOptions = {}): Promise<ChildResult> =>
    this.waitingFor(() => run('docker', args, { env: clientEnvironment(), limit: ANSWER_MS, ...options }))

  readonly streamed = (args: readonly string[], read: (chunks: AsyncIterable<Buffer>) => Promise<void>): Promise<void> =>
    this.waitingFor(() => runInto('docker', args, { env: childEnvironment(process.env), take: read, limit: this.limits.transfer * 1000 }))

  /** Only login, pull and push see the private configuration; builds keep the user's. */
  async withLogin(): Promise<Pick<ChildOptions, 'env'>> {
    // Older clients know nothing of DOCKER_AUTH_CONFIG, newer ones prefer it to a login; and a file with a mark is read by none.
    if (!this.config && (process.env.DOCKER_AUTH_CONFIG || (await readDockerConfig()).damage === 'healed')) {
      this.config = await dockerConfigFolder(this.temp, undefined)
    }
    if (!this.config) return {}
    return { env: childEnvironment(process.env, { DOCKER_CONFIG: this.config, DOCKER_AUTH_CONFIG: undefined }) }
  }

  /** A line now and then for work that says nothing by itself. */
  async withHeartbeat<T>(what: string, work: () => Promise<T>): Promise<T> {
    const started = performance.now()
    const left = () => inWords(leftOf(this.limits.transfer, started))
    const beat = setInterval(() => this.log.info(`  … ${what} (${secondsSince(started)}, time limit in ${left()})`), this.heartbeat)
    try {
      return await work()
    } finally {
      clearInterval(beat)
    }
  }

  private async waitingFor<T>(work: () => Promise<T>): Promise<T> {
    if (this.waiting++ === 0) this.since = performance.now()
    try {
      return await work()
    } finally {
      if (--this.waiting === 0) this.waited += (performance.now() - this.since) / 1000
    }
  }
}

/** What docker's client sees of our environment. */
export function clientEnvironment(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  return childEnvironment(process.env, { DOCKER_BUILDKIT: '1', DOCKER_CLI_HINTS: 'false', ...more })
}
