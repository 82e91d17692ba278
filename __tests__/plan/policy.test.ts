import { describe, expect, test } from '@jest/globals'
import { runContext } from '../../src/context.ts'
import { cachePolicy, decidePush } from '../../src/plan/policy.ts'
import { contextWith, onTag, outsideGitHub } from '../support/values.ts'

const ownPull = contextWith({
  event: 'pull_request',
  ref: 'refs/pull/17/merge',
  refName: '17/merge',
  pullRequest: { number: 17, fork: false },
})
const forkPull = contextWith({
  event: 'pull_request',
  ref: 'refs/pull/18/merge',
  refName: '18/merge',
  pullRequest: { number: 18, fork: true },
  foreignHead: true,
})

describe('the decision to push', () => {
  test.each([
    { name: 'is yes for a branch', asked: true, context: contextWith(), push: true, reason: undefined },
    { name: 'is yes for a tag', asked: true, context: onTag('v1.0'), push: true, reason: undefined },
    { name: 'is yes for a pull request of the repository itself', asked: true, context: ownPull, push: true, reason: undefined },
    { name: 'is yes outside GitHub', asked: true, context: outsideGitHub(), push: true, reason: undefined },
    {
      name: 'is no for a pull request of a fork',
      asked: true,
      context: forkPull,
      push: false,
      reason: 'Nothing is pushed: the code of pull request 18 comes from another repository.',
    },
    {
      name: 'is no for a fork under pull_request_target, where secrets are at hand',
      asked: true,
      context: contextWith({ event: 'pull_request_target', pullRequest: { number: 9, fork: true }, foreignHead: true }),
      push: false,
      reason: 'Nothing is pushed: the code of pull request 9 comes from another repository.',
    },
    {
      name: 'is no after the workflow run of a fork',
      asked: true,
      context: contextWith({ event: 'workflow_run', foreignHead: true }),
      push: false,
      reason: 'Nothing is pushed: the code of workflow_run comes from another repository.',
    },
    {
      name: 'is no for a merge queue, whose commits may never be on the branch',
      asked: true,
      context: contextWith({ event: 'merge_group' }),
      push: false,
      reason: 'Nothing is pushed from a merge queue, unless version or tags is set for it.',
    },
    {
      name: 'is no for a push to the branch of a merge queue',
      asked: true,
      context: contextWith({ ref: 'refs/heads/gh-readonly-queue/main/pr-7-abc' }),
      push: false,
      reason: 'Nothing is pushed from a merge queue, unless version or tags is set for it.',
    },
    {
      name: 'is no for a release that is deleted',
      asked: true,
      context: contextWith({ event: 'release', withdrawn: 'deleted' }),
      push: false,
      reason: 'Nothing is pushed: the release was deleted. What the registry has of it is removed there.',
    },
    { name: 'is no without a reason where nobody asked', asked: false, context: contextWith(), push: false, reason: undefined },
    { name: 'is no without a reason where nobody asked on a fork', asked: false, context: forkPull, push: false, reason: undefined },
  ])('$name', ({ asked, context, push, reason }) => {
    expect(decidePush(asked, context)).toEqual({ push, reason })
  })
})

test.each([
  {
    name: 'a merge queue',
    context: contextWith({ event: 'merge_group' }),
    told: "A merge queue's commit may never be on the branch, and is pushed all the same, as version or tags names what is pushed.",
  },
  {
    name: 'a release that is unpublished',
    context: contextWith({ event: 'release', withdrawn: 'unpublished' }),
    told: 'The release was unpublished, and is pushed all the same, as version or tags names what is pushed.',
  },
])('the decision to push is yes for $name whose tags are named, which is told', ({ context, told }) => {
  expect(decidePush(true, context, true)).toEqual({ push: true, reason: told })
})

