import { truncate, writeFile } from 'node:fs/promises'
import { asRoot, must } from '../__tests__/support/command.ts'
import { tempFolder } from '../__tests__/support/temp.ts'

/** More than any row writes; the file takes what is written. */
const SIZE = 40 * 2 ** 30

/**
 * A new filesystem of its own for all that a benchmark writes from now on: daemons, projects, caches. A hosted
 * runner's disk is new too. On one where trees come and go, ext4 looks for free inodes past all that were removed
 * in the last minutes: the same 3,700 files took 0.3 s on a new one and up to 2.6 s there, whoever wrote them.
 */
export async function freshDisk(): Promise<AsyncDisposable> {
  await using begun = new AsyncDisposableStack()
  const folder = begun.use(await tempFolder('disk'))
  await writeFile(folder.at('image'), '')
  await truncate(folder.at('image'), SIZE)
  await must('mkfs.ext4', ['-q', '-F', folder.at('image')])
  await must('mkdir', [folder.at('mounted')])
  await must(...asRoot('mount', '-o', 'loop', folder.at('image'), folder.at('mounted')))
  begun.defer(async () => void (await must(...asRoot('umount', '--lazy', folder.at('mounted')))))
  await must(...asRoot('chmod', '1777', folder.at('mounted')))
  const before = process.env.TMPDIR
  process.env.TMPDIR = folder.at('mounted')
  begun.defer(() => {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  })
  return begun.move()
}
