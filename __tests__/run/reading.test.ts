import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdir, rm, symlink } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { sourcePaths } from '../../src/effects/files/source.ts'
import { errorLine, UserError } from '../../src/errors.ts'
import { projectTable } from '../../src/inputs/project-table.ts'
import { buildOwnImage, readDockerfile } from '../../src/run/images/custom-image.ts'
import { pyprojectOf } from '../../src/run/lock/lay-out-package.ts'
import { findProject, makePlan, type Runner } from '../../src/run/prepare/make-plan.ts'
import { readIgnore } from '../../src/run/wheels/project-wheel.ts'
import type { World } from '../../src/run/world.ts'
import { laidOutIn } from '../support/locals.ts'
import { projectOf } from '../support/project.ts'
import { inTempFolder, writeFiles } from '../support/temp.ts'
import { inputsWith } from '../support/values.ts'
import { type Heard, worldIn } from '../support/world.ts'

const CANARY = 'canary-7c1f'
const RUNNER: Runner = { caBundle: '', indexUrl: '', extraIndexUrls: [], namedLogin: (_name, address) => address, sourcePaths }
const PROJECT = '[project]\nname = "shop"\nversion = "1"\n[build-system]\nrequires = ["hatchling"]\n'
const SETTINGS = { ca: '', indexUrl: '', extraIndexUrls: [], netrc: '', network: '', builder: '' }
const NOTHING = { addresses: new Map<string, string>(), files: new Map(), indexed: [] }

interface Kind {
  readonly name: string
  /** The file, which is a link. */
  readonly at: string
  /** What it holds where the link stays inside. */
  readonly text?: string
  readonly others?: Readonly<Record<string, string>>
  readonly reads?: (world: World, workspace: string) => Promise<unknown>
}

const plan = (inputs: Readonly<Record<string, string>>) => async (world: World, workspace: string) => {
  const project = await findProject(workspace, inputs.path ?? '', world.files)
  await makePlan(inputsWith(inputs), { ...world, paths: { ...world.paths, project } }, RUNNER)
}

const local = (folder: string) => (world: World, workspace: string) =>
  laidOutIn(
    world,
    { ...NOTHING, locals: [{ name: 'billing', source: { kind: 'directory', path: folder }, base: workspace }] },
    { environment: {} as never, pins: { indexes: {}, packages: {} } },
  )

const dockerfile = (world: World, workspace: string) => readDockerfile(world, 'dockerfile', path.join(workspace, 'docker/Dockerfile'))

