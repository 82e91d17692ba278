import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Registry } from '../../../src/effects/registry-port.ts'
import type { RunPlan } from '../../../src/plan/run-plan.ts'
import type { PushSource } from '../../../src/plan/tags/push-source.ts'
import { newerPushes } from '../../../src/run/publish/newer-push.ts'
import { type Project, projectOf } from '../../support/project.ts'
import { tempFolder } from '../../support/temp.ts'
import { listener, worldIn } from '../../support/world.ts'

// Two pushes to one branch, the older one last: whose the tag is, by a clone of depth 1 and what its origin tells.

const SHOP = { registry: 'index.example', path: 'acme/shop' }

let origin: Project
let clone: Project
/** Commits of the origin by a letter: o to d on main, of a request (p, q) with their merges (m, n). */
const at: Record<string, string> = {}

beforeAll(async () => {
  origin = await projectOf({ 'setup.py': 'from setuptools import setup\nsetup(name="shop")\n' })
  for (const name of ['o', 'a']) at[name] = await origin.commit(name)
  clone = await origin.shallow()
  for (const name of ['b', 'c']) at[name] = await origin.commit(name)
  await origin.git('checkout', '--quiet', '-b', 'x', at.a ?? '')
  at.d = await origin.commit('d') // after main was taken back to a
  for (const [head, merge] of [
    ['p', 'm'],
    ['q', 'n'],
  ] as const) {
    await origin.git('checkout', '--quiet', '--detach', at.p ?? at.a ?? '')
    at[head] = await origin.commit(head)
    await origin.git('checkout', '--quiet', '--detach', at.a ?? '')
    await origin.git('merge', '--quiet', '--no-ff', '--message', merge, at[head])
    at[merge] = await origin.git('rev-parse', 'HEAD')
  }
})

afterAll(async () => {
  await clone?.[Symbol.asyncDispose]()
  await origin?.[Symbol.asyncDispose]()
})

interface Story {
  /** What is checked out, and what the run is for where that is something else. */
  readonly ours: string
  readonly source?: string
  readonly ref?: string
  readonly byHand?: boolean
  /** What the ref names at the origin by now. */
  readonly now: string
  /** What the image under the tag says of its commit; undefined where there is none. */
  readonly held: string | undefined
  /** Whether the registry says that there is one, where it tells no labels. */
  readonly there?: boolean | undefined
  readonly tag?: string
}

async function asked(story: Story) {
  const { ours, source = ours, ref = 'refs/heads/main', byHand = false, now, held, tag = 'main' } = story
  const there = 'there' in story ? story.there : held !== undefined
  await using temp = await tempFolder('newer')
  await origin.git('update-ref', ...(now === 'nothing' ? ['-d', ref] : [ref, at[now] ?? now]))
  const log = listener()
  const labels = held === undefined ? undefined : { 'org.opencontainers.image.revision': at[held] ?? held }
  const registry: Partial<Registry> = { image: async () => labels && { labels, architecture: 'amd64' }, has: async () => there }
  const world = worldIn(clone.workspace, { log, registry: registry as Registry })
  const merge = /^refs\/(pull|merge-requests)\//.test(ref) ? ref.replace('head', 'merge') : undefined
  const from: PushSource = { ref, revision: at[source] ?? '', merge, byHand }
  const plan = { source: from, revision: at[ours], tags: { moving: ['main', 'latest'] } } as unknown as RunPlan
  const why = await newerPushes({ ...world, paths: { ...world.paths, temp: temp.path } }, plan, { ...SHOP, login: undefined }).of(tag)
  return { why, said: log.lines }
}

const short = (name: string) => at[name]?.slice(0, 7)

