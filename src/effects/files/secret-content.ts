/** At the beginning of a line, of a value in JSON, or after an indent of YAML. */
const PRIVATE_KEY = /(^|\n|")[ \t]*-----BEGIN [A-Z0-9 ]*PRIVATE KEY( BLOCK)?-----/
/** Keys of age, of PuTTY and of WireGuard. */
const OTHER_KEYS = /(^|\n)(AGE-SECRET-KEY-1|PuTTY-User-Key-File-\d|PrivateKey\s*=\s*\S)/
/** Logins of Google's client libraries. @see https://cloud.google.com/docs/authentication/application-default-credentials */
const GOOGLE = /"type"\s*:\s*"authorized_user"|"(installed|web)"\s*:\s*\{[^{}]*"client_secret"\s*:\s*"/
/** Logins of npm and Yarn; one that comes from a variable is none. @see https://docs.npmjs.com/cli/configuring-npm/npmrc */
const NPM_LOGIN = /(_auth(Token)?|_password|npmAuth(Token|Ident))["']?\s*[=:]\s*["']?(?!["']?\$\{)[^\s"']/
/** A kubeconfig holds the tokens or keys of its users. @see https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/ */
const KUBECONFIG = [/^kind:\s*["']?Config["']?\s*$/m, /^(users|clusters):/m]

/**
 * Whether a file that is no code holds a private key or a login, whatever it is called.
 * @param head its first bytes
 */
export function holdsSecret(name: string, head: string): boolean {
  if (PRIVATE_KEY.test(head) || OTHER_KEYS.test(head)) return true
  if (/(^|\/)\.(npmrc|yarnrc(\.yml)?)$/.test(name)) return NPM_LOGIN.test(head)
  if (/\.json$/i.test(name)) return GOOGLE.test(head)
  return (/\.ya?ml$/i.test(name) || !/\.[^/]*$/.test(name)) && KUBECONFIG.every((pattern) => pattern.test(head))
}

/** How dumps of databases begin, by the programs that write them. */
const DUMP =
  /^(--\s*)?-- (PostgreSQL database (cluster )?dump|(MySQL|MariaDB) dump)|^PGDMP|^PRAGMA foreign_keys\s*=\s*OFF;\s*BEGIN TRANSACTION;|^\/\*(M?!\d*)?[^\n]*sandbox mode/

/** Whether a file is a database of SQLite, or a dump of one. @param head its first bytes */
export function looksLikeDump(name: string, head: string): boolean {
  if (/\.(db|db3|s3db|sl3)$/i.test(name)) return head.startsWith('SQLite format 3\0')
  return DUMP.test(head)
}