const KINDS: readonly Kind[] = [
  { name: 'pyproject.toml', at: 'pyproject.toml', text: PROJECT },
  { name: 'setup.py', at: 'setup.py', text: 'setup(name="shop")\n' },
  { name: 'setup.cfg', at: 'setup.cfg', text: '[metadata]\nname = shop\n' },
  ...['Procfile', '.python-version', '.tool-versions', 'runtime.txt', 'pytest.ini', 'tox.ini', 'manage.py', 'shop/wsgi.py'].map((at) => ({
    name: at,
    at,
    text: '',
    others: { 'pyproject.toml': PROJECT },
  })),
  { name: 'requirements.txt', at: 'requirements.txt', text: 'six\n' },
  { name: 'a requirements file that is named', at: 'deps/web.in', text: 'six\n', reads: plan({ requirements: 'deps/web.in' }) },
  { name: 'what -r names', at: 'more.txt', text: 'six\n', others: { 'requirements.txt': '-r more.txt\n' } },
  {
    name: 'what -r in an included file names',
    at: 'a/more.txt',
    text: '',
    others: { 'requirements.txt': '-r a/b.txt\n', 'a/b.txt': '-r more.txt' },
  },
  { name: 'constraints', at: 'limits.txt', text: 'six<2\n', others: { 'requirements.txt': 'six\n-c limits.txt\n' } },
  ...['uv.lock', 'poetry.lock', 'pdm.lock', 'pylock.toml', 'pylock.web.toml', 'Pipfile.lock'].map((at) => ({
    name: at,
    at,
    text: at === 'Pipfile.lock' ? '{}' : '',
    others: { 'pyproject.toml': PROJECT },
  })),
  {
    name: 'uv.lock of a workspace above',
    at: 'uv.lock',
    text: '',
    others: { 'app/pyproject.toml': PROJECT, 'pyproject.toml': '[tool.uv.workspace]\nmembers = ["app"]\n' },
    reads: plan({ path: 'app' }),
  },
  {
    name: 'the root of a uv workspace',
    at: 'pyproject.toml',
    text: '[tool.uv.workspace]\nmembers = ["app"]\n',
    others: { 'app/pyproject.toml': PROJECT },
    reads: plan({ path: 'app' }),
  },
  {
    name: 'a src/ that holds the metadata',
    at: 'src/pyproject.toml',
    text: PROJECT,
    reads: (world, workspace) => findProject(workspace, '', world.files),
  },
  {
    name: 'the table of the command line',
    at: 'pyproject.toml',
    text: '',
    reads: (world, workspace) => projectTable(world.files, workspace, 'pyproject.toml'),
  },
  { name: 'pyproject.toml for a lock of Poetry', at: 'pyproject.toml', text: '', reads: pyprojectOf },
  { name: '.dockerignore', at: '.dockerignore', text: '*.md\n', reads: readIgnore },
  { name: 'an own Dockerfile', at: 'docker/Dockerfile', text: 'FROM scratch\n', reads: dockerfile },
  {
    name: 'a .dockerignore of an own Dockerfile',
    at: 'docker/Dockerfile.dockerignore',
    text: '*.md\n',
    others: { 'docker/Dockerfile': 'FROM scratch\n' },
    reads: dockerfile,
  },
  {
    name: 'pyproject.toml of a folder that is required',
    at: 'libs/billing/pyproject.toml',
    text: PROJECT.replace('shop', 'billing'),
    reads: local('libs/billing'),
  },
]

const readAs = ({ reads = plan({}) }: Kind, world: World, workspace: string) => reads(world, workspace)

describe('a file of the project that is a link out of the checkout is named and not read', () => {
  test.each(KINDS)('$name', (kind) =>
    inTempFolder(async (folder) => {
      const workspace = path.join(folder, 'work')
      const canary = { 'secret.txt': `${CANARY}=1 [${CANARY}]\n${CANARY}\n` }
      await writeFiles(folder, { ...canary, ...below(kind.others ?? {}) })
      await mkdir(path.dirname(path.join(workspace, kind.at)), { recursive: true })
      await symlink(path.join(folder, 'secret.txt'), path.join(workspace, kind.at))
      const world = worldIn(workspace)
      const error = await readAs(kind, world, workspace).catch((thrown: unknown) => thrown)
      expect(error).toBeInstanceOf(UserError)
      expect((error as UserError).message).toMatch(
        new RegExp(`^(dockerfile: )?${kind.at} is a link out of the checkout, to ${folder}/secret.txt$`),
      )
      expect([errorLine(error), ...(world.log as Heard).lines].join('\n')).not.toContain(CANARY)
    }),
  )
})

describe('a file of the project that is a link inside the checkout is read', () => {
  test.each(KINDS.filter(({ text }) => text))('$name', (kind) =>
    inTempFolder(async (folder) => {
      const workspace = path.join(folder, 'work')
      await writeFiles(folder, below({ ...kind.others, 'shared/text': kind.text ?? '' }))
      await mkdir(path.dirname(path.join(workspace, kind.at)), { recursive: true })
      await symlink(path.join(workspace, 'shared/text'), path.join(workspace, kind.at))
      await readAs(kind, worldIn(workspace), workspace)
    }),
  )
})

function below(files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [`work/${name}`, text]))
}

