import { expect, test } from '@jest/globals'
import { source } from '../../../src/effects/files/source.ts'
import { NEVER_SENT } from '../../../src/plan/eject/dockerignore.ts'
import { tempFolder, writeFiles } from '../../support/temp.ts'

test('each pattern is of a file that a snapshot of the source leaves out', async () => {
  await using folder = await tempFolder('ignored')
  const paths = NEVER_SENT.map((pattern) => `sub/${pattern.replace('*', 'x')}`)
  await writeFiles(folder.path, Object.fromEntries([...paths, 'kept.py'].map((name) => [name, 'x'])))
  expect((await source.snapshot(folder.path, folder.at('wheelhouse'))).map((file) => file.path)).toEqual(['kept.py'])
})
