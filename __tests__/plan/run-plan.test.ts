import { describe, expect, test } from '@jest/globals'
import { type Facts, planRun, renderProject } from '../../src/plan/run-plan.ts'
import { DEFAULT_PYTHON } from '../../src/plan/version/python-series.ts'
import { readOwnDockerfile } from '../../src/project/dockerfile/own-dockerfile.ts'
import { readVersionSource } from '../../src/project/layout/version-source.ts'
import { readProject } from '../../src/project/project.ts'
import { contextWith, inputsWith, onTag, outsideGitHub, userError } from '../support/values.ts'

const project = readProject({ folder: '.', files: [], texts: new Map([['pyproject.toml', '[project]\nname = "My_Shop"\n']]) }, 'x')
const commit = { revision: 'c0ffee', epoch: Date.UTC(2026, 0, 31, 23, 59, 58) / 1000 }
const facts: Facts = {
  project,
  commit,
  origin: undefined,
  knownTags: [],
  runner: { caBundle: '', indexUrl: '', extraIndexUrls: [] },
  now: new Date('2026-11-22T11:12:13.456Z'),
}

function plan(given: Readonly<Record<string, string>> = {}, context = contextWith(), more: Partial<Facts> = {}) {
  return planRun(inputsWith(given), context, { ...facts, ...more })
}

describe('the name of the image', () => {
  test.each([
    { name: 'is owner and project on Docker Hub', given: {}, context: contextWith(), origin: undefined, release: 'acme/my-shop' },
    {
      name: 'is below the registry',
      given: { registry: 'ghcr.io' },
      context: contextWith(),
      origin: undefined,
      release: 'ghcr.io/acme/my-shop',
    },
    {
      name: 'is as the user says',
      given: { namespace: 'web', 'image-name': 'shop' },
      context: contextWith(),
      origin: undefined,
      release: 'web/shop',
    },
    {
      name: 'has the owner of the remote outside GitHub',
      given: {},
      context: outsideGitHub(),
      origin: 'Ada_L/shop',
      release: 'ada_l/my-shop',
    },
    {
      name: 'is below the subgroup of a project on GitLab',
      given: { registry: 'registry.example', 'image-name': 'Shop' },
      context: contextWith({ owner: 'Acme/Web-Team', repository: 'Acme/Web-Team/Shop' }),
      origin: undefined,
      release: 'registry.example/acme/web-team/shop',
    },
    { name: 'has no owner where there is none', given: {}, context: outsideGitHub(), origin: undefined, release: 'my-shop' },
  ])('$name', ({ given, context, origin, release }) => {
    expect(plan(given, context, { origin }).names).toEqual({ release, base: `${release}-base`, builder: `${release}-builder` })
  })

  test('that the user typed with capitals is refused', () => {
    expect(userError(() => plan({ namespace: 'Acme/Team', 'image-name': 'Store' }, contextWith({ owner: 'x' }))).message).toContain(
      'namespace "Acme/Team"',
    )
  })

  test.each([
    { name: 'the owner', given: { namespace: 'Acme' }, release: 'acme/my-shop' },
    { name: 'a part of the owner', given: { namespace: 'Acme/web' }, release: 'acme/web/my-shop' },
    { name: 'the repository', given: { namespace: 'acme', 'image-name': 'Shop' }, release: 'acme/shop' },
    { name: 'the whole of it', given: { namespace: 'Acme/Shop' }, release: 'acme/shop/my-shop' },
  ])('that an expression gives for $name is lower-cased, with a notice', ({ given, release }) => {
    const { names, notices } = plan(given)
    expect([names.release, notices]).toEqual([
      release,
      [expect.stringMatching(/^The (namespace|image-name) is .*: image names are lower-case\.$/)],
    ])
  })
})

test.each([
  { name: 'is not doubled', given: { 'image-name': 'Acme/Shop' }, release: 'acme/shop' },
  { name: 'stands below a namespace that is set', given: { namespace: 'web', 'image-name': 'Acme/Shop' }, release: 'web/acme/shop' },
  { name: 'is another one where it only begins so', given: { 'image-name': 'acme-web/shop' }, release: 'acme/acme-web/shop' },
])('the owner in an image name such as github.repository $name', ({ given, release }) => {
  const { names, notices } = plan(given)
  expect(names.release).toBe(release)
  expect(notices.join()).toMatch(/^The (image-name|namespace) (is|holds the namespace) ?/)
})

