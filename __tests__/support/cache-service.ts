import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { BlobStore, readBody } from './blob-store.ts'
import { CacheApiV1, V1 } from './cache-api-v1.ts'
import { CacheEntries, type CacheEntry } from './cache-entries.ts'

export type { CacheEntry } from './cache-entries.ts'

/**
 * What goes wrong. `status N`: every call of the API answers so; `silent`: none is answered; `reset`: the
 * connection is dropped; `save denied`: the token may only read; `slow`: archives come
 * and go at SLOW bytes a second, steadily; the others concern the archive's download, `stalled` is one of which
 * no more than a byte a second comes from the middle on: the library gives up a silent one by itself.
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
  | 'download stalled'
  | 'slow'

/** Bytes a second of the fault `slow`. */
export const SLOW = 3_000_000

const READ_ONLY = 'cache write denied: the token is read-only'
const SERVICE = '/twirp/github.actions.results.api.v1.CacheService/'

/** A cache service of Actions on loopback, with the v2 API and the v1 API over the same entries: `await using cache = await cacheService()`. */
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
  private readonly stored = new CacheEntries()
  private readonly server = createServer((request, response) => void this.answer(request, response).catch(() => response.destroy()))
  private readonly blobs = new BlobStore(() => this.url)
  private readonly v1 = new CacheApiV1(this.stored, this.blobs)
  private url = ''
  /** When the slow link has moved all that was asked of it. */
  private free = 0

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve))
    this.url = `http://127.0.0.1:${(this.server.address() as { port: number }).port}/`
  }

  /** What a GitHub Enterprise Server's runner gives, and act: the v1 API alone. */
  get envV1(): Readonly<Record<string, string>> {
    return { ACTIONS_CACHE_URL: this.url, ACTIONS_RUNTIME_TOKEN: this.token }
  }

  /** What the runner gives a step so that it finds this service. */
  get env(): Readonly<Record<string, string>> {
    return { ACTIONS_CACHE_SERVICE_V2: 'true', ACTIONS_RESULTS_URL: this.url, ACTIONS_RUNTIME_TOKEN: this.token }
  }

  /** What is kept, oldest first. */
  entries(): readonly CacheEntry[] {
    return this.stored.final()
  }

  /** Puts an archive there as if another job had saved it; `final: false` is one that never finished. */
  put(key: string, version: string, bytes: Buffer, final = true): CacheEntry {
    return this.stored.add(key, version, bytes, final)
  }

  clear(): void {
    this.stored.clear()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.server.closeAllConnections()
    await new Promise((resolve) => this.server.close(resolve))
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<unknown> {
    const url = new URL(request.url ?? '/', this.url)
    const old = url.pathname.startsWith(V1)
    if (!old && !url.pathname.startsWith(SERVICE)) return this.transfer(request, response, url)
    const method = old ? CacheApiV1.method(request, url) : url.pathname.slice(SERVICE.length)
    this.calls.push(method)
    const body = await readBody(request)
    const status = Number(/^status (\d+)$/.exec(this.fault)?.[1] ?? 0)
    if (this.fault === 'silent') return
    if (this.fault === 'reset') return request.socket.resetAndDestroy()
    if (status) return json(response, status, { code: 'internal', msg: `provoked ${status}` })
    if (request.headers.authorization !== `Bearer ${this.token}`) return json(response, 401, { code: 'unauthenticated', msg: 'bad token' })
    if (old && this.fault === 'save denied' && request.method !== 'GET') return json(response, 403, { message: READ_ONLY })
    if (old) return this.v1.answer(request, url, body, response)
    const asked = JSON.parse(body.toString()) as { key: string; version: string; restore_keys?: string[]; size_bytes?: string }
    if (method === 'CreateCacheEntry') return this.create(asked, response)
    if (method === 'FinalizeCacheEntryUpload') return this.finalize(asked, response)
    if (method === 'GetCacheEntryDownloadURL') return this.find(asked, response)
    return json(response, 404, { code: 'bad_route', msg: `no method ${method}` })
  }

  private create(asked: { key: string; version: string }, response: ServerResponse): unknown {
    if (this.fault === 'save denied') return json(response, 200, { ok: false, message: READ_ONLY })
    const entry = this.stored.reserve(asked)
    if (!entry)
      return json(response, 409, { code: 'already_exists', msg: 'cache entry with the same key, version, and scope already exists' })
    return json(response, 200, { ok: true, signed_upload_url: this.blobs.sign(entry, 'write') })
  }

  private finalize(asked: { key: string; version: string; size_bytes?: string }, response: ServerResponse): unknown {
    const entry = this.stored.waiting(asked)
    if (!entry?.complete || entry.bytes.length !== Number(asked.size_bytes)) return json(response, 200, { ok: false })
    entry.final = true
    return json(response, 200, { ok: true, entry_id: String(this.stored.id(entry)) })
  }

  private find(asked: { key: string; version: string; restore_keys?: string[] }, response: ServerResponse): unknown {
    const found = this.stored.find([asked.key, ...(asked.restore_keys ?? [])], asked.version)
    if (!found) return json(response, 200, { ok: false })
    return json(response, 200, { ok: true, signed_download_url: this.blobs.sign(found, 'read'), matched_key: found.key })
  }

  /** All transfers share one link, which may become a quick one. */
  private async pace(bytes: number): Promise<void> {
    if (this.fault !== 'slow') return
    this.free = Math.max(this.free, performance.now()) + (bytes / SLOW) * 1000
    await sleep(this.free - performance.now())
  }

  private async transfer(request: IncomingMessage, response: ServerResponse, url: URL): Promise<unknown> {
    const fault = request.method === 'GET' && this.fault.startsWith('download ') ? this.fault.slice('download '.length) : ''
    const newest = this.entries().at(-1)?.bytes ?? Buffer.alloc(0)
    if (fault === 'silent') return
    if (fault === 'stalled') return stall(response, newest)
    if (fault === 'missing')
      return response.writeHead(404, { 'content-type': 'application/xml' }).end('<Error><Code>BlobNotFound</Code></Error>')
    if (fault === 'html') return response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Sign in</title>')
    if (fault === 'empty') return response.writeHead(200, { 'content-length': 0 }).end()
    if (fault === 'truncated') return response.end(newest.subarray(0, newest.length >> 1))
    if (fault === 'corrupt') return response.end(Buffer.from(newest.map((byte, i) => (i % 97 === 40 ? byte ^ 0xff : byte))))
    return this.blobs.serve(request, response, url, this.fault === 'slow' ? (bytes) => this.pace(bytes) : undefined)
  }
}

function stall(response: ServerResponse, bytes: Buffer): void {
  response.writeHead(206, { 'content-length': bytes.length }).write(bytes.subarray(0, bytes.length >> 1))
  const drops = setInterval(() => response.write('x'), 1000)
  response.on('close', () => clearInterval(drops))
}

function json(response: ServerResponse, status: number, body: unknown): ServerResponse {
  return response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
