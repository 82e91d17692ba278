import { bringsServer, callsServer, serverOf } from '../../plan/start/servers.ts'
import { TAKE_SOURCE } from '../../plan/start/start-place.ts'
import { missingHint } from '../../plan/wheels/system-packages.ts'
import { normalizeName } from '../../project/names.ts'
import { listed } from '../../text/words.ts'
import { causeOf, KILLED, LONGEST } from '../causes/failure-causes.ts'
import { mend } from '../causes/import-fault.ts'
import type { Routes } from '../causes/missing-routes.ts'
import { type Check, failed, passed, undone } from './check.ts'

/** A container whose program has ended by itself. */
export interface Ended {
  readonly kind: 'ended'
  readonly code: number
  /** Of what it said the line that tells why; '' where there is none. */
  readonly lastLine: string
  /** It printed how it is called. */
  readonly usage?: boolean
  /** Of its own commands there the one that is called like what serves. */
  readonly serving?: string | undefined
  /** A file of configuration that it says it did not find. */
  readonly sought?: string | undefined
}

/** What is known of a start beside how it went. */
export interface EndFacts {
  /** Its words. */
  readonly command: readonly string[]
  /** Paths of the project's source where a wheel holds its packages alone; none where the source is in the image. */
  readonly besideWheel: readonly string[]
  /** Paths that the project's wheel has in the image, below the folder of packages. */
  readonly held?: readonly string[]
  /** The folder of the project's only package in the image, where a wheel put it. */
  readonly home?: string | undefined
  /** What was found of files that the image lacks: it knows the line that puts them there. */
  readonly content?: Check | undefined
  /** It is a command line tool. */
  readonly tool?: boolean
  /** A web framework or a server is among the packages. */
  readonly web?: boolean
  /** Names of what is installed for the image's Python, normalised. */
  readonly installed?: readonly string[]
  /** Variables that its line uses, and that nobody sets. */
  readonly unset?: readonly string[]
  /** Asked where `/` is not found. */
  readonly routes?: Routes | undefined
  /** The option of its program that takes an address. */
  readonly hostOption?: string | undefined
  /** Names of the project's console scripts. */
  readonly scripts?: readonly string[]
}

/** Where nothing better is known. */
export const LOOK = 'Run the image and look; what it needs to start can be given by the input env.'

/** An end without a fault: that of a job is well, that of a server is none. */
function endedWell({ command, tool, web }: EndFacts): Check {
  if (callsServer(command.join(' ').slice(0, LONGEST))) {
    const next = 'Let it stay in the foreground (no --daemon): a container ends with the program that it starts.'
    return failed('start', 'the start command ended with code 0, and a server does not end: nothing listens', { next, level: 'error' })
  }
  if (!web || tool) return { ...passed('start', 'the start command ran and ended well'), ended: true }
  return undone('start', 'start command', { why: 'it ended at once with code 0, and nothing listens', next: SERVES_NOTHING })
}

const SERVES_NOTHING = 'A job may end so. If it should serve: nothing in it starts a server, or that goes to the background.'

export function endedCheck(ended: Ended, facts: EndFacts): Check {
  const check = endOf(ended, facts)
  const { sought } = ended
  if (sought === undefined || check.state !== 'failed') return check
  return {
    ...check,
    next: `${check.next} It looked for ${sought}, which is not there: a volume brings it (-v FOLDER:${sought.slice(0, sought.lastIndexOf('/'))}).`,
  }
}

