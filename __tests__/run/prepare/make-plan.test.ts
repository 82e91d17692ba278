import { describe, expect, test } from '@jest/globals'
import { files } from '../../../src/effects/files/files.ts'
import { sourcePaths } from '../../../src/effects/files/source.ts'
import { gitClient } from '../../../src/effects/git/git.ts'
import type { UserError } from '../../../src/errors.ts'
import { findProject, makePlan, type Runner } from '../../../src/run/prepare/make-plan.ts'
import { inTempFolder, writeFiles } from '../../support/temp.ts'
import { contextWith, inputsWith } from '../../support/values.ts'
import { worldIn } from '../../support/world.ts'

const TOOLS = '[tool.black]\nline-length = 100\n'
const PROJECT = '[project]\nname = "x"\n'

describe('the folder of the project', () => {
  test.each([
    { name: 'is the one that holds setup.py', texts: { 'setup.py': '', 'src/setup.py': '' }, folder: '' },
    { name: 'is the one that holds a [project]', texts: { 'pyproject.toml': PROJECT, 'src/pyproject.toml': PROJECT }, folder: '' },
    { name: 'is the one with a table of Poetry', texts: { 'pyproject.toml': '[tool.poetry]\n', 'src/setup.py': '' }, folder: '' },
    { name: 'is the one with metadata in setup.cfg', texts: { 'setup.cfg': '[metadata]\nname = x\n', 'src/setup.py': '' }, folder: '' },
    { name: 'is its src/ where only that holds metadata', texts: { 'requirements.txt': 'six', 'src/setup.py': '' }, folder: '/src' },
    {
      name: 'is its src/ where its own files are settings of tools alone',
      texts: { 'pyproject.toml': TOOLS, 'setup.cfg': '[flake8]\n', 'src/pyproject.toml': PROJECT },
      folder: '/src',
    },
    { name: 'is the one that was given where neither holds any', texts: { 'pyproject.toml': TOOLS, 'src/x.py': '' }, folder: '' },
  ])('$name', ({ texts, folder }) =>
    inTempFolder(async (workspace) => {
      await writeFiles(workspace, texts as unknown as Record<string, string>)
      expect(await findProject(workspace, '', files)).toBe(`${workspace}${folder}`)
    }),
  )

  test('must be there', () =>
    inTempFolder(async (workspace) => {
      await expect(findProject(workspace, 'nowhere', files)).rejects.toThrow('there is no folder "nowhere" in the workspace')
    }))
})

const RUNNER: Runner = { caBundle: '', indexUrl: '', extraIndexUrls: [], namedLogin: (_, address) => address, sourcePaths }

describe('a plan', () => {
  const plan = (given: Readonly<Record<string, string>>, texts: Readonly<Record<string, string>> = { 'pyproject.toml': PROJECT }) =>
    inTempFolder(async (workspace) => {
      await writeFiles(workspace, texts)
      const git = { ...gitClient(), tracked: async () => [] }
      return makePlan(inputsWith(given), worldIn(workspace, { git, context: contextWith({ workspace }) }), RUNNER)
    })

  test('tells all wrong settings at once that need no build', async () => {
    const given = {
      dockerfile: 'docker/Dockerfile',
      'base-dockerfile': 'base',
      'base-image': 'python:3.13',
      push: 'true',
      username: 'ada',
      volumes: '../x:/x',
    }
    const error = await plan(given).then(
      () => undefined,
      (thrown: UserError) => thrown,
    )
    expect([error, ...(error?.others ?? [])].map((one) => [one?.kind, one?.input])).toEqual([
      ['setting', 'volumes'],
      ['setting', 'username'],
      ['setting', 'base-dockerfile'],
      ['setting', 'dockerfile'],
      ['setting', 'base-dockerfile'],
    ])
    expect(error?.others[2]?.message).toBe('dockerfile names docker/Dockerfile, which is not there')
  })

  test.each([
    {
      name: 'an extra that pyproject.toml does not have',
      table: '[project.optional-dependencies]\ncache = []\n',
      extras: 'cach',
      refused: true,
    },
    { name: 'a group that it does not have', table: '[dependency-groups]\ntests = []\n', extras: 'group:test', refused: true },
    { name: 'an extra that it has', table: '[project.optional-dependencies]\nCache_Fast = []\n', extras: 'cache-fast', refused: false },
    { name: 'all', table: '', extras: 'all', refused: false },
    { name: 'an extra that the backend may add', table: 'dynamic = ["optional-dependencies"]\n', extras: 'cach', refused: false },
    { name: "a group of Poetry's lock", table: '[tool.poetry]\n', extras: 'group:test', refused: false },
  ])('is refused for $name: $refused', async ({ table, extras, refused }) => {
    const made = plan({ extras }, { 'pyproject.toml': `${PROJECT}version = "1"\n${table}` })
    if (refused) await expect(made).rejects.toMatchObject({ kind: 'setting', input: 'extras' })
    else expect((await made).project.name).toBe('x')
  })

  test('does not mind a user without a password where nothing is pushed', async () => {
    expect((await plan({ username: 'ada' })).project.name).toBe('x')
  })
})
