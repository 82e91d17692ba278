import { symlink } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { must } from '../support/command.ts'
import { type Daemon, startDaemon } from '../support/daemon.ts'
import { images } from '../support/image.ts'
import { pipRequires } from '../support/pip.ts'
import { type Project, projectOf } from '../support/project.ts'
import { type ActionResult, runAction } from '../support/runner.ts'
import { answerOf, serving } from '../support/serving.ts'
import { writeFiles } from '../support/temp.ts'
import { testWheel, zip } from '../support/wheel.ts'

// Projects of every shape: the right wheels by their own tools' answer, or one line that names what to do.
// Other shapes are in sources.test.ts (requirements files, Poetry, PDM, a readme that .dockerignore leaves out, templates
// beside a package), indexes.test.ts (an index for each extra) and locks.test.ts.

jest.setTimeout(600_000)

const PARENT = process.env.PARENT_IMAGE ?? 'pypackager/debian-python:bookworm'

let daemon: Daemon

beforeAll(async () => {
  daemon = await startDaemon()
  await daemon.load(PARENT)
})

afterAll(async () => {
  await daemon?.[Symbol.asyncDispose]()
})

function packaged(project: Project, inputs: Record<string, string> = {}): Promise<ActionResult> {
  return runAction({
    workspace: project.workspace,
    inputs: { 'image-name': 'app', sbom: 'false', ...inputs },
    env: { DOCKER_HOST: daemon.host },
  })
}

function origins(result: ActionResult): Readonly<Record<string, string>> {
  const wheels = JSON.parse(result.outputs.wheels ?? '[]') as readonly { name: string; origin: string }[]
  return Object.fromEntries(wheels.map(({ name, origin }) => [name, origin]))
}

/** A project with files that may be no text. */
async function holding(files: Readonly<Record<string, string | Buffer>>): Promise<Project> {
  const project = await projectOf({})
  await writeFiles(project.workspace, files)
  await project.commit()
  return project
}

