import { describe, expect, test } from '@jest/globals'
import { claimsOn, needsKnownTags, planTags, type TagRequest } from '../../../src/plan/tags/tags.ts'
import { contextWith, onTag, outsideGitHub, userError } from '../../support/values.ts'

const request: TagRequest = {
  version: '',
  rules: [],
  flavor: [],
  suffix: '',
  imageName: 'shop',
  known: [],
  sha: '',
  committed: new Date(0),
  now: new Date(0),
}

describe('a final release', () => {
  test.each([
    { name: 'that is the first moves everything', tag: 'v1.2.3', known: ['v1.2.3'], tags: ['1.2.3', '1.2', '1', 'latest'] },
    { name: 'may be tagged without a v', tag: '1.2.3', known: ['1.2.3'], tags: ['1.2.3', '1.2', '1', 'latest'] },
    { name: 'of two parts moves one less', tag: 'v1.2', known: [], tags: ['1.2', '1', 'latest'] },
    { name: 'of four parts moves one more', tag: 'v1.2.3.4', known: [], tags: ['1.2.3.4', '1.2.3', '1.2', '1', 'latest'] },
    {
      name: 'that is the newest of many moves everything',
      tag: 'v2.0.0',
      known: ['v1.9.9', 'v1.10.0', 'v2.0.0'],
      tags: ['2.0.0', '2.0', '2', 'latest'],
    },
    {
      name: 'is compared by numbers, not by letters',
      tag: 'v1.10.0',
      known: ['v1.9.0', 'v1.10.0'],
      tags: ['1.10.0', '1.10', '1', 'latest'],
    },
    {
      name: 'of an older line after 2.0 moves its own line, not latest',
      tag: 'v1.4.9',
      known: ['v1.4.8', 'v1.4.9', 'v2.0'],
      tags: ['1.4.9', '1.4', '1'],
    },
    {
      name: 'that is a back-port within its major moves its minor alone',
      tag: 'v1.3.7',
      known: ['v1.3.7', 'v1.4.0'],
      tags: ['1.3.7', '1.3'],
    },
    { name: 'that is older than its own line moves nothing', tag: 'v1.4.1', known: ['v1.4.1', 'v1.4.2'], tags: ['1.4.1'] },
    {
      name: 'does not yield to a higher pre-release',
      tag: 'v1.2.3',
      known: ['v1.2.3', 'v2.0rc1', 'v1.3.0.dev1'],
      tags: ['1.2.3', '1.2', '1', 'latest'],
    },
    { name: 'does not yield to itself written otherwise', tag: 'v1.2.0', known: ['1.2', 'v1.2.0'], tags: ['1.2.0', '1.2', '1', 'latest'] },
    { name: 'yields to a higher one that is written shorter', tag: 'v2.0.0', known: ['v2.0.0', 'v2.1'], tags: ['2.0.0', '2.0'] },
    {
      name: 'does not yield to tags that are no releases',
      tag: 'v1.2.3',
      known: ['nightly', '2026', 'v9', 'release-9.9'],
      tags: ['1.2.3', '1.2', '1', 'latest'],
    },
    { name: 'never moves 0 alone', tag: 'v0.5.1', known: [], tags: ['0.5.1', '0.5', 'latest'] },
    { name: 'of an older 0.x line moves its minor alone', tag: 'v0.4.2', known: ['v0.5.0'], tags: ['0.4.2', '0.4'] },
    {
      name: 'may be named after the image with a hyphen',
      tag: 'shop-v1.2.3',
      known: ['shop-v1.2.3'],
      tags: ['1.2.3', '1.2', '1', 'latest'],
    },
    {
      name: 'may be named after the image with a slash',
      tag: 'shop/v1.2.3',
      known: ['shop/v1.2.3'],
      tags: ['1.2.3', '1.2', '1', 'latest'],
    },
    { name: 'may be named after the image without a v', tag: 'shop-1.2.3', known: [], tags: ['1.2.3', '1.2', '1', 'latest'] },
    {
      name: 'yields to releases of the same image, not to those of another',
      tag: 'shop/v1.2.3',
      known: ['shop/v1.2.3', 'shop-v1.3.0', 'blog/v9.0.0', 'blog-v9.0.0'],
      tags: ['1.2.3', '1.2'],
    },
  ])('$name', ({ tag, known, tags }) => {
    const plan = planTags({ ...request, known }, onTag(tag))
    expect(plan).toMatchObject({ tags, primary: tags[0], release: tags[0], notices: [], moving: tags.slice(1) })
  })

  // A run of an old release that is started again must not take back what a higher one of its line has since.
  test.each([
    { name: 'of two parts', tag: 'v1.2', known: ['v1.2', 'v1.2.1'], by: '1.2.1', others: [] },
    { name: 'of two parts, of several higher ones', tag: 'v1.2', known: ['v1.2.1', 'v1.2.10', 'v1.3'], by: '1.2.10', others: [] },
    { name: 'by the year and month', tag: '2025.06', known: ['2025.06', '2025.06.1', '2025.07'], by: '2025.06.1', others: [] },
    { name: 'of three parts', tag: 'v1.2.3', known: ['v1.2.3.1'], by: '1.2.3.1', others: [] },
    { name: 'of an image', tag: 'shop-v1.2', known: ['shop-v1.2', 'shop-v1.2.1'], by: '1.2.1', others: [] },
  ])('$name leaves its own tag to a higher one of its line, and says so', ({ tag, known, by, others }) => {
    for (const flavor of [[], ['latest=false']]) {
      const plan = planTags({ ...request, known, flavor }, onTag(tag))
      expect([plan.tags, plan.primary]).toEqual([others, plan.release])
      expect(plan.notices).toEqual([`The tag ${plan.release} is that of ${by} now, a higher release of its line, and stays there.`])
      expect(plan.lines).toContainEqual({ tag: plan.release, line: plan.release, claimedBy: by })
    }
  })

  test.each([
    { name: 'written shorter', tag: 'v1.2.0', known: ['v1.2'] },
    { name: 'written longer', tag: 'v1.2', known: ['v1.2.0'] },
    { name: 'that is a pre-release of its line', tag: 'v1.2', known: ['v1.2.1rc1'] },
    { name: 'of another line', tag: 'v1.2', known: ['v1.20.1'] },
  ])('keeps its own tag beside one $name', ({ tag, known }) => {
    expect(planTags({ ...request, known }, onTag(tag)).tags).toContain(tag.slice(1))
  })

  test('whose own tag is claimed while the image is made is seen right before the push', () => {
    const plan = planTags({ ...request, suffix: '-test' }, onTag('v1.2'))
    expect(claimsOn(plan, { known: ['v1.2', 'v1.2.1'] }, 'shop')).toEqual(
      new Map(['1.2', '1', 'latest'].map((tag) => [`${tag}-test`, '1.2.1'])),
    )
  })

  test.each([
    { name: 'leaves latest to a higher one', prereleases: [], tags: ['1.4.9', '1.4', '1'] },
    {
      name: 'takes latest beside a higher one that is marked as a pre-release',
      prereleases: ['v2.0.0'],
      tags: ['1.4.9', '1.4', '1', 'latest'],
    },
    { name: 'leaves it where that of something else is', prereleases: ['cart-v2.0.0'], tags: ['1.4.9', '1.4', '1'] },
    { name: 'leaves it to the registry of a release', prereleases: ['v2.0.0rc1'], tags: ['1.4.9', '1.4', '1'] },
  ])('$name', ({ prereleases, tags }) => {
    const plan = planTags({ ...request, known: ['v1.4.8', 'v2.0.0', '2.0.0', 'cart-v2.0.0'], prereleases }, onTag('v1.4.9'))
    expect(plan.tags).toEqual(tags)
    const claim = claimsOn(plan, { known: ['v2.0.0', '2.0.0'], prereleases }, 'shop').get('latest')
    expect(claim).toBe(tags.includes('latest') ? undefined : '2.0.0')
  })

  test('is not held back by a plain release of something else that is marked', () => {
    const known = ['shop-v1.4.8', 'shop-v2.0.0', 'v2.0.0']
    expect(planTags({ ...request, known, prereleases: ['v2.0.0'] }, onTag('shop-v1.4.9')).tags).toEqual(['1.4.9', '1.4', '1'])
  })

  test.each([
    { name: 'that is none by its version', tag: 'v2.0rc1', context: {}, says: 'flavor gives latest to 2.0rc1, which is no final release.' },
    {
      name: 'that is marked as one',
      tag: 'v2.0',
      context: { prerelease: true },
      says: 'Only 2.0 is tagged, and latest by the flavor: the release is marked as a pre-release.',
    },
    {
      name: 'that is marked as one, by rules',
      tag: 'v2.0.0',
      context: { prerelease: true },
      rules: ['type=semver,pattern={{version}}'],
      says: 'flavor gives latest to 2.0.0, whose release is marked as a pre-release.',
    },
    {
      name: 'that is none by its version, by rules',
      tag: 'v2.0.0-rc.1',
      context: {},
      rules: ['type=semver,pattern={{version}}'],
      says: 'flavor gives latest to 2.0.0-rc.1, which is no final release.',
    },
  ])('$name and that the flavor calls latest is told', ({ tag, context, rules = [], says }) => {
    const plan = planTags({ ...request, rules, known: [tag], flavor: ['latest=true'] }, { ...onTag(tag), ...context })
    expect([plan.tags.at(-1), plan.notices]).toEqual(['latest', [says]])
  })

  test('that the flavor calls latest below a higher one is told', () => {
    const plan = planTags({ ...request, known: ['v2.0.0'], flavor: ['latest=true'] }, onTag('v1.4.9'))
    expect([plan.tags, plan.notices]).toEqual([['1.4.9', '1.4', '1', 'latest'], ['flavor gives latest to 1.4.9, although 2.0.0 is out.']])
  })

  test('of the last part of a long image name is read', () => {
    expect(planTags({ ...request, imageName: 'web/shop' }, onTag('shop-v1.2.3')).release).toBe('1.2.3')
  })

  test.each([
    { imageName: 'shop', tag: 'Shop-v1.2.3' },
    { imageName: 'shop-app', tag: 'shop_app-v1.2.3' },
    { imageName: 'shop-app', tag: 'Shop.App/1.2.3' },
  ])('of the image $imageName is read from $tag, as names are written', ({ imageName, tag }) => {
    expect(planTags({ ...request, imageName, known: [] }, onTag(tag)).tags).toEqual(['1.2.3', '1.2', '1', 'latest'])
  })

  test('of shop is not read from shopping-v1.2.3, nor from web-shop-v1.2.3', () => {
    for (const tag of ['shopping-v1.2.3', 'web-shop-v1.2.3', 'shop.v1.2.3'])
      expect(planTags({ ...request, known: [] }, onTag(tag)).release).toBeUndefined()
  })

  test('gives only itself and a notice where the other tags are not known', () => {
    const plan = planTags({ ...request, known: undefined }, onTag('v1.2.3'))
    expect(plan).toMatchObject({ tags: ['1.2.3'], primary: '1.2.3', release: '1.2.3' })
    expect(plan.notices).toEqual([expect.stringMatching(/^Only 1\.2\.3 is tagged: .*fetch-depth: 0.*github-token/)])
  })
})

