import { describe, expect, test } from '@jest/globals'
import { buildArguments } from '../../../src/effects/docker/build-arguments.ts'
import { runArguments } from '../../../src/effects/docker/containers.ts'
import type { BuildRequest } from '../../../src/effects/docker-port.ts'

const request: BuildRequest = {
  dockerfile: 'FROM x',
  context: '/temp/context',
  target: 'release',
  tags: [],
  args: {},
  secrets: [],
  network: undefined,
}
const file = '/temp/Dockerfile.release'

describe('the arguments of a build', () => {
  test.each([
    {
      name: 'of a client without Buildx are those of docker build',
      request,
      builder: undefined,
      argv: ['build', '--progress=plain', '--file=/temp/Dockerfile.release', '--target=release', '/temp/context'],
    },
    {
      name: 'of Buildx name the builder, want no provenance and load the image',
      request,
      builder: 'default',
      argv: [
        'buildx',
        'build',
        '--builder',
        'default',
        '--provenance=false',
        '--progress=plain',
        '--file=/temp/Dockerfile.release',
        '--target=release',
        '--load',
        '/temp/context',
      ],
    },
    {
      name: 'hold every tag',
      request: { ...request, tags: ['acme/shop:1.2', 'acme/shop:latest'] },
      builder: undefined,
      argv: [
        'build',
        '--progress=plain',
        '--file=/temp/Dockerfile.release',
        '--target=release',
        '--tag=acme/shop:1.2',
        '--tag=acme/shop:latest',
        '/temp/context',
      ],
    },
    {
      name: 'leave the layers of an image for this daemon alone uncompressed, where Buildx can',
      request: { ...request, localOnly: true, tags: ['a:1', 'a:2'] },
      builder: 'default',
      argv: [
        'buildx',
        'build',
        '--builder',
        'default',
        '--provenance=false',
        '--progress=plain',
        '--file=/temp/Dockerfile.release',
        '--target=release',
        '--output=type=image,"name=a:1,a:2",compression=uncompressed',
        '/temp/context',
      ],
    },
    {
      name: 'tag an image for this daemon alone like any other without Buildx',
      request: { ...request, localOnly: true, tags: ['a:1'] },
      builder: undefined,
      argv: ['build', '--progress=plain', '--file=/temp/Dockerfile.release', '--target=release', '--tag=a:1', '/temp/context'],
    },
    {
      name: 'write files instead of an image, and load none',
      request: { ...request, output: '/temp/out' },
      builder: 'default',
      argv: [
        'buildx',
        'build',
        '--builder',
        'default',
        '--provenance=false',
        '--progress=plain',
        '--file=/temp/Dockerfile.release',
        '--target=release',
        '--output=type=local,dest=/temp/out',
        '/temp/context',
      ],
    },
    {
      name: 'quote a folder with a comma and a quote as CSV',
      request: { ...request, output: '/temp/a,"b"' },
      builder: undefined,
      argv: [
        'build',
        '--progress=plain',
        '--file=/temp/Dockerfile.release',
        '--target=release',
        '--output=type=local,"dest=/temp/a,""b"""',
        '/temp/context',
      ],
    },
    {
      name: 'give build arguments as they are',
      request: { ...request, args: { BASE: 'acme/shop-base:fingerprint-1', NOTE: 'a b=c,d' } },
      builder: undefined,
      argv: [
        'build',
        '--progress=plain',
        '--file=/temp/Dockerfile.release',
        '--target=release',
        '--build-arg=BASE=acme/shop-base:fingerprint-1',
        '--build-arg=NOTE=a b=c,d',
        '/temp/context',
      ],
    },
    {
      name: 'name the files of secrets, never what is in them',
      request: {
        ...request,
        secrets: [
          { id: 'ca', file: '/etc/ca.pem' },
          { id: 'index', file: '/temp/a,b' },
        ],
      },
      builder: undefined,
      argv: [
        'build',
        '--progress=plain',
        '--file=/temp/Dockerfile.release',
        '--target=release',
        '--secret=id=ca,src=/etc/ca.pem',
        '--secret=id=index,"src=/temp/a,b"',
        '/temp/context',
      ],
    },
    {
      name: 'name the network mode',
      request: { ...request, network: 'none' },
      builder: undefined,
      argv: ['build', '--progress=plain', '--file=/temp/Dockerfile.release', '--target=release', '--network=none', '/temp/context'],
    },
    {
      name: 'hold everything at once in one order',
      request: {
        ...request,
        tags: ['acme/shop:1'],
        args: { BASE: 'b' },
        secrets: [{ id: 'ca', file: '/ca' }],
        network: 'host',
      },
      builder: 'mine',
      argv: [
        'buildx',
        'build',
        '--builder',
        'mine',
        '--provenance=false',
        '--progress=plain',
        '--file=/temp/Dockerfile.release',
        '--target=release',
        '--load',
        '--tag=acme/shop:1',
        '--build-arg=BASE=b',
        '--secret=id=ca,src=/ca',
        '--network=host',
        '/temp/context',
      ],
    },
  ])('$name', ({ request, builder, argv }) => {
    expect(buildArguments(request, file, { builder })).toEqual(argv)
  })
})

test('proxies are arguments by their names alone, as a value may hold a password', () => {
  expect(buildArguments(request, file, { builder: undefined, proxies: ['HTTPS_PROXY', 'NO_PROXY'] })).toEqual([
    'build',
    '--progress=plain',
    '--file=/temp/Dockerfile.release',
    '--target=release',
    '--build-arg=HTTPS_PROXY',
    '--build-arg=NO_PROXY',
    '/temp/context',
  ])
})

test('the platform is said to the build and to the container', () => {
  expect(buildArguments(request, file, { builder: undefined, platform: 'linux/arm64' })).toContain('--platform=linux/arm64')
  const { args } = runArguments({ image: 'acme/shop:1', command: ['true'] }, 'run', { platform: 'linux/arm64' })
  expect(args).toContain('--platform=linux/arm64')
  expect(args.indexOf('--platform=linux/arm64')).toBeLessThan(args.indexOf('acme/shop:1'))
})

test('a container that is looked at when it has ended is not removed by docker itself', () => {
  const request = { image: 'acme/shop:1', command: ['true'] }
  expect(runArguments(request, 'run').args).toContain('--rm')
  expect(runArguments(request, 'run', { kept: true }).args).not.toContain('--rm')
})

describe('a build that is made anew', () => {
  const anew = { ...request, anew: true, dockerfile: 'ARG BASE=base\nFROM x AS base-tree\nRUN y\nFROM ${BASE} AS lock\nRUN z\n' }
  const flags = (builder: string | undefined, fresh = new Set<string>()) =>
    buildArguments(anew, file, { builder, fresh }).filter((word) => word.startsWith('--no-cache'))

  test('uses no stage of an earlier run, and those of this one', () => {
    expect(flags('default')).toEqual(['--no-cache-filter=base-tree,lock'])
    expect(flags('default', new Set(['base-tree']))).toEqual(['--no-cache-filter=lock'])
    expect(flags('default', new Set(['base-tree', 'lock']))).toEqual([])
  })

  test('uses nothing at all with an older client, and for a Dockerfile of the user', () => {
    expect(flags(undefined)).toEqual(['--no-cache'])
    expect(buildArguments({ ...anew, target: '' }, file, { builder: 'default' })).toContain('--no-cache')
  })
})
