import { describe, expect, test } from '@jest/globals'
import { readProject } from '../../src/project/project.ts'
import type { SourceTree } from '../../src/project/source-tree.ts'
import { userError } from '../support/values.ts'

function tree(texts: Readonly<Record<string, string>>, more: Partial<SourceTree> = {}): SourceTree {
  return { folder: '.', files: Object.keys(texts), texts: new Map(Object.entries(texts)), ...more }
}

describe('the name of a project', () => {
  test.each([
    {
      name: 'is that of [project], normalised',
      texts: { 'pyproject.toml': '[project]\nname = "My.Shop"\n' },
      found: 'my-shop',
      from: 'pyproject.toml',
    },
    {
      name: 'is that of [tool.poetry]',
      texts: { 'pyproject.toml': '[tool.poetry]\nname = "shop"\n' },
      found: 'shop',
      from: 'pyproject.toml',
    },
    {
      name: 'is that of [project] before setup.cfg and setup.py',
      texts: { 'pyproject.toml': '[project]\nname = "a"\n', 'setup.cfg': '[metadata]\nname = b\n', 'setup.py': 'setup(name="c")' },
      found: 'a',
      from: 'pyproject.toml',
    },
    {
      name: 'is that of setup.cfg where pyproject.toml names only the build backend',
      texts: { 'pyproject.toml': '[build-system]\nrequires = ["setuptools"]\n', 'setup.cfg': '[metadata]\nname = shop\n' },
      found: 'shop',
      from: 'setup.cfg',
    },
    {
      name: 'is that of setup.cfg with a colon',
      texts: { 'setup.cfg': '[options]\nname = no\n[metadata]\nName: shop\n' },
      found: 'shop',
      from: 'setup.cfg',
    },
    {
      name: 'is that of setup.py over several lines',
      texts: { 'setup.py': 'setup(\n    name="shop",\n    version="1",\n)\n' },
      found: 'shop',
      from: 'setup.py',
    },
    {
      name: 'is that of setup.py on one line',
      texts: { 'setup.py': "setup(name='shop', version='1')\n" },
      found: 'shop',
      from: 'setup.py',
    },
    {
      name: 'is that of setuptools.setup',
      texts: { 'setup.py': 'import setuptools\nsetuptools.setup(name="shop")\n' },
      found: 'shop',
      from: 'setup.py',
    },
    {
      name: 'is not that of an extension module written above setup()',
      texts: {
        'setup.py':
          'fast = Extension(\n    name="shop._fast",\n    sources=["fast.c"],\n)\nsetup(\n    name="shop",\n    ext_modules=[fast],\n)\n',
      },
      found: 'shop',
      from: 'setup.py',
    },
    {
      name: 'is that of a dictionary that setup() unpacks',
      texts: { 'setup.py': 'about = dict(\n    name="shop",\n)\nsetup(**about)\n' },
      found: 'shop',
      from: 'setup.py',
    },
    {
      name: 'is the fallback where setup.py computes it',
      texts: { 'setup.py': 'setup(\n    # name="old",\n    name=NAME,\n)\n' },
      found: 'the-fallback',
      from: 'the folder: no file states the name literally',
    },
  ])('$name', ({ texts, found, from }) => {
    const project = readProject(tree(texts), 'The_Fallback')
    expect([project.name, project.nameFrom]).toEqual([found, from])
  })
})

