import { readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { files } from '../src/effects/files/files.ts'
import { sourcePaths } from '../src/effects/files/source.ts'
import { planRun, renderProject } from '../src/plan/run-plan.ts'
import { planStart } from '../src/plan/start/start-command.ts'
import { readProject } from '../src/project/project.ts'
import type { SourceTree } from '../src/project/source-tree.ts'
import { findProject } from '../src/run/prepare/make-plan.ts'
import { readTree } from '../src/run/prepare/read-tree.ts'
import { inputsWith, onTag } from './support/values.ts'

const workspace = path.resolve(import.meta.dirname, '..')

/** Every folder below examples/: a new example is a new test. Where its plan has no snapshot, `--ci` fails. */
const examples = readdirSync(path.join(workspace, 'examples'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .sort()

/** Console scripts in the wheel of an example. */
const SCRIPTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'hello-cli': { hello: 'hello_cli.main:main' },
}

async function sourceTree(example: string): Promise<SourceTree> {
  const project = await findProject(workspace, `examples/${example}`, files)
  return readTree({ project, workspace }, await sourcePaths(project), files)
}

/** The plan of a release 1.2.3 of the repository Acme/Shop, at a fixed commit. */
async function planOf(example: string) {
  const tree = await sourceTree(example)
  const project = readProject(tree, path.basename(tree.folder))
  const plan = planRun(inputsWith(), onTag('v1.2.3'), {
    project,
    commit: { revision: 'c0ffee', epoch: Date.UTC(2026, 0, 31, 12) / 1000 },
    origin: undefined,
    knownTags: ['v1.2.2', 'v1.2.3'],
    runner: { caBundle: '', indexUrl: '', extraIndexUrls: [] },
    now: new Date('2026-11-22T11:12:13Z'),
  })
  const facts = { written: project.start, name: project.name, locked: [], apps: [], management: [] }
  const start = planStart({ ...facts, scripts: SCRIPTS[example] ?? {} })
  return { plan, command: start.command ?? null, dockerfile: renderProject(plan, []).split('\n') }
}

test('the scripts are those of examples that exist', () => {
  expect(examples).toEqual(expect.arrayContaining(Object.keys(SCRIPTS)))
})

describe.each(examples.map((name) => ({ name })))('the example $name', ({ name }) => {
  test('is planned as the snapshot says', async () => {
    expect(JSON.parse(JSON.stringify(await planOf(name)))).toMatchSnapshot()
  })

  test('has a plan that is plain data: nothing of it is lost as JSON', async () => {
    const { plan } = await planOf(name)
    const again: typeof plan = JSON.parse(JSON.stringify(plan))
    expect(again).toEqual(plan)
    expect(renderProject(again, [])).toBe(renderProject(plan, []))
  })
})
