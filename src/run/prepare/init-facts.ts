import path from 'node:path'
import { UserError } from '../../errors.ts'
import type { InitFacts, InitProject } from '../../plan/init/proposal.ts'
import { serversOf } from '../../plan/start/servers.ts'
import { pythonToSet } from '../../plan/version/python-series.ts'
import { newest } from '../../plan/wheels/newest.ts'
import { readVersionSource } from '../../project/layout/version-source.ts'
import { normalizeName } from '../../project/names.ts'
import { readProject } from '../../project/project.ts'
import { projectFolders } from '../../project/project-folders.ts'
import { pytestExtra } from '../../project/pytest-extra.ts'
import { TEXT_SIZE } from '../../project/text-size.ts'
import { readToml, type Table, tableAt, textAt, textsAt } from '../../project/toml.ts'
import { expectedStart } from '../images/expected-start.ts'
import type { World } from '../world.ts'
import { findProject, type Runner } from './make-plan.ts'
import { readTree } from './read-tree.ts'

/** What pytest collects. @see https://docs.pytest.org/en/stable/explanation/goodpractices.html */
const TEST_FILE = /(^|\/)(test_[^/]*|[^/]*_test)\.py$/
/** What serves an application where nothing does: for WSGI, and for ASGI. */
const SERVERS = (['wsgi', 'asgi'] as const).flatMap((kind) => serversOf(kind).slice(0, 1))
const MOST_PROJECTS = 20
const NOTHING = { command: '', imageEnv: {}, requirements: [], groups: [] }

/**
 * What `init` sees of a repository. Nothing is run, and no registry or index is asked.
 * @param asked the folder that the user names, relative to the workspace; `.` looks for all of them
 * @throws UserError where there is no project
 */
export async function initFacts(world: World, runner: Runner, asked: string): Promise<InitFacts> {
  const { workspace } = world.context
  const all = await runner.sourcePaths(workspace, [], workspace)
  const folders = asked === '.' ? foldersToRead(all) : [asked]
  const projects: InitProject[] = []
  let fault: unknown
  for (const folder of folders.slice(0, MOST_PROJECTS)) {
    try {
      projects.push(await readOne(world, runner, folder))
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      fault ??= error
    }
  }
  if (projects.length === 0) throw fault ?? nothingHere(all)
  const workflows = all.filter((file) => /^\.github\/workflows\/[^/]+\.ya?ml$/.test(file))
  const texts = await Promise.all(
    workflows.map(async (file) => [file, (await world.files.readInside(workspace, path.join(workspace, file), TEXT_SIZE)) ?? ''] as const),
  )
  return {
    projects,
    branch: await branchOf(world),
    workflows: new Map(texts),
    otherForge: all.find((file) => /^(\.gitlab-ci\.yml|\.forgejo\/|\.gitea\/|bitbucket-pipelines\.yml|azure-pipelines\.yml)/.test(file)),
  }
}

/** The repository itself where it is a project, and the folders that are some. */
function foldersToRead(files: readonly string[]): readonly string[] {
  const folders = projectFolders(files)
  // `src/` belongs to the folder that it lies in, and is found by itself.
  return folders.includes('src') && !folders.includes('.') ? ['.', ...folders.filter((one) => one !== 'src')] : folders
}

async function readOne(world: World, runner: Runner, folder: string): Promise<InitProject> {
  const { workspace } = world.context
  const at = await findProject(workspace, folder, world.files)
  const paths = await runner.sourcePaths(at, [], workspace)
  const tree = await readTree({ project: at, workspace }, paths, world.files)
  const repository = tree.folder === '.' ? (await world.git.origin(workspace))?.split('/')[1] : undefined
  const project = readProject(tree, repository || path.basename(path.join(workspace, folder)))
  const pyproject = tree.texts.get('pyproject.toml')
  const toml = pyproject === undefined ? {} : readToml('pyproject.toml', pyproject)
  const here = { ...world, paths: { ...world.paths, project: at, wheelhouse: path.join(workspace, folder, 'wheelhouse') } }
  const settings = tableAt(toml, 'tool', 'pypackager')
  const set = (key: string) => textsAt(settings, key) ?? []
  const { day } = newest('', world.context, { commit: await world.git.commit(at), now: new Date() })
  const extras = set('extras').map(normalizeName)
  const packages = set('packages')
  const starting = async (more: { readonly extras?: readonly string[]; readonly packages?: readonly string[] }) => {
    const wished = { ...NOTHING, extras: [...extras, ...(more.extras ?? [])], packages: [...packages, ...(more.packages ?? [])] }
    return (await expectedStart(here, { project }, wished, paths)).start
  }
  const starts = async (more: Parameters<typeof starting>[0]) => Boolean((await starting(more)).command)
  const start = await starting({})
  const extra = start.command ? undefined : await firstThat(project.metadata.extras, (one) => starts({ extras: [one] }))
  const server = start.command || extra ? undefined : await firstThat(SERVERS, (one) => starts({ packages: [one] }))
  return {
    folder,
    name: project.name,
    definedBy: project.definedBy,
    django: project.django !== undefined,
    start,
    startExtra: extra,
    startPackage: server,
    python: textAt(settings, 'python-version') === undefined ? pythonToSet(project, day) : undefined,
    tests: paths.some((file) => TEST_FILE.test(file)) ? pytestExtra(project, tree.texts.get('setup.cfg') ?? '') : undefined,
    gitVersion: project.sourceOnly === undefined && versionFromGit(toml, tree.texts),
    pyproject,
  }
}

async function firstThat<T>(all: readonly T[], holds: (one: T) => Promise<boolean>): Promise<T | undefined> {
  for (const one of all) if (await holds(one)) return one
  return undefined
}

function versionFromGit(toml: Table, texts: ReadonlyMap<string, string>): boolean {
  return readVersionSource(toml, texts.get('setup.cfg') ?? '', texts.get('setup.py') ?? '').kind === 'git'
}

/** The default branch of the origin, else main or what is checked out. */
async function branchOf({ context, files, git }: World): Promise<InitFacts['branch']> {
  const told = await files.readInside(context.workspace, path.join(context.workspace, '.git/refs/remotes/origin/HEAD'), TEXT_SIZE)
  const origin = /^ref: refs\/remotes\/origin\/([\w./-]+)\s*$/.exec(told ?? '')?.[1]
  if (origin) return { name: origin, from: 'the default branch of origin' }
  const branch = (await git.head(context.workspace))?.branch
  if (branch && /^[\w./-]+$/.test(branch)) return { name: branch, from: 'the branch that is checked out' }
  return { name: 'main', from: 'as none is checked out' }
}

function nothingHere(files: readonly string[]): UserError {
  const code = files.some((file) => file.endsWith('.py'))
  return new UserError(
    'init',
    code ? 'there is Python here, and no file that says what it requires' : 'there is no Python project here',
    code
      ? 'Write a requirements.txt with a package a line (an empty one if there are none), then run init again.'
      : 'Write the application and a requirements.txt first, then run init again; or name the folder with --path.',
  )
}
