import { spawn } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { createServer } from 'node:tls'
import { freePort, must, until } from './command.ts'
import type { Authority, IndexOptions } from './index-server.ts'
import { tempFolder } from './temp.ts'

/** A release with `--hash-algo`, and what its htpasswd takes. */
const PACKAGES = ['pypiserver==2.4.2', 'passlib==1.7.4']

/**
 * A private index as teams run it: pypiserver with a login, behind TLS of an authority of its own. It answers with
 * HTML and sha256, and tells no upload times.
 * @returns its address for `index-url`
 */
export async function startPypiserver({
  wheels,
  authority,
  login,
}: Required<Pick<IndexOptions, 'wheels' | 'authority' | 'login'>>): Promise<{ readonly url: string } & AsyncDisposable> {
  await using begun = new AsyncDisposableStack()
  const folder = begun.use(await tempFolder('pypiserver'))
  await must('python3', ['-m', 'pip', 'install', '--quiet', '--no-cache-dir', '--target', folder.at('installed'), ...PACKAGES])
  await must('mkdir', [folder.at('packages')])
  for (const { file, bytes } of wheels) await writeFile(folder.at('packages', file), bytes)
  const hashed = await must('openssl', ['passwd', '-apr1', '-stdin'], { input: login.password })
  await writeFile(folder.at('htpasswd'), `${login.username}:${hashed}\n`)
  const port = await freePort()
  const words = ['run', '--interface', '127.0.0.1', '--port', String(port), '--hash-algo', 'sha256', '--disable-fallback']
  const access = ['--passwords', folder.at('htpasswd'), '--authenticate', 'update,download,list']
  const server = spawn('python3', ['-m', 'pypiserver', ...words, ...access, folder.at('packages')], {
    env: { ...process.env, PYTHONPATH: folder.at('installed') },
    stdio: 'ignore',
  })
  begun.defer(() => void server.kill())
  await until(
    'an answer of pypiserver',
    20,
    async () => (await fetch(`http://127.0.0.1:${port}/simple/`).catch(() => undefined))?.status === 401,
  )
  const front = await tlsFront(authority, port)
  begun.defer(front.close)
  const all = begun.move()
  return { url: `https://127.0.0.1:${front.port}/simple/`, [Symbol.asyncDispose]: () => all.disposeAsync() }
}

/** Takes TLS off, and hands on what is inside. */
async function tlsFront(authority: Authority, to: number): Promise<{ readonly port: number; close(): Promise<void> }> {
  const [key, cert] = await Promise.all([readFile(authority.key), readFile(authority.cert)])
  const open = new Set<Socket>()
  const front = createServer({ key, cert }, (outer) => {
    const inner = connect(to, '127.0.0.1')
    for (const socket of [outer, inner]) {
      open.add(socket)
      socket.on('error', () => {}).on('close', () => open.delete(socket))
    }
    outer.pipe(inner).pipe(outer)
  })
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve))
  return {
    port: (front.address() as AddressInfo).port,
    async close() {
      for (const socket of open) socket.destroy()
      await new Promise((resolve) => front.close(resolve))
    },
  }
}
