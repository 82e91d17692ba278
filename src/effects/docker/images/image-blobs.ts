import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { type FileHandle, mkdir, open, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip, createZstdDecompress } from 'node:zlib'
import * as v from 'valibot'
import { readJson } from '../../../grammar.ts'
import type { Blob, PushableImage } from '../../docker-port.ts'
import { TarReader } from '../../files/tar-reader.ts'

const OCI = 'application/vnd.oci.image'
export const MANIFEST_TYPE = `${OCI}.manifest.v1+json`

const SAVED = v.array(v.object({ Config: v.string() }))
const CONFIG = v.object({ rootfs: v.object({ diff_ids: v.array(v.string()) }) })

/** Members of `docker save` that are shorter are no layers: an archive has two empty blocks at its end. */
const SHORTEST_LAYER = 1024

/**
 * Lays out what `docker save` writes as a registry takes it: the configuration, the layers compressed, and a manifest.
 * The same image gives the same bytes each time.
 * @param folder of this run, which holds the blobs
 * @see https://github.com/opencontainers/image-spec/blob/main/manifest.md
 */
export async function layOutImage(chunks: AsyncIterable<Buffer>, folder: string): Promise<PushableImage> {
  await mkdir(folder, { recursive: true })
  const members = await unpack(chunks, folder)
  const index = members.get('manifest.json')
  const saved = index === undefined ? undefined : readJson(SAVED, await readFile(index, 'utf8'))
  const file = saved?.[0] && members.get(path.posix.normalize(saved[0].Config))
  if (!file) throw new Error('docker saved an image without its configuration')
  const text = await readFile(file)
  const wanted = readJson(CONFIG, text.toString('utf8'))?.rootfs.diff_ids
  if (!wanted) throw new Error('docker saved an image whose configuration cannot be read')
  const layers = new Map((await Promise.all([...members.values()].map(layerOf))).flatMap((layer) => (layer ? [layer] : [])))
  const config: Blob = { file, digest: digestOf(text), size: text.length, type: `${OCI}.config.v1+json` }
  const blobs = wanted.map((diffId) => {
    const layer = layers.get(diffId)
    if (!layer) throw new Error(`docker saved an image without its layer ${diffId}`)
    return layer
  })
  const described = ({ type, digest, size }: Blob) => ({ mediaType: type, digest, size })
  const manifest = { schemaVersion: 2, mediaType: MANIFEST_TYPE, config: described(config), layers: blobs.map(described) }
  const body = JSON.stringify(manifest)
  return { blobs: [config, ...new Map(blobs.map((blob) => [blob.digest, blob])).values()], manifest: body, digest: digestOf(body) }
}

export function digestOf(content: string | Buffer): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`
}

/** Writes each file of the archive under a number. @returns the files by their names in the archive */
async function unpack(chunks: AsyncIterable<Buffer>, folder: string): Promise<ReadonlyMap<string, string>> {
  const members = new Map<string, string>()
  const waiting: (string | Buffer | undefined)[] = [] // a file that begins, its pieces, its end
  const tar = new TarReader({
    member({ path: name, kind }) {
      const file = path.join(folder, String(members.size))
      if (kind === 'file') members.set(path.posix.normalize(name), file)
      waiting.push(kind === 'file' ? file : undefined)
    },
    data: (piece) => void waiting.push(Buffer.from(piece)),
    end: () => void waiting.push(undefined),
  })
  let handle: FileHandle | undefined
  const flush = async () => {
    for (const next of waiting.splice(0)) {
      if (Buffer.isBuffer(next)) await handle?.writeFile(next)
      else {
        await handle?.close()
        handle = next === undefined ? undefined : await open(next, 'w')
      }
    }
  }
  try {
    for await (const chunk of chunks) {
      tar.push(chunk)
      await flush()
    }
  } finally {
    await handle?.close()
  }
  if (!tar.ended) throw new Error('what docker saved ends before its end')
  return members
}

/** A layer by its diff ID, compressed where docker keeps it plain; undefined for other files. */
async function layerOf(file: string): Promise<readonly [diffId: string, blob: Blob] | undefined> {
  const first = await headOf(file)
  if (first.length < 8 || /^\s*[[{]/.test(first.toString('latin1'))) return undefined
  const gzip = first.readUInt16BE() === 0x1f8b
  if (gzip || first.readUInt32BE() === 0x28b52ffd) {
    const [packed, plain] = [meter(), meter()]
    await pipeline(createReadStream(file), packed.through, gzip ? createGunzip() : createZstdDecompress(), plain.through, drain)
    return [plain.digest(), { file, digest: packed.digest(), size: packed.size(), type: `${OCI}.layer.v1.tar+${gzip ? 'gzip' : 'zstd'}` }]
  }
  const [packed, plain] = [meter(), meter()]
  const to = `${file}.gz`
  await pipeline(createReadStream(file), plain.through, createGzip(), packed.through, createWriteStream(to))
  await rm(file)
  return plain.size() < SHORTEST_LAYER
    ? undefined
    : [plain.digest(), { file: to, digest: packed.digest(), size: packed.size(), type: `${OCI}.layer.v1.tar+gzip` }]
}

async function headOf(file: string): Promise<Buffer> {
  await using handle = await open(file)
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(8), 0, 8, 0)
  return buffer.subarray(0, bytesRead)
}

/** Hashes and counts what passes. */
function meter() {
  const hash = createHash('sha256')
  let size = 0
  const through = new Transform({
    transform(piece: Buffer, _encoding, done) {
      hash.update(piece)
      size += piece.length
      done(null, piece)
    },
  })
  let digest: string | undefined
  return {
    through,
    size: () => size,
    digest: () => {
      digest ??= `sha256:${hash.digest('hex')}`
      return digest
    },
  }
}

async function drain(source: AsyncIterable<Buffer>): Promise<void> {
  for await (const _piece of source) {
    // read to its end
  }
}
