import { describe, expect, test } from '@jest/globals'
import type { BuildRequest, Docker, ImageInfo } from '../../../src/effects/docker-port.ts'
import { errorLine } from '../../../src/errors.ts'
import { ensureImage, ensureParent } from '../../../src/run/images/generated-image.ts'
import { tempFolder } from '../../support/temp.ts'
import { worldIn } from '../../support/world.ts'

const settings = { ca: '', network: '', builder: '', indexUrl: '', extraIndexUrls: [], netrc: '' }
const request = {
  kind: 'base',
  name: 'acme/shop-base',
  version: '1',
  dockerfile: '',
  parts: {},
  before: undefined,
  localOnly: false,
} as const

/** A daemon that holds images by their machines, pulls what is given and builds for one machine whatever is asked. */
function daemon(here: Record<string, string>, builds: string, pulls: Record<string, string> = {}): Docker {
  const images = new Map(Object.entries(here))
  const part: Partial<Docker> = {
    inspect: async (reference) => {
      const architecture = images.get(reference)
      return architecture ? ({ id: 'sha256:1', architecture, variant: '' } as ImageInfo) : undefined
    },
    pull: async (reference) => {
      const architecture = pulls[reference]
      if (!architecture) throw new Error(`there is no ${reference}`)
      images.set(reference, architecture)
    },
    build: async ({ tags }: BuildRequest) => {
      for (const tag of tags) images.set(tag, builds)
      return { seconds: 1 }
    },
    tag: async () => {},
  }
  return part as Docker
}

async function lineOf(work: (world: ReturnType<typeof worldIn>) => Promise<unknown>, docker: Docker): Promise<string> {
  await using folder = await tempFolder()
  return work(worldIn(folder.path, { docker })).then(
    () => 'no error',
    (error: unknown) => errorLine(error),
  )
}

describe('an image for another machine than was asked for', () => {
  const wrong = 'base: built amd64 where arm64 was asked; emulation (docker/setup-qemu-action) missing?'

  test('is refused when it was built', async () => {
    const line = await lineOf((world) => ensureImage(world, settings, { ...request, platform: 'linux/arm64' }), daemon({}, 'amd64'))
    expect(line).toContain(wrong)
  })

  test('is refused when it was here', async () => {
    const here = { 'acme/shop-base:fingerprint-4f53cda18c2baa0c': 'amd64' }
    const line = await lineOf((world) => ensureImage(world, settings, { ...request, platform: 'linux/arm64' }), daemon(here, 'arm64'))
    expect(line).toContain(wrong)
  })

  test('is no fault where that machine was asked for', async () => {
    const line = await lineOf((world) => ensureImage(world, settings, { ...request, platform: 'linux/amd64' }), daemon({}, 'amd64'))
    expect(line).toBe('no error')
  })
})

describe('the parent image', () => {
  test('is pulled where the one here is for another machine', async () => {
    const docker = daemon({ 'python:3.13-slim': 'amd64' }, '', { 'python:3.13-slim': 'arm64' })
    expect(await lineOf((world) => ensureParent(world, 'python:3.13-slim', 'linux/arm64'), docker)).toBe('no error')
  })

  test('is not pulled where the one here is right', async () => {
    const docker = daemon({ 'python:3.13-slim': 'amd64' }, '')
    expect(await lineOf((world) => ensureParent(world, 'python:3.13-slim', 'linux/amd64'), docker)).toBe('no error')
  })

  test('is refused where the registry has it for another machine alone', async () => {
    const docker = daemon({}, '', { 'python:3.13-slim': 'amd64' })
    expect(await lineOf((world) => ensureParent(world, 'python:3.13-slim', 'linux/arm64'), docker)).toBe(
      'base: parent image python:3.13-slim is for amd64, asked for is linux/arm64, for which it cannot be pulled. Check platform, or set parent-image to one that exists for it.',
    )
  })
})
