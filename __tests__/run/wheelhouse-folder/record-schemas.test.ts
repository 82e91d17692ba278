import { execFile } from 'node:child_process'
import { mkdir, symlink, truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { files } from '../../../src/effects/files/files.ts'
import { parseManifest } from '../../../src/plan/wheels/wheel-plan.ts'
import { supportedTags } from '../../../src/plan/wheels/wheel-tags.ts'
import { LOCAL, NO_SECRETS, RESOLUTION } from '../../../src/run/wheelhouse-folder/record-schemas.ts'
import { type Kept, worthSaving } from '../../../src/run/wheelhouse-folder/records.ts'
import { readManifests } from '../../../src/run/wheelhouse-folder/wheel-files.ts'
import { SHELF } from '../../../src/shelf.ts'
import { type TempFolder, tempFolder } from '../../support/temp.ts'
import { keepRecords, recordsOf, worldIn } from '../../support/world.ts'

// Records and manifests come from a cache, or from a folder that anything may have filled: what is odd is as none.

const SUM = 'a'.repeat(64)
const WHEEL = 'a-1-py3-none-any.whl'

const STATE: Kept = {
  target: {
    parts: { image: 'f', scripts: 's' },
    target: {
      python: '3.13.1',
      machine: 'x86_64',
      glibc: '2.41',
      soabi: 'cpython-313',
      executable: '/usr/bin/python3.13',
      distribution: 'debian 13',
      markers: { os_name: 'posix' },
    },
  },
  lock: { parts: { parent: 'p', requirements: 'idna==3.10\ndocopt' }, sha256: SUM },
  buildLocks: { [SUM.slice(0, 16)]: { sha256: SUM, files: { [WHEEL]: SUM } } },
  told: {
    definition: SUM,
    requirements: {
      name: 'Shop',
      summary: 'sells “things”',
      license: 'MIT',
      requiresPython: '>=3.9',
      requires: ["django>=4 ; extra == 'web'", 'x @ https://x.example/x-1.zip#sha256=00'],
      extras: ['web'],
    },
    contents: {
      scripts: { shop: 'shop:main' },
      roots: [
        { prefix: 'src/', packages: ['shop'] },
        { prefix: '', packages: undefined },
      ],
    },
  },
  own: { definition: SUM, requires: ['setuptools>=61 ; python_version > "3"'], compiled: false },
  debian: { parts: { week: '2026-W01' }, files: { 'libpq5_1%3a15.6-0+deb12u1_amd64.deb': SUM } },
  images: { base: { parent: 'sha256:1' }, 'release-test': { 'Debian packages': 'x' } },
  scans: { '': { version: '1', print: NO_SECRETS, layers: [`sha256:${SUM}`] }, '-b': { version: '1', print: 'f00', layers: [] } },
  project: {
    parts: { source: SUM },
    file: WHEEL,
    sha256: SUM,
    metadata: 'Name: shop\n\nLong\ttext\n',
    packages: ['libpq5'],
    calledGit: true,
  },
  sboms: { 'shop-1.cdx.json': { print: 'p', sha256: SUM } },
  releases: { '': { base: 'b' } },
  passing: { '': ['0123456789abcdef'], '-b': [] },
  said: { '': { release: '0123456789abcdef', lines: ['notice: your application writes /app/“x” when it is imported.'] } },
  proofs: {
    '': {
      image: 'sha256:1',
      print: 'p',
      checks: [
        { name: 'user', level: 'error', state: 'passed', text: 'a\nb', next: '' },
        { name: 'start', level: 'warning', state: 'undone', text: 'x', next: '', refuses: true, ended: true },
      ],
    },
  },
}
const MANIFEST = {
  package: 'a',
  version: '1',
  file: WHEEL,
  sha256: SUM,
  made: { sdist: 's', recipe: 'r', distribution: 'd', machine: 'm', glibc: 'g', soabi: 'so', buildPackages: '', buildLock: 'l' },
  requires: ['setuptools'],
  packages: ['libpq5'],
  seconds: 1,
}

test('every record that a run makes is read again as it was', async () => {
  await using folder = await tempFolder()
  const world = worldIn(folder.path)
  await keepRecords(world, STATE)
  expect(await recordsOf(world)).toEqual(STATE)
  expect(Object.keys(STATE).sort()).toEqual([...new Set([...Object.keys(RESOLUTION), ...Object.keys(LOCAL)])].sort())
})

const nested = (depth: number) => `${'{"a":['.repeat(depth)}1${']}'.repeat(depth)}`

const ODD: Readonly<Record<string, string>> = {
  nothing: '',
  'no JSON': '<html>',
  null: 'null',
  'an array': '[1, 2]',
  'a text of two lines': '"x\\ny"',
  'a number that is none': '1e999',
  'a negative number': '-1',
  'an object of nothing': '{}',
  'a name that is the prototype': '{"__proto__": {"parts": {"a": "b"}, "sha256": 1}, "constructor": 1, "toString": null}',
  'deep nesting': nested(100_000),
  'a huge text': JSON.stringify('x'.repeat(3_000_000)),
  'a name with a line feed': '{"a\\n::error::b": "x", "\\u001b[31m": "y"}',
  'text for a list': '{"parts": "p", "files": "x", "requires": "y", "checks": 1, "layers": 3}',
  'parts of no kind': '{"parts": {"a": {"b": null}}, "sha256": "../x"}',
  'a list of lists': '[[[[[]]]]]',
  'a wrong layout': '{"layout": 1}',
  'two roots': '{}{}',
  'a NUL': '"\\u0000"',
  'half a character': '"\\ud800"',
  'a byte order mark': '\ufeff{}',
  'many names': JSON.stringify(Object.fromEntries(Array.from({ length: 200_000 }, (_, i) => [`n${i}`, i]))),
  'a list of many': JSON.stringify(Array.from({ length: 200_000 }, () => ({}))),
}

describe.each(Object.entries(ODD))('%s', (_name, text) => {
  test('in the place of either file of records, and of each of its records, is as none', async () => {
    await using folder = await tempFolder()
    const world = worldIn(folder.path)
    const as = (file: string, content: string) => files.write(folder.at('wheelhouse', file), content)
    for (const file of [SHELF.resolution, SHELF.local]) await as(file, text)
    expect(await recordsOf(world)).toEqual({})
    worthSaving(text)
    for (const [file, records] of [
      [SHELF.resolution, RESOLUTION],
      [SHELF.local, LOCAL],
    ] as const) {
      const said = Object.keys(records).map((name) => `"${name}": ${text || 'null'}`)
      await as(file, `{"layout": 2, ${said.join(', ')}, "signatures": ${text || 'null'}}`)
    }
    expect(await recordsOf(world)).toEqual({})
    await keepRecords(world, { releases: { '': { base: 'b' } } })
    expect(await recordsOf(world)).toEqual({ releases: { '': { base: 'b' } } })
  })

  test('in the place of a manifest, and of each of its fields, is no manifest', () => {
    expect(parseManifest(text, WHEEL)).toBeUndefined()
    for (const field of Object.keys(MANIFEST)) {
      const said = JSON.stringify({ ...MANIFEST, [field]: 'HERE' }).replace('"HERE"', () => text || 'null')
      expect([field, parseManifest(said, WHEEL)]).toEqual([field, undefined])
    }
  })
})

/** Not for reading, but what stands where a record is expected. */
const PLACES: Readonly<Record<string, (at: string, folder: TempFolder) => Promise<unknown>>> = {
  'a folder': (at) => mkdir(at),
  'a folder with files': async (at) => {
    await mkdir(at)
    await writeFile(path.join(at, 'x'), 'x')
  },
  'a pipe': (at) => promisify(execFile)('mkfifo', [at]),
  'a socket': (at) =>
    promisify(execFile)('python3', ['-c', 'import socket, sys; socket.socket(socket.AF_UNIX).bind(sys.argv[1])', path.basename(at)], {
      cwd: path.dirname(at),
    }),
  'a link to a file of the machine': (at) => symlink('/etc/passwd', at),
  'a link to a device': (at) => symlink('/dev/zero', at),
  'a dangling link': (at) => symlink('/nowhere/at/all', at),
  'a link to itself': (at) => symlink(at, at),
  'a file of 2 GB': async (at) => {
    await writeFile(at, '')
    await truncate(at, 2_147_483_648)
  },
}

test.each(Object.entries(PLACES))('%s in the place of records and manifests is as none, and is written over', async (_name, make) => {
  await using folder = await tempFolder()
  const world = worldIn(folder.path)
  await mkdir(folder.at('wheelhouse/.build/manifests'), { recursive: true })
  for (const name of [SHELF.resolution, SHELF.local, SHELF.lock, `${SHELF.manifests}/${WHEEL}.json`])
    await make(folder.at('wheelhouse', name), folder)
  expect(await recordsOf(world)).toEqual({})
  expect(await readManifests(world)).toEqual([])
  await keepRecords(world, STATE)
  expect(await recordsOf(world)).toEqual(STATE)
})

/** Values as JSON has them, with what a hostile writer would put among those that are right. */
const value = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom(
    '::error::x',
    'a\nRUN id',
    '../../x.whl',
    '/etc/passwd',
    '-r /etc/passwd',
    `${SUM}\n`,
    '3.999999999',
    '2.99999999',
    '__proto__',
  ),
)

