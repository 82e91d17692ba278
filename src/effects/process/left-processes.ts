import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { RUN_VARIABLE } from './child.ts'

// Whoever kills us by SIGKILL leaves the programs that we started: a docker client would go on building, and its daemon with it.

/** What we start, or what that starts; daemons that serve others too (an agent, git's cache of logins) are none of these. */
const PROGRAMS = /^(docker|docker-buildx|git|tar|zstd|gzip|bzip2|node)$/
const ROUNDS = 5

/**
 * Ends the programs of runs that are over, wherever they went: each has the name of its run in its environment, which no
 * other process can have by accident. Without /proc there is nothing to read, and nothing is ended.
 * @param isOver whether a run, by its name, is over
 */
export async function endLeftProcesses(isOver: (run: string) => boolean): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    const left = await processesOf(isOver)
    for (const pid of left) kill(pid)
    if (left.length === 0) return // else one may have started another meanwhile
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

async function processesOf(isOver: (run: string) => boolean): Promise<readonly number[]> {
  const pids = (await readdir('/proc').catch(() => [])).map(Number).filter((pid) => pid > 1 && pid !== process.pid)
  const ours = await Promise.all(pids.map((pid) => isOurs(pid, isOver)))
  return pids.filter((_, i) => ours[i])
}

async function isOurs(pid: number, isOver: (run: string) => boolean): Promise<boolean> {
  const [environment, words] = await Promise.all(['environ', 'cmdline'].map((file) => partsOf(`/proc/${pid}/${file}`)))
  const run = environment?.find((line) => line.startsWith(`${RUN_VARIABLE}=`))?.slice(RUN_VARIABLE.length + 1)
  if (!run || !isOver(run)) return false
  const [program = '', ...rest] = words ?? []
  return PROGRAMS.test(path.basename(program)) && !rest.some((word) => word.endsWith('--daemon'))
}

/** Empty for a process that is gone, and for those of others. */
async function partsOf(file: string): Promise<readonly string[]> {
  return (await readFile(file, 'utf8').catch(() => '')).split('\0')
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // it has ended meanwhile
  }
}