// Several images in one repository, whose tags have the name of each: a plain tag is of something else.
describe('in a repository with releases of single images', () => {
  const known = ['shop-v1.2.3', 'shop-v1.3.0', 'blog-v2.0.0', 'v3.0.0']

  test.each([
    { name: 'by the image', imageName: 'shop', folder: '', says: 'A tag that begins as shop-v1.2.3 does moves latest.' },
    { name: 'by a part of it', imageName: 'web/shop', folder: 'x', says: 'A tag that begins as shop-v1.2.3 does moves latest.' },
    {
      name: 'by its folder',
      imageName: 'acme-shop',
      folder: 'shop',
      says: 'To read those, set tags: type=pep440,pattern={{version}},match=^shop-v?(.+)$',
    },
  ])('a plain tag moves nothing of an image that has its own $name, and says why', ({ imageName, folder, says }) => {
    const plan = planTags({ ...request, imageName, folder, known }, onTag('v3.0.0'))
    expect(plan).toMatchObject({ tags: ['3.0.0'], moving: [], lines: [] })
    expect(plan.notices).toEqual([
      `Only 3.0.0 is tagged: shop-v1.2.3 is how this repository names releases of this project, so v3.0.0 may be one of something else. ${says}`,
    ])
  })

  test.each([
    {
      name: 'an image that has none counts plain ones',
      imageName: 'api',
      folder: 'api',
      tag: 'v3.0.0',
      tags: ['3.0.0', '3.0', '3', 'latest'],
    },
    { name: 'its own are compared with its own', imageName: 'shop', folder: '', tag: 'shop-v1.4.0', tags: ['1.4.0', '1.4', '1', 'latest'] },
    { name: 'an older one of its own moves its line', imageName: 'shop', folder: '', tag: 'shop-v1.2.4', tags: ['1.2.4', '1.2'] },
  ])('$name', ({ imageName, folder, tag, tags }) => {
    expect(planTags({ ...request, imageName, folder, known }, onTag(tag))).toMatchObject({ tags, notices: [] })
  })
})

