import { describe, expect, test } from '@jest/globals'
import { type Indexes, indexLines, indexPrint, loginsOf, pinLines, unaskedIndexes } from '../../../src/plan/wheels/index-settings.ts'
import { hostOf, plain, withoutLogin, withoutLogins } from '../../../src/text/addresses.ts'

const NONE: Indexes = { indexUrl: '', extraIndexUrls: [], netrc: '' }
const MAIN = 'https://main.example/simple'
const OWN = 'https://own.example/simple'

function basic(words: string): string {
  return `Basic ${Buffer.from(words).toString('base64')}`
}

describe('what a resolution depends on', () => {
  const print = indexPrint({ ...NONE, indexUrl: MAIN, extraIndexUrls: [OWN, 'https://b.example/'] })
  test.each([
    { name: 'nothing where no index is set', indexes: NONE, same: '' },
    { name: 'nothing where only a login is set', indexes: { ...NONE, netrc: 'machine own.example login a password b' }, same: '' },
    {
      name: 'not the logins',
      indexes: { indexUrl: 'https://a:b@main.example/simple', extraIndexUrls: [OWN, 'https://b.example/'], netrc: 'machine x password y' },
      same: print,
    },
  ])('$name', ({ indexes, same }) => {
    expect(indexPrint(indexes)).toBe(same)
  })

  test.each([
    { name: 'the default index', indexes: { ...NONE, indexUrl: OWN, extraIndexUrls: [OWN, 'https://b.example/'] } },
    { name: 'which one is the default', indexes: { ...NONE, extraIndexUrls: [MAIN, OWN, 'https://b.example/'] } },
    { name: 'the order of the extra ones', indexes: { ...NONE, indexUrl: MAIN, extraIndexUrls: ['https://b.example/', OWN] } },
    { name: 'each extra one', indexes: { ...NONE, indexUrl: MAIN, extraIndexUrls: [OWN] } },
  ])('$name', ({ indexes }) => {
    expect(indexPrint(indexes)).toMatch(/^[0-9a-f]{64}$/)
    expect(indexPrint(indexes)).not.toBe(print)
  })
})

describe('packages that come from one index alone', () => {
  const pinned = (url: string, marker = ''): Indexes => ({
    ...NONE,
    pins: { indexes: { cpu: url }, packages: { torch: [{ index: 'cpu', marker }] } },
  })

  test('are a part of what a resolution depends on, their logins not', () => {
    const print = indexPrint(pinned(OWN))
    expect(print).toMatch(/^[0-9a-f]{64}$/)
    expect(indexPrint(pinned(OWN.replace('https://', 'https://ada:word@')))).toBe(print)
    for (const other of [pinned(MAIN), pinned(OWN, "os_name == 'nt'")]) expect(indexPrint(other)).not.toBe(print)
  })

  test('are a secret of their own, where there are any', () => {
    expect(pinLines(NONE)).toBe('')
    expect(JSON.parse(pinLines(pinned(OWN)))).toEqual(pinned(OWN).pins)
  })

  test('have the login of their index for their files', () => {
    const login = loginsOf(pinned(OWN.replace('https://', 'https://ada:word@')))
    expect(login('https://own.example/files/torch-1-py3-none-any.whl')).toBe(basic('ada:word'))
  })
})

test('the secret of the indexes has the default one on its first line, even where there is none', () => {
  expect(indexLines({ ...NONE, indexUrl: MAIN, extraIndexUrls: [OWN] })).toBe(`${MAIN}\n${OWN}\n`)
  expect(indexLines({ ...NONE, extraIndexUrls: [OWN] })).toBe(`\n${OWN}\n`)
})

