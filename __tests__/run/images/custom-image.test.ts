import { readdir, readFile, symlink } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { BuildError, type BuildRequest, type Docker, type ImageInfo } from '../../../src/effects/docker-port.ts'
import { fingerprint } from '../../../src/plan/fingerprint.ts'
import { buildOwnImage, type OwnImageRequest, readDockerfile } from '../../../src/run/images/custom-image.ts'
import { inTempFolder } from '../../support/in-temp-folder.ts'
import { writeFiles } from '../../support/temp.ts'
import { worldIn } from '../../support/world.ts'

const SETTINGS = { ca: '', indexUrl: '', extraIndexUrls: [], netrc: '', network: '', builder: '' }
const TEXT = 'ARG BASE_IMAGE\nFROM ${BASE_IMAGE}\nCOPY . /\n'

const INFO: ImageInfo = {
  id: 'sha256:1',
  names: [],
  digests: [],
  size: 1,
  created: '2026-01-02T03:04:05Z',
  architecture: 'amd64',
  variant: '',
  labels: {},
  config: { user: '', workingDir: '', env: [], entrypoint: [], command: [] },
  configuration: '{}',
  layers: [],
}

/** A docker that has the base, and whatever it has built; it keeps what it was asked to build and what lay in the context. */
function fakeDocker(id = 'sha256:base', fail?: BuildError) {
  const built: { request: BuildRequest; files: readonly string[]; ignore: string | undefined }[] = []
  const docker: Partial<Docker> = {
    async inspect(reference) {
      if (reference === 'base:1') return { ...INFO, id }
      return built.some(({ request }) => request.tags.includes(reference)) ? INFO : undefined
    },
    async tag() {},
    async build(request) {
      const files = (await readdir(request.context, { recursive: true })).sort()
      const ignore = await readFile(path.join(request.context, '.dockerignore'), 'utf8').catch(() => undefined)
      built.push({ request, files, ignore })
      if (fail) throw fail
      return { seconds: 1 }
    },
  }
  return { docker: docker as Docker, built }
}

function requestIn(folder: string, change: Partial<OwnImageRequest> = {}): OwnImageRequest {
  return {
    step: 'release',
    dockerfile: { file: 'Dockerfile', text: TEXT, ignore: undefined },
    context: path.join(folder, 'work'),
    name: 'acme/shop',
    version: '1.2',
    args: { BASE_IMAGE: 'base:1', BUILDER_IMAGE: 'builder:1' },
    secrets: {},
    ...change,
  }
}

const FILES = { 'work/app.py': 'x\n', 'work/.env': 'SECRET\n', 'work/wheelhouse/theirs.whl': '', 'wheels/a.whl': 'A' }

test('it sees a snapshot and what is laid beside it, and gets the arguments that it names', () =>
  inTempFolder(async (folder) => {
    await writeFiles(folder, { ...FILES, 'work/.dockerignore': '*\n!app.py' })
    const { docker, built } = fakeDocker()
    const beside = { 'wheelhouse/a.whl': path.join(folder, 'wheels/a.whl') }
    const image = await buildOwnImage(worldIn(folder, { docker }), SETTINGS, requestIn(folder, { beside, secrets: { token: 's3cret' } }))
    const { request, files, ignore } = built[0] ?? {}
    expect(files).toEqual(['.dockerignore', 'app.py', 'wheelhouse', 'wheelhouse/a.whl'])
    expect(ignore).toBe('*\n!app.py\n!wheelhouse\n!wheelhouse/**')
    expect(request?.args).toEqual({ BASE_IMAGE: 'base:1' })
    expect(request?.tags).toEqual([image.reference, 'acme/shop:1.2'])
    expect(request?.secrets.map(({ id }) => id)).toEqual(['token'])
    expect(JSON.stringify(request)).not.toContain('s3cret')
    expect(await readFile(path.join(folder, 'work/.dockerignore'), 'utf8')).toBe('*\n!app.py')
  }))

test('it is found again by its fingerprint', () =>
  inTempFolder(async (folder) => {
    await writeFiles(folder, FILES)
    const { docker, built } = fakeDocker()
    const world = worldIn(folder, { docker })
    const first = await buildOwnImage(world, SETTINGS, requestIn(folder))
    const second = await buildOwnImage(world, SETTINGS, requestIn(folder))
    expect([second.reference, second.how, built.length]).toEqual([first.reference, 'reused', 1])
  }))

