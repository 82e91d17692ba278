import { expect, test } from '@jest/globals'
import { formatOf, readFormats } from '../../../src/project/requirements/formats.ts'

const no = (value: string) => ({ name: '--no-binary', value })
const only = (value: string) => ({ name: '--only-binary', value })

// What pip's FormatControl.get_allowed_formats gives for lxml and for six.
test.each([
  { name: 'nothing is said', options: [], lxml: 'any', six: 'any' },
  { name: 'one is to be built', options: [no('LXML,xmlsec')], lxml: 'sdist', six: 'any' },
  { name: 'one is never to be built', options: [only('lxml')], lxml: 'wheel', six: 'any' },
  { name: 'all are to be built but one', options: [no(':all:'), only('lxml')], lxml: 'wheel', six: 'sdist' },
  { name: 'none is to be built but one', options: [only(':all:'), no('lxml')], lxml: 'sdist', six: 'wheel' },
  { name: 'the last word counts', options: [no('lxml'), only('lxml')], lxml: 'wheel', six: 'any' },
  { name: 'all of a later line forgets what was said', options: [only('lxml'), no(':all:')], lxml: 'sdist', six: 'sdist' },
  { name: 'it is taken back', options: [no('lxml,six'), no(':none:')], lxml: 'any', six: 'any' },
  { name: 'it is taken back and one said anew', options: [no(':all:'), no(':none:,six')], lxml: 'any', six: 'sdist' },
])('where $name, lxml comes as $lxml', ({ options, lxml, six }) => {
  const formats = readFormats(options)
  expect([formatOf(formats, 'lxml'), formatOf(formats, 'six')]).toEqual([lxml, six])
})
