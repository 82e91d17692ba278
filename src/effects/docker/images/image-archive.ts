import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import { createGunzip, createZstdDecompress } from 'node:zlib'
import type { ImageReader, LayerVisitor } from '../../docker-port.ts'
import { TarReader } from '../../files/tar-reader.ts'

/** Longest document (configuration, manifest) that is kept in memory. */
const LONGEST_DOCUMENT = 16 << 20

/**
 * Reads what `docker save` writes, as it comes and without a file: the format of 20.10
 * (`<id>/layer.tar`, links for layers that are there twice) and the OCI layout of newer engines, whose
 * layers may be compressed. What is a layer is told by its content, so that neither the names nor the
 * order of the members matter.
 * @see https://github.com/opencontainers/image-spec/blob/main/image-layout.md
 */
export async function readImageArchive(chunks: AsyncIterable<Buffer>, reader: ImageReader): Promise<void> {
  let blob: Blob | undefined
  const open = new Set<Blob>()
  const outer = new TarReader({
    member(member) {
      blob = member.kind === 'file' ? blobOf(reader) : undefined
      if (blob) open.add(blob)
    },
    data: (piece) => blob?.data(piece),
    end: () => blob?.end(),
  })
  for await (const chunk of chunks) {
    // In short pieces: a member that ends and its successor may lie in one chunk, and each is waited for.
    for (let at = 0; at < chunk.length; at += STRIDE) {
      outer.push(chunk.subarray(at, at + STRIDE))
      for (const each of open) {
        await each.ready()
        if (each !== blob) open.delete(each)
      }
    }
  }
  if (!outer.ended) throw new Error('what docker saved ends before its end')
}

const STRIDE = 64 << 10

/** Reads the archive of one folder, as `docker cp` writes it; that it is done is left to the caller to say. */
export async function readFolderArchive(chunks: AsyncIterable<Buffer>, layer: LayerVisitor): Promise<void> {
  const tar = new TarReader(layer)
  for await (const chunk of chunks) tar.push(chunk)
  if (!tar.ended) throw new Error('what docker copied ends before its end')
}

interface Blob {
  data(piece: Buffer): void
  end(): void
  /** Waits until what was given so far is dealt with. */
  ready(): Promise<void>
}

/** A member of the outer archive: what it is shows with its first bytes. */
function blobOf(reader: ImageReader): Blob {
  let kind: Blob | undefined
  let first: Buffer = Buffer.alloc(0)
  const decide = () => {
    kind = /^\s*[[{]/.test(first.toString('latin1', 0, 8)) ? documentOf(reader) : layerOf(reader, first)
    kind.data(first)
  }
  return {
    data(piece) {
      if (kind) return kind.data(piece)
      first = Buffer.concat([first, piece])
      if (first.length >= 8) decide()
    },
    end() {
      if (!kind && first.length > 3) decide()
      kind?.end()
    },
    ready: async () => kind?.ready(),
  }
}

function documentOf(reader: ImageReader): Blob {
  const pieces: Buffer[] = []
  let length = 0
  return {
    data(piece) {
      length += piece.length
      if (length > LONGEST_DOCUMENT) throw new Error('a document of the image is too long')
      pieces.push(Buffer.from(piece))
    },
    end: () => reader.document(Buffer.concat(pieces).toString('utf8')),
    ready: async () => {},
  }
}

function layerOf(reader: ImageReader, first: Buffer): Blob {
  const unpack = decompressor(first)
  const hash = createHash('sha256')
  const layer = reader.layer()
  const tar = new TarReader(layer)
  const take = (piece: Buffer) => {
    hash.update(piece)
    tar.push(piece)
  }
  const done = () => layer.done(`sha256:${hash.digest('hex')}`)
  if (!unpack) return { data: take, end: done, ready: async () => {} }
  let full: Promise<unknown> | undefined
  unpack.on('data', (piece: Buffer) => {
    try {
      take(piece)
    } catch (error) {
      unpack.destroy(error as Error)
    }
  })
  const ended = finished(unpack).then(done)
  ended.catch(() => {}) // it is awaited below
  return {
    data(piece) {
      if (!unpack.write(Buffer.from(piece))) full = Promise.race([once(unpack, 'drain'), ended])
    },
    end() {
      unpack.end()
      full = Promise.all([full, ended])
    },
    async ready() {
      await full
      full = undefined
    },
  }
}

function decompressor(first: Buffer) {
  if (first.readUInt16BE() === 0x1f8b) return createGunzip()
  return first.readUInt32BE() === 0x28b52ffd ? createZstdDecompress() : undefined
}
