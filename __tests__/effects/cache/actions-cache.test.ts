import { createHash, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { actionsCache } from '../../../src/effects/cache/actions-cache.ts'
import { files } from '../../../src/effects/files/files.ts'
import { type CacheFault, type CacheService, cacheService, SLOW } from '../../support/cache-service.ts'
import { must } from '../../support/command.ts'
import { type TempFolder, tempFolder } from '../../support/temp.ts'
import { type Heard, listener } from '../../support/world.ts'

// The real library in its child process against a real service on loopback, with real archives.

/** Milliseconds in which a busy machine has long begun what a quiet one begins at once. */
const LIMIT = 8000
const LONGER = LIMIT + 500

const ENTRY = path.join(import.meta.dirname, '../../../src/index.ts')
const WHEEL = 'a-1-py3-none-any.whl'

let service: CacheService
let folder: TempFolder
let log: Heard

beforeEach(async () => {
  service = await cacheService()
  folder = await tempFolder('cache')
  log = listener()
  for (const name of Object.keys(process.env)) if (name.startsWith('ACTIONS_')) delete process.env[name]
  Object.assign(process.env, service.env)
  await mkdir(folder.at('temp'))
})

afterEach(async () => {
  for (const name of [...Object.keys(service.env), ...Object.keys(service.envV1), 'GITHUB_SERVER_URL']) delete process.env[name]
  await service[Symbol.asyncDispose]()
  await folder[Symbol.asyncDispose]()
})

const client = (limit = 15_000) => actionsCache({ entry: ENTRY, temp: folder.at('temp'), log, limit })

/** Saves one wheel and the records' folder as a run does. */
async function saveOne(key = 'k-1'): Promise<void> {
  await files.write(folder.at('from/downloads', WHEEL), 'the wheel')
  await files.write(folder.at('from/downloads/.build/requires/set+uptools-1.whl'), 'x')
  expect(await client().save(folder.at('from/downloads'), key)).toBe(true)
}

const restore = (cache = client()) => cache.restore(folder.at('to/downloads'), ['k-1', 'k-'])

/** An archive as another job could have uploaded it in place of ours. */
async function plant(script: string): Promise<void> {
  await mkdir(folder.at('evil/to/downloads'), { recursive: true })
  await must('sh', ['-ec', script], { cwd: folder.at('evil/to') })
  service.put('k-1', VERSION, await readFile(folder.at('evil/to/archive')))
  await files.remove(folder.at('evil'))
}

/** What the library makes of the folder's name and zstd; the first test sees that it still does. */
const VERSION = createHash('sha256').update('downloads|zstd-without-long|1.0').digest('hex')

const PACK = 'tar --use-compress-program zstd -P -cf archive'

test('what was saved is restored, by its key and by a prefix, and nothing is told', async () => {
  await saveOne()
  expect(service.entries()[0]?.version).toBe(VERSION)
  expect(await restore()).toBe('k-1')
  expect(await files.walk(folder.at('to/downloads'))).toEqual(['.build/requires/set+uptools-1.whl', WHEEL])
  expect(await client().restore(folder.at('to/downloads'), ['other', 'k-'])).toBe('k-1')
  expect(await client().restore(folder.at('to/downloads'), ['nothing-'])).toBeUndefined()
  expect(await files.exists(folder.at('to/downloads'))).toBe(false)
  expect(log.lines).toEqual([])
})

describe('the v1 service, which GitHub Enterprise Server and act have', () => {
  beforeEach(() => {
    for (const name of Object.keys(service.env)) delete process.env[name]
    Object.assign(process.env, service.envV1)
  })

  test('what was saved is restored, by its key and by a prefix, and nothing is told', async () => {
    await saveOne()
    expect(service.calls).toEqual(['POST caches', 'PATCH caches/ID', 'POST caches/ID'])
    expect(service.entries().map(({ key, version }) => ({ key, version }))).toEqual([{ key: 'k-1', version: VERSION }])
    expect(await restore()).toBe('k-1')
    expect(await files.walk(folder.at('to/downloads'))).toEqual(['.build/requires/set+uptools-1.whl', WHEEL])
    expect(await files.read(folder.at('to/downloads', WHEEL))).toBe('the wheel')
    expect(await client().restore(folder.at('to/downloads'), ['other', 'k-'])).toBe('k-1')
    expect(await client().restore(folder.at('to/downloads'), ['nothing-'])).toBeUndefined()
    expect(log.lines).toEqual([])
  })

  test('an archive of several ranges arrives whole', async () => {
    const bytes = randomBytes(70_000_000) // the client sends 32 MiB at a time, four side by side
    await mkdir(folder.at('from/downloads'), { recursive: true })
    await writeFile(folder.at('from/downloads', WHEEL), bytes)
    expect(await client().save(folder.at('from/downloads'), 'k-1')).toBe(true)
    expect(service.calls.filter((call) => call === 'PATCH caches/ID').length).toBeGreaterThan(2)
    expect(await restore()).toBe('k-1')
    expect((await readFile(folder.at('to/downloads', WHEEL))).equals(bytes)).toBe(true)
  })

  test('a server of one’s own is asked by it even where the runner speaks of v2', async () => {
    Object.assign(process.env, service.env, { GITHUB_SERVER_URL: 'https://git.example' })
    await saveOne()
    expect(service.calls[0]).toBe('POST caches')
  })

  test.each<{ fault: CacheFault; says: RegExp }>([
    { fault: 'none', says: /^The cache already has k-1: another job saved it first\.$/ },
    { fault: 'save denied', says: /^The cache service could not save: .*k-1/ },
    { fault: 'status 403', says: /^The cache service could not save: .*k-1/ },
  ])('a second entry of one key, with the fault "$fault", is one notice', async ({ fault, says }) => {
    await files.write(folder.at('from/downloads', WHEEL), 'the wheel')
    service.put('k-1', VERSION, Buffer.from('x'))
    service.fault = fault
    expect(await client().save(folder.at('from/downloads'), 'k-1')).toBe(false)
    expect(log.lines).toEqual([expect.stringMatching(says)])
  })
})

test('a runner without zstd saves and restores with gzip', async () => {
  const before = process.env.PATH
  await mkdir(folder.at('bin'))
  for (const tool of ['tar', 'gzip', 'sh', 'grep', 'head']) {
    await must('ln', ['-s', await must('sh', ['-c', `command -v ${tool}`]), folder.at('bin', tool)])
  }
  process.env.PATH = folder.at('bin')
  try {
    await saveOne()
    expect(service.entries()[0]?.bytes.subarray(0, 2).toString('hex')).toBe('1f8b')
    expect(await restore()).toBe('k-1')
    expect(await files.read(folder.at('to/downloads', WHEEL))).toBe('the wheel')
  } finally {
    process.env.PATH = before
  }
})

test('PATH and the workspace of this process stay as they are, and no archive is left', async () => {
  const before = [process.env.PATH, process.env.GITHUB_WORKSPACE]
  await saveOne()
  await restore()
  expect([process.env.PATH, process.env.GITHUB_WORKSPACE]).toEqual(before)
  expect((await files.walk(folder.at('temp'))).filter((name) => /cache\.t/.test(name))).toEqual([])
})

describe('K4: an archive that would write elsewhere', () => {
  test.each([
    { name: 'above our folder', script: `echo x > ../escaped; ${PACK} downloads ../escaped; rm ../escaped` },
    { name: 'by a symbolic link', script: `ln -s ../.. downloads/escaped; ${PACK} downloads` },
  ])('$name is refused with a warning, and nothing of it is there', async ({ script }) => {
    await plant(`echo good > downloads/${WHEEL}; ${script}`)
    expect(await restore()).toBeUndefined()
    expect(log.lines).toEqual([expect.stringMatching(/^The cache entry k-1 is refused, it holds what we never save: .*escaped/)])
    expect(await files.exists(folder.at('to/downloads'))).toBe(false)
    expect((await files.walk(folder.path)).filter((name) => name.includes('escaped'))).toEqual([])
  })

  test('no other job is said to have saved it first: it stays until somebody deletes it', async () => {
    await plant(`echo x > ../escaped; ${PACK} downloads ../escaped; rm ../escaped`)
    const cache = client()
    await restore(cache)
    await files.write(folder.at('from/downloads', WHEEL), 'the wheel')
    expect(await cache.save(folder.at('from/downloads'), 'k-1')).toBe(false)
    expect(log.lines.slice(1)).toEqual(['The cache keeps k-1, which could not be used: delete it, so that a good one can take its place.'])
  })

  test('the plants work: the library alone writes such a file outside', async () => {
    await plant(`echo x > ../escaped; ${PACK} downloads ../escaped; rm ../escaped`)
    const script = `import * as c from '${path.join(import.meta.dirname, '../../../node_modules/@actions/cache/lib/cache.js')}'; await c.restoreCache(['downloads'], 'k-1'); process.exit()`
    await mkdir(folder.at('to'))
    const env = { ...process.env, GITHUB_WORKSPACE: folder.at('to'), RUNNER_TEMP: folder.at('temp') }
    await must(process.execPath, ['--input-type=module', '-e', script], { cwd: folder.at('to'), env })
    expect(existsSync(folder.at('escaped'))).toBe(true)
  })

  test('a harmless archive of another tool is taken', async () => {
    await plant(`echo planted > downloads/${WHEEL}; ${PACK} downloads`)
    expect(await restore()).toBe('k-1')
    expect(await files.read(folder.at('to/downloads', WHEEL))).toBe('planted\n')
  })
})

describe('K3: an archive that is none', () => {
  test.each<{ fault: CacheFault }>([
    { fault: 'download corrupt' },
    { fault: 'download truncated' },
    { fault: 'download empty' },
    { fault: 'download html' },
    { fault: 'download missing' },
  ])('$fault is a miss with one notice, and nothing of it is there', async ({ fault }) => {
    await plant(`echo good > downloads/${WHEEL}; ${PACK} downloads`)
    service.fault = fault
    expect(await restore()).toBeUndefined()
    expect(log.lines).toEqual(['The cache entry k-1 cannot be read; going on without it.'])
    expect(await files.exists(folder.at('to/downloads'))).toBe(false)
  })
})

describe('K1, K2: a service that fails', () => {
  test.each<{ fault: CacheFault; limit: number; says: RegExp }>([
    { fault: 'status 500', limit: 2000, says: /did not restore (within|as nothing moved for) 2 s/ },
    { fault: 'status 403', limit: 15_000, says: /^The cache service could not restore: .*403/ },
    { fault: 'status 429', limit: 15_000, says: /^The cache service could not restore: .*(429|[Rr]ate)/ },
    { fault: 'reset', limit: 15_000, says: /^The cache service could not restore: .*(ECONNRESET|socket hang up)/ },
    { fault: 'silent', limit: 2000, says: /^The cache service did not restore (within|as nothing moved for) 2 s; going on without it\.$/ },
  ])('$fault is one line within its limit, and the service is not asked again', async ({ fault, limit, says }) => {
    service.fault = fault
    const cache = client(limit)
    const results = await Promise.all([restore(cache), cache.restore(folder.at('to/compiled'), ['k-'])])
    expect(results).toEqual([undefined, undefined])
    service.fault = 'none'
    await files.write(folder.at('from/downloads', WHEEL), 'the wheel')
    expect(await cache.save(folder.at('from/downloads'), 'k-1')).toBe(false)
    expect(log.lines).toEqual([expect.stringMatching(says)])
    expect(service.entries()).toEqual([])
  })

  test('one that nobody runs at that address', async () => {
    process.env.ACTIONS_RESULTS_URL = 'http://127.0.0.1:1/'
    expect(await restore(client())).toBeUndefined()
    expect(log.lines).toEqual([expect.stringMatching(/^The cache service could not restore: .*ECONNREFUSED/)])
  })

  test('an archive that never arrives is one entry’s fault: the service is asked again', async () => {
    await plant(`echo good > downloads/${WHEEL}; ${PACK} downloads`)
    service.fault = 'download silent'
    const cache = client(LIMIT)
    expect(await restore(cache)).toBeUndefined()
    expect(log.lines).toEqual([
      expect.stringMatching(/^The cache entry k-1 did not arrive (within|as nothing moved for) 8 s; going on without it\.$/),
    ])
    service.fault = 'none'
    await files.write(folder.at('from/downloads', WHEEL), 'the wheel')
    expect(await cache.save(folder.at('from/downloads'), 'k-2')).toBe(true)
  })

  test('a silent save ends too', async () => {
    await files.write(folder.at('from/downloads', WHEEL), 'the wheel')
    service.fault = 'silent'
    const cache = client(2000)
    expect(await cache.save(folder.at('from/downloads'), 'k-1')).toBe(false)
    expect(log.lines).toEqual([
      expect.stringMatching(/^The cache service did not save (within|as nothing moved for) 2 s; going on without it\.$/),
    ])
  })
})

describe('a large archive', () => {
  const LARGE = randomBytes((SLOW * 2 * LIMIT) / 1000) // it takes twice the limit on the slow link

  async function saveLarge(cache = client()): Promise<boolean> {
    await mkdir(folder.at('from/downloads'), { recursive: true })
    await writeFile(folder.at('from/downloads', WHEEL), LARGE)
    return cache.save(folder.at('from/downloads'), 'k-1')
  }

  /** The link is slow for longer than the limit of what begins now, and what is left comes at once. */
  async function slowly<T>(begin: () => Promise<T>): Promise<T> {
    service.fault = 'slow'
    const begun = begin()
    expect(await Promise.race([begun, sleep(LONGER, 'on its way')])).toBe('on its way')
    service.fault = 'none'
    return begun
  }

  test.each(['v1', 'v2'])('takes longer than the limit on a slow link and arrives, by the %s service', async (api) => {
    if (api === 'v1') for (const name of Object.keys(service.env)) delete process.env[name]
    if (api === 'v1') Object.assign(process.env, service.envV1)
    expect(api === 'v1' ? await saveLarge() : await slowly(() => saveLarge(client(LIMIT)))).toBe(true)
    expect(await slowly(() => restore(client(LIMIT)))).toBe('k-1')
    expect((await readFile(folder.at('to/downloads', WHEEL))).equals(LARGE)).toBe(true)
    expect(log.lines).toEqual([])
  })

  test('that stops in the middle ends the wait', async () => {
    expect(await saveLarge()).toBe(true)
    service.fault = 'download stalled'
    expect(await restore(client(LIMIT))).toBeUndefined()
    expect(log.lines).toEqual(['The cache entry k-1 did not arrive as nothing moved for 8 s; going on without it.'])
    expect(await files.exists(folder.at('to/downloads'))).toBe(false)
  })

  test('does not take forever', async () => {
    expect(await saveLarge()).toBe(true)
    service.fault = 'slow'
    const cache = actionsCache({ entry: ENTRY, temp: folder.at('temp'), log, limit: 60_000, total: LIMIT })
    expect(await restore(cache)).toBeUndefined()
    expect(log.lines).toEqual(['The cache entry k-1 did not arrive within 8 s; going on without it.'])
  })

  test('may take longer than the limit to be packed', async () => {
    const before = process.env.PATH
    await mkdir(folder.at('bin'))
    await writeFile(folder.at('bin/tar'), `#!/bin/sh\nsleep ${LONGER / 1000}\nexec ${await must('sh', ['-c', 'command -v tar'])} "$@"\n`, {
      mode: 0o755,
    })
    process.env.PATH = `${folder.at('bin')}:${before}`
    try {
      expect(await saveLarge(client(LIMIT))).toBe(true)
    } finally {
      process.env.PATH = before
    }
  })
})

describe('K6: an entry that cannot be saved', () => {
  test('a key that another job has saved is one notice, also for two entries', async () => {
    await files.write(folder.at('from/downloads', WHEEL), 'the wheel')
    service.put('k-1', VERSION, Buffer.from('x'))
    const cache = client()
    expect(await cache.save(folder.at('from/downloads'), 'k-1')).toBe(false)
    expect(await cache.save(folder.at('from/downloads'), 'k-1')).toBe(false)
    expect(log.lines).toEqual(['The cache already has k-1: another job saved it first.'])
  })

  test('a key that is stuck, begun by a job that was killed, is one notice', async () => {
    await files.write(folder.at('from/downloads', WHEEL), 'the wheel')
    service.put('k-2', VERSION, Buffer.alloc(0), false)
    expect(await client().save(folder.at('from/downloads'), 'k-2')).toBe(false)
    expect(log.lines).toHaveLength(1)
  })

  test('a token that may only read is one notice with the reason', async () => {
    await files.write(folder.at('from/downloads', WHEEL), 'the wheel')
    service.fault = 'save denied'
    expect(await client().save(folder.at('from/downloads'), 'k-1')).toBe(false)
    expect(log.lines).toEqual([expect.stringMatching(/^The cache service could not save: cache write denied: the token is read-only/)])
  })
})
