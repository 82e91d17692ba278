import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import * as v from 'valibot'
import * as grammar from '../src/grammar.ts'
import { BUSY, processorTime } from './support/patience.ts'

interface Kind {
  readonly schema: v.GenericSchema
  readonly legal: readonly unknown[]
  readonly illegal: readonly unknown[]
}

const KINDS: Readonly<Record<string, Kind>> = {
  'Debian names': {
    schema: grammar.debianName,
    legal: ['libpq5', 'libc6:amd64', 'libstdc++6', 'g++', '0ad'],
    illegal: ['x', 'libpq5;id', 'Lib', '-o'],
  },
  'package names': {
    schema: grammar.packageName,
    legal: ['Django', 'zope.interface', 'a', 'a_b'],
    illegal: ['-a', 'a-', 'a b', 'a;b', ''],
  },
  'normalised names': { schema: grammar.normalizedName, legal: ['django', 'zope-interface'], illegal: ['Django', 'a.b', 'a--b'] },
  versions: {
    schema: grammar.version,
    legal: ['1', '2025.6.1', '1!2.0rc1.post2.dev3+local.1', 'v1.0'],
    illegal: ['latest', '1.0 ', '', '1..0'],
  },
  'wheel names': {
    schema: grammar.wheelName,
    legal: [
      'a-1.0-py3-none-any.whl',
      'ruamel.yaml-0.18-1a-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
      'a-1!1.0+x.1-py2.py3-none-any.whl',
    ],
    illegal: ['a.whl', '../a-1.0-py3-none-any.whl', 'a-1.0-py3-none-any.whl.exe', '-a-1.0-py3-none-any.whl'],
  },
  'paths below a root': {
    schema: grammar.pathBelow,
    legal: ['a', 'a/b.py', 'ü/x y'],
    illegal: ['/a', '../a', 'a/../b', './a', 'a//b', 'a\\b', ''],
  },
  '.deb files': {
    schema: grammar.debName,
    legal: ['libpq5_15.8-0+deb12u1_amd64.deb', 'libc6_2.36-9+deb12u8_amd64.deb', 'a0_1%3a2.0~rc1_all.deb'],
    illegal: ['../a_1_all.deb', '-a_1_all.deb', 'libpq5.deb', 'a b_1_all.deb', 'libpq5_1_amd64.deb.sh'],
  },
  archives: {
    schema: grammar.archiveName,
    legal: ['a-1.tar.gz', 'a-1!1.0+x-py3-none-any.whl', 'a.zip'],
    illegal: ['a.exe', '../a.zip', '-a.zip', 'a/b.zip', '.zip'],
  },
  addresses: {
    schema: grammar.address,
    legal: ['https://index.example/a-1.zip#sha256=00', 'file:///srv/local/a', 'git+https://git.example/a@main'],
    illegal: ['/a', 'https://', 'https://index.example/a b', 'https://index.example/${NETRC}', 'javascript', ''],
  },
  modules: {
    schema: grammar.moduleName,
    legal: ['shop', 'shop.cli', '_a1', 'läden.kasse'],
    illegal: ['', '1a', 'a..b', 'a;b', '.a', 'a-b'],
  },
  requirements: {
    schema: grammar.requirement,
    legal: [
      'wheel',
      'Django>=4.2,<6',
      'Django (>=4.2, <6)',
      'uvicorn[standard, x]~=0.30',
      'zope.interface == 5.* ; python_version < "3.14" and (os_name == \'posix\' or extra == "a-b")',
      'a===1.0-x',
      'a!=1!2.0',
      'shop @ https://index.example/shop-1.zip#sha256=00',
      'shop[x]@git+https://git.example/shop@main ; extra == "y"',
      'a ;extra == "x"',
    ],
    illegal: [
      '',
      ' a',
      '-r x',
      '--index-url=x',
      'a --hash=sha256:00',
      'a>=1 --index-url x',
      'a>=1 -r x',
      'a ; python_version > "3" --index-url x',
      'a # b',
      'a\\',
      'a ; extra == "x\\"',
      'a; "',
      'a >=1 b',
      'a[b',
      'a[$b]',
      'a @ https://index.example/${HOME}',
      'a @ https://index.example/\\',
      'a @ -r',
      './a',
      'https://index.example/a.zip',
    ],
  },
  'sha256 sums': { schema: grammar.sha256Text, legal: ['0'.repeat(64)], illegal: ['0'.repeat(63), 'A'.repeat(64)] },
  sizes: { schema: grammar.size, legal: [0, 1e9], illegal: [-1, 1.5, 1e300, Number.NaN, '1'] },
  seconds: { schema: grammar.seconds, legal: [0, 1.5], illegal: [-1, Number.POSITIVE_INFINITY, Number.NaN, null] },
}

