import path from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { runnerCaBundle, runnerIndexUrl } from '../../src/effects/runner-settings.ts'
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
      expect(await runnerIndexUrl({ PIP_CONFIG_FILE: path.join(folder, 'pip.conf') })).toBe('https://a.example/simple')
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
      expect(await runnerIndexUrl(env)).toBe('https://next.example/simple')
    }),
  )

  test('is that of its variable before any file', () =>
    inTempFolder(async (folder) => {
      await writeFiles(folder, { 'pip.conf': '[global]\nindex-url = https://file.example\n' })
      const env = { PIP_INDEX_URL: 'https://variable.example', PIP_CONFIG_FILE: path.join(folder, 'pip.conf') }
      expect(await runnerIndexUrl(env)).toBe('https://variable.example')
    }))

  test('is that of the next file where one is named that is not there', () =>
    inTempFolder(async (folder) => {
      await writeFiles(folder, { 'config/pip/pip.conf': '[global]\nindex-url = https://next.example/simple\n' })
      const env = { PIP_CONFIG_FILE: path.join(folder, 'none'), XDG_CONFIG_HOME: path.join(folder, 'config') }
      expect(await runnerIndexUrl(env)).toBe('https://next.example/simple')
    }))
})