function endOf({ code, lastLine, usage, serving }: Ended, facts: EndFacts): Check {
  if (usage && facts.tool) {
    const why = `without arguments ${facts.command.at(-1)} prints a help text and ends with code ${code}, as a command line tool does`
    return undone('start', 'start command', why)
  }
  const asks = asksFor({ code, lastLine, usage: usage === true }, facts)
  if (asks !== undefined) return { ...asksForMore(lastLine, code, asks), asks, next: GIVE_ARGUMENTS }
  if (usage && !tellsWhy(lastLine)) {
    const next =
      servingAdvice(serving, facts) ??
      `${facts.web ? withServer(facts.installed ?? []) : ''}Let the input command (or the web: line of a Procfile) be what should run, with its arguments.`
    return failed('start', `the start command prints a help text and ends with code ${code}: it starts nothing`, next)
  }
  if (code === 0 && !(lastLine && facts.web)) return endedWell(facts)
  if (facts.tool && code < KILLED_BY && !RAISED.test(lastLine)) return asksForMore(lastLine, code, facts.command.at(-1) ?? '')
  return endCheck(
    `the start command ended with code ${code}${code === 0 ? ', and it said' : ''}: ${lastLine || 'it said nothing'}`,
    facts,
    { said: lastLine, code },
  )
}

/** A program with a command of its own that serves is more often meant than another server. */
function servingAdvice(serving: string | undefined, { command }: EndFacts): string | undefined {
  const line = command.join(' ').replace('/usr/local/bin/entrypoint ', '')
  if (serving === undefined || !/^[\w./-]+$/.test(line)) return undefined
  return `Its help names ${serving}, which may be what serves. Set command: ${line} ${serving}`
}

/** Codes of a shell from here on: not executable, not found, ended by a signal. */
const KILLED_BY = 126
/** The last line of a traceback, or of what could not be loaded; `Error: ` alone is how click begins. */
const RAISED =
  /^(?!Error: )[\w.]*(Error|Exception|ImproperlyConfigured|NotFound|DoesNotExist)\b|cannot open shared object|No such file or directory|not found/

const GIVE_ARGUMENTS = 'Give it those when it is run; or let the input command be that program with its arguments.'

/** How programs ask for an argument, by argparse, click and in words of their own. */
const ARGUMENT =
  /\b(?:missing|requires?|needs?|no|specify|provide|supply|expected)\b.{0,40}\b(?:argument|option|parameter|file|filename|path|url|target|directory|folder)s?\b|\barguments?\b.{0,100}\brequired/i
/** What is not answered by an argument. */
const NO_ARGUMENT = /environment|variable|setting|config|credential|token|secret|\b[A-Z]{2,}_[A-Z]|no such|not found|cannot|can't|unable/i

/** The console script that ends as nobody gave it arguments: beside a web framework too, a program may be a tool. */
function asksFor(
  { code, lastLine, usage }: Pick<Ended, 'code' | 'lastLine'> & { readonly usage: boolean },
  { command, scripts = [] }: EndFacts,
): string | undefined {
  const words = command
    .join(' ')
    .replace('/usr/local/bin/entrypoint ', '')
    .replace(/^sh -c /, '')
    .replace(/^exec /, '')
    .split(' ')
  const [script = '', ...more] = words
  if (code === 0 || code >= KILLED_BY || more.length > 0 || !scripts.includes(script) || RAISED.test(lastLine)) return undefined
  const asked = ARGUMENT.test(lastLine) || (usage && tellsWhy(lastLine))
  return asked && !NO_ARGUMENT.test(lastLine) ? script : undefined
}

/** A command line tool that says what it wants: the checks give it no arguments. */
function asksForMore(line: string, code: number, program: string): Check {
  return undone('start', 'start command', `without arguments ${program} ends with code ${code}: ${line || 'it said nothing'}`)
}

/** What a web application takes whose packages have no server: that is more often meant than another command. */
function withServer(installed: readonly string[]): string {
  if (bringsServer(installed)) return ''
  const server = ['fastapi', 'starlette', 'litestar', 'quart'].some((name) => installed.includes(name)) ? 'uvicorn' : 'gunicorn'
  return `No server is among its packages. If it should serve, set packages: ${server}. Else: `
}

/** What is wrong with its arguments, and more than that there are none: argparse and click tell it below how the program is called. */
function tellsWhy(line: string): boolean {
  return /(^|: )error: /i.test(line) && !/missing (command|argument)|arguments are required|too few arguments/i.test(line)
}

