import path from 'node:path'
import { BuildError, type BuildRequest, type Docker } from '../../src/effects/docker-port.ts'
import type { Downloads } from '../../src/effects/ports.ts'
import { planRun, type RunPlan } from '../../src/plan/run-plan.ts'
import { readProject } from '../../src/project/project.ts'
import { writeFiles } from './temp.ts'
import { contextWith, inputsWith } from './values.ts'
import type { TestWheel } from './wheel.ts'

/** What a stage leaves, by its files' names; or how it fails. */
export type Left = Readonly<Record<string, string | Uint8Array>> | BuildError

/** A docker that builds nothing: each target leaves what the script says, and what was asked for is noted. */
export function scriptedEngine(script: Readonly<Record<string, (request: BuildRequest) => Left>>) {
  const targets: string[] = []
  const requests: BuildRequest[] = []
  const docker: Partial<Docker> = {
    // uv's image is at hand, and no other.
    inspect: async (reference) => (reference.startsWith('pypackager-tools') ? ({} as never) : undefined),
    async build(request) {
      targets.push(request.target)
      requests.push(request)
      const left = script[request.target]?.(request)
      if (left === undefined) throw new Error(`nobody said what ${request.target} leaves`)
      if (left instanceof BuildError) throw left
      if (request.output) await writeFiles(request.output, left)
      return { seconds: 1 }
    },
  }
  return { docker: docker as Docker, targets, requests }
}

/** A build that failed in a stage, with what it said. */
export function failedBuild(stage: string, ...said: string[]): BuildError {
  return new BuildError(`${stage} failed`, { stage, step: '', output: said, messages: [] })
}

/** An index of these wheels; what is fetched is noted. */
export function indexOf(...wheels: readonly TestWheel[]) {
  const fetched: string[] = []
  const downloads: Downloads = {
    withLogins: () => downloads,
    async fetch({ url, sha256 }, destination) {
      const wheel = wheels.find(({ file }) => url.endsWith(file))
      if (!wheel || wheel.sha256 !== sha256) throw new Error(`the index has no ${url} of that hash`)
      fetched.push(wheel.file)
      await writeFiles(path.dirname(destination), { [wheel.file]: wheel.bytes })
      return { bytes: wheel.bytes.length, seconds: 0 }
    },
  }
  return { downloads, fetched }
}

/** A lock as the resolution gives it. */
export function pylock(...wheels: readonly (TestWheel & { readonly name: string; readonly version: string })[]): string {
  const packages = wheels.map(
    ({ name, version, file, sha256, bytes }) =>
      `[[packages]]\nname = "${name}"\nversion = "${version}"\nwheels = [{ url = "https://files.index.example/${file}", size = ${bytes.length}, hashes = { sha256 = "${sha256}" } }]\n`,
  )
  return `lock-version = "1.0"\n${packages.join('\n')}`
}

/** The plan of a project with these texts, for a push to main. */
export function planOf(texts: Readonly<Record<string, string>>, inputs: Readonly<Record<string, string>> = {}): RunPlan {
  const project = readProject({ folder: '.', files: Object.keys(texts), texts: new Map(Object.entries(texts)) }, 'shop')
  const runner = { caBundle: '', indexUrl: '', extraIndexUrls: [] }
  const facts = { project, commit: undefined, origin: undefined, knownTags: [], runner, now: new Date('2026-01-02') }
  return planRun(inputsWith(inputs), contextWith(), facts)
}

/** What the stage `target` tells of a base image. */
export const TARGET_JSON = JSON.stringify({
  python: '3.13.1',
  machine: 'x86_64',
  glibc: '2.41',
  executable: '/usr/bin/python3',
  soabi: 'cpython-313-x86_64-linux-gnu',
  distribution: 'debian 13',
  markers: {
    os_name: 'posix',
    sys_platform: 'linux',
    platform_machine: 'x86_64',
    platform_python_implementation: 'CPython',
    platform_release: '',
    platform_system: 'Linux',
    platform_version: '',
    python_version: '3.13',
    python_full_version: '3.13.1',
    implementation_name: 'cpython',
    implementation_version: '3.13.1',
  },
})
