import { mkdir, rename } from 'node:fs/promises'
import { must } from './command.ts'
import { unpackSdist } from './sdist.ts'
import type { TempFolder } from './temp.ts'

/** A real public project as its maintainers publish it, and what is said of it: `path`, `extras` and `command`. */
export interface PublicProject {
  readonly name: string
  readonly sdist: string
  readonly version: string
  /** A day on which it was current: the commit's date, which bounds what is resolved. */
  readonly released: string
  readonly path?: string
  readonly extras?: string
  readonly image?: string
  /** The start command, where that of its own is no start of an image. */
  readonly start?: string
  /** Its own command, and what that says. */
  readonly command: readonly string[]
  readonly says: RegExp
}

export const PUBLIC_PROJECTS: readonly PublicProject[] = [
  {
    name: 'datasette: setup.py alone, templates and static files',
    ...{ sdist: 'datasette', version: '0.65.1', released: '2024-11-29' },
    start: 'datasette --host 0.0.0.0 --port 8000', // by itself it listens on loopback alone
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

/**
 * The project as a fresh repository with one commit and a tag.
 * @param to an existing folder
 * @returns the repository's folder, below `to`
 */
export async function checkoutOf(project: PublicProject, to: TempFolder): Promise<string> {
  const { sdist, version, released } = project
  const work = to.at(sdist)
  await mkdir(to.at('unpacked'), { recursive: true })
  await rename(await unpackSdist(sdist, version, to.at('unpacked')), work)
  const date = `${released}T12:00:00Z`
  const git = (...args: string[]) =>
    must('git', ['-C', work, '-c', 'user.name=Test', '-c', 'user.email=test@example.invalid', ...args], {
      env: { ...process.env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date },
    })
  await git('init', '--quiet', '--initial-branch=main')
  await git('add', '--all', '--force')
  await git('commit', '--quiet', '--message', version)
  await git('tag', version)
  return work
}
