import type { Answer } from '../../effects/machine/probes.ts'

/** What was looked at, its state, and what to do. */
export interface Finding {
  /** `docker`, `disk`, `index` … */
  readonly area: string
  /** `fault`: a release would fail by it. `note`: it may. `unseen`: it could not be looked at, or need not be. */
  readonly state: 'ok' | 'note' | 'fault' | 'unseen'
  readonly text: string
  /** '' where there is nothing to do. */
  readonly next: string
}

export const ok = (area: string, text: string): Finding => ({ area, state: 'ok', text, next: '' })
export const note = (area: string, text: string, next: string): Finding => ({ area, state: 'note', text, next })
export const fault = (area: string, text: string, next: string): Finding => ({ area, state: 'fault', text, next })
export const unseen = (area: string, text: string, next = ''): Finding => ({ area, state: 'unseen', text, next })

/** Bytes: with less a build of any size fails, and with less than that a large one. */
const LITTLE = 200e6
const ENOUGH = 2e9

/** @param shown the folder, and what it is for @param free bytes; undefined where that cannot be told */
export function diskFinding(shown: string, free: number | undefined, writable: boolean): Finding {
  if (!writable) return fault('disk', `${shown} cannot be written to`, 'Change its owner, or name another folder.')
  if (free === undefined) return unseen('disk', `${shown}: how much is free cannot be told`)
  const left = `${shown} has ${free < 1e9 ? `${Math.floor(free / 1e6)} MB` : `${(free / 1e9).toFixed(1)} GB`} free`
  if (free < LITTLE) return fault('disk', left, 'Make room there; docker system df shows what Docker takes.')
  return free < ENOUGH ? note('disk', left, 'A large project needs more.') : ok('disk', left)
}

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_(VERIFY|GET)|unable to (verify|get)|self[- ]signed/i
const NO_NAME = ['ENOTFOUND', 'EAI_AGAIN']

/** Why nothing answered at an address; undefined where something did. */
function silence(area: 'index' | 'registry', shown: string, answer: Answer): Finding | undefined {
  if ('status' in answer) return undefined
  const setting = area === 'index' ? '--index-url' : '--registry'
  const { code, message } = answer
  const said = `${code} ${message}`
  if (/tunneling socket|proxy/i.test(message))
    return fault(area, `${shown} cannot be reached through the proxy (${message})`, 'Check HTTPS_PROXY and NO_PROXY.')
  if (CERTIFICATE.test(said))
    return fault(
      area,
      `${shown} has a certificate that is not trusted here (${code || message})`,
      'Name the authority that signed it: --ca-bundle FILE.',
    )
  if (NO_NAME.includes(code)) return fault(area, `${shown} is not found (DNS)`, `Check ${setting}, and the proxy if there is one.`)
  if (/timeout|ETIMEDOUT/i.test(said)) return fault(area, `${shown} does not answer`, 'Check the network, and the proxy if there is one.')
  return fault(area, `${shown} cannot be reached (${code || message})`, `Check ${setting}, and whether this machine may connect.`)
}

/** An index, by what its first page answers. @param shown its address without a login */
export function indexFinding(shown: string, answer: Answer): Finding {
  const silent = silence('index', shown, answer)
  if (silent || !('status' in answer)) return silent ?? unseen('index', shown)
  const { status } = answer
  if (status === 401 || status === 403 || status === 407) {
    return fault(
      'index',
      `${shown} wants another login (${status})`,
      'Set PYPACKAGER_INDEX_CREDENTIALS: machine HOST login NAME password WORD.',
    )
  }
  if (status >= 500 || status === 429)
    return fault('index', `${shown} answers ${status}`, 'Try again later, or name another index: --index-url.')
  if (status >= 400)
    return fault('index', `${shown} answers ${status}: it is no index`, 'Name the folder that pip takes, which often ends in /simple/.')
  return ok('index', `${shown} answers`)
}

/** Seconds by which a clock may be wrong before certificates and logins are. */
const DAY = 86_400

/** The clock of this machine, by those of the servers that were asked. */
export function clockFinding(ahead: readonly number[]): Finding {
  const worst = [...ahead].sort((a, b) => Math.abs(b) - Math.abs(a))[0]
  if (worst === undefined) return unseen('clock', 'no server told the time')
  if (Math.abs(worst) < DAY) return ok('clock', 'as that of the servers')
  const days = Math.round(Math.abs(worst) / DAY)
  return fault(
    'clock',
    `${days} ${days === 1 ? 'day' : 'days'} ${worst > 0 ? 'ahead of' : 'behind'} that of a server`,
    'Set it: certificates and logins are judged by it.',
  )
}

/** What is known of a registry. */
export interface RegistryFacts {
  readonly registry: string
  /** Of its API's first page. */
  readonly answer: Answer
  readonly login: 'here' | 'none'
  /** Whether it would take an image; undefined where no repository is known to ask for. */
  readonly push: 'yes' | 'denied' | 'absent' | 'limited' | 'unknown' | undefined
  /** e.g. `acme/shop`; '' where none is known. */
  readonly repository: string
}

export function registryFinding({ registry, answer, login, push, repository }: RegistryFacts): Finding {
  const silent = silence('registry', registry, answer)
  if (silent || !('status' in answer)) return silent ?? unseen('registry', registry)
  const wants = answer.status === 401 || answer.status === 403
  if (!wants && answer.status >= 400)
    return fault('registry', `${registry} answers ${answer.status}: it is no registry`, 'Check --registry: a host, with its port.')
  if (login === 'none' && wants) {
    return fault('registry', `there is no login to ${registry}`, `Run docker login ${registry}, or set --username and PYPACKAGER_PASSWORD.`)
  }
  if (push === 'denied') {
    const next = `Log in as one who may: docker login ${registry}; the account needs the right to write there.`
    return fault('registry', `${registry} refuses a push to ${repository}`, next)
  }
  if (push === 'limited') return note('registry', `${registry} limits requests`, 'Wait, then try again.')
  if (push === 'yes') return ok('registry', `${registry} takes ${repository}`)
  const known = login === 'here' ? 'a login is here' : 'it wants no login'
  return ok('registry', `${registry} answers, ${known}${repository ? `; whether it takes ${repository} is not told` : ''}`)
}

export function line({ area, state, text, next }: Finding): string {
  const mark = { ok: '✓', note: '!', fault: '✗', unseen: '–' }[state]
  return `${mark} ${area.padEnd(WIDTH)} ${text}${next ? `. ${next}` : ''}`
}

/** Of the areas. */
const WIDTH = 13
