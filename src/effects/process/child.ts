import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { childOutput } from './child-output.ts'

export interface ChildOptions {
  readonly env?: NodeJS.ProcessEnv
  readonly input?: string
  readonly cwd?: string
  /** Called with each line of stdout and stderr as it comes. */
  readonly onLine?: (line: string) => void
  /** Milliseconds after which the child is stopped. */
  readonly limit?: number
  /** Stops the child as its limit would. */
  readonly signal?: AbortSignal
  /** Characters that are kept of the begin of each stream, where its answer may be long. */
  readonly kept?: number
  /** It cleans up, and may start after a cancellation too. */
  readonly afterwards?: boolean
}

export interface ChildResult {
  /** Exit code; 128 + signal number where a signal ended it, 127 where the program does not exist. */
  readonly code: number
  readonly stdout: string
  readonly stderr: string
  /** What it wrote was too much to keep: a line in the middle of `stdout` or `stderr` says how much is missing. */
  readonly cut?: true
  readonly timedOut: boolean
}

/** In the environment of every program that we start: the name of the run, by which one that is left behind is known. */
export const RUN_VARIABLE = 'PYPACKAGER_RUN'

let mark: NodeJS.ProcessEnv = {}

/** Gives all children from here on the name of the run. */
export function markChildren(run: string): void {
  mark = { [RUN_VARIABLE]: run }
}

/** The environment of a child, with the mark. */
export function marked(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...env, ...mark }
}

const running = new Set<number>()

/** Stops every child's process group: nothing of ours outlives a cancelled run. */
export function stopChildren(signal: NodeJS.Signals): void {
  for (const pid of running) kill(pid, signal)
}

let stopped = false

/** From here on no child starts: a cancelled run must not go on with its next step. */
export function refuseChildren(): void {
  stopped = true
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal)
  } catch {
    running.delete(pid) // the group has ended meanwhile
  }
}

/**
 * What a child may see of our environment: not the action's inputs (secrets among them), nor the
 * runner's tokens.
 */
export function childEnvironment(env: NodeJS.ProcessEnv, more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !/^(INPUT_|ACTIONS_(RUNTIME|ID_TOKEN|CACHE|RESULTS)|STATE_|GITHUB_TOKEN$)/.test(name))
  return { ...Object.fromEntries(kept), ...more }
}

/**
 * Runs a program without a shell, in a process group of its own, its output bounded in memory.
 * @see docs/decisions/0011-one-runner-for-child-processes.md, also for why this is not @actions/exec
 */
export function run(program: string, args: readonly string[], options: ChildOptions = {}): Promise<ChildResult> {
  if (stopped && !options.afterwards) return Promise.reject(new Error('cancelled'))
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: options.cwd,
      env: marked(options.env ?? childEnvironment(process.env)),
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    let fault = ''
    let timedOut = false
    if (child.pid) running.add(child.pid)
    const stop = () => {
      timedOut = true
      if (child.pid) kill(child.pid, 'SIGKILL')
      // A grandchild in a group of its own may still hold the pipes; it is not waited for.
      end(137)
    }
    const timer = options.limit ? setTimeout(stop, options.limit) : undefined
    options.signal?.addEventListener('abort', stop, { once: true })
    const out = childOutput(options.onLine, options.kept)
    const err = childOutput(options.onLine, options.kept)
    child.stdout.on('data', out.push)
    child.stderr.on('data', err.push)
    const end = (code: number) => {
      clearTimeout(timer)
      options.signal?.removeEventListener('abort', stop)
      if (child.pid) running.delete(child.pid)
      // A grandchild may write on, and nobody would take it.
      child.stdout.off('data', out.push).resume()
      child.stderr.off('data', err.push).resume()
      out.end()
      err.end()
      const cut = out.cut() || err.cut()
      resolve({ code, stdout: out.text(), stderr: err.text() + fault, ...(cut && { cut }), timedOut })
    }
    child.on('error', (error: NodeJS.ErrnoException) => {
      fault = error.message
      end(error.code === 'ENOENT' ? 127 : 126)
    })
    child.on('close', (code, signal) => end(code ?? 128 + (signal ? constants.signals[signal] : 0)))
    child.stdin.on('error', () => {}) // a child that does not read its input is no fault
    child.stdin.end(options.input ?? '')
  })
}

interface Taking {
  readonly env: NodeJS.ProcessEnv
  /** Milliseconds after which it is stopped. */
  readonly limit: number
  readonly take: (chunks: AsyncIterable<Buffer>) => Promise<void>
}

/**
 * Runs a program whose output is no text and may be long: it is taken as it comes, and the program waits
 * meanwhile. Stopped like every child.
 * @throws Error where the program fails or takes too long, with what it said last, and whatever `take` throws
 */
export async function runInto(program: string, args: readonly string[], { env, limit, take }: Taking): Promise<void> {
  if (stopped) throw new Error('cancelled')
  const child = spawn(program, args, { env: marked(env), detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  if (child.pid) running.add(child.pid)
  let stderr = ''
  const timer = setTimeout(() => {
    stderr += `\n${program} took longer than ${limit / 1000} s`
    if (child.pid) kill(child.pid, 'SIGKILL')
    child.stdout.destroy(new Error(`${program} took longer than ${limit / 1000} s`))
  }, limit)
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-2000)
  })
  const ended = new Promise<number>((resolve) => {
    child.on('error', (error) => {
      stderr += error.message
      resolve(127)
    })
    child.on('close', (code) => resolve(code ?? 128))
  }).finally(() => clearTimeout(timer))
  try {
    await take(child.stdout)
  } catch (error) {
    if (child.pid) kill(child.pid, 'SIGKILL')
    const code = await ended
    // An archive that breaks off is the program's failure, and it knows the reason.
    if (stderr.trim() && code !== 128) throw new Error(stderr.trim().split('\n').at(-1))
    throw error
  } finally {
    if (child.pid) running.delete(child.pid)
  }
  if ((await ended) !== 0) throw new Error(stderr.trim().split('\n').at(-1) || `${program} failed`)
}
