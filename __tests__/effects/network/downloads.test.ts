import { readdir, readFile } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net'
import path from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { indexDownloads } from '../../../src/effects/network/downloads.ts'
import { UserError } from '../../../src/errors.ts'
import { sha256 } from '../../../src/plan/fingerprint.ts'
import { inTempFolder } from '../../support/in-temp-folder.ts'
import { startProxy } from '../../support/proxy.ts'

const WHEEL = 'the bytes of a wheel'

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
const silent: RequestListener = () => {}
const stalls: RequestListener = (_request, response) => {
  response.writeHead(200, { 'content-length': String(WHEEL.length) })
  response.write(WHEEL.slice(0, 5))
}
const slow: RequestListener = (_request, response) => {
  response.writeHead(200, { 'content-length': String(WHEEL.length) })
  const bytes = [...WHEEL]
  const next = () => {
    const byte = bytes.shift()
    if (byte === undefined) return void response.end()
    response.write(byte)
    setTimeout(next, 100)
  }
  next()
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
      const result = await indexDownloads().fetch({ url, sha256: sha256(WHEEL) }, file)
      expect(await readFile(file, 'utf8')).toBe(WHEEL)
      expect([result.bytes, requests()]).toEqual([WHEEL.length, 1])
      expect(result.seconds).toBeGreaterThan(0)
      expect(await readdir(path.dirname(file))).toEqual(['shop.whl'])
    }))

  test('is fetched from where the index sends us', () =>
    withIndex([status(302, { location: '/elsewhere' }), good], async ({ url, file, requests }) => {
      await indexDownloads().fetch({ url, sha256: sha256(WHEEL) }, file)
      expect([await readFile(file, 'utf8'), requests()]).toEqual([WHEEL, 2])
    }))

  test.each([
    { name: 'cut short', first: cutShort },
    { name: 'answered with 503', first: status(503) },
    { name: 'answered with 429', first: status(429) },
    { name: 'dropped without an answer', first: ((request) => request.destroy()) satisfies RequestListener },
  ])('is fetched again where the first try was $name', ({ first }) =>
    withIndex([first, good], async ({ url, file, requests }) => {
      await indexDownloads().fetch({ url, sha256: sha256(WHEEL) }, file)
      expect([await readFile(file, 'utf8'), requests()]).toEqual([WHEEL, 2])
    }),
  )

  test('that is not what the lock names is refused at once, and nothing of it stays', () =>
    withIndex([good], async ({ url, file, host, requests }) => {
      const error = await faultOf(indexDownloads().fetch({ url, sha256: 'ab'.repeat(32) }, file))
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
      const error = await faultOf(indexDownloads().fetch({ url, sha256: sha256(WHEEL) }, file))
      expect(error.message).toBe(`index ${host} answered ${code} for shop-lib-1.0-py3-none-any.whl`)
      expect([requests(), await readdir(path.dirname(file))]).toEqual([1, []])
    }),
  )

  test('is given up after three tries, and the index is named', () =>
    withIndex([status(503)], async ({ url, file, host, requests }) => {
      const error = await faultOf(indexDownloads().fetch({ url, sha256: sha256(WHEEL) }, file))
      expect([error.step, error.message]).toEqual(['wheels', `index ${host} answered 503 (3 tries)`])
      expect([requests(), await readdir(path.dirname(file))]).toEqual([3, []])
    }))
})

