import { describe, expect, test } from '@jest/globals'
import { causeOf } from '../../../src/judge/causes/failure-causes.ts'
import { agreeing, contentBeside, notHeld } from '../../../src/judge/checks/agreement.ts'
import { failed, passed } from '../../../src/judge/checks/check.ts'
import { type Started, startChecks } from '../../../src/judge/checks/start-checks.ts'

describe('each cause has a sentence of its own', () => {
  test.each([
    { line: 'it ended with code -9', kind: 'memory', next: /want of memory/ },
    { line: 'the start command ended with code 137: it said nothing', kind: 'memory', next: /want of memory/ },
    { line: 'ImportError: Bad git executable.', kind: 'system', next: /runtime-packages: git$/ },
    { line: "FileNotFoundError: [Errno 2] No such file or directory: 'ffmpeg'", kind: 'system', next: /runtime-packages: ffmpeg$/ },
    {
      line: "pytesseract.pytesseract.TesseractNotFoundError: tesseract is not installed or it's not in your PATH.",
      kind: 'system',
      next: /tesseract-ocr$/,
    },
    {
      line: 'django.core.exceptions.ImproperlyConfigured: Could not find the GDAL library (tried "gdal").',
      kind: 'system',
      next: /gdal-bin$/,
    },
    { line: 'ImportError: Unable to find dmtx shared library', kind: 'system', next: /libdmtx0b$/ },
    {
      line: "OSError: cannot load library 'libvips.so.42': libvips.so.42: cannot open shared object file: No such file or directory",
      kind: 'system',
      next: /libvips42$/,
    },
    {
      line: 'ImportError: libown.so.3: cannot open shared object file: No such file or directory',
      kind: 'system',
      next: /libown\.so\.3 is not there/,
    },
    {
      line: "PermissionError: [Errno 13] Permission denied: '/appenv/lib/python3.11/site-packages/secret.txt'",
      kind: 'permission',
      next: /^A wheel lies among all packages, where nobody may write: set wheel: never/,
    },
    {
      line: "PermissionError: [Errno 13] Permission denied: '/app/logs/a.log'",
      kind: 'permission',
      next: /may not write there\. Set writable: \/app\/logs; or/,
    },
    {
      line: "PermissionError: [Errno 13] Permission denied: '/appenv/lib/python3.13/site-packages/app/static/config'",
      kind: 'permission',
      next: /Set writable: \/appenv\/lib\/python3\.13\/site-packages\/app\/static; or/,
    },
    { line: "PermissionError: [Errno 13] Permission denied: '/data'", kind: 'permission', next: /Set writable: \/data; or/ },
    {
      line: 'sqlite3.OperationalError: unable to open database file',
      kind: 'permission',
      next: /database's folder is not there, or .* in the input writable, which makes it/,
    },
    {
      line: 'django.db.utils.OperationalError: no such table: shop_item',
      kind: 'database',
      next: /no tables yet.*: "pypackager manage migrate" makes/,
    },
    {
      line: "(2003, \"Can't connect to MySQL server on 'localhost' ([Errno 99] Cannot assign requested address)\")",
      kind: 'database',
      next: /asks for a database/,
    },
    {
      line: 'sqlalchemy.exc.OperationalError: (sqlite3.OperationalError) no such table: user',
      kind: 'database',
      next: /no tables yet.*: the project's own command \("pypackager run flask db upgrade" or the like\) makes them where/,
    },
    {
      line: 'psycopg.OperationalError: connection to server at "db" failed: Connection refused',
      kind: 'database',
      next: /asks for a database/,
    },
    {
      line: 'redis.exceptions.ConnectionError: Error 111 connecting to localhost:6379. Connection refused.',
      kind: 'database',
      next: /asks for a database/,
    },
    {
      line: "FileNotFoundError: [Errno 2] No such file or directory: '/etc/shop.toml'",
      kind: 'path',
      next: /^\/etc\/shop\.toml is not in the image/,
    },
    {
      line: "FileNotFoundError: [Errno 2] No such file or directory: '/var/log/shop/app.log'",
      kind: 'path',
      next: /^The folder of \/var\/log\/shop\/app\.log is not in the image: name it in the input writable/,
    },
    {
      line: "CRITICAL | main:375 - ERROR: Directory path for the datastore '/app/../datastore' does not exist, cannot start",
      kind: 'path',
      next: /^\/datastore is not in the image\. Set writable: \/datastore, which makes it; what must outlive/,
    },
    {
      line: 'Error: the folder ./uploads does not exist',
      kind: 'path',
      next: /^\/app\/uploads is not in the image\. Set writable: \/app\/uploads, /,
    },
    { line: "RuntimeError: Directory 'static' does not exist", kind: 'path', next: /^static is not in the image/ },
    { line: "ImportError: cannot import name 'Container' from 'collections' (/usr/lib/python3.11)", kind: 'python', next: /older Python/ },
    { line: "Error: module 'inspect' has no attribute 'getargspec'", kind: 'python', next: /set python-version/ },
    {
      line: "AttributeError: attribute '__default__' of 'typing.ParamSpec' objects is not writable",
      kind: 'python',
      next: /set python-version/,
    },
    { line: "ModuleNotFoundError: No module named 'cgi'", kind: 'python', next: /require a newer version of what asks for it/ },
    {
      line: 'django.core.exceptions.ImproperlyConfigured: Requested setting LOGGING_CONFIG, but settings are not configured. You must either define the environment variable DJANGO_SETTINGS_MODULE or call settings.configure() before accessing settings.',
      kind: 'setting',
      next: /set DJANGO_SETTINGS_MODULE in the input image-env/,
    },
    { line: 'URLError: <urlopen error [Errno -3] Temporary failure in name resolution>', kind: 'network', next: /asks for the network/ },
    { line: 'httpx.ConnectError: [Errno -2] Name or service not known', kind: 'network', next: /asks for the network/ },
    {
      line: 'psycopg.OperationalError: failed to resolve host "db": [Errno -3] Temporary failure in name resolution',
      kind: 'database',
      next: /asks for a database/,
    },
    {
      line: 'it ends the program when it is imported (exit code 1): ERROR:shop.web: the key is not changed',
      kind: 'setting',
      next: /^It ends itself, and says why: .* input env/,
    },
    { line: 'it ends the program when it is imported (exit code 0)', kind: 'end', next: /if __name__/ },
    {
      line: 'ValidationError: 2 validation errors for Config DATABASE_URL Field required [type=missing, input_value={}, input_type=dict] For further information visit x redis_url Field required [type=missing]',
      kind: 'setting',
      next: /wants the settings DATABASE_URL, redis_url: give the checks each by the input env/,
    },
    { line: "KeyError: 'DATABASE_URL'", kind: 'setting', next: /input env/ },
    { line: 'django.core.exceptions.ImproperlyConfigured: Set the SECRET environment variable', kind: 'setting', next: /input env/ },
  ])('$line', ({ line, kind, next }) => {
    expect(causeOf(line)).toEqual({ kind, next: expect.stringMatching(next) })
  })

  test.each(['RuntimeError: x', "KeyError: 'name'", '', 'Worker failed to boot.'])('"%s" has none', (line) => {
    expect(causeOf(line)).toBeUndefined()
  })
})