describe('its fingerprint', () => {
  const changes: readonly {
    name: string
    changes: boolean
    files?: Record<string, string>
    request?: Partial<OwnImageRequest>
    id?: string
  }[] = [
    { name: 'the Dockerfile', changes: true, request: { dockerfile: { file: 'Dockerfile', text: `${TEXT}USER 1\n`, ignore: undefined } } },
    { name: 'a file that it sees', changes: true, files: { 'work/app.py': 'y\n' } },
    { name: 'a new file that it sees', changes: true, files: { 'work/more.py': '' } },
    { name: 'its own .dockerignore', changes: true, request: { dockerfile: { file: 'Dockerfile', text: TEXT, ignore: '*.md' } } },
    {
      name: 'an argument that it names',
      changes: true,
      request: {
        args: { BASE_IMAGE: 'base:1', PACKAGE: 'x' },
        dockerfile: { file: 'Dockerfile', text: `${TEXT}ARG PACKAGE\n`, ignore: undefined },
      },
    },
    { name: 'the image under the same tag that it starts from', changes: true, id: 'sha256:other' },
    { name: 'the id of a secret', changes: true, request: { secrets: { token: 'a' } } },
    { name: 'a label', changes: true, request: { labels: { a: 'b' } } },
    { name: 'a wheel', changes: true, request: { parts: { wheels: '1' } } },
    { name: 'a secret file, which it never sees', changes: false, files: { 'work/.env': 'OTHER\n' } },
    { name: 'an argument that it does not name', changes: false, request: { args: { BASE_IMAGE: 'base:1', BUILDER_IMAGE: 'other' } } },
    { name: 'the tag asked for', changes: false, request: { version: '2.0' } },
    { name: 'where it lies', changes: false, request: { dockerfile: { file: 'docker/Dockerfile', text: TEXT, ignore: undefined } } },
  ]

  test.each(changes)('changes by $name: $changes', ({ changes: expected, files = {}, request = {}, id }) =>
    inTempFolder(async (folder) => {
      await writeFiles(folder, FILES)
      const print = async (change: Partial<OwnImageRequest>, base?: string) =>
        fingerprint((await buildOwnImage(worldIn(folder, { docker: fakeDocker(base).docker }), SETTINGS, requestIn(folder, change))).parts)
      const before = await print({})
      await writeFiles(folder, files)
      expect((await print(request, id)) !== before).toBe(expected)
    }),
  )

  test('does not change by the value of a secret', () =>
    inTempFolder(async (folder) => {
      await writeFiles(folder, FILES)
      const { docker, built } = fakeDocker()
      for (const token of ['a', 'b']) await buildOwnImage(worldIn(folder, { docker }), SETTINGS, requestIn(folder, { secrets: { token } }))
      expect(built).toHaveLength(1)
    }))
})

test('a label that the Dockerfile sets is its author’s word; the fingerprint is a label', () =>
  inTempFolder(async (folder) => {
    await writeFiles(folder, FILES)
    const { docker, built } = fakeDocker()
    const dockerfile = { file: 'Dockerfile', text: `${TEXT}LABEL org.title=Mine\n`, ignore: undefined }
    const request = requestIn(folder, { dockerfile, labels: { 'org.title': 'x', 'org.version': '1' }, printLabel: 'print' })
    await buildOwnImage(worldIn(folder, { docker }), SETTINGS, request)
    expect(built[0]?.request.labels).toEqual({ 'org.version': '1', print: expect.stringMatching(/^[0-9a-f]{16}$/) })
  }))

