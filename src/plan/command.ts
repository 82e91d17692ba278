import type { Project } from '../project/project.ts'

/** How the release image starts, and where that comes from. */
export interface StartCommand {
  readonly argv: readonly string[]
  readonly from: string
  /** Modules that the command imports; the trial imports them too. */
  readonly modules: readonly string[]
}

/** Servers that speak WSGI or ASGI, with the line that serves a module; PORT is honoured, 8000 is the default. */
const SERVERS: readonly { name: string; kind: 'wsgi' | 'asgi'; line: (module: string) => string }[] = [
  { name: 'gunicorn', kind: 'wsgi', line: (module) => `gunicorn --bind 0.0.0.0:\${PORT:-8000} ${module}:application` },
  { name: 'uwsgi', kind: 'wsgi', line: (module) => `uwsgi --http :\${PORT:-8000} --master --die-on-term --module ${module}` },
  { name: 'waitress', kind: 'wsgi', line: (module) => `waitress-serve --port \${PORT:-8000} ${module}:application` },
  { name: 'uvicorn', kind: 'asgi', line: (module) => `uvicorn --host 0.0.0.0 --port \${PORT:-8000} ${module}:application` },
  { name: 'hypercorn', kind: 'asgi', line: (module) => `hypercorn --bind 0.0.0.0:\${PORT:-8000} ${module}:application` },
  { name: 'daphne', kind: 'asgi', line: (module) => `daphne --bind 0.0.0.0 --port \${PORT:-8000} ${module}:application` },
]

/**
 * The start command: what the user wrote (Procfile, [tool.pypackager]), else the Django site served by a
 * server that is really in the lock; undefined where there is neither: no guess, no REPL.
 * @param locked names of the locked packages, normalised
 */
export function planCommand(project: Project, locked: readonly string[]): StartCommand | undefined {
  if (project.start) {
    const modules = [project.django?.wsgi, ...servedModules(project.start.line)].filter((module) => module !== undefined)
    return { argv: shellCommand(project.start.line), from: project.start.from, modules: [...new Set(modules)] }
  }
  if (!project.django) return undefined
  for (const server of SERVERS) {
    const module = server.kind === 'wsgi' ? project.django.wsgi : project.django.asgi
    if (module && locked.includes(server.name)) {
      return { argv: shellCommand(server.line(module)), from: `${module} and ${server.name}`, modules: [module] }
    }
  }
  return undefined
}

/** Modules that a line names as servers do, e.g. `shop.web` in `gunicorn shop.web:app`. */
function servedModules(line: string): readonly string[] {
  return line.split(/\s+/).flatMap((word) => /^([A-Za-z_]\w*(?:\.\w+)*):[A-Za-z_]\w*(?:\(\))?$/.exec(word)?.[1] ?? [])
}

/** Variables that a line sets for its command: `A=1 B="x y" `. */
const ASSIGNMENTS = /^(?:[A-Za-z_]\w*=(?:"[^"]*"|'[^']*'|[^\s"'])*\s+)*/

/** A shell expands variables; exec makes the application PID 1, except where the line is a list of commands. */
function shellCommand(line: string): readonly string[] {
  return ['sh', '-c', /[;&|]|^(exec|cd|export)\b/.test(line) ? line : line.replace(ASSIGNMENTS, (assignments) => `${assignments}exec `)]
}
