import { describe, expect, test } from '@jest/globals'
import { BuildError, type Docker, type ImageInfo, type LayerVisitor } from '../../../src/effects/docker-port.ts'
import { isCompiler } from '../../../src/judge/checks/layer-scan.ts'
import type { ProofRequest } from '../../../src/run/proof/proof-request.ts'
import { readImage } from '../../../src/run/proof/scan-layers.ts'
import { worldIn } from '../../support/world.ts'

// Which way is taken, and what the short one says; what both find is for the end-to-end tests.

const SETTINGS = { ca: '', indexUrl: '', extraIndexUrls: [], netrc: '', network: '', builder: '' }
const BEFORE = ['base', 'packages', 'code']
const CHANGED = ['code', 'static', 'newest']
const OURS = ['base', 'packages', ...CHANGED]
const LAYERS = ['parent', ...OURS]
const HISTORY = ['USER 10001:10001', 'COPY /srv/app/ / # buildkit']
const PARENT = ['ADD file:1 in /']

interface Told {
  /** Layers that were clean before. */
  readonly clean?: readonly string[]
  /** Layers and files of what the build makes of the change alone; null where it fails. */
  readonly changes?: { readonly layers: readonly string[]; readonly files?: Readonly<Record<string, string>> } | null
  readonly programs?: readonly string[]
  readonly owned?: readonly string[] | null
  readonly ofParent?: readonly string[]
  readonly files?: Readonly<Record<string, string>>
}

/** @returns what was found, what was read for it, and how often the container was closed */
async function looked(told: Told, broken = '') {
  const { programs = ['/usr/bin/env'], owned = ['/app'], ofParent = [], files = {}, clean = [], changes } = told
  const read: string[] = []
  const names: string[] = []
  let closed = 0
  const docker: Partial<Docker> = {
    history: async (image) => (image === 'parent' ? PARENT : [...HISTORY, ...PARENT]),
    open: async () => ({
      read: async (folder: string, layer: LayerVisitor) => {
        if (folder === broken) throw new Error(`no ${folder}`)
        read.push(folder)
        showFiles(
          layer,
          Object.entries(files).filter(([name]) => `/${name}`.startsWith(folder)),
        )
      },
      close: async () => void closed++,
    }),
    run: async () => ({ code: 0, stdout: ofParent.join('\n'), stderr: '', timedOut: false }),
    build: async ({ target, tags }) => {
      if (!changes) throw new BuildError('no', { stage: target, step: '', output: [], messages: [] })
      names.push(...tags)
      return { seconds: 0 }
    },
    inspect: async () => ({ layers: changes?.layers ?? [] }) as Partial<ImageInfo> as ImageInfo,
    untag: async (reference) => void names.splice(names.indexOf(reference), 1),
    read: async (image, reader) => {
      read.push(image === 'sha256:1' ? 'everything' : image)
      for (const layer of image === 'sha256:1' ? LAYERS : (changes?.layers ?? [])) {
        const visitor = reader.layer()
        if (layer !== 'parent') showFiles(visitor, Object.entries(image === 'sha256:1' ? {} : (changes?.files ?? {})))
        visitor.done(layer)
      }
    },
  }
  const request = {
    image: { id: 'sha256:1', configuration: '{}', layers: LAYERS } as Partial<ImageInfo> as ImageInfo,
    clean,
    changes:
      changes === undefined
        ? undefined
        : { settings: SETTINGS, build: { dockerfile: '', target: 'release', tags: ['shop:print'], offline: true } },
    parent: 'parent',
    wanted: { platform: 'linux/amd64', user: '10001', parentLayers: ['parent'] },
    secrets: [{ name: 'the input password', texts: ['planted-Canary-7431'] }],
    wheels: [],
  } as Partial<ProofRequest> as ProofRequest
  const look = await readImage(worldIn('/nowhere', { docker: docker as Docker }), request, Promise.resolve({ programs, owned }))
  return { findings: typeof look.findings === 'string' ? undefined : look.findings, clean: look.clean, read, closed, left: names }
}

function showFiles(layer: LayerVisitor, files: readonly (readonly [string, string])[]): void {
  for (const [path, text] of files) {
    layer.member({ path, kind: 'file', size: text.length })
    layer.data(Buffer.from(text))
    layer.end()
  }
}

