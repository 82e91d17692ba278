import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { command, must, until } from '../support/command.ts'
import { startContainer } from '../support/container.ts'
import { type Counter, countTo } from '../support/counter.ts'
import { type MachineDaemon, machineDaemon } from '../support/daemon.ts'
import { images } from '../support/image.ts'
import { type Project, projectOf } from '../support/project.ts'
import { REGISTRY_USER, type Registry, startRegistry } from '../support/registry.ts'
import { type ActionResult, runAction } from '../support/runner.ts'

// What is in the release image of a Django site, and what the inputs change of it: one project, packaged again and again.

jest.setTimeout(300_000)

const NAMESPACE = 'pt-site'
/** Set for the build alone; nothing of it may be in the image. */
const CANARY = 'canary-4be1f3d7'

const FILES = {
  // What the build says of the site it does not say again where the machine's daemon knows the stage from an earlier run.
  'shop/run.py': `RUN = "${randomUUID()}"\n`,
  'setup.py':
    'from setuptools import setup\nsetup(name="shop", version="1.0", packages=["shop", "shop.settings", "shop.web"], package_data={"shop": ["static/**", "broken/**"]}, py_modules=["manage"], scripts=["manage.py"], install_requires=["django", "gunicorn"])\n',
  'manage.py':
    '#!/usr/bin/env python3\nimport os, sys\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.local")\nfrom django.core.management import execute_from_command_line\nif __name__ == "__main__":\n    execute_from_command_line(sys.argv)\n',
  'package.json': '{"scripts": {"build": "vite build"}}\n',
  'shop/__init__.py': '',
  'shop/static/shop/style.css': 'body { color: teal }\n',
  'shop/broken/shop/night.css': 'body { background: url("../img/stars.png") }\n',
  'shop/settings/__init__.py': '',
  'shop/settings/base.py':
    'import os\nSECRET_KEY = os.environ["SHOP_TOKEN"]\nALLOWED_HOSTS = ["localhost", "127.0.0.1"]\nROOT_URLCONF = "shop.web.urls"\nSTATIC_URL = "/static/"\nINSTALLED_APPS = ["django.contrib.staticfiles", "shop"]\n',
  'shop/settings/local.py': 'from .base import *\nimport debug_toolbar  # not among the dependencies\n',
  'shop/settings/release.py':
    'from .base import *\nimport os, sys\nCOMMAND = sys.argv[1]\nDATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ["DATABASE"]}}\nWSGI_APPLICATION = "shop.web.wsgi.site"\nSTATIC_ROOT = "/var/www/shop/static"\nMEDIA_ROOT = "/var/lib/shop/media"\n',
  'shop/settings/manifest.py':
    'from .release import *\nfrom pathlib import Path\nSTATICFILES_DIRS = [Path(__file__).parent.parent / "broken"]\nSTORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}}\n',
  'shop/settings/debugging.py': 'from .manifest import *\nDEBUG = True\n',
  'shop/web/__init__.py': '',
  'shop/web/unused.py': 'X = 1\n',
  'shop/web/urls.py':
    'from django.http import HttpResponse\nfrom django.urls import path\nurlpatterns = [path("health", lambda request: HttpResponse("well"))]\n',
  'shop/web/wsgi.py': 'from django.core.wsgi import get_wsgi_application\nsite = get_wsgi_application()\n',
}
const RELEASE = { 'image-env': 'DJANGO_SETTINGS_MODULE=shop.settings.release', env: `DATABASE=/app/${CANARY}.sqlite3` }
const KEY = ['--env=SHOP_TOKEN=x', '--env=DATABASE=/app/db.sqlite3']

let daemon: MachineDaemon
let project: Project
let registry: Registry
let counter: Counter

beforeAll(async () => {
  daemon = await machineDaemon(NAMESPACE)
  project = await projectOf(FILES)
  registry = await startRegistry()
  counter = await countTo(registry.host)
})

