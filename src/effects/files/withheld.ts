import { lstat, open, readFile } from 'node:fs/promises'
import path from 'node:path'
import { gitClient } from '../git/git.ts'

/** Names of files and folders of a developer's machine that hold secrets. */
const SECRET =
  /(^|\/)(\.envrc|\.envs|\.pgpass|\.my\.cnf|\.s3cfg|\.boto|\.vault[-_]pass(word)?)(\/|$)|(^|\/)\.streamlit\/secrets\.toml$|(^|\/)instance\/([^/]*(config|settings|secrets?)[^/]*\.(py|toml|json|ya?ml|ini)|[^/]+\.cfg)$/i
/** Databases that lie beside the code: what git tracks of them was put there on purpose. */
const DATABASE = /\.sqlite3?(-journal|-wal|-shm)?$/i
/** What these hold decides: a key, or a database of SQLite. */
const BY_CONTENT: readonly (readonly [name: RegExp, content: RegExp])[] = [
  [/\.json$/i, /"private_key"\s*:\s*"-----BEGIN/],
  [/\.(pem|key)$/i, /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
  [/\.db$/i, /^SQLite format 3\0/],
]
/** Keys are short; more of a file is not read, in bytes. */
const LOOKED_AT = 16_384

/**
 * Those of a project's files that are left out of builds unless its .dockerignore lets them in by name (`!db.sqlite3`):
 * secrets, and databases that git does not track.
 * @param paths relative to the folder
 */
export async function withheldFiles(folder: string, paths: readonly string[]): Promise<ReadonlySet<string>> {
  const allowed = paths.includes('.dockerignore') ? await allowedBy(path.join(folder, '.dockerignore')) : []
  const found = new Set<string>()
  for (const relative of paths) {
    if (!SECRET.test(relative) && !DATABASE.test(relative) && !(await tellsOfItself(folder, relative))) continue
    if (!allowed.some((name) => relative === name || relative.startsWith(`${name}/`))) found.add(relative)
  }
  const isDatabase = (relative: string) => !SECRET.test(relative) && (DATABASE.test(relative) || /\.db$/i.test(relative))
  if ([...found].some(isDatabase)) for (const tracked of await gitClient().tracked(folder)) if (isDatabase(tracked)) found.delete(tracked)
  return found
}

async function tellsOfItself(folder: string, relative: string): Promise<boolean> {
  const kind = BY_CONTENT.find(([name]) => name.test(relative))
  if (!kind || !(await lstat(path.join(folder, relative))).isFile()) return false
  const file = await open(path.join(folder, relative))
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(LOOKED_AT), 0, LOOKED_AT, 0)
    return kind[1].test(buffer.toString('latin1', 0, bytesRead))
  } finally {
    await file.close()
  }
}

async function allowedBy(dockerignore: string): Promise<readonly string[]> {
  if (!(await lstat(dockerignore)).isFile()) return []
  const lines = (await readFile(dockerignore, 'utf8')).split(/\r?\n/).map((line) => line.trim())
  return lines.filter((line) => line.startsWith('!')).map((line) => path.posix.join('/', line.slice(1).trim()).slice(1).replace(/\/$/, ''))
}
