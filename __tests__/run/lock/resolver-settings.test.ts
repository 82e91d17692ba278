import { expect, test } from '@jest/globals'
import type { RunPlan } from '../../../src/plan/run-plan.ts'
import type { Member } from '../../../src/project/tools/uv-workspace.ts'
import { settingsOf, tellUnfollowed } from '../../../src/run/lock/resolver-settings.ts'
import { readText } from '../../support/locks.ts'
import { type Heard, worldIn } from '../../support/world.ts'

const UV = {
  'constraint-dependencies': ['a<2'],
  'no-build': true,
  'no-binary-package': ['b'],
  'config-settings': { x: 'y' },
  'no-sources': true,
}
const MEMBER: Member = { pyproject: { tool: { uv: UV } }, folder: '/w', root: undefined }
const FORMATS = { noBinary: ['b'], onlyBinary: [':all:'] }
const LOCK = '[[package]]\nname = "x"\nversion = "1"\n[metadata]\nlock-version = "2.1"\n'

test.each([
  { name: 'no lock', lock: undefined, says: { constraints: ['a<2'], formats: FORMATS, told: ['no-sources', 'config-settings'] } },
  { name: 'a uv.lock', lock: readText('uv.lock', 'version = 1'), says: { constraints: [], formats: FORMATS, told: ['config-settings'] } },
  {
    name: 'a poetry.lock',
    lock: readText('poetry.lock', LOCK, undefined, ''),
    says: { constraints: [], formats: { noBinary: [], onlyBinary: [] }, told: [] },
  },
])('with $name, of [tool.uv] counts and is told what that leaves open', ({ lock, says }) => {
  const { constraints, formats, ignored, ignoredInBuilds } = settingsOf(MEMBER, lock)
  expect({ constraints, formats, told: [...ignored, ...ignoredInBuilds] }).toEqual(says)
})

test('settings of builds are told in words of their own', () => {
  const world = worldIn('/w')
  tellUnfollowed(settingsOf(MEMBER, readText('uv.lock', 'version = 1')), { settings: {} } as RunPlan, world)
  expect((world.log as Heard).lines.join()).toContain(
    'settings of uv for building sdists that are not followed: [tool.uv] config-settings.',
  )
})
