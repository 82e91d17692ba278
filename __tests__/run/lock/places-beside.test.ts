import { expect, test } from '@jest/globals'
import { readProject } from '../../../src/project/project.ts'
import { placesBeside } from '../../../src/run/lock/places-beside.ts'
import { wantedBy } from '../../../src/run/lock/wanted-packages.ts'
import { readTree } from '../../../src/run/prepare/read-tree.ts'
import { readMember } from '../../../src/run/prepare/workspace-members.ts'
import type { World } from '../../../src/run/world.ts'
import { inTempFolder, writeFiles } from '../../support/in-temp-folder.ts'
import { laidOutIn } from '../../support/locals.ts'
import { tempFolder } from '../../support/temp.ts'
import { listener, worldIn } from '../../support/world.ts'

const CHOICE = { environment: { sys_platform: 'linux' }, chosen: { extras: [], groups: [] } }
const named = (name: string, requires: readonly string[] = []) =>
  `[project]\nname = "${name}"\nversion = "1"\ndependencies = ${JSON.stringify(requires)}\n`
const core = { 'core/pyproject.toml': named('acme-core') }

test.each([
  { name: 'a folder by its place', lines: '-e ../core\n', files: core, from: ['core'] },
  { name: 'a folder by its name', lines: 'acme-core @ file:../core\n', files: core, from: ['core'] },
  {
    name: 'a folder that states its name in setup.cfg',
    lines: '../core[fast]\n',
    files: { 'core/setup.py': 'setup()\n', 'core/setup.cfg': '[metadata]\nname = Acme_Core\n' },
    from: ['core'],
  },
  {
    name: 'what such a folder wants in turn',
    lines: '-e ../core\n-e ../leaf\n',
    files: { 'core/pyproject.toml': named('acme-core', ['acme-leaf>=1']), 'leaf/pyproject.toml': named('acme-leaf') },
    from: ['core', 'leaf'],
  },
  { name: 'not what nothing requires', lines: '-e ../tools\n', files: { 'tools/pyproject.toml': named('tools') }, from: [] },
  {
    name: 'a folder whose name stands in a variable of setup.py',
    lines: '-e ../core\n',
    files: { 'core/setup.py': 'from setuptools import setup\nNAME = "acme-core"  # as on the index\nsetup(name=NAME, version="1")\n' },
    from: ['core'],
  },
  { name: 'not a folder for other machines', lines: "../core ; sys_platform == 'win32'\n", files: {}, from: [] },
])('requirements.txt beside the metadata tells where a package comes from: $name', async ({ lines, files, from }) => {
  await inTempFolder(async (workspace) => {
    const project = `${workspace}/app`
    const own = { 'app/pyproject.toml': named('app', ['acme-core']), 'app/requirements.txt': lines }
    await writeFiles(workspace, { ...own, ...files } as Record<string, string>)
    const plain = worldIn(workspace)
    const other = { wheelsContext: `${workspace}/out/wheels`, leanContext: `${workspace}/out/lean`, temp: `${workspace}/out/temp` }
    const world: World = { ...plain, paths: { ...plain.paths, ...other, project } }
    const member = await readMember({ files: world.files, top: workspace }, project)
    const tree = await readTree({ project, workspace }, ['pyproject.toml', 'requirements.txt'], world.files)
    const beside = await placesBeside(world, readProject(tree, 'app'), member, CHOICE)
    const wanted = wantedBy(['acme-core'], { member, choice: CHOICE, top: workspace, from: 'app', beside })
    const following = { environment: CHOICE.environment, pins: { indexes: {}, packages: {} }, beside }
    const { packages } = await laidOutIn(world, wanted, following)
    expect([...packages.values()].map((one) => one.from)).toEqual(from)
  })
})

test.each([
  { name: 'is not there', files: {}, says: 'names the folder core, which is not in the workspace' },
  {
    name: 'computes its name',
    files: { 'core/setup.py': 'from setuptools import setup\nsetup(name=read("NAME"))\n' },
    says: 'names the folder core, whose files do not state its name',
  },
  {
    name: 'has one of two names',
    files: { 'core/setup.py': 'if X:\n  N = "a"\nelse:\n  N = "b"\nsetup(name=N)\n' },
    says: 'names the folder core, whose files do not state its name',
  },
])('a folder beside the metadata that $name is an error: no index may answer for it', async ({ files, says }) => {
  await inTempFolder(async (workspace) => {
    const own = { 'app/pyproject.toml': named('app', ['acme-core']), 'app/requirements.txt': '-e ../core\n' }
    await writeFiles(workspace, { ...own, ...files } as Record<string, string>)
    const project = `${workspace}/app`
    const world = worldIn(workspace)
    const member = await readMember({ files: world.files, top: workspace }, project)
    const tree = await readTree({ project, workspace }, ['pyproject.toml', 'requirements.txt'], world.files)
    await expect(placesBeside(world, readProject(tree, 'app'), member, CHOICE)).rejects.toThrow(`requirements.txt ${says}`)
  })
})

async function toldBeside(lines: string) {
  await using folder = await tempFolder('beside')
  const workspace = folder.at('work')
  await writeFiles(workspace, { 'pyproject.toml': named('app', ['acme-core']), 'requirements.txt': lines })
  const log = listener()
  const world = worldIn(workspace, { log })
  const member = await readMember({ files: world.files, top: workspace }, workspace)
  const tree = await readTree({ project: workspace, workspace }, ['pyproject.toml', 'requirements.txt'], world.files)
  const beside = await placesBeside(world, readProject(tree, 'app'), member, CHOICE)
  const wanted = wantedBy(['acme-core>=1'], { member, choice: CHOICE, top: workspace, from: 'app', beside })
  return { told: log.lines, addresses: [...wanted.addresses] }
}

const WHEEL = 'https://files.example/acme_core-1.0-py3-none-any.whl'

test('the address of a package beside the metadata is where it comes from', async () => {
  expect(await toldBeside(`acme-core @ ${WHEEL}\n`)).toEqual({ told: [], addresses: [['acme-core', WHEEL]] })
  expect(await toldBeside(`acme-core @ ${WHEEL} ; sys_platform == 'win32'\n`)).toEqual({ told: [], addresses: [] })
})

test.each([
  { name: 'a repository', line: 'git+https://user:secret@git.example/acme/core.git@main', shown: 'https://git.example/acme/core.git' },
  { name: 'an archive', line: 'https://files.example/core/archive/main.tar.gz', shown: 'https://files.example/core/archive/main.tar.gz' },
])('$name beside the metadata that tells no package is told: an index may answer for it', async ({ line, shown }) => {
  expect((await toldBeside(`${line}\n`)).told).toEqual([
    `requirements.txt names ${shown} without a package. If that is one that the project requires, an index answers for it: write "NAME @ …".`,
  ])
})
