import { describe, expect, test } from '@jest/globals'
import { sha256 } from '../../../src/plan/fingerprint.ts'
import { fromHere } from '../../../src/project/layout/package-discovery.ts'
import { readOf } from '../../../src/run/lock/lay-out-package.ts'
import type { LaidOut } from '../../../src/run/lock/local-packages.ts'
import { wantedBy } from '../../../src/run/lock/wanted-packages.ts'
import { readMember } from '../../../src/run/prepare/workspace-members.ts'
import type { World } from '../../../src/run/world.ts'
import { inTempFolder, writeFiles } from '../../support/in-temp-folder.ts'
import { laidOutIn } from '../../support/locals.ts'
import { type Heard, worldIn } from '../../support/world.ts'

const LINUX = { sys_platform: 'linux' }

function pyproject(name: string, requires: readonly string[], more = ''): string {
  return `[project]\nname = "${name}"\nversion = "1"\ndependencies = ${JSON.stringify(requires)}\n${more}\n`
}

/** What is laid out for the project `app` of a workspace. */
async function laidOut(
  files: Readonly<Record<string, string>>,
  requires: readonly string[],
  project = 'app',
): Promise<LaidOut & { readonly warnings: readonly string[] }> {
  let found: (LaidOut & { readonly warnings: readonly string[] }) | undefined
  await inTempFolder(async (folder) => {
    const workspace = `${folder}/w`
    await writeFiles(workspace, files)
    const plain = worldIn(workspace)
    const other = { wheelsContext: `${folder}/wheels`, leanContext: `${folder}/lean`, temp: `${folder}/temp` }
    const world: World = { ...plain, paths: { ...plain.paths, ...other, project: `${workspace}/${project}`.replace(/\/$/, '') } }
    const member = await readMember({ files: world.files, top: workspace }, world.paths.project)
    const at = { top: workspace, from: project }
    const wanted = wantedBy(requires, { member, choice: { environment: LINUX, chosen: { extras: [], groups: [] } }, ...at })
    const pins = { indexes: { own: 'https://own.example' }, packages: { torch: [{ index: 'own', marker: '' }] } }
    found = { ...(await laidOutIn(world, wanted, { environment: LINUX, pins })), warnings: (world.log as Heard).lines }
  })
  if (!found) throw new Error('nothing was laid out')
  return found
}

const ROOT = '[tool.uv.workspace]\nmembers = ["*"]\nexclude = ["old"]\n'
const CORE = 'core = { workspace = true }'

