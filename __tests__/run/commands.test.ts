import { mkdir, stat, symlink } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from '@jest/globals'
import type { ContainerReport, ContainerRequest, Docker } from '../../src/effects/ports.ts'
import { UserError } from '../../src/errors.ts'
import { runLines } from '../../src/run/commands.ts'
import { makeMounts } from '../../src/run/volumes.ts'
import type { World } from '../../src/run/world.ts'
import { inTempFolder } from '../support/in-temp-folder.ts'
import { type Heard, worldIn } from '../support/world.ts'

const WELL: ContainerReport = { code: 0, stdout: '', stderr: '', timedOut: false }
const NOTHING = { env: {}, ports: [], volumes: [], network: '' }
const STAGES = path.join(import.meta.dirname, '../../src/stages')

/** A world whose docker answers each container by a function, and keeps what was asked. */
function worldWith(folder: string, answer: (request: ContainerRequest) => ContainerReport) {
  const asked: ContainerRequest[] = []
  const docker = {
    async run(request: ContainerRequest) {
      asked.push(request)
      return answer(request)
    },
  } as Partial<Docker> as Docker
  const world = worldIn(folder, { docker })
  return { asked, world: { ...world, paths: { ...world.paths, stages: STAGES } } as World, lines: () => (world.log as Heard).lines }
}

async function errorOf(work: Promise<unknown>): Promise<UserError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (error instanceof UserError) return error
  throw error ?? new Error('nothing was thrown')
}

const run = (world: World, lines: readonly string[], settings = {}) =>
  runLines(world, 'shop:1', 'shop', { ...NOTHING, ...settings }, [{ kind: 'run', lines }])

describe('lines', () => {
  test('run one after the other, each in a container with a limit of ten minutes; tests have an hour', () =>
    inTempFolder(async (folder) => {
      const { world, asked } = worldWith(folder, () => WELL)
      const results = await runLines(world, 'shop:1', 'shop', { ...NOTHING, network: 'jobs', ports: ['80:80'] }, [
        { kind: 'manage', lines: ['migrate'] },
        { kind: 'test-command', lines: ['pytest'] },
      ])
      expect(results.map(({ kind, line }) => `${kind} ${line}`)).toEqual(['manage migrate', 'test-command pytest'])
      expect(asked.map(({ limit }) => limit)).toEqual([600_000, 3_600_000])
      expect(asked[0]).toMatchObject({ image: 'shop:1', network: 'jobs', ports: ['80:80'] })
      expect(asked[0]?.command.slice(-1)).toEqual(['migrate'])
    }))

  test('that fail end it: the next one does not run, the lines before are told', () =>
    inTempFolder(async (folder) => {
      const { world, asked } = worldWith(folder, ({ onLine }) => {
        onLine?.('no such table')
        return { ...WELL, code: 2 }
      })
      const error = await errorOf(run(world, ['first', 'second']))
      expect(asked).toHaveLength(1)
      expect(error).toMatchObject({ step: 'run', message: '"first" ended with code 2', details: ['no such table'] })
    }))

  test.each([
    { name: 'a limit that is over', report: { code: 137, timedOut: true }, says: '"x" took longer than 10 minutes and was stopped' },
    { name: 'a kill', report: { code: 137 }, says: '"x" ended with code 137 (killed, perhaps for memory)' },
    {
      name: 'what docker refuses',
      report: { code: 125, stderr: 'docker: Error response from daemon: port is already allocated.\nSee docker run --help.' },
      says: '"x" was not started: port is already allocated.',
    },
    { name: 'a command that ends with 125 by itself', report: { code: 125 }, says: '"x" ended with code 125' },
  ])('are an error that says so: $name', ({ report, says }) =>
    inTempFolder(async (folder) => {
      const { world } = worldWith(folder, () => ({ ...WELL, ...report }))
      expect((await errorOf(run(world, ['x']))).message).toBe(says)
    }),
  )
})

describe('services', () => {
  test('are waited for before the first command, in its network; only host and port are told', () =>
    inTempFolder(async (folder) => {
      const { world, asked, lines } = worldWith(folder, () => WELL)
      await run(world, ['a', 'b'], { network: 'jobs', env: { DATABASE_URL: 'postgres://ada:secret@db/x' } })
      expect(asked).toHaveLength(3)
      expect(asked[0]).toMatchObject({ command: ['python', '-', '30', 'db:5432'], network: 'jobs' })
      expect(asked[0]).not.toHaveProperty('env')
      expect(lines().join('\n')).not.toContain('secret')
    }))

  test('that do not answer are an error with what to set', () =>
    inTempFolder(async (folder) => {
      const { world } = worldWith(folder, () => ({ ...WELL, stdout: 'db:5432 Name or service not known\n' }))
      const error = await errorOf(run(world, ['a'], { env: { DATABASE_URL: 'postgres://ada:secret@db/x' } }))
      expect(error.message).toBe(
        "DATABASE_URL names db:5432, which took no connection in 30 s in the daemon's own network: Name or service not known",
      )
      expect(error.next).toContain('Set network')
    }))
})

describe('mounts', () => {
  test('of the workspace become absolute, missing ones are made, and the container runs as their owner', () =>
    inTempFolder(async (folder) => {
      const { uid, gid } = await stat(folder)
      expect(await makeMounts(worldIn(folder), ['./a/b:/in', 'kept:/kept:ro'])).toEqual({
        volumes: [`${folder}/a/b:/in`, 'kept:/kept:ro'],
        user: `${uid}:${gid}`,
      })
      expect((await stat(`${folder}/a/b`)).isDirectory()).toBe(true)
    }))

  test('that are read only leave the user to the image', () =>
    inTempFolder(async (folder) => {
      expect((await makeMounts(worldIn(folder), ['.:/in:ro'])).user).toBeUndefined()
    }))

  test('through a link that stays inside are taken, through one that leads out not', () =>
    inTempFolder(async (folder) => {
      await mkdir(`${folder}/work/real`, { recursive: true })
      await symlink('real', `${folder}/work/inside`)
      await symlink('..', `${folder}/work/out`)
      const world = worldIn(`${folder}/work`)
      expect((await makeMounts(world, ['./inside/x:/in'])).volumes).toEqual([`${folder}/work/inside/x:/in`])
      for (const line of ['./out/x:/in', './out:/in', './../x:/in']) {
        expect((await errorOf(makeMounts(world, [line]))).message).toBe(`the volume "${line}" leads out of the workspace`)
      }
    }))
})
