import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { RunContext } from '../../../src/context.ts'
import { sourcePaths } from '../../../src/effects/files/source.ts'
import { gitHub } from '../../../src/effects/network/forge.ts'
import type { Registry } from '../../../src/effects/registry-port.ts'
import { loginOf } from '../../../src/plan/registry-login.ts'
import { claimsOf } from '../../../src/run/prepare/known-tags.ts'
import { makePlan, type Runner } from '../../../src/run/prepare/make-plan.ts'
import { type Project, projectOf } from '../../support/project.ts'
import { type Answer, type Server, startServer } from '../../support/token-registry.ts'
import { contextWith, inputsWith, onTag, userError } from '../../support/values.ts'
import { listener, worldIn } from '../../support/world.ts'

// README's own workflow: a release of a checkout of depth 1, with the token of the run, for ghcr.io. The clone knows
// no tags, so GitHub is asked.

const RUNNER: Runner = { caBundle: '', indexUrl: '', extraIndexUrls: [], namedLogin: (_name, url) => url, sourcePaths }
const INPUTS = { registry: 'ghcr.io', 'github-token': 'ghs_x', push: 'true' }

let project: Project
let clone: Project

beforeAll(async () => {
  project = await projectOf({ 'setup.py': 'from setuptools import setup\nsetup(name="shop", version="1.2.3")\n' })
  await project.tag('v1.2.3')
  clone = await project.shallow()
  await clone.git('remote', 'set-url', 'origin', 'file:///nonexistent')
})

afterAll(async () => {
  await clone?.[Symbol.asyncDispose]()
  await project?.[Symbol.asyncDispose]()
})

/** The tags of a release of v1.2.3, with GitHub and the registry answering so. */
async function tagsOf(
  answer: Answer,
  inputs: Readonly<Record<string, string>> = INPUTS,
  registry: Partial<Registry> = { tags: async () => undefined, has: async () => false },
  releases: Answer = { status: 200, body: [] },
) {
  await using api: Server = await startServer(({ what }) => (what.includes('/releases?') ? releases : answer))
  const context: RunContext = { ...onTag('v1.2.3'), workspace: clone.workspace }
  const log = listener()
  const world = worldIn(clone.workspace, { context, log, forge: gitHub(`http://${api.host}`), registry: registry as Registry })
  const plan = await makePlan(inputsWith(inputs), world, RUNNER)
  return { tags: plan.tags.tags, asked: api.asked, said: log.lines.join('\n') }
}

const named = (...tags: string[]): Answer => ({ status: 200, body: tags.map((tag) => ({ ref: `refs/tags/${tag}` })) })

