import { readdir, rm } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { must } from '../support/command.ts'
import { type MachineDaemon, machineDaemon } from '../support/daemon.ts'
import { COMMITTED, type Project, projectOf, treeHash } from '../support/project.ts'
import { type ActionResult, runAction } from '../support/runner.ts'
import { type TempFolder, tempFolder } from '../support/temp.ts'

// The version of the project's own wheel, built where there is neither git nor a repository, compared with
// what the same backend says on the same checkout with git beside it.

jest.setTimeout(600_000)

const NAMESPACE = 'pt-version'
const PINS = { setuptools: '80.9.0', 'setuptools-scm': '9.2.2', hatchling: '1.27.0', 'hatch-vcs': '0.5.0', 'pdm-backend': '2.4.5' }
const pinned = (...names: (keyof typeof PINS)[]) => JSON.stringify(names.map((name) => `${name}==${PINS[name]}`))
const head = '[project]\nname = "shop"\ndynamic = ["version"]\n[build-system]\n'

const backends = [
  {
    backend: 'setuptools_scm',
    pyproject: `${head}requires = ${pinned('setuptools', 'setuptools-scm')}\nbuild-backend = "setuptools.build_meta"\n[tool.setuptools]\npy-modules = ["shop"]\n[tool.setuptools_scm]\n`,
  },
  {
    backend: 'hatch-vcs',
    pyproject: `${head}requires = ${pinned('hatchling', 'hatch-vcs', 'setuptools-scm')}\nbuild-backend = "hatchling.build"\n[tool.hatch.version]\nsource = "vcs"\n`,
  },
  {
    backend: 'pdm',
    pyproject: `${head}requires = ${pinned('pdm-backend')}\nbuild-backend = "pdm.backend"\n[tool.pdm.version]\nsource = "scm"\n`,
  },
]

let daemon: MachineDaemon
let venv: TempFolder

beforeAll(async () => {
  daemon = await machineDaemon(NAMESPACE)
  venv = await tempFolder('venv')
  await must('python3', ['-m', 'venv', venv.path])
  await must(venv.at('bin/pip'), ['install', '--quiet', 'build', ...Object.entries(PINS).map(([name, version]) => `${name}==${version}`)])
})

afterAll(async () => {
  for (const disposable of [venv, daemon]) await disposable?.[Symbol.asyncDispose]()
})

/** The version of the wheel that the action makes; the user's files must be as before. */
async function packaged(
  project: Project,
  inputs: Record<string, string> = {},
  env: Record<string, string> = {},
): Promise<{ result: ActionResult; version: string | undefined }> {
  const before = await treeHash(project.workspace)
  const result = await runAction({
    workspace: project.workspace,
    inputs: { namespace: NAMESPACE, target: 'wheels', cache: 'never', ...inputs },
    env: { DOCKER_HOST: daemon.host, ...env },
  })
  expect(result.errors).toEqual([])
  expect(await treeHash(project.workspace)).toBe(before)
  const wheels = JSON.parse(result.outputs.wheels ?? '[]') as { name: string; version: string; origin: string }[]
  return { result, version: wheels.find(({ origin }) => origin === 'project')?.version }
}

/** What the backend says with git at hand: the version in the name of the wheel that `build` makes. */
async function outside(project: Project): Promise<string | undefined> {
  await using out = await tempFolder('dist')
  await using copy = await tempFolder('copy')
  await must('cp', ['-a', `${project.workspace}/.`, copy.path])
  const env = { PATH: process.env.PATH, HOME: out.path, SOURCE_DATE_EPOCH: String(COMMITTED) }
  await must(venv.at('bin/python'), ['-m', 'build', '--wheel', '--no-isolation', '--outdir', out.path, copy.path], { env })
  const [wheel = ''] = (await readdir(out.path)).filter((name) => name.endsWith('.whl'))
  return wheel.split('-')[1]
}

const onTag = { GITHUB_REF: 'refs/tags/v1.2.3', GITHUB_REF_NAME: 'v1.2.3', GITHUB_REF_TYPE: 'tag' }
/** pdm-backend says today's date; ours is the commit's. */
const undated = (version: string | undefined) => version?.replace(/d\d{8}$/, 'd')

/** A project tagged v1.2.3, with two commits since. */
async function projectLater(pyproject: string): Promise<Project> {
  // `.git*` keeps the repository's files out of images, and must not keep the version out of the wheel.
  const project = await projectOf({ 'pyproject.toml': pyproject, 'shop.py': 'x = 1\n', '.dockerignore': '.git*\n' })
  await project.tag('v1.2.3')
  await project.commit()
  await project.commit()
  return project
}