describe('a folder that is a link out of the checkout is named and not entered', () => {
  const workspaceOf = (members: string) => `[project]\nname = "a"\n[tool.uv.workspace]\nmembers = ["${members}"]\n`
  const member = (world: World, workspace: string) =>
    laidOutIn(world, { ...NOTHING, locals: [{ name: 'billing', source: { kind: 'workspace' }, base: workspace }] }, undefined)
  test.each([
    { name: 'the project', at: 'app', reads: (world: World, workspace: string) => findProject(workspace, 'app', world.files) },
    { name: 'its src', at: 'src', reads: (world: World, workspace: string) => findProject(workspace, '', world.files) },
    { name: 'one that is required', at: 'libs/billing', reads: local('libs/billing') },
    { name: 'a member of a workspace', at: 'packages/billing', others: { 'pyproject.toml': workspaceOf('packages/*') }, reads: member },
    { name: 'what holds members', at: 'packages', others: { 'pyproject.toml': workspaceOf('packages/*') }, reads: member },
  ])('$name', ({ at, others = {}, reads }) =>
    inTempFolder(async (folder) => {
      const workspace = path.join(folder, 'work')
      const theirs = PROJECT.replace('shop', CANARY)
      await writeFiles(folder, { 'other/pyproject.toml': theirs, 'other/billing/pyproject.toml': theirs, ...below(others) })
      await mkdir(path.dirname(path.join(workspace, at)), { recursive: true })
      await symlink(path.join(folder, 'other'), path.join(workspace, at))
      const world = worldIn(workspace)
      const error = await reads(world, workspace).catch((thrown: unknown) => thrown)
      expect(error).toBeInstanceOf(UserError)
      expect((error as UserError).message).toMatch(new RegExp(`${at}(,| is) a link out of the checkout, to ${folder}/other`))
      expect([errorLine(error), ...(world.log as Heard).lines].join('\n')).not.toContain(CANARY)
    }),
  )
})