/** An end that is the same wherever the image runs is an error; another may be for want of what the checks do not have. */
export function endCheck(text: string, facts: EndFacts, { said, code }: { readonly said: string; readonly code?: number }): Check {
  const line = said.slice(-LONGEST)
  const certain =
    otherPython(line, facts) ??
    notThere(line, facts) ??
    leftBehindAdvice(line, facts) ??
    missingHint(line) ??
    noAddress(line) ??
    (/PackageNotFoundError: /.test(line) ? mend(line) : undefined) ??
    broken(line)
  const cause = causeOf(line) ?? (code === 137 ? KILLED : undefined)
  if (certain) return failed('start', text, { next: certain, level: 'error', said, cause: cause?.kind })
  const next = unsetAdvice(facts) ?? cause?.next ?? LOOK
  return failed('start', text, { next, level: code === 126 || code === 127 ? 'error' : 'warning', said, cause: cause?.kind })
}

function unsetAdvice({ unset = [] }: EndFacts): string | undefined {
  const [name] = unset
  if (name === undefined) return undefined
  const all = listed(unset.map((one) => `$${one}`))
  return `Its line uses ${all}, which nobody sets: give it by the input image-env, or write a default such as \${${name}:-${name.includes('PORT') ? 8000 : 1}}.`
}

/** A module that is installed, and not found: a first line or a path leads past the image's environment. */
function otherPython(line: string, { installed = [] }: EndFacts): string | undefined {
  const [, module = ''] = /^ModuleNotFoundError: No module named '(\w+)'/.exec(line) ?? []
  if (module === '' || !installed.includes(normalizeName(module))) return undefined
  return `${module} is installed for /appenv/bin/python, and another Python was started: begin the script with #!/usr/bin/env python3, or start it by python.`
}

/** How shells, env and the engine say that a program could not be started. @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_08_02 */
const PROGRAM =
  /(?:\bexec:? |: )["'‘]?([^\s"'‘’:]+)["'’]?: (?:stat [^:]*: )?(?:executable file )?(not found|no such file or directory|permission denied|exec format error)/i
const FOLDER = /\bcd: (?:can't cd to ([^\s:]+)|([^\s:]+): No such file)|can't chdir to '([^']+)'/i
const MODULE = /No module named '?([\w.]+)|Could not import module "([\w.]+)"/

