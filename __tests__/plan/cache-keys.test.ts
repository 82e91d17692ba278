import { describe, expect, test } from '@jest/globals'
import { type CacheFacts, cacheFacts, cacheKeys, changedSince, isOwn, LAYOUT, ownPrefix, prefixes } from '../../src/plan/cache-keys.ts'
import { planRun } from '../../src/plan/run-plan.ts'
import { readProject } from '../../src/project/project.ts'
import { contextWith, inputsWith } from '../support/values.ts'

const PYPROJECT = '[project]\nname = "shop"\nversion = "1.0"\ndependencies = ["django>=5"]\noptional-dependencies = { a = [], b = [] }\n'

interface Run {
  readonly inputs?: Readonly<Record<string, string>>
  /** Files of the project, beside or instead of its pyproject.toml. */
  readonly files?: Readonly<Record<string, string>>
  readonly day?: string
  readonly revision?: string
  readonly event?: string
  readonly ref?: string
  /** Docker's name of the architecture. */
  readonly architecture?: string
  /** The index of the runner's own settings. */
  readonly index?: string
}

/** The keys of a run, from what a user has and gives: the way they really come about. */
function keysOf(run: Run) {
  const texts = new Map(Object.entries({ 'pyproject.toml': PYPROJECT, 'shop.py': 'pass', ...run.files }))
  const project = readProject({ folder: '.', files: [...texts.keys()], texts }, 'shop')
  const inputs = inputsWith(run.inputs)
  const commit = { revision: run.revision ?? 'a'.repeat(40), epoch: Date.parse(run.day ?? '2026-01-02T03:04:05Z') / 1000 }
  const context = contextWith({
    event: run.event ?? 'push',
    ref: run.ref ?? 'refs/heads/main',
    refName: (run.ref ?? 'main').split('/').pop() ?? '',
  })
  const runner = { caBundle: '', indexUrl: run.index ?? '', extraIndexUrls: [] }
  const plan = planRun(inputs, context, {
    project,
    commit,
    origin: undefined,
    knownTags: [],
    runner,
    now: new Date('2026-01-05T00:00:00Z'),
  })
  return cacheKeys(cacheFacts(plan, inputs, run.architecture ?? 'amd64'))
}

const before = keysOf({})
const changes = (run: Run, from = before) => {
  const now = keysOf(run)
  const differ = (entry: 'downloads' | 'compiled') => ownPrefix(now[entry]) !== ownPrefix(from[entry])
  return [...(differ('downloads') ? ['downloads'] : []), ...(differ('compiled') ? ['compiled'] : [])].join(' and ') || 'no key'
}

const setup = (name: string) => PYPROJECT.replace('django>=5', name)

