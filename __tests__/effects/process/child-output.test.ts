import { describe, expect, test } from '@jest/globals'
import { runArguments } from '../../../src/effects/docker/containers.ts'
import { runInto } from '../../../src/effects/process/child.ts'
import { BUSY } from '../../support/patience.ts'

const shell = (script: string, take: (chunks: AsyncIterable<Buffer>) => Promise<void>) =>
  runInto('sh', ['-c', script], { env: { PATH: process.env.PATH }, take, limit: 60_000 })

async function drain(chunks: AsyncIterable<Buffer>): Promise<void> {
  for await (const _chunk of chunks) {
    // taken, and that is all
  }
}

describe('output that is taken as it comes', () => {
  test('arrives whole, and the program waits for who takes it', async () => {
    let length = 0
    await shell('head -c 5000000 /dev/zero', async (chunks) => {
      for await (const chunk of chunks) {
        length += chunk.length
        await new Promise((resolve) => setImmediate(resolve))
      }
    })
    expect(length).toBe(5_000_000)
  })

  test('of a program that fails is its last words', async () => {
    await expect(shell('echo all; echo no space left >&2; exit 3', drain)).rejects.toThrow('no space left')
  })

  test('of a program that is not there is an error', async () => {
    await expect(runInto('no-such-program', [], { env: {}, take: drain, limit: 1000 })).rejects.toThrow('no-such-program')
  })

  test('that cannot be used ends the program', async () => {
    const started = performance.now()
    const refused = shell('yes', async () => {
      throw new Error('no archive')
    })
    await expect(refused).rejects.toThrow('no archive')
    expect(performance.now() - started).toBeLessThan(5000 * BUSY)
  })
})

test('a container in the background has no init of ours: its own program is PID 1, as in production', () => {
  const { args } = runArguments({ image: 'acme/shop', command: [], network: 'none' }, 'run-1', { background: true })
  expect(args).toContain('--detach')
  expect(args).toContain('--label=io.pypackager.run=run-1')
  expect(args.filter((arg) => arg === '--init' || arg === '--rm')).toEqual([])
})