/** One value somewhere in a right document is replaced by a generated one. */
function changed(document: unknown, at: readonly number[], by: unknown): unknown {
  const [first, ...rest] = at
  if (first === undefined || typeof document !== 'object' || document === null) return by
  const names = Object.keys(document)
  const name = names[first % Math.max(names.length, 1)] ?? '0'
  const inner = (document as Record<string, unknown>)[name]
  const now = changed(inner, rest, by)
  return Array.isArray(document) ? Object.assign([...document], { [name]: now }) : { ...document, [name]: now }
}

const place = fc.array(fc.nat(20), { minLength: 1, maxLength: 6 })

test.each([...new Set([...Object.keys(RESOLUTION), ...Object.keys(LOCAL)])])(
  '500 generated documents in the place of the record %s: each is read as its kind or as none, and what is read can be written and used',
  async (name) => {
    await using folder = await tempFolder()
    const world = worldIn(folder.path)
    const good = (STATE as unknown as Record<string, unknown>)[name]
    await fc.assert(
      fc.asyncProperty(place, value, fc.boolean(), fc.nat(9), async (at, by, whole, turn) => {
        const said = JSON.stringify({ layout: 2, [name]: whole ? by : changed(good, at, by) })
        await files.write(folder.at('wheelhouse', name in LOCAL ? SHELF.local : SHELF.resolution), said)
        const state = await recordsOf(world)
        expect([[], [name]]).toContainEqual(Object.keys(state))
        const tags = supportedTags(state.target?.target ?? (STATE.target as NonNullable<Kept['target']>).target)
        expect(tags.length).toBeLessThan(50_000)
        for (const line of [...(state.own?.requires ?? []), ...(state.told?.requirements.requires ?? [])])
          expect(line).toMatch(/^[A-Za-z0-9][^\n\r]*$/)
        for (const file of Object.values(state.buildLocks ?? {}).flatMap((lock) => Object.keys(lock.files)))
          expect(path.basename(file)).toBe(file)
        if (turn > 0) return
        await keepRecords(world, {})
        expect(await recordsOf(world)).toEqual(state)
      }),
      { numRuns: 500 },
    )
  },
)

test('500 generated documents in the place of a manifest: none brings a name that leads elsewhere', () => {
  fc.assert(
    fc.property(place, value, (at, by) => {
      const manifest = parseManifest(JSON.stringify(changed(MANIFEST, at, by)), WHEEL)
      if (!manifest) return
      expect(manifest.file).toBe(WHEEL)
      for (const text of [manifest.package, manifest.version, ...manifest.requires, ...manifest.packages])
        expect(text).not.toMatch(/[\n\r]|^-/)
    }),
    { numRuns: 500 },
  )
})
