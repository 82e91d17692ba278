import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { type CacheEntry, type CacheService, cacheService } from '../support/cache-service.ts'
import { must } from '../support/command.ts'
import { type Daemon, startDaemon } from '../support/daemon.ts'
import { type Project, projectOf } from '../support/project.ts'
import { type ActionResult, runAction } from '../support/runner.ts'
import { tamper } from '../support/tamper.ts'
import { type TempFolder, tempFolder } from '../support/temp.ts'

// The cache with the whole action, up to the wheelhouse: docopt comes as an sdist alone and is built, idna
// is downloaded. Each run begins in a fresh clone, as on a hosted runner.

jest.setTimeout(600_000)

const PARENT = process.env.PARENT_IMAGE ?? 'pypackager/debian-python:bookworm'
const KEY = 'a key that is long enough to sign with'
const PYPROJECT = `[project]
name = "shop"
version = "1.0"
dependencies = ["docopt==0.6.2", "idna==3.10"]
[build-system]
requires = ["setuptools"]
build-backend = "setuptools.build_meta"
`
const FILES = { 'pyproject.toml': PYPROJECT, 'shop.py': '' }
/** With a dependency in a folder whose metadata can be had and whose wheel cannot be built. */
const BROKEN = {
  'pyproject.toml': `${PYPROJECT.replace('"idna==3.10"', '"idna==3.10", "broken"')}[tool.uv.sources]\nbroken = { path = "broken" }\n[tool.setuptools]\npy-modules = ["shop"]\n`,
  'broken/pyproject.toml':
    '[project]\nname = "broken"\nversion = "1.0"\n[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n',
  'broken/backend.py': 'def build_wheel(*_args, **_more):\n    raise RuntimeError("it is broken")\n',
}

let daemon: Daemon
let cache: CacheService
/** The two entries that a run without a key saves. */
let unsigned: readonly CacheEntry[]
let first: ActionResult

async function packaged(
  more: { inputs?: Record<string, string>; tag?: string; files?: Record<string, string>; env?: Record<string, string | undefined> } = {},
) {
  await using project: Project = await projectOf({ ...FILES, ...more.files })
  if (more.tag) await project.tag(more.tag)
  const ref = more.tag ? { GITHUB_REF: `refs/tags/${more.tag}`, GITHUB_REF_NAME: more.tag, GITHUB_REF_TYPE: 'tag' } : {}
  return await runAction({
    workspace: project.workspace,
    inputs: { target: 'wheels', ...more.inputs },
    env: { DOCKER_HOST: daemon.host, ...cache.env, ...ref, ...more.env },
  })
}

const origins = (result: ActionResult) =>
  (JSON.parse(result.outputs.wheels ?? '[]') as { name: string; origin: string }[]).map(({ name, origin }) => `${name} ${origin}`)
const sha256Of = (result: ActionResult, name: string) =>
  (JSON.parse(result.outputs.wheels ?? '[]') as { name: string; sha256: string }[]).find((wheel) => wheel.name === name)?.sha256
const about = (entry: 'downloads' | 'compiled') => cache.entries().find(({ key }) => key.includes(`-${entry}-`))
const cacheLines = (result: ActionResult) => [...result.notices, ...result.warnings].filter((line) => /cache/i.test(line))

/** Replaces a wheel by other bytes; its manifest too, where the forger thought of it. */
async function forge(folder: TempFolder, kind: 'downloads' | 'compiled', name: string, manifest: boolean): Promise<void> {
  const wheel = (await must('sh', ['-c', `ls ${kind} | grep '^${name}.*whl$'`], { cwd: folder.at('in') })).trim()
  const bytes = Buffer.concat([await readFile(folder.at('in', kind, wheel)), Buffer.from('forged')])
  await writeFile(folder.at('in', kind, wheel), bytes)
  if (!manifest) return
  const file = folder.at('in', kind, '.build/manifests', `${wheel}.json`)
  const said = JSON.parse(await readFile(file, 'utf8')) as object
  await writeFile(file, JSON.stringify({ ...said, sha256: createHash('sha256').update(bytes).digest('hex') }))
}

beforeAll(async () => {
  daemon = await startDaemon()
  await daemon.load(PARENT)
  cache = await cacheService()
  first = await packaged()
  unsigned = cache.entries().map((entry) => ({ ...entry }))
})

beforeEach(() => {
  cache.fault = 'none'
  cache.clear()
  for (const { key, version, bytes } of unsigned) cache.put(key, version, bytes)
})

afterEach(() => {
  cache.fault = 'none'
})

afterAll(async () => {
  for (const disposable of [cache, daemon]) await disposable?.[Symbol.asyncDispose]()
})

