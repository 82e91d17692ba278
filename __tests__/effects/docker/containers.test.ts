import { expect, test } from '@jest/globals'
import { runArguments } from '../../../src/effects/docker/containers.ts'
import type { ContainerRequest } from '../../../src/effects/docker-port.ts'

const START = ['run', '--rm', '--init', expect.stringMatching(/^--name=pypackager-[0-9a-f-]{36}$/), '--label=io.pypackager.run=r1']

test.each<{ name: string; request: ContainerRequest; args: readonly unknown[]; env?: Readonly<Record<string, string>> }>([
  { name: 'an image and its own command', request: { image: 'shop', command: [] }, args: ['shop'] },
  {
    name: 'a command of words that look like options, after the image',
    request: { image: 'shop', command: ['--privileged', '-v/:/h', '', 'a b\nc'] },
    args: ['shop', '--privileged', '-v/:/h', '', 'a b\nc'],
  },
  {
    name: 'values by their names alone, but for those that would become settings of the client',
    request: { image: 'shop', command: [], env: { KEY: 'a "b"\n$c', EMPTY: '', DOCKER_HOST: 'tcp://x', http_proxy: 'p', HOME: '/tmp' } },
    args: ['--env=KEY', '--env=EMPTY', '--env=DOCKER_HOST=tcp://x', '--env=http_proxy=p', '--env=HOME=/tmp', 'shop'],
    env: { KEY: 'a "b"\n$c', EMPTY: '' },
  },
  {
    name: 'ports, volumes, folders of any characters, a network and a user',
    request: {
      image: 'shop',
      command: ['x'],
      user: '1:2',
      network: 'jobs',
      ports: ['8000:80'],
      volumes: ['/a b:/in:ro'],
      binds: [
        { source: '/a:b', target: '/x', readOnly: false },
        { source: '/a,"b"', target: '/y,z', readOnly: true },
      ],
    },
    args: [
      '--user=1:2',
      '--network=jobs',
      '--publish=8000:80',
      '--volume=/a b:/in:ro',
      '--mount=type=bind,source=/a:b,target=/x',
      '--mount=type=bind,"source=/a,""b""","target=/y,z",readonly',
      'shop',
      'x',
    ],
  },
  {
    name: 'a text for stdin, and another entrypoint',
    request: { image: 'shop', command: ['-'], input: 'x', entrypoint: 'python' },
    args: ['--interactive', '--entrypoint=python', 'shop', '-'],
  },
])('docker run gets $name', ({ request, args, env }) => {
  const made = runArguments(request, 'r1')
  expect(made.args).toEqual([...START, ...args])
  expect(made.env).toEqual(env ?? {})
})
