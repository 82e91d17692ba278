import { describe, expect, test } from '@jest/globals'
import { parse } from 'smol-toml'
import { readVersionSource } from '../../../src/project/layout/version-source.ts'

interface Files {
  readonly toml?: string
  readonly cfg?: string
  readonly py?: string
}

const read = ({ toml = '', cfg = '', py = '' }: Files) => readVersionSource(parse(toml), cfg, py)
const dynamic = '[project]\nname = "my-shop"\ndynamic = ["version"]\n'
const requires = (name: string, backend = 'setuptools.build_meta') =>
  `[build-system]\nrequires = ["${name}"]\nbuild-backend = "${backend}"\n`

describe('the version comes from git', () => {
  const rows: readonly (Files & { name: string; tool: string; match?: string })[] = [
    { name: 'by [tool.setuptools_scm]', toml: `${dynamic}[tool.setuptools_scm]\n`, tool: 'setuptools-scm' },
    { name: 'by a build requirement alone', toml: dynamic + requires('setuptools_scm[toml]>=8'), tool: 'setuptools-scm' },
    { name: 'by a build requirement with dashes', toml: dynamic + requires('Setuptools-SCM'), tool: 'setuptools-scm' },
    { name: 'by flit-scm', toml: dynamic + requires('flit_scm', 'flit_scm:buildapi'), tool: 'setuptools-scm' },
    { name: 'by use_scm_version', py: 'setup(use_scm_version=True)', tool: 'setuptools-scm' },
    { name: 'by hatch-vcs', toml: `${dynamic}[tool.hatch.version]\nsource = "vcs"\n`, tool: 'setuptools-scm' },
    { name: 'by pdm', toml: `${dynamic}[tool.pdm.version]\nsource = "scm"\n`, tool: 'pdm-backend', match: '*.*' },
    {
      name: 'by pdm with a filter',
      toml: `${dynamic}[tool.pdm.version]\nsource = "scm"\ntag_filter = "shop-*"\n`,
      tool: 'pdm-backend',
      match: 'shop-*',
    },
    {
      name: 'by uv-dynamic-versioning',
      toml: '[project]\ndynamic = ["version"]\n[tool.hatch.version]\nsource = "uv-dynamic-versioning"\n',
      tool: 'uv-dynamic-versioning',
      match: 'v[0-9]*',
    },
    {
      name: 'by poetry-dynamic-versioning, over the version that stands there',
      toml: '[tool.poetry]\nversion = "0.0.0"\n[tool.poetry-dynamic-versioning]\nenable = true\n',
      tool: 'poetry-dynamic-versioning',
      match: 'v[0-9]*',
    },
    { name: 'by pbr', cfg: '[metadata]\nname = shop\n', py: 'setup(setup_requires=["pbr"], pbr=True)', tool: 'pbr' },
    { name: 'by versioningit', toml: `${dynamic}[tool.versioningit]\n`, tool: 'versioningit', match: '*' },
    {
      name: 'by setuptools-git-versioning',
      toml: `${dynamic}[tool.setuptools-git-versioning]\nenabled = true\n`,
      tool: 'setuptools-git-versioning',
      match: '*',
    },
    {
      name: 'by versioneer',
      cfg: '[versioneer]\ntag_prefix = v\nversionfile_source = shop/_version.py\n',
      py: 'setup(version=versioneer.get_version(), cmdclass=versioneer.get_cmdclass())',
      tool: 'versioneer',
      match: 'v[0-9]*',
    },
  ]
  test.each(rows)('$name', ({ tool, match = '*[0-9]*', ...files }) => {
    expect(read(files)).toMatchObject({
      kind: 'git',
      tool,
      describe: { match: [match], exclude: [], firstParent: false, annotated: false },
    })
  })
})

