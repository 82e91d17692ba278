import { readdir, rm } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Container, startContainer } from '../support/container.ts'
import { type MachineDaemon, machineDaemon } from '../support/daemon.ts'
import { images } from '../support/image.ts'
import { BUSY } from '../support/patience.ts'
import { type Project, projectOf } from '../support/project.ts'
import { type ActionResult, runAction } from '../support/runner.ts'

// How release images start: each row is packaged, answers on its port, and ends on SIGTERM as PID 1.

jest.setTimeout(300_000)

const NAMESPACE = 'pt-start'

/** A wheel of the packages in the files, as hatchling builds it. */
function hatchling(name: string, requires: readonly string[], more = ''): Record<string, string> {
  const project = `[project]\nname = "${name}"\nversion = "1.0"\ndependencies = ${JSON.stringify(requires)}\n`
  return { 'pyproject.toml': `${project}${more}\n[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n` }
}

function django(
  more = '',
  asgi = 'import os\nfrom django.core.asgi import get_asgi_application\nSET\napplication = get_asgi_application()\n',
) {
  const set = 'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mysite.settings")'
  return {
    'mysite/__init__.py': '',
    'mysite/settings.py': `SECRET_KEY = "x"\nALLOWED_HOSTS = ["*"]\nROOT_URLCONF = "mysite.urls"\nWSGI_APPLICATION = "mysite.wsgi.application"\n${more}`,
    'mysite/urls.py':
      'import os, sys\nfrom django.http import HttpResponse\nfrom django.urls import path\n\n\ndef home(request):\n    return HttpResponse(f"hello from {type(request).__name__}")\n\n\nurlpatterns = [path("", home)]\n',
    'mysite/wsgi.py': `import os\nfrom django.core.wsgi import get_wsgi_application\n${set}\napplication = get_wsgi_application()\n`,
    'mysite/asgi.py': asgi.replace('SET', set),
    'manage.py': `import os, sys\n${set}\nfrom django.core.management import execute_from_command_line\nexecute_from_command_line(sys.argv)\n`,
  }
}

const FLASK = 'from flask import Flask\n'
const HOME = '@APP.get("/")\ndef home():\n    return "hello from Flask"\n'
const STARLETTE = `from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
`
const ROUTES = 'Starlette(routes=[Route("/", lambda request: PlainTextResponse("hello from Starlette"))])\n'
/** A server without a handler for SIGTERM, as http.server is. */
const SERVER = `import os, sys
from http.server import BaseHTTPRequestHandler, HTTPServer


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(f"hello from {sys.argv[1:]}".encode())


def main():
    HTTPServer(("", int(os.environ.get("PORT", "8000"))), Handler).serve_forever()
`
const SCRIPT = '[project.scripts]\nhello-server = "hello.cli:main"\n'

interface Row {
  readonly name: string
  readonly files: Readonly<Record<string, string>>
  readonly inputs?: Readonly<Record<string, string>>
  /** PORT of the container; 8000 where it is not set. */
  readonly port?: number
  readonly from: string
  readonly says: string
}

