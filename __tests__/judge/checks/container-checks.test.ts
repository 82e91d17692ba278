import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import * as v from 'valibot'
import { mend } from '../../../src/judge/causes/import-fault.ts'
import { type ContainerReport, containerChecks, containerReport } from '../../../src/judge/checks/container-checks.ts'
import type { SiteLine } from '../../../src/judge/checks/site-checks.ts'

const SHOP = { project: 'shop', django: true }

/** What a container tells of a site with nothing to find fault with. */
function report(changes: Partial<ContainerReport> = {}): ContainerReport {
  return {
    uid: 10001,
    gid: 10001,
    contents: null,
    markers: { python_version: '3.11', python_full_version: '3.11.2' },
    distributions: [{ name: 'shop', version: '1.0', requires: [], requiresPython: '' }],
    own: { files: ['shop/__init__.py'], scripts: [{ name: 'shop', fault: null }], modules: ['shop'] },
    imports: imported(null),
    unread: [],
    oversized: [],
    libraries: { count: 3, missing: [] },
    site: site(),
    ...changes,
  }
}

function site(...changes: readonly SiteLine[]): SiteLine[] {
  const lines: readonly SiteLine[] = [
    { section: 'settings', fault: null },
    { section: 'apps', count: 2, faults: [] },
    { section: 'deploy', found: [] },
    { section: 'migrations', found: { labels: ['blog'], pending: false, changes: [], without: [] } },
  ]
  return [...changes, ...lines.filter(({ section }) => !changes.some((change) => change.section === section))]
}

const check = (changes: Partial<ContainerReport>, name: string) =>
  containerChecks(SHOP, report(changes)).find((found) => found.name === name)
function imported(fault: string | null, entry: string | null = null): ContainerReport['imports'] {
  return [
    { kind: 'module', name: 'shop', object: 'shop', fault },
    { kind: 'entry point', name: 'shop', object: 'shop.cli:main', fault: entry },
  ]
}

const SLOW: ContainerReport['imports'] = [
  { kind: 'module', name: 'shop', object: 'shop', undone: 'it took longer than 20 s' },
  { kind: 'entry point', name: 'shop', object: 'shop.cli:main', undone: 'it took longer than 20 s' },
]

test.each([
  {
    name: 'a database that no check has',
    fault: 'OperationalError: connection to server at "db" failed: Connection refused',
    level: 'warning',
  },
  { name: 'tables that no migration made', fault: 'OperationalError: no such table: shop_item', level: 'error' },
  { name: 'a module that is not there', fault: "ModuleNotFoundError: No module named 'yaml'", level: 'error' },
])('an import that wants $name: $level', ({ fault, level }) => {
  expect(check({ imports: imported(fault) }, 'imports')).toMatchObject({ state: 'failed', level })
})

test.each([
  { count: 1, text: 'requirements of the only package are met' },
  { count: 2, text: 'requirements of all 2 packages are met' },
])('$text', ({ count, text }) => {
  const distributions = Array.from({ length: count }, (_, i) => ({ name: `p${i}`, version: '1.0', requires: [], requiresPython: '' }))
  expect(check({ distributions }, 'metadata')?.text).toBe(text)
})

test('a good image passes all', () => {
  expect(containerChecks(SHOP, report()).map(({ name, state }) => `${name} ${state}`)).toEqual([
    'libraries passed',
    'imports passed',
    'scripts passed',
    'apps passed',
    'migrations passed',
    'deploy passed',
    'metadata passed',
  ])
})

test.each<{ name: string; changes: Partial<ContainerReport>; check: string }>([
  { name: 'a module', changes: { imports: imported("KeyError: 'DATABASE_URL'") }, check: 'imports' },
  { name: 'a script', changes: { imports: imported(null, "KeyError: 'DATABASE_URL'") }, check: 'scripts' },
  { name: 'the settings of a site', changes: { site: site({ section: 'settings', fault: "KeyError: 'DATABASE_URL'" }) }, check: 'apps' },
  { name: 'the apps of a site', changes: { site: site({ section: 'migrations', setup: "KeyError: 'A'" }) }, check: 'migrations' },
])('$name that lacks a setting fails for that cause, whatever the words around it', ({ changes, check: name }) => {
  expect(check(changes, name)?.cause).toBe('setting')
})

