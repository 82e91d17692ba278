import { describe, expect, jest, test } from '@jest/globals'
import { run } from '../../../src/effects/process/child.ts'

// What a child writes may be far more than fits into memory.

jest.setTimeout(300_000) // what takes seconds here, and would take hours if each piece were copied

const MB = 1 << 20
const shell = (script: string, options: Parameters<typeof run>[2] = {}) => run('sh', ['-c', script], options)

/** How much our memory grew at most while `work` ran, in MB. */
async function growth(work: () => Promise<unknown>): Promise<number> {
  const before = process.memoryUsage.rss()
  let most = before
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss())
  }, 20)
  await work().finally(() => clearInterval(timer))
  return (Math.max(most, process.memoryUsage.rss()) - before) / MB
}

describe('output without end', () => {
  test('of 512 MB is kept by its begin and its end, with a word between, in bounded memory', async () => {
    const grown = await growth(async () => {
      const result = await shell(`echo first; head -c ${512 * MB} /dev/zero | tr '\\0' x; printf '\\nlast\\n'`)
      expect(result).toMatchObject({ code: 0, timedOut: false, cut: true, stderr: '' })
      expect(result.stdout.length).toBeLessThan(32 * MB)
      expect(result.stdout.slice(0, 8)).toBe('first\nxx')
      expect(result.stdout.slice(-7)).toBe('x\nlast\n')
      const [, left = '0'] = /\n… (\d+) MB more not shown\n/.exec(result.stdout) ?? []
      expect(Number(left)).toBeGreaterThan(480)
    })
    expect(grown).toBeLessThan(450)
  })

  test('of 512 MB in lines is told line by line, in bounded memory', async () => {
    let count = 0
    const grown = await growth(async () => {
      const line = 'x'.repeat(127)
      await shell(`yes ${line} | head -c ${512 * MB} >&2`, { onLine: (text) => void (text === line && count++) })
    })
    expect(count).toBe((512 * MB) / 128)
    expect(grown).toBeLessThan(450)
  })

  test('of 120 MB in one line is told by its begin, with a word', async () => {
    const told: string[] = []
    await shell(`head -c ${120 * MB} /dev/zero | tr '\\0' x; printf '\\nnext'`, { onLine: (line) => told.push(line) })
    expect(told.map((line) => line.slice(line.search(/[^x]/)))).toEqual([`… (${116 * MB} characters more not shown)`, 'next'])
    expect(told[0]?.length).toBeLessThan(5 * MB)
  })
})

test('what fits is whole', async () => {
  const result = await shell(`head -c ${16 * MB} /dev/zero | tr '\\0' x`)
  expect([result.stdout.length, result.cut]).toEqual([16 * MB, undefined])
})

test('lines come as they are wherever the pieces of a stream begin', async () => {
  const text = 'a\r\nb\rc\n\n\r\r\nd€\r'
  for (let at = 1; at < Buffer.from(text).length; at++) {
    const bytes = Buffer.from(text).toString('hex')
    const script = `const b = Buffer.from('${bytes}', 'hex'); process.stdout.write(b.subarray(0, ${at})); setTimeout(() => process.stdout.write(b.subarray(${at})), 30)`
    const told: string[] = []
    await run(process.execPath, ['-e', script], { onLine: (line) => told.push(line) })
    expect([at, told]).toEqual([at, ['a', 'b', 'c', '', '', '', 'd€']])
  }
})

test('who needs a long answer whole says how long it may be', async () => {
  const script = `head -c ${24 * MB} /dev/zero | tr '\\0' x`
  const whole = await shell(script, { kept: 32 * MB })
  expect([whole.stdout.length, whole.cut]).toEqual([24 * MB, undefined])
  expect((await shell(script, { kept: MB })).cut).toBe(true)
})
