import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { gunzipSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { expect, test } from '@jest/globals'
import { layOutImage } from '../../../../src/effects/docker/images/image-blobs.ts'
import { command } from '../../../support/command.ts'
import { inTempFolder, tempFolder, writeFiles } from '../../../support/temp.ts'

async function tar(files: Readonly<Record<string, string | Uint8Array>>): Promise<Buffer> {
  await using folder = await tempFolder('tar')
  await writeFiles(folder.path, files)
  return (await command('tar', ['-c', '--mtime=@0', '--sort=name', '-C', folder.path, '.'])).stdout
}

const digest = (bytes: string | Uint8Array) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`

/** What is laid out of an archive that comes in pieces. */
async function laidOut(archive: Buffer) {
  return inTempFolder(async (folder) => {
    async function* pieces() {
      for (let at = 0; at < archive.length; at += 777) yield archive.subarray(at, at + 777)
    }
    const image = await layOutImage(pieces(), folder)
    const bytes = await Promise.all(image.blobs.map(({ file }) => readFile(file)))
    expect(image.blobs.map(({ digest, size }) => [digest, size])).toEqual(bytes.map((blob) => [digest(blob), blob.length]))
    return { ...image, bytes, parsed: JSON.parse(image.manifest) }
  })
}

const one = await tar({ 'etc/a': 'one' })
const two = await tar({ 'etc/b': 'two'.repeat(10_000) })
const configOf = (...layers: Buffer[]) =>
  JSON.stringify({ architecture: 'amd64', rootfs: { type: 'layers', diff_ids: layers.map(digest) } })

test('what docker 20.10 saves has its layers compressed, in the order of the configuration', async () => {
  const config = configOf(two, one, one)
  const image = await laidOut(
    await tar({
      'manifest.json': '[{"Config": "abc.json", "Layers": []}]',
      'abc.json': config,
      'id1/layer.tar': one,
      'id1/json': '{}',
      'id1/VERSION': '1.0',
      'id2/layer.tar': two,
    }),
  )
  expect(image.bytes[0]?.toString()).toBe(config)
  expect(image.parsed.config.digest).toBe(digest(config))
  expect(image.bytes.slice(1).map((blob) => digest(gunzipSync(blob)))).toEqual([digest(two), digest(one)])
  const layers: { digest: string; mediaType: string }[] = image.parsed.layers
  expect(layers.map((layer) => layer.digest)).toEqual([1, 2, 2].map((at) => image.blobs[at]?.digest)) // one layer twice is one blob
  expect(new Set(layers.map(({ mediaType }) => mediaType))).toEqual(new Set(['application/vnd.oci.image.layer.v1.tar+gzip']))
  expect(image.digest).toBe(digest(image.manifest))
})

test('what newer engines save keeps the layers that are compressed', async () => {
  const [gz, zst] = [gzipSync(one), zstdCompressSync(two)]
  const config = configOf(one, two)
  const image = await laidOut(
    await tar({
      'oci-layout': '{"imageLayoutVersion": "1.0.0"}',
      'index.json': '{}',
      'manifest.json': '[{"Config": "blobs/sha256/c"}]',
      'blobs/sha256/a': gz,
      'blobs/sha256/b': zst,
      'blobs/sha256/c': config,
    }),
  )
  expect(image.bytes).toEqual([Buffer.from(config), gz, zst])
  expect(image.parsed.layers.map(({ mediaType }: { mediaType: string }) => mediaType.split('+')[1])).toEqual(['gzip', 'zstd'])
})

test.each([
  { name: 'a layer', files: { 'manifest.json': '[{"Config": "c"}]', c: configOf(one) }, says: /without its layer sha256:/ },
  { name: 'its configuration', files: { 'manifest.json': '[{"Config": "c"}]' }, says: /without its configuration/ },
  { name: 'a configuration that can be read', files: { 'manifest.json': '[{"Config": "c"}]', c: '{}' }, says: /cannot be read/ },
])('an image without $name is an error', async ({ files, says }) => {
  await expect(laidOut(await tar(files))).rejects.toThrow(says)
})
