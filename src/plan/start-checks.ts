import { type Check, failed, passed, undone } from './checks.ts'

/** How a container of the image went. */
export type Started =
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'ended'; readonly code: number; readonly lastLine: string }
  /** Still at work, with nothing that listens. */
  | { readonly kind: 'silent'; readonly seconds: number; readonly stopped: number | undefined; readonly busy: number }
  | {
      readonly kind: 'listening'
      readonly port: number | undefined
      readonly socket: string | undefined
      /** Of GET /; `other` where the answer is no HTTP. */
      readonly status: number | 'other' | null
      /** Seconds that SIGTERM took to end it; undefined where it did not. */
      readonly stopped: number | undefined
      /** How many times longer than on a quiet machine all takes. */
      readonly busy: number
    }

/** The port that the application is asked to listen on. */
export const PORT = 8000
/** Seconds that an application is waited for when it is asked to stop, and what it should take. */
export const GRACE = 3
const SOON = 1

const LOOK = 'Run the image and look; what it needs to start can be given by the input env.'

/**
 * The start command, and whether it hears SIGTERM.
 * @param started undefined where the image has none
 * @param command its words
 */
export function startChecks(started: Started | undefined, command: readonly string[] = []): readonly Check[] {
  if (!started) return [undone('start', 'start command', 'the image has none')]
  switch (started.kind) {
    case 'refused':
      return [failed('start', `the start command does not start: ${started.why}`, LOOK)]
    case 'ended':
      return [
        started.code === 0
          ? passed('start', 'the start command ran and ended well')
          : failed(
              'start',
              `the start command ended with code ${started.code}: ${started.lastLine || 'it said nothing'}`,
              writing(started.lastLine) ?? LOOK,
            ),
      ]
    case 'silent':
      return [
        undone('start', 'start command', `after ${started.seconds} s it is still at work and nothing listens`),
        stopCheck(started, command),
      ]
    case 'listening':
      return [listeningCheck(started), stopCheck(started, command)]
  }
}

/** What to do where the user of the image may not write; undefined for other ends. @see https://docs.python.org/3/library/errno.html */
function writing(lastLine: string): string | undefined {
  const denied = /\[Errno (?:13|30)\] (?:Permission denied|Read-only file system): '(\/[^']+)'/.exec(lastLine)?.[1]
  if (denied) return `The user of the image may not write ${denied}: name its folder in the input writable, or give it another path.`
  if (!/unable to open database file|attempt to write a readonly database/.test(lastLine)) return undefined
  return "The user of the image may not write the database's folder: name it in the input writable, or give it another path."
}

function listeningCheck({ port, socket, status }: Extract<Started, { kind: 'listening' }>): Check {
  if (socket !== undefined) return passed('start', `the start command starts: it listens on ${socket}`)
  if (status === null) return failed('start', `the start command listens on port ${port} and does not answer`, LOOK)
  if (status === 'other') return passed('start', `the start command starts: port ${port} is open`)
  if (status >= 500) {
    return failed(
      'start',
      `the start command starts, and GET / on port ${port} answers ${status}`,
      `It may be for want of a database. ${LOOK}`,
    )
  }
  const other = port === PORT ? '' : `, though PORT says ${PORT}`
  return passed('start', `the start command starts: GET / on port ${port} answers ${status}${other}`)
}

function stopCheck({ stopped, busy }: Pick<Extract<Started, { kind: 'silent' }>, 'stopped' | 'busy'>, command: readonly string[]): Check {
  if (stopped === undefined) return failed('stop', `SIGTERM does not stop it within ${Math.round(GRACE * busy)} s`, hearing(command))
  if (stopped > SOON * busy) return failed('stop', `SIGTERM stops it only after ${stopped.toFixed(1)} s`, hearing(command))
  return passed('stop', `SIGTERM stops it within ${busy > 1 && stopped > SOON ? `${stopped.toFixed(1)} s on a busy machine` : 'a second'}`)
}

/** How a command comes to hear SIGTERM. @see https://uwsgi-docs.readthedocs.io/en/latest/Options.html#die-on-term */
function hearing(command: readonly string[]): string {
  const words = command.join(' ')
  if (/\buwsgi\b/i.test(words) && !words.includes('die-on-term')) {
    return 'uWSGI takes SIGTERM for a reload: give it --die-on-term, or set die-on-term = true in its file.'
  }
  return 'Let the start command end with exec, so that the application itself gets the signal.'
}
