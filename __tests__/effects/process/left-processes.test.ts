import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp } from 'node:fs/promises'
import { describe, expect, test } from '@jest/globals'
import { endLeftProcesses } from '../../../src/effects/process/left-processes.ts'
import { inTempFolder } from '../../support/temp.ts'

const OVER = `over-${process.pid}`
/** Nobody else sends it, and of several that wait a program gets the one with the lower number (signal(7): SIGTERM, SIGKILL). */
const OURS = 'SIGVTALRM'

/** What became of a program in the environment of a run, once what is left of the run that is over was ended. */
async function fate(program: string, run: string | undefined, args: readonly string[] = []): Promise<'ended' | 'lives'> {
  return inTempFolder(async (folder) => {
    const file = `${folder}/${program}`
    await cp('/bin/sleep', file)
    const env = { PATH: process.env.PATH, ...(run && { PYPACKAGER_RUN: run }) }
    const child = spawn(file, ['60', ...args], { env, detached: true, stdio: 'ignore' })
    await once(child, 'spawn')
    const closed = once(child, 'close')
    await endLeftProcesses((name) => name === OVER)
    child.kill(OURS) // what was sent before it is what the program dies of
    const [, signal] = await closed
    return signal === OURS ? 'lives' : 'ended'
  })
}

describe('of programs that are at work', () => {
  test.each<{ name: string; program: string; run?: string; ends: 'ended' | 'lives' }>([
    { name: 'a docker client of a run that is over is ended', program: 'docker', run: OVER, ends: 'ended' },
    { name: 'its plugin is ended', program: 'docker-buildx', run: OVER, ends: 'ended' },
    { name: 'one of another run lives', program: 'docker', run: 'another', ends: 'lives' },
    { name: 'one of the user lives', program: 'docker', ends: 'lives' },
    { name: 'an agent that a program of ours started lives', program: 'ssh-agent', run: OVER, ends: 'lives' },
  ])('$name', async ({ program, run, ends }) => {
    expect(await fate(program, run)).toBe(ends)
  })
})

test('what a program starts while it is ended is ended too', async () => {
  await inTempFolder(async (folder) => {
    await cp('/bin/sleep', `${folder}/docker`)
    await cp('/bin/bash', `${folder}/git`)
    const env = { PATH: process.env.PATH, PYPACKAGER_RUN: OVER }
    const child = spawn(`${folder}/git`, ['-c', `while :; do "${folder}/docker" 60 & sleep 0.01; done`], {
      env,
      detached: true,
      stdio: 'ignore',
    })
    await once(child, 'spawn')
    await new Promise((resolve) => setTimeout(resolve, 100))
    await endLeftProcesses((name) => name === OVER)
    const { run } = await import('../../../src/effects/process/child.ts')
    const listed = (await run('ps', ['-eo', 'args'])).stdout
    expect(listed).not.toContain(folder)
  })
})
