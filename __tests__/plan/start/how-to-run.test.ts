import { describe, expect, test } from '@jest/globals'
import { failed, passed } from '../../../src/judge/checks/check.ts'
import { startChecks } from '../../../src/judge/checks/start-checks.ts'
import { failedToStart, howToRun, neededFlags, startWith } from '../../../src/plan/start/how-to-run.ts'
import { planStart, type StartFacts } from '../../../src/plan/start/start-command.ts'

const NOTHING: StartFacts = { written: undefined, name: 'shop', locked: [], apps: [], scripts: {}, management: [] }

function commandOf(facts: Partial<StartFacts>) {
  const { command } = planStart({ ...NOTHING, ...facts })
  if (!command) throw new Error('no command')
  return command
}

const shell = (line: string) => ({ written: { line, from: 'the input command' } })
const FLASK = { module: 'app', object: 'app', kind: 'wsgi', factory: false, framework: 'Flask' } as const

describe('how an image is tried', () => {
  const rows: Readonly<Record<string, { facts: Partial<StartFacts>; is: ReturnType<typeof howToRun> }>> = {
    'a web application by its server': { facts: { apps: [FLASK], locked: ['flask', 'gunicorn'] }, is: { kind: 'serves', port: 8000 } },
    'a command line tool': { facts: { scripts: { shop: 'shop:main' }, locked: ['click'] }, is: { kind: 'tool', program: 'shop' } },
    'a console script beside a web framework is no tool for sure': {
      facts: { scripts: { shop: 'shop:main' }, locked: ['aiohttp', 'uvicorn'] },
      is: { kind: 'starts' },
    },
    'a line with a port of its own': { facts: shell('gunicorn --bind 0.0.0.0:9000 shop:app'), is: { kind: 'serves', port: 9000 } },
    'a line with a port after a blank': { facts: shell('uvicorn --host 0.0.0.0 --port 8080 shop:app'), is: { kind: 'serves', port: 8080 } },
    'a line with PORT': { facts: shell('python serve.py $PORT'), is: { kind: 'serves', port: 8000 } },
    'a worker': { facts: shell('celery -A shop worker'), is: { kind: 'starts' } },
  }
  test.each(Object.entries(rows))('%s', (_name, { facts, is }) => {
    expect(howToRun(commandOf(facts))).toEqual(is)
  })

  test('by the port that the checks saw, before all else', () => {
    const checks = [{ ...passed('start', 'the start command starts: GET / on port 5000 answers 200'), port: 5000 }]
    expect(howToRun(commandOf(shell('celery -A shop worker')), checks)).toEqual({ kind: 'serves', port: 5000 })
    const elsewhere = checks.map((check) => ({ ...check, page: '/docs' }))
    expect(howToRun(commandOf(shell('celery -A shop worker')), elsewhere)).toEqual({ kind: 'serves', port: 5000, page: '/docs' })
  })

  test('with arguments, where the checks saw it end for want of them', () => {
    const checks = [{ ...passed('start', 'x'), state: 'undone', asks: 'wapiti' }]
    expect(howToRun(commandOf(shell('wapiti')), checks)).toEqual({ kind: 'tool', program: 'wapiti' })
  })

  test('with what it lacks, where the checks saw it fail', () => {
    expect(failedToStart([failed('start', 'the start command ended with code 1', 'Look.')])).toBe(true)
    expect(failedToStart([passed('start', 'the start command starts'), failed('stop', 'SIGTERM does not stop it', '')])).toBe(false)
    expect(failedToStart()).toBe(false)
  })

  test('with a key of its own, and a place for what it lacks and for what the checks were given', () => {
    const start = { ...passed('start', 'the start command starts'), needs: ['SECRET_KEY'], lacks: ['DATABASE_URL', 'MAIL'] }
    expect(neededFlags([start], ['MAIL', 'PROXY'])).toBe(' -e SECRET_KEY=$(openssl rand -hex 32) -e DATABASE_URL=… -e MAIL=… -e PROXY=…')
    expect(neededFlags([passed('start', 'it starts')])).toBe('')
    expect(neededFlags()).toBe('')
  })

  test('without a port where the checks saw that it listens on a local socket', () => {
    const checks = [passed('start', 'the start command starts: it listens on /tmp/app.sock')]
    const uvicorn = commandOf(shell('uvicorn --uds /tmp/app.sock app:app'))
    expect(howToRun(uvicorn, checks)).toEqual({ kind: 'starts' })
    expect(howToRun(uvicorn)).toEqual({ kind: 'serves', port: 8000 })
  })

  test('the checks keep the port, but for one that nobody outside reaches', () => {
    const listening = {
      kind: 'listening',
      port: 5000,
      wanted: 5000,
      socket: undefined,
      status: 200,
      lastLine: '',
      stopped: 0.1,
      busy: 1,
      waited: 0,
    } as const
    expect(startChecks({ ...listening, loopback: undefined })[0]?.port).toBe(5000)
    expect(startChecks({ ...listening, loopback: '127.0.0.1' })[0]?.port).toBeUndefined()
  })
})

describe('a help text at the start', () => {
  const ended = { kind: 'ended', code: 2, lastLine: '', usage: true } as const
  test('is told of a command line tool, and a warning of all else', () => {
    const facts = { command: ['shop'], besideWheel: [] }
    expect(startChecks(ended, { ...facts, tool: true })[0]).toMatchObject({ state: 'undone', next: '' })
    expect(startChecks(ended, facts)[0]).toMatchObject({ state: 'failed', level: 'warning' })
  })
})

describe('a start command with arguments', () => {
  const rows: Readonly<Record<string, { command: readonly string[]; is: readonly string[] | undefined }>> = {
    'is its program with them': { command: ['shop'], is: ['shop', '--version', 'a b'] },
    'of a shell ends with them': { command: ['sh', '-c', 'exec shop'], is: ['sh', '-c', 'exec shop "$@"', 'sh', '--version', 'a b'] },
    'is the last one of a row': {
      command: ['sh', '-c', 'cd web && exec shop'],
      is: ['sh', '-c', 'cd web && exec shop "$@"', 'sh', '--version', 'a b'],
    },
    'is the last one of several side by side': {
      command: ['sh', '-c', 'worker & shop'],
      is: ['sh', '-c', 'worker & shop "$@"', 'sh', '--version', 'a b'],
    },
    'is none in the background': { command: ['sh', '-c', 'shop &'], is: undefined },
    'is none in a pipe': { command: ['sh', '-c', 'shop | tee log'], is: undefined },
    'is none without a command': { command: [], is: undefined },
  }
  test.each(Object.entries(rows))('%s', (_name, { command, is }) => {
    expect(startWith(command, ['--version', 'a b'])).toEqual(is)
  })
})
