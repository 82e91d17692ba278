import { expect, test } from '@jest/globals'
import { runContext } from '../src/context.ts'
import { gitlabLogin } from '../src/gitlab.ts'

/** A job in GitLab CI of a project in a subgroup. @see https://docs.gitlab.com/ci/variables/predefined_variables/ */
const JOB = {
  GITLAB_CI: 'true',
  CI: 'true',
  CI_API_V4_URL: 'https://gitlab.example/api/v4',
  CI_COMMIT_REF_SLUG: 'main',
  CI_COMMIT_SHA: 'c0ffee',
  CI_DEFAULT_BRANCH: 'main',
  CI_JOB_URL: 'https://gitlab.example/Acme/Web-Team/Shop/-/jobs/7',
  CI_PIPELINE_SOURCE: 'push',
  CI_PROJECT_ID: '3',
  CI_PROJECT_NAMESPACE: 'Acme/Web-Team',
  CI_PROJECT_NAME: 'Shop',
  CI_PROJECT_PATH: 'Acme/Web-Team/Shop',
  CI_SERVER_URL: 'https://gitlab.example',
  GITLAB_USER_LOGIN: 'ada',
}
const BRANCH = { CI_COMMIT_BRANCH: 'feature/login', CI_COMMIT_REF_NAME: 'feature/login' }
const REQUEST = {
  CI_PIPELINE_SOURCE: 'merge_request_event',
  CI_COMMIT_REF_NAME: 'feature/login',
  CI_MERGE_REQUEST_IID: '7',
  CI_MERGE_REQUEST_PROJECT_ID: '3',
  CI_MERGE_REQUEST_SOURCE_PROJECT_ID: '3',
  CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: 'beef',
  CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main',
}
const context = (more: Readonly<Record<string, string>>) => runContext({ ...JOB, ...more }, {}, { cwd: '/cwd', tmp: '/tmp' })

test('a job of GitLab CI is described by its variables', () => {
  expect(context({ CI_COMMIT_TAG: 'v1.2.3', CI_COMMIT_REF_NAME: 'v1.2.3' })).toMatchObject({
    inActions: false,
    event: 'push',
    ref: 'refs/tags/v1.2.3',
    refName: 'v1.2.3',
    sha: 'c0ffee',
    repository: 'Acme/Web-Team/Shop',
    owner: 'Acme/Web-Team',
    serverUrl: 'https://gitlab.example',
    apiUrl: 'https://gitlab.example/api/v4',
    defaultBranch: 'main',
    runUrl: 'https://gitlab.example/Acme/Web-Team/Shop/-/jobs/7',
    foreignHead: false,
    workspace: '/cwd',
  })
})

test.each([
  { name: 'a branch', given: BRANCH, event: 'push', ref: 'refs/heads/feature/login', number: undefined, foreign: false },
  {
    name: 'a schedule',
    given: { ...BRANCH, CI_PIPELINE_SOURCE: 'schedule' },
    event: 'schedule',
    ref: 'refs/heads/feature/login',
    number: undefined,
    foreign: false,
  },
  ...(
    [
      ['a pipeline that somebody starts', 'web', 'workflow_dispatch'],
      ['a pipeline of the same project', 'parent_pipeline', 'push'],
      ['a pipeline of another project', 'pipeline', 'repository_dispatch'],
      ['a pipeline by a token', 'trigger', 'repository_dispatch'],
      ['a pipeline of a kind to come', 'other', 'repository_dispatch'],
    ] as const
  ).map(([name, source, event]) => ({
    name,
    given: { ...BRANCH, CI_PIPELINE_SOURCE: source },
    event,
    ref: 'refs/heads/feature/login',
    number: undefined,
    foreign: false,
  })),
  {
    name: 'a merge request in a child pipeline',
    given: { ...REQUEST, CI_PIPELINE_SOURCE: 'parent_pipeline' },
    event: 'pull_request',
    ref: 'refs/pull/7/head',
    number: 7,
    foreign: false,
  },
  {
    name: 'a merge train',
    given: { ...REQUEST, CI_MERGE_REQUEST_EVENT_TYPE: 'merge_train' },
    event: 'merge_group',
    ref: 'refs/pull/7/head',
    number: 7,
    foreign: false,
  },
  { name: 'a merge request', given: REQUEST, event: 'pull_request', ref: 'refs/pull/7/head', number: 7, foreign: false },
  {
    name: 'a merge request of a fork',
    given: { ...REQUEST, CI_MERGE_REQUEST_SOURCE_PROJECT_ID: '9' },
    event: 'pull_request',
    ref: 'refs/pull/7/head',
    number: 7,
    foreign: true,
  },
  {
    name: 'a merge request whose source is not told',
    given: { CI_PIPELINE_SOURCE: 'merge_request_event', CI_MERGE_REQUEST_IID: '7', CI_COMMIT_REF_NAME: 'x' },
    event: 'pull_request',
    ref: 'refs/pull/7/head',
    number: 7,
    foreign: true,
  },
])('$name of GitLab is known by its ref', ({ given, event, ref, number, foreign }) => {
  const found = context(given)
  expect([found.event, found.ref, found.pullRequest?.number, found.foreignHead]).toEqual([event, ref, number, foreign])
})

test('variables of GitLab in a workflow of GitHub say nothing', () => {
  const found = context({ ...BRANCH, GITHUB_ACTIONS: 'true', GITHUB_REF: 'refs/heads/main', GITHUB_REPOSITORY: 'acme/shop' })
  expect([found.ref, found.repository]).toEqual(['refs/heads/main', 'acme/shop'])
})

test.each([
  { name: 'a merge request that is merged for it', given: REQUEST, headSha: 'beef', headRef: 'refs/merge-requests/7/head' },
  {
    name: 'a merge request by itself',
    given: { ...REQUEST, CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: '' },
    headSha: 'c0ffee',
    headRef: 'refs/merge-requests/7/head',
  },
  {
    name: 'a pull request of GitHub, whose branch is brought to GitLab',
    given: { CI_EXTERNAL_PULL_REQUEST_IID: '7', CI_EXTERNAL_PULL_REQUEST_SOURCE_BRANCH_NAME: 'fix', CI_COMMIT_REF_NAME: 'fix' },
    headSha: 'c0ffee',
    headRef: 'refs/heads/fix',
  },
])('the last commit of $name is known, and what names it', ({ given, headSha, headRef }) => {
  expect(context(given).pullRequest).toMatchObject({ headSha, headRef })
})

test('of all jobs in GitLab those alone that a person starts by themselves are by hand', () => {
  const byHand = (given: Readonly<Record<string, string>>) => context({ ...BRANCH, ...given }).byHand
  expect([byHand({ CI_JOB_MANUAL: 'true' }), byHand({}), byHand({ CI_PIPELINE_SOURCE: 'web' })]).toEqual([true, false, false])
})

test('a job of GitLab asks its own project by its token, and no workflow of GitHub does', () => {
  const login = { server: 'https://gitlab.example', username: 'gitlab-ci-token', token: 'glcbt-x' }
  expect(gitlabLogin({ ...JOB, CI_JOB_TOKEN: 'glcbt-x' })).toEqual(login)
  expect([gitlabLogin({ ...JOB, GITHUB_ACTIONS: 'true' }), gitlabLogin({})]).toEqual([undefined, undefined])
})
