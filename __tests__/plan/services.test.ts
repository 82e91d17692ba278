import { expect, test } from '@jest/globals'
import { servicesIn } from '../../src/plan/services.ts'

test.each([
  { name: 'a database with login and port', value: 'postgresql://ada:p@ss:word@db:5433/shop', at: ['db:5433'] },
  { name: 'a driver in the scheme, and the usual port', value: 'postgresql+psycopg2://db/shop', at: ['db:5432'] },
  { name: 'a cache with a number', value: 'redis://cache/1', at: ['cache:6379'] },
  { name: 'several hosts', value: 'mongodb://a,b:27018/x', at: ['a:27017', 'b:27018'] },
  { name: 'an address of version 6', value: 'amqp://[fd00::2]:5673', at: ['fd00::2:5673'] },
  { name: 'upper case and blanks around', value: ' MYSQL://db ', at: ['db:3306'] },
  { name: 'a file', value: 'sqlite:////app/x.sqlite3', at: [] },
  { name: 'a socket', value: 'postgresql:///shop?host=/run/postgresql', at: [] },
  { name: 'a page of the web', value: 'https://example.org', at: [] },
  { name: 'an unknown scheme', value: 'constructor://db', at: [] },
  { name: 'a word', value: 'db:5432', at: [] },
])('$name', ({ value, at }) => {
  expect(servicesIn({ X: value }).map(({ host, port }) => `${host}:${port}`)).toEqual(at)
})

test('a place that two variables name is waited for once, by the first one', () => {
  expect(servicesIn({ DATABASE_URL: 'postgres://db/a', OTHER: 'postgres://db:5432/b' })).toEqual([
    { variable: 'DATABASE_URL', host: 'db', port: 5432 },
  ])
})