describe('the short way', () => {
  test('reads the virtual environment and what belongs to the user, and is enough where that is clean', async () => {
    const { findings, clean, read, closed } = await looked({ owned: ['/app', '/var/www/static'] })
    expect(read).toEqual(['/appenv', '/app', '/var/www/static'])
    expect(clean).toEqual(OURS)
    expect(findings).toMatchObject({ layers: LAYERS, secrets: [], wheels: [], compilers: [] })
    expect(closed).toBe(1)
  })

  test("is enough where the only compilers are the parent's, which are told", async () => {
    const { findings, read } = await looked({ programs: ['/usr/bin/gcc-12', '/usr/bin/env'], ofParent: ['/usr/bin/gcc-12'] })
    expect(read).not.toContain('everything')
    expect(findings?.compilers).toEqual([{ layer: 'parent', path: 'usr/bin/gcc-12' }])
  })

  test.each<{ name: string; told: Told; broken?: string }>([
    {
      name: 'a compiler is more than the parent has',
      told: { programs: ['/usr/bin/gcc-12', '/usr/bin/tcc'], ofParent: ['/usr/bin/gcc-12'] },
    },
    { name: 'the parent cannot be asked', told: { programs: ['/usr/bin/gcc-12'] } },
    { name: 'a compiler is in the environment', told: { files: { 'appenv/bin/gcc': 'x' } } },
    { name: 'a secret is in a file', told: { files: { 'app/settings.py': 'KEY = "planted-Canary-7431"' } } },
    { name: 'the image runs as root', told: { owned: null } },
    { name: 'the folder of the application is of somebody else', told: { owned: [] } },
    { name: 'a folder cannot be read', told: {}, broken: '/app' },
  ])('is followed by the long one where $name', async ({ told, broken }) => {
    const { read, closed } = await looked(told, broken)
    expect(read.at(-1)).toBe('everything')
    expect(closed).toBe(1)
  })
})

describe('what was clean before', () => {
  test.each<{ name: string; told: Told; reads: readonly string[]; isClean?: boolean }>([
    { name: 'is not read again', told: { clean: OURS }, reads: [] },
    {
      name: 'leaves the change, which is read alone',
      told: { clean: BEFORE, changes: { layers: CHANGED } },
      reads: ['pypackager-unfinished:run-1-changes'],
    },
    {
      name: 'is of no use where the change made alone is another layer',
      told: { clean: BEFORE, changes: { layers: ['code', 'static', 'other'] } },
      reads: ['/appenv', '/app'],
    },
    { name: 'is of no use where the change cannot be made alone', told: { clean: BEFORE, changes: null }, reads: ['/appenv', '/app'] },
    { name: 'is of no use where another run built the image', told: { clean: BEFORE }, reads: ['/appenv', '/app'] },
    {
      name: 'is of no use where what is new is more than a change',
      told: { clean: ['base'], changes: { layers: CHANGED } },
      reads: ['/appenv', '/app'],
    },
    {
      name: 'does not hide what the change holds',
      told: { clean: BEFORE, changes: { layers: CHANGED, files: { 'app/settings.py': 'KEY = "planted-Canary-7431"' } } },
      reads: ['pypackager-unfinished:run-1-changes', 'everything'],
    },
    {
      name: 'does not hide a compiler that no parent has',
      told: { clean: OURS, programs: ['/usr/bin/gcc'] },
      reads: ['everything'],
    },
    {
      name: 'is not known of a change with a wheel of a package in it',
      told: { clean: BEFORE, changes: { layers: CHANGED, files: { 'appenv/lib/python3.13/site-packages/kept/a.whl': 'x' } } },
      reads: ['pypackager-unfinished:run-1-changes'],
      isClean: false,
    },
  ])('$name', async ({ told, reads, isClean = true }) => {
    const { read, clean, left } = await looked(told)
    expect(read).toEqual(reads)
    expect(clean).toEqual(isClean ? OURS : [])
    expect(left).toEqual([])
  })
})

test('what the parent is asked for covers every name of a compiler', () => {
  for (const name of ['/usr/bin/gcc', '/usr/sbin/tcc', '/usr/lib/gcc/cc1', '/usr/lib/gcc/cc1plus', '/usr/lib/llvm/clang-19'])
    expect([isCompiler(name.slice(1)), /\/s?bin\/|\/cc1[^/]*$|\/clang-[^/]*$/.test(name)]).toEqual([true, true])
})
