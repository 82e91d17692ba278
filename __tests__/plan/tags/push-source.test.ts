import { expect, test } from '@jest/globals'
import { pushSource } from '../../../src/plan/tags/push-source.ts'
import { contextWith, onTag } from '../../support/values.ts'

const HEAD = 'a'.repeat(40)
const FIRST = 'f'.repeat(40)
const request = { event: 'pull_request', ref: 'refs/pull/7/merge', pullRequest: { number: 7, fork: false, headSha: FIRST } }

test.each([
  { name: 'a branch', context: contextWith(), ref: 'refs/heads/main', revision: HEAD },
  { name: 'a branch on a schedule', context: contextWith({ event: 'schedule' }), ref: 'refs/heads/main', revision: HEAD },
  { name: 'a request, by its own commit', context: contextWith(request), ref: 'refs/pull/7/head', revision: FIRST },
  { name: 'a request that is checked out', context: contextWith({ ref: 'refs/pull/7/head' }), ref: 'refs/pull/7/head', revision: HEAD },
  {
    name: 'a merge request of GitLab',
    context: contextWith({ ...request, pullRequest: { ...request.pullRequest, headRef: 'refs/merge-requests/7/head' } }),
    ref: 'refs/merge-requests/7/head',
    revision: FIRST,
  },
  { name: 'a git tag', context: onTag('v1.2.3'), ref: undefined, revision: undefined },
  { name: 'a commit alone', context: contextWith({ ref: '' }), ref: undefined, revision: undefined },
])('somebody may have pushed to what the run is for: $name', ({ context, ref, revision }) => {
  const source = pushSource(context, HEAD)
  expect([source?.ref, source?.revision]).toEqual([ref, revision])
  if (ref && /\/7\/head$/.test(ref)) expect(source?.merge).toBe(ref.replace('head', 'merge'))
  expect(pushSource(context, '')).toBeUndefined()
})

test.each([
  { name: 'no push', context: contextWith(), byHand: false },
  { name: 'a push that is started once more', context: contextWith({ attempt: 2 }), byHand: true },
  { name: 'a run by hand', context: contextWith({ event: 'workflow_dispatch' }), byHand: true },
  { name: 'a job that is started by hand', context: contextWith({ byHand: true }), byHand: true },
  { name: 'no job of a pipeline by hand', context: contextWith({ byHand: false, event: 'workflow_dispatch' }), byHand: false },
  { name: 'no dispatch by a program', context: contextWith({ event: 'repository_dispatch' }), byHand: false },
  { name: 'no request, also once more', context: contextWith({ ...request, attempt: 2 }), byHand: false },
  { name: 'no comment, also once more', context: contextWith({ event: 'issue_comment', attempt: 3 }), byHand: false },
])('a person asked for this commit: $name', ({ context, byHand }) => {
  expect(pushSource(context, HEAD)?.byHand).toBe(byHand)
})
