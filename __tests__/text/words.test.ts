import { describe, expect, test } from '@jest/globals'
import { withoutLogin } from '../../src/text/addresses.ts'
import { causeIn, lastLine, listed, onOneLine, shorten, shortenInside } from '../../src/text/words.ts'

describe('a text for people', () => {
  test.each([
    { name: 'that fits stays', made: shorten('abc', 3), is: 'abc' },
    { name: 'that is longer loses its end', made: shorten('abcd', 3), is: 'ab…' },
    { name: 'may lose what is inside it', made: shortenInside('abcdefghij', 6), is: 'abc…ij' },
    { name: 'is one line', made: onOneLine(' a\n\tb  c '), is: 'a b c' },
    { name: 'has a last line', made: lastLine('a\n b \n\n'), is: 'b' },
    { name: 'has none where there is none', made: lastLine(''), is: '' },
    { name: 'lists a few', made: listed(['a', 'b'], 2), is: 'a, b' },
    { name: 'lists a few of many', made: listed(['a', 'b', 'c'], 1, '; '), is: 'a and 2 more' },
  ])('$name', ({ made, is }) => {
    expect(made).toBe(is)
  })
})

describe("the cause in a line of docker's", () => {
  test.each([
    {
      name: 'of a file that is not there',
      line: 'ERROR: failed to build: failed to solve: failed to compute cache key: failed to calculate checksum of ref ab::cd: "/x": not found',
      cause: '"/x": not found',
    },
    {
      name: 'of a registry that is not there, on the 29 line',
      line: 'Error response from daemon: failed to resolve reference "index.example/x:1": failed to do request: Head "https://index.example/v2/x/manifests/1": dial tcp: no such host',
      cause: 'Head "https://index.example/v2/x/manifests/1": dial tcp: no such host',
    },
    {
      name: 'of a network that is not there',
      line: 'Error response from daemon: failed to set up container networking: network gone not found',
      cause: 'network gone not found',
    },
    { name: 'of what has no layers', line: 'x: failed to solve: y', cause: 'x: failed to solve: y' },
  ])('$name', ({ line, cause }) => {
    expect(causeIn(line)).toBe(cause)
  })
})

describe('an address is shown without its login', () => {
  test.each([
    ['https://ada:s3cret@index.example/simple', 'https://index.example/simple'],
    ['ssh://git@host.example/x.git', 'ssh://host.example/x.git'],
    ['https://index.example/simple', 'https://index.example/simple'],
    ['https://ada:s3cret@:99999/broken', 'https://:99999/broken'],
    ['no address', 'no address'],
  ])('%s', (address, shown) => {
    expect(withoutLogin(address)).toBe(shown)
  })
})
