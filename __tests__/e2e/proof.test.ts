import { readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { dockerClient } from '../../src/effects/docker/docker.ts'
import type { Docker } from '../../src/effects/docker-port.ts'
import { files } from '../../src/effects/files/files.ts'
import type { Check, CheckName } from '../../src/judge/checks/check.ts'
import type { ProofRequest } from '../../src/run/proof/proof-request.ts'
import { examine } from '../../src/run/proof/run-checks.ts'
import { command, until } from '../support/command.ts'
import { type MachineDaemon, machineDaemon } from '../support/daemon.ts'
import { images } from '../support/image.ts'
import { type Project, projectOf } from '../support/project.ts'
import { type ActionResult, runAction } from '../support/runner.ts'
import { type TempFolder, tempFolder } from '../support/temp.ts'
import { listener, worldIn } from '../support/world.ts'

// The proof on real images: good ones pass every check, and each planted defect is caught by its own line.

jest.setTimeout(600_000)

const NAMESPACE = 'pt-proof-test'
const PARENT = process.env.PARENT_IMAGE ?? 'pypackager/debian-python:bookworm'
const SECRET = 'planted-Canary-7431+/x'

let machine: MachineDaemon
let temp: TempFolder
let shop: Project
let hello: Project
let shopRun: ActionResult
let helloRun: ActionResult

const HATCHLING = '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n'

const SETTINGS = `import os
SECRET_KEY = os.environ["SECRET_KEY"]
ALLOWED_HOSTS = ["localhost"]
INSTALLED_APPS = ["blog", "django.contrib.contenttypes", "django.contrib.auth"]
ROOT_URLCONF = "shop.urls"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "/app/db"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
MIDDLEWARE = ["django.middleware.security.SecurityMiddleware", "django.middleware.csrf.CsrfViewMiddleware",
              "django.middleware.clickjacking.XFrameOptionsMiddleware"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
SECURE_HSTS_SECONDS = 3600
`

const MIGRATION = `from django.db import migrations, models
class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [migrations.CreateModel(name="Post", fields=[
        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
        ("title", models.CharField(max_length=9))])]
`

/** A Django site of pure wheels, with nothing to find fault with. */
function shopFiles(): Record<string, string> {
  return {
    'pyproject.toml': `[project]
name = "shop"
version = "1.0"
dependencies = ["django>=5.2,<5.3", "gunicorn"]
[project.scripts]
shop-manage = "shop.commands:main"
${HATCHLING}[tool.hatch.build.targets.wheel]
packages = ["shop", "blog"]
`,
    'manage.py':
      'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\nfrom django.core.management import execute_from_command_line\n',
    'shop/__init__.py': '',
    'shop/settings.py': SETTINGS,
    'shop/urls.py':
      'from django.http import HttpResponse\nfrom django.urls import path\nurlpatterns = [path("", lambda _: HttpResponse("shop"))]\n',
    'shop/wsgi.py':
      'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\nfrom django.core.wsgi import get_wsgi_application\napplication = get_wsgi_application()\n',
    'shop/commands.py': 'def main():\n    print("shop")\n',
    'blog/__init__.py': '',
    'blog/models.py': 'from django.db import models\nclass Post(models.Model):\n    title = models.CharField(max_length=9)\n',
    'blog/migrations/__init__.py': '',
    'blog/migrations/0001_initial.py': MIGRATION,
    'blog/templates/blog/post.html': '<p>{{ blog_post.title|default:"" }}</p>\n',
    'blog/static/blog/look.css': 'p { color: rebeccapurple; }\n',
  }
}

function packaged(project: Project, inputs: Record<string, string> = {}): Promise<ActionResult> {
  return runAction({ workspace: project.workspace, inputs: { namespace: NAMESPACE, version: '1.0', ...inputs } })
}

beforeAll(async () => {
  machine = await machineDaemon(NAMESPACE)
  temp = await tempFolder('proof')
  shop = await projectOf(shopFiles())
  hello = await projectOf({
    'pyproject.toml': `[project]\nname = "hello"\nversion = "1.0"\ndependencies = ["flask", "gunicorn"]\n${HATCHLING}`,
    'hello/__init__.py':
      'from flask import Flask\nfrom hello import types\napp = Flask(__name__)\n@app.get("/")\ndef home():\n    return "hello"\ndef admin():\n    return Flask("hello.admin")\n',
    'hello/types.py': 'from flask import Flask\nApplication = Flask | None\n',
    Procfile: 'web: gunicorn --bind 0.0.0.0:$PORT hello:app\n',
  })
  shopRun = await packaged(shop, { secrets: `token=${SECRET}` })
  helloRun = await packaged(hello)
})

afterAll(async () => {
  for (const disposable of [shop, hello, temp, machine]) await disposable?.[Symbol.asyncDispose]()
})

const list = (result: ActionResult) => result.log.split('\n').flatMap((line) => /^ {2}([✓✗!–] .*)$/.exec(line)?.[1] ?? [])

describe('a good image', () => {
  test('of a Django site passes every check', () => {
    expect(shopRun.errors).toEqual([])
    expect(shopRun.warnings).toEqual([])
    expect(list(shopRun)).toEqual([
      '✓ is for linux/amd64',
      '✓ runs as uid 10001',
      '✓ no secret in layers, configuration and history',
      '✓ no wheel in a layer',
      '✓ no compiler',
      '✓ no shared library is needed',
      '✓ blog, shop can be imported',
      '✓ its scripts can start: shop-manage',
      '✓ every installed app can be imported (3)',
      "✓ the start command starts: GET / on port 8000 answers 301 to https, and 200 to a proxy that has the certificate, given SECRET_KEY (without: KeyError: 'SECRET_KEY')",
      expect.stringMatching(/^✓ SIGTERM stops it (within a second|in [\d.]+ s)$/),
      '✓ what lies in the packages beside code is there',
      '✓ migrations are complete (blog)',
      "✓ check --deploy finds nothing (of the key nothing: it is that of the checks' environment)",
      '✓ requirements of all 6 packages are met',
    ])
  })

  test('of a Flask application passes, and what has no place there is not in its list', () => {
    expect(helloRun.errors).toEqual([])
    expect(helloRun.warnings).toEqual([])
    expect(list(helloRun).join('\n')).toContain('the start command starts: GET / on port 8000 answers 200')
    expect(list(helloRun).join('\n')).not.toMatch(/migrations|deploy|installed app/)
    expect(list(helloRun)).toContain('– secrets in layers, configuration and history: not checked: this run was given none')
  })

  test('of a Flask application can write to a fresh named volume over its instance folder', async () => {
    const image = helloRun.outputs['release-tag'] ?? ''
    expect(await images().ownerInVolume(image, '/appenv/var/hello-instance')).toBe('10001:10001')
    expect((await images().run(image, ['ls', '/appenv/var'])).split('\n')).toEqual(['hello-instance', 'hello.admin-instance'])
  })

  test('has the list in the summary', () => {
    expect(shopRun.summary).toContain('<summary>Checks of the image: 15 passed</summary>')
    expect(shopRun.summary).toContain('- ✓ runs as uid 10001')
    expect(shopRun.summary).toContain('\ndocker run --rm -p 8000:8000 -e SECRET_KEY=$(openssl rand -hex 32) ')
  })

  test('is not checked again where nothing changed, and is where another secret is to be found', async () => {
    const again = await packaged(shop, { secrets: `token=${SECRET}` })
    expect(again.log).toContain('this image passed them before')
    expect(list(again)).toEqual(list(shopRun))
    const other = await packaged(shop, { secrets: 'token=shop.settings-is-in-the-image\nmodule=django.db.migrations.migration' })
    expect(other.log).not.toContain('this image passed them before')
  })
})

describe('layers that an earlier run found clean', () => {
  const scansIn = async (project: Project, name: string) =>
    JSON.parse((await files.read(project.at(`wheelhouse/.build/${name}.json`))) ?? '').scans
  const changed = async (project: Project, name: string, text: string, inputs: Record<string, string> = {}) => {
    await project.write(name, text)
    const env = { RUNNER_DEBUG: '1' }
    return runAction({ workspace: project.workspace, inputs: { namespace: NAMESPACE, version: '1.0', ...inputs }, env })
  }

  test('are not read again: that of a changed source is made and read alone, and left nowhere', async () => {
    const run = await changed(hello, 'hello/more.py', 'MORE = 1\n', { 'test-command': 'python -c "import hello.more"' })
    expect([...run.errors, ...run.warnings, ...run.notices]).toEqual([])
    expect(run.log).toMatch(/layers that were not read before: 1 of \d/)
    expect(run.log).toContain('[changes ')
    // Other files' runs on this daemon have unfinished images too.
    const left = async () => (await machine.docker('image', 'ls', '--format={{.Tag}}', 'pypackager-unfinished')).includes('-changes')
    await until('end of all images of changes', 60, async () => !(await left()))
  })

  test('do not hide a secret in a changed source', async () => {
    const secrets = { secrets: `token=${SECRET}` }
    const first = await changed(shop, 'shop/more.py', 'MORE = 1\n', secrets)
    expect(first.log).not.toContain('[changes ') // the run before looked for other secrets
    const run = await changed(shop, 'shop/more.py', `MORE = "${SECRET}"\n`, secrets)
    expect(run.log).toMatch(/layers that were not read before: 1 of \d/)
    expect(run.errors.join()).toMatch(/the secret token is in layer \d of \d \(\S+shop\/more\.py\)/)
    await rm(shop.at('shop/more.py'))
  })

  test('are told to other machines only where no secret was looked for, as a hash of them is with it', async () => {
    expect(await scansIn(shop, 'resolution')).toBeUndefined()
    expect(await scansIn(shop, 'local')).toMatchObject({ '': { layers: expect.arrayContaining([expect.stringMatching(/^sha256:/)]) } })
    expect(await scansIn(hello, 'resolution')).toMatchObject({ '': { print: 'no secrets' } })
    expect(await scansIn(hello, 'local')).toBeUndefined()
  })
})

/** Lines of a Dockerfile that give the shop other settings. */
function settings(lines: string): readonly string[] {
  const text = `from shop.settings import *\nimport os\nSECURE_SSL_REDIRECT = False\nMIDDLEWARE = ["django.middleware.common.CommonMiddleware"]\n${lines}\n`
  return [
    `ENV PYTHONPATH=/tmp/more DJANGO_SETTINGS_MODULE=more`,
    `RUN mkdir /tmp/more && printf '${text.replaceAll('\n', '\\n')}' > /tmp/more/more.py`,
  ]
}

/** The release with a few more lines of Dockerfile, checked as the action does. */
async function checked(image: string, lines: readonly string[], more: Partial<ProofRequest> = {}): Promise<readonly Check[]> {
  const tag = `${NAMESPACE}/planted:${Math.random().toString(36).slice(2)}`
  await built(tag, [`FROM ${NAMESPACE}/${image}:1.0`, ...lines])
  return proved(tag, image, more)
}

async function built(tag: string, lines: readonly string[], ...options: readonly string[]): Promise<void> {
  const env = { ...process.env, DOCKER_BUILDKIT: '1' }
  const args = ['build', '--quiet', '--network=none', `--tag=${tag}`, ...options, '-']
  const result = await command('docker', args, { env, input: lines.join('\n') })
  if (result.code !== 0) throw new Error(result.stderr)
}

async function proved(
  reference: string,
  project: string,
  more: Partial<ProofRequest> = {},
  without: Partial<Docker> = {},
): Promise<readonly Check[]> {
  const log = listener()
  const docker = { ...dockerClient({ temp: temp.path, runId: 'proof-test', log }), ...without }
  const world = worldIn(temp.path, { docker, files, log })
  const paths = { ...world.paths, stages: path.join(import.meta.dirname, '../../src/stages') }
  const [found, parent] = await Promise.all([docker.inspect(reference), docker.inspect(PARENT)])
  if (!found || !parent) throw new Error(`${reference} or ${PARENT} is not there`)
  const { checks } = await examine(
    { ...world, paths },
    {
      image: found,
      python: await executable(),
      clean: [],
      changes: undefined,
      tool: false,
      offered: [],
      web: false,
      parent: PARENT,
      wanted: {
        platform: found.architecture === 'arm64' ? 'linux/amd64' : `linux/${found.architecture}`,
        user: '10001',
        parentLayers: parent.layers,
      },
      application: { project, source: '', modules: [], settings: '', folder: '/app', paths: [], django: project === 'shop' },
      env: { SECRET_KEY: 'a1b2c3d4e5f6'.repeat(5) },
      lent: { names: [], read: [], required: [] },
      unset: { required: [], optional: [] },
      database: { variable: undefined, image: 'shop', mounted: [] },
      leftOut: { ignored: [], withheld: [] },
      paths: [],
      secrets: [{ name: 'the input password', texts: [SECRET] }],
      wheels: [],
      source: [],
      content: () => undefined,
      describe: false,
      ...more,
    },
  )
  return checks
}

/** The Python beneath the virtual environment, as the run told it. */
async function executable(): Promise<string> {
  return JSON.parse((await files.read(shop.at('wheelhouse/.build/resolution.json'))) ?? '').target.target.executable
}

const failures = (checks: readonly Check[]) => checks.filter(({ state }) => state === 'failed').map(({ name }) => name)
const line = (checks: readonly Check[], name: CheckName) => checks.find((check) => check.name === name)

/** One for each place, so that each has to be found by itself. */
const SECRETS = ['file', 'environment', 'label', 'history', 'name'].map((name) => ({
  name: `the secret ${name}`,
  texts: [`canary-7431=${name}`],
}))
const planted = (name: string) => `canary-7431=${name}`
const hex = (text: string) => Buffer.from(text).toString('hex')
/** A wheel by its content: a zip file with NAME.dist-info/WHEEL. */
const WHEEL = `RUN python -c "import zipfile; zipfile.ZipFile('/opt/cache.bin', 'w').writestr('six-1.0.dist-info/WHEEL', 'Wheel-Version: 1.0')"`
/** An extension module that links libpq: one of Python's own with another name in it. */
const MISSING_LIBRARY = `RUN python -c "import _ssl, pathlib; \\
  text = pathlib.Path(_ssl.__file__).read_bytes(); assert b'libssl.so.3\\0' in text; \\
  pathlib.Path('/appenv/lib/fast.so').write_bytes(text.replace(b'libssl.so.3\\0', b'libpq.so.5\\0\\0'))"`

describe('an image with everything wrong that a layer can have', () => {
  let checks: readonly Check[]

  beforeAll(async () => {
    checks = await checked(
      'shop',
      [
        'USER root',
        'RUN touch /usr/bin/x86_64-linux-gnu-gcc-12 && chmod +x /usr/bin/x86_64-linux-gnu-gcc-12',
        WHEEL,
        'RUN rm /opt/cache.bin',
        // In a file alone: what a RUN line says is in the history too.
        `RUN python -c "import base64; open('/srv/config.json', 'w').write('auth: ' + base64.b64encode(b'ada:canary-7431' + bytes([61]) + b'file').decode())"`,
        'RUN rm /srv/config.json',
        `ENV TOKEN=${planted('environment')}`,
        `LABEL note=${hex(planted('label'))}`,
        `RUN : ${encodeURIComponent(planted('history'))}`,
        `RUN python -c "open('/srv/canary-7431' + chr(61) + 'name', 'w')"`,
        MISSING_LIBRARY,
        `RUN sed -i 's/^Version: .*/Version: 0.1/' /appenv/lib/python3*/site-packages/asgiref-*.dist-info/METADATA`,
        `RUN sed -i '1s,.*,#!/opt/python/bin/python,' /appenv/bin/shop-manage`,
      ],
      { secrets: SECRETS },
    )
  })

  test.each<{ name: string; check: CheckName; text: RegExp; next: RegExp }>([
    {
      name: 'a compiler',
      check: 'compilers',
      text: /^a compiler is in layer \d+ of \d+: usr\/bin\/x86_64-linux-gnu-gcc-12$/,
      next: /builder/,
    },
    {
      name: 'a wheel in a layer below the one that removes it',
      check: 'wheels',
      text: /^a wheel is in layer \d+ of \d+ \(opt\/cache.bin\)$/,
      next: /Mount/,
    },
    { name: 'a user that is root', check: 'user', text: /^the image runs as root, not as uid 10001$/, next: /USER/ },
    {
      name: 'a missing library',
      check: 'libraries',
      text: /^libpq\.so\.5 is missing \(needed by .*fast\.so\)$/,
      next: /^Set runtime-packages: libpq5$/,
    },
    { name: 'inconsistent metadata', check: 'metadata', text: /requires asgiref.*installed is 0\.1/, next: /lock/ },
    {
      name: 'a script without an interpreter',
      check: 'scripts',
      text: /shop-manage does not work: its interpreter \/opt\/python\/bin\/python is not there/,
      next: /./,
    },
  ])('$name is caught by its own line', ({ check, text, next }) => {
    expect(line(checks, check)).toMatchObject({ state: 'failed', text: expect.stringMatching(text), next: expect.stringMatching(next) })
  })

  test.each([
    { name: 'as base64 in a file that a later layer removes', text: /the secret file is in layer \d+ of \d+ \(srv\/config\.json\)/ },
    { name: 'in the environment', text: /the secret environment is in (the environment variable TOKEN|the history) and \d more/ },
    { name: 'as hex text in a label', text: /the secret label is in (the label note|the history) and \d more/ },
    { name: 'quoted for addresses in a command of the history', text: /the secret history is in the history/ },
    { name: 'in the name of a file, which is not repeated', text: /the secret name is in layer \d+ of \d+ \(a file with it in its name\)/ },
  ])('a secret $name is caught', ({ text }) => {
    expect(line(checks, 'secrets')).toMatchObject({ state: 'failed', text: expect.stringMatching(text) })
  })

  test('no other line is touched', () => {
    expect(failures(checks)).toEqual(['user', 'secrets', 'wheels', 'compilers', 'libraries', 'scripts', 'metadata'])
  })

  test('no secret is repeated', () => {
    for (const { texts } of SECRETS) expect(JSON.stringify(checks)).not.toContain(texts[0])
  })
})

describe('saving the whole image', () => {
  const unsaved: Partial<Docker> = { read: () => Promise.reject(new Error('it was to be saved')) }
  const read = (checks: readonly Check[]) => checks.filter(({ name }) => ['secrets', 'wheels', 'compilers'].includes(name))

  test('is not needed for one that copies alone made', async () => {
    const checks = await proved(`${NAMESPACE}/shop:1.0`, 'shop', {}, unsaved)
    expect(read(checks).map(({ state }) => state)).toEqual(['passed', 'passed', 'passed'])
  })

  test.each([
    { name: 'a command made', lines: ['RUN ["python", "-c", ""]'], more: {} },
    { name: 'another parent is said of', lines: [], more: { parent: `${NAMESPACE}/hello:1.0` } },
    { name: 'somebody else made', lines: [], more: { parent: undefined } },
  ])('is needed for one that $name', async ({ lines, more }) => {
    const tag = `${NAMESPACE}/planted:saved`
    await built(tag, [`FROM ${NAMESPACE}/shop:1.0`, ...lines])
    const checks = await proved(tag, 'shop', more, unsaved)
    for (const check of read(checks)) expect(check).toMatchObject({ state: 'undone', text: expect.stringContaining('it was to be saved') })
  })

  test.each([
    {
      name: 'a secret of the source',
      secret: 'blog_post.title|default',
      at: /^the input password is in layer \d+ of \d+ \(appenv\/.*post\.html\)/,
    },
    {
      name: 'a secret of a static file',
      secret: 'color: rebeccapurple;',
      at: /^the input password is in layer \d+ of \d+ \(.*look\.css\)/,
    },
    {
      name: 'a secret of the configuration',
      secret: 'DJANGO_SETTINGS_MODULE=shop.settings',
      at: /^the input password is in (the environment variable DJANGO_SETTINGS_MODULE|the history)/,
    },
  ])('tells where $name is that was seen without it', async ({ secret, at }) => {
    const checks = await proved(`${NAMESPACE}/shop:1.0`, 'shop', { secrets: [{ name: 'the input password', texts: [secret] }] })
    expect(line(checks, 'secrets')).toMatchObject({ state: 'failed', text: expect.stringMatching(at) })
  })
})

describe('a start command', () => {
  test.each<{ name: string; cmd: string; check: CheckName; text: RegExp }>([
    {
      name: 'that dies is caught with its last words',
      cmd: '["python", "-c", "raise RuntimeError(\'no database\')"]',
      check: 'start',
      text: /^the start command ended with code 1: RuntimeError: no database$/,
    },
    {
      name: 'that is not there is caught',
      cmd: '["no-such-server"]',
      check: 'start',
      text: /^the start command (ended with code 127|does not start): .*no-such-server/,
    },
    {
      name: 'that never hears SIGTERM is caught',
      cmd: `["python", "-c", "import signal, http.server as h; signal.signal(15, signal.SIG_IGN); h.HTTPServer(('', 8000), h.SimpleHTTPRequestHandler).serve_forever()"]`,
      check: 'stop',
      text: /^SIGTERM does not stop it within 3 s$/,
    },
    {
      name: 'whose page fails is caught',
      cmd: '["sh", "-c", "SCRIPT_NAME=/x exec gunicorn -b :$PORT hello:app"]',
      check: 'start',
      text: /answers 500$/,
    },
  ])('$name', async ({ cmd, check, text }) => {
    const checks = await checked('hello', [`CMD ${cmd}`])
    expect(failures(checks)).toEqual([check])
    expect(line(checks, check)?.text).toMatch(text)
  })

  test('is tried without the keys that are lent first, and says where it takes one', async () => {
    const needs = (line: string) =>
      `CMD ["python", "-c", "import os, http.server as h; ${line}; h.HTTPServer(('', 8000), h.SimpleHTTPRequestHandler).serve_forever()"]`
    const lent = { env: { SHOP_KEY: 'k'.repeat(50), MAIL: 'x' }, lent: { names: ['SHOP_KEY'], read: ['SHOP_KEY'], required: [] } }
    const bodies = ["os.environ['MAIL'], os.environ['SHOP_KEY']", "os.environ['MAIL']", "'SHOP_KEY' in os.environ and exit(1)"]
    const started = []
    for (const body of bodies) started.push(line(await checked('hello', [needs(body)], lent), 'start'))
    const says = 'the start command starts: GET / on port 8000 answers 200'
    expect(started.map((check) => [check?.text, check?.needs])).toEqual([
      [`${says}, given SHOP_KEY (without: KeyError: 'SHOP_KEY')`, ['SHOP_KEY']],
      [says, undefined],
      [says, undefined],
    ])
  })

  test('that refuses localhost is asked as a host that its settings let in', async () => {
    const hosts = ['os.environ.get("SHOP_HOSTS", "").split(",")', 'os.getenv("SHOP_HOSTS", "x").split()', '["shop.example"]', '[]']
    const checks = await Promise.all(hosts.map((value) => checked('shop', settings(`ALLOWED_HOSTS = ${value}`))))
    const says = 'the start command starts: GET / on port 8000 answers 200'
    expect(checks.map((all) => line(all, 'start')?.text)).toEqual([
      `${says}, given SHOP_HOSTS=localhost,127.0.0.1 (without: 400)`,
      `${says}, given SHOP_HOSTS=localhost 127.0.0.1 (without: 400)`,
      `${says}, asked as shop.example (as localhost 400: ALLOWED_HOSTS has shop.example alone)`,
      'the start command starts, and answers 400 to every host: ALLOWED_HOSTS is empty, and DEBUG is off',
    ])
  })

  test('tells the variable that moves its database, as its settings are seen to follow it', async () => {
    const database = (name: string) => settings(`DATABASES["default"]["NAME"] = ${name}`)
    const names = [
      'os.path.join("/app", os.environ.get("SHOP_DB", "db"))',
      'os.path.join(os.getenv("SHOP_DATA", "/app"), "db")',
      '"/app/db"',
    ]
    const checks = await Promise.all(names.map((name) => checked('shop', database(name))))
    expect(checks.map((all) => line(all, 'start')?.keeps?.options)).toEqual([
      '-v ~/shop-data:/data -e SHOP_DB=/data/db',
      '-v ~/shop-data:/data -e SHOP_DATA=/data',
      '-v shop:/app',
    ])
  })

  test('of a site whose front end is not built has a warning of it', async () => {
    const vite = (manifest: string) => settings(`DJANGO_VITE = {"default": {"manifest_path": "${manifest}"}}`)
    const [lacks, has] = await Promise.all(['/app/manifest.json', '/etc/passwd'].map((manifest) => checked('shop', vite(manifest))))
    const said = (all: readonly Check[] = []) => all.filter(({ name }) => name === 'apps').map(({ state }) => state)
    expect([said(lacks), said(has)]).toEqual([['passed', 'failed'], ['passed']])
  })

  test('that is no server passes when it ends well', async () => {
    const checks = await checked('hello', ['CMD ["python", "-c", "print(1)"]'])
    expect(failures(checks)).toEqual([])
    expect(line(checks, 'start')).toMatchObject({ state: 'passed', text: 'the start command ran and ended well' })
  })
})

interface Watched {
  readonly name: string
  readonly beside: string
  readonly told: object
  readonly named?: string
}

const WATCHED: readonly Watched[] = [
  {
    name: 'a server on loopback alone, though a reloader works now and then',
    beside: 'listen("127.0.0.1", 8000)\nwhile True: [0 for _ in range(10**6)]; time.sleep(1)',
    told: { port: 8000, loopback: '127.0.0.1' },
  },
  {
    name: 'a part on loopback, and the server that comes after some work',
    beside: 'listen("127.0.0.1", 6379)\nend = time.monotonic() + 5\nwhile time.monotonic() < end: pass\nlisten("", 8000)\ntime.sleep(99)',
    told: { port: 8000, status: 'other' },
  },
  {
    name: 'figures and a socket of their own, and the server of a command that names its port',
    beside:
      'listen("", 9100)\nlocal = socket.socket(socket.AF_UNIX); local.bind("/tmp/ctl"); local.listen()\ntime.sleep(4)\nlisten("", 8000)\ntime.sleep(99)',
    told: { port: 8000, status: 'other' },
    named: 'True',
  },
  {
    name: "a server on loopback beside gunicorn's socket for control",
    beside:
      'import os\nos.umask(0o077); local = socket.socket(socket.AF_UNIX); local.bind("/tmp/gunicorn.ctl"); local.listen()\nlisten("127.0.0.1", 8000)\ntime.sleep(99)',
    told: { port: 8000, loopback: '127.0.0.1' },
  },
  {
    name: 'a server on a local socket beside one for control',
    beside:
      'import os\nfor at, mask in (("/tmp/a.ctl", 0o077), ("/tmp/web.sock", 0)):\n    os.umask(mask); local = socket.socket(socket.AF_UNIX); local.bind(at); local.listen()\n    globals()[at] = local\ntime.sleep(99)',
    told: { socket: '/tmp/web.sock' },
  },
  {
    name: 'a server that takes IPv6 alone',
    beside:
      'server = socket.socket(socket.AF_INET6); server.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1); server.bind(("::", 8000)); server.listen()\ntime.sleep(99)',
    told: { port: 8000, only: 'IPv6' },
  },
  { name: 'a program that listens nowhere and rests', beside: 'time.sleep(99)', told: {} },
]

describe('who watches a start tells at once of', () => {
  let seen: readonly Readonly<Record<string, unknown>>[]

  /** All limits are those of a machine four times as busy: without an answer it would be watched for 32 s. */
  async function watched({ beside, named = 'False' }: Watched) {
    const script = await readFile(path.join(import.meta.dirname, '../../src/stages/check/started.py'), 'utf8')
    const listening = `
import socket, threading, time
def serve(server):
    while True: server.accept()[0].sendall(b"no HTTP")
def listen(host, port):
    threading.Thread(target=serve, args=[socket.create_server((host, port))], daemon=True).start()
`
    const code = `${script}
import subprocess
subprocess.Popen([sys.executable, "-c", ${JSON.stringify(listening + beside)}])
print(json.dumps(main(8000, 8.0, 4.0, 'localhost', ${named})))`
    return JSON.parse(await images().run(PARENT, ['python3', '-c', code], ['--network=none'])) as Readonly<Record<string, unknown>>
  }

  // Side by side, as they rest most of the time.
  beforeAll(async () => {
    seen = await Promise.all(WATCHED.map(watched))
  })

  test.each(WATCHED.map(({ name, told }, i) => ({ name, told, i })))('$name', ({ told, i }) => {
    const { seconds = 0, ...rest } = seen[i] ?? {}
    expect(rest).toEqual(told)
    expect(seconds).toBeLessThan(30)
  })
})

test('an image for another architecture is caught', async () => {
  const reference = `${NAMESPACE}/planted:arm64`
  const files = [`FROM --platform=$BUILDPLATFORM ${NAMESPACE}/hello:1.0 AS files`, 'FROM scratch', 'COPY --from=files / /']
  const lines = [...files, 'USER 10001:10001', 'ENV PATH=/appenv/bin:/usr/bin:/bin']
  await built(reference, lines, '--platform=linux/arm64')
  const checks = await proved(reference, 'hello')
  expect(failures(checks)).toEqual(['platform'])
  expect(line(checks, 'platform')?.text).toBe('the image is for linux/arm64, not for linux/amd64')
})

/** Writes a file of site-packages, whatever it holds, as a dependency's wheel would bring it. */
function planting(file: string, text: string): string {
  const place = `p = pathlib.Path(sysconfig.get_path('purelib'), '${file}'); p.unlink(missing_ok=True)`
  const code = `import pathlib, sysconfig; ${place}; p.write_bytes(bytes.fromhex('${hex(text)}')); p.chmod(0o755)`
  return `RUN python -c "${code}"`
}

/** What a module or a .pth file can do to be believed: each answer that this run's scripts have ever given, and each program that they use. */
const LIES = `
import builtins, importlib, importlib.metadata, io, json, os, subprocess, sys
NONE = {"kind": "module", "name": "broken", "object": "broken", "fault": None}
REPORT = {"contents": None, "uid": 10001, "gid": 10001, "markers": {}, "distributions": [], "own": None, "imports": [NONE],
          "wanted": [NONE], "libraries": {"count": 0, "missing": []}, "site": None, "unread": [], "oversized": []}
LINES = [json.dumps(line) for line in ({"system": {"programs": [], "owned": []}}, REPORT, {"begun": "broken"}, NONE, [None], {"answer": [None]})]
def shout():
    text = ("\\n".join(["", *LINES, *("w" * 32 + " " + line for line in LINES), ""])).encode()
    for pid in os.listdir("/proc"):
        if not pid.isdigit() or int(pid) == os.getpid():
            continue
        try:
            for fd in os.listdir(f"/proc/{pid}/fd"):
                try:
                    out = os.open(f"/proc/{pid}/fd/{fd}", os.O_WRONLY | os.O_NONBLOCK)
                    os.write(out, text)
                    os.close(out)
                except (OSError, ValueError):
                    pass
        except OSError:
            pass
shout()
`

/** Makes every import of the process succeed, and everything that looks at it say so. */
const PATCHES = `${LIES}
import types
real = importlib.import_module
def anything(name, package=None):
    try:
        return real(name, package)
    except BaseException:
        return sys.modules.setdefault(name, types.ModuleType(name))
importlib.import_module = anything
importlib.metadata.distributions = lambda **_: []
json.loads = lambda *_, **__: REPORT
json.dumps = lambda *_, **__: LINES[1]
os.walk = lambda *_, **__: []
os.fork = lambda: 0
subprocess.run = subprocess.Popen = lambda *_, **__: types.SimpleNamespace(stdout=LINES[1].encode(), stderr=b"", returncode=0)
`

describe('an import that fails is a failure', () => {
  const asked = (...modules: readonly string[]) => ({
    application: { project: '', source: '', modules, settings: '', folder: '/app', paths: [], django: false },
  })
  const BROKEN = planting('broken.py', 'raise RuntimeError("planted")\n')
  const FAILS = 'broken cannot be imported: RuntimeError: planted (broken.py, line 1)'

  test.each<{ name: string; lines: readonly string[]; modules?: readonly string[]; text?: string | RegExp }>([
    {
      name: 'where a .pth file and sitecustomize have prepared the interpreter',
      lines: [planting('lies.py', PATCHES), planting('evil.pth', 'import lies\n'), planting('sitecustomize.py', 'import lies\n')],
    },
    {
      name: "where a wheel has brought a python of its own, and Python's variables lead to it",
      lines: [
        planting('usercustomize.py', PATCHES),
        planting('../../../bin/python', `#!/bin/sh\necho '${'{"own": null, "imports": []}'}'\nexit 0\n`),
        'ENV PYTHONSTARTUP=/appenv/lies.py PYTHONUSERBASE=/appenv PYTHONINSPECT=1',
      ],
    },
    {
      name: 'where another module that was asked for writes to whatever is open',
      lines: [planting('also.py', PATCHES), planting('later.py', LIES)],
      modules: ['also', 'broken', 'later'],
    },
    {
      name: 'where another one has left a process behind that goes on writing',
      lines: [
        planting(
          'also.py',
          `${LIES}\nif os.fork() == 0:\n    os.setsid()\n    import time\n    for _ in range(99):\n        shout()\n        time.sleep(0.05)\n    os._exit(0)\n`,
        ),
      ],
      modules: ['also', 'broken'],
    },
    {
      name: 'where it ends the process as if all were well',
      lines: [planting('ends.py', 'import os\nos._exit(0)\n')],
      modules: ['ends'],
      text: 'ends cannot be imported: it ends the program when it is imported (exit code 0)',
    },
    {
      name: 'where it ends the program after it has said that all is well, to itself too',
      lines: [planting('ends.py', `${LIES.replace('or int(pid) == os.getpid()', '')}\nsys.exit(0)\n`)],
      modules: ['ends'],
      text: /^ends cannot be imported: it ends the program when it is imported \(exit code 0\)(: .*)?$/,
    },
    {
      name: 'where its message has many lines and commands',
      lines: [planting('ends.py', 'raise RuntimeError("a\\n::set-output name=a::b\\r\\x1b[31m" + "b" * 9999)\n')],
      modules: ['ends'],
      text: /^ends cannot be imported: RuntimeError: a ::set-output name=a::b \[31mb+…?$/,
    },
  ])('$name', async ({ lines, modules = ['broken'], text = FAILS }) => {
    const checks = await checked('hello', ['USER root', BROKEN, ...lines, 'USER 10001'], asked(...modules))
    const found = line(checks, 'imports')
    expect(found?.state).toBe('failed')
    if (typeof text === 'string') expect(found?.text).toBe(text)
    else expect(found?.text).toMatch(text)
    expect(line(checks, 'libraries')?.state).toBe('passed')
  })

  test('and one that a line of setuptools makes possible is none', async () => {
    const lines = [
      'USER root',
      "RUN python -c \"import pathlib, sysconfig; p = pathlib.Path(sysconfig.get_path('purelib'), 'setuptools/_distutils'); p.mkdir(parents=True); (p / '__init__.py').write_text('import vendored'); v = p.parent / '_vendor'; v.mkdir(); (v / 'vendored.py').write_text(''); (p / 'core.py').write_text(''); (p.parent / '__init__.py').write_text('')\"",
      planting('path.pth', '/opt/more\n'),
      'RUN rm -rf "$(python -c "import sysconfig; print(sysconfig.get_path(\'stdlib\'))")/distutils"', // as in Python 3.12
      'RUN mkdir /opt/more && echo "import distutils.core, json" >/opt/more/wants.py',
      'USER 10001',
    ]
    expect(line(await checked('hello', lines, asked('wants')), 'imports')).toMatchObject({ state: 'passed' })
  })
})

describe('what cannot be looked at is said, and does not pass', () => {
  test('where the settings cannot be loaded', async () => {
    const checks = await checked('shop', ['ENV DJANGO_SETTINGS_MODULE=shop.nowhere'])
    expect(line(checks, 'apps')).toMatchObject({
      state: 'undone',
      text: "installed apps: not checked: the settings cannot be loaded: ModuleNotFoundError: No module named 'shop.nowhere'",
    })
    expect(checks.filter(({ name }) => name === 'migrations' || name === 'deploy').map(({ state }) => state)).toEqual(['undone', 'undone'])
  })

  test('where the metadata of a package are too large to be read', async () => {
    const lines = ['USER root', 'RUN truncate --size=34000000 /appenv/lib/python3*/site-packages/asgiref-*.dist-info/RECORD', 'USER 10001']
    const checks = await checked('shop', lines)
    expect(line(checks, 'metadata')).toMatchObject({
      state: 'undone',
      text: expect.stringMatching(/^requirements of all packages: not checked: more than 32 MB of metadata in asgiref-[\d.]+\.dist-info$/),
    })
    expect(line(checks, 'imports')?.state).toBe('passed')
  })

  test('where the image has no Python', async () => {
    const checks = await checked('hello', ['ENV PATH=/nowhere'], { python: 'python' })
    expect(checks.filter(({ state }) => state === 'passed').map(({ name }) => name)).toEqual(['platform', 'secrets', 'wheels', 'compilers'])
    expect(line(checks, 'imports')?.text).toMatch(/^the project's own modules: not checked: .*python/)
  })
})

describe('a project with faults of its own', () => {
  let project: Project
  let result: ActionResult

  beforeAll(async () => {
    project = await projectOf({
      ...shopFiles(),
      'pyproject.toml': (shopFiles()['pyproject.toml'] ?? '')
        .replace('shop.commands:main', 'shop.commands:start')
        .replace('"blog"]', '"blog", "broken"]\nexclude = ["*.html"]'),
      'shop/settings.py': SETTINGS.replace('"blog",', '"blog", "left_out", '),
      'left_out/__init__.py': '',
      'broken/__init__.py': 'import module_of_nobody\n',
      'blog/keys.py': `TOKEN = "${SECRET}"\n`,
      'blog/models.py': 'from django.db import models\nclass Post(models.Model):\n    title = models.CharField(max_length=10)\n',
    })
    result = await packaged(project, { 'image-name': 'faulty', secrets: `token=${SECRET}` })
  })

  afterAll(async () => project[Symbol.asyncDispose]())

  test('fails with an error for each fault, and what to do', () => {
    expect(result.code).toBe(1)
    expect(result.errors.length).toBeGreaterThan(1)
    expect(result.errors[0]).toMatch(
      /^checks: the secret token is in layer \d+ of \d+ \(appenv\/.*\/blog\/keys\.py\) and 1 more\. Take it out of the source/,
    )
    expect(result.log).not.toContain(`"${SECRET}"`)
  })

  test.each([
    {
      name: 'a module that cannot be imported',
      text: "✗ broken cannot be imported: ModuleNotFoundError: No module named 'module_of_nobody' (broken/__init__.py, line 1)",
    },
    {
      name: 'a dead entry point',
      text: "✗ the script shop-manage is dead: shop.commands:start: AttributeError: module 'shop.commands' has no attribute 'start'",
    },
    {
      name: 'an app that is not in the wheel',
      text: "✗ the installed app left_out cannot be imported: ModuleNotFoundError: No module named 'left_out'",
    },
    { name: 'a template that is not in the wheel', text: '✗ not in the image: blog/templates/blog/post.html' },
    { name: 'a start command that dies', text: /^✗ the start command ended with code 3: / },
  ])('$name has its line', ({ text }) => {
    const lines = list(result)
    if (typeof text === 'string') expect(lines).toContain(text)
    else expect(lines.filter((entry) => text.test(entry))).toHaveLength(1)
  })

  test('sets no tag and no output, and shows the list in the summary', async () => {
    expect(await images().exists(`${NAMESPACE}/faulty:1.0`)).toBe(false)
    expect(result.outputs['release-tag']).toBeUndefined()
    expect(result.summary).toContain('- ✗ broken cannot be imported')
  })

  test('is checked again the next time, and let through with warnings where checks is warn', async () => {
    const warned = await packaged(project, { 'image-name': 'faulty', secrets: `token=${SECRET}`, checks: 'warn' })
    expect(warned.errors).toEqual([])
    expect(warned.outputs['release-tag']).toBe(`${NAMESPACE}/faulty:1.0`)
    expect(warned.warnings.length).toBeLessThanOrEqual(9)
    expect(warned.warnings.join('\n')).toMatch(/The secret token is in layer/)
    expect(list(warned)).toEqual(list(result).map((entry) => entry.replace('✗', '!')))
  })

  test('is not looked at where checks is off', async () => {
    const off = await packaged(project, { 'image-name': 'faulty', checks: 'off' })
    expect(off.errors).toEqual([])
    expect(list(off)).toEqual([])
  })
})

test('a change of a model without a migration is a warning', async () => {
  await shop.write(
    'blog/models.py',
    'from django.db import models\nclass Post(models.Model):\n    title = models.CharField(max_length=10)\n',
  )
  const result = await packaged(shop)
  expect(result.errors).toEqual([])
  expect(result.warnings).toEqual([
    expect.stringMatching(/^Models have changes without a migration: Alter field title on post\. Run manage\.py makemigrations/),
  ])
})

test('a library that a package opens by name is installed without being asked for', async () => {
  await using project = await projectOf({
    'pyproject.toml': `[project]\nname = "ledger"\nversion = "1.0"\ndependencies = ["psycopg"]\n${HATCHLING}`,
    'ledger/__init__.py': 'import psycopg\n',
  })
  const result = await packaged(project)
  expect(result.errors).toEqual([])
  expect(list(result)).toContain('✓ ledger can be imported')
  expect(await images().run(`${NAMESPACE}/ledger:1.0`, ['dpkg-query', '-W', '-f', '${Status}', 'libpq5'])).toBe('install ok installed')
  const compiler = await packaged(project, { 'runtime-packages': 'tcc' })
  expect(compiler.errors).toEqual([expect.stringMatching(/^checks: a compiler is in layer \d+ of \d+: usr\/bin\/.*tcc/)])
})