describe('a repository that was fetched is a checkout of its own', () => {
  async function fetched(change: (repository: string) => Promise<void>, subdirectory?: string) {
    let said: unknown
    await inTempFolder(async (folder) => {
      const repository = path.join(folder, 'theirs')
      await writeFiles(repository, { 'lib/pyproject.toml': PROJECT })
      await change(repository)
      const git = (...args: string[]) =>
        execFileSync('git', ['-C', repository, '-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args])
      git('init', '--quiet')
      git('add', '.')
      git('commit', '--quiet', '--message', 'One')
      await writeFiles(folder, { 'work/secret.txt': CANARY, 'work/app/pyproject.toml': PROJECT })
      const world = worldIn(path.join(folder, 'work'))
      // Stands for the transport, which is tested by itself.
      const copy = {
        ...world.git,
        fetch: async (_url: string, _revision: string, to: string) => {
          execFileSync('git', ['clone', '--quiet', repository, to])
          return 'c0ffee'
        },
      }
      const source = { kind: 'git' as const, url: 'https://git.example/x', revision: '', ...(subdirectory && { subdirectory }) }
      const wanted = { ...NOTHING, locals: [{ name: 'shop', source, base: path.join(folder, 'work') }] }
      said = await laidOutIn({ ...world, git: copy }, wanted, undefined).catch((error: unknown) => error)
    })
    return said
  }

  test.each([
    {
      name: 'a link out of it',
      subdirectory: 'lib',
      change: (at: string) => symlink('/etc/hostname', `${at}/lib/setup.cfg`),
      says: /setup\.cfg is a link out of the checkout, to \/etc\/hostname/,
    },
    {
      name: 'a link to the workspace',
      subdirectory: 'lib',
      change: (at: string) => symlink('../../../../secret.txt', `${at}/lib/setup.py`),
      says: /setup\.py is a link (out of the checkout, )?to /,
    },
    { name: 'a subdirectory that climbs', subdirectory: '../../../app', change: async () => {}, says: /lies outside the checkout/ },
    {
      name: 'a subdirectory that is a link out',
      subdirectory: 'l',
      change: (at: string) => symlink('/etc', `${at}/l`),
      says: /^l is a link out of the checkout, to \/etc/,
    },
  ])('$name', async ({ change, subdirectory, says }) => {
    const error = await fetched(change, subdirectory)
    expect(error).toBeInstanceOf(UserError)
    expect((error as UserError).message).toMatch(says)
  })
})

describe('a repository of this machine may be required', () => {
  const wanted = (workspace: string, theirs: string, within?: { top: string; from: string; revision: string }) => ({
    ...NOTHING,
    locals: [
      {
        name: 'shop',
        source: { kind: 'git' as const, url: `file://${theirs}`, revision: '' },
        base: workspace,
        ...(within && { within }),
      },
    ],
  })
  const by = (top: string) => ({ top, from: 'git+https://git.example/x@c0ffee', revision: '' })

  test.each([
    { name: 'by the project itself', foreignHead: false, within: false, says: undefined },
    { name: 'not in a pull request of a fork', foreignHead: true, within: false, says: 'in a pull request of a fork' },
    { name: 'not by a repository that was fetched', foreignHead: false, within: true, says: 'by git+https://git.example/x@c0ffee' },
  ])('$name', async ({ foreignHead, within, says }) => {
    await using theirs = await projectOf({ 'pyproject.toml': PROJECT })
    await inTempFolder(async (folder) => {
      const world = worldIn(folder)
      const context = { ...world.context, foreignHead }
      const laidOut = laidOutIn({ ...world, context }, wanted(folder, theirs.workspace, within ? by(folder) : undefined), undefined)
      if (says) await expect(laidOut).rejects.toThrow(`shop is required ${says} from file://`)
      else expect([...(await laidOut).packages.keys()]).toEqual(['shop'])
    })
  })
})

test('a context of an own Dockerfile has its .dockerignore read below the workspace, or below itself where it lies outside', () =>
  inTempFolder(async (folder) => {
    await writeFiles(folder, { 'secret.txt': CANARY, 'work/a': '', 'other/a': '' })
    for (const context of ['work', 'other']) {
      await symlink('../secret.txt', path.join(folder, context, '.dockerignore'))
      const request = {
        step: 'image',
        dockerfile: { file: 'Dockerfile', text: 'FROM scratch', ignore: undefined },
        context: path.join(folder, context),
        name: 'a',
        version: undefined,
        args: {},
        secrets: {},
      }
      const built = buildOwnImage(worldIn(path.join(folder, 'work')), SETTINGS, request)
      await expect(built).rejects.toThrow(`.dockerignore is a link out of the checkout, to ${folder}/secret.txt`)
      await rm(path.join(folder, context, '.dockerignore'))
    }
  }))

/** Who reads files of our own, and which. Whatever the user's tree holds is read by `readInside`. */
const READS_OUR_OWN: Readonly<Record<string, string>> = {
  'inputs/project-table.ts': 'the state of the wheelhouse',
  'run/build/stage-answers.ts': 'the output of a stage',
  'run/eject.ts': 'the wheelhouse; the scripts of the stages',
  'run/wheels/project-wheel.ts': 'what was staged',
  'run/images/imported-modules.ts': "this run's folder",
  'run/lock/build-requirements.ts': 'the output of a stage; the wheelhouse',
  'run/build/uv-image.ts': 'the scripts of the stages',
  'run/lock/ensure-lock.ts': 'the wheelhouse',
  'run/wheelhouse-folder/cache-entries.ts': 'the wheelhouse',
  'run/proof/write-sbom.ts': 'the wheelhouse; the output of a stage',
  'run/wheelhouse-folder/records.ts': 'the wheelhouse',
  'run/build/stage-scripts.ts': 'the scripts of the stages',
  'run/wheelhouse-folder/wheel-files.ts': 'the wheelhouse',
}

test('whoever reads a file without asking where it really is, reads one of our own', () => {
  const root = path.join(import.meta.dirname, '../../src')
  const found = execFileSync('grep', ['-rlE', String.raw`files\.read\(|files\.read\b[^I]`, '--include=*.ts', root], { encoding: 'utf8' })
  const readers = found
    .trim()
    .split('\n')
    .map((file) => path.relative(root, file))
  expect(readers.filter((file) => !(file in READS_OUR_OWN))).toEqual([])
  const ofProject = readers.filter((file) =>
    /files\.read\([^)]*(paths\.project|workspace)/.test(readFileSync(path.join(root, file), 'utf8')),
  )
  expect(ofProject).toEqual([])
})