describe('what changes which key', () => {
  test.each<{ name: string; run: Run; changed: string }>([
    { name: 'nothing at all', run: {}, changed: 'no key' },
    { name: 'extras of the test image', run: { inputs: { 'test-extras': 'a' } }, changed: 'downloads and compiled' },
    { name: 'a line of the source', run: { files: { 'shop.py': 'import sys' } }, changed: 'no key' },
    { name: 'a new file of the source', run: { files: { 'more.py': '' } }, changed: 'no key' },
    { name: 'a commit of the same day', run: { revision: 'b'.repeat(40), day: '2026-01-02T23:00:00Z' }, changed: 'no key' },
    { name: 'a commit of the next day', run: { day: '2026-01-03T00:00:00Z' }, changed: 'downloads' },
    { name: 'exclude-newer of another day', run: { inputs: { 'exclude-newer': '2025-01-01' } }, changed: 'downloads' },
    { name: 'exclude-newer that says the commit’s day', run: { inputs: { 'exclude-newer': '2026-01-02' } }, changed: 'no key' },
    { name: 'a requirement', run: { files: { 'pyproject.toml': setup('flask') } }, changed: 'downloads' },
    { name: 'a setup.py beside pyproject.toml', run: { files: { 'setup.py': 'pass' } }, changed: 'downloads' },
    { name: 'a setup.cfg beside pyproject.toml', run: { files: { 'setup.cfg': '[options]' } }, changed: 'downloads' },
    { name: 'a Procfile', run: { files: { Procfile: 'web: python -m shop' } }, changed: 'no key' },
    { name: 'the parent image', run: { inputs: { 'parent-image': 'debian:trixie' } }, changed: 'downloads and compiled' },
    { name: 'python-version', run: { inputs: { 'python-version': '3.12' } }, changed: 'downloads and compiled' },
    { name: 'python-version that says the default', run: { inputs: { 'python-version': '3.13' } }, changed: 'no key' },
    { name: 'a .python-version of another Python', run: { files: { '.python-version': '3.11\n' } }, changed: 'downloads and compiled' },
    { name: 'an extra', run: { inputs: { extras: 'a' } }, changed: 'downloads and compiled' },
    { name: 'a dependency group', run: { inputs: { extras: 'group:dev' } }, changed: 'downloads and compiled' },
    { name: 'a dependency group of the test image', run: { inputs: { 'test-extras': 'group:dev' } }, changed: 'downloads and compiled' },
    { name: 'an own Dockerfile of the base', run: { inputs: { 'base-dockerfile': 'docker/base' } }, changed: 'downloads and compiled' },
    { name: 'the index by index-url', run: { inputs: { 'index-url': 'https://index.example/simple' } }, changed: 'downloads' },
    { name: 'an extra index', run: { inputs: { 'extra-index-urls': 'https://index.example/extra' } }, changed: 'downloads' },
    { name: 'the index of the runner', run: { index: 'https://index.example/simple' }, changed: 'downloads' },
    { name: 'cache-suffix', run: { inputs: { 'cache-suffix': 'nightly' } }, changed: 'downloads and compiled' },
    { name: 'build-packages', run: { inputs: { 'build-packages': 'libpq-dev' } }, changed: 'compiled' },
    { name: 'runtime-packages', run: { inputs: { 'runtime-packages': 'libpq5' } }, changed: 'no key' },
    { name: 'the architecture', run: { architecture: 'arm64' }, changed: 'downloads and compiled' },
    { name: 'the project’s folder', run: { inputs: { path: 'services/shop' } }, changed: 'downloads and compiled' },
    { name: 'a tag instead of a branch', run: { ref: 'refs/tags/v1.0' }, changed: 'no key' },
    { name: 'a pull request instead of a push', run: { event: 'pull_request', ref: 'refs/pull/1/merge' }, changed: 'no key' },
    { name: 'version', run: { inputs: { version: '2.0' } }, changed: 'no key' },
    { name: 'image-name', run: { inputs: { 'image-name': 'store' } }, changed: 'no key' },
    { name: 'image-env', run: { inputs: { 'image-env': 'A=b' } }, changed: 'no key' },
    { name: 'push', run: { inputs: { push: 'true' } }, changed: 'no key' },
    { name: 'cache-signing-key', run: { inputs: { 'cache-signing-key': 'k'.repeat(32) } }, changed: 'no key' },
    { name: 'the name of the wheelhouse', run: { inputs: { wheelhouse: 'dist/wheels' } }, changed: 'no key' },
  ])('$name: $changed', ({ run, changed }) => {
    expect(changes(run)).toBe(changed)
  })

  const LOCK = (version: string) =>
    `version = 1\n[[package]]\nname = "shop"\nversion = "1.0"\nsource = { editable = "." }\n[[package]]\nname = "django"\nversion = "${version}"\n`
  const nested = (line: string) => ({ 'requirements.txt': '-r more/base.txt\n', 'more/base.txt': '-r deep.txt\n', 'more/deep.txt': line })

  test.each<{ name: string; one: Run; other: Run; changed: string }>([
    {
      name: 'a version in a lock',
      one: { files: { 'uv.lock': LOCK('5.1') } },
      other: { files: { 'uv.lock': LOCK('5.2') } },
      changed: 'downloads',
    },
    {
      name: 'a requirement in a file that a file includes that requirements.txt includes',
      one: { files: nested('django==5.1\n') },
      other: { files: nested('django==5.2\n') },
      changed: 'downloads',
    },
    {
      name: 'a text that no requirements file includes',
      one: { files: { ...nested('django==5.1\n'), 'more/other.txt': 'flask==1\n' } },
      other: { files: { ...nested('django==5.1\n'), 'more/other.txt': 'flask==2\n' } },
      changed: 'no key',
    },
    {
      name: 'another dependency group',
      one: { inputs: { extras: 'group:dev' } },
      other: { inputs: { extras: 'group:docs' } },
      changed: 'downloads and compiled',
    },
    {
      name: 'a group instead of the extra of its name',
      one: { inputs: { extras: 'a' } },
      other: { inputs: { extras: 'group:a' } },
      changed: 'downloads and compiled',
    },
    {
      name: 'the place of the own Dockerfile of the base',
      one: { inputs: { 'base-dockerfile': 'docker/base' } },
      other: { inputs: { 'base-dockerfile': 'docker/other' } },
      changed: 'downloads and compiled',
    },
  ])('$name: $changed, from one to the other', ({ one, other, changed }) => {
    expect(changes(other, keysOf(one))).toBe(changed)
  })

  test.each<{ name: string; one: Run; other: Run }>([
    { name: 'the order of extras', one: { inputs: { extras: 'a,b' } }, other: { inputs: { extras: 'b\na' } } },
    { name: 'the spelling of an extra', one: { inputs: { extras: 'My_Extra' } }, other: { inputs: { extras: 'my-extra' } } },
    {
      name: 'the order of build-packages',
      one: { inputs: { 'build-packages': 'libxml2-dev libpq-dev' } },
      other: { inputs: { 'build-packages': 'libpq-dev,libxml2-dev' } },
    },
    {
      name: 'a new password of the index',
      one: { inputs: { 'index-url': 'https://user:old@index.example/simple' } },
      other: { inputs: { 'index-url': 'https://user:new@index.example/simple' } },
    },
  ])('$name: no key', ({ one, other }) => {
    expect(keysOf(one)).toEqual(keysOf(other))
  })

  test('the layout is in every key', () => {
    for (const keys of Object.values(before)) expect(keys.family).toMatch(new RegExp(`^pypackager-${LAYOUT}-`))
  })

  test('two entries never meet, and neither do suffixes that begin alike', () => {
    expect(before.downloads.family.startsWith(before.compiled.family)).toBe(false)
    const [a, b] = ['a', 'a-b'].map((suffix) => keysOf({ inputs: { 'cache-suffix': suffix } }).compiled.family)
    expect(b?.startsWith(a ?? '')).toBe(false)
  })
})

