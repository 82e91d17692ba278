import { createWriteStream } from 'node:fs'
import { chmod, mkdir, utimes } from 'node:fs/promises'
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
  const zip = await new Promise<yauzl.ZipFile>((resolve, reject) => {
    yauzl.open(archive, { lazyEntries: true, autoClose: false }, (error, opened) => (error ? reject(error) : resolve(opened)))
  })
  const open = (entry: yauzl.Entry) => () =>
    new Promise<Readable>((resolve, reject) => {
      zip.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream)))
    })
  try {
    return await new Promise<boolean>((resolve, reject) => {
      zip.on('error', reject)
      zip.on('end', () => resolve(false))
      zip.on('entry', (entry: yauzl.Entry) => {
        visit(entry.fileName, open(entry)).then((found) => (found ? resolve(true) : zip.readEntry()), reject)
      })
      zip.readEntry()
    })
  } finally {
    zip.close()
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
