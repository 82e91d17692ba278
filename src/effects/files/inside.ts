import { constants } from 'node:fs'
import { type FileHandle, lstat, open, readlink, realpath } from 'node:fs/promises'
import path from 'node:path'
import { UserError } from '../../errors.ts'
import { isBelow } from '../../text/paths.ts'
import { decoded } from './encoding.ts'

/**
 * The text of a regular file that really lies below `root`: whoever wrote the project must not choose what else of this
 * machine is read. Nothing of a file outside is opened, and no error repeats what a file holds.
 * @param limit bytes
 * @returns undefined where there is no such file
 * @throws UserError that names the link which leads out, the kind of file, the size, or the encoding
 */
export async function readInside(root: string, file: string, limit: number): Promise<string | undefined> {
  const shown = shownFrom(root, file)
  const real = await placeInside(root, file)
  if (real === undefined) return undefined
  const there = await lstat(real).catch(() => undefined)
  if (there && !there.isFile()) throw refused(shown, 'is no regular file', 'Put a text file in its place.')
  // O_NOFOLLOW and O_NONBLOCK: the file may have become a link or a pipe in the meantime.
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK
  const handle = await open(real, flags).catch((error: NodeJS.ErrnoException) => {
    throw refused(shown, `cannot be read: ${error.code}`, 'Check who may read it.')
  })
  try {
    const opened = await readlink(`/proc/self/fd/${handle.fd}`).catch(() => real) // absent on macOS
    if (!isBelow(opened, await realpath(root))) throw leadsOut(shown, shown, opened)
    return textOf(shown, await bytesOf(shown, handle, limit))
  } finally {
    await handle.close()
  }
}

/**
 * Where a path below `root` really is.
 * @returns undefined where there is nothing
 * @throws UserError that names the link which leads out, to itself, or nowhere
 */
export async function placeInside(root: string, place: string): Promise<string | undefined> {
  const shown = shownFrom(root, place)
  const top = await realpath(root)
  const real = await realpath(place).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code === 'ELOOP') throw refused(shown, 'is a link that leads to itself', 'Put the file itself there.')
    if (error.code === 'EACCES') throw refused(shown, 'cannot be read: EACCES', 'Check who may read it.')
    if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR' && error.code !== 'ENAMETOOLONG') throw error
    const link = await firstLink(root, place, async (at) => !(await isThere(at)))
    if (link === undefined) return undefined
    const to = await readlink(path.join(root, link))
    throw refused(shown, `${behind(shown, link)} to ${to}, which is not there`, 'Put the file itself there.')
  })
  if (real === undefined || isBelow(real, top)) return real
  if (!isBelow(path.resolve(place), path.resolve(root))) throw refused(shown, 'lies outside the checkout', 'Nothing outside is read.')
  throw leadsOut(shown, (await firstLink(root, place, async (at) => !isBelow(await realpath(at), top))) ?? shown, real)
}

/** The first part of a path below `root` that is a link and of such a kind, relative to it. */
async function firstLink(root: string, place: string, kind: (at: string) => Promise<boolean>): Promise<string | undefined> {
  const parts = path.relative(root, place).split(path.sep)
  for (let i = 1; i <= parts.length; i++) {
    const at = path.join(root, ...parts.slice(0, i))
    if ((await lstat(at).catch(() => undefined))?.isSymbolicLink() && (await kind(at))) return path.relative(root, at)
  }
  return undefined
}

async function isThere(at: string): Promise<boolean> {
  return realpath(at).then(
    () => true,
    () => false,
  )
}

function behind(shown: string, link: string): string {
  return link === shown ? 'is a link' : `lies behind ${link}, a link`
}

async function bytesOf(shown: string, handle: FileHandle, limit: number): Promise<Buffer> {
  const status = await handle.stat()
  if (!status.isFile()) throw refused(shown, 'is no regular file', 'Put a text file in its place.')
  const buffer = Buffer.alloc(Math.min(status.size, limit) + 1)
  let length = 0
  for (let read = -1; read !== 0 && length < buffer.length; length += read) {
    read = (await handle.read(buffer, length, buffer.length - length, length)).bytesRead
  }
  if (length <= limit) return buffer.subarray(0, length)
  throw refused(shown, `is larger than ${Math.floor(limit / 1024 / 1024)} MiB, which no such file needs`, 'Check what was written to it.')
}

/**
 * Text that is no UTF-8 would be read as something else: UTF-16 is what PowerShell writes by `>`. Requirements files
 * may tell their encoding, as pip has it.
 */
function textOf(shown: string, bytes: Buffer): string {
  const told = /\.(txt|in)$/.test(shown) ? decoded(bytes) : undefined
  if (told !== undefined && !told.includes('\0')) return told
  const utf16 = bytes[0] === 0 || bytes[1] === 0 || (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
  if (bytes.length > 1 && utf16) throw refused(shown, 'is UTF-16 text', 'Save it as UTF-8.')
  if (bytes.includes(0)) throw refused(shown, 'is no text: it holds NUL bytes', 'Save it as UTF-8 text.')
  return bytes.toString('utf8')
}

function shownFrom(root: string, place: string): string {
  return path.relative(root, place) || '.'
}

function leadsOut(shown: string, link: string, real: string): UserError {
  return refused(shown, `${behind(shown, link)} out of the checkout, to ${real}`, 'Put the file itself there: nothing outside is read.')
}

function refused(shown: string, why: string, next: string): UserError {
  return new UserError('project', `${shown} ${why}`, { next, place: { file: shown } })
}