/** In the words of the table: what is restored, and what is saved. */
function words(mode: Parameters<typeof cachePolicy>[0], context: Parameters<typeof cachePolicy>[1], signing = false): string {
  const policy = cachePolicy(mode, context, signing)
  const restored = [policy.restoreDownloads && 'downloaded', policy.restoreCompiled && 'compiled'].filter(Boolean).join('+') || 'nothing'
  const saved = [policy.saveDownloads && 'downloaded', policy.saveCompiled && 'compiled'].filter(Boolean).join('+') || 'nothing'
  return `restores ${restored}, saves ${saved}`
}

const ALL = 'restores downloaded+compiled, saves downloaded+compiled'
const NOTHING = 'restores nothing, saves nothing'
const FOREIGN = 'restores downloaded, saves nothing'

describe('the cache', () => {
  test.each([
    { name: 'a push to a branch', context: contextWith(), auto: ALL, always: ALL },
    { name: 'a schedule', context: contextWith({ event: 'schedule' }), auto: ALL, always: ALL },
    { name: 'a start by hand', context: contextWith({ event: 'workflow_dispatch' }), auto: ALL, always: ALL },
    { name: 'a repository_dispatch', context: contextWith({ event: 'repository_dispatch' }), auto: ALL, always: ALL },
    {
      name: 'a push of a tag',
      context: onTag('v1.2.3'),
      auto: 'restores downloaded, saves nothing',
      always: 'restores downloaded, saves downloaded+compiled',
    },
    {
      name: 'a published release',
      context: { ...onTag('v1.2.3'), event: 'release' },
      auto: 'restores downloaded, saves nothing',
      always: 'restores downloaded, saves downloaded+compiled',
    },
    {
      name: 'a start by hand on a tag',
      context: { ...onTag('v1.2.3'), event: 'workflow_dispatch' },
      auto: 'restores downloaded, saves nothing',
      always: 'restores downloaded, saves downloaded+compiled',
    },
    { name: 'a pull request', context: ownPull, auto: 'restores downloaded+compiled, saves compiled', always: ALL },
    { name: 'a pull request of a fork', context: forkPull, auto: 'restores downloaded+compiled, saves compiled', always: ALL },
    {
      name: 'a merge queue',
      context: contextWith({ event: 'merge_group' }),
      auto: 'restores downloaded+compiled, saves nothing',
      always: ALL,
    },
    {
      name: 'pull_request_target',
      context: contextWith({ event: 'pull_request_target', pullRequest: { number: 1, fork: true }, foreignHead: true }),
      auto: FOREIGN,
      always: FOREIGN,
    },
    { name: 'workflow_run', context: contextWith({ event: 'workflow_run' }), auto: FOREIGN, always: FOREIGN },
    { name: 'issue_comment', context: contextWith({ event: 'issue_comment' }), auto: FOREIGN, always: FOREIGN },
    { name: 'a runner without a cache service', context: contextWith({ cacheService: false }), auto: NOTHING, always: NOTHING },
    { name: 'a laptop', context: outsideGitHub(), auto: NOTHING, always: NOTHING },
  ])('on $name is used as the contract says', ({ context, auto, always }) => {
    expect({ auto: words('auto', context), always: words('always', context), never: words('never', context) }).toEqual({
      auto,
      always,
      never: NOTHING,
    })
  })

  test.each([
    { name: 'tells nothing where nothing is held back', mode: 'auto' as const, context: contextWith(), reason: undefined },
    {
      name: 'says that the runner has no service',
      mode: 'auto' as const,
      context: contextWith({ cacheService: false }),
      reason: 'this runner has no cache service, so the wheelhouse is not kept between runs',
    },
    { name: 'tells nothing on a laptop', mode: 'auto' as const, context: outsideGitHub(), reason: undefined },
    { name: 'says that it is off', mode: 'never' as const, context: contextWith(), reason: 'cache is never' },
    {
      name: 'names the event that may not be trusted',
      mode: 'auto' as const,
      context: contextWith({ event: 'workflow_run' }),
      reason: 'on workflow_run',
    },
    {
      name: 'names the tag',
      mode: 'auto' as const,
      context: onTag('v1.0'),
      reason: 'on tags compiled wheels are not restored without cache-signing-key, and nothing is saved',
    },
    {
      name: 'names the tag where saving was asked for',
      mode: 'always' as const,
      context: onTag('v1.0'),
      reason: 'on tags compiled wheels are not restored without cache-signing-key',
    },
    { name: 'names the merge queue', mode: 'auto' as const, context: contextWith({ event: 'merge_group' }), reason: 'merge queue' },
    { name: 'names the pull request', mode: 'auto' as const, context: ownPull, reason: 'pull request' },
  ])('$name', ({ mode, context, reason }) => {
    const told = cachePolicy(mode, context, false).reason
    if (reason === undefined) expect(told).toBeUndefined()
    else expect(told).toContain(reason)
  })
})