const ROWS: readonly Row[] = [
  {
    name: 'a Django site with gunicorn, as the settings name it',
    files: { ...hatchling('mysite', ['django', 'gunicorn']), ...django() },
    from: 'mysite.wsgi and gunicorn',
    says: 'hello from WSGIRequest',
  },
  {
    name: 'a Django site with uvicorn alone, by its asgi module',
    files: { 'requirements.txt': 'django\nuvicorn\n', ...django() },
    ...{ port: 8123, from: 'mysite.asgi and uvicorn', says: 'hello from ASGIRequest' },
  },
  {
    name: 'a Django site with daphne, as ASGI_APPLICATION says, though gunicorn is there',
    files: { 'requirements.txt': 'django\ngunicorn\ndaphne\n', ...django('ASGI_APPLICATION = "mysite.asgi.application"\n') },
    ...{ port: 8123, from: 'mysite.asgi and daphne', says: 'hello from ASGIRequest' },
  },
  {
    name: 'a Flask object of an odd name with uWSGI',
    files: {
      'requirements.txt': 'flask\npyuwsgi\n',
      'front/desk.py': `${FLASK}reception = Flask(__name__)\n${HOME.replace('APP', 'reception')}`,
    },
    ...{ port: 8123, from: 'front.desk:reception and uwsgi', says: 'hello from Flask' },
  },
  {
    name: 'a Flask factory with gunicorn',
    files: {
      'requirements.txt': 'flask\ngunicorn\n',
      'flaskr/__init__.py': `${FLASK}\n\ndef create_app(test_config=None):\n    app = Flask(__name__)\n\n    ${HOME.replace('APP', 'app').replaceAll('\n', '\n    ')}\n    return app\n`,
    },
    ...{ port: 8123, from: 'flaskr:create_app and gunicorn', says: 'hello from Flask' },
  },
  {
    name: 'a Flask object with waitress, which does not know SIGTERM',
    files: { 'requirements.txt': 'flask\nwaitress\n', 'main.py': `${FLASK}app = Flask(__name__)\n${HOME.replace('APP', 'app')}` },
    ...{ port: 8123, from: 'main:app and waitress', says: 'hello from Flask' },
  },
  {
    name: 'a FastAPI object of an odd module and name with uvicorn',
    files: {
      ...hatchling('shop', ['fastapi', 'uvicorn']),
      'src/shop/__init__.py': '"""An example:\n\napp = FastAPI()\n"""\n',
      'src/shop/web/__init__.py': '',
      'src/shop/web/site.py':
        'from fastapi import FastAPI\n\nbackend = FastAPI()\n\n\n@backend.get("/")\ndef home():\n    return "hello from FastAPI"\n',
    },
    ...{ port: 8123, from: 'shop.web.site:backend and uvicorn', says: '"hello from FastAPI"' },
  },
  {
    name: 'a Starlette factory with hypercorn',
    files: {
      'requirements.txt': 'starlette\nhypercorn\n',
      'web.py': `${STARLETTE}\n\ndef create_app() -> Starlette:\n    return ${ROUTES}`,
    },
    ...{ port: 8123, from: 'web:create_app and hypercorn', says: 'hello from Starlette' },
  },
  {
    name: 'a script that its Dockerfile starts, beside what nothing serves',
    files: {
      'requirements.txt': 'flask\n',
      'web.py': `${FLASK}app = Flask(__name__)\n`,
      'serve.py': `${SERVER}\n\nif __name__ == "__main__":\n    main()\n`,
      Dockerfile:
        'FROM python:3.6\nWORKDIR /srv\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["python", "-u", "serve.py", "--all"]\n',
    },
    ...{ port: 8123, from: 'its Dockerfile', says: "hello from ['--all']" },
  },
  {
    name: 'a Starlette object with granian',
    files: { 'requirements.txt': 'starlette\ngranian\n', 'web.py': `${STARLETTE}\nsite: Starlette = ${ROUTES}` },
    ...{ port: 8123, from: 'web:site and granian', says: 'hello from Starlette' },
  },
  {
    name: 'the only console script, where there is no web application',
    files: { ...hatchling('hello', [], SCRIPT), 'hello/__init__.py': '', 'hello/cli.py': SERVER },
    ...{ port: 8123, from: 'the console script hello-server', says: 'hello from []' },
  },
  {
    name: 'the line of a Procfile',
    files: {
      ...hatchling('hello', [], SCRIPT),
      ...{ 'hello/__init__.py': '', 'hello/cli.py': SERVER, Procfile: 'web: PORT=${PORT:-8000} hello-server procfile' },
    },
    ...{ port: 8123, from: 'Procfile', says: "hello from ['procfile']" },
  },
  {
    name: 'the words of [tool.pypackager]',
    files: {
      ...hatchling('hello', [], `${SCRIPT}[tool.pypackager]\ncommand = ["hello-server", "a b", "$HOME"]\n`),
      ...{ 'hello/__init__.py': '', 'hello/cli.py': SERVER },
    },
    ...{ from: 'pyproject.toml [tool.pypackager]', says: "hello from ['a b', '$HOME']" },
  },
  {
    name: 'the input command, though a Procfile is there',
    files: {
      ...hatchling('hello', [], SCRIPT),
      ...{ 'hello/__init__.py': '', 'hello/cli.py': SERVER, Procfile: 'web: hello-server procfile' },
    },
    ...{ inputs: { command: 'GREETING=x hello-server "$PORT"' }, port: 8123, from: 'the input command', says: "hello from ['8123']" },
  },
]

let daemon: MachineDaemon
let project: Project

beforeAll(async () => {
  daemon = await machineDaemon(NAMESPACE)
  project = await projectOf({ 'README.md': 'Start\n' })
})

afterAll(async () => {
  await project?.[Symbol.asyncDispose]()
  await daemon?.[Symbol.asyncDispose]()
})

/** One image name and one wheelhouse for all: base and tools are made once. */
async function packaged(files: Readonly<Record<string, string>>, inputs: Readonly<Record<string, string>> = {}): Promise<ActionResult> {
  const kept = new Set(['.git', '.gitignore', 'wheelhouse'])
  for (const name of await readdir(project.workspace)) if (!kept.has(name)) await rm(project.at(name), { recursive: true })
  for (const [name, text] of Object.entries(files)) await project.write(name, text)
  await project.commit()
  return runAction({ workspace: project.workspace, inputs: { namespace: NAMESPACE, 'image-name': 'app', sbom: 'false', ...inputs } })
}

