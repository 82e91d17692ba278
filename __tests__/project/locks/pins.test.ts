import { describe, expect, test } from '@jest/globals'
import { readAddress } from '../../../src/project/locks/pins.ts'

describe('an address', () => {
  test.each([
    {
      name: 'of a tag and a subfolder',
      address: 'git+https://git.example/x.git@v1.0#subdirectory=py',
      is: { kind: 'git', url: 'https://git.example/x.git', revision: 'v1.0', subdirectory: 'py' },
    },
    {
      name: 'of a branch with a slash, over ssh',
      address: 'git+ssh://git@git.example/x.git@feature/y#egg=X_y',
      is: { kind: 'git', url: 'ssh://git@git.example/x.git', revision: 'feature/y' },
    },
    {
      name: 'of no revision, over ssh',
      address: 'git+ssh://git@git.example/x.git',
      is: { kind: 'git', url: 'ssh://git@git.example/x.git', revision: '' },
    },
    { name: 'of a file', address: 'https://x.example/x.zip', is: { kind: 'archive', url: 'https://x.example/x.zip' } },
    { name: 'of a folder', address: 'file:libs/core', is: { kind: 'directory', path: 'libs/core' } },
  ])('$name is read', ({ address, is }) => {
    expect(readAddress(address)).toEqual(is)
  })
})