describe('a release from a checkout of depth 1', () => {
  test.each([
    { name: 'that is the highest takes every alias', answer: named('v1.2.2', 'v1.2.3'), tags: ['1.2.3', '1.2', '1', 'latest'] },
    { name: 'of an older line leaves latest to the newer', answer: named('v1.2.3', 'v2.0'), tags: ['1.2.3', '1.2', '1'] },
    { name: 'below a higher patch takes none', answer: named('v1.2.3', 'v1.2.4'), tags: ['1.2.3'] },
  ])('$name, as GitHub knows the tags', async ({ answer, tags }) => {
    const found = await tagsOf(answer)
    expect(found.tags).toEqual(tags)
    expect(found.asked).toEqual(
      ['releases?per_page=100', 'git/matching-refs/tags/'].map((what) => ({
        what: `GET /repos/Acme/Shop/${what}`,
        authorization: 'Bearer ghs_x',
        body: '',
      })),
    )
  })

  const releases = (...marked: string[]): Answer => ({
    status: 200,
    body: ['v1.2.3', 'v2.0'].map((tag_name) => ({ tag_name, prerelease: marked.includes(tag_name) })),
  })

  test.each([
    { name: 'that is marked as a pre-release', marked: ['v1.2.3'], tags: ['1.2.3'] },
    { name: 'beside a higher one that is marked as one', marked: ['v2.0'], tags: ['1.2.3', '1.2', '1', 'latest'] },
    { name: 'beside a higher one', marked: [], tags: ['1.2.3', '1.2', '1'] },
  ])('$name moves what GitHub says', async ({ marked, tags }) => {
    const registry: Partial<Registry> = { tags: async () => ['1.2.2', '2.0'] }
    expect((await tagsOf(named('v1.2.3', 'v2.0'), INPUTS, registry, releases(...marked))).tags).toEqual(tags)
  })

  test('that is marked as a pre-release gives no latest by rules either', async () => {
    const rules = { ...INPUTS, tags: 'type=semver,pattern={{version}}\ntype=match,pattern=.*,group=0' }
    expect((await tagsOf(named('v1.2.3'), rules, undefined, releases('v1.2.3'))).tags).not.toContain('latest')
    expect((await tagsOf(named('v1.2.3'), rules, undefined, releases())).tags).toContain('latest')
  })

  test('of which GitHub does not say whether it is marked counts as final, and that is said', async () => {
    const found = await tagsOf(named('v1.2.3'), INPUTS, undefined, { status: 403, body: {} })
    expect(found.tags).toContain('latest')
    expect(found.said).toMatch(
      /Whether the release v1\.2\.3 is marked as a pre-release is not known: \S+ did not tell, so it counts as a final one\./,
    )
  })

  test('asks nothing of the sort where version names the tag', async () => {
    expect((await tagsOf(named('v1.2.3'), { ...INPUTS, version: '9' })).asked).toEqual([])
  })

  test('is told once where at the push neither git nor the registry answers any more', async () => {
    const context: RunContext = { ...onTag('v1.2.3'), workspace: clone.workspace }
    const forge = { tags: async () => ['v1.2.3'] as readonly string[] | undefined, prereleases: async () => [] }
    const log = listener()
    const world = worldIn(clone.workspace, {
      context,
      log,
      forge,
      registry: { tags: async () => undefined, has: async () => false } as Partial<Registry> as Registry,
    })
    const plan = await makePlan(inputsWith(INPUTS), world, RUNNER)
    forge.tags = async () => undefined
    const claim = claimsOf(world, { githubToken: 'x' }, plan, undefined)
    for (const tag of ['1.2', 'latest']) expect(await claim(tag, 'everywhere')).toBeUndefined()
    expect(log.lines.filter((line) => line.startsWith('Neither git nor the registry tells by now'))).toHaveLength(1)
  })

  test('asks the registry, as the actor of the run, where GitHub does not tell', async () => {
    const logins: unknown[] = []
    const registry: Partial<Registry> = {
      async tags({ registry: host, path, login }) {
        logins.push([host, path, login])
        return ['1.2.2', '2.0']
      },
    }
    expect((await tagsOf({ status: 403, body: {} }, INPUTS, registry)).tags).toEqual(['1.2.3', '1.2', '1'])
    expect(logins).toEqual([['ghcr.io', 'acme/shop', { username: 'ada', password: 'ghs_x' }]])
  })

  test('has its exact tag alone where nobody tells, and says so', async () => {
    const found = await tagsOf({ status: 403, body: {} }, INPUTS, { tags: async () => undefined, has: async () => false })
    expect(found.tags).toEqual(['1.2.3'])
    expect(found.said).toContain('Only 1.2.3 is tagged')
  })

  test.each([
    { name: 'that has latest', has: true, told: true },
    { name: 'that has none', has: false, told: false },
    { name: 'that does not say whether it has', has: undefined, told: false },
  ])('whose registry lists no tags is told where it matters: one $name', async ({ has, told }) => {
    const asked: string[] = []
    const registry: Partial<Registry> = {
      tags: async () => undefined,
      async has(_place, tag) {
        asked.push(tag)
        return has
      },
    }
    const found = await tagsOf(named('v1.2.3'), { ...INPUTS, 'tag-suffix': '-test' }, registry)
    expect(found.said.includes('The tags of ghcr.io/acme/shop could not be listed: a release there')).toBe(told)
    expect(asked).toEqual(['latest-test'])
  })

  test('without a token and a push asks nobody but its origin', async () => {
    const found = await tagsOf(named('v1.2.3'), {})
    expect([found.tags, found.asked]).toEqual([['1.2.3'], []])
  })
})

