import { createHash } from 'node:crypto'
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'

/** A run's temporary folders. */
export interface TemporaryFolders {
  readonly temp: string
  /** Build contexts. BuildKit keeps what it was sent of each, less what the last build had no use for. */
  readonly context: string
  readonly leanContext: string
  readonly wheelsContext: string
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
  const fresh = await mkdtemp(path.join(root, `${name}-`))
  await writeFile(path.join(fresh, 'pid'), String(process.pid))
  const temp = await claim(fresh, path.join(root, name))
  await clearUnclaimed(root, `${name}-`)
  const [context = '', leanContext = '', wheelsContext = ''] = ['context', 'lean-context', 'wheels-context'].map((own) =>
    path.join(temp, own),
  )
  for (const own of [context, leanContext, wheelsContext]) {
    await cp(stages, path.join(own, 'stages'), { recursive: true, preserveTimestamps: true })
    for (const folder of ['tools', 'local-metadata']) await mkdir(path.join(own, folder), { recursive: true })
  }
  return { temp, context, leanContext, wheelsContext, dispose: () => rm(temp, { recursive: true, force: true }) }
}

/**
 * Gives a folder the name that stays, in one step and with our process id inside: two runs cannot both
 * have it. One whose process is gone was left by a killed run and is cleared.
 */
async function claim(fresh: string, name: string): Promise<string> {
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      await rename(fresh, name)
      return name
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error
      if (await alive(path.join(name, 'pid'))) return fresh
      const dead = `${fresh}-dead`
      await rename(name, dead).catch(() => {}) // somebody else was faster
      await rm(dead, { recursive: true, force: true })
    }
  }
  return fresh
}

/** Folders of runs that were killed before they claimed a name. One without a process id is being made by a run that lives. */
async function clearUnclaimed(root: string, prefix: string): Promise<void> {
  for (const name of (await readdir(root)).filter((one) => one.startsWith(prefix))) {
    const pidFile = path.join(root, name, 'pid')
    const told = await readFile(pidFile, 'utf8').catch(() => '')
    if (told && !(await alive(pidFile))) await rm(path.join(root, name), { recursive: true, force: true })
  }
}

/** A process of another user is alive too: it may not be signalled, but it is there. */
async function alive(pidFile: string): Promise<boolean> {
  const pid = Number(await readFile(pidFile, 'utf8').catch(() => '0'))
  if (!pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
