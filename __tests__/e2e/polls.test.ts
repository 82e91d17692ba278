import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { readLock } from '../../src/project/resolved-lock.ts'
import { type CacheService, cacheService } from '../support/cache-service.ts'
import { type Daemon, startDaemon } from '../support/daemon.ts'
import { images } from '../support/image.ts'
import { helloFiles, type Project, pollsProject, projectOf } from '../support/project.ts'
import { type ActionResult, runAction } from '../support/runner.ts'

// The whole way on the sample, on a daemon of the test's own: from nothing, then as a hosted runner sees
// it the next time, with an empty daemon and a restored wheelhouse.

jest.setTimeout(600_000)

const PARENT = process.env.PARENT_IMAGE ?? 'pypackager/debian-python:bookworm'
const OFFLINE = { HTTPS_PROXY: 'http://127.0.0.1:1', HTTP_PROXY: 'http://127.0.0.1:1', NO_PROXY: '127.0.0.1,localhost' }

/** What is compiled, with a dependency that is an sdist alone and one that is a wheel. */
const COUNTED = {
  'src/setup.py':
    'from setuptools import Extension, setup\nsetup(name="counted", version="1.0", install_requires=["docopt==0.6.2", "idna==3.10"], ext_modules=[Extension("counted", ["counted.c"])])\n',
  'src/counted.c':
    '#include <Python.h>\nstatic struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "counted", 0, -1, 0};\nPyMODINIT_FUNC PyInit_counted(void) { return PyModule_Create(&module); }\n',
}

interface Wheel {
  readonly name: string
  readonly file: string
  readonly origin: string
  readonly size: number
}

let daemon: Daemon
let cache: CacheService
let first: Project
let second: Project
let cold: ActionResult
let restored: ActionResult
let hashes: readonly string[]
/** Files of the wheelhouse after the first run, by their paths. */
let shelf: readonly string[]

function wheels(result: ActionResult): readonly Wheel[] {
  return JSON.parse(result.outputs.wheels ?? '[]') as Wheel[]
}

/** The action on a project, on this daemon and with this cache service, as a push to main unless said otherwise. */
function packaged(project: Project, inputs: Record<string, string> = {}, env: Record<string, string> = {}, event: unknown = {}) {
  return runAction({ workspace: project.workspace, inputs, env: { DOCKER_HOST: daemon.host, ...cache.env, ...env }, event })
}

beforeAll(async () => {
  daemon = await startDaemon()
  await daemon.load(PARENT)
  cache = await cacheService()
  first = await pollsProject()
  const before = await first.hash()
  cold = await packaged(first)
  hashes = [before, await first.hash()]
  const entries = await readdir(first.at('wheelhouse'), { recursive: true, withFileTypes: true })
  shelf = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(first.at('wheelhouse'), path.join(entry.parentPath, entry.name)))
    .sort()
})

afterAll(async () => {
  for (const disposable of [first, second, cache, daemon]) await disposable?.[Symbol.asyncDispose]()
})

const onDaemon = () => images(daemon.host)

