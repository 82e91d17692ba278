import { gitlabContext } from './gitlab.ts'

/**
 * What is known of this run from outside: the event, the ref, the runner. Read once from the
 * environment by the entrypoint and passed on as a value, so that nothing else reads `process.env`.
 * @see https://docs.github.com/actions/reference/workflows-and-actions/variables
 */
export interface RunContext {
  /** True inside GitHub Actions (or a runner that says it is one). */
  readonly inActions: boolean
  readonly event: string
  /** The full ref, e.g. `refs/tags/v1.2.3`; '' outside Actions. */
  readonly ref: string
  readonly refName: string
  /** The commit that the event is about; '' outside Actions. */
  readonly sha: string
  /** `owner/name`; '' outside Actions. */
  readonly repository: string
  readonly owner: string
  readonly actor: string
  readonly serverUrl: string
  readonly apiUrl: string
  readonly pullRequest: PullRequest | undefined
  /** Whether the event is about a release that its author calls a pre-release. */
  readonly prerelease: boolean
  /** Whether the event is about a release that is taken away: `deleted` or `unpublished`; undefined elsewhere. */
  readonly withdrawn?: 'deleted' | 'unpublished' | undefined
  /** True where the code that is built comes from another repository than the one whose token we hold. */
  readonly foreignHead: boolean
  /** What the run was about that a `workflow_run` follows; undefined elsewhere. */
  readonly followed?: Followed | undefined
  /** Of the repository; '' where the event does not tell. */
  readonly defaultBranch: string
  /** The branch that a pull request, or a pushed tag, goes by; '' where the event does not tell. */
  readonly baseRef: string
  /** What docker/metadata-action takes from the environment: the commit of a request's head for its merge, and the length of short names. */
  readonly metadata: { readonly prHeadSha: boolean; readonly shortSha: string }
  readonly workspace: string
  readonly temp: string
  readonly cacheService: boolean
  /** How often this run was started; 1 for the first time. */
  readonly attempt: number
  /** The page of this run and attempt; '' outside a workflow. */
  readonly runUrl: string
  /** Whether a person started this very job; undefined where event and attempt tell. */
  readonly byHand?: boolean | undefined
}

export interface PullRequest {
  readonly number: number
  readonly fork: boolean
  /** What names its last commit at the origin; of GitHub and Forgejo `refs/pull/7/head`, where it is not given. */
  readonly headRef?: string | undefined
  /** Its own last commit, not that of its merge. */
  readonly headSha?: string | undefined
  /** The commit of the branch that it goes to. */
  readonly baseSha?: string | undefined
}

export interface Followed {
  readonly sha: string
  /** As a ref; '' where the event does not tell. */
  readonly ref: string
}

type Environment = Readonly<Record<string, string | undefined>>

/** Absolute, for where the runner names none. */
interface Folders {
  /** The working folder: the workspace outside Actions. */
  readonly cwd: string
  /** The system's folder for temporary files. */
  readonly tmp: string
}

/**
 * @param env the process environment
 * @param payload the parsed event payload (`GITHUB_EVENT_PATH`), `{}` where there is none
 */
