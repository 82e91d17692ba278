import { chmod, mkdir } from 'node:fs/promises'
import { describe, expect, test } from '@jest/globals'
import { files } from '../../../src/effects/files/files.ts'
import { TAR_GUARD } from '../../../src/effects/files/tar-guard.ts'
import { command, must } from '../../support/command.ts'
import { type TempFolder, tempFolder, writeFiles } from '../../support/temp.ts'

// With the arguments that @actions/cache 6.3 gives (lib/internal/tar.js), on archives made by the real tar.

const METHODS = [
  { method: 'zstd', decompress: ['--use-compress-program', 'unzstd'] },
  { method: 'gzip', decompress: ['-z'] },
]

async function guarded(folder: TempFolder, args: readonly string[]) {
  await writeFiles(folder.path, { 'guard/tar': TAR_GUARD })
  await chmod(folder.at('guard/tar'), 0o755)
  const env = {
    ...process.env,
    PYPACKAGER_TAR: await must('sh', ['-c', 'command -v tar']),
    PYPACKAGER_FOLDER: 'downloads',
    PYPACKAGER_PARENT: folder.at('to'),
  }
  return command(folder.at('guard/tar'), args, { env })
}

const extract = (folder: TempFolder, decompress: readonly string[]) =>
  guarded(folder, ['-xf', folder.at('from/archive'), '-P', '-C', folder.at('to'), ...decompress])

/** Makes the folders of a run and an archive by the script, which ends with a plain `a.tar`. */
async function pack(folder: TempFolder, script: string, method: string): Promise<void> {
  for (const name of ['to/downloads', 'from/downloads']) await mkdir(folder.at(name), { recursive: true })
  await must('sh', ['-ec', `${script}\n${method} -c a.tar > archive; rm a.tar`], { cwd: folder.at('from') })
}

describe.each(METHODS)('an archive of $method that would write elsewhere', ({ method, decompress }) => {
  test.each([
    { name: 'names a file above our folder', script: 'echo x > ../escaped; tar -P -cf a.tar downloads ../escaped; rm ../escaped' },
    { name: 'climbs out from our folder', script: 'echo x > escaped; tar -P -cf a.tar downloads/../escaped; rm escaped' },
    { name: 'climbs out at the end of a name', script: 'tar -P --no-recursion -cf a.tar downloads downloads/..' },
    { name: 'names a file beside our folder', script: 'echo x > escaped; tar -cf a.tar downloads escaped' },
    { name: 'has a folder that begins like ours', script: 'mkdir downloads-x; echo x > downloads-x/escaped; tar -cf a.tar downloads-x' },
    { name: 'has an absolute name', script: 'echo x > ../escaped; tar -P -cf a.tar "$(cd ..; pwd)/escaped"; rm ../escaped' },
    { name: 'holds a symbolic link', script: 'ln -s ../.. downloads/link; tar -cf a.tar downloads' },
    { name: 'is a symbolic link in our folder’s place', script: 'rmdir downloads; ln -s / downloads; tar -cf a.tar downloads' },
    {
      name: 'writes through its own symbolic link',
      script:
        'ln -s ../.. downloads/link; tar -cf a.tar downloads; rm downloads/link; mkdir downloads/link; echo x > downloads/link/escaped; tar -rf a.tar downloads/link/escaped',
    },
    { name: 'holds a hard link to a file elsewhere', script: 'echo x > t; ln t downloads/b; tar -cf a.tar t downloads/b' },
    { name: 'holds a hard link to a file of its own', script: 'echo x > downloads/a; ln downloads/a downloads/b; tar -cf a.tar downloads' },
    { name: 'holds a pipe', script: 'mkfifo downloads/pipe; tar -cf a.tar downloads' },
    { name: 'holds a file that runs as its owner', script: 'echo x > downloads/s; chmod 4755 downloads/s; tar -cf a.tar downloads' },
    { name: 'has a line feed in a name', script: 'echo x > "downloads/a\nb"; tar -cf a.tar downloads' },
    { name: 'has a name of other letters', script: 'echo x > "downloads/a b.whl"; tar -cf a.tar downloads' },
    { name: 'has the name of a volume', script: 'echo x > downloads/a; tar -V label -cf a.tar downloads' },
  ])('$name: it is refused before anything is written', async ({ script }) => {
    await using folder = await tempFolder('guard')
    await pack(folder, script, method)
    const { code, stderr } = await extract(folder, decompress)
    expect(code).toBe(2)
    expect(stderr).toMatch(/^pypackager: refused: /m)
    const written = await must('find', ['.', '-path', './from', '-prune', '-o', '-path', './guard', '-prune', '-o', '-print'], {
      cwd: folder.path,
    })
    expect(written.split('\n').sort()).toEqual(['.', './to', './to/downloads'])
  })

  test.each([
    {
      name: '200,000 files',
      script: 'touch downloads/a; yes downloads/a | head -n 200000 > list; tar -cf a.tar -T list',
      says: '20000 files',
    },
    { name: 'more bytes than a cache has', script: 'truncate -s 6G downloads/a downloads/b; tar -S -cf a.tar downloads', says: '10 GB' },
  ])('of $name is refused before anything is written', async ({ script, says }) => {
    await using folder = await tempFolder('guard')
    await pack(folder, script, method)
    const { code, stderr } = await extract(folder, decompress)
    expect([code, stderr.trim().split('\n').at(-1)]).toEqual([2, `pypackager: refused: more than ${says}`])
    expect(await files.walk(folder.at('to'))).toEqual([])
  })

  test('of our own making is extracted', async () => {
    await using folder = await tempFolder('guard')
    await pack(folder, 'mkdir downloads/.build; echo x > downloads/.build/a_1%3a2-3+b~c.deb; tar --posix -P -cf a.tar downloads', method)
    const result = await extract(folder, decompress)
    expect([result.code, result.stderr]).toEqual([0, ''])
    expect(await files.walk(folder.at('to'))).toEqual(['downloads/.build/a_1%3a2-3+b~c.deb'])
  })

  test('of nothing at all is not taken for an archive', async () => {
    await using folder = await tempFolder('guard')
    await pack(folder, 'tar -cf a.tar --files-from /dev/null', method)
    expect((await extract(folder, decompress)).stderr).toContain('pypackager: empty archive')
  })
})

test.each([
  { name: 'another folder to extract to', args: ['-xf', 'archive', '-P', '-C', '/'] },
  { name: 'another order of options', args: ['-P', '-xf', 'archive', '-C', '/'] },
  { name: 'another way to say extract', args: ['--extract', '--file', 'archive'] },
])('$name is refused: a new version of the library must be looked at', async ({ args }) => {
  await using folder = await tempFolder('guard')
  const { code, stderr } = await guarded(folder, args)
  expect([code, stderr]).toEqual([2, 'pypackager: tar is used in an unknown way\n'])
})

test('TAR_OPTIONS of the runner change nothing', async () => {
  await using folder = await tempFolder('guard')
  await pack(folder, 'echo x > downloads/a; tar -cf a.tar downloads', 'gzip')
  process.env.TAR_OPTIONS = '--transform=s,downloads,escaped,'
  try {
    expect((await extract(folder, ['-z'])).code).toBe(0)
  } finally {
    delete process.env.TAR_OPTIONS
  }
  expect(await files.walk(folder.at('to'))).toEqual(['downloads/a'])
})
