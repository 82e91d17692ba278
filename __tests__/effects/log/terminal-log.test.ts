import { PassThrough } from 'node:stream'
import { describe, expect, test } from '@jest/globals'
import { terminalLog } from '../../../src/effects/log/terminal-log.ts'
import { until } from '../../support/command.ts'

function logTo(terminal: boolean, env: Readonly<Record<string, string>> = {}, verbose = false) {
  const stream = Object.assign(new PassThrough(), { isTTY: terminal, columns: 40 }) as unknown as NodeJS.WriteStream
  let text = ''
  stream.on('data', (chunk: Buffer) => {
    text += chunk.toString()
  })
  return { log: terminalLog({ stream, verbose, env }), said: () => text }
}

describe('where colours are', () => {
  const rows: Readonly<Record<string, { terminal: boolean; env: Readonly<Record<string, string>>; coloured: boolean }>> = {
    'in a terminal': { terminal: true, env: {}, coloured: true },
    'not in a pipe': { terminal: false, env: {}, coloured: false },
    'not where NO_COLOR is set': { terminal: true, env: { NO_COLOR: '1' }, coloured: false },
    'not in a dumb terminal': { terminal: true, env: { TERM: 'dumb' }, coloured: false },
    'in a pipe by FORCE_COLOR': { terminal: false, env: { FORCE_COLOR: '1' }, coloured: true },
  }
  test.each(Object.entries(rows))('%s', (_name, { terminal, env, coloured }) => {
    const { log, said } = logTo(terminal, env)
    log.warning('careful')
    expect(said()).toBe(coloured ? '\u001b[33mwarning:\u001b[0m careful\n' : 'warning: careful\n')
  })
})

describe('progress', () => {
  const work = ({ log, said }: ReturnType<typeof logTo>, isOver: (said: string) => boolean) =>
    log.group('wheels', async () => {
      log.progress?.('wheel-uwsgi: compiling something with a very long name that fits no line')
      await until('the line of progress', 20, () => isOver(said()))
      log.info('  done')
    })

  test('is one line of a terminal that is written over and is gone at the end', async () => {
    const { log, said } = logTo(true, { NO_COLOR: '1' })
    await work({ log, said }, (text) => text.includes('wheel-uwsgi'))
    expect(said()).toMatch(/ wheels \d+ s {2}wheel-uwsgi: /)
    expect(said()).toContain('\r\u001b[2K  done\n')
    expect(said().endsWith('\r\u001b[2K')).toBe(true)
    for (const drawn of said().split(/[\r\n]/)) expect(drawn.replace('\u001b[2K', '').length).toBeLessThanOrEqual(40)
  })

  test('is not in a pipe', async () => {
    const { log, said } = logTo(false)
    const end = performance.now() + 300 // time enough to be drawn twice
    await work({ log, said }, () => performance.now() > end)
    expect(said()).toBe('wheels\n  done\n')
  })
})

test('lines of others cannot move the cursor, nor command a runner', () => {
  const { log, said } = logTo(false)
  log.foreign(['\u001b[2Jred\r', '  ::error::x', '##[error]y'])
  expect(said()).toBe('red\n  : :error::x\n## [error]y\n')
})

test('what docker says is told only where that is asked for', () => {
  const [quiet, verbose] = [logTo(false), logTo(false, {}, true)]
  for (const { log } of [quiet, verbose]) log.debug('#1 DONE')
  expect([quiet.said(), verbose.said()]).toEqual(['', '#1 DONE\n'])
})
