import { readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Daemon, startDaemon } from '../support/daemon.ts'
import { builtImage, type ImageFacts, images } from '../support/image.ts'
import { type Project, projectOf } from '../support/project.ts'
import { type ActionResult, runAction } from '../support/runner.ts'
import { tempFolder, writeFiles } from '../support/temp.ts'

// An application that writes in every way while it is imported: nothing of that is in the image, and each is told.

jest.setTimeout(600_000)

const PARENT = process.env.PARENT_IMAGE ?? 'pypackager/debian-python:bookworm'
const PLANT = path.join(import.meta.dirname, '../fixtures/writes/plant.py')
const SETTINGS = `from pathlib import Path
SECRET_KEY = "x" * 60
INSTALLED_APPS = ["django.contrib.staticfiles", "shop"]
ROOT_URLCONF = "shop.urls"
WSGI_APPLICATION = "shop.wsgi.application"
ALLOWED_HOSTS = ["*"]
STATIC_URL = "static/"
STATIC_ROOT = "/var/www/static"
MIDDLEWARE = ["django.middleware.common.CommonMiddleware"]
MEDIA_ROOT = Path(__file__).resolve().parent.parent / "media"
`
const METADATA = `[build-system]
requires = ["setuptools"]
build-backend = "setuptools.build_meta"
[project]
name = "shop"
version = "1.0"
dependencies = ["django>=5", "gunicorn", "six"]
[tool.setuptools]
packages = ["shop"]
package-data = {shop = ["*.txt", "static/**"]}
`

let daemon: Daemon

beforeAll(async () => {
  daemon = await startDaemon()
  await daemon.load(PARENT)
})

afterAll(async () => daemon?.[Symbol.asyncDispose]())

async function siteOf(more: Readonly<Record<string, string>>): Promise<Project> {
  return projectOf({
    'manage.py': 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
    'shop/__init__.py': '',
    'shop/settings.py': SETTINGS,
    'shop/urls.py': 'urlpatterns = []\n',
    'shop/wsgi.py': 'import shop.plant\nfrom django.core.wsgi import get_wsgi_application\napplication = get_wsgi_application()\n',
    'shop/plant.py': await readFile(PLANT, 'utf8'),
    'shop/changed.py': 'VALUE = "as in the source"\n',
    'shop/original.py': 'VALUE = "as in the source"\n',
    'shop/mode.txt': 'm\n',
    'shop/removed.txt': 'r\n',
    'shop/kept.txt': 'k\n',
    'media/.gitkeep': '',
    'shop/static/shop.css': 'body { color: black }\n',
    ...more,
  })
}

async function packaged(
  project: Project,
  inputs: Record<string, string> = {},
): Promise<{ readonly result: ActionResult; readonly image: ImageFacts }> {
  const result = await runAction({
    workspace: project.workspace,
    inputs: { cache: 'never', sbom: 'false', 'image-name': 'shop', ...inputs },
    env: { DOCKER_HOST: daemon.host },
  })
  expect(result.errors).toEqual([])
  return { result, image: await images(daemon.host).inspect(result.outputs['release-tag'] ?? '') }
}

const CLOSED = SETTINGS.replace('"*"', '"only.example"')
// As long as the module that it replaces.
const MOUNTED = 'VALUE = "mounted"       \n'

async function statusOf(image: string, options: readonly string[] = []): Promise<number> {
  await using site = await images(daemon.host).serve(image, options)
  return (await site.fetch('/')).status
}

const STATE = `import os, shop.changed, shop.original
here = os.path.dirname(shop.__file__)
print(shop.changed.VALUE, shop.original.VALUE, oct(os.stat(here + "/mode.txt").st_mode & 0o777), sorted(f for f in os.listdir(here) if f.endswith("txt")), open(here + "/kept.txt").read())`

