import { describe, expect, test } from '@jest/globals'
import { proxiesFor, runnerProxies } from '../../../src/effects/network/proxies.ts'

test('the proxies of the runner are those that Docker knows, in either case', () => {
  const env = { HTTPS_PROXY: 'http://p.example', no_proxy: '.example', HTTP_PROXY: '', MY_HTTP_PROXY: 'x', http_proxy: 'http://q.example' }
  expect(runnerProxies(env)).toEqual([
    ['HTTPS_PROXY', 'http://p.example'],
    ['no_proxy', '.example'],
    ['http_proxy', 'http://q.example'],
  ])
})

describe('the proxies of a build', () => {
  const env = { HTTPS_PROXY: 'http://ada:s3cret@proxy.example:3128', NO_PROXY: '.own.example', PATH: '/bin' }
  test.each([
    { name: 'are those of the runner', network: undefined, env, names: ['HTTPS_PROXY', 'NO_PROXY'] },
    { name: 'are the same on the network of the host', network: 'host', env, names: ['HTTPS_PROXY', 'NO_PROXY'] },
    { name: 'are none without a network', network: 'none', env, names: [] },
    { name: 'are none where the runner has none', network: undefined, env: { NO_PROXY: 'x' }, names: [] },
    {
      name: 'are none on loopback, which is another one in a container',
      network: undefined,
      env: { https_proxy: 'http://u:p@127.0.0.1:3128' },
      names: [],
    },
    {
      name: 'are those on loopback where the network is the host’s',
      network: 'host',
      env: { https_proxy: 'localhost:3128' },
      names: ['https_proxy'],
    },
  ])('$name', ({ network, env: given, names }) => {
    expect(proxiesFor({ network }, given)).toEqual(names)
  })
})
