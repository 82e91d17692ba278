import type { ModuleFile } from '../layout/source-roots.ts'
import { atMargin, code } from './module-code.ts'

/** An application object that a server can be pointed at. */
export interface WebApp {
  /** e.g. `shop.web.site` */
  readonly module: string
  /** e.g. `backend`, or the name of a function that makes it. */
  readonly object: string
  readonly kind: 'wsgi' | 'asgi'
  /** The object is a function without required arguments that returns the application. */
  readonly factory: boolean
  readonly framework: string
}

/** A module with its text. */
export interface ModuleText extends ModuleFile {
  readonly text: string
}

/** Applications by their class, and the package that brings it; `made` where its name alone says too little. */
const FRAMEWORKS: readonly (Pick<Framework, 'name' | 'kind' | 'made'> & { readonly requires: string })[] = [
  { name: 'FastAPI', requires: 'fastapi', kind: 'asgi' },
  { name: 'Starlette', requires: 'starlette', kind: 'asgi' },
  { name: 'Litestar', requires: 'litestar', kind: 'asgi' },
  { name: 'Quart', requires: 'quart', kind: 'asgi' },
  { name: 'Flask', requires: 'flask', kind: 'wsgi' },
  { name: 'Bottle', requires: 'bottle', kind: 'wsgi' },
  { name: 'Falcon', requires: 'falcon', kind: 'wsgi', made: String.raw`falcon\.(?:App|API)` },
  { name: 'Falcon', requires: 'falcon', kind: 'asgi', made: String.raw`falcon\.asgi\.App` },
  // Dash serves a Flask application of its own, `app.server`, which `serversIn` finds.
  { name: 'ASGIApp', requires: 'python-socketio', kind: 'asgi' },
]

/** What is put around an application, by the end of its name: that is what is served. Others that take one as an argument extend it. */
const WRAPPER = /(Middleware|ASGIApp|WSGIApp|ProxyFix|WhiteNoise|WsgiToAsgi|AsgiToWsgi|DebuggedApplication)$/
/** Wrappers that speak another protocol than what they hold. @see https://asgiref.readthedocs.io */
const TURNS: Readonly<Record<string, WebApp['kind']>> = { WsgiToAsgi: 'asgi', AsgiToWsgi: 'wsgi' }

/** Whether some module may hold an application object: only then are they all read. */
export function usesFramework(locked: readonly string[]): boolean {
  return FRAMEWORKS.some(({ requires }) => locked.includes(requires))
}

/** Whether a module tells how a Django site is served: its wsgi and asgi modules, and its settings. */
export function isDjangoModule(name: string, settings: string): boolean {
  const folder = settings.includes('.') ? settings.slice(0, settings.lastIndexOf('.') + 1) : ''
  return /(^|\.)(wsgi|asgi)$/.test(name) || name === settings || (folder !== '' && name.startsWith(folder) && /\bsettings\b/.test(name))
}

/**
 * The applications of a Django site, those that are preferred first: what the settings name
 * (ASGI_APPLICATION is set by hand by who means it, WSGI_APPLICATION by startproject), then the wsgi and
 * asgi modules beside the settings, then any other one.
 * @param settings e.g. `mysite.settings.release`
 */
export function djangoApps(settings: string, modules: readonly ModuleText[]): readonly WebApp[] {
  const site = settings.split('.')[0] ?? ''
  const texts = modules.filter(({ name }) => !/(^|\.)(wsgi|asgi)$/.test(name)).map(({ text }) => code(text))
  const named = (['asgi', 'wsgi'] as const).flatMap((kind) => {
    const pattern = new RegExp(`^${kind.toUpperCase()}_APPLICATION\\s*(?::[^=\\n]+)?=\\s*(['"])([\\w.]+)\\.(\\w+)\\1`, 'm')
    const found = texts.map((text) => pattern.exec(text)).find((match) => match !== null)
    const module = modules.find(({ name }) => name === found?.[2])
    return found && module ? [djangoApp(module.name, found[3] ?? '', kind)] : []
  })
  const beside = modules
    .filter(({ name }) => /(^|\.)(wsgi|asgi)$/.test(name))
    .sort((a, b) => Number(b.name.startsWith(`${site}.`)) - Number(a.name.startsWith(`${site}.`)))
    .flatMap((module) => {
      const kind = module.name.endsWith('wsgi') ? 'wsgi' : 'asgi'
      const object = /^(application)\s*[:=]/m.exec(code(module.text))?.[1] ?? calls(module.text, `get_${kind}_application`)[0]
      return object ? [djangoApp(module.name, object, kind)] : []
    })
  // Of the kinds, that which the settings name by hand; else WSGI, as every Django does.
  const found = [...named, ...beside.filter(({ kind }) => kind === 'wsgi'), ...beside.filter(({ kind }) => kind === 'asgi')]
  return found.filter((app, i) => found.findIndex(({ module, object }) => module === app.module && object === app.object) === i)
}

function djangoApp(module: string, object: string, kind: WebApp['kind']): WebApp {
  return { module, object, kind, factory: false, framework: 'Django' }
}