describe.each(backends)('$backend', ({ backend, pyproject }) => {
  const later = () => projectLater(pyproject)

  test('gives the wheel two commits after a tag what it gives with git', async () => {
    await using project = await later()
    const { version, result } = await packaged(project)
    expect(version).toMatch(/^1\.2\.4\.dev2\+g[0-9a-f]{7,10}$/)
    expect(version).toBe(await outside(project))
    expect(result.notices.filter((notice) => notice.includes('git'))).toEqual([])
  })

  test('gives the wheel of a changed tree what it gives with git, and a notice says so', async () => {
    await using project = await later()
    await project.write('shop.py', 'x = 2\n')
    const { version, result } = await packaged(project)
    expect(version).toMatch(/^1\.2\.4\.dev2\+g[0-9a-f]{7,10}\.d20260102$/)
    expect(undated(version)).toBe(undated(await outside(project)))
    expect(result.notices.join()).toContain('shop.py changed since the commit')
  })

  test('gives the wheel the tag in a clone of depth 1 that does not know it', async () => {
    await using project = await projectOf({ 'pyproject.toml': pyproject, 'shop.py': '' })
    await project.tag('v1.2.3')
    await using clone = await project.shallow()
    const { version, result } = await packaged(clone, {}, onTag)
    expect(version).toBe('1.2.3')
    expect(version).toBe(await outside(project))
    expect(result.warnings).toEqual([])
  })

  test('says what to do in a clone of depth 1 between tags', async () => {
    await using project = await later()
    await using clone = await project.shallow()
    const { version, result } = await packaged(clone)
    expect(version).toBe(await outside(clone))
    expect(version).toMatch(/^0\.\d+\.dev1\+g/)
    expect(result.notices.join()).toContain('fetch-depth: 0')
  })

  test('gives the wheel the version of the tag by set-version, whatever changed', async () => {
    await using project = await later()
    await project.write('shop.py', 'x = 2\n')
    const { version, result } = await packaged(project, { 'set-version': 'true' }, onTag)
    expect([backend, version]).toEqual([backend, '1.2.3'])
    expect(result.warnings).toEqual([])
  })
})

// When a wheel is built again is asked before its backend.
test('a tree without a change gives the same wheel beside its wheelhouse, and with a commit more another version', async () => {
  await using project = await projectLater(backends[0]?.pyproject ?? '')
  const { version } = await packaged(project)
  const again = await packaged(project)
  expect(again.version).toBe(version)
  expect(again.result.log).toContain('the source is unchanged')
  await project.commit()
  expect((await packaged(project)).version).toMatch(/^1\.2\.4\.dev3\+g/)
})

describe('a version that stands in the project', () => {
  const setup = 'from setuptools import setup\nsetup(name="shop", version="0.1", py_modules=["shop"])\n'

  test('gives way to the tag by set-version, and the file stays as it is', async () => {
    await using project = await projectOf({ 'setup.py': setup, 'shop.py': '' })
    await project.tag('v1.2.3')
    const plain = await packaged(project, {}, onTag)
    expect(plain.version).toBe('0.1')
    expect(plain.result.warnings.join()).toContain('The tag says 1.2.3 and the wheel 0.1.')
    expect((await packaged(project, { 'set-version': 'true' }, onTag)).version).toBe('1.2.3')
  })

  test('is compared on the way of the release too, where its build makes the wheel', async () => {
    await using project = await projectOf({ 'pyproject.toml': backends[0]?.pyproject ?? '', 'shop.py': 'x = 1\n' })
    await project.tag('v1.2.3')
    const release = { target: 'release', push: 'false', 'image-name': 'gitver-shop' }
    const first = await packaged(project, release, onTag)
    expect([first.version, first.result.warnings]).toEqual(['1.2.3', []])
    await project.write('shop.py', 'x = 2\n')
    const second = await packaged(project, release, onTag)
    expect(second.version).toMatch(/^1\.2\.4\.dev0\+g[0-9a-f]+\.d20260102$/)
    expect(second.result.warnings.filter((warning) => warning.startsWith('The tag says'))).toHaveLength(1)
    const said = [
      'run',
      '--rm',
      `${NAMESPACE}/gitver-shop:1.2.3`,
      'python',
      '-c',
      'from importlib.metadata import version; print(version("shop"))',
    ]
    expect(await daemon.docker(...said)).toBe(second.version)
  })

  test('stays on a branch', async () => {
    await using project = await projectOf({ 'setup.py': setup, 'shop.py': '' })
    const { version, result } = await packaged(project, { 'set-version': 'true' })
    expect(version).toBe('0.1')
    expect(result.warnings).toEqual([])
  })

  test('that is computed is an error with set-version that says why', async () => {
    await using project = await projectOf({ 'setup.py': setup.replace('"0.1"', 'open("V").read()'), V: '1', 'shop.py': '' })
    const inputs = { target: 'plan', 'set-version': 'true' }
    const result = await runAction({ workspace: project.workspace, inputs, env: onTag })
    expect(result.errors).toEqual([
      "project: set-version cannot set the wheel's version: the version is computed by setup.py. Set it in the project, or leave set-version out.",
    ])
  })
})

test('a wheel whose build asks git in vain is told in each run, also where nothing of it is built', async () => {
  await using project = await projectOf({
    'pyproject.toml': `[build-system]\nrequires = ${pinned('setuptools')}\nbuild-backend = "setuptools.build_meta"\n`,
    'setup.py':
      'import os\nfrom setuptools import setup\nsetup(name="shop", version=os.popen("git describe --tags").read().strip() or "0", py_modules=["shop"])\n',
    'shop.py': '',
  })
  const told = "the build of the project's wheel called git, which no build has: look at the wheel's version"
  for (const how of ['built', 'kept', 'built before']) {
    if (how === 'built before') await rm(project.at('wheelhouse'), { recursive: true })
    const { result, version } = await packaged(project)
    expect([how, version, result.warnings.filter((text) => text === told)]).toEqual([how, '0', [told]])
  }
})