test.each([
  {
    name: 'a step',
    error: new BuildError('exit code: 2', {
      stage: 'image',
      step: 'RUN make',
      output: ['gcc x.c', 'x.c:1: fatal error: y.h: No such file'],
      messages: [],
    }),
    says: 'Dockerfile failed at "RUN make": x.c:1: fatal error: y.h: No such file',
  },
  {
    name: 'a line that cannot be read',
    error: new BuildError('failed to solve: dockerfile parse error on line 7: unknown instruction: FOO', {
      stage: '',
      step: '',
      output: [],
      messages: [],
    }),
    says: 'Dockerfile line 7: unknown instruction: FOO',
  },
  {
    name: 'a full disk',
    error: new BuildError('exit code: 2', {
      stage: 'image',
      step: 'RUN make',
      output: ['write /x: no space left on device'],
      messages: [],
    }),
    says: "the Docker daemon's disk is full",
  },
])('$name that fails is named', ({ error, says }) =>
  inTempFolder(async (folder) => {
    await writeFiles(folder, FILES)
    const { docker } = fakeDocker('sha256:base', error)
    await expect(buildOwnImage(worldIn(folder, { docker }), SETTINGS, requestIn(folder))).rejects.toThrow(says)
    expect(await readdir(path.join(folder, 'temp'))).toEqual([])
  }),
)

const unread = (fault: string) =>
  new BuildError(`dockerfile parse error line 3: ${fault}`, { stage: '', step: '', output: [], messages: [] })
const absent = (step: string, cause: string) => new BuildError(cause, { stage: 'image', step, output: [], messages: [] })
const PARSER = 'Fix that line; if it is newer than this Docker Engine, begin the file with "# syntax=docker/dockerfile:1".'

test.each([
  { name: 'a flag that 20.10 does not know', error: unread('Unknown flag: link'), next: PARSER },
  { name: 'a here document', error: unread('unknown instruction: ECHO'), text: `${TEXT}RUN <<EOF\necho\nEOF\n`, next: PARSER },
  { name: 'an instruction that nobody knows', error: unread('unknown instruction: RUNN'), next: 'Fix that line.' },
  {
    name: 'a parser that is named',
    error: unread('Unknown flag: x'),
    text: `# syntax=docker/dockerfile:1\n${TEXT}`,
    next: 'Fix that line.',
  },
  {
    name: 'a file that 20.10 does not find',
    error: absent('COPY gone.txt /', '"/gone.txt" not found: not found'),
    next: 'Check the path, which begins at the context, and .dockerignore.',
  },
  {
    name: 'a file that the 29 line does not find',
    error: absent('COPY gone.txt /', '"/gone.txt": not found'),
    next: 'Check the path, which begins at the context, and .dockerignore.',
  },
  {
    name: 'a file that another stage lacks',
    error: absent('COPY --from=tools /gone /', '"/gone": not found'),
    next: 'Check the path: tools has no such file.',
  },
  {
    name: 'a base image whose argument nobody gives',
    error: new BuildError('failed to create LLB definition: base name ($BASE) should not be blank', {
      stage: '',
      step: '',
      output: [],
      messages: [],
    }),
    next: 'This run gives the arguments BASE_IMAGE, BUILDER_IMAGE.',
  },
])('$name has its own next step', ({ error, text = TEXT, next }) =>
  inTempFolder(async (folder) => {
    await writeFiles(folder, FILES)
    const { docker } = fakeDocker('sha256:base', error)
    const request = requestIn(folder, { dockerfile: { file: 'Dockerfile', text, ignore: undefined } })
    await expect(buildOwnImage(worldIn(folder, { docker }), SETTINGS, request)).rejects.toMatchObject({ next })
  }),
)

describe('reading a Dockerfile', () => {
  test('follows a link inside the workspace, and refuses one that leads out', () =>
    inTempFolder(async (folder) => {
      await writeFiles(folder, { 'docker/base/Dockerfile': TEXT, 'docker/base/Dockerfile.dockerignore': '*.md' })
      await symlink('docker', path.join(folder, 'inside'))
      await symlink('/etc', path.join(folder, 'outside'))
      const world = worldIn(folder)
      expect(await readDockerfile(world, 'dockerfile', path.join(folder, 'inside/base/Dockerfile'))).toEqual({
        file: 'inside/base/Dockerfile',
        text: TEXT,
        ignore: '*.md',
      })
      await expect(readDockerfile(world, 'dockerfile', path.join(folder, 'outside/hostname'))).rejects.toThrow(
        'dockerfile: outside/hostname lies behind outside, a link out of the checkout, to /etc/hostname',
      )
    }))
})