describe('wheels and sdists of the workspace', () => {
  // `packaging`, `attrs` and `colorama` are packages of the index too.
  const attrs = testWheel('attrs', '0.1', { requires: ['six'], mark: 'ours' })
  const colorama = testWheel('colorama', '0.2', { mark: 'ours' })
  const sdist = zip({
    'packaging-0.3/PKG-INFO': 'Metadata-Version: 2.1\nName: packaging\nVersion: 0.3\n',
    'packaging-0.3/pyproject.toml':
      '[build-system]\nrequires = ["setuptools>=61"]\nbuild-backend = "setuptools.build_meta"\n[project]\nname = "packaging"\nversion = "0.3"\n[tool.setuptools]\npy-modules = ["packaging"]\n',
    'packaging-0.3/packaging.py': 'MARK = "ours"\n',
  })
  const vendor = { [`vendor/${attrs.file}`]: attrs.bytes, 'vendor/packaging-0.3.zip': sdist, [`links/${colorama.file}`]: colorama.bytes }
  const app = serving('import attrs, colorama, packaging, six', '{attrs.MARK, colorama.MARK, packaging.MARK}')

  test('are installed by their paths, from a folder that --find-links names, and are left out of /app', async () => {
    const lines = [`./vendor/${attrs.file}`, 'vendor/packaging-0.3.zip ; os_name == "posix"', '--find-links links', 'colorama==0.2']
    await using project = await holding({ ...vendor, 'requirements.txt': lines.join('\n'), 'app.py': app })
    const result = await packaged(project, { command: 'python app.py' })
    expect(result.errors).toEqual([])
    expect(origins(result)).toEqual({ attrs: 'downloaded', colorama: 'downloaded', packaging: 'compiled', six: 'downloaded' })
    expect(result.log).toContain(`not in /app, as what they hold is installed: links/${colorama.file}, vendor/${attrs.file}`)
    expect(result.log).toContain('✓ no wheel in a layer')
    expect(await answerOf(daemon.host, 'acme/app:main')).toBe("{'ours'}")

    const again = await packaged(project, { target: 'wheels' })
    expect(origins(again)).toEqual({ attrs: 'reused', colorama: 'reused', packaging: 'reused', six: 'reused' })
  })

  test('are followed in pyproject.toml, in a uv.lock and among lines with hashes, and another file is refused', async () => {
    const head = '[project]\nname = "shop"\nversion = "1"\nrequires-python = ">=3.9"\ndependencies = ["attrs"]\n'
    const sources = `${head}[tool.uv]\npackage = false\n[tool.uv.sources]\nattrs = { path = "vendor/${attrs.file}" }\n`
    await using project = await holding({ ...vendor, 'pyproject.toml': sources })
    expect(origins(await packaged(project, { target: 'wheels' }))).toEqual({ attrs: 'downloaded', six: 'downloaded' })

    const lock = (sum: string) =>
      `version = 1\nrequires-python = ">=3.9"\n[[package]]\nname = "shop"\nversion = "1"\nsource = { virtual = "." }\ndependencies = [{ name = "attrs" }, { name = "colorama" }]\n[[package]]\nname = "attrs"\nversion = "0.1"\nsource = { path = "vendor/${attrs.file}" }\nwheels = [{ filename = "${attrs.file}", hash = "sha256:${sum}" }]\n[[package]]\nname = "colorama"\nversion = "0.2"\nsource = { registry = "links" }\nwheels = [{ path = "${colorama.file}" }]\n`
    await project.write('uv.lock', lock(attrs.sha256))
    expect(origins(await packaged(project, { target: 'wheels' }))).toEqual({ attrs: 'reused', colorama: 'downloaded' })
    await project.write('uv.lock', lock('0'.repeat(64)))
    expect((await packaged(project, { target: 'wheels' })).errors).toEqual([
      `lock: vendor/${attrs.file} has sha256 ${attrs.sha256.slice(0, 16)}…; uv.lock does not hold it. It is not installed. If the file was replaced on purpose: run "uv lock" and commit uv.lock.`,
    ])

    await project.write('requirements.txt', `attrs @ file:vendor/${attrs.file} --hash=sha256:${attrs.sha256}\n`)
    const hashed = await packaged(project, { target: 'wheels', requirements: 'requirements.txt' })
    expect([hashed.errors, origins(hashed)]).toEqual([[], { attrs: 'reused' }])
    await project.write('requirements.txt', './vendor/attrs-0.2-py3-none-any.whl\n')
    expect((await packaged(project, { target: 'wheels', requirements: 'requirements.txt' })).errors).toEqual([
      `lock: requirements.txt names vendor/attrs-0.2-py3-none-any.whl, which is not there (its folder has ${attrs.file}, packaging-0.3.zip). Fix its path, or commit the file.`,
    ])
  })
})

