import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { must, until } from '../support/command.ts'
import { type Daemon, startDaemon } from '../support/daemon.ts'
import { type ImageFacts, images } from '../support/image.ts'
import { COMMITTED, type Project, projectOf } from '../support/project.ts'
import { runAction } from '../support/runner.ts'
import { testWheel } from '../support/wheel.ts'

// One commit, packaged twice from nothing: another checkout, an empty build cache, no wheelhouse.

jest.setTimeout(600_000)

const PARENT = process.env.PARENT_IMAGE ?? ''
const NEWER = process.env.NEWER_PARENT_IMAGE ?? 'pypackager/debian-python:trixie'
const STAGES = path.join(import.meta.dirname, '../../src/stages/install')
const ALONE = path.join(import.meta.dirname, '../fixtures/bytecode/alone.py')
const SETTINGS = `
from pathlib import Path
BASE_DIR = Path(__file__).resolve().parent.parent
SECRET_KEY = "x" * 60
INSTALLED_APPS = ["django.contrib.staticfiles", "notes"]
ROOT_URLCONF = "notes.urls"
STATIC_URL = "static/"
STATIC_ROOT = "/var/www/static"
`

let daemon: Daemon
let project: Project

beforeAll(async () => {
  daemon = await startDaemon()
  await daemon.load(PARENT)
  project = await projectOf({
    'pyproject.toml':
      '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n' +
      '[project]\nname = "notes"\nversion = "1.0"\ndependencies = ["django>=5", "gunicorn"]\n' +
      '[tool.setuptools]\npackages = ["notes"]\npackage-data = {notes = ["static/notes.css"]}\n',
    'manage.py': 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "notes.settings")\n',
    'notes/__init__.py': '',
    'notes/settings.py': SETTINGS,
    'notes/urls.py': 'urlpatterns = []\n',
    'notes/wsgi.py': 'from django.core.wsgi import get_wsgi_application\napplication = get_wsgi_application()\n',
    'notes/static/notes.css': 'body { color: black }\n',
  })
})

afterAll(async () => {
  await project?.[Symbol.asyncDispose]()
  await daemon?.[Symbol.asyncDispose]()
})

/** An image is the same whatever is said of it. */
const QUICK = { checks: 'off', sbom: 'false' }

async function packaged(workspace: string, inputs: Readonly<Record<string, string>> = {}): Promise<ImageFacts> {
  const result = await runAction({ workspace, inputs: { cache: 'never', ...QUICK, ...inputs }, env: { DOCKER_HOST: daemon.host } })
  expect(result.errors).toEqual([])
  // A machine so busy that the trial import takes 20 s makes another image, and says so.
  expect(result.notices.filter((notice) => /byte code|no static files/.test(notice))).toEqual([])
  return images(daemon.host).inspect(result.outputs['release-tag'] ?? '')
}

/** Whether this engine sets an image's time as it is told: BuildKit 0.11 and later, by Buildx. */
async function setsTimes(): Promise<boolean> {
  const [client = 0, server = 0] = (await daemon.docker('version', '--format', '{{.Client.Version}} {{.Server.Version}}'))
    .split(' ')
    .map((version) => Number.parseInt(version, 10))
  return client >= 23 && server >= 24
}

test('the same commit gives the same layers, and the same image where the engine can', async () => {
  const first = await packaged(project.workspace)
  await daemon.empty(PARENT)
  expect(await images(daemon.host).exists(first.Id)).toBe(false)
  await using clone = await project.shallow()
  const second = await packaged(clone.workspace)

  expect(second.RootFS.Layers).toEqual(first.RootFS.Layers)
  expect(first.RootFS.Layers.length).toBeGreaterThan(4)
  expect(second.Config).toEqual(first.Config)

  if (await setsTimes()) {
    expect(second.Id).toBe(first.Id)
    expect(new Date(second.Created).getTime()).toBe(COMMITTED * 1000)
  } else {
    // The engine writes its own time: that alone is different.
    expect(second.Created).not.toBe(first.Created)
  }
})

