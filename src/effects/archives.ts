import { chmod, mkdir, readFile, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { unzipSync } from 'fflate'
import { childEnvironment, run } from './child.ts'
import type { Archives } from './ports.ts'

/** Archives are read, never run; nothing is extracted by the paths they name. */
export const archives: Archives = {
  async unzipMember(archive, memberEnd, to) {
    const members = unzipSync(new Uint8Array(await readFile(archive)), { filter: (file) => file.name.endsWith(memberEnd) })
    const [content] = Object.values(members)
    if (!content) throw new Error(`${path.basename(archive)} holds no ${memberEnd}`)
    await mkdir(path.dirname(to), { recursive: true })
    await writeFile(to, content)
    await chmod(to, 0o755)
    await utimes(to, 0, 0) // one time for one content: BuildKit sends a file again when its time changed
  },

  async listSdist(archive) {
    if (archive.endsWith('.zip')) {
      const names: string[] = []
      unzipSync(new Uint8Array(await readFile(archive)), { filter: (file) => names.push(file.name) < 0 })
      return names
    }
    return (await tar(['-tf', archive])).split('\n').filter(Boolean)
  },

  async readSdist(archive, member) {
    if (archive.endsWith('.zip')) {
      const found = unzipSync(new Uint8Array(await readFile(archive)), { filter: (file) => file.name === member })[member]
      return found && new TextDecoder().decode(found)
    }
    const result = await run('tar', ['-xOf', archive, '--', member], { env: environment() })
    return result.code === 0 ? result.stdout : undefined
  },
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
