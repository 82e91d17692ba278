import { describe, expect, test } from '@jest/globals'
import { staticMetadata } from '../../../src/project/layout/package-discovery.ts'
import { requirementsFor } from '../../../src/project/metadata.ts'
import { holds } from '../../../src/project/requirements/marker.ts'
import { readRequirement } from '../../../src/project/requirements/requirement.ts'
import { readToml, tableAt } from '../../../src/project/toml.ts'
import { sourcedNames, sourcesOf } from '../../../src/project/tools/dependency-sources.ts'
import { conditionOf, poetryGroups, poetryMetadata, poetryPython } from '../../../src/project/tools/poetry-project.ts'
import { fixtureText, linux } from '../../support/locks.ts'
import { userError } from '../../support/values.ts'

function poetry(dependencies: string, more = '') {
  return tableAt(readToml('pyproject.toml', `[tool.poetry.dependencies]\n${dependencies}\n${more}`), 'tool', 'poetry')
}

describe('a dependency of Poetry is the requirement', () => {
  test.each([
    { name: 'of any version', written: 'six = "*"', line: 'six' },
    { name: 'of a compatible one', written: 'Django = "^4.2"', line: 'django>=4.2,<5' },
    { name: 'of a compatible patch', written: 'six = "~1.16"', line: 'six>=1.16,<1.17' },
    { name: 'of an exact one', written: 'six = "1.16.0"', line: 'six==1.16.0' },
    { name: 'of a range', written: 'six = ">=1.15, <2"', line: 'six>=1.15,<2' },
    { name: 'with extras', written: 'uvicorn = { version = "^0.30", extras = ["standard"] }', line: 'uvicorn[standard]>=0.30,<0.31' },
    {
      name: 'with a marker',
      written: 'six = { version = "*", markers = "os_name == \'nt\' or extra == \'x\'" }',
      line: "six ; os_name == 'nt' or extra == 'x'",
    },
    {
      name: 'for some Pythons and a platform',
      written: 'six = { version = "*", python = "<3.9 || ^3.12", platform = "linux" }',
      line: "six ; (python_full_version < '3.9' or python_full_version >= '3.12' and python_full_version < '4') and sys_platform == 'linux'",
    },
    {
      name: 'of a repository',
      written: 'gl = { git = "https://git.example/gl.git", tag = "v3", subdirectory = "python" }',
      line: 'gl @ git+https://git.example/gl.git@v3#subdirectory=python',
    },
    {
      name: 'of a repository by ssh',
      written: 'gl = { git = "git@git.example:acme/gl.git", branch = "main" }',
      line: 'gl @ git+ssh://git@git.example/acme/gl.git@main',
    },
    { name: 'of a folder', written: 'billing = { path = "../libs/billing", develop = true }', line: 'billing @ ./../libs/billing' },
    { name: 'of an archive', written: 'x = { url = "https://files.example/x-1.tar.gz" }', line: 'x @ https://files.example/x-1.tar.gz' },
  ])('$name', ({ written, line }) => {
    expect(poetryMetadata(poetry(`python = "^3.9"\n${written}`)).requires).toEqual([line])
    expect(() => readRequirement(line)).not.toThrow()
  })

  test('of several ranges, each where its marker says', () => {
    const table = poetry('six = [{ version = "1.15.0", python = "<3.9" }, { version = "^1.16", python = ">=3.9" }]')
    expect(poetryMetadata(table).requires).toEqual([
      "six==1.15.0 ; python_full_version < '3.9'",
      "six>=1.16,<2 ; python_full_version >= '3.9'",
    ])
  })

  test('and one that no requirement can say is an error that asks for a lock', () => {
    const error = userError(() => poetryMetadata(poetry('six = "<1.10 || >1.12"')))
    expect(error.message).toBe('six = "<1.10 || >1.12" in [tool.poetry] is nothing that a requirement can say without a lock')
    expect(error.next).toContain('poetry lock')
  })
})

test('what is optional is installed for its extras alone', () => {
  const metadata = poetryMetadata(
    poetry(
      'six = "*"\nredis = { version = "^5", optional = true }\nlost = { version = "*", optional = true }',
      '[tool.poetry.extras]\nCa_che = ["redis"]\n',
    ),
  )
  expect(metadata.extras).toEqual(['ca-che'])
  expect(requirementsFor(metadata, [])).toEqual(['six'])
  expect(requirementsFor(metadata, ['ca-che'])).toEqual(['six', 'redis>=5,<6'])
})

test('groups have their names, the one of old too', () => {
  const groups = '[tool.poetry.group.Test_It.dependencies]\npytest = "^8"\n[tool.poetry.dev-dependencies]\nblack = "*"\n'
  expect(poetryGroups(poetry('', groups))).toEqual({ 'test-it': ['pytest>=8,<9'], dev: ['black'] })
})

test('groups include others, of [dependency-groups] too', () => {
  const groups =
    '[tool.poetry.group.test.dependencies]\npytest = "^8"\n[tool.poetry.group.Dev]\ninclude-groups = ["test", "docs"]\n[tool.poetry.group.Dev.dependencies]\nblack = "*"\n'
  expect(poetryGroups(poetry('', groups), false, { docs: ['sphinx'] }).dev).toEqual(['black', 'pytest>=8,<9', 'sphinx'])
  expect(userError(() => poetryGroups(poetry('', '[tool.poetry.group.a]\ninclude-groups = ["b"]\n'))).message).toBe(
    'the group a of Poetry includes "b", which is not there',
  )
})

