import { describe, expect, test } from '@jest/globals'
import type { ImageInfo } from '../../../src/effects/docker-port.ts'
import { layerChecks, platformCheck, userCheck, type Wanted } from '../../../src/judge/checks/layer-checks.ts'
import type { ImageFindings } from '../../../src/judge/checks/layer-scan.ts'
import { answered, startChecks } from '../../../src/judge/checks/start-checks.ts'

const LAYERS = ['sha256:parent', 'sha256:base', 'sha256:app']
const image: ImageInfo = {
  id: 'sha256:image',
  names: [],
  digests: [],
  size: 1,
  created: '2026-01-02T03:04:05Z',
  architecture: 'amd64',
  variant: '',
  labels: {},
  config: { user: '10001:10001', workingDir: '/app', env: [], entrypoint: [], command: [] },
  configuration: '{}',
  layers: LAYERS,
}
const wanted: Wanted = { platform: 'linux/amd64', user: '10001', parentLayers: ['sha256:parent'], secrets: 1 }
const clean: ImageFindings = { layers: LAYERS, secrets: [], wheels: [], compilers: [], untold: [] }
const states = (checks: readonly { name: string; state: string }[]) => Object.fromEntries(checks.map(({ name, state }) => [name, state]))
const one = (findings: Partial<ImageFindings>, name: string, more: Partial<Wanted> = {}) =>
  layerChecks(image, { ...wanted, ...more }, { ...clean, ...findings }).find((check) => check.name === name)

test('an image for another architecture fails', () => {
  expect(platformCheck(image, wanted).state).toBe('passed')
  expect(platformCheck(image, { ...wanted, platform: 'linux/arm64' }).text).toBe('the image is for linux/amd64, not for linux/arm64')
})

describe('the user', () => {
  const inside = { uid: 10001, gid: 10001 }
  test.each([
    { name: 'as wanted', config: '10001:10001', user: '10001', inside, state: 'passed', text: 'runs as uid 10001' },
    {
      name: 'of none, which is root',
      config: '',
      user: '10001',
      inside: { uid: 0, gid: 0 },
      state: 'failed',
      text: 'the image runs as root, not as uid 10001',
    },
    {
      name: 'of another number',
      config: '1000',
      user: '10001',
      inside,
      state: 'failed',
      text: 'the image runs as user 1000, not as uid 10001',
    },
    {
      name: 'that an entrypoint changes',
      config: '10001',
      user: '10001',
      inside: { uid: 0, gid: 0 },
      state: 'failed',
      text: 'a container runs as uid 0, gid 0, not as uid 10001',
    },
    {
      name: 'of another group',
      config: '10001:0',
      user: '10001:20000',
      inside: { uid: 10001, gid: 0 },
      state: 'failed',
      text: 'a container runs as uid 10001, gid 0, not as uid 10001:20000',
    },
    {
      name: 'that is root as asked for',
      config: '',
      user: 'root',
      inside: { uid: 0, gid: 0 },
      state: 'passed',
      text: 'runs as root, as asked for',
    },
    {
      name: 'that no container shows',
      config: '10001',
      user: '10001',
      inside: undefined,
      state: 'undone',
      text: 'its configuration says user 10001: not checked: no container of it could be started',
    },
  ])('$name', ({ config, user, inside: seen, state, text }) => {
    const check = userCheck({ ...image, config: { ...image.config, user: config } }, { ...wanted, user }, seen)
    expect(check).toMatchObject({ state, text })
  })
})

