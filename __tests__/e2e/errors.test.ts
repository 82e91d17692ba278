import { chmod, symlink } from 'node:fs/promises'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { asRoot, must } from '../support/command.ts'
import { BUSY } from '../support/patience.ts'
import { type Project, projectOf } from '../support/project.ts'
import { runAction, startAction } from '../support/runner.ts'
import { type TempFolder, tempFolder } from '../support/temp.ts'

// What a user reads when something is wrong before the first build: one line, with what to do next.

jest.setTimeout(60_000)

const SETUP = 'from setuptools import setup\nsetup(name="hello", version="0.1.0", py_modules=["hello"])\n'

let project: Project
let bin: TempFolder

beforeAll(async () => {
  project = await projectOf({ 'setup.py': SETUP, 'hello.py': '', 'docs/index.md': '' })
  bin = await tempFolder('bin')
  for (const tool of ['git', 'tar']) await symlink((await must('sh', ['-c', `command -v ${tool}`])).trim(), bin.at(tool))
})

afterAll(async () => {
  await project[Symbol.asyncDispose]()
  await bin[Symbol.asyncDispose]()
})

/** A `docker` of our own, first on a PATH that has no other. */
async function dockerThat(script: string): Promise<string> {
  await project.write('../docker', `#!/bin/sh\n${script}\n`)
  await must('mv', [project.at('../docker'), bin.at('docker')])
  await chmod(bin.at('docker'), 0o755)
  return bin.path
}

test.each([
  {
    name: 'an unknown target',
    inputs: { target: 'relase' },
    says: 'inputs: target is "relase". It must be one of plan, base, builder, wheels, test, dev, release (did you mean release?).',
  },
  { name: 'a push that is neither true nor false', inputs: { push: 'yes' }, says: 'inputs: push is "yes". It must be one of true, false.' },
  {
    name: 'an upper-case image name',
    inputs: { 'image-name': 'Polls' },
    says: 'inputs: image-name "Polls" is not legal in an image name. Write it as "polls"',
  },
  {
    name: 'a namespace with blanks',
    inputs: { namespace: 'our team' },
    says: 'inputs: namespace "our team" is not legal in an image name. Write it as "our-team"',
  },
  {
    name: 'a version that is no tag',
    inputs: { version: '1.0 beta' },
    says: 'inputs: version "1.0 beta" is not legal as an image tag. Write it as "1.0-beta".',
  },
  {
    name: 'a path out of the workspace',
    inputs: { path: '../other' },
    says: 'inputs: path is "../other". It must be a folder below the workspace',
  },
  {
    name: 'an option in the place of an image',
    inputs: { 'parent-image': '--privileged' },
    says: 'inputs: parent-image is "--privileged".',
  },
  {
    name: 'a folder without metadata',
    inputs: { path: 'docs' },
    says: 'project: no pyproject.toml, setup.py, setup.cfg or requirements.txt in "docs" or its src/. Set path',
  },
  {
    name: 'a folder that is not there',
    inputs: { path: 'nowhere' },
    says: 'project: there is no folder "nowhere" in the workspace. Check path',
  },
  {
    name: 'a wheelhouse with a name of 120 kB',
    inputs: { wheelhouse: 'w'.repeat(120_000) },
    says: `inputs: wheelhouse is "${'w'.repeat(60)}…". It must be a path of at most 1024 bytes, 255 for each name.`,
  },
])('$name is one line that says what to do', async ({ inputs, says }) => {
  const result = await runAction({ workspace: project.workspace, inputs })
  expect(result.code).toBe(1)
  expect(result.errors).toHaveLength(1)
  expect(result.errors[0]).toContain(says)
  expect(result.errors[0]?.length).toBeLessThanOrEqual(300)
  expect(result.outputs).toEqual({})
  expect(result.seconds).toBeLessThan(5 * BUSY)
  expect(result.postCode).toBe(0)
})

const READ_ONLY = 'mount -t tmpfs pt-ro wheelhouse; mount -o remount,ro wheelhouse'

