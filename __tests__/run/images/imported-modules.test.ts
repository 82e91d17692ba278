import { describe, expect, test } from '@jest/globals'
import { importedFiles } from '../../../src/run/images/imported-modules.ts'

const django = 'appenv/lib/python3.13/site-packages/django/__init__.py'

describe('the list of what a trial imported', () => {
  test.each([
    { name: 'names files of dependencies', list: `${django}\nappenv/lib/python3.13/site-packages/x-1.py`, kept: 2 },
    { name: 'names each file once', list: `${django}\n${django}`, kept: 1 },
    { name: 'may be empty', list: '', kept: 0 },
    { name: 'names nothing outside of the virtual environment', list: `etc/passwd.py\n/${django}`, kept: 0 },
    { name: 'has one name for a file', list: 'appenv/./x.py\nappenv//x.py\nappenv/y/../x.py', kept: 0 },
    { name: 'leads nowhere else', list: 'appenv/../etc/x.py', kept: 0 },
    { name: 'names Python files alone', list: 'appenv/bin/python', kept: 0 },
    { name: 'has no words of a shell', list: 'appenv/$(id).py\nappenv/a b.py', kept: 0 },
  ])('$name', ({ list, kept }) => {
    expect(importedFiles(list)).toHaveLength(kept)
  })
})
