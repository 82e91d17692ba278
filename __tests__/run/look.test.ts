import { describe, expect, test } from '@jest/globals'
import type { Docker, ImageInfo, LayerVisitor } from '../../src/effects/docker-port.ts'
import { isCompiler } from '../../src/plan/image-scan.ts'
import type { ProofRequest } from '../../src/run/examine.ts'
import { readImage } from '../../src/run/look.ts'
import { worldIn } from '../support/world.ts'

// Which way is taken, and what the short one says; what both find is for the end-to-end tests.

const HISTORY = ['USER 10001:10001', 'COPY /srv/app/ / # buildkit']
const PARENT = ['ADD file:1 in /']

interface Told {
  readonly programs?: readonly string[]
  readonly owned?: readonly string[] | null
  readonly ofParent?: readonly string[]
  readonly files?: Readonly<Record<string, string>>
}

/** @returns what was found, what was read for it, and how often the container was closed */
async function looked({ programs = ['/usr/bin/env'], owned = ['/app'], ofParent = [], files = {} }: Told, broken = '') {
  const read: string[] = []
  let closed = 0
  const docker: Partial<Docker> = {
    history: async (image) => (image === 'parent' ? PARENT : [...HISTORY, ...PARENT]),
    open: async () => ({
      read: async (folder: string, layer: LayerVisitor) => {
        if (folder === broken) throw new Error(`no ${folder}`)
        read.push(folder)
        for (const [path, text] of Object.entries(files).filter(([name]) => `/${name}`.startsWith(folder))) {
          layer.member({ path, kind: 'file', size: text.length })
          layer.data(Buffer.from(text))
          layer.end()
        }
      },
      close: async () => void closed++,
    }),
    run: async () => ({ code: 0, stdout: ofParent.join('\n'), stderr: '', timedOut: false }),
    read: async () => void read.push('everything'),
  }
  const request = {
    image: { id: 'sha256:1', configuration: '{}', layers: ['parent', 'ours'] } as Partial<ImageInfo> as ImageInfo,
    parent: 'parent',
    wanted: { platform: 'linux/amd64', user: '10001', parentLayers: ['parent'] },
    secrets: [{ name: 'the input password', texts: ['planted-Canary-7431'] }],
    wheels: [],
  } as Partial<ProofRequest> as ProofRequest
  const findings = await readImage(worldIn('/nowhere', { docker: docker as Docker }), request, Promise.resolve({ programs, owned }))
  return { findings: typeof findings === 'string' ? undefined : findings, read, closed }
}

describe('the short way', () => {
  test('reads the virtual environment and what belongs to the user, and is enough where that is clean', async () => {
    const { findings, read, closed } = await looked({ owned: ['/app', '/var/www/static'] })
    expect(read).toEqual(['/appenv', '/app', '/var/www/static'])
    expect(findings).toMatchObject({ layers: ['parent', 'ours'], secrets: [], wheels: [], compilers: [] })
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

test('what the parent is asked for covers every name of a compiler', () => {
  for (const name of ['/usr/bin/gcc', '/usr/sbin/tcc', '/usr/lib/gcc/cc1', '/usr/lib/gcc/cc1plus', '/usr/lib/llvm/clang-19'])
    expect([isCompiler(name.slice(1)), /\/s?bin\/|\/cc1[^/]*$|\/clang-[^/]*$/.test(name)]).toEqual([true, true])
})
