import path from 'node:path'
import { expect, test } from '@jest/globals'
import { tool } from '../../src/cli/verbs/tool.ts'
import { ROOT } from '../support/runner-step.ts'
import { tempFolder, writeFiles } from '../support/temp.ts'
import { toolEnvironment } from '../support/tool.ts'

test.each([
  {
    name: 'by a flag is named by that alone',
    args: ['--exclude-newer', 'yes'],
    env: {},
    table: '',
    says: 'error: --exclude-newer: "yes". It must be a date such as 2026-01-31 or 2026-01-31T12:00:00Z.\n',
  },
  {
    name: 'by a variable is named by both',
    args: [],
    env: { PYPACKAGER_USER: 'x/y' },
    table: '',
    says: 'error: PYPACKAGER_USER: user is "x/y". It must be a uid such as 10001, uid:gid, or root.\n',
  },
  {
    name: 'by the table of the project is named by both',
    args: [],
    env: {},
    table: 'timeout = "x"',
    says: 'error: pyproject.toml: timeout is "x". It must be minutes for each step, such as 30.\n',
  },
])('a wrong value $name', async ({ args, env, table, says }) => {
  await using folder = await tempFolder('wrong-value')
  const project = `[project]\nname = "shop"\nversion = "1"\n[tool.pypackager]\n${table}\n`
  await writeFiles(folder.at('work'), { 'pyproject.toml': project, '.git/HEAD': '' })
  let text = ''
  const stream = { write: (part: string) => (text += part) } as unknown as NodeJS.WriteStream
  const own = toolEnvironment({ XDG_CONFIG_HOME: folder.at('config'), PYPACKAGER_PARENT_IMAGE: '', NO_COLOR: '1', ...env })
  const around = { argv: ['plan', ...args], env: own, cwd: folder.at('work'), dist: path.join(ROOT, 'src') }
  await tool({ ...around, stdin: {} as NodeJS.ReadStream, stdout: stream, stderr: stream })
  expect(text).toBe(says)
})