describe('what the layers hold', () => {
  test('passes where nothing was found', () => {
    expect(states(layerChecks(image, wanted, clean))).toEqual({ secrets: 'passed', wheels: 'passed', compilers: 'passed' })
  })

  test('is not passed where the image could not be read, or a layer was not there', () => {
    for (const findings of ['docker save failed', { ...clean, layers: LAYERS.slice(1) }]) {
      expect(states(layerChecks(image, wanted, findings))).toEqual({ secrets: 'undone', wheels: 'undone', compilers: 'undone' })
    }
    expect(layerChecks(image, wanted, { ...clean, layers: [] })[0]?.text).toContain('3 of 3 layers were not in what docker saved')
  })

  test('of secrets is told by layer and file, sources before their byte code', () => {
    const at = (path: string) => ({ secret: 'the input password', at: { layer: 'sha256:app', path } })
    const check = one({ secrets: [at('app/a.pyc'), at('app/a.py'), { secret: 'the secret npm', at: 'the label note' }] }, 'secrets')
    expect(check?.text).toBe('the input password is in layer 3 of 3 (app/a.py) and 1 more; the secret npm is in the label note')
  })

  test('of the parent is its own affair, but its compiler is noted', () => {
    const parents = { layer: 'sha256:parent', path: 'usr/bin/gcc' }
    expect(one({ compilers: [parents] }, 'compilers')).toMatchObject({
      state: 'passed',
      text: "no compiler but the parent image's own (usr/bin/gcc)",
    })
    expect(one({ compilers: [{ ...parents, layer: 'sha256:base' }] }, 'compilers')).toMatchObject({
      state: 'failed',
      text: 'a compiler is in layer 2 of 3: usr/bin/gcc',
    })
    expect(one({ secrets: [{ secret: 'x', at: parents }], wheels: [{ ...parents, ours: false }] }, 'secrets')?.state).toBe('passed')
  })

  test('of wheels says of those in the source what leaves them out, and of others to mount them', () => {
    const built = { layer: 'sha256:app', path: 'app/dist/shop-1-py3-none-any.whl', ours: false }
    expect(one({ wheels: [built] }, 'wheels')?.next).toBe(
      'They lie in the source, which is in the image as it is: a line such as dist/*.whl in .dockerignore leaves them out.',
    )
    expect(one({ wheels: [built, { ...built, path: 'opt/x.whl' }] }, 'wheels')?.next).toMatch(/^Mount wheels/)
  })

  test('of wheels passes for those that installed packages carry, unless they are the wheelhouse’s', () => {
    const embedded = {
      layer: 'sha256:app',
      path: 'appenv/lib/python3.13/site-packages/virtualenv/seed/wheels/embed/pip-25-py3-none-any.whl',
    }
    expect(one({ wheels: [{ ...embedded, ours: false }] }, 'wheels')?.state).toBe('passed')
    expect(one({ wheels: [{ ...embedded, ours: true }] }, 'wheels')?.state).toBe('failed')
    expect(one({ wheels: [{ layer: 'sha256:app', path: 'app/x.whl', ours: false }] }, 'wheels')?.state).toBe('failed')
  })

  test('of secrets does not pass where there is none to look for, or none that can be told', () => {
    expect(one({}, 'secrets', { secrets: 0 })).toMatchObject({ state: 'undone', text: expect.stringContaining('this run was given none') })
    expect(one({ untold: ['the input password'] }, 'secrets')).toMatchObject({ state: 'undone' })
    expect(one({ untold: ['the input password'] }, 'secrets', { secrets: 2 })).toMatchObject({
      state: 'passed',
      text: expect.stringContaining('but the input password cannot be told'),
    })
  })
})