describe('an index that keeps us waiting', () => {
  const patience = { tries: 2, silence: 1500 } // a slow file takes longer, and a busy machine less
  const impatient = () => indexDownloads(() => undefined, 60, patience)

  test.each([
    { name: 'never answers', answer: silent },
    { name: 'falls silent within a file', answer: stalls },
  ])('is named where it $name, and nothing of the file stays', ({ answer }) =>
    withIndex([answer], async ({ url, file, host, requests }) => {
      const error = await faultOf(impatient().fetch({ url, sha256: sha256(WHEEL) }, file))
      expect([error.step, error.message]).toEqual(['wheels', `index ${host} timed out (2 tries)`])
      expect([requests(), await readdir(path.dirname(file))]).toEqual([2, []])
    }),
  )

  test.each([
    { name: 'did not answer', first: silent },
    { name: 'fell silent within the file', first: stalls },
  ])('is asked again where it $name', ({ first }) =>
    withIndex([first, good], async ({ url, file, requests }) => {
      await impatient().fetch({ url, sha256: sha256(WHEEL) }, file)
      expect([await readFile(file, 'utf8'), requests()]).toEqual([WHEEL, 2])
    }),
  )

  test('is waited for as long as bytes come', () =>
    withIndex([slow], async ({ url, file, requests }) => {
      await impatient().fetch({ url, sha256: sha256(WHEEL) }, file)
      expect([await readFile(file, 'utf8'), requests()]).toEqual([WHEEL, 1])
    }))

  test('is named where it drops every connection', () =>
    withIndex([(request) => request.destroy()], async ({ url, file, host }) => {
      const error = await faultOf(impatient().fetch({ url, sha256: sha256(WHEEL) }, file))
      expect(error.message).toBe(`index ${host} failed: socket hang up (2 tries)`)
    }))

  test('is named where it is a proxy that answers nobody', async () => {
    const held: Socket[] = []
    const proxy = createTcpServer((socket) => void held.push(socket))
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
    const before = process.env.https_proxy
    process.env.https_proxy = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
    try {
      await inTempFolder(async (folder) => {
        const error = await faultOf(
          impatient().fetch({ url: 'https://index.example/a.whl', sha256: sha256(WHEEL) }, path.join(folder, 'a')),
        )
        expect(error.message).toBe('index index.example timed out (2 tries)')
      })
      expect(held).toHaveLength(2)
    } finally {
      if (before === undefined) delete process.env.https_proxy
      else process.env.https_proxy = before
      for (const socket of held) socket.destroy()
      await new Promise((resolve) => proxy.close(resolve))
    }
  })
})

describe('the size of a file', () => {
  const impatient = (limit = 60) => indexDownloads(() => undefined, limit, { tries: 2, silence: 2000 })
  /** Says nothing of its length, and goes on for ever. */
  const endless: RequestListener = (_request, response) => {
    const more = () => response.destroyed || response.write(Buffer.alloc(65_536)) === false || setImmediate(more)
    response.on('drain', more)
    more()
  }
  const short: RequestListener = (_request, response) => response.end(WHEEL.slice(0, 5))
  const nothing: RequestListener = (_request, response) => response.end()

  test('that the lock tells is a limit: an index that sends more is refused at once', () =>
    withIndex([endless], async ({ url, file, host, requests }) => {
      const error = await faultOf(impatient().fetch({ url, sha256: sha256(WHEEL), size: 100_000 }, file))
      expect(error.message).toBe(`shop-lib-1.0-py3-none-any.whl from ${host} is longer than the 100000 bytes that were told of it`)
      expect([requests(), await readdir(path.dirname(file))]).toEqual([1, []])
    }))

  test.each([
    { name: 'without a length', answer: short, bytes: 5 },
    { name: 'with a connection that breaks', answer: cutShort, bytes: 5 },
    { name: 'of nothing', answer: nothing, bytes: 0 },
  ])('tells that a file is cut short: $name', ({ answer, bytes }) =>
    withIndex([answer], async ({ url, file, host, requests }) => {
      const error = await faultOf(impatient().fetch({ url, sha256: sha256(WHEEL), size: WHEEL.length }, file))
      expect(error.message).toBe(`index ${host} sent shop-lib-1.0-py3-none-any.whl cut short: ${bytes} of ${WHEEL.length} bytes (2 tries)`)
      expect([requests(), await readdir(path.dirname(file))]).toEqual([2, []])
    }),
  )

  test('is that of the answer where the lock tells none', () =>
    withIndex([cutShort], async ({ url, file, host }) => {
      const error = await faultOf(impatient().fetch({ url, sha256: sha256(WHEEL) }, file))
      expect(error.message).toBe(`index ${host} sent shop-lib-1.0-py3-none-any.whl cut short: 5 of ${WHEEL.length} bytes (2 tries)`)
    }))

  test('that is right changes nothing', () =>
    withIndex([good], async ({ url, file }) => {
      expect((await impatient().fetch({ url, sha256: sha256(WHEEL), size: WHEEL.length }, file)).bytes).toBe(WHEEL.length)
    }))

  test('does not help an index that gives a byte now and then: all tries have one time', () =>
    withIndex([slow], async ({ url, file, host }) => {
      const error = await faultOf(impatient(0.3).fetch({ url, sha256: sha256(WHEEL), size: WHEEL.length }, file))
      expect(error.message).toBe(`index ${host} did not give shop-lib-1.0-py3-none-any.whl within 0.3 s`)
      expect(await readdir(path.dirname(file))).toEqual([])
    }))
})

