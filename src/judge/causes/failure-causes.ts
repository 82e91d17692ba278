import { posix } from 'node:path'
import { missingHint } from '../../plan/wheels/system-packages.ts'
import { listed } from '../../text/words.ts'
import { withFields } from './missing-fields.ts'

/** Kinds of reasons why an application ends or answers 500, as its own words tell them. */
export type CauseKind = 'memory' | 'python' | 'system' | 'permission' | 'path' | 'database' | 'network' | 'end' | 'setting' | 'none-met'

export interface Cause {
  readonly kind: CauseKind
  /** What to do about it: a sentence or two. */
  readonly next: string
}

/** @see https://docs.python.org/3/library/errno.html */
const NOT_FOUND = /\[Errno 2\] No such file or directory: b?['"]([^'"]+)['"]/
const DENIED = /\[Errno (?:13|30)\] (?:Permission denied|Read-only file system): b?['"](\/[^'"]+)['"]/
const DATABASE =
  /\b(OperationalError|InterfaceError|DatabaseError)\b|no such table|relation "[^"]*" does not exist|(connection to server|connect to (MySQL|MariaDB|Redis|MongoDB|server)).*(failed|refused|Can't)|Can't connect to (?:local )?(?:MySQL |MariaDB )?server|Error \d+ connecting to|ServerSelectionTimeoutError/i
const SETTING =
  /^(?:[\w.]*\.)?(KeyError: '[A-Z][A-Z0-9_]*'|ImproperlyConfigured\b|UndefinedValueError|ValidationError\b.*|MissingSettingError)|environment variable|Field required|DECOUPLE/

/** Characters of a line that are looked at: patterns are slow on what is far longer. */
export const LONGEST = 2000

/**
 * Why an application does not start or answer, by the line that tells of its end.
 * @returns undefined where the line fits no kind
 */
export function causeOf(said: string): Cause | undefined {
  const line = said.slice(-LONGEST)
  return (
    killed(line) ??
    otherPython(line) ??
    missing(line) ??
    denied(line) ??
    database(line) ??
    network(line) ??
    missingPath(line) ??
    ended(line) ??
    setting(line) ??
    noneMet(line)
  )
}

/** An exception of Python at the end of a traceback, or what a program calls an error. */
const EXCEPTION =
  /^(?:[A-Za-z_][\w.]*(?:Error|Exception|Interrupt|Exit|Warning|Configured|NotFound|DoesNotExist)\b|[\w./-]+: (?:fatal |error\b)|(?:fatal |error)[\w ]*:)/i

/** The line of a program's last words that tells why it failed: the last exception, else the last line; '' where it said nothing. */
export function tellingLine(tail: readonly string[]): string {
  const lines = tail.map((line) => line.slice(0, LONGEST).trim()).filter(Boolean)
  return withFields(lines.findLast((line) => EXCEPTION.test(line)) ?? lines.at(-1) ?? '', lines)
}

export const KILLED: Cause = { kind: 'memory', next: 'It was killed, most likely for want of memory: use a runner with more.' }

/** The kernel's end of a process, as Python's subprocess and a container's exit code tell it. */
function killed(line: string): Cause | undefined {
  return /\bended with code (-9|137)\b/.test(line) ? KILLED : undefined
}

/**
 * What left Python and its library, by the words of code that was made for an older one.
 * @see https://docs.python.org/3/whatsnew/3.13.html#pep-594-remove-dead-batteries-from-the-standard-library
 */
const LEFT_PYTHON =
  /No module named '(?:aifc|asynchat|asyncore|audioop|cgi|cgitb|crypt|distutils|imghdr|imp|lib2to3|mailcap|nntplib|pipes|smtpd|sndhdr|telnetlib|xdrlib)'|cannot import name '\w+' from 'collections'|module '(?:asyncio|collections|configparser|inspect|pkgutil)' has no attribute '(?:coroutine|[A-Z]\w+|getargspec|formatargspec)'/

/** What an old typing_extensions ends with, which sets an attribute that is Python's own since 3.13. */
const OLD_TYPING = /'typing\.ParamSpec' objects is not writable/

function otherPython(line: string): Cause | undefined {
  if (!LEFT_PYTHON.test(line) && !OLD_TYPING.test(line)) return undefined
  const next =
    'This was made for an older Python: require a newer version of what asks for it, or set python-version (or parent-image) to that Python.'
  return { kind: 'python', next }
}

/** A program or a library of the system. */
function missing(line: string): Cause | undefined {
  const next = missingHint(line)
  return next === undefined ? undefined : { kind: 'system', next }
}

/** A place beside the packages, of none of them. */
const PACKAGES = /\/(?:site|dist)-packages\/[^/]+$/