interface Event {
  readonly name: string
  readonly env: Readonly<Record<string, string>>
  /** What of GitHub's payload the run reads, in its shape. */
  readonly payload: unknown
  readonly cache: string
  /** The same with a signing key. */
  readonly signed: string
  readonly push: boolean
}

const pull = (head: string, base = 'Acme/Shop') => ({
  action: 'synchronize',
  number: 17,
  pull_request: {
    number: 17,
    head: { ref: 'feature', repo: { full_name: head, fork: head !== base } },
    base: { repo: { full_name: base } },
  },
  repository: { full_name: base },
})
const workflowRun = (head: string) => ({
  action: 'completed',
  workflow_run: { event: 'pull_request', head_branch: 'feature', head_repository: { full_name: head } },
  repository: { full_name: 'Acme/Shop' },
})
const ours = { repository: { full_name: 'Acme/Shop' } }
const COMPILED = 'restores downloaded+compiled, saves compiled'
const READ = 'restores downloaded+compiled, saves nothing'

/** As the runner gives them: https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows */
const EVENTS: readonly Event[] = [
  {
    name: 'a push to a branch',
    env: { GITHUB_EVENT_NAME: 'push', GITHUB_REF: 'refs/heads/main' },
    payload: { ...ours, ref: 'refs/heads/main' },
    cache: ALL,
    signed: ALL,
    push: true,
  },
  {
    name: 'a push of a tag',
    env: { GITHUB_EVENT_NAME: 'push', GITHUB_REF: 'refs/tags/v1.2.3' },
    payload: { ...ours, ref: 'refs/tags/v1.2.3' },
    cache: FOREIGN,
    signed: READ,
    push: true,
  },
  {
    name: 'a published release',
    env: { GITHUB_EVENT_NAME: 'release', GITHUB_REF: 'refs/tags/v1.2.3' },
    payload: { ...ours, action: 'published', release: { tag_name: 'v1.2.3', target_commitish: 'main' } },
    cache: FOREIGN,
    signed: READ,
    push: true,
  },
  {
    name: 'a pull request of the repository',
    env: { GITHUB_EVENT_NAME: 'pull_request', GITHUB_REF: 'refs/pull/17/merge' },
    payload: pull('Acme/Shop'),
    cache: COMPILED,
    signed: COMPILED,
    push: true,
  },
  {
    name: 'a pull request of a fork',
    env: { GITHUB_EVENT_NAME: 'pull_request', GITHUB_REF: 'refs/pull/17/merge' },
    payload: pull('eve/Shop'),
    cache: COMPILED,
    signed: COMPILED,
    push: false,
  },
  {
    name: 'a review of a fork’s pull request',
    env: { GITHUB_EVENT_NAME: 'pull_request_review', GITHUB_REF: 'refs/pull/17/merge' },
    payload: pull('eve/Shop'),
    cache: COMPILED,
    signed: COMPILED,
    push: false,
  },
  {
    name: 'pull_request_target of a fork',
    env: { GITHUB_EVENT_NAME: 'pull_request_target', GITHUB_REF: 'refs/heads/main' },
    payload: pull('eve/Shop'),
    cache: FOREIGN,
    signed: FOREIGN,
    push: false,
  },
  {
    name: 'pull_request_target of the repository',
    env: { GITHUB_EVENT_NAME: 'pull_request_target', GITHUB_REF: 'refs/heads/main' },
    payload: pull('Acme/Shop'),
    cache: FOREIGN,
    signed: FOREIGN,
    push: true,
  },
  {
    name: 'the workflow run of a fork',
    env: { GITHUB_EVENT_NAME: 'workflow_run', GITHUB_REF: 'refs/heads/main' },
    payload: workflowRun('eve/Shop'),
    cache: FOREIGN,
    signed: FOREIGN,
    push: false,
  },
  {
    name: 'a workflow run of the repository',
    env: { GITHUB_EVENT_NAME: 'workflow_run', GITHUB_REF: 'refs/heads/main' },
    payload: workflowRun('Acme/Shop'),
    cache: FOREIGN,
    signed: FOREIGN,
    push: true,
  },
  {
    name: 'a comment on a pull request',
    env: { GITHUB_EVENT_NAME: 'issue_comment', GITHUB_REF: 'refs/heads/main' },
    payload: { ...ours, action: 'created', issue: { number: 17, pull_request: {} }, comment: { body: '/build' } },
    cache: FOREIGN,
    signed: FOREIGN,
    push: true,
  },
  {
    name: 'an issue that anybody may open',
    env: { GITHUB_EVENT_NAME: 'issues', GITHUB_REF: 'refs/heads/main' },
    payload: { ...ours, action: 'opened', issue: { number: 21, title: '$(id)', author_association: 'NONE', user: { login: 'eve' } } },
    cache: FOREIGN,
    signed: FOREIGN,
    push: true,
  },
  {
    name: 'a discussion that anybody may begin',
    env: { GITHUB_EVENT_NAME: 'discussion', GITHUB_REF: 'refs/heads/main' },
    payload: { ...ours, action: 'created', discussion: { number: 22, title: 'x', author_association: 'NONE' } },
    cache: FOREIGN,
    signed: FOREIGN,
    push: true,
  },
  {
    name: 'a comment on a discussion',
    env: { GITHUB_EVENT_NAME: 'discussion_comment', GITHUB_REF: 'refs/heads/main' },
    payload: { ...ours, action: 'created', discussion: { number: 22 }, comment: { body: '/build', author_association: 'NONE' } },
    cache: FOREIGN,
    signed: FOREIGN,
    push: true,
  },
  {
    name: 'a fork',
    env: { GITHUB_EVENT_NAME: 'fork', GITHUB_REF: 'refs/heads/main' },
    payload: { ...ours, forkee: { full_name: 'eve/Shop', fork: true } },
    cache: FOREIGN,
    signed: FOREIGN,
    push: true,
  },
  {
    name: 'a star',
    env: { GITHUB_EVENT_NAME: 'watch', GITHUB_REF: 'refs/heads/main' },
    payload: { ...ours, action: 'started', sender: { login: 'eve' } },
    cache: FOREIGN,
    signed: FOREIGN,
    push: true,
  },
  {
    name: 'a page of the wiki, which anybody may write where the repository lets them',
    env: { GITHUB_EVENT_NAME: 'gollum', GITHUB_REF: 'refs/heads/main' },
    payload: { ...ours, pages: [{ page_name: 'Home', action: 'edited' }] },
    cache: FOREIGN,
    signed: FOREIGN,
    push: true,
  },
  {
    name: 'an event that came after this was written',
    env: { GITHUB_EVENT_NAME: 'brand_new', GITHUB_REF: 'refs/heads/main' },
    payload: ours,
    cache: FOREIGN,
    signed: FOREIGN,
    push: true,
  },
  {
    name: 'a comment in the review of a fork’s pull request',
    env: { GITHUB_EVENT_NAME: 'pull_request_review_comment', GITHUB_REF: 'refs/pull/17/merge' },
    payload: { ...pull('eve/Shop'), action: 'created', comment: { body: 'x' } },
    cache: COMPILED,
    signed: COMPILED,
    push: false,
  },
  {
    name: 'a deployment of a branch',
    env: { GITHUB_EVENT_NAME: 'deployment', GITHUB_REF: 'refs/heads/main' },
    payload: { ...ours, deployment: { ref: 'main', environment: 'production' } },
    cache: ALL,
    signed: ALL,
    push: true,
  },
  {
    name: 'a package that was published',
    env: { GITHUB_EVENT_NAME: 'registry_package', GITHUB_REF: 'refs/heads/main' },
    payload: { ...ours, action: 'published', registry_package: { name: 'shop-base' } },
    cache: ALL,
    signed: ALL,
    push: true,
  },
  {
    name: 'a merge queue',
    env: { GITHUB_EVENT_NAME: 'merge_group', GITHUB_REF: 'refs/heads/gh-readonly-queue/main/pr-17-abc' },
    payload: { ...ours, action: 'checks_requested', merge_group: { head_ref: 'refs/heads/gh-readonly-queue/main/pr-17-abc' } },
    cache: READ,
    signed: READ,
    push: false,
  },
  {
    name: 'a schedule',
    env: { GITHUB_EVENT_NAME: 'schedule', GITHUB_REF: 'refs/heads/main' },
    payload: { schedule: '0 3 * * *' },
    cache: ALL,
    signed: ALL,
    push: true,
  },
  {
    name: 'a start by hand on a branch',
    env: { GITHUB_EVENT_NAME: 'workflow_dispatch', GITHUB_REF: 'refs/heads/main' },
    payload: { ...ours, ref: 'refs/heads/main', inputs: null },
    cache: ALL,
    signed: ALL,
    push: true,
  },
  {
    name: 'a start by hand on a tag',
    env: { GITHUB_EVENT_NAME: 'workflow_dispatch', GITHUB_REF: 'refs/tags/v1.2.3' },
    payload: { ...ours, ref: 'refs/tags/v1.2.3', inputs: null },
    cache: FOREIGN,
    signed: READ,
    push: true,
  },
  {
    name: 'a repository_dispatch',
    env: { GITHUB_EVENT_NAME: 'repository_dispatch', GITHUB_REF: 'refs/heads/main' },
    payload: { ...ours, action: 'build', client_payload: { ref: 'refs/tags/v9' } },
    cache: ALL,
    signed: ALL,
    push: true,
  },
]

