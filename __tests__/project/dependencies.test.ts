import { describe, expect, test } from '@jest/globals'
import { asksBackend, chooseDependencies, staticallyUnknown, unknownNames } from '../../src/project/dependencies.ts'
import type { Requirements } from '../../src/project/metadata.ts'
import { readProject } from '../../src/project/project.ts'
import { userError } from '../support/values.ts'

function project(texts: Readonly<Record<string, string>>, given: readonly string[] = [], wheel: 'auto' | 'never' = 'auto') {
  return readProject({ folder: '.', files: Object.keys(texts), texts: new Map(Object.entries(texts)) }, 'shop', {
    requirements: given ?? [],
    wheel,
  })
}

function metadata(requires: readonly string[], extras: readonly string[] = []): Requirements {
  return { name: 'shop', summary: '', license: '', requiresPython: '', requires, extras }
}

const METADATA = "the project's metadata"
const HASHED = `django==5 --hash=sha256:${'0'.repeat(64)}`
const SETUP = { 'setup.py': 'setup(name="shop")' }

describe('the dependencies', () => {
  test.each([
    { name: 'are those of the metadata', texts: SETUP, says: metadata(['django']), lines: ['django'], from: METADATA },
    {
      name: 'are those of the metadata where requirements.txt lies beside it, and the log says so',
      texts: { ...SETUP, 'requirements.txt': 'flask' },
      says: metadata(['django', 'redis']),
      lines: ['django', 'redis'],
      from: METADATA,
      choice: 'The dependencies are the 2 of setup.py, not those of requirements.txt (the input requirements would choose that).',
    },
    {
      name: 'are told by the file that says them, where pyproject.toml only names the backend',
      texts: {
        'pyproject.toml': '[build-system]\nrequires = ["setuptools"]\n',
        'setup.cfg': '[options]\ninstall_requires =\n  a\n',
        'requirements.txt': 'flask',
      },
      says: metadata(['a']),
      lines: ['a'],
      from: METADATA,
      choice: 'The dependencies are the 1 of setup.cfg, not those of requirements.txt (the input requirements would choose that).',
    },
    {
      name: 'are those of the metadata that setup.py makes from requirements.txt, and nothing is left aside',
      texts: { 'setup.py': 'setup(install_requires=open("requirements.txt").readlines())', 'requirements.txt': 'flask' },
      says: metadata(['flask']),
      lines: ['flask'],
      from: METADATA,
    },
    {
      name: 'are those that pbr reads from requirements.txt',
      texts: { 'setup.py': 'setup(setup_requires=["pbr>=2"], pbr=True)', 'requirements.txt': 'flask' },
      says: metadata(['flask']),
      lines: ['flask'],
      from: METADATA,
    },
    {
      name: 'may be locked by requirements.txt with hashes beside the metadata',
      texts: { ...SETUP, 'requirements.txt': HASHED },
      says: metadata(['django']),
      lines: ['django'],
      from: METADATA,
      offered: { file: 'requirements.txt', texts: { 'requirements.txt': HASHED } },
    },
    {
      name: 'are locked by the lock that is there, whatever hashes requirements.txt has',
      texts: { ...SETUP, 'pylock.toml': 'lock-version = "1.0"', 'requirements.txt': HASHED },
      says: metadata(['django']),
      lines: ['django'],
      from: METADATA,
      choice: 'The dependencies are those of pylock.toml, not those of requirements.txt (the input requirements would choose that).',
    },
    {
      name: 'are those of requirements.txt where the metadata is a decoy, and the log says so',
      texts: { ...SETUP, 'requirements.txt': 'flask\n-c c.txt\n', 'c.txt': 'flask<4' },
      says: metadata(["redis ; extra == 'cache'"], ['cache']),
      extras: ['cache'],
      lines: ['flask', 'redis'],
      constraints: ['flask<4'],
      from: 'requirements.txt, c.txt',
      choice:
        'setup.py requires nothing, so the dependencies are those of requirements.txt, c.txt (the input requirements names other files).',
    },
    {
      name: 'are none where neither names any',
      texts: { ...SETUP, 'requirements.txt': '# none' },
      says: metadata([]),
      lines: [],
      from: METADATA,
      choice: 'The dependencies are the 0 of setup.py, not those of requirements.txt (the input requirements would choose that).',
    },
    {
      name: 'are those of the files that the user names, and those of the metadata with its extras',
      texts: { ...SETUP, 'deploy.txt': 'flask' },
      given: ['deploy.txt'],
      says: metadata(['django', "redis ; extra == 'cache'"], ['cache']),
      extras: ['cache'],
      lines: ['flask', 'django', 'redis'],
      from: 'deploy.txt',
      choice: 'The dependencies are those of deploy.txt, and the 1 of setup.py.',
    },
    {
      name: 'are both where requirements.txt names the project itself, with the extra that it wants',
      texts: { ...SETUP, 'requirements.txt': '-e .[Server]\nredis==5.0.8\n' },
      says: metadata(['flask', "gunicorn ; extra == 'server'"], ['server']),
      lines: ['redis==5.0.8', 'flask', 'gunicorn'],
      from: 'requirements.txt',
      choice: 'The dependencies are those of requirements.txt, which names the project itself, and the 1 of setup.py.',
    },
    {
      name: 'are both where pip freeze wrote the project with its repository, which is not asked for it',
      texts: { ...SETUP, 'requirements.txt': '-e git+https://git.example/shop.git@c0ffee#egg=shop[server]\nredis==5\n' },
      says: metadata(['flask', "gunicorn ; extra == 'server'"], ['server']),
      lines: ['redis==5', 'flask', 'gunicorn'],
      from: 'requirements.txt',
      choice: 'The dependencies are those of requirements.txt, which names the project itself, and the 1 of setup.py.',
    },
    {
      name: 'are those of the metadata where a requirements file that does not count cannot be read',
      texts: { ...SETUP, 'requirements.txt': '-c https://index.example/constraints.txt\n' },
      says: metadata(['django']),
      lines: ['django'],
      from: METADATA,
      choice: 'The dependencies are the 1 of setup.py, not those of requirements.txt (the input requirements would choose that).',
    },
    {
      name: 'are those of one of several files that are no part of each other, and the log says so',
      texts: { 'requirements.txt': '-r requirements/base.txt', 'requirements/base.txt': 'flask', 'requirements/prod.txt': 'gunicorn' },
      says: metadata([]),
      lines: ['flask'],
      from: 'requirements.txt, requirements/base.txt',
      choice:
        'The dependencies are those of requirements.txt, requirements/base.txt, not of requirements/prod.txt (the input requirements names other files).',
    },
    {
      name: 'are those of requirements.txt where there is no metadata',
      texts: { 'requirements.txt': 'flask' },
      says: metadata([]),
      lines: ['flask'],
      from: 'requirements.txt',
    },
    {
      name: 'are all extras where all are asked for',
      texts: SETUP,
      says: metadata(["a ; extra == 'x'", "b ; extra == 'y'"], ['x', 'y']),
      extras: ['all'],
      lines: ['a', 'b'],
      from: METADATA,
    },
    {
      name: 'are those of the extra named all where the project has one',
      texts: SETUP,
      says: metadata(["a ; extra == 'x'", "b ; extra == 'all'"], ['x', 'all']),
      extras: ['all'],
      lines: ['b'],
      from: METADATA,
    },
    {
      name: 'have the groups that are asked for',
      texts: { ...SETUP, 'pyproject.toml': '[dependency-groups]\nlint = ["ruff"]\ntest = ["pytest"]\n' },
      says: metadata(['django']),
      groups: ['test'],
      lines: ['django', 'pytest'],
      from: METADATA,
    },
  ])('$name', ({ texts, given, says, extras = [], groups = [], lines, constraints = [], from, offered, choice }) => {
    expect(chooseDependencies(project(texts, given), says, { extras, groups })).toEqual({
      lines,
      constraints,
      byFiles: from !== METADATA,
      from,
      offered,
      choice,
    })
  })
})

