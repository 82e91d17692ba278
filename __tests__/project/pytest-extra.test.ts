import { expect, test } from '@jest/globals'
import { pytestExtra } from '../../src/project/pytest-extra.ts'

const NONE = { metadata: { name: 'shop', requires: [], extras: [], requiresPython: '', summary: '', license: '' }, groups: {} }
const CFG = '[options.extras_require]\ndev =\n    pytest-mock\n    pytest>=8\ntest =\n    pytest\ndocs =\n    sphinx\n'

test.each([
  { name: 'no file that names it', project: NONE, cfg: '', found: undefined },
  { name: 'setup.cfg, the one called after tests first', project: NONE, cfg: CFG, found: 'test' },
  { name: 'no plugin of pytest alone', project: NONE, cfg: '[options.extras_require]\ndev =\n    pytest-mock\n', found: undefined },
  { name: 'a line behind another', project: NONE, cfg: '[options.extras_require]\ndev =\n    flake8\n    pytest>=8\n', found: 'dev' },
  { name: 'a group', project: { ...NONE, groups: { dev: ['pytest==8'] } }, cfg: '', found: 'group:dev' },
  {
    name: 'the metadata',
    project: { ...NONE, metadata: { ...NONE.metadata, extras: ['qa'], requires: ["pytest>=8 ; extra == 'qa'"] } },
    cfg: '',
    found: 'qa',
  },
])('the extra with pytest comes from $name', ({ project, cfg, found }) => {
  expect(pytestExtra(project, cfg)).toBe(found)
})
