import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { HttpClient, type HttpClientResponse } from '@actions/http-client'
import { childEnvironment, run } from './child.ts'
import { userDockerConfig } from './docker-config.ts'
import type { Credentials, Forge, Registry } from './ports.ts'

/** Docker Hub: its API has another name than its images. */
const HUB = { api: 'registry-1.docker.io', config: 'https://index.docker.io/v1/' }

const MANIFESTS = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ')

/**
 * A registry by its HTTP API, with Basic or Bearer authentication.
 * @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md
 * @see https://distribution.github.io/distribution/spec/auth/token/
 */
export function httpRegistry(): Registry {
  async function call(
    method: string,
    registry: string,
    url: string,
    login: Credentials | undefined,
    scope: string,
  ): Promise<HttpClientResponse | undefined> {
    const accept = { accept: MANIFESTS }
    for (const scheme of insecure(registry) ? ['https', 'http'] : ['https']) {
      const full = url.startsWith('http') ? url : `${scheme}://${registry || HUB.api}${url}`
      try {
        // One client a call: it keeps the agent of its first address, and an https agent refuses http.
        const client = new HttpClient('pypackager-action', [], { keepAlive: false, socketTimeout: 10_000, allowRetries: false })
        const first = await client.request(method, full, '', accept)
        const challenge = first.message.headers['www-authenticate']
        if (first.message.statusCode !== 401 || !challenge) return first
        first.message.resume()
        const authorization = await answer(challenge, login, scope)
        return authorization ? await client.request(method, full, '', { ...accept, authorization }) : first
      } catch {
        // no TLS on a loopback registry, or nothing there at all: the push itself will tell
      }
    }
    return undefined
  }

  /** The Authorization header for a challenge. */
  async function answer(challenge: string, login: Credentials | undefined, scope: string): Promise<string | undefined> {
    const basic = login && `Basic ${Buffer.from(`${login.username}:${login.password}`).toString('base64')}`
    if (/^basic/i.test(challenge)) return basic
    const field = (name: string) => new RegExp(`${name}="([^"]*)"`, 'i').exec(challenge)?.[1]
    const realm = field('realm')
    if (!realm || !URL.canParse(realm)) return undefined
    const url = new URL(realm)
    url.searchParams.set('service', field('service') ?? '')
    url.searchParams.set('scope', scope)
    const client = new HttpClient('pypackager-action', [], { socketTimeout: 10_000, allowRetries: false })
    const response = await client.get(url.href, basic ? { authorization: basic } : {})
    const body = JSON.parse((await response.readBody()) || '{}') as { token?: string; access_token?: string }
    const token = body.token ?? body.access_token
    return token && `Bearer ${token}`
  }

  return {
    existingLogin,

    async mayPush(registry, repository, login) {
      const response = await call('POST', registry, `/v2/${repository}/blobs/uploads/`, login, `repository:${repository}:pull,push`)
      const status = response?.message.statusCode
      response?.message.resume()
      if (status === 401 || status === 403) return 'denied'
      if (status !== 202) return 'unknown'
      const upload = response?.message.headers.location
      if (upload) (await call('DELETE', registry, upload, login, `repository:${repository}:pull,push`))?.message.resume()
      return 'yes'
    },

    async digest(registry, repository, tag, login) {
      const response = await call('HEAD', registry, `/v2/${repository}/manifests/${tag}`, login, `repository:${repository}:pull`)
      const digest = response?.message.headers['docker-content-digest']
      response?.message.resume()
      return response?.message.statusCode === 200 && typeof digest === 'string' ? digest : undefined
    },

    async tags(registry, repository, login) {
      const response = await call('GET', registry, `/v2/${repository}/tags/list?n=10000`, login, `repository:${repository}:pull`)
      if (response?.message.statusCode !== 200 || response.message.headers.link) {
        response?.message.resume()
        return undefined
      }
      return (JSON.parse(await response.readBody()) as { tags: string[] | null }).tags ?? []
    },
  }
}

/** Docker takes plain HTTP from loopback registries alone, so do we. */
function insecure(registry: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/.test(registry)
}

/** The user's login as `docker login` left it: in the file, or with a credential helper. */
async function existingLogin(registry: string): Promise<Credentials | undefined> {
  const name = registry || HUB.config
  const text = await readFile(path.join(userDockerConfig(), 'config.json'), 'utf8').catch(() => '{}')
  let config: { auths?: Record<string, { auth?: string }>; credHelpers?: Record<string, string>; credsStore?: string }
  try {
    config = JSON.parse(text)
  } catch {
    return undefined
  }
  const auth = config.auths?.[name]?.auth
  if (auth) {
    const [username = '', ...password] = Buffer.from(auth, 'base64').toString('utf8').split(':')
    return { username, password: password.join(':') }
  }
  const helper = config.credHelpers?.[name] ?? config.credsStore
  if (!helper || !/^[\w-]+$/.test(helper)) return undefined
  const result = await run(`docker-credential-${helper}`, ['get'], { env: childEnvironment(process.env), input: name, limit: 10_000 })
  if (result.code !== 0) return undefined
  const found = JSON.parse(result.stdout) as { Username?: string; Secret?: string }
  return found.Username && found.Secret ? { username: found.Username, password: found.Secret } : undefined
}

/** The repository's tags by GitHub's API. */
export function gitHub(apiUrl: string): Forge {
  const client = new HttpClient('pypackager-action', [], { socketTimeout: 10_000, allowRetries: false })
  return {
    async tags(repository, token) {
      try {
        const url = `${apiUrl}/repos/${repository}/git/matching-refs/tags/`
        const response = await client.getJson<{ ref: string }[]>(url, { authorization: `Bearer ${token}` })
        if ('link' in response.headers) return undefined // not all of them
        return response.result?.map((entry) => entry.ref.replace('refs/tags/', ''))
      } catch {
        return undefined // absent rights or no network: the next source is asked
      }
    },
  }
}
