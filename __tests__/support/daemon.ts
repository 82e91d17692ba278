import { spawn } from 'node:child_process'
import { randomBytes, randomInt } from 'node:crypto'
import { closeSync, openSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { alive, asRoot, command, must, until } from './command.ts'
import { tempFolder } from './temp.ts'

export interface DaemonOptions {
  /** Where given, the daemon's data are on a disk of their own of that size, e.g. `600m`: a place for "disk full". */
  readonly size?: string
}

export interface Daemon extends AsyncDisposable {
  /** For DOCKER_HOST. */
  readonly host: string
  readonly pid: number
  /** The name of its bridge, which no other daemon has. */
  readonly bridge: string
  /** Docker's answer from this daemon. @throws Error where it refuses */
  docker(...args: string[]): Promise<string>
  /** Brings an image over from the machine's daemon. */
  load(image: string): Promise<void>
  /** Removes all containers, the build cache, and all images but the one named. */
  empty(keep?: string): Promise<void>
  /** Ends the daemon at once, as a crash would. */
  kill(): Promise<void>
  /** The last lines of its log. */
  log(): Promise<string>
}

/**
 * Starts a second dockerd with its own data, socket and bridge, and a way out for its containers. Its
 * end takes away all it made: processes, mounts, bridge, rules, data. Takes root or `sudo -n`.
 */
export async function startDaemon(options: DaemonOptions = {}): Promise<Daemon> {
  const folder = await tempFolder('daemon')
  const host = `unix://${folder.at('sock')}`
  const network = await ownNetwork()
  const dispose = async () => {
    await stop()
    await clear(folder.path)
    await network.remove()
    await folder[Symbol.asyncDispose]()
  }
  const pid = async () => Number(await readFile(folder.at('pid'), 'utf8').catch(() => '0'))
  const stop = async () => {
    const daemon = await pid()
    if (!daemon || !alive(daemon)) return
    await root('kill', String(daemon))
    await until('end of dockerd', 15, () => !alive(daemon)).catch(() => root('kill', '-KILL', String(daemon)))
  }
  const docker = (...args: string[]) => must('docker', args, { env: { ...process.env, DOCKER_HOST: host } })
  try {
    await mkdir(folder.at('data'))
    const size = options.size ?? (await roomInMemory())
    if (size) await root('mount', '-t', 'tmpfs', '-o', `size=${size},mode=0710`, 'pt-daemon', folder.at('data'))
    await network.add()
    launch(folder.path, host, network.bridge)
    await until(`second dockerd (log: ${folder.at('log')})`, 30, async () => (await command('docker', ['-H', host, 'version'])).code === 0)
  } catch (error) {
    const log = await readFile(folder.at('log'), 'utf8').catch(() => '')
    await dispose()
    throw new Error(`${(error as Error).message}\n${log.slice(-2000)}`)
  }
  return {
    host,
    pid: await pid(),
    bridge: network.bridge,
    docker,
    async load(image) {
      const pipe = 'set -o pipefail; docker save "$1" | docker -H "$2" load --quiet'
      await must('bash', ['-c', pipe, 'load', image, host])
    },
    async empty(keep) {
      const kept = keep ? await docker('image', 'inspect', '--format', '{{.Id}}', keep) : ''
      const containers = (await docker('ps', '--all', '--quiet')).split('\n').filter(Boolean)
      if (containers.length > 0) await docker('rm', '--force', '--volumes', ...containers)
      const images = (await docker('image', 'ls', '--all', '--no-trunc', '--format', '{{.ID}} {{.Repository}}:{{.Tag}}'))
        .split('\n')
        .filter(Boolean)
      const others = images
        .map((line) => line.split(' '))
        .filter(([id, name]) => id !== kept || (name !== keep && !name?.includes('<none>')))
      const targets = new Set(others.map(([id, name]) => (name?.includes('<none>') ? id : name) ?? ''))
      if (targets.size > 0) await docker('image', 'rm', '--force', ...targets)
      await docker('builder', 'prune', '--all', '--force')
    },
    async kill() {
      const daemon = await pid()
      await root('kill', '-KILL', String(daemon))
      await until('end of dockerd', 10, () => !alive(daemon))
      await root('rm', '-f', folder.at('pid')) // another process, or a thread, may have its number soon
    },
    log: async () => (await readFile(folder.at('log'), 'utf8')).slice(-4000),
    [Symbol.asyncDispose]: dispose,
  }
}

export type MachineDaemon = Pick<Daemon, 'host' | 'docker'> & AsyncDisposable

/**
 * The machine's own daemon, for tests that need neither an empty one nor a broken one: what it has built
 * serves all files. At its end it removes the containers and images of one namespace, and nothing else.
 * @param namespace of this test file alone, e.g. `pt-commands`
 */
export async function machineDaemon(namespace: string): Promise<MachineDaemon> {
  const host = process.env.DOCKER_HOST || 'unix:///var/run/docker.sock'
  const docker = (...args: string[]) => must('docker', args, { env: { ...process.env, DOCKER_HOST: host } })
  return {
    host,
    docker,
    async [Symbol.asyncDispose]() {
      const lines = (
        await docker('image', 'ls', '--digests', '--format', '{{.Repository}}:{{.Tag}} {{.Repository}}@{{.Digest}} {{.ID}}')
      ).split('\n')
      const mine = lines
        .map((line) => line.split(' '))
        .filter(([name = '']) => name.startsWith(`${namespace}/`) || name.includes(`/${namespace}/`))
      // What was pushed and lost its tag is there by its digest alone.
      const ours = [...new Set(mine.map(([name = '', digest = '']) => (name.endsWith(':<none>') ? digest : name)))]
      // By what they were started from, not by ancestor: other files' images may be made of the same layers.
      const names = new Set([
        ...ours,
        ...mine.flatMap(([name, , id]) => (name?.includes('-base:') || name?.includes('-builder:') ? [] : [id])),
      ])
      const running = (await docker('ps', '--all', '--format', '{{.ID}} {{.Image}}')).split('\n').map((line) => line.split(' '))
      for (const [id = '', image = ''] of running) if (names.has(image)) await docker('rm', '--force', '--volumes', id)
      // Without force: a container of somebody else keeps its image.
      for (const image of ours) await command('docker', ['-H', host, 'image', 'rm', image])
    },
  }
}

/** A size for data in memory, where two such daemons leave most of it free: a disk takes long to be rid of so many small files. */
async function roomInMemory(): Promise<string | undefined> {
  const free = Number(/^MemAvailable: +(\d+) kB$/m.exec(await readFile('/proc/meminfo', 'utf8'))?.[1])
  return free > 14e6 ? '8g' : undefined
}

function root(program: string, ...args: string[]): Promise<string> {
  return must(...asRoot(program, ...args))
}

function launch(folder: string, host: string, bridge: string): void {
  const log = openSync(`${folder}/log`, 'a')
  const group = String(process.getgid?.() ?? 0)
  const options = ['--data-root', `${folder}/data`, '--exec-root', `${folder}/exec`, '--pidfile', `${folder}/pid`, '--group', group]
  const network = ['--bridge', bridge, '--iptables=false', '--ip6tables=false']
  const [program, args] = asRoot('dockerd', '-H', host, ...options, ...network)
  const child = spawn(program, args, { detached: true, stdio: ['ignore', log, log] })
  child.on('error', () => {}) // what is missing shows when it does not answer
  child.unref()
  closeSync(log)
}

/** A bridge with a name and a subnet that nobody has, and the rules that let its containers out. */
async function ownNetwork() {
  const id = randomBytes(4)
  const bridge = `pt${id.toString('hex')}`
  // Without an address of its own a bridge takes the lowest of its ports': when that container ends, the others go
  // on sending to an address that nobody has, until their ARP entry is old (30 to 60 s).
  const mac = ['06', '00', ...[...id].map((byte) => byte.toString(16).padStart(2, '0'))].join(':')
  const taken = await must('ip', ['-4', 'addr'])
  let third: number
  do third = randomInt(100, 250)
  while (taken.includes(`172.31.${third}.`))
  const subnet = `172.31.${third}.0/24`
  const rules = [
    ['-t', 'nat', 'POSTROUTING', '-s', subnet, '!', '-o', bridge, '-j', 'MASQUERADE'],
    ['-t', 'filter', 'FORWARD', '-i', bridge, '-j', 'ACCEPT'],
    ['-t', 'filter', 'FORWARD', '-o', bridge, '-j', 'ACCEPT'],
  ]
  const iptables = (how: '-I' | '-D', [t, table, ...rule]: readonly string[]) =>
    asRoot('iptables', '-w', t ?? '', table ?? '', how, ...rule)
  return {
    bridge,
    async add() {
      await root('ip', 'link', 'add', bridge, 'address', mac, 'type', 'bridge')
      await root('ip', 'addr', 'add', `172.31.${third}.1/24`, 'dev', bridge)
      await root('ip', 'link', 'set', bridge, 'up')
      for (const rule of rules) await must(...iptables('-I', rule))
    },
    async remove() {
      for (const rule of rules) await command(...iptables('-D', rule))
      await command(...asRoot('ip', 'link', 'del', bridge))
    },
  }
}

/** Ends what a killed daemon left running and unmounts what it left mounted: only what lies in its folder. */
async function clear(folder: string): Promise<void> {
  const script = `
    for file in /proc/[0-9]*; do
      pid=\${file#/proc/}
      [ "$pid" = $$ ] && continue
      if tr '\\0' ' ' <"$file/cmdline" | grep -qF -- "$1/" || grep -E '^[^ ]+ [^ ]+ [^ ]+ [^ ]+ / ' "$file/mountinfo" | grep -qF -- "$1/"; then kill -KILL "$pid"; fi
    done
    for mount in $(grep -oF -- "$1/" /proc/self/mounts >/dev/null && cut -d' ' -f2 /proc/self/mounts | grep -F -- "$1/" | sort -r); do umount -l "$mount"; done
    rm -rf --one-file-system "$1"/*`
  await command(...asRoot('bash', '-c', script, 'clear', folder))
}
