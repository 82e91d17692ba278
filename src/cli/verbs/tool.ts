import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { jsonText } from '../../effects/log/log-line.ts'
import { terminalLog } from '../../effects/log/terminal-log.ts'
import { detailLines, errorLine, errorLines, UserError } from '../../errors.ts'
import type { Setting } from '../../inputs/settings.ts'
import { readArguments } from '../arguments.ts'
import { toolHelp, verbHelp } from '../help.ts'
import { inputsAsFlags, laptopWords } from '../laptop-words.ts'
import type { Surroundings } from '../surroundings.ts'
import { EXIT, exitCodeOf } from '../usage.ts'

/** The command line tool: reads what is asked for, does it, and is the only place that catches. @returns its exit code */
export async function tool(around: Surroundings): Promise<number> {
  const { argv, env, stdout, stderr } = around
  // Until the command line is read, it may be meant for a program.
  let json = argv.includes('--json')
  const error = terminalLog({ stream: stderr, verbose: false, env })
  const settings = new Map<string, Setting>()
  try {
    const call = readArguments(argv, env)
    json = call.json
    if (call.version) return print(stdout, `${await ownVersion(around.dist)}\n`)
    if (call.help || !call.verb) return print(stdout, call.verb ? verbHelp(call.verb) : toolHelp())
    if (call.verb.name === 'doctor') return await (await import('../doctor/doctor.ts')).examineMachine(call, around)
    const { work } = await import('../work.ts')
    return await work(call, around, settings)
  } catch (caught) {
    const details = detailLines(caught)
    if (details.length > 0) error.foreign(details)
    for (const { line } of errorLines(withOrigin(caught, settings))) error.error(line)
    if (env.PYPACKAGER_DEBUG && caught instanceof Error && !(caught instanceof UserError)) error.foreign((caught.stack ?? '').split('\n'))
    if (json) print(stdout, `${jsonText({ error: told(caught) })}\n`)
    return exitCodeOf(caught)
  }
}

/** The last word of a fault that nobody caught. */
export function crashed(error: unknown, stream: NodeJS.WriteStream, env: Surroundings['env']): void {
  terminalLog({ stream, verbose: false, env }).error(errorLine(error))
}

function told(error: unknown): Readonly<Record<string, string>> {
  if (error instanceof UserError)
    return { kind: error.kind, step: error.step, cause: laptopWords(error.message), next: laptopWords(error.next) }
  return { kind: 'failed', step: 'pypackager', cause: errorLine(error), next: '' }
}

/** An error in the words of the command line. A wrong value is told with the place where it stands, unless that is the command line. */
function withOrigin(error: unknown, settings: ReadonlyMap<string, Setting>): unknown {
  if (!(error instanceof UserError)) return error
  const told = (one: UserError) => {
    const step = (one.input && settings.get(one.input)?.from) || one.step
    // What a wrong value is of has its place before it already, and from a flag its name.
    const value = step === `--${one.input}` && one.reason
    const cause = value || (one.input ? inputsAsFlags(one.message) : laptopWords(one.message))
    return one.with({ step, cause, next: laptopWords(one.next) })
  }
  return told(error).with({ others: error.others.map(told) })
}

async function ownVersion(dist: string): Promise<string> {
  const text = await readFile(path.join(dist, '../package.json'), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}

function print(stream: NodeJS.WriteStream, text: string): number {
  stream.write(text)
  return EXIT.done
}