const LISTENING = {
  kind: 'listening',
  port: 8000,
  wanted: 8000,
  loopback: undefined,
  socket: undefined,
  status: 200,
  lastLine: '',
  stopped: 0.1,
  waited: 3,
  busy: 1,
} as const
const ended = (lastLine: string, code = 3): Started => ({ kind: 'ended', code, lastLine })
const besideWheel = [
  'static/site.css',
  'templates/index.html',
  'wsgi.py',
  'src/shop/data.json',
  'gunicorn.conf.py',
  'deploy/uwsgi.ini',
  'alembic.ini',
  'deploy/supervisord.conf',
]
const start = (started: Started, command = ['gunicorn', 'wsgi:app']) =>
  startChecks(started, { command, besideWheel, installed: ['flask'] })[0]

test('a folder of its package that is looked for where it starts is in the wheel', () => {
  const facts = { command: ['uvicorn', 'shop:app'], besideWheel: ['shop/static/base.css'], held: ['shop/static/site.css'] }
  expect(startChecks(ended("RuntimeError: Directory 'shop/static' does not exist"), facts)[0]).toMatchObject({
    level: 'error',
    next: expect.stringMatching(/^shop\/static lies in its package, and is looked for where it starts: .*wheel: never/),
  })
})

test('an application that asks for its own metadata is told what brings them', () => {
  const line = 'importlib.metadata.PackageNotFoundError: No package metadata was found for shop'
  expect(start(ended(line, 1))).toMatchObject({
    level: 'error',
    next: expect.stringMatching(/metadata of shop: .*come with its wheel alone/),
  })
})

