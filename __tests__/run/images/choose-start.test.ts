import { chmod } from 'node:fs/promises'
import { describe, expect, test } from '@jest/globals'
import { source } from '../../../src/effects/files/source.ts'
import { sourceContents } from '../../../src/project/layout/package-contents.ts'
import { readProject } from '../../../src/project/project.ts'
import { chooseStart, settingsTexts } from '../../../src/run/images/choose-start.ts'
import { pythonPath } from '../../../src/run/images/release-image.ts'
import { checkStart } from '../../../src/run/images/start-faults.ts'
import { readTree } from '../../../src/run/prepare/read-tree.ts'
import { wheelContents } from '../../../src/run/wheelhouse-folder/wheel-contents.ts'
import type { Wheelhouse } from '../../../src/run/wheels/wheelhouse.ts'
import type { World } from '../../../src/run/world.ts'
import { tempFolder, writeFiles } from '../../support/temp.ts'
import { zip } from '../../support/wheel.ts'
import { listener, worldIn } from '../../support/world.ts'

// Where applications live in sources that have no wheel, and what is said before a start.

const WHEEL = { version: '1', file: 'x.whl', sha256: '', size: 1, origin: 'downloaded', seconds: 0 } as const

interface Asked {
  readonly files: Readonly<Record<string, string>>
  readonly locked: readonly string[]
  readonly command?: string
  readonly executable?: readonly string[]
  readonly checks?: 'error' | 'warn'
}

async function started({ files, locked, command = '', executable = [], checks = 'error' }: Asked) {
  await using folder = await tempFolder('start')
  await writeFiles(folder.path, { 'requirements.txt': locked.join('\n'), ...files })
  for (const name of executable) await chmod(folder.at(name), 0o755)
  const log = listener()
  const world = worldIn(folder.path, { log })
  const snapshot = await source.snapshot(folder.path, '')
  const paths = snapshot.map(({ path }) => path)
  const project = readProject(await readTree({ project: folder.path, workspace: folder.path }, paths, world.files), 'app')
  const house = {
    wheels: locked.map((name) => ({ name, ...WHEEL })),
    contents: sourceContents(project),
    source: { snapshot, parts: {} },
  } as Partial<Wheelhouse> as Wheelhouse
  const start = await chooseStart(world, project, house, { command, settings: project.django?.settings })
  const fault = start.command
    ? await checkStart(world, { project, house, command: start.command }, { writable: [], checks }).then(
        () => undefined,
        (error: Error) => error.message,
      )
    : undefined
  return { start, line: start.command?.argv.at(-1), path: pythonPath(house, start.command), fault, said: log.lines.join('\n') }
}

const FASTAPI = 'from fastapi import FastAPI\n'
const MANAGE = 'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n'
const MAIN = 'if __name__ == "__main__":\n    main()\n'
const WSGI = `${MANAGE}application = get_wsgi_application()\n`

describe('beside copies of other projects', () => {
  const VENDORED = { 'libs/alembic/__main__.py': '', 'libs/flask/app.py': 'app = Flask(__name__)\n', 'vendor/shop.py': MAIN }

  test('a script called like the project is proposed, and none of theirs', async () => {
    const { start } = await started({ files: { ...VENDORED, 'app.py': MAIN, 'tool.py': MAIN }, locked: ['requests'] })
    expect(start.advice).toBe('python app.py')
  })

  test("the project's own application is served", async () => {
    const files = { ...VENDORED, 'web.py': 'from flask import Flask\napp = Flask(__name__)\n' }
    expect((await started({ files, locked: ['flask', 'gunicorn'] })).line).toMatch(/ web:app$/)
  })
})

