import path from 'node:path'
import tls from 'node:tls'
import { describe, expect, test } from '@jest/globals'
import { runnerCaBundle, runnerIndexes, trustBundle } from '../../src/effects/runner-settings.ts'
import { inTempFolder, writeFiles } from '../support/in-temp-folder.ts'

describe('the authority that the runner trusts', () => {
  test.each([
    { name: 'is that of OpenSSL', env: { SSL_CERT_FILE: '/a.pem', NODE_EXTRA_CA_CERTS: '/b.pem' }, file: '/a.pem' },
    { name: 'is that of Node where OpenSSL names none', env: { SSL_CERT_FILE: '', NODE_EXTRA_CA_CERTS: '/b.pem' }, file: '/b.pem' },
    { name: 'is none of its own by default', env: {}, file: '' },
  ])('$name', ({ env, file }) => {
    expect(runnerCaBundle(env)).toBe(file)
  })
})

describe("the index of the runner's pip", () => {
  test.each([
    { name: 'is read from [global]', text: '[global]\nindex-url = https://a.example/simple\n' },
    { name: 'is read where it is the last word of the file', text: '[global]\nindex-url=https://a.example/simple' },
    { name: 'is read with an underscore and a colon', text: '[global]\nindex_url: https://a.example/simple\n' },
    {
      name: 'is read between other settings and sections',
      text: '[install]\nindex-url = https://no.example\n[global]\ntimeout = 3\n\nindex-url = https://a.example/simple\n[list]\nindex-url = https://no.example\n',
    },
  ])('$name', ({ text }) =>
    inTempFolder(async (folder) => {
      await writeFiles(folder, { 'pip.conf': text })
      expect((await runnerIndexes({ PIP_CONFIG_FILE: path.join(folder, 'pip.conf') })).indexUrl).toBe('https://a.example/simple')
    }),
  )

  test.each([
    { name: 'in another section', text: '[install]\nindex-url = https://no.example\n' },
    { name: 'that is only an extra one', text: '[global]\nextra-index-url = https://no.example\n' },
    { name: 'in a comment', text: '[global]\n# index-url = https://no.example\n' },
    { name: 'after [global] in another section', text: '[global]\ntimeout = 1\n[install]\nindex-url = https://no.example\n' },
  ])('is not the one $name; the next file is asked', ({ text }) =>
    inTempFolder(async (folder) => {
      await writeFiles(folder, { 'pip.conf': text, 'config/pip/pip.conf': '[global]\nindex-url = https://next.example/simple\n' })
      const env = { PIP_CONFIG_FILE: path.join(folder, 'pip.conf'), XDG_CONFIG_HOME: path.join(folder, 'config') }
      expect((await runnerIndexes(env)).indexUrl).toBe('https://next.example/simple')
    }),
  )

  test('is that of its variable before any file', () =>
    inTempFolder(async (folder) => {
      await writeFiles(folder, { 'pip.conf': '[global]\nindex-url = https://file.example\n' })
      const env = { PIP_INDEX_URL: 'https://variable.example', PIP_CONFIG_FILE: path.join(folder, 'pip.conf') }
      expect((await runnerIndexes(env)).indexUrl).toBe('https://variable.example')
    }))

  test('is that of the next file where one is named that is not there', () =>
    inTempFolder(async (folder) => {
      await writeFiles(folder, { 'config/pip/pip.conf': '[global]\nindex-url = https://next.example/simple\n' })
      const env = { PIP_CONFIG_FILE: path.join(folder, 'none'), XDG_CONFIG_HOME: path.join(folder, 'config') }
      expect((await runnerIndexes(env)).indexUrl).toBe('https://next.example/simple')
    }))
})

