import type { IncomingMessage, ServerResponse } from 'node:http'
import type { BlobStore } from './blob-store.ts'
import type { CacheEntries, Stored } from './cache-entries.ts'

/** What every address of the v1 API begins with. */
export const V1 = '/_apis/artifactcache/'

/**
 * The v1 API as GitHub Enterprise Server and act speak it: find an entry, reserve one, upload its archive in
 * ranges, commit its size.
 * @see https://github.com/actions/toolkit/blob/main/packages/cache/src/internal/cacheHttpClient.ts
 */
export class CacheApiV1 {
  private readonly entries: CacheEntries
  private readonly blobs: BlobStore
  /** Ranges that arrived, by the entry: offset to bytes. */
  private readonly ranges = new Map<Stored, Map<number, Buffer>>()

  constructor(entries: CacheEntries, blobs: BlobStore) {
    this.entries = entries
    this.blobs = blobs
  }

  /** The name of a call, for the list of calls. */
  static method(request: IncomingMessage, url: URL): string {
    return `${request.method} ${url.pathname.slice(V1.length).replace(/\d+$/, 'ID')}`
  }

  answer(request: IncomingMessage, url: URL, body: Buffer, response: ServerResponse): unknown {
    if (!/api-version=6\.0-preview/.test(request.headers.accept ?? '') && request.method !== 'PATCH')
      return refuse(response, 400, 'api-version')
    const entry = this.entries.byId(Number(/^caches\/(\d+)$/.exec(url.pathname.slice(V1.length))?.[1] ?? 0))
    switch (CacheApiV1.method(request, url)) {
      case 'GET cache':
        return this.find(url, response)
      case 'POST caches':
        return this.reserve(JSON.parse(body.toString()), response)
      case 'PATCH caches/ID':
        return this.upload(entry, request, body, response)
      case 'POST caches/ID':
        return this.commit(entry, JSON.parse(body.toString()), response)
      default:
        return refuse(response, 404, `no such call: ${request.method} ${url.pathname}`)
    }
  }

  private find(url: URL, response: ServerResponse): unknown {
    const keys = (url.searchParams.get('keys') ?? '').split(',')
    const found = this.entries.find(keys, url.searchParams.get('version') ?? '')
    if (!found) return response.writeHead(204).end()
    return json(response, 200, { archiveLocation: this.blobs.sign(found, 'read'), cacheKey: found.key, scope: 'refs/heads/main' })
  }

  private reserve(asked: { key: string; version: string }, response: ServerResponse): unknown {
    const entry = this.entries.reserve(asked)
    if (!entry) return refuse(response, 409, `Cache already exists. Scope: refs/heads/main, Key: ${asked.key}, Version: ${asked.version}`)
    return json(response, 201, { cacheId: this.entries.id(entry) })
  }

  private upload(entry: Stored | undefined, request: IncomingMessage, body: Buffer, response: ServerResponse): unknown {
    const [, from, to] = /^bytes (\d+)-(\d+)\/\*$/.exec(request.headers['content-range'] ?? '') ?? []
    if (!entry || entry.final) return refuse(response, 400, 'no such reservation')
    if (from === undefined || Number(to) - Number(from) + 1 !== body.length)
      return refuse(response, 400, 'Content-Range is not that of the body')
    const ranges = this.ranges.get(entry) ?? new Map<number, Buffer>()
    this.ranges.set(entry, ranges.set(Number(from), body))
    return response.writeHead(204).end()
  }

  private commit(entry: Stored | undefined, asked: { size: number }, response: ServerResponse): unknown {
    if (!entry || entry.final) return refuse(response, 400, 'no such reservation')
    const parts = [...(this.ranges.get(entry) ?? [])].sort(([a], [b]) => a - b)
    const whole = parts.every(([from], i) => from === parts.slice(0, i).reduce((sum, [, part]) => sum + part.length, 0))
    const bytes = Buffer.concat(parts.map(([, part]) => part))
    if (!whole || bytes.length !== asked.size) return refuse(response, 400, 'size or ranges do not match')
    Object.assign(entry, { bytes, complete: true, final: true })
    this.ranges.delete(entry)
    return response.writeHead(204).end()
  }
}

function refuse(response: ServerResponse, status: number, message: string): ServerResponse {
  return json(response, status, { message, typeKey: 'Exception' })
}

function json(response: ServerResponse, status: number, body: unknown): ServerResponse {
  return response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
