import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import path from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { HttpClient } from '@actions/http-client'
import { UserError } from '../../errors.ts'
import { hostOf } from '../../text/addresses.ts'
import { inWords, LONGER, limitOf } from '../../time-limits.ts'
import { isFullDisk } from '../files/full-disk.ts'
import type { Downloads } from '../ports.ts'

/** How long an index may keep us waiting: of one file at most `tries × silence` and what is waited between the tries. */
export interface Patience {
  readonly tries: number
  /** Milliseconds without an answer, or without a further byte, after which a try is given up. */
  readonly silence: number
}

/** As uv is told in stages/lock/resolve.py. */
const PATIENCE = { tries: 3, silence: 20_000 }
/** Most bytes of a file whose size nobody tells. */
const LARGEST = 16 * 2 ** 30

/**
 * One pool of connections for all files: without it name resolution failed under 16 parallel requests. The
 * proxies of the environment are used as `NO_PROXY` says (by @actions/http-client).
 * @param login the Authorization header for an address; asked anew after each redirect, so that a login never
 * goes to another origin
 * @param limit seconds for one file, all tries together: an index that gives a byte now and then is never silent
 */
export function indexDownloads(
  login: (url: string) => string | undefined = () => undefined,
  limit = limitOf('transfer'),
  patience: Patience = PATIENCE,
): Downloads {
  // Ours comes first: the client's own limit would look like a connection that broke.
  const options = { keepAlive: true, socketTimeout: 2 * patience.silence, allowRetries: false, allowRedirects: false }
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
    withLogins: (logins) => indexDownloads(logins, limit, patience),
    async fetch({ url, sha256, size }, destination) {
      const started = performance.now()
      const until = AbortSignal.timeout(limit * 1000)
      await mkdir(path.dirname(destination), { recursive: true })
      const part = `${destination}.part`
      let fault = new Error('not tried')
      for (let attempt = 1; attempt <= patience.tries; attempt++) {
        try {
          const { bytes, hash } = await stream(get, { url, part, size, until, silence: patience.silence })
          if (hash !== sha256) throw wrongHash(url, sha256, hash)
          await rename(part, destination)
          return { bytes, seconds: (performance.now() - started) / 1000 }
        } catch (error) {
          await rm(part, { force: true })
          if (error instanceof UserError || isFullDisk(error)) throw error
          if (until.aborted) throw tooSlow(url, limit)
          fault = error as Error
          if (attempt < patience.tries) await new Promise((resolve) => setTimeout(resolve, 300 * 3 ** attempt))
        }
      }
      throw indexFault(url, fault, patience.tries)
    },
  }
}

type Get = (url: string, redirects?: number) => Promise<IncomingMessage>

interface Wanted {
  readonly url: string
  /** Where it is written. */
  readonly part: string
  /** Bytes, where the lock tells. */
  readonly size: number | undefined
  /** Ends whatever is at work. */
  readonly until: AbortSignal
  readonly silence: number
}

/**
 * The client's own limit is that of a socket which it has: a proxy that answers no CONNECT, and an index that falls
 * silent within a file, would keep it waiting for ever.
 */
async function stream(get: Get, wanted: Wanted): Promise<{ bytes: number; hash: string }> {
  const quiet = new AbortController()
  const timer = setTimeout(() => quiet.abort(), wanted.silence)
  const signal = AbortSignal.any([quiet.signal, wanted.until])
  try {
    return await received(await answered(get(wanted.url), signal), { ...wanted, until: signal }, () => void timer.refresh())
  } catch (error) {
    throw quiet.signal.aborted ? new SilenceError() : error
  } finally {
    clearTimeout(timer)
  }
}

/** @throws Error where the signal comes first; an answer that comes later is thrown away */
function answered(asking: Promise<IncomingMessage>, signal: AbortSignal): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) reject(new SilenceError())
    signal.addEventListener('abort', () => {
      reject(new SilenceError())
      asking.then((late) => late.destroy()).catch(() => {})
    })
    asking.then(resolve, reject)
  })
}

