import { cp, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { archives } from '../../src/effects/files/archives.ts'
import { files } from '../../src/effects/files/files.ts'
import { type RemoteFile, readLock } from '../../src/project/resolved-lock.ts'
import { type MachineDaemon, machineDaemon } from '../support/daemon.ts'
import { images } from '../support/image.ts'
import { type Project, projectOf } from '../support/project.ts'
import { type ActionResult, runAction } from '../support/runner.ts'

// Small projects of every shape, packaged for real on a daemon of the test's own.

jest.setTimeout(600_000)

const NAMESPACE = 'pt-kinds'
const EXAMPLES = path.join(import.meta.dirname, '../../examples')

let daemon: MachineDaemon

beforeAll(async () => {
  daemon = await machineDaemon(NAMESPACE)
})

afterAll(async () => {
  await daemon?.[Symbol.asyncDispose]()
})

const onDaemon = () => images(daemon.host)

function packaged(project: Project, inputs: Record<string, string> = {}): Promise<ActionResult> {
  return runAction({ workspace: project.workspace, inputs: { namespace: NAMESPACE, ...inputs }, env: { DOCKER_HOST: daemon.host } })
}

function origins(result: ActionResult): readonly string[] {
  return (JSON.parse(result.outputs.wheels ?? '[]') as { name: string; origin: string }[]).map(({ name, origin }) => `${name} ${origin}`)
}

/** A package as hatchling builds it. */
function hatchling(name: string, more = ''): Readonly<Record<string, string>> {
  return {
    'pyproject.toml': `[project]\nname = "${name}"\nversion = "1.0"\n${more}\n[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n`,
    [`${name}/__init__.py`]: `NAME = "${name}"\n`,
  }
}

function below(folder: string, files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(files).map(([file, text]) => [`${folder}/${file}`, text]))
}

describe('an application with requirements files and no metadata', () => {
  let project: Project
  let result: ActionResult

  beforeAll(async () => {
    project = await projectOf({ '.env': 'SECRET=1\n', '.dockerignore': '*.log\n', 'debug.log': 'x\n' })
    await cp(path.join(EXAMPLES, 'guestbook'), project.workspace, { recursive: true })
    await project.write('requirements/dev.txt', 'no-such-package-of-anybody\n')
    await project.commit('Guest book')
    result = await packaged(project, { 'image-name': 'guestbook' })
  })

  afterAll(async () => project[Symbol.asyncDispose]())

  test('is packaged with the dependencies of its files, bounded by its constraints', () => {
    expect(result.errors).toEqual([])
    expect(result.log).toContain('no wheel of the project, as it has requirements.txt and no metadata: its source goes to /app')
    expect(result.log).toMatch(/resolving 2 requirements of requirements.txt, requirements\/base.txt, requirements\/constraints.txt/)
    expect(origins(result)).toEqual(expect.arrayContaining(['flask downloaded', 'gunicorn downloaded']))
  })

  test('serves its site', async () => {
    await using site = await onDaemon().serve(`${NAMESPACE}/guestbook:main`)
    expect(await (await site.fetch('/')).text()).toContain('<h1>Guest book</h1>')
  })

  test('can write to a fresh named volume over its instance folder', async () => {
    expect(await onDaemon().ownerInVolume(`${NAMESPACE}/guestbook:main`, '/app/instance')).toBe('10001:10001')
  })

  test('has its source in the image, and nothing that has no place there', async () => {
    const listed = await onDaemon().run(`${NAMESPACE}/guestbook:main`, ['ls', '-A', '/app'])
    expect(listed.split('\n')).toEqual(expect.arrayContaining(['app.py', 'requirements.txt', 'templates']))
    for (const name of ['.env', '.git', 'debug.log', 'wheelhouse']) expect(listed.split('\n')).not.toContain(name)
  })

  test('leaves the working folder to the user of the image', async () => {
    expect(await onDaemon().run(`${NAMESPACE}/guestbook:main`, ['sh', '-c', 'touch /app/new && id -u'])).toBe('10001')
  })
})