describe.each([
  { name: 'an application without a wheel', files: { 'requirements.txt': 'django>=5\ngunicorn\nsix\n' }, at: '/app' },
  {
    name: 'a project with a wheel',
    files: { 'pyproject.toml': METADATA },
    at: '/appenv/lib/python3.11/site-packages',
  },
])('$name that writes while it is imported', ({ files, at }) => {
  let project: Project
  let first: Awaited<ReturnType<typeof packaged>>

  beforeAll(async () => {
    project = await siteOf(files)
    first = await packaged(project)
  })

  afterAll(async () => project?.[Symbol.asyncDispose]())

  test('leaves nothing of it in the image', async () => {
    const here = images(daemon.host)
    const names = await here.names('acme/shop:main')
    expect(names).toEqual(expect.arrayContaining([expect.stringMatching(/shop\/kept\.txt$/)]))
    expect(names.filter((name) => /(^|\/)(\.wh\.)?by-/.test(name) && !name.startsWith('usr/'))).toEqual([])
    expect(await here.find('acme/shop:main', ['planted-', 'as in the source'])).toEqual(['as in the source'])
    expect(await here.run('acme/shop:main', ['python', '-c', STATE])).toBe(
      "as in the source as in the source 0o644 ['kept.txt', 'mode.txt', 'removed.txt'] k",
    )
  })

  test.each([
    'by-file.txt',
    'by-folder/empty',
    'by-socket',
    'by-pipe',
    'by-link',
    'by-hard-link.txt',
    'mode.txt',
    'kept.txt',
    'changed.py',
    'by-later.txt',
    '__pycache__/by-bytecode.cpython-311.pyc',
    '__pycache__/original.cpython-311.pyc',
  ])('names %s beside its code', (file) => {
    expect(first.result.log).toMatch(new RegExp(`writes .*${at}/shop/${file.replaceAll('.', '\\.')}`))
  })

  test.each([
    '/app/by-working-folder.txt',
    '/app/by-home.txt',
    '/tmp/by-tmp.txt',
    '/var/lib/by-system.txt',
    '/var/www/static/by-static-root.txt',
    `${at}/by-sqlite.db`,
  ])('names %s', (file) => {
    expect(first.result.log).toMatch(new RegExp(`writes .*${file.replaceAll('.', '\\.')}`))
  })

  test.each(['/appenv/lib/python3.11/site-packages/by-others.txt', '/appenv/by-others.txt'])('names %s, which it may not write', (file) => {
    expect(first.result.log).toMatch(new RegExp(`may not write .*${file.replaceAll('.', '\\.')}`))
  })

  test('is not told of a file without a name', () => {
    expect(first.result.log).not.toMatch(/write .*site-packages(,|$)/m)
  })

  test('is told what it removes, what it leaves running, and once in a notice what to do', () => {
    expect(first.result.log).toContain(`removes ${at}/shop/removed.txt`)
    expect(first.result.log).toMatch(/leaves running, which is ended, .*time\.sleep/)
    const notices = first.result.notices.filter((notice) => notice.includes('your application writes'))
    expect(notices).toHaveLength(1)
    expect(notices[0]).toMatch(/writes \/\S+.* and \d+ more when it is imported\. Nothing of that is in the image: /)
    expect(notices[0]).toContain(`: name ${at}/shop/by-folder in writable and give it a volume or another path, or let it be made`)
  })

  const told = ({ log }: ActionResult) => log.split('\n').filter((line) => /imported|static files/.test(line))

  test('is told the same where the image is here already, and where only BuildKit has it', async () => {
    const again = await packaged(project)
    expect([told(again.result), again.result.notices]).toEqual([told(first.result), first.result.notices])
    expect(again.result.log).toContain('nothing changed: the image was here already')

    await rm(project.at('wheelhouse/.build/local.json'))
    const found = await packaged(project)
    expect([told(found.result), found.result.notices]).toEqual([told(first.result), first.result.notices])

    await rm(project.at('wheelhouse/.build/local.json'))
    const here = images(daemon.host)
    for (const name of (await here.inspect('acme/shop:main')).RepoTags) await here.docker('image', 'rm', '--no-prune', name)
    const built = await packaged(project)
    expect([told(built.result), built.result.notices]).toEqual([told(first.result), first.result.notices])
    expect(built.result.log).not.toContain('the image was here already')
    expect(built.image.RootFS.Layers).toEqual(first.image.RootFS.Layers)
  })

  test('answers by the settings that it was built with, from byte code', async () => {
    const listed = await images(daemon.host).run('acme/shop:main', ['ls', `${at}/shop/__pycache__`])
    expect(listed.split('\n')).toEqual(expect.arrayContaining(['settings.cpython-311.pyc', 'original.cpython-311.pyc']))
    expect(await statusOf('acme/shop:main')).toBe(404)
  })

  test('answers by the settings that are mounted over them', async () => {
    await using folder = await tempFolder('mounted')
    await writeFiles(folder.path, { 'settings.py': CLOSED, 'original.py': MOUNTED })
    const mounted = ['settings.py', 'original.py'].map((file) => `--volume=${folder.at(file)}:${at}/shop/${file}:ro`)
    expect(await statusOf('acme/shop:main', mounted)).toBe(400)
    expect(await images(daemon.host).run('acme/shop:main', ['python', '-c', 'import shop.original as o; print(o.VALUE)'], mounted)).toBe(
      'mounted',
    )
  })

  test('answers by the settings that a later Dockerfile copies over them', async () => {
    const files = { 'settings.py': CLOSED, 'original.py': MOUNTED }
    const derived = await builtImage(daemon.host, 'derived', ['FROM acme/shop:main', `COPY settings.py original.py ${at}/shop/`], files)
    expect(await statusOf(derived)).toBe(400)
    expect(await images(daemon.host).run(derived, ['python', '-c', 'import shop.original as o; print(o.VALUE)'])).toBe('mounted')
  })

  test('can write to a fresh named volume over each of its folders', async () => {
    const folders = ['/var/www/static', `${at}/media`, '/app']
    const owners = await Promise.all(folders.map((folder) => images(daemon.host).ownerInVolume('acme/shop:main', folder)))
    expect(owners).toEqual(folders.map(() => '10001:10001'))
  })

  test('has the same layers when it is built from a clone again, and nothing of it is kept', async () => {
    for (const name of first.image.RepoTags) await daemon.docker('image', 'rm', '--force', name)
    await daemon.docker('builder', 'prune', '--all', '--force')
    await using clone = await project.shallow()
    const second = await packaged(clone)
    expect(second.image.RootFS.Layers).toEqual(first.image.RootFS.Layers)
  })
})