describe('the first run, with nothing kept', () => {
  test('ends well and says what it made', () => {
    expect(cold.errors).toEqual([])
    expect(cold.code).toBe(0)
    expect(cold.postCode).toBe(0)
    expect(cold.outputs['release-tag']).toBe('acme/polls:main')
    expect(cold.outputs['python-version']).toMatch(/^3\.\d+\.\d+/)
    expect(cold.log).toMatch(/^acme\/polls:main · [\d.]+ MB · on this machine · [\d.]+ s$/m)
  })

  test('shows its log in a group a step, and closes each before the next', () => {
    expect(cold.groups).toEqual(['base', 'builder and wheels, side by side', 'release', 'checks', 'sbom'])
    const bounds = cold.commands.map(({ name }) => name).filter((name) => name === 'group' || name === 'endgroup')
    expect(bounds).toEqual(cold.groups.flatMap(() => ['group', 'endgroup']))
  })

  test('compiles uWSGI, downloads the rest and builds the project', () => {
    expect(wheels(cold).map(({ name, origin }) => `${name} ${origin}`)).toEqual([
      'asgiref downloaded',
      'django downloaded',
      'sqlparse downloaded',
      'uwsgi compiled',
      'polls project',
    ])
  })

  test("leaves in the wheelhouse the lock's wheels, the project's own and the lock, and nothing else beside .build/", async () => {
    const locked = readLock('pylock.toml', await readFile(first.at('wheelhouse/pylock.toml'), 'utf8'))
    const made = wheels(cold)
    expect(made.map(({ name }) => name)).toEqual([...locked.map(({ name }) => name).sort(), 'polls'])
    expect(shelf.filter((file) => !file.startsWith('.build/'))).toEqual(
      ['.gitignore', 'pylock.toml', ...made.map(({ file }) => file)].sort(),
    )
    expect([...new Set(shelf.flatMap((file) => /^\.build\/([^/]+)/.exec(file)?.[1] ?? []))].sort()).toEqual([
      'debian',
      'imported',
      'local.json',
      'locks',
      'manifests',
      'requires',
      'resolution.json',
      'sbom',
      'uv',
    ])
  })

  test('leaves in .build/ the build requirements that its locks name, byte for byte, and no others', async () => {
    const below = (folder: string) => shelf.filter((file) => path.dirname(file) === folder)
    const texts = await Promise.all(below('.build/locks').map((file) => readFile(first.at('wheelhouse', file), 'utf8')))
    const named = new Map(
      texts.flatMap((text) => readLock('lock', text).flatMap((one) => one.wheels.map((wheel) => [wheel.file, wheel.sha256]))),
    )
    const files = below('.build/requires')
    expect(files.some((file) => path.basename(file).startsWith('setuptools-'))).toBe(true)
    const hashed = await Promise.all(
      files.map(async (file) => [
        path.basename(file),
        createHash('sha256')
          .update(await readFile(first.at('wheelhouse', file)))
          .digest('hex'),
      ]),
    )
    expect(hashed).toEqual(files.map((file) => [path.basename(file), named.get(path.basename(file))]))
    expect(
      texts
        .flatMap((text) => readLock('lock', text))
        .filter((one) => !files.some((file) => one.wheels.some((wheel) => file.endsWith(`/${wheel.file}`)))),
    ).toEqual([])
  })

  test('saves downloads and compiled wheels, each under a key of its own', () => {
    const keys = cache.entries().map((entry) => entry.key)
    expect(keys.filter((key) => key.includes('-downloads-'))).toHaveLength(1)
    expect(keys.filter((key) => key.includes('-compiled-'))).toHaveLength(1)
  })

  test('leaves the source byte for byte as it was, and no temporary file', () => {
    expect(hashes[1]).toBe(hashes[0])
    expect(cold.left).toEqual([])
  })

  test('has told the steps, the wheels and what to run next in the summary', () => {
    expect(cold.summary).toContain('### `acme/polls:main`')
    for (const step of ['base', 'builder', 'wheels', 'release']) expect(cold.summary).toMatch(new RegExp(`^\\| ${step} \\|`, 'm'))
    expect(cold.summary).toMatch(/5 wheels, [\d.]+ MB: 1 project \(\d+ kB\), 1 compiled \([\d.]+ [kM]B\), 3 downloaded/)
    expect(cold.summary).toContain('docker run --rm -p 8000:8000 acme/polls:main')
  })
})

