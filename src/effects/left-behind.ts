import { createHash, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { childEnvironment, run } from './child.ts'
import { RUN_LABEL } from './containers.ts'
import { endLeftProcesses } from './left-processes.ts'

// A workflow's containers are swept by its post step. A tool that is killed has none: its next run looks for them.

/**
 * The name of a run of the command line tool: it tells the machine, the project and the process, so that the next run
 * on this project knows what was left behind.
 * @param project the folder of the project
 */
export function toolRun(project: string): string {
  return `${prefix(project)}${process.pid}.${startOf(process.pid)}.${randomUUID().slice(0, 8)}`
}

/** Ends programs and removes containers of runs of this project whose process is gone; those of others, and of living ones, stay. */
export async function sweepLeftBehind(project: string): Promise<void> {
  const isOver = (name: string) => name.startsWith(prefix(project)) && !isAlive(name.slice(prefix(project).length))
  await endLeftProcesses(isOver)
  const env = childEnvironment(process.env)
  const format = `{{.ID}} {{.Label "${RUN_LABEL}"}}`
  const found = await run('docker', ['ps', '--all', `--filter=label=${RUN_LABEL}`, `--format=${format}`], { env, limit: 10_000 })
  if (found.code !== 0) return
  const dead = found.stdout.split('\n').flatMap((line) => {
    const [id = '', name = ''] = line.split(' ')
    return isOver(name) ? [id] : []
  })
  if (dead.length > 0) await run('docker', ['rm', '--force', '--volumes', ...dead], { env, limit: 15_000 })
}

function prefix(project: string): string {
  return `tool.${short(hostname())}.${short(project)}.`
}

function short(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12)
}

/** @param rest `pid.start.…` of a run's name */
function isAlive(rest: string): boolean {
  const [pid = '', start = ''] = rest.split('.')
  try {
    process.kill(Number(pid), 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  return startOf(Number(pid)) === start
}

/** When a process began, in ticks since the system did: ids are used again. '0' where the system does not tell. */
function startOf(pid: number): string {
  try {
    // The second field is the program's name in brackets, which may hold anything.
    return (
      readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ')[19] ?? '0'
    )
  } catch {
    return '0'
  }
}