describe('what lies above the folder of a project', () => {
  const hatchling = '[build-system]\nrequires = ["hatchling<1.32"]\nbuild-backend = "hatchling.build"\n'
  const api = `${hatchling}[project]\nname = "shop-api"\nversion = "1"\nrequires-python = ">=3.9"\nreadme = "../../README.md"\ndependencies = ["core"]\n[tool.uv.sources]\ncore = { path = "../core" }\n[tool.hatch.build.targets.wheel]\npackages = ["api"]\n[tool.hatch.build.targets.wheel.force-include]\n"../../schemas" = "api/schemas"\n`
  const core =
    'from setuptools import setup\nsetup(name="core", version=open("../../VERSION").read().strip(), packages=["core", "core.common"])\n'

  test('is there for its wheel and those of its folders, as far as git tracks it, and links to it are followed', async () => {
    await using project = await projectOf({
      'README.md': '# Shop\n',
      VERSION: '4.2\n',
      'schemas/order.json': '{}',
      'schemas/.env': 'SECRET=1',
      'common/__init__.py': 'RATE = 2\n',
      'packages/api/pyproject.toml': api,
      'packages/api/api/__init__.py': '',
      'packages/api/api/main.py': serving(
        'import core.common, pathlib\norder = pathlib.Path(__file__).with_name("schemas") / "order.json"',
        'f"{core.common.RATE} {order.read_text()}"',
      ),
      'packages/core/setup.py': core,
      'packages/core/core/__init__.py': '',
    })
    await symlink('../../../common', project.at('packages/core/core/common'))
    await project.commit()
    const result = await packaged(project, { path: 'packages/api', 'image-name': 'api', command: 'python -m api.main' })
    expect([result.errors, origins(result)]).toEqual([[], { core: 'compiled', 'shop-api': 'project' }])
    expect(await answerOf(daemon.host, 'acme/api:main')).toBe('2 {}')
    expect(result.log).toContain('what git tracks above packages/api is there for its wheel, as pyproject.toml names ../../README.md')
    const listed = await must('unzip', ['-l', project.at('packages/api/wheelhouse/shop_api-1-py3-none-any.whl')])
    expect([listed.includes('api/schemas/order.json'), listed.includes('.env')]).toEqual([true, false])
    expect(await must('unzip', ['-l', project.at('packages/api/wheelhouse/core-4.2-py3-none-any.whl')])).toContain(
      'core/common/__init__.py',
    )

    await project.write(
      'packages/api/pyproject.toml',
      api.replace('"../../schemas"', '"../../schemes"').replace('../../README.md', '../../NEWS.md'),
    )
    expect((await packaged(project, { path: 'packages/api', target: 'wheels' })).errors).toEqual([
      'project: packages/api/pyproject.toml names ../../NEWS.md, which git does not track: of what lies above the input path, a build has what git tracks. Commit NEWS.md, or move it into packages/api.',
    ])
    await project.write('packages/core/setup.py', core.replace('VERSION', 'NONE'))
    await project.write('packages/api/pyproject.toml', api)
    const lacks = await packaged(project, { path: 'packages/core', target: 'wheels' })
    expect(lacks.errors).toEqual([
      expect.stringMatching(
        /did not build: FileNotFoundError: .*NONE.* Of what lies above the folder that path names, a build has what git tracks/,
      ),
    ])
  })
})

test("uv's own settings: uv.toml, what bounds builds, extras that exclude each other and reach a member's", async () => {
  const head = (name: string, requires: string) =>
    `[project]\nname = "${name}"\nversion = "1"\nrequires-python = ">=3.9"\ndependencies = ${requires}\n`
  const told = (names: string) => serving('from importlib.metadata import version', `{name: version(name) for name in "${names}".split()}`)
  await using project = await projectOf({
    'probe/uv.toml': 'constraint-dependencies = ["werkzeug<3.1"]\noverride-dependencies = ["click==8.1.7"]\n',
    'probe/pyproject.toml': `${head('probe', '["flask"]')}[tool.uv]\npackage = false\n`,
    'probe/app.py': told('click werkzeug'),
    // It imports pkg_resources, which setuptools 82 has no more.
    'intel/pyproject.toml': `${head('intel', '["flatdict==4.0.1"]')}[tool.uv]\npackage = false\nbuild-constraint-dependencies = ["setuptools<82"]\n`,
    'studio/pyproject.toml': `${head('studio', '["engine"]')}[project.optional-dependencies]\nold = ["engine[old]"]\nnew = ["engine[new]"]\n[tool.uv]\npackage = false\ndefault-groups = ["jobs"]\nconflicts = [[{ extra = "old" }, { extra = "new" }]]\n[tool.uv.sources]\nengine = { workspace = true }\n[tool.uv.workspace]\nmembers = ["packages/*"]\n[dependency-groups]\njobs = ["six"]\n`,
    'studio/packages/engine/pyproject.toml': `[build-system]\nrequires = ["hatchling<1.32"]\nbuild-backend = "hatchling.build"\n${head('engine', '[]')}[project.optional-dependencies]\nold = ["sortedcontainers==2.3.0"]\nnew = ["sortedcontainers==2.4.0"]\n`,
    'intel/app.py': told('flatdict'),
    'studio/packages/engine/engine/__init__.py': '',
    'studio/app.py': told('engine sortedcontainers'),
  })
  const versions = async (path: string, inputs = {}) => {
    const result = await packaged(project, { path, 'image-name': path, command: 'python -m app', ...inputs })
    expect(result.errors).toEqual([])
    const wheels = JSON.parse(result.outputs.wheels ?? '[]') as readonly { name: string; version: string }[]
    const found = Object.fromEntries(wheels.map(({ name, version }) => [name, version]))
    const answer = JSON.parse((await answerOf(daemon.host, result.outputs['release-tag'] ?? '')).replaceAll("'", '"'))
    expect(found).toMatchObject(answer)
    return { result, found }
  }
  // As of `uv pip compile pyproject.toml` (uv 0.13.9).
  expect((await versions('probe')).found).toMatchObject({ click: '8.1.7', werkzeug: '3.0.6' })
  expect((await versions('intel')).found).toEqual({ flatdict: '4.0.1' })
  const { result, found } = await versions('studio', { extras: 'old' })
  expect(found).toEqual({ engine: '1', sortedcontainers: '2.3.0' })
  expect(result.notices.join('\n')).toContain('[tool.uv] default-groups names jobs, which uv sync installs')
  expect((await versions('studio', { extras: 'new' })).found).toEqual({ engine: '1', sortedcontainers: '2.4.0' })
})

