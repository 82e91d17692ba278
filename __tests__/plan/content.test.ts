import { describe, expect, test } from '@jest/globals'
import { leftOut } from '../../src/plan/content.ts'

const SOURCE = [
  'setup.py',
  'polls/__init__.py',
  'polls/views.py',
  'polls/templates/polls/index.html',
  'polls/static/polls/style.css',
  'polls/schema.json',
]
const CODE = ['polls/__init__.py', 'polls/views.py', 'polls-1.dist-info/RECORD']
const SETUPTOOLS = ['setuptools>=40.8.0']

describe('files of a package that are not in its wheel', () => {
  test.each([
    {
      name: 'are templates, static files and data, mended by package_data',
      found: ['polls/templates/polls/index.html', 'polls/static/polls/style.css', 'polls/schema.json'],
      lines: ['setup(): package_data={"polls": ["templates/**", "static/**", "**"]}'],
    },
    {
      name: 'are mended by MANIFEST.in where setup.py includes what that names',
      definition: 'setup(include_package_data=True)',
      found: ['polls/templates/polls/index.html', 'polls/static/polls/style.css', 'polls/schema.json'],
      lines: [
        'MANIFEST.in: recursive-include polls/templates *',
        'MANIFEST.in: recursive-include polls/static *',
        'MANIFEST.in: recursive-include polls *',
      ],
    },
    {
      name: 'are mended by MANIFEST.in where pyproject.toml has the metadata: setuptools then includes what that names',
      source: ['src/polls/__init__.py', 'src/polls/templates/a.html'],
      wheel: ['polls/__init__.py'],
      definition: '[project]\nname = "polls"',
      found: ['src/polls/templates/a.html'],
      lines: ['MANIFEST.in: recursive-include src/polls/templates *'],
    },
    {
      name: 'are artifacts for hatchling, which leaves out what git ignores',
      requires: ['hatchling'],
      wheel: [...CODE, 'polls/templates/polls/index.html', 'polls/schema.json'],
      found: ['polls/static/polls/style.css'],
      lines: ['pyproject.toml, [tool.hatch.build.targets.wheel]: artifacts = ["polls/static/**"]'],
    },
    {
      name: 'are included for poetry-core',
      requires: ['poetry-core>=1'],
      wheel: [...CODE, 'polls/templates/polls/index.html', 'polls/schema.json'],
      found: ['polls/static/polls/style.css'],
      lines: ['pyproject.toml, [tool.poetry]: include = ["polls/static/**/*"]'],
    },
    { name: 'are none where the wheel holds all', wheel: SOURCE, found: [], lines: [] },
    {
      name: 'are not tests, documentation, sources of extensions, nor what lies beside the packages',
      source: [
        ...CODE,
        'polls/tests/data/x.json',
        'polls/README.txt',
        'polls/_fast.c',
        'polls/locale/de/x.po',
        'static/x.css',
        'docs/a.html',
        'notes.txt',
      ],
      found: [],
      lines: [],
    },
    {
      name: 'are not those of packages that the wheel leaves out on purpose',
      source: [...CODE, 'tools/__init__.py', 'tools/data/x.json'],
      found: [],
      lines: [],
    },
    {
      name: 'are looked for in the namespace that a wheel keeps among its data',
      wheel: [
        'polls-1.data/purelib/polls/__init__.py',
        'polls-1.data/purelib/polls/schema.json',
        'polls-1.data/purelib/polls/static/polls/style.css',
      ],
      found: ['polls/templates/polls/index.html'],
      lines: ['setup(): package_data={"polls": ["templates/**"]}'],
    },
  ])('$name', ({ source = SOURCE, wheel = CODE, requires = SETUPTOOLS, definition = 'setup()', found, lines }) => {
    expect(leftOut(source, wheel, requires, definition)).toEqual({ files: found, lines })
  })
})
