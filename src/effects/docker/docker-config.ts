import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import path from 'node:path'
import * as v from 'valibot'
import { readJson } from '../../grammar.ts'
import type { Log } from '../ports.ts'

/** Where the user's docker configuration is. */
export function userDockerConfig(): string {
  return path.resolve(process.env.DOCKER_CONFIG || path.join(homedir(), '.docker'))
}

/** Docker Hub's names, and the one under which docker keeps its login, in the file and with helpers. */
const HUB = { names: ['', 'docker.io', 'index.docker.io'], key: 'https://index.docker.io/v1/' }

export function isDockerHub(registry: string): boolean {
  return HUB.names.includes(registry)
}

/** The name under which docker keeps the login of a registry. */
export function loginKey(registry: string): string {
  return isDockerHub(registry) ? HUB.key : registry
}

const LOGIN = v.looseObject({
  /** `user:password` in base64. */
  auth: v.fallback(v.optional(v.string()), undefined),
  username: v.fallback(v.optional(v.string()), undefined),
  password: v.fallback(v.optional(v.string()), undefined),
  identitytoken: v.fallback(v.optional(v.string()), undefined),
})
export type StoredLogin = v.InferOutput<typeof LOGIN>
const LOGINS = v.fallback(v.record(v.string(), v.fallback(LOGIN, {})), {})
const HELPERS = v.fallback(v.record(v.string(), v.string()), {})
/** What docker keeps in its file; what is of another kind counts as absent, the rest is passed on as it is. */
const CONFIG = v.looseObject({
  auths: v.optional(LOGINS, {}),
  credHelpers: v.optional(HELPERS, {}),
  credsStore: v.fallback(v.optional(v.string()), undefined),
  currentContext: v.fallback(v.optional(v.string()), undefined),
})
export type DockerConfig = v.InferOutput<typeof CONFIG>
const EMPTY: DockerConfig = v.parse(CONFIG, {})

export interface ReadConfig {
  readonly config: DockerConfig
  /** Whether docker itself cannot read the file: `healed` where we can. */
  readonly damage: 'none' | 'healed' | 'unreadable'
}

/** The user's docker configuration, and the logins of DOCKER_AUTH_CONFIG, which docker prefers since 28.3. */
export async function readDockerConfig(): Promise<ReadConfig> {
  const read = await readFileOf(path.join(userDockerConfig(), 'config.json'))
  const { auths } = parsed(process.env.DOCKER_AUTH_CONFIG ?? '') ?? EMPTY
  const { config, ...rest } = read
  const helpers = Object.fromEntries(Object.keys(auths).map((name) => [name, '']))
  return { ...rest, config: { ...config, auths: { ...config.auths, ...auths }, credHelpers: { ...config.credHelpers, ...helpers } } }
}

async function readFileOf(file: string): Promise<ReadConfig> {
  let bytes: Buffer
  try {
    bytes = await readFile(file)
  } catch (error) {
    return { config: EMPTY, damage: (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'none' : 'unreadable' }
  }
  // Windows programs begin a file with a mark of its encoding, which docker takes for a fault.
  const marked = bytes[0] === 0xff && bytes[1] === 0xfe ? bytes.toString('utf16le') : bytes.toString('utf8')
  const text = marked.replace(/^\uFEFF/, '')
  const config = parsed(text)
  return config ? { config, damage: text === marked ? 'none' : 'healed' } : { config: EMPTY, damage: 'unreadable' }
}

/** Docker goes on without a file that it cannot read. */
export async function warnOfDamage(log: Pick<Log, 'warning'>): Promise<void> {
  if ((await readDockerConfig()).damage !== 'unreadable') return
  const file = path.join(userDockerConfig(), 'config.json')
  log.warning(`${file} cannot be read as JSON, so docker has none of its settings and logins: write it again, or remove it.`)
}

/** An empty file and `null` are no settings, as docker has it. */
function parsed(text: string): DockerConfig | undefined {
  return text.trim() === '' ? EMPTY : (readJson(v.nullable(CONFIG), text) ?? (text.trim() === 'null' ? EMPTY : undefined))
}

/**
 * A docker configuration of this run alone (0700), so that a login does not race with other jobs on
 * the machine and goes away with the run: the user's settings copied, all else linked (contexts, plugins, keys of
 * content trust, and the certificates that docker takes from here for a daemon behind TLS). For the registry that is
 * logged in to, no credential helper: it would keep the login beyond the run.
 */
export async function dockerConfigFolder(temp: string, registry: string | undefined): Promise<string> {
  const folder = path.join(temp, 'docker-config')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const user = userDockerConfig()
  const { config } = await readDockerConfig()
  const credHelpers = registry === undefined ? config.credHelpers : { ...config.credHelpers, [loginKey(registry)]: '' }
  await writeFile(path.join(folder, 'config.json'), JSON.stringify({ ...config, credHelpers }), { mode: 0o600 })
  const shares = await readdir(user).catch(() => [])
  for (const shared of shares.filter((name) => name !== 'config.json')) {
    await symlink(path.join(user, shared), path.join(folder, shared)).catch(ifThere)
  }
  return folder
}

function ifThere(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error
}
