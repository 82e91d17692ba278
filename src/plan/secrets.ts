import { addressSecrets, masksOf } from '../inputs/masks.ts'
import type { Inputs } from '../inputs.ts'
import { readNetrc } from '../project/tools/netrc.ts'
import { plain } from '../text/addresses.ts'
import type { Indexes } from './wheels/index-settings.ts'

/** A secret that this run knows, and where it came from: the one is searched for, the other is printed. */
export interface KnownSecret {
  /** e.g. `the input password` */
  readonly name: string
  readonly texts: readonly string[]
}

/**
 * Every secret of this run: the secret inputs, logins in the addresses of indexes (the runner's own too),
 * the login of the registry.
 */
export function knownSecrets(
  inputs: Pick<Inputs, 'password' | 'username' | 'githubToken' | 'cacheSigningKey' | 'secrets'>,
  indexes: Indexes,
  login: { readonly username: string; readonly password: string } | undefined,
): readonly KnownSecret[] {
  const netrc = readNetrc(indexes.netrc).flatMap(({ login: user, password }) => [password, `${user}:${password}`])
  const withUser = (user: string, password: string) => (user && password ? [password, `${user}:${password}`] : [password])
  const all: readonly KnownSecret[] = [
    { name: 'the input password', texts: withUser(inputs.username, inputs.password) },
    { name: 'the login of the registry', texts: login ? withUser(login.username, login.password) : [] },
    { name: 'the input github-token', texts: withUser('x-access-token', inputs.githubToken) },
    { name: 'the login of a package index', texts: addressSecrets([indexes.indexUrl, ...indexes.extraIndexUrls].join('\n')) },
    { name: 'the input index-credentials', texts: netrc },
    { name: 'the input cache-signing-key', texts: [inputs.cacheSigningKey] },
    ...Object.entries(inputs.secrets).map(([id, text]) => ({ name: `the secret ${id}`, texts: [text] })),
  ]
  const seen = new Set<string>()
  return all.flatMap(({ name, texts }) => {
    const own = [...new Set(texts)].filter((text) => text !== '' && !seen.has(text))
    for (const text of own) seen.add(text)
    return own.length > 0 ? [{ name, texts: own }] : []
  })
}

/**
 * Secrets without the texts of a token that GitHub makes for a run, wherever it is given: that is another one each time, and
 * younger than whatever is found again.
 * @see https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/
 */
export function lastingSecrets(secrets: readonly KnownSecret[]): readonly KnownSecret[] {
  return secrets.map(({ name, texts }) => ({ name, texts: texts.filter((text) => !/^([^:\s]+:)?ghs_[\w.-]+$/.test(text)) }))
}

/** Every form that a secret may have been written in: as it is, by line, quoted, and as base64, URL or hex text. */
export function searchForms(secret: string): readonly string[] {
  const texts = [...new Set([secret, plain(secret), ...secretLines(secret)])]
  const forms = texts.flatMap((text) => [
    ...masksOf(text).filter((form) => form === text || !secret.split('\n').some((line) => line.trim() === form)),
    text,
    JSON.stringify(text).slice(1, -1),
    Buffer.from(text).toString('hex'),
    Buffer.from(text).toString('hex').toUpperCase(),
    ...[0, 1, 2].flatMap((offset) => base64Inside(text, offset)),
  ])
  return [...new Set(forms)].filter((form) => form.length >= SHORTEST)
}

/** Shorter texts are found in every image. */
const SHORTEST = 8

/** Lines of a long secret, such as those of a key file: its first and last line are the same in every such file. */
function secretLines(secret: string): readonly string[] {
  if (!secret.includes('\n')) return []
  return secret
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.length >= 20 && !line.startsWith('-----'))
}

/** What of a text's base64 does not depend on what stands before and after it. */
function base64Inside(text: string, offset: number): readonly string[] {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(text)])
  const whole = bytes.toString('base64').replace(/=+$/, '')
  const from = offset === 0 ? 0 : offset + 1
  const to = Math.floor((bytes.length * 8) / 6)
  const inside = whole.slice(from, to)
  const forUrls = inside.replaceAll('+', '-').replaceAll('/', '_')
  return [inside, forUrls]
}

/**
 * Whether a find would mean anything: a short or plain word is in half of all packages.
 * @returns false for a text under 8 characters, and for one under 16 of letters alone
 */
export function isTellable(secret: string): boolean {
  if (secret.length < SHORTEST) return false
  return secret.length >= 16 || !/^[A-Za-z_-]+$/.test(secret)
}
