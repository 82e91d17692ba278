// Many runs of the action side by side on one daemon, half of them killed at random moments; then nothing may be left behind:
//   node bench/soak.ts [--rounds 25] [--together 8] [--seed 1] [--seconds 480] [--state soak.json]
// Beside the suite, by hand. With --state it goes on where the last part ended. Takes what the end-to-end tests take.
import { readFile, writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { must } from '../__tests__/support/command.ts'
import { leftOf, type Seen, seen } from './soak/left.ts'
import { openPit, type Pit } from './soak/pit.ts'
import { randomOf } from './soak/random.ts'

/** What is known after each round. */
interface Tally {
  readonly seed: number
  rounds: number
  runs: number
  finished: number
  /** Kills by how: `SIGKILL alone` is without the post step. */
  readonly killed: Record<string, number>
  /** Runs that ended otherwise than they should. */
  readonly odd: string[]
  readonly left: string[]
  seconds: number
}

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '25' },
    together: { type: 'string', default: '8' },
    seed: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '480' },
    state: { type: 'string' },
  },
})

async function soak(): Promise<Tally> {
  const tally = await begun()
  const started = performance.now()
  const end = started + Number(values.seconds) * 1000
  await using all = new AsyncDisposableStack()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void all.disposeAsync().finally(() => process.exit(130)))
  const pit = all.use(await openPit(tally.seed, Number(values.together)))
  const before = await seen(pit)
  console.error(`seed ${tally.seed}, from round ${tally.rounds + 1}; one run alone takes ${pit.usual().toFixed(1)} s`)
  const keep = async () => values.state && (await writeFile(values.state, JSON.stringify(tally, undefined, 2)))
  while (tally.rounds < Number(values.rounds) && performance.now() < end) {
    await round(pit, before, tally)
    await keep()
  }
  await pit.last() // the next run clears what runs without a post step left
  tally.left.push(...(await leftOf(pit, before)))
  tally.seconds += Math.round((performance.now() - started) / 1000)
  await keep()
  return tally
}

async function begun(): Promise<Tally> {
  const text = values.state && (await readFile(values.state, 'utf8').catch(() => ''))
  if (text) return JSON.parse(text) as Tally
  return { seed: Number(values.seed), rounds: 0, runs: 0, finished: 0, killed: {}, odd: [], left: [], seconds: 0 }
}

/** All at once; every second one is killed, at a moment that the seed and the round tell. */
async function round(pit: Pit, before: Seen, tally: Tally): Promise<void> {
  const number = ++tally.rounds
  const random = randomOf(tally.seed * 1000 + number)
  const began = performance.now()
  const ends = await Promise.all(pit.jobs.map((job, i) => job.run(number, i % 2 === number % 2 ? pit.death(random) : undefined)))
  for (const { death, ended, odd } of ends) {
    tally.runs++
    if (death && ended === 'killed') tally.killed[death.how] = (tally.killed[death.how] ?? 0) + 1
    else tally.finished++
    if (odd) tally.odd.push(`round ${number}: ${odd}`)
  }
  const met = ends.flatMap(({ death, ended }) =>
    death ? [`${death.how} at ${death.after.toFixed(1)} s${ended === 'killed' ? '' : ' (late)'}`] : [],
  )
  console.error(`round ${number}: ${((performance.now() - began) / 1000).toFixed(0)} s · ${met.join(', ')}`)
  const left = await leftOf(pit, before, 'between')
  tally.left.push(...left.map((line) => `round ${number}: ${line}`))
}

const tally = await soak()
const engine = await must('docker', ['version', '--format', '{{.Server.Version}}'])
const kills = Object.values(tally.killed).reduce((sum, count) => sum + count, 0)
console.log(JSON.stringify(tally, undefined, 2))
console.log(
  `${tally.runs} runs in ${tally.rounds} rounds, ${kills} killed, ${tally.odd.length} ended oddly, ${tally.left.length} things left; Engine ${engine}, ${tally.seconds} s`,
)
process.exitCode = tally.odd.length + tally.left.length > 0 ? 1 : 0