const FACTS: CacheFacts = {
  architecture: 'amd64',
  folder: '.',
  suffix: '',
  parent: 'python:3.13-slim',
  python: '3.13',
  index: '',
  definition: 'pyproject.toml',
  extras: [],
  newest: '2026-01-02',
  buildPackages: [],
}
const keysWith = (change: Partial<CacheFacts>) => cacheKeys({ ...FACTS, ...change })

describe('a found entry', () => {
  test.each<{ name: string; change: Partial<CacheFacts>; told: readonly string[] }>([
    { name: 'of the same parts tells no change', change: {}, told: [] },
    { name: 'of other files tells them', change: { definition: 'x' }, told: ['files that define the project'] },
    { name: 'of another day tells it', change: { newest: 'x' }, told: ['exclude-newer'] },
    { name: 'of other extras tells them', change: { extras: ['test'] }, told: ['extras'] },
    { name: 'of another image tells all that differs', change: { parent: 'x', python: '3.9' }, told: ['parent image', 'python'] },
    { name: 'of another index tells it', change: { index: 'https://index.example' }, told: ['package index'] },
  ])('$name', ({ change, told }) => {
    const found = `${ownPrefix(keysWith(change).downloads)}0123456789abcdef`
    expect(changedSince(keysWith({}).downloads, found)).toEqual(told)
    expect(isOwn(keysWith({}).downloads, found)).toBe(told.length === 0)
  })

  test('of a damaged key differs in everything, and nothing found is not ours', () => {
    const { downloads } = keysWith({})
    expect(changedSince(downloads, downloads.family)).toEqual(Object.keys(downloads.parts))
    expect(isOwn(downloads, undefined)).toBe(false)
  })

  test('is asked for with fewer and fewer parts the same, in at most ten keys of which none is too long', () => {
    const asked = prefixes(keysWith({}).downloads)
    expect(asked.length).toBeLessThanOrEqual(10)
    for (const [i, key] of asked.entries()) {
      expect(key.length).toBeLessThan(400)
      expect(key).not.toContain(',')
      if (i > 0) expect(asked[i - 1]?.startsWith(key.replace(/\.$/, ''))).toBe(true)
    }
    expect(asked.at(-1)).toBe(keysWith({ parent: 'x', newest: 'y' }).downloads.family)
  })

  test('of the same image and extras is preferred to one of another leg', () => {
    const asked = prefixes(keysWith({ extras: ['test'] }).compiled)
    const first = (key: string) => asked.findIndex((prefix) => key.startsWith(prefix))
    const same = `${ownPrefix(keysWith({ extras: ['test'] }).compiled)}0`
    const leg = `${ownPrefix(keysWith({}).compiled)}0`
    const image = `${ownPrefix(keysWith({ parent: 'x' }).compiled)}0`
    expect([first(same), first(leg) > 0, first(image) > first(leg)]).toEqual([0, true, true])
  })
})
