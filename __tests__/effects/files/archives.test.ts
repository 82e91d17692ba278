import { truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { archives } from '../../../src/effects/files/archives.ts'
import { UserError } from '../../../src/errors.ts'
import { must } from '../../support/command.ts'
import { BUSY } from '../../support/patience.ts'
import { inTempFolder, writeFiles } from '../../support/temp.ts'
import { zip } from '../../support/wheel.ts'

// Zip files are read in blocks: what lies across two of them, or is longer than one, must come out whole.

const LONG = `${'0123456789'.repeat(60_000)}end`

/** A directory of some 800 kB, which is more than one block, after a member that is longer than one. */
const members: Readonly<Record<string, string>> = {
  'long.txt': LONG,
  'empty.txt': '',
  ...Object.fromEntries(Array.from({ length: 9000 }, (_, i) => [`package/module_${i}.py`, `number = ${i}\n`])),
  'shop-1.0.dist-info/METADATA': 'Name: shop\n',
}

function inZip<T>(work: (file: string) => Promise<T>): Promise<T> {
  return inTempFolder(async (folder) => {
    const file = path.join(folder, 'shop-1.0-py3-none-any.whl')
    await writeFile(file, zip(members))
    return work(file)
  })
}

describe('a zip file of more than one block', () => {
  test('is listed whole, in its order', async () => {
    expect(await inZip((file) => archives.list(file))).toEqual(Object.keys(members))
  })

  test.each([
    { name: 'longer than a block', member: 'long.txt' },
    { name: 'empty', member: 'empty.txt' },
    { name: 'in the middle', member: 'package/module_4711.py' },
    { name: 'last', member: 'shop-1.0.dist-info/METADATA' },
  ])('gives a member that is $name', async ({ member }) => {
    expect(await inZip((file) => archives.readMember(file, member))).toBe(members[member])
  })

  test('gives nothing for a member that it has not', async () => {
    expect(await inZip((file) => archives.readMember(file, 'nothing.txt'))).toBeUndefined()
  })

  test('is refused where its end is missing', async () => {
    await expect(
      inZip(async (file) => {
        await truncate(file, 500_000)
        return archives.list(file)
      }),
    ).rejects.toThrow(/end of central directory/i)
  })
})

describe('an sdist', () => {
  const files = {
    'shop-1.0/PKG-INFO': 'Name: shop\n',
    'shop-1.0/pyproject.toml': '[build-system]\nrequires = []\n',
    'shop-1.0/ü.txt': LONG,
  }
  const LONGEST_NAME = `shop-1.0/${'deep/'.repeat(40)}file.txt`

  test.each([
    { name: 'of gzip', file: 'shop-1.0.tar.gz', words: ['-czf'] },
    { name: 'of gzip, by its short name', file: 'shop-1.0.tgz', words: ['-czf'] },
    { name: 'of bzip2', file: 'shop-1.0.tar.bz2', words: ['-cjf'] },
    { name: 'in the format of POSIX', file: 'shop-1.0.tar.gz', words: ['--format=posix', '-czf'] },
    { name: 'in the format of GNU', file: 'shop-1.0.tar.gz', words: ['--format=gnu', '-czf'] },
  ])('$name is listed as tar lists it, and read', ({ file, words }) =>
    inTempFolder(async (folder) => {
      await writeFiles(folder, { ...files, [LONGEST_NAME]: 'x' })
      await must('tar', [...words, file, 'shop-1.0'], { cwd: folder })
      const archive = path.join(folder, file)
      const listed = (await must('tar', ['--quoting-style=literal', '-tf', file], { cwd: folder })).trim().split('\n')
      expect(await archives.list(archive)).toEqual(listed)
      expect(await archives.readMember(archive, 'shop-1.0/pyproject.toml')).toBe(files['shop-1.0/pyproject.toml'])
      expect(await archives.readMember(archive, 'shop-1.0/ü.txt')).toBe(LONG)
      expect(await archives.readMember(archive, 'shop-1.0/no.txt')).toBeUndefined()
    }),
  )

  /** An archive whose headers are all there is of its members, or whose members are zeros. */
  const shell = (folder: string, script: string) => must('sh', ['-ec', script], { cwd: folder })
  const hostile: Readonly<Record<string, { script: string; says: RegExp }>> = {
    'a member of 100 GB': {
      script: 'truncate -s 100G zeros; tar -cf - zeros | head -c 1000000 | gzip -1 > shop-1.0.tar.gz',
      says: /^shop-1\.0\.tar\.gz holds more than 8 GB when it is unpacked$/,
    },
    zeros: {
      script: 'head -c 280000000 /dev/zero > zeros; tar -czf shop-1.0.tar.gz zeros',
      says: /^shop-1\.0\.tar\.gz holds more than 200 times its own size/,
    },
    'zeros behind its end': {
      script: 'echo a > a; tar -cf a.tar a; (cat a.tar; head -c 280000000 /dev/zero) | gzip -1 > shop-1.0.tar.gz',
      says: /^shop-1\.0\.tar\.gz holds more than 200 times its own size/,
    },
    'too many members': {
      script: `touch a; tar -cf a.tar a; "${process.execPath}" -e "
const header = require('fs').readFileSync('a.tar').subarray(0, 512)
const all = Buffer.alloc(512 * 100_001); for (let at = 0; at < all.length; at += 512) header.copy(all, at)
require('fs').writeFileSync('shop-1.0.tar.gz', require('zlib').gzipSync(all, { level: 1 }))"`,
      says: /^shop-1\.0\.tar\.gz holds more than 100000 members$/,
    },
    'a pyproject.toml of 20 MB': {
      script: 'mkdir shop-1.0; yes "# a line" | head -c 20000000 > shop-1.0/pyproject.toml; tar -czf shop-1.0.tar.gz shop-1.0',
      says: /^shop-1\.0\.tar\.gz holds a pyproject\.toml of more than 16 MB$/,
    },
    'half of itself': {
      script: 'head -c 300000 /dev/urandom > a; tar -czf whole.tar.gz a; head -c 150000 whole.tar.gz > shop-1.0.tar.gz',
      says: /^shop-1\.0\.tar\.gz cannot be read: unexpected end of file$/,
    },
    'no archive': {
      script: 'head -c 30000 /dev/urandom | gzip > shop-1.0.tar.gz',
      says: /^shop-1\.0\.tar\.gz cannot be read: it is no tar archive$/,
    },
    'nothing that is packed': {
      script: 'echo text > shop-1.0.tar.gz',
      says: /^shop-1\.0\.tar\.gz cannot be read: incorrect header check$/,
    },
  }
  test.each(Object.entries(hostile))('of %s is refused in seconds, in one line', (_name, { script, says }) =>
    inTempFolder(async (folder) => {
      await shell(folder, script)
      const archive = path.join(folder, 'shop-1.0.tar.gz')
      const started = performance.now()
      const error: unknown = await archives.readMember(archive, 'shop-1.0/pyproject.toml').catch((fault: unknown) => fault)
      expect(error).toBeInstanceOf(UserError)
      expect((error as UserError).message).toMatch(says)
      expect(performance.now() - started).toBeLessThan(10_000 * BUSY)
    }),
  )

  test('of zip is limited as well', () =>
    inTempFolder(async (folder) => {
      await shell(
        folder,
        `python3 -c "
import zipfile
with zipfile.ZipFile('zeros.zip', 'w', zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
    archive.writestr('shop-1.0/pyproject.toml', bytes(280_000_000))"`,
      )
      await expect(archives.readMember(path.join(folder, 'zeros.zip'), 'shop-1.0/pyproject.toml')).rejects.toThrow(
        'zeros.zip holds more than 200 times its own size when it is unpacked',
      )
    }))
})