describe('a release that is not final gives only itself', () => {
  test.each([
    { name: 'as a release candidate', tag: 'v1.2.3rc1', only: '1.2.3rc1' },
    { name: 'as a release candidate with a hyphen', tag: 'v1.2.3-rc.1', only: '1.2.3-rc.1' },
    { name: 'as an alpha', tag: 'v1.2a1', only: '1.2a1' },
    { name: 'as a beta', tag: 'v1.2.0b2', only: '1.2.0b2' },
    { name: 'as a post-release', tag: 'v1.2.3.post1', only: '1.2.3.post1' },
    { name: 'as a post-release by hyphen', tag: 'v1.2.3-1', only: '1.2.3-1' },
    { name: 'as a dev-release', tag: 'v1.2.3.dev4', only: '1.2.3.dev4' },
    { name: 'as a pre-release by semver.org alone', tag: 'v2.0.0-next.1', only: '2.0.0-next.1' },
    { name: 'as one with words', tag: 'v1.0.0-alpha.beta', only: '1.0.0-alpha.beta' },
    { name: 'as a pre-release of one image', tag: 'shop-v2.0rc1', only: '2.0rc1' },
    { name: 'as a local version, with - for its +', tag: 'v1.2.3+cuda.12', only: '1.2.3-cuda.12' },
  ])('$name', ({ tag, only }) => {
    const plan = planTags({ ...request, known: undefined }, onTag(tag))
    expect(plan).toMatchObject({ tags: [only], moving: [] })
    expect(plan.notices).toEqual(
      only === '1.2.3-cuda.12' ? ['The release 1.2.3+cuda.12 is tagged 1.2.3-cuda.12: a tag cannot hold a +.'] : [],
    )
    expect(plan.release).toBe(only.replace('-cuda', '+cuda'))
  })
})

describe('a tag that is no release stays as it is, without latest,', () => {
  test.each([
    { name: 'as a word', tag: 'stable', only: 'stable' },
    { name: 'as a year', tag: '2026', only: '2026' },
    { name: 'as a single number', tag: 'v2', only: 'v2' },
    { name: 'as an almost-version', tag: 'v1.2.x', only: 'v1.2.x' },
    { name: 'with a hyphen for a slash', tag: 'demo/one', only: 'demo-one' },
  ])('$name', ({ tag, only }) => {
    expect(planTags(request, onTag(tag))).toEqual({
      tags: [only],
      primary: only,
      release: undefined,
      moving: [],
      lines: [],
      notices: [],
    })
  })

  test.each([
    { name: 'is latest', tag: 'latest', known: [], only: 'tag-latest' },
    { name: 'is nightly', tag: 'nightly', known: [], only: 'tag-nightly' },
    { name: 'is a pull request', tag: 'pr-7', known: [], only: 'tag-pr-7' },
    { name: 'is a commit', tag: 'sha-860c190', known: [], only: 'tag-sha-860c190' },
    { name: 'is the default branch', tag: 'main', known: [], only: 'tag-main' },
    { name: 'is the line of releases', tag: '2026', known: ['2026.1.3'], only: 'tag-2026' },
    { name: 'may be the line of releases that nobody told of', tag: '2026', known: undefined, only: 'tag-2026' },
    { name: 'is the line of a leg', tag: '1.2-test', known: ['v1.2.3'], only: 'tag-1.2-test' },
    { name: 'is the line of a leg with a v', tag: 'v1-test', known: ['v1.2.3'], only: 'tag-v1-test' },
    { name: 'is a release of a leg', tag: '1.2-test', known: ['v1.2'], only: 'tag-1.2-test' },
    { name: 'is another tag with hyphens', tag: 'demo/one', known: ['demo-one'], only: 'tag-demo-one' },
    { name: 'is what a branch is told apart by', tag: 'tag-latest', known: [], only: 'tag-tag-latest' },
    { name: 'is in another script', tag: 'выпуск', known: [], only: /^tag-[0-9a-f]{8}$/ },
    { name: 'is a version with an epoch', tag: '1!2.0', known: [], only: /^tag-1-2\.0-[0-9a-f]{8}$/ },
  ])('unless it $name: then it is told apart, with a notice', ({ tag, known, only }) => {
    const plan = planTags({ ...request, known }, onTag(tag))
    expect(plan.tags).toEqual([typeof only === 'string' ? only : expect.stringMatching(only)])
    expect(plan.notices).toEqual([expect.stringContaining(`The tag ${tag} is tagged ${plan.primary}: `)])
  })

  test.each([
    { tag: 'backend-v2.22.0', read: '2.22.0' },
    { tag: 'v.2.22.0', read: '2.22.0' },
    { tag: '@acme/shop@1.2.3', read: '1.2.3' },
    { tag: 'release-9.9', read: '9.9' },
    { tag: 'blog/v1.2.3', read: '1.2.3' },
    { tag: 'web/api@v3.0.0-next.2', read: '3.0.0-next.2' },
    { tag: 'релиз-1.2.3', read: '1.2.3' },
    { tag: 'r3.0.0', read: '3.0.0' },
    { tag: 'releasev3.0.0', read: '3.0.0' },
  ])('and where it holds a version, as $tag does, the rule that reads it is told', ({ tag, read }) => {
    const { notices } = planTags(request, onTag(tag))
    const rule = notices.map((notice) => /To read its version, set tags: (.*)$/.exec(notice)?.[1]).find(Boolean) ?? ''
    const ruled = planTags({ ...request, rules: [rule] }, onTag(tag))
    expect([ruled.primary, ruled.release, ruled.notices]).toEqual([read, read, []])
  })
})

