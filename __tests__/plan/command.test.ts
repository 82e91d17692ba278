import { execFileSync } from 'node:child_process'
import { describe, expect, test } from '@jest/globals'
import { planCommand } from '../../src/plan/command.ts'
import { type Project, readProject } from '../../src/project/project.ts'

const plain = readProject({ folder: '.', files: [], texts: new Map([['setup.cfg', '[metadata]\nname = shop\n']]) }, 'shop')
const site: Project = { ...plain, django: { settings: 'mysite.settings', wsgi: 'mysite.wsgi', asgi: 'mysite.asgi' } }
const wsgiOnly: Project = { ...plain, django: { settings: 'mysite.settings', wsgi: 'mysite.wsgi', asgi: undefined } }

function started(line: string): Project {
  return { ...plain, start: { line, from: 'Procfile' } }
}

describe('a Django site', () => {
  test.each([
    {
      name: 'is served by gunicorn',
      project: site,
      locked: ['django', 'gunicorn'],
      line: 'exec gunicorn --bind 0.0.0.0:${PORT:-8000} mysite.wsgi:application',
      from: 'mysite.wsgi and gunicorn',
      module: 'mysite.wsgi',
    },
    {
      name: 'is served by uWSGI',
      project: site,
      locked: ['uwsgi'],
      line: 'exec uwsgi --http :${PORT:-8000} --master --die-on-term --module mysite.wsgi',
      from: 'mysite.wsgi and uwsgi',
      module: 'mysite.wsgi',
    },
    {
      name: 'is served by waitress',
      project: site,
      locked: ['waitress'],
      line: 'exec waitress-serve --port ${PORT:-8000} mysite.wsgi:application',
      from: 'mysite.wsgi and waitress',
      module: 'mysite.wsgi',
    },
    {
      name: 'is served by uvicorn as ASGI',
      project: site,
      locked: ['uvicorn'],
      line: 'exec uvicorn --host 0.0.0.0 --port ${PORT:-8000} mysite.asgi:application',
      from: 'mysite.asgi and uvicorn',
      module: 'mysite.asgi',
    },
    {
      name: 'is served by hypercorn as ASGI',
      project: site,
      locked: ['hypercorn'],
      line: 'exec hypercorn --bind 0.0.0.0:${PORT:-8000} mysite.asgi:application',
      from: 'mysite.asgi and hypercorn',
      module: 'mysite.asgi',
    },
    {
      name: 'is served by daphne as ASGI',
      project: site,
      locked: ['daphne'],
      line: 'exec daphne --bind 0.0.0.0 --port ${PORT:-8000} mysite.asgi:application',
      from: 'mysite.asgi and daphne',
      module: 'mysite.asgi',
    },
    {
      name: 'is served by gunicorn before uvicorn',
      project: site,
      locked: ['uvicorn', 'gunicorn'],
      line: 'exec gunicorn --bind 0.0.0.0:${PORT:-8000} mysite.wsgi:application',
      from: 'mysite.wsgi and gunicorn',
      module: 'mysite.wsgi',
    },
  ])('$name', ({ project, locked, line, from, module }) => {
    expect(planCommand(project, locked)).toEqual({ argv: ['sh', '-c', line], from, modules: [module] })
  })

  test.each([
    { name: 'without a server in the lock', project: site, locked: ['django', 'gunicorn-extras'] },
    { name: 'without an ASGI module for the ASGI server', project: wsgiOnly, locked: ['uvicorn'] },
    { name: 'that is none, though a server is in the lock,', project: plain, locked: ['gunicorn'] },
  ])('$name has no start command: none is guessed', ({ project, locked }) => {
    expect(planCommand(project, locked)).toBeUndefined()
  })
})

describe('a start line of the user', () => {
  test('wins over the server in the lock, and the site is still imported', () => {
    const project: Project = { ...site, start: { line: 'gunicorn mysite.wsgi', from: 'Procfile' } }
    expect(planCommand(project, ['uwsgi'])).toEqual({
      argv: ['sh', '-c', 'exec gunicorn mysite.wsgi'],
      from: 'Procfile',
      modules: ['mysite.wsgi'],
    })
  })

  test('of a project without Django imports nothing', () => {
    expect(planCommand(started('shop serve'), [])).toEqual({ argv: ['sh', '-c', 'exec shop serve'], from: 'Procfile', modules: [] })
  })

  test.each([
    { name: 'the module of a server', line: 'gunicorn --bind 0.0.0.0:$PORT shop.web:app', modules: ['shop.web'] },
    { name: 'a factory', line: 'uvicorn --factory shop:make', modules: ['shop'] },
    { name: 'no address', line: 'shop --listen 0.0.0.0:8000 --url http://x:y', modules: [] },
  ])('is imported by the trial where it names $name', ({ line, modules }) => {
    expect(planCommand(started(line), [])?.modules).toEqual(modules)
  })

  test.each([
    { name: 'of two commands stays as it is', line: 'shop migrate && shop serve' },
    { name: 'with a pipe stays as it is', line: 'shop serve | tee log' },
    { name: 'with an exec of its own stays as it is', line: 'exec shop serve' },
    { name: 'that changes the folder stays as it is', line: 'cd web; shop serve' },
  ])('$name', ({ line }) => {
    expect(planCommand(started(line), [])?.argv).toEqual(['sh', '-c', line])
  })

  test.each([
    { name: 'that sets a variable first', line: 'A=1 sh -c \'echo "$A $$"\'', words: '1' },
    { name: 'that sets two variables, one with a blank,', line: 'A="one two" B=x sh -c \'echo "$A $$"\'', words: 'one two' },
    { name: 'that sets an empty variable', line: 'A= sh -c \'echo "<$A> $$"\'', words: '<>' },
    { name: 'that uses a default', line: 'sh -c \'echo "$0 $$"\' ${PORT:-8000}', words: '8000' },
  ])('$name starts the program in the place of the shell', ({ line, words }) => {
    const [program = '', ...args] = planCommand(started(line), [])?.argv ?? []
    // The outer shell prints its process id, then becomes what the start line makes of it.
    const said = execFileSync('sh', ['-c', 'echo $$; exec "$@"', 'sh', program, ...args], { encoding: 'utf8' })
    const [outer = '', inner = ''] = said.split('\n')
    expect(inner).toBe(`${words} ${outer}`)
  })
})
