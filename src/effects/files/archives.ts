import { createReadStream, createWriteStream } from 'node:fs'
import { chmod, type FileHandle, mkdir, open as openFile, stat, utimes } from 'node:fs/promises'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import yauzl from 'yauzl'
import { UserError } from '../../errors.ts'
import type { Archives } from '../ports.ts'
import { childEnvironment, runInto } from '../process/child.ts'
import { archiveMeter, LIMITS, tooMuch, unreadable } from './archive-limits.ts'
import { type TarMember, TarReader } from './tar-reader.ts'

/** Archives are read, never run; nothing is extracted by the paths they name. What they hold is limited before it is read. */
export const archives: Archives = {
  async unzipMember(archive, memberEnd, to) {
    await mkdir(path.dirname(to), { recursive: true })
    const found = await eachMember(archive, async (entry, open) => {
      if (!entry.fileName.endsWith(memberEnd)) return false
      await pipeline(await open(), createWriteStream(to))
      return true
    })
    if (!found) throw new Error(`${path.basename(archive)} holds no ${memberEnd}`)
    await chmod(to, 0o755)
    await utimes(to, 0, 0) // one time for one content: BuildKit sends a file again when its time changed
  },

  async list(archive) {
    const names: string[] = []
    if (isZip(archive)) {
      await eachMember(archive, async ({ fileName }) => {
        names.push(fileName)
        return false
      })
    } else await readTar(archive, ({ path }) => void names.push(path))
    return names
  },

  async readMember(archive, member) {
    let content: Buffer[] | undefined
    if (isZip(archive)) {
      await eachMember(archive, async (entry, open) => {
        if (entry.fileName !== member) return false
        if (entry.uncompressedSize > LIMITS.text) throw tooLong(archive, member)
        content = await (await open()).toArray()
        return true
      })
    } else {
      await readTar(archive, ({ path, kind, size }) => {
        if (path !== member || kind !== 'file' || content) return undefined
        if (size > LIMITS.text) throw tooLong(archive, member)
        const pieces: Buffer[] = []
        content = pieces
        return pieces
      })
    }
    return content && Buffer.concat(content).toString()
  },
}

function isZip(archive: string): boolean {
  return /\.(zip|whl)$/.test(archive)
}

function tooLong(archive: string, member: string) {
  return tooMuch(path.basename(archive), `a ${path.basename(member)} of more than ${LIMITS.text / 2 ** 20} MB`)
}

/** Reads a tar archive as it comes. @param visit tells where the content of a member goes, undefined for nowhere */
async function readTar(archive: string, visit: (member: TarMember) => Buffer[] | undefined): Promise<void> {
  const meter = archiveMeter(path.basename(archive), (await stat(archive)).size)
  let pieces: Buffer[] | undefined
  const reader = new TarReader({
    member(member) {
      meter.member(member.size)
      pieces = visit(member)
    },
    data: (piece) => void pieces?.push(Buffer.from(piece)),
    end: () => {},
  })
  let read = 0
  const take = async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) {
      read += chunk.length
      meter.refuseLarge(read)
      reader.push(chunk)
    }
    if (!reader.whole) throw new Error('it ends before its end')
  }
  try {
    if (archive.endsWith('.bz2'))
      await runInto('bzip2', ['-dc', '--', archive], { env: childEnvironment(process.env), take, limit: LIMITS.milliseconds })
    else if (/gz$/.test(archive)) await pipeline(createReadStream(archive), createGunzip(), take)
    else await pipeline(createReadStream(archive), take)
  } catch (error) {
    if (error instanceof UserError) throw error
    throw unreadable(path.basename(archive), error as Error)
  }
}

/** Visits the members of a zip file until `visit` says that it has found what it wants. */
async function eachMember(
  archive: string,
  visit: (entry: yauzl.Entry, open: () => Promise<Readable>) => Promise<boolean>,
): Promise<boolean> {
  await using file = await openFile(archive)
  const { size } = await file.stat()
  const meter = archiveMeter(path.basename(archive), size)
  const zip = await new Promise<yauzl.ZipFile>((resolve, reject) => {
    const options = { lazyEntries: true, autoClose: false }
    yauzl.fromRandomAccessReader(new BlockReader(file), size, options, (error, opened) => (error ? reject(error) : resolve(opened)))
  })
  const open = (entry: yauzl.Entry) => () =>
    new Promise<Readable>((resolve, reject) => {
      zip.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream)))
    })
  return await new Promise<boolean>((resolve, reject) => {
    zip.on('error', reject)
    zip.on('end', () => resolve(false))
    zip.on('entry', (entry: yauzl.Entry) => {
      try {
        meter.member(entry.uncompressedSize)
      } catch (error) {
        return void reject(error)
      }
      visit(entry, open(entry)).then((found) => (found ? resolve(true) : zip.readEntry()), reject)
    })
    zip.readEntry()
  })
}

const BLOCK = 256 << 10

/** Reads ahead: the directory of a zip file is asked for in two small pieces a member, each a trip to the disk otherwise. */
class BlockReader extends yauzl.RandomAccessReader {
  private readonly file: FileHandle
  private block: Buffer = Buffer.alloc(0)
  private start = 0

  constructor(file: FileHandle) {
    super()
    this.file = file
  }

  // biome-ignore lint/plugin: the parameters are yauzl's
  override read(buffer: Buffer, offset: number, length: number, position: number, callback: (error: Error | null) => void): void {
    this.have(position, length).then((from) => {
      this.block.copy(buffer, offset, from, from + length)
      callback(null)
    }, callback)
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return createReadStream('', { fd: this.file, start, end: end - 1, autoClose: false })
  }

  override close(callback: (error: Error | null) => void): void {
    callback(null) // whoever opened the file closes it
  }

  /** @returns where in the block the range begins */
  private async have(position: number, length: number): Promise<number> {
    const from = position - this.start
    if (from >= 0 && from + length <= this.block.length) return from
    const wanted = Buffer.allocUnsafe(Math.max(BLOCK, length))
    const { bytesRead } = await this.file.read(wanted, 0, wanted.length, position)
    if (bytesRead < length) throw new Error('the zip file ends before its end')
    this.block = wanted.subarray(0, bytesRead)
    this.start = position
    return 0
  }
}