test('FastAPI laid out by features starts from its source; templates beside a package that its code names are an error', async () => {
  await using project = await projectOf({
    'forum/pyproject.toml':
      '[project]\nname = "forum"\nversion = "1"\nrequires-python = ">=3.11"\ndependencies = ["fastapi", "uvicorn", "flask"]\n',
    'forum/src/__init__.py': '',
    'forum/src/main.py': 'from fastapi import FastAPI\nfrom src.auth.router import router\napp = FastAPI()\napp.include_router(router)\n',
    'forum/src/auth/__init__.py': '',
    'forum/src/auth/router.py': 'from fastapi import APIRouter\nrouter = APIRouter()\n@router.get("/")\ndef index():\n    return "forum"\n',
    'forum/src/posts/__init__.py': '',
    'forum/alembic.ini': '[alembic]\n',
    'desk/pyproject.toml':
      '[build-system]\nrequires = ["hatchling<1.32"]\nbuild-backend = "hatchling.build"\n[project]\nname = "desk"\nversion = "1"\ndependencies = ["fastapi", "uvicorn", "flask"]\n',
    'desk/desk/__init__.py': 'from flask import Flask\napp = Flask(__name__, template_folder="../templates")\n',
    'desk/templates/index.html': '<h1>hi</h1>',
  })
  const forum = await packaged(project, { path: 'forum', 'image-name': 'forum' })
  expect(forum.errors).toEqual([])
  expect(forum.log).toContain('its source goes to /app (a [build-system] gives it one)')
  await using site = await images(daemon.host).serve('acme/forum:main')
  expect(await (await site.fetch('/')).json()).toBe('forum')

  const desk = await packaged(project, { path: 'desk', 'image-name': 'desk', command: '["python", "-m", "http.server", "8000"]' })
  expect(desk.errors).toEqual([
    expect.stringMatching(
      /^checks: not in the image: templates\/index\.html, which desk\/__init__\.py names and which lies beside the packages, where no wheel takes it.* Move it into a package/,
    ),
  ])
})

test('a project whose wheel nobody wants has what pip installs for it, though its backend alone knows that', async () => {
  await using project = await projectOf({
    'setup.cfg': '[metadata]\nname = shop\nversion = 1.0\n[options]\npackages = shop\n',
    'setup.py': 'from pathlib import Path\nfrom setuptools import setup\nsetup(install_requires=Path("needs.txt").read_text().split())\n',
    'needs.txt': 'html5lib\npackaging\n',
    '.dockerignore': 'needs.txt\n',
    'shop/__init__.py': 'import html5lib, packaging\n',
  })
  const result = await packaged(project, { wheel: 'never', checks: 'strict' })
  expect(result.errors).toEqual([])
  expect(Object.keys(origins(result)).sort()).toEqual(await pipRequires(project.workspace))
  expect(result.log).toContain('a wheel is built for what it requires alone')
  const files = await images(daemon.host).run('acme/app:main', ['ls', '/app'])
  expect(files.split('\n')).toEqual(['setup.cfg', 'setup.py', 'shop']) // the source, without its wheel and what .dockerignore leaves out
})
