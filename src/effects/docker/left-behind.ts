import { createHash, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { UNFINISHED } from '../docker-port.ts'
import { childEnvironment, run } from '../process/child.ts'
import { endLeftProcesses } from '../process/left-processes.ts'
import { RUN_LABEL } from './containers.ts'

// What a killed run has left a workflow's post step takes away. A tool has none, nor a runner that died: the next run looks.

/**
 * The name of a run: it tells the machine, the project and the process, so that the next run on this project knows
 * what was left behind.
 * @param project the folder of the project, or the workspace
 */
export function runName(project: string): string {
  return `${prefix(project)}${process.pid}.${startOf(process.pid)}.${randomUUID().slice(0, 8)}`
}

/**
 * Ends programs and removes containers of runs of this project whose process is gone, and their images that have no
 * name of their own; those of others, and of living ones, stay.
 */
export async function sweepLeftBehind(project: string): Promise<void> {
  const isOver = (name: string) => name.startsWith(prefix(project)) && !isAlive(name.slice(prefix(project).length))
  await endLeftProcesses(isOver)
  const env = childEnvironment(process.env)
  /** @param what lines of an id and the name of a run */
  const dead = async (what: readonly string[]) => {
    const found = await run('docker', what, { env, limit: 10_000 })
    const lines = found.code === 0 ? found.stdout.split('\n') : []
    return lines.flatMap((line) => {
      const [id = '', name = ''] = line.split(' ')
      return isOver(name) ? [id] : []
    })
  }
  const containers = await dead(['ps', '--all', `--filter=label=${RUN_LABEL}`, `--format={{.ID}} {{.Label "${RUN_LABEL}"}}`])
  if (containers.length > 0) await run('docker', ['rm', '--force', '--volumes', ...containers], { env, limit: 15_000 })
  const images = await dead(['image', 'ls', '--format={{.Repository}}:{{.Tag}} {{.Tag}}', UNFINISHED])
  if (images.length > 0) await run('docker', ['image', 'rm', '--no-prune', ...images], { env, limit: 15_000 })
}

function prefix(project: string): string {
  return `run.${short(hostname())}.${short(project)}.`
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