describe('a release by the calendar', () => {
  test.each([
    { tag: '2025.06.1', known: ['2025.06.1'], tags: ['2025.06.1', '2025.06', '2025', 'latest'] },
    { tag: 'v2025.06.1', known: ['v2025.07.0'], tags: ['2025.06.1', '2025.06'] },
    { tag: '25.04', known: ['24.10', '25.04'], tags: ['25.04', '25', 'latest'] },
    { tag: '2025.06.01', known: ['2025.6.2'], tags: ['2025.06.01'] },
    { tag: '01.2', known: ['1.2.3'], tags: ['01.2'] },
  ])('keeps its zeros: $tag', ({ tag, known, tags }) => {
    expect(planTags({ ...request, known }, onTag(tag)).tags).toEqual(tags)
  })
})

describe('a local version whose form with a hyphen is another release', () => {
  test.each([
    { name: 'by its own form', tag: 'v1.2.3+1', known: [] },
    { name: 'of the repository', tag: 'v1.2.3+rc.x', known: ['v1.2.3-rc.x'] },
  ])('has an underscore: $name', ({ tag, known }) => {
    expect(planTags({ ...request, known }, onTag(tag)).tags).toEqual([tag.slice(1).replace('+', '_')])
  })
})

test('a release whose version is too long for a tag is an error, and not cut', () => {
  expect(userError(() => planTags(request, onTag(`v1.2.3-${'x'.repeat(150)}`))).message).toMatch(/is not legal as an image tag$/)
})

test('a release that is marked as a pre-release moves nothing', () => {
  const plan = planTags({ ...request, known: ['v2.0.0'] }, { ...onTag('v2.0.0'), event: 'release', prerelease: true })
  expect(plan.tags).toEqual(['2.0.0'])
  expect(plan.notices).toEqual(['Only 2.0.0 is tagged: the release is marked as a pre-release.'])
})

describe('a run that is not for a tag', () => {
  test.each([
    { name: 'takes the name of the branch', context: contextWith(), tag: 'main' },
    {
      name: 'takes a branch with slashes with hyphens',
      context: contextWith({ ref: 'refs/heads/feature/a/b', refName: 'feature/a/b' }),
      tag: 'feature-a-b',
    },
    {
      name: 'takes the number of the pull request from the ref where the event does not tell',
      context: contextWith({ event: 'workflow_dispatch', ref: 'refs/pull/7/head', refName: '7/head' }),
      tag: 'pr-7',
    },
    { name: 'takes the branch by hand', context: contextWith({ event: 'workflow_dispatch' }), tag: 'main' },
    {
      name: 'takes the number of the pull request',
      context: contextWith({
        event: 'pull_request',
        ref: 'refs/pull/17/merge',
        refName: '17/merge',
        pullRequest: { number: 17, fork: false },
      }),
      tag: 'pr-17',
    },
    {
      name: 'takes the number of the pull request where the ref is the base branch',
      context: contextWith({ event: 'pull_request_target', pullRequest: { number: 17, fork: true } }),
      tag: 'pr-17',
    },
    { name: 'is nightly on a schedule', context: contextWith({ event: 'schedule' }), tag: 'nightly' },
    {
      name: 'is its branch on a schedule of another one than the default branch, as in GitLab',
      context: contextWith({ event: 'schedule', ref: 'refs/heads/release/1.x', refName: 'release/1.x' }),
      tag: 'release-1.x',
    },
    { name: 'is latest outside GitHub', context: outsideGitHub(), tag: 'latest' },
  ])('$name', ({ context, tag }) => {
    const plan = { tags: [tag], primary: tag, release: undefined, moving: [tag], lines: [], notices: [] }
    expect(planTags(request, context)).toEqual(plan)
  })
})

const onBranch = (name: string) => contextWith({ ref: `refs/heads/${name}`, refName: name })

