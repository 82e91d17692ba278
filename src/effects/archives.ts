import { createReadStream, createWriteStream } from 'node:fs'
import { chmod, type FileHandle, mkdir, open as openFile, utimes } from 'node:fs/promises'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import yauzl from 'yauzl'
import { childEnvironment, run } from './child.ts'
import type { Archives } from './ports.ts'

/** Archives are read, never run; nothing is extracted by the paths they name. */
export const archives: Archives = {
  async unzipMember(archive, memberEnd, to) {
    await mkdir(path.dirname(to), { recursive: true })
    const found = await eachMember(archive, async (name, open) => {
      if (!name.endsWith(memberEnd)) return false
      await pipeline(await open(), createWriteStream(to))
      return true
    })
    if (!found) throw new Error(`${path.basename(archive)} holds no ${memberEnd}`)
    await chmod(to, 0o755)
    await utimes(to, 0, 0) // one time for one content: BuildKit sends a file again when its time changed
  },

  async list(archive) {
    if (!/\.(zip|whl)$/.test(archive)) return (await tar(['-tf', archive])).split('\n').filter(Boolean)
    const names: string[] = []
    await eachMember(archive, async (name) => {
      names.push(name)
      return false
    })
    return names
  },

  async readMember(archive, member) {
    if (!/\.(zip|whl)$/.test(archive)) {
      const result = await run('tar', ['-xOf', archive, '--', member], { env: environment() })
      return result.code === 0 ? result.stdout : undefined
    }
    let content: string | undefined
    await eachMember(archive, async (name, open) => {
      if (name !== member) return false
      content = await text(await open())
      return true
    })
    return content
  },
}

/** Visits the members of a zip file until `visit` says that it has found what it wants. */
async function eachMember(archive: string, visit: (name: string, open: () => Promise<Readable>) => Promise<boolean>): Promise<boolean> {
  await using file = await openFile(archive)
  const { size } = await file.stat()
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
      visit(entry.fileName, open(entry)).then((found) => (found ? resolve(true) : zip.readEntry()), reject)
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

async function tar(args: readonly string[]): Promise<string> {
  const result = await run('tar', args, { env: environment() })
  if (result.code !== 0) throw new Error(`tar ${args.join(' ')}: ${result.stderr.trim()}`)
  return result.stdout
}

/** Names as they are, in every locale; no options from outside. */
function environment() {
  return childEnvironment(process.env, { LC_ALL: 'C', TAR_OPTIONS: '' })
}
