import { cp, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { command } from '../support/command.ts'
import { type MachineDaemon, machineDaemon } from '../support/daemon.ts'
import { EJECTED, HATCHED } from '../support/ejected-projects.ts'
import { images } from '../support/image.ts'
import { type Project, projectOf } from '../support/project.ts'
import { tool, toolEnvironment } from '../support/tool.ts'

// What `pypackager eject` writes, built by `docker build` alone: the same files as in the release, compared one by one.

jest.setTimeout(1_800_000)

const NAMESPACE = 'pt-eject'
const EXAMPLES = path.join(import.meta.dirname, '../../examples')
const LIST = path.join(import.meta.dirname, '../support/image_files.py')

let daemon: MachineDaemon

beforeAll(async () => {
  daemon = await machineDaemon(NAMESPACE)
})

afterAll(async () => {
  await daemon?.[Symbol.asyncDispose]()
})

/** The folder below which `docker-build/` was written. */
async function ejected(project: Project, flags: readonly string[]): Promise<string> {
  const args = ['eject', '--namespace', NAMESPACE, '--image-name', 'app', '--trust-project', '--json', ...flags]
  // The files are compared, which says more of the image than its checks.
  const { code, stdout, stderr } = await tool([...args, '--checks=off', '--no-sbom', ...trust()], {
    cwd: project.workspace,
    env: { DOCKER_HOST: daemon.host },
  })
  if (code !== 0) throw new Error(`eject ended with ${code}:\n${stderr.slice(-4000)}`)
  return project.at(path.dirname((JSON.parse(stdout) as { folder: string }).folder))
}

/** Steps in containers know what this machine trusts by that alone. */
function trust(): readonly string[] {
  const ca = process.env.SSL_CERT_FILE
  return ca ? ['--ca-bundle', ca] : []
}

/** Docker's own client and no more, with what a build here needs to reach an index. */
async function built(folder: string, image: string): Promise<void> {
  const secrets: string[] = []
  const index = process.env.PIP_INDEX_URL ?? process.env.UV_INDEX_URL
  if (index) await writeFile(path.join(folder, '..', 'index-secret'), `${index}\n`)
  if (index) secrets.push('--secret', `id=index,src=${path.join(folder, '..', 'index-secret')}`)
  if (process.env.SSL_CERT_FILE) secrets.push('--secret', `id=ca,src=${process.env.SSL_CERT_FILE}`)
  const env = { ...toolEnvironment(), DOCKER_HOST: daemon.host, DOCKER_BUILDKIT: '1' }
  const args = ['build', '--progress=plain', '-f', 'docker-build/Dockerfile', '-t', image, ...secrets, '.']
  const { code, stderr } = await command('docker', args, { cwd: folder, env })
  if (code !== 0) throw new Error(`docker build ended with ${code}:\n${stderr.toString().slice(-4000)}`)
}

async function filesIn(image: string): Promise<readonly string[]> {
  const script = await readFile(LIST, 'utf8')
  const listed = await images(daemon.host).run(image, ['-B', '-I', '-S', '-c', script], ['--user=0', '--entrypoint=/appenv/bin/python'])
  return listed.split('\n')
}

async function configOf(image: string): Promise<Readonly<Record<string, unknown>>> {
  const [{ Config }] = JSON.parse(await daemon.docker('image', 'inspect', image)) as [{ Config: Record<string, unknown> }]
  const { Env, Cmd, Entrypoint, User, WorkingDir, Healthcheck, Labels } = Config
  const passing = /^(io\.pypackager\..*|org\.opencontainers\.image\.(version|revision|created))$/
  const labels = Object.fromEntries(Object.entries((Labels ?? {}) as Record<string, string>).filter(([name]) => !passing.test(name)))
  return { Env, Cmd, Entrypoint, User, WorkingDir, Healthcheck, labels }
}

async function compare(project: Project, flags: readonly string[]): Promise<void> {
  const folder = await ejected(project, flags)
  await built(folder, `${NAMESPACE}/by-docker:latest`)
  const [ours, theirs] = [await filesIn(`${NAMESPACE}/app:latest`), await filesIn(`${NAMESPACE}/by-docker:latest`)]
  expect(theirs.length).toBeGreaterThan(1000)
  expect({ more: theirs.filter((line) => !ours.includes(line)) }).toEqual({ more: [] })
  expect({ less: ours.filter((line) => !theirs.includes(line)) }).toEqual({ less: [] })
  expect(await configOf(`${NAMESPACE}/by-docker:latest`)).toEqual(await configOf(`${NAMESPACE}/app:latest`))
}

describe('every example, by plain docker build, holds the same files', () => {
  test.each(['hello-cli', 'guestbook', 'classic', 'setup-cfg', 'polls'])('%s', async (example) => {
    await using project = await projectOf({})
    await cp(path.join(EXAMPLES, example), project.workspace, {
      recursive: true,
      filter: (file) => !/\/(wheelhouse|__pycache__)$/.test(file),
    })
    await project.commit(example)
    await compare(project, [])
  })
})

describe('other projects, by plain docker build, hold the same files', () => {
  test.each(Object.entries(EJECTED))('%s', async (_, { files, flags = [] }) => {
    await using project = await projectOf(files)
    await compare(project, flags)
  })
})

test('a folder of somebody else is left alone, and nothing is built; one of ours is written anew by --write', async () => {
  await using project = await projectOf({ ...HATCHED, 'docker-build/notes.txt': 'mine\n' })
  const eject = (...args: string[]) =>
    tool(['eject', '--namespace', NAMESPACE, '--image-name', 'app', ...args, ...trust()], {
      cwd: project.workspace,
      env: { DOCKER_HOST: daemon.host },
    })
  const refused = await eject()
  expect([refused.code, refused.stdout + refused.stderr]).toEqual([1, expect.stringContaining('docker-build/ has files of yours')])
  expect(await readdir(project.workspace)).not.toContain('wheelhouse')
  const written = await eject('image')
  const ca = process.env.SSL_CERT_FILE
  const next = `docker build -f image/Dockerfile -t ${NAMESPACE}/app:latest${ca ? ` --secret id=ca,src=${ca}` : ''} . (image/README.md tells more)`
  expect([written.code, written.stdout]).toEqual([0, expect.stringContaining(next)])
  const again = await eject('image')
  expect([again.code, again.stdout + again.stderr]).toEqual([1, expect.stringContaining('Add --write')])
  expect((await eject('--write', 'image')).code).toBe(0)
})

test('what docker build cannot have by name and hash is refused, with the reason', async () => {
  await using project = await projectOf(HATCHED)
  const { code, stdout, stderr } = await tool(['eject', '--build-command', 'true'], {
    cwd: project.workspace,
    env: { DOCKER_HOST: daemon.host },
  })
  expect([code, stdout + stderr]).toEqual([1, expect.stringContaining('build-command changes the source')])
})
