import { describe, expect, test } from '@jest/globals'
import { matrixSuffix, needsKnownTags, planTags, type TagRequest } from '../../src/plan/tags.ts'
import { contextWith, onTag, outsideGitHub, userError } from '../support/values.ts'

const request: TagRequest = {
  version: '',
  rules: [],
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
    expect(plan).toEqual({ tags, primary: tags[0], release: tags[0], notices: [] })
  })

  test('of the last part of a long image name is read', () => {
    expect(planTags({ ...request, imageName: 'web/shop' }, onTag('shop-v1.2.3')).release).toBe('1.2.3')
  })

  test('gives only itself and a notice where the other tags are not known', () => {
    const plan = planTags({ ...request, known: undefined }, onTag('v1.2.3'))
    expect(plan).toMatchObject({ tags: ['1.2.3'], primary: '1.2.3', release: '1.2.3' })
    expect(plan.notices).toEqual([expect.stringMatching(/^Only 1\.2\.3 is tagged: .*fetch-depth: 0.*github-token/)])
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
    { name: 'as a pre-release of one image', tag: 'shop-v2.0rc1', only: '2.0rc1' },
    { name: 'as a local version, with - for its +', tag: 'v1.2.3+cuda.12', only: '1.2.3-cuda.12' },
  ])('$name', ({ tag, only }) => {
    const plan = planTags({ ...request, known: undefined }, onTag(tag))
    expect([plan.tags, plan.notices]).toEqual([[only], []])
    expect(plan.release).toBe(only.replace('-cuda', '+cuda'))
  })
})

describe('a tag that is no release stays as it is, without latest,', () => {
  test.each([
    { name: 'as a word', tag: 'stable', only: 'stable' },
    { name: 'as a year', tag: '2026', only: '2026' },
    { name: 'as a single number', tag: 'v2', only: 'v2' },
    { name: 'as a release of another image', tag: 'blog-v1.2.3', only: 'blog-v1.2.3' },
    { name: 'as a release of another image with a slash', tag: 'blog/v1.2.3', only: 'blog-v1.2.3' },
    { name: 'as an almost-version', tag: 'v1.2.x', only: 'v1.2.x' },
    { name: 'as a version with an epoch', tag: '1!2.0', only: '1-2.0' },
  ])('$name', ({ tag, only }) => {
    expect(planTags(request, onTag(tag))).toEqual({ tags: [only], primary: only, release: undefined, notices: [] })
  })
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
      name: 'takes a branch named like a version as a branch',
      context: contextWith({ ref: 'refs/heads/1.2.3', refName: '1.2.3' }),
      tag: '1.2.3',
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
    { name: 'is latest outside GitHub', context: outsideGitHub(), tag: 'latest' },
  ])('$name', ({ context, tag }) => {
    expect(planTags(request, context)).toEqual({ tags: [tag], primary: tag, release: undefined, notices: [] })
  })
})

describe('the input version', () => {
  test('is the only tag, whatever the ref says', () => {
    const plan = planTags({ ...request, version: 'edge', known: ['v1.2.3'] }, onTag('v1.2.3'))
    expect(plan).toEqual({ tags: ['edge'], primary: 'edge', release: '1.2.3', notices: [] })
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
    expect(plan.tags).toEqual([`${'x'.repeat(123)}-test`])
  })

  test('is refused where it makes an illegal tag', () => {
    expect(userError(() => planTags({ ...request, suffix: '/x' }, contextWith())).message).toBe(
      'tag-suffix "main/x" is not legal as an image tag',
    )
  })
})

describe('the other tags of the repository', () => {
  test.each([
    { name: 'matter to a final release', context: onTag('v1.2.3'), version: '', needed: true },
    { name: 'matter to a final release of this image', context: onTag('shop-v1.2.3'), version: '', needed: true },
    { name: 'do not matter to a pre-release', context: onTag('v1.2.3rc1'), version: '', needed: false },
    { name: 'do not matter to a tag that is no release', context: onTag('stable'), version: '', needed: false },
    { name: 'do not matter to a branch', context: contextWith(), version: '', needed: false },
    { name: 'do not matter where the version is given', context: onTag('v1.2.3'), version: 'edge', needed: false },
    { name: 'do not matter outside GitHub', context: outsideGitHub(), version: '', needed: false },
  ])('$name', ({ context, version, needed }) => {
    expect(needsKnownTags({ version, rules: [], imageName: 'shop' }, context)).toBe(needed)
  })

  test('do not matter where rules make the tags', () => {
    expect(needsKnownTags({ version: '', rules: ['type=semver,pattern={{major}}'], imageName: 'shop' }, onTag('v1.2.3'))).toBe(false)
  })
})

describe('the suffix of a leg of a matrix', () => {
  test.each([
    { name: 'is none for the leg without extras', extras: [], given: '', matrix: '{"extras":""}', suffix: '' },
    { name: 'is the extra of the leg that has one', extras: ['test'], given: 'test', matrix: '{"extras":"test"}', suffix: '-test' },
    {
      name: 'is found under any name in the matrix',
      extras: ['test'],
      given: 'test',
      matrix: '{"python":"3.13","flavour":"test"}',
      suffix: '-test',
    },
    {
      name: 'is all extras of the leg',
      extras: ['test', 'docs'],
      given: 'test,docs',
      matrix: '{"extras":"test,docs"}',
      suffix: '-test-docs',
    },
    {
      name: 'is read from lines as well',
      extras: ['test', 'docs'],
      given: 'test\ndocs',
      matrix: '{"extras":"test\\ndocs\\n"}',
      suffix: '-test-docs',
    },
    {
      name: 'leaves out that an extra is a group',
      extras: ['group:dev'],
      given: 'group:dev',
      matrix: '{"extras":"group:dev"}',
      suffix: '-dev',
    },
    { name: 'is none where every leg has the same extras', extras: ['test'], given: 'test', matrix: '{"python":"3.13"}', suffix: '' },
    { name: 'is none outside a matrix', extras: ['test'], given: 'test', matrix: 'null', suffix: '' },
    { name: 'is none where no matrix is handed over', extras: ['test'], given: 'test', matrix: '', suffix: '' },
    { name: 'is none where the matrix is not JSON', extras: ['test'], given: 'test', matrix: '{', suffix: '' },
    { name: 'does not take a part of a value for the extra', extras: ['test'], given: 'test', matrix: '{"name":"test-all"}', suffix: '' },
    { name: 'reads numbers of the matrix as texts', extras: ['2'], given: '2', matrix: '{"extras":2}', suffix: '-2' },
  ])('$name', ({ extras, given, matrix, suffix }) => {
    expect(matrixSuffix(extras, given, matrix)).toBe(suffix)
  })
})