describe('an application lives', () => {
  test.each<Asked & { readonly name: string; readonly line: RegExp; readonly path: string }>([
    {
      name: 'in src/main.py, beside what it imports',
      files: { 'src/main.py': `${FASTAPI}from config import A\napp = FastAPI()\n`, 'src/config.py': '' },
      locked: ['fastapi', 'uvicorn'],
      ...{ line: / main:app$/, path: '/app/src:/app' },
    },
    {
      name: 'in src/main.py, by whole names',
      files: { 'src/main.py': `${FASTAPI}from src.config import A\napp = FastAPI()\n`, 'src/config.py': '' },
      locked: ['fastapi', 'uvicorn'],
      ...{ line: / src\.main:app$/, path: '/app' },
    },
    {
      name: 'where manage.py is',
      files: { 'backend/manage.py': MANAGE, 'backend/shop/wsgi.py': WSGI, 'backend/shop/settings.py': '' },
      locked: ['django', 'gunicorn'],
      ...{ line: / shop\.wsgi:application$/, path: '/app/backend:/app' },
    },
    {
      name: 'where pytest is told',
      files: { 'pytest.ini': '[pytest]\npythonpath = lib\n', 'lib/web.py': `${FASTAPI}app = FastAPI()\n` },
      locked: ['fastapi', 'uvicorn'],
      ...{ line: / web:app$/, path: '/app/lib:/app' },
    },
    {
      name: 'where the start command goes',
      files: { 'backend/a.py': '' },
      locked: ['gunicorn'],
      command: 'cd backend && gunicorn a:b',
      ...{ line: /^cd backend/, path: '/app/backend:/app' },
    },
  ])('$name', async ({ line, path, ...asked }) => {
    expect(await started(asked)).toEqual(expect.objectContaining({ line: expect.stringMatching(line), path, fault: undefined }))
  })
})

describe('what is not guessed is named', () => {
  test.each<Asked & { readonly name: string; readonly why: RegExp; readonly next: RegExp }>([
    {
      name: 'a server that is missing',
      files: { 'app.py': 'from flask import Flask\napp = Flask(__name__)\n' },
      locked: ['flask'],
      ...{ why: /^nothing that serves app:app is among the dependencies$/, next: /^Set packages: gunicorn; / },
    },
    {
      name: 'a script that may serve the application itself, before a server that is missing',
      files: {
        'shop/__init__.py': 'from flask import Flask\napp = Flask(__name__)\n',
        'serve.py': 'from shop.main import main\nif __name__ == "__main__":\n    main()\n',
      },
      locked: ['flask', 'tornado'],
      ...{
        why: /^nothing that serves shop:app is among the dependencies$/,
        next: /^If serve\.py serves it, set the input command to: python serve\.py\. Else: Set packages: gunicorn; /,
      },
    },
    {
      name: 'no script that calls the server of a developer',
      files: {
        'shop/__init__.py': 'from flask import Flask\napp = Flask(__name__)\n',
        'run.py': 'from shop import app\nif __name__ == "__main__":\n    app.run(debug=True)\n',
      },
      locked: ['flask'],
      ...{ why: /^nothing that serves shop:app/, next: /^Set packages: gunicorn; / },
    },
    {
      name: 'Streamlit',
      files: { 'app.py': 'import streamlit as st\n' },
      locked: ['streamlit'],
      ...{ why: /app\.py is of Streamlit/, next: /set the input command to: streamlit run app\.py --server\.address 0\.0\.0\.0/ },
    },
    {
      name: 'a package that can be run',
      files: { 'shop/__init__.py': '', 'shop/__main__.py': '' },
      locked: [],
      ...{ why: /shop is a package/, next: /set the input command to: python -m shop$/ },
    },
    {
      name: 'a Procfile without web:',
      files: { Procfile: 'worker: python bot.py\n', 'bot.py': '' },
      locked: [],
      ...{ why: /no web: line/, next: /set the input command to: python bot\.py$/ },
    },
    {
      name: 'one of two applications',
      files: { 'a.py': `${FASTAPI}one = FastAPI()\n`, 'b.py': `${FASTAPI}two = FastAPI()\n` },
      locked: ['fastapi', 'uvicorn'],
      ...{ why: /several web applications \(a:one, b:two\)/, next: /input command/ },
    },
  ])('$name', async ({ why, next, ...asked }) => {
    const { start } = await started(asked)
    expect(start).toMatchObject({ command: undefined, why: expect.stringMatching(why), next: expect.stringMatching(next) })
  })
})

