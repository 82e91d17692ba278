import { expect, test } from '@jest/globals'
import { planUser, userWords } from '../../src/plan/user.ts'

test.each([
  { name: 'a uid is its own group', text: '10001', user: { uid: 10001, gid: 10001 }, words: ['10001'] },
  { name: 'uid:gid are both', text: '1000:33', user: { uid: 1000, gid: 33 }, words: ['1000', '33'] },
  { name: 'root is 0', text: 'root', user: { uid: 0, gid: 0 }, words: ['0'] },
])('$name', ({ text, user, words }) => {
  expect(planUser(text)).toEqual(user)
  expect(userWords(user)).toEqual(words)
})