test('a name of which nothing is left, or less, is told', () => {
  const named = (name: string) => plan({ namespace: 'acme' }, contextWith(), { project: { ...project, name } })
  expect([named('家').names.release, named('家').notices]).toEqual([
    'acme/app',
    ['The image-name is app, for 家: image names are lower-case ASCII letters and digits.'],
  ])
  expect(named('My_Shop.web').notices).toEqual([])
})

describe('the notices', () => {
  test.each([
    { name: 'are none where nothing was changed', given: {}, context: contextWith({ owner: 'acme' }), notices: [] },
    {
      name: 'say that the owner became lower case',
      given: {},
      context: contextWith(),
      notices: ['The namespace is acme: image names are lower-case.'],
    },
    {
      name: 'say where the suffix comes from',
      given: { namespace: 'acme', extras: 'test', matrix: '{"extras":"test"}' },
      context: contextWith(),
      notices: ['The tags of this leg end in -test, from extras in the matrix (tag-suffix overrides).'],
    },
    {
      name: 'say that latest is pushed from a laptop',
      given: { namespace: 'acme', push: 'true' },
      context: outsideGitHub(),
      notices: ['The image is pushed as latest, as nothing says which release this is: set version or tags for another tag.'],
    },
    {
      name: 'say nothing of a version that is',
      given: { namespace: 'acme', push: 'true', version: '2' },
      context: outsideGitHub(),
      notices: [],
    },
    {
      name: 'say nothing of a suffix that was typed',
      given: { namespace: 'acme', 'tag-suffix': '-x' },
      context: contextWith(),
      notices: [],
    },
    {
      name: 'say why nothing is pushed',
      given: { namespace: 'acme', push: 'true' },
      context: contextWith({ foreignHead: true, event: 'workflow_run' }),
      notices: ['Nothing is pushed: the code of workflow_run comes from another repository.'],
    },
  ])('$name', ({ given, context, notices }) => {
    expect(plan(given, context).notices).toEqual(notices)
  })

  test('hold those of the tags', () => {
    expect(plan({ namespace: 'acme' }, onTag('v1.2.3'), { knownTags: undefined }).notices).toEqual([
      expect.stringContaining('Only 1.2.3 is tagged'),
    ])
  })
})

describe('the legs of a matrix', () => {
  test('have tags of their own', () => {
    const matrix = (extras: string) => ({ extras, matrix: JSON.stringify({ extras }) })
    const legs = ['', 'test', 'test,docs'].map((extras) => plan(matrix(extras), onTag('v1.2.3')).tags.tags)
    expect(legs).toEqual([
      ['1.2.3', '1.2', '1', 'latest'],
      ['1.2.3-test', '1.2-test', '1-test', 'latest-test'],
      ['1.2.3-test-docs', '1.2-test-docs', '1-test-docs', 'latest-test-docs'],
    ])
  })

  test('follow tag-suffix where it is given', () => {
    expect(plan({ extras: 'test', matrix: '{"extras":"test"}', 'tag-suffix': '-x' }).tags.tags).toEqual(['main-x'])
  })
})

describe('Python and the parent image', () => {
  const pinned = { ...project, python: { version: '3.12', from: '.python-version' } }
  test.each([
    {
      name: 'are ours where nobody says',
      given: {},
      project,
      parent: `python:${DEFAULT_PYTHON}-slim`,
      python: DEFAULT_PYTHON,
      from: 'the default',
    },
    { name: 'are the project’s', given: {}, project: pinned, parent: 'python:3.12-slim', python: '3.12', from: '.python-version' },
    {
      name: 'are the user’s before the project’s',
      given: { 'python-version': '3.14' },
      project: pinned,
      parent: 'python:3.14-slim',
      python: '3.14',
      from: 'python-version',
    },
    {
      name: 'are left to a parent that was named',
      given: { 'parent-image': 'ubuntu:24.04' },
      project: pinned,
      parent: 'ubuntu:24.04',
      python: undefined,
      from: 'parent-image',
    },
    {
      name: 'are both the user’s',
      given: { 'parent-image': 'ubuntu:24.04', 'python-version': '3.12' },
      project,
      parent: 'ubuntu:24.04',
      python: '3.12',
      from: 'python-version',
    },
  ])('$name', ({ given, project, parent, python, from }) => {
    const made = plan(given, contextWith(), { project })
    expect([made.parent, made.python, made.pythonFrom]).toEqual([parent, python, from])
  })
})