describe('the release image', () => {
  const found = new Map<string, Promise<readonly string[]>>()
  /** Each image is saved and listed once. */
  const namesIn = (image: string) => {
    const names = found.get(image) ?? onDaemon().names(image)
    found.set(image, names)
    return names
  }

  test('serves the site with its template and its static file', async () => {
    await using site = await onDaemon().serve('acme/polls:main')
    expect(await site.exec('manage.py', 'migrate')).toContain('Applying polls.0001_initial... OK')
    await site.exec('manage.py', 'loaddata', 'polls')
    const page = await site.fetch('/polls/')
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('Tea or coffee?')
    const style = await site.fetch('/static/polls/style.css')
    expect(style.headers.get('content-type')).toContain('text/css')
    expect((await site.fetch('/static/admin/css/base.css')).status).toBe(200)
  })

  test('passes manage.py check, as the user 10001, in /app which that user may write', async () => {
    expect(await onDaemon().run('acme/polls:main', ['manage.py', 'check'])).toContain('no issues')
    expect(await onDaemon().run('acme/polls:main', ['sh', '-c', 'id -u; pwd; touch x && echo written'])).toBe('10001\n/app\nwritten')
  })

  test('is said to be as large as its files are, whatever the engine keeps of them beside', async () => {
    const files = Number(await onDaemon().run('acme/polls:main', ['sh', '-c', 'du -sxb / | cut -f1'], ['--user=0']))
    expect(Number(cold.outputs.size) / files).toBeGreaterThan(0.9)
    expect(Number(cold.outputs.size) / files).toBeLessThan(1.3)
  })

  test('hands arguments with blanks to the command whole', async () => {
    expect(await onDaemon().run('acme/polls:main', ['python', '-c', 'import sys; print(sys.argv[1:])', 'a b', '', '$HOME'])).toBe(
      "['a b', '', '$HOME']",
    )
  })

  test('holds no compiler, no uv, no pip and no wheel in any layer', async () => {
    const parents = new Set(await namesIn(PARENT)) // Debian's Python brings the wheel of its pip
    const names = (await namesIn('acme/polls:main')).filter((name) => !parents.has(name))
    expect(names.filter((name) => /\/(gcc|cc|g\+\+|x86_64-linux-gnu-gcc[^/]*|uv|pip3?)$|\.whl$|uv_cache\.json$/.test(name))).toEqual([])
    expect(names.some((name) => name.endsWith('/bin/uwsgi'))).toBe(true) // the search sees what is there
  })

  test('holds what Debian packages brought, without the backups that dpkg makes', async () => {
    const count = async (image: string, file: RegExp) => (await namesIn(image)).filter((name) => file.test(name)).length
    expect(await count('acme/polls:main', /^var\/lib\/dpkg\/.+-old$/)).toBe(await count(PARENT, /^var\/lib\/dpkg\/.+-old$/))
    expect(await count('acme/polls:main', /^var\/lib\/dpkg\/status$/)).toBe(1 + (await count(PARENT, /^var\/lib\/dpkg\/status$/)))
  })

  test('holds the bytes of no wheel', async () => {
    // A wheel ends with the name of its last member and the mark of its directory's end, uncompressed.
    const ends = wheels(cold).map(({ file }) => `${file.split('-').slice(0, 2).join('-')}.dist-info/RECORDPK\u0005\u0006`)
    const ended = await Promise.all(
      wheels(cold).map(async ({ file }, i) => (await readFile(first.at('wheelhouse', file), 'latin1')).includes(ends[i] ?? '')),
    )
    expect(ended).toEqual(wheels(cold).map(() => true)) // the search would find them
    expect(await onDaemon().find('acme/polls:main', [...ends, 'Tea or coffee?'])).toEqual(['Tea or coffee?'])
  })

  test('is linked against libraries that are there', async () => {
    expect(await onDaemon().run('acme/polls:main', ['ldd', '/appenv/bin/uwsgi'])).not.toContain('not found')
  })
})

describe('base and builder by hand', () => {
  test('base shows the virtual environment', async () => {
    const env = await onDaemon().run('acme/polls-base:main', ['env'])
    expect(env).toContain('VIRTUAL_ENV=/appenv\n')
    expect(env).toMatch(/^PATH=\/appenv\/bin:/m)
  })

  test('the builder fills a wheelhouse by its default command and leaves nothing in the source', async () => {
    await using project = await projectOf(COUNTED)
    const before = await project.hash()
    const trust = process.env.SSL_CERT_FILE ? ['-v', `${process.env.SSL_CERT_FILE}:/ca.pem:ro`, '-e', 'PIP_CERT=/ca.pem'] : []
    const index = process.env.PIP_INDEX_URL ? ['-e', `PIP_INDEX_URL=${process.env.PIP_INDEX_URL}`] : []
    const mounts = ['-v', `${project.at('src')}:/application`, '-v', `${project.at('wheelhouse')}:/wheelhouse`]
    const said = await onDaemon().run('acme/polls-builder:main', [], [...mounts, ...trust, ...index])
    for (const name of ['counted-1.0-cp3', 'docopt-0.6.2-py', 'idna-3.10-py3-none-any.whl']) expect(said).toContain(name)
    expect(await project.hash()).toBe(before)
  })
})

describe('nothing changed', () => {
  test('is answered without a build', async () => {
    const again = await packaged(first)
    expect(again.code).toBe(0)
    expect(again.outputs.imageid).toBe(cold.outputs.imageid)
    for (const told of [again.summary, again.log]) expect(told).toContain('nothing changed: the image was here already')
    expect(again.summary).toMatch(/^\| builder \| not needed \|/m)
    expect(again.log).not.toMatch(/built in/)
  })
})

