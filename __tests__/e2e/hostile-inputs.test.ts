import { chmod, readdir, readFile, symlink } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import fc from 'fast-check'
import { INPUT_NAMES } from '../../src/inputs.ts'
import { must } from '../support/command.ts'
import { hostile, KINDS, MARK } from '../support/hostile.ts'
import { helloFiles, type Project, projectOf } from '../support/project.ts'
import { type ActionResult, runAction } from '../support/runner.ts'
import { type TempFolder, tempFolder, writeFiles } from '../support/temp.ts'

// Every input with hostile values, as the runner starts dist/. Programs on PATH note how they are called; docker's builds fail.

jest.setTimeout(120_000)

/** One of each input: the unit test of the same name has 500 of each, up to the plan. */
const VALUES = 1
/** Bytes that Linux lets one variable of a child have, less its name: what is longer no runner can hand over, nor NUL. */
const LONGEST = 30_000
const PASSED_ON = KINDS.filter((kind) => kind !== 'NUL')

/** What the runner may be told; the rest of a log is text. */
const OURS = ['add-mask', 'debug', 'endgroup', 'error', 'group', 'notice', 'warning']
const OPTIONS =
  /^--?(all|build-arg|builder|file|filter|force|format|human|label|load|network|no-prune|no-trunc|output|password-stdin|platform|progress|provenance|quiet|secret|tag|target|username|volumes)(=|$)/
const SUBCOMMANDS = /^(build|buildx|context|history|image|inspect|login|ps|pull|rm|run|tag|version)$/

const DOCKER = `#!/bin/sh
{ printf 'docker\\0'; printf '%s\\0' "$@"; } >"$PT_CALLS.$$"
case "$1 $2" in
  'image inspect') [ "$3" = python:3.13-slim ] || exit 1 ;;
esac
case "$1 $2" in
  'version --format') echo '{"Client":{"Version":"20.10.24"},"Server":{"Version":"20.10.24","Arch":"amd64","Os":"linux"}}' ;;
  'image inspect') echo '[{"Id":"sha256:1","RepoTags":["a:1"],"Architecture":"amd64","Os":"linux","Size":1,"Config":{"Env":[]},"RootFS":{"Layers":["sha256:2"]}}]' ;;
  'ps '*|'image ls') ;;
  *) echo "no build today" >&2; exit 1 ;;
esac
`
const note = (program: string, then: string) => `#!/bin/sh\n{ printf '${program}\\0'; printf '%s\\0' "$@"; } >"$PT_CALLS.$$"\n${then}\n`

let project: Project
let bin: TempFolder
let calls: TempFolder

beforeAll(async () => {
  project = await projectOf(helloFiles())
  bin = await tempFolder('bin')
  calls = await tempFolder('calls')
  const where = async (program: string) => must('sh', ['-c', `command -v ${program}`])
  await writeFiles(bin.path, { docker: DOCKER, git: note('git', `exec ${await where('git')} "$@"`) })
  await writeFiles(bin.path, Object.fromEntries(['sh', 'bash', 'dash'].map((shell) => [shell, note(shell, 'exit 1')])))
  for (const program of ['docker', 'git', 'sh', 'bash', 'dash']) await chmod(bin.at(program), 0o755)
  await symlink(await where('tar'), bin.at('tar'))
  // cat, printf and the like are built into /bin/sh, by which the programs above are read.
})

afterAll(async () => {
  for (const disposable of [project, bin, calls]) await disposable?.[Symbol.asyncDispose]()
})

interface Called {
  readonly program: string
  readonly args: readonly string[]
}

async function packaged(
  name: string,
  value: string,
  id: string,
): Promise<{ readonly result: ActionResult; readonly called: readonly Called[] }> {
  const result = await runAction({
    workspace: project.workspace,
    inputs: { 'parent-image': 'python:3.13-slim', [name]: value },
    env: { PATH: bin.path, PT_CALLS: calls.at(id), RUNNER_DEBUG: '1' },
  })
  // A file for each program that ran: several run at once.
  const files = (await readdir(calls.path)).filter((file) => file.startsWith(`${id}.`))
  const noted = await Promise.all(files.map((file) => readFile(calls.at(file), 'utf8')))
  const called = noted.map((words) => words.split('\0').slice(0, -1)).map(([program = '', ...args]) => ({ program, args }))
  return { result, called }
}

/** What a run must not have done. */
function faults({ result, called }: Awaited<ReturnType<typeof packaged>>): readonly string[] {
  const found: string[] = []
  const [error = ''] = result.errors
  if (result.code !== 1) found.push(`code ${result.code}`)
  if (result.errors.length !== 1) found.push(`${result.errors.length} error lines`)
  if (error.length > 300 || /failed unexpectedly/.test(error)) found.push(error)
  if (result.postCode !== 0 || result.left.length > 0) found.push(`left: ${result.left.join(' ')}`)
  if (Object.keys(result.outputs).length > 0) found.push(`outputs: ${Object.keys(result.outputs).join(' ')}`)
  for (const { name } of result.commands) if (!OURS.includes(name)) found.push(`the runner obeys ${name}`)
  for (const { program, args } of called) {
    if (program !== 'docker' && program !== 'git') found.push(`a shell is reached: ${program} ${args.join(' ')}`)
    if (program !== 'docker') continue
    if (!SUBCOMMANDS.test(args[0] ?? '')) found.push(`docker ${args[0]}`)
    const injected = args.find((arg) => arg.startsWith('-') && !OPTIONS.test(arg))
    if (injected !== undefined) found.push(`docker gets ${injected.slice(0, 100)}`)
  }
  return found
}

describe('a hostile value of', () => {
  test.each(INPUT_NAMES.map((name, i) => ({ name, i })))(
    '$name reaches no shell, no option of docker and no command of the runner',
    async ({ name, i }) => {
      const values = fc.sample(hostile(LONGEST, PASSED_ON), { numRuns: VALUES, seed: 1000 + i })
      const runs = await Promise.all(
        values.map(async ({ text }, j) => ({ text: text.slice(0, 200), faults: faults(await packaged(name, text, `${name}-${j}`)) })),
      )
      expect(runs.filter((run) => run.faults.length > 0)).toEqual([])
    },
  )
})

test('the programs on PATH are those that are called, and tell of it', async () => {
  const { result, called } = await packaged('version', '1.0', 'tame')
  expect(called.map(({ program, args }) => `${program} ${args[0]}`)).toEqual(expect.arrayContaining(['docker version', 'docker build']))
  expect(called.some(({ program }) => program === 'git')).toBe(true)
  expect(faults({ result, called })).toEqual([])
  const shell = { program: 'sh', args: ['-c', 'touch x'] }
  const option = { program: 'docker', args: ['build', '--privileged'] }
  expect(faults({ result, called: [shell, option] })).toEqual(['a shell is reached: sh -c touch x', 'docker gets --privileged'])
})

test('nothing that a value names was made', async () => {
  const made = [...(await readdir(project.workspace, { recursive: true })), ...(await readdir(process.cwd()))]
  // Beside the folder that the input wheelhouse is to name.
  const wheelhouses = made.filter((name) => made.includes(`${name}/.build`))
  expect(made.filter((name) => name.includes(MARK) && !wheelhouses.some((own) => `${name}/`.startsWith(`${own}/`)))).toEqual([])
})