test('a module that cannot be imported is told by its name', () => {
  expect(check({ imports: imported('SyntaxError: odd') }, 'imports')).toMatchObject({ state: 'failed', module: 'shop' })
})

test('without a container nothing passes, and the reason is given', () => {
  const checks = containerChecks(SHOP, 'exec format error')
  expect(checks.map(({ state }) => state)).toEqual(Array(6).fill('undone'))
  expect(checks.every(({ text }) => text.endsWith('not checked: exec format error'))).toBe(true)
})

test('without Django there is no line of Django', () => {
  expect(containerChecks({ project: 'shop', django: false }, report({ site: null })).map(({ name }) => name)).toEqual([
    'libraries',
    'imports',
    'scripts',
    'metadata',
  ])
})

describe('a fault', () => {
  const missing = (library: string) => ({
    count: 1,
    missing: [{ file: '/appenv/lib/python3.11/site-packages/fast.so', library, loaded: true }],
  })
  test.each<{ name: string; changes: Partial<ContainerReport>; check: string; level?: string; text: RegExp; next: RegExp }>([
    {
      name: 'of a library with a known package',
      changes: { libraries: missing('libpq.so.5') },
      check: 'libraries',
      text: /^libpq\.so\.5 is missing \(needed by fast\.so\)$/,
      next: /^Set runtime-packages: libpq5$/,
    },
    {
      name: 'of a library that a plugin alone lacks',
      changes: {
        libraries: {
          count: 1,
          missing: [{ file: '/appenv/lib/python3.11/site-packages/cv2/qt/libqxcb.so', library: 'libxcb.so.1', loaded: false }],
        },
      },
      check: 'libraries',
      level: 'warning',
      text: /^libxcb\.so\.1 is missing \(needed by cv2\/qt\/libqxcb\.so\)$/,
      next: /^No module of Python links it.* Set runtime-packages: libxcb1$/,
    },
    {
      name: 'of a library that nobody knows',
      changes: { libraries: missing('libown.so.1') },
      check: 'libraries',
      text: /libown/,
      next: /Name the Debian package/,
    },
    {
      name: 'of a system that is too old',
      changes: { libraries: missing('GLIBC_2.38') },
      check: 'libraries',
      text: /GLIBC_2\.38 is missing/,
      next: /newer parent-image/,
    },
    {
      name: 'of an import',
      changes: { imports: imported("ModuleNotFoundError: No module named 'yaml'") },
      check: 'imports',
      text: /^shop cannot be imported: ModuleNotFoundError/,
      next: /^Set packages: pyyaml; /,
    },
    {
      name: 'of an import that ends the process',
      changes: { imports: imported('it ended with code -11') },
      check: 'imports',
      text: /^shop cannot be imported: it ended with code -11$/,
      next: /env/,
    },
    {
      name: 'of a package that is not there at all',
      changes: { own: null },
      check: 'imports',
      text: /^the package shop is not installed/,
      next: /wheelhouse/,
    },
    {
      name: 'of an entry point for want of a setting',
      changes: { imports: imported(null, 'ValidationError: 1 validation error for AppSettings PRODUCTION Field required') },
      check: 'scripts',
      text: /^the script shop is dead/,
      next: /^It wants a setting: give the checks one by the input env/,
    },
    {
      name: 'of an entry point',
      changes: { imports: imported(null, "AttributeError: module 'shop.cli' has no attribute 'main'") },
      check: 'scripts',
      text: /^the script shop is dead: shop\.cli:main: AttributeError/,
      next: /project\.scripts/,
    },
    {
      name: 'of a script’s interpreter',
      changes: { own: { files: [], modules: [], scripts: [{ name: 'manage.py', fault: 'it is not executable' }] } },
      check: 'scripts',
      text: /^the script manage\.py does not work: it is not executable$/,
      next: /metadata/,
    },
    {
      name: 'of an own app',
      changes: { site: site({ section: 'apps', count: 1, faults: [{ app: 'blog', own: true, fault: 'SyntaxError: x' }] }) },
      check: 'apps',
      level: 'error',
      text: /^the installed app blog cannot be imported: SyntaxError: x$/,
      next: /^Correct that in the source/,
    },
    {
      name: 'of somebody else’s app',
      changes: {
        site: site({
          section: 'apps',
          count: 1,
          faults: [{ app: 'gis', own: false, fault: 'OSError: libgdal.so.32: cannot open shared object file' }],
        }),
      },
      check: 'apps',
      level: 'warning',
      text: /gis/,
      next: /^Set runtime-packages: gdal-bin$/,
    },
    {
      name: 'of a migration',
      changes: {
        site: site({
          section: 'migrations',
          found: { labels: ['blog'], pending: true, changes: ['Add field x to post'], without: [] },
        }),
      },
      check: 'migrations',
      level: 'warning',
      text: /Add field x to post$/,
      next: /makemigrations/,
    },
    {
      name: 'of models without migrations',
      changes: { site: site({ section: 'migrations', found: { labels: [], pending: false, changes: [], without: ['blog'] } }) },
      check: 'migrations',
      level: 'warning',
      text: /^blog has models and no migrations$/,
      next: /makemigrations/,
    },
    {
      name: 'of the deployment, of which each is told once',
      changes: { site: site({ section: 'deploy', found: ['b.W2', 'a.E1', 'a.E1'].map((id) => ({ id, text: 'x' })) }) },
      check: 'deploy',
      level: 'warning',
      text: /^check --deploy finds 3: a\.E1 \(2 times\), b\.W2$/,
      next: /SILENCED_SYSTEM_CHECKS/,
    },
    {
      name: 'of the deployment',
      changes: { site: site({ section: 'deploy', found: [{ id: 'security.W018', text: 'DEBUG is True.' }] }) },
      check: 'deploy',
      level: 'warning',
      text: /^check --deploy: security\.W018 DEBUG is True\.$/,
      next: /SILENCED_SYSTEM_CHECKS/,
    },
    {
      name: 'of the metadata',
      changes: { distributions: [{ name: 'shop', version: '1.0', requires: ['six'], requiresPython: '' }] },
      check: 'metadata',
      level: 'warning',
      text: /shop requires six, which is not installed$/,
      next: /lock/,
    },
  ])('$name fails its line and no other', ({ changes, check: name, level = 'error', text, next }) => {
    const failed = containerChecks(SHOP, report(changes)).filter(({ state }) => state === 'failed')
    expect(failed.map((found) => found.name)).toEqual([name])
    expect(failed[0]).toMatchObject({ level, text: expect.stringMatching(text), next: expect.stringMatching(next) })
  })
})

