import { randomInt } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { asRoot, command, must, until } from '../support/command.ts'
import { type Daemon, startDaemon } from '../support/daemon.ts'
import { BUSY } from '../support/patience.ts'
import { type Project, projectOf } from '../support/project.ts'
import { type ActionResult, runAction, startAction } from '../support/runner.ts'
import { type TempFolder, tempFolder } from '../support/temp.ts'

// A daemon that dies or has no room, a disk of the runner that is full, and a run that is cancelled: each while a build is at work.

jest.setTimeout(300_000)

const PARENT = process.env.PARENT_IMAGE ?? ''
/** A time that nobody else sleeps, by which the step is found among the machine's processes. */
const NAP = 100_000 + randomInt(900_000)

/** A project whose own wheel is made by these lines of Python. */
const projectThat = (lines: string) =>
  projectOf({
    'setup.py': `${lines}\nfrom setuptools import setup\nsetup(name="shop", version="1.0", py_modules=["shop"])\n`,
    'shop.py': '',
  })

const sleeper = () => projectThat(`import subprocess\nsubprocess.run(["sleep", "${NAP}"])`)
const napping = async () => (await command('pgrep', ['-f', `^sleep ${NAP}$`])).code === 0

/** One line, no outputs, and nothing left of the run in the runner's folder. */
function expectOneLine(result: ActionResult, line: string | RegExp): void {
  expect(result.errors).toEqual([typeof line === 'string' ? line : expect.stringMatching(line)])
  expect(result.errors[0]?.length).toBeLessThanOrEqual(300)
  expect(result.code).toBe(1)
  expect(result.outputs).toEqual({})
  expect(result.postCode).toBe(0)
  expect(result.left).toEqual([])
}

describe('a daemon', () => {
  let daemon: Daemon
  let project: Project

  beforeAll(async () => {
    daemon = await startDaemon()
    await daemon.load(PARENT)
    project = await sleeper()
  })

  afterAll(async () => {
    await project?.[Symbol.asyncDispose]()
    await daemon?.[Symbol.asyncDispose]()
  })

  const atWork = async () => {
    const run = await startAction({ workspace: project.workspace, inputs: { cache: 'never' }, env: { DOCKER_HOST: daemon.host } })
    await until('a build that sleeps', 120, napping)
    return run
  }

  test.each(['SIGINT', 'SIGTERM'] as const)(
    'X1: after %s in the middle of a build the run is gone in seconds, and the build too',
    async (signal) => {
      const before = await project.hash()
      const run = await atWork()
      const start = performance.now()
      run.kill(signal)
      const result = await run.result
      expect(performance.now() - start).toBeLessThan(7000 * BUSY) // on a quiet machine 7 s, the post step in it
      expectOneLine(result, 'Cancelled.')
      await until('end of the build', 5, async () => !(await napping()))
      expect(await daemon.docker('ps', '--all', '--quiet')).toBe('')
      expect(await daemon.docker('image', 'ls', '--format', '{{.Repository}}')).not.toMatch(/polls$|shop$/m)
      expect(await project.hash()).toBe(before)
    },
  )

  // The last one: it leaves no daemon.
  test('D2: that dies in the middle of a build is told', async () => {
    const run = await atWork()
    await daemon.kill()
    expectOneLine(await run.result, /^(wheels|release): Docker went away: [\w ]+\. Check the daemon, then run again\.$/)
  })
})

describe('D3: a full disk', () => {
  test('of the daemon is told', async () => {
    await using daemon = await startDaemon({ size: '450m' })
    await daemon.load(PARENT)
    await using project = await projectThat(
      'import tempfile\nwith tempfile.TemporaryFile(dir="/var/tmp") as file:\n    for _ in range(600): file.write(b"x" * 1_000_000)',
    )
    const result = await runAction({ workspace: project.workspace, inputs: { cache: 'never' }, env: { DOCKER_HOST: daemon.host } })
    expectOneLine(
      result,
      /^(wheels|release): the Docker daemon's disk is full\. Make room there \(docker system df shows what takes it\)\.$/,
    )
  })

  describe('of the runner names the folder that lies there', () => {
    let daemon: Daemon
    let project: Project
    let disk: TempFolder

    beforeAll(async () => {
      daemon = await startDaemon()
      await daemon.load(PARENT)
      disk = await tempFolder('disk')
      project = await projectOf({
        'setup.py':
          'from setuptools import setup\nsetup(name="shop", version="1.0", packages=["shop"], package_data={"shop": ["*.bin"]})\n',
        'shop/__init__.py': '',
      })
      await must('dd', ['if=/dev/urandom', `of=${project.at('shop/large.bin')}`, 'bs=1M', 'count=4', 'status=none'])
    })

    afterAll(async () => {
      for (const disposable of [project, disk, daemon]) await disposable?.[Symbol.asyncDispose]()
    })

    test.each([
      { name: 'temporary files', at: () => disk.at('temp') },
      { name: 'wheels', at: () => project.at('wheelhouse') },
    ])('$name', async ({ at }) => {
      await mkdir(at(), { recursive: true })
      const owner = `uid=${process.getuid?.()},gid=${process.getgid?.()}`
      await must(...asRoot('mount', '-t', 'tmpfs', '-o', `size=2m,${owner}`, 'pt-full', at()))
      try {
        const env = { DOCKER_HOST: daemon.host, RUNNER_TEMP: disk.at('temp') }
        const result = await runAction({ workspace: project.workspace, inputs: { cache: 'never' }, env })
        expectOneLine(result, /^files: the disk that holds \S+ is full \([0-9.]+ MB are left\)\. Make room on it, then run again\.$/)
        expect(result.errors[0]).toContain(at())
      } finally {
        await must(...asRoot('umount', at()))
      }
    })
  })
})