test('the Pythons of a Poetry project are a specifier, or several', () => {
  expect(poetryPython(poetry('python = "^3.9"'))).toBe('>=3.9,<4')
  expect(poetryPython(poetry('python = "<3.9 || >3.10"'))).toBe('<3.9 || >3.10')
  expect(poetryPython(poetry('six = "*"'))).toBeUndefined()
})

// What poetry-core 2.5.0 makes of each: Factory().create_poetry(folder).package, its all_requires and extras.
describe('of [project] and the table of Poetry', () => {
  const table = '[tool.poetry.dependencies]\nshared = { path = "../../libs/shared" }\nextra = "^1"\n'
  test.each([
    { name: 'the first alone says what is required', project: 'dependencies = ["flask", "shared"]', requires: ['flask', 'shared'] },
    {
      name: 'the second says it where the dependencies are dynamic',
      project: 'dynamic = ["dependencies"]',
      requires: ['shared @ ./../../libs/shared', 'extra>=1,<2'],
    },
    { name: 'the second says it where the first says nothing', project: '', requires: ['shared @ ./../../libs/shared', 'extra>=1,<2'] },
    {
      name: 'the first says the extras, and the second what is dynamic',
      project: 'dynamic = ["dependencies"]\noptional-dependencies = { x = ["six"] }',
      requires: ['shared @ ./../../libs/shared', 'extra>=1,<2', "six ; extra == 'x'"],
    },
    {
      name: 'the first says the extras alone',
      project: 'optional-dependencies = { x = ["six"] }',
      requires: ["six ; extra == 'x'"],
    },
    { name: 'the first says that nothing is required', project: 'dependencies = []', requires: [] },
  ])('$name', ({ project, requires }) => {
    expect(staticMetadata(readToml('pyproject.toml', `[project]\nname = "api"\n${project}\n${table}`), 'api').requires).toEqual(requires)
  })

  test('the second tells where packages come from', () => {
    const text = `[project]\nname = "api"\ndependencies = ["shared", "git", "web", "six", "file"]\n[tool.poetry.dependencies]\nshared = { path = "../libs/shared", subdirectory = "py" }\ngit = { git = "git@git.example:acme/gl.git", tag = "v3" }\nweb = { url = "https://files.example/w.zip" }\nsix = [{ source = "a", python = "<3.12" }, { path = "./six", python = ">=3.12" }]\nfile = { file = "x-1.whl" }\n[tool.poetry.group.dev.dependencies]\nlint = { path = "lint" }\n`
    const member = { pyproject: readToml('pyproject.toml', text), folder: '/w/api', root: undefined }
    const of = (groups: readonly string[], python = '3.13.1') =>
      sourcesOf(member, { environment: linux(python), chosen: { extras: [], groups } })
    const sources = of([])
    expect([...sourcedNames(member)]).toEqual(['shared', 'git', 'web', 'six', 'file', 'lint'])
    expect(sources('shared')).toEqual({ kind: 'local', source: { kind: 'directory', path: '../libs/shared/py' }, base: '/w/api' })
    expect(sources('git')).toMatchObject({ source: { kind: 'git', url: 'ssh://git@git.example/acme/gl.git', revision: 'v3' } })
    expect(sources('web')).toEqual({ kind: 'address', url: 'https://files.example/w.zip' })
    expect([sources('six'), of([], '3.11.1')('six')]).toEqual([
      { kind: 'local', source: { kind: 'directory', path: 'six' }, base: '/w/api' },
      { kind: 'index', index: 'a' },
    ])
    expect([sources('lint'), of(['dev'])('lint')]).toEqual([
      undefined,
      { kind: 'local', source: { kind: 'directory', path: 'lint' }, base: '/w/api' },
    ])
    expect(sources('file')).toEqual({ kind: 'file', path: 'x-1.whl', base: '/w/api' })
  })

  test('a name with dots and without quotes is refused, as Poetry does', () => {
    const error = userError(() => poetryMetadata(poetry('acme.billing = { path = "../billing" }')))
    expect([error.message, error.next]).toEqual([
      'acme in [tool.poetry] has the key "billing", which is not understood',
      'Fix it: a name with dots stands in quotes ("acme.billing").',
    ])
  })

  test('what no requirement line says is left to a lock where there is one', () => {
    expect(poetryMetadata(poetry('six = "<1.10 || >1.12"'), true).requires).toEqual(['six'])
  })
})

test('a [project] table goes before that of Poetry', () => {
  const both = readToml('pyproject.toml', '[project]\nname = "shop"\ndependencies = ["six"]\n[tool.poetry.dependencies]\nidna = "*"\n')
  expect(staticMetadata(both, 'shop').requires).toEqual(['six'])
})

// What poetry-core says of them; fixtures/locks/ask_pythons.py asks it.
const PYTHONS = JSON.parse(fixtureText('pythons.json')) as readonly { readonly python: string; readonly on: readonly string[] }[]

test.each(PYTHONS)('python = "$python" counts on $on', ({ python, on }) => {
  const marker = conditionOf({ python })
  const nothing = { extras: [], groups: [] }
  expect(['3.10.4', '3.11.0', '3.11.2', '3.12.1'].filter((full) => holds(marker, linux(full), nothing))).toEqual(on)
})
