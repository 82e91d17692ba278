import { describe, expect, test } from '@jest/globals'
import { detailLines, errorLine, errorLines, UserError } from '../src/errors.ts'

describe('the error line', () => {
  test.each([
    {
      name: 'is step, cause and next step',
      error: new UserError('push', 'login was refused', 'Check the password.'),
      line: 'push: login was refused. Check the password.',
    },
    {
      name: 'has one full stop where the cause brings its own',
      error: new UserError('push', 'login was refused.', 'Check the password.'),
      line: 'push: login was refused. Check the password.',
    },
    {
      name: 'stays one line whatever the cause holds',
      error: new UserError('wheels', 'gcc said:\n  \tno\r\nand left', 'Read\nthe log.'),
      line: 'wheels: gcc said: no and left. Read the log.',
    },
    {
      name: 'blames us for an error that no user can mend',
      error: new TypeError('x is not a function'),
      line: 'pypackager failed unexpectedly: x is not a function. Please report it with the log.',
    },
    {
      name: 'tells of a thrown thing that is no Error',
      error: 'boom',
      line: 'pypackager failed unexpectedly: boom. Please report it with the log.',
    },
    {
      name: 'tells of a thrown undefined',
      error: undefined,
      line: 'pypackager failed unexpectedly: undefined. Please report it with the log.',
    },
  ])('$name', ({ error, line }) => {
    expect(errorLine(error)).toBe(line)
  })

  test('shortens the cause and keeps the whole next step', () => {
    const line = errorLine(new UserError('wheels', 'x'.repeat(1000), 'Do this.'))
    expect(line).toHaveLength(300)
    expect(line).toMatch(/^wheels: x+…x+\. Do this\.$/)
  })

  test('is at most 300 characters where cause and next step are both long', () => {
    const line = errorLine(new UserError('wheels', 'x'.repeat(1000), 'y'.repeat(1000)))
    expect(line).toHaveLength(300)
    expect(line).toContain('x'.repeat(50))
    expect(line).toContain('y'.repeat(159))
  })

  test('is at most 300 characters for a fault of ours', () => {
    expect(errorLine(new Error('z'.repeat(1000)))).toHaveLength(300)
  })
})

test('each further fault has a line and a place of its own', () => {
  const place = { file: 'pyproject.toml' }
  const error = new UserError('inputs', 'a', { next: 'b', others: [new UserError('inputs', 'c', { next: 'd', place })] })
  expect(errorLines(error)).toEqual([
    { line: 'inputs: a. b', place: undefined },
    { line: 'inputs: c. d', place },
  ])
})

test('a fault that is told otherwise is of the same kind', () => {
  const told = new UserError('lock', 'a', { next: 'b', kind: 'unresolvable', details: ['x'] }).with({ step: 'test', next: 'c' })
  expect([told.step, told.message, told.next, told.kind, told.details]).toEqual(['test', 'a', 'c', 'unresolvable', ['x']])
})

test('a user error carries the place and the details it was given, and none otherwise', () => {
  const place = { file: 'pyproject.toml', line: 3, column: 7 }
  const full = new UserError('project', 'cause', { next: 'next', place, details: ['a', 'b'] })
  expect([full.name, full.place, full.details]).toEqual(['UserError', place, ['a', 'b']])
  const bare = new UserError('project', 'cause', 'next')
  expect([bare.place, bare.details]).toEqual([undefined, []])
})

test('the last words of what failed are lines of a log, of which long ones lose their middle', () => {
  const call = `gcc ${'-DX '.repeat(200)}-c a.c`
  const lines = detailLines(new UserError('wheels', 'it did not build', { next: 'Look.', details: ['a', call] }))
  expect(lines[0]).toBe('  | a')
  expect(lines[1]).toMatch(/^ {2}\| gcc -DX .*….* -c a\.c$/)
  expect(lines[1]?.length).toBeLessThan(310)
  expect(detailLines(new Error('x'))).toEqual([])
})
