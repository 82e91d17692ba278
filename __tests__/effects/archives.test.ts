import { truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { archives } from '../../src/effects/archives.ts'
import { inTempFolder } from '../support/temp.ts'
import { zip } from '../support/wheel.ts'

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