test('a decoy setup.py beside a full requirements.txt: the requirements are meant, and the log says so', async () => {
  await using project = await projectOf({
    'setup.py': 'from setuptools import setup\nsetup(name="decoy", version="1", py_modules=["decoy"])\n',
    'decoy.py': '',
    'requirements.txt': 'six\n',
  })
  const result = await packaged(project, { target: 'wheels' })
  expect(result.errors).toEqual([])
  expect(result.log).toContain('setup.py requires nothing, so the dependencies are those of requirements.txt')
  expect(origins(result)).toEqual(['six downloaded', 'decoy project'])
})

test("a member of a uv workspace without a lock follows its root's sources, constraints and overrides", async () => {
  const root = `[tool.uv]
constraint-dependencies = ["packaging<24"]
override-dependencies = ["idna==3.6"]
[tool.uv.sources]
core = { workspace = true }
api = { workspace = true }
[tool.uv.workspace]
members = ["packages/*"]
`
  await using project = await projectOf({
    'pyproject.toml': root,
    ...below('packages/api', hatchling('api', 'dependencies = ["core"]\n[project.scripts]\napi = "api:main"')),
    // It requires the project back: no index is asked for that.
    ...below('packages/core', hatchling('core', 'dependencies = ["packaging", "idna<3", "api"]')),
    'packages/api/api/__init__.py': 'import core\ndef main():\n    print("api with", core.NAME)\n',
  })
  const result = await packaged(project, { path: 'packages/api', 'image-name': 'rooted' })
  expect(result.errors).toEqual([])
  expect(result.log).toContain('core comes from packages/core')
  expect(origins(result)).toEqual(['core compiled', 'idna downloaded', 'packaging downloaded', 'api project'])
  const versions = 'from importlib.metadata import version as v; print(v("idna"), v("packaging").split(".")[0], v("core"))'
  expect(await onDaemon().run(`${NAMESPACE}/rooted:main`, ['python', '-c', versions])).toBe('3.6 23 1.0')
  expect(await onDaemon().run(`${NAMESPACE}/rooted:main`, ['api'])).toBe('api with core')
})

/** What the wheel of a run holds. */
async function inWheel(project: Project, result: ActionResult): Promise<readonly string[]> {
  const wheels = JSON.parse(result.outputs.wheels ?? '[]') as { file: string; origin: string }[]
  return archives.list(project.at('wheelhouse', wheels.find(({ origin }) => origin === 'project')?.file ?? ''))
}

/** Does what the warning says. */
async function follow(project: Project, line: string): Promise<void> {
  const [, place = '', text = ''] = /^(.*?): (.*)$/.exec(line) ?? []
  const read = async (file: string) => (await files.read(project.at(file))) ?? ''
  if (place === 'MANIFEST.in') await project.write(place, `${await read(place)}${text}\n`)
  else if (place === 'setup()') await project.write('setup.py', (await read('setup.py')).replace('setup(', `setup(${text}, `))
  else {
    const [file = '', section = ''] = place.split(', ')
    await project.write(file, `${await read(file)}${section}\n${text}\n`)
  }
}

