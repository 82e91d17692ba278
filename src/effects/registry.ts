import { HttpClient, type HttpClientResponse } from '@actions/http-client'
import * as v from 'valibot'
import { readJson } from '../grammar.ts'
import { isDockerHub } from './docker-config.ts'
import { asksHelper, existingLogin } from './login.ts'
import type { Credentials, Forge, Held, PushAnswer, Registry } from './ports.ts'

/** Docker Hub's API has another name than its images. */
const HUB_API = 'registry-1.docker.io'
const TIMEOUT_MS = 10_000

/** Pages of a list; more are taken for a list without an end. */
const MOST_PAGES = 1000

// What registries and forges answer, as far as it is read.
const TOKEN = v.object({ token: v.optional(v.nullable(v.string())), access_token: v.optional(v.nullable(v.string())) })
const TAG_LIST = v.object({ tags: v.optional(v.nullable(v.array(v.string()))) })
const REFS = v.array(v.object({ ref: v.string() }))
const MANIFEST = v.object({ config: v.optional(v.object({ digest: v.string() })) })
const ERRORS = v.object({ errors: v.array(v.object({ code: v.string() })) })

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
    put?: { readonly type: string; readonly body: string },
  ): Promise<HttpClientResponse | undefined> {
    const accept = { accept: MANIFESTS, ...(put && { 'content-type': put.type }) }
    const content = put?.body ?? ''
    for (const scheme of insecure(registry) ? ['https', 'http'] : ['https']) {
      const full = url.startsWith('http') ? url : `${scheme}://${isDockerHub(registry) ? HUB_API : registry}${url}`
      try {
        // One client a call: it keeps the agent of its first address, and an https agent refuses http.
        const client = new HttpClient('pypackager-action', [], { keepAlive: false, socketTimeout: TIMEOUT_MS, allowRetries: false })
        const first = await client.request(method, full, content, accept)
        const challenge = first.message.headers['www-authenticate']
        if (first.message.statusCode !== 401 || !challenge) return first
        first.message.resume()
        const authorization = await answer(challenge, login, scope)
        return authorization ? await client.request(method, full, content, { ...accept, authorization }) : first
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
    const body = (await textOf(response)) ?? ''
    if (status === 401 || status === 403) return undefined
    // A service that is out of order, or that counts requests, has refused nothing.
    if (status !== 200) throw new Error(`${new URL(realm).host} answered ${status}`)
    const told = readJson(TOKEN, body)
    const given = told?.token || told?.access_token
    return given ? `Bearer ${given}` : undefined
  }

  return {
    existingLogin,
    asksHelper,

    async mayPush(registry, repository, login): Promise<PushAnswer> {
      const scope = `repository:${repository}:pull,push`
      const response = await call('POST', registry, `/v2/${repository}/blobs/uploads/`, login, scope)
      const message = response?.message
      const status = message?.statusCode
      if (status === 404) {
        const errors = readJson(ERRORS, (await textOf(response)) ?? '')?.errors ?? []
        return { answer: errors.some(({ code }) => code === 'NAME_UNKNOWN') ? 'absent' : 'unknown' }
      }
      message?.resume()
      if (status === 401 || status === 403) return { answer: 'denied' }
      if (status === 429) return { answer: 'limited', ...secondsOf(message?.headers['retry-after']) }
      if (status !== 202) return { answer: 'unknown' }
      const upload = message?.headers.location
      if (upload) (await call('DELETE', registry, upload, login, scope))?.message.resume()
      return { answer: 'yes' }
    },

    async digest(registry, repository, reference, login) {
      const response = await call('HEAD', registry, `/v2/${repository}/manifests/${reference}`, login, `repository:${repository}:pull`)
      response?.message.resume()
      return digestIn(response)
    },

    async held(registry, repository, tag, login): Promise<Held | undefined> {
      const response = await call('GET', registry, `/v2/${repository}/manifests/${tag}`, login, `repository:${repository}:pull`)
      const body = await textOf(response)
      const digest = digestIn(response)
      const manifest = digest && readJson(MANIFEST, body ?? '')
      return digest && manifest ? { digest, config: manifest.config?.digest ?? '' } : undefined
    },

    async retag(registry, repository, from, to, login) {
      const scope = `repository:${repository}:pull,push`
      const response = await call('GET', registry, `/v2/${repository}/manifests/${from}`, login, scope)
      const body = await textOf(response)
      const type = response?.message.headers['content-type']
      if (response?.message.statusCode !== 200 || !body || !type) return false
      const put = await call('PUT', registry, `/v2/${repository}/manifests/${to}`, login, scope, { type, body })
      put?.message.resume()
      return put?.message.statusCode === 201
    },

    async tags(registry, repository, login) {
      const scope = `repository:${repository}:pull`
      const first = `/v2/${repository}/tags/list`
      return listed(
        first,
        TAG_LIST,
        (path) => call('GET', registry, path, login, scope),
        ({ tags }) => tags ?? [],
      )
    },
  }
}

/** The body of an answer; undefined where it was cut, of which the client's own `readBody` would never hear. */
async function textOf(response: HttpClientResponse | undefined): Promise<string | undefined> {
  if (!response) return undefined
  const chunks: Buffer[] = []
  try {
    for await (const chunk of response.message) chunks.push(chunk as Buffer)
  } catch {
    return undefined
  }
  return Buffer.concat(chunks).toString('utf8')
}

function digestIn(response: HttpClientResponse | undefined): string | undefined {
  const digest = response?.message.headers['docker-content-digest']
  return response?.message.statusCode === 200 && typeof digest === 'string' && /^sha256:[0-9a-f]{64}$/.test(digest) ? digest : undefined
}

/**
 * A list that comes page by page: each names the next one in a header. A next page is asked of the same host alone.
 * @returns undefined where a page is missing, or not of its kind
 * @see RFC 8288 (Web Linking)
 */
async function listed<S extends v.GenericSchema>(
  first: string,
  schema: S,
  get: (path: string) => Promise<HttpClientResponse | undefined>,
  items: (page: v.InferOutput<S>) => readonly string[],
): Promise<readonly string[] | undefined> {
  const all: string[] = []
  const asked = new Set<string>()
  let path: string | undefined = first
  while (path !== undefined && !asked.has(path) && asked.size < MOST_PAGES) {
    asked.add(path)
    const response: HttpClientResponse | undefined = await get(path)
    const body = await textOf(response)
    const read = response?.message.statusCode === 200 ? readJson(schema, body ?? '') : undefined
    if (!read) return undefined
    all.push(...items(read))
    path = nextPage(path, response?.message.headers.link)
  }
  return path === undefined ? all : undefined
}

/** Path and query of the next page. */
function nextPage(current: string, link: string | string[] | undefined): string | undefined {
  const next = /<([^<>]*)>\s*;[^,]*\brel="?next\b/i.exec([link ?? ''].flat().join(', '))?.[1]
  const base = `http://host${current}`
  if (!next || !URL.canParse(next, base)) return undefined
  const { pathname, search } = new URL(next, base)
  return `${pathname}${search}`
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
      const { origin, pathname } = new URL(apiUrl)
      const first = `${pathname.replace(/\/$/, '')}/repos/${repository}/git/matching-refs/tags/`
      const headers = { authorization: `Bearer ${token}`, accept: 'application/json' }
      // Absent rights or no network: the next source is asked.
      const get = (path: string) => client.get(`${origin}${path}`, headers).catch(() => undefined)
      return listed(first, REFS, get, (refs) => refs.map(({ ref }) => ref.replace('refs/tags/', '')))
    },
  }
}
