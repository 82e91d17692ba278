import { describe, expect, test } from '@jest/globals'
import { askedAs, seeLines, withHosts } from '../../../src/judge/checks/allowed-hosts.ts'
import { type Check, undone } from '../../../src/judge/checks/check.ts'
import type { SiteLine } from '../../../src/judge/checks/site-checks.ts'
import { startChecks } from '../../../src/judge/checks/start-checks.ts'
import { neededFlags } from '../../../src/plan/start/how-to-run.ts'

type Form = 'comma' | 'blank' | 'json' | 'one'

function site(hosts: string[] | null, form?: Form): readonly SiteLine[] {
  return [{ section: 'settings', fault: null, hosts, moves: { hosts: form ? { name: 'HOSTS', form } : null, database: null } }]
}

const ANSWER = {
  kind: 'listening',
  port: 8000,
  wanted: 8000,
  loopback: undefined,
  socket: undefined,
  lastLine: '',
  stopped: 0,
  waited: 3,
} as const

function started(status: number): Check {
  return startChecks({ ...ANSWER, status })[0] as Check
}

describe('a site that refuses localhost is asked', () => {
  test.each([
    { name: 'with hosts parted by commas', form: 'comma', flag: ' -e HOSTS=localhost,127.0.0.1', host: 'localhost' },
    { name: 'with hosts parted by blanks', form: 'blank', flag: " -e 'HOSTS=localhost 127.0.0.1'", host: 'localhost' },
    { name: 'with a list in JSON', form: 'json', flag: ' -e \'HOSTS=["localhost","127.0.0.1"]\'', host: 'localhost' },
    { name: 'with the one host that it takes', form: 'one', flag: ' -e HOSTS=127.0.0.1', host: '127.0.0.1' },
  ] as const)('$name', ({ form, flag, host }) => {
    const lines = site([], form)
    const as = askedAs(lines)
    expect(as?.host).toBe(host)
    const [check] = withHosts([started(200)], lines, as)
    expect(check).toMatchObject({ state: 'passed', text: expect.stringMatching(/ answers 200, given HOSTS=.* \(without: 400\)$/) })
    expect(neededFlags([check as Check])).toBe(flag)
  })

  test('as a host that its settings name, where no variable brings one', () => {
    const lines = site(['.shop.example', 'api.shop.example'])
    const as = askedAs(lines)
    expect(as).toMatchObject({ host: 'shop.example', env: {} })
    const [check] = withHosts([started(200)], lines, as)
    expect(check).toMatchObject({
      state: 'passed',
      host: 'shop.example',
      text: 'the start command starts: GET / on port 8000 answers 200, asked as shop.example (as localhost 400: ALLOWED_HOSTS has .shop.example, api.shop.example alone)',
    })
    expect(neededFlags([check as Check])).toBe('')
    expect(seeLines(check as Check).join()).toContain("curl -H 'Host: shop.example' http://127.0.0.1:8000/")
  })

  test('as nobody, where none is known', () => {
    expect(askedAs(site(null))).toBeUndefined()
    expect(askedAs(site([]))).toBeUndefined()
    expect(askedAs(null)).toBeUndefined()
  })
})

test('a site that answers to no host at all does not pass', () => {
  expect(withHosts([started(400)], site([]), undefined)).toMatchObject([
    { name: 'start', state: 'failed', level: 'warning', text: expect.stringContaining('answers 400 to every host'), port: 8000 },
  ])
})

test.each([
  { name: 'that lets localhost in', status: 400, hosts: null },
  { name: 'that is asked as localhost', status: 200, hosts: [] },
])('a start $name stays as it is', ({ status, hosts }) => {
  expect(withHosts([started(status)], site(hosts), undefined)).toEqual([started(status)])
  const other = undone('imports', 'the modules', 'why')
  expect(withHosts([other], site(hosts), undefined)).toEqual([other])
})

test.each([
  { name: 'at once', stopped: 0.2, state: 'passed', text: 'SIGTERM stops it within a second' },
  { name: 'after a while, as on a busy machine', stopped: 3.9, state: 'passed', text: 'SIGTERM stops it in 3.9 s' },
  { name: 'never', stopped: undefined, state: 'failed', text: 'SIGTERM does not stop it within 3 s' },
])('SIGTERM that stops it $name', ({ stopped, state, text }) => {
  expect(startChecks({ ...ANSWER, status: 200, stopped })[1]).toMatchObject({ name: 'stop', state, text })
})

describe('a site that sends all to https', () => {
  const leads = (status: number) => ({ ...ANSWER, status: 301, to: { path: '/', secure: true, status } })

  test('is asked with the variable that turns it off', () => {
    const lines: readonly SiteLine[] = [
      {
        section: 'settings',
        fault: null,
        hosts: null,
        secure: true,
        moves: { hosts: null, database: null, plain: { name: 'SSL', value: 'False' } },
      },
    ]
    const as = askedAs(lines)
    const [check] = withHosts([started(200)], lines, as)
    expect(check?.text).toMatch(/ answers 200, given SSL=False \(without: a redirect to https\)$/)
    expect(neededFlags([check as Check])).toBe(' -e SSL=False')
  })

  test('passes where a page comes to a proxy, with how it is seen here', () => {
    const [check] = startChecks(leads(200))
    expect(check).toMatchObject({ state: 'passed', text: expect.stringContaining('301 to https, and 200 to a proxy') })
    expect(seeLines(check as Check)).toEqual([
      "It sends browsers to https. To see it here: curl -H 'X-Forwarded-Proto: https' http://127.0.0.1:8000/",
    ])
  })

  test('does not pass where no page ever comes', () => {
    expect(startChecks(leads(301))[0]).toMatchObject({ state: 'failed', next: expect.stringContaining('SECURE_PROXY_SSL_HEADER') })
  })
})

test('a page that leads to a failure does not pass', () => {
  const [check] = startChecks({ ...ANSWER, status: 302, to: { path: '/login/', secure: false, status: 500 }, lastLine: 'no such table: x' })
  expect(check).toMatchObject({
    state: 'failed',
    text: expect.stringContaining('answers 302 to /login/, which answers 500: no such table: x'),
  })
})