describe('templates and data that the wheel lacks', () => {
  const setup = (more = '') => `from setuptools import setup\nsetup(name="polls", version="1.0", packages=["polls"]${more})\n`
  test.each([
    {
      name: 'setup.py',
      source: { 'setup.py': setup() },
      lines: ['setup(): package_data={"polls": ["*.json", "templates/**"]}'],
    },
    {
      name: 'setup.py that includes what MANIFEST.in names',
      source: { 'setup.py': setup(', include_package_data=True') },
      lines: ['MANIFEST.in: include polls/*.json', 'MANIFEST.in: recursive-include polls/templates *'],
    },
    {
      name: 'setup.cfg and nothing else',
      source: { 'setup.cfg': '[metadata]\nname = polls\nversion = 1.0\n[options]\npackages = find:\n' },
      lines: ['setup.cfg, [options.package_data]: polls = *.json, templates/**'],
    },
    {
      name: 'pyproject.toml',
      source: { 'pyproject.toml': '[project]\nname = "polls"\nversion = "1.0"\n[tool.setuptools]\npackages = ["polls"]\n' },
      lines: ['MANIFEST.in: include polls/*.json', 'MANIFEST.in: recursive-include polls/templates *'],
    },
    {
      name: 'pyproject.toml that includes no package data',
      source: {
        'pyproject.toml':
          '[project]\nname = "polls"\nversion = "1.0"\n[tool.setuptools]\npackages = ["polls"]\ninclude-package-data = false\n',
      },
      lines: ['pyproject.toml, [tool.setuptools.package-data]: polls = ["*.json", "templates/**"]'],
    },
  ])('are named with the lines that put them there: $name', async ({ source, lines }) => {
    const data = ['polls/schema.json', 'polls/templates/docs/index.html']
    await using project = await projectOf({
      ...source,
      'polls/__init__.py': '',
      ...Object.fromEntries(data.map((file) => [file, '{}\n'])),
    } as Record<string, string>)
    const first = await packaged(project, { target: 'wheels' })
    expect(first.errors).toEqual([])
    const [, , said = ''] = /Not in polls-1\.0-py3-none-any\.whl: (.*?)\. To put them there: (.*)\.$/m.exec(first.warnings.join('\n')) ?? []
    expect(said.split('; ')).toEqual(lines)
    for (const line of said.split('; ')) await follow(project, line)
    const second = await packaged(project, { target: 'wheels' })
    expect(second.errors).toEqual([])
    expect(second.warnings.join('\n')).not.toContain('Not in')
    expect((await inWheel(project, second)).filter((file) => data.includes(file)).toSorted()).toEqual(data)
  })

  test('are told where they lie beside the packages of a Django project', async () => {
    await using project = await projectOf({
      'setup.py': setup().replace('"polls"]', '"mysite"]'),
      'manage.py': 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "mysite.settings")\n',
      'mysite/__init__.py': '',
      'mysite/settings.py': 'TEMPLATES = [{"DIRS": [BASE_DIR / "templates"]}]\nSTATIC_ROOT = BASE_DIR / "static"\n',
      'templates/base.html': '<html>\n',
      'static/collected.css': '',
    })
    const result = await packaged(project, { target: 'wheels' })
    expect(result.warnings).toEqual([
      'Not in polls-1.0-py3-none-any.whl: templates/base.html. The settings name their folders, which lie beside the packages, where no ' +
        'wheel takes them: move them into a package, such as mysite/, and name them there in mysite/settings.py.',
    ])
  })
})

describe('a member of a uv workspace with a lock', () => {
  let project: Project
  const member = `requires-python = ">=3.11"
dependencies = ["core", "six"]
[project.optional-dependencies]
fast = ["idna"]
[project.scripts]
api = "api:main"
[tool.uv.sources]
core = { workspace = true }`

  beforeAll(async () => {
    project = await projectOf({
      'pyproject.toml': '[tool.uv.workspace]\nmembers = ["packages/*"]\n',
      ...below('packages/api', hatchling('api', member)),
      ...below('packages/core', hatchling('core', 'dependencies = ["packaging"]')),
      'packages/api/api/__init__.py': 'import core\ndef main():\n    print("api with", core.NAME)\n',
    })
    await project.write('uv.lock', await lockOf(project))
    await rm(project.at('packages/api/wheelhouse'), { recursive: true })
    await project.commit('Lock')
  })

  afterAll(async () => project[Symbol.asyncDispose]())

  test('has the locked dependencies and its neighbours as wheels', async () => {
    const result = await packaged(project, { path: 'packages/api', extras: 'fast', 'image-name': 'api' })
    expect(result.errors).toEqual([])
    expect(result.log).toContain('../../uv.lock names 4 packages; nothing is resolved again')
    expect(result.log).toContain('core comes from packages/core')
    expect(origins(result)).toEqual(['core compiled', 'idna downloaded', 'packaging downloaded', 'six downloaded', 'api project'])
    expect(await onDaemon().run(`${NAMESPACE}/api:main`, ['api'])).toBe('api with core')
  })

  test('builds a neighbour again where that changed, and resolves nothing', async () => {
    await project.write('packages/core/core/__init__.py', 'NAME = "new core"\n')
    await project.commit('New core')
    const result = await packaged(project, { path: 'packages/api', extras: 'fast', 'image-name': 'api' })
    expect(result.log).toContain('core: building its folder (changed: sdist)')
    expect(result.log).toContain('pylock.toml: ../../uv.lock is unchanged')
    expect(await onDaemon().run(`${NAMESPACE}/api:main`, ['api'])).toBe('api with new core')
  })

  test('is refused where the index has another file than the lock', async () => {
    await using changed = await project.shallow()
    const lock = await readFile(changed.at('uv.lock'), 'utf8')
    const sum = /six-[\d.]+-py2\.py3-none-any\.whl", hash = "sha256:([0-9a-f]{64})"/.exec(lock)?.[1] ?? ''
    expect(sum).toHaveLength(64)
    await changed.write('uv.lock', lock.replaceAll(sum, '0'.repeat(64)))
    const result = await packaged(changed, { path: 'packages/api', target: 'wheels' })
    expect(result.errors).toHaveLength(1)
    expect(result.errors[0]).toMatch(/^lock: six-.*\.whl has sha256 .*; the lock says 0000000000000000….*run "uv lock"/)
  })

  test('is refused where its metadata went on without the lock', async () => {
    await using changed = await project.shallow()
    const text = await readFile(changed.at('packages/api/pyproject.toml'), 'utf8')
    await changed.write('packages/api/pyproject.toml', text.replace('"six"', '"six", "attrs"'))
    const result = await packaged(changed, { path: 'packages/api', target: 'wheels' })
    expect(result.errors).toEqual(['lock: ../../uv.lock is out of date: it does not hold attrs. Run "uv lock" and commit the lock.'])
  })
})

