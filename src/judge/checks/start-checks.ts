import { bindAdvice } from '../causes/bind-advice.ts'
import { causeOf, LONGEST } from '../causes/failure-causes.ts'
import { withoutRoutes, withPage } from '../causes/missing-routes.ts'
import type { Data } from '../written-data.ts'
import { type Check, failed, passed, undone } from './check.ts'
import { broken, type Ended, type EndFacts, endCheck, endedCheck, LOOK, leftBehindAdvice } from './start-ends.ts'

type Status = number | 'other' | null

/** Whether an answer is a failure of the application. */
export function isFault(status: Status | undefined): boolean {
  return typeof status === 'number' && status >= 500
}

/** How a container of the image went. */
export type Started =
  | { readonly kind: 'refused'; readonly why: string }
  | Ended
  /** Still at work, with nothing that listens. */
  | {
      readonly kind: 'silent'
      readonly seconds: number
      /** Of what it said the line that tells of an error; '' where there is none. */
      readonly lastLine: string
      readonly stopped: number | undefined
      readonly waited: number
      readonly data?: readonly Data[]
    }
  /** It was not looked at. */
  | { readonly kind: 'unseen'; readonly why: string }
  | {
      readonly kind: 'listening'
      readonly port: number | undefined
      /** What PORT says; undefined where it is not set. */
      readonly wanted: number | undefined
      /** The address where only programs of the container reach the port. */
      readonly loopback: string | undefined
      readonly socket: string | undefined
      /** It takes no connections by IPv4. */
      readonly only?: 'IPv6' | undefined
      /** Of GET /; `other` where the answer is no HTTP. */
      readonly status: Status
      /** Where that leads on, on the same host: `secure` by https, as which it was asked like by a proxy. */
      readonly to?: { readonly path: string; readonly secure: boolean; readonly status: Status } | undefined
      /** Of what it said the line that tells why it answered 500; '' where there is none. */
      readonly lastLine: string
      /** Seconds that SIGTERM took to end it; undefined where it did not. */
      readonly stopped: number | undefined
      /** Seconds that it was given for that. */
      readonly waited: number
      /** That it wrote into its container. */
      readonly data?: readonly Data[]
    }

const NO_FACTS: EndFacts = { command: [], besideWheel: [] }

/** Seconds that an application is waited for when it is asked to stop. */
export const GRACE = 3

/**
 * The start command, and whether it hears SIGTERM.
 * @param started undefined where the image has none
 */
export function startChecks(started: Started | undefined, facts: EndFacts = NO_FACTS): readonly Check[] {
  if (!started) return [undone('start', 'start command', 'the image has none')]
  switch (started.kind) {
    case 'unseen':
      return [undone('start', 'start command', started.why)]
    case 'refused':
      return [endCheck(`the start command does not start: ${started.why}`, facts, { said: started.why })]
    case 'ended':
      return [endedCheck(started, facts)]
    case 'silent':
      return [silentCheck(started), stopCheck(started, facts.command)]
    case 'listening':
      return [withPort(listeningCheck(started, facts), started), stopCheck(started, facts.command)]
  }
}

/** Whether something outside the container got an answer that is no failure of the application. */
export function answered(started: Started | undefined): boolean {
  return (
    started?.kind === 'listening' &&
    typeof started.status === 'number' &&
    !isFault(started.status) &&
    !isFault(started.to?.status) &&
    !isUnreachable(started)
  )
}

/** Whether it answers that there is no such page: what it has instead, its routes tell. */
export function isNotFound(started: Started | undefined): boolean {
  return started?.kind === 'listening' && started.status === 404 && !isUnreachable(started)
}

type Listening = Extract<Started, { kind: 'listening' }>

function isUnreachable({ loopback, only }: Listening): boolean {
  return loopback !== undefined || only !== undefined
}

/** Those of an address outside the container alone: another port is of no use. */
function withPort(check: Check, started: Listening): Check {
  return started.port === undefined || isUnreachable(started) ? check : { ...check, port: started.port }
}

