import { usesFramework, type WebApp } from '../../project/application/web-app.ts'
import { normalizeName } from '../../project/names.ts'
import type { Advice } from './command-advice.ts'
import type { StartElsewhere } from './dockerfile-start.ts'
import { type ExtraPackages, giftAdvice, type ServerGift, serverGift } from './server-gift.ts'
import { bringsServer, lateModules, serve } from './servers.ts'
import { startPlace } from './start-place.ts'

/** How the release image starts, and where that comes from. */
export interface StartCommand {
  readonly argv: readonly string[]
  readonly from: string
  /** Modules that the command imports; the trial imports them too. */
  readonly modules: readonly string[]
  /** Modules that its server imports when it starts, as far as they are there. */
  readonly late: readonly string[]
  /** The folder that it works in, absolute. */
  readonly folder: string
  /** Folders that its modules are imported from beside what the image says, absolute. */
  readonly paths: readonly string[]
  /** It is a console script of a project without a web framework or a server, and nobody named it: a command line tool. */
  readonly tool?: true
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
  /** Modules of console scripts that start a server by themselves. */
  readonly serving?: readonly string[]
  /** The folder of the source that the applications are imported from, where it is not the project's: `src/`. */
  readonly root?: string
  /** What may have been meant where nothing is found. */
  readonly advice?: Advice | undefined
  /** What its own Dockerfile starts it by. */
  readonly elsewhere?: StartElsewhere | undefined
  /** Of the project, with what they bring. */
  readonly extras?: readonly ExtraPackages[]
}

/** An application that nothing serves, and what would. */
export interface Unserved {
  readonly module: string
  readonly gift: ServerGift
}

/** The start command, or why there is none. */
export type Start =
  | {
      readonly command: StartCommand
      readonly why?: undefined
      readonly next?: undefined
      readonly advice?: undefined
      readonly unserved?: undefined
      readonly notice?: string
    }
  | {
      readonly command: undefined
      readonly why: string
      readonly next: string
      /** The command that may have been meant. */
      readonly advice?: string
      readonly unserved?: Unserved
    }

/**
 * The start command: what the user wrote, else the web application served by a server that is really among
 * the packages, else the console script. No guess, no REPL, nothing that changes a database.
 */
export function planStart(facts: StartFacts): Start {
  const { written, apps, locked, extras = [] } = facts
  if (written) {
    const words = typeof written.line === 'string' ? written.line.split(/\s+/) : written.line
    const modules = [...servedModules(words), ...(apps[0]?.framework === 'Django' ? [apps[0].module] : [])]
    const argv = typeof written.line === 'string' ? shellCommand(written.line) : written.line
    const late = lateModules(startPlace(argv).steps.at(-1)?.words ?? [])
    return { command: placed({ argv, from: written.from, modules: [...new Set(modules)], late }) }
  }
  const django = apps[0]?.framework === 'Django'
  const candidates = django ? apps : apps.slice(0, 1)
  if (!django && apps.length > 1) {
    if (facts.elsewhere?.fits) return fromDockerfile(facts.elsewhere, { facts })
    const names = apps.map(({ module, object }) => `${module}:${object}`)
    const next = 'Name the one that is meant in the input command.'
    return none(`there are several web applications (${names.slice(0, 4).join(', ')})`, next, facts.elsewhere)
  }
  for (const app of candidates) {
    const served = serve(app, locked)
    if (!served) continue
    const from = `${app.module}${app.object === 'application' ? '' : `:${app.object}`} and ${served.server}`
    const command = { argv: shellCommand(served.line), from, modules: [app.module], late: lateModules(served.line.split(' ')) }
    const [meant] = candidates
    const passed =
      meant?.kind === 'asgi' && app.kind === 'wsgi' ? `${meant.module}:${meant.object} comes first in the settings (ASGI_APPLICATION)` : ''
    const notice = passed && `${passed}, and nothing that serves it is among the dependencies: ${app.module} is served instead.`
    const add = meant && giftAdvice(serverGift(meant.kind, extras), meant.kind)
    return { command: placed(command, facts.root), ...(notice && { notice: `${notice} ${add}` }) }
  }
  return startWithoutServer(facts, candidates[0])
}

