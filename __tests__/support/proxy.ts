import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import type { Duplex } from 'node:stream'

export interface Proxy extends AsyncDisposable {
  /** For HTTPS_PROXY; with the login where it asks for one. */
  readonly url: string
  /** `host:port` of what was asked for with the right login. */
  readonly asked: readonly string[]
}

/** A proxy on loopback (CONNECT) that leads every host to one server: `await using proxy = await startProxy('127.0.0.1:…')`. */
export async function startProxy(to: string, login?: { readonly username: string; readonly password: string }): Promise<Proxy> {
  const asked: string[] = []
  const expected = login && `Basic ${Buffer.from(`${login.username}:${login.password}`).toString('base64')}`
  const server = createServer()
  const sockets = new Set<Duplex>()
  server.on('connect', (request, socket) => {
    sockets.add(socket)
    socket.on('error', () => {}) // a client may leave
    if (expected && request.headers['proxy-authorization'] !== expected) return void socket.end('HTTP/1.1 407 No\r\n\r\n')
    asked.push(request.url ?? '')
    const [host = '', port = ''] = to.split(':')
    const there = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      there.pipe(socket)
      socket.pipe(there)
    })
    sockets.add(there)
    there.on('error', () => socket.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const words = login ? `${encodeURIComponent(login.username)}:${encodeURIComponent(login.password)}@` : ''
  return {
    url: `http://${words}127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy() // these are none of the server's any more
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
