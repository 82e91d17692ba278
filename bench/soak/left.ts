import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Pit } from './pit.ts'

/** What is on the daemon, by kind; images by their id and names. */
export interface Seen {
  readonly containers: ReadonlySet<string>
  readonly images: ReadonlySet<string>
  readonly volumes: ReadonlySet<string>
  readonly networks: ReadonlySet<string>
}

export async function seen({ docker }: Pick<Pit, 'docker'>): Promise<Seen> {
  const lines = async (...args: string[]) => new Set((await docker(...args)).split('\n').filter(Boolean))
  const [containers, images, volumes, networks] = await Promise.all([
    lines('ps', '--all', '--no-trunc', '--format', '{{.ID}} {{.Image}} {{.Command}}'),
    lines('image', 'ls', '--no-trunc', '--format', '{{.ID}} {{.Repository}}:{{.Tag}}'),
    lines('volume', 'ls', '--quiet'),
    lines('network', 'ls', '--format', '{{.Name}}'),
  ])
  return { containers, images, volumes, networks }
}

/**
 * What these runs left behind, in words; what was there before is not theirs.
 * @param when between two rounds a run without a post step may have left its folder, its client, its container and the name of its image
 */
export async function leftOf(pit: Pit, before: Seen, when: 'between' | 'end' = 'end'): Promise<readonly string[]> {
  let left: readonly string[] = []
  // An end takes a moment to arrive everywhere.
  for (let tries = 0; tries < 40; tries++) {
    left = await look(pit, before, when)
    if (left.length === 0) return left
    await sleep(500)
  }
  return left
}

async function look(pit: Pit, before: Seen, when: 'between' | 'end'): Promise<readonly string[]> {
  const now = await seen(pit)
  const more = (kind: keyof Seen) => [...now[kind]].filter((one) => !before[kind].has(one))
  const named = Map.groupBy(
    [...now.images].map((line) => line.split(' ')),
    ([id]) => id ?? '',
  )
  const ours = (name = '') => name.startsWith(`${pit.namespace}/`)
  const nameless = [...named.values()].flatMap((names) => {
    const [id = '', name = ''] = names[0] ?? []
    const mine = names.some(([, one]) => ours(one)) || (name.startsWith('<none>') && more('images').includes(`${id} ${name}`))
    const tagged = names.some(([, one = '']) => !/:(fingerprint-|<none>|<none)/.test(one))
    return mine && !tagged ? [`image without a version tag: ${id.slice(7, 19)} ${names.map(([, one]) => one).join(' ')}`] : []
  })
  const always = [...more('volumes').map((one) => `volume ${one}`), ...more('networks').map((one) => `network ${one}`)]
  if (when === 'between') return always
  return [
    ...always,
    ...nameless,
    ...more('containers').map((one) => `container ${one}`),
    ...(await readdir(pit.temp, { recursive: true })).filter((name) => name.includes('/')).map((name) => `file ${name}`),
    ...(await processes(pit)),
  ]
}

/** Children of these runs, and what hangs in a build of theirs. */
async function processes({ mark, nap }: Pit): Promise<readonly string[]> {
  const found: string[] = []
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name) && name !== String(process.pid))) {
    const [line, environ] = await Promise.all(
      ['cmdline', 'environ'].map((file) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '')),
    )
    const words = (line ?? '').split('\0')
    if (environ?.split('\0').includes(mark) || (words[0] === 'sleep' && words[1] === String(nap)))
      found.push(`process ${words.join(' ').slice(0, 200)}`)
  }
  return found
}