describe('packages that come as folders', () => {
  test.each([
    {
      name: "are members that the workspace's root names for all",
      files: {
        'pyproject.toml': `${ROOT}[tool.uv.sources]\n${CORE}\n`,
        'app/pyproject.toml': '',
        'core/pyproject.toml': pyproject('core', []),
      },
      from: ['core'],
    },
    {
      name: 'may be the root itself',
      files: {
        'pyproject.toml': pyproject('core', [], ROOT),
        'app/pyproject.toml': `[tool.uv.sources]\n${CORE}\n`,
      },
      from: ['.'],
    },
    {
      name: "are what they want in turn, by the root's sources too",
      files: {
        'pyproject.toml': `${ROOT}[tool.uv.sources]\n${CORE}\nleaf = { path = "libs/leaf" }\n`,
        'app/pyproject.toml': '',
        'core/pyproject.toml': pyproject('core', ['leaf>=1']),
        'libs/leaf/pyproject.toml': pyproject('leaf', []),
      },
      from: ['core', 'libs/leaf'],
    },
    {
      name: 'are not what only an extra that nobody asked for wants',
      files: {
        'pyproject.toml': `${ROOT}[tool.uv.sources]\n${CORE}\nleaf = { path = "leaf.whl" }\n`,
        'app/pyproject.toml': '',
        'core/pyproject.toml': pyproject('core', [], '[project.optional-dependencies]\nfast = ["leaf"]'),
      },
      from: ['core'],
    },
    {
      name: 'are those that Poetry tells of what [project] requires',
      files: {
        'app/pyproject.toml':
          '[project]\nname = "app"\ndependencies = ["core"]\n[tool.poetry.dependencies]\ncore = { path = "../core", develop = true }\n',
        'core/pyproject.toml': `[tool.poetry]\nname = "core"\nversion = "1"\n[tool.poetry.dependencies]\nleaf = { path = "../libs/leaf" }\n`,
        'libs/leaf/pyproject.toml': pyproject('leaf', []),
      },
      from: ['core', 'libs/leaf'],
    },
    {
      name: 'are what Poetry tells, whatever a backend made of a path that leads above its root',
      files: {
        'app/deep/pyproject.toml': '[tool.poetry.dependencies]\ncore = { path = "../../core" }\n',
        'core/pyproject.toml': pyproject('core', []),
      },
      requires: ['core @ file:///core'],
      project: 'app/deep',
      from: ['core'],
    },
    {
      name: 'are those that PDM and hatch name from the project’s folder',
      files: {
        'app/pyproject.toml': '',
        'core/pyproject.toml': pyproject('core', ['leaf @ {root:parent:uri}/libs/leaf']),
        'libs/leaf/pyproject.toml': pyproject('leaf', []),
      },
      requires: [fromHere('core @ file:///${PROJECT_ROOT}/../core')],
      from: ['core', 'libs/leaf'],
    },
    {
      name: 'have the name that is required where setup.py computes it',
      files: { 'app/pyproject.toml': '', 'libs/billing/setup.py': 'setup(name=NAME)\n' },
      requires: ['core @ ./../libs/billing'],
      from: ['libs/billing'],
    },
    {
      name: 'may be in folders with blanks',
      files: { 'app/pyproject.toml': '', 'my core/pyproject.toml': pyproject('core', []) },
      requires: ['core @ ./../my%20core'],
      from: ['my core'],
    },
    {
      name: 'are not what another machine wants',
      files: { 'pyproject.toml': '', 'app/pyproject.toml': '[tool.uv.sources]\ncore = { path = "nowhere" }\n' },
      requires: ["core ; sys_platform == 'win32'"],
      from: [],
    },
  ])('$name', async ({ files, requires = ['core'], project, from }) => {
    const { packages, warnings } = await laidOut(files as unknown as Record<string, string>, requires, project)
    expect([...packages.values()].map((one) => one.from)).toEqual(from)
    expect(warnings).toEqual([])
  })

  test('are laid out without what is no part of an image, which is named', async () => {
    const files = {
      'pyproject.toml': `${ROOT}[tool.uv.sources]\n${CORE}\n`,
      'app/pyproject.toml': '',
      'core/pyproject.toml': pyproject('core', []),
      'core/.envrc': 'export TOKEN=x',
    }
    const { packages, warnings } = await laidOut(files, ['core'])
    expect(packages.get('core')?.files).toEqual(['pyproject.toml'])
    expect(warnings.join()).toContain('Left out of core, as secrets or local databases are not for an image: .envrc.')
  })

  test('are those of an extra that is asked for, also where they were laid out before', async () => {
    const files = {
      'pyproject.toml': `${ROOT}[tool.uv.sources]\n${CORE}\nleaf = { url = "https://index.example/leaf.zip" }\n`,
      'app/pyproject.toml': '',
      'core/pyproject.toml': pyproject('core', [], '[project.optional-dependencies]\nfast = ["leaf"]'),
    }
    const { packages, addresses } = await laidOut(files, ['core', 'core[fast]'])
    expect([[...packages.keys()], [...addresses]]).toEqual([['core'], [['leaf', 'https://index.example/leaf.zip']]])
  })

  test.each([
    {
      name: 'that the workspace excludes',
      files: { 'pyproject.toml': ROOT, 'app/pyproject.toml': `[tool.uv.sources]\n${CORE}\n`, 'old/pyproject.toml': pyproject('core', []) },
      message: 'core is a member of no workspace',
    },
    {
      name: 'of a workspace that the project is no member of',
      files: {
        'pyproject.toml': '[tool.uv.workspace]\nmembers = ["core"]\n',
        'app/pyproject.toml': `[tool.uv.sources]\n${CORE}\n`,
        'core/pyproject.toml': pyproject('core', []),
      },
      message: 'core is a member of no workspace',
    },
    {
      name: 'that are files which are not there',
      files: { 'app/pyproject.toml': '[tool.uv.sources]\ncore = { path = "core-1-py3-none-any.whl" }\n' },
      message: 'app names core-1-py3-none-any.whl, which is not there',
    },
    {
      name: 'that are no package',
      files: { 'app/pyproject.toml': '', 'core/requirements.txt': '' },
      requires: ['core @ ./../core'],
      message: 'core is required as a package and has neither pyproject.toml nor setup.py',
    },
  ])('$name are an error', async ({ files, requires = ['core'], message }) => {
    await expect(laidOut(files as unknown as Record<string, string>, requires)).rejects.toThrow(message)
  })

  test('want wheels and sdists of the workspace by their sources and addresses, which are laid out', async () => {
    const files = {
      'app/pyproject.toml': '[tool.uv.sources]\ncore = { path = "../core" }\nx = { path = "../vendor/x-1-py3-none-any.whl" }\n',
      'core/pyproject.toml': pyproject('core', ['leaf @ {root:parent:uri}/vendor/leaf-1.zip']),
      'vendor/x-1-py3-none-any.whl': 'x',
      'vendor/leaf-1.zip': 'leaf',
    }
    const { addresses } = await laidOut(files, ['core', 'x', 'z @ file:///srv/source/../vendor/leaf-1.zip'])
    expect(Object.fromEntries(addresses)).toEqual({
      x: `file:///srv/files/${sha256('x').slice(0, 16)}/x-1-py3-none-any.whl`,
      leaf: `file:///srv/files/${sha256('leaf').slice(0, 16)}/leaf-1.zip`,
      z: `file:///srv/files/${sha256('leaf').slice(0, 16)}/leaf-1.zip`,
    })
  })

  test('may want the project itself, and packages of an index', async () => {
    const files = {
      'pyproject.toml': pyproject(
        'app',
        ['core'],
        `${ROOT}[tool.uv.sources]\n${CORE}\napp = { workspace = true }\ntorch = { index = "own" }\n`,
      ),
      'core/pyproject.toml': pyproject('core', ['app', 'torch>2']),
    }
    const { packages, lines, wantsProject } = await laidOut(files, ['core'], '')
    expect([[...packages.keys()], lines, wantsProject]).toEqual([['core'], ['torch>2'], true])
    const other = { ...files, 'core/pyproject.toml': pyproject('core', ['numpy'], '[tool.uv.sources]\nnumpy = { index = "other" }') }
    await expect(laidOut(other, ['core'], '')).rejects.toThrow(
      'core takes numpy from the index other alone, and the project does not pin it',
    )
  })
})

