import { describe, expect, test } from '@jest/globals'
import { runContext } from '../src/context.ts'

const env = {
  GITHUB_ACTIONS: 'true',
  GITHUB_EVENT_NAME: 'push',
  GITHUB_REF: 'refs/tags/v1.2.3',
  GITHUB_REF_NAME: 'v1.2.3',
  GITHUB_SHA: 'c0ffee',
  GITHUB_REPOSITORY: 'Acme/Shop',
  GITHUB_REPOSITORY_OWNER: 'Acme',
  GITHUB_ACTOR: 'ada',
  GITHUB_SERVER_URL: 'https://git.example',
  GITHUB_RUN_ID: '7',
  GITHUB_RUN_ATTEMPT: '2',
  GITHUB_API_URL: 'https://git.example/api/v3',
  GITHUB_WORKSPACE: '/work',
  RUNNER_TEMP: '/temp',
  RUNNER_DEBUG: '1',
  ACTIONS_RUNTIME_TOKEN: 't',
  ACTIONS_RESULTS_URL: 'https://results.example',
}
const context = (changes: Readonly<Record<string, string | undefined>> = {}, payload: unknown = {}) =>
  runContext({ ...env, ...changes }, payload, { cwd: '/cwd', tmp: '/tmp' })

test('a run in Actions is described by its environment', () => {
  expect(context()).toEqual({
    inActions: true,
    event: 'push',
    prerelease: false,
    metadata: { prHeadSha: false, shortSha: '' },
    ref: 'refs/tags/v1.2.3',
    refName: 'v1.2.3',
    sha: 'c0ffee',
    repository: 'Acme/Shop',
    owner: 'Acme',
    actor: 'ada',
    serverUrl: 'https://git.example',
    apiUrl: 'https://git.example/api/v3',
    pullRequest: undefined,
    foreignHead: false,
    defaultBranch: '',
    baseRef: '',
    workspace: '/work',
    temp: '/temp',
    cacheService: true,
    attempt: 2,
    runUrl: 'https://git.example/Acme/Shop/actions/runs/7/attempts/2',
  })
})

test('a run on a laptop has the working folder, the system’s temporary folder and nothing of GitHub', () => {
  expect(runContext({ HOME: '/root' }, {}, { cwd: '/cwd', tmp: '/tmp' })).toMatchObject({
    inActions: false,
    event: '',
    ref: '',
    refName: '',
    sha: '',
    repository: '',
    owner: '',
    workspace: '/cwd',
    temp: '/tmp',
    cacheService: false,
    runUrl: '',
    foreignHead: false,
  })
})

test.each([
  { action: 'deleted', withdrawn: 'deleted' },
  { action: 'unpublished', withdrawn: 'unpublished' },
  { action: 'published', withdrawn: undefined },
  { action: 'edited', withdrawn: undefined },
])('a release that is $action is withdrawn: $withdrawn', ({ action, withdrawn }) => {
  expect(context({ GITHUB_EVENT_NAME: 'release' }, { action }).withdrawn).toBe(withdrawn)
  expect(context({}, { action }).withdrawn).toBeUndefined()
})

describe('the short name of the ref', () => {
  test.each([
    { name: 'of a branch is cut from the ref', ref: 'refs/heads/feature/a', short: 'feature/a' },
    { name: 'of a tag is cut from the ref', ref: 'refs/tags/shop/v1', short: 'shop/v1' },
  ])('$name where the runner does not give it', ({ ref, short }) => {
    expect(context({ GITHUB_REF: ref, GITHUB_REF_NAME: undefined }).refName).toBe(short)
  })
})

const pull = (name: string | null) => ({ pull_request: { number: 17, head: { repo: name === null ? null : { full_name: name } } } })

