import { describe, expect, test } from '@jest/globals'
import { keepDatabase, withOwnDatabase } from '../../../src/judge/causes/own-database.ts'
import { type Check, failed, passed, undone } from '../../../src/judge/checks/check.ts'
import { startChecks } from '../../../src/judge/checks/start-checks.ts'

const OWN = { file: '/app/db.sqlite3', image: 'shop', variable: undefined }

test.each([
  {
    name: 'a variable that is a path',
    variable: { name: 'DB_NAME', form: 'path' },
    options: '-v ~/shop-data:/data -e DB_NAME=/data/db.sqlite3',
  },
  {
    name: 'a variable that is an address',
    variable: { name: 'DATABASE_URL', form: 'address' },
    options: '-v ~/shop-data:/data -e DATABASE_URL=sqlite:////data/db.sqlite3',
  },
  {
    name: 'a variable that is its folder',
    variable: { name: 'DATA_DIR', form: 'folder' },
    options: '-v ~/shop-data:/data -e DATA_DIR=/data',
  },
  { name: 'no variable', variable: undefined, options: '-v shop:/app' },
] as const)('a database in the container is kept, with $name', ({ variable, options }) => {
  expect(keepDatabase({ ...OWN, variable }).options).toBe(options)
})

test('a database in a folder of its own is kept in one of the machine', () => {
  expect(keepDatabase({ ...OWN, file: '/app/db/sal.sqlite3' })).toEqual({ options: '-v ~/shop-data:/app/db' })
})

describe('a start without tables', () => {
  const said = 'django.db.utils.OperationalError: no such table: django_session'
  const start = failed('start', `GET / answers 500: ${said}`, { next: '"pypackager manage migrate" makes them.', said })

  test('is told where its database is a file of the container alone', () => {
    expect(withOwnDatabase([start], OWN)[0]?.next).toMatch(
      /^Its database \/app\/db\.sqlite3 is a file of each container alone\. .*: pypackager manage -v shop:\/app migrate, and pypackager run with the same options\. That is for a try: the volume shop keeps the code of this image too, which the next release does not change, and "docker volume rm shop" removes both\. /,
    )
  })

  test('is told where its database is in memory, if a variable moves that', () => {
    const memory = { ...OWN, file: ':memory:' }
    expect(withOwnDatabase([start], memory)).toEqual([start])
    const variable = { name: 'DATABASE_URL', form: 'address' } as const
    expect(withOwnDatabase([start], { ...memory, variable })[0]?.next).toMatch(
      /^Its database is in the memory of each process alone\. .*: pypackager manage -v ~\/shop-data:\/data -e DATABASE_URL=sqlite:\/\/\/\/data\/db\.sqlite3 migrate, /,
    )
  })

  test('is told beside what else may be, where Django says nothing of it', () => {
    const [silent] = startChecks(
      {
        kind: 'listening',
        port: 8000,
        wanted: 8000,
        loopback: undefined,
        socket: undefined,
        status: 500,
        lastLine: '',
        stopped: 0,
        waited: 3,
      },
      { command: ['gunicorn'], besideWheel: [], installed: ['django'] },
    )
    expect(withOwnDatabase([silent as Check], OWN)[0]?.next).toMatch(
      /^Without DEBUG Django prints no error, unless LOGGING has a console handler\. If this page reads the database: its database /,
    )
  })

  test.each([
    { name: 'with a database elsewhere', check: start, own: undefined },
    { name: 'that is not looked at', check: undone('start', 'start command', 'why'), own: OWN },
  ])('stays as it is $name', ({ check, own }) => {
    expect(withOwnDatabase([check], own)).toEqual([check])
  })

  test('has the advice alone where it is the database that fails it', () => {
    const other = failed('start', 'it ended', { next: 'Look.', said: 'KeyError: x' })
    for (const check of [other, passed('start', 'it starts')])
      expect(withOwnDatabase([check], OWN)).toEqual([{ ...check, keeps: { options: '-v shop:/app', volume: 'shop' } }])
  })

  test('names the folder that its user may not write, and no volume, which would be root’s', () => {
    const shut = { ...OWN, file: '/app/config/db.sqlite3', shut: true }
    const said = 'django.db.utils.OperationalError: unable to open database file'
    const locked = failed('start', `GET / answers 500: ${said}`, { next: 'name it in writable', said })
    const next = 'The user of the image may not write /app/config, where its database is. Set writable: /app/config'
    expect(withOwnDatabase([locked], shut)).toEqual([{ ...locked, shut: '/app/config', next }])
    const packages = { ...shut, file: '/appenv/lib/python3.13/site-packages/db.sqlite3' }
    expect(withOwnDatabase([locked], packages)[0]?.next).toMatch(/, beside installed packages: set wheel: never, /)
    const fine = passed('start', 'it starts')
    expect(withOwnDatabase([fine], shut)).toEqual([{ ...fine, shut: '/app/config' }])
    const variable = { name: 'DB_NAME', form: 'path' } as const
    expect(withOwnDatabase([fine], { ...shut, variable })[0]?.keeps?.options).toBe('-v ~/shop-data:/data -e DB_NAME=/data/db.sqlite3')
  })

  test('stays as it is where a volume holds its database', () => {
    expect(withOwnDatabase([start], { ...OWN, file: '/data/db.sqlite3' }, ['/data'])).toEqual([start])
  })
})
