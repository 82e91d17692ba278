import { symlink } from 'node:fs/promises'
import { expect, test } from '@jest/globals'
import { textLinks } from '../../../src/run/prepare/text-links.ts'
import { inTempFolder, writeFiles } from '../../support/temp.ts'
import { worldIn } from '../../support/world.ts'

test('a link that was checked out as text is found beside modules, and nothing else is', () =>
  inTempFolder(async (folder) => {
    const files = {
      'common/money.py': '',
      'api/__init__.py': '',
      'api/common': '../common',
      'api/shared': '../common\n',
      'api/nowhere': '../gone',
      'api/plain': 'common',
      'api/long': `../common${' '.repeat(400)}`,
      'api/binary': '\u0000',
      'api/common.txt': '../common',
      'docs/common': '../common',
    }
    await writeFiles(folder, files)
    await symlink('../common', `${folder}/api/real`)
    expect(await textLinks(worldIn(folder), [...Object.keys(files), 'api/real'])).toEqual([
      { file: 'api/common', leads: '../common' },
      { file: 'api/shared', leads: '../common' },
    ])
  }))