describe('a project that requires another Python than our default', () => {
  test.each([
    { name: 'gets the newest below its bound', requires: '>=3.10,<3.12', version: '3.11', from: 'requires-python >=3.10,<3.12' },
    { name: 'gets a newer one where it wants that', requires: '>=3.14', version: '3.14', from: 'requires-python >=3.14' },
    { name: 'gets the one of its line', requires: '==3.12.*', version: '3.12', from: 'requires-python ==3.12.*' },
    {
      name: 'gets a line whose first patch releases it refuses',
      requires: '>=3.11.4,<3.12',
      version: '3.11',
      from: 'requires-python >=3.11.4,<3.12',
    },
    {
      name: 'gets the newest of its alternatives',
      requires: '>=3.11,<3.12 || >=3.12,<3.13',
      version: '3.12',
      from: 'requires-python >=3.11,<3.12 || >=3.12,<3.13',
    },
    { name: 'gets the default where that fits', requires: '>=3.9', version: DEFAULT_PYTHON, from: 'the default' },
    {
      name: 'gets the default where none of ours fits, for uv to say why',
      requires: '>=3.99',
      version: DEFAULT_PYTHON,
      from: 'the default',
    },
    { name: 'gets the default where it requires what nobody can read', requires: 'three', version: DEFAULT_PYTHON, from: 'the default' },
  ])('$name', ({ requires, version, from }) => {
    const made = plan({}, contextWith(), { project: { ...project, requiresPython: requires } })
    expect([made.python, made.pythonFrom, made.parent]).toEqual([version, from, `python:${version}-slim`])
  })

  test.each([
    {
      name: 'what its lock is for',
      locked: '==3.11.*',
      requires: undefined,
      version: '3.11',
      from: 'uv.lock, which is for Python ==3.11.*',
    },
    {
      name: 'what its lock is for, within what it requires',
      locked: '<3.13',
      requires: '>=3.9,<3.12',
      version: '3.11',
      from: 'uv.lock, which is for Python <3.13',
    },
    {
      name: 'what it requires where its lock allows more',
      locked: '>=3.9',
      requires: '<3.12',
      version: '3.11',
      from: 'requires-python <3.12',
    },
    { name: 'the default where both allow it', locked: '>=3.11', requires: '>=3.9', version: DEFAULT_PYTHON, from: 'the default' },
  ])('gets $name', ({ locked, requires, version, from }) => {
    const both = { ...project, lock: { file: 'uv.lock', texts: {} }, lockedPython: locked, requiresPython: requires }
    const made = plan({}, contextWith(), { project: both })
    expect([made.python, made.pythonFrom]).toEqual([version, from])
  })

  test.each([
    {
      name: 'its lock is for another than is asked for',
      given: { 'python-version': '3.13' },
      locked: '==3.11.*',
      requires: '>=3.9',
      message: 'Pipfile.lock requires Python ==3.11.*, and python-version says 3.13',
      next: 'Set python-version to 3.11, for example.',
    },
    {
      name: 'its lock is older than what it requires',
      given: {},
      locked: '==3.11.*',
      requires: '>=3.12',
      message: 'Pipfile.lock is for Python ==3.11.*, and my-shop requires >=3.12',
      next: 'Make the lock again.',
    },
  ])('is refused before anything is built where $name', ({ given, locked, requires, message, next }) => {
    const both = { ...project, lock: { file: 'Pipfile.lock', texts: {} }, lockedPython: locked, requiresPython: requires }
    const error = userError(() => plan(given, contextWith(), { project: both }))
    expect([error.message, error.next]).toEqual([message, next])
  })

  const commitOf = (day: string) => ({ commit: { revision: 'a'.repeat(40), epoch: Date.parse(day) / 1000 } })

  test.each([
    { name: 'that of its Dockerfile, in which it runs elsewhere', tried: '3.12', version: '3.12', from: 'its Dockerfile' },
    { name: 'the default where it does not allow that of its Dockerfile', tried: '3.9', version: DEFAULT_PYTHON, from: 'the default' },
    { name: 'the default where its Dockerfile has one that we have not', tried: '3.6', version: DEFAULT_PYTHON, from: 'the default' },
    { name: 'the newest of the day of its commit', day: '2024-08-08', version: '3.12', from: 'the newest on 2024-08-08' },
    { name: 'the default on its first day', day: '2024-10-07', version: DEFAULT_PYTHON, from: 'the default' },
    { name: 'what its Dockerfile has, on any day', tried: '3.10', day: '2024-08-08', version: '3.10', from: 'its Dockerfile' },
    { name: 'what it requires, on a day before there was any', day: '2019-01-01', version: DEFAULT_PYTHON, from: 'requires-python >=3.10' },
    {
      name: 'the default by exclude-newer',
      day: '2024-08-08',
      given: { 'exclude-newer': '2026-01-01' },
      version: DEFAULT_PYTHON,
      from: 'the default',
    },
  ])('without a word of Python gets $name', ({ tried, day = '2026-01-02', given = {}, version, from }) => {
    const any = {
      ...project,
      requiresPython: '>=3.10',
      dockerfile: tried === undefined ? undefined : readOwnDockerfile(`FROM python:${tried}-slim`),
    }
    const { python, pythonFrom } = plan(given, contextWith(), { project: any, ...commitOf(day) })
    expect([python, pythonFrom]).toEqual([version, from])
  })

  test('whose files contradict is told the Python of its Dockerfile', () => {
    const any = {
      ...project,
      requiresPython: '>=3.8',
      python: { version: '3.6', from: 'runtime.txt' },
      dockerfile: readOwnDockerfile('FROM python:3.10'),
    }
    const error = userError(() => plan({}, contextWith(), { project: any, ...commitOf('2024-08-08') }))
    expect(error.next).toBe('Set python-version to 3.10, for example.')
  })

  test('is refused where it names a Python that is too old, unless a parent decides', () => {
    const old = { ...project, python: { version: '3.8', from: 'runtime.txt' } }
    const error = userError(() => plan({}, contextWith(), { project: old, ...commitOf('2022-11-01') }))
    expect([error.message, error.next]).toEqual([
      'runtime.txt says Python 3.8, and 3.9 is the oldest that is packaged',
      'Set python-version to 3.11, for example.',
    ])
    expect(plan({ 'parent-image': 'ubuntu:24.04' }, contextWith(), { project: old }).pythonFrom).toBe('parent-image')
  })

  test('gets the newest that the range in .python-version allows, within what it requires', () => {
    const ranged = { ...project, requiresPython: '<3.12', python: { version: '', range: '>=3.10', from: '.python-version' } }
    const { python, pythonFrom } = plan({}, contextWith(), { project: ranged })
    expect([python, pythonFrom]).toEqual(['3.11', '.python-version, which says >=3.10'])
    const none = { ...ranged, python: { ...ranged.python, range: '>=3.13' } }
    expect(userError(() => plan({}, contextWith(), { project: none })).message).toBe(
      '.python-version says Python >=3.13, and none of 3.9, 3.10, 3.11, 3.12, 3.13, 3.14 meets that and what the project requires',
    )
  })

  test('says what of .python-version is not read', () => {
    const unread = { ...project, unreadPython: ['"pypy3.10" in .python-version is not read'] }
    expect(plan({}, contextWith(), { project: unread }).notices).toContain('"pypy3.10" in .python-version is not read')
    expect(plan({ 'python-version': '3.12' }, contextWith(), { project: unread }).notices).not.toContain(unread.unreadPython[0])
  })

  test('gets what it pins in .python-version all the same', () => {
    const pinned = { ...project, requiresPython: '>=3.9', python: { version: '3.10', from: '.python-version' } }
    expect(plan({}, contextWith(), { project: pinned }).python).toBe('3.10')
  })

  test.each([
    {
      name: 'the input asks for an older one',
      given: { 'python-version': '3.11' },
      pinned: undefined,
      requires: '>=3.12',
      message: 'my-shop requires Python >=3.12, and python-version says 3.11',
      next: `Set python-version to ${DEFAULT_PYTHON}, for example.`,
    },
    {
      name: 'its own files contradict each other',
      given: {},
      pinned: { version: '3.13', from: '.python-version' },
      requires: '<3.12',
      message: 'my-shop requires Python <3.12, and .python-version says 3.13',
      next: 'Set python-version to 3.11, for example.',
    },
  ])('is refused before anything is built where $name', ({ given, pinned, requires, message, next }) => {
    const error = userError(() => plan(given, contextWith(), { project: { ...project, python: pinned, requiresPython: requires } }))
    expect([error.message, error.next]).toEqual([message, next])
  })
})

