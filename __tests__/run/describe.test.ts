import path from 'node:path'
import { expect, test } from '@jest/globals'
import { readContents } from '../../src/judge/sbom/image-contents.ts'
import { must } from '../support/command.ts'
import { tempFolder, writeFiles } from '../support/temp.ts'

const SCRIPT = path.join(import.meta.dirname, '../../src/stages/sbom/describe.py')

test('what an image tells of a package whose RECORD is larger than 8 MB is what stands at its end, too', async () => {
  await using folder = await tempFolder()
  const last = ['big.libs/libz-0123abcd.so.1,sha256=x,1', 'big-1.dist-info/sboms/a.cdx.json,sha256=x,1', '"big/a,b.so",sha256=x,1']
  await writeFiles(folder.path, {
    'lib/python3.13/site-packages/big-1.dist-info/METADATA': 'Metadata-Version: 2.1\r\nName: big\r\nVersion: 1\r\n\r\nName: other\r\n',
    'lib/python3.13/site-packages/big-1.dist-info/RECORD': `${'big/module.py,sha256=x,1\n'.repeat(400_000)}${last.join('\n')}\n`,
    'lib/python3.13/site-packages/big-1.dist-info/sboms/a.cdx.json': '{}',
  })
  const told = await must('python3', ['-I', '-S', SCRIPT], { env: { ...process.env, VIRTUAL_ENV: folder.path } })
  expect(readContents(JSON.parse(told))?.distributions.filter(({ application }) => application)).toEqual([
    {
      metadata: 'Metadata-Version: 2.1\nName: big\nVersion: 1',
      application: true,
      compiled: true,
      libraries: ['big.libs/libz-0123abcd.so.1'],
      sboms: { 'big-1.dist-info/sboms/a.cdx.json': '{}' },
    },
  ])
})
