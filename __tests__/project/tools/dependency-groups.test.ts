import { describe, expect, test } from '@jest/globals'
import { readToml } from '../../../src/project/toml.ts'
import { readGroups } from '../../../src/project/tools/dependency-groups.ts'
import { userError } from '../../support/values.ts'

const groups = (text: string) => readGroups(readToml('pyproject.toml', `[dependency-groups]\n${text}`))

describe('a dependency group', () => {
  test.each([
    { name: 'lists requirements', text: 'test = ["pytest>=8", "coverage"]', found: { test: ['pytest>=8', 'coverage'] } },
    { name: 'is known by its normalised name', text: '"Type_Check" = ["mypy"]', found: { 'type-check': ['mypy'] } },
    {
      name: 'includes others, whatever their spelling',
      text: 'a = ["x"]\nb-1 = [{include-group = "A"}, "y"]\nc = [{include-group = "B_1"}]',
      found: { a: ['x'], 'b-1': ['x', 'y'], c: ['x', 'y'] },
    },
    { name: 'may be empty', text: 'a = []', found: { a: [] } },
  ])('$name', ({ text, found }) => {
    expect(groups(text)).toEqual(found)
  })

  test.each([
    {
      name: 'includes itself',
      text: 'a = [{include-group = "b"}]\nb = [{include-group = "a"}]',
      cause: 'the dependency group a includes itself (a → b → a)',
    },
    { name: 'includes one that is not there', text: 'tests = []\na = [{include-group = "test"}]', cause: 'did you mean "tests"?' },
    { name: 'holds a number', text: 'a = [1]', cause: 'neither a requirement nor an include' },
  ])('is refused where it $name', ({ text, cause }) => {
    expect(userError(() => groups(text)).message).toContain(cause)
  })
})

test('the older tables of uv and PDM are groups too', () => {
  const text = `[dependency-groups]
Dev = ["pytest"]
[tool.uv]
dev-dependencies = ["ruff"]
[tool.pdm.dev-dependencies]
test = ["coverage[toml]>=7", "-e file:///\${PROJECT_ROOT}/../libs/core#egg=core", "-e git+https://git.example/x.git@v1#egg=x[fast]"]
`
  expect(readGroups(readToml('pyproject.toml', text))).toEqual({
    dev: ['pytest', 'ruff'],
    test: ['coverage[toml]>=7', 'core @ file:///srv/libs/core', 'x[fast] @ git+https://git.example/x.git@v1'],
  })
  const nameless = readToml('pyproject.toml', '[tool.pdm.dev-dependencies]\na = ["-e ./core"]\n')
  expect(userError(() => readGroups(nameless)).message).toBe('the group a of PDM holds "-e ./core", which tells no name')
})
