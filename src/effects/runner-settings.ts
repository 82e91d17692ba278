import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import path from 'node:path'
import tls from 'node:tls'

type Environment = Readonly<Record<string, string | undefined>>

/** The CA bundle that the runner's own tools use, '' for none. */
export function runnerCaBundle(env: Environment): string {
  return env.SSL_CERT_FILE || env.NODE_EXTRA_CA_CERTS || ''
}

/**
 * The index of the runner's pip: its variable, else its configuration files.
 * @see https://pip.pypa.io/en/stable/topics/configuration/
 */
export async function runnerIndexUrl(env: Environment): Promise<string> {
  if (env.PIP_INDEX_URL) return env.PIP_INDEX_URL
  const files = [
    env.PIP_CONFIG_FILE,
    path.join(env.XDG_CONFIG_HOME || path.join(homedir(), '.config'), 'pip/pip.conf'),
    path.join(homedir(), '.pip/pip.conf'),
    '/etc/pip.conf',
  ]
  for (const file of files) {
    const text = file ? await readFile(file, 'utf8').catch(() => '') : ''
    const section = /^\[global\]\s*$([\s\S]*?)(?=^\[|$(?![\s\S]))/m.exec(text)?.[1] ?? ''
    const url = /^index[-_]url\s*[=:]\s*(\S+)/m.exec(section)?.[1]
    if (url) return url
  }
  return ''
}

/** Trusts a bundle in this process beside Node's own authorities: registries, indexes and caches behind a company's CA. */
export async function trustBundle(file: string): Promise<void> {
  if (typeof tls.setDefaultCACertificates !== 'function') {
    throw new Error(`this runner's Node ${process.version} cannot; it takes 24.5 or later`)
  }
  const pem = await readFile(file, 'utf8')
  const extra = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? []
  tls.setDefaultCACertificates([...new Set([...tls.getCACertificates('default'), ...extra])])
}
