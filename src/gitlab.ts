type Environment = Readonly<Record<string, string | undefined>>

/** GitHub's words for the sources of pipelines that are not their own; what a person or another program starts is a dispatch. */
const EVENTS: Readonly<Record<string, string>> = {
  push: 'push',
  merge_request_event: 'pull_request',
  external_pull_request_event: 'pull_request',
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
    event: EVENTS[env.CI_PIPELINE_SOURCE ?? ''] ?? 'workflow_dispatch',
    ref: isRequest ? `refs/pull/${number}/head` : name && `refs/${tag ? 'tags' : 'heads'}/${name}`,
    refName: name,
    sha: env.CI_COMMIT_SHA ?? '',
    repository: env.CI_PROJECT_PATH ?? '',
    owner: env.CI_PROJECT_NAMESPACE ?? '',
    actor: env.GITLAB_USER_LOGIN ?? '',
    serverUrl: env.CI_SERVER_URL ?? '',
    apiUrl: env.CI_API_V4_URL ?? '',
    pullRequest: isRequest ? { number, fork, headSha: env.CI_MERGE_REQUEST_SOURCE_BRANCH_SHA || env.CI_COMMIT_SHA } : undefined,
    foreignHead: fork,
    defaultBranch: env.CI_DEFAULT_BRANCH ?? '',
    baseRef: env.CI_MERGE_REQUEST_TARGET_BRANCH_NAME ?? '',
    runUrl: env.CI_JOB_URL ?? '',
  }
}

function ofThisProject(env: Environment): boolean {
  const [source, target] = env.CI_MERGE_REQUEST_IID
    ? [env.CI_MERGE_REQUEST_SOURCE_PROJECT_ID, env.CI_MERGE_REQUEST_PROJECT_ID]
    : [env.CI_EXTERNAL_PULL_REQUEST_SOURCE_REPOSITORY, env.CI_EXTERNAL_PULL_REQUEST_TARGET_REPOSITORY]
  return source !== undefined && source === target
}