test('files that several packages bring are those of the last one by the order of pip, and that is told', async () => {
  const both = (who: string) => ({ 'common/__init__.py': `BY = "${who}"\n`, 'tests/test_it.py': `BY = "${who}"\n` })
  // By chance alone all of these would come out right once in 64 builds.
  const others = ['gamma delta', 'zeta eta', 'theta kappa', 'mu lambda', 'pi omicron'].flatMap((pair, i) =>
    pair.split(' ').map((name) => testWheel(name, '1.0', { beside: { [`common/m${i}.py`]: `BY = "${name}"\n` } })),
  )
  const wheels = [
    testWheel('alpha', '1.0', { beside: both('alpha') }),
    testWheel('beta', '1.0', { requires: ['alpha'], beside: both('beta') }),
    ...others,
  ]
  const modules = [0, 1, 2, 3, 4].map((i) => `common.m${i}`)
  await using shop = await projectOf({
    'requirements.txt': wheels.map(({ file }) => `./vendored/${file}\n`).join(''),
    'main.py': `import ${['common', ...modules].join(', ')}\nprint(common.BY, ${modules.map((name) => `${name}.BY`).join(', ')})\n`,
    ...Object.fromEntries(wheels.map(({ file, bytes }) => [`vendored/${file}`, bytes])),
  })
  const result = await runAction({
    workspace: shop.workspace,
    inputs: { cache: 'never', ...QUICK, command: 'python main.py' },
    env: { DOCKER_HOST: daemon.host },
  })
  expect(result.errors).toEqual([])
  expect(await daemon.docker('run', '--rm', result.outputs['release-tag'] ?? '')).toBe('beta delta eta kappa lambda omicron')
  const told = 'bring different files of one name'
  expect(result.warnings).toContain(`gamma and delta ${told} (common/m0.py): the image has those of delta`)
  expect(result.notices).toContain(`alpha and beta ${told} (common/__init__.py): the image has those of beta`)
})

describe('without a network', () => {
  /** Tries to reach the machine by the daemon's bridge, and lets nobody know. */
  const caller = (host: string, port: number, who: string) =>
    `import socket\ntry:\n    with socket.create_connection(("${host}", ${port}), timeout=5) as s: s.sendall(b"${who}")\nexcept OSError:\n    pass\n`

  test('the project is built, imported once, made into an image and checked', async () => {
    const heard: string[] = []
    const server = createServer((socket) => socket.on('error', () => {}).on('data', (data) => heard.push(data.toString())))
    await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve))
    try {
      const { port } = server.address() as { port: number }
      const host = /inet ([0-9.]+)/.exec(await must('ip', ['-4', '-o', 'addr', 'show', 'dev', daemon.bridge]))?.[1] ?? ''
      await using shop = await projectOf({
        'setup.py': `${caller(host, port, 'setup')}from setuptools import setup\nsetup(name="shop", version="1.0", packages=["shop"], entry_points={"console_scripts": ["shop=shop:main"]})\n`,
        'shop/__init__.py': `${caller(host, port, 'import')}def main():\n    print("open")\n`,
      })
      const result = await runAction({ workspace: shop.workspace, inputs: { cache: 'never' }, env: { DOCKER_HOST: daemon.host } })
      expect(result.errors).toEqual([])
      expect(heard).toEqual([])

      // The same image in a container that has a network: the call is a real one, and would have been heard.
      await daemon.docker('run', '--rm', result.outputs['release-tag'] ?? '', 'python', '-c', 'import shop')
      await until('the call', 5, () => heard.length > 0)
      expect(heard).toEqual(['import'])
    } finally {
      server.close()
    }
  })
})

test.each([
  { name: 'Python 3.11', parent: PARENT },
  { name: 'Python 3.13', parent: NEWER },
])('byte code follows from its source alone, on $name', async ({ parent }) => {
  await daemon.load(parent)
  const mounts = [`${STAGES}:/mnt:ro`, `${ALONE}:/alone.py:ro`].flatMap((mount) => ['--volume', mount])
  const told = await daemon.docker('run', '--rm', '--network=none', ...mounts, parent, 'python3', '-B', '/alone.py')
  const [count = '', ...different] = told.trim().split(' ')
  expect(Number(count)).toBeGreaterThan(100)
  expect(different).toEqual([])
})

// Of these CPython compiles some texts otherwise where others were compiled before them.
const TELLING = ['typing_extensions.py', 'six.py', 'werkzeug/datastructures/headers.py']

test.each([
  { name: 'by the settings of Python itself', inputs: {} },
  { name: "by settings of the image's environment", inputs: { 'image-env': 'PYTHONOPTIMIZE=2\nPYTHONNODEBUGRANGES=1\nPYTHONSAFEPATH=1' } },
])('byte code made ahead is that of the trial, $name', async ({ inputs }) => {
  await daemon.load(NEWER)
  await using shop = await projectOf({
    'pyproject.toml':
      '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n' +
      '[project]\nname = "shop"\nversion = "1.0"\ndependencies = ["flask", "six", "typing-extensions"]\n' +
      '[project.scripts]\nshop = "shop:main"\n[tool.setuptools]\npackages = ["shop"]\n',
    'shop/__init__.py': 'import flask, six, typing_extensions\n\ndef main():\n    print("open")\n',
  })
  const first = await packaged(shop.workspace, { 'parent-image': NEWER, ...inputs })
  const list = await readFile(shop.at('wheelhouse/.build/imported/release.txt'), 'utf8')
  for (const file of TELLING) expect(list).toContain(file)
  for (const name of first.RepoTags) await daemon.docker('image', 'rm', name)
  await daemon.docker('builder', 'prune', '--all', '--force')
  const second = await packaged(shop.workspace, { 'parent-image': NEWER, ...inputs })
  expect(second.RootFS.Layers).toEqual(first.RootFS.Layers)
})
