import { describe, expect, test } from '@jest/globals'
import {
  dataFiles,
  namedFiles,
  setupFiles,
  siteWithoutTemplates,
  sourceOnlyOf,
  staticMetadata,
  unknownRequires,
} from '../../../src/project/layout/package-discovery.ts'
import { requirementsFor } from '../../../src/project/metadata.ts'
import { readToml } from '../../../src/project/toml.ts'

const PROJECT = '[project]\nname = "shop"\nversion = "1"\n'

describe('a project with a pyproject.toml', () => {
  test.each([
    { name: 'has a wheel with a [build-system]', text: `${PROJECT}[build-system]\nrequires = ["hatchling"]\n`, files: ['manage.py'] },
    { name: 'has a wheel with a package in src/', text: PROJECT, files: ['src/shop/__init__.py'] },
    { name: 'has a wheel with one package beside tests', text: PROJECT, files: ['shop/__init__.py', 'tests/__init__.py'] },
    { name: 'has a wheel with a setup.py', text: PROJECT, files: ['setup.py', 'a/__init__.py', 'b/__init__.py'] },
    { name: 'has a wheel where uv is told so', text: `${PROJECT}[tool.uv]\npackage = true\n`, files: ['main.py'] },
    {
      name: 'has a wheel where setuptools finds one package',
      text: `${PROJECT}[build-system]\nbuild-backend = "setuptools.build_meta"\n`,
      files: ['shop/__init__.py', 'tests/x.py', 'docs/x.md', '.github/x.yml', 'run.py', 'web.py'],
    },
    {
      name: 'has a wheel where setuptools is told its packages',
      text: `${PROJECT}[build-system]\n[tool.setuptools.packages.find]\ninclude = ["shop"]\n`,
      files: ['shop/__init__.py', 'library/metadata.db'],
    },
    {
      name: 'has a wheel where setuptools looks in src/ alone',
      text: `${PROJECT}[build-system]\n`,
      files: ['src/shop/__init__.py', 'a/x.py', 'b/x.py'],
    },
    {
      name: 'has a wheel where another backend takes what it finds',
      text: `${PROJECT}[build-system]\nbuild-backend = "flit_core.buildapi"\n`,
      files: ['shop/__init__.py', 'library/metadata.db'],
    },
    {
      name: 'is source where setuptools would stop at several packages',
      text: `${PROJECT}[build-system]\nbuild-backend = "setuptools.build_meta"\n`,
      files: ['shop/__init__.py', 'library/metadata.db'],
      reason: 'setuptools finds several packages (library, shop) and builds none',
    },
    {
      name: 'is source where setuptools would stop at several modules',
      text: `${PROJECT}[build-system]\n`,
      files: ['app.py', 'models.py', 'conftest.py'],
      reason: 'setuptools finds several modules (app, models) and builds none',
    },
    {
      name: 'is source where uv is told so',
      text: `${PROJECT}[build-system]\n[tool.uv]\npackage = false\n`,
      files: ['src/shop/__init__.py'],
      reason: '[tool.uv] package is false',
    },
    {
      name: 'is source where poetry is told so',
      text: '[tool.poetry]\npackage-mode = false\n[build-system]\n',
      files: [],
      reason: '[tool.poetry] package-mode is false',
    },
    {
      name: 'is source where pdm is told so',
      text: `${PROJECT}[tool.pdm]\ndistribution = false\n`,
      files: ['src/shop/__init__.py'],
      reason: '[tool.pdm] distribution is false',
    },
    { name: 'is source with modules alone', text: PROJECT, files: ['main.py'], reason: 'pyproject.toml has no [build-system]' },
    {
      name: 'is source with several packages',
      text: PROJECT,
      files: ['a/__init__.py', 'b/__init__.py'],
      reason: 'pyproject.toml has no [build-system]',
    },
    {
      name: 'is source with templates beside its one package, which setuptools takes for two',
      text: PROJECT,
      files: ['app/__init__.py', 'app/main.py', 'templates/index.html', 'config.yaml'],
      reason: 'pyproject.toml has no [build-system]',
    },
    {
      name: 'is source where src itself is a package',
      text: PROJECT,
      files: ['src/__init__.py', 'src/auth/__init__.py', 'src/main.py'],
      reason: 'pyproject.toml has no [build-system]',
    },
    {
      name: 'is source where uv locks it with packages in src/',
      text: PROJECT,
      files: ['src/shop/__init__.py', 'uv.lock'],
      reason: 'pyproject.toml has no [build-system]',
    },
    {
      name: 'is source where Poetry finds no package of its name',
      text: '[tool.poetry]\nname = "eco.Service"\n[build-system]\nbuild-backend = "poetry.core.masonry.api"\n',
      files: ['api/main.py', 'settings.py', 'tests/eco_service/x.py'],
      reason: 'Poetry finds no package eco_service',
    },
    ...[['eco_service/x.py'], ['eco_service.py'], ['src/eco_service/x.py'], ['src/eco_service.py']].map((files) => ({
      name: `has a wheel where Poetry finds ${files[0]}`,
      text: '[project]\nname = "eco-service"\n[build-system]\nbuild-backend = "poetry.core.masonry.api"\n',
      files,
    })),
    {
      name: 'has a wheel where Poetry is told its packages',
      text: '[tool.poetry]\nname = "eco"\npackages = [{ include = "api" }]\n[build-system]\nbuild-backend = "poetry.core.masonry.api"\n',
      files: ['api/main.py'],
    },
    {
      name: 'is source as a Django site',
      text: PROJECT,
      files: ['shop/__init__.py', 'manage.py'],
      reason: 'pyproject.toml has no [build-system]',
    },
    {
      name: "is source as uv's application",
      text: PROJECT,
      files: ['shop/__init__.py', 'uv.lock'],
      reason: 'pyproject.toml has no [build-system]',
    },
  ])('$name', ({ text, files, reason }) => {
    const beside = { files, setup: files.includes('setup.py'), uv: files.includes('uv.lock') }
    expect(sourceOnlyOf(readToml('pyproject.toml', text), beside)?.reason).toBe(reason)
  })
})