// What actions/checkout makes with fetch-depth: 50 of a short history: a clone that is not shallow, and has no tags.
describe('a release from a whole clone without tags', () => {
  let whole: Project

  beforeAll(async () => {
    whole = await project.shallow()
    await whole.git('fetch', '--quiet', '--unshallow', '--no-tags')
    await project.tag('v2.0.0')
  })

  afterAll(async () => {
    await project.git('tag', '-d', 'v2.0.0')
    await whole?.[Symbol.asyncDispose]()
  })

  const planned = async (given: Readonly<Record<string, string>>, registry: Partial<Registry> = {}) => {
    const context: RunContext = { ...onTag('v1.2.3'), workspace: whole.workspace }
    const world = worldIn(whole.workspace, { context, registry: registry as Registry })
    return makePlan(inputsWith(given), world, RUNNER)
  }

  test('is ordered by what its origin answers, without a token', async () => {
    const { tags } = await planned({})
    expect(tags.tags).toEqual(['1.2.3', '1.2', '1'])
    expect(tags.lines).toContainEqual({ tag: 'latest', line: 'latest', claimedBy: '2.0.0' })
  })

  test('has its exact tag alone where its origin is gone, and by the registry where that tells', async () => {
    await whole.git('remote', 'set-url', 'origin', 'file:///nonexistent')
    expect((await planned({})).tags.tags).toEqual(['1.2.3'])
    const registry: Partial<Registry> = { existingLogin: async () => undefined, tags: async () => ['1.2.2', '1.3.0', '1.3', 'main'] }
    expect((await planned({ push: 'true' }, registry)).tags.tags).toEqual(['1.2.3', '1.2'])
    await whole.git('remote', 'set-url', 'origin', `file://${project.workspace}`)
  })

  test('leaves latest to a release that the registry alone has, and says so', async () => {
    const log = listener()
    const context: RunContext = { ...onTag('v1.2.3'), workspace: whole.workspace }
    const registry: Partial<Registry> = { existingLogin: async () => undefined, tags: async () => ['3.0.0', '2.0', '2'] }
    const plan = await makePlan(
      inputsWith({ push: 'true' }),
      worldIn(whole.workspace, { context, log, registry: registry as Registry }),
      RUNNER,
    )
    expect(plan.tags.lines).toContainEqual({ tag: 'latest', line: 'latest', claimedBy: '3.0.0' })
    expect(log.lines).toContain(
      'The registry has 3.0.0, of which git knows no tag: the tags of its lines stay with it. If it was withdrawn, remove 3.0.0 there.',
    )
  })

  test.each([
    {
      name: 'a plain tag that is of something else',
      tags: ['shop-v1.2.2', 'v3.0.0'],
      pushed: ['3.0.0'],
      moved: ['1.2.3', '1.2', '1', 'latest'],
    },
    { name: 'a release of its own that git has no more', tags: ['shop-v1.2.2'], pushed: ['3.0.0'], moved: ['1.2.3', '1.2', '1'] },
    {
      name: 'what only looks like a release of its own',
      tags: ['v1.2.2'],
      pushed: ['shop-9.9', 'branch-9.9'],
      moved: ['1.2.3', '1.2', '1', 'latest'],
    },
  ])('whose registry has $name', async ({ tags, pushed, moved }) => {
    const tag = tags[0]?.startsWith('shop') ? 'shop-v1.2.3' : 'v1.2.3'
    const context: RunContext = { ...onTag(tag), workspace: whole.workspace }
    const forge = { tags: async () => [...tags, tag], prereleases: async () => [] }
    const registry: Partial<Registry> = { existingLogin: async () => undefined, tags: async () => pushed }
    const world = worldIn(whole.workspace, { context, forge, registry: registry as Registry })
    const plan = await makePlan(inputsWith({ push: 'true', 'github-token': 'x' }), world, RUNNER)
    expect(plan.tags.tags).toEqual(moved)
    const claim = claimsOf(world, { githubToken: 'x' }, plan, undefined)
    for (const where of ['everywhere', 'registry'] as const)
      expect(await claim('latest', where)).toEqual(moved.includes('latest') ? undefined : { release: '3.0.0', tag: '3.0.0' })
  })

  test('of a clone that is kept yields to no tag that was taken back at the origin', async () => {
    await whole.git('tag', 'v20.0.0')
    expect((await planned({})).tags.lines).toContainEqual({ tag: 'latest', line: 'latest', claimedBy: '2.0.0' })
    await whole.git('tag', '-d', 'v20.0.0')
  })

  test('is ordered by its remote, whatever that is called', async () => {
    await whole.git('remote', 'rename', 'origin', 'upstream')
    expect((await planned({})).tags.tags).toEqual(['1.2.3', '1.2', '1'])
    await whole.git('remote', 'rename', 'upstream', 'origin')
  })

  test('runs no program that the settings of the repository name', async () => {
    await whole.git('config', 'remote.origin.uploadpack', `touch ${whole.at('ran')};`)
    await whole.git('config', 'core.sshCommand', `touch ${whole.at('ran')};`)
    expect((await planned({})).tags.tags).toEqual(['1.2.3', '1.2', '1'])
    await whole.git('remote', 'set-url', 'origin', 'git@127.0.0.1:acme/shop')
    expect((await planned({})).tags.tags).toEqual(['1.2.3'])
    await whole.git('remote', 'set-url', 'origin', `ext::touch ${whole.at('ran')}`)
    expect((await planned({})).tags.tags).toEqual(['1.2.3'])
    expect(await whole.git('status', '--porcelain', '--ignored')).not.toContain('ran')
    await whole.git('remote', 'set-url', 'origin', `file://${project.workspace}`)
  })
})

