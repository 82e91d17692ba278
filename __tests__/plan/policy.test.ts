import { describe, expect, test } from '@jest/globals'
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
    { name: 'is no without a reason where nobody asked', asked: false, context: contextWith(), push: false, reason: undefined },
    { name: 'is no without a reason where nobody asked on a fork', asked: false, context: forkPull, push: false, reason: undefined },
  ])('$name', ({ asked, context, push, reason }) => {
    expect(decidePush(asked, context)).toEqual({ push, reason })
  })
})

/** In the words of the table: what is restored, and what is saved. */
function words(mode: Parameters<typeof cachePolicy>[0], context: Parameters<typeof cachePolicy>[1]): string {
  const policy = cachePolicy(mode, context)
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
    { name: 'says that it is off', mode: 'never' as const, context: contextWith(), reason: 'cache is never' },
    {
      name: 'names the event that may not be trusted',
      mode: 'auto' as const,
      context: contextWith({ event: 'workflow_run' }),
      reason: 'on workflow_run',
    },
    { name: 'names the tag', mode: 'auto' as const, context: onTag('v1.0'), reason: 'on tags' },
    {
      name: 'names the tag where saving was asked for',
      mode: 'always' as const,
      context: onTag('v1.0'),
      reason: 'compiled wheels are not restored on tags',
    },
    { name: 'names the merge queue', mode: 'auto' as const, context: contextWith({ event: 'merge_group' }), reason: 'merge queue' },
    { name: 'names the pull request', mode: 'auto' as const, context: ownPull, reason: 'pull request' },
  ])('$name', ({ mode, context, reason }) => {
    const told = cachePolicy(mode, context).reason
    if (reason === undefined) expect(told).toBeUndefined()
    else expect(told).toContain(reason)
  })
})