describe('a branch never takes the tag of something else', () => {
  test.each([
    { name: 'a version', branch: '1.2.3', only: 'branch-1.2.3' },
    { name: 'a line', branch: '1.2', only: 'branch-1.2' },
    { name: 'a major', branch: '1', only: 'branch-1' },
    { name: 'a year', branch: '2026', only: 'branch-2026' },
    { name: 'a line with a v', branch: 'v2', only: 'branch-v2' },
    { name: 'a line with a capital', branch: 'V2.0', only: 'branch-V2.0' },
    { name: 'latest', branch: 'latest', only: 'branch-latest' },
    { name: 'the latest of a leg', branch: 'latest-test', only: 'branch-latest-test' },
    { name: 'the line of a leg', branch: '1.2-test', only: 'branch-1.2-test' },
    { name: 'nightly', branch: 'nightly', only: 'branch-nightly' },
    { name: 'edge', branch: 'edge', only: 'branch-edge' },
    { name: 'a pull request', branch: 'pr-7', only: 'branch-pr-7' },
    { name: 'a pull request by a slash', branch: 'pr/7', only: 'branch-pr-7' },
    { name: 'a commit', branch: 'sha-860c190', only: 'branch-sha-860c190' },
    { name: 'where statements on an image stand', branch: `sha256-${'a'.repeat(64)}`, only: `branch-sha256-${'a'.repeat(64)}` },
    { name: 'its signature', branch: `sha256-${'a'.repeat(64)}.sig`, only: `branch-sha256-${'a'.repeat(64)}.sig` },
    { name: 'the line of a leg by an underscore', branch: '1.2_test', only: 'branch-1.2_test' },
    { name: 'the latest of a leg by an underscore', branch: 'latest_test', only: 'branch-latest_test' },
    { name: 'a release candidate', branch: '2.0rc1', only: 'branch-2.0rc1' },
    { name: 'a pre-release by semver.org', branch: 'v2.0.0-next.1', only: 'branch-v2.0.0-next.1' },
    { name: 'a version by slashes', branch: '1.2/3', only: 'branch-1.2-3' },
    { name: 'what another branch is told apart by', branch: 'branch-1.2', only: 'branch-branch-1.2' },
    { name: 'a tag of the repository', branch: 'stable', known: ['stable'], only: 'branch-stable' },
    { name: 'a tag of the repository with a slash', branch: 'demo-one', known: ['demo/one'], only: 'branch-demo-one' },
    { name: 'the major of a leg', branch: '1-test', known: ['v1.2.3'], only: 'branch-1-test' },
  ])('as $name', ({ branch, known, only }) => {
    const plan = planTags({ ...request, known }, onBranch(branch))
    expect([plan.tags, plan.primary]).toEqual([[only], only])
    expect(plan.notices).toEqual([expect.stringContaining(`The branch ${branch} is tagged ${only}: `)])
  })

  test.each([
    { branch: '1.2.x', tag: '1.2.x' },
    { branch: 'release/1.2', tag: 'release-1.2' },
    { branch: '123-fix-login', tag: '123-fix-login' },
    { branch: 'develop', tag: 'develop' },
    { branch: 'dependabot/pip/django-5.2', tag: 'dependabot-pip-django-5.2' },
    { branch: 'main', tag: 'main', known: ['main'] },
  ])('and keeps its name otherwise: $branch', ({ branch, tag, known }) => {
    expect(planTags({ ...request, known }, onBranch(branch))).toMatchObject({ tags: [tag], notices: [] })
  })
})

describe('two branches that differ by / and - alone', () => {
  const tagged = (branch: string, branches: readonly string[], rules: readonly string[] = []) =>
    planTags({ ...request, branches, rules }, onBranch(branch))

  test.each([
    { name: 'one of which has none', all: ['feature/login', 'feature-login'] },
    { name: 'in two places', all: ['a/b-c', 'a-b/c', 'a/b/c'] },
    { name: 'under rules', all: ['a/b-c', 'a-b/c'], rules: ['type=ref,event=branch,prefix=on-'] },
  ])('never have one tag: $name', ({ all, rules }) => {
    const plans = all.map((branch) => tagged(branch, all, rules))
    expect(new Set(plans.map(({ primary }) => primary)).size).toBe(all.length)
    for (const [i, branch] of all.entries())
      expect(plans[i]?.notices).toEqual(
        branch.includes('/') ? [expect.stringMatching(/ is tagged branch-\S+-[0-9a-f]{8}: \S+ belongs to another branch\.$/)] : [],
      )
  })

  test('have none beside a git tag of that name either', () => {
    const all = ['feature/login', 'feature-login']
    const plans = all.map((name) => planTags({ ...request, branches: all, known: ['feature-login'] }, onBranch(name)))
    expect(plans.map(({ tags }) => tags)).toEqual([[expect.stringMatching(/^branch-feature-login-[0-9a-f]{8}$/)], ['branch-feature-login']])
  })

  test('keep their names beside others', () => {
    expect(tagged('feature/login', ['feature/login', 'feature/logout'])).toMatchObject({ tags: ['feature-login'], notices: [] })
  })
})

describe('a branch whose name no tag can hold has one that nobody else can have, with a notice', () => {
  test.each([
    { name: 'in Cyrillic', branch: 'функция/вход', only: /^branch-[0-9a-f]{8}$/ },
    { name: 'in Chinese with a version', branch: '发布/1.2.3', only: /^branch-1\.2\.3-[0-9a-f]{8}$/ },
    { name: 'with an accent', branch: 'fix/entrée', only: /^branch-fix-entree-[0-9a-f]{8}$/ },
    { name: 'with a sign', branch: 'fix#12', only: /^branch-fix-12-[0-9a-f]{8}$/ },
    { name: 'of signs alone', branch: '@@', only: /^branch-[0-9a-f]{8}$/ },
    { name: 'with a plus', branch: '1.2+x', only: /^branch-1\.2-x-[0-9a-f]{8}$/ },
    { name: 'that is too long', branch: `${'x'.repeat(200)}`, only: /^branch-x{112}-[0-9a-f]{8}$/ },
  ])('$name', ({ branch, only }) => {
    const plan = planTags(request, onBranch(branch))
    expect(plan.tags).toEqual([expect.stringMatching(only)])
    expect(plan.notices).toEqual([expect.stringMatching(/^The branch .* is tagged branch-.*: a tag cannot hold its name\.$/)])
  })

  test('and no two of them the same', () => {
    const names = ['функция', 'вход', 'x-функция', 'x-вход', `${'x'.repeat(199)}y`, `${'x'.repeat(199)}z`, 'a#b', 'a@b']
    expect(new Set(names.map((name) => planTags(request, onBranch(name)).primary)).size).toBe(names.length)
  })

  test.each([
    { name: 'by the name', rule: 'type=ref,event=branch', branch: 'функция/вход', only: /^branch-[0-9a-f]{8}$/ },
    { name: 'by an expression', rule: 'type=raw,value={{branch}}', branch: 'функция/1.2', only: /^branch-1\.2-[0-9a-f]{8}$/ },
    { name: 'of a release', rule: 'type=ref,event=branch', branch: '1.2', only: /^branch-1\.2$/ },
    { name: 'of a release by an expression', rule: '{{branch}}', branch: 'latest', only: /^branch-latest$/ },
    {
      name: 'with signs, as docker/metadata-action has it',
      rule: 'type=ref,event=branch',
      branch: 'my/feature#1245',
      only: /^my-feature-1245$/,
    },
    { name: 'of a release, with a prefix', rule: 'type=ref,event=branch,prefix=on-', branch: '1.2', only: /^on-1\.2$/ },
  ])('under rules too, $name', ({ rule, branch, only }) => {
    const plan = planTags({ ...request, rules: [rule] }, onBranch(branch))
    expect(plan.tags).toEqual([expect.stringMatching(only)])
    expect(plan.notices).toHaveLength(branch === '1.2' && rule.includes('on-') ? 0 : 1)
  })
})