test.each([
  { name: 'that cannot be written', make: READ_ONLY, clear: 'umount wheelhouse', says: /cannot be written: the file system is read-only/ },
  { name: 'whose .build is a dangling link', make: 'ln -s /nowhere wheelhouse/.build', says: /wheelhouse\/\.build is a symbolic link/ },
  {
    name: 'with a dangling link in .build',
    make: 'mkdir wheelhouse/.build; ln -s /nowhere wheelhouse/.build/locks',
    says: /wheelhouse\/\.build\/locks is a symbolic link\. Remove it: rm wheelhouse\/\.build\/locks$/,
  },
  {
    name: 'of 21,000 files',
    make: 'mkdir wheelhouse/x; cd wheelhouse/x; seq 21000 | xargs touch',
    says: /holds more than 20000 files/,
  },
])('a wheelhouse $name is one line that says what to do', async ({ make, clear, says }) => {
  await must('mkdir', [project.at('wheelhouse')])
  try {
    await must(...asRoot('sh', '-ec', `cd "$0"; ${make}`, project.workspace))
    const result = await runAction({ workspace: project.workspace, inputs: { target: 'wheels' } })
    expect([result.code, result.errors]).toEqual([1, [expect.stringMatching(says)]])
    expect(result.errors[0]?.length).toBeLessThanOrEqual(300)
  } finally {
    if (clear) await must(...asRoot('sh', '-ec', `cd "$0"; ${clear}`, project.workspace))
    await must(...asRoot('rm', '-rf', project.at('wheelhouse')))
  }
})

test('invalid TOML is an annotation at its file, line and column', async () => {
  await using broken = await projectOf({ 'app/pyproject.toml': '[project]\nname = "x"\nversion = \n' })
  const result = await runAction({ workspace: broken.workspace, inputs: { path: 'app' } })
  expect(result.errors).toHaveLength(1)
  expect(result.errors[0]).toMatch(/^project: app\/pyproject\.toml:3:\d+ is not valid TOML/)
  const command = result.commands.find(({ name }) => name === 'error')
  expect(command?.properties).toMatchObject({ file: 'app/pyproject.toml', line: '3' })
})

test.each([
  { name: 'missing', at: 'nowhere/file', why: /Missing file at path|ENOENT/ },
  { name: 'that nobody can write', at: '.', why: /EISDIR/ },
])('G1: with files for outputs and summary $name the result is in the log, and the run stands', async ({ at, why }) => {
  const result = await runAction({
    workspace: project.workspace,
    inputs: { target: 'plan' },
    env: { GITHUB_OUTPUT: bin.at(at), GITHUB_STEP_SUMMARY: bin.at(at) },
  })
  expect(result.errors).toEqual([])
  expect(result.warnings).toEqual([expect.stringMatching(/^The outputs could not be written, so later steps get none: /)])
  expect(result.warnings[0]).toMatch(why)
  expect(result.log).toMatch(/^ {2}\{"version":"[^"]+".*"wheels":\[\]/m)
  expect(result.log.trimEnd().split('\n').at(-1)).toMatch(/^planned · /)
  expect(result.code).toBe(0)
})

test('no docker command', async () => {
  await using empty = await tempFolder('bin')
  const result = await runAction({ workspace: project.workspace, env: { PATH: empty.path } })
  expect(result.errors).toEqual(['docker: there is no docker command on PATH. Use a Linux runner with Docker, or install Docker Engine.'])
})

test('no daemon, named by its address', async () => {
  const result = await runAction({ workspace: project.workspace, env: { DOCKER_HOST: 'unix:///nowhere/docker.sock' } })
  expect(result.errors).toHaveLength(1)
  expect(result.errors[0]).toContain('docker: no Docker daemon answers at unix:///nowhere/docker.sock. Start Docker')
  expect(result.seconds).toBeLessThan(5 * BUSY)
})

test('a client of version 23 or later without Buildx', async () => {
  // What such a client answers (28.2 without the plugin), word for word.
  const path = await dockerThat(
    `case "$1" in version) echo '{"Client":{"Version":"28.2.2"},"Server":{"Version":"28.2.2","Arch":"amd64","Os":"linux"}}';; *) echo "docker: unknown command: docker $1" >&2; exit 1;; esac`,
  )
  const result = await runAction({ workspace: project.workspace, env: { PATH: path } })
  expect(result.errors).toHaveLength(1)
  expect(result.errors[0]).toContain(
    'the docker client 28.2.2 has no BuildKit: its Buildx plugin is missing or broken. Install docker-buildx-plugin',
  )
})

test('a socket that this user may not use', async () => {
  const path = await dockerThat('echo "permission denied while trying to connect to the Docker daemon socket" >&2; exit 1')
  const result = await runAction({ workspace: project.workspace, env: { PATH: path } })
  expect(result.errors).toEqual(["docker: this user may not use Docker's socket. Add the user to the group docker, or run as one who may."])
})

test('X2: what is killed before it could save a word is not done all over again by the post step', async () => {
  const run = await startAction({ workspace: project.workspace, inputs: { target: 'plan' } })
  run.kill('SIGKILL')
  const { log, postLog, postCode } = await run.result
  expect({ log, postLog, postCode }).toEqual({ log: '', postLog: '', postCode: 0 })
})
