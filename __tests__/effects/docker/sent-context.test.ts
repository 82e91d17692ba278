import { expect, test } from '@jest/globals'
import { runBuild } from '../../../src/effects/docker/build-run.ts'
import { listener } from '../../support/world.ts'

const LIMITS = { limit: 60_000, heartbeat: 5 }

/** What a build tells that sends such a context, at work until that was told. */
async function sending(lines: readonly string[], last: string): Promise<readonly string[]> {
  const log = listener()
  await runBuild(
    async ({ onLine }) => {
      for (const line of lines) onLine?.(line)
      while (!log.lines.some((line) => line.includes('at work'))) await new Promise((resolve) => setTimeout(resolve, 5))
      onLine?.(last)
      return { code: 0, stdout: '', stderr: '', timedOut: false }
    },
    { target: 'app-wheel-files' },
    { ...LIMITS, log },
  )
  return log.lines
}

test('a build whose context takes long says how much of it was sent, and at its end what leaves files out', async () => {
  const lines = ['#4 [internal] load build context', '#4 transferring context: 1.07GB 5.0s', '#4 transferring context: 2.13GB 10.1s']
  const told = await sending(lines, '#4 transferring context: 5.37GB 80.2s done')
  expect(told[0]).toMatch(
    /^ {2}… building the wheel of the project: still at work \((?:\d+ s, )?time limit in .*\): 2\.13GB of files are sent$/,
  )
  expect(told.at(-1)).toBe('  5.37GB of files were sent to this build: a .dockerignore leaves out those that the image does not need')
})

test('a small context is nothing to tell of', async () => {
  const told = await sending(['#4 transferring context: 71.98kB 0.1s'], '#4 transferring context: 140.2MB 0.3s done')
  expect(told.filter((line) => line.includes('were sent'))).toEqual([])
})