describe('the bound of resolving', () => {
  test.each([
    {
      name: 'is the day of the commit, then its moment',
      given: {},
      context: contextWith(),
      commit,
      day: '2026-01-31T00:00:00Z',
      moment: '2026-01-31T23:59:58Z',
    },
    {
      name: 'is now on a schedule',
      given: {},
      context: contextWith({ event: 'schedule' }),
      commit,
      day: '2026-11-22T00:00:00Z',
      moment: '2026-11-22T11:12:13Z',
    },
    {
      name: 'is now outside a repository',
      given: {},
      context: outsideGitHub(),
      commit: undefined,
      day: '2026-11-22T00:00:00Z',
      moment: '2026-11-22T11:12:13Z',
    },
    {
      name: 'is the day that was given',
      given: { 'exclude-newer': '2025-12-24' },
      context: contextWith(),
      commit,
      day: '2025-12-24T00:00:00Z',
      moment: '',
    },
    {
      name: 'is the moment that was given',
      given: { 'exclude-newer': '2025-12-24T18:00:00Z' },
      context: contextWith(),
      commit,
      day: '2025-12-24T18:00:00Z',
      moment: '',
    },
  ])('$name', ({ given, context, commit, day, moment }) => {
    expect(plan(given, context, { commit }).newest).toEqual({ day, moment })
  })
})

