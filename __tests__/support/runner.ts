import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { until } from './command.ts'
import { commandsIn, type RunnerCommand, readFileCommands } from './runner-commands.ts'
import { inputEnvironment, launch, ROOT, runnerEnvironment } from './runner-step.ts'
import { tempFolder } from './temp.ts'

export interface ActionRequest {
  /** By the names of action.yml. `parent-image` is PARENT_IMAGE where it is not given. */
  readonly inputs?: Readonly<Record<string, string>>
  /** Beside what a runner gives; undefined takes one away. */
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly workspace: string
  /** The event's payload. */
  readonly event?: unknown
  /** Another build of the action than dist/. */
  readonly dist?: string
  /** False where the runner dies too: no post step comes. */
  readonly post?: boolean
}

export interface ActionResult {
  readonly code: number
  /** stdout and stderr, as they came. */
  readonly log: string
  readonly outputs: Readonly<Record<string, string>>
  readonly summary: string
  /** What the post step is told. */
  readonly state: Readonly<Record<string, string>>
  /** Titles of the log's groups, in their order. */
  readonly groups: readonly string[]
  /** Texts of the commands that the runner obeys. */
  readonly errors: readonly string[]
  readonly warnings: readonly string[]
  readonly notices: readonly string[]
  /** Every command that the runner obeys. */
  readonly commands: readonly RunnerCommand[]
  /** Of the main step. */
  readonly seconds: number
  readonly postCode: number
  readonly postLog: string
  /** What is left in RUNNER_TEMP after the post step. */
  readonly left: readonly string[]
}

/** A step that is at work. */
export interface RunningAction {
  readonly pid: number
  log(): string
  /** Waits for a text in the log. */
  seen(text: string | RegExp, seconds?: number): Promise<void>
  /** Signals node alone, as the runner does. */
  kill(signal: NodeJS.Signals): void
  readonly result: Promise<ActionResult>
}

/** Runs the action as the runner does, its post step too. */
export async function runAction(request: ActionRequest): Promise<ActionResult> {
  return (await startAction(request)).result
}

/** The same, for tests that do something while it is at work. */
export async function startAction(request: ActionRequest): Promise<RunningAction> {
  const folder = await tempFolder('runner')
  const files = { OUTPUT: '', STATE: '', STEP_SUMMARY: '', ENV: '', PATH: '', EVENT_PATH: JSON.stringify(request.event ?? {}) }
  for (const [name, text] of Object.entries(files)) await writeFile(folder.at(name), text)
  await mkdir(folder.at('temp'))
  const dist = request.dist ?? path.join(ROOT, 'dist')
  const env = {
    ...runnerEnvironment(request.workspace),
    ...Object.fromEntries(Object.keys(files).map((name) => [`GITHUB_${name}`, folder.at(name)])),
    RUNNER_TEMP: folder.at('temp'),
    ...(await inputEnvironment(request.inputs ?? {})),
    ...request.env,
  }
  const started = performance.now()
  const main = launch(path.join(dist, 'index.js'), request.workspace, env)

  async function finish(): Promise<ActionResult> {
    const code = await main.code
    const seconds = (performance.now() - started) / 1000
    const state = readFileCommands(await readFile(folder.at('STATE'), 'utf8'))
    const saved = Object.fromEntries(Object.entries(state).map(([name, value]) => [`STATE_${name}`, value]))
    const post = request.post === false ? undefined : launch(path.join(dist, 'post.js'), request.workspace, { ...env, ...saved })
    const postCode = (await post?.code) ?? 0
    const commands = commandsIn(main.log())
    const texts = (name: string) => commands.filter((command) => command.name === name).map((command) => command.text)
    const result: ActionResult = {
      code,
      log: main.log(),
      outputs: readFileCommands(await readFile(folder.at('OUTPUT'), 'utf8')),
      summary: await readFile(folder.at('STEP_SUMMARY'), 'utf8'),
      state,
      groups: texts('group'),
      errors: texts('error'),
      warnings: texts('warning'),
      notices: texts('notice'),
      commands,
      seconds,
      postCode,
      postLog: post?.log() ?? '',
      left: await readdir(folder.at('temp'), { recursive: true }),
    }
    await folder[Symbol.asyncDispose]()
    return result
  }

  return {
    pid: main.pid,
    log: main.log,
    kill: main.kill,
    seen: (text, seconds = 60) =>
      until(`"${text}" in the log`, seconds, () => (typeof text === 'string' ? main.log().includes(text) : text.test(main.log()))),
    result: finish(),
  }
}