describe('a start that certainly fails is an error', () => {
  test.each([
    {
      name: 'for a folder beside the packages',
      started: ended("RuntimeError: Directory 'static' does not exist"),
      next: /^static is in the source and not in the wheel/,
    },
    {
      name: 'for a file of a package that the wheel left out',
      started: ended("FileNotFoundError: [Errno 2] No such file or directory: '/appenv/lib/python3.11/site-packages/shop/data.json'"),
      next: /^shop\/data\.json is in the source/,
    },
    ...[
      "Error: 'gunicorn.conf.py' doesn't exist",
      'realpath() of deploy/uwsgi.ini failed: No such file or directory [core/utils.c line 3670]',
      "FAILED: No config file 'alembic.ini' found, or file has no '[alembic]' section",
      'Error: could not find config file deploy/supervisord.conf',
    ].map((line) => ({ name: `for a file of its server: ${line}`, started: ended(line), next: /is in the source and not in the wheel/ })),
    ...[
      "[2026-11-30 23:40:24 +0000] [1] [ERROR] Can't connect to ('::1', 8000)",
      "ERROR: [Errno 99] error while attempting to bind on address ('::1', 8000, 0, 0): cannot assign requested address",
    ].map((line) => ({ name: `for an address that containers have not: ${line}`, started: ended(line), next: /bind 0\.0\.0\.0/ })),
    {
      name: "for a Python that is not the image's",
      started: ended("ModuleNotFoundError: No module named 'flask'"),
      next: /flask is installed for \/appenv.*#!\/usr\/bin\/env python3/,
    },
    {
      name: 'for a module beside the packages',
      started: ended("ModuleNotFoundError: No module named 'wsgi'"),
      next: /^wsgi\.py is in the source and not in the wheel/,
    },
    {
      name: 'for a module that nothing brings',
      started: ended("ModuleNotFoundError: No module named 'yaml'"),
      next: /^Set packages: pyyaml; or add that to the requirements/,
    },
    {
      name: 'for a folder that it goes to',
      started: ended("sh: 1: cd: can't cd to backend", 2),
      next: /^The folder backend is not in the image/,
    },
    {
      name: "for a folder of gunicorn's",
      started: ended("Error: can't chdir to 'backend'", 1),
      next: /^The folder backend is not in the image/,
    },
    { name: 'for a name that no module has', started: ended("Failed to find attribute 'app' in 'wsgi'.", 4), next: /Correct that/ },
    {
      name: 'for a template beside the packages, when it is asked',
      started: { ...LISTENING, status: 500, lastLine: 'jinja2.exceptions.TemplateNotFound: index.html' } as const,
      next: /^templates\/index\.html is in the source/,
    },
  ])('$name', ({ started, next }) => {
    expect(start(started)).toMatchObject({ state: 'failed', level: 'error', next: expect.stringMatching(next) })
  })

  test.each([
    { name: 'a file that may be mounted', started: ended("FileNotFoundError: [Errno 2] No such file or directory: '/etc/shop.toml'") },
    { name: 'settings', started: ended("KeyError: 'DATABASE_URL'") },
    { name: 'a database', started: { ...LISTENING, status: 500, lastLine: 'sqlite3.OperationalError: no such table: item' } as const },
  ])('one that lacks $name is a warning', ({ started }) => {
    expect(start(started)).toMatchObject({ state: 'failed', level: 'warning' })
  })

  test('an answer of 500 without a word does not speak of a database', () => {
    expect(start({ ...LISTENING, status: 500 })?.next).not.toMatch(/database/)
  })
})

