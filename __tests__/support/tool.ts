import { spawn } from 'node:child_process'
import path from 'node:path'
import { until } from './command.ts'
import { ROOT } from './runner-step.ts'

const NODE = path.join(ROOT, 'node_modules/.bin/node')
/** The bundle that `npx pypackager` starts. */
export const TOOL = path.join(ROOT, 'dist/cli/index.js')

/** What of this machine the tool may see: how to reach things, nothing about the tests, nothing of a workflow. */
const PASSED_ON =
  /^(PATH|HOME|LANG|TZ|TMPDIR|DOCKER_.*|PIP_.*|UV_.*|SSL_CERT_.*|NODE_EXTRA_CA_CERTS|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE|(https?|no|all)_proxy)$/i

export interface ToolOptions {
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
  readonly input?: string
}

export interface ToolResult {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

export interface RunningTool {
  readonly pid: number
  /** stdout and stderr, as they came. */
  said(): string
  seen(text: string, seconds?: number): Promise<void>
  type(text: string): void
  kill(signal: NodeJS.Signals): void
  readonly result: Promise<ToolResult>
}

/** `pypackager ARGS…`, as somebody types it in a shell of a laptop. */
export function tool(args: readonly string[], options: ToolOptions): Promise<ToolResult> {
  const running = started(NODE, [TOOL, ...args], options)
  running.end(options.input ?? '')
  return running.result
}

/** The same, for tests that do something while it is at work. */
export function startTool(args: readonly string[], options: ToolOptions): RunningTool {
  return started(NODE, [TOOL, ...args], options)
}

/** The same in a pseudo-terminal, as util-linux's `script` makes one. */
export function inTerminal(args: readonly string[], options: ToolOptions): RunningTool {
  const line = [NODE, TOOL, ...args].map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ')
  return started('script', ['--quiet', '--return', '--flush', '--command', `exec ${line}`, '/dev/null'], options)
}

export function toolEnvironment(more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const passed = Object.fromEntries(Object.entries(process.env).filter(([name]) => PASSED_ON.test(name)))
  return { ...passed, TERM: 'xterm', PYPACKAGER_PARENT_IMAGE: process.env.PARENT_IMAGE ?? 'pypackager/debian-python:bookworm', ...more }
}

const living = new Set<{ kill(signal: NodeJS.Signals): void; readonly result: Promise<ToolResult> }>()

/** Ends what failed tests may have left at work. */
export async function endTools(): Promise<void> {
  for (const running of living) {
    running.kill('SIGTERM')
    await running.result
  }
}

function started(program: string, args: readonly string[], { cwd, env }: ToolOptions): RunningTool & { end(input: string): void } {
  const child = spawn(program, args, { cwd, env: toolEnvironment(env), stdio: 'pipe' })
  let [stdout, stderr, said] = ['', '', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
    said += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
    said += text
  })
  child.stdin.on('error', () => {}) // it need not read
  const result = new Promise<ToolResult>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code: code ?? 128, stdout, stderr }))
  })
  const running = {
    pid: child.pid ?? 0,
    said: () => said,
    seen: (text: string, seconds = 60) => until(`"${text}" in ${said}`, seconds, () => said.includes(text)),
    type: (text: string) => void child.stdin.write(text),
    kill: (signal: NodeJS.Signals) => void child.kill(signal),
    end: (input: string) => void child.stdin.end(input),
    result,
  }
  living.add(running)
  void result.catch(() => {}).finally(() => living.delete(running))
  return running
}