async function received(
  message: IncomingMessage,
  { url, part, size, until: signal }: Omit<Wanted, 'silence'>,
  heard: () => void,
): Promise<{ bytes: number; hash: string }> {
  heard()
  const status = message.statusCode ?? 0
  if (status !== 200) {
    message.resume()
    if (status >= 500 || status === 429) throw new StatusError(status)
    throw new UserError(
      'wheels',
      `index ${hostOf(url)} answered ${status} for ${fileName(url)}`,
      status === 401 || status === 403
        ? 'Set index-credentials (netrc text) for that host.'
        : 'Check index-url and extra-index-urls; the lock names this file.',
    )
  }
  const announced = message.headers['content-encoding'] ? '' : (message.headers['content-length'] ?? '')
  const expected = size ?? (/^\d+$/.test(announced) ? Number(announced) : undefined)
  const most = expected ?? LARGEST
  const hash = createHash('sha256')
  let bytes = 0
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      heard()
      bytes += chunk.length
      if (bytes > most) return void done(tooLarge(url, most))
      hash.update(chunk)
      done(null, chunk)
    },
  })
  try {
    await pipeline(message, count, createWriteStream(part), { signal })
  } catch (error) {
    // A connection that ends early is told by node as "aborted".
    if (expected === undefined || bytes >= expected || signal.aborted || isFullDisk(error) || error instanceof UserError) throw error
    throw new CutShortError(bytes, expected)
  }
  if (expected !== undefined && bytes < expected) throw new CutShortError(bytes, expected)
  return { bytes, hash: hash.digest('hex') }
}

class CutShortError extends Error {
  constructor(bytes: number, expected: number) {
    super(`cut short: ${bytes} of ${expected} bytes`)
  }
}

function tooLarge(url: string, most: number): UserError {
  return new UserError(
    'wheels',
    `${fileName(url)} from ${hostOf(url)} is longer than the ${most} bytes that were told of it`,
    'It was not installed. Make the lock again if the file was replaced on purpose.',
  )
}

function tooSlow(url: string, limit: number): UserError {
  return new UserError('wheels', `index ${hostOf(url)} did not give ${fileName(url)} within ${inWords(limit)}`, {
    next: `${LONGER} ${LATER}`,
    kind: 'passing',
  })
}

class StatusError extends Error {
  readonly status: number
  constructor(status: number) {
    super(`answered ${status}`)
    this.status = status
  }
}

class SilenceError extends Error {}

function wrongHash(url: string, expected: string, got: string): UserError {
  return new UserError(
    'wheels',
    `${fileName(url)} from ${hostOf(url)} is not what the lock names: expected sha256 ${expected.slice(0, 16)}…, got ${got.slice(0, 16)}…`,
    'It was not installed. Make the lock again if the file was replaced on purpose.',
  )
}

const LATER = 'Run again later, or name another index in index-url.'

/** The index is named, not the project. */
function indexFault(url: string, fault: Error, tries: number): UserError {
  const code = (fault as NodeJS.ErrnoException).code ?? ''
  const [cause, next] =
    fault instanceof CutShortError
      ? [`sent ${fileName(url)} ${fault.message} (${tries} tries)`, LATER]
      : fault instanceof StatusError
        ? [`answered ${fault.status} (${tries} tries)`, LATER]
        : fault instanceof SilenceError || /timeout|ETIMEDOUT/i.test(`${code} ${fault.message}`)
          ? [`timed out (${tries} tries)`, LATER]
          : /CERT|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code)
            ? [`has a certificate that is not trusted here (${code})`, 'Name the authority that signed it in ca-bundle.']
            : code === 'ENOTFOUND' || code === 'EAI_AGAIN'
              ? ['was not found (DNS)', 'Check index-url, extra-index-urls and the proxy of the runner.']
              : [`failed: ${fault.message} (${tries} tries)`, LATER]
  const passing = next === LATER && !(fault instanceof StatusError && fault.status < 500 && ![408, 425, 429].includes(fault.status))
  return new UserError('wheels', `index ${hostOf(url)} ${cause}`, { next, kind: passing || code === 'EAI_AGAIN' ? 'passing' : 'failed' })
}

function fileName(url: string): string {
  return decodeURIComponent(url.split(/[?#]/)[0]?.split('/').at(-1) ?? url)
}
