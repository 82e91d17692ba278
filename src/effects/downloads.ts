import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import path from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { HttpClient } from '@actions/http-client'
import { UserError } from '../errors.ts'
import { isFullDisk } from './full-disk.ts'
import type { Downloads } from './ports.ts'

const TRIES = 3
const SOCKET_TIMEOUT_MS = 30_000

/**
 * One pool of connections for all files: without it name resolution failed under 16 parallel requests. The
 * proxies of the environment are used as `NO_PROXY` says (by @actions/http-client).
 * @param login the Authorization header for an address; asked anew after each redirect, so that a login never
 * goes to another origin
 */
export function indexDownloads(login: (url: string) => string | undefined = () => undefined): Downloads {
  const options = { keepAlive: true, socketTimeout: SOCKET_TIMEOUT_MS, allowRetries: false, allowRedirects: false }
  // A client keeps the agent of its first address, and an https agent refuses http: one for each.
  const clients = { 'http:': new HttpClient('pypackager-action', [], options), 'https:': new HttpClient('pypackager-action', [], options) }
  const get: Get = async (url, redirects = 5) => {
    const { protocol } = new URL(url)
    if (protocol !== 'http:' && protocol !== 'https:')
      throw new UserError('wheels', `the lock names a file by ${protocol}`, 'Only http and https are fetched.')
    const authorization = login(url)
    const { message } = await clients[protocol].get(url, authorization ? { authorization } : {})
    const location = message.headers.location
    if (!location || ![301, 302, 303, 307, 308].includes(message.statusCode ?? 0) || redirects === 0) return message
    message.resume()
    const next = new URL(location, url)
    if (protocol === 'https:' && next.protocol === 'http:') throw new Error('redirects from https to http')
    return get(next.href, redirects - 1)
  }
  return {
    withLogins: indexDownloads,
    async fetch(url, sha256, destination) {
      const started = performance.now()
      await mkdir(path.dirname(destination), { recursive: true })
      const part = `${destination}.part`
      let fault = new Error('not tried')
      for (let attempt = 1; attempt <= TRIES; attempt++) {
        try {
          const { bytes, hash } = await stream(get, url, part)
          if (hash !== sha256) throw wrongHash(url, sha256, hash)
          await rename(part, destination)
          return { bytes, seconds: (performance.now() - started) / 1000 }
        } catch (error) {
          await rm(part, { force: true })
          if (error instanceof UserError || isFullDisk(error)) throw error
          fault = error as Error
          if (attempt < TRIES) await new Promise((resolve) => setTimeout(resolve, 300 * 3 ** attempt))
        }
      }
      throw indexFault(url, fault)
    },
  }
}

type Get = (url: string, redirects?: number) => Promise<IncomingMessage>

async function stream(get: Get, url: string, to: string): Promise<{ bytes: number; hash: string }> {
  const message = await get(url)
  const status = message.statusCode ?? 0
  if (status !== 200) {
    message.resume()
    if (status >= 500 || status === 429) throw new StatusError(status)
    throw new UserError(
      'wheels',
      `index ${host(url)} answered ${status} for ${fileName(url)}`,
      status === 401 || status === 403
        ? 'Set index-credentials (netrc text) for that host.'
        : 'Check index-url and extra-index-urls; the lock names this file.',
    )
  }
  const expected = Number(message.headers['content-length'] ?? Number.NaN)
  const hash = createHash('sha256')
  let bytes = 0
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      bytes += chunk.length
      done(null, chunk)
    },
  })
  await pipeline(message, count, createWriteStream(to))
  if (!Number.isNaN(expected) && bytes !== expected && !message.headers['content-encoding'])
    throw new Error(`cut short after ${bytes} of ${expected} bytes`)
  return { bytes, hash: hash.digest('hex') }
}

class StatusError extends Error {
  readonly status: number
  constructor(status: number) {
    super(`answered ${status}`)
    this.status = status
  }
}

function wrongHash(url: string, expected: string, got: string): UserError {
  return new UserError(
    'wheels',
    `${fileName(url)} from ${host(url)} is not what the lock names: expected sha256 ${expected.slice(0, 16)}…, got ${got.slice(0, 16)}…`,
    'It was not installed. Make the lock again if the file was replaced on purpose.',
  )
}

const LATER = 'Run again later, or name another index in index-url.'

/** The index is named, not the project. */
function indexFault(url: string, fault: Error): UserError {
  const code = (fault as NodeJS.ErrnoException).code ?? ''
  const [cause, next] =
    fault instanceof StatusError
      ? [`answered ${fault.status} (${TRIES} tries)`, LATER]
      : /timeout|ETIMEDOUT/i.test(`${code} ${fault.message}`)
        ? ['timed out', LATER]
        : /CERT|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code)
          ? [`has a certificate that is not trusted here (${code})`, 'Name the authority that signed it in ca-bundle.']
          : code === 'ENOTFOUND' || code === 'EAI_AGAIN'
            ? ['was not found (DNS)', 'Check index-url, extra-index-urls and the proxy of the runner.']
            : [fault.message, LATER]
  return new UserError('wheels', `index ${host(url)} ${cause}`, next)
}

function host(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'unknown'
}

function fileName(url: string): string {
  return decodeURIComponent(url.split(/[?#]/)[0]?.split('/').at(-1) ?? url)
}