test('what pyproject.toml says of a project without a wheel is what its METADATA would say', () => {
  const metadata = staticMetadata(
    readToml(
      'pyproject.toml',
      `${PROJECT}requires-python = ">=3.11"\ndependencies = ["django"]\n[project.optional-dependencies]\nX_Y = ["redis", "uvloop ; sys_platform != 'win32' or python_version < '3'"]\n`,
    ),
    'folder',
  )
  expect(metadata).toMatchObject({ name: 'shop', requiresPython: '>=3.11', extras: ['x-y'] })
  expect(requirementsFor(metadata, [])).toEqual(['django'])
  expect(requirementsFor(metadata, ['x-y'])).toEqual(['django', 'redis', "uvloop ; sys_platform != 'win32' or python_version < '3'"])
})

const SITE = ['manage.py', 'setup.py', 'requirements.txt', 'shop/__init__.py', 'shop/templates/shop/index.html']

test.each([
  {
    name: 'is source where setup.py leaves its templates out',
    setup: 'setup(packages=find_packages())',
    files: SITE,
    is: 'setup.py puts no templates into a wheel',
  },
  { name: 'has a wheel with package_data', setup: 'setup(include_package_data=True)', files: SITE, is: undefined },
  { name: 'has a wheel where git may say its files', setup: 'setup(use_scm_version=True)', files: SITE, is: undefined },
  {
    name: 'has a wheel without templates in a package',
    setup: 'setup()',
    files: [...SITE.slice(0, 4), 'templates/index.html'],
    is: undefined,
  },
  {
    name: 'has a wheel without requirements files',
    setup: 'setup()',
    files: SITE.filter((file) => file !== 'requirements.txt'),
    is: undefined,
  },
  { name: 'has a wheel where it is no site', setup: 'setup()', files: SITE.slice(1), is: undefined },
])('a Django project with a setup.py $name', ({ setup, files, is }) => {
  expect(siteWithoutTemplates(setup, files)?.reason).toBe(is)
})

test('what metadata is made from is named, but for patterns and what lies above', () => {
  const text = `${PROJECT}readme = { file = "./docs/README.md" }\nlicense = { file = "COPYING" }\nlicense-files = ["LICENSE", "licences/*"]\n[tool.poetry]\nreadme = ["A.md", "../B.md"]\n`
  expect(namedFiles(text).map(({ file, as }) => `${file} ${as}`)).toEqual([
    'docs/README.md readme',
    'A.md readme',
    'COPYING a licence',
    'LICENSE a licence',
  ])
  const dynamic = `${PROJECT}[tool.setuptools.dynamic]\nreadme = { file = ["A.md", "B.md"] }\ndependencies = { file = "requirements.txt" }\nversion = { attr = "shop.V" }\n`
  expect(namedFiles(dynamic).map(({ file }) => file)).toEqual(['A.md', 'B.md', 'requirements.txt'])
})

test('data files of setuptools are named by their patterns', () => {
  const text = `${PROJECT}[tool.setuptools.data-files]\n"share/doc/shop" = ["AUTHORS", "conf/*.jinja"]\n`
  expect(dataFiles(text, ['AUTHORS', 'COPYING', 'conf/a.jinja', 'conf/x/b.jinja'])).toEqual(['AUTHORS', 'conf/a.jinja'])
  expect(dataFiles(PROJECT, ['AUTHORS'])).toEqual([])
})

test.each([
  { name: 'what setup.py opens', setup: "long_description=open('./README-pip.md').read()", cfg: '', named: ['README-pip.md'] },
  {
    name: 'what it joins',
    setup: 'read(here, "docs", "INDEX.md"); here / "more" / "X.md"',
    cfg: '',
    named: ['docs/INDEX.md', 'more/X.md'],
  },
  { name: 'what setup.cfg reads', setup: '', cfg: 'long_description = file: README-pip.md, docs/INDEX.md', named: ['README-pip.md', 'docs/INDEX.md'] }, // biome-ignore format: one line
  { name: 'nothing else', setup: 'open(f"{x}.md"); # NEWS.md', cfg: 'file = docs', named: [] },
])('of the project its files name $name', ({ setup, cfg, named }) => {
  expect(setupFiles({ setup, cfg }, ['README-pip.md', 'NEWS.md', 'docs/INDEX.md', 'more/X.md', 'setup.py'])).toEqual(named)
})

test('dynamic dependencies are known where Poetry says them, and else to the backend alone', () => {
  const dynamic = `${PROJECT}dynamic = ["dependencies"]\n`
  const unknown = (text: string) => unknownRequires(readToml('pyproject.toml', text))
  expect(unknown(`${dynamic}[tool.poetry.dependencies]\nsix = "*"\n`)).toBeUndefined()
  expect(unknown(PROJECT)).toBeUndefined()
  expect(unknown(`${dynamic}[tool.setuptools.dynamic]\ndependencies = { file = "requirements.txt" }\n`)).toBe(
    'pyproject.toml leaves its dependencies to the build backend (dynamic)',
  )
})