describe('what could not be looked at does not pass', () => {
  test.each<{ name: string; changes: Partial<ContainerReport>; check: string; why: string }>([
    {
      name: 'imports that take too long',
      changes: { imports: SLOW },
      check: 'imports',
      why: 'it took longer than 20 s',
    },
    {
      name: 'entry points after it',
      changes: { imports: SLOW },
      check: 'scripts',
      why: 'it took longer than 20 s',
    },
    {
      name: 'settings that cannot be loaded',
      changes: { site: site({ section: 'settings', fault: "KeyError: 'DATABASE_URL'" }) },
      check: 'deploy',
      why: "the settings cannot be loaded: KeyError: 'DATABASE_URL'",
    },
    {
      name: 'a site that ended early',
      changes: { site: site({ section: 'migrations', undone: 'it ended with code 1' }) },
      check: 'migrations',
      why: 'it ended with code 1',
    },
    {
      name: 'a site without that section',
      changes: { site: [{ section: 'settings', fault: null }] },
      check: 'deploy',
      why: 'nothing was answered',
    },
    { name: 'a site without settings', changes: { site: [] }, check: 'apps', why: 'nothing was answered' },
    {
      name: 'a site that cannot be set up',
      changes: { site: site({ section: 'deploy', setup: 'LookupError: no app' }) },
      check: 'deploy',
      why: 'the site cannot be set up: LookupError: no app',
    },
    {
      name: 'migrations that need a database',
      changes: { site: site({ section: 'migrations', undone: 'OperationalError: no host' }) },
      check: 'migrations',
      why: 'OperationalError: no host',
    },
    { name: 'libraries without a loader', changes: { libraries: { undone: 'no loader' } }, check: 'libraries', why: 'no loader' },
  ])('$name', ({ changes, check: name, why }) => {
    expect(check(changes, name)).toMatchObject({ state: 'undone', text: expect.stringMatching(/not checked/) })
    expect(check(changes, name)?.text.endsWith(why)).toBe(true)
  })
})

