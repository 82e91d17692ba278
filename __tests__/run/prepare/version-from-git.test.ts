import { symlink } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { sourcePaths } from '../../../src/effects/files/source.ts'
import { READ } from '../../../src/project/project.ts'
import { readVersioning, withFiles } from '../../../src/run/prepare/version-from-git.ts'
import { inTempFolder, writeFiles } from '../../support/in-temp-folder.ts'
import { projectOf } from '../../support/project.ts'
import { worldIn } from '../../support/world.ts'

const attr = '[metadata]\nversion = attr: shop.__version__\n'

async function versioningIn(folder: string) {
  const world = worldIn(folder)
  const texts = new Map<string, string>()
  for (const name of READ) {
    const text = await world.files.read(path.join(folder, name))
    if (text !== undefined) texts.set(name, text)
  }
  return readVersioning(world, { folder: '.', files: await sourcePaths(folder), texts }, folder, '')
}

describe('what decides over the version', () => {
  test('is the text of the file that holds it', () =>
    inTempFolder(async (folder) => {
      await writeFiles(folder, { 'setup.cfg': attr, 'shop.py': '__version__ = "1"\n' })
      expect((await versioningIn(folder)).texts).toEqual(new Map([['shop.py', '__version__ = "1"\n']]))
    }))

  test('is nothing that a link leads to: that may be any file of the runner', () =>
    inTempFolder(async (folder) => {
      await writeFiles(folder, { 'app/setup.cfg': attr, 'secret.py': '__version__ = "1"\n' })
      await symlink('../secret.py', path.join(folder, 'app/shop.py'))
      expect((await versioningIn(path.join(folder, 'app'))).texts).toEqual(new Map())
    }))

  test('is nothing outside the project', () =>
    inTempFolder(async (folder) => {
      const toml = '[project]\nname = "a"\ndynamic = ["version"]\n[tool.hatch.version]\npath = "../secret.py"\n'
      await writeFiles(folder, { 'app/pyproject.toml': toml, 'secret.py': '__version__ = "1"\n' })
      expect((await versioningIn(path.join(folder, 'app'))).texts).toEqual(new Map())
    }))

  test('is what git says, only where the version comes from it', async () => {
    await using written = await projectOf({ 'setup.cfg': attr, 'shop.py': '' })
    expect((await versioningIn(written.workspace)).git).toBeUndefined()
    await using computed = await projectOf({ 'setup.py': 'setup(use_scm_version=True)\n' })
    await computed.tag('v1.0')
    expect((await versioningIn(computed.workspace)).git?.nearest).toMatchObject({ tag: 'v1.0', distance: 0 })
  })
})

test('a snapshot with other files has their prints and keeps the mode', () => {
  const snapshot = [
    { path: 'a', print: '- 1' },
    { path: 'setup.py', print: 'x 2' },
  ]
  const changed = withFiles(snapshot, { 'setup.py': 'one', new: 'two' })
  expect(changed).toEqual([
    { path: 'a', print: '- 1' },
    { path: 'setup.py', print: expect.stringMatching(/^x [0-9a-f]{64}$/), text: 'one' },
    { path: 'new', print: expect.stringMatching(/^- [0-9a-f]{64}$/), text: 'two' },
  ])
  expect(withFiles(snapshot, { 'setup.py': 'other' })[1]?.print).not.toBe(changed[1]?.print)
  expect(withFiles(snapshot, {})).toEqual(snapshot)
})
