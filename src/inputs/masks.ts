import { readNetrc } from '../project/tools/netrc.ts'
import { plain } from '../text/addresses.ts'

/** The runner masks exact texts alone: every form of a secret that a program may print is named to it. */
export function masksOf(secret: string): readonly string[] {
  if (secret.length < SHORTEST) return []
  const forms = [secret, plain(secret)].flatMap((text) => [
    text,
    ...text.split('\n').map((line) => line.trim()),
    Buffer.from(text).toString('base64'),
    encodeURIComponent(text),
  ])
  return [...new Set(forms)].filter((form) => form.length >= SHORTEST)
}

/** Anything shorter would mask half of the log. */
const SHORTEST = 4

/** A text that is one secret. */
export function wholeText(text: string): readonly string[] {
  return [text]
}

/**
 * The secrets in addresses of indexes or proxies, separated by blanks: of an address only the password is
 * one. A user name without a password is a token.
 */
export function addressSecrets(text: string): readonly string[] {
  return text.split(/\s+/).flatMap((word) => {
    // A proxy may be written without http://; an index of uv's as name=https://…
    const scheme = word.indexOf('://')
    const before = /[a-z][a-z0-9+.-]*$/i.exec(word.slice(Math.max(0, scheme - 20), Math.max(0, scheme)))?.[0]
    const address = before === undefined ? `http://${word}` : before + word.slice(scheme)
    if (!URL.canParse(address)) return []
    const { username, password } = new URL(address)
    return password ? [password, `${plain(username)}:${plain(password)}`] : [username]
  })
}

/** The secrets in lines of `ID=value`: the values, not their ids. */
export function lineSecrets(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.slice(line.indexOf('=') + 1).trim())
    .filter(Boolean)
}

/** The secrets in netrc text: the whole, and each password. Text that is none is one secret. */
export function netrcSecrets(text: string): readonly string[] {
  try {
    return [text, ...readNetrc(text).flatMap(({ login, password }) => [password, `${login}:${password}`])]
  } catch {
    return [text]
  }
}