describe('a version that comes from git', () => {
  const scm = 'from setuptools import setup\nsetup(name="shop", use_scm_version=True)\n'

  test.each([
    { name: 'of a whole clone without the tags of its origin is told', tagged: true, told: true },
    { name: 'of a repository without any tag is not', tagged: false, told: false },
  ])('$name', async ({ tagged, told }) => {
    await using origin = await projectOf({ 'setup.py': scm })
    if (tagged) await origin.tag('v1.0')
    await origin.commit('Another')
    await using copy = await origin.shallow()
    await copy.git('fetch', '--quiet', '--unshallow', '--no-tags')
    const log = listener()
    const world = worldIn(copy.workspace, { context: { ...contextWith(), workspace: copy.workspace }, log })
    await makePlan(inputsWith({}), world, RUNNER)
    expect(
      log.lines.some((line) => /this clone has none of the 1 tags of its origin.*fetch-depth: 0, or fetch-tags: true/.test(line)),
    ).toBe(told)
  })
})

test('a branch that is pushed has not the tag of another one that the origin has', async () => {
  await using origin = await projectOf({ 'setup.py': 'from setuptools import setup\nsetup(name="shop", version="1.2.3")\n' })
  await using copy = await origin.shallow()
  const context = contextWith({ ref: 'refs/heads/feature/x-y', refName: 'feature/x-y', workspace: copy.workspace })
  const primary = async (push: string) =>
    (await makePlan(inputsWith({ push }), worldIn(copy.workspace, { context, registry: {} as Registry }), RUNNER)).tags.primary
  for (const branch of ['feature/x-y', 'feature-xxy', 'x/feature/x-y']) await origin.git('branch', branch)
  expect(await primary('true')).toBe('feature-x-y')
  await origin.git('branch', 'feature-x/y')
  expect(await primary('true')).toMatch(/^branch-feature-x-y-[0-9a-f]{8}$/)
  expect(await primary('false')).toBe('feature-x-y')
})