export function runContext(env: Environment, payload: unknown, { cwd, tmp }: Folders): RunContext {
  const event = env.GITHUB_EVENT_NAME ?? ''
  const repository = env.GITHUB_REPOSITORY ?? ''
  const head = headRepository(event, payload)
  const request = requestOf(payload)
  const foreign = head.known && head.name.toLowerCase() !== repository.toLowerCase()
  return {
    inActions: env.GITHUB_ACTIONS === 'true',
    event,
    ref: env.GITHUB_REF ?? '',
    refName: env.GITHUB_REF_NAME ?? (env.GITHUB_REF ?? '').replace(/^refs\/(heads|tags)\//, ''),
    sha: env.GITHUB_SHA ?? '',
    repository,
    owner: env.GITHUB_REPOSITORY_OWNER ?? repository.split('/')[0] ?? '',
    actor: env.GITHUB_ACTOR ?? '',
    serverUrl: env.GITHUB_SERVER_URL ?? 'https://github.com',
    apiUrl: env.GITHUB_API_URL ?? 'https://api.github.com',
    pullRequest: request && { ...request, fork: foreign },
    prerelease: event === 'release' && at(payload, ['release', 'prerelease']) === true,
    ...(event === 'release' && { withdrawn: withdrawn(textAt(payload, 'action')) }),
    foreignHead: foreign,
    ...(event === 'workflow_run' && { followed: followed(payload) }),
    defaultBranch: textAt(payload, 'repository', 'default_branch') ?? '',
    baseRef: textAt(payload, 'pull_request', 'base', 'ref') ?? (textAt(payload, 'base_ref') ?? '').replace(/^refs\/heads\//, ''),
    metadata: {
      prHeadSha: /true/i.test(env.DOCKER_METADATA_PR_HEAD_SHA ?? ''),
      shortSha: env.DOCKER_METADATA_SHORT_SHA_LENGTH ?? '',
    },
    workspace: env.GITHUB_WORKSPACE || cwd,
    temp: env.RUNNER_TEMP || tmp,
    attempt: Number(env.GITHUB_RUN_ATTEMPT) || 1,
    runUrl: runUrl(env),
    cacheService: Boolean(env.ACTIONS_RUNTIME_TOKEN && (env.ACTIONS_RESULTS_URL || env.ACTIONS_CACHE_URL)),
    ...gitlabContext(env),
  }
}

function runUrl(env: Environment): string {
  const { GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID, GITHUB_RUN_ATTEMPT } = env
  if (!GITHUB_SERVER_URL || !GITHUB_REPOSITORY || !GITHUB_RUN_ID) return ''
  return `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}/attempts/${GITHUB_RUN_ATTEMPT ?? '1'}`
}

function withdrawn(action: string | undefined): RunContext['withdrawn'] {
  return action === 'deleted' || action === 'unpublished' ? action : undefined
}

function requestOf(payload: unknown): Omit<PullRequest, 'fork'> | undefined {
  const number = numberAt(payload, 'pull_request', 'number')
  const commit = (of: 'head' | 'base') => textAt(payload, 'pull_request', of, 'sha')
  return number === undefined ? undefined : { number, headSha: commit('head'), baseSha: commit('base') }
}

/** A request by its number where it is of this repository, else the branch. */
function followed(payload: unknown): Followed {
  const run = at(payload, ['workflow_run'])
  const request = textAt(run, 'event')?.startsWith('pull_request')
  const number = numberAt(run, 'pull_requests', '0', 'number')
  const branch = textAt(run, 'head_branch')
  const ref = request ? (number === undefined ? '' : `refs/pull/${number}/head`) : branch ? `refs/heads/${branch}` : ''
  return { sha: textAt(run, 'head_sha') ?? '', ref }
}

/** The repository that the code under test comes from. A deleted fork has no name: that is foreign too. */
function headRepository(event: string, payload: unknown): { known: boolean; name: string } {
  if (event.startsWith('pull_request')) {
    return { known: true, name: textAt(payload, 'pull_request', 'head', 'repo', 'full_name') ?? '' }
  }
  if (event === 'workflow_run') {
    return { known: true, name: textAt(payload, 'workflow_run', 'head_repository', 'full_name') ?? '' }
  }
  return { known: false, name: '' }
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (here, key) => (typeof here === 'object' && here !== null ? (here as Record<string, unknown>)[key] : undefined),
    value,
  )
}

function textAt(value: unknown, ...path: string[]): string | undefined {
  const found = at(value, path)
  return typeof found === 'string' ? found : undefined
}

function numberAt(value: unknown, ...path: string[]): number | undefined {
  const found = at(value, path)
  return typeof found === 'number' ? found : undefined
}
