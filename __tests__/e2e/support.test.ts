import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type CacheFault, type CacheService, cacheService } from '../support/cache-service.ts'
import { command, must } from '../support/command.ts'
import { type Daemon, startDaemon } from '../support/daemon.ts'
import { images } from '../support/image.ts'
import { dockerConfig, login } from '../support/login.ts'
import { COMMITTED, pollsProject } from '../support/project.ts'
import { startRegistry } from '../support/registry.ts'
import { runAction } from '../support/runner.ts'
import { commandsIn, readFileCommands } from '../support/runner-commands.ts'
import { tempFolder } from '../support/temp.ts'

// The tests' own instruments, against the real clients: what they say of the action is worth no more than they are.

jest.setTimeout(120_000)

const ROOT = path.join(import.meta.dirname, '../..')
const NODE = path.join(ROOT, 'node_modules/.bin/node')
const PARENT = process.env.PARENT_IMAGE ?? 'pypackager/debian-python:bookworm'

describe('the cache service', () => {
  /** Runs a line with the real client in a process of its own, as an action would. */
  async function client(service: CacheService, cwd: string, line: string): Promise<string> {
    const script = `import * as cache from '${ROOT}/node_modules/@actions/cache/lib/cache.js'\nconst value = await (${line})\nconsole.log('\\n=' + value)\nprocess.exit()`
    const env = { PATH: process.env.PATH, RUNNER_TEMP: cwd, GITHUB_WORKSPACE: cwd, ...service.env }
    const output = await must(NODE, ['--input-type=module', '-e', script], { cwd, env })
    return output.split('\n').at(-1)?.slice(1) ?? ''
  }

  async function filled(cwd: string) {
    await mkdir(path.join(cwd, 'wheels'), { recursive: true })
    await writeFile(path.join(cwd, 'wheels/a.whl'), 'a wheel '.repeat(50_000))
  }

  test('gives back what was saved, by its key and by the start of it, the newest first', async () => {
    await using service = await cacheService()
    await using folder = await tempFolder()
    await filled(folder.path)
    for (const key of ['w-1', 'w-2'])
      expect(Number(await client(service, folder.path, `cache.saveCache(['wheels'], '${key}')`))).toBeGreaterThan(0)
    expect(service.entries().map((entry) => entry.key)).toEqual(['w-1', 'w-2'])
    await rm(folder.at('wheels'), { recursive: true })
    expect(await client(service, folder.path, "cache.restoreCache(['wheels'], 'w-1')")).toBe('w-1')
    expect(await readFile(folder.at('wheels/a.whl'), 'utf8')).toBe('a wheel '.repeat(50_000))
    expect(await client(service, folder.path, "cache.restoreCache(['wheels'], 'x', ['w-'])")).toBe('w-2')
    expect(await client(service, folder.path, "cache.restoreCache(['wheels'], 'x')")).toBe('undefined')
    expect(await client(service, folder.path, "cache.saveCache(['wheels'], 'w-1')")).toBe('-1')
  })

  test('takes an archive in blocks', async () => {
    await using service = await cacheService()
    await using folder = await tempFolder()
    await writeFile(folder.at('archive'), Buffer.alloc(3_000_000, 'blocks'))
    const { ACTIONS_RESULTS_URL: url, ACTIONS_RUNTIME_TOKEN: token } = service.env
    const call = async (method: string, body: unknown) => {
      const answer = await fetch(`${url}twirp/github.actions.results.api.v1.CacheService/${method}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
        body: JSON.stringify(body),
      })
      return (await answer.json()) as { signed_upload_url: string; signed_download_url: string; ok: boolean }
    }
    const { signed_upload_url: upload } = await call('CreateCacheEntry', { key: 'k', version: 'v' })
    const script = `import { BlobClient } from '${ROOT}/node_modules/@azure/storage-blob/dist/esm/index.js'
      await new BlobClient('${upload}').getBlockBlobClient().uploadFile('${folder.at('archive')}', { blockSize: 1 << 20, maxSingleShotSize: 1 })`
    await must(NODE, ['--input-type=module', '-e', script])
    expect(await call('FinalizeCacheEntryUpload', { key: 'k', version: 'v', size_bytes: '3000000' })).toMatchObject({ ok: true })
    const { signed_download_url: download } = await call('GetCacheEntryDownloadURL', { key: 'k', version: 'v' })
    const part = await fetch(download, { headers: { range: 'bytes=6-11' } })
    expect([part.status, await part.text()]).toEqual([206, 'blocks'])
    expect((await fetch(download, { method: 'PUT', body: 'x' })).status).toBe(403)
  })

  test.each<CacheFault>([
    'download corrupt',
    'download truncated',
    'download empty',
    'download html',
    'download missing',
    'reset',
    'status 403',
    'status 429',
  ])('%s is a miss to the real client', async (fault) => {
    await using service = await cacheService()
    await using folder = await tempFolder()
    await filled(folder.path)
    await client(service, folder.path, "cache.saveCache(['wheels'], 'w-1')")
    service.fault = fault
    expect(await client(service, folder.path, "cache.restoreCache(['wheels'], 'w-1').catch(() => undefined)")).toBe('undefined')
  })

  test('a token that may not save saves nothing', async () => {
    await using service = await cacheService()
    await using folder = await tempFolder()
    await filled(folder.path)
    service.fault = 'save denied'
    expect(await client(service, folder.path, "cache.saveCache(['wheels'], 'w-1')")).toBe('-1')
    expect(service.entries()).toEqual([])
  })
})

describe('the registry', () => {
  test('wants a login, and gives tags and manifests', async () => {
    await using registry = await startRegistry()
    await using config = await dockerConfig()
    const env = { ...process.env, DOCKER_CONFIG: config.path }
    expect((await fetch(`http://${registry.host}/v2/`)).status).toBe(401)
    const image = `${registry.host}/acme/tiny:1`
    await must('docker', ['build', '--quiet', '--tag', image, '-'], {
      env: { ...env, DOCKER_BUILDKIT: '1' },
      input: 'FROM scratch\nLABEL tiny=1\n',
    })
    try {
      expect((await command('docker', ['push', image], { env })).code).not.toBe(0)
      await login(config, registry)
      await must('docker', ['push', image], { env })
      expect(await registry.tags('acme/tiny')).toEqual(['1'])
      expect((await registry.manifest('acme/tiny', '1'))?.digest).toMatch(/^sha256:[0-9a-f]{64}$/)
      expect(await registry.manifest('acme/tiny', '2')).toBeUndefined()
    } finally {
      await must('docker', ['image', 'rm', image])
    }
  })
})

describe('a daemon of our own', () => {
  let daemon: Daemon
  beforeAll(async () => {
    daemon = await startDaemon()
    await daemon.load(PARENT)
  }, 120_000)
  afterAll(async () => daemon[Symbol.asyncDispose](), 60_000)

  test('has the parent image alone once it is emptied', async () => {
    await must('docker', ['-H', daemon.host, 'build', '--quiet', '--tag', 'other', '-'], {
      env: { ...process.env, DOCKER_BUILDKIT: '1' },
      input: `FROM ${PARENT}\nRUN echo planted-needle > /tmp/canary-file && rm /tmp/canary-file\nRUN echo removed > /tmp/removed-file\nRUN rm /tmp/removed-file\n`,
    })
    const { names, find } = images(daemon.host)
    expect(await names('other')).toEqual(expect.arrayContaining(['tmp/removed-file', 'tmp/.wh.removed-file']))
    expect(await find('other', ['planted-needle', 'not-in-it-anywhere'])).toEqual(['planted-needle'])
    await daemon.empty(PARENT)
    expect(await daemon.docker('image', 'ls', '--all', '--format', '{{.Repository}}:{{.Tag}}')).toBe(PARENT)
    expect(await images().exists('other')).toBe(false)
  })

  test('lets its containers out, and publishes their ports', async () => {
    const { docker, run, serve } = images(daemon.host)
    await run(PARENT, ['apt-get', '-o', 'APT::Update::Error-Mode=any', 'update', '-qq'])
    await must('docker', ['-H', daemon.host, 'build', '--quiet', '--tag', 'served', '-'], {
      env: { ...process.env, DOCKER_BUILDKIT: '1' },
      input: `FROM ${PARENT}\nWORKDIR /etc\nCMD ["python3", "-m", "http.server", "8000"]\n`,
    })
    await using site = await serve('served')
    expect(await (await site.fetch('/debian_version')).text()).toMatch(/^\d+\.\d+/)
    expect(await site.exec('cat', '/proc/1/comm')).toBe('docker-init')
    expect(await docker('ps', '--quiet')).not.toBe('')
  })
})

test('a daemon that was killed leaves no process, mount or bridge once it is disposed of', async () => {
  // Other files' daemons come and go meanwhile: only its own bridge says something of it.
  const bridges = async () => (await must('ip', ['-oneline', 'link', 'show', 'type', 'bridge'])).match(/(?<=^\d+: )[^:@]+/gm) ?? []
  const daemon = await startDaemon({ size: '64m' })
  expect(await bridges()).toContain(daemon.bridge)
  const folder = daemon.host.replace(/^unix:\/\/|\/sock$/g, '')
  await daemon.kill()
  await daemon[Symbol.asyncDispose]()
  expect(await bridges()).not.toContain(daemon.bridge)
  expect(await readFile('/proc/self/mounts', 'utf8')).not.toContain(folder)
  expect((await must('ps', ['-eo', 'args'])).split('\n').filter((line) => line.includes(`${folder}/`))).toEqual([])
})

describe('a project', () => {
  test('has the same commit each time, tags only where they are made, and a hash of what is in it', async () => {
    await using one = await pollsProject()
    await using two = await pollsProject()
    expect(await one.git('rev-parse', 'HEAD')).toBe(await two.git('rev-parse', 'HEAD'))
    expect(await one.git('log', '-1', '--format=%ct')).toBe(String(COMMITTED))
    await one.tag('v1.0.0')
    await using clone = await one.shallow()
    expect(await clone.git('tag')).toBe('')
    expect(await clone.hash()).toBe(await one.hash())
    await clone.write('wheelhouse/a.whl', 'a')
    expect(await clone.hash()).toBe(await one.hash())
    await clone.write('src/setup.py', 'changed')
    expect(await clone.hash()).not.toBe(await one.hash())
  })
})

describe('the runner', () => {
  test('obeys its commands and no others', () => {
    const log = ' ::error file=a.py,line=3::b%0Ac\n::stop-commands::T\n::error::no\n##[error]no\n::T::\nx ::error::no\nx ##[warning]w\n'
    expect(commandsIn(log)).toEqual([
      { name: 'error', properties: { file: 'a.py', line: '3' }, text: 'b\nc' },
      { name: 'warning', properties: {}, text: 'w' },
    ])
  })

  test('reads the files that a step writes', () => {
    expect(readFileCommands('a=1\nb<<END\nx\ny=2\nEND\nc=\n')).toEqual({ a: '1', b: 'x\ny=2', c: '' })
  })

  test('runs the action and its post step', async () => {
    await using project = await pollsProject()
    const before = await project.hash()
    const result = await runAction({ workspace: project.workspace, inputs: { target: 'plan', namespace: 'support' } })
    expect(result).toMatchObject({ code: 0, postCode: 0, errors: [], left: [], outputs: { version: 'main' } })
    expect(result.summary).not.toBe('')
    expect(await project.hash()).toBe(before)
  })
})
