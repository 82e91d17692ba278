import { expect, test } from '@jest/globals'
import { emptyWheel } from '../../../src/judge/checks/empty-wheel.ts'

const EMPTY = ['shop-1.0.dist-info/METADATA', 'shop-1.0.dist-info/WHEEL', 'shop-1.0.dist-info/RECORD']
const HATCH = 'pyproject.toml\n[project]\nname = "shop"\n[build-system]\nrequires = ["hatchling"]\n'

test.each([
  { name: 'packages that are not there', source: ['pyproject.toml'], definition: HATCH, level: 'error' },
  { name: 'code that the backend does not find', source: ['setup.py', 'src/shop.py'], definition: 'setup.py\nsetup()\n', level: 'error' },
  { name: 'a setup.py that only requires', source: ['setup.py', 'tests/test_x.py'], definition: 'setup.py\nsetup()\n', level: 'warning' },
])('a wheel with nothing but metadata is told: $name', ({ source, definition, level }) => {
  expect(emptyWheel(EMPTY, source, definition)).toMatchObject({ level })
})

test.each([
  { name: 'one module', names: [...EMPTY, 'shop.py'], definition: HATCH },
  { name: 'data alone', names: [...EMPTY, 'shop-1.0.data/scripts/shop'], definition: HATCH },
  {
    name: 'hatch told that there is none',
    names: EMPTY,
    definition: `${HATCH}[tool.hatch.build.targets.wheel]\nbypass-selection = true\n`,
  },
  { name: 'setuptools told that there is none', names: EMPTY, definition: `${HATCH}[tool.setuptools]\npy-modules = []\n` },
])('and nothing is said of $name', ({ names, definition }) => {
  expect(emptyWheel(names, ['pyproject.toml', 'shop.py'], definition)).toBeUndefined()
})
