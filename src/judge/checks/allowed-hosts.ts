import { shellLine } from '../../plan/command-lines.ts'
import { listed } from '../../text/words.ts'
import { type Check, failed } from './check.ts'
import type { SiteLine } from './site-checks.ts'
import type { Started } from './start-checks.ts'

/** As whom a site is asked that refuses localhost or http, and what it is given for that. */
export interface AskedAs {
  readonly host: string
  /** A variable with its value that lets the host in; none where the settings let it in themselves. */
  readonly env: Readonly<Record<string, string>>
  /** What it answers without that. */
  readonly without: string
  /** The hosts that it answers to without that. */
  readonly allowed: readonly string[]
}

/** A host that is this machine, and its address: what somebody types who tries an image. */
const HERE = ['localhost', '127.0.0.1']

const VALUES = { comma: HERE.join(','), blank: HERE.join(' '), json: JSON.stringify(HERE), one: '127.0.0.1' }

/** Hosts that a site answers to, where localhost is none of them. */
function refusing(lines: readonly SiteLine[] | null) {
  const settings = lines?.find((one) => one.section === 'settings' && 'hosts' in one)
  return settings && 'hosts' in settings && settings.hosts ? { allowed: settings.hosts, moves: settings.moves?.hosts ?? null } : undefined
}

/**
 * How to ask a site that refuses localhost or http: with the variables set that these come from, else as a host that it names.
 * @param lines of the site; null where the image holds none
 * @returns undefined where no host is known
 * @see https://docs.djangoproject.com/en/5.2/ref/settings/#allowed-hosts
 */
export function askedAs(lines: readonly SiteLine[] | null): AskedAs | undefined {
  const { allowed = [], moves = null } = refusing(lines) ?? {}
  const plain = plainly(lines)
  const without = refusing(lines) ? '400' : 'a redirect to https'
  if (moves) {
    const env = { [moves.name]: VALUES[moves.form], ...plain }
    return { host: moves.form === 'one' ? VALUES.one : 'localhost', env, without, allowed }
  }
  if (!refusing(lines)) return Object.keys(plain).length > 0 ? { host: 'localhost', env: plain, without, allowed } : undefined
  const host = allowed.map((one) => one.replace(/^\./, '').toLowerCase()).find((one) => HOST.test(one))
  return host === undefined ? undefined : { host, env: plain, without, allowed }
}

/** The variable that turns off the redirect to https, with its value. */
function plainly(lines: readonly SiteLine[] | null): Readonly<Record<string, string>> {
  const settings = lines?.find((one) => one.section === 'settings' && 'moves' in one)
  const plain = settings && 'moves' in settings ? settings.moves?.plain : undefined
  return plain ? { [plain.name]: plain.value } : {}
}

const HOST = /^[a-z\d][a-z\d.-]{0,200}$/

/** Whether a start refused the host that it was asked as (or what else Django answers 400 to), or that it was asked by http. */
export function isRefusal(started: Started | undefined): boolean {
  return started?.kind === 'listening' && (started.status === 400 || started.to?.secure === true)
}

/**
 * Says of a start as whom it was asked, and what it was given for that. One that answers to nobody fails.
 * @param as undefined where it was asked as localhost
 */
export function withHosts(checks: readonly Check[], lines: readonly SiteLine[] | null, as: AskedAs | undefined): readonly Check[] {
  return checks.map((check) => {
    if (check.name !== 'start') return check
    if (as) return { ...check, text: `${check.text}${asWhom(as)}`, ...takes(as) }
    const nobody = check.refuses && refusing(lines)?.allowed.length === 0
    return nobody ? { ...failed('start', NOBODY, LET_IN), port: check.port } : check
  })
}

function asWhom({ host, env, without, allowed }: AskedAs): string {
  const lines = linesOf(env)
  const given = lines.length > 0 ? `, given ${listed(lines)} (without: ${without})` : ''
  return HERE.includes(host) ? given : `${given}, asked as ${host} (as localhost 400: ALLOWED_HOSTS has ${listed(allowed)} alone)`
}

function takes({ host, env }: AskedAs): Pick<Check, 'sets' | 'host'> {
  return { ...(linesOf(env).length > 0 && { sets: linesOf(env) }), ...(!HERE.includes(host) && { host }) }
}

function linesOf(env: AskedAs['env']): readonly string[] {
  return Object.entries(env).map(([name, value]) => `${name}=${value}`)
}

const NOBODY = 'the start command starts, and answers 400 to every host: ALLOWED_HOSTS is empty, and DEBUG is off'
const LET_IN = 'Let the settings take them from the environment: ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "").split(",")'

/** How somebody sees a page that is for one host alone, or for those who come by https. @returns none for others */
export function seeLines({ host, secure, port }: Pick<Check, 'host' | 'secure' | 'port'>): readonly string[] {
  const headers = [...(host === undefined ? [] : [`Host: ${host}`]), ...(secure ? ['X-Forwarded-Proto: https'] : [])]
  if (headers.length === 0 || port === undefined) return []
  const why = [...(host === undefined ? [] : [`answers as ${host} alone (ALLOWED_HOSTS)`]), ...(secure ? ['sends browsers to https'] : [])]
  const flags = shellLine(headers.flatMap((header) => ['-H', header]))
  return [`It ${why.join(', and ')}. To see it here: curl ${flags} http://127.0.0.1:${port}/`]
}