describe('by the event’s payload', () => {
  const runner = {
    GITHUB_ACTIONS: 'true',
    GITHUB_REPOSITORY: 'Acme/Shop',
    ACTIONS_RUNTIME_TOKEN: 't',
    ACTIONS_RESULTS_URL: 'https://results.example',
  }

  test.each(EVENTS)('$name is treated as the contract says', ({ env, payload, cache, signed, push }) => {
    const context = runContext({ ...runner, ...env }, payload, { cwd: '/work', tmp: '/tmp' })
    expect({ cache: words('auto', context), signed: words('auto', context, true), push: decidePush(true, context).push }).toEqual({
      cache,
      signed,
      push,
    })
  })

  test('outside GitHub there is no cache, and nobody is foreign', () => {
    const context = runContext({ HOME: '/root' }, {}, { cwd: '/work', tmp: '/tmp' })
    expect([words('auto', context), words('always', context, true), decidePush(true, context).push]).toEqual([NOTHING, NOTHING, true])
  })

  test('records are believed only where compiled wheels are restored, and never on a tag', () => {
    const believed = EVENTS.filter(
      ({ env, payload }) => cachePolicy('auto', runContext({ ...runner, ...env }, payload, { cwd: '', tmp: '' }), true).believeRecords,
    )
    expect(believed.map(({ name, cache }) => [name, cache.includes('restores downloaded+compiled')])).toEqual(
      EVENTS.filter(({ cache }) => cache.includes('+compiled,')).map(({ name }) => [name, true]),
    )
    expect(believed.some(({ env }) => env.GITHUB_REF?.startsWith('refs/tags/'))).toBe(false)
  })
})
