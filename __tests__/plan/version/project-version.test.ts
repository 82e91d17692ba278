import { describe, expect, test } from '@jest/globals'
import { parse } from 'smol-toml'
import { planOwnVersion, versionFiles, versionWarning } from '../../../src/plan/version/project-version.ts'
import { readVersionSource } from '../../../src/project/layout/version-source.ts'
import { userError } from '../../support/values.ts'

const run = { tag: '', sha: '', epoch: 0 }

/** What is laid out for a project of these files with `set-version` and this version. */
function set(files: Readonly<Record<string, string>>, version = '1.2.3') {
  const source = readVersionSource(parse(files['pyproject.toml'] ?? ''), files['setup.cfg'] ?? '', files['setup.py'] ?? '')
  const texts = new Map(Object.entries(files).filter(([name]) => versionFiles(source).includes(name)))
  const { notices: _notices, ...told } = planOwnVersion({ source, git: undefined, texts }, run, version)
  return told
}

const dynamic = '[project]\nname = "shop"\ndynamic = ["version"]\n'

describe('set-version writes the version', () => {
  test.each([
    {
      name: 'in [project], and leaves all else as it is',
      files: {
        'pyproject.toml': '[tool.x]\nversion = "9"\n[project] # us\r\nname = "a"\r\nversion = \'0.1\' # now\r\n[tool.y]\nversion = "8"\n',
      },
      written: {
        'pyproject.toml': '[tool.x]\nversion = "9"\n[project] # us\r\nname = "a"\r\nversion = "1.2.3" # now\r\n[tool.y]\nversion = "8"\n',
      },
    },
    {
      name: 'in [tool.poetry]',
      files: { 'pyproject.toml': '[tool.poetry]\nversion = "0.1"\n[tool.poetry.dependencies]\ndjango = {version = "5"}\n' },
      written: { 'pyproject.toml': '[tool.poetry]\nversion = "1.2.3"\n[tool.poetry.dependencies]\ndjango = {version = "5"}\n' },
    },
    {
      name: 'in setup.cfg',
      files: { 'setup.cfg': '[bumpversion]\nversion = 7\n[metadata]\nname = a\nversion = 0.1\n' },
      written: { 'setup.cfg': '[bumpversion]\nversion = 7\n[metadata]\nname = a\nversion = 1.2.3\n' },
    },
    {
      name: 'in setup.py, in the call of setup()',
      files: { 'setup.py': 'x = Thing(\n    version="7",\n)\nsetup(\n    name="a",\n    version=\'0.1\',\n)\n' },
      written: { 'setup.py': 'x = Thing(\n    version="7",\n)\nsetup(\n    name="a",\n    version=\'1.2.3\',\n)\n' },
    },
    {
      name: 'in setup.py, on one line',
      files: { 'setup.py': 'setup(name="a", version="0.1", py_modules=["a"])\n' },
      written: { 'setup.py': 'setup(name="a", version="1.2.3", py_modules=["a"])\n' },
    },
    {
      name: 'in the module of attr below src/',
      files: {
        'pyproject.toml': `${dynamic}[tool.setuptools.dynamic]\nversion = {attr = "shop.__version__"}\n`,
        'src/shop/__init__.py': '"""Shop."""\n__version__: str = "0.1"\n',
      },
      written: { 'src/shop/__init__.py': '"""Shop."""\n__version__: str = "1.2.3"\n' },
    },
    {
      name: 'in the path of hatch',
      files: { 'pyproject.toml': `${dynamic}[tool.hatch.version]\npath = "shop/about.py"\n`, 'shop/about.py': "VERSION = '0.1'\n" },
      written: { 'shop/about.py': "VERSION = '1.2.3'\n" },
    },
    {
      name: 'in a file of its own',
      files: { 'pyproject.toml': `${dynamic}[tool.setuptools.dynamic]\nversion = {file = "VERSION"}\n`, VERSION: '0.1' },
      written: { VERSION: '1.2.3\n' },
    },
  ])('$name', ({ files, written }) => {
    expect(set(files)).toEqual({ files: written, env: {} })
  })

  test('as a variable where it comes from git, without a repository too', () => {
    expect(set({ 'pyproject.toml': `${dynamic}[tool.setuptools_scm]\n` })).toEqual({
      files: {},
      env: { SETUPTOOLS_SCM_PRETEND_VERSION: '1.2.3' },
    })
    expect(set({ 'setup.py': 'setup(pbr=True)' }).env).toEqual({ PBR_VERSION: '1.2.3' })
  })

  test('as in an sdist for a version that hatchling computes', () => {
    const toml = `${dynamic}[build-system]\nbuild-backend = "hatchling.build"\n[tool.hatch.version]\nsource = "code"\npath = "a.py"\n`
    expect(set({ 'pyproject.toml': toml }).files['PKG-INFO']).toContain('\nVersion: 1.2.3\n')
  })
})

