import { readdir, stat } from 'node:fs/promises'
import { describe, expect, test } from '@jest/globals'
import { prune, showTestWheels } from '../../../src/run/wheelhouse-folder/wheel-files.ts'
import { tempFolder, writeFiles } from '../../support/temp.ts'
import { worldIn } from '../../support/world.ts'

const ONE = 'coverage-7-py3-none-any.whl'

describe('wheels of the test image beside those of the release', () => {
  test('are the same files, stay as long as their shelf has them, and go with it', async () => {
    await using folder = await tempFolder('shown')
    const release = 'shop-1-py3-none-any.whl'
    await writeFiles(folder.path, {
      [`wheelhouse/.build/test/${ONE}`]: 'one',
      [`wheelhouse/${release}`]: 'shop',
      'wheelhouse/old-1-py3-none-any.whl': '',
    })
    const world = worldIn(folder.path)
    const pruned = async () => {
      await prune(world, [release], [])
      return (await readdir(folder.at('wheelhouse'))).filter((name) => name.endsWith('.whl'))
    }
    await showTestWheels(world, [ONE])
    expect((await stat(folder.at('wheelhouse', ONE))).ino).toBe((await stat(folder.at('wheelhouse/.build/test', ONE))).ino)
    expect(await pruned()).toEqual([ONE, release])
    await world.files.remove(folder.at('wheelhouse/.build/test', ONE))
    expect(await pruned()).toEqual([release])
  })
})