test('a module in the wheel that comes from above the project is looked into, and no other that lies there', async () => {
  await using folder = await tempFolder('above')
  const app = `${FASTAPI}app = FastAPI()\n`
  await writeFiles(folder.path, {
    'projects/web/pyproject.toml': '[project]\nname = "web"\nversion = "1"\n[build-system]\nrequires = ["hatchling"]\n',
    'bases/acme/api/core.py': app,
    'bases/acme/other/core.py': app,
    'acme/api/core.py': '',
  })
  const at = folder.at('projects/web')
  const plain = worldIn(folder.path)
  const world: World = { ...plain, paths: { ...plain.paths, project: at } }
  await writeFiles(world.paths.wheelhouse, { 'web-1-py3-none-any.whl': zip({ 'acme/api/core.py': app, 'web-1.dist-info/METADATA': '' }) })
  const snapshot = await source.snapshot(at, '')
  const paths = snapshot.map(({ path }) => path)
  const project = readProject(await readTree({ project: at, workspace: folder.path }, paths, world.files), 'web')
  const above = await source.chosen(folder.path, ['bases/acme/api/core.py', 'bases/acme/other/core.py'])
  const made = { snapshot, above, parts: {} }
  const contents = await wheelContents(world, made, 'web-1-py3-none-any.whl')
  const house = { wheels: ['fastapi', 'uvicorn'].map((name) => ({ name, ...WHEEL })), contents, source: made }
  const { command } = await chooseStart(world, project, house, { command: '', settings: undefined })
  expect(command?.argv.at(-1)).toMatch(/ acme\.api\.core:app$/)
  expect(pythonPath(house as Partial<Wheelhouse> as Wheelhouse, undefined)).toBe('')
})

test.each([
  { name: "Django's commands are no start", code: 'from django.core.management import execute_from_command_line\n', argv: undefined },
  { name: 'a tool with a function of that name is', code: 'def execute_from_command_line():\n    pass\n', argv: ['shop'] },
])('a console script: $name', async ({ code, argv }) => {
  await using folder = await tempFolder('managed')
  await writeFiles(folder.path, { 'setup.py': 'setup(name="shop")\n', 'shop/cli.py': code })
  const world = worldIn(folder.path)
  const snapshot = await source.snapshot(folder.path, '')
  const paths = snapshot.map(({ path }) => path)
  const project = readProject(await readTree({ project: folder.path, workspace: folder.path }, paths, world.files), 'shop')
  const contents = { scripts: { shop: 'shop.cli:execute_from_command_line' }, roots: [{ prefix: '', packages: ['shop'] }] }
  const house = { wheels: [], contents, source: { snapshot }, metadata: { name: 'shop' } }
  const { command } = await chooseStart(world, project, house, { command: '', settings: undefined })
  expect(command?.argv).toEqual(argv)
})

test('a console script that is named like the wheel starts the image, though setup.py computes that name', async () => {
  await using folder = await tempFolder('named')
  await writeFiles(folder.path, { 'setup.py': 'setup(**SETUP)\n' })
  const world = worldIn(folder.path)
  const project = readProject(await readTree({ project: folder.path, workspace: folder.path }, ['setup.py'], world.files), 'catalog')
  const contents = { scripts: { 'acme-catalog': 'acme.cli:main', acme: 'acme.cli:main' }, roots: [] }
  const house = { wheels: [], contents, source: { snapshot: [] }, metadata: { name: 'Acme_Catalog' } }
  const { command } = await chooseStart(world, project, house, { command: '', settings: undefined })
  expect(command?.argv).toEqual(['acme-catalog'])
})

test('a module of more than a mebibyte is no fault, and not looked into', async () => {
  const tables = `TABLE = "${'x'.repeat(1_200_000)}"\n`
  const files = { 'app.py': `${FASTAPI}app = FastAPI()\n`, 'grammar.py': tables, 'start.sh': `#!/bin/sh\n# ${tables}` }
  const { line } = await started({ files, locked: ['fastapi', 'uvicorn'] })
  expect(line).toMatch(/ app:app$/)
  expect(await started({ files, locked: [], command: './start.sh', executable: ['start.sh'] })).toMatchObject({ fault: undefined })
})