describe('the indexes of the runner', () => {
  const conf =
    '[global]\nindex-url = https://main.example/simple\nextra-index-url =\n    https://one.example/simple\n    # https://no.example\n    https://two.example/simple\n[install]\nextra-index-url = https://no.example\n'
  const pip = { PIP_INDEX_URL: 'https://pip.example', PIP_EXTRA_INDEX_URL: 'https://a.example https://b.example' }
  test.each([
    {
      name: "are those of pip's files, over several lines",
      env: {},
      indexUrl: 'https://main.example/simple',
      extra: ['https://one.example/simple', 'https://two.example/simple'],
    },
    {
      name: "are those of pip's variables before its files",
      env: pip,
      indexUrl: 'https://pip.example',
      extra: ['https://a.example', 'https://b.example'],
    },
    {
      name: "are those of uv's variables before pip's",
      env: { ...pip, UV_DEFAULT_INDEX: 'https://uv.example', UV_INDEX: 'https://c.example https://d.example' },
      indexUrl: 'https://uv.example',
      extra: ['https://c.example', 'https://d.example'],
    },
    {
      name: "are those of uv's older variables too, after the newer",
      env: { UV_INDEX_URL: 'https://uv.example', UV_INDEX: 'https://c.example', UV_EXTRA_INDEX_URL: 'https://e.example https://c.example' },
      indexUrl: 'https://uv.example',
      extra: ['https://c.example', 'https://e.example'],
    },
    {
      name: 'are taken each from where it is set',
      env: { PIP_EXTRA_INDEX_URL: 'https://a.example' },
      indexUrl: 'https://main.example/simple',
      extra: ['https://a.example'],
    },
    {
      name: 'may have names, and the logins that uv is given by them',
      env: {
        UV_INDEX: 'own-1=https://c.example/simple plain=https://d.example',
        UV_INDEX_OWN_1_USERNAME: 'ada',
        UV_INDEX_OWN_1_PASSWORD: 's3:cret',
      },
      indexUrl: 'https://main.example/simple',
      extra: ['https://ada:s3%3Acret@c.example/simple', 'https://d.example'],
    },
  ])('$name', ({ env, indexUrl, extra }) =>
    inTempFolder(async (folder) => {
      await writeFiles(folder, { 'pip.conf': conf })
      expect(await runnerIndexes({ PIP_CONFIG_FILE: path.join(folder, 'pip.conf'), ...env })).toEqual({ indexUrl, extraIndexUrls: extra })
    }),
  )

  test('are none where nothing is set', () =>
    inTempFolder(async (folder) => {
      await writeFiles(folder, { 'pip.conf': '[global]\ntimeout = 3\n' })
      expect((await runnerIndexes({ PIP_CONFIG_FILE: path.join(folder, 'pip.conf') })).extraIndexUrls).toEqual([])
    }))
})

const CERTIFICATE = '-----BEGIN CERTIFICATE-----\nb3du\n-----END CERTIFICATE-----'

/** What a Node says of a bundle that cannot be told whom to trust: nothing of this process changes. */
function trustedElsewhere(bundle: string) {
  const { setDefaultCACertificates, getCACertificates } = tls
  Object.assign(tls, { setDefaultCACertificates: undefined, getCACertificates: undefined })
  try {
    return trustBundle(bundle)
  } finally {
    Object.assign(tls, { setDefaultCACertificates, getCACertificates })
  }
}

test('a Node that cannot be told whom to trust gives the bundle to the builds all the same, and says so', () => {
  const { pem, here } = trustedElsewhere(CERTIFICATE)
  expect(here).toBe(false)
  expect(pem.startsWith(CERTIFICATE)).toBe(true)
  expect(pem.match(/BEGIN CERTIFICATE/g)?.length).toBeGreaterThan(50)
})

test('nothing of a bundle but its certificates goes to the builds, however long it is', () => {
  const { pem } = trustedElsewhere(`PASSWORD=canary\n${CERTIFICATE}\n${'canary\n'.repeat(100_000)}-----BEGIN CERTIFICATE-----\ncanary`)
  expect(pem).toContain(CERTIFICATE)
  expect(pem).not.toContain('canary')
})