describe('a name that is known to be wrong before anything is built', () => {
  test.each<{ name: string; texts: Readonly<Record<string, string>>; given?: readonly string[]; causes: readonly string[] }>([
    {
      name: 'is an extra of requirements files alone',
      texts: { 'requirements.txt': 'six' },
      causes: ['shop has no extra "cache" (it has none)'],
    },
    { name: 'is none that setup.py may have', texts: { ...SETUP, 'requirements.txt': 'six' }, given: ['requirements.txt'], causes: [] },
    { name: 'is none of a lock', texts: { 'pylock.toml': 'lock-version = "1.0"\n', 'requirements.txt': 'six' }, causes: [] },
  ])('$name', ({ texts, given, causes }) => {
    expect(staticallyUnknown(project(texts, given), {}, { extras: ['cache'], groups: [] }).map(({ cause }) => cause)).toEqual(causes)
  })
})

describe('a name that is not known', () => {
  const shop = project({ ...SETUP, 'pyproject.toml': '[dependency-groups]\ntests = []\n' })
  test.each([
    {
      name: 'is an extra',
      extras: ['cach'],
      groups: [],
      said: { kind: 'extra', cause: 'shop has no extra "cach" (it has cache)', near: 'cache' },
    },
    {
      name: 'is a group',
      extras: [],
      groups: ['test'],
      said: { kind: 'dependency group', cause: 'shop has no dependency group "test" (it has tests)', near: 'tests' },
    },
  ])('$name', ({ extras, groups, said }) => {
    expect(unknownNames({ project: shop, metadata: metadata([], ['cache']) }, { extras, groups })).toEqual([said])
  })

  test('is not one that only the lock knows', () => {
    const only = { extras: ['fast'], groups: ['dev'] }
    expect(unknownNames({ project: shop, metadata: metadata([], []), locked: only }, only)).toEqual([])
  })

  test('is not one that is there, nor all', () => {
    expect(unknownNames({ project: shop, metadata: metadata([], ['cache']) }, { extras: ['cache', 'all'], groups: ['tests'] })).toEqual([])
  })
})

