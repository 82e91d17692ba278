import { createHash } from 'node:crypto'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'

/** A run's temporary folders. */
export interface TemporaryFolders {
  readonly temp: string
  readonly context: string
  dispose(): Promise<void>
}

/**
 * Makes the temporary folder of this run. Its name comes from the project's folder, so that BuildKit
 * knows the context from the run before and is sent only what changed; where another run of the same
 * project is at work, a folder of its own.
 */
export async function temporaryFolders(root: string, project: string, stages: string): Promise<TemporaryFolders> {
  const name = `pypackager-${createHash('sha256').update(project).digest('hex').slice(0, 12)}`
  await mkdir(root, { recursive: true })
  const temp = (await claim(path.join(root, name))) ?? (await mkdtemp(path.join(root, `${name}-`)))
  const context = path.join(temp, 'context')
  await cp(stages, path.join(context, 'stages'), { recursive: true, preserveTimestamps: true })
  await mkdir(path.join(context, 'tools'), { recursive: true })
  return { temp, context, dispose: () => rm(temp, { recursive: true, force: true }) }
}

/** Makes the folder ours; one whose process is gone was left by a killed run and is cleared. */
async function claim(folder: string): Promise<string | undefined> {
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      await mkdir(folder, { mode: 0o700 })
      await writeFile(path.join(folder, 'pid'), String(process.pid))
      return folder
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      if (await alive(path.join(folder, 'pid'))) return undefined
      await rm(folder, { recursive: true, force: true })
    }
  }
  return undefined
}

async function alive(pidFile: string): Promise<boolean> {
  const pid = Number(await readFile(pidFile, 'utf8').catch(() => '0'))
  if (!pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
