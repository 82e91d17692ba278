import { HttpClient, type HttpClientResponse } from '@actions/http-client'
import { isDockerHub } from './docker-config.ts'
import { existingLogin } from './login.ts'
import type { Credentials, Forge, PushAnswer, Registry } from './ports.ts'

/** Docker Hub's API has another name than its images. */
const HUB_API = 'registry-1.docker.io'
const TIMEOUT_MS = 10_000

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
      const full = url.startsWith('http') ? url : `${scheme}://${isDockerHub(registry) ? HUB_API : registry}${url}`
      try {
        // One client a call: it keeps the agent of its first address, and an https agent refuses http.
        const client = new HttpClient('pypackager-action', [], { keepAlive: false, socketTimeout: TIMEOUT_MS, allowRetries: false })
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

  /** The Authorization header for a challenge; undefined where there is none to give, or none is granted. */
  async function answer(challenge: string, login: Credentials | undefined, scope: string): Promise<string | undefined> {
    const basic = login?.password && `Basic ${Buffer.from(`${login.username}:${login.password}`).toString('base64')}`
    if (/^basic/i.test(challenge)) return basic || undefined
    const field = (name: string) => new RegExp(`${name}="([^"]*)"`, 'i').exec(challenge)?.[1]
    const realm = field('realm')
    if (!realm || !URL.canParse(realm)) return undefined
    const service = field('service')
    const asked = { ...(service === undefined ? {} : { service }), scope }
    const client = new HttpClient('pypackager-action', [], { keepAlive: false, socketTimeout: TIMEOUT_MS, allowRetries: false })
    const response = login?.identityToken
      ? await client.post(realm, String(new URLSearchParams({ ...asked, ...refresh(login.identityToken) })), { 'content-type': FORM })
      : await client.get(withQuery(realm, asked), basic ? { authorization: basic } : {})
    const status = response.message.statusCode ?? 0
    const body = await response.readBody()
    if (status === 401 || status === 403) return undefined
    // A service that is out of order, or that counts requests, has refused nothing.
    if (status !== 200) throw new Error(`${new URL(realm).host} answered ${status}`)
    const { token, access_token } = JSON.parse(body) as { token?: string; access_token?: string }
    const given = token || access_token
    return given && `Bearer ${given}`
  }

  return {
    existingLogin,

    async mayPush(registry, repository, login): Promise<PushAnswer> {
      const scope = `repository:${repository}:pull,push`
      const message = (await call('POST', registry, `/v2/${repository}/blobs/uploads/`, login, scope))?.message
      message?.resume()
      const status = message?.statusCode
      if (status === 401 || status === 403) return { answer: 'denied' }
      if (status === 429) return { answer: 'limited', ...secondsOf(message?.headers['retry-after']) }
      if (status !== 202) return { answer: 'unknown' }
      const upload = message?.headers.location
      if (upload) (await call('DELETE', registry, upload, login, scope))?.message.resume()
      return { answer: 'yes' }
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

const FORM = 'application/x-www-form-urlencoded'

/** @see https://distribution.github.io/distribution/spec/auth/oauth/ */
function refresh(token: string): Readonly<Record<string, string>> {
  return { grant_type: 'refresh_token', client_id: 'pypackager-action', refresh_token: token }
}

function withQuery(address: string, values: Readonly<Record<string, string>>): string {
  const url = new URL(address)
  for (const [name, value] of Object.entries(values)) url.searchParams.set(name, value)
  return url.href
}

/** Retry-After is a number of seconds, or a date. */
function secondsOf(header: string | undefined): { readonly wait?: number } {
  if (!header) return {}
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000
  return Number.isFinite(seconds) ? { wait: Math.max(0, Math.ceil(seconds)) } : {}
}

/** Docker takes plain HTTP from loopback registries alone, so do we. */
function insecure(registry: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/.test(registry)
}

/** The repository's tags by GitHub's API. */
export function gitHub(apiUrl: string): Forge {
  const client = new HttpClient('pypackager-action', [], { socketTimeout: TIMEOUT_MS, allowRetries: false })
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