/** Of Alembic's env.py, which may make an application for itself: `context` is there only while alembic runs it. */
const RUN_BY_ALEMBIC = /^from[ \t]+alembic[ \t]+import[ \t]+(?:.*,[ \t]*)?context\b/m

/** Names that Flask itself looks for as a factory. */
const FACTORIES = ['create_app', 'make_app']
/** Names that servers take where none is said. */
const PLAIN_NAMES = ['app', 'application', 'api', 'asgi_app', 'wsgi_app']

/**
 * Application objects of the project, by the names that they have in the source: module-level objects, else
 * factories. Several are narrowed down by what is mounted into another, and by plain names; what is left is
 * for the user to choose from.
 * @param locked names of the locked packages, normalised: no framework, no application of it
 */
export function objectApps(modules: readonly ModuleText[], locked: readonly string[]): readonly WebApp[] {
  const read = modules.map((module) => ({ ...module, text: atMargin(code(module.text)) })).filter(({ text }) => !RUN_BY_ALEMBIC.test(text))
  const frameworks = withOwnClasses(
    FRAMEWORKS.filter(({ requires }) => locked.includes(requires)).map((one) => ({ ...one, framework: one.name })),
    read,
  )
  const makers = read.flatMap((module) => makersIn(module, frameworks))
  const factories = makers.filter(({ free }) => free).map(({ app }) => app)
  const made = read.flatMap((module) => [
    ...objectsIn(module, frameworks),
    ...(locked.includes('dash') ? serversIn(module) : []),
    ...calledIn(module, makers),
  ])
  const wrappers = wrappersAround(made, read)
  const all = unique([...made, ...wrappers.map(({ app }) => app)])
  const mounted = new Set(read.flatMap(({ text }) => mountedIn(text)))
  const top = all.filter((one) => {
    if (wrappers.some(({ app, around }) => key(app) !== key(one) && around.includes(one.object))) return false
    return !mounted.has(one.object) || wrappers.some(({ app }) => key(app) === key(one))
  })
  const plain = top.filter(({ object }) => PLAIN_NAMES.includes(object))
  // Scripts beside it may make one for themselves; wsgi.py and asgi.py are there for a server.
  const served = plain.filter(({ module, kind }) => new RegExp(`(^|\\.)${kind}$`).test(module))
  const lists = [plain, served, top, all]
  const chosen = lists.find((list) => list.length === 1) ?? [plain, top, all].find((list) => list.length > 0)
  return chosen ?? factories.filter(({ object }) => FACTORIES.includes(object))
}

/** A class that makes an application: a framework's, or the project's own of it. */
interface Framework {
  readonly name: string
  readonly kind: WebApp['kind']
  readonly framework: string
  /** A pattern of what makes one. */
  readonly made?: string
}

/** Classes of the project that extend one of a framework, and those that extend these. */
function withOwnClasses(frameworks: readonly Framework[], modules: readonly ModuleText[]): readonly Framework[] {
  const classes = modules.flatMap(({ text }) => [...text.matchAll(/^class[ \t]+(\w+)[ \t]*\(([^()]*)\)[ \t]*:/gm)])
  const known = new Map(frameworks.filter(({ made }) => made === undefined).map((one) => [one.name, one]))
  for (let depth = 0; depth < DEEPEST; depth++) {
    const before = known.size
    for (const [, name = '', bases = ''] of classes) {
      const base = bases.split(',').flatMap((word) => known.get(word.trim().split('.').at(-1) ?? '') ?? [])[0]
      if (base && !known.has(name)) known.set(name, { ...base, name })
    }
    if (known.size === before) break
  }
  return [...frameworks.filter(({ made }) => made !== undefined), ...known.values()]
}

const key = ({ module, object }: WebApp) => `${module}:${object}`

/** The last one of a name counts, as in Python. */
function unique(apps: readonly WebApp[]): readonly WebApp[] {
  return [...new Map([...apps].reverse().map((app) => [key(app), app])).values()].reverse()
}

/** Objects of a framework that a module makes. */
function objectsIn({ name: module, text }: ModuleText, frameworks: readonly Framework[]): readonly WebApp[] {
  return frameworks.flatMap(({ name, kind, framework, made = name }) =>
    new RegExp(`\\b${made}\\b`).test(text)
      ? calls(text, made === name ? `(?:\\w+\\.)*${name}` : made).map((object) => ({ module, object, kind, factory: false, framework }))
      : [],
  )
}

/** `server = app.server` of Dash. @see https://dash.plotly.com/deployment */
function serversIn({ name: module, text }: ModuleText): readonly WebApp[] {
  const dashes = calls(text, '(?:\\w+\\.)*Dash')
  const servers = [...text.matchAll(/^([A-Za-z_]\w*)[ \t]*(?::[^=\n]+)?=[ \t]*(\w+)\.server[ \t]*$/gm)]
  return servers.flatMap(([, object = '', of = '']) =>
    dashes.includes(of) ? [{ module, object, kind: 'wsgi' as const, factory: false, framework: 'Flask' }] : [],
  )
}

