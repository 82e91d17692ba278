import { execFileSync } from 'node:child_process'
import { describe, expect, test } from '@jest/globals'
import {
  type BasePlan,
  renderAppWheel,
  renderBuildCommand,
  renderDebianFiles,
  renderImages,
  renderResolution,
  renderWheelStages,
} from '../../../src/plan/dockerfile/dockerfile.ts'
import { type ReleaseStages, renderRelease } from '../../../src/plan/dockerfile/dockerfile-release.ts'
import { quoted, shellQuote } from '../../../src/plan/dockerfile/dockerfile-words.ts'

const release: ReleaseStages = {
  sourceOnly: false,
  packages: [],
  epoch: 1_700_000_000,
  uid: 10001,
  gid: 10001,
  folder: '/app',
  modules: ['mysite.wsgi'],
  keys: ['SECRET_KEY', 'DJANGO_SECRET_KEY'],
  late: ['gunicorn.app.wsgiapp'],
  writable: [],
  bytecode: 'used',
  settings: 'mysite.settings',
  collectstatic: 'auto',
  trialEnv: undefined,
  healthcheck: '',
  env: { GREETING: 'hello $USER' },
  labels: { 'org.opencontainers.image.title': 'Polls "one"' },
  command: ['sh', '-c', 'exec gunicorn mysite.wsgi'],
}
const secrets = { ca: true, index: 'abc123', netrc: true }
const newest = { day: '2026-11-22T00:00:00Z', moment: '2026-11-22T11:00:00Z' }
const images: BasePlan = {
  parent: 'python:3.13-slim',
  python: '3.13',
  uid: 10001,
  gid: 10001,
  buildPackages: ['libpq-dev'],
  week: '2026-W47',
  updates: 'none',
}

function whole(stages: ReleaseStages): string {
  return [
    renderImages(images),
    renderResolution(secrets, newest),
    renderAppWheel(stages.epoch),
    renderWheelStages([
      { name: 'uwsgi', at: 'sdists/uwsgi/uwsgi-2.0.31.tar.gz', folder: false, needsCompiler: true },
      { name: 'docopt', at: 'sdists/docopt/docopt-0.6.2.tar.gz', folder: false, needsCompiler: false },
      { name: 'billing', at: 'local/billing', folder: true, needsCompiler: false },
    ]),
    renderBuildCommand(['token'], stages.epoch),
    renderDebianFiles(stages.packages),
    renderRelease(stages),
  ].join('')
}

/** Instructions of a Dockerfile, continued lines joined, comments left out. */
function instructions(text: string): readonly string[] {
  return text
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
}

/** The instructions of each stage, by its name, without the FROM. */
function stagesOf(text: string): ReadonlyMap<string, readonly string[]> {
  const stages = new Map<string, string[]>()
  let here: string[] = []
  for (const line of instructions(text)) {
    const name = /^FROM \S+ AS (\S+)$/.exec(line)?.[1]
    if (name) {
      here = []
      stages.set(name, here)
    } else here.push(line)
  }
  return stages
}