describe('before a start', () => {
  const script = '#!/bin/sh\nexec gunicorn a:b\n'
  test.each<Asked & { readonly name: string; readonly fault: RegExp | undefined }>(
    [
      { name: 'a script that is fine', files: { 'start.sh': script }, executable: ['start.sh'], fault: undefined },
      { name: 'a script that may not be executed', files: { 'start.sh': script }, fault: /start\.sh, which may not be executed/ },
      {
        name: 'a script that .dockerignore leaves out',
        files: { 'start.sh': script, '.dockerignore': '*.sh' },
        executable: ['start.sh'],
        fault: /start\.sh, which \.dockerignore leaves out/,
      },
      {
        name: 'a folder that .dockerignore leaves out',
        files: { 'backend/a.py': '', '.dockerignore': 'backend' },
        command: 'cd backend && ./a',
        fault: /folder backend, .*: \.dockerignore leaves it out/,
      },
      { name: 'a script with CR LF', files: { 'start.sh': script.replaceAll('\n', '\r\n') }, executable: ['start.sh'], fault: /CR LF/ },
      {
        name: 'a folder that is not there',
        files: {},
        command: 'cd backend && ./x',
        fault: /the folder backend, which is not in the image/,
      },
    ].map((row) => ({ locked: [], command: './start.sh', ...row })),
  )('$name is looked at', async ({ fault, ...asked }) => {
    const result = await started(asked)
    if (fault) expect(result.fault).toMatch(fault)
    else expect(result.fault).toBeUndefined()
  })

  test('a fault is a warning where checks are no errors', async () => {
    const { fault, said } = await started({ files: { 'start.sh': script }, locked: [], command: './start.sh', checks: 'warn' })
    expect(fault).toBeUndefined()
    expect(said).toMatch(/^The start command runs \.\/start\.sh, which may not be executed\. Run "git update-index/m)
  })
})

describe('a server that an extra of the project brings', () => {
  const files = {
    'pyproject.toml':
      '[project]\nname = "httpbin"\nversion = "1"\ndependencies = ["flask"]\n[project.optional-dependencies]\nmainapp = ["gunicorn", "gevent"]\n[build-system]\nrequires = ["setuptools"]\n',
    'httpbin/__init__.py': 'from flask import Flask\napp = Flask(__name__)\n',
    Procfile: 'web: gunicorn httpbin:app -k gevent\n',
  }

  test('is told before anything is built', async () => {
    const { fault } = await started({ files, locked: ['flask'] })
    expect(fault).toBe('the start command calls gunicorn, which is not among the packages')
    expect((await started({ files, locked: ['flask'], checks: 'warn' })).said).toContain('Set extras: mainapp, which brings gunicorn.')
  })

  test.each<Asked & { readonly name: string }>([
    { name: 'it is among the packages', files, locked: ['flask', 'gunicorn'] },
    { name: 'the command calls another one', files, locked: ['flask'], command: 'flask run --host 0.0.0.0' },
    {
      name: 'no extra has it',
      files: { ...files, 'pyproject.toml': files['pyproject.toml'].replace('"gunicorn", ', '') },
      locked: ['flask'],
    },
  ])('is no matter where $name', async (asked) => {
    expect((await started(asked)).fault).toBeUndefined()
  })
})

test('settings are read in what the start imports, and in modules that are named for them or their surroundings', async () => {
  await using folder = await tempFolder('settings')
  const files = { 'app.py': 'A', 'azure/development.py': 'B', 'shop/settings/local.py': 'C', 'shop/db.py': 'D', 'shop/views.py': 'E' }
  await writeFiles(folder.path, { 'requirements.txt': 'flask', ...files })
  const world = worldIn(folder.path, { log: listener() })
  const snapshot = await source.snapshot(folder.path, '')
  const paths = snapshot.map(({ path }) => path)
  const project = readProject(await readTree({ project: folder.path, workspace: folder.path }, paths, world.files), 'app')
  const house = { wheels: [], contents: sourceContents(project), source: { snapshot, parts: {} } }
  expect([...(await settingsTexts(world, house, undefined, ['app']))].sort()).toEqual(['A', 'B', 'C', 'D'])
})