describe('the cache, explained', () => {
  test('a first run says that nothing is kept, and prints what it saved with its size', () => {
    expect(first.errors).toEqual([])
    expect(origins(first)).toEqual(['docopt compiled', 'idna downloaded', 'shop project'])
    expect(first.log).toContain('no cache entry for these dependencies yet')
    for (const entry of ['downloads', 'compiled'])
      expect(first.log).toMatch(new RegExp(`saved ${entry} to the cache: \\d+\\.\\d MB as pypackager-`))
    expect(unsigned).toHaveLength(2)
  })

  test('the next one restores both and saves nothing', async () => {
    const result = await packaged()
    expect(origins(result)).toEqual(['docopt reused', 'idna reused', 'shop project'])
    expect(result.outputs['cache-hit']).toBe('true')
    expect(cache.entries()).toHaveLength(2)
    expect(cacheLines(result)).toEqual([])
  })

  test('a runner that knows the v1 service alone restores and saves there', async () => {
    const v1 = { ACTIONS_CACHE_SERVICE_V2: undefined, ACTIONS_RESULTS_URL: undefined, ...cache.envV1 }
    cache.calls.length = 0
    const result = await packaged({ env: v1, files: { 'pyproject.toml': PYPROJECT.replace('"idna==3.10"', '"certifi==2024.8.30"') } })
    expect(origins(result)).toEqual(['certifi downloaded', 'docopt reused', 'shop project'])
    expect(cache.entries()).toHaveLength(3)
    expect(new Set(cache.calls)).toEqual(new Set(['GET cache', 'POST caches', 'PATCH caches/ID', 'POST caches/ID']))
    expect(cacheLines(result)).toEqual([])
  })

  test('other requirements: the log names what changed, the compiled wheel is used again, what is not needed is not saved', async () => {
    const result = await packaged({ files: { 'pyproject.toml': PYPROJECT.replace('"idna==3.10"', '"certifi==2024.8.30"') } })
    expect(result.log).toContain(
      'no cache entry for these dependencies (changed: files that define the project); started from the one before',
    )
    expect(result.outputs['cache-hit']).toBe('false')
    expect(origins(result)).toEqual(['certifi downloaded', 'docopt reused', 'shop project'])
    const saved = cache.entries().slice(2)
    expect(saved.map(({ key }) => key.split('-')[4])).toEqual(['downloads'])
    await tamper(saved[0], async (folder) => {
      const names = await must('find', ['.', '-name', '*.whl'], { cwd: folder.at('in') })
      expect(names).toContain('certifi-')
      expect(names).not.toContain('idna-')
    })
  })
})

test('why images are made again is told in a fresh clone too, since the run that saved the wheelhouse', async () => {
  cache.clear()
  const before = await packaged({ inputs: { target: 'release' } })
  expect(before.errors).toEqual([])
  const python = before.outputs['python-version']?.split('.').slice(0, 2).join('.') ?? ''
  const result = await packaged({ inputs: { target: 'release', 'python-version': python }, files: { 'shop.py': 'PRICE = 1\n' } })
  expect(result.errors).toEqual([])
  expect(result.log).toMatch(/-base:fingerprint-\w+: built in \d+\.\d s \(changed: python\)/)
  expect(result.log).toMatch(/^ {2}changed: base, source$/m)
})

describe('a leg that fails', () => {
  test('keeps what it compiled and nothing that its lock does not name, and the next run builds only the rest', async () => {
    cache.clear() // it begins with the downloads of the run before: idna, which its lock does not name
    const before = unsigned.filter(({ key }) => key.includes('-downloads-'))
    for (const { key, version, bytes } of before) cache.put(key, version, bytes)
    const files = { ...BROKEN, 'pyproject.toml': BROKEN['pyproject.toml'].replace('"idna==3.10", ', '') }
    const failed = await packaged({ files })
    expect(failed.code).toBe(1)
    expect(failed.log).toContain('started from the one before')
    const saved = cache.entries().find(({ key }) => key.includes('-downloads-') && key !== before[0]?.key)
    await tamper(saved, async (folder) => {
      expect(await must('find', ['.', '-name', '*.whl'], { cwd: folder.at('in') })).not.toContain('idna-')
    })
    expect(failed.errors).toHaveLength(1)
    expect(failed.errors[0]).toContain('broken did not build')
    expect(failed.log).toMatch(/saved compiled to the cache: \d+\.\d MB/)
    const result = await packaged()
    expect(origins(result)).toContain('docopt reused')
  })
})

describe('K5: a wheel inside a valid archive was changed', () => {
  test('a download is fetched again', async () => {
    await tamper(about('downloads'), (folder) => forge(folder, 'downloads', 'idna', false))
    const result = await packaged()
    expect(result.errors).toEqual([])
    expect(origins(result)).toEqual(['docopt reused', 'idna downloaded', 'shop project'])
    expect(result.log).toMatch(/idna-3\.10-py3-none-any\.whl: checksum mismatch/)
    expect(sha256Of(result, 'idna')).toBe(sha256Of(first, 'idna'))
  })

  test('a compiled one is built again, and the log says why', async () => {
    await tamper(about('compiled'), (folder) => forge(folder, 'compiled', 'docopt', false))
    const result = await packaged()
    expect(result.errors).toEqual([])
    expect(origins(result)).toContain('docopt compiled')
    expect(result.log).toContain('checksum mismatch')
  })
})