function listeningCheck({ port, wanted, loopback, socket, only, status, to, lastLine }: Listening, facts: EndFacts): Check {
  if (only !== undefined) {
    const text = `the start command listens on port ${port} by ${only} only: what Docker publishes comes by IPv4`
    return failed('start', text, { next: 'Bind 0.0.0.0, or let its socket take IPv4 too.', level: 'error' })
  }
  if (loopback !== undefined) {
    const text = `the start command listens on ${loopback} only: nothing outside the container reaches it (port ${port})`
    // With a local socket beside it the port may be for the application itself.
    return failed('start', text, { next: bindAdvice(facts), level: socket === undefined ? 'error' : 'warning' })
  }
  if (socket !== undefined) return passed('start', `the start command starts: it listens on ${socket}`)
  if (status === null)
    return failed('start', `the start command listens on port ${port} and does not answer${saying(lastLine)}`, whyNot(lastLine))
  if (status === 'other') return passed('start', `the start command starts: port ${port} is open`)
  if (isFault(status) || isFault(to?.status)) {
    const led = isFault(status) ? `${status}` : `${status} to ${to?.path}, which answers ${to?.status}`
    const text = `the start command starts, and GET / on port ${port} answers ${led}${lastLine ? `: ${lastLine}` : ''}`
    const certain = leftBehindAdvice(lastLine, facts) ?? broken(lastLine)
    if (!lastLine && facts.installed?.includes('django')) return failed('start', text, { next: DJANGO_WHY, cause: 'silent', said: '' })
    const next = certain ?? databaseInPackage(lastLine, facts) ?? causeOf(lastLine)?.next ?? WHY
    return failed('start', text, { next, level: certain === undefined ? 'warning' : 'error', said: lastLine })
  }
  if (status === 400) {
    const why = `it starts, and GET / on port ${port} as localhost answers 400: a host or setting refuses it, as Django's ALLOWED_HOSTS does`
    return { ...undone('start', 'start command', why), refuses: true }
  }
  if (status === 404 && facts.routes?.count === 0) return withoutRoutes(facts.routes, port, facts)
  const other = wanted === undefined || port === wanted ? '' : `, though PORT says ${wanted}`
  if (to?.secure) return secureCheck(`GET / on port ${port} answers ${status} to https`, to.status)
  const check = passed('start', `the start command starts: GET / on port ${port} answers ${status}${other}`)
  return status === 404 ? withPage(check, facts.routes) : check
}

/** A worker that ends again and again leaves its server alone: what it said is why. */
function silentCheck({ seconds, lastLine }: Extract<Started, { kind: 'silent' }>): Check {
  const text = `after ${seconds} s it is still at work and nothing listens`
  return lastLine ? failed('start', `${text}${saying(lastLine)}`, whyNot(lastLine)) : undone('start', 'start command', text)
}

function saying(line: string): string {
  return line ? `; it said: ${line}` : ''
}

function whyNot(line: string) {
  const cause = causeOf(line)
  return line ? { next: cause?.next ?? GIVE_IT, said: line, cause: cause?.kind } : LOOK
}

const GIVE_IT = 'What it asks for can be given by the input env.'

/** @see https://docs.djangoproject.com/en/5.2/ref/settings/#secure-ssl-redirect */
function secureCheck(says: string, status: Status): Check {
  if (typeof status === 'number' && status < 300) {
    return { ...passed('start', `the start command starts: ${says}, and ${status} to a proxy that has the certificate`), secure: true }
  }
  const text = `the start command starts, and ${says}, to a proxy with X-Forwarded-Proto: https too (${status ?? 'no answer'})`
  return failed('start', text, ENDLESS)
}

const ENDLESS =
  'No page comes of that without a certificate of its own. For Django: SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https").'

/** A file of a database that a package makes beside its own code, where a wheel put that. */
function databaseInPackage(line: string, { home }: EndFacts): string | undefined {
  if (home === undefined || !/unable to open database file|attempt to write a readonly database/.test(line)) return undefined
  return `If the database lies beside the code, set writable: ${home}; else name its folder there, or give it another path.`
}

const WHY =
  'Its log has the reason, where it logs errors: run the image and look. What it needs can be given to the checks by the input env.'

/** @see https://docs.djangoproject.com/en/5.2/ref/logging/#default-logging-configuration */
export const DJANGO_SILENT = 'Without DEBUG Django prints no error, unless LOGGING has a console handler.'
const DJANGO_WHY = `${DJANGO_SILENT} If this page reads the database, it lacks its tables: "pypackager manage migrate" makes them where it runs.`

type Stopped = Pick<Extract<Started, { kind: 'silent' }>, 'stopped' | 'waited'>

function stopCheck({ stopped, waited }: Stopped, command: readonly string[]): Check {
  if (stopped === undefined) return failed('stop', `SIGTERM does not stop it within ${Math.round(waited)} s`, hearing(command))
  // How long one takes that hears it depends on the machine's load; Docker waits 10 s.
  return passed('stop', `SIGTERM stops it ${stopped > 1 ? `in ${stopped.toFixed(1)} s` : 'within a second'}`)
}

/** How a command comes to hear SIGTERM. @see https://uwsgi-docs.readthedocs.io/en/latest/Options.html#die-on-term */
function hearing(command: readonly string[]): string {
  const words = command.join(' ')
  if (/\buwsgi\b/i.test(words) && !words.includes('die-on-term')) {
    return 'uWSGI takes SIGTERM for a reload: give it --die-on-term, or set die-on-term = true in its file.'
  }
  const at = command.indexOf('-c')
  const line = command[at - 1] === 'sh' ? (command[at + 1] ?? '') : `exec ${words.replace('/usr/local/bin/entrypoint ', '')}`
  if (/(^|&&|;)\s*exec (?!(\S*\/)?(ba|da)?sh\b|\S+\.sh\b)[^;&|\n]+$/.test(line.slice(0, LONGEST))) {
    return 'No shell stands between: look at what the application does on SIGTERM before it ends.'
  }
  return 'Let the start command end with exec, so that the application itself gets the signal.'
}
