import { describe, expect, test } from '@jest/globals'
import { files } from '../src/effects/files/files.ts'
import { FILE_SETTINGS } from '../src/inputs/flags.ts'
import { NEED_WORD, WHERE_TO } from '../src/inputs/trust.ts'
import { readInputs } from '../src/inputs.ts'
import { stepSettings } from '../src/step-settings.ts'
import { inTempFolder, writeFiles } from './support/temp.ts'

const PROJECT = '[project]\nname = "shop"\nversion = "1"\n'

/** The settings of a step over a project with this table. */
const settings = (table: string, inputs: Readonly<Record<string, string>> = {}, folder = '.') =>
  inTempFolder(async (workspace) => {
    await writeFiles(workspace, { [`${folder}/pyproject.toml`]: `${PROJECT}[tool.pypackager]\n${table}\n` })
    return stepSettings((input) => inputs[input] ?? '', { workspace: workspace, files })
  })

const WITHHELD = [...NEED_WORD, ...WHERE_TO]
const FOLLOWED = FILE_SETTINGS.filter((key) => !WITHHELD.includes(key) && key !== 'command')

describe('of [tool.pypackager] a workflow', () => {
  test.each(FOLLOWED)('follows %s, where the step does not set it', async (key) => {
    const step = await settings(`${key} = "x"`)
    expect([step.get(key), step.info, step.notices]).toEqual(['x', [`From pyproject.toml [tool.pypackager]: ${key}`], []])
    expect((await settings(`${key} = "x"`, { [key]: 'y' })).get(key)).toBe('y')
  })

  test.each(WITHHELD)('does not follow %s, which a pull request could set, and says so', async (key) => {
    const step = await settings(`${key} = "x"`)
    expect([step.get(key), step.info]).toEqual(['', []])
    expect(step.notices).toEqual([expect.stringContaining(`pyproject.toml [tool.pypackager] sets ${key}: of a workflow`)])
    const given = await settings(`${key} = "x"`, { [key]: 'y' })
    expect([given.get(key), given.notices]).toEqual(['y', []])
  })

  test('follows nothing that decides where a push goes, logins, trust, and what runs beside the build', () => {
    const never = 'registry namespace version tags flavor tag-suffix username ca-bundle run manage test-command build-command'
    const beside =
      'volumes ports env network build-network parent-image base-image builder-image base-dockerfile builder-dockerfile dockerfile'
    expect(FOLLOWED.filter((key) => `${never} ${beside}`.split(' ').includes(key))).toEqual([])
  })

  test("does not follow image-name where the files may be anybody's: it decides over the repository", async () => {
    const step = await inTempFolder(async (workspace) => {
      await writeFiles(workspace, { 'pyproject.toml': `${PROJECT}[tool.pypackager]\nimage-name = "x"\nextras = ["a"]\n` })
      return stepSettings(() => '', { workspace: workspace, files, byStrangers: async () => true })
    })
    expect([step.get('image-name'), step.get('extras'), step.info]).toEqual(['', 'a', ['From pyproject.toml [tool.pypackager]: extras']])
    expect(step.notices).toEqual([expect.stringContaining('pyproject.toml [tool.pypackager] sets image-name: of a workflow')])
  })

  test('has the start command read with the project, as a Procfile goes before it', async () => {
    const step = await settings('command = ["a", "b"]')
    expect([step.get('command'), step.info, step.notices]).toEqual(['', [], []])
  })

  test('reads values as the command line does', async () => {
    const { get } = await settings('image-name = "store"\nextras = ["a", "b"]\nimage-env = { A = "b" }\nsbom = false')
    expect(readInputs(get)).toMatchObject({ imageName: 'store', extras: ['a', 'b'], imageEnv: { A: 'b' }, sbom: false })
  })

  test('reads that of the project below path, and none where there is none', async () => {
    const step = await settings('image-name = "store"', { path: './services//shop' }, 'services/shop')
    expect([step.get('image-name'), step.info]).toEqual(['store', ['From services/shop/pyproject.toml [tool.pypackager]: image-name']])
    const other = await settings('image-name = "store"', {}, 'services/shop')
    expect([other.get('image-name'), other.info]).toEqual(['', []])
  })

  test.each([
    {
      name: 'a key that is none',
      table: 'image_name = "x"',
      says: 'has the key "image_name", which is no setting',
      next: 'Did you mean image-name?',
    },
    {
      name: 'a key of workflows',
      table: 'push = "true"',
      says: 'has the key "push", which is not set there',
      next: 'The verb push does it.',
    },
    { name: 'a secret', table: 'password = "x"', says: 'has the key "password", which is not set there', next: 'Set PYPACKAGER_PASSWORD' },
    {
      name: 'a value that is none',
      table: 'python-version = 3.10',
      says: 'is not text: write python-version = "3.1" with quotes',
      next: 'Fix it there.',
    },
  ])('refuses $name', async ({ table, says, next }) => {
    const refusal = { step: 'inputs', message: expect.stringContaining(says), next: expect.stringContaining(next) }
    await expect(settings(table)).rejects.toMatchObject(refusal)
  })
})