// HEAD decides: what is checked out, and not what the event is about.
describe('what is checked out against the event', () => {
  const event = { sha: 'e'.repeat(40) }

  test.each<{
    name: string
    context: Partial<RunContext>
    git: readonly (readonly string[])[]
    follows?: string
    tags: unknown
    ref: string
  }>([
    {
      name: 'a tag, on a run by hand',
      context: { event: 'workflow_dispatch' },
      git: [['checkout', '--quiet', 'v1.2.3']],
      tags: ['1.2.3', '1.2', '1', 'latest'],
      ref: 'refs/tags/v1.2.3',
    },
    {
      name: 'several tags, the highest release among them',
      context: { event: 'workflow_dispatch' },
      git: [
        ['tag', 'v1.2.4rc1'],
        ['tag', 'v1.2.4'],
        ['tag', 'zzz'],
      ],
      tags: ['1.2.4', '1.2', '1', 'latest'],
      ref: 'refs/tags/v1.2.4',
    },
    {
      name: 'another branch, whose commit has a tag that is no release',
      context: { event: 'workflow_dispatch' },
      git: [
        ['checkout', '--quiet', '-B', 'develop'],
        ['commit', '--quiet', '--allow-empty', '-m', 'x'],
        ['tag', 'stable'],
      ],
      tags: ['develop'],
      ref: 'refs/heads/develop',
    },
    {
      name: 'a tag that is no release',
      context: { event: 'workflow_dispatch' },
      git: [
        ['commit', '--quiet', '--allow-empty', '-m', 'x'],
        ['tag', 'stable'],
        ['checkout', '--quiet', 'stable'],
      ],
      tags: ['stable'],
      ref: 'refs/tags/stable',
    },
    {
      name: 'another branch',
      context: { event: 'workflow_dispatch' },
      git: [
        ['checkout', '--quiet', '-B', 'develop', 'v1.2.3~0'],
        ['commit', '--quiet', '--allow-empty', '-m', 'x'],
      ],
      tags: ['develop'],
      ref: 'refs/heads/develop',
    },
    {
      name: 'a commit on the same branch',
      context: {},
      git: [
        ['checkout', '--quiet', '-B', 'main'],
        ['commit', '--quiet', '--allow-empty', '-m', 'x'],
      ],
      tags: ['main'],
      ref: 'HEAD',
    },
    {
      name: "a pull request's head, on a comment",
      context: { event: 'issue_comment' },
      git: [
        ['checkout', '--quiet', '--detach'],
        ['commit', '--quiet', '--allow-empty', '-m', 'x'],
        ['update-ref', 'refs/remotes/pull/7/head', 'HEAD'],
      ],
      tags: ['pr-7'],
      ref: 'refs/pull/7/head',
    },
    {
      name: "a stranger's branch called main, on a comment",
      context: { event: 'issue_comment' },
      git: [
        ['checkout', '--quiet', '-B', 'main'],
        ['commit', '--quiet', '--allow-empty', '-m', 'x'],
      ],
      tags: [expect.stringMatching(/^sha-[0-9a-f]{7}$/)],
      ref: 'that commit',
    },
    {
      name: "a fork's branch as gh pr checkout makes it",
      context: { event: 'workflow_dispatch' },
      git: [
        ['checkout', '--quiet', '-B', 'main'],
        ['commit', '--quiet', '--allow-empty', '-m', 'x'],
        ['config', 'branch.main.merge', 'refs/pull/9/head'],
      ],
      tags: ['pr-9'],
      ref: 'refs/pull/9/head',
    },
    {
      name: 'a commit without a name',
      context: {},
      git: [
        ['checkout', '--quiet', '--detach'],
        ['commit', '--quiet', '--allow-empty', '-m', 'x'],
      ],
      tags: [expect.stringMatching(/^sha-[0-9a-f]{7}$/)],
      ref: 'that commit',
    },
    {
      name: 'the commit that a followed run was about',
      context: { event: 'workflow_run' },
      git: [
        ['checkout', '--quiet', '--detach'],
        ['commit', '--quiet', '--allow-empty', '-m', 'x'],
      ],
      follows: 'refs/heads/develop',
      tags: ['develop'],
      ref: 'refs/heads/develop',
    },
    {
      name: 'the head of a request that a followed run was about',
      context: { event: 'workflow_run' },
      git: [
        ['checkout', '--quiet', '--detach'],
        ['commit', '--quiet', '--allow-empty', '-m', 'x'],
      ],
      follows: 'refs/pull/5/head',
      tags: ['pr-5'],
      ref: 'refs/pull/5/head',
    },
    {
      name: 'main, on the push of a tag',
      context: { ref: 'refs/tags/v9.0.0', refName: 'v9.0.0' },
      git: [
        ['checkout', '--quiet', '-B', 'main'],
        ['commit', '--quiet', '--allow-empty', '-m', 'x'],
      ],
      tags: ['main'],
      ref: 'refs/heads/main',
    },
  ])('$name: HEAD decides, and the difference is told', async ({ context, git, follows, tags, ref }) => {
    await using mine = await projectOf({ 'setup.py': 'from setuptools import setup\nsetup(name="shop", version="1.2.3")\n' })
    await mine.tag('v1.2.3')
    for (const command of git) await mine.git(...command)
    const log = listener()
    const followed = follows ? { sha: await mine.git('rev-parse', 'HEAD'), ref: follows } : undefined
    const world = worldIn(mine.workspace, { context: { ...contextWith(), ...event, ...context, followed, workspace: mine.workspace }, log })
    const plan = await makePlan(inputsWith({}), world, RUNNER)
    expect(plan.tags.tags).toEqual(tags)
    expect(log.lines.filter((line) => line.startsWith('HEAD is '))).toEqual([expect.stringContaining(ref)])
  })

  // What a stranger may have made: a comment brings any commit, with the branches and tags of its fork.
  test.each([
    { name: "a fork's tag on a comment", event: 'issue_comment', git: [['tag', 'v99.0.0']], tags: [expect.stringMatching(/^sha-/)] },
    {
      name: "a fork's tag that is checked out",
      event: 'issues',
      git: [['checkout', '-q', 'v1.2.3']],
      tags: [expect.stringMatching(/^sha-/)],
    },
    { name: 'a tag by who may write', event: 'repository_dispatch', git: [['tag', 'v99.0.0']], tags: ['99.0.0', '99.0', '99', 'latest'] },
  ])('$name names the image: $tags', async ({ event: of, git, tags }) => {
    await using mine = await projectOf({ 'setup.py': 'from setuptools import setup\nsetup(name="shop", version="1.2.3")\n' })
    await mine.tag('v1.2.3')
    for (const command of git) await mine.git(...command)
    const context = { ...contextWith(), ...event, event: of, workspace: mine.workspace }
    expect((await makePlan(inputsWith({}), worldIn(mine.workspace, { context }), RUNNER)).tags.tags).toEqual(tags)
  })

  test('chooses no repository on a comment: the step names it', async () => {
    await using mine = await projectOf({ 'setup.py': 'from setuptools import setup\nsetup(name="shop", version="1.2.3")\n' })
    const context = { ...contextWith(), ...event, workspace: mine.workspace }
    const registry: Partial<Registry> = { tags: async () => undefined, has: async () => false, existingLogin: async () => undefined }
    const plan = (of: string, inputs: Readonly<Record<string, string>>) =>
      makePlan(
        inputsWith({ push: 'true', ...inputs }),
        worldIn(mine.workspace, { context: { ...context, event: of }, registry: registry as Registry }),
        RUNNER,
      )
    await expect(plan('issue_comment', {})).rejects.toMatchObject({
      message: "on issue_comment the image would be called shop by what is checked out, which may be anybody's code",
      next: 'Set image-name.',
    })
    expect((await plan('issue_comment', { 'image-name': 'store' })).repository.path).toBe('acme/store')
    expect((await plan('workflow_dispatch', {})).repository.path).toBe('acme/shop')
  })

  describe('of pull_request_target', () => {
    const request = { number: 7, fork: false, headSha: 'f'.repeat(40), baseSha: 'b'.repeat(40) }
    test('is the same of a request that is merged, whose event is of the branch', async () => {
      await using mine = await projectOf({ 'setup.py': 'from setuptools import setup\nsetup(name="shop", version="1.2.3")\n' })
      const sha = await mine.git('rev-parse', 'HEAD')
      const context = { ...contextWith({ event: 'pull_request', pullRequest: request, baseRef: 'main' }), sha, workspace: mine.workspace }
      const log = listener()
      expect((await makePlan(inputsWith({}), worldIn(mine.workspace, { context, log }), RUNNER)).tags.tags).toEqual(['main'])
      expect(log.lines.join()).toContain('the branch that pull request 7 goes to, and not the request')
    })

    const tagsFor = async (git: readonly (readonly string[])[], pullRequest: NonNullable<RunContext['pullRequest']>, sha?: string) => {
      await using mine = await projectOf({ 'setup.py': 'from setuptools import setup\nsetup(name="shop", version="1.2.3")\n' })
      for (const command of git) await mine.git(...command)
      const head = await mine.git('rev-parse', 'HEAD')
      const log = listener()
      const named = {
        ...pullRequest,
        ...(pullRequest.headSha === 'HEAD' && { headSha: head }),
        ...(pullRequest.baseSha === 'HEAD' && { baseSha: head }),
      }
      const context = {
        ...contextWith({ event: 'pull_request_target', pullRequest: named, baseRef: 'main' }),
        sha: sha ?? head,
        workspace: mine.workspace,
      }
      const rules = { tags: 'type=ref,event=pr\ntype=ref,event=branch' }
      const world = worldIn(mine.workspace, { context, log })
      const [plain, ruled] = [await makePlan(inputsWith({}), world, RUNNER), await makePlan(inputsWith(rules), world, RUNNER)]
      return { tags: [...plain.tags.tags, ...ruled.tags.tags], told: log.lines.filter((line) => line.startsWith('HEAD is ')).length > 0 }
    }
    const other = 'e'.repeat(40)

    test.each([
      { name: 'the base, as actions/checkout has it, is no pr-7', git: [], request, sha: undefined, tags: ['main', 'main'], told: true },
      {
        name: 'an older base is no pr-7',
        git: [],
        request: { ...request, baseSha: 'HEAD' },
        sha: other,
        tags: [expect.stringMatching(/^sha-/)],
        told: true,
      },
      {
        name: 'the branch of the base is no pr-7',
        git: [['checkout', '-q', '-B', 'main']],
        request,
        sha: other,
        tags: [expect.stringMatching(/^sha-/)],
        told: true,
      },
      {
        name: "the request's own commit is pr-7",
        git: [['checkout', '-q', '--detach']],
        request: { ...request, headSha: 'HEAD' },
        sha: other,
        tags: ['pr-7', 'pr-7'],
        told: false,
      },
      { name: 'its merge is pr-7', git: [['checkout', '-q', '--detach']], request, sha: other, tags: ['pr-7', 'pr-7'], told: false },
    ])('$name', async ({ git, request: pullRequest, sha, tags, told }) => {
      expect(await tagsFor(git, pullRequest, sha)).toEqual({ tags, told })
    })
  })

  test('names no tags where the input version does: of a weekly rebuild, say', async () => {
    await using mine = await projectOf({ 'setup.py': 'from setuptools import setup\nsetup(name="shop", version="1.2.3")\n' })
    await mine.tag('v1.2.3')
    await mine.git('checkout', '--quiet', 'v1.2.3')
    const log = listener()
    const world = worldIn(mine.workspace, { context: { ...contextWith(), ...event, event: 'schedule', workspace: mine.workspace }, log })
    expect((await makePlan(inputsWith({ version: '1.2.3-weekly' }), world, RUNNER)).tags.tags).toEqual(['1.2.3-weekly'])
    expect(log.lines.filter((line) => line.startsWith('HEAD is '))).toEqual([expect.stringMatching(/: the image is made from HEAD\.$/)])
  })

  test('is not told where they are the same', async () => {
    const log = listener()
    const sha = await project.git('rev-parse', 'HEAD')
    const world = worldIn(project.workspace, { context: { ...contextWith(), sha, workspace: project.workspace }, log })
    expect((await makePlan(inputsWith({}), world, RUNNER)).tags.tags).toEqual(['main'])
    expect(log.lines.join()).not.toContain('HEAD is')
  })
})