afterAll(async () => {
  for (const disposable of [project, counter, registry, daemon]) await disposable?.[Symbol.asyncDispose]()
})

function packaged(inputs: Readonly<Record<string, string>>): Promise<ActionResult> {
  return runAction({ workspace: project.workspace, inputs: { namespace: NAMESPACE, sbom: 'false', 'image-name': 'shop', ...inputs } })
}

const image = (result: ActionResult) => result.outputs.imageid ?? ''
const inside = (result: ActionResult, script: string, ...options: string[]) =>
  images().run(image(result), ['sh', '-c', script], [...KEY, ...options])

describe('the release of a Django site', () => {
  let result: ActionResult

  beforeAll(async () => {
    result = await packaged({ ...RELEASE, registry: counter.host, push: 'true', ...REGISTRY_USER })
    counter.take()
  })

  test('is served as the settings that image-env names say', async () => {
    expect(result.errors).toEqual([])
    expect(result.log).toContain('starts by shop.web.wsgi:site and gunicorn')
    await using container = await startContainer(image(result), 8123, [...KEY])
    expect(await (await container.fetch('/health')).text()).toBe('well')
  })

  test('holds its static files, collected with the variables of the input env, which are not in it', async () => {
    expect(result.log).toContain('1 static file is collected to /var/www/shop/static')
    expect(await inside(result, 'cat /var/www/shop/static/shop/style.css')).toContain('teal')
    expect(await images().find(image(result), [CANARY, 'color: teal'])).toEqual(['color: teal'])
    expect(result.log).not.toContain(CANARY)
  })

  test('says that a node build would have to come first', () => {
    expect(result.notices.join('\n')).toMatch(
      /package\.json is there: if a node build makes static files, .*: npm install && npm run build$/m,
    )
  })

  test.each([
    {
      name: 'STATIC_ROOT, as manage.py collectstatic shows',
      at: '/var/www/shop/static',
      command: 'manage.py collectstatic --noinput && touch $0/x',
    },
    { name: 'MEDIA_ROOT', at: '/var/lib/shop/media', command: 'touch $0/x' },
    { name: '/app', at: '/app', command: 'touch $0/x' },
  ])('can write to a fresh named volume over $name', async ({ at, command }) => {
    const volume = `${NAMESPACE}-${process.pid}`
    try {
      const owner = await images().run(
        image(result),
        ['sh', '-c', `{ ${command}; } >&2 && stat -c %u:%g $0/x`, at],
        [...KEY, `--volume=${volume}:${at}`],
      )
      expect(owner).toBe('10001:10001')
    } finally {
      await must('docker', ['volume', 'rm', volume])
    }
  })

  test('has byte code of what the site imports and of nothing else', async () => {
    const listed = await inside(
      result,
      'cd /appenv/lib/python3*/site-packages; ls shop/web/__pycache__ shop/settings/__pycache__ django/db/backends/*/__pycache__',
    )
    expect(listed).toMatch(/^wsgi\.cpython/m)
    expect(listed).toMatch(/^release\.cpython/m)
    expect(listed).not.toMatch(/^(unused|local)\.cpython|oracle/m)
  })

  test('leaves folders of the system as they were', async () => {
    expect(await inside(result, 'stat -c "%u %a" / /var /var/www /appenv /var/lib')).toBe('0 755\n0 755\n0 755\n0 755\n0 755')
  })

  test('after a change of the source pushes the layer of the project alone', async () => {
    // The image of before goes when another takes its name.
    const before = (await images().inspect(image(result))) as unknown as { RootFS: { Layers: string[] } }
    await project.write('shop/web/urls.py', `${FILES['shop/web/urls.py']}# changed\n`)
    await project.commit()
    const changed = await packaged({ ...RELEASE, registry: counter.host, push: 'true', ...REGISTRY_USER })
    expect(changed.errors).toEqual([])
    expect(changed.outputs.digest).not.toBe(result.outputs.digest)
    const installed = Number(
      await inside(changed, 'cd /appenv/lib/python3*/site-packages; du -cbs shop shop-*.dist-info | tail -n 1 | cut -f 1'),
    )
    const pushed = counter.take()
    expect(pushed).toBeGreaterThan(1000) // the counter sees
    expect(pushed).toBeLessThanOrEqual(installed + 64 * 1024)
    const layers = (await images().inspect(image(changed))) as unknown as { RootFS: { Layers: string[] } }
    expect(layers.RootFS.Layers.filter((layer) => !before.RootFS.Layers.includes(layer))).toHaveLength(1)
  })
})

