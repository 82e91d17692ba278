import { execFile } from 'node:child_process'
import { mkdir, symlink, truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from '@jest/globals'
import { files } from '../../src/effects/files/files.ts'
import type { Downloads } from '../../src/effects/ports.ts'
import { sha256 } from '../../src/plan/fingerprint.ts'
import { hmacSigner, signedManifest } from '../../src/plan/signature.ts'
import type { Manifest } from '../../src/plan/wheels/wheel-plan.ts'
import { fetchAll } from '../../src/run/wheelhouse-folder/fetch-files.ts'
import { readShelf } from '../../src/run/wheelhouse-folder/wheel-files.ts'
import { tempFolder } from '../support/temp.ts'
import { listener, worldIn } from '../support/world.ts'

const KEY = 'a key that is long enough to sign with'
const manifestOf = (name: string): Manifest => ({
  package: name,
  version: '1',
  file: `${name}-1-cp313-cp313-linux_x86_64.whl`,
  sha256: 'a'.repeat(64),
  made: { sdist: 's', recipe: 'r', distribution: 'd', machine: 'm', glibc: 'g', soabi: 'so', buildPackages: '', buildLock: 'l' },
  requires: [],
  packages: [],
  seconds: 1,
})

test.each([
  { name: 'a key, the signed one alone', key: KEY, used: ['signed'] },
  { name: 'another key, none', key: `${KEY}2`, used: [] },
  { name: 'no key, all that can be read', key: '', used: ['signed', 'unsigned'] },
])('with $name is on the shelf; the others are gone with their wheels and the log says so', async ({ key, used }) => {
  await using folder = await tempFolder()
  const log = listener()
  const world = worldIn(folder.path, { log, signer: hmacSigner(key, 'acme/shop') })
  const kept = [
    signedManifest(hmacSigner(KEY, 'acme/shop'), manifestOf('signed')),
    manifestOf('unsigned'),
    { ...manifestOf('odd'), packages: ['-o'] },
  ]
  for (const manifest of kept) {
    await files.write(folder.at('wheelhouse', manifest.file), 'wheel')
    await files.write(folder.at('wheelhouse/.build/manifests', `${manifest.file}.json`), JSON.stringify(manifest))
  }
  const shelf = await readShelf(world, [])
  const wheels = used.map((name) => manifestOf(name).file)
  expect(shelf.manifests.map((manifest) => manifest.package)).toEqual(used)
  expect([...shelf.wheels.keys()]).toEqual(wheels)
  expect(await files.walk(folder.at('wheelhouse'))).toEqual([...wheels.map((file) => `.build/manifests/${file}.json`), ...wheels])
  expect(log.lines).toHaveLength(3 - used.length)
  expect(log.lines.join('\n')).not.toContain(KEY)
  expect(log.lines).toContainEqual('  odd-1-cp313-cp313-linux_x86_64.whl is not used: its manifest cannot be read')
})

test.each([
  { name: 'a folder', make: (at: string) => mkdir(path.join(at, 'x'), { recursive: true }) },
  { name: 'a pipe', make: (at: string) => promisify(execFile)('mkfifo', [at]) },
  { name: 'a dangling link', make: (at: string) => symlink('/nowhere', at) },
  { name: 'a file of 2 GB', make: (at: string) => writeFile(at, '').then(() => truncate(at, 2_147_483_648)) },
])('$name in the place of a locked wheel is not that wheel, and gives way to it', async ({ make }) => {
  await using folder = await tempFolder()
  const file = 'idna-1-py3-none-any.whl'
  const at = folder.at('wheelhouse', file)
  const remote = { file, url: `https://index.example/${file}`, sha256: sha256('wheel'), size: 5 }
  const downloads = {
    fetch: async (_file: unknown, to: string) => ({ bytes: 5, seconds: await writeFile(to, 'wheel').then(() => 0) }),
  }
  const world = worldIn(folder.path, { downloads: downloads as unknown as Downloads })
  await mkdir(folder.at('wheelhouse'))
  await make(at)
  const locked = [{ name: 'idna', version: '1', wheels: [remote], sdist: undefined, folder: false }]
  expect((await readShelf(world, locked)).wheels).toEqual(new Map([[file, '']]))
  await fetchAll(world, [remote], folder.at('wheelhouse'))
  expect((await readShelf(world, locked)).wheels).toEqual(new Map([[file, remote.sha256]]))
})
