import { expect, test } from '@jest/globals'
import { otherPython } from '../../../src/plan/version/python-series.ts'

const EXACT = { version: '3.10', from: '.python-version' }
const RANGE = { version: '', range: '>=3.12', from: '.python-version' }

test.each([
  { name: 'no file names one', named: undefined, version: '3.11.2' },
  { name: 'it is the one that is named', named: EXACT, version: '3.10.14' },
  { name: 'it is in the range', named: RANGE, version: '3.13.1' },
])('nothing is said of the Python of a chosen base where $name', ({ named, version }) => {
  expect(otherPython(named, { from: 'parent-image', version })).toBeUndefined()
})

test('python-version is a word of its own', () => {
  expect(otherPython(EXACT, { from: 'python-version', version: '3.11.2' })).toBeUndefined()
})

test.each([
  { named: EXACT, version: '3.11.2', says: '.python-version says Python 3.10, and the image has 3.11.2, as parent-image decides.' },
  { named: { ...EXACT, version: '3.1' }, version: '3.11.2', says: /^\.python-version says Python 3\.1, / },
  { named: RANGE, version: '3.11.2', says: /^\.python-version says Python >=3\.12, / },
])('another Python than $named.from names is told: $version', ({ named, version, says }) => {
  expect(otherPython(named, { from: 'parent-image', version })).toEqual(typeof says === 'string' ? says : expect.stringMatching(says))
})