/** As `uv lock` would write it, of what the action resolved without a lock. */
async function lockOf(project: Project): Promise<string> {
  const resolved = await packaged(project, { path: 'packages/api', extras: 'fast', target: 'wheels' })
  expect(resolved.errors).toEqual([])
  const packages = readLock('pylock.toml', await readFile(project.at('packages/api/wheelhouse/pylock.toml'), 'utf8'))
  const locked = packages
    .filter(({ folder }) => !folder)
    .map(({ name, version, wheels }) => {
      const files = wheels.map(({ url, sha256 }) => `    { url = "${url}", hash = "sha256:${sha256}" },`)
      const source = 'source = { registry = "https://index.example/simple" }'
      return `[[package]]\nname = "${name}"\nversion = "${version}"\n${source}\nwheels = [\n${files.join('\n')}\n]\n`
    })
  return `version = 1
requires-python = ">=3.11"

[manifest]
members = ["api", "core"]

[[package]]
name = "api"
version = "1.0"
source = { editable = "packages/api" }
dependencies = [{ name = "core" }, { name = "six" }]

[package.optional-dependencies]
fast = [{ name = "idna" }]

[[package]]
name = "core"
version = "1.0"
source = { editable = "packages/core" }
dependencies = [{ name = "packaging" }]

${locked.join('\n')}`
}