/** A function that makes an application. */
interface Maker {
  readonly app: WebApp
  /** It can be called without arguments, as servers call factories. */
  readonly free: boolean
}

/** Functions of a module that make an application. */
function makersIn({ name: module, text }: ModuleText, frameworks: readonly Framework[]): readonly Maker[] {
  return functionsIn(text).flatMap(({ object, body, free }) => {
    const returns = body.includes('->') ? body.slice(body.indexOf('->')).split(':', 1)[0] : ''
    const made = frameworks.find(({ name, made: pattern = name }) => {
      const named = new RegExp(`\\b${pattern}\\b`)
      return named.test(returns ?? '') || (new RegExp(`\\b${pattern}\\(`).test(body) && /^[ \t]+return\b/m.test(body))
    })
    return made ? [{ app: { module, object, kind: made.kind, factory: true, framework: made.framework }, free }] : []
  })
}

/** What a module has those functions make, with whatever arguments. */
function calledIn({ name: module, text }: ModuleText, makers: readonly Maker[]): readonly WebApp[] {
  const byName = new Map(makers.map(({ app }) => [app.object, app]))
  if (byName.size === 0) return []
  const made = text.matchAll(/^([A-Za-z_]\w*)[ \t]*(?::[\w.[\]"' \t|]+)?=[ \t]*(?:\w+\.)*(\w+)\(/gm)
  return [...made].flatMap(([, object = '', name = '']) => {
    const maker = byName.get(name)
    return maker ? [{ ...maker, module, object, factory: false }] : []
  })
}

interface Wrapper {
  readonly app: WebApp
  /** Names of what it holds. */
  readonly around: readonly string[]
}

const DEEPEST = 5

/** What is put around applications, and around that again. */
function wrappersAround(apps: readonly WebApp[], modules: readonly ModuleText[]): readonly Wrapper[] {
  let found: readonly Wrapper[] = []
  for (let depth = 0; depth < DEEPEST; depth++) {
    const known = [...apps, ...found.map(({ app }) => app)]
    const now = modules.flatMap((module) => wrappersIn(module, known))
    if (now.length === found.length) return now
    found = now
  }
  return found
}

/** Objects that a module puts around an application, and the names of what they hold. */
function wrappersIn({ name: module, text }: ModuleText, apps: readonly WebApp[]): readonly Wrapper[] {
  const alias = new Map([...text.matchAll(/\b(\w+)[ \t]+as[ \t]+(\w+)/g)].map((match) => [match[2] ?? '', match[1] ?? '']))
  const made = text.matchAll(/^([A-Za-z_]\w*)[ \t]*(?::[^=\n]+)?=[ \t]*(?:\w+\.)*(\w+)\(([^()]*(?:\([^()]*\)[^()]*)*)\)/gm)
  return [...made].flatMap(([, object = '', wrapper = '', given = '']) => {
    if (!WRAPPER.test(wrapper)) return []
    const words = [...given.matchAll(/(?:^|[,=(])\s*(\w+)\s*(?=[,)]|$)/g)].map((match) => match[1] ?? '')
    const held = words.flatMap((word) => apps.find((app) => app.object === (alias.get(word) ?? word)) ?? [])
    const [inside] = held
    if (!inside) return []
    const kind = TURNS[wrapper] ?? inside.kind
    return [{ app: { module, object, kind, factory: false, framework: inside.framework }, around: held.map((app) => app.object) }]
  })
}

/** Names that are given to a call of `mount`. */
function mountedIn(text: string): readonly string[] {
  return [...text.matchAll(/\.mount\(([^()]*\)?)/g)].flatMap(([, given = '']) =>
    [...given.matchAll(/\b(\w+)\s*[,)]/g)].map((match) => match[1] ?? ''),
  )
}

/** Module-level names that are given what a call of `pattern` returns, e.g. `backend: FastAPI = FastAPI(`. */
function calls(text: string, pattern: string): readonly string[] {
  const found = text.matchAll(
    new RegExp(`^([A-Za-z_]\\w*)[ \\t]*(?::[\\w.\\[\\]"' \\t|]+)?=[ \\t]*(?:\\w+[ \\t]*=[ \\t]*)*${pattern}\\(`, 'gm'),
  )
  return [...found].map((match) => match[1] ?? '')
}

/** Module-level functions: the name of each, its first line and body, and whether it can be called without arguments. */
function functionsIn(text: string): readonly { readonly object: string; readonly body: string; readonly free: boolean }[] {
  const found = text.matchAll(/^def (\w+)\(([^()]*(?:\([^()]*\)[^()]*)*)\)([^\n]*(?:\n(?:[ \t)][^\n]*|))*)/gm)
  return [...found].map(([, object = '', parameters = '', body = '']) => {
    const needed = parameters
      .replace(/\([^()]*\)|\[[^[\]]*\]/g, '')
      .split(',')
      .map((parameter) => parameter.trim())
      .some((parameter) => parameter !== '' && !parameter.startsWith('*') && parameter !== '/' && !parameter.includes('='))
    return { object, body, free: !needed }
  })
}
