import { readFile, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import type { Measured, Row } from './rows.ts'

/** What one contender needed in one row, a figure for each run. */
export interface Figures {
  readonly row: Row
  readonly name: string
  readonly builds: readonly Measured[]
}

/** The table in Markdown and the lines below it: medians, spans, and how often ours fits into theirs. @param ours the name */
export function report(figures: readonly Figures[], ours: string, engine: string): string {
  const names = [...new Set(figures.map(({ name }) => name))]
  const rows = [...new Set(figures.map(({ row }) => row))]
  const of = (row: Row, name: string) => figures.find((one) => one.row === row && one.name === name)?.builds ?? []
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const times = rows.map((row) => {
    const own = median(of(row, ours).map(({ seconds }) => seconds))
    return line([row.title, ...names.map((name) => cell(of(row, name), name === ours ? undefined : own))])
  })
  const sizes = names.map((name) => {
    const built = figures.find((one) => one.name === name)?.builds ?? []
    return `${(median(built.map(({ size }) => size)) / 1e6).toFixed(1)} MB`
  })
  const runs = figures[0]?.builds.length ?? 0
  return [
    line(['', ...names]),
    line(['---', ...names.map(() => '---')]),
    ...times,
    line(['size of the image', ...sizes]),
    '',
    `Seconds, the median of ${runs} (least–most); in brackets how many times ours. ${availableParallelism()} cores, Docker Engine ${engine}, the parent image present; \`node bench/run.ts\`. Our cache comes back from a cache service as that of Actions, on loopback; the hand-written one's from a registry on loopback.`,
    ...overheads(rows, (row) => of(row, ours)),
  ].join('\n')
}

function cell(builds: readonly Measured[], own: number | undefined): string {
  const seconds = builds.map((build) => build.seconds)
  const middle = median(seconds)
  const ratio = own === undefined ? '' : ` [${(middle / own).toFixed(1)} ×]`
  const looking = median(builds.map((build) => build.looking ?? 0))
  const checks = looking < 0.05 ? '' : `, ${looking.toFixed(1)} of it checks and SBOM`
  return `${middle.toFixed(1)} (${Math.min(...seconds).toFixed(1)}–${Math.max(...seconds).toFixed(1)})${ratio}${checks}`
}

/** What the action adds to the builds that it starts, where it starts any: a ratio for the steady state of a hosted runner. */
function overheads(rows: readonly Row[], ours: (row: Row) => readonly Measured[]): readonly string[] {
  const row = rows.find(({ id }) => id === 'emptied')
  if (!row) return []
  const builds = ours(row)
  const building = median(builds.map((build) => build.building ?? 0))
  const looking = median(builds.map((build) => build.looking ?? 0))
  const whole = median(builds.map(({ seconds, building: built }) => seconds / (built || Number.NaN)))
  const rest = median(builds.map((build) => (build.seconds - (build.looking ?? 0)) / (build.building || Number.NaN)))
  const outside = median(builds.map((build) => build.outside ?? 0))
  return [
    '',
    `On an emptied daemon with nothing changed, the action's \`docker build\` calls took ${building.toFixed(1)} s. The whole action was ${whole.toFixed(2)} times its builds; without checking the finished image and writing its SBOM (${looking.toFixed(1)} s), which the others do not do, ${rest.toFixed(2)} times. ${outside.toFixed(2)} s were outside Docker.`,
  ]
}

/** @throws Error where there is nothing to take it from */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const half = sorted.length >> 1
  const [low, high] = [sorted[sorted.length % 2 ? half : half - 1], sorted[half]]
  if (low === undefined || high === undefined || !values.every(Number.isFinite)) throw new Error(`no median of [${values.join(', ')}]`)
  return (low + high) / 2
}

/** Puts a report between the marks of that name in docs/benchmark.md. @throws Error where they are missing */
export async function writeFigures(text: string, mark = 'bench'): Promise<void> {
  const file = path.join(import.meta.dirname, '../docs/benchmark.md')
  const page = await readFile(file, 'utf8')
  const [start, end] = [`<!-- ${mark} -->`, `<!-- /${mark} -->`]
  const [from, to] = [page.indexOf(start), page.indexOf(end)]
  if (from < 0 || to < from) throw new Error(`docs/benchmark.md lacks ${start} … ${end}`)
  await writeFile(file, `${page.slice(0, from + start.length)}\n${text}\n${page.slice(to)}`)
}