test.each([
  { name: 'what setuptools had', fault: "ModuleNotFoundError: No module named 'pkg_resources'", next: /^Set packages: setuptools<82 / },
  { name: 'a missing module', fault: "ModuleNotFoundError: No module named 'shelf'", next: /^Add shelf to the requirements/ },
  {
    name: 'a missing module of a package with another name',
    fault: "ModuleNotFoundError: No module named 'yaml'",
    next: /^Set packages: pyyaml; /,
  },
  {
    name: 'what tells itself what to install',
    fault: 'ImportError: lxml.html.clean is a separate project. Install lxml[html_clean] or lxml_html_clean directly.',
    next: /^It says what it lacks\. Set packages: lxml\[html_clean\]$/,
  },
  { name: 'code that no setting helps', fault: "NameError: name 'Distribution' is not defined", next: /^Correct that in the source/ },
  {
    name: 'a missing part of what is there',
    fault: "ModuleNotFoundError: No module named 'shop.web.views'",
    next: /^shop is there, and no web\.views in it/,
  },
  {
    name: 'a missing library',
    fault: 'ImportError: libGL.so.1: cannot open shared object file: No such file or directory',
    next: /^Set runtime-packages: libgl1$/,
  },
  {
    name: 'another version of a package',
    fault: "ImportError: cannot import name 'old_name' from 'django.utils' (/appenv/lib/python3.13/site-packages/django/utils/__init__.py)",
    next: /^The django that is installed has no old_name: require a version of it/,
  },
  { name: 'a missing setting', fault: "KeyError: 'TOKEN'", next: /input env/ },
])('$name has an advice of its own', ({ fault, next }) => {
  expect(mend(fault)).toMatch(next)
})

describe('an import that fails in a package', () => {
  const fault = (said: string, of: string, lines: readonly string[] = []) => {
    const at = { file: 'flasgger/base.py', line: 28, of, lacks: 'flask 3.1.3' }
    const imports: ContainerReport['imports'] = [{ kind: 'module', name: 'shop', object: 'shop', fault: said, at }]
    return containerChecks({ ...SHOP, required: { by: 'shop', lines } }, report({ imports })).find(({ name }) => name === 'imports')
  }
  const MARKUP = "ImportError: cannot import name 'Markup' from 'flask' (/appenv/lib/python3.13/site-packages/flask/__init__.py)"

  test('is told with the file and the package that ask', () => {
    expect(fault(MARKUP, 'flasgger 0.9.5')).toMatchObject({
      text: "shop cannot be imported: ImportError: cannot import name 'Markup' from 'flask' (flasgger/base.py, line 28, of flasgger 0.9.5)",
      next: 'flask 3.1.3 has no Markup: set packages: flasgger>0.9.5; or, for an older flask, set packages: flask<3.1',
    })
  })

  test('is not told where what it wants is a setting', () => {
    expect(fault("KeyError: 'TOKEN'", '')?.text).toBe("shop cannot be imported: KeyError: 'TOKEN'")
  })

  test.each([
    {
      name: 'that is pinned',
      said: MARKUP,
      of: 'flasgger 0.9.5',
      lines: ['gunicorn', 'Flasgger==0.9.5 ; python_version > "3"'],
      next: 'flask 3.1.3 has no Markup: raise Flasgger==0.9.5 in the requirements; or, for an older flask, set packages: flask<3.1',
    },
    {
      name: 'of the project',
      said: MARKUP,
      of: '',
      lines: [],
      next: /^flask 3\.1\.3 has no Markup\. Set packages: flask>3\.1\.3; or flask<3\.1, if the code is older/,
    },
    {
      name: 'of the project, as a wheel',
      said: MARKUP,
      of: 'Shop 1.0',
      lines: [],
      next: /^flask 3\.1\.3 has no Markup\. Set packages: flask>3\.1\.3; or flask<3\.1, if the code is older/,
    },
    {
      name: 'that was made for an older Python',
      said: "AttributeError: module 'collections' has no attribute 'MutableMapping'",
      of: 'marshmallow 3.0.0',
      lines: [],
      next: /^marshmallow 3\.0\.0 was made for an older Python: set packages: marshmallow>3\.0\.0; or set python-version/,
    },
    {
      name: 'that does not say what it requires',
      said: "ModuleNotFoundError: No module named 'pkg_resources'",
      of: 'dynaconf 3.1.2',
      lines: [],
      next: /^dynaconf 3\.1\.2 imports it, and does not require it\. Set packages: setuptools<82 /,
    },
  ])('$name is told what helps', ({ said, of, lines, next }) => {
    const told = fault(said, of, lines)?.next ?? ''
    expect(told).toMatch(next)
    expect(told.length).toBeLessThanOrEqual(160)
  })
})

