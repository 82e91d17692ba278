import { expect, test } from '@jest/globals'
import { readsAbove } from '../../../src/project/layout/reads-above.ts'
import { readToml } from '../../../src/project/toml.ts'

const of = (files: Readonly<Record<string, string>>) =>
  readsAbove(readToml('pyproject.toml', files['pyproject.toml'] ?? ''), (name) => files[name])
const SETUP = 'from setuptools import setup\n'

test.each([
  { name: 'a readme', toml: '[project]\nreadme = "../../README.md"', place: '../../README.md' },
  {
    name: 'a readme as a table',
    toml: '[project]\nreadme = { file = "../README.md", content-type = "text/x-rst" }',
    place: '../README.md',
  },
  { name: 'licences', toml: '[project]\nlicense-files = ["LICENSE", "../LICENSE*"]', place: '../LICENSE*' },
  {
    name: 'what hatch includes by force',
    toml: '[tool.hatch.build.targets.wheel.force-include]\n"../schemas" = "shop/schemas"',
    place: '../schemas',
  },
  { name: 'packages of Poetry', toml: '[tool.poetry]\npackages = [{ include = "common", from = "../libs" }]', place: '../libs' },
  { name: 'the version of hatch', toml: '[tool.hatch.version]\npath = "../common/version.py"', place: '../common/version.py' },
  { name: 'dynamic metadata of setuptools', toml: '[tool.setuptools.dynamic]\nversion = { file = "../VERSION" }', place: '../VERSION' },
  { name: 'package data of pdm', toml: '[tool.pdm.build]\nincludes = ["a", "../b/*.json"]', place: '../b/*.json' },
])('a build reads above its folder by $name', ({ toml, place }) => {
  expect(of({ 'pyproject.toml': toml })).toEqual({ by: 'pyproject.toml', place })
})

test.each([
  { code: 'VERSION = open("../VERSION").read()' },
  { code: 'here = Path(__file__).resolve().parent.parent' },
  { code: 'root = Path(__file__).parents[2]' },
  { code: 'shared = Path(self.root).parent / "shared"' },
  { code: 'shared = os.path.dirname(self.root)' },
  { code: 'shared = context.root.parent / "shared"' },
  { code: 'shared = Path.cwd().parent' },
  { code: 'here = os.path.join(os.path.dirname(__file__), "..", "VERSION")' },
  { code: 'here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))' },
])('and by code of setup.py: $code', ({ code }) => {
  expect(of({ 'setup.py': `${SETUP}${code}\n` })).toEqual({ by: 'setup.py', place: undefined })
})

test.each([
  { name: 'a hook of hatch', toml: '[tool.hatch.build.hooks.custom]', file: 'hatch_build.py' },
  {
    name: 'a hook of hatch of another name',
    toml: '[tool.hatch.build.targets.wheel.hooks.custom]\npath = "ci/hook.py"',
    file: 'ci/hook.py',
  },
  { name: 'a hook of PDM', toml: '', file: 'pdm_build.py' },
  { name: 'a script of Poetry', toml: '[tool.poetry.build]\nscript = "make.py"', file: 'make.py' },
  {
    name: 'a backend in the tree',
    toml: '[build-system]\nrequires = []\nbuild-backend = "own.backend"\nbackend-path = ["_build"]',
    file: '_build/own/backend.py',
  },
])('and by code of $name', ({ toml, file }) => {
  expect(of({ 'pyproject.toml': toml, [file]: 'shared = Path(__file__).parent.parent / "shared"\n' })).toEqual({
    by: file,
    place: undefined,
  })
})

test.each([
  { requires: 'hatch-polylith-bricks', table: 'polylith.bricks' },
  { requires: 'pdm-polylith-bricks>=1', table: 'polylith.bricks' },
  { requires: 'pybind11_stubs', table: 'pybind11-stubs' },
])('and maybe by what a plugin of the build names: $requires', ({ requires, table }) => {
  const toml = `[build-system]\nrequires = ["hatchling", "${requires}"]\n[tool.${table}]\n"../../bases/api" = "example/api"\n`
  expect(of({ 'pyproject.toml': toml })).toEqual({ by: 'pyproject.toml', place: '../../bases/api', maybe: true })
})

test('and by code of a module that setup.py imports', () => {
  const files = { 'setup.py': 'from tools import version\nsetup(version=version())\n', 'tools.py': 'Path(__file__).parent.parent\n' }
  expect(of(files)).toEqual({ by: 'tools.py', place: undefined })
})

test('and by setup.cfg', () => {
  expect(of({ 'setup.cfg': '[metadata]\nlong_description = file: ../README.rst, CHANGES.rst\n' })).toEqual({
    by: 'setup.cfg',
    place: '../README.rst',
  })
})

test.each([
  {
    name: 'sources of what it requires',
    file: 'pyproject.toml',
    text: '[tool.uv.sources]\ncore = { path = "../core" }\n[tool.poetry.dependencies]\na = { path = "../a" }',
  },
  {
    name: 'settings of tools for developers',
    file: 'pyproject.toml',
    text: '[tool.ruff]\nextend = "../ruff.toml"\n[tool.pytest.ini_options]\ntestpaths = ["../tests"]\n[tool.hatch.envs.default.scripts]\ntest = "../run"',
  },
  {
    name: 'a table that is no plugin of the build',
    file: 'pyproject.toml',
    text: '[build-system]\nrequires = ["hatchling"]\n[tool.polylith.bricks]\n"../a" = "a"\n[tool.hatch.envs.a]\nx = "../x"',
  },
  {
    name: 'where git is',
    file: 'pyproject.toml',
    text: '[build-system]\nrequires = ["setuptools-scm", "hatch-vcs"]\n[tool.setuptools_scm]\nroot = "../.."\n[tool.hatch.version.raw-options]\nroot = ".."',
  },
  { name: 'a name with dots', file: 'pyproject.toml', text: '[project]\nreadme = "..README.md"' },
  {
    name: 'its own folder in code',
    file: 'setup.py',
    text: 'os.chdir(os.path.normpath(os.path.join(os.path.abspath(__file__), os.pardir)))',
  },
  { name: 'a comment', file: 'setup.py', text: '# open("../VERSION")' },
  {
    name: 'the folder of a file',
    file: 'setup.py',
    text: 'here = os.path.dirname(os.path.abspath(__file__)); p = Path(__file__).parent / "x"',
  },
])('$name is no such sign', ({ file, text }) => {
  expect(of({ [file]: text })).toBeUndefined()
})
