import { describe, expect, test } from '@jest/globals'
import { readNetrc } from '../../../src/project/tools/netrc.ts'
import { userError } from '../../support/values.ts'

const ada = { host: 'index.example', login: 'ada', password: 's3cret' }

describe('netrc text', () => {
  test.each([
    { name: 'may be empty', text: '', machines: [] },
    { name: 'is a line for a host', text: 'machine index.example login ada password s3cret', machines: [ada] },
    { name: 'may be written over several lines', text: 'machine index.example\n  login ada\n\tpassword s3cret\n', machines: [ada] },
    { name: 'takes a host in any case', text: 'machine Index.Example login ada password s3cret', machines: [ada] },
    {
      name: 'has a machine for each host, in their order',
      text: 'machine index.example login ada password s3cret\nmachine b.example login bob password x',
      machines: [ada, { host: 'b.example', login: 'bob', password: 'x' }],
    },
    { name: 'may have no user beside a token', text: 'machine index.example password s3cret', machines: [{ ...ada, login: '' }] },
    {
      name: 'may have comments between words, and # in a password',
      text: '# machine no.example\nmachine index.example # ours\nlogin ada\npassword #s3#',
      machines: [{ ...ada, password: '#s3#' }],
    },
    {
      name: 'may have quoted values with blanks and escapes',
      text: 'machine index.example login "a d a" password "s\\"3 \\\\t"',
      machines: [{ ...ada, login: 'a d a', password: 's"3 \\t' }],
    },
    { name: 'may name an account', text: 'machine index.example login ada account x password s3cret', machines: [ada] },
    {
      name: 'may have a macro, which ends with an empty line',
      text: 'macdef init\nmachine no.example\n\nmachine index.example login ada password s3cret',
      machines: [ada],
    },
    {
      name: 'may have a password that is a keyword',
      text: 'machine index.example login ada password machine',
      machines: [{ ...ada, password: 'machine' }],
    },
  ])('$name', ({ text, machines }) => {
    expect(readNetrc(text)).toEqual(machines)
  })

  test.each([
    { name: 'that is a password alone', text: 's3cret', says: 'index-credentials: it is not netrc text' },
    { name: 'that begins without a machine', text: 'login ada password s3cret', says: 'index-credentials: it is not netrc text' },
    { name: 'for any host', text: 'default login ada password s3cret', says: 'index-credentials: a "default" gives its login to any host' },
    {
      name: 'without a password',
      text: 'machine index.example login s3cret',
      says: 'index-credentials: machine index.example has no password',
    },
    {
      name: 'for an address',
      text: 'machine https://index.example/simple login ada password s3cret',
      says: 'index-credentials: "https://index.example/simple" is not the name of a host alone',
    },
    {
      name: 'for a port',
      text: 'machine index.example:8443 login ada password s3cret',
      says: 'index-credentials: "index.example:8443" is not the name of a host alone',
    },
  ])('$name is refused, and no password is repeated', ({ text, says }) => {
    const error = userError(() => readNetrc(text))
    expect([error.step, error.message]).toEqual(['inputs', says])
    expect(error.message + error.next).not.toContain('s3cret')
  })
})