describe('a branch never takes what rules or the flavor give to a tag of the repository', () => {
  test.each([
    {
      name: 'by a prefix',
      rules: ['type=ref,event=branch', 'type=semver,pattern={{version}},prefix=rel-'],
      flavor: [],
      branch: 'rel-1.2.3',
    },
    { name: 'by a line', rules: ['type=ref,event=branch', 'type=semver,pattern={{major}}-line'], flavor: [], branch: 'x/../1-line' },
    { name: "by the flavor's prefix", rules: [], flavor: ['prefix=rel-'], branch: '1.2' },
    {
      name: 'by a pattern',
      rules: ['type=ref,event=branch', 'type=match,pattern=v(.*)\\.\\d+$,group=1,suffix=-stable'],
      flavor: [],
      branch: '1.2-stable',
    },
  ])('$name', ({ rules, flavor, branch }) => {
    const known = ['v1.2.3']
    const taken = planTags({ ...request, rules, flavor, known }, onTag('v1.2.3')).tags
    const [tag = ''] = planTags({ ...request, rules, flavor, known }, onBranch(branch)).tags
    expect(taken).not.toContain(tag)
  })
})

test('a schedule of a git tag is that release, as in GitLab', () => {
  const plan = planTags({ ...request, known: ['v1.2.3', 'v2.0.0'] }, { ...onTag('v1.2.3'), event: 'schedule' })
  expect(plan.tags).toEqual(['1.2.3', '1.2', '1'])
})

describe('the flavor', () => {
  const flavored = (context: Parameters<typeof planTags>[1], flavor: string[], rules: string[] = []) =>
    planTags({ ...request, sha: '860c1904a1ce19322e91ac35af1ab07466440c37', flavor, rules }, context).tags
  const semver = ['type=semver,pattern={{version}}', 'type=sha']

  // What docker/metadata-action says of latest, prefix, suffix and onlatest.
  test.each([
    { name: 'latest=false', flavor: ['latest=false'], tags: ['1.2.3', 'sha-860c190'] },
    { name: 'latest=auto', flavor: ['latest=auto'], tags: ['1.2.3', 'sha-860c190', 'latest'] },
    { name: 'a prefix, which a rule with its own does without', flavor: ['prefix=foo-'], tags: ['foo-1.2.3', 'sha-860c190', 'latest'] },
    { name: 'a prefix for latest too', flavor: ['prefix=foo-,onlatest=true'], tags: ['foo-1.2.3', 'sha-860c190', 'foo-latest'] },
    { name: 'a suffix', flavor: ['suffix=-bar'], tags: ['1.2.3-bar', 'sha-860c190-bar', 'latest'] },
    {
      name: 'all of them on two lines',
      flavor: ['latest=true', 'prefix=foo-,onlatest=true,suffix=-bar,onlatest=true'],
      tags: ['foo-1.2.3-bar', 'sha-860c190-bar', 'foo-latest-bar'],
    },
    { name: 'an expression', flavor: ['suffix=-{{sha}}', '# a comment'], tags: ['1.2.3-860c190', 'sha-860c190-860c190', 'latest'] },
  ])('under rules: $name', ({ flavor, tags }) => {
    expect(flavored(onTag('v1.2.3'), flavor, semver)).toEqual(tags)
  })

  test('latest=true is for branches too', () => {
    expect(flavored(contextWith(), ['latest=true'], ['type=ref,event=branch'])).toEqual(['main', 'latest'])
  })

  test.each([
    { name: 'latest=false', context: onTag('v1.2.3'), flavor: ['latest=false'], tags: ['1.2.3', '1.2', '1'] },
    { name: 'a prefix', context: onTag('v1.2.3'), flavor: ['prefix=x-'], tags: ['x-1.2.3', 'x-1.2', 'x-1', 'latest'] },
    { name: 'a suffix for all', context: onTag('v1.2'), flavor: ['suffix=-s,onlatest=true'], tags: ['1.2-s', '1-s', 'latest-s'] },
    { name: 'a prefix of a branch', context: contextWith(), flavor: ['prefix=x-'], tags: ['x-main'] },
    { name: 'latest=true of a branch', context: contextWith(), flavor: ['latest=true'], tags: ['main', 'latest'] },
    { name: 'a prefix that makes a branch a version', context: onBranch('1.2'), flavor: ['prefix=v'], tags: ['branch-v1.2'] },
  ])('without rules: $name', ({ context, flavor, tags }) => {
    expect(flavored(context, flavor)).toEqual(tags)
  })

  test.each(['latest=yes', 'latest', 'onlatest=true', 'prefx=a', 'prefix=a,onlatest=maybe'])(
    'that cannot be followed is an error: %s',
    (line) => {
      expect(userError(() => flavored(contextWith(), [line])).message).toMatch(/^flavor: ".*" in ".*" cannot be followed$/)
    },
  )

  test.each(['prefix=a/b', 'suffix= x y', 'prefix=-x', 'prefix={{branch}}/,onlatest=true', 'suffix=é'])(
    'with what no tag can hold is an error, on every event: %s',
    (line) => {
      expect(userError(() => flavored(onTag('v1.2.3'), [line], ['type=ref,event=branch'])).message).toMatch(
        /^flavor: (prefix|suffix) ".*" cannot stand in a tag$/,
      )
    },
  )

  test.each(['suffix=.1', 'suffix=3', 'suffix=rc1', 'prefix=2.', 'prefix=1'])(
    '%s makes another version of a release, which is an error',
    (flavor) => {
      expect(userError(() => planTags({ ...request, flavor: [flavor] }, contextWith())).message).toMatch(
        /^flavor makes the tag [\d.rc]+ of the release 1\.2, which is another version$/,
      )
      expect(planTags({ ...request, flavor: [flavor], rules: ['type=sha'], sha: 'a'.repeat(40) }, contextWith()).tags).toHaveLength(1)
    },
  )

  test.each(['suffix=-1', 'suffix=.slim', 'prefix=v', 'prefix=2-', 'suffix=_3'])('%s does not', (flavor) => {
    expect(planTags({ ...request, flavor: [flavor] }, contextWith()).tags).toHaveLength(1)
  })

  test('and version are not set together', () => {
    const both = () => planTags({ ...request, version: '1', flavor: ['latest=true'] }, contextWith())
    expect(userError(both).message).toBe('version and flavor are both set')
  })
})

