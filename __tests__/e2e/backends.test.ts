import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Daemon, startDaemon } from '../support/daemon.ts'
import { images } from '../support/image.ts'
import { type Project, projectOf } from '../support/project.ts'
import { type ActionResult, runAction } from '../support/runner.ts'

// Build backends that compile, each by a small package of its own. An application built by uv_build requires
// them all as folders, so that one run packages the five.

jest.setTimeout(600_000)

const PARENT = process.env.PARENT_IMAGE ?? 'pypackager/debian-python:bookworm'

function pyproject(name: string, requires: string, backend: string, more = ''): string {
  return `[project]\nname = "${name}"\nversion = "1.0"\n${more}\n[build-system]\nrequires = [${requires}]\nbuild-backend = "${backend}"\n`
}

/** An extension module with one function, which gives a number. */
function extension(name: string, number: number): string {
  return `#include <Python.h>
static PyObject *answer(PyObject *self, PyObject *unused) { return PyLong_FromLong(${number}); }
static PyMethodDef methods[] = {{"answer", answer, METH_NOARGS, ""}, {0}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "${name}", 0, -1, methods};
PyMODINIT_FUNC PyInit_${name}(void) { return PyModule_Create(&module); }
`
}

const CMAKE = {
  'libs/cmaked/pyproject.toml': pyproject('cmaked', '"scikit-build-core"', 'scikit_build_core.build'),
  'libs/cmaked/CMakeLists.txt': `cmake_minimum_required(VERSION 3.18...4.0)
project(cmaked LANGUAGES C)
find_package(Python COMPONENTS Interpreter Development.Module REQUIRED)
Python_add_library(cmaked MODULE cmaked.c WITH_SOABI)
install(TARGETS cmaked DESTINATION .)
`,
  'libs/cmaked/cmaked.c': extension('cmaked', 2),
}

const MESON = {
  'libs/mesoned/pyproject.toml': pyproject('mesoned', '"meson-python"', 'mesonpy'),
  'libs/mesoned/meson.build': `project('mesoned', 'c', version: '1.0')
py = import('python').find_installation(pure: false)
py.extension_module('mesoned', 'mesoned.c', install: true)
`,
  'libs/mesoned/mesoned.c': extension('mesoned', 3),
}

/** Compiled with headers of its build environment, whose place debugging information holds. */
const PYBIND = {
  'libs/bound/pyproject.toml': pyproject('bound', '"setuptools", "pybind11"', 'setuptools.build_meta'),
  'libs/bound/setup.py': `from pybind11.setup_helpers import Pybind11Extension
from setuptools import setup
setup(ext_modules=[Pybind11Extension("bound", ["bound.cpp"], extra_compile_args=["-g"])])
`,
  'libs/bound/bound.cpp': '#include <pybind11/pybind11.h>\nPYBIND11_MODULE(bound, m) { m.def("answer", [] { return 4; }); }\n',
}

const SUM = '5'.repeat(64)
/** With a crate that is vendored, as `cargo vendor` does it. */
const RUST = {
  'libs/rusted/pyproject.toml': pyproject('rusted', '"maturin"', 'maturin', 'dependencies = ["cffi"]\n[tool.maturin]\nbindings = "cffi"\n'),
  'libs/rusted/Cargo.toml': `[package]
name = "rusted"
version = "1.0.0"
edition = "2021"
[lib]
crate-type = ["cdylib"]
[dependencies]
five = "1"
`,
  'libs/rusted/Cargo.lock': `version = 3

[[package]]
name = "five"
version = "1.0.0"
source = "registry+https://github.com/rust-lang/crates.io-index"
checksum = "${SUM}"

[[package]]
name = "rusted"
version = "1.0.0"
dependencies = ["five"]
`,
  'libs/rusted/src/lib.rs': '#[no_mangle]\npub extern "C" fn answer() -> i32 { five::five() }\n',
  'libs/rusted/.cargo/config.toml':
    '[source.crates-io]\nreplace-with = "vendored-sources"\n[source.vendored-sources]\ndirectory = "vendor"\n',
  'libs/rusted/vendor/five/Cargo.toml': '[package]\nname = "five"\nversion = "1.0.0"\nedition = "2021"\n',
  'libs/rusted/vendor/five/src/lib.rs': 'pub fn five() -> i32 { 5 }\n',
  'libs/rusted/vendor/five/.cargo-checksum.json': JSON.stringify({ files: {}, package: SUM }),
}

