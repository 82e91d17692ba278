import { cp, mkdir } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { must } from '../../__tests__/support/command.ts'
import { machineDaemon } from '../../__tests__/support/daemon.ts'
import { helloFiles, type Project, projectOf } from '../../__tests__/support/project.ts'
import { type ActionResult, startAction } from '../../__tests__/support/runner.ts'
import { ROOT } from '../../__tests__/support/runner-step.ts'
import { tempFolder } from '../../__tests__/support/temp.ts'

/** How and when a run is killed. */
export interface Death {
  readonly how: 'SIGINT' | 'SIGTERM' | 'SIGKILL' | 'SIGKILL alone'
  /** Seconds from its start. */
  readonly after: number
  /** Its project's own code never ends, so that the kill meets a build at work. */
  readonly hangs: boolean
}

export interface End {
  readonly death: Death | undefined
  readonly ended: 'killed' | 'finished'
  /** What is not as it should be, undefined for nothing. */
  readonly odd: string | undefined
}

export interface Job {
  run(round: number, death: Death | undefined): Promise<End>
}

/** A place for many runs: projects of the same name and different content, folders for temporary files, one daemon. */
export interface Pit extends AsyncDisposable {
  readonly jobs: readonly Job[]
  /** The organisation in the images' names. */
  readonly namespace: string
  /** What every process of these runs has in its environment. */
  readonly mark: string
  /** How long a project that hangs would sleep: a number by which its process is found. */
  readonly nap: number
  readonly temp: string
  docker(...args: string[]): Promise<string>
  /** Seconds of a whole run, as the last ones took. */
  usual(): number
  death(random: () => number): Death
  /** One quiet run of every project. */
  last(): Promise<void>
}

const HOW = ['SIGINT', 'SIGTERM', 'SIGKILL', 'SIGKILL alone'] as const

export async function openPit(seed: number, together: number): Promise<Pit> {
  await using begun = new AsyncDisposableStack()
  const namespace = `soak-${seed}`
  const daemon = begun.use(await machineDaemon(namespace))
  const folder = begun.use(await tempFolder('soak'))
  await cp(`${ROOT}/dist`, folder.at('dist'), { recursive: true }) // it may be made anew meanwhile
  await mkdir(folder.at('temp'))
  const nap = 700_000 + (seed % 90_000)
  const mark = `GITHUB_RUN_ID=soak-${seed}-${process.pid}`
  const projects: Project[] = []
  for (let i = 0; i < together; i++) projects.push(begun.use(await projectOf(helloFiles('soak'))))
  const took = [await alone(0)]
  const jobs = projects.map((_, i) => ({ run: (round: number, death: Death | undefined) => job(i, round, death) }))

  async function begin(i: number, word: string, hangs: boolean, post = true) {
    const project = projects[i] as Project
    const files = helloFiles('soak')
    const setup = `${hangs ? `import subprocess\nsubprocess.run(["sleep", "${nap}"])\n` : ''}${files['setup.py']}`
    await project.write('setup.py', setup)
    await project.write('hello/word.txt', `${word}\n`)
    await mkdir(folder.at('temp', `${i}`), { recursive: true })
    return startAction({
      workspace: project.workspace,
      dist: folder.at('dist'),
      post,
      inputs: { namespace, 'image-name': 'shop', version: `job-${i}`, cache: 'never', run: 'hello' },
      env: {
        GITHUB_RUN_ID: mark.slice('GITHUB_RUN_ID='.length),
        RUNNER_TEMP: folder.at('temp', `${i}`),
        TMPDIR: folder.at('temp', `${i}`),
      },
    })
  }

  async function alone(i: number): Promise<number> {
    const result = await (await begin(i, `alone ${i}`, false)).result
    if (result.code !== 0) throw new Error(`a quiet run failed: ${result.errors.join('; ')}\n${result.log.slice(-2000)}`)
    return result.seconds
  }

  async function job(i: number, round: number, death: Death | undefined): Promise<End> {
    const word = `round ${round} job ${i}`
    const run = await begin(i, word, death?.hangs ?? false, death?.how !== 'SIGKILL alone')
    let struck = false
    if (death) {
      const over = run.result.then(() => true)
      if (!(await Promise.race([over, sleep(death.after * 1000).then(() => false)]))) {
        struck = true
        run.kill(death.how === 'SIGKILL alone' ? 'SIGKILL' : death.how)
      }
    }
    const result = await run.result
    if (!death) took.push(result.seconds)
    // A signal may come when the work is done and the process about to end.
    const ended = struck && result.code !== 0 ? 'killed' : 'finished'
    return { death, ended, odd: await oddity(i, word, result, ended, death) }
  }

  async function oddity(i: number, word: string, result: ActionResult, ended: End['ended'], death: Death | undefined) {
    const what = `job ${i}${death ? `, ${death.how} at ${death.after.toFixed(1)} s` : ''}`
    if (result.postCode !== 0) return `${what}: the post step ended with ${result.postCode}`
    if (ended === 'finished') {
      if (result.code !== 0) return `${what}: code ${result.code}: ${result.errors.join('; ')}`
      const id = result.outputs.imageid ?? ''
      const said = await must('docker', ['run', '--rm', '--network=none', id, 'hello'])
      return said === word ? undefined : `${what}: its image says "${said}", not "${word}"`
    }
    const cancelled = death?.how === 'SIGINT' || death?.how === 'SIGTERM'
    const told = result.errors.join('; ')
    // A signal in node's first tenth of a second finds nobody who listens yet.
    if (cancelled && told !== 'Cancelled.' && !(told === '' && result.code === 143)) return `${what}: said "${told}"`
    return undefined
  }

  const usual = () => took.slice(-8).toSorted((a, b) => a - b)[Math.floor(took.slice(-8).length / 2)] ?? 20
  const all = begun.move()
  return {
    jobs,
    namespace,
    mark,
    nap,
    temp: folder.at('temp'),
    docker: daemon.docker,
    usual,
    death(random) {
      const how = HOW[Math.floor(random() * HOW.length)] ?? 'SIGKILL'
      return { how, after: random() * usual(), hangs: random() < 0.5 }
    },
    async last() {
      for (let i = 0; i < together; i++) took.push(await alone(i))
    },
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  }
}