describe('cache-signing-key', () => {
  let signed: readonly CacheEntry[]

  beforeAll(async () => {
    cache.clear()
    const result = await packaged({ inputs: { 'cache-signing-key': KEY } })
    expect(result.errors).toEqual([])
    signed = cache.entries().map((entry) => ({ ...entry }))
  })

  const withSigned = () => {
    cache.clear()
    for (const { key, version, bytes } of signed) cache.put(key, version, bytes)
  }

  test('what it signed is used again, on a branch and on a tag', async () => {
    withSigned()
    for (const tag of ['', 'v1.0']) {
      const result = await packaged({ inputs: { 'cache-signing-key': KEY }, ...(tag && { tag }) })
      expect(result.errors).toEqual([])
      expect(origins(result)).toContain('docopt reused')
    }
  })

  test('K5b: a wheel and its manifest both changed are refused with the key', async () => {
    withSigned()
    await tamper(about('compiled'), (folder) => forge(folder, 'compiled', 'docopt', true))
    const result = await packaged({ inputs: { 'cache-signing-key': KEY }, tag: 'v1.0' })
    expect(result.errors).toEqual([])
    expect(origins(result)).toContain('docopt compiled')
    expect(result.log).toContain('is not used: its manifest is not signed with cache-signing-key')
  })

  test('K5b: without a key they are never restored on a tag', async () => {
    await tamper(about('compiled'), (folder) => forge(folder, 'compiled', 'docopt', true))
    const result = await packaged({ tag: 'v1.0' })
    expect(origins(result)).toContain('docopt compiled')
    expect(result.log).toContain('on tags compiled wheels are not restored without cache-signing-key')
  })

  test('what is not signed is not used with the key, and is signed from then on', async () => {
    const result = await packaged({ inputs: { 'cache-signing-key': KEY } })
    expect(origins(result)).toContain('docopt compiled')
    expect(cache.entries().filter(({ key }) => key.includes('-compiled-'))).toHaveLength(2)
    expect(origins(await packaged({ inputs: { 'cache-signing-key': KEY } }))).toContain('docopt reused')
  })

  test('the key is in no log, output, summary and archive', async () => {
    cache.clear()
    const result = await packaged({ inputs: { 'cache-signing-key': KEY } })
    // The runner takes the lines that mask it out of the log.
    const shown = result.log.split('\n').filter((line) => !line.startsWith('::add-mask::'))
    const forms = [KEY, Buffer.from(KEY).toString('base64'), encodeURIComponent(KEY), Buffer.from(KEY).toString('hex')]
    const texts = [shown.join('\n'), JSON.stringify(result.outputs), result.summary]
    for (const entry of [...cache.entries()]) {
      await tamper(entry, async (folder) => {
        texts.push(
          await must('sh', ['-c', 'find . -type f -exec cat {} + | base64 -w0 | base64 -d | tr -d "\\000"'], { cwd: folder.at('in') }),
        )
      })
    }
    expect(texts).toHaveLength(5)
    for (const text of texts) for (const form of forms) expect(text).not.toContain(form)
    expect(texts.join()).toContain('"signature"') // the search sees what is there
    expect(result.log).toContain(`::add-mask::${KEY}`)
  })
})

describe('a cache that fails', () => {
  test('K2: a service that never answers costs its limit and one line, and the process ends', async () => {
    cache.fault = 'silent'
    const result = await packaged()
    expect(result.code).toBe(0)
    expect(cacheLines(result)).toEqual(['The cache service did not restore within 18 s; going on without it.'])
    expect(result.errors).toEqual([])
    expect(cache.calls.slice(-2).every((call) => call === 'GetCacheEntryDownloadURL')).toBe(true)
  })

  test('K4: an archive with a file above our folder is refused, warned of, and everything is made anew', async () => {
    const entry = about('downloads')
    await using folder = await tempFolder('evil')
    await mkdir(folder.at('in/downloads'), { recursive: true })
    const script = 'echo x > ../escaped; tar -P --use-compress-program zstd -cf ../c.tzst downloads ../escaped'
    await must('sh', ['-ec', script], { cwd: folder.at('in') })
    if (entry) entry.bytes = await readFile(folder.at('c.tzst'))
    const result = await packaged()
    expect(result.errors).toEqual([])
    expect(result.warnings).toEqual([expect.stringMatching(/is refused, it holds what we never save: .*\.\.\/escaped$/)])
    expect(origins(result)).toEqual(['docopt reused', 'idna downloaded', 'shop project'])
  })

  test('K6: a key that another job saved meanwhile is one notice', async () => {
    cache.clear()
    await packaged()
    const other = cache.entries().map((entry) => ({ ...entry }))
    expect(other).toHaveLength(2)
    cache.clear()
    // Nothing is found, because the other job is not done; but the names are taken.
    for (const { key, version } of other) cache.put(key, version, Buffer.alloc(0), false)
    const result = await packaged()
    expect(result.errors).toEqual([])
    expect(cacheLines(result)).toEqual([expect.stringMatching(/^The cache already has pypackager-.*: another job saved it first\.$/)])
  })
})
