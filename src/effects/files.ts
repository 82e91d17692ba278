import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { chown, copyFile, link, lstat, mkdir, readdir, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { placeInside, readInside } from './inside.ts'
import type { Files } from './ports.ts'

/** The real file system. */
export const files: Files = {
  async exists(file) {
    return (await lstat(file).catch(() => undefined)) !== undefined
  },

  async read(file) {
    return readFile(file, 'utf8').catch(missing(undefined))
  },

  readInside,

  async checkInside(root, place) {
    await placeInside(root, place)
  },

  async write(file, text) {
    await mkdir(path.dirname(file), { recursive: true })
    await rm(file, { force: true }) // never through a link: the other end may be a kept file
    await writeFile(file, text)
  },

  async list(folder) {
    return (await readdir(folder).catch(missing([]))).sort()
  },

  async walk(folder) {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(missing([]))
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
      .sort()
  },

  async size(file) {
    return (await lstat(file)).size
  },

  sha256: sha256File,
  link: linkOrCopy,

  async remove(target) {
    await rm(target, { recursive: true, force: true })
  },

  async makeFolder(folder) {
    await mkdir(folder, { recursive: true })
  },

  async removeIrregular(folder) {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(missing([]))
    const irregular = entries.filter((entry) => !entry.isFile() && !entry.isDirectory())
    for (const entry of irregular) await rm(path.join(entry.parentPath, entry.name), { force: true })
  },

  async isLink(file) {
    return (await lstat(file).catch(() => undefined))?.isSymbolicLink() ?? false
  },

  async real(file) {
    return realpath(file).catch(() => undefined)
  },

  async status(file) {
    const found = await stat(file).catch(missing(undefined))
    return found && { folder: found.isDirectory(), uid: found.uid, gid: found.gid }
  },

  async makeOwned(folder) {
    const first = await mkdir(folder, { recursive: true })
    if (first === undefined || caller().uid !== 0) return // whoever is not root cannot give anything away
    const { uid, gid } = await stat(path.dirname(first))
    for (let made = folder; made !== path.dirname(first); made = path.dirname(made)) await chown(made, uid, gid)
  },

  caller,
}

function caller(): { uid: number; gid: number } {
  return { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 }
}

/** Streams: a wheel of 800 MB must not be held in memory. */
async function sha256File(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}

export async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT') {
      await mkdir(path.dirname(to), { recursive: true })
      await linkOrCopyOnce(from, to)
    } else await linkOrCopyOnce(from, to)
  }
}

/** EXDEV: another device. EPERM: a foreign owner where the kernel protects hard links. EEXIST: made anew. */
async function linkOrCopyOnce(from: string, to: string): Promise<void> {
  await link(from, to).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw error
    await rm(to, { force: true })
    await copyFile(from, to)
  })
}

function missing<T>(instead: T): (error: NodeJS.ErrnoException) => T {
  return (error) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return instead
    throw error
  }
}
