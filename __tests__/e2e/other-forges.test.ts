import { mkdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { parse } from 'yaml'
import { command, must } from '../support/command.ts'
import { type MachineDaemon, machineDaemon } from '../support/daemon.ts'
import { filledIn } from '../support/expressions.ts'
import { dockerConfig } from '../support/login.ts'
import { type Project, projectOf } from '../support/project.ts'
import { REGISTRY_USER, type Registry, startRegistry } from '../support/registry.ts'
import { ROOT } from '../support/runner-step.ts'
import { type TempFolder, tempFolder } from '../support/temp.ts'
import { TOOL, toolEnvironment } from '../support/tool.ts'
import { yamlBlocks } from '../support/yaml-blocks.ts'

// The pipelines of docs/pipelines.md for other forges, their scripts as they stand there, in checkouts as those forges make
// them. What stands in: this machine for the job's image, its daemon for the service, and its Node for apt and npm.

jest.setTimeout(600_000)

const OWNER = 'PT-Forges'
const MEANWHILE = 'apt-get() { :; }; npm() { :; }; pypackager() { "$NODE" "$TOOL" "$@"; }; export -f pypackager; set -eo pipefail\n'

let daemon: MachineDaemon
let registry: Registry
let config: TempFolder
let project: Project
let page: string

beforeAll(async () => {
  daemon = await machineDaemon(OWNER.toLowerCase())
  registry = await startRegistry()
  config = await dockerConfig()
  page = await readFile(path.join(ROOT, 'docs/pipelines.md'), 'utf8')
  project = await projectOf({
    'pyproject.toml':
      '[project]\nname = "shop"\nversion = "1"\n[tool.setuptools]\npackages = ["shop"]\n[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n',
    'shop/__init__.py': 'NAME = "shop"\n',
  })
  for (const tag of ['v1.1.9', 'v1.2.3', 'v2.0.0-rc.1']) {
    await project.commit(tag)
    await project.tag(tag)
  }
  await project.git('branch', 'feature/login')
})

afterAll(async () => {
  for (const one of [daemon, registry, config, project]) await one?.[Symbol.asyncDispose]()
})

/** A script of the page, run by a shell as a forge's runner does it. @returns what it said */
async function runs(lines: readonly string[], cwd: string, env: Readonly<Record<string, string>>): Promise<string> {
  const quick = { PYPACKAGER_CHECKS: 'off', PYPACKAGER_SBOM: 'false' } // the tags are what is looked at
  const job = { NODE: process.execPath, TOOL, DOCKER_HOST: daemon.host, DOCKER_CONFIG: config.path, ...quick, ...env }
  const { code, stdout, stderr } = await command('bash', ['-c', MEANWHILE + lines.join('\n')], { cwd, env: toolEnvironment(job) })
  const said = `${stdout.toString()}${stderr}`
  if (code !== 0) throw new Error(`code ${code}: ${said}`)
  return said
}

interface GitLabJob {
  readonly variables: Readonly<Record<string, string>>
  readonly script: readonly string[]
}

/**
 * A job of GitLab for a tag, a branch or a merge request: a detached HEAD of few commits, with no other tags.
 * @see https://docs.gitlab.com/runner/
 */
async function onGitLab(kind: 'tag' | 'branch' | 'request', name: string, more: Readonly<Record<string, string>> = {}): Promise<string> {
  const [, job] = Object.entries(parse(blockAfter('.gitlab-ci.yml')) as Readonly<Record<string, GitLabJob>>)[0] ?? []
  if (!job) throw new Error('no job')
  await using folder = await tempFolder('gitlab')
  const checkout = folder.at('builds')
  await mkdir(checkout)
  const git = (...args: string[]) => must('git', args, { cwd: checkout })
  const sha = await project.git('rev-parse', `${name}^{commit}`)
  const refs = { tag: [`+refs/tags/${name}:refs/tags/${name}`], branch: [`+refs/heads/${name}:refs/remotes/origin/${name}`], request: [] }
  await git('init', '--quiet')
  await git('remote', 'add', 'origin', `file://${project.workspace}`)
  await git('fetch', '--quiet', '--prune', '--no-tags', '--depth=20', 'origin', `+${sha}:refs/pipelines/1`, ...refs[kind])
  await git('checkout', '--quiet', '--force', sha)
  const given: Readonly<Record<string, string>> = {
    CI: 'true',
    GITLAB_CI: 'true',
    CI_COMMIT_REF_NAME: name,
    ...(kind === 'tag' ? { CI_COMMIT_TAG: name } : kind === 'branch' ? { CI_COMMIT_BRANCH: name } : REQUEST),
    CI_COMMIT_SHA: sha,
    CI_DEFAULT_BRANCH: 'main',
    CI_PIPELINE_SOURCE: 'push',
    CI_PROJECT_NAMESPACE: `${OWNER}/Web-Team`,
    CI_PROJECT_NAME: 'Shop',
    CI_PROJECT_PATH: `${OWNER}/Web-Team/Shop`,
    CI_SERVER_URL: 'https://gitlab.example',
    CI_REGISTRY: registry.host,
    CI_REGISTRY_USER: REGISTRY_USER.username,
    CI_REGISTRY_PASSWORD: REGISTRY_USER.password,
    ...(kind === 'request' && { CI_PIPELINE_SOURCE: 'merge_request_event' }),
    ...more,
  }
  const { DOCKER_HOST: _service, ...variables } = job.variables
  const own = Object.entries(variables).map(([key, text]) => [key, text.replace(/\$(\w+)/g, (_all, one: string) => given[one] ?? '')])
  return await runs(job.script, checkout, { ...given, ...Object.fromEntries(own) })
}

/** Of merge request 7 from a branch of the project itself. */
const REQUEST = {
  CI_MERGE_REQUEST_IID: '7',
  CI_MERGE_REQUEST_EVENT_TYPE: 'detached',
  CI_MERGE_REQUEST_REF_PATH: 'refs/merge-requests/7/head',
  CI_MERGE_REQUEST_PROJECT_ID: '3',
  CI_MERGE_REQUEST_SOURCE_PROJECT_ID: '3',
  CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main',
}

/** A job of Forgejo for a tag or a branch, whose variables are those of GitHub. @see https://forgejo.org/docs/latest/user/actions/reference/ */
async function onForgejo(kind: 'tags' | 'heads', name: string): Promise<string> {
  const { jobs } = parse(blockAfter('.forgejo/workflows/package.yml')) as {
    jobs: Record<string, { steps: readonly { readonly run?: string; readonly env?: Readonly<Record<string, string>> }[] }>
  }
  await using folder = await tempFolder('forgejo')
  const checkout = folder.at('work')
  await must('git', ['clone', '--quiet', '--depth=1', '--no-tags', `--branch=${name}`, `file://${project.workspace}`, checkout])
  const steps = (jobs.image?.steps ?? []).filter(({ run }) => run !== undefined)
  const secrets = { REGISTRY_TOKEN: REGISTRY_USER.password }
  const own = steps.flatMap(({ env = {} }) => Object.entries(env).map(([key, text]) => [key, filledIn(text, { secrets })]))
  return await runs(
    steps.map(({ run = '' }) => run.replace('codeberg.org', registry.host)),
    checkout,
    {
      ...Object.fromEntries(own),
      PYPACKAGER_USERNAME: REGISTRY_USER.username,
      FORGEJO_ACTIONS: 'true',
      GITHUB_ACTIONS: 'true',
      GITHUB_EVENT_NAME: 'push',
      GITHUB_REF: `refs/${kind}/${name}`,
      GITHUB_REF_NAME: name,
      GITHUB_SHA: await project.git('rev-parse', `${name}^{commit}`),
      GITHUB_REPOSITORY: `${OWNER}/Shop`,
      GITHUB_REPOSITORY_OWNER: OWNER,
      GITHUB_SERVER_URL: 'https://forgejo.example',
      GITHUB_API_URL: 'https://forgejo.example/api/v1',
    },
  )
}

function blockAfter(file: string): string {
  const [block] = yamlBlocks(page.slice(page.indexOf(`in \`${file}\``)))
  if (!block) throw new Error(`no block for ${file}`)
  return block
}

test('GitLab CI: the tags are those of the ref, below groups in lower case, and a pre-release or an older one moves nothing higher', async () => {
  const image = `${OWNER.toLowerCase()}/web-team/shop`
  const tagged: string[][] = []
  let before: readonly string[] = []
  for (const [kind, name] of [
    ['branch', 'main'],
    ['branch', 'feature/login'],
    ['tag', 'v1.1.9'],
    ['tag', 'v2.0.0-rc.1'],
    ['tag', 'v1.2.3'],
  ] as const) {
    expect(await onGitLab(kind, name)).not.toContain(REGISTRY_USER.password)
    const after = await registry.tags(image)
    tagged.push([name, ...after.filter((tag) => !before.includes(tag))])
    before = after
  }
  expect(tagged).toEqual([
    ['main', 'main'],
    ['feature/login', 'feature-login'],
    ['v1.1.9', '1.1', '1.1.9'],
    ['v2.0.0-rc.1', '2.0.0-rc.1'],
    ['v1.2.3', '1', '1.2', '1.2.3', 'latest'],
  ])
  const [line, own] = await Promise.all(['1', '1.2.3'].map((tag) => registry.manifest(image, tag)))
  expect(line?.digest).toBe(own?.digest)
})

test('GitLab CI: an older push to a merge request leaves its tag to the newer, and goes back by a manual job alone', async () => {
  const image = `${OWNER.toLowerCase()}/web-team/shop`
  await project.git('checkout', '--quiet', '-b', 'topic')
  const pushes: string[] = []
  for (const name of ['first', 'second']) {
    await project.commit(name)
    pushes.push(await project.git('rev-parse', 'HEAD'))
  }
  await project.git('update-ref', 'refs/merge-requests/7/head', 'topic')
  const [first = '', second = ''] = pushes
  const run = async (sha: string, more = {}) => [
    await onGitLab('request', sha, { CI_COMMIT_REF_NAME: 'topic', ...more }),
    (await registry.manifest(image, 'pr-7'))?.digest,
  ]
  const [, newer] = await run(second)
  const [said, after] = await run(first)
  expect(said).toContain(`pr-7 is left to ${second.slice(0, 7)}, which was pushed to merge-requests/7/head after ${first.slice(0, 7)}.`)
  expect(after).toBe(newer)
  const [train, afterTrain] = await run(first, { CI_MERGE_REQUEST_EVENT_TYPE: 'merge_train' })
  expect([train, afterTrain]).toEqual([expect.stringContaining('Nothing is pushed from a merge queue'), newer])
  const [back, older] = await run(first, { CI_JOB_MANUAL: 'true' })
  expect(back).toContain(`goes back to ${first.slice(0, 7)}: this run was started by hand.`)
  expect(older).not.toBe(newer)
})

test('Forgejo: the tags are those of the ref, below the owner in lower case', async () => {
  const image = `${OWNER.toLowerCase()}/shop`
  await onForgejo('heads', 'main')
  await onForgejo('tags', 'v2.0.0-rc.1')
  await onForgejo('tags', 'v1.2.3')
  expect(await registry.tags(image)).toEqual(['1', '1.2', '1.2.3', '2.0.0-rc.1', 'latest', 'main'])
})
