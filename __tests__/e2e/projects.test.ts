import { rename } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { must } from '../support/command.ts'
import { type Daemon, startDaemon } from '../support/daemon.ts'
import { images } from '../support/image.ts'
import { type ActionResult, runAction } from '../support/runner.ts'
import { unpackSdist } from '../support/sdist.ts'
import { type TempFolder, tempFolder } from '../support/temp.ts'

// Real public projects as their maintainers publish them, packaged with nothing said but `path` and `extras`,
// each proved by its own command in the release image.

jest.setTimeout(900_000)

const PARENT = process.env.PARENT_IMAGE ?? 'pypackager/debian-python:bookworm'

interface Row {
  readonly name: string
  readonly sdist: string
  readonly version: string
  /** A day on which it was current: the commit's date, which bounds what is resolved. */
  readonly released: string
  readonly path?: string
  readonly extras?: string
  readonly image?: string
  readonly command: readonly string[]
  readonly says: RegExp
}

const PROJECTS: readonly Row[] = [
  {
    name: 'datasette: setup.py alone, templates and static files',
    ...{ sdist: 'datasette', version: '0.65.1', released: '2024-11-29' },
    ...{ command: ['datasette', '--version'], says: /0\.65\.1/ },
  },
  {
    name: 'black with an extra: hatchling, version from git',
    ...{ sdist: 'black', version: '25.1.0', released: '2025-01-30', extras: 'd' },
    ...{ command: ['blackd', '--version'], says: /25\.1\.0/ },
  },
  {
    name: 'flaskr: an application in a subfolder, flit',
    ...{ sdist: 'flask', version: '3.1.1', released: '2025-05-14', path: 'examples/tutorial', image: 'flaskr' },
    ...{ command: ['flask', '--app', 'flaskr', 'routes'], says: /auth\.login/ },
  },
  {
    name: 'httpie: setup.cfg',
    ...{ sdist: 'httpie', version: '3.2.4', released: '2024-11-02' },
    ...{ command: ['http', '--version'], says: /3\.2\.4/ },
  },
  {
    name: 'poetry: poetry-core',
    ...{ sdist: 'poetry', version: '2.1.4', released: '2025-08-06' },
    ...{ command: ['poetry', '--version'], says: /2\.1\.4/ },
  },
  {
    name: 'pdm: pdm-backend, version from git',
    ...{ sdist: 'pdm', version: '2.25.4', released: '2025-07-18' },
    ...{ command: ['pdm', '--version'], says: /2\.25\.4/ },
  },
  {
    name: 'bandit: pbr',
    ...{ sdist: 'bandit', version: '1.8.6', released: '2025-07-07' },
    ...{ command: ['bandit', '--version'], says: /1\.8\.6/ },
  },
  {
    name: 'build: flit, with an extra of its own',
    ...{ sdist: 'build', version: '1.3.0', released: '2025-08-02', extras: 'uv' },
    ...{ command: ['pyproject-build', '--version'], says: /1\.3\.0/ },
  },
  {
    name: 'azure-cli: 150 packages, namespace packages',
    ...{ sdist: 'azure-cli', version: '2.78.0', released: '2025-10-15' },
    ...{ command: ['az', 'cloud', 'list', '--query', '[0].name', '--output', 'tsv'], says: /AzureCloud/ },
  },
]

let daemon: Daemon
let folder: TempFolder

beforeAll(async () => {
  daemon = await startDaemon()
  await daemon.load(PARENT)
  folder = await tempFolder('projects')
})

afterAll(async () => {
  await folder?.[Symbol.asyncDispose]()
  await daemon?.[Symbol.asyncDispose]()
})

/** A workspace that holds the project as a fresh repository with one commit. */
async function workspaceOf(row: Row): Promise<string> {
  const work = folder.at(row.sdist)
  await must('mkdir', ['-p', folder.at('unpacked')])
  await rename(await unpackSdist(row.sdist, row.version, folder.at('unpacked')), work)
  const git = (...args: string[]) =>
    must('git', ['-C', work, '-c', 'user.name=Test', '-c', 'user.email=test@example.invalid', ...args], {
      env: { ...process.env, GIT_AUTHOR_DATE: `${row.released}T12:00:00Z`, GIT_COMMITTER_DATE: `${row.released}T12:00:00Z` },
    })
  await git('init', '--quiet', '--initial-branch=main')
  await git('add', '--all', '--force')
  await git('commit', '--quiet', '--message', row.version)
  await git('tag', row.version)
  return work
}

describe.each(PROJECTS.map((row) => ({ ...row, row })))('$name', ({ row }) => {
  const image = `acme/${row.image ?? row.sdist}:main`
  let result: ActionResult

  beforeAll(async () => {
    result = await runAction({
      workspace: await workspaceOf(row),
      inputs: { path: row.path ?? '', extras: row.extras ?? '' },
      env: { DOCKER_HOST: daemon.host },
    })
  })

  test('is packaged', () => {
    expect(result.errors).toEqual([])
    expect(result.code).toBe(0)
    expect(result.outputs['release-tag']).toBe(image)
  })

  test('runs its own command in the release image, as its user and without a compiler', async () => {
    expect(await images(daemon.host).run(image, row.command)).toMatch(row.says)
    expect(await images(daemon.host).run(image, ['sh', '-c', 'id -u; command -v gcc || echo none'])).toBe('10001\nnone')
  })
})
