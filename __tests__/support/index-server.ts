import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { must } from './command.ts'
import type { TempFolder } from './temp.ts'
import type { TestWheel } from './wheel.ts'

/** How an index fails: a status for every request, `hang` (no answer ever) or `reset` (the connection is dropped). */
export type Fault = number | 'hang' | 'reset' | undefined

export interface IndexServer extends AsyncDisposable {
  /** `127.0.0.1:PORT` */
  readonly host: string
  /** The address for `index-url`, without a login. */
  readonly url: string
  /** With this login. */
  withLogin(username: string, password: string): string
  /** Paths that were asked for with the right login. */
  readonly served: readonly string[]
  /** Everything from now on fails like this. */
  fail(fault: Fault): void
}

export interface Authority {
  /** PEM file of the authority alone. */
  readonly ca: string
  readonly key: string
  readonly cert: string
}

/** An authority of its own and a certificate for loopback and index.example that it signed, by openssl. */
export async function makeAuthority(folder: TempFolder, name: string): Promise<Authority> {
  const at = (end: string) => folder.at(`${name}-${end}`)
  const openssl = (...args: string[]) => must('openssl', args)
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  const basic = ['-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'keyUsage=critical,keyCertSign']
  await openssl(
    'req',
    '-x509',
    ...key,
    '-keyout',
    at('ca.key'),
    '-out',
    at('ca.pem'),
    '-days',
    '2',
    '-subj',
    `/CN=${name} authority`,
    ...basic,
  )
  await openssl(
    'req',
    ...key,
    '-keyout',
    at('key.pem'),
    '-out',
    at('csr.pem'),
    '-subj',
    '/CN=127.0.0.1',
    '-addext',
    'subjectAltName=IP:127.0.0.1,DNS:index.example',
  )
  const sign = ['-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-CAcreateserial', '-days', '2', '-copy_extensions', 'copy']
  await openssl('x509', '-req', '-in', at('csr.pem'), ...sign, '-out', at('cert.pem'))
  return { ca: at('ca.pem'), key: at('key.pem'), cert: at('cert.pem') }
}

export interface IndexOptions {
  readonly wheels: readonly TestWheel[]
  readonly authority: Authority
  /** Asked of every request where it is given. */
  readonly login?: { readonly username: string; readonly password: string }
  /** How its pages are written; HTML (PEP 503) tells neither sizes nor upload times. JSON where it is not given. */
  readonly pages?: 'json' | 'html'
  /** What it tells of its files; sha256 where it is not given. */
  readonly hashes?: 'sha256' | 'md5' | 'none'
  /** Whether its JSON tells upload times (PEP 700); it does where it is not given. */
  readonly uploadTimes?: boolean
}

/** A private index on loopback, by HTTPS: the simple API (PEP 503, 691, 700), and the files. */
export async function startIndex(options: IndexOptions): Promise<IndexServer> {
  const { wheels, authority, login } = options
  const served: string[] = []
  const expected = login && `Basic ${Buffer.from(`${login.username}:${login.password}`).toString('base64')}`
  let fault: Fault
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    if (fault === 'hang') return
    if (fault === 'reset') return void request.socket.destroy()
    if (fault) return void response.writeHead(fault).end()
    if (expected && request.headers.authorization !== expected) {
      return void response.writeHead(401, { 'www-authenticate': 'Basic realm="index"' }).end()
    }
    const path = request.url ?? ''
    served.push(path)
    const wheel = wheels.find(({ file }) => path === `/files/${file}`)
    if (wheel) return void response.writeHead(200, { 'content-length': wheel.bytes.length }).end(wheel.bytes)
    const name = /^\/simple\/([a-z0-9-]+)\/$/.exec(path)?.[1]
    const own = wheels.filter(({ file }) => file.split('-')[0]?.replaceAll('_', '-') === name)
    if (!name || own.length === 0) return void response.writeHead(404).end()
    const page = options.pages === 'html' ? htmlPage(own, options) : jsonPage(name, own, options)
    response.writeHead(200, { 'content-type': page.type }).end(page.text)
  }
  const [key, cert] = await Promise.all([readFile(authority.key), readFile(authority.cert)])
  const server = createServer({ key, cert }, answer)
  server.on('tlsClientError', () => {}) // a client that does not trust us is a case of the tests
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    host,
    url: `https://${host}/simple/`,
    withLogin: (username, password) => `https://${encodeURIComponent(username)}:${encodeURIComponent(password)}@${host}/simple/`,
    served,
    fail(next) {
      fault = next
      server.closeAllConnections()
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

type Shown = Pick<IndexOptions, 'hashes' | 'uploadTimes'>

function hashesOf({ sha256, bytes }: TestWheel, { hashes = 'sha256' }: Shown): Readonly<Record<string, string>> {
  if (hashes === 'none') return {}
  return hashes === 'sha256' ? { sha256 } : { md5: createHash('md5').update(bytes).digest('hex') }
}

function jsonPage(name: string, wheels: readonly TestWheel[], shown: Shown) {
  const files = wheels.map((wheel) => ({
    filename: wheel.file,
    url: `/files/${wheel.file}`,
    hashes: hashesOf(wheel, shown),
    size: wheel.bytes.length,
    ...(shown.uploadTimes !== false && { 'upload-time': '2020-01-01T00:00:00Z' }),
  }))
  return {
    type: 'application/vnd.pypi.simple.v1+json',
    text: JSON.stringify({ meta: { 'api-version': '1.1' }, name, versions: [], files }),
  }
}

function htmlPage(wheels: readonly TestWheel[], shown: Shown) {
  const links = wheels.map((wheel) => {
    const [fragment = ''] = Object.entries(hashesOf(wheel, shown)).map(([kind, hash]) => `#${kind}=${hash}`)
    return `<a href="../../files/${wheel.file}${fragment}">${wheel.file}</a><br/>`
  })
  return { type: 'text/html', text: `<!DOCTYPE html><html><body>${links.join('\n')}</body></html>` }
}