describe('the start command', () => {
  const listening = {
    kind: 'listening',
    port: 8000,
    wanted: 8000,
    loopback: undefined,
    socket: undefined,
    status: 200,
    lastLine: '',
    stopped: 0.2,
    waited: 3,
  } as const
  test.each([
    { command: ['/usr/local/bin/entrypoint', 'sh', '-c', 'exec uvicorn --port 8000 app:app'], next: /^No shell stands between/ },
    { command: ['/usr/local/bin/entrypoint', 'python', '-m', 'shop'], next: /^No shell stands between/ },
    { command: ['sh', '-c', 'cd src && exec gunicorn app:app'], next: /^No shell stands between/ },
    { command: ['sh', '-c', 'exec bash Procfile.sh'], next: /end with exec/ },
    { command: ['./start.sh'], next: /end with exec/ },
    { command: ['sh', '-c', 'flask db upgrade; gunicorn microblog:app'], next: /end with exec/ },
    { command: ['sh', '-c', 'exec uwsgi uwsgi.ini'], next: /die-on-term/ },
  ])('that does not hear SIGTERM is told what may be between: $command', ({ command, next }) => {
    expect(startChecks({ ...listening, stopped: undefined }, { command, besideWheel: [] }).at(-1)?.next).toMatch(next)
  })

  test.each([
    { name: 'answers and stops', started: listening, states: { start: 'passed', stop: 'passed' } },
    { name: 'speaks no HTTP', started: { ...listening, status: 'other' as const }, states: { start: 'passed', stop: 'passed' } },
    {
      name: 'listens on a local socket',
      started: { ...listening, port: undefined, socket: '/tmp/x' },
      states: { start: 'passed', stop: 'passed' },
    },
    { name: 'does not answer', started: { ...listening, status: null }, states: { start: 'failed', stop: 'passed' } },
    { name: 'answers with a fault', started: { ...listening, status: 503 }, states: { start: 'failed', stop: 'passed' } },
    { name: 'stops late', started: { ...listening, stopped: 2.5 }, states: { start: 'passed', stop: 'passed' } },
    { name: 'does not stop', started: { ...listening, stopped: undefined }, states: { start: 'passed', stop: 'failed' } },
    { name: 'is no server and ends well', started: { kind: 'ended', code: 0, lastLine: '' } as const, states: { start: 'passed' } },
    { name: 'dies', started: { kind: 'ended', code: 3, lastLine: 'x' } as const, states: { start: 'failed' } },
    { name: 'cannot be started', started: { kind: 'refused', why: 'no such file' } as const, states: { start: 'failed' } },
    {
      name: 'goes on and listens nowhere',
      started: { kind: 'silent', seconds: 8, lastLine: '', stopped: 0.1, waited: 3 } as const,
      states: { start: 'undone', stop: 'passed' },
    },
    { name: 'is none', started: undefined, states: { start: 'undone' } },
  ])('that $name', ({ started, states: expected }) => {
    const checks = startChecks(started)
    expect(states(checks)).toEqual(expected)
    expect(checks.every(({ level }) => level === 'warning')).toBe(true)
  })

  test.each([
    { name: 'IPv4', loopback: '127.0.0.1', socket: undefined, level: 'error' },
    { name: 'IPv6', loopback: '::1', socket: undefined, level: 'error' },
    { name: 'IPv4, with a local socket beside it', loopback: '127.0.0.1', socket: '/run/x', level: 'warning' },
  ])('that listens on the loopback address of $name fails', ({ loopback, socket, level }) => {
    const [check] = startChecks({ ...listening, loopback, socket, status: null })
    expect(check).toMatchObject({ state: 'failed', level, next: 'Bind 0.0.0.0.' })
    expect(check?.text).toContain(`listens on ${loopback} only: nothing outside the container reaches it`)
  })

  test('that is called with a word too few tells what was wrong, and which variable nobody sets', () => {
    const lastLine = 'gunicorn: error: argument -w/--workers: expected one argument'
    const ended = { kind: 'ended', code: 2, lastLine, usage: true } as const
    const [check] = startChecks(ended, { command: ['gunicorn'], besideWheel: [], unset: ['WEB_CONCURRENCY'] })
    expect(check?.text).toContain(lastLine)
    expect(check?.next).toMatch(/uses \$WEB_CONCURRENCY, which nobody sets.*\$\{WEB_CONCURRENCY:-1\}/)
  })

  test('a default of a port is one', () => {
    const ended = { kind: 'ended', code: 1, lastLine: "Error: '' is not a valid port number." } as const
    const [check] = startChecks(ended, { command: ['gunicorn'], besideWheel: [], unset: ['APP_PORT'] })
    expect(check?.next).toContain('such as ${APP_PORT:-8000}.')
  })

  test.each([
    { line: 'Error: Could not locate a Flask application.', told: true },
    { line: 'serve: error: unrecognized arguments: --prot', told: true },
    { line: 'Error: Missing command.', told: false },
    { line: 'serve: error: the following arguments are required: port', told: false },
    { line: 'Commands: serve', told: false },
  ])('that tells how it is called tells why: $line, $told', ({ line, told }) => {
    const [check] = startChecks({ kind: 'ended', code: 2, lastLine: line, usage: true }, { command: ['serve'], besideWheel: [] })
    expect(check?.text.includes(line)).toBe(told)
    expect(check?.text.includes('prints a help text')).toBe(!told)
  })

  test('that takes IPv6 alone is not reached through a published port', () => {
    const [check] = startChecks({ ...listening, only: 'IPv6', status: null })
    expect(check).toMatchObject({ state: 'failed', level: 'error', text: expect.stringContaining('by IPv6 only') })
    expect(check?.port).toBeUndefined()
    expect(answered({ ...listening, only: 'IPv6' })).toBe(false)
  })

  test.each([
    { name: 'gunicorn that goes to the background', line: 'exec gunicorn --daemon --bind 0.0.0.0:$PORT app:app', state: 'failed' },
    { name: 'a worker of Celery', line: 'celery -A shop --workdir src worker --detach', state: 'failed' },
    { name: 'a site by manage.py', line: 'python manage.py runserver 0.0.0.0:8000', state: 'failed' },
    { name: 'a script beside a web framework', line: 'exec python app.py', web: true, state: 'undone' },
    { name: 'a script without one', line: 'exec python job.py', state: 'passed' },
    { name: 'a file that is called like a server', line: 'python gunicorn.conf.py', state: 'passed' },
    { name: 'a command line tool', line: 'shop', web: true, tool: true, state: 'passed' },
  ])('that ends with code 0 is $state for $name', ({ line, state, ...facts }) => {
    const command = ['/usr/local/bin/entrypoint', 'sh', '-c', line]
    const [check] = startChecks({ kind: 'ended', code: 0, lastLine: '' }, { command, besideWheel: [], ...facts })
    expect(check?.state).toBe(state)
    if (state === 'failed') expect(check?.level).toBe('error')
  })

  test('that refuses the host of the request is not said to answer', () => {
    const [check] = startChecks({ ...listening, status: 400 })
    expect(check).toMatchObject({ state: 'undone', text: expect.stringContaining('a host or setting refuses it') })
  })

  test.each([
    { name: 'another port than PORT says', port: 5000, wanted: 8000, says: 'port 5000 answers 200, though PORT says 8000' },
    { name: 'a port where PORT is not set', port: 5000, wanted: undefined, says: 'port 5000 answers 200' },
  ])('that listens on $name is told so', ({ port, wanted, says }) => {
    expect(startChecks({ ...listening, port, wanted })[0]?.text).toMatch(new RegExp(`${says}$`))
  })

  const shell = (line: string) => ['sh', '-c', `exec ${line}`]
  test.each([
    {
      command: shell('gunicorn shop:app'),
      code: 127,
      line: 'sh: 1: exec: gunicorn: not found',
      next: /^gunicorn is not in the image\. Set packages: gunicorn; or /,
    },
    { command: shell('./start.sh'), code: 127, line: 'sh: 1: exec: ./start.sh: not found', next: /^.\/start.sh is not .* or .* CR/ },
    {
      command: shell('./start.sh'),
      code: 126,
      line: 'sh: 1: exec: ./start.sh: Permission denied',
      next: /^.\/start.sh may not be exec.* chmod/,
    },
    { command: ['./start.sh'], code: 1, line: 'exec ./start.sh: no such file or directory', next: /^.\/start.sh is not .* CR/ },
    { command: ['./start.sh'], code: 1, line: 'exec ./start.sh: exec format error', next: /^.\/start.sh is no program/ },
    { command: ['x'], code: 127, line: "env: 'shop': No such file or directory", next: /^The program shop is not there: name the Debian/ },
    {
      command: shell('gunicorn shop:app'),
      code: 3,
      line: "ModuleNotFoundError: No module named 'shop'",
      next: /^shop is not in the image/,
    },
    { command: shell('gunicorn shop.web:app'), code: 3, line: "ModuleNotFoundError: No module named 'shop'", next: /^shop is not/ },
    { command: shell('python -m shop'), code: 1, line: '/appenv/bin/python: No module named shop', next: /^shop is not in the image/ },
    { command: shell('uvicorn m:app'), code: 1, line: 'ERROR: Error loading ASGI app. Could not import module "m".', next: /^m is not/ },
    {
      command: shell('python app.py'),
      code: 2,
      line: "python: can't open file '/app/app.py': [Errno 2] No such",
      next: /^\/app\/app.py is not/,
    },
  ])('that ends with "$line" is an error with what is missing', ({ command, code, line, next }) => {
    const [check] = startChecks({ kind: 'ended', code, lastLine: line }, { command, besideWheel: [] })
    expect(check).toMatchObject({ state: 'failed', level: 'error', next: expect.stringMatching(next) })
  })

  test.each([
    { name: 'is not there', why: 'exec: "shop": executable file not found in $PATH', command: ['shop'], level: 'error' },
    { name: 'the engine does not start', why: 'exec: "other" or a device was not found', command: ['shop'], level: 'warning' },
    {
      name: 'lacks a module that it does not name',
      why: "ModuleNotFoundError: No module named 'shopping'",
      command: ['shop'],
      level: 'error',
    },
    {
      name: 'lacks settings that a variable may name where it runs',
      why: "ModuleNotFoundError: No module named 'shop.settings.local'",
      command: ['shop'],
      level: 'warning',
    },
  ])('that $name is of level $level', ({ why, command, level }) => {
    expect(startChecks({ kind: 'refused', why }, { command, besideWheel: [] })[0]?.level).toBe(level)
  })

  test.each([
    {
      name: 'a file',
      lastLine: "PermissionError: [Errno 13] Permission denied: '/app/shop/secret.txt'",
      next: 'may not write there. Set writable: /app/shop; or',
    },
    {
      name: 'a database',
      lastLine: 'sqlite3.OperationalError: unable to open database file',
      next: "The database's folder is not there, or the user of the image may not write it: name it in the input writable",
    },
    { name: 'nothing', lastLine: 'RuntimeError: x', next: 'Run the image and look' },
  ])('that may not write $name is told so', ({ lastLine, next }) => {
    expect(startChecks({ kind: 'ended', code: 3, lastLine })[0]?.next).toContain(next)
  })

  test.each([
    { name: 'uWSGI that reloads', command: ['uwsgi', '--ini', 'site.ini'], next: /give it --die-on-term/ },
    { name: 'uWSGI that was told', command: ['sh', '-c', 'uwsgi --die-on-term --http :8000'], next: /end with exec/ },
    { name: 'any other', command: ['sh', '-c', 'gunicorn shop.wsgi'], next: /end with exec/ },
  ])('of $name is told how it hears SIGTERM', ({ command, next }) => {
    const checks = startChecks({ ...listening, stopped: undefined }, { command, besideWheel: [] })
    expect(checks.find(({ name }) => name === 'stop')?.next).toMatch(next)
  })
})
