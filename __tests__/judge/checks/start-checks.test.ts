import { describe, expect, test } from '@jest/globals'
import { startChecks } from '../../../src/judge/checks/start-checks.ts'
import { failedToStart } from '../../../src/plan/start/how-to-run.ts'

const FACTS = { command: ['shop'], besideWheel: [] }
const ended = (code: number, lastLine: string) => ({ kind: 'ended', code, lastLine }) as const
const NEVER = { wanted: 8000, loopback: undefined, socket: undefined, stopped: 0.1, waited: 0 }
const listening = (status: number, lastLine = '') => ({ kind: 'listening', port: 8000, status, lastLine, ...NEVER }) as const

describe('a start that ends', () => {
  test('with code 0 after an error that it caught is no good one for a web application', () => {
    const said = "PermissionError: [Errno 13] Permission denied: '/appenv/lib/python3.13/site-packages/shop/config.yml'"
    const [check] = startChecks(ended(0, said), { ...FACTS, web: true })
    expect(check).toMatchObject({ state: 'failed', text: expect.stringContaining('code 0, and it said: PermissionError') })
    expect(check?.next).toContain('writable')
    expect(startChecks(ended(0, ''), { ...FACTS, web: true })[0]?.state).toBe('undone')
  })

  test('for want of arguments is that of a command line tool', () => {
    const said = 'URL target is missing, try using -u <url>'
    expect(startChecks(ended(1, said), { ...FACTS, tool: true })[0]).toMatchObject({ state: 'undone', text: expect.stringContaining(said) })
    expect(startChecks(ended(1, said), FACTS)[0]?.state).toBe('failed')
    const raised = "FileNotFoundError: [Errno 2] No such file or directory: 'x'"
    expect(startChecks(ended(1, raised), { ...FACTS, tool: true })[0]?.state).toBe('failed')
    expect(startChecks(ended(127, 'sh: 1: exec: shop: not found'), { ...FACTS, tool: true })[0]?.level).toBe('error')
  })
})

describe('a console script beside a web framework that ends', () => {
  const facts = { ...FACTS, command: ['sh', '-c', 'exec shop'], web: true, scripts: ['shop', 'shop-admin'] }
  test.each([
    { name: 'for want of an option, by argparse', said: 'shop: error: one of the arguments -u/--url --update is required', asks: 'shop' },
    { name: 'for want of an argument, by click', said: "Error: Missing argument 'FILENAME'.", asks: 'shop' },
    { name: 'in words of its own', said: 'Error: missing required path to database file.', asks: 'shop' },
    { name: 'for want of a file that click was to be given', said: 'Error: No file specified', asks: 'shop' },
    { name: 'for want of a variable', said: 'Error: missing required environment variable', asks: undefined },
    { name: 'for want of a setting', said: 'shop: error: no path in SHOP_HOME', asks: undefined },
    { name: 'for a file that is not there', said: 'Error: No such file or directory: shop.db', asks: undefined },
    { name: 'by its fault', said: "TypeError: main() missing 1 required positional argument: 'path'", asks: undefined },
  ])('$name asks for arguments: $asks', ({ said, asks }) => {
    const [check] = startChecks(ended(2, said), facts)
    expect([check?.asks, check?.state]).toEqual([asks, asks ? 'undone' : 'failed'])
    expect(startChecks(ended(2, said), { ...facts, command: ['sh', '-c', 'exec shop serve'] })[0]?.asks).toBeUndefined()
    expect(startChecks(ended(2, said), { ...facts, scripts: ['other'] })[0]?.state).toBe('failed')
  })
})

test('a server whose workers end again and again says why', () => {
  const lastLine = 'Error: Please configure a random SECRET_KEY'
  const [deaf] = startChecks({ ...listening(200), status: null, lastLine }, FACTS)
  expect(deaf).toMatchObject({ state: 'failed', text: expect.stringContaining(`does not answer; it said: ${lastLine}`) })
  const silent = { kind: 'silent', seconds: 8, stopped: 0.1, waited: 0 } as const
  expect(startChecks({ ...silent, lastLine }, FACTS)[0]).toMatchObject({ state: 'failed', text: expect.stringContaining(lastLine) })
  expect(startChecks({ ...silent, lastLine: '' }, FACTS)[0]?.state).toBe('undone')
})

describe('an answer', () => {
  test('of 500 for a name that an installed package has not is an error, whatever the image is given', () => {
    const said =
      "ImportError: cannot import name 'cc_delim_re' from 'django.utils.cache' (/appenv/lib/python3.13/site-packages/django/utils/cache.py)"
    const [check] = startChecks(listening(500, said), FACTS)
    expect(check).toMatchObject({
      state: 'failed',
      level: 'error',
      next: expect.stringContaining('django that is installed has no cc_delim_re'),
    })
    expect(startChecks(listening(500, 'KeyError: 1'), FACTS)[0]?.level).toBe('warning')
  })

  test('of 400 is no start that its user would see', () => {
    const checks = startChecks(listening(400), FACTS)
    expect([checks[0]?.state, failedToStart(checks)]).toEqual(['undone', true])
    expect(failedToStart(startChecks(listening(200), FACTS))).toBe(false)
  })
})

test('a start that ends beside a file of configuration that it looked for names the volume that brings it', () => {
  const facts = { command: ['gunicorn'], besideWheel: [] }
  const [check] = startChecks({ ...ended(3, 'KeyError: x'), sought: '/etc/shop/shop.cfg' }, facts)
  expect(check?.next).toMatch(/ It looked for \/etc\/shop\/shop\.cfg, which is not there: a volume brings it \(-v FOLDER:\/etc\/shop\)\.$/)
  expect(startChecks(ended(3, 'KeyError: x'), facts)[0]?.next).not.toContain('looked for')
})
