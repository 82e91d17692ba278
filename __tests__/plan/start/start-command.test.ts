import { execFileSync } from 'node:child_process'
import { describe, expect, test } from '@jest/globals'
import { planStart, type StartFacts, type Written } from '../../../src/plan/start/start-command.ts'
import type { WebApp } from '../../../src/project/application/web-app.ts'

const nothing: StartFacts = { written: undefined, name: 'shop', locked: [], apps: [], scripts: {}, management: [] }
const wsgi: WebApp = { module: 'mysite.wsgi', object: 'application', kind: 'wsgi', factory: false, framework: 'Django' }
const asgi: WebApp = { ...wsgi, module: 'mysite.asgi', kind: 'asgi' }
const flask: WebApp = { module: 'shop.web', object: 'desk', kind: 'wsgi', factory: false, framework: 'Flask' }
const fast: WebApp = { ...flask, kind: 'asgi', framework: 'FastAPI' }
const made = { object: 'create_app', factory: true }

function started(line: Written['line']) {
  return planStart({ ...nothing, written: { line, from: 'Procfile' } }).command
}

describe('a web application', () => {
  test.each([
    {
      name: 'of Django is served by gunicorn',
      apps: [wsgi, asgi],
      locked: ['django', 'gunicorn'],
      line: 'exec gunicorn --bind 0.0.0.0:${PORT:-8000} mysite.wsgi:application',
      from: 'mysite.wsgi and gunicorn',
    },
    {
      name: 'of Django is served by uWSGI',
      apps: [wsgi],
      locked: ['uwsgi'],
      line: 'exec uwsgi --http :${PORT:-8000} --die-on-term --need-app --enable-threads --module mysite.wsgi:application',
      from: 'mysite.wsgi and uwsgi',
    },
    {
      name: 'of Django is served by uWSGI under the name of its wheels',
      apps: [wsgi],
      locked: ['pyuwsgi'],
      line: 'exec uwsgi --http :${PORT:-8000} --die-on-term --need-app --enable-threads --module mysite.wsgi:application',
      from: 'mysite.wsgi and uwsgi',
    },
    {
      name: 'of Django is served by waitress',
      apps: [wsgi],
      locked: ['waitress'],
      line: 'exec waitress-serve --port ${PORT:-8000} mysite.wsgi:application',
      from: 'mysite.wsgi and waitress',
    },
    {
      name: 'of Django is served as ASGI where only such a server is there',
      apps: [wsgi, asgi],
      locked: ['uvicorn'],
      line: 'exec uvicorn --host 0.0.0.0 --port ${PORT:-8000} mysite.asgi:application',
      from: 'mysite.asgi and uvicorn',
    },
    {
      name: 'of Django is served by daphne where ASGI comes first',
      apps: [asgi, wsgi],
      locked: ['daphne', 'gunicorn'],
      line: 'exec daphne --bind 0.0.0.0 --port ${PORT:-8000} mysite.asgi:application',
      from: 'mysite.asgi and daphne',
    },
    {
      name: 'of Django is served by what is there where ASGI comes first and has no server',
      apps: [asgi, wsgi],
      locked: ['gunicorn'],
      line: 'exec gunicorn --bind 0.0.0.0:${PORT:-8000} mysite.wsgi:application',
      from: 'mysite.wsgi and gunicorn',
    },
    {
      name: 'is served by hypercorn by its real name',
      apps: [fast],
      locked: ['hypercorn'],
      line: 'exec hypercorn --bind 0.0.0.0:${PORT:-8000} shop.web:desk',
      from: 'shop.web:desk and hypercorn',
    },
    {
      name: 'is served by granian with its protocol',
      apps: [flask],
      locked: ['granian'],
      line: 'GRANIAN_WORKERS_KILL_TIMEOUT=1 exec granian --interface wsgi --host 0.0.0.0 --port ${PORT:-8000} shop.web:desk',
      from: 'shop.web:desk and granian',
    },
    {
      name: 'is served by the first server that speaks its protocol, whatever else is there',
      apps: [fast],
      locked: ['gunicorn', 'daphne', 'uvicorn'],
      line: 'exec uvicorn --host 0.0.0.0 --port ${PORT:-8000} shop.web:desk',
      from: 'shop.web:desk and uvicorn',
    },
    {
      name: 'from a factory is called by gunicorn',
      apps: [{ ...flask, ...made }],
      locked: ['gunicorn'],
      line: "exec gunicorn --bind 0.0.0.0:${PORT:-8000} 'shop.web:create_app()'",
      from: 'shop.web:create_app and gunicorn',
    },
    {
      name: 'from a factory is called by waitress',
      apps: [{ ...flask, ...made }],
      locked: ['waitress'],
      line: 'exec waitress-serve --port ${PORT:-8000} --call shop.web:create_app',
      from: 'shop.web:create_app and waitress',
    },
    {
      name: 'from a factory is called by uvicorn',
      apps: [{ ...fast, ...made }],
      locked: ['uvicorn'],
      line: 'exec uvicorn --host 0.0.0.0 --port ${PORT:-8000} --factory shop.web:create_app',
      from: 'shop.web:create_app and uvicorn',
    },
  ])('$name', ({ apps, locked, line, from }) => {
    const { modules = [], late = [], ...command } = planStart({ ...nothing, apps, locked }).command ?? {}
    expect(command).toEqual({ argv: ['sh', '-c', line], from, folder: '/app', paths: [] })
    expect(modules).toEqual([from.split(/[: ]/)[0]])
    // What a server imports late is imported by the trial too; uWSGI is no Python.
    expect(late.length > 0).toBe(!from.endsWith('uwsgi'))
  })

  test.each([
    {
      name: 'without a server',
      apps: [wsgi],
      locked: ['django', 'gunicorn-extras'],
      why: /^nothing that serves mysite.wsgi:application is/,
    },
    {
      name: 'of ASGI where only gunicorn is there',
      apps: [fast],
      locked: ['gunicorn'],
      why: /Set packages: uvicorn; or add one to the dependencies: uvicorn, granian, hypercorn or daphne\.$/,
    },
    { name: 'from a factory that daphne cannot call', apps: [{ ...fast, ...made }], locked: ['daphne'], why: /^nothing that serves/ },
    {
      name: 'that is one of several',
      apps: [fast, { ...fast, object: 'other' }],
      locked: ['uvicorn'],
      why: /several web applications \(shop\.web:desk, shop\.web:other\)/,
    },
    {
      name: 'of Django whose console script does the work of manage.py',
      apps: [wsgi],
      locked: [],
      scripts: { shop: 'shop.manage:main' },
      why: /^nothing that serves/,
    },
  ])('$name has no start command, and it is said why', ({ apps, locked, scripts = {}, why }) => {
    const start = planStart({ ...nothing, apps, locked, scripts })
    expect(start.command).toBeUndefined()
    expect(`${start.why}. ${start.next}`).toMatch(why)
  })
})

