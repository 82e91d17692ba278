import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
}

export interface Asked {
  /** `GET /v2/`: method, path and query. */
  readonly what: string
  readonly authorization: string | undefined
  readonly body: string
}

export interface Server extends AsyncDisposable {
  /** `127.0.0.1:PORT`. */
  readonly host: string
  readonly asked: readonly Asked[]
}

/** A server on loopback that notes what it is asked: `await using server = await startServer(answer)`. */
export async function startServer(answer: (asked: Asked, host: string) => Answer): Promise<Server> {
  const asked: Asked[] = []
  let host = ''
  const server = createServer(async (request, response) => {
    const one: Asked = {
      what: `${request.method} ${request.url}`,
      authorization: request.headers.authorization,
      body: await textOf(request),
    }
    asked.push(one)
    const { status, headers = {}, body } = answer(one, host)
    response.writeHead(status, headers).end(body === undefined ? '' : JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    host,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request.setEncoding('utf8')) text += chunk
  return text
}

/**
 * A registry that wants Bearer tokens, as ghcr.io, Docker Hub and Azure's do.
 * @param token what its token service answers
 * @param inside what the registry answers to whom it knows, by the token
 */
export function startTokenRegistry(token: (asked: Asked) => Answer, inside: (asked: Asked, token: string) => Answer): Promise<Server> {
  return startServer((asked, host) => {
    if (/^\w+ \/token/.test(asked.what)) return token(asked)
    const given = /^Bearer (.+)$/.exec(asked.authorization ?? '')?.[1]
    if (given) return inside(asked, given)
    const challenge = `Bearer realm="http://${host}/token",service="index.example",scope="repository:x:pull"`
    return { status: 401, headers: { 'www-authenticate': challenge } }
  })
}
