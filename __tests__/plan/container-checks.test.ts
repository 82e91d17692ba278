import { describe, expect, test } from '@jest/globals'
import { type ContainerReport, containerChecks } from '../../src/plan/container-checks.ts'
import { mend } from '../../src/plan/import-fault.ts'

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
    wanted: [
      { kind: 'module', name: 'shop', object: 'shop' },
      { kind: 'entry point', name: 'shop', object: 'shop.cli:main' },
    ],
    imports: {
      lines: [
        { begun: 'shop' },
        { kind: 'module', name: 'shop', fault: null },
        { begun: 'shop' },
        { kind: 'entry point', name: 'shop', fault: null },
      ],
      end: null,
    },
    libraries: { count: 3, missing: [] },
    site: site(),
    ...changes,
  }
}

function site(...changes: readonly { readonly section: string }[]) {
  const lines = [
    { section: 'settings', fault: null },
    { section: 'apps', count: 2, faults: [] },
    { section: 'deploy', found: [] },
    { section: 'migrations', found: { labels: ['blog'], pending: false, changes: [], without: [] } },
  ]
  return { lines: [...changes, ...lines.filter(({ section }) => !changes.some((change) => change.section === section))], end: null }
}

const check = (changes: Partial<ContainerReport>, name: string) =>
  containerChecks(SHOP, report(changes)).find((found) => found.name === name)
const imported = (fault: string | null, entry: string | null = null) => ({
  lines: [
    { begun: 'shop' },
    { kind: 'module' as const, name: 'shop', fault },
    { kind: 'entry point' as const, name: 'shop', fault: entry },
  ],
  end: null,
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
  const missing = (library: string) => ({ count: 1, missing: [{ file: '/appenv/lib/python3.11/site-packages/fast.so', library }] })
  test.each<{ name: string; changes: Partial<ContainerReport>; check: string; level?: string; text: RegExp; next: RegExp }>([
    {
      name: 'of a library with a known package',
      changes: { libraries: missing('libpq.so.5') },
      check: 'libraries',
      text: /^libpq\.so\.5 is missing \(needed by fast\.so\)$/,
      next: /^Set runtime-packages: libpq5$/,
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
      next: /^Add yaml to the requirements/,
    },
    {
      name: 'of an import that ends the process',
      changes: { imports: { lines: [{ begun: 'shop' }], end: 'it ended with code -11' } },
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
      changes: { site: site({ section: 'apps', faults: [{ app: 'blog', own: true, fault: 'SyntaxError: x' }] } as never) },
      check: 'apps',
      level: 'error',
      text: /^the installed app blog cannot be imported: SyntaxError: x$/,
      next: /env/,
    },
    {
      name: 'of somebody else’s app',
      changes: {
        site: site({
          section: 'apps',
          faults: [{ app: 'gis', own: false, fault: 'OSError: libgdal.so.32: cannot open shared object file' }],
        } as never),
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
        } as never),
      },
      check: 'migrations',
      level: 'warning',
      text: /Add field x to post$/,
      next: /makemigrations/,
    },
    {
      name: 'of models without migrations',
      changes: { site: site({ section: 'migrations', found: { labels: [], pending: false, changes: [], without: ['blog'] } } as never) },
      check: 'migrations',
      level: 'warning',
      text: /^blog has models and no migrations$/,
      next: /makemigrations/,
    },
    {
      name: 'of the deployment',
      changes: { site: site({ section: 'deploy', found: [{ id: 'security.W018', text: 'DEBUG is True.' }] } as never) },
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
      changes: { imports: { lines: [{ begun: 'shop' }], end: 'it took longer than 20 s' } },
      check: 'imports',
      why: 'it took longer than 20 s',
    },
    {
      name: 'entry points after it',
      changes: { imports: { lines: [{ begun: 'shop' }], end: 'it took longer than 20 s' } },
      check: 'scripts',
      why: 'it took longer than 20 s',
    },
    {
      name: 'settings that cannot be loaded',
      changes: { site: site({ section: 'settings', fault: "KeyError: 'DATABASE_URL'" } as never) },
      check: 'deploy',
      why: "the settings cannot be loaded: KeyError: 'DATABASE_URL'",
    },
    {
      name: 'a site that ended early',
      changes: { site: { lines: [{ section: 'settings', fault: null }], end: 'it ended with code 1' } },
      check: 'migrations',
      why: 'it ended with code 1',
    },
    {
      name: 'migrations that need a database',
      changes: { site: site({ section: 'migrations', undone: 'OperationalError: no host' } as never) },
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
  { name: 'what setuptools had', fault: "ModuleNotFoundError: No module named 'pkg_resources'", next: /^Add setuptools<82 to/ },
  { name: 'a missing module', fault: "ModuleNotFoundError: No module named 'google.cloud'", next: /^Add google to the requirements/ },
  {
    name: 'a missing library',
    fault: 'ImportError: libGL.so.1: cannot open shared object file: No such file or directory',
    next: /^Set runtime-packages: libgl1$/,
  },
  { name: 'a missing setting', fault: "KeyError: 'TOKEN'", next: /input env/ },
])('$name has an advice of its own', ({ fault, next }) => {
  expect(mend(fault)).toMatch(next)
})
