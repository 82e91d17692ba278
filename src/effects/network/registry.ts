import { createReadStream } from 'node:fs'
import { HttpClient, type HttpClientResponse } from '@actions/http-client'
import * as v from 'valibot'
import { readJson } from '../../grammar.ts'
import { isDockerHub } from '../docker/docker-config.ts'
import { PushError } from '../docker-port.ts'
import type { Credentials, Held, HeldImage, Manifest, Place, PushAnswer, Registry } from '../registry-port.ts'
import { asksHelper, existingLogin } from './login.ts'
import { listed, textOf } from './pages.ts'

/** Docker Hub's API has another name than its images. */
const HUB_API = 'registry-1.docker.io'
const TIMEOUT_MS = 10_000
/** A registry reads a layer once more before it answers. */
const UPLOAD_MS = 300_000

// What registries answer, as far as it is read.
const TOKEN = v.object({ token: v.optional(v.nullable(v.string())), access_token: v.optional(v.nullable(v.string())) })
const TAG_LIST = v.object({ tags: v.optional(v.nullable(v.array(v.string()))) })
const MANIFEST = v.object({ config: v.optional(v.object({ digest: v.string() })) })
const LABELS = v.optional(v.nullable(v.record(v.string(), v.string())))
const CONFIGURATION = v.object({
  architecture: v.fallback(v.string(), ''),
  config: v.optional(v.nullable(v.object({ Labels: LABELS }))),
})
const ERRORS = v.object({ errors: v.array(v.object({ code: v.string() })) })
const FAULTS = v.object({ errors: v.array(v.object({ code: v.string(), message: v.fallback(v.optional(v.string()), undefined) })) })

const DIGEST = /^sha256:[0-9a-f]{64}$/
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
  const calls = new RegistryCalls()
  return { existingLogin, asksHelper, ...reading(calls), ...writing(calls) }
}

/** What a token is asked for. */
type Actions = 'pull' | 'pull,push'

interface Request {
  readonly method: string
  /** Of the registry, or of where it sends an upload. */
  readonly url: string
  readonly put?: Content
}

/** Calls of registries' API, with the logins that they ask for. */
class RegistryCalls {
  /** What was granted, so that a large body is sent once. */
  private readonly granted = new Map<string, string>()

  async call({ registry, path, login }: Place, actions: Actions, { method, url, put }: Request): Promise<HttpClientResponse | undefined> {
    const scope = `repository:${path}:${actions}`
    const headers = { accept: MANIFESTS, ...(put && { 'content-type': put.type, 'content-length': String(put.size) }) }
    const host = isDockerHub(registry) ? HUB_API : registry
    const body = () => put?.body() ?? ''
    for (const scheme of insecure(registry) ? ['https', 'http'] : ['https']) {
      const at = addressOf(url, scheme, host)
      if (!at) return undefined
      const { own, full } = at
      const key = `${scheme} ${registry} ${scope}`
      try {
        // One client a call: it keeps the agent of its first address, and an https agent refuses http.
        const socketTimeout = put ? UPLOAD_MS : TIMEOUT_MS
        const client = new HttpClient('pypackager-action', [], { keepAlive: false, socketTimeout, allowRetries: false })
        const before = own && put ? this.granted.get(key) : undefined
        const first = await client.request(method, full, body(), { ...headers, ...(before && { authorization: before }) })
        const challenge = first.message.headers['www-authenticate']
        if (first.message.statusCode !== 401 || !challenge || !own) return first
        first.message.resume()
        const authorization = await this.answer(challenge, login, scope)
        if (!authorization) return first
        this.granted.set(key, authorization)
        return await client.request(method, full, body(), { ...headers, authorization })
      } catch {
        // no TLS on a loopback registry, or nothing there at all: the push itself will tell
      }
    }
    return undefined
  }

  async manifest(place: Place, reference: string, actions: Actions = 'pull'): Promise<Manifest | undefined> {
    const response = await this.call(place, actions, { method: 'GET', url: manifestUrl(place, reference) })
    const body = await textOf(response)
    const type = response?.message.headers['content-type']
    return response?.message.statusCode === 200 && body && type ? { type, body } : undefined
  }

