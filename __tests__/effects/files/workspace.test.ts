import { spawnSync } from 'node:child_process'
import { mkdir, readdir } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from '@jest/globals'
import { temporaryFolders } from '../../../src/effects/files/workspace.ts'
import { inTempFolder, writeFiles } from '../../support/temp.ts'

const gone = () => String(spawnSync('true').pid)

test('what runs that were killed left of the same project goes; what belongs to a living one, or to another project, stays', () =>
  inTempFolder(async (folder) => {
    await mkdir(path.join(folder, 'stages'))
    const root = path.join(folder, 'temp')
    const first = await temporaryFolders(root, '/project', path.join(folder, 'stages'))
    const name = path.basename(first.temp)
    await writeFiles(root, {
      [`${name}-killed/pid`]: gone(),
      [`${name}-alive/pid`]: String(process.pid),
      [`${name}-begun/more`]: '',
      'pypackager-of-another/pid': gone(),
    })
    await first.dispose()
    const second = await temporaryFolders(root, '/project', path.join(folder, 'stages'))
    expect((await readdir(root)).sort()).toEqual([name, `${name}-alive`, `${name}-begun`, 'pypackager-of-another'].sort())
    expect(path.basename(second.temp)).toBe(name)
    await writeFiles(second.temp, { pid: gone() })
    const third = await temporaryFolders(root, '/project', path.join(folder, 'stages'))
    expect([path.basename(third.temp), await readdir(third.temp)]).toEqual([name, ['context', 'lean-context', 'pid', 'wheels-context']])
  }))
