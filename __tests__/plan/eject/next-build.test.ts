import { expect, test } from '@jest/globals'
import { type NextBuild, nextBuild } from '../../../src/plan/eject/next-build.ts'

const PLAIN: NextBuild = { folder: 'docker-build', project: '.', image: 'acme/shop:latest', platform: '', ca: '', buildx: true }

test.each<{ name: string; given: Partial<NextBuild>; line: string }>([
  { name: 'a client with Buildx', given: {}, line: 'docker build -f docker-build/Dockerfile -t acme/shop:latest .' },
  {
    name: 'certificates of this machine',
    given: { ca: '/etc/ssl/my ca.pem' },
    line: "docker build -f docker-build/Dockerfile -t acme/shop:latest --secret 'id=ca,src=/etc/ssl/my ca.pem' .",
  },
  {
    name: 'a client without Buildx, and another platform',
    given: { buildx: false, platform: 'linux/arm64' },
    line: 'DOCKER_BUILDKIT=1 docker build --platform linux/arm64 -f docker-build/Dockerfile -t acme/shop:latest .',
  },
])('what eject wrote is built, with $name', ({ given, line }) => {
  expect(nextBuild({ ...PLAIN, ...given })).toBe(line)
})
