import { describe, expect, test } from '@jest/globals'
import { forOlderPython, mayBeOfPython } from '../../../src/plan/wheels/older-python.ts'
import type { LockedPackage, RemoteFile } from '../../../src/project/resolved-lock.ts'

const TARGET = {
  python: '3.13.5',
  machine: 'x86_64',
  glibc: '2.41',
  executable: '/usr/bin/python3',
  soabi: 'cpython-313-x86_64-linux-gnu',
  distribution: 'debian 13',
  markers: {},
}
const remote = (file: string): RemoteFile => ({ file, url: `https://files.example/${file}`, sha256: 'ab', size: 1 })

function pymupdf(wheels: readonly string[], uploaded?: string): LockedPackage {
  const sdist = { ...remote('pymupdf-1.24.5.tar.gz'), ...(uploaded && { uploaded }) }
  return { name: 'pymupdf', version: '1.24.5', wheels: wheels.map(remote), sdist, folder: false }
}

describe('the Python that a release was made for', () => {
  test.each([
    {
      name: 'is told by its wheels: the newest that has one',
      entry: pymupdf(['pymupdf-1.24.5-cp311-cp311-manylinux2014_x86_64.whl', 'pymupdf-1.24.5-cp312-cp312-manylinux2014_x86_64.whl']),
      says: 'pymupdf 1.24.5 has a wheel for Python 3.12, and none for 3.13: set python-version to 3.12, or require a newer version, with exclude-newer set to a later day where the commit is older.',
    },
    {
      name: 'is told by the day of its sdist, where the lock names no wheels',
      entry: pymupdf([], '2024-05-30'),
      says: 'pymupdf 1.24.5 is of 2024-05-30, before Python 3.13 (2024-10-07): set python-version to 3.12, or require a newer version, with exclude-newer set to a later day where the commit is older.',
    },
    { name: 'is not told of wheels for another machine', entry: pymupdf(['pymupdf-1.24.5-cp312-cp312-win_amd64.whl']), says: undefined },
    { name: 'is this one for what came later', entry: pymupdf([], '2024-10-07'), says: undefined },
    { name: 'is none that there is an image of', entry: pymupdf([], '2019-01-01'), says: undefined },
    { name: 'is unknown without a day', entry: pymupdf([]), says: undefined },
  ])('$name', ({ entry, says }) => {
    expect(forOlderPython(entry, TARGET)).toBe(says)
  })

  test('is the one of its Dockerfile, where that is older too', () => {
    const said = (dockerfile: string, uploaded: string) => forOlderPython(pymupdf([], uploaded), TARGET, dockerfile)
    const says =
      'before Python 3.13 (2024-10-07): set python-version to 3.10, which the Dockerfile has, or require a newer version, with exclude-newer set to a later day where the commit is older.'
    expect(said('3.10', '2024-05-30')).toBe(`pymupdf 1.24.5 is of 2024-05-30, ${says}`)
    expect(said('3.10', '2019-01-01')).toBe(`pymupdf 1.24.5 is of 2019-01-01, ${says}`)
    expect(said('3.14', '2024-05-30')).toMatch(/set python-version to 3\.12, or require/)
  })

  test('is not guessed for a Python that nobody knows yet', () => {
    expect(forOlderPython(pymupdf([], '2024-05-30'), { ...TARGET, python: '3.19.0' })).toBeUndefined()
  })
})

test.each([
  { line: 'socket.gaierror: [Errno -3] Temporary failure in name resolution', is: true },
  { line: "error: 'PyThreadState' has no member named 'curexc_type': _PyErr_StackItem", is: true },
  { line: 'ValueError: something odd', is: true },
  { line: 'fatal error: libpq-fe.h: No such file or directory', is: false },
  { line: 'sh: 1: npm: not found', is: false },
])('a build may have failed for its Python where nothing else mends it: $line', ({ line, is }) => {
  expect(mayBeOfPython([line])).toBe(is)
})
