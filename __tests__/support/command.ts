import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { BUSY } from './patience.ts'

export interface CommandResult {
  readonly code: number
  readonly stdout: Buffer
  readonly stderr: string
}

export interface CommandOptions {
  readonly env?: NodeJS.ProcessEnv
  readonly cwd?: string
  readonly input?: string
}

/** Runs a program without a shell and gives what it said; a death by signal is code 128. */
export function command(program: string, args: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: options.cwd, env: options.env ?? process.env, stdio: 'pipe' })
    const out: Buffer[] = []
    let stderr = ''
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      stderr += chunk
    })
    child.on('error', reject)
    child.on('close', (code) => resolve({ code: code ?? 128, stdout: Buffer.concat(out), stderr }))
    child.stdin.on('error', () => {}) // it need not read
    child.stdin.end(options.input ?? '')
  })
}

/** The trimmed output of a program. @throws Error with its stderr where it does not end with 0 */
export async function must(program: string, args: readonly string[], options: CommandOptions = {}): Promise<string> {
  const result = await command(program, args, options)
  if (result.code !== 0) throw new Error(`${program} ${args.join(' ')}: code ${result.code}: ${result.stderr.trim()}`)
  return result.stdout.toString().trim()
}

/** The command line of a program as root: itself, or by sudo without a password. */
export function asRoot(program: string, ...args: string[]): readonly [string, readonly string[]] {
  return process.getuid?.() === 0 ? [program, args] : ['sudo', ['-n', program, ...args]]
}

/**
 * A port that nothing listens on, and that nobody is given by chance before the test uses it: Linux hands out 32768 and
 * above (ip_local_port_range), to connections and to Docker's published ports too.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_768)
    if (await listens(port)) return port
  }
}

/** Whether a server could listen there on all addresses, as Docker does. */
function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer().on('error', () => resolve(false))
    server.listen(port, '0.0.0.0', () => server.close(() => resolve(true)))
  })
}

/** Asks again until the answer is true. @param seconds on a quiet machine @throws Error naming what was waited for */
export async function until(what: string, seconds: number, ask: () => Promise<boolean> | boolean): Promise<void> {
  const end = performance.now() + seconds * BUSY * 1000
  while (!(await ask())) {
    if (performance.now() > end) throw new Error(`${what}: not within ${seconds * BUSY} s`)
    await sleep(50)
  }
}

/** True while a process of that id is there; of another user's too. */
export function alive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
