import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { dockerClient } from '../../src/effects/docker/docker.ts'
import type { PushableImage } from '../../src/effects/docker-port.ts'
import { httpRegistry } from '../../src/effects/network/registry.ts'
import type { Registry as RegistryPort } from '../../src/effects/registry-port.ts'
import type { Places } from '../../src/run/publish/publication.ts'
import { publishTo } from '../../src/run/publish/push-registries.ts'
import { must, until } from '../support/command.ts'
import { REGISTRY_USER, type Registry, startRegistry } from '../support/registry.ts'
import { type Scissors, startCut } from '../support/registry-front.ts'
import { type TempFolder, tempFolder, writeFiles } from '../support/temp.ts'
import { listener, worldIn } from '../support/world.ts'

// One image to several real registries, cut off from all of them at each request in turn.

jest.setTimeout(300_000)

const NAME = `pt-registries-${process.pid}`
const FIXED = '1.2.3'
const MOVING = ['1.2', 'latest']

let folder: TempFolder
let registries: readonly Registry[]
let image: PushableImage

beforeAll(async () => {
  folder = await tempFolder('registries')
  registries = await Promise.all([startRegistry(), startRegistry()])
  const files = { Dockerfile: 'FROM scratch\nCOPY a b /\nCOPY c /\n', a: 'a', b: 'b'.repeat(100_000), c: 'c' }
  await writeFiles(folder.at('context'), files)
  await must('docker', ['build', '--quiet', '--tag', `${NAME}:1`, folder.at('context')], { env: { ...process.env, DOCKER_BUILDKIT: '1' } })
  const docker = dockerClient({ temp: folder.path, runId: NAME, log: listener() })
  image = await docker.layOut(`${NAME}:1`, folder.at('image'))
})

afterAll(async () => {
  await must('docker', ['image', 'rm', `${NAME}:1`])
  for (const disposable of [...(registries ?? []), folder]) await disposable?.[Symbol.asyncDispose]()
})

/** Pushes to all of them, each by the host that is given. */
async function push(repository: string, hosts: readonly string[], port: RegistryPort = httpRegistry()) {
  const docker = { layOut: async () => image } as never
  const world = worldIn(folder.path, { docker, registry: port, log: listener(), pause: async () => {} })
  const places = hosts.map((registry) => ({ registry, path: repository, login: REGISTRY_USER }))
  return publishTo(world, places as unknown as Places, { image: `${NAME}:1`, tags: [FIXED, ...MOVING] })
}

const digests = (repository: string, reference: string) =>
  Promise.all(registries.map(async (registry) => (await registry.manifest(repository, reference))?.digest))

test('the same image has the same bytes each time, and docker pulls it from each registry', async () => {
  const docker = dockerClient({ temp: folder.path, runId: NAME, log: listener() })
  const again = await docker.layOut(`${NAME}:1`, folder.at('again'))
  expect([again.digest, again.manifest]).toEqual([image.digest, image.manifest])
  const result = await push(
    'acme/whole',
    registries.map(({ host }) => host),
  )
  expect(result.digest).toBe(image.digest)
  expect(result.references).toHaveLength(6)
  for (const { host } of registries) {
    const config = folder.at(`config-${host}`)
    await must('docker', ['--config', config, 'login', '-u', REGISTRY_USER.username, '--password-stdin', host], {
      input: REGISTRY_USER.password,
    })
    const name = `${host}/acme/whole@${image.digest}`
    await must('docker', ['--config', config, 'pull', '--quiet', name])
    const ids = await must('docker', ['image', 'inspect', '--format', '{{.Id}}', name, `${NAME}:1`])
    expect(new Set(ids.split('\n')).size).toBe(1)
    await must('docker', ['image', 'rm', name])
  }
})

test('cut off at any request, no tag that moved names an image that another registry lacks, and the next run heals it', async () => {
  let cuts = 0
  for (let at = 1; ; at++) {
    const repository = `acme/sweep-${at}`
    const scissors: Scissors = { left: at, heard: at % 2 === 0, atWork: 0 }
    await using one = await startCut(registries[0]?.host ?? '', scissors)
    await using two = await startCut(registries[1]?.host ?? '', scissors)
    const whole = await push(repository, [one.host, two.host]).then(
      () => true,
      () => false,
    )
    await until('the end of what registries were at work on', 10, () => scissors.atWork === 0)
    for (const tag of MOVING) {
      if ((await digests(repository, tag)).every((digest) => digest === undefined)) continue
      expect(await digests(repository, image.digest)).toEqual([image.digest, image.digest])
      expect(await digests(repository, FIXED)).toEqual([image.digest, image.digest])
    }
    await push(
      repository,
      registries.map(({ host }) => host),
    )
    for (const tag of [FIXED, ...MOVING]) expect(await digests(repository, tag)).toEqual([image.digest, image.digest])
    if (whole) break
    cuts++
  }
  expect(cuts).toBeGreaterThan(30)
})
