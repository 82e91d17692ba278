// Measures the images of the sample and of the public projects of the end-to-end tests: their sizes beside those
// of a hand-written multi-stage Dockerfile, and first starts with each kind of byte code:
//   node bench/images.ts [--only sizes,starts] [--project polls,azure-cli] [--runs 7] [--write]
// Takes what bench/run.ts takes. Sizes do not depend on what else the machine does; starts do: nothing else should run.
import { parseArgs } from 'node:util'
import { startDaemon } from '../__tests__/support/daemon.ts'
import { tempFolder } from '../__tests__/support/temp.ts'
import { freshDisk } from './disk.ts'
import { maker } from './making.ts'
import { writeFigures } from './report.ts'
import { sizes } from './sizes.ts'
import { starts } from './starts.ts'
import { subjects } from './subjects.ts'

const TABLES = ['sizes', 'starts'] as const

/** @throws Error that names the option and what it may be */
function options() {
  const text = { type: 'string' } as const
  const { values } = parseArgs({
    options: { runs: { ...text, default: '7' }, only: text, project: text, write: { type: 'boolean', default: false } },
  })
  const runs = Number(values.runs)
  if (!Number.isInteger(runs) || runs < 1) throw new Error(`--runs is "${values.runs}". It must be a number from 1.`)
  const only = values.only?.split(',') ?? TABLES
  for (const one of only)
    if (!TABLES.some((table) => table === one)) throw new Error(`--only has "${one}". Tables are ${TABLES.join(', ')}.`)
  if (values.write && values.project) throw new Error('--write takes all projects: leave --project away.')
  return { runs, tables: TABLES.filter((table) => only.includes(table)), projects: values.project?.split(','), write: values.write }
}

async function bench(): Promise<void> {
  const { runs, tables, projects, write } = options()
  await using all = new AsyncDisposableStack()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void all.disposeAsync().finally(() => process.exit(130)))
  }
  all.use(await freshDisk())
  const daemon = all.use(await startDaemon())
  const folder = all.use(await tempFolder('bench'))
  const making = await maker(daemon, folder)
  const found = (await subjects(folder, all)).filter(({ name }) => projects?.some((project) => name.startsWith(project)) ?? true)
  if (found.length === 0) throw new Error(`--project has no project: "${projects}"`)
  for (const table of tables) {
    const text =
      table === 'sizes'
        ? await sizes(found, making)
        : await starts(
            found.filter(({ start }) => start),
            making,
            runs,
          )
    console.log(`${text}\n`)
    if (write) await writeFigures(text, table === 'sizes' ? 'bench-images' : 'bench-starts')
  }
}

await bench().catch((error: Error) => {
  console.error(`error: ${error.message}`)
  process.exitCode = 1
})