describe('the Dockerfile', () => {
  const text = whole({ ...release, packages: ['libpcre2-8-0'] })
  const stages = stagesOf(text)

  test('has every stage once, in an order in which each follows what it copies from', () => {
    const names = instructions(text).flatMap((line) => /^FROM \S+ AS (\S+)$/.exec(line)?.[1] ?? [])
    expect(names).toEqual(
      expect.arrayContaining([
        'base',
        'builder',
        'uv',
        'build-lock',
        'lock',
        'app-wheel',
        'wheel-uwsgi',
        'wheel-docopt',
        'build-command',
        'debian',
        'system',
        'dependencies',
        'trial',
        'release',
      ]),
    )
    expect([names[0], names.at(-1)]).toEqual(['base-tree', 'release'])
    expect(new Set(names).size).toBe(names.length)
    for (const [stage, lines] of stages) {
      const used = lines.flatMap((line) => [...line.matchAll(/(?:--from=|,from=)([\w-]+)/g)].map((match) => match[1] ?? ''))
      for (const from of used) expect(names.slice(0, names.indexOf(stage))).toContain(from)
    }
  })

  test('holds nothing that BuildKit 0.8 does not know', () => {
    expect(text).not.toMatch(/^#\s*(syntax|escape|check)\s*=/m)
    expect(text).not.toContain('<<')
    expect(text).not.toMatch(/--network|--link|--build-context|--chmod/)
    for (const mount of text.matchAll(/--mount=\S+/g)) expect(mount[0]).not.toContain('$')
  })

  test('has a release of copies alone, then its settings', () => {
    const words = (stages.get('release') ?? []).map((line) =>
      line
        .replace(/^(COPY --from)=.*/, '$1')
        .split(' ')
        .slice(0, line.startsWith('COPY') ? 2 : 1)
        .join(' '),
    )
    expect(words.slice(0, 5)).toEqual(['COPY --from', 'COPY --from', 'COPY --from', 'COPY --from', 'COPY --from'])
    expect(words.slice(5)).toEqual(['ENV', 'ENV', 'LABEL', 'USER', 'CMD'])
  })

  test('mounts secrets only where a stage talks to an index', () => {
    const withSecrets = [...stages].filter(([, lines]) => lines.some((line) => line.includes('type=secret'))).map(([name]) => name)
    expect(withSecrets).toEqual(['uv', 'build-lock', 'lock', 'build-command']) // in the last one those of the user alone
    expect(stages.get('build-command')?.join()).toContain('--mount=type=secret,id=token ')
    expect(stages.get('build-command')?.join()).not.toMatch(/id=(ca|index|netrc)/)
  })

  test('writes to a source only in the stages that build it', () => {
    const writing = [...stages].filter(([, lines]) => lines.some((line) => /,rw\b/.test(line))).map(([name]) => name)
    // setup.py may write even when it is only asked, and apt may have to fetch its lists once more.
    // Of a dependency's folder the application is told that it is root's, as in the image, not that its file system is read-only.
    expect(writing).toEqual(['builder', 'lock', 'app-wheel', 'wheel-billing', 'trial'])
  })

  test('is continued, not changed, as more becomes known', () => {
    const project = renderImages(images) + renderResolution(secrets, newest) + renderAppWheel(release.epoch)
    expect(text.startsWith(project)).toBe(true)
    expect(project.endsWith('\n')).toBe(true)
  })
})

describe('the builder', () => {
  const builder = (plan: Partial<typeof images>) => (stagesOf(renderImages({ ...images, ...plan })).get('builder') ?? []).join('\n')

  test('installs the packages that the user names', () => {
    expect(builder({ buildPackages: ['libpq-dev', 'libxml2-dev'] })).toMatch(/ libpq-dev libxml2-dev$/m)
  })

  test('takes what Debian offers from the stage that the release asks too, so that it is fetched once', () => {
    expect(builder({})).toContain('--mount=type=bind,from=debian-lists,source=/var/lib/apt/lists,target=/var/lib/apt/lists,rw ')
  })

  test('is made anew each week', () => {
    expect(builder({ week: '2026-W48' })).not.toBe(builder({}))
  })
})

describe('the stages of resolving', () => {
  test.each([
    {
      name: 'mount nothing where the runner has no settings',
      given: { ca: false, index: undefined, netrc: false },
      ca: false,
      index: false,
      netrc: false,
    },
    { name: 'mount the authority alone', given: { ca: true, index: undefined, netrc: false }, ca: true, index: false, netrc: false },
    { name: 'mount the index alone', given: { ca: false, index: 'abc123', netrc: false }, ca: false, index: true, netrc: false },
    { name: 'mount the logins alone', given: { ca: false, index: undefined, netrc: true }, ca: false, index: false, netrc: true },
  ])('$name', ({ given, ca, index, netrc }) => {
    const stages = stagesOf(renderImages(images) + renderResolution(given, newest))
    for (const name of ['uv', 'build-lock', 'lock']) {
      const text = (stages.get(name) ?? []).join('\n')
      const found = ['id=ca', 'SSL_CERT_FILE=', 'id=index', 'INDEX=abc123', 'id=netrc', 'NETRC=/run/netrc'].map((part) =>
        text.includes(part),
      )
      expect(found).toEqual([ca, ca, index, index, netrc, netrc])
    }
  })

  test.each([
    { name: 'where there are some', pins: true, stages: ['lock'] },
    { name: 'nowhere else', pins: false, stages: [] },
  ])('read which packages come from one index alone $name, and only what the application requires', ({ pins, stages }) => {
    const all = stagesOf(renderImages(images) + renderResolution({ ...secrets, pins }, newest))
    expect([...all].filter(([, lines]) => lines.join('\n').includes('id=pins')).map(([name]) => name)).toEqual(stages)
  })

  test.each([
    { name: 'another index', other: renderResolution({ ca: true, index: 'def456', netrc: true }, newest), same: false },
    { name: 'another day', other: renderResolution(secrets, { ...newest, day: '2026-11-23T00:00:00Z' }), same: false },
    { name: 'another moment', other: renderResolution(secrets, { ...newest, moment: '2026-11-22T12:00:00Z' }), same: false },
    { name: 'the same again', other: renderResolution({ ...secrets }, { ...newest }), same: true },
  ])('are other stages, or the same, for $name', ({ other, same }) => {
    expect(other === renderResolution(secrets, newest)).toBe(same)
  })
})

describe('the stage of a package without a wheel', () => {
  test.each([
    { name: 'starts from the builder where it needs a compiler', needsCompiler: true, from: 'FROM ${BUILDER} AS wheel-uwsgi' },
    { name: 'starts from base where it is pure Python', needsCompiler: false, from: 'FROM ${BASE} AS wheel-uwsgi' },
  ])('$name', ({ needsCompiler, from }) => {
    const lines = instructions(renderWheelStages([{ name: 'uwsgi', at: 'sdists/uwsgi/uwsgi-2.0.31.tar.gz', folder: false, needsCompiler }]))
    expect(lines[0]).toBe(from)
    expect(lines[1]).toMatch(/source=sdists\/uwsgi,.*\/uwsgi-2\.0\.31\.tar\.gz$/)
  })

  test('mounts a folder in a way that its build may write to, and nothing of that stays', () => {
    const lines = instructions(renderWheelStages([{ name: 'billing', at: 'local/billing', folder: true, needsCompiler: false }]))
    expect(lines[1]).toMatch(/source=local\/billing,target=\/srv\/source,rw .* \/srv\/source$/)
  })

  test('tells the backend of a folder the version that it would take from git', () => {
    const folder = { name: 'billing', at: 'local/billing', folder: true, needsCompiler: false, env: { PBR_VERSION: "1'2" } }
    expect(instructions(renderWheelStages([folder]))[1]).toContain(`PBR_VERSION='1'\\''2' SOURCE_DATE_EPOCH=`)
  })

  test('is not there where every package has a wheel', () => {
    expect(renderWheelStages([])).toBe('')
  })
})

describe('Debian packages of the release', () => {
  test('have no stages where none are needed', () => {
    expect(renderDebianFiles([])).toBe('')
    expect([...stagesOf(renderRelease(release)).keys()]).not.toContain('system')
    expect([...stagesOf(renderRelease({ ...release, packages: ['libpq5'] })).keys()]).toContain('system')
    expect(renderRelease(release)).not.toContain('--from=system')
  })

  test('are fetched anew each week', () => {
    const lists = (week: string) => stagesOf(renderImages({ ...images, week })).get('debian-lists')
    expect(lists('2026-W47')).not.toEqual(lists('2026-W48'))
    expect(renderDebianFiles(['libpq5', 'libxml2'])).toMatch(/^FROM debian-lists AS debian\nRUN .* libpq5 libxml2\n/m)
  })

  test('are there when the application is tried', () => {
    expect(renderRelease({ ...release, packages: ['libpq5'] })).toContain('FROM system AS trial\n')
    expect(renderRelease(release)).toContain('FROM ${BASE} AS trial\n')
  })
})

describe('security updates', () => {
  const base = (plan: Partial<BasePlan>) => stagesOf(renderImages({ ...images, ...plan })).get('base-tree')

  test('are installed in the stage that base copies from, anew each week', () => {
    expect(base({ updates: 'security' })?.join('\n')).toContain(' : 2026-W47; UPDATES=security SOURCE_DATE_EPOCH=')
    expect(base({ updates: 'security', week: '2026-W48' })).not.toEqual(base({ updates: 'security' }))
  })

  test('that nobody asked for leave base as it is from week to week', () => {
    expect(base({ week: '2026-W48' })).toEqual(base({}))
    expect(base({})?.join('\n')).not.toContain('UPDATES')
  })
})

describe('the release', () => {
  const last = (stages: ReleaseStages) => stagesOf(renderRelease(stages)).get('release') ?? []

  test.each([
    { name: 'starts by its command', line: 'CMD ["sh","-c","exec gunicorn mysite.wsgi"]' },
    { name: 'runs as a user of no host', line: 'USER 10001:10001' },
    {
      name: 'knows the settings of the site and the variables of the user',
      line: 'ENV DJANGO_SETTINGS_MODULE="mysite.settings" GREETING="hello \\$USER"',
    },
    { name: 'has the port that Procfiles expect, or that of its parent', line: 'ENV PORT=${PORT:-8000}' },
    { name: 'carries its labels', line: 'LABEL org.opencontainers.image.title="Polls \\"one\\""' },
  ])('$name', ({ line }) => {
    expect(last(release).map((instruction) => instruction.replace(/ +/g, ' '))).toContain(line)
  })

  test('without a start command has no CMD', () => {
    expect(last({ ...release, command: undefined }).filter((line) => /^CMD|PORT/.test(line))).toEqual([])
  })

  test('gives way to the PORT that the user names', () => {
    const lines = last({ ...release, env: { PORT: '9000' } }).filter((line) => line.includes('PORT'))
    expect(lines.map((line) => line.replace(/ +/g, ' '))).toEqual([expect.stringMatching(/^ENV .*PORT="9000"$/)])
  })

  test('without settings, variables and labels has neither ENV nor LABEL', () => {
    const lines = last({ ...release, settings: undefined, env: {}, labels: {}, command: undefined })
    expect(lines.filter((line) => /^(ENV|LABEL)/.test(line))).toEqual([])
  })

  test.each([
    { name: 'runs as a user and group that are asked for', change: { uid: 1000, gid: 33 }, line: 'USER 1000:33' },
    { name: 'runs as root where that is asked for', change: { uid: 0, gid: 0 }, line: 'USER 0:0' },
    {
      name: 'is asked for its health where the user wants that',
      change: { healthcheck: 'test -e "$HOME"' },
      line: 'HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 CMD ["sh","-c","test -e \\"$HOME\\""]',
    },
  ])('$name', ({ change, line }) => {
    expect(last({ ...release, ...change })).toContain(line)
  })

  test('gives way to the settings that the user names', () => {
    const env = last({ ...release, env: { DJANGO_SETTINGS_MODULE: 'mysite.own' } }).find((line) => line.startsWith('ENV DJ')) ?? ''
    expect(env).toContain('DJANGO_SETTINGS_MODULE="mysite.own"')
    expect(env).not.toContain('mysite.settings')
  })
})

describe('the trial', () => {
  const trial = (change: Partial<ReleaseStages>) => (stagesOf(renderRelease({ ...release, ...change })).get('trial') ?? []).join('\n')

  test.each([
    { name: 'collects static files as the user wants', change: { collectstatic: 'always' as const }, has: ' STATIC=always ' },
    {
      name: 'is told that the start command serves static files',
      change: { command: ['sh', '-c', 'exec uwsgi --http :8000 --module shop.wsgi --static-map /static=/srv/static'] },
      has: ' STATIC_SERVED=yes ',
    },
    { name: 'keeps the byte code that the user wants', change: { bytecode: 'none' as const }, has: ' BYTECODE=none ' },
    {
      name: 'is told what the user may write to beside what is found',
      change: { writable: ['/app/cache', '/var/lib/shop'] },
      has: " WRITABLE='/app/cache /var/lib/shop' ",
    },
    { name: 'works for the user that the release runs as', change: { uid: 1000, gid: 33 }, has: ' APP_UID=1000 APP_GID=33 ' },
    {
      name: 'gets variables of its own as a secret, of which its text holds a hash',
      change: { trialEnv: 'abc123' },
      has: '--mount=type=secret,id=env,target=/run/env ',
    },
    {
      name: 'is told the variables of its key',
      change: { keys: ['SECRET_KEY', 'SHOP_KEY'] },
      has: " KEYS='SECRET_KEY SHOP_KEY' ",
    },
    { name: 'is another one where these variables change', change: { trialEnv: 'abc123' }, has: ' TRIAL_ENV=abc123 ' },
  ])('$name', ({ change, has }) => {
    expect(trial(change)).toContain(has)
    expect(trial({})).not.toContain(has)
  })

  test('knows nothing of static files where there is no Django site', () => {
    expect(trial({ settings: undefined })).not.toContain('STATIC')
  })
})

describe('a word for a shell', () => {
  test.each([
    { name: 'with blanks', text: 'a b' },
    { name: 'with quotes of both kinds', text: `it's "so"` },
    { name: 'with a variable and a command', text: '$HOME `id` $(id)' },
    { name: 'with a line end', text: 'a\nb' },
    { name: 'that is empty', text: '' },
    { name: 'with a backslash at its end', text: 'a\\' },
    { name: 'that is plain', text: 'mysite.wsgi:application' },
  ])('$name arrives as it was', ({ text }) => {
    expect(execFileSync('sh', ['-c', `printf %s ${shellQuote(text)}`], { encoding: 'utf8' })).toBe(text)
  })
})

describe('a quoted word of an instruction', () => {
  test.each([
    { name: 'keeps a dollar from being a variable', text: '$HOME', word: '"\\$HOME"' },
    { name: 'keeps a quote from ending it', text: 'a"b', word: '"a\\"b"' },
    { name: 'keeps a backslash at its end', text: 'a\\', word: '"a\\\\"' },
  ])('$name', ({ text, word }) => {
    expect(quoted(text)).toBe(word)
  })
})

test('what tells the wheel its version is one word of the shell, whatever a branch is called', () => {
  const value = `{branch="a'b$(touch x)\\"}`
  const line =
    renderAppWheel(1, { TOLD: value })
      .split('\n')
      .find((text) => text.includes('TOLD=')) ?? ''
  const [assignment = ''] = line.split(' SOURCE_DATE_EPOCH=')
  expect(execFileSync('sh', ['-c', `${assignment}; printf %s "$TOLD"`], { encoding: 'utf8' })).toBe(value)
})
