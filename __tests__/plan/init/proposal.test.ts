import { readFile } from 'node:fs/promises'
import { describe, expect, test } from '@jest/globals'
import { sourcePaths } from '../../../src/effects/files/source.ts'
import { difference } from '../../../src/plan/init/difference.ts'
import { propose } from '../../../src/plan/init/proposal.ts'
import { addSettings } from '../../../src/plan/init/settings-table.ts'
import { initFacts } from '../../../src/run/prepare/init-facts.ts'
import { must } from '../../support/command.ts'
import { tempFolder, writeFiles } from '../../support/temp.ts'
import { worldIn } from '../../support/world.ts'

// What `init` proposes, from real files.

const RUNNER = { caBundle: '', indexUrl: '', extraIndexUrls: [], namedLogin: (url: string) => url, sourcePaths } as Parameters<
  typeof initFacts
>[1]
const FLASK = 'from flask import Flask\napp = Flask(__name__)\n'
const FASTAPI = 'from fastapi import FastAPI\napp = FastAPI()\n'
const project = (name: string, more = '') => `[project]\nname = "${name}"\nversion = "1"\n${more}`

async function proposed(files: Readonly<Record<string, string>>, asked = '.') {
  await using folder = await tempFolder('init')
  await writeFiles(folder.path, { '.git/HEAD': 'ref: refs/heads/main\n', ...files })
  return propose(await initFacts(worldIn(folder.path), RUNNER, asked))
}

interface Row {
  readonly files: Readonly<Record<string, string>>
  readonly asked?: string
  /** Paths that would be written. */
  readonly writes: readonly string[]
  /** Of what is written, or of the reasons. */
  readonly says: readonly string[]
  readonly missing?: string
}

describe('init proposes for', () => {
  const WORKFLOW = '.github/workflows/package.yml'
  const rows: Readonly<Record<string, Row>> = {
    'a Django site': {
      files: {
        'manage.py': 'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
        'shop/settings.py': '',
        'shop/wsgi.py': 'application = get_wsgi_application()\n',
        'requirements.txt': 'django\ngunicorn\n',
      },
      writes: [WORKFLOW],
      says: ['is a Django site: it starts by shop.wsgi and gunicorn', 'pyproject.toml: nothing has to be set'],
    },
    'FastAPI with tests': {
      files: {
        'main.py': FASTAPI,
        'tests/test_main.py': '',
        'pyproject.toml': project('api', 'dependencies = ["fastapi", "uvicorn"]\n[dependency-groups]\ndev = ["pytest>=8"]\n'),
      },
      writes: [WORKFLOW],
      says: ['it starts by main:app and uvicorn', 'test-extras: group:dev', 'test-command: python -m pytest'],
    },
    'pytest without a test': {
      files: {
        'main.py': FASTAPI,
        'pyproject.toml': project('api', 'dependencies = ["fastapi", "uvicorn"]\n[dependency-groups]\ndev = ["pytest"]\n'),
      },
      writes: [WORKFLOW],
      says: ['is an application'],
    },
    'Flask without a server': {
      files: { 'app.py': FLASK, 'requirements.txt': 'flask\n' },
      writes: [WORKFLOW, 'pyproject.toml'],
      says: [
        '(requirements.txt) is a project',
        '[tool.pypackager]\npackages = ["gunicorn"]\n',
        'as nothing that serves app:app is among the dependencies',
      ],
    },
    'FastAPI without a server': {
      files: { 'main.py': FASTAPI, 'requirements.txt': 'fastapi\n' },
      writes: [WORKFLOW, 'pyproject.toml'],
      says: ['packages = ["uvicorn"]'],
    },
    'several applications': {
      files: { 'one.py': FLASK, 'two.py': FLASK, 'requirements.txt': 'flask\ngunicorn\n' },
      writes: [WORKFLOW],
      says: ['is a project'],
      missing: 'there are several web applications',
    },
    'Flask with a server in an extra': {
      files: {
        'src/shop/__init__.py': FLASK,
        'pyproject.toml': project(
          'shop',
          'dependencies = ["flask"]\n[project.optional-dependencies]\ndocs = ["mkdocs"]\nprod = ["gunicorn"]\n[build-system]\nrequires = ["hatchling"]\n',
        ),
      },
      writes: [WORKFLOW, 'pyproject.toml'],
      says: ['[tool.pypackager]\nextras = ["prod"]', 'the extra prod has what serves the application'],
    },
    'a command line tool, whose version comes from git': {
      files: {
        'wordcount.py': '',
        'pyproject.toml':
          '[project]\nname = "wordcount"\ndynamic = ["version"]\n[project.scripts]\nwordcount = "wordcount:main"\n[build-system]\nrequires = ["hatchling", "hatch-vcs"]\n[tool.hatch.version]\nsource = "vcs"\n',
      },
      writes: [WORKFLOW],
      says: ['wordcount (pyproject.toml) is a command line tool', 'fetch-depth: 0 # the version comes from git'],
    },
    'files that contradict each other about Python': {
      files: {
        'runtime.txt': 'python-3.6.5\n',
        Dockerfile: 'FROM python:3.10-slim\n',
        'setup.py': 'setup(\n    name="bin",\n    python_requires=">=3.8",\n    install_requires=["flask", "gunicorn"],\n)\n',
        'app.py': FLASK,
      },
      writes: [WORKFLOW, 'pyproject.toml'],
      says: [
        '[tool.pypackager]\npython-version = "3.10"\n',
        'python-version in [tool.pypackager], as bin requires Python >=3.8, and runtime.txt says 3.6',
      ],
    },
    'a Python that is too old, and no server': {
      files: { 'runtime.txt': 'python-3.6.5\n', 'app.py': FLASK, 'requirements.txt': 'flask\n' },
      writes: [WORKFLOW, 'pyproject.toml'],
      says: [
        '[tool.pypackager]\npython-version = "3.13"\npackages = ["gunicorn"]\n',
        'as runtime.txt says Python 3.6, and 3.9 is the oldest that is packaged',
      ],
    },
    'a package that can be run': {
      files: { 'shop/__init__.py': '', 'shop/__main__.py': 'print()\n', 'requirements.txt': 'x\n' },
      writes: [WORKFLOW, 'pyproject.toml'],
      says: ['[tool.pypackager]\ncommand = "python -m shop"', 'shop is a package that can be run'],
    },
    'a monorepo': {
      files: {
        'services/shop/app.py': FLASK,
        'services/shop/requirements.txt': 'flask\ngunicorn\n',
        'services/api/main.py': FASTAPI,
        'services/api/requirements.txt': 'fastapi\nuvicorn\n',
        'libs/core/pyproject.toml': project('core', '[build-system]\nrequires = ["hatchling"]\n'),
        'libs/core/core.py': '',
        'pyproject.toml': '[tool.ruff]\n',
      },
      writes: [WORKFLOW],
      says: ['- services/api\n          - services/shop\n', 'left out: libs/core (nothing in there starts)', 'path: ${{ matrix.project }}'],
    },
    'one folder of a monorepo': {
      files: { 'a/app.py': FLASK, 'a/requirements.txt': 'flask\ngunicorn\n', 'b/requirements.txt': 'flask\n' },
      asked: 'a',
      writes: [WORKFLOW],
      says: ['path: a\n'],
    },
    'a repository with a workflow of ours': {
      files: {
        'requirements.txt': 'x\n',
        Procfile: 'web: x\n',
        '.github/workflows/image.yaml': '      - uses: org/pypackager-action@v1\n',
      },
      writes: [],
      says: ['.github/workflows/image.yaml has a step of pypackager: no workflow is added'],
    },
    'a repository with a workflow of that name': {
      files: { 'requirements.txt': 'x\n', Procfile: 'web: x\n', [WORKFLOW]: 'name: x\n' },
      writes: ['.github/workflows/pypackager.yml'],
      says: ['it starts by Procfile'],
    },
    'a repository of GitLab': {
      files: { 'requirements.txt': 'x\n', Procfile: 'web: x\n', '.gitlab-ci.yml': '' },
      writes: [],
      says: ['.gitlab-ci.yml is of another forge'],
    },
    'a clone whose origin has another default branch': {
      files: { 'requirements.txt': 'x\n', Procfile: 'web: x\n', '.git/refs/remotes/origin/HEAD': 'ref: refs/remotes/origin/trunk\n' },
      writes: [WORKFLOW],
      says: ['branches: [trunk]', 'from trunk (the default branch of origin)'],
    },
  }
  test.each(Object.entries(rows))('%s', async (_name, { files, asked, writes, says, missing }) => {
    const proposal = await proposed(files, asked)
    expect(proposal.changes.map(({ path }) => path)).toEqual(writes)
    const told = [...proposal.reasons, ...proposal.changes.map(({ after }) => after)].join('\n')
    for (const text of says) expect(told).toContain(text)
    expect(proposal.missing.join('\n')).toContain(missing ?? '')
    expect(proposal.missing).toHaveLength(missing ? 1 : 0)
    if (!says.some((text) => text.includes('test-'))) expect(told).not.toContain('test-command')
  })

  test('nothing, and says what to write first', async () => {
    await expect(proposed({})).rejects.toMatchObject({ step: 'init', message: 'there is no Python project here' })
    await expect(proposed({ 'app.py': FLASK })).rejects.toMatchObject({ next: expect.stringContaining('requirements.txt') })
    await expect(proposed({ 'pyproject.toml': '[project\n' })).rejects.toMatchObject({ message: expect.stringContaining('not valid TOML') })
  })
})

