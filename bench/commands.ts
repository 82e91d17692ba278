// Measures commands that build nothing on examples/polls, beside an empty Node, in turn:
//   node bench/commands.ts [--runs 9] [--write]
import path from 'node:path'
import { parseArgs } from 'node:util'
import { must } from '../__tests__/support/command.ts'
import { median, writeFigures } from './report.ts'

const ROOT = path.join(import.meta.dirname, '..')
const TOOL = path.join(ROOT, 'dist/cli/index.js')
const COMMANDS: readonly (readonly string[])[] = [
  ['-e', '0'],
  [TOOL, '--version'],
  [TOOL, 'plan'],
  [TOOL, 'plan', '--json'],
]

const { values } = parseArgs({ options: { runs: { type: 'string', default: '9' }, write: { type: 'boolean', default: false } } })
const seconds = COMMANDS.map(() => [] as number[])
for (let run = 0; run < Number(values.runs); run++) {
  for (const [index, command] of COMMANDS.entries()) {
    const begun = performance.now()
    await must('node', command, { cwd: path.join(ROOT, 'examples/polls') })
    seconds[index]?.push((performance.now() - begun) / 1000)
  }
}
const rows = COMMANDS.map((command, index) => {
  const all = seconds[index] ?? []
  const words = ['node', ...command].join(' ').replace(`node ${TOOL}`, 'pypackager')
  return `| \`${words}\` | ${median(all).toFixed(2)} (${Math.min(...all).toFixed(2)}–${Math.max(...all).toFixed(2)}) |`
})
const text = [
  '| command | seconds |',
  '| --- | --- |',
  ...rows,
  '',
  `The median of ${values.runs} (least–most), in the sample's folder; \`node bench/commands.ts\`.`,
].join('\n')
console.log(text)
if (values.write) await writeFigures(text, 'bench-commands')