test.each([0, 1, 2])('a start that prints a help text and ends with %d does not pass', (code) => {
  expect(start({ kind: 'ended', code, lastLine: '', usage: true })).toMatchObject({
    state: 'failed',
    text: expect.stringContaining('prints a help text'),
  })
})

test.each([
  {
    name: 'of WSGI',
    installed: ['flask'],
    next: /^No server is among its packages\. If it should serve, set packages: gunicorn\. Else: Let the input command/,
  },
  { name: 'of ASGI', installed: ['fastapi', 'starlette'], next: /If it should serve, set packages: uvicorn\./ },
  { name: 'that has a server', installed: ['flask', 'gunicorn'], next: /^Let the input command/ },
])('a help text of a web application $name says what is more often meant', ({ installed, next }) => {
  const facts = { command: ['shop'], besideWheel: [], installed, web: true }
  expect(startChecks({ kind: 'ended', code: 0, lastLine: '', usage: true }, facts)[0]?.next).toMatch(next)
})

test('what was not looked at says so', () => {
  expect(start({ kind: 'unseen', why: 'its answer was cut short' })?.text).toBe('start command: not checked: its answer was cut short')
})

describe('checks do not deny each other', () => {
  const broken = failed('imports', "shop.wsgi cannot be imported: ModuleNotFoundError: No module named 'shop'", {
    next: '',
    module: 'shop.wsgi',
  })

  test.each([
    {
      name: 'an import that the start has done',
      started: LISTENING,
      command: ['sh', '-c', 'exec gunicorn shop.wsgi:application'],
      state: 'undone',
    },
    { name: 'an import of a package above it', started: LISTENING, command: ['uvicorn', 'shop.wsgi.app:app'], state: 'undone' },
    { name: 'an import of another module', started: LISTENING, command: ['gunicorn', 'front:shop'], state: 'failed' },
    {
      name: 'an import beside a start that answers 500',
      started: { ...LISTENING, status: 500 } as const,
      command: ['sh', '-c', 'exec gunicorn shop.wsgi:application'],
      state: 'failed',
    },
    {
      name: 'an import without a start',
      started: undefined,
      command: ['sh', '-c', 'exec gunicorn shop.wsgi:application'],
      state: 'failed',
    },
  ])('$name', ({ started, command, state }) => {
    expect(agreeing([broken], started, command)[0]?.state).toBe(state)
  })

  test('no tick for data where the start asks for them in vain', () => {
    const fine = passed('content', 'what lies in the packages beside code is there')
    expect(contentBeside(fine, ended("RuntimeError: Directory 'static' does not exist"), { besideWheel })).toMatchObject({
      state: 'failed',
      text: expect.stringContaining('static'),
    })
    expect(contentBeside(fine, LISTENING, { besideWheel })).toBe(fine)
  })

  test('a lost file is mended by the line that the look at the files has for it', () => {
    const content = failed('content', 'not in the image: shop/data.json', {
      next: 'To put them there: MANIFEST.in: include shop/*.json.',
      files: ['shop/data.json'],
    })
    const died = ended("FileNotFoundError: [Errno 2] No such file or directory: 'shop/data.json'")
    const facts = { command: ['gunicorn', 'wsgi:app'], besideWheel: [...besideWheel, 'shop/data.json'] }
    expect(startChecks(died, { ...facts, content })[0]?.next).toBe(
      'shop/data.json is in the source and not in the wheel. To put them there: MANIFEST.in: include shop/*.json.',
    )
    expect(startChecks(died, facts)[0]?.next).toMatch(/^shop\/data\.json is .* which holds packages alone: move it/)
  })

  test('a file counts as held by whatever folder it lies in', () => {
    expect(notHeld(['src/shop/a.py', 'static/site.css', 'shop/b.html'], ['shop/a.py', 'shop/b.html'])).toEqual(['static/site.css'])
  })
})
