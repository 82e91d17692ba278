import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { parse } from 'yaml'

export const ROOT = path.join(import.meta.dirname, '../..')
const NODE = path.join(ROOT, 'node_modules/.bin/node')

/** What of this machine a step may see: how to reach things, nothing about the tests. */
const PASSED_ON =
  /^(PATH|HOME|LANG|TZ|TMPDIR|DOCKER_.*|PIP_.*|UV_.*|SSL_CERT_.*|NODE_EXTRA_CA_CERTS|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE|GIT_SSL_CAINFO|(https?|no|all)_proxy)$/i

/** The environment of a step of a push to main of acme/polls. */
export function runnerEnvironment(workspace: string): NodeJS.ProcessEnv {
  return {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => PASSED_ON.test(name))),
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTOR: 'packager',
    GITHUB_API_URL: 'https://api.github.com',
    GITHUB_EVENT_NAME: 'push',
    GITHUB_JOB: 'package',
    GITHUB_REF: 'refs/heads/main',
    GITHUB_REF_NAME: 'main',
    GITHUB_REF_TYPE: 'branch',
    GITHUB_REPOSITORY: 'acme/polls',
    GITHUB_REPOSITORY_OWNER: 'acme',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_RUN_ID: '1',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_WORKFLOW: 'Package',
    GITHUB_WORKSPACE: workspace,
    RUNNER_ARCH: 'X64',
    RUNNER_OS: 'Linux',
  }
}

/** INPUT_* as the runner sets them: action.yml's defaults (expressions count as empty), then what is given. */
export async function inputEnvironment(inputs: Readonly<Record<string, string>>): Promise<NodeJS.ProcessEnv> {
  const action = parse(await readFile(path.join(ROOT, 'action.yml'), 'utf8')) as { inputs: Record<string, { default?: unknown }> }
  const all: Record<string, string> = {}
  for (const [name, input] of Object.entries(action.inputs)) all[name] = String(input.default ?? '').replace(/\$\{\{.*?\}\}/g, '')
  Object.assign(all, { 'parent-image': process.env.PARENT_IMAGE ?? '' }, inputs)
  return Object.fromEntries(Object.entries(all).map(([name, value]) => [`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`, value]))
}

export interface Step {
  readonly pid: number
  /** Settles with 128 + 15 where a signal ended it. */
  readonly code: Promise<number>
  log(): string
  kill(signal: NodeJS.Signals): void
}

/** Runs a script with Node 24, as `runs.using: node24` does. */
export function launch(script: string, cwd: string, env: NodeJS.ProcessEnv): Step {
  const child = spawn(NODE, [script], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let log = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      log += text
    })
  }
  const code = new Promise<number>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (exit) => resolve(exit ?? 143))
  })
  return { pid: child.pid ?? 0, code, log: () => log, kill: (signal) => child.kill(signal) }
}