describe('the tag is left to a push after ours', () => {
  test.each([
    { name: 'whose image it is, at the head of the branch', ours: 'a', now: 'c', held: 'c' },
    { name: 'whose image it is, where a third one is at the head', ours: 'a', now: 'c', held: 'b' },
    { name: 'as latest is, which rules give to the branch', ours: 'a', now: 'c', held: 'c', tag: 'latest' },
    { name: 'to which the branch was taken back', ours: 'c', now: 'a', held: 'a' },
    { name: 'of a pull request, by its merge', ours: 'm', source: 'p', ref: 'refs/pull/7/head', now: 'q', held: 'n' },
    { name: 'of a pull request, by its own commit', ours: 'm', source: 'p', ref: 'refs/pull/7/head', now: 'q', held: 'q' },
    { name: 'of a merge request of GitLab', ours: 'p', ref: 'refs/merge-requests/7/head', now: 'q', held: 'q' },
    { name: 'after which the branch was deleted', ours: 'a', ref: 'refs/heads/y', now: 'nothing', held: 'c' },
  ])('$name', async ({ name: _, ...story }) => {
    const { why, said } = await asked(story)
    const where = story.ref?.replace(/^refs\/(heads\/)?/, '') ?? 'main'
    expect(why).toBe(`${short(story.held)}, which was pushed to ${where} after ${short(story.source ?? story.ours)}`)
    expect(said).toEqual([])
  })
})

describe('the tag is ours', () => {
  test.each([
    { name: 'at the head of the branch', ours: 'c', now: 'c', held: 'b' },
    { name: 'where the branch was taken back to us', ours: 'a', now: 'a', held: 'c' },
    { name: 'where it holds an older image, and a newer push has none yet', ours: 'a', now: 'c', held: 'o' },
    { name: 'where it holds none', ours: 'a', now: 'c', held: undefined },
    { name: 'where it holds an image of the same commit', ours: 'a', now: 'c', held: 'a' },
    { name: 'where it holds what the branch was taken back from', ours: 'a', now: 'd', held: 'c' },
    { name: 'where it stays', ours: 'a', now: 'c', held: 'c', tag: '1.2.3' },
    { name: 'of a pull request, where it holds an older image', ours: 'n', source: 'q', ref: 'refs/pull/7/head', now: 'c', held: 'm' },
  ])('$name', async ({ name: _, ...story }) => {
    expect(await asked(story)).toEqual({ why: undefined, said: [] })
  })

  test.each(['c', 'b'])('where a person asked for it once more, which is told: it holds %s', async (held) => {
    const { why, said } = await asked({ ours: 'a', now: 'c', held, byHand: true })
    expect(why).toBeUndefined()
    expect(said).toEqual([
      `index.example/acme/shop:main is ${short(held)}, which was pushed to main after ${short('a')}, and goes back to ${short('a')}: this run was started by hand.`,
    ])
  })

  test.each([
    { name: 'another commit', held: '' },
    { name: 'another commit', held: '--upload-pack=x' },
    { name: 'eeeeeee', held: 'e'.repeat(40) },
  ])('where nobody knows of $name ("$held"), which is told', async ({ name, held }) => {
    const { why, said } = await asked({ ours: 'a', now: 'c', held })
    expect(why).toBeUndefined()
    expect(said).toEqual([
      `index.example/acme/shop:main is ${name}, and whether that is newer than ${short('a')} is not known; main is at ${short('c')}, whose run has it next.`,
    ])
  })

  test('where the registry has something that it does not tell, which is told', async () => {
    const { why, said } = await asked({ ours: 'a', now: 'c', held: undefined, there: undefined })
    expect(why).toBeUndefined()
    expect(said).toEqual([expect.stringMatching(/:main tells no commit, and whether that is newer than \w+ is not known; main is at/)])
  })

  test.each([
    {
      held: 'c',
      says: [expect.stringMatching(/:main is \w+, and whether that is newer than \w+ is not known; the origin did not answer\.$/)],
    },
    { held: 'a', says: [] },
    { held: undefined, says: [] },
  ])('where the origin does not answer, which is told where it matters: it holds $held', async ({ held, says }) => {
    await clone.git('remote', 'set-url', 'origin', 'file:///nonexistent')
    expect(await asked({ ours: 'a', now: 'c', held })).toEqual({ why: undefined, said: says })
    await clone.git('remote', 'set-url', 'origin', `file://${origin.workspace}`)
  })
})