function denied(line: string): Cause | undefined {
  const path = DENIED.exec(line)?.[1]
  if (path && PACKAGES.test(path)) {
    const next =
      'A wheel lies among all packages, where nobody may write: set wheel: never, which takes the source to /app, or give it another path.'
    return { kind: 'permission', next }
  }
  if (path) {
    return {
      kind: 'permission',
      next: `The user of the image may not write there. Set writable: ${folderFor(path)}; or give it another path.`,
    }
  }
  if (/unable to open database file/.test(line)) {
    const why = "The database's folder is not there, or the user of the image may not write it"
    return { kind: 'permission', next: `${why}: name it in the input writable, which makes it, or give it another path.` }
  }
  if (!/attempt to write a readonly database/.test(line)) return undefined
  return {
    kind: 'permission',
    next: "The user of the image may not write the database's folder: name it in the input writable, or give it another path.",
  }
}

/** Whose owner the user becomes: the folder that something is written in, but for /app, which is theirs, and those of the system. */
function folderFor(path: string): string {
  const folder = posix.dirname(path)
  return /^\/[^/]*$/.test(folder) || /^\/var\/\w+$/.test(folder) ? path : folder
}

function database(line: string): Cause | undefined {
  if (!DATABASE.test(line)) return undefined
  const tables = /no such table|relation "[^"]*" does not exist/i.test(line)
  const by = /\bdjango\./.test(line)
    ? '"pypackager manage migrate" makes them'
    : 'the project\'s own command ("pypackager run flask db upgrade" or the like) makes them'
  return {
    kind: 'database',
    next: tables
      ? `Its database has no tables yet, as the checks have none: ${by} where it runs.`
      : 'It asks for a database or a service, which the checks have not: where it runs, its address is given as it expects it (env, a service beside it).',
  }
}

/** How resolvers, sockets and HTTP clients say that there is no network. @see https://man7.org/linux/man-pages/man3/gai_strerror.3.html */
const NETWORK =
  /Temporary failure in name resolution|Name or service not known|Network is unreachable|No address associated with hostname|nodename nor servname|(?:URLError|ConnectError|ConnectTimeout|ClientConnectorError|MaxRetryError|requests\.exceptions\.ConnectionError)\b/

function network(line: string): Cause | undefined {
  if (!NETWORK.test(line)) return undefined
  return {
    kind: 'network',
    next: 'It asks for the network, which builds and checks have not: let it ask when a request comes, or take what it needs into the source.',
  }
}

function ended(line: string): Cause | undefined {
  if (/ends the program when it is imported \(exit code [1-9]\d{0,2}\): ./.test(line))
    return { kind: 'setting', next: 'It ends itself, and says why: give it what it wants by the input env, or by a file that is mounted.' }
  if (!/ends the program when it is imported|^SystemExit\b/.test(line)) return undefined
  return { kind: 'end', next: 'Let what ends it (sys.exit, main()) stand below if __name__ == "__main__": or in a function.' }
}

/** What programs make when they are not there: it is their folder that lacks. */
const WRITTEN = /\/.*\.(log|pid|lock|db|sqlite3?|sock)$|^\/var\/(log|run|lib|cache)\/./

function missingPath(line: string): Cause | undefined {
  const told = NOT_FOUND.exec(line) ?? /Directory ['"]([^'"]+)['"] does not exist/.exec(line)
  if (told === null) return missingFolder(line)
  const path = told[1] ?? ''
  if (WRITTEN.test(path)) {
    return {
      kind: 'path',
      next: `The folder of ${path} is not in the image: name it in the input writable, which makes it, or give it another path.`,
    }
  }
  return {
    kind: 'path',
    next: `${path} is not in the image: mount it where it runs, or put it into the source and name it by the module's own file.`,
  }
}

/** How programs say it that look before they open: `path for the datastore '/app/../data' does not exist`. */
const NO_FOLDER = /\b(?:dir|director(?:y|ies)|folder|path)\b.{0,80}?['"`]?(\.{0,2}\/[\w./-]{0,300}\w)['"`]? (?:does not|doesn't) exist/i

function missingFolder(line: string): Cause | undefined {
  const told = NO_FOLDER.exec(line)?.[1]
  if (told === undefined) return undefined
  const path = posix.resolve('/app', told)
  return {
    kind: 'path',
    next: `${path} is not in the image. Set writable: ${path}, which makes it; what must outlive the container is a volume there.`,
  }
}

function setting(line: string): Cause | undefined {
  if (line.includes('DJANGO_SETTINGS_MODULE')) {
    return { kind: 'setting', next: 'Nothing names the settings of Django: set DJANGO_SETTINGS_MODULE in the input image-env.' }
  }
  // Pydantic names all at once, in the middle of what may be cut where it is shown.
  const names = [...new Set([...line.matchAll(/\b([A-Za-z]\w{1,60}) Field required/g)].map((match) => match[1] ?? ''))]
  if (names.length > 1)
    return { kind: 'setting', next: `It wants the settings ${listed(names, 12)}: give the checks each by the input env.` }
  return SETTING.test(line) ? { kind: 'setting', next: 'It wants a setting: give the checks one by the input env.' } : undefined
}

/** What an unset variable leads to: `'NoneType' object has no attribute 'split'`, `expected str, got None`. */
function noneMet(line: string): Cause | undefined {
  if (!/\b(NoneType|got None|not None)\b/.test(line)) return undefined
  return { kind: 'none-met', next: 'Something is None, as what nobody sets: give the checks the settings that it needs by the input env.' }
}
