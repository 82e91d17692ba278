import { expect, test } from '@jest/globals'
import { source } from '../../../src/effects/files/source.ts'
import { readProject } from '../../../src/project/project.ts'
import { readTree } from '../../../src/run/prepare/read-tree.ts'
import { lostBeside } from '../../../src/run/proof/package-files.ts'
import type { Wheelhouse } from '../../../src/run/wheels/wheelhouse.ts'
import { tempFolder, writeFiles } from '../../support/temp.ts'
import { worldIn } from '../../support/world.ts'

test('a generated parser of more than a mebibyte does not stop the look for lost files', async () => {
  await using folder = await tempFolder('beside')
  await writeFiles(folder.path, {
    'pyproject.toml': '[project]\nname = "shop"\nversion = "1"\n',
    'templates/index.html': '',
    'shop/parser.py': `TABLE = "${'x'.repeat(1_200_000)}"\n`,
    'shop/web.py': 'FOLDER = "../templates"\n',
  })
  const world = worldIn(folder.path)
  const snapshot = await source.snapshot(folder.path, '')
  const tree = await readTree({ project: folder.path, workspace: folder.path }, ['pyproject.toml'], world.files)
  const house = { app: { file: 'shop.whl' }, source: { snapshot, parts: {} } } as Partial<Wheelhouse> as Wheelhouse
  const found = await lostBeside(world, readProject(tree, 'shop'), house, ['shop/parser.py', 'shop/web.py'])
  expect(found).toEqual([{ by: 'shop/web.py', files: ['templates/index.html'] }])
})
