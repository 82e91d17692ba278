import type { Message } from '../../text/stage-message.ts'
import { stageWords } from '../../text/stage-words.ts'
import { causeIn, shorten } from '../../text/words.ts'
import { inWords, leftOf } from '../../time-limits.ts'
import { BuildError, type BuildReport, type BuildRequest } from '../docker-port.ts'
import { refuseFullDisk } from '../files/full-disk.ts'
import type { Log } from '../ports.ts'
import type { ChildOptions, ChildResult } from '../process/child.ts'
import { type BuildEvent, hearing, messageIn, progressReader, sentIn } from './progress.ts'

/** What is kept of a stage's output, and of its longest line in characters. */
const KEPT_LINES = 400
const KEPT_LINE = 1000
/** Messages of one build that are told: any code can print them. */
const TOLD_MESSAGES = 200

/** What takes long to send, and is seldom meant. */
const LARGE = /^[\d.]+[GT]B$/
const ADVICE = 'a .dockerignore leaves out those that the image does not need'

type Listening = Pick<BuildRequest, 'target' | 'output' | 'hears' | 'onStage' | 'onMessage'>

interface BuildWatch {
  /** Milliseconds. */
  readonly limit: number
  /** Milliseconds between the lines of a stage that is still at work. */
  readonly heartbeat: number
  readonly log: Log
}

/**
 * Runs one `docker build` and tells what its stages do.
 * @param build starts it; its lines go to the options' `onLine`
 * @throws BuildError
 */
export async function runBuild(
  build: (options: ChildOptions) => Promise<ChildResult>,
  request: Listening,
  { limit, heartbeat, log }: BuildWatch,
): Promise<BuildReport> {
  const started = performance.now()
  const follower = follow(request, log)
  const left = () => inWords(leftOf(limit / 1000, started))
  const beat = setInterval(() => log.foreign([follower.atWork(started, left())]), heartbeat)
  beat.unref()
  const result = await build({ limit, onLine: follower.onLine }).finally(() => clearInterval(beat))
  if (result.timedOut) {
    const stage = follower.active() ?? request.target
    const cause = `took longer than ${inWords(limit / 1000)} and was stopped`
    throw new BuildError(cause, { stage, step: '', output: follower.output(stage), messages: follower.messages, timedOut: true })
  }
  if (result.code !== 0) {
    if (request.output !== undefined) await refuseFullDisk(request.output) // the client says "EOF" of it, or "context canceled"
    const at = follower.failed() ?? { stage: request.target, step: '' }
    const { rest } = follower
    throw new BuildError(buildFailure(result.code, rest), {
      ...at,
      output: follower.output(at.stage),
      messages: follower.messages,
      client: rest.slice(-20),
    })
  }
  return { seconds: (performance.now() - started) / 1000 }
}

/** Reads the lines of a build as they come, and remembers what an error of it would show. */
function follow({ target, hears, onStage, onMessage }: Listening, log: Log) {
  const read = progressReader()
  const heard = hearing(hears ?? {})
  const output = new Map<string, string[]>()
  const messages: Message[] = []
  const active = new Map<string, { readonly since: number; readonly text: string }>()
  /** The client's own lines. */
  const rest: string[] = []
  let told = 0
  /** Of the context, while it is sent. */
  let sent = ''
  let failed: { readonly stage: string; readonly step: string } | undefined

  function tell(stage: string, text: string): void {
    const message = messageIn(stage, text)
    const since = active.get(stage)?.since ?? performance.now()
    // What is addressed to the user has a line of its own.
    active.set(stage, { since, text: message ? '' : text.slice(0, KEPT_LINE) })
    if (!message) log.progress?.(`${stageWords(stage)}: ${text}`)
    if (message && ++told === TOLD_MESSAGES) log.info('  … more messages not shown')
    if (message && told < TOLD_MESSAGES) {
      if (message.level === 'error') messages.push(message)
      else onMessage?.(message)
    }
    const kept = output.get(stage) ?? []
    keep(kept, text)
    output.set(stage, kept)
  }

  function took(event: BuildEvent & { readonly kind: 'done' | 'cached' }): void {
    active.delete(event.stage)
    if (!event.step.startsWith('RUN')) return
    onStage?.(event.stage, event.kind === 'cached')
    if (event.kind === 'done' && event.seconds >= 1) log.info(`  ${stageWords(event.stage)}: ${event.seconds.toFixed(1)} s`)
  }

  return {
    rest,
    messages,
    output: (stage: string): readonly string[] => output.get(stage) ?? [],
    failed: () => failed,
    active: () => [...active.keys()].at(-1),
    atWork(started: number, left: string): string {
      const [stage, at] = [...active].at(-1) ?? [target || 'docker build', { since: started, text: sent }]
      const since = performance.now() - at.since < 1000 ? '' : `${secondsSince(at.since)}, `
      return `  … ${stageWords(stage)}: still at work (${since}time limit in ${left})${at.text ? `: ${at.text.slice(0, 100)}` : ''}`
    },
    onLine(line: string): void {
      log.debug(line)
      const sending = sentIn(line)
      if (sending) sent = sending.all ? '' : `${sending.size} of files are sent`
      if (sending?.all && LARGE.test(sending.size)) log.info(`  ${sending.size} of files were sent to this build: ${ADVICE}`)
      const event = read(line)
      if (!event && line.trim() && !/^#\d+ /.test(line)) keep(rest, line)
      if (event?.kind === 'failed') failed ??= event
      if (event?.kind === 'started') {
        active.set(event.stage, { since: performance.now(), text: '' })
        log.progress?.(`${stageWords(event.stage)}: ${event.step}`)
      }
      if (event?.kind === 'done' || event?.kind === 'cached') took(event)
      if (event?.kind === 'text' && !heard(event.stage, event.text)) tell(event.stage, event.text)
    },
  }
}

/** How long something takes by now. */
export function secondsSince(start: number): string {
  return `${Math.round((performance.now() - start) / 1000)} s`
}

/** The last lines, each of a length that can be shown. */
function keep(lines: string[], line: string): void {
  lines.push(shorten(line, KEPT_LINE))
  if (lines.length > KEPT_LINES) lines.shift()
}

/** Docker's own last word, without what it says before each. Around it, newer clients show the Dockerfile between dashes. */
function buildFailure(code: number, rest: readonly string[]): string {
  if (code === 137) return 'docker build was killed (137), most likely for memory'
  const last =
    rest.findLast((line) => /^error: /i.test(line)) ??
    rest.findLast((line) => /error|failed|cannot|denied/i.test(line)) ??
    rest.at(-1) ??
    `docker build ended with code ${code}`
  return causeIn(last)
}