describe('the backend of a project that goes without its wheel', () => {
  const legacy = { 'pyproject.toml': '[build-system]\nrequires = ["setuptools"]\n', 'setup.cfg': '[options]\ninstall_requires = flask\n' }
  const modern = '[project]\nname = "shop"\n[build-system]\nrequires = ["setuptools"]\n'
  const refused = `${modern.replace('\n[', '\ndynamic = ["dependencies"]\n[')}[tool.uv]\npackage = false\n`
  test.each([
    { name: 'is asked where setup.cfg holds the metadata', texts: legacy, asked: true },
    { name: 'is asked where setup.py does', texts: { 'setup.py': 'setup(install_requires=read())' }, asked: true },
    { name: 'is asked where requirements files name the project', texts: { ...legacy, 'requirements.txt': '-e .[all]\n' }, asked: true },
    { name: 'is not asked where they say what it takes', texts: { ...legacy, 'requirements.txt': 'flask\n' }, asked: false },
    { name: 'is not asked beside a lock', texts: { ...legacy, 'pylock.toml': 'lock-version = "1.0"' }, asked: false },
    { name: 'is not asked where pyproject.toml tells', texts: { 'pyproject.toml': modern }, asked: false },
    { name: 'is not asked where it would build nothing', texts: { 'pyproject.toml': refused }, asked: false },
  ])('$name', ({ texts, asked }) => {
    expect(asksBackend(project(texts, [], 'never'))).toBe(asked)
    expect(asksBackend(project(texts))).toBe(false)
  })
})

test('dependencies that only a backend knows are an error where it is not asked, but for a lock and named files', () => {
  const texts = { 'pyproject.toml': '[project]\nname = "shop"\ndynamic = ["dependencies"]\n[tool.uv]\npackage = false\n' }
  const error = userError(() => chooseDependencies(project(texts), metadata([]), { extras: [], groups: [] }))
  expect(error.message).toBe(
    'pyproject.toml leaves its dependencies to the build backend (dynamic), which is not asked, as [tool.uv] package is false',
  )
  const locked = { ...texts, 'pylock.toml': 'lock-version = "1.0"' }
  expect(chooseDependencies(project(locked), metadata([]), { extras: [], groups: [] }).lines).toEqual([])
  const named = { ...texts, 'deploy.txt': 'flask' }
  expect(chooseDependencies(project(named, ['deploy.txt']), metadata([]), { extras: [], groups: [] }).lines).toEqual(['flask'])
})