test('migrations that lack are made by a line to type, where the source is what the image has', () => {
  const pending = { labels: ['blog'], pending: true, changes: [], without: [] }
  const changes = { site: site({ section: 'migrations', found: pending }) }
  const next = (project: string) => containerChecks({ ...SHOP, project }, report(changes)).find(({ name }) => name === 'migrations')?.next
  expect(next('')).toBe('Run manage.py makemigrations and commit what it writes: pypackager manage -v .:/app makemigrations')
  expect(next('shop')).toBe('Run manage.py makemigrations and commit what it writes.')
})

test('deployment with a key of the checks is not judged by that key', () => {
  const lent = (found: { id: string; text: string }[]) => check({ site: site({ section: 'deploy', found, lent: true }) }, 'deploy')
  const aside = " (of the key nothing: it is that of the checks' environment)"
  expect(lent([])).toMatchObject({ state: 'passed', text: `check --deploy finds nothing${aside}` })
  expect(lent([{ id: 'security.W018', text: 'DEBUG is True.' }])?.text).toBe(`check --deploy: security.W018 DEBUG is True.${aside}`)
})

test('a failed import says which code of .pth files was left aside', () => {
  const changes = { imports: imported('ImportError: x'), unread: ['evil.pth'] }
  expect(check(changes, 'imports')?.next).toMatch(/ The code in evil\.pth is not run by the checks\.$/)
  expect(check({ unread: ['evil.pth'] }, 'imports')).toMatchObject({ state: 'passed', next: '' })
  const yaml = { imports: imported("ModuleNotFoundError: No module named 'yaml'"), unread: ['evil.pth'] }
  expect(check(yaml, 'imports')?.next).toBe('Set packages: pyyaml; or add that to the requirements.')
  const file = { imports: imported('OperationalError: unable to open database file'), unread: ['distutils-precedence.pth'] }
  expect(check(file, 'imports')?.next).toMatch(/or give it another path\.$/)
})

test.each([
  { name: 'of a dependency', changes: { oversized: ['numpy-2.0.dist-info'] }, check: 'metadata', what: 'requirements of all packages' },
  {
    name: 'of the project',
    changes: { oversized: ['Shop-1.0.dist-info'], own: null },
    check: 'imports',
    what: "the project's own modules",
  },
])('metadata that are too large to be read are named: $name', ({ changes, check: name, what }) => {
  const text = `${what}: not checked: more than 32 MB of metadata in ${changes.oversized[0]}`
  expect(check(changes, name)).toMatchObject({ state: 'undone', text })
})

test('a project that is not installed is no less missing beside what could not be read', () => {
  expect(check({ oversized: ['numpy-2.0.dist-info'], own: null }, 'imports')).toMatchObject({ state: 'failed' })
})

