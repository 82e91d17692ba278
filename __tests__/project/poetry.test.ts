import { describe, expect, test } from '@jest/globals'
import { requirementsFor } from '../../src/project/metadata.ts'
import { staticMetadata } from '../../src/project/packaged.ts'
import { poetryGroups, poetryMetadata, poetryPython } from '../../src/project/poetry.ts'
import { readRequirement } from '../../src/project/requirement.ts'
import { readToml, tableAt } from '../../src/project/toml.ts'
import { userError } from '../support/values.ts'

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

test('the Pythons of a Poetry project are a specifier, or several', () => {
  expect(poetryPython(poetry('python = "^3.9"'))).toBe('>=3.9,<4')
  expect(poetryPython(poetry('python = "<3.9 || >3.10"'))).toBe('<3.9 || >3.10')
  expect(poetryPython(poetry('six = "*"'))).toBeUndefined()
})

test('a [project] table goes before that of Poetry', () => {
  const both = readToml('pyproject.toml', '[project]\nname = "shop"\ndependencies = ["six"]\n[tool.poetry.dependencies]\nidna = "*"\n')
  expect(staticMetadata(both, 'shop').requires).toEqual(['six'])
})
