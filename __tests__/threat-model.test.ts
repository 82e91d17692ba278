import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from '@jest/globals'

const ROOT = path.join(import.meta.dirname, '..')
const PAGES = ['docs/threat-model.md', 'docs/faults.md']
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8')

/** `file.test.ts` and, in italics behind it, the name of a test or of a row of its table. */
function namedTests(page: string): readonly { readonly file: string; readonly name: string | undefined }[] {
  return [...read(page).matchAll(/`([\w./-]+\.test\.ts)`(?:: \*([^*|]+)\*)?/g)].map(([, file = '', name]) => ({ file, name }))
}

/** A name as it may stand in a source: with either kind of quotes escaped. */
function stands(source: string, name: string): boolean {
  return source.replaceAll("\\'", "'").replaceAll('\\"', '"').includes(name)
}

describe.each(PAGES)('%s', (page) => {
  test('names tests that exist', () => {
    const named = namedTests(page)
    const absent = named.filter(({ file, name }) => {
      const at = `__tests__/${file}`
      return !existsSync(path.join(ROOT, at)) || (name !== undefined && !stands(read(at), name))
    })
    expect(absent).toEqual([])
    expect(named.length).toBeGreaterThan(20)
  })

  test('names no host of a package index', () => {
    expect(read(page)).not.toMatch(/\b(pypi\.org|pythonhosted)\b/i)
  })
})

test('the table of faults has every row, once', () => {
  const rows = [...read('docs/faults.md').matchAll(/^\| ([A-Z]\d+b?) \|/gm)].map(([, row]) => row)
  const all = ['N', 'R', 'K', 'D', 'P', 'X', 'Y', 'A', 'G'].flatMap((kind, i) =>
    Array.from({ length: [5, 6, 6, 4, 8, 2, 1, 1, 1][i] ?? 0 }, (_, n) => `${kind}${n + 1}`),
  )
  expect(rows.filter((row) => row !== 'K5b').sort()).toEqual(all.sort())
  expect(rows.filter((row) => row === 'K5b')).toHaveLength(1)
})
