import { shellLine } from '../../plan/command-lines.ts'
import { listed } from '../../text/words.ts'
import { type Check, failed } from './check.ts'
import type { SiteLine } from './site-checks.ts'
import type { Started } from './start-checks.ts'

/** As whom a site is asked that refuses localhost, and what it is given for that. */
export interface AskedAs {
  readonly host: string
  /** A variable with its value that lets the host in; none where the settings let it in themselves. */
  readonly env: Readonly<Record<string, string>>
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
 * How to ask a site that refuses localhost: with the variable set that its hosts come from, else as a host that it names.
 * @param lines of the site; null where the image holds none
 * @returns undefined where no host is known
 * @see https://docs.djangoproject.com/en/5.2/ref/settings/#allowed-hosts
 */
export function askedAs(lines: readonly SiteLine[] | null): AskedAs | undefined {
  const { allowed = [], moves = null } = refusing(lines) ?? {}
  if (moves) return { host: moves.form === 'one' ? VALUES.one : 'localhost', env: { [moves.name]: VALUES[moves.form] }, allowed }
  const host = allowed.map((one) => one.replace(/^\./, '').toLowerCase()).find((one) => HOST.test(one))
  return host === undefined ? undefined : { host, env: {}, allowed }
}

const HOST = /^[a-z\d][a-z\d.-]{0,200}$/

/** Whether a start refused the host that it was asked as, or what else Django answers 400 to. */
export function isRefusal(started: Started | undefined): boolean {
  return started?.kind === 'listening' && started.status === 400
}

/**
 * Says of a start as whom it was asked, and what it was given for that. One that answers to nobody fails.
 * @param as undefined where it was asked as localhost
 */
export function withHosts(checks: readonly Check[], lines: readonly SiteLine[] | null, as: AskedAs | undefined): readonly Check[] {
  return checks.map((check) => {
    if (check.name !== 'start') return check
    if (as) return { ...check, text: `${check.text}${asWhom(as)}`, ...takes(as) }
    const nobody = check.state === 'undone' && check.text.includes(' answers 400') && refusing(lines)?.allowed.length === 0
    return nobody ? { ...failed('start', NOBODY, LET_IN), port: check.port } : check
  })
}

function asWhom({ host, env, allowed }: AskedAs): string {
  const [line] = Object.entries(env).map(([name, value]) => `${name}=${value}`)
  if (line !== undefined) return `, given ${line} (without: 400)`
  return `, asked as ${host} (as localhost 400: ALLOWED_HOSTS has ${listed(allowed)} alone)`
}

function takes({ host, env }: AskedAs): Pick<Check, 'sets' | 'host'> {
  const sets = Object.entries(env).map(([name, value]) => `${name}=${value}`)
  return sets.length > 0 ? { sets } : { host }
}

const NOBODY = 'the start command starts, and answers 400 to every host: ALLOWED_HOSTS is empty, and DEBUG is off'
const LET_IN = 'Let the settings take them from the environment: ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "").split(",")'

/** How somebody sees a page that is for one host alone. */
export function hostLine(host: string, port: number): string {
  return `It answers as ${host} alone (ALLOWED_HOSTS). To see it here: curl ${shellLine(['-H', `Host: ${host}`])} http://127.0.0.1:${port}/`
}
