import { randomBytes } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'

/** A text that nobody else has, with characters that URLs, shells and JSON write otherwise. */
export function canary(where: string): string {
  return `${where}+7/${randomBytes(12).toString('hex')}:%z`
}

const known = new Map<string, readonly string[]>()

/** How a secret may stand somewhere: as it is, in an address, in base64 after any neighbour, in hex. */
export function formsOf(secret: string): readonly string[] {
  const forms = known.get(secret) ?? makeForms(secret)
  known.set(secret, forms)
  return forms
}

function makeForms(secret: string): readonly string[] {
  const inside = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)])
      .toString('base64')
      .replace(/=+$/, '')
    // The first and last letters hold bits of the neighbours.
    return text.slice(before === 0 ? 0 : before + 1, -1)
  })
  const hex = Buffer.from(secret).toString('hex')
  const base64 = inside.flatMap((text) => [text, text.replaceAll('+', '-').replaceAll('/', '_')])
  return [
    ...new Set([
      secret,
      encodeURIComponent(secret),
      encodeURI(secret),
      JSON.stringify(secret).slice(1, -1),
      hex,
      hex.toUpperCase(),
      ...base64,
    ]),
  ]
}

/** Names of the canaries that stand in a text in any form. */
export function canariesIn(text: string, canaries: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(canaries).flatMap(([name, secret]) => (formsOf(secret).some((form) => text.includes(form)) ? [name] : []))
}

/**
 * `file: name` for every file below a folder that holds a canary, or has one in its path.
 * @param seen files (with their time and size) that are not read again
 */
export async function canariesBelow(
  folder: string,
  canaries: Readonly<Record<string, string>>,
  seen?: Set<string>,
): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name))
  const found = await Promise.all(
    files.map(async (file) => {
      const at = seen && (await stat(file).catch(() => undefined))
      const print = `${file} ${at?.mtimeMs} ${at?.size}`
      if (seen?.has(print)) return []
      seen?.add(print)
      const text = `${file}\n${(await readFile(file).catch(() => '')).toString('latin1')}`
      return canariesIn(text, canaries).map((name) => `${path.relative(folder, file)}: ${name}`)
    }),
  )
  return found.flat().sort()
}

/** What the kernel shows of the processes that a process has begun, and of those that they began. */
export async function childrenOf(pid: number): Promise<readonly { readonly line: string; readonly environment: string }[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const of = async (id: string, file: string) => readFile(`/proc/${id}/${file}`, 'latin1').catch(() => '')
  const parents = new Map(
    await Promise.all(pids.map(async (id) => [id, (await of(id, 'stat')).replace(/^.*\) /s, '').split(' ')[1] ?? ''] as const)),
  )
  const family = new Set([String(pid)])
  for (let grown = true; grown; ) {
    grown = false
    for (const [id, parent] of parents) if (family.has(parent) && !family.has(id)) grown = Boolean(family.add(id))
  }
  family.delete(String(pid))
  return Promise.all([...family].map(async (id) => ({ line: await of(id, 'cmdline'), environment: await of(id, 'environ') })))
}
