import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { must } from '../support/command.ts'
import { type MachineDaemon, machineDaemon } from '../support/daemon.ts'
import { type Project, projectOf } from '../support/project.ts'
import { type ActionResult, runAction } from '../support/runner.ts'
import { answerOf, serving } from '../support/serving.ts'
import { writeFiles } from '../support/temp.ts'

// Where packages come from, as files of each tool say it: what is local is never an index's.

jest.setTimeout(600_000)

const NAMESPACE = 'pt-sources'

let daemon: MachineDaemon

beforeAll(async () => {
  daemon = await machineDaemon(NAMESPACE)
})

afterAll(async () => {
  await daemon?.[Symbol.asyncDispose]()
})

function packaged(project: Project, inputs: Record<string, string> = {}): Promise<ActionResult> {
  return runAction({
    workspace: project.workspace,
    inputs: { namespace: NAMESPACE, 'image-name': 'app', sbom: 'false', ...inputs },
    env: { DOCKER_HOST: daemon.host },
  })
}

function origins(result: ActionResult): Readonly<Record<string, string>> {
  const wheels = JSON.parse(result.outputs.wheels ?? '[]') as readonly { name: string; origin: string }[]
  return Object.fromEntries(wheels.map(({ name, origin }) => [name, origin]))
}

/** A package of one module, built by setuptools. */
function library(name: string, requires: readonly string[] = [], more = ''): Readonly<Record<string, string>> {
  const head = `[build-system]\nrequires = ["setuptools>=61"]\nbuild-backend = "setuptools.build_meta"\n[project]\nname = "${name}"\nversion = "0.1"\n`
  return {
    'pyproject.toml': `${head}dependencies = ${JSON.stringify(requires)}\n${more}[tool.setuptools]\npackages = ["${name}"]\n`,
    [`${name}/__init__.py`]: 'OURS = True\n',
  }
}

function below(folder: string, files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(files).map(([file, text]) => [`${folder}/${file}`, text]))
}

// `packaging`, `attrs` and `colorama` are packages of the index, too: nothing of theirs may be installed in the place of the folders.
test('requirements files give what pip installs: extras, folders in every spelling, the project itself, what is built from source', async () => {
  await using project = await projectOf({
    'setup.py':
      'from setuptools import setup\nsetup(name="orders", version="1.0", packages=["orders"], install_requires=["flask"], extras_require={"server": ["gunicorn"]})\n',
    'orders/__init__.py': '',
    'orders/web.py': `import attrs, colorama, flask, gunicorn, itsdangerous, packaging, six, slugify, sortedcontainers\napp = flask.Flask(__name__)\n@app.get("/")\ndef index():\n    return str(attrs.OURS and colorama.OURS and packaging.OURS)\n`,
    Procfile: 'web: gunicorn orders.web:app\n',
    ...below('libs/attrs', library('attrs', ['python-slugify'], '[project.optional-dependencies]\npdf = ["six"]\n')),
    ...below('libs/colorama', library('colorama')),
    ...below('libs/packaging', library('packaging', ['attrs'])),
    ...below('libs/winonly', library('winonly')),
  })
  const lines = [
    '-e .[server]',
    'sortedcontainers==2.4.0  # kept',
    './libs/attrs[pdf] ; python_version >= "3.8"',
    '-e libs/colorama',
    'libs/packaging/',
    './libs/winonly ; sys_platform == "win32"',
    '--no-binary itsdangerous',
  ]
  await writeFiles(project.workspace, { 'requirements.txt': Buffer.from(`\uFEFF${lines.join('\r\n')}`, 'utf16le') })
  await project.commit()
  const result = await packaged(project)
  expect([result.errors, result.code]).toEqual([[], 0])
  expect(await answerOf(daemon.host, `${NAMESPACE}/app:main`)).toBe('True')
  const found = origins(result)
  // As of `pip install --dry-run --ignore-installed --report - -r requirements.txt` (pip 23.2.1, Python 3.11).
  const installed =
    'attrs blinker click colorama flask gunicorn itsdangerous jinja2 markupsafe orders packaging python-slugify six sortedcontainers text-unidecode werkzeug'
  expect(Object.keys(found).sort()).toEqual(installed.split(' '))
  expect(found).toMatchObject({
    orders: 'project',
    attrs: 'compiled',
    colorama: 'compiled',
    packaging: 'compiled',
    itsdangerous: 'compiled',
    sortedcontainers: 'downloaded',
    gunicorn: 'downloaded',
    six: 'downloaded',
    'python-slugify': 'downloaded',
  })
})

