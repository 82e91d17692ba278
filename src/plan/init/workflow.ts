/** What a workflow is made from. */
export interface WorkflowFacts {
  readonly branch: string
  /** Of the projects, relative to the repository; `.` for the whole of it. */
  readonly folders: readonly string[]
  /** The extra or group that tests take; undefined where none are run. */
  readonly test: string | undefined
  /** The version comes from git, which needs its history. */
  readonly gitVersion: boolean
}

const ACTION = 'org/pypackager-action@v1 # zizmor: ignore[unpinned-uses] or a commit of yours'
const CHECKOUT = 'actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1'

/** Whether a workflow has a step of this action. */
export function usesAction(text: string): boolean {
  return /^[ \t]*(?:- )?uses:[ \t]*["']?[\w.-]+\/pypackager-action[@/]/m.test(text)
}

/** The text of a workflow for one project, or for several in a matrix. */
export function renderWorkflow({ branch, folders, test, gitVersion }: WorkflowFacts): string {
  const [only = '.'] = folders
  const several = folders.length > 1
  const path = several ? '${{ matrix.project }}' : only === '.' ? undefined : scalar(only)
  const tested = test ? [['test-extras', scalar(test)] as const, ['test-command', 'python -m pytest'] as const] : []
  const inputs = [...(path ? [['path', path] as const] : []), ['registry', 'ghcr.io'] as const]
  const push = ['push', "${{ github.event_name != 'pull_request' }}"] as const
  const plan = step([['target', 'plan'], ...inputs], { name: 'Would the image change?', id: 'plan' })
  const make = step([...inputs, ...tested, push], several ? { name: 'Make it', if: "steps.plan.outputs.changed == 'true'" } : {})
  return `name: package
on:
  push:
    branches: [${scalar(branch)}]
    tags: ['v*']
  pull_request:
permissions: {}
concurrency:
  group: \${{ github.workflow }}-\${{ github.ref }}
  cancel-in-progress: \${{ github.event_name == 'pull_request' }}
jobs:
  image:
    name: ${several ? '${{ matrix.project }}' : 'image'}
    runs-on: ubuntu-latest
    timeout-minutes: 30
    permissions:
      contents: read # to check out
      packages: write # to push to ghcr.io
${several ? `    strategy:\n      fail-fast: false\n      matrix:\n        project:\n${folders.map((folder) => `          - ${scalar(folder)}\n`).join('')}` : ''}    steps:
      - uses: ${CHECKOUT}
        with:
          persist-credentials: false
${gitVersion ? '          fetch-depth: 0 # the version comes from git\n' : ''}${several ? plan : ''}${make}`
}

function step(inputs: readonly (readonly [string, string])[], head: Readonly<Record<string, string>>): string {
  const keys = Object.entries(head)
  // `name` and `if` come before, `id` after, as workflows have them.
  const before = keys.filter(([key]) => key !== 'id')
  const after = keys.filter(([key]) => key === 'id')
  const lines = [...before, ['uses', ACTION] as const, ...after].map(([key, value]) => `${key}: ${value}`)
  return `      - ${lines.join('\n        ')}\n        with:\n${inputs.map(([name, value]) => `          ${name}: ${value}\n`).join('')}`
}

/** A YAML scalar; in quotes where it could be read as something else. */
function scalar(text: string): string {
  return /^[A-Za-z][\w./-]*(?::[\w./-]+)*$/.test(text) && !/^(true|false|yes|no|on|off|null|y|n)$/i.test(text)
    ? text
    : `'${text.replaceAll("'", "''")}'`
}
