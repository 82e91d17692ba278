import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import path from 'node:path'
import tls from 'node:tls'

type Environment = Readonly<Record<string, string | undefined>>

/** The CA bundle that the runner's own tools use, '' for none. */
export function runnerCaBundle(env: Environment): string {
  return env.SSL_CERT_FILE || env.NODE_EXTRA_CA_CERTS || ''
}

/** The indexes that the runner's own tools use. */
export interface RunnerIndexes {
  /** '' for none */
  readonly indexUrl: string
  readonly extraIndexUrls: readonly string[]
}

/**
 * The indexes of the runner: each setting from uv's variables, else pip's, else pip's configuration files.
 * A login that uv is given beside a named index (`UV_INDEX_<NAME>_USERNAME`, `_PASSWORD`) is put into its
 * address. uv's configuration files are not read.
 * @see https://pip.pypa.io/en/stable/topics/configuration/
 * @see https://docs.astral.sh/uv/reference/environment/
 */
export async function runnerIndexes(env: Environment): Promise<RunnerIndexes> {
  const files = await pipFiles(env)
  const setting = (key: string) => files.map((text) => pipSetting(text, key)).find(Boolean) ?? ''
  const main = env.UV_DEFAULT_INDEX || env.UV_INDEX_URL || env.PIP_INDEX_URL || setting('index')
  const uv = [env.UV_INDEX, env.UV_EXTRA_INDEX_URL].filter(Boolean).join(' ')
  const extra = uv || env.PIP_EXTRA_INDEX_URL || setting('extra-index')
  const addresses = (text: string) =>
    text
      .split(/\s+/)
      .filter(Boolean)
      .map((word) => withNamedLogin(word, env))
  return { indexUrl: addresses(main)[0] ?? '', extraIndexUrls: [...new Set(addresses(extra))] }
}

async function pipFiles(env: Environment): Promise<readonly string[]> {
  const files = [
    env.PIP_CONFIG_FILE,
    path.join(env.XDG_CONFIG_HOME || path.join(homedir(), '.config'), 'pip/pip.conf'),
    path.join(homedir(), '.pip/pip.conf'),
    '/etc/pip.conf',
  ]
  return Promise.all(files.map((file) => (file ? readFile(file, 'utf8').catch(() => '') : '')))
}

/** `index-url` or `extra-index-url` of [global]; a value goes on in indented lines. */
function pipSetting(text: string, key: string): string {
  const section = /^\[global\]\s*$([\s\S]*?)(?=^\[|$(?![\s\S]))/m.exec(text)?.[1] ?? ''
  const value = new RegExp(`^${key.replace('-', '[-_]')}[-_]url[ \\t]*[=:](.*(?:\\n[ \\t]+.*)*)`, 'm').exec(section)?.[1] ?? ''
  return value.replace(/^\s*[#;].*$/gm, '').trim()
}

/** An index as uv takes it, `NAME=ADDRESS` or the address alone, as an address. */
function withNamedLogin(word: string, env: Environment): string {
  const [, name = '', address = word] = /^([\w.-]+)=(\w+:\/\/.*)$/.exec(word) ?? []
  return namedLogin(env)(name, address)
}

/**
 * Puts the login that uv is given for the name of an index into its address.
 * @see https://docs.astral.sh/uv/concepts/indexes/#providing-credentials-directly
 */
export function namedLogin(env: Environment): (name: string, address: string) => string {
  return (name, address) => {
    const variable = `UV_INDEX_${name.toUpperCase().replace(/[^A-Z0-9]/g, '_')}`
    const [username, password] = [env[`${variable}_USERNAME`], env[`${variable}_PASSWORD`]]
    if (!name || (!username && !password) || !URL.canParse(address)) return address
    const url = new URL(address)
    url.username = encodeURIComponent(username ?? '')
    url.password = encodeURIComponent(password ?? '')
    return url.href
  }
}

/** BuildKit takes no larger one: "max size 500KiB". */
const LARGEST_SECRET = 500 * 1024

/**
 * Trusts a bundle in this process beside Node's own authorities: registries, indexes and caches behind a company's CA.
 * @param bundle its text; nothing of it but its certificates leaves us
 * @returns all authorities that are trusted now, as PEM text: what a build needs, where one file replaces the
 * usual ones (the bundle alone where all would be too much for a build secret); and whether this process trusts
 * them, which takes Node 24.5
 */
export function trustBundle(bundle: string): { readonly pem: string; readonly here: boolean } {
  const extra = certificatesIn(bundle)
  const usual = typeof tls.getCACertificates === 'function' ? tls.getCACertificates('default') : tls.rootCertificates
  // The same certificate may be written with other line ends, or beside the runner's own.
  const all = [
    ...new Set(
      [...extra, ...usual].map((text) =>
        text
          .split('\n')
          .map((line) => line.trim())
          .filter(Boolean)
          .join('\n'),
      ),
    ),
  ]
  const here = typeof tls.setDefaultCACertificates === 'function'
  if (here) tls.setDefaultCACertificates(all)
  const text = `${all.join('\n')}\n`
  return { pem: text.length < LARGEST_SECRET ? text : `${extra.join('\n')}\n`, here }
}

const BEGIN = '-----BEGIN CERTIFICATE-----'
const END = '-----END CERTIFICATE-----'

/** The certificates of a bundle, whatever else it holds. */
export function certificatesIn(bundle: string): readonly string[] {
  return bundle
    .split(BEGIN)
    .slice(1)
    .flatMap((part) => (part.includes(END) ? [`${BEGIN}${part.slice(0, part.indexOf(END))}${END}`] : []))
}
