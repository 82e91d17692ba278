import { listed } from '../text/words.ts'
import type { Check, KeptData } from './checks/check.ts'

/** A file or folder that a container wrote in itself. */
export interface Written {
  /** Absolute. */
  readonly path: string
  /** The image has none of that name. */
  readonly added: boolean
}

/** Data that an application wrote into its own container. */
export interface Data {
  readonly path: string
  readonly kind: 'database' | 'key' | 'files'
  /** What a volume is mounted over to keep it, absolute. */
  readonly folder: string
  /** The image has not that folder: Docker would make a fresh volume there root's. */
  readonly made: boolean
}

/** What goes with every container, and should: of the system, of caches, of processes. */
const PASSING =
  /^\/(?:tmp|var\/tmp|var\/log|run|var\/run|dev|proc|sys|etc)(?:\/|$)|(?:^|\/)(?:__pycache__|\.?cache|logs?|node_modules|\.webassets-cache)(?:\/|$)|\.(?:pyc|pid|lock|sock|log|tmp)(?:\.\d+)?$|-(?:journal|wal|shm)$/i
/** Files that are surely no database. */
const OTHER = /\.(?:py|json|ya?ml|toml|ini|cfg|conf|txt|md|html?|css|js|map|xml|csv|key|pem|crt|gz|zip|png|jpe?g|svg)$/i
const KEY = /(?:^|\/)[^/]*secret[^/]*$|\.key$|[_-]key$|\.pem$/i
/** Folders that are called by what is kept in them. */
const OF_DATA = /^(?:data|datastore|db|databases?|storage|instance|[\w-]+-instance|uploads?|media)$/i
/** Databases that are looked into at most. */
const MOST = 20

/** What a container wrote and is no folder of something else. */
function leaves(written: readonly Written[]): readonly Written[] {
  const parents = new Set(written.map(({ path }) => path.slice(0, path.lastIndexOf('/'))))
  return written.filter(({ path }) => !parents.has(path) && !PASSING.test(path))
}

/** Files that may be databases, to be looked into. */
export function mayBeDatabases(written: readonly Written[]): readonly string[] {
  const found = leaves(written).flatMap(({ path }) => (OTHER.test(path) || KEY.test(path) ? [] : [path]))
  return found.slice(0, MOST)
}

/**
 * Data among what a container wrote.
 * @param databases paths of those that are databases of SQLite
 */
export function dataAmong(written: readonly Written[], databases: readonly string[]): readonly Data[] {
  const made = new Set(written.flatMap(({ path, added }) => (added ? [path] : [])))
  return leaves(written).flatMap(({ path, added }) => {
    const named = folderNamed(path)
    const kind = databases.includes(path)
      ? 'database'
      : added && KEY.test(path)
        ? 'key'
        : added && named !== undefined
          ? 'files'
          : undefined
    if (kind === undefined) return []
    const folder = named ?? (path.slice(0, path.lastIndexOf('/')) || '/')
    return [{ path, kind, folder, made: made.has(folder) } as const]
  })
}

/** The folder of data that a path lies in, or is. */
function folderNamed(path: string): string | undefined {
  const parts = path.split('/')
  const at = parts.findIndex((part) => OF_DATA.test(part))
  return at < 0 ? undefined : parts.slice(0, at + 1).join('/')
}

/** What is known of an image beside its data. */
export interface Home {
  /** Names the volumes. */
  readonly image: string
  /** Folders that a volume is mounted over anyway, absolute. */
  readonly mounted: readonly string[]
  /** Paths of the project's source, as they lie below /app where it is there. */
  readonly paths: readonly string[]
  /** Its user is root, who may write everywhere. */
  readonly root: boolean
}

const KINDS: Readonly<Record<Data['kind'], string>> = { database: 'a database of SQLite', key: 'a secret key', files: 'data' }
const SHOWN = 3

/** How what a container wrote is kept. @returns undefined where that is nothing */
export function keepData(data: readonly Data[], { image, mounted, paths, root }: Home): KeptData | undefined {
  const lost = data.filter(({ path }) => !mounted.some((folder) => path.startsWith(`${folder}/`)))
  if (lost.length === 0) return undefined
  const hasCode = (folder: string) =>
    folder === '/' ||
    folder === '/app' ||
    folder.includes('/site-packages') ||
    paths.some((one) => `/app/${one}`.startsWith(`${folder}/`) && one.endsWith('.py'))
  const kept = lost.filter(({ folder }) => !hasCode(folder))
  const folders = [...new Set(kept.map(({ folder }) => folder))]
  const top = folders.filter((folder) => !folders.some((other) => folder.startsWith(`${other}/`)))
  const shown = [...lost].sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind)).map(({ path, kind }) => `${path} (${KINDS[kind]})`)
  return {
    is: listed(shown, SHOWN),
    options: top.map((folder, i) => `-v ${image}-${i === 0 ? 'data' : folder.slice(folder.lastIndexOf('/') + 1)}:${folder}`).join(' '),
    writable: root ? [] : top.filter((folder) => kept.some((one) => one.folder === folder && one.made)),
    beside: lost.filter(({ folder }) => hasCode(folder)).map(({ path }) => path),
  }
}

const ORDER: readonly Data['kind'][] = ['database', 'key', 'files']

/** A start with what it wrote; Django's database is told by what makes its tables. */
export function withData(checks: readonly Check[], data: readonly Data[], home: Home): readonly Check[] {
  return checks.map((check) => {
    if (check.name !== 'start' || check.keeps) return check
    const kept = keepData(data, home)
    if (!kept) return check
    const how = kept.options && kept.writable.length === 0 ? `: a volume keeps it (${kept.options})` : ''
    const text = check.state === 'passed' ? `${check.text}; what it wrote goes with its container: ${kept.is}${how}` : check.text
    return { ...check, text, data: kept }
  })
}

/** The lines that say how data outlives its container. @param release the line that makes the image once more */
export function dataLines({ is, options, writable, beside }: KeptData, release: string): readonly string[] {
  const lines = [`It wrote data that goes with its container: ${is}.`]
  const again =
    writable.length > 0
      ? `first ${release}${writable.map((folder) => ` --writable ${folder}`).join('')} (a fresh volume there is root's without that), then `
      : ''
  if (options) lines.push(`To keep it: ${again}the same ${options} in the line above.`)
  if (beside.length > 0) {
    const it = listed(beside, SHOWN)
    lines.push(
      `${it} ${beside.length === 1 ? 'lies' : 'lie'} beside code, where a volume would keep the code of this release: let the application's configuration name a folder of its own, such as /app/data, release with --writable /app/data, and run with -v NAME:/app/data.`,
    )
  }
  return lines
}