  /** The Authorization header for a challenge; undefined where there is none to give, or none is granted. */
  private async answer(challenge: string, login: Credentials | undefined, scope: string): Promise<string | undefined> {
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
}

function manifestUrl({ path }: Place, reference: string): string {
  return `/v2/${path}/manifests/${reference}`
}

type Read = 'mayPush' | 'has' | 'digest' | 'held' | 'image' | 'manifest' | 'tags'

function reading(calls: RegistryCalls): Pick<Registry, Read> {
  async function asked(place: Place, reference: string) {
    const response = await calls.call(place, 'pull', { method: 'HEAD', url: manifestUrl(place, reference) })
    response?.message.resume()
    return response
  }

  async function held(place: Place, tag: string): Promise<Held | undefined> {
    const response = await calls.call(place, 'pull', { method: 'GET', url: manifestUrl(place, tag) })
    const body = await textOf(response)
    const digest = digestIn(response)
    const manifest = digest && readJson(MANIFEST, body ?? '')
    return digest && manifest ? { digest, config: manifest.config?.digest ?? '' } : undefined
  }

  async function image(place: Place, tag: string): Promise<HeldImage | undefined> {
    const { config = '' } = (await held(place, tag)) ?? {}
    if (!DIGEST.test(config)) return undefined
    const response = await calls.call(place, 'pull', { method: 'GET', url: `/v2/${place.path}/blobs/${config}` })
    const read = readJson(CONFIGURATION, (await textOf(response)) ?? '')
    if (response?.message.statusCode !== 200 || !read) return undefined
    return { labels: read.config?.Labels ?? {}, architecture: read.architecture }
  }

  return {
    async mayPush(place): Promise<PushAnswer> {
      const response = await calls.call(place, 'pull,push', { method: 'POST', url: `/v2/${place.path}/blobs/uploads/` })
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
      if (upload) (await calls.call(place, 'pull,push', { method: 'DELETE', url: upload }))?.message.resume()
      return { answer: 'yes' }
    },

    async has(place, reference) {
      const status = (await asked(place, reference))?.message.statusCode
      return status === 200 ? true : status === 404 ? false : undefined
    },

    digest: async (place, reference) => digestIn(await asked(place, reference)),

    held,

    image,

    manifest: (place, reference) => calls.manifest(place, reference),

    async tags(place) {
      const get = (url: string) => calls.call(place, 'pull', { method: 'GET', url })
      return listed(`/v2/${place.path}/tags/list`, get, (body) => {
        const list = readJson(TAG_LIST, body)
        return list && (list.tags ?? [])
      })
    },
  }
}

function writing(calls: RegistryCalls): Pick<Registry, 'retag' | 'upload' | 'putManifest'> {
  return {
    async retag(place, from, to) {
      const found = await calls.manifest(place, from, 'pull,push')
      if (!found) return false
      const put = await calls.call(place, 'pull,push', { method: 'PUT', url: manifestUrl(place, to), put: textContent(found) })
      put?.message.resume()
      return put?.message.statusCode === 201
    },

    async upload(place, blob) {
      const there = await calls.call(place, 'pull,push', { method: 'HEAD', url: `/v2/${place.path}/blobs/${blob.digest}` })
      there?.message.resume()
      if (there?.message.statusCode === 200) return
      const begun = await calls.call(place, 'pull,push', { method: 'POST', url: `/v2/${place.path}/blobs/uploads/` })
      const location = begun?.message.headers.location
      if (begun?.message.statusCode !== 202 || !location) throw await refusal(begun)
      begun.message.resume()
      const url = `${location}${location.includes('?') ? '&' : '?'}digest=${encodeURIComponent(blob.digest)}`
      const put = { type: 'application/octet-stream', size: blob.size, body: () => createReadStream(blob.file) }
      const done = await calls.call(place, 'pull,push', { method: 'PUT', url, put })
      if (done?.message.statusCode !== 201) throw await refusal(done)
      done.message.resume()
    },

    async putManifest(place, reference, manifest) {
      const put = await calls.call(place, 'pull,push', { method: 'PUT', url: manifestUrl(place, reference), put: textContent(manifest) })
      if (put?.message.statusCode !== 201) throw await refusal(put)
      put.message.resume()
      return put.message.headers['oci-subject'] !== undefined
    },
  }
}

/**
 * Where something is asked for. A registry may send an upload to a storage elsewhere, which has no business with a login;
 * behind a proxy it may name itself by http.
 */
function addressOf(url: string, scheme: string, host: string): { readonly full: string; readonly own: boolean } | undefined {
  const base = `${scheme}://${host}`
  if (!URL.canParse(url, base)) return undefined
  const at = new URL(url, base)
  const own = at.host === new URL(base).host
  if (own) at.protocol = scheme
  return { full: at.href, own }
}

/** What is sent; the body is made anew where it must be sent twice. */
interface Content {
  readonly type: string
  /** Bytes. */
  readonly size: number
  readonly body: () => string | NodeJS.ReadableStream
}

function textContent({ type, body }: Manifest): Content {
  return { type, size: Buffer.byteLength(body), body: () => body }
}

/** Why something was not taken, by the registry's own words where it has some. */
async function refusal(response: HttpClientResponse | undefined): Promise<PushError> {
  const status = response?.message.statusCode ?? 0
  const said = readJson(FAULTS, (await textOf(response)) ?? '')?.errors[0]
  const why = status === 429 ? 'limited' : status === 401 || status === 403 ? 'denied' : status === 0 || status >= 500 ? 'passing' : 'other'
  return new PushError(why, said ? `${said.code}: ${said.message ?? ''} (${status})` : status ? `status ${status}` : 'no answer')
}

function digestIn(response: HttpClientResponse | undefined): string | undefined {
  const digest = response?.message.headers['docker-content-digest']
  return response?.message.statusCode === 200 && typeof digest === 'string' && DIGEST.test(digest) ? digest : undefined
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
