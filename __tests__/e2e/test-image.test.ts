import { readdir, readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type CacheService, cacheService } from '../support/cache-service.ts'
import { until } from '../support/command.ts'
import { type MachineDaemon, machineDaemon } from '../support/daemon.ts'
import { images } from '../support/image.ts'
import { NOTES } from '../support/notes.ts'
import { type Project, projectOf } from '../support/project.ts'
import { REGISTRY_USER, type Registry, startRegistry } from '../support/registry.ts'
import { type ActionResult, runAction } from '../support/runner.ts'

// The test image and the dev image: the release and what tests need beyond it, from the same wheels.

jest.setTimeout(600_000)

const NAMESPACE = 'pt-test-image'
const OFFLINE = { HTTPS_PROXY: 'http://127.0.0.1:1', HTTP_PROXY: 'http://127.0.0.1:1', NO_PROXY: '127.0.0.1,localhost' }
const TESTED = { 'test-extras': 'test', 'test-command': 'pytest -q\npython -c "import os; print(os.environ[\'DJANGO_SETTINGS_MODULE\'])"' }

/** docopt has no wheel: it is built here, of the test image alone. */
const FILES: Readonly<Record<string, string>> = {
  ...NOTES,
  'pyproject.toml': (NOTES['pyproject.toml'] ?? '').replace('"pytest-django>=4.9"', '"pytest-django>=4.9", "docopt==0.6.2"'),
  'tests/test_page.py': `import docopt
import notes
from django.conf import settings


def test_page(client):
    assert docopt.__version__ == "0.6.2"
    assert "paper" in client.get("/").content.decode()
    assert settings.TESTING
    assert notes.__file__.startswith("/appenv/"), notes.__file__
`,
  'notes/settings/dev.py': 'from .release import *\n\nDEBUG = True\n',
}

let daemon: MachineDaemon
let cache: CacheService
let registry: Registry
let project: Project
let plain: ActionResult
let tested: ActionResult

beforeAll(async () => {
  daemon = await machineDaemon(NAMESPACE)
  cache = await cacheService()
  registry = await startRegistry()
  project = await projectOf(FILES)
  plain = await packaged()
  tested = await packaged(TESTED, cache.env)
})

afterAll(async () => {
  for (const disposable of [project, registry, cache, daemon]) await disposable?.[Symbol.asyncDispose]()
})

function packaged(inputs: Record<string, string> = {}, env: Record<string, string> = {}, from: Project = project) {
  // What is said of the release is the same with and without a test image.
  const common = { namespace: NAMESPACE, checks: 'off', sbom: 'false', 'image-env': 'DJANGO_SETTINGS_MODULE=notes.settings.release' }
  return runAction({ workspace: from.workspace, inputs: { ...common, ...inputs }, env })
}

const freeze = async (image: string) => {
  const code = 'import importlib.metadata as m; print("\\n".join(sorted(f"{d.name.lower()} {d.version}" for d in m.distributions())))'
  return (await images().run(image, ['python', '-c', code])).split('\n')
}

