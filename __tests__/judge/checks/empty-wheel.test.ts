import { describe, expect, test } from '@jest/globals'
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

describe('a wheel whose packages lie below a place of installation', () => {
  const names = [...EMPTY, 'opt/shop/web/shop/__init__.py', 'opt/shop/web/shop/views.py', 'shop-1.0.data/scripts/shop']
  const source = ['setup.py', 'web/shop/__init__.py', 'web/shop/views.py']
  const setup = "cf.set('install', 'prefix', '/opt/shop')\ncf.set('install', 'install-lib', '%(prefix)s/web')\nsetup()\n"
  test.each([
    { name: 'is told with that folder', names, definition: setup, says: /below opt\/shop\/web\/, where nothing imports them/ },
    { name: 'is none where the build says no such place', names, definition: 'setup(package_dir={"opt": ""})', says: undefined },
    { name: 'is none where they lie as in the source', names: [...EMPTY, 'web/shop/__init__.py'], definition: setup, says: undefined },
    { name: 'is none where one lies at the top', names: [...names, 'shop/__init__.py'], definition: setup, says: undefined },
  ])('$name', ({ names: held, definition, says }) => {
    const found = emptyWheel(held, source, definition)
    if (says) expect(found).toMatchObject({ level: 'error', text: expect.stringMatching(says) })
    else expect(found).toBeUndefined()
  })
})