describe('the tags that setuptools_scm looks at', () => {
  const all = { match: [], exclude: [], firstParent: false, annotated: false }
  test.each([
    {
      name: 'are those of git_describe_command as a list',
      settings: 'git_describe_command = ["git", "describe", "--dirty", "--tags", "--long", "--match", "shop-*"]',
      options: { ...all, match: ['shop-*'] },
    },
    {
      name: 'are those of git_describe_command as a line with quotes',
      settings: `git_describe_command = "git describe --dirty --tags --long --match 'shop *' --exclude=\\"*rc*\\" --first-parent"`,
      options: { match: ['shop *'], exclude: ['*rc*'], firstParent: true, annotated: false },
    },
    {
      name: 'are annotated without --tags',
      settings: 'git_describe_command = "git describe --long"',
      options: { ...all, annotated: true },
    },
    {
      name: 'are those of the newer place of the command',
      settings: 'scm.git.describe_command = "git describe --tags --match v*"',
      options: { ...all, match: ['v*'] },
    },
    { name: 'have a prefix', settings: 'tag.prefix = "shop-"', options: { ...all, match: ['shop-*[0-9]*'] } },
    { name: 'have two numbers where that is asked for', settings: 'tag.strict = true', options: { ...all, match: ['*[0-9]*.*[0-9]*'] } },
  ])('$name', ({ settings, options }) => {
    expect(read({ toml: `${dynamic}[tool.setuptools_scm]\n${settings}\n` })).toMatchObject({ describe: options })
    const hatch = `${dynamic}[tool.hatch.version]\nsource = "vcs"\n[tool.hatch.version.raw-options]\n${settings}\n`
    expect(read({ toml: hatch })).toMatchObject({ describe: options })
  })
})

describe('the version stands in the project', () => {
  const rows: readonly (Files & { name: string; source: object })[] = [
    {
      name: 'in [project], although setuptools_scm is there to list files',
      toml: `[project]\nversion = "1"\n${requires('setuptools_scm')}[tool.setuptools_scm]\n`,
      source: { kind: 'toml', table: ['project'] },
    },
    { name: 'in [tool.poetry]', toml: '[tool.poetry]\nversion = "1"\n', source: { kind: 'toml', table: ['tool', 'poetry'] } },
    { name: 'in setup.cfg', cfg: '[metadata]\nversion = 1.0\n', source: { kind: 'cfg' } },
    { name: 'in setup.py', py: 'setup(\n    name="shop",\n    version="1.0",\n)', source: { kind: 'setup.py' } },
    {
      name: 'in a module by attr',
      toml: `${dynamic}[tool.setuptools.dynamic]\nversion = {attr = "shop.about.VERSION"}\n`,
      source: {
        kind: 'module',
        files: ['shop/about/__init__.py', 'shop/about.py', 'src/shop/about/__init__.py', 'src/shop/about.py'],
        names: ['VERSION'],
      },
    },
    {
      name: 'in a module by attr: of setup.cfg',
      cfg: '[metadata]\nversion = attr: shop.__version__\n',
      source: { kind: 'module', files: ['shop/__init__.py', 'shop.py', 'src/shop/__init__.py', 'src/shop.py'], names: ['__version__'] },
    },
    {
      name: 'in a file',
      toml: `${dynamic}[tool.setuptools.dynamic]\nversion = {file = ["VERSION"]}\n`,
      source: { kind: 'file', files: ['VERSION'] },
    },
    {
      name: 'in the path of hatch',
      toml: `${dynamic}[tool.hatch.version]\npath = "src/shop/__about__.py"\n`,
      source: { kind: 'module', files: ['src/shop/__about__.py'], names: ['__version__', 'VERSION'] },
    },
    {
      name: 'in the module of flit',
      toml: dynamic + requires('flit_core', 'flit_core.buildapi'),
      source: { kind: 'module', files: ['my_shop/__init__.py', 'my_shop.py', 'src/my_shop/__init__.py', 'src/my_shop.py'] },
    },
    {
      name: 'nowhere that is known: a pattern of hatch',
      toml: `${dynamic}${requires('hatchling', 'hatchling.build')}[tool.hatch.version]\npath = "a.py"\npattern = "x(.*)"\n`,
      source: { kind: 'other', from: 'hatchling.build' },
    },
    { name: 'nowhere that is known: computed in setup.py', py: 'setup(version=find())', source: { kind: 'other', from: 'setup.py' } },
    { name: 'nowhere that is known: min_version is another thing', py: 'setup(\n min_version="3",\n)', source: { kind: 'other' } },
  ]
  test.each(rows)('$name', ({ source, name: _name, ...files }) => {
    expect(read(files)).toMatchObject(source)
  })
})