describe.each(ROWS.map((row) => ({ ...row, row })))('$name', ({ row }) => {
  let result: ActionResult
  let container: Container | undefined

  beforeAll(async () => {
    result = await packaged(row.files, row.inputs)
  })

  afterAll(async () => container?.[Symbol.asyncDispose]())

  test('is what the image starts with', () => {
    expect(result.errors).toEqual([])
    expect(result.log).toContain(`  starts by ${row.from}: `)
  })

  test(`answers on port ${row.port ?? 8000}`, async () => {
    container = await startContainer(result.outputs.imageid ?? '', row.port)
    expect(await (await container.fetch('/')).text()).toBe(row.says)
  })

  // A server that PID 1 does not hand the signal to would never end.
  test('ends soon after SIGTERM', async () => {
    expect(await container?.secondsToEnd('TERM')).toBeLessThan(2 * BUSY)
  })
})

describe('after a change of the source alone', () => {
  const site = (object: string) => `from fastapi import FastAPI\n\n${object} = FastAPI()\n`
  const setup =
    'from setuptools import find_packages, setup\nsetup(name="shop", version="1", packages=find_packages(), install_requires=["fastapi", "uvicorn"])\n'
  const first = { 'setup.py': setup, 'shop/__init__.py': '', 'shop/web.py': site('app') }

  beforeAll(async () => {
    expect((await packaged(first)).log).toContain('  starts by shop.web:app and uvicorn')
  })

  // Each follows the one before it.
  test.each([
    {
      name: 'an object with another name is started by that',
      files: { ...first, 'shop/web.py': site('desk') },
      from: 'shop.web:desk',
      again: false,
    },
    {
      name: 'an object in a package that no wheel had before is started there',
      files: { ...first, 'shop/web.py': '', 'front/__init__.py': '', 'front/desk.py': site('app') },
      from: 'front.desk:app',
      again: true,
    },
    {
      name: 'an object that the wheel leaves out is not started',
      files: { ...first, 'shop/web.py': '', 'shop/new/web.py': site('app') },
      from: undefined,
      again: true,
    },
  ])('$name', async ({ files, from, again }) => {
    const result = await packaged(files)
    expect(result.errors).toEqual([])
    expect(result.log).not.toMatch(/\.whl: built in/) // the wheel is made on the release's way
    expect(result.log.includes('the release once more')).toBe(again)
    if (from) expect(result.log).toContain(`  starts by ${from} and uvicorn`)
    else
      expect(result.notices.join()).toContain('The image has no start command: neither a web application nor a console script was found.')
    expect(JSON.parse(result.outputs.command || '[]')).toEqual((await images().inspect(result.outputs.imageid ?? '')).Config.Cmd ?? [])
  })
})

describe('a start that nobody outside would see', () => {
  const hello = { ...hatchling('hello', [], SCRIPT), 'hello/__init__.py': '', 'hello/cli.py': SERVER }

  test.each([
    { name: 'by a program that is not there', command: 'no-such-server --all', error: /code 127.*no-such-server is not in the image/ },
    { name: 'by a file that may not be executed', command: '/etc/hostname', error: /code 126.*hostname may not be executed/ },
    { name: 'of a module that is not there', command: 'python -m helo', error: /No module named helo.*helo is not in the image/ },
    { name: 'of a file that is not there', command: 'python app.py', error: /can't open file.*app\.py is not in the image/ },
  ])('$name is an error', async ({ command, error }) => {
    const result = await packaged(hello, { command })
    expect(result.errors.join()).toMatch(error)
    expect(result.log).toContain('✗ the start command')
  })
})

describe('a start that answers 404 for /', () => {
  const shop = (requires: readonly string[], text: string) => ({
    ...hatchling('hello', requires, SCRIPT),
    'hello/__init__.py': text,
    'hello/cli.py': SERVER,
  })

  test('is an error where the application has no route at all', async () => {
    const result = await packaged(shop(['flask', 'gunicorn'], `${FLASK}APP = Flask(__name__)\n`), {
      command: 'gunicorn -b :8000 hello:APP',
    })
    expect(result.errors.join()).toMatch(/hello:APP has no route: it answers 404 on port 8000 for all\. .*such as: hello-server;/)
  })

  test.each([
    {
      name: 'FastAPI',
      requires: ['fastapi', 'uvicorn'],
      text: 'from fastapi import FastAPI\napp = FastAPI()\n@app.get("/items")\ndef items():\n    return []\n',
      says: ': its only route is another; see /docs',
    },
    {
      name: 'a factory of Flask',
      requires: ['flask', 'gunicorn'],
      text: `${FLASK}def create_app():\n    app = Flask(__name__)\n    app.add_url_rule("/a/<int:x>", view_func=id)\n    app.add_url_rule("/b", "b", view_func=id)\n    return app\n`,
      says: ': none of its 2 routes is that; see /b',
    },
  ])('is told where to look by $name', async ({ requires, text, says }) => {
    const result = await packaged(shop(requires, text))
    expect(result.errors).toEqual([])
    expect(result.log).toContain(`✓ the start command starts: GET / on port 8000 answers 404${says}\n`)
  })
})