describe('the login of each of several registries', () => {
  const REGISTRIES = 'a.example\nghcr.io/acme\nb.example'
  const logins = (inputs: Readonly<Record<string, string>>) =>
    [0, 1, 2].map((index) => loginOf(inputsWith({ registry: REGISTRIES, 'github-token': 'ghs_x', ...inputs }), 'octocat', index))
  const ACTOR = { username: 'octocat', password: 'ghs_x' }

  test.each([
    { name: 'is one that docker has, and for ghcr.io the token of the run', inputs: {}, are: [undefined, ACTOR, undefined] },
    {
      name: 'is of its lines',
      inputs: { username: 'ada\neve\nbob', password: 'x\ny\nz' },
      are: [
        { username: 'ada', password: 'x' },
        { username: 'eve', password: 'y' },
        { username: 'bob', password: 'z' },
      ],
    },
    {
      name: 'is skipped by a dash, and is not given for those without a line',
      inputs: { username: '-\neve', password: '-\ny' },
      are: [undefined, { username: 'eve', password: 'y' }, undefined],
    },
  ])('$name', ({ inputs, are }) => {
    expect(logins(inputs)).toEqual(are)
  })

  test('is an error where half of it is missing, which names the line', () => {
    const error = userError(() => logins({ username: 'ada\neve', password: 'x' }))
    expect(error.message).toBe('username is set alone, for the registry of line 2')
  })

  test('of a single registry may have lines', () => {
    const inputs = inputsWith({ registry: 'a.example', username: 'ada', password: 'x\ny' })
    expect(loginOf(inputs, 'octocat')).toEqual({ username: 'ada', password: 'x\ny' })
  })
})