describe('a console script', () => {
  test.each([
    { name: 'that is the only one starts', scripts: { hello: 'hello_cli:main' }, argv: ['hello'] },
    { name: 'that is named like the project starts', scripts: { tool: 'a:b', Shop: 'shop:main' }, argv: ['Shop'] },
    { name: 'starts where the web application has no server', scripts: { hello: 'shop:main' }, apps: [flask], argv: ['hello'] },
  ])('$name', ({ scripts, apps = [], argv }) => {
    const others = Object.keys(scripts).filter((name) => name !== argv[0])
    expect(planStart({ ...nothing, scripts, apps }).command).toMatchObject({
      argv,
      from: `the console script ${argv[0]}${others.length > 0 ? ` (beside ${others.join(', ')})` : ''}`,
      modules: [],
      late: [],
    })
  })

  test.each([
    {
      name: 'of several does not start: none is guessed',
      scripts: { one: 'a:b', two: 'a:c' },
      why: /of the console scripts one, two none/,
    },
    { name: 'that manages a site does not start', scripts: { shop: 'shop.manage:main' }, management: ['shop.manage'], why: /neither/ },
    { name: 'that is not there starts no REPL', scripts: {}, why: /neither a web application nor a console script/ },
  ])('$name', ({ scripts, management = [], why }) => {
    const start = planStart({ ...nothing, scripts, management })
    expect(start.command).toBeUndefined()
    expect(start.why).toMatch(why)
  })
})