const APP = {
  'pyproject.toml': `${pyproject(
    'answers',
    '"uv_build"',
    'uv_build',
    'dependencies = ["cmaked", "mesoned", "bound", "rusted"]\n[project.scripts]\nanswers = "answers:main"',
  )}[tool.uv.sources]
cmaked = { path = "libs/cmaked" }
mesoned = { path = "libs/mesoned" }
bound = { path = "libs/bound" }
rusted = { path = "libs/rusted" }
`,
  'src/answers/__init__.py': `import bound, cmaked, mesoned, rusted
def main():
    print(cmaked.answer(), mesoned.answer(), bound.answer(), rusted.lib.answer())
`,
}

interface Wheel {
  readonly name: string
  readonly file: string
  readonly sha256: string
  readonly origin: string
}

let daemon: Daemon
let project: Project
let first: ActionResult

const wheels = (result: ActionResult) => JSON.parse(result.outputs.wheels ?? '[]') as Wheel[]

function packaged(inputs: Record<string, string> = {}): Promise<ActionResult> {
  return runAction({
    workspace: project.workspace,
    inputs: { 'image-name': 'answers', ...inputs },
    env: { DOCKER_HOST: daemon.host },
  })
}

beforeAll(async () => {
  daemon = await startDaemon()
  await daemon.load(PARENT)
  project = await projectOf({ ...CMAKE, ...MESON, ...PYBIND, ...RUST, ...APP })
  first = await packaged()
})

afterAll(async () => {
  for (const disposable of [project, daemon]) await disposable?.[Symbol.asyncDispose]()
})

test('an application by uv_build with compiled packages runs in the release image, which has no compiler', async () => {
  expect(first.errors).toEqual([])
  expect(wheels(first).find(({ name }) => name === 'answers')).toMatchObject({ file: 'answers-1.0-py3-none-any.whl', origin: 'project' })
  const release = images(daemon.host)
  expect(await release.run('acme/answers:main', ['answers'])).toBe('2 3 4 5')
  expect(await release.run('acme/answers:main', ['sh', '-c', 'command -v gcc cargo cmake ninja uv || echo none'])).toBe('none')
})

describe.each([
  { name: 'cmaked', backend: 'scikit-build-core', asks: 'cmake', file: /^cmaked-1\.0-cp3\d+-cp3\d+-linux_\w+\.whl$/ },
  { name: 'mesoned', backend: 'meson-python', asks: 'ninja', file: /^mesoned-1\.0-cp3\d+-cp3\d+-linux_\w+\.whl$/ },
  { name: 'bound', backend: 'setuptools with pybind11', asks: undefined, file: /^bound-1\.0-cp3\d+-cp3\d+-linux_\w+\.whl$/ },
  { name: 'rusted', backend: 'maturin', asks: 'cffi', file: /^rusted-1\.0-py3-none-(many)?linux_\w+\.whl$/ },
])('a package by $backend', ({ name, asks, file }) => {
  test('is compiled with what its backend asks for', () => {
    expect(wheels(first).find((wheel) => wheel.name === name)).toMatchObject({ file: expect.stringMatching(file), origin: 'compiled' })
    if (asks) expect(first.log).toMatch(new RegExp(`${name}: its build backend asks for .*\\b${asks}\\b.* too`))
  })
})

// One stands for all: the same stage builds every project's own wheel.
test('a project by meson-python is packaged by itself too', async () => {
  // The packages of the builder are those of the run before, so that it is there already.
  const result = await packaged({ path: 'libs/mesoned', target: 'wheels', 'build-packages': 'cargo, rustc' })
  expect(result.errors).toEqual([])
  expect(wheels(result).find(({ name }) => name === 'mesoned')).toMatchObject({ origin: 'project' })
})

test('all are byte for byte the same when they are made again from nothing', async () => {
  const prints = (result: ActionResult) => wheels(result).map(({ name, sha256 }) => `${name} ${sha256}`)
  await daemon.docker('builder', 'prune', '--all', '--force')
  await rm(project.at('wheelhouse'), { recursive: true })
  const second = await packaged({ target: 'wheels' })
  expect(wheels(second).filter(({ origin }) => origin === 'compiled')).toHaveLength(4)
  expect(prints(second)).toEqual(prints(first))
})

test('a crate that cargo would have to download is named, with what mends it', async () => {
  await rm(project.at('libs/rusted/.cargo'), { recursive: true })
  const result = await packaged({ path: 'libs/rusted', target: 'wheels', 'build-packages': 'cargo, rustc' })
  expect(result.errors).toEqual([
    "wheels: the project's own wheel did not build: cargo must download crates, and builds have no network. " +
      'Run "cargo vendor", commit vendor/ and .cargo/config.toml; for a package of an index, choose a version that has a wheel.',
  ])
})