describe('the test image', () => {
  test('passes its tests, with the settings beside those of the release', () => {
    expect(tested.errors).toEqual([])
    expect(tested.log).toMatch(/\| 1 passed/)
    expect(tested.log).toContain('| notes.settings.test')
    expect(tested.outputs['test-image']).toBe(`${NAMESPACE}/notes-site-test:main`)
    expect(tested.summary).toContain('| test-command | <code>pytest -q</code> |')
  })

  test('has the release’s packages in the same versions, and those of the extra; the release has none of them', async () => {
    const release = await freeze(`${NAMESPACE}/notes-site:main`)
    const image = await freeze(`${NAMESPACE}/notes-site-test:main`)
    expect(release.filter((line) => !image.includes(line))).toEqual([])
    const more = image.filter((line) => !release.includes(line)).map((line) => line.split(' ')[0])
    expect(more).toEqual(['docopt', 'iniconfig', 'packaging', 'pluggy', 'pygments', 'pytest', 'pytest-django'])
  })

  test('changes nothing of the release: the same image with and without it, the same lock', () => {
    expect(tested.outputs.imageid).toBe(plain.outputs.imageid)
    expect(tested.outputs.wheels?.replaceAll(/"(origin|seconds)":[^,}]+/g, '')).toBe(
      plain.outputs.wheels?.replaceAll(/"(origin|seconds)":[^,}]+/g, ''),
    )
    expect(tested.outputs.wheels).not.toContain('pytest')
  })

  test('keeps its wheels and its lock in a folder of their own', async () => {
    const wheels = async (folder: string) =>
      (await readdir(project.at(folder))).filter((name) => name.endsWith('.whl')).map((name) => name.split('-')[0])
    expect(await wheels('wheelhouse')).not.toContain('pytest')
    expect((await wheels('wheelhouse/.build/test')).sort()).toEqual([
      'docopt',
      'iniconfig',
      'packaging',
      'pluggy',
      'pygments',
      'pytest',
      'pytest_django',
    ])
    expect(await readFile(project.at('wheelhouse/.build/test/pylock.toml'), 'utf8')).toContain('name = "pytest"')
    expect(await readFile(project.at('wheelhouse/pylock.toml'), 'utf8')).not.toContain('pytest')
  })

  test('is found by its fingerprint where nothing changed', async () => {
    const again = await packaged(TESTED)
    expect(again.summary).toMatch(/^\| test \| nothing changed/m)
    expect(again.outputs['test-image']).toBe(tested.outputs['test-image'])
  })

  test('is made from the cache, without an index and without building docopt again', async () => {
    await using other = await projectOf(FILES)
    await daemon.docker('image', 'rm', `${NAMESPACE}/notes-site-test:main`)
    const restored = await packaged(TESTED, { ...cache.env, ...OFFLINE }, other)
    expect(restored.errors).toEqual([])
    expect(restored.log).not.toMatch(/docopt.*(building|compiling)|resolving/)
    expect(restored.log).toMatch(/\| 1 passed/)
  })

  test('whose tests fail stops the push, with the line and the tail of what it said', async () => {
    await using other = await projectOf({ ...FILES, 'tests/test_page.py': 'def test_sum():\n    assert 1 + 1 == 3\n' })
    const result = await packaged({ ...TESTED, registry: registry.host, push: 'true', ...REGISTRY_USER }, {}, other)
    expect(result.code).toBe(1)
    expect(result.errors).toEqual([
      expect.stringMatching(
        /^test-command: "pytest -q" ended with code 1: 1 failed in .*\. Its last lines are above\. Nothing was pushed\.$/,
      ),
    ])
    expect(result.log.split('::endgroup::').at(-1)).toContain('assert (1 + 1) == 3')
    expect(await registry.tags(`${NAMESPACE}/notes-site`)).toEqual([])
    expect(result.outputs).toEqual({})
    for (const name of ['notes-site', 'notes-site-test'])
      expect(await images().exists(`${registry.host}/${NAMESPACE}/${name}:main`)).toBe(false)
  })

  test('that cannot have the release’s versions is an error that says which', async () => {
    await using other = await projectOf({
      ...FILES,
      'pyproject.toml': (FILES['pyproject.toml'] ?? '').replace('"docopt==0.6.2"', '"asgiref<3.6"'),
    })
    const result = await packaged(TESTED, {}, other)
    expect(result.errors).toEqual([expect.stringMatching(/^test: test-extras cannot be had with the versions of the release: .*asgiref/)])
  })

  test('of a misspelt extra is an error', async () => {
    const result = await packaged({ 'test-extras': 'tests' })
    expect(result.errors.join()).toContain('notes-site has no extra "tests" (it has test). Did you mean "test"? The input test-extras')
  })
})

describe('target', () => {
  test('test makes the test image, tags that alone and pushes nothing', async () => {
    const result = await packaged({
      ...TESTED,
      target: 'test',
      'image-name': 'alone',
      registry: registry.host,
      push: 'true',
      ...REGISTRY_USER,
    })
    expect(result.errors).toEqual([])
    expect(result.notices).toContainEqual('Test and dev images stay on this machine: nothing is pushed.')
    expect(result.outputs['test-image']).toBe(`${registry.host}/${NAMESPACE}/alone-test:main`)
    expect(result.outputs['release-tag']).toBeUndefined()
    expect(await images().exists(`${registry.host}/${NAMESPACE}/alone:main`)).toBe(false)
    expect(await registry.tags(`${NAMESPACE}/alone-test`)).toEqual([])
  })

  test('dev makes an image that runs the mounted source: a change on the host shows, of a template and of a module', async () => {
    const result = await packaged({ 'test-extras': 'test', target: 'dev' })
    expect(result.errors).toEqual([])
    expect(result.outputs['dev-image']).toBe(`${NAMESPACE}/notes-site-dev:main`)
    await using site = await images().serve(`${NAMESPACE}/notes-site-dev:main`, [`--volume=${project.workspace}:/app`])
    const shows = async (text: string) =>
      until(`"${text}" on the page`, 20, async () => (await (await site.fetch('/')).text()).includes(text))
    await shows('Written on paper')
    // Saved again and again: the site answers before Django's reloader has looked at its files for the first time.
    await until('"Written on glass" on the page', 20, async () => {
      await project.write('notes/templates/notes/index.html', '<p>Written on glass</p>\n')
      return (await (await site.fetch('/')).text()).includes('Written on glass')
    })
    const urls = (FILES['notes/urls.py'] ?? '').replace('render(request, "notes/index.html")', 'HttpResponse("by hand")')
    await project.write('notes/urls.py', `from django.http import HttpResponse\n${urls}`)
    await shows('by hand')
    expect(await site.exec('python', '-c', 'import notes, pytest; print(notes.__file__)')).toBe('/app/notes/__init__.py')
    expect((await readdir(project.at('notes'))).includes('__pycache__')).toBe(false)
  })
})
