import { describe, expect, test } from '@jest/globals'
import { Needles } from '../../src/judge/checks/needles.ts'
import { isTellable, knownSecrets, lastingSecrets, searchForms } from '../../src/plan/secrets.ts'
import { inputsWith } from '../support/values.ts'

const SECRET = 's3cret/+&=ä"quoted'
const base64 = (text: string) => Buffer.from(text).toString('base64')

describe('a secret is found', () => {
  const needles = new Needles(searchForms(SECRET))
  test.each([
    { name: 'as it is', text: `TOKEN=${SECRET};` },
    { name: 'as base64', text: base64(SECRET) },
    { name: 'as base64 after a user of one letter', text: base64(`a:${SECRET}`) },
    { name: 'as base64 after a user of two letters', text: base64(`ab:${SECRET}`) },
    { name: 'as base64 after a user of three letters, with more behind', text: base64(`ada:${SECRET}:x`) },
    { name: 'as base64 for addresses', text: Buffer.from(`ada:${SECRET}`).toString('base64url') },
    { name: 'as a part of an address', text: `https://ada:${encodeURIComponent(SECRET)}@index.example/` },
    { name: 'as hex text', text: Buffer.from(SECRET).toString('hex') },
    { name: 'as hex text in capitals', text: Buffer.from(SECRET).toString('hex').toUpperCase() },
    { name: 'in a JSON document', text: JSON.stringify({ token: SECRET }) },
  ])('$name', ({ text }) => {
    expect(needles.in(text)).not.toEqual([])
  })

  test('not where another one stands', () => {
    expect(needles.in(`${SECRET.slice(1)} ${base64(SECRET.slice(2))}`)).toEqual([])
  })
})

test('of a key file every line is looked for, but not those that all key files share', () => {
  const key = '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEF\nAASCBKcwggSjAgEAAoIBAQC7\n-----END PRIVATE KEY-----'
  const forms = searchForms(key)
  expect(forms).toContain('MIIEvQIBADANBgkqhkiG9w0BAQEF')
  expect(forms).not.toContain('-----BEGIN PRIVATE KEY-----')
})

test.each([
  { name: 'a token', secret: 'ghs_16C7e42F292c6912E7710c838347Ae178B4a', tellable: true },
  { name: 'a short mix', secret: 'Pa55-w0rd', tellable: true },
  { name: 'a plain word, which Django alone holds a hundred times', secret: 'password', tellable: false },
  { name: 'a very short one', secret: 'a1b2c3', tellable: false },
  { name: 'a long phrase', secret: 'correct-horse-battery', tellable: true },
])('$name can be told from ordinary text: $tellable', ({ secret, tellable }) => {
  expect(isTellable(secret)).toBe(tellable)
})

describe('the secrets of a run', () => {
  const none = { indexUrl: '', extraIndexUrls: [], netrc: '' }

  test('are those of the inputs, with the user where there is one', () => {
    const inputs = inputsWith({ username: 'ada', password: 'lovelace-1', 'github-token': 'ghs_x', secrets: 'npm=n-token\npip=p-token' })
    expect(knownSecrets(inputs, none, undefined)).toEqual([
      { name: 'the input password', texts: ['lovelace-1', 'ada:lovelace-1'] },
      { name: 'the input github-token', texts: ['ghs_x', 'x-access-token:ghs_x'] },
      { name: 'the secret npm', texts: ['n-token'] },
      { name: 'the secret pip', texts: ['p-token'] },
    ])
  })

  test("that another run has too are all but a run's own token, wherever that is given", () => {
    const lasting = (...inputs: Parameters<typeof inputsWith>) =>
      lastingSecrets(knownSecrets(inputsWith(...inputs), none, undefined)).flatMap(({ texts }) => texts)
    expect(lasting({ username: 'ada', password: 'ghs_x1', 'github-token': 'ghs_x1', secrets: 'npm=n-token\nall=//ghs_x1/n' })).toEqual([
      'n-token',
      '//ghs_x1/n',
    ])
    expect(lasting({ 'github-token': 'ghs_1_eyJhbGci.eyJz-dWI.s_g' })).toEqual([])
    expect(lasting({ 'github-token': 'ghp_personal' })).toEqual(['ghp_personal', 'x-access-token:ghp_personal'])
  })

  test('are logins of indexes, wherever they come from', () => {
    const indexes = {
      indexUrl: 'https://ada:in-address@index.example/simple',
      extraIndexUrls: ['https://plain.example/simple'],
      netrc: 'machine index.example login bob password in-netrc',
    }
    expect(knownSecrets(inputsWith(), indexes, undefined)).toEqual([
      { name: 'the login of a package index', texts: ['in-address', 'ada:in-address'] },
      { name: 'the input index-credentials', texts: ['in-netrc', 'bob:in-netrc'] },
    ])
  })

  test('name a login once, by the input that it came from', () => {
    const inputs = inputsWith({ username: 'ada', password: 'lovelace-1' })
    expect(knownSecrets(inputs, none, { username: 'ada', password: 'lovelace-1' })).toHaveLength(1)
    expect(knownSecrets(inputsWith(), none, { username: 'ada', password: 'kept' })).toEqual([
      { name: 'the login of the registry', texts: ['kept', 'ada:kept'] },
    ])
  })
})
