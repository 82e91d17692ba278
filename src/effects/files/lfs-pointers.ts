import { lstat, open } from 'node:fs/promises'
import path from 'node:path'

/** The first line of a pointer, which is smaller than 1024 bytes. @see https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md */
const FIRST = /^version https:\/\/(git-lfs\.github\.com|hawser\.github\.com)\/spec\/v1\n/
const LONGEST = 1024
const AT_ONCE = 32

/**
 * Files that are pointers of Git LFS in the place of their content, by that content: archives of a forge hold them too,
 * where no git tells of filters.
 * @param paths relative to the folder
 */
export async function lfsPointers(folder: string, paths: readonly string[]): Promise<readonly string[]> {
  const found: string[] = []
  for (let at = 0; at < paths.length; at += AT_ONCE) {
    const some = paths.slice(at, at + AT_ONCE)
    const are = await Promise.all(some.map((file) => isPointer(path.join(folder, file))))
    found.push(...some.filter((_, i) => are[i]))
  }
  return found
}

async function isPointer(file: string): Promise<boolean> {
  const { size = 0 } = (await lstat(file).then((stat) => (stat.isFile() ? stat : undefined))) ?? {}
  if (size < 60 || size >= LONGEST) return false
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(LONGEST), 0, LONGEST, 0)
    const text = buffer.toString('latin1', 0, bytesRead)
    return FIRST.test(text) && /^oid \w+:[0-9a-f]+$/m.test(text)
  } finally {
    await handle.close()
  }
}