describe('what is not its own is told of a pull request', () => {
  const pull = contextWith({
    event: 'pull_request',
    ref: 'refs/pull/7/merge',
    refName: '7/merge',
    baseRef: 'release/1',
    pullRequest: { number: 7, fork: false },
  })
  test.each([
    { name: 'by the flavor', flavor: ['latest=true'], rules: [], tag: 'latest' },
    { name: 'by a plain tag', flavor: [], rules: ['type=ref,event=pr', 'latest'], tag: 'latest' },
    { name: 'by the branch it goes to', flavor: [], rules: ['{{base_ref}}'], tag: 'release-1' },
    { name: 'by a plain branch', flavor: [], rules: ['main'], tag: 'main' },
  ])('$name', ({ flavor, rules, tag }) => {
    const { tags, notices } = planTags({ ...request, flavor, rules }, pull)
    expect(tags).toContain(tag)
    expect(notices).toContain(`The tags of pull request 7 have ${tag} among them, which is not its own.`)
  })

  test('by the version that is set', () => {
    expect(planTags({ ...request, version: 'latest' }, pull)).toMatchObject({
      tags: ['latest'],
      notices: ['The tags of pull request 7 have latest among them, which is not its own.'],
    })
  })

  test('and not of what is its own, nor of a push', () => {
    expect(planTags({ ...request, rules: ['type=ref,event=pr', 'type=sha'], sha: 'a'.repeat(40) }, pull).notices).toEqual([])
    expect(planTags({ ...request, rules: ['latest'] }, contextWith()).notices).toEqual([])
  })
})

describe('what is not its own is told of a branch', () => {
  test.each([
    { name: 'latest by the flavor', branch: 'rel/1.x', given: { flavor: ['latest=true'] }, tag: 'latest' },
    { name: 'latest by a rule', branch: 'rel/1.x', given: { rules: ['type=ref,event=branch', 'latest'] }, tag: 'latest' },
    { name: 'latest by the version', branch: 'dev', given: { version: 'latest' }, tag: 'latest' },
    { name: 'the default branch', branch: 'dev', given: { rules: ['main'] }, tag: 'main' },
    { name: 'a release by its own name as the version', branch: '1.2', given: { version: '1.2' }, tag: '1.2' },
    { name: 'a release by its own name as a tag', branch: 'v2', given: { rules: ['v2'] }, tag: 'v2' },
  ])('$name', ({ branch, given, tag }) => {
    expect(planTags({ ...request, ...given }, onBranch(branch)).notices).toContain(
      `The tags of the branch ${branch} have ${tag} among them, which is not its own.`,
    )
  })

  test.each([
    { name: 'latest is that of the default branch', branch: 'main', given: { flavor: ['latest=true'] } },
    { name: 'the version is another one', branch: '1.x', given: { version: '1.2.3' } },
  ])('and not where $name', ({ branch, given }) => {
    expect(planTags({ ...request, ...given }, onBranch(branch)).notices).toEqual([])
  })
})

describe('{{is_default_branch}} is true', () => {
  const rules = ['type=raw,value=latest,enable={{is_default_branch}}']
  test.each([
    { name: 'of the default branch', context: contextWith(), is: true },
    { name: 'of it on a schedule that does not name it', context: contextWith({ event: 'schedule', defaultBranch: '' }), is: true },
    {
      name: 'not of another branch that is created',
      context: contextWith({ event: 'create', ref: 'refs/heads/x', refName: 'x' }),
      is: false,
    },
    { name: 'not of a tag that is created', context: { ...onTag('v1'), event: 'create' }, is: false },
    { name: 'not of a request that is checked out', context: contextWith({ event: 'issues', ref: 'refs/pull/7/head' }), is: false },
  ])('$name', ({ context, is }) => {
    expect(planTags({ ...request, rules }, context).tags).toEqual(is ? ['latest'] : [])
  })
})

describe('the environment of docker/metadata-action', () => {
  const sha = '860c1904a1ce19322e91ac35af1ab07466440c37'
  const pull = contextWith({
    event: 'pull_request',
    ref: 'refs/pull/7/merge',
    refName: '7/merge',
    pullRequest: { number: 7, fork: false, headSha: 'f'.repeat(40) },
  })
  test.each([
    { name: 'has names of 12 characters', metadata: { prHeadSha: false, shortSha: '12' }, tags: ['sha-860c1904a1ce', 'at-860c1904a1ce'] },
    { name: 'has names longer than there are', metadata: { prHeadSha: false, shortSha: '99' }, tags: [`sha-${sha}`, `at-${sha}`] },
    { name: "has the request's own commit", metadata: { prHeadSha: true, shortSha: '' }, tags: ['sha-fffffff', 'at-fffffff'] },
  ])('$name', ({ metadata, tags }) => {
    const rules = ['type=sha,priority=300', 'at-{{sha}}']
    expect(planTags({ ...request, sha, rules }, { ...pull, metadata }).tags).toEqual(tags)
  })

  test.each(['x', '0', '-1', '1.5'])('with a length of %s is an error', (shortSha) => {
    const context = { ...pull, metadata: { prHeadSha: false, shortSha } }
    expect(userError(() => planTags({ ...request, sha, rules: ['type=sha'] }, context)).message).toBe(
      `DOCKER_METADATA_SHORT_SHA_LENGTH is "${shortSha}"`,
    )
  })

  test("of a pull request's head is pr-7 under rules", () => {
    const context = contextWith({ event: 'workflow_dispatch', ref: 'refs/pull/7/head', refName: '7/head' })
    expect(planTags({ ...request, rules: ['type=ref,event=pr'] }, context).tags).toEqual(['pr-7'])
  })
})

