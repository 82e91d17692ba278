import { mkdir, readFile, writeFile } from 'node:fs/promises'
import type { CacheEntry } from './cache-service.ts'
import { must } from './command.ts'
import { type TempFolder, tempFolder } from './temp.ts'

/** Takes an archive apart, lets `change` work on its files (below `in/`), and puts what is there then in the entry's place. */
export async function tamper(entry: CacheEntry | undefined, change: (folder: TempFolder) => Promise<void>): Promise<void> {
  if (!entry) throw new Error('there is no such entry')
  await using folder = await tempFolder('tamper')
  await writeFile(folder.at('a.tzst'), entry.bytes)
  await mkdir(folder.at('in'))
  await must('tar', ['--use-compress-program', 'unzstd', '-xf', folder.at('a.tzst'), '-C', folder.at('in')])
  await change(folder)
  await must('sh', ['-ec', 'tar --use-compress-program zstdmt --posix -cf ../b.tzst *'], { cwd: folder.at('in') })
  entry.bytes = await readFile(folder.at('b.tzst'))
}
