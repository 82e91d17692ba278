import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { parse, stringify } from 'yaml'
import { readArguments } from '../src/cli/arguments.ts'
import { splitWords } from '../src/inputs/shell-words.ts'
import { INPUT_NAMES, readInputs } from '../src/inputs.ts'
import { renderWorkflow, usesAction } from '../src/plan/init/workflow.ts'
import { repositories } from '../src/plan/reference.ts'
import { loginOf } from '../src/plan/registry-login.ts'
import { OUTPUT_NAMES } from '../src/report/outputs.ts'
import { type Contexts, evaluate, filledIn } from './support/expressions.ts'
import { PAGES, yamlBlocks } from './support/yaml-blocks.ts'

const ROOT = path.join(import.meta.dirname, '..')
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8')
const FILES = [...readdirSync(path.join(ROOT, 'docs/workflows')).map((name) => `docs/workflows/${name}`), '.github/workflows/package.yml']
const PAGE = read('docs/pipelines.md')

interface Step {
  readonly id?: string
  readonly if?: string
  readonly uses?: string
  readonly with?: Readonly<Record<string, string | boolean>>
}
interface Job {
  readonly steps: readonly Step[]
  readonly permissions: Readonly<Record<string, string>>
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly string[]>> }
}
type Workflow = { readonly jobs: Readonly<Record<string, Job>> }

/** What `pypackager init` writes. */
const INIT = {
  'init: a project': { branch: 'main', folders: ['.'], test: undefined, gitVersion: false },
  'init: a project with tests and a version from git': { branch: 'release/1.x', folders: ['backend'], test: 'group:dev', gitVersion: true },
  'init: a monorepo': { branch: 'main', folders: ['services/shop', 'services/2nd app'], test: 'test', gitVersion: false },
}
/** Workflows and steps that stand in the documents: what has only steps, or jobs, becomes whole. */
const IN_DOCUMENTS = PAGES.flatMap((file) => fenced(read(file)).map((text, i) => [`${file}, block ${i + 1}`, text] as const))

const texts = [
  ...FILES.map((file) => [file, read(file)] as const),
  ...IN_DOCUMENTS,
  ...Object.entries(INIT).map(([file, facts]) => [file, renderWorkflow(facts)] as const),
]
const workflows = texts.map(([file, text]) => ({ file, text, jobs: (parse(text) as Workflow).jobs }))
const isOurs = ({ uses }: Step) => uses?.startsWith('org/pypackager-action@') === true
const ours = workflows.flatMap(({ file, jobs }) =>
  Object.values(jobs).flatMap((job) => job.steps.filter(isOurs).map((step) => ({ file, job, step }))),
)

const GITHUB = {
  workflow: 'package',
  actor: 'octocat',
  ref: 'refs/heads/main',
  event_name: 'push',
  repository: 'acme/shop',
  token: 'ghs_x',
}
const CONTEXTS: Contexts = {
  github: GITHUB,
  inputs: {
    path: '.',
    registry: 'ghcr.io',
    extras: '',
    'tag-suffix': '',
    'test-extras': '',
    'test-command': '',
    updates: 'none',
    push: true,
    release: '',
  },
  matrix: { extras: 'postgres', project: 'shop' },
  strategy: { 'job-index': 0 },
  steps: {
    package: { outputs: { image: 'ghcr.io/acme/shop@sha256:aa', version: '1.2.3', digest: 'sha256:aa', assets: 'a.whl' } },
    subject: { outputs: { name: 'ghcr.io/acme/shop' } },
    plan: { outputs: { changed: 'true' } },
    amd64: { outputs: { tags: 'ghcr.io/acme/shop:1.2.3-amd64\nghcr.io/acme/shop:latest-amd64' } },
    release: { outputs: { tag: 'v1.2.3', version: '1.2.3' } },
    commit: { outputs: { day: '2026-01-02' } },
    google: { outputs: { access_token: 'ya29' } },
  },
  needs: { image: { outputs: { image: 'ghcr.io/acme/shop@sha256:aa', version: '1.2.3' } } },
  jobs: { image: { outputs: { image: 'x', digest: 'y', version: 'z' } } },
  vars: {
    DOCKER_HUB_NAMESPACE: 'acmeinc',
    ECR_REGISTRY: '123456789012.dkr.ecr.eu-central-1.amazonaws.com',
    GOOGLE_REPOSITORY: 'acme-1/images',
    ACR_NAME: 'acme',
    REGISTRY_USER: 'ci',
    INDEX_USER: 'ci',
  },
  job: { container: { network: 'github_network_1' } },
  secrets: {
    INDEX_PASSWORD: 'lace',
    REGISTRY_PASSWORD: 'lace',
    DOCKER_HUB_TOKEN: 'lace',
    DB_PASSWORD: 'lace',
    CACHE_SIGNING_KEY: '0123456789abcdef0123456789abcdef',
  },
}

