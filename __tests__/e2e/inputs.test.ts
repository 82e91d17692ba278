import { readdir } from 'node:fs/promises'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { type CacheService, cacheService } from '../support/cache-service.ts'
import { type MachineDaemon, machineDaemon } from '../support/daemon.ts'
import { images } from '../support/image.ts'
import { type Project, projectOf } from '../support/project.ts'
import { type ActionResult, runAction } from '../support/runner.ts'

// Inputs that no other file's project takes, together on a small one; each test shows what one of them does.

jest.setTimeout(300_000)

const NAMESPACE = 'pt-inputs'
const INPUTS = {
  namespace: NAMESPACE,
  cache: 'always',
  'exclude-newer': '2023-08-01', // click 8.1.6 is of July 2023, 8.1.7 of August
  wheelhouse: 'build/wheels',
  'cache-suffix': 'nightly',
  'tag-suffix': '-slim',
}
const FILES = {
  // gawk pre-depends on libmpfr6, which no parent has.
  'pyproject.toml': '[tool.pypackager]\nimage-name = "small"\nruntime-packages = ["tree", "gawk"]\nrun = "false"\n',
  'requirements.txt': 'click\nGitPython\n',
  'app.py': 'import click, git\n',
}

let daemon: MachineDaemon
let cache: CacheService
let project: Project
let first: ActionResult

beforeAll(async () => {
  daemon = await machineDaemon(NAMESPACE)
  cache = await cacheService()
  project = await projectOf({ ...FILES, '.gitignore': 'build/\n' })
  first = await packaged(project)
})

afterAll(async () => {
  for (const disposable of [project, cache, daemon]) await disposable?.[Symbol.asyncDispose]()
})

const packaged = ({ workspace }: Project, inputs: Readonly<Record<string, string>> = {}) =>
  runAction({ workspace, inputs: { ...INPUTS, ...inputs }, env: cache.env })
const click = (result: ActionResult) =>
  (JSON.parse(result.outputs.wheels ?? '[]') as { name: string; version: string; origin: string }[]).find(({ name }) => name === 'click')
const clickIn = (result: ActionResult) =>
  images().run(result.outputs['release-tag'] ?? '', ['python', '-c', 'from importlib.metadata import version; print(version("click"))'])

test("the project's table counts, but for what a pull request must not set", () => {
  expect(first.log).toContain('From pyproject.toml [tool.pypackager]: image-name, runtime-packages\n')
  expect(first.notices).toContainEqual(expect.stringMatching(/^pyproject\.toml \[tool\.pypackager\] sets run: of a workflow/))
  expect(first.outputs['release-tag']).toBe(`${NAMESPACE}/small:main-slim`)
})

test('exclude-newer installs what was the newest then, and another moment another version', async () => {
  expect(first.errors).toEqual([])
  expect(await clickIn(first)).toBe('8.1.6')
  await using other = await projectOf(FILES)
  const later = await packaged(other, { 'exclude-newer': '2023-09-01T00:00:00Z', target: 'wheels', wheelhouse: '' })
  expect(later.errors).toEqual([])
  expect(click(later)?.version).toBe('8.1.7')
})

test('wheelhouse is the folder that the wheels and the lock are in, and no other is made', async () => {
  expect(first.outputs).toMatchObject({ wheelhouse: 'build/wheels', lock: 'build/wheels/pylock.toml' })
  expect((await readdir(project.at('build/wheels'))).sort()).toEqual([
    '.build',
    '.gitignore',
    'GitPython-3.1.32-py3-none-any.whl',
    'click-8.1.6-py3-none-any.whl',
    'gitdb-4.0.10-py3-none-any.whl',
    'pylock.toml',
    'smmap-5.0.0-py3-none-any.whl',
  ])
  expect((await readdir(project.workspace)).sort()).toEqual(['.git', '.gitignore', 'app.py', 'build', 'pyproject.toml', 'requirements.txt'])
})

test('cache-suffix keeps jobs from taking entries of each other', async () => {
  const taken = async (inputs: Readonly<Record<string, string>>) => {
    await using fresh = await projectOf(FILES)
    const result = await packaged(fresh, { target: 'wheels', cache: 'always', ...inputs })
    expect(result.errors).toEqual([])
    return { hit: result.outputs['cache-hit'], origin: click(result)?.origin }
  }
  expect(await taken({})).toEqual({ hit: 'true', origin: 'reused' })
  expect(await taken({ 'cache-suffix': 'daily' })).toEqual({ hit: 'false', origin: 'downloaded' })
  expect(await taken({ 'cache-suffix': '' })).toEqual({ hit: 'false', origin: 'downloaded' })
})

test('tag-suffix ends every tag of the release, and not those of base', async () => {
  expect(first.outputs.tags).toBe(`${NAMESPACE}/small:main-slim`)
  expect(await images().exists(`${NAMESPACE}/small:main-slim`)).toBe(true)
  expect(await images().exists(`${NAMESPACE}/small:main`)).toBe(false)
  expect(await images().exists(`${NAMESPACE}/small-base:main`)).toBe(true)
})

test('runtime-packages are installed in the release, and no file of their fetching is left', async () => {
  const image = first.outputs['release-tag'] ?? ''
  expect(await images().run(image, ['sh', '-c', 'tree --noreport /app'])).toMatch(/app\.py/)
  expect(await images().run(image, ['dpkg-query', '--show', '--showformat=${db:Status-Status}', 'tree'])).toBe('installed')
  const parent = process.env.PARENT_IMAGE ?? ''
  expect(await images().run(parent, ['sh', '-c', 'command -v tree || echo none'])).toBe('none') // the parent did not bring it
  expect((await images().names(image)).filter((name) => name.endsWith('.deb'))).toEqual([])
})

test('one that must be installed before another is unpacked is, and works', async () => {
  expect(await images().run(first.outputs['release-tag'] ?? '', ['gawk', 'BEGIN { print 6 * 7 }'])).toBe('42')
})

test('a program that a package calls is found, told and installed; left out, it is named with its Debian package', async () => {
  expect(first.log).toContain('for gitpython: git of Debian (the input runtime-packages with git- leaves it out)')
  expect(await images().run(first.outputs['release-tag'] ?? '', ['python', '-c', 'import git; print(git.Git().version()[:3])'])).toBe('git')
  const without = await packaged(project, { 'runtime-packages': 'git-', command: 'python -m app' })
  expect(without.errors.join('\n')).toMatch(/^checks: .*Bad git executable.*The program git is not there\. Set runtime-packages: git$/m)
})
