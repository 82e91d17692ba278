import path from 'node:path'
import { BuildError, type Hears, type Secret } from '../../effects/docker-port.ts'
import { UserError } from '../../errors.ts'
import { isOurs, ownError, withHint } from '../../plan/dockerfile/stage-messages.ts'
import { type BuildHint, buildHint } from '../../plan/wheels/build-hints.ts'
import { type Indexes, indexLines, indexPrint, pinLines } from '../../plan/wheels/index-settings.ts'
import { resolutionFault } from '../../plan/wheels/resolution-fault.ts'
import type { Message } from '../../text/stage-message.ts'
import { stageWords } from '../../text/stage-words.ts'
import { LONGER } from '../../time-limits.ts'
import type { World } from '../world.ts'

/** How builds reach the outside, from the user's settings. */
export interface BuildSettings extends Indexes {
  /** The CA bundle's file, '' for none. */
  readonly ca: string
  /** Network mode of the steps that need one; '' is the daemon's. */
  readonly network: string
  /** The own Dockerfile or ready image that is the builder; '' where it is ours, which `build-packages` adds to. */
  readonly builder: string
  /** Nothing that was built before is used. */
  readonly anew?: boolean
}

export interface TargetRequest {
  readonly dockerfile: string
  readonly target: string
  readonly tags?: readonly string[]
  /** The image is for this daemon alone. */
  readonly localOnly?: boolean
  /** Of the world's paths; that of the project where none is named. */
  readonly context?: 'leanContext' | 'wheelsContext'
  /** A folder that receives the target's files. */
  readonly output?: string
  /** Images that `BASE`, `BUILDER`, `WORKSHOP`, `TOOLS` and `RELEASE` stand for. */
  readonly base?: string
  readonly builder?: string
  readonly workshop?: string
  readonly tools?: string
  readonly release?: string
  /** The time that the image is said to be made at, in seconds since 1970. */
  readonly epoch?: number
  /** Offline steps get no network at all, not only no index. */
  readonly offline?: boolean
  /** Beside those that reaching an index takes. */
  readonly secrets?: readonly Secret[]
  /** Variables that the trial gets as a secret: they are in no layer and no history. */
  readonly trialEnv?: Readonly<Record<string, string>>
  /** What its steps say to the user was said before. */
  readonly silent?: boolean
  readonly hears?: Hears | undefined
  readonly onStage?: ((stage: string, before: boolean) => void) | undefined
  /** Hears what its steps say to the user, which is shown without that too. */
  readonly onMessage?: ((message: Message) => void) | undefined
}

/** Builds one target of the Dockerfile, and turns a failure into an error that names what to mend. */
export async function buildTarget(world: World, settings: BuildSettings, request: TargetRequest): Promise<number> {
  const secrets = [
    ...(request.offline ? [] : await layOutSecrets(world, settings)),
    ...(await layOutEnv(world, request.trialEnv)),
    ...(request.secrets ?? []),
  ]
  try {
    const report = await world.docker.build({
      dockerfile: request.dockerfile,
      context: world.paths[request.context ?? 'context'],
      target: request.target,
      tags: request.tags ?? [],
      ...(request.localOnly ? { localOnly: true } : {}),
      ...(request.output === undefined ? {} : { output: request.output }),
      args: {
        ...(request.base ? { BASE: request.base } : {}),
        ...(request.builder ? { BUILDER: request.builder } : {}),
        ...(request.workshop ? { WORKSHOP: request.workshop } : {}),
        ...(request.tools ? { TOOLS: request.tools } : {}),
        ...(request.release ? { RELEASE: request.release } : {}),
      },
      ...(request.epoch === undefined ? {} : { epoch: request.epoch }),
      secrets,
      anew: settings.anew === true,
      network: request.offline ? 'none' : settings.network || undefined,
      hears: request.hears,
      onStage: request.onStage,
      onMessage: request.silent
        ? undefined
        : (message) => {
            request.onMessage?.(message)
            tell(world, message)
          },
    })
    // What a stage leaves may be links to files of this machine; they are not results.
    if (request.output !== undefined) await world.files.removeIrregular(request.output)
    return report.seconds
  } catch (error) {
    if (!(error instanceof BuildError)) throw error
    throw explain(error, settings)
  }
}

/** What the stages that talk to an index mount, as files of this run's temporary folder. */
async function layOutSecrets(world: World, settings: BuildSettings): Promise<readonly Secret[]> {
  const texts = {
    index: indexPrint(settings) && indexLines(settings),
    pins: pinLines(settings),
    netrc: settings.netrc && `${settings.netrc}\n`,
  }
  const secrets: Secret[] = settings.ca ? [{ id: 'ca', file: settings.ca }] : []
  for (const [id, text] of Object.entries(texts).filter(([, content]) => content !== '')) {
    const file = path.join(world.paths.temp, id)
    await world.files.write(file, text)
    secrets.push({ id, file })
  }
  return secrets
}

/** Whether a wheel's own build failed, and not Docker or the resolution. */
export function isBuildFault(error: unknown): error is UserError {
  return error instanceof UserError && error.kind === 'not-built'
}

/** A build on base, one in the builder, one with what the backend asked for: no wheel needs more. */
export const ATTEMPTS = 3

/** For a build backend that is given what it asked for and asks on. */
export function asksOn(name: string, requires: readonly string[]): UserError {
  return new UserError(
    'wheels',
    `the build backend of ${name} asks for ${requires.join(', ')} again and again`,
    'Add it to [build-system] requires.',
  )
}