describe('the head that is built', () => {
  test.each([
    { name: 'of a push is ours', event: 'push', payload: {}, foreign: false, pullRequest: undefined },
    {
      name: 'of a pull request of the repository is ours',
      event: 'pull_request',
      payload: pull('acme/shop'),
      foreign: false,
      pullRequest: { number: 17, fork: false },
    },
    {
      name: 'of a pull request of a fork is foreign',
      event: 'pull_request',
      payload: pull('eve/shop'),
      foreign: true,
      pullRequest: { number: 17, fork: true },
    },
    {
      name: 'of a pull request of a deleted fork is foreign',
      event: 'pull_request',
      payload: pull(null),
      foreign: true,
      pullRequest: { number: 17, fork: true },
    },
    {
      name: 'of pull_request_target of a fork is foreign',
      event: 'pull_request_target',
      payload: pull('eve/shop'),
      foreign: true,
      pullRequest: { number: 17, fork: true },
    },
    {
      name: 'of a review of a fork is foreign',
      event: 'pull_request_review',
      payload: pull('eve/shop'),
      foreign: true,
      pullRequest: { number: 17, fork: true },
    },
    {
      name: 'of a workflow run of a fork is foreign',
      event: 'workflow_run',
      payload: { workflow_run: { head_repository: { full_name: 'eve/shop' } } },
      foreign: true,
      pullRequest: undefined,
    },
    {
      name: 'of a workflow run of the repository is ours',
      event: 'workflow_run',
      payload: { workflow_run: { head_repository: { full_name: 'Acme/Shop' } } },
      foreign: false,
      pullRequest: undefined,
    },
    {
      name: 'of a pull request whose payload is missing is foreign',
      event: 'pull_request',
      payload: null,
      foreign: true,
      pullRequest: undefined,
    },
  ])('$name', ({ event, payload, foreign, pullRequest }) => {
    const made = context({ GITHUB_EVENT_NAME: event }, payload)
    expect([made.foreignHead, made.pullRequest]).toEqual([foreign, pullRequest])
  })
})

describe('the cache service', () => {
  test.each([
    { name: 'is there by the address of version 2', changes: {}, there: true },
    {
      name: 'is there by the address of version 1',
      changes: { ACTIONS_RESULTS_URL: undefined, ACTIONS_CACHE_URL: 'https://cache.example' },
      there: true,
    },
    { name: 'is not there without a token', changes: { ACTIONS_RUNTIME_TOKEN: '' }, there: false },
    { name: 'is not there without an address', changes: { ACTIONS_RESULTS_URL: '' }, there: false },
  ])('$name', ({ changes, there }) => {
    expect(context(changes).cacheService).toBe(there)
  })
})

describe('the branches that an event names', () => {
  test.each([
    { name: 'none where the payload is empty', payload: {}, defaultBranch: '', baseRef: '' },
    {
      name: 'the default branch of the repository',
      payload: { repository: { default_branch: 'main' } },
      defaultBranch: 'main',
      baseRef: '',
    },
    { name: 'the one a pull request goes to', payload: { pull_request: { base: { ref: 'dev' } } }, defaultBranch: '', baseRef: 'dev' },
    { name: 'the one a tag was pushed with', payload: { base_ref: 'refs/heads/main' }, defaultBranch: '', baseRef: 'main' },
  ])('$name', ({ payload, defaultBranch, baseRef }) => {
    expect(context({}, payload)).toMatchObject({ defaultBranch, baseRef })
  })
})

describe('what a workflow_run follows', () => {
  const followed = (run: unknown) =>
    runContext({ GITHUB_EVENT_NAME: 'workflow_run' }, { workflow_run: run }, { cwd: '/work', tmp: '/tmp' }).followed

  test.each([
    { name: 'is a branch', run: { event: 'push', head_sha: 'a', head_branch: 'dev' }, ref: 'refs/heads/dev' },
    {
      name: 'is a request',
      run: { event: 'pull_request', head_sha: 'a', head_branch: 'x', pull_requests: [{ number: 7 }] },
      ref: 'refs/pull/7/head',
    },
    {
      name: "is a fork's request, which the event does not name",
      run: { event: 'pull_request', head_sha: 'a', head_branch: 'main', pull_requests: [] },
      ref: '',
    },
  ])('$name', ({ run, ref }) => {
    expect(followed(run)).toEqual({ sha: 'a', ref })
  })

  test.each([null, 'x', [], { head_sha: 7, head_branch: {}, pull_requests: { 0: null } }])('is nothing in a damaged event: %j', (run) => {
    expect(followed(run)).toEqual({ sha: '', ref: '' })
  })
})

test.each([
  { release: { prerelease: true }, event: 'release', prerelease: true },
  { release: { prerelease: false }, event: 'release', prerelease: false },
  { release: { prerelease: 'true' }, event: 'release', prerelease: false },
  { release: null, event: 'release', prerelease: false },
  { release: { prerelease: true }, event: 'push', prerelease: false },
])('a pre-release is one by the event: %j', ({ release, event, prerelease }) => {
  expect(runContext({ GITHUB_EVENT_NAME: event }, { release }, { cwd: '/work', tmp: '/tmp' }).prerelease).toBe(prerelease)
})