describe('the login for a file', () => {
  const inAddress = { ...NONE, indexUrl: MAIN, extraIndexUrls: ['https://ada%40acme:s3%3Acret@own.example/simple'] }
  const byNetrc = {
    ...NONE,
    indexUrl: MAIN,
    netrc: 'machine own.example login ada password s3cret\nmachine b.example login bob password x',
  }
  const feeds = {
    ...NONE,
    extraIndexUrls: [
      'https://one:1@own.example/feeds/1/simple',
      'https://two:2@own.example/feeds/2/simple',
      'https://all:0@own.example/simple',
    ],
  }
  test.each([
    {
      name: 'is that of its index, with the escapes undone',
      indexes: inAddress,
      url: 'https://own.example/files/a.whl',
      words: 'ada@acme:s3:cret',
    },
    { name: 'is none for another host', indexes: inAddress, url: 'https://main.example/files/a.whl', words: undefined },
    { name: 'is none for a host below it', indexes: inAddress, url: 'https://files.own.example/a.whl', words: undefined },
    { name: 'is none for another port', indexes: inAddress, url: 'https://own.example:8443/a.whl', words: undefined },
    { name: 'is none without encryption', indexes: inAddress, url: 'http://own.example/a.whl', words: undefined },
    { name: 'is that of the nearest of several feeds', indexes: feeds, url: 'https://own.example/feeds/2/files/a.whl', words: 'two:2' },
    { name: 'is that of the first feed too', indexes: feeds, url: 'https://own.example/feeds/1/files/a.whl', words: 'one:1' },
    { name: 'is that of its host by the netrc', indexes: byNetrc, url: 'https://own.example/a.whl', words: 'ada:s3cret' },
    { name: 'is that of another host by the netrc', indexes: byNetrc, url: 'https://b.example/a.whl', words: 'bob:x' },
    { name: 'is one for every port by the netrc', indexes: byNetrc, url: 'https://own.example:8443/a.whl', words: 'ada:s3cret' },
    { name: 'is none for a host that the netrc does not name', indexes: byNetrc, url: 'https://main.example/a.whl', words: undefined },
    { name: 'is none by the netrc without encryption', indexes: byNetrc, url: 'http://own.example/a.whl', words: undefined },
    {
      name: 'is one by the netrc without encryption where the user set such an index there',
      indexes: { ...byNetrc, extraIndexUrls: ['http://own.example/simple'] },
      url: 'http://own.example/a.whl',
      words: 'ada:s3cret',
    },
    {
      name: 'is that of the address before that of the netrc',
      indexes: { ...byNetrc, indexUrl: 'https://eve:e@own.example/simple' },
      url: 'https://own.example/a.whl',
      words: 'eve:e',
    },
    {
      name: 'may be a token without a password',
      indexes: { ...NONE, indexUrl: 'https://tok@own.example/' },
      url: 'https://own.example/a.whl',
      words: 'tok:',
    },
    { name: 'is none where nothing is set', indexes: NONE, url: 'https://own.example/a.whl', words: undefined },
  ])('$name', ({ indexes, url, words }) => {
    expect(loginsOf(indexes)(url)).toBe(words === undefined ? undefined : basic(words))
  })
})

describe('an address', () => {
  test('is shown without its login', () => {
    expect(withoutLogin('https://ada:s3cret@own.example:8443/simple/')).toBe('https://own.example:8443/simple/')
    expect(withoutLogins('https://ada:secrets@own.example/simple\nhttps://other.example/simple')).toBe(
      'https://own.example/simple, https://other.example/simple',
    )
  })

  test('is named by host and port', () => {
    expect(['https://a:b@own.example:8443/x', 'https://own.example/', 'nonsense'].map(hostOf)).toEqual([
      'own.example:8443',
      'own.example',
      'unknown',
    ])
  })

  test('has parts that are read as they were meant', () => {
    expect(['a%40b', '100%', '%zz'].map(plain)).toEqual(['a@b', '100%', '%zz'])
  })
})

describe('an index that a requirements file names', () => {
  const at = (option: string, url: string, input: 'index-url' | 'extra-index-urls' = 'extra-index-urls') => ({
    at: `requirements.txt:1: ${option}`,
    url,
    input,
  })
  const OWN = 'https://own.example/simple'
  const warning = (option: string, host: string, input: string) =>
    `requirements.txt:1: ${option} is not followed: what ${host} holds is not found, or comes from another index. Set the input ${input} to an index that has it.`

  test.each([
    {
      name: 'is warned of',
      asked: at('--extra-index-url', OWN),
      warnings: [warning('--extra-index-url', 'own.example', 'extra-index-urls')],
    },
    { name: 'is warned of as the default one', asked: at('-i', OWN, 'index-url'), warnings: [warning('-i', 'own.example', 'index-url')] },
    { name: 'may be one that is asked', asked: at('--extra-index-url', `${OWN}/`), extra: [OWN], warnings: [] },
    { name: 'may be one that is asked with a login', asked: at('-i', OWN), extra: ['https://ada:word@own.example/simple'], warnings: [] },
    { name: 'may be the public one', asked: at('-i', `https://pypi.${'org'}/simple/`, 'index-url'), warnings: [] },
    {
      name: 'is warned of where it is a page of files',
      asked: at('-f', 'https://own.example/x.html'),
      warnings: [warning('-f', 'own.example', 'extra-index-urls')],
    },
    {
      name: 'may be a page of files that another index stands for',
      asked: at('-f', 'https://own.example/x.html'),
      extra: [OWN],
      warnings: [],
    },
    { name: 'may be a folder, without a host', asked: at('-f', './wheels'), warnings: [warning('-f', 'it', 'extra-index-urls')] },
  ])('$name', ({ asked, extra = [], warnings }) => {
    expect(unaskedIndexes([asked], { ...NONE, extraIndexUrls: extra })).toEqual(warnings)
  })
})