test('a place that is odd is none, and its import fails all the same', () => {
  const imports = [{ kind: 'module', name: 'shop', object: 'shop', fault: 'RuntimeError: x', at: { file: 1, line: -1 } }]
  const read = v.parse(containerReport, { ...report(), imports })
  const found = containerChecks(SHOP, read).find(({ name }) => name === 'imports')
  expect(found).toMatchObject({ state: 'failed', text: 'shop cannot be imported: RuntimeError: x' })
})

describe('a report that is odd is none', () => {
  const odd = (changes: Readonly<Record<string, unknown>>) => v.is(containerReport, { ...report(), ...changes })

  test.each<{ name: string; changes: Readonly<Record<string, unknown>> }>([
    { name: 'without a user', changes: { uid: undefined } },
    { name: 'of a user that is none', changes: { uid: -1 } },
    { name: 'with distributions that are none', changes: { distributions: {} } },
    { name: 'with a distribution without a name', changes: { distributions: [{ version: '1', requires: [], requiresPython: '' }] } },
    { name: 'with a million distributions', changes: { distributions: Array.from({ length: 1_000_000 }, () => 0) } },
    { name: 'with a file that is a line of a log', changes: { own: { files: ['a\n::set-output name=a::b'], scripts: [], modules: [] } } },
    { name: 'with a module that is none', changes: { own: { files: [], scripts: [], modules: ['os;id'] } } },
    { name: 'with an import that has no end', changes: { imports: [{ kind: 'module', name: 'shop', object: 'shop' }] } },
    { name: 'with an import of another kind', changes: { imports: [{ kind: 'check', name: 'shop', object: 'shop', fault: null }] } },
    { name: 'with libraries that are none', changes: { libraries: { count: 'many', missing: [] } } },
    { name: 'with a section that nobody asked for', changes: { site: [{ section: 'platform', found: [] }] } },
    { name: 'with migrations that are a list', changes: { site: [{ section: 'migrations', found: [] }] } },
    { name: 'with markers that are numbers', changes: { markers: { python_version: 3 } } },
  ])('$name', ({ changes }) => {
    expect(odd({})).toBe(true)
    expect(odd(changes)).toBe(false)
  })

  test('or one whose checks are lines, for 500 generated ones', () => {
    const values = fc.record(Object.fromEntries(Object.keys(report()).map((key) => [key, fc.jsonValue()])))
    const texts = fc.string({ unit: 'binary', maxLength: 50 })
    const near = fc.record({
      imports: fc.array(fc.record({ kind: fc.constantFrom('module', 'entry point'), name: texts, object: texts, fault: fc.option(texts) })),
      libraries: fc.record({ count: fc.nat(), missing: fc.array(fc.record({ file: texts, library: texts, loaded: fc.boolean() })) }),
      distributions: fc.array(fc.record({ name: texts, version: texts, requires: fc.array(texts), requiresPython: texts })),
    })
    fc.assert(
      fc.property(fc.oneof(values, near), (changes) => {
        const read = v.safeParse(containerReport, { ...report(), ...changes })
        if (!read.success) return
        for (const { text, next } of containerChecks(SHOP, read.output)) expect(`${text}${next}`).not.toMatch(/\p{Cc}/u)
      }),
      { numRuns: 500 },
    )
  })
})

test('a site that may not write where its settings do is told so', () => {
  const fault = "PermissionError: [Errno 13] Permission denied: '/app/data/logs'"
  const apps = containerChecks(SHOP, report({ site: site({ section: 'settings', fault }) })).find(({ name }) => name === 'apps')
  expect(apps).toMatchObject({
    state: 'undone',
    next: expect.stringMatching(/may not write there\. Set writable: \/app\/data; or/),
  })
})

test.each([
  { name: 'shop.models', level: 'warning' },
  { name: 'docker.wsgi', level: 'error' },
])('an import of $name that wants the site to be set up is of level $level', ({ name, level }) => {
  const fault = "django.core.exceptions.AppRegistryNotReady: Apps aren't loaded yet."
  const imports: ContainerReport['imports'] = [{ kind: 'module', name, object: name, fault }]
  const checks = containerChecks({ project: 'shop', django: true }, report({ imports }))
  expect(checks.find((check) => check.name === 'imports')).toMatchObject({ state: 'failed', level })
})
