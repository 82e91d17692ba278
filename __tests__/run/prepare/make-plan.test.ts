import { describe, expect, test } from '@jest/globals'
import { files } from '../../../src/effects/files/files.ts'
import { findProject } from '../../../src/run/prepare/make-plan.ts'
import { inTempFolder, writeFiles } from '../../support/in-temp-folder.ts'

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
