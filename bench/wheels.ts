// Measures the wheels step beside plain pip, on projects fetched from PyPI, in turn:
//   node bench/wheels.ts [--runs 3] [--only dependencies,whole] [--write]
// Takes what bench/run.ts takes. The parent image, base, builder and uv are there; wheelhouse and build cache are
// empty unless a row says otherwise. Every contender gets the same versions. Ends with 1 where a row misses what is wanted.
import { parseArgs } from 'node:util'
import { must } from '../__tests__/support/command.ts'
import { startDaemon } from '../__tests__/support/daemon.ts'
import { tempFolder } from '../__tests__/support/temp.ts'
import { freshDisk } from './disk.ts'
import { median, writeFigures } from './report.ts'
import { missed, wantedText } from './wanted.ts'
import { prepare, type Row } from './wheels-rows.ts'
import { PIP, workbench } from './workbench.ts'

/** Issue 4. */
const MEMORY_MB = 200

/** Seconds of every run. */
type Seconds = ReadonlyMap<Row, { readonly ours: readonly number[]; readonly theirs: readonly number[] }>

/** The table in Markdown, and what is below it. */
function report(rows: readonly Row[], seconds: Seconds): string {
  return [
    '|  | pypackager | compared with | wanted |',
    '| --- | --- | --- | --- |',
    ...rows.map((row) => {
      const { ours, theirs } = seconds.get(row) ?? { ours: [], theirs: [] }
      const other = row.beside ? `${row.beside.name}: ${spread(theirs)} [${(median(theirs) / median(ours)).toFixed(2)} ×]` : ''
      return `| ${row.title} | ${spread(ours)} | ${other} | ${wantedText(row.wanted)} |`
    }),
  ].join('\n')
}

/** A line for each row that has not what is wanted. */
function misses(rows: readonly Row[], seconds: Seconds, memory: number): readonly string[] {
  const lines = rows.flatMap((row) => {
    const { ours, theirs } = seconds.get(row) ?? { ours: [], theirs: [] }
    const instead = missed(row.wanted, median(ours), row.beside && median(theirs))
    return instead === undefined ? [] : [`${row.title}: ${instead}, wanted ${wantedText(row.wanted)}`]
  })
  return memory > MEMORY_MB ? [...lines, `memory of the action: ${memory} MB, wanted ≤ ${MEMORY_MB} MB`] : lines
}

function spread(all: readonly number[]): string {
  return `${median(all).toFixed(1)} (${Math.min(...all).toFixed(1)}–${Math.max(...all).toFixed(1)})`
}

async function bench(): Promise<void> {
  const { values } = parseArgs({
    options: { runs: { type: 'string', default: '3' }, only: { type: 'string' }, write: { type: 'boolean', default: false } },
  })
  const runs = Number(values.runs)
  if (!Number.isInteger(runs) || runs < 1) throw new Error(`--runs is "${values.runs}". It must be a number from 1.`)
  if (values.write && values.only) throw new Error('--write takes all rows: leave --only away.')
  await using all = new AsyncDisposableStack()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void all.disposeAsync().finally(() => process.exit(130)))
  }
  all.use(await freshDisk())
  const daemon = all.use(await startDaemon())
  const bench = workbench(daemon, all.use(await tempFolder('bench')))
  const only = values.only?.split(',')
  const rows = (await prepare(bench)).filter(({ id }) => only?.includes(id) ?? true)
  if (rows.length === 0) throw new Error(`--only has no row: "${values.only}"`)
  const seconds = new Map(rows.map((row) => [row, { ours: [] as number[], theirs: [] as number[] }]))
  for (let run = 1; run <= runs; run++) {
    for (const row of rows) {
      const measured = seconds.get(row)
      const ours = async () => measured?.ours.push(await row.ours())
      const theirs = async () => row.beside && measured?.theirs.push(await row.beside.run())
      // Who begins gains or loses by it: each begins in turn.
      for (const contender of run % 2 ? [ours, theirs] : [theirs, ours]) await contender()
      console.error(
        `run ${run} of ${runs} · ${row.title}: ${measured?.ours.at(-1)?.toFixed(2)} s, beside ${measured?.theirs.at(-1)?.toFixed(2) ?? '-'} s`,
      )
    }
  }
  const engine = await must('docker', ['version', '--format', '{{.Server.Version}}'], { env: { ...process.env, DOCKER_HOST: daemon.host } })
  const { cores } = bench
  const memory = Math.max(...bench.memory())
  const text = `${report(rows, seconds)}

Seconds, the median of ${runs} (least–most); in brackets how many times ours. ${cores} cores, Docker Engine ${engine}, images and uv present, wheelhouse and build cache empty where nothing else is said, pip ${PIP} in the builder image; \`node bench/wheels.ts\`. All resolve as of the same day. The action itself took at most ${memory} MB of memory.`
  console.log(text)
  if (values.write) await writeFigures(text, 'bench-wheels')
  for (const line of misses(rows, seconds, memory)) {
    console.error(`missed: ${line}`)
    process.exitCode = 1
  }
}

await bench().catch((error: Error) => {
  console.error(`error: ${error.message}`)
  process.exitCode = 1
})
