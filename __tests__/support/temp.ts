import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** A folder that removes itself: `await using folder = await tempFolder()`. */
export interface TempFolder extends AsyncDisposable {
  readonly path: string
  /** A path below the folder. */
  at(...parts: string[]): string
}

/** Makes an empty folder below the system's folder for temporary files. */
export async function tempFolder(name = 'test'): Promise<TempFolder> {
  const folder = await mkdtemp(path.join(await realpath(tmpdir()), `pt-${name}-`))
  return {
    path: folder,
    at: (...parts) => path.join(folder, ...parts),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true, maxRetries: 3 }),
  }
}

/** Does the work in a temporary folder that is gone afterwards, whatever became of the work. */
export async function inTempFolder<T>(work: (folder: string) => T | Promise<T>): Promise<T> {
  await using folder = await tempFolder()
  return await work(folder.path)
}

/** Writes files (path below the folder → content), with the folders they need. */
export async function writeFiles(folder: string, files: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true })
    await writeFile(path.join(folder, name), content)
  }
}
