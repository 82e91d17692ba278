import { describe, expect, test } from '@jest/globals'
import { readToml, tableAt, textAt, textsAt } from '../../src/project/toml.ts'
import { userError } from '../support/values.ts'

describe('a TOML file', () => {
  test('that starts with a byte order mark is read', () => {
    expect(readToml('pyproject.toml', '\uFEFF[project]\nname = "a"\n')).toEqual({ project: { name: 'a' } })
  })

  test.each([
    { name: 'with an open string', text: '[project]\nname = "polls\n', line: 2, column: 14 },
    { name: 'with a key twice', text: 'a = 1\na = 2\n', line: 2, column: 1 },
    { name: 'with the marks of a merge', text: '[project]\n<<<<<<< HEAD\n', line: 2, column: 1 },
  ])('$name is refused with its place in the message and in the annotation', ({ text, line, column }) => {
    const error = userError(() => readToml('shop/pyproject.toml', text))
    expect(error.step).toBe('project')
    expect(error.message).toContain(`shop/pyproject.toml:${line}:${column} is not valid TOML: `)
    expect(error.message).not.toContain('\n')
    expect(error.place).toEqual({ file: 'shop/pyproject.toml', line, column })
  })
})

describe('a value in a table', () => {
  const table = readToml('x', 'name = "a"\nlist = ["x", 1, "y"]\nday = 2026-01-01\n[tool.poetry]\nname = "b"\n[[many]]\nname = "c"\n')

  test.each([
    { name: 'is found below two keys', keys: ['tool', 'poetry'], found: { name: 'b' } },
    { name: 'is an empty table where a key is missing', keys: ['tool', 'hatch', 'build'], found: {} },
    { name: 'is an empty table where there is a text instead', keys: ['name', 'x'], found: {} },
    { name: 'is an empty table where there is a list of tables', keys: ['many'], found: {} },
    { name: 'is an empty table where there is a date', keys: ['day'], found: {} },
  ])('$name', ({ keys, found }) => {
    expect(tableAt(table, ...keys)).toEqual(found)
  })

  test('is a text only where it is one', () => {
    expect([textAt(table, 'name'), textAt(table, 'list'), textAt(table, 'none')]).toEqual(['a', undefined, undefined])
  })

  test('is a list of the texts in a list', () => {
    expect([textsAt(table, 'list'), textsAt(table, 'name'), textsAt(table, 'none')]).toEqual([['x', 'y'], undefined, undefined])
  })
})

test('TOML that is not UTF-8 is refused with its line', () => {
  expect(userError(() => readToml('pyproject.toml', '[project]\nname = "caf\uFFFD"\n')).message).toBe(
    'pyproject.toml:2 is not UTF-8, which TOML is',
  )
})
