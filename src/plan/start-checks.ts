import { type Check, failed, passed, undone } from './checks.ts'
import { missingHint } from './system-packages.ts'

/** How a container of the image went. */
export type Started =
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'ended'; readonly code: number; readonly lastLine: string }
  /** Still at work, with nothing that listens. */
  | { readonly kind: 'silent'; readonly seconds: number; readonly stopped: number | undefined; readonly busy: number }
  | {
      readonly kind: 'listening'
      readonly port: number | undefined
      /** What PORT says; undefined where it is not set. */
      readonly wanted: number | undefined
      /** The address where only programs of the container reach the port. */
      readonly loopback: string | undefined
      readonly socket: string | undefined
      /** Of GET /; `other` where the answer is no HTTP. */
      readonly status: number | 'other' | null
      /** Seconds that SIGTERM took to end it; undefined where it did not. */
      readonly stopped: number | undefined
      /** How many times longer than on a quiet machine all takes. */
      readonly busy: number
    }

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
      return [endCheck(`the start command does not start: ${started.why}`, started.why, command)]
    case 'ended':
      return [
        started.code === 0
          ? passed('start', 'the start command ran and ended well')
          : endCheck(
              `the start command ended with code ${started.code}: ${started.lastLine || 'it said nothing'}`,
              started.lastLine,
              command,
              started.code,
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

/** An end that is the same wherever the image runs is an error; another may be for want of what the checks do not have. */
function endCheck(text: string, line: string, command: readonly string[], code?: number): Check {
  const certain = notThere(line, command) ?? missingHint(line)
  if (certain) return failed('start', text, certain, 'error')
  return failed('start', text, writing(line) ?? LOOK, code === 126 || code === 127 ? 'error' : 'warning')
}

/** How shells, env and the engine say that a program could not be started. @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_08_02 */
const PROGRAM =
  /(?:\bexec:? |: )["'‘]?([^\s"'‘’:]+)["'’]?: (?:stat [^:]*: )?(?:executable file )?(not found|no such file or directory|permission denied|exec format error)/i
const MODULE = /No module named '?([\w.]+)|Could not import module "([\w.]+)"/

/** What the start command names and the image does not have, and what to do; undefined for other ends. */
function notThere(line: string, command: readonly string[]): string | undefined {
  const words = command.join(' ')
  const [, program = '', fault = ''] = PROGRAM.exec(line) ?? []
  if (program && words.includes(program)) {
    if (/denied/i.test(fault)) return `${program} may not be executed: give it chmod +x in the source, or start it by sh.`
    if (/format/i.test(fault)) return `${program} is no program: give it a first line such as #!/bin/sh, or start it by sh.`
    if (!program.includes('/')) return `${program} is not in the image: add what brings it to the dependencies, or set the input command.`
    return `${program} is not in the image, or the program of its first line is not: that line may end with CR (save it with LF).`
  }
  const file = /can't open file '([^']+)'/.exec(line)?.[1]
  if (file) return `${file} is not in the image: put it into the project's package, or set the input command.`
  const [, required, module = required] = MODULE.exec(line) ?? []
  // `shop.web` of `gunicorn shop.web:app` is missing where `shop` is.
  const named = words.split(/[\s"'=:]+/).some((word) => word === module || word.startsWith(`${module}.`))
  return named ? `${module} is not in the image: name a module that the project's package has, or add what brings it.` : undefined
}

/** What to do where the user of the image may not write; undefined for other ends. @see https://docs.python.org/3/library/errno.html */
function writing(lastLine: string): string | undefined {
  const denied = /\[Errno (?:13|30)\] (?:Permission denied|Read-only file system): '(\/[^']+)'/.exec(lastLine)?.[1]
  if (denied) return `The user of the image may not write ${denied}: name its folder in the input writable, or give it another path.`
  if (!/unable to open database file|attempt to write a readonly database/.test(lastLine)) return undefined
  return "The user of the image may not write the database's folder: name it in the input writable, or give it another path."
}

function listeningCheck({ port, wanted, loopback, socket, status }: Extract<Started, { kind: 'listening' }>): Check {
  if (loopback !== undefined) {
    const text = `the start command listens on ${loopback} only: nothing outside the container reaches it (port ${port})`
    // With a local socket beside it the port may be for the application itself.
    return failed('start', text, 'Bind 0.0.0.0.', socket === undefined ? 'error' : 'warning')
  }
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
  if (status === 400) {
    const why = `it starts, and GET / on port ${port} as localhost answers 400: a host or setting refuses it, as Django's ALLOWED_HOSTS does`
    return undone('start', 'start command', why)
  }
  const other = wanted === undefined || port === wanted ? '' : `, though PORT says ${wanted}`
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
