import { describe, expect, test } from '@jest/globals'
import { runContext } from '../../../src/context.ts'
import { sourcePaths } from '../../../src/effects/files/source.ts'
import { readInputs } from '../../../src/inputs.ts'
import { sha256 } from '../../../src/plan/fingerprint.ts'
import { planRun } from '../../../src/plan/run-plan.ts'
import { type Project, readProject } from '../../../src/project/project.ts'
import { expectedStart } from '../../../src/run/images/expected-start.ts'
import { readTree } from '../../../src/run/prepare/read-tree.ts'
import { tempFolder, writeFiles } from '../../support/temp.ts'
import { keepRecords, worldIn } from '../../support/world.ts'

// What `plan` says of a project's start, before anything is resolved or built.

interface Row {
  readonly files: Readonly<Record<string, string>>
  readonly inputs?: Readonly<Record<string, string>>
  /** The last word of argv, or what is said where there is none. */
  readonly is: string
  readonly sure?: boolean
}

async function expected(
  { files, inputs = {} }: Omit<Row, 'is'>,
  kept?: (project: Project) => { readonly scripts: Readonly<Record<string, string>>; readonly lock: string },
) {
  await using folder = await tempFolder('expected')
  await writeFiles(folder.path, files)
  const world = worldIn(folder.path)
  const paths = await sourcePaths(folder.path)
  const project = readProject(await readTree({ project: folder.path, workspace: folder.path }, paths, world.files), 'app')
  const given = readInputs((name) => inputs[name] ?? '')
  const runner = { caBundle: '', indexUrl: '', extraIndexUrls: [] }
  const facts = { project, commit: undefined, origin: '', head: undefined, knownTags: undefined, runner, now: world.now() }
  const plan = planRun(given, runContext({}, {}, { cwd: folder.path, tmp: folder.path }), facts)
  if (kept) {
    const { scripts, lock } = kept(project)
    await writeFiles(folder.path, { 'wheelhouse/pylock.toml': lock })
    const contents = { scripts, roots: project.roots }
    const told = { definition: sha256(project.definition), requirements: project.metadata, contents }
    await keepRecords(world, { told, lock: { parts: {}, sha256: sha256(lock) } })
  }
  const { start, sure } = await expectedStart(world, plan, given, paths)
  return { is: start.command?.argv.at(-1) ?? `${start.why}. ${start.next}`, sure }
}

const project = (more: string) => `[project]\nname = "shop"\nversion = "1"\n${more}`
const FASTAPI = 'from fastapi import FastAPI\napp = FastAPI()\n'
const FLASK = 'from flask import Flask\napp = Flask(__name__)\n'

describe('the start command that a release would find', () => {
  const rows: Readonly<Record<string, Row>> = {
    'FastAPI and uvicorn': {
      files: { 'main.py': FASTAPI, 'pyproject.toml': project('dependencies = ["fastapi", "uvicorn"]') },
      is: 'exec uvicorn --host 0.0.0.0 --port ${PORT:-8000} main:app',
    },
    'FastAPI, whose extra brings uvicorn': {
      files: { 'main.py': FASTAPI, 'requirements.txt': 'fastapi[standard]>=0.100\n' },
      is: 'exec uvicorn --host 0.0.0.0 --port ${PORT:-8000} main:app',
    },
    'Flask and gunicorn in a poetry.lock': {
      files: {
        'app.py': FLASK,
        'pyproject.toml': '[tool.poetry]\nname = "shop"\npackage-mode = false\n[tool.poetry.dependencies]\nflask = "*"\n',
        'poetry.lock': '[[package]]\nname = "Flask"\n\n[[package]]\nname = "gunicorn"\n',
      },
      is: 'exec gunicorn --bind 0.0.0.0:${PORT:-8000} app:app',
    },
    'Flask without a server': {
      files: { 'app.py': FLASK, 'requirements.txt': 'flask\n' },
      is: 'nothing that serves app:app is among the dependencies. Set packages: gunicorn; or add one to the dependencies: gunicorn, uwsgi, granian or waitress.',
    },
    'a server of an extra that is asked for': {
      files: {
        'src/shop/__init__.py': '',
        'src/shop/web.py': FLASK,
        'pyproject.toml': project(
          'dependencies = ["flask"]\n[project.optional-dependencies]\nserver = ["waitress"]\n[build-system]\nrequires = ["hatchling"]\n',
        ),
      },
      inputs: { extras: 'server' },
      is: 'exec waitress-serve --port ${PORT:-8000} shop.web:app',
    },
    'a Django site': {
      files: {
        'manage.py': 'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
        'shop/__init__.py': '',
        'shop/settings.py': '',
        'shop/wsgi.py': 'application = get_wsgi_application()\n',
        'requirements.txt': 'django\ngunicorn\n',
      },
      is: 'exec gunicorn --bind 0.0.0.0:${PORT:-8000} shop.wsgi:application',
    },
    'a console script of pyproject.toml': {
      files: {
        'shop.py': '',
        'pyproject.toml': project('[project.scripts]\nshop = "shop:main"\n[build-system]\nrequires = ["hatchling"]\n'),
      },
      is: 'shop',
    },
    'a console script of setup.py': {
      files: {
        'setup.py': 'setup(name="shop", py_modules=["shop"], entry_points={"console_scripts": ["shop=shop:main"]})\n',
        'shop.py': '',
      },
      is: 'shop',
    },
    'a console script of setup.cfg': {
      files: {
        'setup.py': 'from setuptools import setup\nsetup()\n',
        'setup.cfg': '[metadata]\nname = shop\n[options.entry_points]\nconsole_scripts =\n    shop = shop:main\n    other = shop:other\n',
      },
      is: 'shop',
    },
    'a Procfile': { files: { 'requirements.txt': 'x\n', Procfile: 'web: python -m shop\n' }, is: 'exec python -m shop', sure: true },
    'the setting command': { files: { 'requirements.txt': 'x\n' }, inputs: { command: '["shop"]' }, is: 'shop', sure: true },
    'no script that a source alone could have': {
      files: { 'pyproject.toml': project('[project.scripts]\nshop = "shop:main"\n[tool.uv]\npackage = false\n') },
      is: 'neither a web application nor a console script was found. The input command or a Procfile with a web: line gives it one.',
    },
  }
  test.each(Object.entries(rows))('%s', async (_name, { is, sure = false, ...row }) => {
    expect(await expected(row)).toEqual({ is, sure })
  })

  test('is sure where the wheels of these files are there', async () => {
    const files = { 'shop.py': '', 'setup.py': 'setup(name="shop", **told_by_code)\n' }
    const unknown = { is: expect.stringContaining('neither a web application nor a console script'), sure: false }
    expect(await expected({ files })).toEqual(unknown)
    const kept = () => ({ scripts: { shop: 'shop:main' }, lock: '[[packages]]\nname = "click"\n' })
    expect(await expected({ files }, kept)).toEqual({ is: 'shop', sure: true })
  })
})