describe('settings for base, test and release', () => {
  test('tests run with those of tests, in an image that has coverage; the release keeps its own and has none', async () => {
    const lines =
      'cd /tmp; manage.py test polls\ncoverage run --source polls -m django test polls\ncoverage report --fail-under 50\npython -c "import os; print(os.environ[\'DJANGO_SETTINGS_MODULE\'])"'
    const result = await packaged(first, {
      'test-extras': 'test',
      'test-command': lines,
      manage: 'migrate\nloaddata polls',
      run: 'manage.py shell -c "from django.conf import settings; from polls.models import Question; print(settings.SETTINGS_MODULE, Question.objects.count())"',
    })
    expect(result.errors).toEqual([])
    expect(result.log).toContain('| Ran 3 tests')
    expect(result.log).toMatch(/\| TOTAL .*%/)
    expect(result.log).toContain('| mysite.settings.test')
    expect(result.log).toContain('| mysite.settings.release 1')
    expect(result.log).not.toContain('code of source distributions is run now') // uWSGI's is settled by the release
    expect(result.outputs.imageid).toBe(cold.outputs.imageid)
    expect(await onDaemon().run('acme/polls:main', ['sh', '-c', 'command -v coverage || echo none'])).toBe('none')
  })
})

// Here, where this daemon has compiled already: on tags nothing compiled is restored, and these begin with an empty wheelhouse.
describe('a release on a tag', () => {
  const onTag = (tag: string) => ({ GITHUB_REF: `refs/tags/${tag}`, GITHUB_REF_NAME: tag, GITHUB_REF_TYPE: 'tag' })

  test('v1.2.3 gives 1.2.3, 1.2, 1 and latest', async () => {
    await using project = await pollsProject()
    await project.tag('v1.2.3')
    const result = await packaged(project, {}, onTag('v1.2.3'))
    expect(result.errors).toEqual([])
    expect(result.outputs.tags?.split('\n')).toEqual(['1.2.3', '1.2', '1', 'latest'].map((tag) => `acme/polls:${tag}`))
    expect(result.log).toContain('on tags compiled wheels are not restored')
  })

  // Tags know nothing of what is in an image, nor of its checks.
  const small = () => projectOf(helloFiles('polls'))
  const quick = { checks: 'off', sbom: 'false' }

  test('a back-port of an older line does not take latest', async () => {
    await using project = await small()
    for (const tag of ['v1.2.3', 'v2.0.0']) await project.tag(tag)
    const result = await packaged(project, quick, onTag('v1.2.3'))
    expect(result.outputs.tags?.split('\n')).toEqual(['1.2.3', '1.2', '1'].map((tag) => `acme/polls:${tag}`))
  })

  test('a clone of depth 1 whose origin cannot be asked gives the exact tag alone, and says why', async () => {
    await using project = await small()
    await project.tag('v1.2.3')
    await using shallow = await project.shallow()
    await shallow.git('remote', 'remove', 'origin')
    const result = await packaged(shallow, quick, onTag('v1.2.3'))
    expect(result.outputs.tags).toBe('acme/polls:1.2.3')
    expect(result.notices.join()).toContain('Only 1.2.3 is tagged')
  })
})

describe('a later step that fails', () => {
  test('keeps what was compiled, sets no result and says what to fix', async () => {
    await using project = await pollsProject()
    await using service = await cacheService()
    const result = await packaged(project, { 'runtime-packages': 'no-such-package' }, service.env)
    expect(result.code).toBe(1)
    expect(result.errors).toHaveLength(1)
    expect(result.errors[0]).toContain('Unable to locate package no-such-package')
    expect(result.outputs['release-tag']).toBeUndefined()
    expect(service.entries().some((entry) => entry.key.includes('-compiled-'))).toBe(true)
  })

  test('names the package, the decisive line and the apt package when a compile fails', async () => {
    await using project = await pollsProject()
    const setup = (await project.git('show', 'HEAD:src/setup.py')).replace(
      '"uWSGI>=2.0.28,<2.1"',
      '"uWSGI>=2.0.28,<2.1", "ourpq @ file:///srv/source/../libs/ourpq"',
    )
    await project.write('src/setup.py', `${setup}\n`)
    const extension = 'Extension("ourpq", ["ourpq.c"])'
    await project.write(
      'libs/ourpq/setup.py',
      `from setuptools import Extension, setup\nsetup(name="ourpq", version="1", ext_modules=[${extension}])\n`,
    )
    await project.write('libs/ourpq/ourpq.c', '#include <libpq-fe.h>\n')
    await project.commit('Need PostgreSQL, by a folder that no table knows')
    await using service = await cacheService()
    const result = await packaged(project, {}, service.env)
    expect(result.errors).toHaveLength(1)
    expect(result.errors[0]).toMatch(
      /^wheels: ourpq did not build: .*fatal error: libpq-fe.h: No such file.*Set build-packages: libpq-dev$/,
    )
  })
})

