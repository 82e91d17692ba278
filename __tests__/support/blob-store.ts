import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'

/** A file of the store. */
export interface Blob {
  bytes: Buffer
  /** True once it was uploaded whole. */
  complete: boolean
}

/** Settles when a link has moved so many bytes. */
type Pace = (bytes: number) => Promise<void>

const PART = 65_536

type Access = 'read' | 'write'

/** Blobs behind signed addresses, in the part of Azure's protocol that @azure/storage-blob and @actions/http-client speak. */
export class BlobStore {
  private readonly signed = new Map<string, { blob: Blob; access: Access }>()
  private readonly blocks = new Map<Blob, Map<string, Buffer>>()
  private readonly base: () => string

  constructor(base: () => string) {
    this.base = base
  }

  /** An address that gives that access and no other; the signature is random, because the client masks it. */
  sign(blob: Blob, access: Access): string {
    const sig = randomBytes(24).toString('base64url')
    this.signed.set(sig, { blob, access })
    return `${this.base()}account/container/blob?se=2099-01-01&sp=${access === 'read' ? 'r' : 'cw'}&sv=2025-07-05&sig=${sig}`
  }

  async serve(request: IncomingMessage, response: ServerResponse, url: URL, pace?: Pace): Promise<unknown> {
    const body = await readBody(request, pace)
    const grant = this.signed.get(url.searchParams.get('sig') ?? '')
    response.setHeader('x-ms-request-id', randomBytes(8).toString('hex'))
    response.setHeader('x-ms-version', '2025-07-05')
    if (!grant) return refuse(response, 403, 'AuthenticationFailed')
    const reading = request.method === 'GET' || request.method === 'HEAD'
    if ((grant.access === 'read') !== reading) return refuse(response, 403, 'AuthorizationPermissionMismatch')
    if (reading) return send(request, response, grant.blob, pace)
    if (request.method !== 'PUT') return refuse(response, 405, 'UnsupportedHttpVerb')
    return this.write(grant.blob, body, url, response)
  }

  private write(blob: Blob, body: Buffer, url: URL, response: ServerResponse): ServerResponse {
    const blocks = this.blocks.get(blob) ?? new Map<string, Buffer>()
    this.blocks.set(blob, blocks)
    if (url.searchParams.get('comp') === 'block') {
      blocks.set(url.searchParams.get('blockid') ?? '', body)
      return created(response)
    }
    if (url.searchParams.get('comp') === 'blocklist') {
      const ids = [...body.toString().matchAll(/<(?:Latest|Uncommitted|Committed)>([^<]+)</g)].map((match) => match[1] ?? '')
      const parts = ids.map((id) => blocks.get(id))
      if (parts.includes(undefined)) return refuse(response, 400, 'InvalidBlockList')
      blob.bytes = Buffer.concat(parts as Buffer[])
    } else blob.bytes = body
    blob.complete = true
    this.blocks.delete(blob)
    return created(response)
  }
}

export async function readBody(request: IncomingMessage, pace?: Pace): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) {
    chunks.push(chunk as Buffer)
    await pace?.((chunk as Buffer).length)
  }
  return Buffer.concat(chunks)
}

function created(response: ServerResponse): ServerResponse {
  return response.writeHead(201, { etag: `"${randomBytes(8).toString('hex')}"`, 'last-modified': new Date().toUTCString() }).end()
}

function refuse(response: ServerResponse, status: number, code: string): ServerResponse {
  const text = `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`
  return response.writeHead(status, { 'content-type': 'application/xml', 'x-ms-error-code': code }).end(text)
}

async function send(request: IncomingMessage, response: ServerResponse, blob: Blob, pace?: Pace): Promise<ServerResponse> {
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? String(request.headers['x-ms-range'] ?? '')) ?? []
  const size = blob.bytes.length
  const headers = {
    'accept-ranges': 'bytes',
    'content-type': 'application/octet-stream',
    etag: '"1"',
    'last-modified': new Date(0).toUTCString(),
  }
  if (from === undefined) {
    response.writeHead(200, { ...headers, 'content-length': size })
    return write(request, response, blob.bytes, pace)
  }
  if (Number(from) >= size) return refuse(response, 416, 'InvalidRange')
  const end = Math.min(to ? Number(to) : size - 1, size - 1)
  const part = blob.bytes.subarray(Number(from), end + 1)
  response.writeHead(206, { ...headers, 'content-length': part.length, 'content-range': `bytes ${from}-${end}/${size}` })
  return write(request, response, part, pace)
}

async function write(request: IncomingMessage, response: ServerResponse, bytes: Buffer, pace?: Pace): Promise<ServerResponse> {
  if (request.method === 'HEAD') return response.end()
  if (!pace) return response.end(bytes)
  for (let from = 0; from < bytes.length; from += PART) {
    await pace(Math.min(PART, bytes.length - from))
    response.write(bytes.subarray(from, from + PART))
  }
  return response.end()
}