describe('settings in pyproject.toml', () => {
  test.each([
    { name: 'a file of their own', text: undefined, is: '[tool.pypackager]\ncommand = "a \\"b\\""\n' },
    {
      name: 'a table at the end',
      text: '[project]\nname = "x"',
      is: '[project]\nname = "x"\n\n[tool.pypackager]\ncommand = "a \\"b\\""\n',
    },
    {
      name: 'lines of the table that is there',
      text: '# x\n[ tool.pypackager ] # ours\nnamespace = "acme"\n\n[tool.ruff]\n',
      is: '# x\n[ tool.pypackager ] # ours\ncommand = "a \\"b\\""\nnamespace = "acme"\n\n[tool.ruff]\n',
    },
  ])('are $name', ({ text, is }) => {
    expect(addSettings(text, { command: 'a "b"' })).toBe(is)
  })
})

describe('the difference that is shown', () => {
  const many = Array.from({ length: 20 }, (_, i) => `line ${i}\n`).join('')
  test.each([
    { name: 'a new file', before: undefined, after: 'a\nb\n' },
    { name: 'lines in the middle', before: many, after: many.replace('line 10\n', 'line 10\nnew\n') },
    { name: 'lines at the end of a file without a last newline', before: 'a\nb', after: 'a\nb\n\nc\n' },
    { name: 'a file that was empty', before: '', after: 'a\n' },
  ])('is one that git applies: $name', async ({ before, after }) => {
    await using folder = await tempFolder('difference')
    if (before !== undefined) await writeFiles(folder.path, { 'x/file': before })
    await writeFiles(folder.path, { patch: difference({ path: 'x/file', before, after }) })
    await must('git', ['apply', '--unidiff-zero', 'patch'], { cwd: folder.path })
    expect(await readFile(folder.at('x/file'), 'utf8')).toBe(after)
  })
})
