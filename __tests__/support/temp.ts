import { mkdtemp, realpath, rm } from 'node:fs/promises'
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