/** Only what our scripts say becomes an annotation. */
export function tell({ log }: World, message: Message): void {
  const { stage, level, text } = message
  if (level === 'note') log.foreign([`  ${text}`])
  else if (!isOurs(message)) log.foreign([`  ${stageWords(stage)} says: ${level}: ${text}`])
  else if (level === 'notice') log.notice(withHint(text))
  else log.warning(text)
}

async function layOutEnv(world: World, env: TargetRequest['trialEnv']): Promise<readonly Secret[]> {
  if (!env) return []
  const file = path.join(world.paths.temp, 'env')
  await world.files.write(file, JSON.stringify(env))
  return [{ id: 'env', file }]
}

export const SHOWN_LINES = 40

/** What docker's client, BuildKit, gcc, its linker, clang, cargo and allocators say of the kernel's killing. */
const KILLED =
  /killed \(137\)|exit code: 137\b|Killed signal terminated program|internal compiler error: Killed|terminated with signal 9\b|unable to execute command: Killed|signal: 9\b|virtual memory exhausted|Cannot allocate memory/i

/** A compiler's line as it is; BuildKit's repeats the whole instruction. */
function killedBy(line: string): string {
  return /exit code: 137/.test(line) ? 'exit code 137' : line.trim().slice(-120)
}

/** Faults of the machine and of the daemon, whatever is built. */
export function commonFault(error: BuildError, step: string): UserError | undefined {
  const details = error.shown.slice(-SHOWN_LINES)
  const text = error.shown.join('\n')
  if (error.timedOut) return new UserError(step, `${stageWords(error.stage) || 'the build'} ${error.message}`, { next: LONGER, details })
  if (/no space left on device/i.test(text + error.message)) {
    return new UserError(step, "the Docker daemon's disk is full", {
      next: 'Make room there (docker system df shows what takes it).',
      details,
    })
  }
  if (
    /closed network connection|error reading from server|transport is closing|connection reset|EOF$|Cannot connect to the Docker daemon/i.test(
      error.message,
    )
  ) {
    return new UserError(step, `Docker went away: ${stageWords(error.stage)}`, {
      next: 'Check the daemon, then run again.',
      details,
      kind: 'passing',
    })
  }
  if (/exec format error/i.test(text + error.message)) {
    return new UserError(
      step,
      `this machine cannot run programs for the platform asked for (exec format error: ${stageWords(error.stage)})`,
      { next: 'Set up emulation before this step (docker/setup-qemu-action), or use a runner of that architecture.', details },
    )
  }
  const killed = [...error.shown, error.message].find((line) => KILLED.test(line))
  if (killed) {
    const cause = /^docker build was/.test(killed)
      ? killed
      : `a program was killed (${stageWords(error.stage)}), most likely for want of memory (${killedBy(killed)})`
    return new UserError(step, cause, { next: 'Use a runner with more memory.', details })
  }
  return undefined
}

function explain(error: BuildError, settings: BuildSettings): UserError {
  const common = commonFault(error, stepOf(error.stage))
  if (common) return common
  const details = error.shown.slice(-SHOWN_LINES)
  const own = ownError(error.messages.filter(({ stage }) => stage === error.stage))
  if (error.stage === 'lock' || error.stage === 'build-lock' || error.stage === 'uv') {
    const { cause, next, kind, reason } = resolutionFault(error.output, error.message)
    return new UserError('wheels', cause, { next, details, kind, reason })
  }
  if (own) return new UserError(stepOf(error.stage), own.text, { next: own.next, details })
  if (
    stepOf(error.stage) === 'base' &&
    /\/bin\/sh\b.*no such file|unable to find (user|groups)\b/i.test([...error.shown, error.message].join('\n'))
  ) {
    return new UserError('base', 'the parent image lacks a shell, or its files of users', {
      next: 'Set parent-image to a Debian or Ubuntu image.',
      details,
    })
  }
  const hint: BuildHint = error.output.length > 0 ? buildHint(error.output) : { line: error.message, packages: [] }
  const name = /^wheel-(.+)$/.exec(error.stage)?.[1]
  const packages = hint.packages.join(' ')
  const mending = settings.builder ? `Install in ${settings.builder}: ${packages}` : `Set build-packages: ${packages}`
  const next = packages ? mending : (hint.next ?? 'The lines above show what it said.')
  if (name) return new UserError('wheels', `${name} did not build: ${hint.line}`, { next, details, kind: 'not-built', reason: hint.line })
  if (error.stage === 'app-wheel') {
    const line = hint.next ? hint.line : (lastWord(error.output) ?? hint.line)
    return new UserError('wheels', `the project's own wheel did not build: ${line}`, { next, details, kind: 'not-built', reason: line })
  }
  return new UserError(stepOf(error.stage), `${stageWords(error.stage)} failed: ${hint.line}`, { next, details })
}

/** The backend's own last line, e.g. `ModuleNotFoundError: No module named 'x'`. */
function lastWord(output: readonly string[]): string | undefined {
  return output.findLast((line) => /^\s*[\w.]*(Error|Exception)\b.*:/.test(line))?.trim()
}

function stepOf(stage: string): string {
  if (stage === 'base-tree') return 'base'
  if (stage === 'base' || stage === 'builder') return stage
  if (/^(test|dev)/.test(stage)) return 'test'
  return /^(dependencies|ahead|application|trial|release|system)$/.test(stage) ? 'release' : 'wheels'
}