describe('the input version', () => {
  test.each([
    { version: '1.2.4', told: ['The git tag is of 1.2.3, and version says 1.2.4: version decides.'] },
    { version: '1.2.3', told: [] },
    { version: 'v1.2.3', told: [] },
    { version: 'edge', told: [] },
  ])('$version beside the git tag v1.2.3 is told where they are two releases', ({ version, told }) => {
    expect(planTags({ ...request, version }, onTag('v1.2.3')).notices).toEqual(told)
  })

  test('is the only tag, whatever the ref says', () => {
    const plan = planTags({ ...request, version: 'edge', known: ['v1.2.3'] }, onTag('v1.2.3'))
    expect(plan).toMatchObject({ tags: ['edge'], primary: 'edge', release: '1.2.3', notices: [], moving: ['edge'] })
  })

  test('is refused where it is no legal tag', () => {
    expect(userError(() => planTags({ ...request, version: 'a b' }, contextWith())).message).toBe(
      'version "a b" is not legal as an image tag',
    )
  })
})

describe('the suffix', () => {
  test('ends every tag', () => {
    const plan = planTags({ ...request, suffix: '-test' }, onTag('v1.2.3'))
    expect([plan.tags, plan.primary, plan.release]).toEqual([['1.2.3-test', '1.2-test', '1-test', 'latest-test'], '1.2.3-test', '1.2.3'])
  })

  test('ends the input version too', () => {
    expect(planTags({ ...request, version: '7', suffix: '-test' }, contextWith()).tags).toEqual(['7-test'])
  })

  test('is kept whole where a branch has a very long name', () => {
    const plan = planTags({ ...request, suffix: '-test' }, contextWith({ ref: 'refs/heads/x', refName: 'x'.repeat(200) }))
    expect(plan.tags).toEqual([expect.stringMatching(/^branch-x{107}-[0-9a-f]{8}-test$/)])
  })

  test.each([
    {
      name: 'a release',
      tag: 'v1.2.3',
      suffix: '-test',
      known: ['v1.2.3-test'],
      error: /^the tag 1\.2\.3-test of this leg of 1\.2\.3 is that of the release/,
    },
    {
      name: 'a release of the image',
      tag: 'shop-v1.2.3',
      suffix: '-rc.1',
      known: ['shop-v1.2.3-rc.1'],
      error: /1\.2\.3-rc\.1 of this leg/,
    },
  ])('is refused where it makes the tag of $name', ({ tag, suffix, known, error }) => {
    const refused = userError(() => planTags({ ...request, suffix, known }, onTag(tag)))
    expect([refused.message, refused.next]).toEqual([expect.stringMatching(error), expect.stringMatching(/, such as _(test|rc\.1)\.$/)])
    expect(planTags({ ...request, suffix: suffix.replace('-', '_'), known }, onTag(tag)).primary).toBe(`1.2.3${suffix.replace('-', '_')}`)
    expect(planTags({ ...request, suffix, known: ['v1.2.4-test'] }, onTag(tag)).primary).toBe(`1.2.3${suffix}`)
  })

  test.each(['1', '.1', '3.12', 'rc1', '.post1', 'b'])(
    'is refused where it makes another version, as %s does, on branches too',
    (suffix) => {
      const error = userError(() => planTags({ ...request, suffix }, contextWith()))
      expect(error.message).toBe(`tag-suffix "${suffix}" makes the tag 1.2${suffix} of the release 1.2, which is another version`)
    },
  )

  test.each(['-1', '_3.12', '.slim', 'test', 'py312'])('may be %s', (suffix) => {
    expect(planTags({ ...request, suffix }, contextWith()).tags).toEqual([`main${suffix}`])
  })

  test('is refused where it makes an illegal tag', () => {
    expect(userError(() => planTags({ ...request, suffix: '/x' }, contextWith())).message).toBe(
      'tag-suffix "main/x" is not legal as an image tag',
    )
  })
})

describe('the other tags of the repository', () => {
  test.each([
    { name: 'matter to a final release', context: onTag('v1.2.3'), version: '', needed: 'all' },
    { name: 'matter to a final release of this image', context: onTag('shop-v1.2.3'), version: '', needed: 'all' },
    { name: 'do not matter to a pre-release', context: onTag('v1.2.3rc1'), version: '', needed: 'none' },
    { name: 'matter little to a tag that is no release', context: onTag('stable'), version: '', needed: 'at hand' },
    { name: 'matter little to a branch', context: contextWith(), version: '', needed: 'at hand' },
    { name: 'matter to a schedule of a release', context: { ...onTag('v1.2.3'), event: 'schedule' }, version: '', needed: 'all' },
    {
      name: 'matter little to a schedule of another branch',
      context: contextWith({ event: 'schedule', ref: 'refs/heads/dev', refName: 'dev' }),
      version: '',
      needed: 'at hand',
    },
    { name: 'do not matter to a schedule', context: contextWith({ event: 'schedule' }), version: '', needed: 'none' },
    { name: 'do not matter where the version is given', context: onTag('v1.2.3'), version: 'edge', needed: 'none' },
    { name: 'do not matter outside GitHub', context: outsideGitHub(), version: '', needed: 'none' },
  ])('$name', ({ context, version, needed }) => {
    expect(needsKnownTags({ version, imageName: 'shop' }, context)).toBe(needed)
  })

  test('are told of where rules move a tag over a higher release', () => {
    const plan = planTags({ ...request, rules: ['type=semver,pattern={{version}}'], known: ['v2.0.0'] }, onTag('v1.4.9'))
    expect(plan.tags).toEqual(['1.4.9', 'latest'])
    expect(plan.notices).toEqual([expect.stringMatching(/^The rules of tags give latest to 1\.4\.9, although 2\.0\.0 is out/)])
  })
})
