import { expect, test } from '@jest/globals'
import type { RunPlan } from '../../../src/plan/run-plan.ts'
import type { Member } from '../../../src/project/tools/uv-workspace.ts'
import { settingsOf, tellUnfollowed } from '../../../src/run/lock/resolver-settings.ts'
import { inTempFolder, writeFiles } from '../../support/in-temp-folder.ts'
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
])('with $name, of [tool.uv] counts and is told what that leaves open', async ({ lock, says }) => {
  await inTempFolder(async (folder) => {
    const { constraints, formats, ignored, ignoredInBuilds } = await settingsOf(worldIn(folder), { ...MEMBER, folder }, lock)
    expect({ constraints, formats, told: [...ignored, ...ignoredInBuilds] }).toEqual(says)
  })
})

test('settings of builds are told in words of their own', async () => {
  const world = worldIn('/w')
  tellUnfollowed(await settingsOf(world, MEMBER, readText('uv.lock', 'version = 1')), { settings: {} } as RunPlan, world)
  expect((world.log as Heard).lines.join()).toContain(
    'settings of uv for building sdists that are not followed: [tool.uv] config-settings.',
  )
})

test.each([
  { name: 'a list', text: 'no-binary = ["Markup_Safe"]\nonly-binary = ["b"]', is: { noBinary: ['markup-safe'], onlyBinary: ['b'] } },
  { name: 'a text', text: 'no-binary = "a,b_c"', is: { noBinary: ['a', 'b-c'], onlyBinary: [] } },
  { name: 'a truth', text: 'only-binary = true', is: { noBinary: [], onlyBinary: [':all:'] } },
  { name: 'a word for all', text: 'no-binary = ":all:"', is: { noBinary: [':all:'], onlyBinary: [] } },
  { name: 'a word for none', text: 'no-binary = ":none:"\nonly-binary = false', is: { noBinary: [], onlyBinary: [] } },
])('poetry.toml says kinds of files by $name, with its lock and without', async ({ text, is }) => {
  await inTempFolder(async (folder) => {
    await writeFiles(folder, { 'poetry.toml': `[installer]\n${text}\n` })
    const member = { pyproject: { tool: { poetry: {} } }, folder, root: undefined }
    for (const lock of [undefined, readText('poetry.lock', LOCK, undefined, '')])
      expect((await settingsOf(worldIn(folder), member, lock)).formats).toEqual(is)
    expect((await settingsOf(worldIn(folder), member, readText('uv.lock', 'version = 1'))).formats).toEqual({
      noBinary: [],
      onlyBinary: [],
    })
  })
})
