import { describe, expect, test } from '@jest/globals'
import { belowSource } from '../../src/run/app-wheel.ts'

describe("the user's .dockerignore below source/", () => {
  test.each([
    { name: 'has a pattern below it', given: '*.sqlite3', moved: 'source/*.sqlite3' },
    { name: 'has a pattern for any depth below it', given: '**/__pycache__', moved: 'source/**/__pycache__' },
    { name: 'has a pattern from the top below it', given: '/docs', moved: 'source/docs' },
    { name: 'has an exception below it', given: '!README.md', moved: '!source/README.md' },
    { name: 'has an exception from the top, and with a blank, below it', given: '! /README.md', moved: '!source/README.md' },
    { name: 'has a pattern for everything below it, and nothing more', given: '*', moved: 'source/*' },
    {
      name: 'keeps the order, on which exceptions depend',
      given: '*\n!src\nsrc/*.tmp\n',
      moved: 'source/*\n!source/src\nsource/src/*.tmp',
    },
    { name: 'has no comments and no empty lines', given: '# a\n\n  \nb\n  # c\n', moved: 'source/b' },
    { name: 'is read with the line ends of Windows', given: 'a\r\nb\r\n', moved: 'source/a\nsource/b' },
    { name: 'is read after a byte order mark', given: '\uFEFFa\n', moved: 'source/a' },
    { name: 'does not shut out the source itself by a dot', given: '.\na', moved: 'source/a' },
    { name: 'does not shut out the source itself by a slash', given: '/\na', moved: 'source/a' },
    { name: 'does not let the source in again by a dot', given: '!.', moved: '' },
    { name: 'may be empty', given: '', moved: '' },
  ])('$name', ({ given, moved }) => {
    expect(belowSource(given)).toBe(moved)
  })
})