describe('what the user wrote', () => {
  test('wins over what is found, and the site is still imported', () => {
    const written = { line: 'gunicorn mysite.wsgi', from: 'Procfile' }
    expect(planStart({ ...nothing, written, apps: [wsgi], locked: ['uwsgi'], scripts: { shop: 'shop:main' } }).command).toMatchObject({
      argv: ['sh', '-c', 'exec gunicorn mysite.wsgi'],
      from: 'Procfile',
      modules: ['mysite.wsgi'],
      late: ['gunicorn.app.wsgiapp', 'gunicorn.workers.sync', 'gunicorn.workers.gthread'],
    })
  })

  test('as a list of words is taken as it is', () => {
    expect(started(['gunicorn', 'shop.web:app', '$HOME'])).toMatchObject({
      argv: ['gunicorn', 'shop.web:app', '$HOME'],
      from: 'Procfile',
      modules: ['shop.web'],
      late: expect.arrayContaining(['gunicorn.app.wsgiapp']),
    })
  })

  test.each([
    { name: 'the module of a server', line: 'gunicorn --bind 0.0.0.0:$PORT shop.web:app', modules: ['shop.web'] },
    { name: 'a factory', line: 'uvicorn --factory shop:make', modules: ['shop'] },
    { name: 'a call in quotes', line: "gunicorn 'shop:make()'", modules: ['shop'] },
    { name: 'no address', line: 'shop --listen 0.0.0.0:8000 --url http://x:y', modules: [] },
  ])('is imported by the trial where it names $name', ({ line, modules }) => {
    expect(started(line)?.modules).toEqual(modules)
  })

  test.each([
    { name: 'of two commands stays as it is', line: 'shop migrate && shop serve' },
    { name: 'with a pipe stays as it is', line: 'shop serve | tee log' },
    { name: 'of two lines stays as it is', line: 'shop prepare\nshop serve' },
    { name: 'with an exec of its own stays as it is', line: 'exec shop serve' },
    { name: 'that changes the folder stays as it is', line: 'cd web; shop serve' },
  ])('$name', ({ line }) => {
    expect(started(line)?.argv).toEqual(['sh', '-c', line])
  })

  test.each([
    { name: 'that sets a variable first', line: 'A=1 sh -c \'echo "$A $$"\'', words: '1' },
    { name: 'that sets two variables, one with a blank,', line: 'A="one two" B=x sh -c \'echo "$A $$"\'', words: 'one two' },
    { name: 'that sets an empty variable', line: 'A= sh -c \'echo "<$A> $$"\'', words: '<>' },
    { name: 'that uses a default', line: 'sh -c \'echo "$0 $$"\' ${PORT:-8000}', words: '8000' },
  ])('$name starts the program in the place of the shell', ({ line, words }) => {
    const [program = '', ...args] = started(line)?.argv ?? []
    // The outer shell prints its process id, then becomes what the start line makes of it.
    const said = execFileSync('sh', ['-c', 'echo $$; exec "$@"', 'sh', program, ...args], { encoding: 'utf8' })
    const [outer = '', inner = ''] = said.split('\n')
    expect(inner).toBe(`${words} ${outer}`)
  })
})

test.each([
  { name: 'ASGI that comes first and has no server is told', apps: [asgi, wsgi], locked: ['gunicorn'], told: true },
  { name: 'ASGI that is served is not', apps: [asgi, wsgi], locked: ['gunicorn', 'uvicorn'], told: false },
  { name: 'WSGI that no setting names and that has no server is not', apps: [wsgi, asgi], locked: ['uvicorn'], told: false },
])('of Django, $name', ({ apps, locked, told }) => {
  const { notice = '' } = planStart({ ...nothing, apps, locked }) as { notice?: string }
  expect(notice).toBe(
    told
      ? 'mysite.asgi:application comes first in the settings (ASGI_APPLICATION), and nothing that serves it is among the dependencies: ' +
          'mysite.wsgi is served instead. Set packages: uvicorn; or add one to the dependencies: uvicorn, granian, hypercorn or daphne.'
      : '',
  )
})

test.each([
  { name: 'serves it by itself, nobody is sent to another server', serving: ['shop.cli'], told: false },
  { name: 'does not serve it, a server is named', serving: [], told: true },
])('of an application whose console script $name', ({ serving, told }) => {
  const app = { module: 'shop.web', object: 'app', kind: 'wsgi', factory: false, framework: 'Flask' } as const
  const { command, notice } = planStart({ ...nothing, apps: [app], locked: ['flask'], scripts: { shop: 'shop.cli:main' }, serving }) as {
    command?: { argv: readonly string[] }
    notice?: string
  }
  expect([command?.argv, notice !== undefined]).toEqual([['shop'], told])
})

describe('an application that nothing serves', () => {
  const app = { module: 'httpbin', object: 'app', kind: 'wsgi', factory: false, framework: 'Flask' } as const
  const start = (extras: StartFacts['extras']) => planStart({ ...nothing, apps: [app], locked: ['flask'], ...(extras && { extras }) })

  test('is told the extra of the project that brings a server', () => {
    expect(start([{ name: 'mainapp', packages: ['flask', 'gunicorn', 'gevent'] }])).toMatchObject({
      command: undefined,
      next: 'Set extras: mainapp, which brings gunicorn.',
      unserved: { module: 'httpbin', gift: { input: 'extras', value: 'mainapp' } },
    })
  })

  test.each<{ name: string; extras: StartFacts['extras'] }>([
    { name: 'no extra', extras: undefined },
    { name: 'an extra of its developers', extras: [{ name: 'dev', packages: ['gunicorn'] }] },
    { name: 'an extra that serves another protocol', extras: [{ name: 'live', packages: ['uvicorn'] }] },
  ])('is told a package beside $name', ({ extras }) => {
    expect(start(extras)).toMatchObject({
      next: expect.stringMatching(/^Set packages: gunicorn; or add one/),
      unserved: { gift: { input: 'packages', value: 'gunicorn' } },
    })
  })
})