/** The blocks of YAML with a step of ours, each as a workflow; digests that a document shortens are whole. */
function fenced(markdown: string): readonly string[] {
  return yamlBlocks(markdown)
    .filter((text) => /uses: org\/pypackager-action@/.test(text))
    .map((text) => {
      const value: unknown = parse(text.replaceAll(/@sha256:\w+…/g, `@sha256:${'0'.repeat(64)}`))
      return Array.isArray(value) ? stringify({ jobs: { image: { permissions: { packages: 'write' }, steps: value } } }) : text
    })
}

const on = (event_name: string): Contexts => ({ ...CONTEXTS, github: { ...GITHUB, event_name } })

/** The inputs of a step as the action reads them. */
function inputsOf(step: Step, contexts: Contexts) {
  const given = Object.fromEntries(Object.entries(step.with ?? {}).map(([name, value]) => [name, filledIn(String(value), contexts).trim()]))
  return readInputs((name) => given[name] ?? '')
}

describe('the ready pipelines', () => {
  test('are all on their page, which names no others', () => {
    const named = [...PAGE.matchAll(/\]\((workflows\/[\w-]+\.yml)\)/g)].map(([, file]) => `docs/${file}`)
    expect(named.sort()).toEqual(FILES.filter((file) => file.startsWith('docs/')).sort())
  })

  test.each(workflows)('$file has expressions that GitHub evaluates, of contexts that are there', ({ file, text }) => {
    const expressions = [...text.matchAll(/\$\{\{([\s\S]*?)\}\}/g)].map(([, one = '']) => one.trim())
    for (const expression of expressions) expect(() => evaluate(expression, CONTEXTS)).not.toThrow()
    expect(expressions.length > 0 || !FILES.includes(file)).toBe(true)
  })

  test.each(workflows)('$file sets inputs and reads outputs that exist', ({ text, jobs }) => {
    const steps = Object.values(jobs).flatMap((job) => job.steps.filter(isOurs))
    expect(steps.length).toBeGreaterThan(0)
    const known: readonly string[] = INPUT_NAMES
    expect(steps.flatMap((step) => Object.keys(step.with ?? {})).filter((name) => !known.includes(name))).toEqual([])
    const ids = steps.flatMap(({ id }) => id ?? [])
    const outputs = [...text.matchAll(/steps\.([\w-]+)\.outputs\.([\w-]+)/g)].flatMap(([, id = '', name = '']) =>
      ids.includes(id) ? [name] : [],
    )
    expect(outputs.filter((name) => !OUTPUT_NAMES.some((output) => output === name))).toEqual([])
  })

  test.each(ours)('$file gives values that the action takes, and the right to push where it pushes', ({ job, step }) => {
    for (const event of ['push', 'pull_request', 'schedule']) {
      const inputs = inputsOf(step, on(event))
      const [first, ...others] = [inputs.registry, ...inputs.mirrors]
      expect(repositories([first ?? '', ...others], 'acme', 'shop').length).toBe(others.length + 1)
      expect(() => [first, ...others].map((_line, at) => loginOf(inputs, 'octocat', at))).not.toThrow()
      if (inputs.registry === 'ghcr.io' && inputs.push) expect(job.permissions.packages).toBe('write')
    }
  })

  test.each([
    { name: 'quick-start.yml', push: true, pull_request: false },
    { name: 'matrix.yml', push: true, pull_request: false },
    { name: 'package.yml', push: true, pull_request: false },
  ])('$name pushes on a push and not on a pull request', ({ name, push, pull_request }) => {
    const step = ours.find(({ file }) => file.endsWith(`/${name}`))?.step ?? {}
    expect([inputsOf(step, on('push')).push, inputsOf(step, on('pull_request')).push]).toEqual([push, pull_request])
  })

  test('monorepo.yml makes an image only where it would change, from the same inputs as it was asked with', () => {
    const [plan, make] = ours.filter(({ file }) => file.endsWith('/monorepo.yml')).map(({ step }) => step)
    const { target, ...asked } = plan?.with ?? {}
    expect(target).toBe('plan')
    expect(make?.with).toEqual({ ...asked, push: expect.any(String) })
    const made = (changed: string) => evaluate(make?.if ?? '', { ...CONTEXTS, steps: { plan: { outputs: { changed } } } }).coerceString()
    expect([made('true'), made('false')]).toEqual(['true', 'false'])
  })

  test('release.yml leaves pre-releases off PyPI, and GitHub gets them as such', () => {
    interface Publishing {
      readonly if?: string
      readonly steps: readonly { readonly run?: string; readonly env?: Readonly<Record<string, string>> }[]
    }
    const jobs = workflows.find(({ file }) => file === 'docs/workflows/release.yml')?.jobs as unknown as Record<string, Publishing>
    const release = jobs.github?.steps.find(({ run }) => run?.includes('gh release create'))
    const filled = (text: string | undefined, version: string) =>
      filledIn(text ?? '', { ...CONTEXTS, needs: { image: { outputs: { version } } } })
    const told = (version: string) => [filled(jobs.pypi?.if, version), filled(release?.env?.PRERELEASE, version)]
    expect([told('1.2.3'), told('2.0.0-rc.1')]).toEqual([
      ['true', 'false'],
      ['false', 'true'],
    ])
    expect(release?.run).toContain('--prerelease="$PRERELEASE"')
  })

  test('self-hosted.yml keeps the wheelhouse, which no cache brings back', () => {
    const [job] = Object.values(workflows.find(({ file }) => file === 'docs/workflows/self-hosted.yml')?.jobs ?? {})
    const checkout = job?.steps.find(({ uses }) => uses?.startsWith('actions/checkout@'))
    const [step] = job?.steps.filter(isOurs) ?? []
    expect([checkout?.with?.clean, step?.with?.cache]).toEqual([false, 'never'])
  })

  test('weekly.yml has a tag of its own, and dependencies of the release', () => {
    const step = ours.find(({ file }) => file.endsWith('/weekly.yml'))?.step ?? {}
    expect(inputsOf(step, on('schedule'))).toMatchObject({ version: '1.2.3-weekly', excludeNewer: '2026-01-02', updates: 'security' })
  })

  test('package.yml tells calls of one run apart, whose matrix it does not know', () => {
    const { concurrency, jobs } = parse(read('.github/workflows/package.yml')) as Workflow & { concurrency: { group: string } }
    const env = jobs.image?.steps.map((step) => (step as { env?: { INPUTS?: string } }).env?.INPUTS).find(Boolean) ?? ''
    const calls = [{}, { extras: 'test' }, { path: 'lib' }, { 'tag-suffix': '-a' }]
    for (const text of [concurrency.group, env]) {
      const told = calls.map((call) => filledIn(text, { ...CONTEXTS, inputs: { ...(CONTEXTS.inputs as object), ...call } }))
      expect(new Set(told).size).toBe(calls.length)
    }
  })

  test('that init writes is the quick start, for a project like any other', () => {
    const quick = read('docs/workflows/quick-start.yml').replace(/^#.*\n/, '')
    expect(renderWorkflow(INIT['init: a project'])).toBe(quick)
    expect(workflows.filter(({ text }) => !usesAction(text)).map(({ file }) => file)).toEqual([])
  })

  test('that init writes for a monorepo makes an image only where it would change', () => {
    const [plan, make] = ours.filter(({ file }) => file === 'init: a monorepo').map(({ step }) => step)
    const { target, ...asked } = plan?.with ?? {}
    expect(target).toBe('plan')
    expect(make?.with).toEqual({ ...asked, 'test-extras': 'test', 'test-command': 'python -m pytest', push: expect.any(String) })
    expect(make?.if).toBe("steps.plan.outputs.changed == 'true'")
  })

  test('of other forges call the tool with arguments that it takes', () => {
    const lines = [...PAGE.matchAll(/^\s*- (?:run: )?(pypackager push .*)$/gm)].map(([, line = '']) => line)
    expect(lines).toHaveLength(2)
    for (const line of lines) {
      const { verb, flags } = readArguments(splitWords('run', line).slice(1))
      expect([verb?.name, flags.has('registry')]).toEqual(['push', true])
    }
  })
})