describe('a project that is compiled, and requires a folder and a repository', () => {
  let project: Project
  let library: Project
  let result: ActionResult

  beforeAll(async () => {
    // Both have their versions from git, one from a repository of its own, the other from the application's.
    const scm = { version: 'source = "vcs"\nraw-options = { root = ".." }', requires: '"hatchling", "hatch-vcs"' }
    library = await projectOf({
      'python/pyproject.toml': `[project]\nname = "gl"\ndynamic = ["version"]\n[tool.hatch.version]\n${scm.version}\n[build-system]\nrequires = [${scm.requires}]\nbuild-backend = "hatchling.build"\n`,
      'python/gl/__init__.py': 'NAME = "gl"\n',
    })
    await library.tag('v3.0')
    await library.commit('After v3.0')
    const requires = `["billing", "gl @ git+file://${library.workspace}@main#subdirectory=python"]`
    project = await projectOf({
      'app/pyproject.toml':
        '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n[tool.uv.sources]\nbilling = { path = "../libs/billing" }\n',
      // setup_requires: the backend asks for more than [build-system] says.
      'app/setup.py': `from setuptools import Extension, setup
setup(name="app", version="1", py_modules=["app"], setup_requires=["calver"], ext_modules=[Extension("fast", ["fast.c"])],
      entry_points={"console_scripts": ["app=app:main"]}, install_requires=${requires})
`,
      'app/app.py': 'import billing, fast, gl\ndef main():\n    print(fast.answer(), gl.NAME, billing.NAME)\n',
      'app/fast.c': `#include <Python.h>
static PyObject *answer(PyObject *self, PyObject *unused) { return PyLong_FromLong(42); }
static PyMethodDef methods[] = {{"answer", answer, METH_NOARGS, ""}, {0}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "fast", 0, -1, methods};
PyMODINIT_FUNC PyInit_fast(void) { return PyModule_Create(&module); }
`,
      // Only its setup.py knows what it requires: it must be asked.
      'libs/billing/setup.py':
        'from setuptools import setup\nsetup(name="billing", use_scm_version={"root": "../.."}, packages=["billing"], install_requires=["six"])\n',
      'libs/billing/pyproject.toml':
        '[build-system]\nrequires = ["setuptools", "setuptools-scm"]\nbuild-backend = "setuptools.build_meta"\n',
      'libs/billing/billing/__init__.py': 'NAME = "billing"\n',
    })
    await project.tag('v2.5')
    result = await packaged(project, { path: 'app', 'image-name': 'app' })
  })

  afterAll(async () => {
    await project[Symbol.asyncDispose]()
    await library[Symbol.asyncDispose]()
  })

  test('is built in the builder with what its backend asks for', () => {
    expect(result.errors).toEqual([])
    expect(result.log).toContain('the build backend asks for calver too')
    expect(result.log).toMatch(/app-1-cp3\d+-cp3\d+-linux_\w+\.whl: built in [\d.]+ s in the builder/)
  })

  test('has wheels of the folder and of the repository at its commit', () => {
    expect(result.log).toContain('billing comes from libs/billing')
    expect(result.log).toMatch(/gl comes from git\+file:.*@[0-9a-f]{12}$/m)
    expect(origins(result)).toEqual(['billing compiled', 'gl compiled', 'six downloaded', 'app project'])
  })

  test('gives them the versions of their commits', async () => {
    const commit = (await library.git('rev-parse', '--short', 'HEAD')).slice(0, 7)
    const versions = (JSON.parse(result.outputs.wheels ?? '[]') as { name: string; version: string }[]).map(
      ({ name, version }) => `${name} ${version}`,
    )
    expect(versions).toEqual(expect.arrayContaining(['billing 2.5', expect.stringMatching(new RegExp(`^gl 3\\.1\\.dev1\\+g${commit}`))]))
  })

  test('runs, without a compiler in the image', async () => {
    expect(await onDaemon().run(`${NAMESPACE}/app:main`, ['app'])).toBe('42 gl billing')
    expect(await onDaemon().run(`${NAMESPACE}/app:main`, ['sh', '-c', 'command -v gcc git uv || echo none'])).toBe('none')
  })

  test('does nothing again where nothing changed', async () => {
    const again = await packaged(project, { path: 'app', 'image-name': 'app' })
    expect(again.errors).toEqual([])
    expect(origins(again)).toEqual(['billing reused', 'gl reused', 'six reused', 'app project'])
    expect(again.log).not.toMatch(/^ {2}(app-wheel|trial|wheel-\w+): /m)
    expect(again.summary).toContain('nothing changed: the image was here already')
  })
})

test('groups and extras are installed by name, unknown ones are named', async () => {
  const files = hatchling(
    'groups',
    '[project.optional-dependencies]\nfast = ["idna"]\n[dependency-groups]\nbase = ["six"]\ntest = [{include-group = "base"}]',
  )
  await using project = await projectOf(files)
  const result = await packaged(project, { extras: 'all, group:test', target: 'wheels' })
  expect([result.errors, result.warnings]).toEqual([[], []])
  expect(origins(result)).toEqual(['idna downloaded', 'six downloaded', 'groups project'])
  const misspelt = await packaged(project, { extras: 'all, group:tests', target: 'wheels' })
  expect(misspelt.errors).toEqual([expect.stringMatching(/groups has no dependency group "tests".*Did you mean "test"\?/)])
})

