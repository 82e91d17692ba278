// Measures the action beside a hand-written Dockerfile and a plain Makefile on examples/polls, in turn:
//   node bench/run.ts [--runs 3] [--only cold,emptied] [--write]
// Takes what the end-to-end tests take (root, dockerd, docker-registry), and make. See script/lib.sh for the parent image.
import { parseArgs } from 'node:util'
import { must } from '../__tests__/support/command.ts'
import type { Contender } from './contender.ts'
import { freshDisk } from './disk.ts'
import { handwritten } from './handwritten.ts'
import { makefile } from './makefile.ts'
import { ours } from './ours.ts'
import { report, writeFigures } from './report.ts'
import { type Measured, measuring, ROWS, type Row } from './rows.ts'

interface Options {
  readonly runs: number
  readonly rows: readonly Row[]
  readonly write: boolean
}

/** @throws Error that names the option and what it may be */
function options(): Options {
  const { values } = parseArgs({
    options: { runs: { type: 'string', default: '3' }, only: { type: 'string' }, write: { type: 'boolean', default: false } },
  })
  const runs = Number(values.runs)
  if (!Number.isInteger(runs) || runs < 1) throw new Error(`--runs is "${values.runs}". It must be a number from 1.`)
  const ids = values.only?.split(',') ?? ROWS.map(({ id }) => id)
  for (const id of ids)
    if (!ROWS.some((row) => row.id === id)) throw new Error(`--only has "${id}". Rows are ${ROWS.map((row) => row.id).join(', ')}.`)
  if (values.write && ids.length < ROWS.length) throw new Error('--write takes all rows: leave --only away.')
  return { runs, rows: ROWS.filter(({ id }) => ids.includes(id)), write: values.write }
}

async function bench(): Promise<void> {
  const { runs, rows, write } = options()
  await using all = new AsyncDisposableStack()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void all.disposeAsync().finally(() => process.exit(130)))
  }
  all.use(await freshDisk())
  const contenders: Contender[] = []
  for (const make of [ours, handwritten, makefile]) contenders.push(all.use(await make()))
  const figures = rows.flatMap((row) => contenders.map(({ name }) => ({ row, name, builds: [] as Measured[] })))
  const benches = contenders.map(measuring)
  for (let run = 1; run <= runs; run++) {
    for (const row of rows) {
      for (const { name, measure } of benches) {
        const build = await measure(row).catch((error: Error) => {
          throw new Error(`${name}, ${row.title}: ${error.message}`)
        })
        figures.find((one) => one.row === row && one.name === name)?.builds.push(build)
        console.error(`run ${run} of ${runs} · ${row.title} · ${name}: ${build.seconds.toFixed(2)} s`)
      }
      benches.push(...benches.splice(0, 1)) // who begins gains or loses by it: everybody begins in turn
    }
  }
  const engine = await must('docker', ['version', '--format', '{{.Server.Version}}'], {
    env: { ...process.env, DOCKER_HOST: contenders[0]?.daemon.host },
  })
  const text = report(figures, contenders[0]?.name ?? '', engine)
  console.log(text)
  if (write) await writeFigures(text)
}

await bench().catch((error: Error) => {
  console.error(`error: ${error.message}`)
  process.exitCode = 1
})