test('a folder that is named in writable is there when the application is imported', async () => {
  const wsgi = `import shop.settings, sqlite3
sqlite3.connect(shop.settings.MEDIA_ROOT.parent / "data/db.sqlite3").execute("create table if not exists x (y)")
from django.core.wsgi import get_wsgi_application
application = get_wsgi_application()
`
  await using project = await siteOf({ 'requirements.txt': 'django>=5\ngunicorn\n', 'shop/wsgi.py': wsgi })
  const { result } = await packaged(project, { writable: 'data' })
  expect(result.notices).toEqual([
    expect.stringMatching(/^the static files are served by no package of the image: .*whitenoise/),
    expect.stringMatching(/your application writes \/app\/data\/db\.sqlite3 when it is imported\. Nothing of .*: give it a volume/),
  ])
  expect(await images(daemon.host).ownerInVolume('acme/shop:main', '/app/data')).toBe('10001:10001')
  expect(result.log).toContain('collected to /var/www/static')
  expect(await statusOf('acme/shop:main')).toBe(404)
})

test('a folder of the source is its user’s by writable, and is not without it again: the build cache looks at no owners', async () => {
  await using project = await siteOf({ 'requirements.txt': 'django>=5\ngunicorn\n', 'shop/wsgi.py': `# ${process.hrtime.bigint()}\n` })
  const owners: string[] = []
  for (const writable of ['', 'shop', '']) {
    await packaged(project, { checks: 'off', ...(writable && { writable }) })
    owners.push(
      await images(daemon.host)
        .ownerInVolume('acme/shop:main', '/app/shop')
        .catch(({ message }: Error) => message),
    )
  }
  const denied = expect.stringContaining('Permission denied')
  expect(owners).toEqual([denied, '10001:10001', denied])
})

test('what the import of a script needs of this stage is nothing that the application writes', async () => {
  await using project = await projectOf({
    'setup.py': 'from setuptools import setup\nsetup(name="shop", version="1.0", packages=["shop"], scripts=["extract.py"])\n',
    'shop/__init__.py': '',
    'extract.py': '#!/usr/bin/env python\nimport shop\nprint("extracted")\n',
  })
  const { result } = await packaged(project)
  expect(result.errors).toEqual([])
  expect(result.log).not.toMatch(/writes/)
  expect(await images(daemon.host).run('acme/shop:main', ['extract.py'])).toBe('extracted')
})