test('a project that Poetry keeps without a package and without a lock requires what its own table says', async () => {
  await using project = await projectOf({
    'pyproject.toml': `[tool.poetry]
name = "till"
package-mode = false
[tool.poetry.dependencies]
python = "^3.9"
six = "^1.16"
idna = { version = "*", optional = true }
[tool.poetry.extras]
names = ["idna"]
[tool.poetry.group.test.dependencies]
iniconfig = "*"
`,
    'till.py': '',
  })
  const result = await packaged(project, { extras: 'names, group:test', target: 'wheels' })
  expect(result.errors).toEqual([])
  expect(result.warnings).toEqual([])
  expect(origins(result)).toEqual(['idna downloaded', 'iniconfig downloaded', 'six downloaded'])
})

describe('a requirement by its address, and requirements with hashes', () => {
  let six: RemoteFile
  let version: string

  beforeAll(async () => {
    await using project = await projectOf({ 'requirements.txt': 'six\n' })
    expect((await packaged(project, { target: 'wheels' })).errors).toEqual([])
    const [entry] = readLock('pylock.toml', await readFile(project.at('wheelhouse/pylock.toml'), 'utf8'))
    six = entry?.wheels[0] as RemoteFile
    version = entry?.version ?? ''
  })

  test('are installed, beside namespace packages, data files, console and gui scripts of the project', async () => {
    await using project = await projectOf({
      'setup.py': `from setuptools import find_namespace_packages, setup
setup(name="kit", version="1", packages=[*find_namespace_packages(include=["acme.*"]), "kitd"], data_files=[("share/kit", ["kit.txt"])],
      entry_points={"console_scripts": ["kit=acme.kit:main", "kitd=kitd:main [d]"], "gui_scripts": ["kit-gui=acme.kit:main"]},
      extras_require={"d": ["aiohttp"]}, install_requires=["six @ ${six.url}"])
`,
      'kitd/__init__.py': 'import aiohttp\ndef main(): pass\n',
      'acme/kit/__init__.py':
        'import pathlib, six, sys\ndef main():\n    print(six.__version__, pathlib.Path(sys.prefix, "share/kit/kit.txt").read_text())\n',
      'kit.txt': 'data',
    })
    const result = await packaged(project, { 'image-name': 'kit' })
    expect(result.errors).toEqual([])
    expect(origins(result)).toEqual(['six downloaded', 'kit project'])
    // A script of an extra that is not installed is nobody's fault.
    expect(result.notices.filter((notice) => notice.includes('byte code'))).toEqual([])
    expect(result.log).not.toContain('kitd cannot be imported')
    for (const script of ['kit', 'kit-gui']) expect(await onDaemon().run(`${NAMESPACE}/kit:main`, [script])).toBe(`${version} data`)
  })

  test('are a lock where every line has its hash, and one wrong hash is an error', async () => {
    const hashed = (sha256: string) => `six==${version} --hash=sha256:${sha256}\n`
    await using project = await projectOf({ 'requirements.txt': '-r base.txt\n', 'base.txt': hashed(six.sha256) })
    const result = await packaged(project, { target: 'wheels' })
    expect(result.errors).toEqual([])
    expect(result.log).toContain('requirements.txt names 1 package; nothing is resolved again')
    await project.write('base.txt', hashed('0'.repeat(64)))
    const refused = await packaged(project, { target: 'wheels' })
    expect(refused.errors).toEqual([
      expect.stringMatching(/^lock: six-.*\.whl has sha256 [0-9a-f]{16}… on the index; the lock does not hold it/),
    ])
  })
})

test('the wheel says what is required, not what setup.py says when it is asked', async () => {
  await using project = await projectOf({
    'setup.py': `import sys
from setuptools import setup
building = "bdist_wheel" in sys.argv
setup(name="slow", version="1", py_modules=["slow"], install_requires=["idna"] if building else ["six"])
`,
    'slow.py': '',
  })
  const result = await packaged(project, { target: 'wheels' })
  expect(result.errors).toEqual([])
  expect(origins(result)).toEqual(['idna downloaded', 'slow project'])
})
