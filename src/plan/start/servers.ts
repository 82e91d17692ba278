import type { WebApp } from '../../project/application/web-app.ts'

/** A server, by the packages that bring it. */
export interface Server {
  readonly name: string
  readonly packages: readonly string[]
  readonly kinds: readonly WebApp['kind'][]
  /** A line of a shell; PORT is honoured, 8000 is the default. Undefined where it cannot call a factory. */
  readonly line: (app: WebApp) => string | undefined
}

/** Modules that a server imports only when it starts, by the program's name. */
const LATE: Readonly<Record<string, readonly string[]>> = {
  gunicorn: ['gunicorn.app.wsgiapp', 'gunicorn.workers.sync', 'gunicorn.workers.gthread'],
  uvicorn: [
    'uvicorn.main',
    'uvicorn.loops.auto',
    'uvicorn.lifespan.on',
    'uvicorn.protocols.http.auto',
    'uvicorn.protocols.websockets.auto',
  ],
  granian: ['granian.cli', 'granian.server', 'granian.asgi', 'granian.wsgi', 'granian._loops'],
  hypercorn: ['hypercorn.__main__', 'hypercorn.run', 'hypercorn.asyncio.run', 'hypercorn.protocol'],
  daphne: ['daphne.cli', 'daphne.server', 'twisted.internet.asyncioreactor'],
  'waitress-serve': ['waitress.runner', 'waitress.server'],
}

/** Those that the first program of a command imports when it starts, e.g. `uvicorn.main`; one of another version need not be there. */
export function lateModules(words: readonly string[]): readonly string[] {
  const program = words.find((word) => word !== 'exec' && !/^[A-Za-z_]\w*=/.test(word)) ?? ''
  return LATE[program] ?? []
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
  { name: 'gunicorn', packages: ['gunicorn'], kinds: ['wsgi'], line: (app) => `gunicorn --bind 0.0.0.0:${PORT} ${called(app)}` },
  {
    name: 'uwsgi',
    packages: ['uwsgi', 'pyuwsgi'],
    kinds: ['wsgi'],
    // Without a master, which looks for signals once a second: a container is restarted by whoever runs it.
    line: (app) => `uwsgi --http :${PORT} --die-on-term --need-app --enable-threads --module ${called(app)}`,
  },
  {
    name: 'uvicorn',
    packages: ['uvicorn'],
    kinds: ['asgi'],
    line: (app) => `uvicorn --host 0.0.0.0 --port ${PORT} ${flagged(app, '--factory')}`,
  },
  {
    name: 'granian',
    packages: ['granian'],
    kinds: ['wsgi', 'asgi'],
    line: (app) =>
      `GRANIAN_WORKERS_KILL_TIMEOUT=1 granian --interface ${app.kind} --host 0.0.0.0 --port ${PORT} ${flagged(app, '--factory')}`,
  },
  { name: 'hypercorn', packages: ['hypercorn'], kinds: ['asgi'], line: (app) => `hypercorn --bind 0.0.0.0:${PORT} ${called(app)}` },
  {
    name: 'daphne',
    packages: ['daphne'],
    kinds: ['asgi'],
    line: (app) => (app.factory ? undefined : `daphne --bind 0.0.0.0 --port ${PORT} ${target(app)}`),
  },
  {
    name: 'waitress',
    packages: ['waitress'],
    kinds: ['wsgi'],
    line: (app) => `waitress-serve --port ${PORT} ${flagged(app, '--call')}`,
  },
]

/** The line that serves an application by the first server that is among the locked packages and speaks its protocol. */
export function serve(app: WebApp, locked: readonly string[]): { readonly server: string; readonly line: string } | undefined {
  for (const server of SERVERS) {
    if (!server.kinds.includes(app.kind) || !server.packages.some((name) => locked.includes(name))) continue
    const line = server.line(app)
    if (line !== undefined) return { server: server.name, line }
  }
  return undefined
}

/** Whether a server is among the packages. */
export function bringsServer(locked: readonly string[]): boolean {
  return SERVERS.some(({ packages }) => packages.some((name) => locked.includes(name)))
}

/** Names of the servers that speak a protocol, for a notice. */
export function serversOf(kind: WebApp['kind']): readonly string[] {
  return SERVERS.filter(({ kinds }) => kinds.includes(kind)).map(({ name }) => name)
}