describe('the file that defines a project', () => {
  test.each([
    { name: 'is pyproject.toml with [project]', texts: { 'pyproject.toml': '[project]\nname = "a"\n' }, file: 'pyproject.toml' },
    {
      name: 'is pyproject.toml with a build system',
      texts: { 'pyproject.toml': '[build-system]\nrequires = []\n', 'setup.py': '' },
      file: 'pyproject.toml',
    },
    {
      name: 'is setup.py where pyproject.toml only configures tools',
      texts: { 'pyproject.toml': '[tool.black]\n', 'setup.py': '' },
      file: 'setup.py',
    },
    { name: 'is setup.cfg alone', texts: { 'setup.cfg': '[metadata]\nname = a\n' }, file: 'setup.cfg' },
  ])('$name', ({ texts, file }) => {
    expect(readProject(tree(texts), 'x').definedBy).toBe(file)
  })

  test.each([
    {
      name: 'a workspace without any',
      given: tree({}, { files: ['README.md'] }),
      cause: 'no pyproject.toml, setup.py, setup.cfg or requirements.txt in the workspace or its src/',
      next: 'Set path to the folder that holds the project.',
    },
    {
      name: 'an empty workspace',
      given: tree({}, { files: [] }),
      cause: 'there are no files in the workspace',
      next: 'In a workflow, run actions/checkout before this step',
    },
    {
      name: 'a site whose requirements lie in a folder',
      given: tree({}, { files: ['manage.py', 'deploy/requirements.txt'] }),
      cause: 'in the workspace',
      next: 'Set the input requirements to deploy/requirements.txt.',
    },
    {
      name: 'a workspace with one project below',
      given: tree({}, { files: ['README.md', 'services/api/pyproject.toml', 'services/api/tests/setup.py'] }),
      cause: 'in the workspace',
      next: 'Set path to services/api, which has one.',
    },
    {
      name: 'a folder with several projects below',
      given: tree({}, { folder: 'apps', files: ['a/b/setup.py', 'web/requirements.txt', 'web/pyproject.toml', 'node_modules/x/setup.py'] }),
      cause: 'in "apps"',
      next: 'Set path to one that has: apps/web, apps/a/b.',
    },
    {
      name: 'a workspace with many projects',
      given: tree({}, { files: Array.from({ length: 9 }, (_, i) => `s${i}/setup.py`) }),
      cause: 'in the workspace',
      next: 'Set path to one that has: s0, s1, s2, s3, s4, s5 and 3 more.',
    },
    {
      name: 'a folder without any',
      given: tree({}, { folder: 'shop', files: ['x.txt'] }),
      cause: 'in "shop"',
      next: 'Set path to the folder that holds the project.',
    },
    {
      name: 'a workspace of code alone',
      given: tree({}, { files: ['manage.py', 'mysite'] }),
      cause: 'no pyproject.toml',
      next: 'Name what it installs in requirements.txt (such as Django and gunicorn), or set path',
    },
    {
      name: 'a workspace with a script alone, which may need nothing',
      given: tree({}, { files: ['sqlmap.py', 'lib'] }),
      cause: 'no pyproject.toml',
      next: 'Name what it installs in requirements.txt (an empty one where that is nothing: touch requirements.txt), or set path',
    },
    {
      name: 'a folder with several requirements files, none of which is plainly that of a release',
      given: tree({}, { files: ['requirements-a.txt', 'requirements-b.txt'] }),
      cause: 'no pyproject.toml',
      next: 'Say which of requirements-a.txt, requirements-b.txt counts in the input requirements.',
    },
    {
      name: 'a folder with requirements for development alone',
      given: tree({}, { files: ['requirements-dev.txt'] }),
      cause: 'no pyproject',
      next: 'Set path to the folder that holds the project.',
    },
    {
      name: 'a folder whose setup.cfg only configures tools',
      given: tree({ 'setup.cfg': '[flake8]\nmax-line-length = 100\n' }),
      cause: 'no pyproject.toml',
      next: 'Set path to the folder that holds the project.',
    },
    {
      name: 'a pyproject.toml that only configures tools',
      given: tree({ 'pyproject.toml': '[tool.black]\n' }),
      cause: 'pyproject.toml in the workspace has neither [project] nor [build-system]',
      next: 'Set path to the folder that holds the project.',
    },
    {
      name: 'a folder with a Pipfile alone, beside settings of tools',
      given: tree({ 'pyproject.toml': '[tool.black]\n' }, { files: ['pyproject.toml', 'Pipfile'] }),
      cause: 'there is a Pipfile without its Pipfile.lock in the workspace, which is not read',
      next: 'Run "pipenv lock" and commit Pipfile.lock.',
    },
    {
      name: 'a folder with an environment of conda',
      given: tree({}, { files: ['environment.yml', 'app.py'] }),
      cause: 'there is the environment of conda in the workspace, which is not read',
      next: 'State what pip installs in requirements.txt or pyproject.toml',
    },
    {
      name: 'a folder with a script of PEP 723',
      given: tree({ 'app.py': '# /// script\n# dependencies = ["flask"]\n# ///\n' }),
      cause: 'app.py states its dependencies as a script (PEP 723) in the workspace, which is not read',
      next: 'or as requirements.txt ("uv export --script app.py").',
    },
    {
      name: 'a folder with a requirements.in alone',
      given: tree({}, { files: ['requirements.in'] }),
      cause: 'there is a requirements.in that nothing was compiled from in the workspace',
      next: 'Run "pip-compile"',
    },
  ])('is asked for in $name', ({ given, cause, next }) => {
    const error = userError(() => readProject(given, 'x'))
    expect(error.message).toContain(cause)
    expect(error.next).toContain(next)
  })

  test('is named from the workspace in the annotation of a mistake', () => {
    const error = userError(() => readProject(tree({ 'pyproject.toml': '[project\n' }, { folder: 'services/shop' }), 'x'))
    expect(error.place).toMatchObject({ file: 'services/shop/pyproject.toml', line: 1 })
  })
})

