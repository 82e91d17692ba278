import { lstat, open, readFile } from 'node:fs/promises'
import path from 'node:path'
import { gitClient } from '../git/git.ts'
import { holdsSecret, looksLikeDump } from './secret-content.ts'

/** Names of files and folders of a developer's machine that hold secrets. */
const SECRET = new RegExp(
  [
    // Logins and variables of tools.
    /(^|\/)(\.envrc|\.envs|\.pgpass|\.my\.cnf|\.s3cfg|\.boto|\.dockercfg|\.htpasswd|\.terraformrc|rclone\.conf)(\/|$)/,
    /(^|\/)\.?vault[-_](pass(word)?(\.txt)?|token)(\/|$)|(^|\/)(kubeconfig(\.ya?ml)?|[^/]+\.kubeconfig|\.dockerconfigjson)$/,
    /(^|\/)\.streamlit\/secrets\.toml$|(^|\/)instance\/([^/]*(config|settings|secrets?)[^/]*\.(py|toml|json|ya?ml|ini)|[^/]+\.cfg)$/,
    // What Terraform knows of an infrastructure, its passwords too. @see https://developer.hashicorp.com/terraform/language/state/sensitive-data
    /\.tfstate(\.[^/]*)?$|\.tfvars(\.json)?$/,
    // Stores of keys.
    /\.(p12|pfx|jks|keystore|ppk|kdbx)$|(^|\/)\.(bash|zsh|python|psql|mysql|sqlite|node_repl)_history$/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'i',
)
/** Secrets by custom, where git does not track them: one that it tracks is encrypted, an example, or meant. */
const UNTRACKED_SECRET =
  /(^|\/)\.?secrets?(\.[\w-]+)?\.(json|toml|ya?ml|ini|env)$|(^|\/)\.secrets?$|[^/]\.env$|(^|\/)(client_secrets?[^/]*|credentials?|token)\.json$|(^|\/)(local_settings|settings_local|settings\.local)\.py$/i
/** Databases that lie beside the code, and what is dumped of one: what git tracks of them was put there on purpose. */
const DATABASE =
  /\.sqlite3?(-journal|-wal|-shm)?$|\.(dump|pgdump|rdb)$|\.(sql|dump)\.(gz|bz2|xz|zst|zip)$|(^|[/_.-])(dump|backup)([_.-][^/]*)?\.sql$/i
/** Text of programs and pages, and pictures: keys in them are examples. */
const NO_SECRET =
  /\.(pyi?|pyx|c|h|cpp|rs|go|[cm]?[jt]sx?|css|scss|html?|jinja2?|j2|svg|md|rst|po|mo|map|ipynb|png|jpe?g|gif|webp|ico|woff2?|ttf|eot|so|whl|gz|zip|pub)$/i
/** Keys and the heads of databases are short; more of a file is not read, in bytes. */
const LOOKED_AT = 16_384
/** Files that are read side by side. */
const AT_ONCE = 64

type Kind = 'secret' | 'untracked'

/**
 * Those of a project's files that are left out of builds unless its .dockerignore lets them in by name (`!db.sqlite3`):
 * secrets, and databases that git does not track.
 * @param paths relative to the folder
 */
export async function withheldFiles(folder: string, paths: readonly string[]): Promise<ReadonlySet<string>> {
  const allowed = paths.includes('.dockerignore') ? await allowedBy(path.join(folder, '.dockerignore')) : []
  const found = new Map<string, Kind>()
  for (let at = 0; at < paths.length; at += AT_ONCE) {
    const kinds = paths
      .slice(at, at + AT_ONCE)
      .map(async (relative) => [relative, byName(relative) ?? (await byContent(folder, relative))] as const)
    for (const [relative, kind] of await Promise.all(kinds))
      if (kind && !allowed.some((name) => relative === name || relative.startsWith(`${name}/`))) found.set(relative, kind)
  }
  const ifUntracked = (relative: string) => found.get(relative) === 'untracked'
  if ([...found.keys()].some(ifUntracked))
    for (const tracked of await gitClient().tracked(folder)) if (ifUntracked(tracked)) found.delete(tracked)
  return new Set(found.keys())
}

function byName(relative: string): Kind | undefined {
  if (SECRET.test(relative)) return 'secret'
  return DATABASE.test(relative) || UNTRACKED_SECRET.test(relative) ? 'untracked' : undefined
}

async function byContent(folder: string, relative: string): Promise<Kind | undefined> {
  if (NO_SECRET.test(relative)) return undefined
  const { isFile, size } = await lstat(path.join(folder, relative)).then((stat) => ({ isFile: stat.isFile(), size: stat.size }))
  if (!isFile || size === 0) return undefined
  const file = await open(path.join(folder, relative))
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.min(size, LOOKED_AT)), 0, Math.min(size, LOOKED_AT), 0)
    const head = buffer.toString('latin1', 0, bytesRead)
    if (holdsSecret(relative, head)) return 'secret'
    return looksLikeDump(relative, head) ? 'untracked' : undefined
  } finally {
    await file.close()
  }
}

async function allowedBy(dockerignore: string): Promise<readonly string[]> {
  if (!(await lstat(dockerignore)).isFile()) return []
  const lines = (await readFile(dockerignore, 'utf8')).split(/\r?\n/).map((line) => line.trim())
  return lines.filter((line) => line.startsWith('!')).map((line) => path.posix.join('/', line.slice(1).trim()).slice(1).replace(/\/$/, ''))
}
