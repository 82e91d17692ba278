import { glob, readFile } from 'node:fs/promises'
import path from 'node:path'
import { PassThrough } from 'node:stream'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { crashed } from '../../../src/cli/verbs/tool.ts'
import { actionsLog } from '../../../src/effects/log/log.ts'
import { jsonText, logLine } from '../../../src/effects/log/log-line.ts'
import { terminalLog } from '../../../src/effects/log/terminal-log.ts'
import { errorLine, UserError } from '../../../src/errors.ts'
import { captured } from '../../support/capture.ts'
import { HOSTILE, hostileText } from '../../support/hostile-text.ts'
import { BUSY, processorTime } from '../../support/patience.ts'
import { commandsIn } from '../../support/runner-commands.ts'

type Said = ReturnType<typeof actionsLog>

/** Every way that a text leaves by, and the names of the commands that are meant. */
const WAYS: Readonly<Record<string, { say: (log: Said, text: string) => unknown; meant: readonly string[] }>> = {
  info: { say: (log, text) => log.info(text), meant: [] },
  foreign: { say: (log, text) => log.foreign([text, `  | ${text}`, `${text}${text}`]), meant: [] },
  notice: { say: (log, text) => log.notice(text), meant: ['notice'] },
  warning: { say: (log, text) => log.warning(text), meant: ['warning'] },
  error: { say: (log, text) => log.error(text), meant: ['error'] },
  'an error with its place': { say: (log, text) => log.error(text, { file: text, line: 3, column: 4 }), meant: ['error'] },
  "the error line of a user's fault": {
    say: (log, text) => log.error(errorLine(new UserError('wheels', text, text)), { file: text }),
    meant: ['error'],
  },
  'the error line of a fault of ours': { say: (log, text) => log.error(errorLine(new Error(text))), meant: ['error'] },
  debug: { say: (log, text) => log.debug(text), meant: ['debug'] },
  'the title of a group': { say: (log, text) => log.group(text, async () => log.info(text)), meant: ['group', 'endgroup'] },
  mask: { say: (log, text) => log.mask([text]), meant: ['add-mask'] },
}

async function saidBy(way: string, text: string): Promise<string> {
  process.env.RUNNER_DEBUG = '1'
  try {
    return await captured(() => WAYS[way]?.say(actionsLog(true), text))
  } finally {
    delete process.env.RUNNER_DEBUG
  }
}

async function onlyWhatIsMeant(way: string, text: string): Promise<void> {
  const said = await saidBy(way, text)
  const commands = commandsIn(said)
  expect(commands.map(({ name }) => name)).toEqual(WAYS[way]?.meant)
  for (const command of commands) {
    // A secret is hidden as it is; whatever is shown is one line.
    if (command.name === 'add-mask') expect(command.text).toBe(text.toWellFormed())
    else expect(command.text).not.toMatch(/[\r\n]/)
    expect(Object.keys(command.properties).filter((name) => !['file', 'line', 'col'].includes(name))).toEqual([])
  }
}

describe.each(Object.keys(WAYS))('a runner obeys, of what leaves by %s,', (way) => {
  test.each(Object.entries(HOSTILE))('only what is meant: %s', (_name, text) => onlyWhatIsMeant(way, text))

  test('only what is meant, of 500 generated texts', () =>
    fc.assert(
      fc.asyncProperty(hostileText, (text) => onlyWhatIsMeant(way, text)),
      { numRuns: 500 },
    ))
})

test('the judge of these tests finds the commands where nothing stops them', () => {
  const quiet = [
    'a command after other line ends',
    'a command behind a colour',
    'an escaped newline',
    'an escaped escape',
    'half a character',
    'a stop of commands',
  ]
  for (const [name, text] of Object.entries(HOSTILE).filter(([name]) => !quiet.includes(name)))
    expect([name, commandsIn(text).length > 0 || text.includes('stop-commands')]).toEqual([name, true])
})

test('outside Actions there is no command at all', () =>
  fc.assert(
    fc.asyncProperty(fc.constantFrom(...Object.keys(WAYS)), hostileText, async (way, text) => {
      expect(commandsIn(await captured(() => WAYS[way]?.say(actionsLog(false), text)))).toEqual([])
    }),
    { numRuns: 500 },
  ))