/** What the start command names and the image does not have, and what to do; undefined for other ends. */
function notThere(line: string, { command, besideWheel }: EndFacts): string | undefined {
  const words = command.join(' ')
  const [, ...folders] = FOLDER.exec(line) ?? []
  const folder = folders.find(Boolean)
  if (folder) return `The folder ${folder} is not in the image: leave it out of the command, or ${TAKE_SOURCE}.`
  const [, program = '', fault = ''] = PROGRAM.exec(line) ?? []
  if (program && words.includes(program)) {
    if (/denied/i.test(fault)) return `${program} may not be executed: give it chmod +x in the source, or start it by sh.`
    if (/format/i.test(fault)) return `${program} is no program: give it a first line such as #!/bin/sh, or start it by sh.`
    const [server] = serverOf(program)?.packages ?? []
    if (server)
      return `${program} is not in the image. Set packages: ${server}; or add it to the dependencies, or set extras to the one that brings it.`
    if (!program.includes('/'))
      return `${program} is not in the image: add what brings it to the dependencies (or its Debian package to the input runtime-packages), or set the input command.`
    return `${program} is not in the image, or the program of its first line is not: that line may end with CR (save it with LF).`
  }
  const file = /can't open file '([^']+)'/.exec(line)?.[1]
  if (file) return `${file} is not in the image: put it into the project's package, ${TAKE_SOURCE}, or set the input command.`
  const [, required, module = required] = MODULE.exec(line) ?? []
  if (!module) return undefined
  // `shop.web` of `gunicorn shop.web:app` is missing where `shop` is.
  const named = words.split(/[\s"'=:]+/).some((word) => word === module || word.startsWith(`${module}.`))
  if (!named) return undefined
  const own = sourceOf(module, besideWheel)
  if (own) return `${own} is in the source and not in the wheel: let the wheel have it, or ${TAKE_SOURCE}.`
  return `${module} is not in the image: name a module that the project's package has, or add what brings it.`
}

function sourceOf(module: string, source: readonly string[]): string | undefined {
  const inside = module.replaceAll('.', '/')
  return source.find((file) => file === `${inside}.py` || file === `${inside}/__init__.py`)
}

/** Ends that come of the code itself, whatever it is given. Settings may be named by a variable, where it runs. */
export function broken(line: string): string | undefined {
  const [, , module] = /^(ModuleNotFoundError: )No module named '([\w.]+)'/.exec(line) ?? []
  if (module !== undefined) return /(^|[._])(settings|local)/.test(module) ? undefined : mend(line)
  if (/^ImportError: cannot import name '\w+' from '\w+[\w.]*' \([^()]*\/(?:site|dist)-packages\//.test(line)) return mend(line)
  const code =
    /^(ImportError: cannot import name|SyntaxError|IndentationError|TabError|NameError)|Failed to find attribute '|Failed to parse '[^']*' as an attribute|Attribute "[^"]*" not found in module/
  return code.test(line) ? 'Correct that in the source, or in the start command.' : undefined
}

const NAMED_FILE =
  /No such file or directory: b?['"]([^'"]+)['"]|Directory ['"]([^'"]+)['"] does not exist|(?:TemplateNotFound|TemplateDoesNotExist): ['"]?([^'"\s]+)/

/** How gunicorn and asyncio's servers say that a container has no such address: Docker's have no IPv6 by default. */
const NO_ADDRESS =
  /Can't connect to \('(?!0\.0\.0\.0'|::'|')[^']+', \d+\)|attempting to bind on address \('(?!0\.0\.0\.0'|::')[^)]+\): (?:\[errno 99\] )?cannot assign/i

function noAddress(line: string): string | undefined {
  return NO_ADDRESS.test(line) ? 'A container does not have that address: bind 0.0.0.0.' : undefined
}

/** How servers and tools miss the file that they are given: gunicorn, uWSGI, supervisord, alembic. */
const CONFIGURATION =
  /(?:^|[\s'"`(])((?:[\w.-]+\/)*[\w.-]+\.\w+)['"`)]? (?:doesn't exist|does not exist|not found|failed: No such file)|(?:config file|configuration file:?) ['"]?((?:[\w.-]+\/)*[\w.-]+\.\w+)/i

function namedFile(line: string): string | undefined {
  const [, before, after] = CONFIGURATION.exec(line) ?? []
  return before ?? after
}

/** A file or folder of the source that the application asks for in vain, as its wheel does not hold it; undefined where the line names none. */
export function leftBehind(said: string, { besideWheel }: Pick<EndFacts, 'besideWheel'>): string | undefined {
  const line = said.slice(-LONGEST)
  const [, file, folder, template] = NAMED_FILE.exec(line) ?? []
  const asked = (file ?? folder ?? template ?? namedFile(line))?.replace(/^.*\/(site|dist)-packages\//, '').replace(/^(\/app\/|\.\/)/, '')
  if (!asked || asked.startsWith('/')) return undefined
  if (template !== undefined) return besideWheel.find((one) => one === asked || one.endsWith(`/${asked}`))
  const there = (one: string) =>
    one === asked || [`${asked}/`, `src/${asked}/`].some((at) => one.startsWith(at)) || one.endsWith(`/${asked}`)
  return besideWheel.some(there) ? asked : undefined
}

/** What to do about such a file, where the line names one. */
export function leftBehindAdvice(line: string, facts: EndFacts): string | undefined {
  const left = leftBehind(line, facts)
  if (left === undefined) return undefined
  const { content, held = [] } = facts
  if (left.includes('/') && held.some((one) => one === left || one.startsWith(`${left}/`)))
    return `${left} lies in its package, and is looked for where it starts: name it by the module's own file, or ${TAKE_SOURCE}.`
  if (content?.files?.some((file) => `/${file}/`.includes(`/${left}/`)))
    return `${left} is in the source and not in the wheel. ${content.next}`
  return `${left} is in the source and not in the wheel, which holds packages alone: move it into a package, named by its module's file, or ${TAKE_SOURCE}.`
}
