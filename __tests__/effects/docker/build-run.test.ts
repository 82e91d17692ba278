import { expect, test } from '@jest/globals'
import { runBuild } from '../../../src/effects/docker/build-run.ts'
import type { BuildError } from '../../../src/effects/docker-port.ts'
import { errorLine } from '../../../src/errors.ts'
import { buildTarget } from '../../../src/run/build/build-target.ts'
import { inTempFolder } from '../../support/temp.ts'
import { listener, worldIn } from '../../support/world.ts'

// Failures in the words of Buildx 0.37 (BuildKit 0.8 and 0.33) and of the client of 20.10.

const FRAME = ['Dockerfile:3', '--------------------', '   2 |     ', '   3 | >>> COPY nope /nope', '   4 |     ', '--------------------']
const around = (step: string, ...more: string[]) => ['------', ` > ${step}:`, ...more, '------']
const COPY = ['#6 [release 2/3] COPY nope /nope', '#6 ERROR: "/nope" not found: not found']

/** The error of a build that ends so. */
const failed = (lines: readonly string[], code = 1) =>
  runBuild(
    async ({ onLine }) => {
      for (const line of lines) onLine?.(line)
      return { code, stdout: '', stderr: '', timedOut: false }
    },
    { target: 'release' },
    { limit: 60_000, heartbeat: 60_000, log: listener() },
  ).then(
    () => {
      throw new Error('it did not fail')
    },
    (error: BuildError) => error,
  )

test.each([
  {
    name: 'a file that is not there, with the Dockerfile between dashes',
    lines: [
      ...COPY,
      ...around('[release 2/3] COPY nope /nope'),
      ...FRAME,
      'ERROR: failed to build: failed to solve: failed to compute cache key: failed to calculate checksum of ref 1: "/nope": not found',
    ],
    says: 'release: release failed: "/nope": not found.',
  },
  {
    name: 'the same of the client of 20.10',
    lines: [...COPY, ...around('[release 2/3] COPY nope /nope'), 'failed to compute cache key: "/nope" not found: not found'],
    says: 'release: release failed: "/nope" not found: not found.',
  },
  {
    name: 'an image that no registry has',
    lines: [
      '#3 [internal] load metadata for index.example/x:1',
      '#3 ERROR: failed to do request: no such host',
      ...around('[internal] load metadata for index.example/x:1'),
      'ERROR: failed to build: failed to solve: rpc error: code = Unknown desc = failed to solve with frontend dockerfile.v0: failed to create LLB definition: index.example/x:1: failed to do request: no such host',
    ],
    says: 'release: release failed: index.example/x:1: failed to do request: no such host.',
  },
  {
    name: 'a command without a word',
    lines: [
      '#5 [release 2/2] RUN false',
      '#5 ERROR: process "/bin/sh -c false" did not complete successfully: exit code: 1',
      ...around('[release 2/2] RUN false'),
      ...FRAME,
      'ERROR: failed to build: failed to solve: process "/bin/sh -c false" did not complete successfully: exit code: 1',
    ],
    says: 'release: release failed: process "/bin/sh -c false" did not complete successfully: exit code: 1.',
  },
  {
    name: 'a command with words, which count before those of the client',
    lines: [
      '#5 [release 2/2] RUN make',
      '#5 0.100 x.c:1: error: expected expression',
      '#5 ERROR: process "/bin/sh -c make" did not complete successfully: exit code: 2',
      ...around('[release 2/2] RUN make', '0.100 x.c:1: error: expected expression'),
      ...FRAME,
      'ERROR: failed to build: failed to solve: process "/bin/sh -c make" did not complete successfully: exit code: 2',
    ],
    says: 'release: release failed: x.c:1: error: expected expression.',
  },
  {
    name: 'warnings and a hint after the cause',
    lines: [
      ...around('[internal] load build context'),
      ' 1 warning found (use docker --debug to expand):',
      ' - JSONArgsRecommended: JSON arguments recommended for CMD to prevent errors (line 3)',
      'ERROR: failed to build: failed to receive status: rpc error: code = Unavailable desc = error',
      'View build details: docker-desktop://dashboard/build/x',
    ],
    says: 'release: release failed: failed to receive status: rpc error: code = Unavailable desc = error.',
  },
])('a build that fails by $name keeps its cause', ({ lines, says }) =>
  inTempFolder(async (folder) => {
    const error = await failed(lines)
    const world = worldIn(folder, { docker: { build: () => Promise.reject(error) } as never })
    const settings = { ca: '', network: '', builder: '' } as Parameters<typeof buildTarget>[1]
    const told = await buildTarget(world, settings, { dockerfile: '', target: 'release', offline: true }).catch((refused) => refused)
    expect(errorLine(told)).toBe(`${says} The lines above show what it said.`)
    expect(told.details.length).toBeGreaterThan(0)
  }),
)
