type Environment = Readonly<Record<string, string | undefined>>

/**
 * GitHub's words for the sources of pipelines; what another program starts is a dispatch by a program.
 * @see https://docs.gitlab.com/ci/jobs/job_rules/#ci_pipeline_source-predefined-variable
 */
const EVENTS: Readonly<Record<string, string>> = {
  push: 'push',
  webide: 'push',
  parent_pipeline: 'push',
  web: 'workflow_dispatch',
  chat: 'workflow_dispatch',
  schedule: 'schedule',
}

/**
 * What GitLab CI tells of a job, as far as the tool asks: the ref of a tag or a branch, and merge request 7 as pull request 7.
 * A request whose source is another project, or is not told, is a stranger's.
 * @returns undefined outside GitLab CI
 * @see https://docs.gitlab.com/ci/variables/predefined_variables/
 */
export function gitlabContext(env: Environment) {
  if (env.GITLAB_CI !== 'true' || env.GITHUB_ACTIONS === 'true') return undefined
  const tag = env.CI_COMMIT_TAG
  const name = tag || env.CI_COMMIT_REF_NAME || ''
  const number = Number.parseInt(env.CI_MERGE_REQUEST_IID || env.CI_EXTERNAL_PULL_REQUEST_IID || '', 10)
  const isRequest = !Number.isNaN(number)
  const fork = isRequest && !ofThisProject(env)
  return {
    event: isRequest ? requestEvent(env) : (EVENTS[env.CI_PIPELINE_SOURCE ?? ''] ?? 'repository_dispatch'),
    ref: isRequest ? `refs/pull/${number}/head` : name && `refs/${tag ? 'tags' : 'heads'}/${name}`,
    refName: name,
    sha: env.CI_COMMIT_SHA ?? '',
    repository: env.CI_PROJECT_PATH ?? '',
    owner: env.CI_PROJECT_NAMESPACE ?? '',
    actor: env.GITLAB_USER_LOGIN ?? '',
    serverUrl: env.CI_SERVER_URL ?? '',
    apiUrl: env.CI_API_V4_URL ?? '',
    pullRequest: isRequest ? { number, fork, ...headOf(env) } : undefined,
    foreignHead: fork,
    defaultBranch: env.CI_DEFAULT_BRANCH ?? '',
    baseRef: env.CI_MERGE_REQUEST_TARGET_BRANCH_NAME ?? '',
    runUrl: env.CI_JOB_URL ?? '',
    // A pipeline is of its ref's head at that time; a job that is retried looks as at the first time.
    byHand: env.CI_JOB_MANUAL === 'true',
  }
}

/**
 * The login of a job for its own project, where the runner leaves none in the origin's address (`FF_GIT_URLS_WITHOUT_TOKENS`).
 * @returns undefined outside GitLab CI
 * @see https://docs.gitlab.com/ci/jobs/ci_job_token/
 */
export function gitlabLogin(env: Environment) {
  if (env.GITLAB_CI !== 'true' || env.GITHUB_ACTIONS === 'true') return undefined
  return { server: env.CI_SERVER_URL ?? '', username: 'gitlab-ci-token', token: env.CI_JOB_TOKEN ?? '' }
}

/** A merge train tries commits that may never be on the branch, as a merge queue does. */
function requestEvent(env: Environment): string {
  return env.CI_MERGE_REQUEST_EVENT_TYPE === 'merge_train' ? 'merge_group' : 'pull_request'
}

/** The last commit of a request, which its own pipelines leave out where it is not merged for them. */
function headOf(env: Environment) {
  const ofGitHub = env.CI_EXTERNAL_PULL_REQUEST_SOURCE_BRANCH_NAME
  const headSha = env.CI_MERGE_REQUEST_SOURCE_BRANCH_SHA || env.CI_EXTERNAL_PULL_REQUEST_SOURCE_BRANCH_SHA || env.CI_COMMIT_SHA
  return { headSha, headRef: env.CI_MERGE_REQUEST_IID ? `refs/merge-requests/${env.CI_MERGE_REQUEST_IID}/head` : `refs/heads/${ofGitHub}` }
}

function ofThisProject(env: Environment): boolean {
  const [source, target] = env.CI_MERGE_REQUEST_IID
    ? [env.CI_MERGE_REQUEST_SOURCE_PROJECT_ID, env.CI_MERGE_REQUEST_PROJECT_ID]
    : [env.CI_EXTERNAL_PULL_REQUEST_SOURCE_REPOSITORY, env.CI_EXTERNAL_PULL_REQUEST_TARGET_REPOSITORY]
  return source !== undefined && source === target
}