describe('the next run on an emptied daemon, with the wheelhouse restored', () => {
  let saved: readonly string[]

  beforeAll(async () => {
    await daemon.empty(PARENT)
    second = await pollsProject()
    saved = cache.entries().map(({ key }) => key)
    restored = await packaged(second, {}, OFFLINE)
  })

  test('compiles nothing, fetches nothing and asks no index', () => {
    expect(restored.errors).toEqual([])
    expect(
      wheels(restored)
        .filter((wheel) => wheel.origin !== 'reused')
        .map((wheel) => wheel.name),
    ).toEqual(['polls'])
    expect(restored.outputs['cache-hit']).toBe('true')
    expect(restored.log).not.toMatch(/resolving|compiling its|builder:/)
  })

  test('makes one image of uv', async () => {
    expect(await daemon.docker('images', '--quiet', 'pypackager-tools')).toMatch(/^[0-9a-f]{12}$/)
  })

  test('makes the same wheels', () => {
    const prints = (result: ActionResult) =>
      (JSON.parse(result.outputs.wheels ?? '[]') as { file: string; sha256: string }[]).map(({ file, sha256 }) => `${file} ${sha256}`)
    expect(prints(restored)).toEqual(prints(cold))
  })

  test('saves nothing, as nothing changed', () => {
    expect(cache.entries().map(({ key }) => key)).toEqual(saved)
  })

  test('serves the site too', async () => {
    await using site = await onDaemon().serve('acme/polls:main')
    expect((await site.fetch('/static/polls/style.css')).status).toBe(200)
  })
})

describe('legs of a matrix over extras', () => {
  test("'' and 'test' make two images under different tags, and only the second has coverage", async () => {
    for (const extras of ['', 'test']) {
      const leg = await packaged(second, { extras, matrix: JSON.stringify({ extras }) })
      expect(leg.errors).toEqual([])
      expect(leg.outputs['release-tag']).toBe(extras ? 'acme/polls:main-test' : 'acme/polls:main')
    }
    const has = (image: string) => onDaemon().run(image, ['sh', '-c', 'command -v coverage || echo none'])
    expect(await has('acme/polls:main')).toBe('none')
    expect(await has('acme/polls:main-test')).toBe('/appenv/bin/coverage')
    const imported = (image: string) =>
      onDaemon().run(image, ['sh', '-c', 'python -c "import django, coverage; print(\'both\')" 2>&1 | tail -n 1'])
    expect(await imported('acme/polls:main')).toBe("ModuleNotFoundError: No module named 'coverage'")
    expect(await imported('acme/polls:main-test')).toBe('both')
    expect(
      await onDaemon().run('acme/polls:main-test', [
        'coverage',
        'run',
        '-m',
        'django',
        'test',
        'polls',
        '--settings',
        'mysite.settings.test',
      ]),
    ).toContain('Found 3 test(s)')
  })

  test('an extra that the project does not have is an error, with the valid ones', async () => {
    const result = await packaged(second, { extras: 'tests' })
    expect(result.errors).toEqual([
      'inputs: polls has no extra "tests" (it has test). Did you mean "test"? The input extras names the extra.',
    ])
  })
})

describe('target', () => {
  test('plan prints the Dockerfile and builds nothing', async () => {
    // Images of the same second are listed in no order of their own.
    const all = async () => [...new Set((await daemon.docker('images', '--all', '--quiet', '--no-trunc')).split('\n'))].sort()
    const before = await all()
    const result = await packaged(second, { target: 'plan', 'image-name': 'planned' })
    expect(result.log).toMatch(/^FROM .+ AS base$/m)
    expect(result.code).toBe(0)
    expect(await all()).toEqual(before)
  })

  test('wheels fills the wheelhouse and makes no release', async () => {
    const result = await packaged(second, { target: 'wheels', 'image-name': 'shelf' })
    expect(result.outputs.lock).toBe('wheelhouse/pylock.toml')
    expect(result.outputs['release-tag']).toBeUndefined()
    expect(await onDaemon().exists('acme/shelf:main')).toBe(false)
  })
})
