import { describe, expect, test } from '@jest/globals'
import { addressSecrets, lineSecrets, masksOf, netrcSecrets } from '../../src/inputs/masks.ts'

describe('what the runner is told to hide', () => {
  test('is the value of each line of ID=value', () => {
    expect(lineSecrets('token=s3cret=x\r\n\n other = blank \nno sign')).toEqual(['s3cret=x', 'blank', 'no sign'])
  })

  test('is a secret, its lines, its base64 and its form in an address', () => {
    expect(masksOf('s3/cret\nother line')).toEqual([
      's3/cret\nother line',
      's3/cret',
      'other line',
      Buffer.from('s3/cret\nother line').toString('base64'),
      's3%2Fcret%0Aother%20line',
    ])
  })

  test('is an escaped secret as it was meant too', () => {
    expect(masksOf('s3%2Fcret')).toEqual(expect.arrayContaining(['s3%2Fcret', 's3/cret', Buffer.from('s3/cret').toString('base64')]))
  })

  test.each([
    { name: 'nothing that is shorter than four characters', secret: 'abc', masks: [] },
    { name: 'nothing of nothing', secret: '', masks: [] },
    {
      name: 'no short line',
      secret: 'a\nlong enough',
      masks: ['a\nlong enough', 'long enough', 'YQpsb25nIGVub3VnaA==', 'a%0Along%20enough'],
    },
  ])('is $name', ({ secret, masks }) => {
    expect(masksOf(secret)).toEqual(masks)
  })
})

describe('the secrets in addresses', () => {
  test.each([
    { name: 'are none where there is no login', text: 'https://own.example/simple', secrets: [''] },
    { name: 'are the password, and it with its user', text: 'https://ada:s3%40@own.example/simple', secrets: ['s3%40', 'ada:s3@'] },
    { name: 'are a user name without a password, which is a token', text: 'https://token@own.example/', secrets: ['token'] },
    {
      name: 'are those of each address',
      text: 'https://a:one1@x.example\n  https://b:two2@y.example',
      secrets: ['one1', 'a:one1', 'two2', 'b:two2'],
    },
    { name: 'are those of an index with a name', text: 'own=https://a:one1@x.example', secrets: ['one1', 'a:one1'] },
    { name: 'are those of a proxy without http://', text: 'ada:pass@proxy.example:3128', secrets: ['pass', 'ada:pass'] },
    { name: 'are none of a list of hosts', text: 'localhost,.example', secrets: [''] },
  ])('$name', ({ text, secrets }) => {
    expect(addressSecrets(text)).toEqual(secrets)
  })
})

describe('the secrets in netrc text', () => {
  test('are the whole, each password and it with its user, and never a host', () => {
    const text = 'machine own.example login ada password s3cret\nmachine b.example login bob password other'
    expect(netrcSecrets(text)).toEqual([text, 's3cret', 'ada:s3cret', 'other', 'bob:other'])
    expect(netrcSecrets(text).flatMap(masksOf)).not.toContain('own.example')
  })

  test('are the text where it is no netrc', () => {
    expect(netrcSecrets('s3cret alone')).toEqual(['s3cret alone'])
  })
})
