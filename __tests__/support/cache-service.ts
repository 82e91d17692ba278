import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type Blob, BlobStore, readBody } from './blob-store.ts'

/** An entry that was saved whole. */
export interface CacheEntry {
  readonly key: string
  /** What the client hashes from paths and compression. */
  readonly version: string
  /** The archive; a test may set another. */
  bytes: Buffer
}

/**
 * What goes wrong. `status N`: every call of the API answers so; `silent`: none is answered; `reset`: the
 * connection is dropped; `save denied`: the token may only read; the others concern the archive's download.
 */
export type CacheFault =
  | 'none'
  | `status ${number}`
  | 'silent'
  | 'reset'
  | 'save denied'
  | 'download corrupt'
  | 'download truncated'
  | 'download empty'
  | 'download html'
  | 'download missing'
  | 'download silent'

interface Stored extends CacheEntry, Blob {
  final: boolean
}

const SERVICE = '/twirp/github.actions.results.api.v1.CacheService/'

/** A v2 cache service of Actions on loopback: `await using cache = await cacheService()`. */
export async function cacheService(): Promise<CacheService> {
  const service = new CacheService()
  await service.listen()
  return service
}

export class CacheService implements AsyncDisposable {
  /** A test may set it at any time. */
  fault: CacheFault = 'none'
  /** The API's methods in the order they were called. */
  readonly calls: string[] = []
  private readonly token = randomBytes(24).toString('base64url')
  private readonly stored: Stored[] = []
  private readonly server = createServer((request, response) => void this.answer(request, response).catch(() => response.destroy()))
  private readonly blobs = new BlobStore(() => this.url)
  private url = ''

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve))
    this.url = `http://127.0.0.1:${(this.server.address() as { port: number }).port}/`
  }

  /** What the runner gives a step so that it finds this service. */
  get env(): Readonly<Record<string, string>> {
    return { ACTIONS_CACHE_SERVICE_V2: 'true', ACTIONS_RESULTS_URL: this.url, ACTIONS_RUNTIME_TOKEN: this.token }
  }

  /** What is kept, oldest first. */
  entries(): readonly CacheEntry[] {
    return this.stored.filter((entry) => entry.final)
  }

  /** Puts an archive there as if another job had saved it; `final: false` is one that never finished. */
  put(key: string, version: string, bytes: Buffer, final = true): CacheEntry {
    const entry = { key, version, bytes, complete: final, final }
    this.stored.push(entry)
    return entry
  }

  clear(): void {
    this.stored.length = 0
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.server.closeAllConnections()
    await new Promise((resolve) => this.server.close(resolve))
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<unknown> {
    const url = new URL(request.url ?? '/', this.url)
    if (!url.pathname.startsWith(SERVICE)) return this.transfer(request, response, url)
    const method = url.pathname.slice(SERVICE.length)
    this.calls.push(method)
    const body = (await readBody(request)).toString()
    const status = Number(/^status (\d+)$/.exec(this.fault)?.[1] ?? 0)
    if (this.fault === 'silent') return
    if (this.fault === 'reset') return request.socket.resetAndDestroy()
    if (status) return json(response, status, { code: 'internal', msg: `provoked ${status}` })
    if (request.headers.authorization !== `Bearer ${this.token}`) return json(response, 401, { code: 'unauthenticated', msg: 'bad token' })
    const asked = JSON.parse(body) as { key: string; version: string; restore_keys?: string[]; size_bytes?: string }
    if (method === 'CreateCacheEntry') return this.create(asked, response)
    if (method === 'FinalizeCacheEntryUpload') return this.finalize(asked, response)
    if (method === 'GetCacheEntryDownloadURL') return this.find(asked, response)
    return json(response, 404, { code: 'bad_route', msg: `no method ${method}` })
  }

  private create(asked: { key: string; version: string }, response: ServerResponse): unknown {
    if (this.fault === 'save denied') return json(response, 200, { ok: false, message: 'cache write denied: the token is read-only' })
    if (this.stored.some((entry) => same(entry, asked)))
      return json(response, 409, { code: 'already_exists', msg: 'cache entry with the same key, version, and scope already exists' })
    const entry: Stored = { key: asked.key, version: asked.version, bytes: Buffer.alloc(0), complete: false, final: false }
    this.stored.push(entry)
    return json(response, 200, { ok: true, signed_upload_url: this.blobs.sign(entry, 'write') })
  }

  private finalize(asked: { key: string; version: string; size_bytes?: string }, response: ServerResponse): unknown {
    const entry = this.stored.find((candidate) => same(candidate, asked) && !candidate.final)
    if (!entry?.complete || entry.bytes.length !== Number(asked.size_bytes)) return json(response, 200, { ok: false })
    entry.final = true
    return json(response, 200, { ok: true, entry_id: String(this.stored.indexOf(entry) + 1) })
  }

  /** Each key in turn: the entry of that very name, else the newest that starts with it. */
  private find(asked: { key: string; version: string; restore_keys?: string[] }, response: ServerResponse): unknown {
    const candidates = this.stored.filter((entry) => entry.final && entry.version === asked.version)
    for (const key of [asked.key, ...(asked.restore_keys ?? [])]) {
      const found = candidates.find((entry) => entry.key === key) ?? candidates.findLast((entry) => entry.key.startsWith(key))
      if (found) return json(response, 200, { ok: true, signed_download_url: this.blobs.sign(found, 'read'), matched_key: found.key })
    }
    return json(response, 200, { ok: false })
  }

  private async transfer(request: IncomingMessage, response: ServerResponse, url: URL): Promise<unknown> {
    const fault = request.method === 'GET' && this.fault.startsWith('download ') ? this.fault.slice('download '.length) : ''
    const newest = this.entries().at(-1)?.bytes ?? Buffer.alloc(0)
    if (fault === 'silent') return
    if (fault === 'missing')
      return response.writeHead(404, { 'content-type': 'application/xml' }).end('<Error><Code>BlobNotFound</Code></Error>')
    if (fault === 'html') return response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Sign in</title>')
    if (fault === 'empty') return response.writeHead(200, { 'content-length': 0 }).end()
    if (fault === 'truncated') return response.end(newest.subarray(0, newest.length >> 1))
    if (fault === 'corrupt') return response.end(Buffer.from(newest.map((byte, i) => (i % 97 === 40 ? byte ^ 0xff : byte))))
    return this.blobs.serve(request, response, url)
  }
}

function same(entry: CacheEntry, asked: { key: string; version: string }): boolean {
  return entry.key === asked.key && entry.version === asked.version
}

function json(response: ServerResponse, status: number, body: unknown): ServerResponse {
  return response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
