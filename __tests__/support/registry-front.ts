import {
  type ClientRequest,
  createServer,
  request as forward,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { REGISTRY_USER } from './registry.ts'

// What stands in front of a real registry on loopback, and is a registry to all who ask.

export interface Fault {
  /** 0 cuts the connection. */
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  /** The code of the error; without one the answer is empty, as those of some proxies are. */
  readonly code?: string
}

export interface Front extends AsyncDisposable {
  /** `127.0.0.1:PORT`. */
  readonly host: string
}

export interface FaultyRegistry extends Front {
  /** How often a fault was met. */
  readonly met: number
}

/**
 * A registry that does as another one does, but for some uploads: `await using registry = await startFaulty(…)`.
 * @param host of the other registry
 * @param fault of the first, second, … upload that a client with a login begins; undefined where it is none
 * @param at the request of an upload that is meant: its begin, or the first bytes of a layer
 */
export async function startFaulty(
  host: string,
  fault: (upload: number) => Fault | undefined,
  at: 'start' | 'bytes' = 'start',
): Promise<FaultyRegistry> {
  let met = 0
  let uploads = 0
  const front = await start((request, response) => {
    const { method, headers } = request
    // Docker 20.10 sends a layer by PATCH, newer engines by PUT.
    const isBytes = method === 'PATCH' || (method === 'PUT' && headers['content-length'] !== '0')
    const meant = (at === 'bytes' ? isBytes : method === 'POST') && request.url?.includes('/blobs/uploads/') && headers.authorization
    const found = meant ? fault(++uploads) : undefined
    if (!found) return pass(host, request, response)
    met++
    if (found.status === 0) return void request.once('data', () => request.socket.destroy())
    request.resume()
    response
      .writeHead(found.status, found.headers ?? {})
      .end(found.code && JSON.stringify({ errors: [{ code: found.code, message: 'no' }] }))
  })
  return {
    ...front,
    get met() {
      return met
    },
  }
}

/** A registry to which something happens right before it takes the first manifest of a tag. */
export async function startInterrupted(host: string, tag: string, happens: () => Promise<void>): Promise<Front> {
  let over = false
  return start(async (request, response) => {
    const meant = request.method === 'PUT' && request.url?.endsWith(`/manifests/${tag}`) && request.headers.authorization
    if (meant && !over) {
      over = true
      await happens()
    }
    pass(host, request, response)
  })
}

/** A registry whose tags cannot be changed, not even to the same image, as Amazon's with immutable tags. */
export async function startImmutable(host: string): Promise<Front> {
  const taken = new Set<string>()
  return start((request, response) => {
    const url = request.url ?? ''
    if (request.method !== 'PUT' || !/\/manifests\/(?!sha256:)/.test(url) || !request.headers.authorization)
      return pass(host, request, response)
    if (!taken.has(url)) {
      taken.add(url)
      return pass(host, request, response)
    }
    request.resume()
    const errors = [
      { code: 'TAG_INVALID', message: 'The image tag already exists and cannot be overwritten because the tag is immutable.' },
    ]
    response.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify({ errors }))
  })
}

/** Cuts several registries off at once, at one of the requests to any of them: what they see of a run that is killed there. */
export interface Scissors {
  /** Requests up to the cut. */
  left: number
  /** Whether the registry still hears the last one. */
  readonly heard: boolean
  /** Requests that registries are at work on. */
  atWork: number
}

export function startCut(host: string, scissors: Scissors): Promise<Front> {
  return start((request, response) => {
    const left = --scissors.left
    if (left < 0 || (left === 0 && !scissors.heard)) return void request.socket.destroy()
    scissors.atWork++
    const there = send(host, request, {}, (answer) => {
      answer.once('close', () => scissors.atWork--)
      if (left > 0) return void answer.pipe(response.writeHead(answer.statusCode ?? 502, answer.headers))
      answer.resume().once('end', () => request.socket.destroy())
    })
    there.once('error', () => scissors.atWork--)
  })
}

export interface TokenFront extends Front {
  /** Each token that was given, by what it was given for: `password` or `identity token`. */
  readonly given: readonly string[]
}

/**
 * A registry that wants Bearer tokens and gives an identity token at a login, as Azure's does.
 * @param host of the registry that holds the images
 */
export async function startTokenFront(host: string): Promise<TokenFront> {
  const given: string[] = []
  const basic = `Basic ${btoa(`${REGISTRY_USER.username}:${REGISTRY_USER.password}`)}`
  const front = await start(async (request, response) => {
    const json = (status: number, body: unknown, headers = {}) => void response.writeHead(status, headers).end(JSON.stringify(body))
    if (request.url?.startsWith('/token')) {
      const form = new URLSearchParams(request.method === 'POST' ? await textOf(request) : '')
      const byToken = form.get('grant_type') === 'refresh_token' && form.get('refresh_token') === 'long-lived'
      if (!byToken && request.headers.authorization !== basic) return json(401, {})
      given.push(byToken ? 'identity token' : 'password')
      return json(200, { access_token: 'short-lived', token: 'short-lived', refresh_token: 'long-lived', expires_in: 300 })
    }
    if (request.headers.authorization === 'Bearer short-lived') return pass(host, request, response, { authorization: basic })
    request.resume()
    const challenge = `Bearer realm="http://${request.headers.host}/token",service="index.example"`
    json(401, { errors: [{ code: 'UNAUTHORIZED', message: 'no' }] }, { 'www-authenticate': challenge })
  })
  return { ...front, given }
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request.setEncoding('utf8')) text += chunk
  return text
}

function pass(host: string, request: IncomingMessage, response: ServerResponse, headers: Readonly<Record<string, string>> = {}): void {
  const there = send(host, request, headers, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(response)
  })
  there.on('error', () => response.destroy())
}

/** Hands a request on with the client's own Host, so that the addresses in the answers lead through here again. */
function send(
  host: string,
  request: IncomingMessage,
  headers: Readonly<Record<string, string>>,
  answered: (answer: IncomingMessage) => void,
): ClientRequest {
  const [hostname = '', port = ''] = host.split(':')
  const { method, url } = request
  const there = forward({ hostname, port, method, path: url, headers: { ...request.headers, ...headers } }, answered)
  request.pipe(there)
  return there
}

async function start(listen: RequestListener): Promise<Front> {
  const server = createServer(listen)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