describe('a login', () => {
  interface Sent {
    readonly authorization: string | undefined
    readonly to: string
  }

  /** A server that notes what it is sent; where to go on is up to the test. */
  async function noting(
    work: (origin: string, sent: Sent[]) => Promise<void>,
    next: (origin: string) => string | undefined = () => undefined,
  ) {
    const sent: Sent[] = []
    let origin = ''
    const listen: RequestListener = (request, response) => {
      sent.push({ authorization: request.headers.authorization, to: request.url ?? '' })
      const location = request.url === '/start' ? next(origin) : undefined
      if (location) response.writeHead(302, { location }).end()
      else response.end(WHEEL)
    }
    await withIndex([listen], async ({ host }) => {
      origin = `http://${host}`
      await work(origin, sent)
    })
  }

  test('is sent to the address that it is for', () =>
    noting(async (origin, sent) => {
      await inTempFolder(async (folder) => {
        const login = (url: string) => (url.startsWith(origin) ? 'Basic QQ==' : undefined)
        await indexDownloads(login).fetch({ url: `${origin}/start`, sha256: sha256(WHEEL) }, path.join(folder, 'a'))
        expect(sent).toEqual([{ authorization: 'Basic QQ==', to: '/start' }])
      })
    }))

  test('stays with its origin where the index sends us elsewhere', () =>
    noting(async (other, sent) => {
      await noting(
        (origin) =>
          inTempFolder(async (folder) => {
            const login = (url: string) => (url.startsWith(origin) ? 'Basic QQ==' : undefined)
            await indexDownloads(login).fetch({ url: `${origin}/start`, sha256: sha256(WHEEL) }, path.join(folder, 'a'))
            expect(sent).toEqual([{ authorization: undefined, to: '/elsewhere' }])
          }),
        () => `${other}/elsewhere`,
      )
    }))
})

describe('the proxy of the runner', () => {
  /** Runs with a proxy for http and hosts that go past it; other variables of this machine are out of the way. */
  async function behindProxy(proxy: string, past: string, work: () => Promise<void>): Promise<void> {
    const names = ['http_proxy', 'HTTP_PROXY', 'no_proxy', 'NO_PROXY']
    const before = names.map((name) => [name, process.env[name]] as const)
    for (const name of names) delete process.env[name]
    process.env.HTTP_PROXY = proxy
    process.env.NO_PROXY = past
    try {
      await work()
    } finally {
      for (const [name, value] of before) {
        if (value === undefined) delete process.env[name]
        else process.env[name] = value
      }
    }
  }

  test('is asked for what NO_PROXY does not name', () =>
    withIndex([good], async ({ host, file }) => {
      await using proxy = await startProxy(host)
      await behindProxy(proxy.url, '.other.example', async () => {
        await indexDownloads().fetch({ url: 'http://index.example/a.whl', sha256: sha256(WHEEL) }, file)
      })
      expect([await readFile(file, 'utf8'), proxy.asked]).toEqual([WHEEL, ['index.example:80']])
    }))

  test('is not asked for what NO_PROXY names', () =>
    withIndex([good], async ({ host, file }) => {
      await using proxy = await startProxy(host)
      await behindProxy(proxy.url, '.invalid', async () => {
        const error = await faultOf(indexDownloads().fetch({ url: 'http://index.invalid/a.whl', sha256: sha256(WHEEL) }, file))
        expect([error.message, proxy.asked]).toEqual(['index index.invalid was not found (DNS)', []])
      })
    }))
})
