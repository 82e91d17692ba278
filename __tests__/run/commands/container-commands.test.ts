import { mkdir, stat, symlink, writeFile } from 'node:fs/promises'
import { describe, expect, test } from '@jest/globals'
import type { ContainerEnd, ContainerRequest, Docker } from '../../../src/effects/docker-port.ts'
import { UserError } from '../../../src/errors.ts'
import { runLines } from '../../../src/run/commands/container-commands.ts'
import { checkVolumes, makeMounts } from '../../../src/run/prepare/mounts.ts'
import type { World } from '../../../src/run/world.ts'
import { inTempFolder } from '../../support/in-temp-folder.ts'
import { type Heard, worldIn } from '../../support/world.ts'

const WELL: ContainerEnd = { code: 0, stdout: '', stderr: '', timedOut: false }
const NOTHING = { env: {}, ports: [], volumes: [], network: '' }

/** A world whose docker answers each container by a function, and keeps what was asked. */
function worldWith(folder: string, answer: (request: ContainerRequest) => ContainerEnd) {
  const asked: ContainerRequest[] = []
  const docker = {
    async run(request: ContainerRequest) {
      asked.push(request)
      return answer(request)
    },
  } as Partial<Docker> as Docker
  const world = worldIn(folder, { docker })
  return { asked, world, lines: () => (world.log as Heard).lines }
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
  runLines(world, { image: 'shop:1', project: 'shop' }, { ...NOTHING, ...settings }, [{ kind: 'run', lines }])

/** What the driver in the container prints: the mark and a code after each line that it ran, up to the first that failed. */
function driven({ command, onLine }: ContainerRequest, codes: readonly number[], said: readonly string[] = []): ContainerEnd {
  for (const line of said) onLine?.(line)
  for (const code of codes) onLine?.(`${command[4]} ${code}`)
  return { ...WELL, code: codes.at(-1) ?? 0 }
}

describe('lines', () => {
  test('share a container; each has a limit of ten minutes, those of tests an hour', () =>
    inTempFolder(async (folder) => {
      const { world, asked } = worldWith(folder, (request) => driven(request, [0, 0]))
      const results = await runLines(world, { image: 'shop:1', project: 'shop' }, { ...NOTHING, network: 'jobs', ports: ['80:80'] }, [
        { kind: 'manage', lines: ["loaddata 'a b'"] },
        { kind: 'test-command', lines: ['pytest'] },
      ])
      expect(results.map(({ kind, line }) => `${kind} ${line}`)).toEqual(["manage loaddata 'a b'", 'test-command pytest'])
      expect(asked).toHaveLength(1)
      expect(asked[0]).toMatchObject({ image: 'shop:1', network: 'jobs', ports: ['80:80'] })
      const [first, finding, second, line] = asked[0]?.command.slice(5) ?? []
      expect([first, second, line]).toEqual(['600', '3600', 'pytest'])
      expect(finding).toMatch(/^python -c '.*' shop loaddata 'a b'$/s)
    }))

  test('are told as they begin, with what they print; the mark is not shown', () =>
    inTempFolder(async (folder) => {
      const { world, lines } = worldWith(folder, (request) => {
        request.onLine?.('one')
        request.onLine?.(`no end of line${request.command[4]} 0`)
        return driven(request, [0], ['two'])
      })
      await run(world, ['a', 'b'])
      expect(lines()).toEqual(['  run: a', '  | one', '  | no end of line', '  run: b', '  | two'])
    }))

  test('that fail end it, with what that line said', () =>
    inTempFolder(async (folder) => {
      const { world } = worldWith(folder, (request) => {
        driven(request, [0], ['fine'])
        return driven(request, [2], ['no such table'])
      })
      expect(await errorOf(run(world, ['first', 'second', 'third']))).toMatchObject({
        step: 'run',
        message: '"second" ended with code 2: no such table',
        details: ['no such table'],
      })
    }))

  test.each([
    {
      name: 'a database that is not there',
      said: ['Traceback', 'django.db.utils.OperationalError: connection to server at "db" failed: refused', '\tIs the server running?'],
      message: '"migrate" ended with code 1: django.db.utils.OperationalError: connection to server at "db" failed: refused',
      next: /^Set network to that of the services .*, and their address in env\. Nothing was pushed\.$/,
    },
    {
      name: 'a setting that is missing',
      said: ['django.core.exceptions.ImproperlyConfigured: The SECRET_KEY setting must not be empty.', ''],
      message: '"migrate" ended with code 1: django.core.exceptions.ImproperlyConfigured: The SECRET_KEY setting must not be empty.',
      next: /^Give it the setting in env\. /,
    },
    { name: 'what nobody knows', said: ['a', ' b '], message: '"migrate" ended with code 1: b', next: /^Its last lines are above\. / },
    { name: 'silence', said: [], message: '"migrate" ended with code 1', next: /^Its last lines are above\. / },
  ])('tell why they failed, and what to set: $name', ({ said, message, next }) =>
    inTempFolder(async (folder) => {
      const { world } = worldWith(folder, (request) => driven(request, [1], said))
      const error = await errorOf(run(world, ['migrate']))
      expect(error.message).toBe(message)
      expect(error.next).toMatch(next)
    }),
  )

  test('are not believed to have passed where the container says otherwise', () =>
    inTempFolder(async (folder) => {
      const { world } = worldWith(folder, (request) => ({ ...driven(request, [0]), code: 3 }))
      expect((await errorOf(run(world, ['first']))).message).toBe('"first" ended with code 3')
    }))

  test('are not believed to have passed where the container ended before them', () =>
    inTempFolder(async (folder) => {
      const { world } = worldWith(folder, (request) => driven(request, [0]))
      expect((await errorOf(run(world, ['first', 'second']))).message).toBe('"second" ended with code 0')
    }))

  test.each([
    { name: 'a limit that is over', report: { code: 137, timedOut: true }, says: '"x" took longer than 10 minutes and was stopped' },
    { name: 'a kill', report: { code: 137 }, says: '"x" ended with code 137 (killed, perhaps for memory)' },
    { name: 'a command that ends as timeout does', report: { code: 124 }, says: '"x" ended with code 124' },
    {
      name: 'what docker refuses',
      report: { code: 125, stderr: 'docker: Error response from daemon: port is already allocated.\nSee docker run --help.' },
      says: '"x" was not started: port is already allocated.',
    },
    {
      name: 'what runc refuses, through the layers of the 29 line',
      report: {
        code: 125,
        stderr:
          'docker: Error response from daemon: failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: error mounting "/a" to rootfs at "/b": not a directory\n',
      },
      says: '"x" was not started: error mounting "/a" to rootfs at "/b": not a directory',
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
      const { world, asked, lines } = worldWith(folder, (request) => (request.input === undefined ? driven(request, [0, 0]) : WELL))
      await run(world, ['a', 'b'], { network: 'jobs', env: { DATABASE_URL: 'postgres://ada:secret@db/x' } })
      expect(asked).toHaveLength(2)
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
        binds: [],
        user: `${uid}:${gid}`,
        hosts: [`${folder}/a/b`],
      })
      expect((await stat(`${folder}/a/b`)).isDirectory()).toBe(true)
    }))

  test('whose folder cannot be made are refused before anything is built, and nothing is made', () =>
    inTempFolder(async (folder) => {
      await writeFile(`${folder}/notes.txt`, '')
      const world = worldIn(folder)
      const line = './notes.txt/data:/in'
      const error = await errorOf(checkVolumes(world, [line]))
      expect([error.message, error.input]).toEqual([
        `the folder of the volume "${line}" cannot be made: ${folder}/notes.txt is no folder`,
        'volumes',
      ])
      expect((await errorOf(makeMounts(world, [line]))).message).toBe(error.message)
      await checkVolumes(world, ['./a/b:/in', './notes.txt:/in.txt:ro', 'kept:/kept'])
      await expect(stat(`${folder}/a`)).rejects.toThrow('ENOENT')
    }))

  test('of a workspace with a colon in its path are given by fields', () =>
    inTempFolder(async (folder) => {
      await mkdir(`${folder}/a:b, "c"`)
      const { volumes, binds } = await makeMounts(worldIn(`${folder}/a:b, "c"`), ['./x:/in:ro'])
      expect({ volumes, binds }).toEqual({ volumes: [], binds: [{ source: `${folder}/a:b, "c"/x`, target: '/in', readOnly: true }] })
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

describe('what a line prints', () => {
  test('without end is shown by its begin and its last lines, with a word between', () =>
    inTempFolder(async (folder) => {
      const { world, lines } = worldWith(folder, (request) => {
        const line = 'x'.repeat(1023)
        for (let i = 0; i < 20 * 1024; i++) request.onLine?.(line)
        return driven(request, [0, 0], ['the end'])
      })
      await run(world, ['a', 'b'])
      const said = lines()
      const word = said.indexOf('  | … 13 MB more not shown')
      expect(said.length).toBeLessThan(9000)
      expect(word).toBeGreaterThan(8000)
      expect(said.slice(-3)).toEqual([`  | ${'x'.repeat(1023)}`, '  | the end', '  run: b'])
    }))
})

test('timeout is the limit of each line, and its error says so', () =>
  inTempFolder(async (folder) => {
    const { world, asked } = worldWith(folder, () => ({ ...WELL, code: 137, timedOut: true }))
    expect(await errorOf(run(world, ['x'], { timeout: '1.5' }))).toMatchObject({
      message: '"x" took longer than 90 s and was stopped',
      next: 'If it needs longer, set timeout (minutes for each step). Nothing was pushed.',
    })
    expect(asked[0]?.command[5]).toBe('90')
  }))