describe('the settings of the run', () => {
  const runner = { caBundle: '/etc/ca.pem', indexUrl: 'https://runner.example/simple', extraIndexUrls: ['https://extra.example/simple'] }
  const settings = {
    ca: '/etc/ca.pem',
    indexUrl: runner.indexUrl,
    extraIndexUrls: runner.extraIndexUrls,
    netrc: '',
    network: '',
    builder: '',
  }
  const netrc = 'machine own.example login ada password s3cret'
  test.each([
    { name: 'are the runner’s', given: {}, settings },
    {
      name: 'have the user’s index and network before the runner’s',
      given: { 'index-url': 'https://own.example/simple', 'build-network': 'host' },
      settings: { ...settings, indexUrl: 'https://own.example/simple', network: 'host' },
    },
    {
      name: 'have the user’s extra indexes in the place of all of the runner’s, in their order',
      given: { 'extra-index-urls': 'https://b.example\n  https://a.example\n' },
      settings: { ...settings, extraIndexUrls: ['https://b.example', 'https://a.example'] },
    },
    {
      name: 'have the project’s indexes after the user’s, each once',
      given: { 'extra-index-urls': 'https://b.example https://a.example' },
      project: ['https://c.example', 'https://b.example'],
      settings: { ...settings, extraIndexUrls: ['https://b.example', 'https://a.example', 'https://c.example'] },
    },
    { name: 'have the user’s logins', given: { 'index-credentials': netrc }, settings: { ...settings, netrc } },
    { name: 'take the default network for none', given: { 'build-network': 'default' }, settings },
  ])('$name', ({ given, settings, project = [] }) => {
    expect(plan(given, contextWith(), { runner: { ...runner, projectIndexUrls: project } }).settings).toEqual(settings)
  })
})

test('the week is that of the run, not of the commit', () => {
  expect(plan().week).toBe('2026-W47')
})

test('times and names of the commit are in the plan, and fixed ones where there is no commit', () => {
  expect([plan().revision, plan().epoch, plan().uid, plan().gid]).toEqual(['c0ffee', commit.epoch, 10001, 10001])
  const bare = plan({}, outsideGitHub(), { commit: undefined })
  expect([bare.revision, new Date(bare.epoch * 1000).toISOString()]).toEqual(['', '1980-01-01T00:00:00.000Z'])
})

