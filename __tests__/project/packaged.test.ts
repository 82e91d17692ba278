import { describe, expect, test } from '@jest/globals'
import { requirementsFor } from '../../src/project/metadata.ts'
import { sourceOnlyReason, staticMetadata } from '../../src/project/packaged.ts'
import { readToml } from '../../src/project/toml.ts'

const PROJECT = '[project]\nname = "shop"\nversion = "1"\n'

describe('a project with a pyproject.toml', () => {
  test.each([
    { name: 'has a wheel with a [build-system]', text: `${PROJECT}[build-system]\nrequires = ["hatchling"]\n`, files: ['manage.py'] },
    { name: 'has a wheel with a package in src/', text: PROJECT, files: ['src/shop/__init__.py'] },
    { name: 'has a wheel with one package beside tests', text: PROJECT, files: ['shop/__init__.py', 'tests/__init__.py'] },
    { name: 'has a wheel with a setup.py', text: PROJECT, files: ['setup.py', 'a/__init__.py', 'b/__init__.py'] },
    { name: 'has a wheel where uv is told so', text: `${PROJECT}[tool.uv]\npackage = true\n`, files: ['main.py'] },
    {
      name: 'is source where uv is told so',
      text: `${PROJECT}[build-system]\n[tool.uv]\npackage = false\n`,
      files: ['src/shop/__init__.py'],
      reason: '[tool.uv] package is false',
    },
    {
      name: 'is source where poetry is told so',
      text: '[tool.poetry]\npackage-mode = false\n[build-system]\n',
      files: [],
      reason: '[tool.poetry] package-mode is false',
    },
    {
      name: 'is source where pdm is told so',
      text: `${PROJECT}[tool.pdm]\ndistribution = false\n`,
      files: ['src/shop/__init__.py'],
      reason: '[tool.pdm] distribution is false',
    },
    { name: 'is source with modules alone', text: PROJECT, files: ['main.py'], reason: 'pyproject.toml has no [build-system]' },
    {
      name: 'is source with several packages',
      text: PROJECT,
      files: ['a/__init__.py', 'b/__init__.py'],
      reason: 'pyproject.toml has no [build-system]',
    },
    {
      name: 'is source as a Django site',
      text: PROJECT,
      files: ['shop/__init__.py', 'manage.py'],
      reason: 'pyproject.toml has no [build-system]',
    },
    {
      name: "is source as uv's application",
      text: PROJECT,
      files: ['shop/__init__.py', 'uv.lock'],
      reason: 'pyproject.toml has no [build-system]',
    },
  ])('$name', ({ text, files, reason }) => {
    expect(sourceOnlyReason(readToml('pyproject.toml', text), files)).toBe(reason)
  })
})

test('what pyproject.toml says of a project without a wheel is what its METADATA would say', () => {
  const metadata = staticMetadata(
    readToml(
      'pyproject.toml',
      `${PROJECT}requires-python = ">=3.11"\ndependencies = ["django"]\n[project.optional-dependencies]\nX_Y = ["redis", "uvloop ; sys_platform != 'win32' or python_version < '3'"]\n`,
    ),
    'folder',
  )
  expect(metadata).toMatchObject({ name: 'shop', requiresPython: '>=3.11', extras: ['x-y'] })
  expect(requirementsFor(metadata, [])).toEqual(['django'])
  expect(requirementsFor(metadata, ['x-y'])).toEqual([
    'django',
    'redis',
    "uvloop ; (sys_platform != 'win32' or python_version < '3') and python_version >= '3'",
  ])
})
