import { describe, expect, test } from '@jest/globals'
import { isWritable, readVolume, runsAs } from '../../src/inputs/volume.ts'
import { userError } from '../support/values.ts'

describe('a volume', () => {
  test.each([
    { name: 'a folder of the workspace', line: './media:/app/media', kind: 'workspace', host: './media', mode: '' },
    { name: 'the workspace itself', line: '.:/work:ro', kind: 'workspace', host: '.', mode: 'ro' },
    { name: 'a folder of the workspace without ./', line: 'a/b:/in', kind: 'workspace', host: 'a/b', mode: '' },
    { name: 'an absolute folder with blanks', line: '/my data:/in:rw,z', kind: 'absolute', host: '/my data', mode: 'rw,z' },
    { name: 'a name that Docker keeps', line: 'media_1.x:/in', kind: 'named', host: 'media_1.x', mode: '' },
  ])('reads $name', ({ line, kind, host, mode }) => {
    const volume = readVolume(line)
    expect({ kind: volume.kind, host: volume.host, mode: volume.mode }).toEqual({ kind, host, mode })
    expect(volume.container).toMatch(/^\//)
  })

  test.each([
    { name: 'a container path that is relative', line: './media:media' },
    { name: 'a host alone', line: '/media' },
    { name: 'an option', line: '--privileged:/x' },
    { name: 'a home folder', line: '~/media:/x' },
    { name: 'a name that Docker does not take', line: 'm edia:/x' },
    { name: 'a fourth part', line: '/a:/b:ro:/c' },
  ])('refuses $name', ({ line }) => {
    expect(userError(() => readVolume(line)).message).toBe(`the volume "${line}" cannot be mounted`)
  })

  test('is writable unless its mode says ro', () => {
    expect(
      ['', 'rw', 'z', 'ro', 'z,ro', 'readonly'].map((mode) => isWritable({ kind: 'named', host: 'a', container: '/a', mode })),
    ).toEqual([true, true, true, false, false, false])
  })
})

describe('a container runs as', () => {
  const [root, ada] = [
    { uid: 0, gid: 0 },
    { uid: 1001, gid: 118 },
  ]
  test.each([
    { name: 'the owner of the first folder that it may write to', owners: [ada, root], caller: ada, user: '1001:118' },
    { name: 'that owner too where root asks, as in a job in a container', owners: [ada], caller: root, user: '1001:118' },
    { name: 'root, where a folder of root is mounted by root', owners: [root], caller: root, user: '0:0' },
    { name: 'the image’s user, where the folder is root’s and somebody else asks', owners: [root], caller: ada, user: undefined },
    { name: 'the image’s user, where no folder is mounted', owners: [], caller: root, user: undefined },
  ])('$name', ({ owners, caller, user }) => {
    expect(runsAs(owners, caller)).toBe(user)
  })
})