describe('the Dockerfile of the project', () => {
  test('holds no address of an index, which may hold a password', () => {
    const given = {
      'index-url': 'https://ada:s3cret@own.example/simple',
      'extra-index-urls': 'https://bob:s3cret@b.example/simple',
      'index-credentials': 'machine own.example login ada password s3cret',
    }
    const text = renderProject(plan(given), [])
    expect(text).not.toMatch(/s3cret|(own|b)\.example/)
    expect(text).not.toBe(renderProject(plan({ 'index-url': 'https://ada:other@own.example/simple' }), []))
  })

  test('names the packages of the builder', () => {
    expect(renderProject(plan(), ['libpq-dev', 'libxml2-dev'])).toMatch(/AS builder\nRUN .* \\\n .* libpq-dev libxml2-dev\n/)
  })

  test('does not change with the event, the tags or the push', () => {
    expect(renderProject(plan({ push: 'true' }, onTag('v1.2.3')), [])).toBe(renderProject(plan(), []))
  })
})

describe('the version of the wheel', () => {
  const described = {
    revision: 'c0ffee0',
    nearest: { tag: 'v1.2.3', distance: 2, node: 'c0ffee0' },
    tag: 'elsewhere' as const,
    count: 3,
    changed: [],
    shallow: false,
    branch: 'main',
  }
  const fromGit = readVersionSource({ project: { dynamic: ['version'] }, tool: { pdm: { version: { source: 'scm' } } } }, '', '')
  const versioning = { source: fromGit, git: described, texts: new Map<string, string>() }
  const told = (given: Readonly<Record<string, string>>, context = contextWith()) => plan(given, context, { versioning }).ownVersion.env

  test.each([
    { name: "is git's on a branch", given: {}, context: contextWith(), version: '1.2.4.dev2+gc0ffee0' },
    { name: "is git's on a tag", given: {}, context: onTag('v2.0'), version: '1.2.4.dev2+gc0ffee0' },
    { name: "is the tag's by set-version", given: { 'set-version': 'true' }, context: onTag('my-shop-v2.0'), version: '2.0' },
    {
      name: 'is that of the input by set-version',
      given: { 'set-version': 'true', version: '3.1' },
      context: onTag('v2.0'),
      version: '3.1',
    },
    { name: 'is not that of the input alone', given: { version: '3.1' }, context: contextWith(), version: '1.2.4.dev2+gc0ffee0' },
    {
      name: "is git's on a branch with set-version",
      given: { 'set-version': 'true' },
      context: contextWith(),
      version: '1.2.4.dev2+gc0ffee0',
    },
  ])('$name', ({ given, context, version }) => {
    expect(told(given, context)).toEqual({ PDM_BUILD_SCM_VERSION: version })
  })

  test('cannot be set from a tag that holds none: an error, not silence', () => {
    expect(userError(() => told({ 'set-version': 'true' }, onTag('backend-v2.22.0'))).message).toBe(
      'set-version is set, and no version is read in the tag backend-v2.22.0',
    )
    const rule = { tags: 'type=pep440,pattern={{version}},match=^backend-v(.+)$' }
    expect(told({ 'set-version': 'true', ...rule }, onTag('backend-v2.22.0'))).toEqual({ PDM_BUILD_SCM_VERSION: '2.22.0' })
  })

  test('cannot be one that Python does not have', () => {
    expect(userError(() => told({ 'set-version': 'true' }, onTag('v2.0.0-next.1'))).message).toMatch(
      /2\.0\.0-next\.1 is not a version of Python/,
    )
  })

  test('is not set on a branch, and a notice says so', () => {
    expect(plan({ 'set-version': 'true' }, contextWith({ owner: 'acme' }), { versioning }).notices).toEqual([
      'set-version is without effect: this run is for no tag, and version is not set.',
    ])
  })

  test('is in the step that builds the wheel, and nowhere else', () => {
    const text = renderProject(plan({}, contextWith(), { versioning }), [])
    const lines = text.split('\n').filter((line) => line.includes('PDM_BUILD_SCM_VERSION'))
    expect(lines).toEqual([
      expect.stringMatching(/^ +PDM_BUILD_SCM_VERSION=1\.2\.4\.dev2\+gc0ffee0 SOURCE_DATE_EPOCH=\d+ python \/mnt\/build\.py/),
    ])
  })

  test('is told in notices too', () => {
    const shallow = { ...versioning, git: { ...described, nearest: undefined, shallow: true } }
    expect(plan({}, contextWith(), { versioning: shallow }).notices.join()).toContain('fetch-depth: 0')
  })
})