describe.each(Object.entries(KINDS))('%s', (_, { schema, legal, illegal }) => {
  test.each(legal)('%p is one', (value) => expect(v.is(schema, value)).toBe(true))
  test.each(illegal)('%p is none', (value) => expect(v.is(schema, value)).toBe(false))
  test.each(['\n', '\r', '\u0000', '\u2028', '\u0085'])('none has %j at its end or within', (mark) => {
    for (const value of legal.filter((one) => typeof one === 'string')) {
      expect(v.is(schema, value + mark)).toBe(false)
      expect(v.is(schema, `${value}${mark}RUN id`)).toBe(false)
    }
  })
})

test.each([
  '>='.repeat(999),
  `a${'>=1!!!!!!'.repeat(200)} x`,
  `a${'>=1      '.repeat(200)} x`,
  `a;${'("'.repeat(901)}`,
  `a${' '.repeat(1990)}x`,
])('no text takes long to be no requirement', (text) => {
  expect(processorTime(() => expect(grammar.fits(grammar.requirement, text)).toBe(false))).toBeLessThan(200 * BUSY)
})

test('what a program says to people becomes one line that is not too long', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 2000 }), (text) => {
      const shown = v.parse(grammar.said(100), text)
      expect(shown).not.toMatch(/[\p{Cc}\u2028\u2029]/u)
      expect(shown.length).toBeLessThanOrEqual(100)
    }),
    { numRuns: 500 },
  )
  expect(v.parse(grammar.said(100), 'a\n\tb\u001b[31m')).toBe('a b [31m')
})

test('a list that is too long is none, before its items are looked at', () => {
  const asked: string[] = []
  const item = v.custom<string>((text) => asked.push(String(text)) > 0)
  expect([grammar.fits(grammar.listOf(item, 2), ['a', 'b', 'c']), asked]).toEqual([false, []])
  expect([grammar.fits(grammar.listOf(item, 2), ['a', 'b']), asked]).toEqual([true, ['a', 'b']])
})

test('no generated text that fits a kind has a line end, a blank or a quote', () => {
  const kinds = [grammar.debianName, grammar.packageName, grammar.version, grammar.wheelName, grammar.sha256Text]
  const texts = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[a-z0-9]{2,9}[ \n"'$;`\\-]{0,2}[a-z0-9.]{0,9}$/))
  fc.assert(
    fc.property(texts, (text) => {
      if (kinds.some((kind) => grammar.fits(kind, text))) expect(text).not.toMatch(/[\s"'$;`\\]/)
    }),
    { numRuns: 500 },
  )
})

test('a document of another kind is none, whatever it is', () => {
  const schema = v.object({ packages: v.array(grammar.debianName) })
  expect(grammar.readJson(schema, '{"packages":["libpq5"],"more":1}')).toEqual({ packages: ['libpq5'] })
  for (const text of [
    '',
    'null',
    '[]',
    '{}',
    '{"packages":"libpq5"}',
    '{"packages":["a\\nRUN id"]}',
    '{"packages":[1e999]}',
    '['.repeat(9999),
  ])
    expect(grammar.readJson(schema, text)).toBeUndefined()
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const read = grammar.readJson(schema, JSON.stringify(value))
      if (read) expect(read.packages.every((name) => /^[a-z0-9]/.test(name))).toBe(true)
    }),
    { numRuns: 500 },
  )
})