// The wheels are those of `pip install -r requirements.txt`.
test.each([
  { line: './libs/billing', here: {}, wheels: { billing: 'compiled', six: 'downloaded' } },
  { line: '-e libs/billing', here: {}, wheels: { billing: 'compiled', six: 'downloaded' } },
  { line: '.', here: library('orders', ['six']), wheels: { orders: 'project', six: 'downloaded' } },
  { line: '-e .', here: library('orders', ['six']), wheels: { orders: 'project', six: 'downloaded' } },
])('a requirements.txt that is "$line" alone gives what that folder is and needs', async ({ line, here, wheels }) => {
  await using project = await projectOf({ ...here, ...below('libs/billing', library('billing', ['six'])), 'requirements.txt': `${line}\n` })
  const result = await packaged(project, { target: 'wheels' })
  expect([result.errors, origins(result), result.code]).toEqual([[], wheels, 0])
})

test('Poetry 2: what [project] names and the tables of Poetry place is the folder, and so are what that wants and its groups', async () => {
  await using project = await projectOf({
    'apps/api/pyproject.toml':
      '[project]\nname = "api"\nversion = "0.1.0"\nrequires-python = ">=3.9,<4.0"\ndependencies = ["flask", "gunicorn", "attrs"]\n[tool.poetry]\npackage-mode = false\n[tool.poetry.dependencies]\nattrs = { path = "../../libs/attrs", develop = true }\n[tool.poetry.group.dev]\ninclude-groups = ["lint"]\n[tool.poetry.group.lint.dependencies]\ncolorama = { path = "../../libs/colorama" }\n',
    'apps/api/app.py':
      'import attrs, colorama, packaging\nfrom flask import Flask\nassert attrs.OURS and packaging.OURS and colorama.OURS\napp = Flask(__name__)\n@app.get("/")\ndef index():\n    return "ours"\n',
    'libs/attrs/pyproject.toml':
      '[project]\nname = "attrs"\nversion = "0.1.0"\ndynamic = ["dependencies"]\n[tool.poetry]\npackages = [{ include = "attrs" }]\n[tool.poetry.dependencies]\npackaging = { path = "../packaging" }\n[build-system]\nrequires = ["poetry-core"]\nbuild-backend = "poetry.core.masonry.api"\n',
    'libs/attrs/attrs/__init__.py': 'OURS = True\n',
    ...below('libs/packaging', library('packaging')),
    ...below('libs/colorama', library('colorama')),
  })
  const result = await packaged(project, { path: 'apps/api', extras: 'group:dev' })
  expect([result.errors, result.code]).toEqual([[], 0])
  expect(origins(result)).toMatchObject({ attrs: 'compiled', colorama: 'compiled', flask: 'downloaded' })
  expect(await answerOf(daemon.host, `${NAMESPACE}/app:main`)).toBe('ours')
})