const SETUP_PY = 'from setuptools import setup\nsetup(name="core", install_requires=open("deps.in").read().split())\n'
const DYNAMIC =
  '[project]\nname = "core"\nversion = "1"\ndynamic = ["dependencies"]\n[tool.setuptools.dynamic]\ndependencies = { file = ["deps.in"] }\n'

describe('what resolving reads of a folder', () => {
  const readIn = async (files: Readonly<Record<string, string>>) => {
    const { packages } = await laidOut({ 'app/pyproject.toml': '', ...files }, ['core @ ../core'])
    const [core] = packages.values()
    return core && readOf(core)
  }

  test.each([
    { name: 'setup.py', files: { 'core/setup.py': SETUP_PY } },
    { name: 'a backend that is told so', files: { 'core/pyproject.toml': DYNAMIC } },
  ])('is any file that $name may read', async ({ files }) => {
    const before = await readIn({ ...files, 'core/deps.in': 'six==1.16.0 idna' })
    expect(before).toBeDefined()
    expect(await readIn({ ...files, 'core/deps.in': 'six>=1.16' })).not.toBe(before)
  })

  test('is no code where pyproject.toml says what is required', async () => {
    const files = { 'core/pyproject.toml': pyproject('core', ['six']) }
    expect(await readIn({ ...files, 'core/a.py': 'a = 1' })).toBe(await readIn({ ...files, 'core/a.py': 'a = 2' }))
  })
})
