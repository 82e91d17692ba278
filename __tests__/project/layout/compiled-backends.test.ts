import { describe, expect, test } from '@jest/globals'
import { readProject } from '../../../src/project/project.ts'

const POETRY = '[tool.poetry]\nname = "fast"\nversion = "1"\n[tool.poetry.build]\nscript = "build.py"\n'
const backend = (name: string) => `[project]\nname = "fast"\n[build-system]\nrequires = ["${name}"]\nbuild-backend = "x"\n`

describe('a wheel is built where there is a compiler', () => {
  const rows: readonly { name: string; texts: Readonly<Record<string, string>>; files?: readonly string[]; compiled: boolean }[] = [
    {
      name: 'with an extension in the build script of Poetry',
      texts: { 'pyproject.toml': POETRY, 'build.py': 'Extension("fast._speed", ["fast/_speed.c"], optional=True)\n' },
      compiled: true,
    },
    {
      name: 'with C beside a build script',
      texts: { 'pyproject.toml': POETRY, 'build.py': 'make()\n' },
      files: ['fast/_speed.c'],
      compiled: true,
    },
    {
      name: 'with C beside a hook of hatch',
      texts: { 'pyproject.toml': backend('hatchling'), 'hatch_build.py': '' },
      files: ['fast/a.pyx'],
      compiled: true,
    },
    {
      name: 'with C beside a hook of PDM',
      texts: { 'pyproject.toml': backend('pdm-backend'), 'pdm_build.py': '' },
      files: ['src/a.cpp'],
      compiled: true,
    },
    { name: 'with C beside a setup.py that hides it', texts: { 'setup.py': 'setup(**kwargs())\n' }, files: ['fast/a.c'], compiled: true },
    { name: 'by mypyc through hatch', texts: { 'pyproject.toml': backend('hatch-mypyc') }, compiled: true },
    {
      name: 'not with C that no code builds',
      texts: { 'pyproject.toml': backend('hatchling') },
      files: ['firmware/main.c'],
      compiled: false,
    },
    { name: 'not with C of tests and examples', texts: { 'setup.py': 'setup()\n' }, files: ['tests/a.c', 'examples/a.c'], compiled: false },
    {
      name: 'not with a hook alone',
      texts: { 'pyproject.toml': backend('hatchling'), 'hatch_build.py': 'write_version()\n' },
      compiled: false,
    },
  ]
  test.each(rows)('$name', ({ texts, files = [], compiled }) => {
    const tree = { folder: '.', files: [...Object.keys(texts), ...files], texts: new Map(Object.entries(texts)) }
    expect(readProject(tree, 'x').compiled).toBe(compiled)
  })
})
