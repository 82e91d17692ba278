import { mkdir, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { sourcePaths } from '../../../../src/effects/files/source.ts'
import { tellDeadLinks } from '../../../../src/run/prepare/checkout/dead-links.ts'
import { droppedOf, tellDropped } from '../../../../src/run/prepare/checkout/dropped-files.ts'
import { projectOf } from '../../../support/project.ts'
import { inTempFolder, writeFiles } from '../../../support/temp.ts'
import { contextWith } from '../../../support/values.ts'
import { listener, worldIn } from '../../../support/world.ts'

describe('a tracked file that no build gets', () => {
  const sent = ['shop/__init__.py', 'shop/a.py', 'docs/link/a.txt']
  test.each([
    { name: 'is told of a folder of node', file: 'shop/static/node_modules/chart/chart.js', told: true },
    { name: 'is told of an environment', file: 'tools/env/lib/a.txt', told: true },
    { name: 'is told of byte code without a source', file: 'shop/b.pyc', told: true },
    { name: 'is not told of byte code beside its source', file: 'shop/a.pyc' },
    { name: 'is not told of what Python keeps', file: 'shop/__pycache__/a.cpython-311.pyc' },
    { name: 'is not told of settings of an editor', file: '.vscode/settings.json' },
    { name: 'is not told of a secret', file: '.env' },
    { name: 'is not told of metadata that setuptools makes', file: 'shop.egg-info/PKG-INFO' },
    { name: 'is not told of tests', file: 'tests/node_modules/a.js' },
    { name: 'is none that a link brings', file: 'docs/link' },
    { name: 'is none that is sent', file: 'shop/a.py' },
  ])('$name', ({ file, told = false }) => {
    expect(droppedOf([file], sent)).toEqual(told ? [file] : [])
  })

  test('is named in a repository, as long as it is there', async () => {
    await using project = await projectOf({ 'shop/__init__.py': '', 'shop/node_modules/a.js': '', 'shop/node_modules/b.js': '' })
    await project.git('add', '--force', '.')
    await project.git('commit', '--quiet', '--allow-empty', '-m', 'All')
    await project.git('rm', '--quiet', 'shop/node_modules/b.js')
    const log = listener()
    await tellDropped(worldIn(project.workspace, { log }), await sourcePaths(project.workspace))
    expect(log.lines).toEqual([expect.stringMatching(/^Tracked by git and in no build, .*: shop\/node_modules\/a\.js\./)])
  })
})

test('links that lead nowhere or out are named in one notice, others not', () =>
  inTempFolder(async (folder) => {
    const workspace = path.join(folder, 'checkout')
    await writeFiles(workspace, { 'shop/a.py': '', 'tests/x': '' })
    await mkdir(path.join(folder, 'out'))
    await writeFile(path.join(folder, 'out/config.yml'), '')
    for (const [at, to] of Object.entries({
      'config.yml': '../out/config.yml',
      gone: 'missing',
      ok: 'shop/a.py',
      'tests/y': 'no',
      loop: 'loop',
    }))
      await symlink(to, path.join(workspace, at))
    const log = listener()
    const world = worldIn(workspace, { log, context: contextWith({ workspace }) })
    await tellDeadLinks(world, await sourcePaths(workspace, [], workspace))
    expect(log.lines).toEqual([
      'config.yml, gone, loop are links that lead nowhere, or out of the workspace: nothing is there in a build and in the image.',
    ])
  }))
