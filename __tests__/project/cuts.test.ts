import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { withoutExtras } from '../../src/project/cuts.ts'

test('extras are cut off where pip cuts them off, for 500 generated texts of brackets', () => {
  const text = fc.string({ unit: fc.constantFrom('[', ']', 'a', ',', '.', '/'), maxLength: 12 })
  fc.assert(
    fc.property(text, (given) => {
      const [, before = given, extras = ''] = /^(.+)\[([^\]]+)\]$/.exec(given) ?? []
      expect(withoutExtras(given)).toEqual({ before, extras })
    }),
    { numRuns: 500, examples: [['./a[b]'], ['a[b[c]'], ['a[b[]'], ['a[]'], ['[a]'], ['a]b[c]']] },
  )
})
