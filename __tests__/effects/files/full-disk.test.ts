import { describe, expect, test } from '@jest/globals'
import { namingFullDisk } from '../../../src/effects/files/full-disk.ts'
import { errorLine, UserError } from '../../../src/errors.ts'
import { inTempFolder } from '../../support/in-temp-folder.ts'

describe('an error of a full disk', () => {
  test.each([
    { name: 'names the folder that was written to', more: { path: '/other/a' }, folder: '/other' },
    { name: 'names where a copy goes, not where it comes from', more: { path: '/other/a', dest: '/other/here/a' }, folder: '/other/here' },
  ])('$name', async ({ more, folder }) => {
    const error = Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC', ...more })
    const line = errorLine(await namingFullDisk(error, ['/other/here', '/other']))
    expect(line).toMatch(
      new RegExp(`^files: the disk that holds ${folder} is full \\([0-9.]+ MB are left\\)\\. Make room on it, then run again\\.$`),
    )
  })

  test('names a folder also where the system names none', () =>
    inTempFolder(async (folder) => {
      const error = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
      const named = (await namingFullDisk(error, ['', `${folder}/not/yet`])) as UserError
      expect(named.message).toContain(`${folder}/not/yet is full`)
    }))

  test.each([new Error('no space'), new UserError('wheels', 'x', 'y'), undefined, 'text'])('is no other: %s', async (error) => {
    expect(await namingFullDisk(error, ['/'])).toBe(error)
  })
})
