import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import {
  access,
  chown,
  copyFile,
  type FileHandle,
  link,
  lstat,
  mkdir,
  open,
  opendir,
  readdir,
  readFile,
  realpath,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Files } from '../ports.ts'
import { placeInside, readInside } from './inside.ts'

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

  async readKept(file, most) {
    await using handle = await openRegular(file)
    if (!handle || (await handle.stat()).size > most) return undefined
    return handle.readFile('utf8')
  },

  async write(file, text) {
    await mkdir(path.dirname(file), { recursive: true })
    await rm(file, { recursive: true, force: true }) // never through a link: the other end may be a kept file
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

  async count(folder, most) {
    let found = 0
    for await (const _ of await opendir(folder, { recursive: true }).catch(missing([]))) {
      found += 1
      if (found > most) break
    }
    return found
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
    return found && { folder: found.isDirectory(), uid: found.uid, gid: found.gid, changed: Math.floor(found.mtimeMs / 1000) }
  },

  async whyNotMade(place) {
    try {
      for (let at = place; ; at = path.dirname(at)) {
        const found = await stat(at).catch(missing(undefined))
        if (found && at !== place && !found.isDirectory()) return `${at} is no folder`
        if (found && at !== place) await access(at, constants.W_OK | constants.X_OK)
        if (found || at === path.dirname(at)) return ''
      }
    } catch (error) {
      return (error as Error).message
    }
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
  await using handle = await openRegular(file)
  if (!handle) return ''
  const hash = createHash('sha256')
  await pipeline(handle.createReadStream(), hash)
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
    await rm(to, { recursive: true, force: true })
    await copyFile(from, to)
  })
}

/** What opening says of links, folders, sockets, and of what is not ours to read. */
const NO_FILE: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR', 'EISDIR', 'ELOOP', 'ENXIO', 'ENODEV', 'EACCES', 'EPERM', 'ENAMETOOLONG'])

/** Does not wait for whoever writes to a pipe, and follows no link. @returns undefined for all but regular files */
async function openRegular(file: string): Promise<FileHandle | undefined> {
  const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(
    (error: NodeJS.ErrnoException) => {
      if (NO_FILE.has(error.code ?? '')) return undefined
      throw error
    },
  )
  if (!handle || (await handle.stat()).isFile()) return handle
  await handle.close()
  return undefined
}

function missing<T>(instead: T): (error: NodeJS.ErrnoException) => T {
  return (error) => {
    if (['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP'].includes(error.code ?? '')) return instead
    throw error
  }
}
