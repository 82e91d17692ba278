import type { WebApp } from '../../project/application/web-app.ts'

/** A server: all that is known of it. */
interface Server {
  /** As it is called. */
  readonly program: string
  /** That bring it; the first one is its name. */
  readonly packages: readonly string[]
  /** Packages, with their extras, that bring one of these. */
  readonly within?: readonly string[]
  readonly kinds: readonly WebApp['kind'][]
  /** A line of a shell; PORT is honoured, 8000 is the default. Undefined where it cannot call a factory. */
  readonly line: (app: WebApp) => string | undefined
  /** Modules that it imports only when it starts. */
  readonly late?: readonly string[]
  /** Its option that changes the folder. @see https://docs.gunicorn.org/en/stable/settings.html#chdir */
  readonly chdir?: string
  /** Its options that name folders to import from. @see https://www.uvicorn.org/settings/#application */
  readonly paths?: readonly string[]
  /** Its option that looks for changes of the source. */
  readonly reload?: string
}

const PORT = '${PORT:-8000}'
const target = ({ module, object }: WebApp) => `${module}:${object}`
const called = (app: WebApp) => (app.factory ? `'${target(app)}()'` : target(app))
const flagged = (app: WebApp, flag: string) => (app.factory ? `${flag} ${target(app)}` : target(app))

/**
 * The servers of the trade, the preferred ones first. Each ends within a second of SIGTERM
 * (granian within two: now and then its worker does not end and must be killed, after a second at least).
 * uWSGI reloads on SIGTERM unless told to die, answers 500 for an application that it cannot load unless told
 * that it needs one, and runs no threads of the application unless told to.
 */
const SERVERS: readonly Server[] = [
  {
    program: 'gunicorn',
    packages: ['gunicorn'],
    kinds: ['wsgi'],
    line: (app) => `gunicorn --bind 0.0.0.0:${PORT} ${called(app)}`,
    late: ['gunicorn.app.wsgiapp', 'gunicorn.workers.sync', 'gunicorn.workers.gthread'],
    chdir: '--chdir',
    paths: ['--pythonpath'],
    reload: '--reload',
  },
  {
    program: 'uwsgi',
    packages: ['uwsgi', 'pyuwsgi'],
    kinds: ['wsgi'],
    // Without a master, which looks for signals once a second: a container is restarted by whoever runs it.
    line: (app) => `uwsgi --http :${PORT} --die-on-term --need-app --enable-threads --module ${called(app)}`,
    chdir: '--chdir',
    paths: ['--pythonpath', '--python-path', '--pp'],
  },
  {
    program: 'uvicorn',
    packages: ['uvicorn'],
    within: ['fastapi[standard]', 'fastapi[all]', 'fastapi-cli', 'litestar[standard]'],
    kinds: ['asgi'],
    line: (app) => `uvicorn --host 0.0.0.0 --port ${PORT} ${flagged(app, '--factory')}`,
    late: ['main', 'loops.auto', 'lifespan.on', 'protocols.http.auto', 'protocols.websockets.auto'].map((name) => `uvicorn.${name}`),
    paths: ['--app-dir'],
    reload: '--reload',
  },
  {
    program: 'granian',
    packages: ['granian'],
    kinds: ['wsgi', 'asgi'],
    line: (app) =>
      `GRANIAN_WORKERS_KILL_TIMEOUT=1 granian --interface ${app.kind} --host 0.0.0.0 --port ${PORT} ${flagged(app, '--factory')}`,
    late: ['granian.cli', 'granian.server', 'granian.asgi', 'granian.wsgi', 'granian._loops'],
    chdir: '--working-dir',
  },
  {
    program: 'hypercorn',
    packages: ['hypercorn'],
    within: ['quart'],
    kinds: ['asgi'],
    line: (app) => `hypercorn --bind 0.0.0.0:${PORT} ${called(app)}`,
    late: ['hypercorn.__main__', 'hypercorn.run', 'hypercorn.asyncio.run', 'hypercorn.protocol'],
    reload: '--reload',
  },
  {
    program: 'daphne',
    packages: ['daphne'],
    within: ['channels[daphne]'],
    kinds: ['asgi'],
    line: (app) => (app.factory ? undefined : `daphne --bind 0.0.0.0 --port ${PORT} ${target(app)}`),
    late: ['daphne.cli', 'daphne.server', 'twisted.internet.asyncioreactor'],
  },
  {
    program: 'waitress-serve',
    packages: ['waitress'],
    kinds: ['wsgi'],
    line: (app) => `waitress-serve --port ${PORT} ${flagged(app, '--call')}`,
    late: ['waitress.runner', 'waitress.server'],
  },
]

/** The server that is called so, if it is one. */
export function serverOf(program: string): Server | undefined {
  return SERVERS.find((server) => server.program === program)
}

/** Names of the servers that hold. */
function named(holds: (server: Server) => unknown): readonly string[] {
  return SERVERS.filter(holds).flatMap(({ packages }) => packages.slice(0, 1))
}

/** Modules that the first program of a command imports when it starts, e.g. `uvicorn.main`; one of another version need not be there. */
export function lateModules(words: readonly string[]): readonly string[] {
  return serverOf(words.find((word) => word !== 'exec' && !/^[A-Za-z_]\w*=/.test(word)) ?? '')?.late ?? []
}

/** Their programs, and frameworks' own commands that serve until they are ended. */
const SERVES = new RegExp(
  String.raw`(^|[\s/;&|(])(${SERVERS.map(({ program }) => program).join('|')}|flask run|(streamlit|fastapi|litestar|chainlit|panel) (run|serve)|\S*manage\.py runserver|celery (-\S+ \S+ )*worker)(\s|$)`,
)

/** Whether a command calls a program that serves until it is ended. */
export function callsServer(command: string): boolean {
  return SERVES.test(command)
}

/** Names of the servers that can look for changes of the source. */
export const RELOADING = named(({ reload }) => reload)

/** A line that execs a server, with the option that lets it look for changes; undefined where it has none, or the line has it. */
export function reloading(line: string): string | undefined {
  const [, program = ''] = /^exec (\S+) [^;&|\n]*$/.exec(line) ?? []
  const option = serverOf(program)?.reload
  return option === undefined || new RegExp(`${option}\\b`).test(line) ? undefined : `${line} ${option}`
}

/** The line that serves an application by the first server that is among the locked packages and speaks its protocol. */
export function serve(app: WebApp, locked: readonly string[]): { readonly server: string; readonly line: string } | undefined {
  for (const server of SERVERS) {
    if (!server.kinds.includes(app.kind) || !server.packages.some((name) => locked.includes(name))) continue
    const line = server.line(app)
    if (line !== undefined) return { server: server.packages[0] ?? '', line }
  }
  return undefined
}

/** Whether a server is among the packages. */
export function bringsServer(locked: readonly string[]): boolean {
  return SERVERS.some(({ packages }) => packages.some((name) => locked.includes(name)))
}

/** Names of the servers that speak a protocol, the preferred one first. */
export function serversOf(kind: WebApp['kind']): readonly string[] {
  return named(({ kinds }) => kinds.includes(kind))
}

/** Names of all packages that bring a server of that protocol, the preferred ones first. */
export function serverPackages(kind: WebApp['kind']): readonly string[] {
  return SERVERS.filter(({ kinds }) => kinds.includes(kind)).flatMap(({ packages }) => packages)
}

/** The server that a requirement brings. @param requirement its name, and one extra: `fastapi[standard]` */
export function serverWithin(requirement: string): readonly string[] {
  return named(({ within = [] }) => within.includes(requirement))
}
