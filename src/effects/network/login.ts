import * as v from 'valibot'
import { readJson } from '../../grammar.ts'
import { loginKey, readDockerConfig, type StoredLogin } from '../docker/docker-config.ts'
import { childEnvironment, run } from '../process/child.ts'
import type { Credentials } from '../registry-port.ts'

/** What a credential helper answers. */
const HELPED = v.object({ Username: v.optional(v.string()), Secret: v.optional(v.string()) })
/** The user name under which a credential helper keeps an identity token. */
const TOKEN_USER = '<token>'

/** Whether docker asks a program for the login of a registry, which may know one that it does not tell us. */
export async function asksHelper(registry: string): Promise<boolean> {
  const { config } = await readDockerConfig()
  return Boolean(config.credHelpers[loginKey(registry)] ?? config.credsStore)
}

/**
 * The user's login as `docker login` or DOCKER_AUTH_CONFIG left it: with a credential helper where one is set, else in the
 * file, as docker itself looks for it. Undefined where there is none.
 */
export async function existingLogin(registry: string): Promise<Credentials | undefined> {
  const { config } = await readDockerConfig()
  const key = loginKey(registry)
  const helper = config.credHelpers[key] ?? config.credsStore
  if (helper) return /^[\w.-]+$/.test(helper) ? fromHelper(helper, key) : undefined
  const { auths } = config
  return fromFile(auths[key] ?? Object.entries(auths).find(([address]) => hostOf(address) === hostOf(key))?.[1])
}

function fromFile(stored: StoredLogin | undefined): Credentials | undefined {
  if (!stored) return undefined
  const { auth, identitytoken } = stored
  const [user = '', ...rest] = auth ? Buffer.from(auth, 'base64').toString('utf8').split(':') : []
  const username = user || stored.username || ''
  const password = rest.join(':').replace(/\0+$/, '') || stored.password || ''
  if (identitytoken) return { username, password, identityToken: identitytoken }
  return username && password ? { username, password } : undefined
}

async function fromHelper(helper: string, key: string): Promise<Credentials | undefined> {
  const result = await run(`docker-credential-${helper}`, ['get'], { env: childEnvironment(process.env), input: key, limit: 10_000 })
  const found = result.code === 0 ? readJson(HELPED, result.stdout) : undefined
  if (!found?.Username || !found.Secret) return undefined
  if (found.Username === TOKEN_USER) return { username: '', password: '', identityToken: found.Secret }
  return { username: found.Username, password: found.Secret }
}

/** Older files name registries by whole addresses. */
function hostOf(address: string): string {
  return address.replace(/^https?:\/\//, '').replace(/\/.*$/, '')
}
