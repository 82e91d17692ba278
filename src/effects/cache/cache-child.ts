import { subscribe } from 'node:diagnostics_channel'
import type { ClientRequest } from 'node:http'
import type { Socket } from 'node:net'
import { text } from 'node:stream/consumers'

/** What a child process is asked to do with the cache service, as JSON on its stdin. */
export type CacheRequest =
  | { readonly verb: 'restore'; readonly folder: string; readonly prefixes: readonly string[] }
  | { readonly verb: 'save'; readonly folder: string; readonly key: string }

/** Its answer, as JSON on the last line of stdout. Before it stands whatever the library printed. */
export interface CacheAnswer {
  /** The key of the entry that was restored or saved. */
  readonly key?: string
  readonly error?: string
}

/** The one argument with which the entrypoint becomes that child. */
export const CACHE_CHILD = 'cache-child'

export function isCacheChild(argv: readonly string[]): boolean {
  return argv[2] === CACHE_CHILD
}

/** What it prints on stderr while bytes flow or tar is at work. */
export const AT_WORK = 'pypackager: at work'
const LOOK_MS = 500
/** Fewer bytes are calls of the API and their repetition, and no archive on its way. */
const PROGRESS_BYTES = 256 * 1024

/** Lets whoever waits tell a slow transfer from a service that does not answer. */
function tellProgress(): void {
  const sockets = new Set<Socket>()
  subscribe('http.client.request.created', (message) => {
    ;(message as { request: ClientRequest }).request.once('socket', (socket) => sockets.add(socket))
  })
  let told = 0
  let before = false
  setInterval(() => {
    const moved = [...sockets].reduce((sum, socket) => sum + socket.bytesRead + socket.bytesWritten, 0)
    // Twice in a row: its programs' versions are asked for before the service is.
    const busy = process.getActiveResourcesInfo().includes('ProcessWrap')
    const packing = busy && before
    before = busy
    if (!packing && moved < told + PROGRESS_BYTES) return
    told = moved
    process.stderr.write(`${AT_WORK}\n`)
  }, LOOK_MS).unref()
}

/**
 * Does what stdin asks, with the cache service of Actions (v2 and v1, as @actions/cache chooses), in the
 * working folder. The library is 2.4 MB and loaded only here.
 */
export async function answerCacheRequest(): Promise<void> {
  // Paths in an archive are relative to this, and the working folder's real name is what they are compared with.
  process.env.GITHUB_WORKSPACE = process.cwd()
  tellProgress()
  let answer: CacheAnswer
  try {
    answer = await ask(JSON.parse(await text(process.stdin)) as CacheRequest)
  } catch (error) {
    answer = { error: (error as Error).message }
  }
  process.stdout.write(`\n${JSON.stringify(answer)}\n`)
}

async function ask(request: CacheRequest): Promise<CacheAnswer> {
  const cache = await import('@actions/cache')
  if (!cache.isFeatureAvailable()) return { error: 'the runner names no address for it' }
  if (request.verb === 'save') {
    const id = await cache.saveCache([request.folder], request.key)
    return id === -1 ? {} : { key: request.key }
  }
  const [first = '', ...others] = request.prefixes
  const key = await cache.restoreCache([request.folder], first, others)
  return key === undefined ? {} : { key }
}
