import { atMargin, code } from '../../project/application/module-code.ts'
import type { Process } from '../../project/application/procfile.ts'
import type { ModuleText, WebApp } from '../../project/application/web-app.ts'
import { normalizeName } from '../../project/names.ts'
import { serve } from './servers.ts'

/** What a project has where no start command is found. */
export interface AdviceFacts {
  /** Names of the locked packages, normalised. */
  readonly locked: readonly string[]
  /** Of the Procfile, but for `web:`. */
  readonly processes: readonly Process[]
  /** Its modules by name, those that may start something with their texts. */
  readonly modules: readonly ModuleText[]
  /** Its source is in /app. */
  readonly sourceOnly: boolean
  /** The project's name, normalised. */
  readonly name?: string
}

/** What a project seems to be, and the command that would start it. */
export interface Advice {
  readonly is: string
  readonly command: string
  /** It may serve an application by itself: a script that calls no server of a developer. */
  readonly serves?: true
}

const MAIN = /^if[ \t]+__name__[ \t]*==[ \t]*["']__main__["']/m
const STREAMLIT = /^[ \t]*(?:import|from)[ \t]+streamlit\b/m
const FIRST = ['streamlit_app.py', 'app.py', 'main.py', 'Home.py']

/** Applications of frameworks that are not found by themselves, by what makes them. */
interface Other {
  readonly framework: string
  readonly requires: string
  readonly kind: WebApp['kind']
  readonly made: string
  /** Where it is served in a way of its own, which needs no other package than `by`. */
  readonly own?: { readonly by: string; readonly line: (target: string) => string }
}

const OTHERS: readonly Other[] = [
  { framework: 'Pyramid', requires: 'pyramid', kind: 'wsgi', made: String.raw`\w+\.make_wsgi_app` },
  { framework: 'BlackSheep', requires: 'blacksheep', kind: 'asgi', made: 'Application' },
  { framework: 'Connexion', requires: 'connexion', kind: 'asgi', made: String.raw`(?:connexion\.)?(?:App|FlaskApp|AsyncApp)` },
  {
    framework: 'Sanic',
    requires: 'sanic',
    kind: 'asgi',
    made: String.raw`(?:sanic\.)?Sanic`,
    own: { by: 'sanic', line: (target) => `sanic ${target} --host 0.0.0.0 --port $PORT` },
  },
  {
    framework: 'aiohttp',
    requires: 'aiohttp',
    kind: 'asgi',
    made: String.raw`(?:aiohttp\.)?web\.Application`,
    own: { by: 'gunicorn', line: (target) => `gunicorn --bind 0.0.0.0:$PORT --worker-class aiohttp.GunicornWebWorker ${target}` },
  },
]

/** The only one of another framework, where a server that speaks its protocol is there. */
function otherApp(modules: readonly ModuleText[], locked: readonly string[]): Advice | undefined {
  const found = OTHERS.filter(({ requires }) => locked.includes(requires)).flatMap((other) =>
    modules.flatMap(({ name: module, text }) => {
      const pattern = new RegExp(`^([A-Za-z_]\\w{0,60})[ \\t]*(?::[^=\\n]{1,80})?=[ \\t]*${other.made}\\(`, 'gm')
      return [...atMargin(code(text)).matchAll(pattern)].map(([, object = '']) => ({ module, object, other }))
    }),
  )
  const [app] = found
  if (!app || found.length > 1) return undefined
  const { module, object, other } = app
  const { kind, framework, own } = other
  const line = own
    ? locked.includes(own.by) && own.line(`${module}:${object}`)
    : serve({ module, object, kind, factory: false, framework }, locked)?.line
  return line ? { is: `${module}:${object} is of ${framework}`, command: line } : undefined
}

/**
 * The command that somebody may have meant, where nothing says so outright: it is named, and never taken.
 * @see https://docs.streamlit.io/develop/api-reference/cli/run
 */
export function commandAdvice({ locked, processes, modules, sourceOnly, name = '' }: AdviceFacts): Advice | undefined {
  const [process] = processes.filter(({ name }) => name !== 'release')
  if (process) return { is: `the Procfile has no web: line, and one of ${process.name}`, command: process.line }
  const other = otherApp(modules, locked)
  if (other) return other
  const page = locked.includes('streamlit') && sourceOnly ? streamlitPage(modules) : undefined
  if (page) return { is: `${page} is of Streamlit`, command: `streamlit run ${page} --server.address 0.0.0.0 --server.port $PORT` }
  const named = sourceOnly ? modules.find(({ file, text }) => isNamed(file, name) && MAIN.test(text)) : undefined
  if (named) return ofScript(named)
  const mains = modules.flatMap(({ name }) => /^(.+)\.__main__$/.exec(name)?.[1] ?? [])
  const [main] = [...mains].sort((a, b) => a.split('.').length - b.split('.').length)
  if (main) return { is: `${main} is a package that can be run`, command: `python -m ${main}` }
  const script = sourceOnly ? onlyScript(modules.filter(({ file }) => !NO_SCRIPT.test(file))) : undefined
  return script && ofScript(script)
}

/** A script at the top that is called like the project. */
function isNamed(file: string, name: string): boolean {
  return !file.includes('/') && normalizeName(file.replace(/\.py$/, '')) === name
}

function ofScript({ file, text }: ModuleText): Advice {
  const serves = !/\.run(?:_server)?\(/.test(text)
  return { is: `${file} is a script`, command: `python ${file}`, ...(serves && { serves }) }
}

const NO_SCRIPT = /(^|\/)(manage|setup|conftest|test_[^/]*|[^/]*_test)\.py$|(^|\/)(tests?|docs?|examples?|scripts?|tools?|utils?)\//
/** What a script does by itself: `bot.run(TOKEN)`. */
const CALLS = /^[A-Za-z_][\w.]*\(/m
/** How the script is called that begins, where there are several. */
const BEGINS = /^(main|app|bot|run)\.py$/

/**
 * The script that a project of a few files starts by: at the top the one that says it is a program, or is alone or called so; else
 * the only program below.
 */
function onlyScript(modules: readonly ModuleText[]): ModuleText | undefined {
  const top = modules.filter(({ file }) => !file.includes('/'))
  const programs = modules.filter(({ text }) => MAIN.test(text))
  const topPrograms = programs.filter((one) => top.includes(one))
  const first = (from: readonly ModuleText[]) => (from.length > 1 ? only(from.filter(({ file }) => BEGINS.test(file))) : from[0])
  if (topPrograms.length > 0) return first(topPrograms)
  return first(top.filter(({ text }) => CALLS.test(code(text)))) ?? only(programs)
}

function only<T>(all: readonly T[]): T | undefined {
  return all.length === 1 ? all[0] : undefined
}

/** Of several the one that its makers would begin with; pages beside it are found by it. */
function streamlitPage(modules: readonly ModuleText[]): string | undefined {
  const pages = modules.filter(({ file, text }) => !/(^|\/)pages\//.test(file) && STREAMLIT.test(text)).map(({ file }) => file)
  return FIRST.find((name) => pages.includes(name)) ?? (pages.length === 1 ? pages[0] : undefined)
}

/** What is said of the lines of a Procfile beside `web:`. @returns undefined where there are none */
export function processesNotice(processes: readonly Process[]): string | undefined {
  const [first] = processes
  if (!first) return undefined
  const names = processes.map(({ name }) => name).join(', ')
  return (
    `The image starts by the web: line of the Procfile; ${names} of it ${processes.length === 1 ? 'is' : 'are'} not started. ` +
    `A container each can run them from the same image, such as: pypackager run -- sh -c '${first.line.replaceAll("'", "'\\''")}'`
  )
}
