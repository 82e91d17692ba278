import { readdir, readFile } from 'node:fs/promises'
import { describe, expect, jest, test } from '@jest/globals'
import { must, until } from '../support/command.ts'
import { projectOf } from '../support/project.ts'
import { runAction, startAction } from '../support/runner.ts'

// A project whose own code hangs while its wheel is built: what stops it, and what is left of it.

jest.setTimeout(300_000)

/** Each test has a number of its own, by which its program is known among all others of this machine. */
function hanging(seconds: number) {
  const backend = `import subprocess
def build_wheel(folder, config_settings=None, metadata_directory=None):
    subprocess.run(["sleep", "${seconds}"])
`
  const pyproject = `[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n[project]\nname = "hanging-${seconds}"\nversion = "1.0"\n`
  return projectOf({ 'pyproject.toml': pyproject, 'backend.py': backend })
}

async function sleeps(seconds: number): Promise<boolean> {
  return (await must('ps', ['-eo', 'args'])).split('\n').some((line) => line.trim() === `sleep ${seconds}`)
}

/** Command lines of programs that carry the name of a run, of those that build a project. */
async function marked(project: string): Promise<readonly string[]> {
  const found: string[] = []
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const [environment, words] = await Promise.all(
      ['environ', 'cmdline'].map((file) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '')),
    )
    if (/(^|\0)PYPACKAGER_RUN=/.test(environment ?? '') && words?.includes(project)) found.push(words.replaceAll('\0', ' '))
  }
  return found
}

describe('a build that hangs', () => {
  test('is told of again and again, and is stopped after timeout, which the error names', async () => {
    await using project = await hanging(98_761)
    const result = await runAction({ workspace: project.workspace, inputs: { target: 'wheels', cache: 'never', timeout: '0.3' } })
    expect(result.log).toMatch(/… building the wheel of the project: still at work \(1\d s, time limit in \d+ s\)/)
    expect(result.errors).toEqual([
      'wheels: building the wheel of the project took longer than 18 s and was stopped. If it needs longer, set timeout (minutes for each step).',
    ])
    await until('the build to be gone', 30, async () => !(await sleeps(98_761)))
    expect(result.left).toEqual([])
  })

  test('of a run that is killed ends with the post step: its client, and the step in the daemon', async () => {
    await using project = await hanging(98_762)
    const action = await startAction({ workspace: project.workspace, inputs: { target: 'wheels', cache: 'never' } })
    await until('the build to hang', 120, () => sleeps(98_762))
    expect((await marked('hanging-98762')).join('\n')).toContain('docker')
    action.kill('SIGKILL')
    const result = await action.result
    expect(result.postCode).toBe(0)
    expect(result.left).toEqual([])
    await until('the step to be gone', 30, async () => !(await sleeps(98_762)))
    expect(await marked('hanging-98762')).toEqual([])
  })
})
