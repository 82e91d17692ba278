import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A way to a server that counts what is sent to it. */
export interface Counter extends AsyncDisposable {
  /** `127.0.0.1:PORT` */
  readonly host: string
  /** Bytes sent to the server since the last call: headers and bodies. */
  take(): number
}

/** Passes connections on to another port of loopback: `await using counter = await countTo(registry.host)`. */
export async function countTo(to: string): Promise<Counter> {
  let sent = 0
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    const there = connect(Number(to.split(':')[1]), '127.0.0.1')
    for (const [one, other] of [
      [socket, there],
      [there, socket],
    ] as const) {
      sockets.add(one)
      one.on('error', () => other.destroy()) // either side may leave
    }
    socket.on('data', (piece) => {
      sent += piece.length
    })
    socket.pipe(there)
    there.pipe(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    take() {
      const now = sent
      sent = 0
      return now
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