describe('the Python version of a project', () => {
  test.each([
    { name: 'is that of .python-version', texts: { '.python-version': '3.12.4\n' }, python: { version: '3.12', from: '.python-version' } },
    {
      name: 'is the first plain one of .python-version',
      texts: { '.python-version': 'pypy3.10\n3.11\n' },
      python: { version: '3.11', from: '.python-version' },
    },
    {
      name: 'is that of .tool-versions',
      texts: { '.tool-versions': 'nodejs 24.1\npython 3.13.0\n' },
      python: { version: '3.13', from: '.tool-versions' },
    },
    { name: 'is that of runtime.txt', texts: { 'runtime.txt': 'python-3.11.9' }, python: { version: '3.11', from: 'runtime.txt' } },
    {
      name: 'is that of .python-version before the others',
      texts: { 'runtime.txt': 'python-3.11.9', '.tool-versions': 'python 3.13.0', '.python-version': '3.12' },
      python: { version: '3.12', from: '.python-version' },
    },
    { name: 'is unknown where no file states it', texts: { '.python-version': 'system\n' }, python: undefined },
    {
      name: 'is that of the workspace above, nearest first',
      texts: { '../../.python-version': '3.10', '../.tool-versions': 'python 3.11.2' },
      python: { version: '3.11', from: '../.tool-versions' },
    },
  ])('$name', ({ texts, python }) => {
    expect(readProject(tree({ 'setup.py': '', ...texts }), 'x').python).toEqual(python)
  })
})

describe('what a project requires of Python', () => {
  test.each([
    {
      name: 'is said by pyproject.toml',
      texts: { 'pyproject.toml': '[project]\nname = "a"\nrequires-python = ">=3.12"\n' },
      requires: '>=3.12',
    },
    { name: 'is said by setup.cfg', texts: { 'setup.cfg': '[options]\npython-requires = >=3.11\n' }, requires: '>=3.11' },
    { name: 'is said by setup.py', texts: { 'setup.py': 'setup(\n  python_requires=">=3.10",\n)' }, requires: '>=3.10' },
    { name: 'may be left unsaid', texts: { 'setup.py': 'setup()' }, requires: undefined },
  ])('$name', ({ texts, requires }) => {
    expect(readProject(tree(texts), 'x').requiresPython).toBe(requires)
  })
})

describe('the start command of a project', () => {
  test.each([
    {
      name: 'is the web line of the Procfile',
      texts: { Procfile: 'release: ./manage.py migrate\nweb:  gunicorn a.wsgi  \nworker: celery\n' },
      start: { line: 'gunicorn a.wsgi', from: 'Procfile' },
    },
    {
      name: 'reads a Procfile with the line ends of Windows',
      texts: { Procfile: 'web: gunicorn a.wsgi\r\nworker: x\r\n' },
      start: { line: 'gunicorn a.wsgi', from: 'Procfile' },
    },
    {
      name: 'is not another line of the Procfile where the web line is empty',
      texts: { Procfile: 'web:\nworker: celery\n' },
      start: undefined,
    },
    {
      name: 'is the setting in pyproject.toml',
      texts: { 'pyproject.toml': '[project]\nname = "a"\n[tool.pypackager]\ncommand = "a serve"\n' },
      start: { line: 'a serve', from: 'pyproject.toml [tool.pypackager]' },
    },
    {
      name: 'is the web line before the setting',
      texts: { Procfile: 'web: b\n', 'pyproject.toml': '[tool.pypackager]\ncommand = "a"\n' },
      start: { line: 'b', from: 'Procfile' },
    },
    { name: 'may be left unsaid', texts: { Procfile: 'worker: celery\n' }, start: undefined },
  ])('$name', ({ texts, start }) => {
    expect(readProject(tree({ 'setup.py': '', ...texts }), 'x').start).toEqual(start)
  })
})

