import { createHash } from 'node:crypto'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { describe, expect, test } from '@jest/globals'
import { readImageArchive } from '../../../../src/effects/docker/images/image-archive.ts'
import type { LayerMember } from '../../../../src/effects/docker-port.ts'
import { command } from '../../../support/command.ts'
import { tempFolder, writeFiles } from '../../../support/temp.ts'

const LONG = `${'folder-with-a-long-name/'.repeat(9)}${'file'.repeat(30)}.txt`
const FILES = { 'etc/config': 'a=1\n', [LONG]: 'long\n', 'big.bin': 'x'.repeat(200_000), 'ünïcödé.txt': 'ü', empty: '' }

/** A tar archive of files, as GNU tar writes it. */
async function tar(files: Readonly<Record<string, string | Uint8Array>>, format: 'gnu' | 'pax' | 'ustar' = 'gnu'): Promise<Buffer> {
  await using folder = await tempFolder('tar')
  await writeFiles(folder.path, files)
  const result = await command('tar', [`--format=${format}`, '-c', '-C', folder.path, '.'])
  expect(result.stderr).toBe('')
  return result.stdout
}

interface Read {
  readonly layers: { readonly diffId: string; readonly members: LayerMember[]; readonly files: Record<string, string> }[]
  readonly documents: string[]
}

async function read(archive: Buffer, piece = 10_007): Promise<Read> {
  const seen: Read = { layers: [], documents: [] }
  async function* pieces() {
    for (let at = 0; at < archive.length; at += piece) yield archive.subarray(at, at + piece)
  }
  await readImageArchive(pieces(), {
    document: (text) => seen.documents.push(text),
    layer() {
      const layer = { diffId: '', members: [] as LayerMember[], files: {} as Record<string, string> }
      let path = ''
      return {
        member(member) {
          layer.members.push(member)
          path = member.path
          if (member.kind === 'file') layer.files[path] = ''
        },
        data: (bytes) => {
          layer.files[path] += bytes.toString('latin1')
        },
        end() {},
        done(diffId) {
          seen.layers.push({ ...layer, diffId })
        },
      }
    },
  })
  return seen
}

const digest = (bytes: Buffer) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`
const asLatin = (files: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(files).map(([name, text]) => [name, Buffer.from(text).toString('latin1')]))
const CONFIG = '{"config": {"Env": ["A=1"]}}'

describe('the archive of an image', () => {
  test.each(['gnu', 'pax'] as const)('of 20.10 is read with every file of its layers, written as %s tar', async (format) => {
    const layer = await tar(FILES, format)
    const seen = await read(
      await tar({ 'manifest.json': '[{}]', 'abc.json': CONFIG, 'id1/layer.tar': layer, 'id1/VERSION': '1.0' }, format),
    )
    expect(seen.documents.sort()).toEqual(['[{}]', CONFIG])
    expect(seen.layers).toHaveLength(1)
    expect(seen.layers[0]?.diffId).toBe(digest(layer))
    expect(seen.layers[0]?.files).toEqual(asLatin(FILES))
  })

  test('in the OCI layout is read, whether its layers are compressed or not', async () => {
    const layers = await Promise.all(['one', 'two', 'three'].map((text) => tar({ name: text, 'big.bin': text.repeat(100_000) })))
    const [plain = Buffer.alloc(0), second = Buffer.alloc(0), third = Buffer.alloc(0)] = layers
    const seen = await read(
      await tar({
        'oci-layout': '{"imageLayoutVersion": "1.0.0"}',
        'blobs/sha256/a': plain,
        'blobs/sha256/b': gzipSync(second),
        'blobs/sha256/c': zstdCompressSync(third),
        'blobs/sha256/d': CONFIG,
      }),
    )
    expect(seen.layers.map(({ diffId }) => diffId).sort()).toEqual(layers.map(digest).sort())
    expect(seen.layers.map(({ files }) => files.name).sort()).toEqual(['one', 'three', 'two'])
    expect(seen.documents).toContain(CONFIG)
  })

  test('says what is a link, and what removes a file of a layer below', async () => {
    await using folder = await tempFolder('tar')
    await writeFiles(folder.path, { 'etc/.wh.secret': '', file: 'x' })
    await command('ln', ['-s', 'file', folder.at('link')])
    const layer = (await command('tar', ['-c', '-C', folder.path, '.'])).stdout
    const seen = await read(await tar({ 'id/layer.tar': layer }))
    const kinds = Object.fromEntries((seen.layers[0]?.members ?? []).map(({ path, kind }) => [path, kind]))
    expect(kinds).toMatchObject({ link: 'link', file: 'file', 'etc/': 'folder', 'etc/.wh.secret': 'file' })
  })

  test.each([1, 511, 512, 513, 65_536, 1 << 22])('is read the same in pieces of %d bytes', async (piece) => {
    const layer = await tar({ a: 'one', b: 'x'.repeat(5000) })
    const seen = await read(await tar({ 'id/layer.tar': gzipSync(layer), 'c.json': CONFIG }), piece)
    expect(seen.layers[0]).toMatchObject({ diffId: digest(layer), files: { a: 'one', b: 'x'.repeat(5000) } })
    expect(seen.documents).toEqual([CONFIG])
  })

  test('that breaks off is an error, not half a proof', async () => {
    const archive = await tar({ 'id/layer.tar': await tar(FILES) })
    await expect(read(archive.subarray(0, archive.length / 2))).rejects.toThrow('ends before its end')
  })

  test('whose layer cannot be unpacked is an error', async () => {
    const broken = gzipSync(await tar(FILES))
    broken.fill(0x55, 400, 500)
    await expect(read(await tar({ 'id/layer.tar': broken }))).rejects.toThrow()
  })

  test('that is none is an error', async () => {
    await expect(read(Buffer.from('<html>'.repeat(200)))).rejects.toThrow('no tar archive')
  })
})
