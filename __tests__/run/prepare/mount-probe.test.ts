import { createHash } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { expect, test } from '@jest/globals'
import type { ContainerEnd, ContainerRequest, Docker } from '../../../src/effects/docker-port.ts'
import { refuseUnseen } from '../../../src/run/prepare/mount-probe.ts'
import { makeMounts } from '../../../src/run/prepare/mounts.ts'
import { inTempFolder, writeFiles } from '../../support/temp.ts'
import { listener, worldIn } from '../../support/world.ts'

const NEXT = 'A job in a container, or a daemon elsewhere, has other folders: run the job without container, or name a volume of Docker.'
/** sha256 of `a = 1` and a line's end. */
const SUM = createHash('sha256').update('a = 1\n').digest('hex')
const LINES = ['./data:/data', './settings.toml:/settings.toml:ro', 'kept:/kept']

/** What is said to mounts of a folder and a file where a container answers so. */
async function said(answer: (request: ContainerRequest) => Partial<ContainerEnd>, lines: readonly string[] = LINES) {
  return inTempFolder(async (folder) => {
    await writeFiles(folder, { 'settings.toml': 'a = 1\n', 'data/mine': '' })
    const log = listener()
    const asked: ContainerRequest[] = []
    const run: Docker['run'] = async (request) => {
      asked.push(request)
      return { code: 0, stdout: '', stderr: '', timedOut: false, ...answer(request) }
    }
    const world = { ...worldIn(folder, { log }), docker: { run } as unknown as Docker }
    const error = await refuseUnseen(world, 'shop:1', await makeMounts(world, lines)).then(
      () => undefined,
      (refused) => refused,
    )
    const hide = (text: string) => text.replaceAll(folder, '/w')
    expect(await readdir(`${folder}/data`)).toEqual(['mine']) // what was looked for is gone
    return { cause: error && hide(error.message), next: error?.next, log: log.lines, asked }
  })
}

test('mounts that the daemon sees are taken', async () => {
  const { cause, log, asked } = await said(() => ({ stdout: `folder\nfile 6 ${SUM}\n` }))
  expect([cause, log]).toEqual([undefined, []])
  expect(asked.map(({ binds }) => binds?.map(({ readOnly }) => readOnly))).toEqual([[true, true]])
})

test('a file that the container may not read is known by its size', async () => {
  expect((await said(() => ({ stdout: 'folder\nfile 6\n' }))).cause).toBeUndefined()
  expect((await said(() => ({ stdout: 'folder\nfile 7\n' }))).cause).toContain('does not see /w/settings.toml')
})

test('named volumes are asked about by nobody', async () => {
  expect((await said(() => ({}), ['kept:/kept'])).asked).toEqual([])
})

test.each([
  { name: 'a folder that is another one there', stdout: `none\nfile 6 ${SUM}\n`, at: '/w/data' },
  { name: 'a file that is a folder there', stdout: 'folder\nfolder\n', at: '/w/settings.toml' },
  { name: 'a file that is longer there', stdout: `folder\nfile 7 ${SUM}\n`, at: '/w/settings.toml' },
  { name: 'a file that is another one of that size there', stdout: 'folder\nfile 6 c0ffee\n', at: '/w/settings.toml' },
])('$name is an error that says so', async ({ stdout, at }) => {
  const { cause, next } = await said(() => ({ stdout }))
  expect(cause).toBe(`the Docker daemon does not see ${at}, which a volume names`)
  expect(next).toBe(NEXT)
})

test.each([
  { name: 'of 20.10', end: ".\nSee 'docker run --help'.\n" },
  { name: 'of later ones', end: "\n\nRun 'docker run --help' for more information\n" },
])('one that is not there, in the words of Docker $name, is the same error', async ({ end }) => {
  const { cause } = await said(({ binds }) => ({
    code: 125,
    stderr: `docker: Error response from daemon: invalid mount config for type "bind": bind source path does not exist: ${binds?.[1]?.source}${end}`,
  }))
  expect(cause).toBe('the Docker daemon does not see /w/settings.toml, which a volume names')
})

test('an image without a shell is not judged, and that is said', async () => {
  const { cause, log } = await said(() => ({ code: 127, stderr: 'exec: "sh": executable file not found in $PATH\n' }))
  expect(cause).toBeUndefined()
  expect(log).toEqual(['Whether Docker sees the folders of volumes could not be looked at: exec: "sh": executable file not found in $PATH'])
})
