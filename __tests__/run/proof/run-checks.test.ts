import { describe, expect, test } from '@jest/globals'
import type { ContainerEnd, Docker, ImageInfo, Service } from '../../../src/effects/docker-port.ts'
import type { ProofRequest } from '../../../src/run/proof/proof-request.ts'
import { examine } from '../../../src/run/proof/run-checks.ts'
import { worldIn } from '../../support/world.ts'

// What a busy daemon or a broken image makes of the checks: each line that was not looked at says so, and nothing else happens.

const QUIET: ContainerEnd = { code: 0, stdout: '', stderr: '', timedOut: false }

const IMAGE = {
  id: 'sha256:1',
  configuration: '{}',
  layers: ['a'],
  architecture: 'amd64',
  os: 'linux',
  config: { workingDir: '/app', user: '10001', entrypoint: [], command: ['sh', '-c', 'exec gunicorn shop:app'], env: ['PORT=8000'] },
} as Partial<ImageInfo> as ImageInfo

const REQUEST = {
  image: IMAGE,
  python: '/usr/bin/python3',
  wanted: { platform: 'linux/amd64', user: '10001', parentLayers: [] },
  application: { project: 'shop', source: '', modules: ['shop'], settings: '', folder: '/app', paths: [], django: false },
  parent: undefined,
  clean: [],
  changes: undefined,
  env: {},
  lent: { names: [], read: [], required: [] },
  secrets: [],
  wheels: [],
  source: [],
  content: () => undefined,
  unset: { required: [], optional: [] },
  database: { variable: undefined, image: 'shop', mounted: [] },
  leftOut: { ignored: [], withheld: [] },
  describe: false,
} as Partial<ProofRequest> as ProofRequest

function service(answer: Partial<ContainerEnd>, more: Partial<Service> = {}): Service {
  return {
    exec: async () => ({ ...QUIET, ...answer }),
    ended: async () => undefined,
    lastLines: async () => [],
    written: async () => [],
    head: async () => undefined,
    remove: async () => {},
    ...more,
  }
}

async function lines(docker: Partial<Docker>, more: Partial<ProofRequest> = {}): Promise<readonly string[]> {
  const calm: Partial<Docker> = {
    run: async () => ({ ...QUIET, code: 1, stderr: 'no' }),
    start: async () => service({ timedOut: true, code: 128 }),
    read: async () => {
      throw new Error('docker save was cut short')
    },
  }
  const world = worldIn('/nowhere', { docker: { ...calm, ...docker } as Docker })
  const { checks } = await examine(world, { ...REQUEST, ...more })
  return checks.map(({ name, state, text }) => `${name} ${state}: ${text}`)
}

describe('a check that could not be made says so', () => {
  test.each<{ name: string; docker: Partial<Docker>; says: RegExp }>([
    {
      name: 'where the container that is asked ends early',
      docker: { run: async () => ({ ...QUIET, code: 137 }) },
      says: /^libraries undone: .*not checked: the container ended with code 137$/m,
    },
    {
      name: 'where its answer is cut short',
      docker: {
        run: async ({ input }) => ({ ...QUIET, code: 137, stdout: `${input} {"system": null}\n${input} {"uid": 10001, "gid": 100` }),
      },
      says: /^libraries undone: .*not checked: its answer was cut short \(the container ended with code 137\)$/m,
    },
    {
      name: 'where its answer is of another kind',
      docker: { run: async ({ input }) => ({ ...QUIET, stdout: `${input} {"uid": "x"}` }) },
      says: /^libraries undone: .*not checked: the image tells what is odd: uid is "x"$/m,
    },
    {
      name: 'where the daemon does not answer',
      docker: {
        run: async () => {
          throw new Error('Cannot connect to the Docker daemon')
        },
      },
      says: /^libraries undone: .*not checked: Cannot connect to the Docker daemon$/m,
    },
    {
      name: 'where the container is stopped',
      docker: { run: async () => ({ ...QUIET, timedOut: true }) },
      says: /^imports undone: .*not checked: the container was stopped after \d+ s$/m,
    },
    {
      name: 'where the start cannot be watched in time',
      docker: {},
      says: /^start undone: start command: not checked: the machine was too busy: nothing was answered in time$/m,
    },
    {
      name: 'where the answer of who watches the start is cut short',
      docker: { start: async () => service({ stdout: 'x' }) },
      says: /^start undone: start command: not checked: its answer was cut short$/m,
    },
    {
      name: 'where the image has no Python to watch it with',
      docker: { start: async () => service({ code: 127, stderr: 'exec: "python3": not found' }) },
      says: /^start undone: start command: not checked: the image has no Python that could look on/m,
    },
    {
      name: 'where the container did not start in time',
      docker: {
        start: async () => {
          throw new Error('')
        },
      },
      says: /^start undone: start command: not checked: the container did not start in time$/m,
    },
    {
      name: 'where the daemon fails while it is watched, and when it is removed',
      docker: {
        start: async () =>
          service(
            {},
            {
              exec: async () => {
                throw new Error('the connection was reset')
              },
              remove: async () => {
                throw new Error('no such container')
              },
            },
          ),
      },
      says: /^start undone: start command: not checked: the connection was reset$/m,
    },
    { name: 'where layers cannot be read', docker: {}, says: /^secrets undone: .*not checked: docker save was cut short$/m },
  ])('$name', async ({ docker, says }) => {
    expect((await lines(docker)).join('\n')).toMatch(says)
  })

  test('where the start is refused by the image, that is its fault', async () => {
    const docker: Partial<Docker> = {
      start: async () => {
        throw new Error('OCI runtime create failed: exec: "gunicorn": executable file not found in $PATH')
      },
    }
    expect((await lines(docker)).join('\n')).toMatch(/^start failed: the start command does not start: .*gunicorn/m)
  })
})

describe('of what a program said before it ended', () => {
  test.each<{ name: string; said: readonly string[]; tells: string }>([
    { name: 'the exception', said: ['Traceback', 'KeyError: x', 'ERROR: bye'], tells: 'KeyError: x' },
    {
      name: 'the line of its log that tells of a fault, without the moment',
      said: ['2026-12-01 09:04:07 | INFO | shop - up', "2026-12-01 09:04:07.258 | CRITICAL | shop:375 - Directory path for the data '/data' does not exist", 'Or use -C.'], // biome-ignore format: one line
      tells: "CRITICAL | shop:375 - Directory path for the data '/data' does not exist",
    },
    { name: 'what stands below a line that ends with a colon', said: ['Error during startup:', 'Type: OSError', '[Errno 5] no', 'Bye.'], tells: 'Error during startup: Type: OSError [Errno 5] no' }, // biome-ignore format: one line
    { name: 'the last line, where no log has a level', said: ['one', 'No errors, and no data'], tells: 'No errors, and no data' },
  ])('$name is told', async ({ said, tells }) => {
    const ended = service({ code: 137 }, { ended: async () => 2, lastLines: async () => said })
    expect(await lines({ start: async () => ended })).toContain(`start failed: the start command ended with code 2: ${tells}`)
  })
})

test('a help text below a warning is one', async () => {
  const said = ['WARNING: this version is old', 'Take a newer one.', '', 'Usage: shop [OPTIONS] URL', '', 'shop: error: no URL']
  const ended = service({ code: 137 }, { ended: async () => 2, lastLines: async () => said })
  const docker: Partial<Docker> = { start: async () => ended }
  expect(await lines(docker, { tool: true })).toContainEqual(
    expect.stringMatching(/^start undone: start command: not checked: without arguments \S+ .* prints a help text and ends with code 2/),
  )
})
