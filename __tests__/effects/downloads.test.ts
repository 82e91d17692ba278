import { readdir, readFile } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { indexDownloads } from '../../src/effects/downloads.ts'
import { UserError } from '../../src/errors.ts'
import { sha256 } from '../../src/plan/fingerprint.ts'
import { inTempFolder } from '../support/in-temp-folder.ts'

const WHEEL = 'the bytes of a wheel'
const TIME_FOR_RETRIES = 20_000

interface Visit {
  readonly url: string
  readonly host: string
  readonly folder: string
  readonly file: string
  readonly requests: () => number
}

/** A real index on this machine for one test: what it answers to the first, the second, … request; the last answer stays. */
async function withIndex(answers: readonly RequestListener[], work: (visit: Visit) => Promise<void>): Promise<void> {
  let count = 0
  const server = createServer((request, response) => answers[Math.min(count++, answers.length - 1)]?.(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  try {
    await inTempFolder((folder) =>
      work({
        url: `http://${host}/files/shop%2Dlib-1.0-py3-none-any.whl#sha256=x`,
        host,
        folder,
        file: path.join(folder, 'deep/shop.whl'),
        requests: () => count,
      }),
    )
  } finally {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
}

const good: RequestListener = (_request, response) => response.end(WHEEL)
const cutShort: RequestListener = (_request, response) => {
  response.writeHead(200, { 'content-length': String(WHEEL.length) })
  response.write(WHEEL.slice(0, 5))
  setTimeout(() => response.destroy(), 20)
}
function status(code: number, headers: Record<string, string> = {}): RequestListener {
  return (_request, response) => response.writeHead(code, headers).end('no')
}

async function faultOf(work: Promise<unknown>): Promise<UserError> {
  const fault = await work.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (fault instanceof UserError) return fault
  throw new Error(`expected a UserError, got ${String(fault)}`)
}

describe('a file of an index', () => {
  test('is fetched into folders that are made for it', () =>
    withIndex([good], async ({ url, file, requests }) => {
      const result = await indexDownloads('').fetch(url, sha256(WHEEL), file)
      expect(await readFile(file, 'utf8')).toBe(WHEEL)
      expect([result.bytes, requests()]).toEqual([WHEEL.length, 1])
      expect(result.seconds).toBeGreaterThan(0)
      expect(await readdir(path.dirname(file))).toEqual(['shop.whl'])
    }))

  test('is fetched from where the index sends us', () =>
    withIndex([status(302, { location: '/elsewhere' }), good], async ({ url, file, requests }) => {
      await indexDownloads('').fetch(url, sha256(WHEEL), file)
      expect([await readFile(file, 'utf8'), requests()]).toEqual([WHEEL, 2])
    }))

  test.each([
    { name: 'cut short', first: cutShort },
    { name: 'answered with 503', first: status(503) },
    { name: 'answered with 429', first: status(429) },
    { name: 'dropped without an answer', first: ((request) => request.destroy()) satisfies RequestListener },
  ])(
    'is fetched again where the first try was $name',
    ({ first }) =>
      withIndex([first, good], async ({ url, file, requests }) => {
        await indexDownloads('').fetch(url, sha256(WHEEL), file)
        expect([await readFile(file, 'utf8'), requests()]).toEqual([WHEEL, 2])
      }),
    TIME_FOR_RETRIES,
  )

  test('that is not what the lock names is refused at once, and nothing of it stays', () =>
    withIndex([good], async ({ url, file, host, requests }) => {
      const error = await faultOf(indexDownloads('').fetch(url, 'ab'.repeat(32), file))
      expect(error.message).toBe(
        `shop-lib-1.0-py3-none-any.whl from ${host} is not what the lock names: expected sha256 ${'ab'.repeat(8)}…, got ${sha256(WHEEL).slice(0, 16)}…`,
      )
      expect([requests(), await readdir(path.dirname(file))]).toEqual([1, []])
    }))

  test.each([
    { name: 'is not there', code: 404 },
    { name: 'asks for a login', code: 401 },
    { name: 'is forbidden', code: 403 },
  ])('that $name is not asked for again', ({ code }) =>
    withIndex([status(code)], async ({ url, file, host, requests }) => {
      const error = await faultOf(indexDownloads('').fetch(url, sha256(WHEEL), file))
      expect(error.message).toBe(`index ${host} answered ${code} for shop-lib-1.0-py3-none-any.whl`)
      expect([requests(), await readdir(path.dirname(file))]).toEqual([1, []])
    }),
  )

  test(
    'is given up after three tries, and the index is named',
    () =>
      withIndex([status(503)], async ({ url, file, host, requests }) => {
        const error = await faultOf(indexDownloads('').fetch(url, sha256(WHEEL), file))
        expect([error.step, error.message]).toEqual(['wheels', `index ${host} answered 503 (3 tries)`])
        expect([requests(), await readdir(path.dirname(file))]).toEqual([3, []])
      }),
    TIME_FOR_RETRIES,
  )
})

describe('the login in the address of the index', () => {
  const login = `Basic ${Buffer.from('ada@acme:s3:cret').toString('base64')}`

  /** What was sent as authorization for a file of an index, with a login for another or for the same one. */
  async function sentTo(indexUrl: (host: string) => string): Promise<string | undefined> {
    let sent: string | undefined
    const listen: RequestListener = (request, response) => {
      sent = request.headers.authorization
      response.end(WHEEL)
    }
    await withIndex([listen], async ({ url, file, host }) => {
      await indexDownloads(indexUrl(host)).fetch(url, sha256(WHEEL), file)
    })
    return sent
  }

  test.each([
    { name: 'is sent with its escapes undone', indexUrl: (host: string) => `http://ada%40acme:s3%3Acret@${host}/simple`, sent: login },
    { name: 'is not sent to another host', indexUrl: () => 'http://ada:x@other.example/simple', sent: undefined },
    { name: 'is not sent to another port', indexUrl: () => 'http://ada:x@127.0.0.1:1/simple', sent: undefined },
    {
      name: 'is not sent without encryption where the index has it',
      indexUrl: (host: string) => `https://ada:x@${host}/simple`,
      sent: undefined,
    },
    { name: 'may be absent', indexUrl: (host: string) => `http://${host}/simple`, sent: undefined },
  ])('$name', async ({ indexUrl, sent }) => {
    expect(await sentTo(indexUrl)).toBe(sent)
  })
})
