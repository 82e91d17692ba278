import { describe, expect, test } from '@jest/globals'
import { passed } from '../../src/judge/checks/check.ts'
import { dataAmong, dataLines, type Home, keepData, mayBeDatabases, withData } from '../../src/judge/written-data.ts'

const HOME: Home = { image: 'shop', mounted: [], paths: ['app.py', 'shop/models.py'], root: false }

/** As `docker diff` has them: `A` of what the image has not. */
const diff = (...lines: readonly string[]) => lines.map((line) => ({ path: line.slice(2), added: line.startsWith('A ') }))

describe('what an application wrote into its container', () => {
  test.each([
    { name: 'a database in a folder of the image', lines: ['C /app', 'C /app/data', 'A /app/data/shop'], databases: ['/app/data/shop'], options: '-v shop-data:/app/data', writable: [] }, // biome-ignore format: one line
    { name: 'a database in a folder that it made', lines: ['C /app', 'A /app/data', 'A /app/data/shop'], databases: ['/app/data/shop'], options: '-v shop-data:/app/data', writable: ['/app/data'] }, // biome-ignore format: one line
    { name: 'several files of one folder', lines: ['C /app', 'C /app/data', 'A /app/data/db', 'A /app/data/db/a', 'A /app/data/config', 'A /app/data/config/c.yaml'], databases: ['/app/data/db/a'], options: '-v shop-data:/app/data', writable: [] }, // biome-ignore format: one line
    { name: 'an empty folder of uploads', lines: ['C /app', 'A /app/uploads'], databases: [], options: '-v shop-data:/app/uploads', writable: ['/app/uploads'] }, // biome-ignore format: one line
    { name: 'two folders', lines: ['C /app', 'C /app/instance', 'A /app/instance/a.db', 'C /app/media', 'A /app/media/a.png'], databases: ['/app/instance/a.db'], options: '-v shop-data:/app/instance -v shop-media:/app/media', writable: [] }, // biome-ignore format: one line
    { name: "a database beside code, which is nobody's volume", lines: ['C /app', 'A /app/shop.db', 'C /app/shop', 'A /app/shop/b.db'], databases: ['/app/shop.db', '/app/shop/b.db'], options: '', writable: [] }, // biome-ignore format: one line
  ])('is kept: $name', ({ lines, databases, options, writable }) => {
    expect(keepData(dataAmong(diff(...lines), databases), HOME)).toMatchObject({ options, writable })
  })

  test.each([
    { name: 'byte code', line: 'A /app/data/__pycache__/a.pyc' },
    { name: 'a file of /tmp', line: 'A /tmp/data/a.db' },
    { name: 'a log', line: 'A /app/data/shop.log' },
    { name: 'a file that nothing calls data', line: 'A /app/assets.json' },
    { name: 'a file of the image that it changed', line: 'C /app/data/a.json' },
  ])('is no data: $name', ({ line }) => {
    expect(dataAmong(diff('C /app', line), [])).toEqual([])
  })

  test('is looked into where it may be a database, whatever its name', () => {
    expect(mayBeDatabases(diff('A /app/a', 'A /app/a/b', 'A /app/c.json', 'A /tmp/d', 'A /app/e.db-wal'))).toEqual(['/app/a/b'])
  })

  test('is kept by a volume that is mounted anyway', () => {
    expect(keepData(dataAmong(diff('A /app/data/shop'), ['/app/data/shop']), { ...HOME, mounted: ['/app/data'] })).toBeUndefined()
  })

  test('needs no other owner where the user is root', () => {
    const data = dataAmong(diff('A /app/data', 'A /app/data/shop'), ['/app/data/shop'])
    expect(keepData(data, { ...HOME, root: true })?.writable).toEqual([])
  })
})

test("Django's own database is told by what makes its tables, and not once more", () => {
  const keeps = { options: '-v ~/shop-data:/data' }
  const data = dataAmong(diff('A /app/db.sqlite3'), ['/app/db.sqlite3'])
  const [check] = withData([{ ...passed('start', 'it starts'), keeps }], data, HOME)
  expect(check).toEqual({ ...passed('start', 'it starts'), keeps })
})

test('the lines name the folder that has to be writable before a volume is', () => {
  const data = dataAmong(diff('A /app/data', 'A /app/data/shop'), ['/app/data/shop'])
  const [check] = withData([passed('start', 'it starts')], data, HOME)
  expect(check?.text).toBe('it starts; what it wrote goes with its container: /app/data/shop (a database of SQLite)')
  const lines = check?.data ? dataLines(check.data, 'pypackager release') : []
  expect(lines[1]).toMatch(/^To keep it: first pypackager release --writable \/app\/data .* then the same -v shop-data:\/app\/data /)
})
