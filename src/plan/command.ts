import { UserError } from '../errors.ts'
import { normalizeName } from '../project/names.ts'
import type { WebApp } from '../project/web-app.ts'
import { lateModules, serve, serversOf } from './servers.ts'

/** How the release image starts, and where that comes from. */
export interface StartCommand {
  readonly argv: readonly string[]
  readonly from: string
  /** Modules that the command imports; the trial imports them too. */
  readonly modules: readonly string[]
  /** Modules that its server imports when it starts, as far as they are there. */
  readonly late: readonly string[]
}

/** A start command as the user writes it: a line of a shell, or its arguments. */
export interface Written {
  readonly line: string | readonly string[]
  readonly from: string
}

export interface StartFacts {
  readonly written: Written | undefined
  /** The project's name. */
  readonly name: string
  /** Names of the locked packages, normalised. */
  readonly locked: readonly string[]
  /** Applications in the project's modules, the preferred one first. */
  readonly apps: readonly WebApp[]
  /** Of the project's wheel: name → what it calls. */
  readonly scripts: Readonly<Record<string, string>>
  /** Modules of the project that run Django's management commands. */
  readonly management: readonly string[]
}

/** The start command, or why there is none. */
export type Start = { readonly command: StartCommand; readonly why?: undefined } | { readonly command: undefined; readonly why: string }

/**
 * The start command: what the user wrote, else the web application served by a server that is really among
 * the packages, else the console script. No guess, no REPL, nothing that changes a database.
 */
export function planStart(facts: StartFacts): Start {
  const { written, apps, locked } = facts
  if (written) {
    const words = typeof written.line === 'string' ? written.line.split(/\s+/) : written.line
    const modules = [...servedModules(words), ...(apps[0]?.framework === 'Django' ? [apps[0].module] : [])]
    const argv = typeof written.line === 'string' ? shellCommand(written.line) : written.line
    return { command: { argv, from: written.from, modules: [...new Set(modules)], late: lateModules(words) } }
  }
  const django = apps[0]?.framework === 'Django'
  const candidates = django ? apps : apps.slice(0, 1)
  if (!django && apps.length > 1) {
    const names = apps.map(({ module, object }) => `${module}:${object}`)
    return none(`there are several web applications (${names.slice(0, 4).join(', ')})`)
  }
  for (const app of candidates) {
    const served = serve(app, locked)
    if (!served) continue
    const from = `${app.module}${app.object === 'application' ? '' : `:${app.object}`} and ${served.server}`
    return { command: { argv: shellCommand(served.line), from, modules: [app.module], late: lateModules(served.line.split(' ')) } }
  }
  const script = consoleScript(facts)
  const [app] = candidates
  if (script && !django) return { command: { argv: [script], from: `the console script ${script}`, modules: [], late: [] } }
  if (app) return none(`nothing that serves ${app.module}:${app.object} is among the dependencies (${serversOf(app.kind).join(', ')})`)
  const scripts = Object.keys(facts.scripts)
  return none(
    scripts.length > 1
      ? `there is no web application, and of the console scripts ${scripts.slice(0, 4).join(', ')} none is named like the project`
      : 'there is neither a web application nor a console script',
  )
}

function none(why: string): Start {
  return { command: undefined, why }
}

/** The only console script, or the one that is named like the project; one that does manage.py's work starts nothing. */
function consoleScript({ scripts, name, management }: StartFacts): string | undefined {
  const names = Object.entries(scripts)
    .filter(([, calls]) => !management.includes(calls.split(':')[0] ?? ''))
    .map(([script]) => script)
  return names.find((script) => normalizeName(script) === normalizeName(name)) ?? (names.length === 1 ? names[0] : undefined)
}

/**
 * The input `command`: a JSON list of words, or a line of a shell.
 * @throws UserError for a list that is none
 */
export function readCommand(text: string): string | readonly string[] {
  if (!text.startsWith('[')) return text
  try {
    const words: unknown = JSON.parse(text)
    if (Array.isArray(words) && words.length > 0 && words.every((word) => typeof word === 'string') && words[0] !== '') return words
  } catch {}
  throw new UserError(
    'inputs',
    `command begins like a JSON list and is none: ${text.slice(0, 60)}`,
    'Write it as ["gunicorn", "shop.web:app"], or as a line of a shell.',
  )
}

/** Modules that words name as servers do, e.g. `shop.web` in `gunicorn shop.web:app`. */
function servedModules(words: readonly string[]): readonly string[] {
  return words.flatMap((word) => /^["']?([A-Za-z_]\w*(?:\.\w+)*):[A-Za-z_]\w*(?:\(\))?["']?$/.exec(word)?.[1] ?? [])
}

/** Variables that a line sets for its command: `A=1 B="x y" `. */
const ASSIGNMENTS = /^(?:[A-Za-z_]\w*=(?:"[^"]*"|'[^']*'|[^\s"'])*\s+)*/

/** A shell expands variables; exec makes the application PID 1, except where the line is a list of commands. */
function shellCommand(line: string): readonly string[] {
  return ['sh', '-c', /[;&|\n]|^(exec|cd|export)\b/.test(line) ? line : line.replace(ASSIGNMENTS, (assignments) => `${assignments}exec `)]
}
