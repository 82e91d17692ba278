import { describe, expect, test } from '@jest/globals'
import { didYouMean, normalizeName } from '../../src/project/names.ts'

describe('a name', () => {
  test.each([
    { name: 'is compared in lower case', given: 'Django', normal: 'django' },
    { name: 'has dots and underscores as hyphens', given: 'zope.interface_x', normal: 'zope-interface-x' },
    { name: 'has a run of separators as one hyphen', given: 'a-_.b', normal: 'a-b' },
    { name: 'loses the blanks around it', given: '  polls ', normal: 'polls' },
    { name: 'that is normal stays as it is', given: 'typing-extensions', normal: 'typing-extensions' },
  ])('$name', ({ given, normal }) => {
    expect(normalizeName(given)).toBe(normal)
  })
})

describe('a slip of the fingers', () => {
  const legal = ['plan', 'base', 'builder', 'wheels', 'release']
  test.each([
    { name: 'with one letter wrong is recognised', typed: 'bass', near: 'base' },
    { name: 'with a letter too many is recognised', typed: 'wheells', near: 'wheels' },
    { name: 'with a letter missing is recognised', typed: 'relese', near: 'release' },
    { name: 'with two letters changed round is recognised', typed: 'biulder', near: 'builder' },
    { name: 'in a third of the letters is still recognised', typed: 'wheexx', near: 'wheels' },
    { name: 'in more than a third of the letters is another word', typed: 'whexxx', near: undefined },
    { name: 'is not seen in a word like none', typed: 'production', near: undefined },
  ])('$name', ({ typed, near }) => {
    expect(didYouMean(typed, legal)).toBe(near)
  })

  test('has no correction where there is nothing to choose from', () => {
    expect(didYouMean('base', [])).toBeUndefined()
  })
})