test('PDM: the folder that ${PROJECT_ROOT} names, in its groups too', async () => {
  await using project = await projectOf({
    'pyproject.toml':
      '[project]\nname = "crawler"\nversion = "0.1.0"\nrequires-python = ">=3.9"\ndependencies = ["attrs @ file:///${PROJECT_ROOT}/libs/attrs"]\n[tool.pdm]\ndistribution = false\n[tool.pdm.dev-dependencies]\ntest = ["-e file:///${PROJECT_ROOT}/libs/colorama#egg=colorama"]\n',
    'app.py': serving('import attrs, colorama, six', 'attrs.OURS and colorama.OURS'),
    ...below('libs/attrs', library('attrs', ['six'])),
    ...below('libs/colorama', library('colorama')),
  })
  const result = await packaged(project, { 'image-name': 'crawler', extras: 'group:test', command: 'python -m app' })
  expect([result.errors, result.code]).toEqual([[], 0])
  expect(await answerOf(daemon.host, `${NAMESPACE}/crawler:main`)).toBe('True')
  expect(origins(result)).toEqual({ attrs: 'compiled', colorama: 'compiled', six: 'downloaded' })
})

test('a readme that .dockerignore leaves out is there for the wheel, and the rest of what it names is not', async () => {
  await using project = await projectOf({
    '.dockerignore': '*.md\nLICENSE\n**/*.log\n',
    'README.md': '# ticker\n',
    LICENSE: 'MIT\n',
    'ticker/debug.log': '',
    'ticker/__init__.py': '',
    'ticker/web.py': serving('from importlib.metadata import metadata', 'metadata("ticker")["Description"]'),
    'pyproject.toml':
      '[project]\nname = "ticker"\nversion = "1"\nreadme = "README.md"\nlicense-files = ["LICENSE"]\n[build-system]\nrequires = ["hatchling<1.32"]\nbuild-backend = "hatchling.build"\n',
  })
  const result = await packaged(project, { 'image-name': 'ticker', command: 'python -m ticker.web' })
  expect([result.errors, result.code]).toEqual([[], 0])
  expect(await answerOf(daemon.host, `${NAMESPACE}/ticker:main`)).toBe('# ticker\n')
  const file = await must('find', [project.workspace, '-name', 'ticker-1*.whl'])
  const wheel = await must('unzip', ['-l', file])
  expect(wheel).toContain('licenses/LICENSE')
  expect(wheel).not.toContain('debug.log')
})

test('Poetry without a package of its name, and templates beside a package: the source goes to /app, which the log explains', async () => {
  await using project = await projectOf({
    'eco/pyproject.toml':
      '[tool.poetry]\nname = "eco_service"\nversion = "3.3.0"\ndescription = ""\nauthors = []\n[tool.poetry.dependencies]\npython = "~3.11 || ~3.12"\nsix = "*"\n[build-system]\nrequires = ["poetry-core"]\nbuild-backend = "poetry.core.masonry.api"\n',
    'eco/api/main.py': serving('import settings, six', 'settings.NAME'),
    'eco/settings.py': 'NAME = "eco"\n',
    'desk/pyproject.toml': '[project]\nname = "desk"\nversion = "1"\ndependencies = ["flask", "gunicorn"]\n',
    'desk/app/__init__.py': '',
    'desk/app/main.py':
      "from flask import Flask, render_template\napp = Flask(__name__, template_folder='../templates')\n@app.get('/')\ndef index():\n    return render_template('index.html')\n",
    'desk/templates/index.html': '<h1>hi</h1>',
  })
  const eco = await packaged(project, { path: 'eco', 'image-name': 'eco', command: 'python -m api.main' })
  expect(await answerOf(daemon.host, `${NAMESPACE}/eco:main`)).toBe('eco')
  expect([eco.errors, origins(eco)]).toEqual([[], { six: 'downloaded' }])
  expect(eco.log).toContain(
    'no wheel of the project, as Poetry finds no package eco_service: its source goes to /app (packages in [tool.poetry] names others, and package-mode = false says so outright)',
  )
  const desk = await packaged(project, { path: 'desk', 'image-name': 'desk' })
  expect(desk.errors).toEqual([])
  expect(await answerOf(daemon.host, `${NAMESPACE}/desk:main`)).toBe('<h1>hi</h1>')
})
