import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { buildEnvironment, daemonBuilder, unusedBuilder } from '../../../src/effects/docker/builders.ts'
import { type TempFolder, tempFolder, writeFiles } from '../../support/temp.ts'

const NAMES = ['DOCKER_CONFIG', 'DOCKER_HOST', 'DOCKER_CONTEXT', 'BUILDX_BUILDER', 'BUILDX_CONFIG'] as const
const before = NAMES.map((name) => [name, process.env[name]] as const)

let folder: TempFolder

beforeEach(async () => {
  folder = await tempFolder('builders')
  for (const name of NAMES) delete process.env[name]
  process.env.DOCKER_CONFIG = folder.path
})

afterEach(async () => {
  for (const [name, value] of before) {
    if (value === undefined) delete process.env[name]
    else process.env[name] = value
  }
  await folder[Symbol.asyncDispose]()
})

test.each([
  { name: 'is called default', env: {}, config: {}, builder: 'default' },
  { name: 'has the name of the context that is used', env: {}, config: { currentContext: 'far' }, builder: 'far' },
  { name: 'has that of DOCKER_CONTEXT', env: { DOCKER_CONTEXT: 'near' }, config: { currentContext: 'far' }, builder: 'near' },
  {
    name: 'is that of DOCKER_HOST, whatever the context',
    env: { DOCKER_HOST: 'unix:///x', DOCKER_CONTEXT: 'near' },
    config: { currentContext: 'far' },
    builder: 'default',
  },
])("the daemon's own builder $name", async ({ env, config, builder }) => {
  Object.assign(process.env, env, { BUILDX_BUILDER: 'builder-1' })
  await writeFiles(folder.path, { 'config.json': JSON.stringify(config) })
  expect(await daemonBuilder()).toBe(builder)
  // What `docker build` of a client before 23 is handed to after `docker buildx install`.
  expect(await buildEnvironment()).toEqual({ BUILDX_BUILDER: builder, BUILDX_NO_DEFAULT_ATTESTATIONS: '1' })
})

const OTHER = 'Name:          builder-1\nDriver:        docker-container\nLast Activity: 2026-11-30\n\nNodes:\nName:     builder-10\n'
const OWN = 'Name:          default\nDriver:        docker\n'

test.each([
  {
    name: 'that setup-buildx-action selected',
    files: { 'buildx/current': '{}' },
    said: OTHER,
    notice: /^The builder builder-1 \(docker-container\) is not used: /,
  },
  { name: 'that is selected for each new context', files: { 'buildx/defaults/x': 'y' }, said: OTHER, notice: /^The builder builder-1 / },
  { name: 'of BUILDX_BUILDER', env: { BUILDX_BUILDER: 'builder-1' }, said: OTHER, notice: /^The builder builder-1 / },
  {
    name: 'of BUILDX_BUILDER that is gone',
    env: { BUILDX_BUILDER: 'builder-2' },
    said: undefined,
    notice: /^The builder builder-2 is not used: /,
  },
  { name: 'that is the daemon\u2019s own', files: { 'buildx/current': '{}' }, said: OWN, notice: undefined },
  { name: 'that nobody selected, of which nobody is asked', said: undefined, notice: undefined, asks: 0 },
])('a builder $name is told of', async ({ files = {}, env = {}, said, notice, asks = 1 }) => {
  Object.assign(process.env, env)
  await writeFiles(folder.path, files)
  const asked: (readonly string[])[] = []
  const told = await unusedBuilder(async (args) => {
    asked.push(args)
    return { code: said === undefined ? 1 : 0, stdout: said ?? '', stderr: '', timedOut: false }
  })
  if (notice) expect(told).toMatch(notice)
  else expect(told).toBeUndefined()
  expect(asked).toEqual(Array.from({ length: asks }, () => ['buildx', 'inspect']))
})