describe('set-version is an error that says why', () => {
  test.each([
    { name: 'where setup.py computes it', files: { 'setup.py': 'setup(version=find())' }, why: 'the version is computed by setup.py' },
    {
      name: 'where the module computes it',
      files: { 'setup.cfg': '[metadata]\nversion = attr: shop.__version__\n', 'shop.py': '__version__ = find()\n' },
      why: 'shop.py does not hold the version as a plain literal',
    },
    {
      name: 'where the module is not there',
      files: { 'setup.cfg': '[metadata]\nversion = attr: shop.__version__\n' },
      why: 'shop/__init__.py does not hold the version as a plain literal',
    },
    {
      name: 'where the key is written in another way',
      files: { 'pyproject.toml': 'project = {name = "a", version = "0.1"}\n' },
      why: 'pyproject.toml does not hold the version as a plain literal',
    },
    {
      name: 'where another text looks like the table',
      files: { 'pyproject.toml': 'x = """\n[project]\nversion = "7"\n"""\n[project]\nname = "a"\nversion = "0.1"\n' },
      why: 'pyproject.toml does not hold the version as a plain literal',
    },
    {
      name: 'where another text looks like the table, and the version is right already',
      files: { 'pyproject.toml': 'x = """\n[project]\nversion = "7"\n"""\n[project]\nname = "a"\nversion = "1.2.3"\n' },
      why: 'pyproject.toml does not hold the version as a plain literal',
    },
  ])('$name', ({ files, why }) => {
    expect(userError(() => set(files)).message).toBe(`set-version cannot set the wheel's version: ${why}`)
  })

  test('where the version is none of Python', () => {
    const error = userError(() => set({ 'setup.py': 'setup(version="1")' }, 'nightly'))
    expect(error.message).toContain('nightly is not a version of Python')
  })
})

test('nothing is told where nothing is asked for and the version does not come from git', () => {
  const source = readVersionSource({ project: { version: '1' } }, '', '')
  expect(planOwnVersion({ source, git: undefined, texts: new Map() }, run, undefined)).toEqual({ files: {}, env: {}, notices: [] })
})

test.each([
  { name: 'the same version', release: '1.2.3', wheel: '1.2.3', warned: false },
  { name: 'the same version in other words', release: '1.2.0-rc.1', wheel: '1.2rc1', warned: false },
  { name: 'another version', release: '1.2.3', wheel: '0.1', warned: true },
  { name: 'the version of a changed tree', release: '1.2.3', wheel: '1.2.3+d20260102', warned: true },
  { name: 'no version of PEP 440', release: '1.2.3', wheel: 'x', warned: true },
])('$name beside the tag is warned of: $warned', ({ release, wheel, warned }) => {
  const warning = versionWarning(release, wheel)
  expect(warning !== undefined).toBe(warned)
  if (warned) expect(warning).toContain(`The tag says ${release} and the wheel ${wheel}.`)
})

describe('tags among which nobody knows how to choose', () => {
  const source = readVersionSource({}, '', 'setup(use_scm_version={"git_describe_command": find()})')
  const plain = readVersionSource({}, '', 'setup(use_scm_version=True)')
  const told = (tags: readonly string[], { from = source, tag = '' } = {}) =>
    planOwnVersion({ source: from, git: undefined, texts: new Map(), tags }, { ...run, tag }, undefined)

  test('are refused where they are of several kinds', () => {
    expect(() => told(['lib-1.4.0', 'lib-1.5.0', 'app-9.0.0'])).toThrow(
      'git_describe_command in setup.py says which tags count, and is not followed: lib-1.5.0, app-9.0.0 are tags of several kinds',
    )
  })

  test.each([
    { name: 'they are of one kind', tags: ['v1.0', '1.1', 'nightly'] },
    { name: 'the run is for one of them', tags: ['lib-1.0', 'app-1.0'], how: { tag: 'lib-1.0' } },
    { name: 'the settings are followed', tags: ['lib-1.0', 'app-1.0'], how: { from: plain } },
  ])('are no fault where $name', ({ tags, how = {} }) => {
    expect(told(tags, how).notices).toEqual([])
  })

  test('are no fault where the version is set', () => {
    const versioning = { source, git: undefined, texts: new Map(), tags: ['lib-1.0', 'app-1.0'] }
    expect(planOwnVersion(versioning, run, '2.0').env).toEqual({ SETUPTOOLS_SCM_PRETEND_VERSION: '2.0' })
  })
})