test('another user, all byte code, a health check and no static files, where they are asked for', async () => {
  const result = await packaged({ ...RELEASE, user: '1234:33', bytecode: 'all', healthcheck: '/health', collectstatic: 'never' })
  expect(result.errors).toEqual([])
  expect(await inside(result, 'id -u; id -g; stat -c %u:%g /app /var/www/shop/static; ls /var/www/shop/static; touch /app/x')).toBe(
    '1234\n33\n1234:33\n1234:33',
  )
  expect(await inside(result, 'ls /appenv/lib/python3*/site-packages/shop/web/__pycache__')).toContain('unused.cpython')
  await using container = await startContainer(image(result), undefined, [...KEY, '--health-interval=1s'])
  const health = () => must('docker', ['inspect', '--format', '{{.State.Health.Status}}', container.id])
  await until('the container to be healthy', 20, async () => (await health()) === 'healthy')
})

test('any uid of group 0 may write where the user of the image does, where its group is 0, and nobody else', async () => {
  const result = await packaged({ ...RELEASE, user: '10001:0' })
  expect(result.errors).toEqual([])
  const as = (user: string) => {
    const script =
      'id -u; for at in /app /var/www/shop/static; do touch $at/x && stat -c %a $at; done 2>/dev/null; touch /appenv/x 2>/dev/null && echo open'
    return command('docker', ['run', '--rm', '--network', 'none', '--user', user, image(result), 'sh', '-c', script])
  }
  expect((await as('12345:0')).stdout.toString().trim()).toBe('12345\n775\n775')
  expect((await as('12345:12345')).stdout.toString().trim()).toBe('12345')
})

test('root and no byte code, where they are asked for; settings that cannot be loaded cost the static files, and it is said why', async () => {
  const result = await packaged({ ...RELEASE, env: '', user: 'root', bytecode: 'none' })
  expect(result.errors).toEqual([])
  expect(result.notices.join('\n')).toContain("no static files are collected: KeyError: 'DATABASE'")
  expect(await inside(result, 'id -u; find / -xdev -path "*/appenv/*" -name "*.pyc" | wc -l')).toBe('0\n0')
})

test('static files that must be collected and cannot be are an error that names the reason', async () => {
  const result = await packaged({ ...RELEASE, env: '', collectstatic: 'always' })
  expect(result.errors).toEqual([
    "release: no static files are collected: KeyError: 'DATABASE'. Give what it needs in env or image-env, or set collectstatic to auto or never.",
  ])
})

test('a style sheet that names a file which is not there is a notice while the site debugs, and asks for no manifest', async () => {
  const result = await packaged({ ...RELEASE, 'image-env': 'DJANGO_SETTINGS_MODULE=shop.settings.debugging' })
  expect(result.errors).toEqual([])
  expect(result.notices.join('\n')).toMatch(/no static files are collected: .*stars\.png/)
})

test('a style sheet that names a file which is not there is an error where static files are found by a manifest', async () => {
  const result = await packaged({ ...RELEASE, 'image-env': 'DJANGO_SETTINGS_MODULE=shop.settings.manifest' })
  expect(result.errors).toEqual([
    'release: the static file shop/night.css cannot be served: it names img/stars.png, which is not among them. Pages that name static files would answer 500: fix it, or set collectstatic to never.',
  ])
})