/** What starts a project whose application nothing among the packages serves, or which has none. */
function startWithoutServer(facts: StartFacts, app: WebApp | undefined): Start {
  const { locked, elsewhere, advice } = facts
  const django = app?.framework === 'Django'
  const script = django ? undefined : consoleScript(facts)
  const tool = !usesFramework(locked) && !bringsServer(locked)
  const unserved = app && `nothing that serves ${app.module}:${app.object} is among the dependencies`
  const gift = app && serverGift(app.kind, facts.extras ?? [])
  const add = app && gift && giftAdvice(gift, app.kind)
  if (elsewhere?.fits && !django && !(script && tool))
    return fromDockerfile(elsewhere, { facts, unserved: unserved && `${unserved}. ${add}` })
  if (script) {
    const from = `the console script ${script}${besides(facts, script)}`
    const command = placed({ argv: [script], from, modules: [], late: [], ...(tool && { tool }) })
    const meant = `The console script ${script} starts the image, as ${unserved}. If that should be served: ${add?.replace(/^S/, 's')}`
    const serves = facts.serving?.includes(facts.scripts[script]?.split(':')[0] ?? '') // what it serves may not be the bare application
    return { command, ...(unserved && !serves && { notice: meant }) }
  }
  if (unserved && add)
    return { ...none(unserved, django ? add : orByItself(add, advice), elsewhere), unserved: { module: app.module, gift } }
  if (advice) {
    const next = `If that is what should run, set the input command to: ${advice.command}`
    return { ...none(`no web application was found; ${advice.is}`, next), advice: advice.command }
  }
  const scripts = Object.keys(facts.scripts)
  return none(
    scripts.length > 1
      ? `no web application was found, and of the console scripts ${scripts.slice(0, 4).join(', ')} none is named like the project`
      : 'neither a web application nor a console script was found',
    usesFramework(locked) ? NAME_IT : GIVE_ONE,
    elsewhere,
  )
}

/** What the Dockerfile says is taken as it is. @param unserved why nothing better is */
function fromDockerfile(
  { line }: StartElsewhere,
  { facts, unserved }: { readonly facts: StartFacts; readonly unserved?: string | undefined },
): Start {
  const words = line.split(/\s+/)
  const [program = ''] = words
  const tool = Object.hasOwn(facts.scripts, program) && !usesFramework(facts.locked) && !bringsServer(facts.locked)
  if (tool) return { command: placed({ argv: words, from: 'its Dockerfile', modules: [], late: [], tool }) }
  const command = placed({ argv: shellCommand(line), from: 'its Dockerfile', modules: servedModules(words), late: lateModules(words) })
  return { command, ...(unserved && { notice: `The command of its Dockerfile starts the image, as ${unserved}` }) }
}

/** A script may serve the application with a server that it makes. */
function orByItself(add: string, advice: Advice | undefined): string {
  return advice?.serves
    ? `If ${advice.command.split(' ').at(-1)} serves it, set the input command to: ${advice.command}. Else: ${add}`
    : add
}

const NAME_IT = 'If the source makes an application in another way, name it in the input command, such as gunicorn shop.web:app.'
const GIVE_ONE = 'The input command or a Procfile with a web: line gives it one.'

/** @param elsewhere named too: it has what the image has not, or steps before the start */
function none(why: string, next = GIVE_ONE, elsewhere?: StartElsewhere) {
  const other = elsewhere ? ` Its Dockerfile starts it by: ${elsewhere.line.slice(0, LONGEST_SHOWN)}` : ''
  return { command: undefined, why, next: `${next}${other}` } as const
}

/** Characters of a command that a sentence shows. */
const LONGEST_SHOWN = 200

function placed(command: Omit<StartCommand, 'folder' | 'paths'>, root = ''): StartCommand {
  const { folder, paths } = startPlace(command.argv)
  return { ...command, folder, paths: [...new Set([...paths, ...(root === '' ? [] : [`/app/${root.replace(/\/$/, '')}`])])] }
}

/** The only console script, or the one that is named like the project; one that does manage.py's work starts nothing. */
function consoleScript({ scripts, name, management }: StartFacts): string | undefined {
  const names = Object.entries(scripts)
    .filter(([, calls]) => !management.includes(calls.split(':')[0] ?? ''))
    .map(([script]) => script)
  return names.find((script) => normalizeName(script) === normalizeName(name)) ?? (names.length === 1 ? names[0] : undefined)
}

/** The other scripts, as another one may be what users call. */
function besides({ scripts }: StartFacts, script: string): string {
  const others = Object.keys(scripts).filter((name) => name !== script)
  return others.length > 0 ? ` (beside ${[...others.slice(0, 4), ...(others.length > 4 ? ['more'] : [])].join(', ')})` : ''
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
