import { createHash } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { hmacSigner, signedManifest } from '../../src/plan/signature.ts'
import type { Manifest } from '../../src/plan/wheels/wheel-plan.ts'
import { type CacheEntry, type CacheService, cacheService } from '../support/cache-service.ts'
import { must } from '../support/command.ts'
import { type Daemon, startDaemon } from '../support/daemon.ts'
import { images } from '../support/image.ts'
import { projectOf } from '../support/project.ts'
import { type ActionResult, runAction } from '../support/runner.ts'
import { tamper } from '../support/tamper.ts'

// Somebody who can write to the cache and does not have the key changes all that an entry holds, each record and
// hash with it. A run without the key shows that the poison works; with it nothing of it is used or signed.

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
[tool.setuptools]
py-modules = ["shop"]
`

/** What writes its name into every wheel that it builds. */
const BUILDS_POISON = `
def _poisoned(self, directory, *args, **more):
    import os, zipfile
    name = _honest(self, directory, *args, **more)
    with zipfile.ZipFile(os.path.join(directory, name), "a") as wheel:
        wheel.writestr("poison_of_setuptools.py", "")
    return name
_honest = _BuildMetaBackend.build_wheel
_BuildMetaBackend.build_wheel = _poisoned
build_wheel = _BACKEND.build_wheel
`

let daemon: Daemon
let cache: CacheService
let honest: readonly CacheEntry[]
let poisoned: readonly CacheEntry[]
/** sha256 of every file that the attacker made. */
const made = new Set<string>()

const sha256 = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest('hex')
const about = (entry: 'downloads' | 'compiled') => cache.entries().find(({ key }) => key.includes(`-${entry}-`))
const copies = () => cache.entries().map((entry) => ({ ...entry }))

function fill(entries: readonly CacheEntry[]): void {
  cache.clear()
  for (const { key, version, bytes } of entries) cache.put(key, version, bytes)
}

async function packaged(key: string, more: { inputs?: Record<string, string>; tag?: string; pyproject?: string } = {}) {
  await using project = await projectOf({ 'pyproject.toml': more.pyproject ?? PYPROJECT, 'shop.py': '' })
  if (more.tag) await project.tag(more.tag)
  const ref = more.tag ? { GITHUB_REF: `refs/tags/${more.tag}`, GITHUB_REF_NAME: more.tag, GITHUB_REF_TYPE: 'tag' } : {}
  const inputs = { 'runtime-packages': 'tree', checks: 'off', sbom: 'false', ...(key && { 'cache-signing-key': key }), ...more.inputs }
  return await runAction({ workspace: project.workspace, inputs, env: { DOCKER_HOST: daemon.host, ...cache.env, ...ref } })
}

/** Files of an image whose names or scripts the attacker chose. */
async function poisonIn(result: ActionResult): Promise<readonly string[]> {
  expect(result.errors).toEqual([])
  const image = result.outputs['release-tag'] ?? ''
  const found = await images(daemon.host).run(
    image,
    ['find', '/', '-xdev', '-name', 'poison_of_*', '-not', '-path', '/proc/*'],
    ['--user=0'],
  )
  return [
    ...new Set(
      found
        .split('\n')
        .filter(Boolean)
        .map((file) => path.basename(file).replace(/\..*/, '')),
    ),
  ].sort()
}

/** Files of the cache that the attacker made, and wheels that his were used for. */
async function poisonKept(): Promise<readonly string[]> {
  const found: string[] = []
  for (const entry of copies()) {
    await tamper(entry, async (folder) => {
      for (const name of (await readdir(folder.at('in'), { recursive: true })) as string[]) {
        const bytes = await readFile(folder.at('in', name)).catch(() => undefined)
        if (bytes && (made.has(sha256(bytes)) || bytes.includes('poison_of_'))) found.push(path.basename(name))
      }
    })
  }
  return found
}

async function fileOf(folder: string, pattern: RegExp): Promise<string> {
  const name = (await readdir(folder)).find((each) => pattern.test(each))
  if (!name) throw new Error(`${folder} holds no ${pattern}`)
  return path.join(folder, name)
}

/** Changes a file by a script (`$0` is its path), and its hash and size below a folder, in texts that are hashed themselves too. */
async function replace(below: string, file: string, script: string): Promise<void> {
  const honest = await readFile(file)
  await must('sh', ['-ec', script, file], { cwd: path.dirname(file) })
  const changed = await readFile(file)
  const [before, now] = [sha256(honest), sha256(changed)]
  expect(now).not.toBe(before)
  made.add(now)
  await rehash(below, before, now, (text) => text.replaceAll(`size = ${honest.length}`, `size = ${changed.length}`))
}

async function rehash(below: string, before: string, now: string, resized = (text: string) => text): Promise<void> {
  for (const name of (await readdir(below, { recursive: true })) as string[]) {
    if (!/\.(toml|json)$/.test(name)) continue
    const text = await readFile(path.join(below, name), 'utf8')
    if (!text.includes(before)) continue
    const changed = resized(text.replaceAll(before, now))
    await writeFile(path.join(below, name), changed)
    await rehash(below, sha256(text), sha256(changed))
  }
}

beforeAll(async () => {
  daemon = await startDaemon()
  await daemon.load(PARENT)
  cache = await cacheService()
  const first = await packaged(KEY)
  expect(await poisonIn(first)).toEqual([])
  honest = copies()
  const locks: [string, string][] = []
  await tamper(about('downloads'), async (folder) => {
    const below = folder.at('in/downloads')
    const requires = await fileOf(folder.at('in/downloads/.build/requires'), /^setuptools-/)
    const lock = await fileOf(folder.at('in/downloads/.build/locks'), /toml$/)
    const before = sha256(await readFile(lock))
    await writeFile(folder.at('poison.py'), BUILDS_POISON)
    const script = `unzip -q "$0" setuptools/build_meta.py; cat ${folder.at('poison.py')} >> setuptools/build_meta.py; zip -q "$0" setuptools/build_meta.py; rm -r setuptools`
    await replace(below, requires, script)
    locks.push([before, sha256(await readFile(lock))])
    const idna = await fileOf(below, /^idna-/)
    await replace(below, idna, 'mkdir idna; touch idna/poison_of_idna.py; zip -q "$0" idna/poison_of_idna.py; rm -r idna')
    const deb = await fileOf(folder.at('in/downloads/.build/debian'), /^tree_/)
    const postinst = `printf '#!/bin/sh\\ntouch /usr/share/poison_of_debian\\n' > x/DEBIAN/postinst; chmod 755 x/DEBIAN/postinst`
    await replace(below, deb, `dpkg-deb -R "$0" x; ${postinst}; dpkg-deb -b x "$0" > /dev/null; rm -r x`)
    await replace(below, await fileOf(folder.at('in/downloads/.build/uv'), /^uv-/), 'printf forged >> "$0"')
    const resolution = folder.at('in/downloads/.build/resolution.json')
    const said = JSON.parse(await readFile(resolution, 'utf8'))
    said.own = { definition: said.told.definition, requires: ['-r /etc/passwd\n::error::x'], compiled: true }
    said.target.target.glibc = '2.999999999'
    await writeFile(resolution, JSON.stringify(said))
  })
  await tamper(about('compiled'), async (folder) => {
    const below = folder.at('in/compiled')
    const docopt = await fileOf(below, /^docopt-/)
    await replace(below, docopt, 'touch poison_of_docopt.py; zip -q "$0" poison_of_docopt.py; rm poison_of_docopt.py')
    for (const [before, now] of locks) await rehash(below, before, now)
    const file = await fileOf(folder.at('in/compiled/.build/manifests'), /json$/)
    const manifest = JSON.parse(await readFile(file, 'utf8')) as Manifest
    // The same key, and another repository of those that have it.
    await writeFile(file, JSON.stringify(signedManifest(hmacSigner(KEY, 'acme/other'), manifest)))
  })
  poisoned = copies()
})

afterAll(async () => {
  for (const disposable of [cache, daemon]) await disposable?.[Symbol.asyncDispose]()
})

test('without a key a branch believes what its cache holds, as the documents say; but not uv, and no odd record', async () => {
  fill(poisoned)
  const result = await packaged('')
  expect(await poisonIn(result)).toEqual(['poison_of_debian', 'poison_of_docopt', 'poison_of_idna', 'poison_of_setuptools'])
  expect(result.log).not.toContain('/etc/passwd')
})

test('with the key nothing of it is in the image of a branch, on the daemon that has built the poisoned one too', async () => {
  fill(poisoned)
  const result = await packaged(KEY)
  expect(await poisonIn(result)).toEqual([])
  expect(result.log).toMatch(
    /not used, as not signed with cache-signing-key: records of (?=.*\block\b)(?=.*\bbuildLocks\b)(?=.*\bdebian\b)/,
  )
  expect(result.log).toContain('docopt-0.6.2-py2.py3-none-any.whl is not used: its manifest is not signed with cache-signing-key')
})

test('with the key a branch saves and signs nothing that came of it, and a tag that follows has none', async () => {
  fill(poisoned)
  const pyproject = PYPROJECT.replace('"idna==3.10"', '"idna==3.10", "certifi==2024.8.30"')
  const branch = await packaged(KEY, { pyproject, inputs: { target: 'wheels' } })
  expect(branch.errors).toEqual([])
  const before = new Set(poisoned.map(({ key }) => key))
  fill(copies().filter(({ key }) => !before.has(key)))
  expect(cache.entries().length).toBeGreaterThan(0)
  expect(await poisonKept()).toEqual([])
  fill([...poisoned, ...copies()])
  expect(await poisonIn(await packaged(KEY, { pyproject, tag: 'v1.0' }))).toEqual([])
})

test('what it signed before is used again: an entry that is put back is old, and true', async () => {
  fill(honest)
  const result = await packaged(KEY)
  expect(await poisonIn(result)).toEqual([])
  expect(result.log).not.toContain('not used')
  expect(result.log).toContain('pylock.toml: the requirements are unchanged')
  expect(JSON.parse(result.outputs.wheels ?? '[]')).toContainEqual(expect.objectContaining({ name: 'docopt', origin: 'reused' }))
  expect(await poisonKept()).toEqual([])
})
