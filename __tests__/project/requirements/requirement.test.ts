import { describe, expect, test } from '@jest/globals'
import { readRequirement } from '../../../src/project/requirements/requirement.ts'
import { userError } from '../../support/values.ts'

const PLAIN = { name: 'django', extras: [], specifier: '', url: undefined, marker: '' }

describe('a requirement', () => {
  test.each([
    { name: 'may be a name alone', line: 'Django', is: PLAIN },
    { name: 'has its name normalised', line: ' Zope.Interface ', is: { ...PLAIN, name: 'zope-interface' } },
    { name: 'has a specifier', line: 'django >= 4.2, !=4.2.3,<6', is: { ...PLAIN, specifier: '>=4.2,!=4.2.3,<6' } },
    { name: 'may have the specifier in brackets', line: 'django (>=4.2,<6)', is: { ...PLAIN, specifier: '>=4.2,<6' } },
    { name: 'may end the specifier with a comma', line: 'django>=4.2,', is: { ...PLAIN, specifier: '>=4.2' } },
    { name: 'has extras', line: 'django[Argon2, b_crypt]~=5.0', is: { ...PLAIN, extras: ['argon2', 'b-crypt'], specifier: '~=5.0' } },
    { name: 'may have no extra in the brackets', line: 'django[]', is: PLAIN },
    {
      name: 'has a marker',
      line: "django==5.0;python_version<'3.12' ; x",
      is: { ...PLAIN, specifier: '==5.0', marker: "python_version<'3.12' ; x" },
    },
    { name: 'has an address', line: 'django @ https://x.example/d;v=1.whl', is: { ...PLAIN, url: 'https://x.example/d;v=1.whl' } },
    {
      name: 'has an address and a marker',
      line: "django[a]@git+https://x.example/d@main ; os_name == 'nt'",
      is: { ...PLAIN, extras: ['a'], url: 'git+https://x.example/d@main', marker: "os_name == 'nt'" },
    },
  ])('$name', ({ line, is }) => {
    expect(readRequirement(line)).toEqual(is)
  })

  test.each([
    { name: 'without a name', line: '>=4.2', cause: 'it does not begin with a name' },
    { name: 'with a specifier that is none', line: 'django=4', cause: '"=4" is no version specifier' },
    { name: 'with Poetry’s caret', line: 'django^4', cause: 'is no version specifier' },
    { name: 'with an address of two words', line: 'django @ a b', cause: 'after @ comes one address' },
  ])('$name is refused', ({ line, cause }) => {
    expect(userError(() => readRequirement(line)).message).toContain(cause)
  })
})
