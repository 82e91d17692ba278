import { expect, test } from '@jest/globals'
import { decoded } from '../../../src/effects/files/encoding.ts'

const TEXT = 'café==1 # ü\n'

test.each([
  { name: 'UTF-8', bytes: Buffer.from(TEXT), text: TEXT },
  { name: 'UTF-8 with a mark, which stays', bytes: Buffer.from(`\uFEFF${TEXT}`), text: `\uFEFF${TEXT}` },
  { name: 'UTF-16', bytes: Buffer.from(`\uFEFF${TEXT}`, 'utf16le'), text: TEXT },
  { name: 'UTF-16 of the other order', bytes: Buffer.from(`\uFEFF${TEXT}`, 'utf16le').swap16(), text: TEXT },
  { name: 'UTF-32', bytes: Buffer.from([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0, 0, 0xf6, 1, 0]), text: 'a\u{1f600}' },
  {
    name: 'the encoding of its first line',
    bytes: Buffer.from(`# -*- coding: latin-1 -*-\n${TEXT}`, 'latin1'),
    text: `# -*- coding: latin-1 -*-\n${TEXT}`,
  },
  {
    name: 'the encoding of its second line',
    bytes: Buffer.from(`#\n# coding=iso8859-1\n${TEXT}`, 'latin1'),
    text: `#\n# coding=iso8859-1\n${TEXT}`,
  },
  { name: 'an encoding that there is not as UTF-8', bytes: Buffer.from('# coding: none\nü'), text: '# coding: none\nü' },
  { name: 'what is no UTF-8 with a sign', bytes: Buffer.from([0x61, 0xe9, 0x62]), text: 'a\uFFFDb' },
])('a file is read as $name', ({ bytes, text }) => {
  expect(decoded(bytes)).toBe(text)
})
