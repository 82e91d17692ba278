import { describe, expect, test } from '@jest/globals'
import { errorLines } from '../../../src/errors.ts'
import {
  type Check,
  checkLine,
  checksError,
  checksTally,
  checkWarnings,
  failed,
  fatal,
  inOrder,
  passed,
  undone,
  undoneNotice,
} from '../../../src/judge/checks/check.ts'

const good = passed('platform', 'is for linux/amd64')
const user = failed('user', 'the image runs as root, not as uid 10001', 'Set USER.')
const wheels = failed('wheels', 'a wheel is in layer 3', 'Mount it.')
const deploy = failed('deploy', 'check --deploy finds 4', 'Read them.')
const nothing = undone('secrets', 'secrets', 'this run was given none')
const libraries = undone('libraries', 'shared libraries', { why: 'no container', next: 'Let it run Python.' })

describe('a line of the list', () => {
  test.each<{ name: string; check: Check; mode: 'error' | 'strict' | 'warn'; line: string }>([
    { name: 'of a check that passed', check: good, mode: 'error', line: '✓ is for linux/amd64' },
    { name: 'of an error', check: user, mode: 'error', line: '✗ the image runs as root, not as uid 10001' },
    { name: 'of an error where all are warnings', check: user, mode: 'warn', line: '! the image runs as root, not as uid 10001' },
    { name: 'of a warning', check: deploy, mode: 'error', line: '! check --deploy finds 4' },
    { name: 'of a warning that is an error', check: deploy, mode: 'strict', line: '✗ check --deploy finds 4' },
    { name: 'of what was not done', check: nothing, mode: 'error', line: '– secrets: not checked: this run was given none' },
  ])('$name', ({ check, mode, line }) => {
    expect(checkLine(check, mode)).toBe(line)
  })

  test('is one line, whatever a program said', () => {
    expect(failed('start', `it said\n::error::x ${'y'.repeat(500)}`, '').text).toMatch(/^it said ::error::x y{370,390}…$/)
  })
})

test('the list has the order of its names, not of the work', () => {
  expect(inOrder([deploy, wheels, user, good]).map(({ name }) => name)).toEqual(['platform', 'user', 'wheels', 'deploy'])
})

test('what stops an image are failed errors alone, and nothing where they are warnings', () => {
  expect(fatal([good, deploy, nothing, libraries, user, wheels], 'error')).toEqual([user, wheels])
  expect(fatal([user, wheels], 'warn')).toEqual([])
  expect(fatal([good, deploy, nothing, user], 'strict')).toEqual([deploy, user])
})

describe('the error of an image', () => {
  const lines = (checks: readonly Check[]) => errorLines(checksError(checks)).map(({ line }) => line)
  const fault = "ModuleNotFoundError: No module named 'yaml'"
  const imports = failed('imports', `shop cannot be imported: ${fault}`, { next: 'Add yaml.', said: fault })
  const start = failed('start', `the start command ended with code 1: ${fault}`, { next: 'Look.', said: fault })

  test('tells each check that failed, and what to do', () => {
    expect(lines([user, wheels])).toEqual([
      'checks: the image runs as root, not as uid 10001. Set USER.',
      'checks: a wheel is in layer 3. Mount it.',
    ])
    expect(checksError([])).toBeUndefined()
  })

  test('tells a fault once that several checks met', () => {
    expect(lines([imports, { ...start, level: 'error' }, wheels])).toEqual([
      `checks: shop cannot be imported: ${fault}. Add yaml.`,
      'checks: a wheel is in layer 3. Mount it.',
    ])
    expect(checkWarnings([imports, start], 'error')).toEqual([])
  })
})

describe('the annotations', () => {
  test('are the warnings, and the errors where these do not stop it', () => {
    expect(checkWarnings([good, user, deploy, libraries], 'error')).toEqual(['Check --deploy finds 4. Read them.'])
    expect(checkWarnings([good, user, deploy], 'warn')).toEqual([
      'The image runs as root, not as uid 10001. Set USER.',
      'Check --deploy finds 4. Read them.',
    ])
  })

  test('keep the names of modules as they are', () => {
    const module = failed('imports', 'app.main cannot be imported: OperationalError: no host', {
      next: 'Give it one.',
      level: 'warning',
      module: 'app.main',
    })
    expect(checkWarnings([module], 'error')).toEqual(['app.main cannot be imported: OperationalError: no host. Give it one.'])
  })

  test('tell a fault once that fails several checks', () => {
    const more = { next: 'Set extras: web', said: "No module named 'flask'", level: 'warning' } as const
    const checks = [failed('imports', 'shop.web cannot be imported', more), failed('scripts', 'the script web is dead', more)]
    expect(checkWarnings(checks, 'error')).toHaveLength(1)
    expect(checkWarnings([...checks, failed('stop', 'a', ''), failed('stop', 'b', '')], 'error')).toHaveLength(3)
  })

  test('are eight at most', () => {
    const many = Array.from({ length: 12 }, (_, i) => failed('start', `fault ${i}`, ''))
    const texts = checkWarnings(many, 'error')
    expect(texts).toHaveLength(8)
    expect(texts.at(-1)).toBe('5 more of the checks failed; the list in the log has them.')
  })

  test('tell of what should have been checked and was not', () => {
    expect(undoneNotice([good, nothing, libraries])).toBe('Shared libraries: not checked: no container. Let it run Python.')
    expect(undoneNotice([good, nothing])).toBe('')
  })
})

test('what was not done never counts as passed', () => {
  expect(checksTally([good, user, deploy, nothing, libraries], 'error')).toBe('1 passed, 1 failed, 1 warning, 2 not done')
  expect(checksTally([good, user, deploy], 'warn')).toBe('1 passed, 2 warnings')
})
