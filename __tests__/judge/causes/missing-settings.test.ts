import { expect, test } from '@jest/globals'
import { withMissingSettings } from '../../../src/judge/causes/missing-settings.ts'
import { failed, passed, undone } from '../../../src/judge/checks/check.ts'
import { endedCheck } from '../../../src/judge/checks/start-ends.ts'

const read = { required: ['DATABASE_URL', 'CACHE_URL', 'MAIL_HOST'], optional: ['PROXY_URL'] }

test('a check that wants a setting names all that it will want', () => {
  const [check] = withMissingSettings(
    [failed('imports', "shop cannot be imported: KeyError: 'DATABASE_URL'", { next: 'Give it.', said: "KeyError: 'DATABASE_URL'" })],
    read,
  )
  expect(check?.next).toBe(
    'Set the input env, a line each: DATABASE_URL=…, CACHE_URL=…, MAIL_HOST=…: its settings read that without a default.',
  )
})

test('so does one that could not be made', () => {
  const [check] = withMissingSettings(
    [undone('migrations', 'migrations', 'ImproperlyConfigured: Set the CACHE_URL environment variable')],
    read,
  )
  expect(check?.next).toContain('DATABASE_URL=…, CACHE_URL=…, MAIL_HOST=…')
})

test.each([
  { name: 'one that passed', check: passed('imports', "KeyError: 'DATABASE_URL' is no fault"), settings: read },
  {
    name: 'one that failed for another reason',
    check: failed('imports', 'shop cannot be imported', { next: 'Add it.', said: 'sh: 1: git: not found' }),
    settings: read,
  },
  {
    name: 'one where no other is read',
    check: failed('imports', 'shop cannot be imported', { next: 'Give it.', said: "KeyError: 'DATABASE_URL'" }),
    settings: { required: ['DATABASE_URL'], optional: [] },
  },
])('$name stays as it is', ({ check, settings }) => {
  expect(withMissingSettings([check], settings)).toEqual([check])
})

test('a start whose words tell no cause is told what nobody sets, and the line that starts it has that', () => {
  const said = 'ConfigurationError: You should init either from "config" or "db_url"'
  const start = endedCheck({ kind: 'ended', code: 3, lastLine: said }, { command: [], besideWheel: [] })
  const [check] = withMissingSettings([start], { required: [], optional: ['DATABASE_URL'] })
  expect(check).toMatchObject({ next: expect.stringMatching(/^Its source reads DATABASE_URL without a default/), lacks: ['DATABASE_URL'] })
  expect(withMissingSettings([start], { required: [], optional: [] })).toEqual([start])
})

test('where a None comes in the way, what nobody set may have been it', () => {
  const fault = failed('imports', "app.main cannot be imported: AttributeError: 'NoneType' object has no attribute 'split'", {
    next: 'Give it.',
    said: "AttributeError: 'NoneType' object has no attribute 'split'",
  })
  expect(withMissingSettings([fault], { required: [], optional: ['DATABASE_URL'] })[0]?.next).toBe(
    'Set the input env, a line each: DATABASE_URL=…: its source reads that without a default, and a None came of it.',
  )
  expect(withMissingSettings([fault], { required: [], optional: [] })).toEqual([fault])
})

test('a start that stops for want of one has all, for the line that starts it', () => {
  const start = failed('start', 'it ended', { next: 'Give it.', said: "KeyError: 'DATABASE_URL'" })
  expect(withMissingSettings([start], read)[0]?.lacks).toEqual(read.required)
  expect(withMissingSettings([{ ...start, cause: 'database' }], read)[0]?.lacks).toBeUndefined()
})

test('they are told once', () => {
  const faults = [
    failed('imports', "shop cannot be imported: KeyError: 'DATABASE_URL'", { next: 'Give it.', said: "KeyError: 'DATABASE_URL'" }),
    failed('start', 'it ended', { next: 'Give it.', said: "KeyError: 'DATABASE_URL'" }),
  ]
  expect(withMissingSettings(faults, read).map(({ next }) => next)).toEqual([expect.stringContaining('CACHE_URL'), 'Give it.'])
})

test('hosts have a value that a try here takes', () => {
  const fault = failed('imports', 'shop cannot be imported', { next: 'Give it.', said: "'NoneType' object has no attribute 'split'" })
  expect(withMissingSettings([fault], { required: [], optional: ['SHOP_ALLOWED_HOSTS'] })[0]?.next).toContain(
    'SHOP_ALLOWED_HOSTS=127.0.0.1: ',
  )
})
