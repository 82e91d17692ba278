import { describe, expect, test } from '@jest/globals'
import { gte } from '@renovatebot/pep440'
import fc from 'fast-check'
import type { RunContext } from '../../src/context.ts'
import { LONGEST_TAG } from '../../src/plan/reference.ts'
import { planTags } from '../../src/plan/tags/tags.ts'
import { contextWith } from '../support/values.ts'

// No tag is taken by what does not own it, whatever refs are called and whatever the event is.

const SHA = '860c1904a1ce19322e91ac35af1ab07466440c37'
/** Releases of the repository; the highest is 3.1.4, and 2025.06.1 of another scheme is not among them. */
const KNOWN = ['v1.2.3', 'v1.4.9', 'v2.0.0', 'v3.0.0rc1', 'v3.1.4', 'v4.0.0-next.1', 'stable', 'demo/one']
/** What belongs to releases, schedules and requests alone. */
const OWNED = /^(latest|nightly|pr-\d+|sha-[0-9a-f]+|v?\d+(\.\d+)*)$/

const part = fc.oneof(
  fc.constantFrom(
    '1.2',
    '1',
    'v2',
    'v2.0',
    'latest',
    'nightly',
    'edge',
    'pr-7',
    'pr',
    '7',
    'sha-860c190',
    '2025.06',
    'main',
    'stable',
    'one',
    'demo',
  ),
  fc.constantFrom('функция', 'вход', '发布', 'версия-1.2', 'ελληνικά', 'שחרור', '١.٢', '１.２', 'café', 'ß', '🚀', 'ﬁx'),
  fc.string({ unit: fc.constantFrom('a', 'Z', '0', '9', '.', '-', '_', '+', '#', '@', '!', 'v', '=', ','), minLength: 1, maxLength: 12 }),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 }).map((text) => text.replace(/[\s~^:?*[\\\p{Cc}]/gu, 'x')),
)
const name = fc
  .tuple(part, fc.constantFrom('/', '-', '.', ''), fc.option(part, { nil: '' }))
  .map(([one, between, two]) => (two ? `${one}${between}${two}` : one))
  .filter((text) => !text.includes('//') && !text.startsWith('/') && !text.endsWith('/'))

const EVENTS: readonly { readonly event: string; readonly more?: Partial<RunContext> }[] = [
  { event: 'push' },
  { event: 'create' },
  { event: 'workflow_dispatch' },
  { event: 'repository_dispatch' },
  { event: 'workflow_run' },
  { event: 'issue_comment' },
  { event: 'deployment' },
  { event: 'merge_group' },
  { event: 'release' },
  { event: 'release', more: { prerelease: true } },
  { event: 'schedule' },
  { event: 'pull_request', more: { pullRequest: { number: 12, fork: false } } },
]

const planned = (kind: 'heads' | 'tags', ref: string, { event, more }: (typeof EVENTS)[number], known: readonly string[] | undefined) =>
  planTags(
    { version: '', rules: [], flavor: [], suffix: '', imageName: 'shop', known, sha: SHA, committed: new Date(0), now: new Date(0) },
    contextWith({ event, ref: `refs/${kind}/${ref}`, refName: ref, sha: SHA, ...more }),
  )
const isOfEvent = (event: string, tag: string) =>
  (event === 'schedule' && tag === 'nightly') || (event === 'pull_request' && tag === 'pr-12')

describe.each(EVENTS)('on $event $more', (event) => {
  test('a branch gives one legal tag, which no release has and none of the repository', () => {
    fc.assert(
      fc.property(name, fc.boolean(), (branch, knows) => {
        const { tags, notices } = planned('heads', branch, event, knows ? KNOWN : undefined)
        expect(tags).toHaveLength(1)
        const [tag = ''] = tags
        expect(tag).toMatch(/^[A-Za-z0-9_][A-Za-z0-9_.-]*$/)
        expect(tag.length).toBeLessThanOrEqual(LONGEST_TAG)
        if (isOfEvent(event.event, tag)) return
        expect(tag).not.toMatch(OWNED)
        if (knows && branch !== 'main') expect(KNOWN.map((known) => known.replaceAll('/', '-'))).not.toContain(tag)
        // A name that became another one is told.
        expect(notices.length > 0).toBe(tag !== branch.replaceAll('/', '-'))
      }),
      { numRuns: 200 },
    )
  })

  test('a git tag moves nothing unless it is the highest final release', () => {
    fc.assert(
      fc.property(
        fc.oneof(name, fc.constantFrom(...KNOWN, 'v3.1.5', 'v10.0', '3.2.0', 'v2.0.1', 'v3.2.0rc1')),
        fc.boolean(),
        (tag, knows) => {
          const { tags, moving, release, notices } = planned('tags', tag, event, knows ? KNOWN : undefined)
          if (tags.some((one) => isOfEvent(event.event, one))) return
          if (tags.length === 0) {
            // 1.2 beside 1.2.3, which has that tag.
            expect(KNOWN.some((known) => known.startsWith(`v${release}.`))).toBe(true) // as it is written: not 01.2
            expect(notices).toEqual([expect.stringContaining('and stays there')])
            return
          }
          for (const one of tags) expect(one).toMatch(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/)
          expect(moving).toEqual(tags.slice(1))
          if (release === undefined || !knows || event.more?.prerelease) expect(tags).toHaveLength(1)
          if (release === undefined) expect(tags[0]).not.toMatch(/^(latest|nightly|pr-\d+|sha-[0-9a-f]+|[123](\.\d+)*)$/)
          if (tags.includes('latest')) expect([release, gte(release ?? '0', '3.1.4')]).toEqual([release, true])
          if (release === undefined && tags[0] !== tag.replaceAll('/', '-')) expect(notices.length).toBeGreaterThan(0)
        },
      ),
      { numRuns: 200 },
    )
  })
})
