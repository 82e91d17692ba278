import { availableParallelism, loadavg } from 'node:os'
import type { Bytecode, Maker } from './making.ts'
import { median } from './report.ts'
import { kindsOf } from './sizes.ts'
import type { Subject } from './subjects.ts'

/** Measures first starts of each kind of byte code, in turn. @returns the table in Markdown, and what is below it */
export async function starts(subjects: readonly Subject[], maker: Maker, runs: number): Promise<string> {
  const lines: string[] = []
  const loads: number[] = []
  for (const subject of subjects) {
    const { start = [] } = subject
    const kinds = kindsOf(subject)
    const seconds = new Map<Bytecode, number[]>(kinds.map((kind) => [kind, []]))
    for (const kind of kinds) await maker.start(await maker.ours(subject, kind), start) // its files are in memory from then on
    for (let run = 1; run <= runs; run++) {
      // Who begins gains or loses by it: each begins in turn.
      for (const kind of kinds.map((_, i) => kinds[(i + run) % kinds.length] as Bytecode)) {
        seconds.get(kind)?.push(await maker.start(await maker.ours(subject, kind), start))
      }
      loads.push(loadavg()[0] ?? 0)
      console.error(
        `run ${run} of ${runs} · ${subject.name}: ${kinds.map((kind) => `${kind} ${seconds.get(kind)?.at(-1)?.toFixed(3)}`).join(', ')} s`,
      )
    }
    const cells = kinds.map((kind) => spread(seconds.get(kind) ?? []))
    lines.push(`| \`${start.join(' ')}\` | ${cells.join(' | ')} | ${ratios(seconds)} |`)
  }
  return [
    '| first start | `used` | `none` | `all` | `used` / `all` |',
    '| --- | --- | --- | --- | --- |',
    ...lines,
    '',
    `Seconds from the call of the program to its end, by the clock in a new container each time: the median of ${runs} (the least). The last column is that of the medians (of the least), wanted at most 1.10. ${availableParallelism()} cores, a load of ${Math.min(...loads).toFixed(1)}–${Math.max(...loads).toFixed(1)} meanwhile; \`node bench/images.ts --only starts\`.`,
  ].join('\n')
}

function spread(all: readonly number[]): string {
  return `${median(all).toFixed(3)} (${Math.min(...all).toFixed(3)})`
}

function ratios(seconds: ReadonlyMap<Bytecode, readonly number[]>): string {
  const of = (kind: Bytecode) => seconds.get(kind) ?? []
  const least = Math.min(...of('used')) / Math.min(...of('all'))
  return `${(median(of('used')) / median(of('all'))).toFixed(2)} (${least.toFixed(2)})`
}
