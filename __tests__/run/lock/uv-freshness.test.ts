import { cp, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from '@jest/globals'
import { readUserLock } from '../../../src/project/locks/lock-formats.ts'
import { readProject } from '../../../src/project/project.ts'
import type { LockRequest } from '../../../src/run/lock/lock-request.ts'
import { folderFaults, projectFaults, refuseChanged, refuseMissingMember } from '../../../src/run/lock/uv-freshness.ts'
import { readTree } from '../../../src/run/prepare/read-tree.ts'
import { inTempFolder, writeFiles } from '../../support/in-temp-folder.ts'
import { fixtureText, linux } from '../../support/locks.ts'
import { worldIn } from '../../support/world.ts'

// What uv itself says of the lock after each change; fixtures/locks/ask_uv.py asks it.

interface Change {
  readonly name: string
  readonly file: string
  readonly from: string
  readonly to: string
  /** As `uv lock --check` says. */
  readonly fresh: boolean
  readonly by: string
  /** Why it is followed all the same: the packages are those that are required here. */
  readonly lets?: string
}

const CHANGES = JSON.parse(fixtureText('uv-changes.json')) as readonly Change[]
const FIXTURE = path.join(import.meta.dirname, '../../fixtures/locks/uv-changes')
const SELECTION = { extras: ['all'], groups: ['dev'] }

/** What is found of the project, and of the folders that it requires. */
async function faultsIn(workspace: string): Promise<readonly string[]> {
  const world = worldIn(workspace)
  const read = async (folder: string) => {
    const tree = await readTree({ project: path.join(workspace, folder), workspace }, ['pyproject.toml', 'uv.lock'], world.files)
    return readProject(tree, 'x')
  }
  const project = await read('.')
  const text = await readFile(path.join(workspace, 'uv.lock'), 'utf8')
  const environment = linux('3.11.9')
  const lock = readUserLock({
    file: 'uv.lock',
    text,
    project: { name: project.name, pyproject: undefined },
    selection: SELECTION,
    environment,
  })
  const request = {
    plan: { project },
    dependencies: { lines: [] },
    target: { markers: environment },
    ...SELECTION,
  } as unknown as LockRequest
  const at = { lock, folder: workspace }
  const own = await projectFaults({ ...world, paths: { ...world.paths, project: workspace } }, at, request)
  const folders = await Promise.all(
    ['lib', 'parts/core'].map(async (folder) =>
      folderFaults(world, at, { project: await read(folder), folder: path.join(workspace, folder), environment }),
    ),
  )
  return [...own, ...folders.flat()]
}

async function afterChange({ file, from, to }: Pick<Change, 'file' | 'from' | 'to'>): Promise<readonly string[]> {
  let faults: readonly string[] = ['nothing was read']
  await inTempFolder(async (workspace) => {
    await cp(FIXTURE, workspace, { recursive: true })
    const at = path.join(workspace, file)
    const text = await readFile(at, 'utf8')
    await writeFile(at, from ? text.replaceAll(from, to) : text + to)
    faults = await faultsIn(workspace)
  })
  return faults
}

test.each(CHANGES.filter(({ fresh, lets }) => fresh || lets))('a uv.lock is followed after $name ($by: $fresh)', async (change) => {
  expect(await afterChange(change)).toEqual([])
})

test.each(CHANGES.filter(({ fresh, lets }) => !fresh && !lets))('a uv.lock is out of date after $name, as for $by', async (change) => {
  expect(await afterChange(change)).not.toEqual([])
})

test.each([
  { name: 'an extra more', says: 'it was made for wheel and wheel[test] is required' },
  { name: 'a requirement less', says: 'it was made when click was required, which it no longer is' },
  {
    name: 'another tag',
    says: 'it takes attrs from git https://index.example/attrs at 24.1.0 and not from git https://index.example/attrs at 24.2.0',
  },
  { name: 'a source of git more', says: 'it takes six from an index and not from git https://index.example/six' },
  { name: 'another constraint', says: 'it was made with another constraint-dependencies of [tool.uv]' },
  { name: 'an extra more of a member of the workspace', says: 'of core, it was made for lib and lib[x] is required' },
])('the fault of $name says what differs', async ({ name, says }) => {
  const change = CHANGES.find((one) => one.name === name)
  expect(change && (await afterChange(change))[0]).toBe(says)
})

const member = (name: string) => ({
  [`parts/${name}/pyproject.toml`]: `[project]\nname = "${name}"\nversion = "1"\ndependencies = ["six"]\n`,
})

test.each([
  { name: 'that its lock does not hold is refused', folder: 'parts/new', files: {}, refused: true },
  { name: 'that its lock holds is not', folder: 'parts/core', files: {}, refused: false },
  {
    name: 'that is excluded is not',
    folder: 'parts/new',
    files: { 'pyproject.toml': '[tool.uv.workspace]\nmembers = ["parts/*"]\nexclude = ["parts/new"]\n' },
    refused: false,
  },
  { name: 'with a lock of its own is not', folder: 'parts/new', files: { 'parts/new/poetry.lock': '' }, refused: false },
])('a member of a workspace $name', async ({ folder, files, refused }) => {
  await inTempFolder(async (workspace) => {
    await cp(FIXTURE, workspace, { recursive: true })
    await writeFiles(workspace, { ...member('new'), ...files } as Record<string, string>)
    const plain = worldIn(workspace)
    const world = { ...plain, paths: { ...plain.paths, project: path.join(workspace, folder) } }
    const tree = await readTree(
      { project: world.paths.project, workspace },
      ['pyproject.toml', ...('parts/new/poetry.lock' in files ? ['poetry.lock'] : [])],
      world.files,
    )
    const said = await refuseMissingMember(world, readProject(tree, 'x')).catch((error: Error) => error.message)
    expect(said).toBe(refused ? '../../uv.lock is out of date: it does not hold new, which is a member of its workspace' : undefined)
  })
})

test('the error says what to do', () => {
  const lock = { file: '../uv.lock', refresh: 'uv lock' } as Parameters<typeof refuseChanged>[0]
  expect(() => refuseChanged(lock, ['it was made for a and b'])).toThrow('../uv.lock is out of date: it was made for a and b')
  expect(() => refuseChanged(lock, [])).not.toThrow()
})