describe('what building the wheel requires', () => {
  test.each([
    {
      name: 'is the list in [build-system]',
      texts: { 'pyproject.toml': '[build-system]\nrequires = ["hatchling>=1.27"]\n' },
      requires: ['hatchling>=1.27'],
    },
    { name: 'is nothing where the list is empty', texts: { 'pyproject.toml': '[build-system]\nrequires = []\n' }, requires: [] },
    {
      name: 'is setuptools without a [build-system]',
      texts: { 'pyproject.toml': '[project]\nname = "a"\n' },
      requires: ['setuptools>=40.8.0'],
    },
    { name: 'is setuptools without a pyproject.toml', texts: { 'setup.py': 'setup()' }, requires: ['setuptools>=40.8.0'] },
  ])('$name', ({ texts, requires }) => {
    expect(readProject(tree(texts), 'x').buildRequires).toEqual(requires)
  })
})

describe('the definition of a project, part of its keys,', () => {
  const before = { 'pyproject.toml': '[project]\nname = "a"\n', 'README.md': 'one' }
  test.each([
    { name: 'changes with pyproject.toml', after: { ...before, 'pyproject.toml': '[project]\nname = "a"\nversion = "2"\n' }, same: false },
    { name: 'changes when a setup.cfg is added', after: { ...before, 'setup.cfg': '[options]\n' }, same: false },
    {
      name: 'does not change with a file that defines no dependencies',
      after: { ...before, 'README.md': 'two', Procfile: 'web: a' },
      same: true,
    },
  ])('$name', ({ after, same }) => {
    expect(readProject(tree(after), 'x').definition === readProject(tree(before), 'x').definition).toBe(same)
  })
})

describe('the lock of a project', () => {
  const uv = '[[package]]\nname = "shop"\n'
  test.each([
    { name: 'is that beside it', texts: { 'setup.py': '', 'uv.lock': uv }, lock: 'uv.lock', why: undefined },
    {
      name: 'is the best of several, and says so',
      texts: { 'setup.py': '', 'poetry.lock': '', 'uv.lock': uv },
      lock: 'uv.lock',
      why: 'before poetry.lock',
    },
    {
      name: 'is that of the workspace above which names it',
      texts: { 'pyproject.toml': '[project]\nname = "Shop"\n', '../../uv.lock': uv },
      lock: '../../uv.lock',
      why: undefined,
    },
    {
      name: 'is none above that names others',
      texts: { 'pyproject.toml': '[project]\nname = "blog"\n', '../uv.lock': uv },
      lock: undefined,
      why: undefined,
    },
  ])('$name', ({ texts, lock, why }) => {
    const found = readProject(tree(texts as Record<string, string>), 'x').lock
    expect([found?.file, found?.why]).toEqual([lock, why])
  })

  test('is not asked where the user names requirements files', () => {
    expect(readProject(tree({ 'setup.py': '', 'uv.lock': uv, 'a.txt': 'six' }), 'x', { requirements: ['a.txt'] }).lock).toBeUndefined()
  })

  test('says which Python it is for beside what the project requires', () => {
    const texts = { 'pyproject.toml': '[project]\nname = "a"\nrequires-python = ">=3.9"\n', 'uv.lock': 'requires-python = ">=3.12"\n' }
    expect(readProject(tree(texts), 'x')).toMatchObject({ requiresPython: '>=3.9', lockedPython: '>=3.12' })
    expect(readProject(tree({ 'uv.lock': texts['uv.lock'] }), 'x')).toMatchObject({ requiresPython: undefined, lockedPython: '>=3.12' })
    expect(readProject(tree({ 'setup.py': '' }), 'x').lockedPython).toBeUndefined()
  })
})