test('a terminal gets one line of what may be seen, and a runner no command, from all that the tool says', () =>
  fc.assert(
    fc.asyncProperty(hostileText, fc.boolean(), async (text, terminal) => {
      const stream = Object.assign(new PassThrough(), { isTTY: terminal, columns: 80 }) as unknown as NodeJS.WriteStream
      let said = ''
      stream.on('data', (chunk: Buffer) => {
        said += chunk.toString()
      })
      const log = terminalLog({ stream, verbose: true, env: { NO_COLOR: '1' } })
      for (const way of [log.info, log.notice, log.warning, log.error, log.debug] as const) way(text)
      log.foreign([text])
      await log.group(text, async () => log.progress?.(text))
      expect(commandsIn(said)).toEqual([])
      const ours = said.replaceAll('\r\u001b[2K', '')
      expect(ours).not.toMatch(/(?![\t\n])\p{Cc}|\p{Cf}/u)
      expect(ours.split('\n')).toHaveLength(8)
    }),
    { numRuns: 500 },
  ))

test('a fault that nobody caught is one line of the tool, and no command', () => {
  for (const text of Object.values(HOSTILE)) {
    const stream = Object.assign(new PassThrough(), { isTTY: false, columns: 80 }) as unknown as NodeJS.WriteStream
    crashed(new Error(text), stream, {})
    const said = String(stream.read())
    expect(said).toMatch(/^error: pypackager failed unexpectedly: [^\n\r]*\n$/)
    expect(commandsIn(said)).toEqual([])
  }
})

test('JSON on standard output is the same value, and no command', () =>
  fc.assert(
    fc.property(hostileText, fc.option(fc.constant(2), { nil: undefined }), (text, indent) => {
      const value = { [text]: [text, text.length] }
      expect(JSON.parse(jsonText(value, indent))).toEqual(value)
      expect(commandsIn(jsonText(value, indent))).toEqual([])
    }),
    { numRuns: 500 },
  ))

test('nothing but the logs writes a text that a runner or a terminal reads', async () => {
  const src = path.join(import.meta.dirname, '../../../src')
  const found: string[] = []
  for await (const file of glob('**/*.ts', { cwd: src, exclude: ['stages/**'] })) {
    const text = await readFile(path.join(src, file), 'utf8')
    const writes = /\bcore\.(info|notice|warning|error|debug|group|startGroup|setFailed|exportVariable|addPath)\(|console\.|\.write\(/g
    const plain = [...text.matchAll(writes)].filter(([write]) => write !== '.write(' || /std(out|err)\.write|stream\.write/.test(text))
    if (plain.length > 0) found.push(file)
  }
  // The cache's child speaks to its parent alone; cli/ writes JSON and help; cli.ts a text of its own.
  const known = [
    'cli.ts',
    'cli/doctor/doctor.ts',
    'cli/verbs/clean-verb.ts',
    'cli/verbs/eject-verb.ts',
    'cli/verbs/image-verb.ts',
    'cli/verbs/init-verb.ts',
    'cli/verbs/package-verb.ts',
    'cli/verbs/plan-verb.ts',
    'cli/verbs/tool.ts',
    'cli/word.ts',
    'effects/cache/cache-child.ts',
  ]
  expect(found.sort()).toEqual([...known, 'effects/log/log.ts', 'effects/log/terminal-log.ts'].sort())
})

test('what is harmless stays as it is', () => {
  for (const text of ['  ✓ runs as uid 10001', 'shop==1.0::extra', 'a: b :: c', '## Heading [1]', 'Zürich 東京\tü', '::: c'.slice(2)])
    expect(logLine(text)).toBe(text)
})

test('a long line is cut with a word, soon', () => {
  const taken = processorTime(() => {
    for (const piece of ['#', ':', '\u001b[', '\u001b]', ' ', '#\u200b', '\n'])
      expect(logLine(piece.repeat(1_000_000)).length).toBeLessThanOrEqual(10_100)
    expect(logLine('x'.repeat(1_000_000))).toMatch(/^x{10000}… \(990000 characters more not shown\)$/)
  })
  expect(taken).toBeLessThan(1000 * BUSY)
})
