import { expect, test } from '@jest/globals'
import type { DockerShell } from '../../../../src/effects/docker/docker-shell.ts'
import { imageStore } from '../../../../src/effects/docker/images/docker-images.ts'

const STORE = { amd64: `sha256:${'a'.repeat(64)}`, arm64: `sha256:${'b'.repeat(64)}` }

/** A daemon with amd64 as its own. @param has what is under the name @param knows whether the client can name a platform */
function daemon(has: readonly (keyof typeof STORE)[], knows: boolean, platform: string): DockerShell {
  const docker: DockerShell['docker'] = async (args) => {
    const asked = args.find((arg) => arg.startsWith('--platform='))?.split('/')[1]
    const found = has.find((one) => one === (asked ?? one))
    const code = (asked && !knows) || !found ? 1 : 0
    const stdout = found ? JSON.stringify([{ Id: STORE[found], Architecture: found }]) : '[]'
    return { code, stdout, stderr: '', timedOut: false } as Awaited<ReturnType<DockerShell['docker']>>
  }
  return { docker, onPlatform: platform ? [`--platform=${platform}`] : [] } as unknown as DockerShell
}

test.each([
  { name: 'the one asked for, where a name has several', has: ['amd64', 'arm64'], knows: true, platform: 'linux/arm64', told: 'arm64' },
  { name: "the daemon's own, where none is asked for", has: ['amd64', 'arm64'], knows: true, platform: '', told: 'amd64' },
  { name: 'what is here, where that is for another alone', has: ['amd64'], knows: true, platform: 'linux/arm64', told: 'amd64' },
  { name: 'what the client tells, where it can name none', has: ['amd64', 'arm64'], knows: false, platform: 'linux/arm64', told: 'amd64' },
] as const)('of an image is told $name', async ({ has, knows, platform, told }) => {
  const info = await imageStore(daemon(has, knows, platform)).inspect('python:3')
  expect([info?.architecture, info?.id]).toEqual([told, STORE[told]])
})
