import { describe, expect, test } from '@jest/globals'
import { startLine, unreadLines } from '../../../src/project/application/procfile.ts'

describe('a Procfile', () => {
  test('may begin with a byte order mark', () => {
    expect(startLine('\uFEFFweb: gunicorn a:b\n', {})).toEqual({ line: 'gunicorn a:b', from: 'Procfile' })
    expect(unreadLines('\uFEFFweb: gunicorn a:b\r\n')).toEqual([])
  })

  test.each([
    { name: 'without a colon', line: 'web gunicorn a:b', read: false },
    { name: 'with a space before the colon', line: 'web : gunicorn a:b', read: false },
    { name: 'with no command', line: 'web:', read: false },
    { name: 'that goes on', line: '  --workers 2', read: false },
    { name: 'that is a comment', line: '  # web gunicorn', read: true },
    { name: 'that is empty', line: '   ', read: true },
    { name: 'of another process', line: 'worker: celery -A a', read: true },
  ])('has a line $name', ({ line, read }) => {
    expect(unreadLines(`web: a\n${line}\n`)).toEqual(read ? [] : [2])
  })
})
