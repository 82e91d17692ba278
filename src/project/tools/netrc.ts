import { UserError } from '../../errors.ts'

/** A login for one host, whatever the port. */
export interface Machine {
  readonly host: string
  readonly login: string
  readonly password: string
}

/**
 * Reads netrc text. Every machine must be a host with a password; `default`, which would hand its login
 * to any host that asks, is refused.
 * @throws UserError that repeats nothing of the text but the names of hosts
 * @see https://www.gnu.org/software/inetutils/manual/html_node/The-_002enetrc-file.html
 */
export function readNetrc(text: string): readonly Machine[] {
  const machines: { host: string; login: string; password: string }[] = []
  const words = wordsOf(text)
  for (let word = words.key(); word !== undefined; word = words.key()) {
    const machine = machines.at(-1)
    if (word === 'machine') machines.push({ host: words.value().toLowerCase(), login: '', password: '' })
    else if (word === 'macdef') words.skipMacro()
    else if (word === 'default')
      throw wrong('a "default" gives its login to any host', 'Name each host: machine HOST login USER password WORD.')
    else if (machine && word === 'login') machine.login = words.value()
    else if (machine && word === 'password') machine.password = words.value()
    else if (machine && word === 'account') words.value()
    else throw wrong('it is not netrc text', 'Write a line for each host: machine HOST login USER password WORD.')
  }
  for (const { host, password } of machines) {
    if (!/^[a-z0-9.-]+$/.test(host)) throw wrong(`"${host}" is not the name of a host alone`, 'Write it without https://, port and path.')
    if (!password) throw wrong(`machine ${host} has no password`, 'Write a line for each host: machine HOST login USER password WORD.')
  }
  return machines
}

function wrong(cause: string, next: string): UserError {
  return new UserError('inputs', `index-credentials: ${cause}`, { next, input: 'index-credentials' })
}

/** Words of the text; a `#` begins a comment where a keyword may stand, and is a letter like any other in a value. */
function wordsOf(text: string) {
  const pattern = /"((?:\\.|[^"\\])*)"|\S+/g
  const next = () => {
    const found = pattern.exec(text)
    return found && (found[1] === undefined ? found[0] : found[1].replace(/\\(.)/g, '$1'))
  }
  const goTo = (end: string) => {
    const at = text.indexOf(end, pattern.lastIndex)
    pattern.lastIndex = at < 0 ? text.length : at + end.length
  }
  return {
    key(): string | undefined {
      let word = next()
      while (word?.startsWith('#')) {
        goTo('\n')
        word = next()
      }
      return word ?? undefined
    },
    value: () => next() ?? '',
    /** A macro ends with an empty line. */
    skipMacro: () => goTo('\n\n'),
  }
}
