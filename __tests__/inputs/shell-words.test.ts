import { describe, expect, test } from '@jest/globals'
import { splitWords } from '../../src/inputs/shell-words.ts'
import { userError } from '../support/values.ts'

describe('a line of manage', () => {
  test.each([
    { name: 'plain words', line: 'migrate --no-input', words: ['migrate', '--no-input'] },
    { name: 'blanks between and around', line: '  a \t b  ', words: ['a', 'b'] },
    { name: 'single quotes, in which nothing counts', line: `shell -c 'print("a b\\n $X")'`, words: ['shell', '-c', 'print("a b\\n $X")'] },
    { name: 'double quotes, in which a backslash counts before four characters', line: '"a \\"b\\" \\$c \\n"', words: ['a "b" $c \\n'] },
    { name: 'an empty argument of either quotes', line: `x '' ""`, words: ['x', '', ''] },
    { name: 'quotes inside a word', line: `--name='a b'c"d e"`, words: ['--name=a bcd e'] },
    { name: 'a backslash before a blank and a quote', line: `a\\ b it\\'s`, words: ['a b', "it's"] },
    { name: 'what a shell would expand', line: '$HOME `id` * ~ ; | & > x', words: ['$HOME', '`id`', '*', '~', ';', '|', '&', '>', 'x'] },
    { name: 'nothing', line: '   ', words: [] },
  ])('has its words as a shell reads them, nothing expanded: $name', ({ line, words }) => {
    expect(splitWords('manage', line)).toEqual(words)
  })

  test.each([
    { name: 'a single quote', line: "shell -c 'print(1)" },
    { name: 'a double quote', line: 'x "a b' },
    { name: 'a double quote whose end is escaped', line: 'x "a\\"' },
    { name: 'a backslash at the end', line: 'x\\' },
  ])('with $name left open is an error that shows it', ({ line }) => {
    const error = userError(() => splitWords('manage', line))
    expect(error.message).toBe(`manage has a line with an open quote: ${line}`)
  })
})
