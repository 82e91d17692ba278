import { writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { must } from '../support/command.ts'
import { type MachineDaemon, machineDaemon } from '../support/daemon.ts'
import { images } from '../support/image.ts'
import { type Project, projectOf } from '../support/project.ts'
import { runAction } from '../support/runner.ts'
import { tempFolder } from '../support/temp.ts'

// One platform, asked of the machine's own engine.

jest.setTimeout(300_000)

const NAMESPACE = 'pt-platform'
/** What this machine is not. */
const FOREIGN = process.arch === 'arm64' ? 'amd64' : 'arm64'
const OWN = process.arch === 'arm64' ? 'arm64' : 'amd64'

let daemon: MachineDaemon
let project: Project

beforeAll(async () => {
  daemon = await machineDaemon(NAMESPACE)
  project = await projectOf({
    'setup.py':
      'from setuptools import setup\nsetup(name="hello", version="0.1.0", py_modules=["hello"], entry_points={"console_scripts": ["hello=hello:main"]})\n',
    'hello.py': 'def main():\n    print("Hello!")\n',
  })
})

afterAll(async () => {
  await project?.[Symbol.asyncDispose]()
  await daemon?.[Symbol.asyncDispose]()
})

const packaged = (inputs: Readonly<Record<string, string>>) =>
  runAction({ workspace: project.workspace, inputs: { namespace: NAMESPACE, cache: 'never', ...inputs } })

async function ours(): Promise<readonly string[]> {
  const lines = (await daemon.docker('image', 'ls', '--format', '{{.Repository}}:{{.Tag}}')).split('\n')
  return lines.filter((line) => line.startsWith(`${NAMESPACE}/`) && !line.startsWith(`${NAMESPACE}/parent`))
}

test('a parent that is here for another machine alone is an error, and nothing is built', async () => {
  const result = await packaged({ platform: `linux/${FOREIGN}` })
  expect(result.code).toBe(1)
  expect(result.errors).toHaveLength(1)
  expect(result.errors[0]).toMatch(
    new RegExp(`^base: parent image \\S+ is for ${OWN}, asked for is linux/${FOREIGN}, for which it cannot be pulled. Check platform`),
  )
  expect(result.outputs['release-tag']).toBeUndefined()
  expect(result.left).toEqual([])
  expect(await ours()).toEqual([])
})

test('programs that this machine cannot run are an error that names the emulation', async () => {
  const parent = `${NAMESPACE}/parent:foreign`
  await foreignImage(parent)
  const result = await packaged({ platform: `linux/${FOREIGN}`, 'parent-image': parent })
  expect(result.errors).toHaveLength(1)
  expect(result.errors[0]).toMatch(/^base: this machine cannot run programs for the platform asked for .*docker\/setup-qemu-action/)
  expect(result.outputs['release-tag']).toBeUndefined()
  expect(await ours()).toEqual([])
})

test('the own platform may be named', async () => {
  const result = await packaged({ platform: `linux/${OWN}` })
  expect(result.errors).toEqual([])
  const image = result.outputs['release-tag'] ?? ''
  expect((await images().inspect(image)).Architecture).toBe(OWN)
  expect(await images().run(image, ['hello'])).toBe('Hello!')
})

/** An image whose shell is an ELF file for the other machine. */
async function foreignImage(name: string): Promise<void> {
  await using folder = await tempFolder('foreign')
  const elf = Buffer.alloc(120)
  elf.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1])
  elf.writeUInt16LE(2, 16) // executable
  elf.writeUInt16LE(FOREIGN === 'arm64' ? 183 : 62, 18)
  elf.writeUInt32LE(1, 20)
  elf.writeUInt16LE(64, 52)
  await writeFile(folder.at('sh'), elf, { mode: 0o755 })
  await writeFile(folder.at('passwd'), 'root:x:0:0:root:/:/bin/sh\n')
  await writeFile(folder.at('group'), 'root:x:0:\n')
  await writeFile(folder.at('Dockerfile'), 'FROM scratch\nCOPY sh /bin/sh\nCOPY passwd group /etc/\n')
  await must('docker', ['build', '--quiet', `--platform=linux/${FOREIGN}`, '--tag', name, folder.path], {
    env: { ...process.env, DOCKER_BUILDKIT: '1' },
  })
}
