import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '@jest/globals'

// The house stays one that can be read. How long a function may be, how many parameters it may have, and that no circle of
// imports stands, is linted (biome.json).

const SRC = path.join(import.meta.dirname, '../src')
const LONGEST_FILE = 300
const MOST_FILES = 15

const entries = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((name) => !name.includes('__pycache__'))
const files = entries.filter((name) => statSync(path.join(SRC, name)).isFile())

test('no file is longer than 300 lines', () => {
  const long = files.filter((name) => readFileSync(path.join(SRC, name), 'utf8').trimEnd().split('\n').length > LONGEST_FILE)
  expect(long).toEqual([])
})

test('no folder has more than 15 files', () => {
  const folders = Map.groupBy(files, (name) => path.dirname(name))
  expect([...folders].flatMap(([folder, names]) => (names.length > MOST_FILES ? [`${folder}: ${names.length}`] : []))).toEqual([])
})

test('no two modules have the same name', () => {
  const names = Map.groupBy(
    files.filter((name) => name.endsWith('.ts')),
    (name) => path.basename(name),
  )
  expect([...names.values()].filter((same) => same.length > 1)).toEqual([])
})
