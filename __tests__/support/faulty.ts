import { createServer, request as forward } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Fault {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  /** The code of the error; without one the answer is empty, as those of some proxies are. */
  readonly code?: string
}

export interface FaultyRegistry extends AsyncDisposable {
  /** `127.0.0.1:PORT`. */
  readonly host: string
  /** Milliseconds (`performance.now()`) at which each fault was met. */
  readonly met: readonly number[]
}

/**
 * A registry that does as another one does, but for some uploads: `await using registry = await startFaulty(…)`.
 * @param host of the other registry
 * @param fault of the first, second, … upload that a client with a login begins; undefined where it is none
 */
export async function startFaulty(host: string, fault: (upload: number) => Fault | undefined): Promise<FaultyRegistry> {
  const met: number[] = []
  let uploads = 0
  const server = createServer((request, response) => {
    const begins = request.method === 'POST' && request.url?.endsWith('/blobs/uploads/') && request.headers.authorization
    const found = begins ? fault(++uploads) : undefined
    if (found) {
      met.push(performance.now())
      request.resume()
      return void response
        .writeHead(found.status, found.headers ?? {})
        .end(found.code && JSON.stringify({ errors: [{ code: found.code, message: 'no' }] }))
    }
    const [hostname = '', port = ''] = host.split(':')
    // With the client's own Host, so that the addresses in the answers lead through here again.
    const there = forward({ hostname, port, method: request.method, path: request.url, headers: request.headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    there.on('error', () => response.destroy())
    request.pipe(there)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    met,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
