import { describe, expect, test } from '@jest/globals'
import type { RunContext } from '../../../src/context.ts'
import { errorLine } from '../../../src/errors.ts'
import { planTags, type TagRequest } from '../../../src/plan/tags/tags.ts'
import { contextWith, inputsWith, onTag, outsideGitHub, userError } from '../../support/values.ts'

const SHA = '860c1904a1ce19322e91ac35af1ab07466440c37'
const request = (...rules: string[]): TagRequest => ({
  version: '',
  rules,
  flavor: [],
  suffix: '',
  imageName: 'shop',
  known: undefined,
  sha: SHA,
  committed: new Date('2020-01-08T12:05:06Z'),
  now: new Date('2020-01-10T00:30:00Z'),
})
const onBranch = (name: string, more: Partial<RunContext> = {}) => contextWith({ ref: `refs/heads/${name}`, refName: name, ...more })
const onPull = (number: number, more: Partial<RunContext> = {}) =>
  contextWith({
    event: 'pull_request',
    ref: `refs/pull/${number}/merge`,
    refName: `${number}/merge`,
    pullRequest: { number, fork: false },
    baseRef: 'main',
    ...more,
  })
const onSchedule = () => onBranch('main', { event: 'schedule', defaultBranch: '' })
const tagsOf = (context: RunContext, ...rules: string[]) => planTags(request(...rules), context).tags

// Rows are facts of docker/metadata-action: its README's tables, and its tests.
describe('type=semver', () => {
  test.each([
    { name: 'raw is the tag as it is', tag: 'v1.2.3', rule: 'pattern={{raw}}', tags: ['v1.2.3', 'latest'] },
    { name: 'version has no v', tag: 'v1.2.3', rule: 'pattern={{version}}', tags: ['1.2.3', 'latest'] },
    { name: 'major and minor', tag: 'v1.2.3', rule: 'pattern={{major}}.{{minor}}', tags: ['1.2', 'latest'] },
    { name: 'a v before the major', tag: 'v1.2.3', rule: 'pattern=v{{major}}', tags: ['v1', 'latest'] },
    { name: 'the minor alone', tag: 'v1.2.3', rule: 'pattern={{minor}}', tags: ['2', 'latest'] },
    { name: 'the patch alone', tag: 'v1.2.3', rule: 'pattern={{patch}}', tags: ['3', 'latest'] },
    { name: 'blanks inside an expression do not matter', tag: 'v1.2.3', rule: 'pattern={{ major }}', tags: ['1', 'latest'] },
    { name: 'a part of the tag', tag: 'p1/v1.2.3', rule: 'pattern={{version}},match=v(\\d.\\d.\\d)$', tags: ['1.2.3', 'latest'] },
    { name: 'a pre-release is not latest', tag: 'v2.0.8-beta.67', rule: 'pattern={{version}}', tags: ['2.0.8-beta.67'] },
    { name: 'a pre-release by raw', tag: 'v2.0.8-beta.67', rule: 'pattern={{raw}}', tags: ['v2.0.8-beta.67'] },
    { name: 'a pre-release moves no major', tag: 'v2.0.8-beta.67', rule: 'pattern={{major}}', tags: ['2.0.8-beta.67'] },
    { name: 'a pre-release moves no minor', tag: 'v2.0.8-beta.67', rule: 'pattern={{major}}.{{minor}}', tags: ['2.0.8-beta.67'] },
    { name: 'build metadata is not part of version', tag: 'v9.5.7-alpha.2+fork.3', rule: 'pattern={{version}}', tags: ['9.5.7-alpha.2'] },
    { name: 'a plus becomes a hyphen', tag: 'v9.5.7+fork.3', rule: 'pattern={{raw}}', tags: ['v9.5.7-fork.3', 'latest'] },
    { name: 'a value of its own', tag: 'other', rule: 'pattern={{version}},value=v1.0.0', tags: ['1.0.0', 'latest'] },
    { name: 'a prefix', tag: 'v1.2.3', rule: 'pattern={{version}},prefix=shop-', tags: ['shop-1.2.3', 'latest'] },
    { name: 'a suffix', tag: 'v1.2.3', rule: 'pattern={{version}},suffix=-slim', tags: ['1.2.3-slim', 'latest'] },
    { name: 'major zero is made where it is asked for', tag: 'v0.1.2', rule: 'pattern={{major}}', tags: ['0', 'latest'] },
  ])('$name', ({ tag, rule, tags }) => {
    expect(tagsOf(onTag(tag), `type=semver,${rule}`)).toEqual(tags)
  })

  test('says nothing of a tag that is no semantic version, and a notice tells', () => {
    const plan = planTags(request('type=semver,pattern={{version}}', 'plain'), onTag('v1.2'))
    expect(plan.tags).toEqual(['plain'])
    expect(plan.notices).toEqual(['tags: "type=semver,pattern={{version}}" gives no tag: v1.2 is no version by semver.org.'])
  })

  test('says nothing on a branch, unless it has a value of its own', () => {
    expect(tagsOf(onBranch('main'), 'type=semver,pattern={{version}}', 'x')).toEqual(['x'])
    expect(tagsOf(onBranch('main'), 'type=semver,pattern={{version}},value=v3.2.1', 'x')).toEqual(['3.2.1', 'x', 'latest'])
  })
})

describe('type=pep440', () => {
  test.each([
    { name: 'raw is the tag as it is', tag: '1.2.3', pattern: '{{raw}}', tags: ['1.2.3', 'latest'] },
    { name: 'version is cleaned', tag: 'v1.2.3', pattern: '{{version}}', tags: ['1.2.3', 'latest'] },
    { name: 'major and minor', tag: '1.2.3', pattern: '{{major}}.{{minor}}', tags: ['1.2', 'latest'] },
    { name: 'a v before the major', tag: '1.2.3', pattern: 'v{{major}}', tags: ['v1', 'latest'] },
    { name: 'a pre-release by raw', tag: 'v1.2.3rc2', pattern: '{{raw}}', tags: ['v1.2.3rc2'] },
    { name: 'a pre-release', tag: '1.2.3rc2', pattern: '{{version}}', tags: ['1.2.3rc2'] },
    { name: 'a pre-release moves nothing', tag: '1.2.3rc2', pattern: '{{major}}.{{minor}}', tags: ['1.2.3rc2'] },
    { name: 'a post-release is cleaned and moves nothing', tag: '1.2.3post1', pattern: '{{major}}.{{minor}}', tags: ['1.2.3.post1'] },
    { name: 'beta is written b', tag: '1.2.3beta2', pattern: '{{major}}.{{minor}}', tags: ['1.2.3b2'] },
    { name: 'a development release', tag: '1.0dev4', pattern: '{{major}}.{{minor}}', tags: ['1.0.dev4'] },
    { name: 'two parts are enough', tag: 'v1.2', pattern: '{{version}}', tags: ['1.2', 'latest'] },
  ])('$name', ({ tag, pattern, tags }) => {
    expect(tagsOf(onTag(tag), `type=pep440,pattern=${pattern}`)).toEqual(tags)
  })
})

describe('type=match', () => {
  test.each([
    { name: 'the whole match', tag: 'v1.2.3', rule: 'pattern=\\d.\\d.\\d', tags: ['1.2.3', 'latest'] },
    { name: 'a group', tag: 'v2.0.8-beta.67', rule: 'pattern=v(.*),group=1', tags: ['2.0.8-beta.67', 'latest'] },
    { name: 'a shorter group', tag: 'v2.0.8-beta.67', rule: 'pattern=v(\\d.\\d),group=1', tags: ['2.0', 'latest'] },
    { name: 'digits', tag: '20200110-RC2', rule: 'pattern=\\d+', tags: ['20200110', 'latest'] },
    { name: 'a tag with a slash', tag: 'p1/v1.2.3', rule: 'pattern=p1/v(\\d.\\d.\\d),group=1', tags: ['1.2.3', 'latest'] },
    { name: 'flags', tag: 'REL-7', rule: 'pattern=/rel-(\\d)/i,group=1', tags: ['7', 'latest'] },
    { name: 'all matches by the flag g', tag: 'v1.2.3', rule: 'pattern=/\\d/g,group=1', tags: ['2', 'latest'] },
    { name: 'a comma in quotes, as docker/metadata-action needs them', tag: 'v12', rule: '"""pattern=\\d{1,2}"""', tags: ['12', 'latest'] },
    { name: 'a comma in quotes', tag: 'v12', rule: '"pattern=\\d{1,2}"', tags: ['12', 'latest'] },
    { name: 'a value of its own', tag: 'x', rule: 'pattern=v(.*),group=1,value=v1.0.0', tags: ['1.0.0', 'latest'] },
  ])('$name', ({ tag, rule, tags }) => {
    expect(tagsOf(onTag(tag), `type=match,${rule}`)).toEqual(tags)
  })

  test.each(['semver', 'pep440'])('and match= of type=%s keep versions of something else out of a monorepo', (type) => {
    const rule = `type=${type},pattern={{version}},match=^shop-v(.+)$`
    expect(planTags(request(rule), onTag('shop-v1.2.3')).tags).toEqual(['1.2.3', 'latest'])
    const { tags, notices } = planTags(request(rule), onTag('v3.0.0'))
    expect([tags, notices[0]]).toEqual([[], `tags: "${rule}" gives no tag: ^shop-v(.+)$ does not match v3.0.0.`])
  })

  test('tells by a notice what does not match', () => {
    expect(planTags(request('type=match,pattern=x+', 'y'), onTag('v1')).notices).toEqual([
      'tags: "type=match,pattern=x+" gives no tag: it does not match v1.',
    ])
  })
})

describe('types of the event', () => {
  test.each([
    { name: 'a branch', context: onBranch('master'), rule: 'type=ref,event=branch', tags: ['master'] },
    { name: 'a branch with a slash', context: onBranch('my/branch'), rule: 'type=ref,event=branch', tags: ['my-branch'] },
    { name: 'a pull request', context: onPull(2), rule: 'type=ref,event=pr', tags: ['pr-2'] },
    { name: 'a pull request with another prefix', context: onPull(2), rule: 'type=ref,event=pr,prefix=', tags: ['2'] },
    {
      name: 'pull_request_target runs for the request, not for the branch it goes to',
      context: onPull(3, { event: 'pull_request_target', ref: 'refs/heads/main' }),
      rule: 'type=ref,event=pr',
      tags: ['pr-3'],
    },
    { name: 'a git tag, which is latest too', context: onTag('v1.2.3'), rule: 'type=ref,event=tag', tags: ['v1.2.3', 'latest'] },
    { name: 'any git tag', context: onTag('v2.0.8-beta.67'), rule: 'type=ref,event=tag', tags: ['v2.0.8-beta.67', 'latest'] },
    { name: 'a run by hand', context: onBranch('main', { event: 'workflow_dispatch' }), rule: 'type=ref,event=branch', tags: ['main'] },
    { name: 'a short commit', context: onBranch('main'), rule: 'type=sha', tags: ['sha-860c190'] },
    { name: 'a long commit', context: onBranch('main'), rule: 'type=sha,format=long', tags: [`sha-${SHA}`] },
    { name: 'a commit without a prefix', context: onBranch('main'), rule: 'type=sha,prefix=', tags: ['860c190'] },
    { name: 'a commit after the branch', context: onBranch('main'), rule: 'type=sha,prefix={{branch}}-', tags: ['main-860c190'] },
    { name: 'a commit before the branch', context: onBranch('main'), rule: 'type=sha,suffix=-{{branch}}', tags: ['sha-860c190-main'] },
    { name: 'a request before its branch', context: onPull(7), rule: 'type=ref,event=pr,suffix=-{{base_ref}}', tags: ['pr-7-main'] },
    { name: 'an edge before the branch', context: onBranch('main'), rule: 'type=edge,suffix=-{{branch}}', tags: ['edge-main'] },
    { name: 'a schedule before the branch', context: onSchedule(), rule: 'type=schedule,suffix=-{{branch}}', tags: ['nightly-main'] },
    { name: 'the default branch is edge', context: onBranch('main'), rule: 'type=edge', tags: ['edge'] },
    { name: 'a named branch is edge', context: onBranch('dev'), rule: 'type=edge,branch=dev', tags: ['edge'] },
    { name: 'a schedule is on the default branch', context: onSchedule(), rule: 'type=edge', tags: ['edge'] },
    { name: 'a schedule', context: onSchedule(), rule: 'type=schedule', tags: ['nightly'] },
    { name: 'a schedule with a pattern', context: onSchedule(), rule: 'type=schedule,pattern=weekly', tags: ['weekly'] },
    { name: 'a schedule by its date', context: onSchedule(), rule: "type=schedule,pattern={{date 'YYYYMMDD'}}", tags: ['20200110'] },
    {
      name: 'a schedule by the date in a time zone',
      context: onSchedule(),
      rule: "type=schedule,pattern={{date 'YYYYMMDD-HHmmss' tz='Asia/Tokyo'}}",
      tags: ['20200110-093000'],
    },
  ])('$name', ({ context, rule, tags }) => {
    expect(tagsOf(context, rule)).toEqual(tags)
  })

  test.each([
    { name: 'ref,event=branch on a tag', context: onTag('v1'), rule: 'type=ref,event=branch' },
    { name: 'ref,event=tag on a branch', context: onBranch('main'), rule: 'type=ref,event=tag' },
    { name: 'ref,event=pr on a branch', context: onBranch('main'), rule: 'type=ref,event=pr' },
    { name: 'schedule on a push', context: onBranch('main'), rule: 'type=schedule' },
    { name: 'edge on another branch', context: onBranch('dev'), rule: 'type=edge' },
    { name: 'edge on a tag', context: onTag('v1'), rule: 'type=edge' },
  ])('$name says nothing', ({ context, rule }) => {
    expect(tagsOf(context, rule, 'x')).toEqual(['x'])
  })
})

describe('plain tags and type=raw', () => {
  test.each([
    { name: 'a plain tag', rule: 'foo', tags: ['foo'] },
    { name: 'a value', rule: 'type=raw,value=foo', tags: ['foo'] },
    { name: 'a whole line in quotes', rule: '"type=raw,value=foo,prefix=x-"', tags: ['x-foo'] },
    { name: 'a bare value', rule: 'type=raw,foo', tags: ['foo'] },
    { name: 'latest', rule: 'type=raw,value=latest', tags: ['latest'] },
    { name: 'expressions', rule: 'type=raw,value=mytag-{{branch}}-{{sha}}', tags: ['mytag-my-branch-860c190'] },
    { name: 'the commit’s date', rule: "type=raw,value={{commit_date 'YYYYMMDD'}}", tags: ['20200108'] },
    { name: 'words of a date', rule: `"type=raw","value={{date 'ddd Do MMM YY, h a'}}"`, tags: ['Fri-10th-Jan-20-12-am'] },
    { name: 'text in a date', rule: "type=raw,value={{date '[week]WW'}}", tags: ['week02'] },
  ])('$name', ({ rule, tags }) => {
    expect(tagsOf(onBranch('my/branch'), rule)).toEqual(tags)
  })

  test('are all there is outside GitHub, where no event is', () => {
    expect(tagsOf(outsideGitHub(), 'type=ref,event=branch', 'type=semver,pattern={{version}}', 'local')).toEqual(['local'])
  })

  test.each([
    { name: 'the default branch', context: onBranch('main'), tags: ['latest', 'x'] },
    { name: 'another branch', context: onBranch('dev'), tags: ['x'] },
    { name: 'a schedule', context: onSchedule(), tags: ['latest', 'x'] },
  ])('follow enable={{is_default_branch}} on $name', ({ context, tags }) => {
    expect(tagsOf(context, 'type=raw,value=latest,enable={{is_default_branch}}', 'x')).toEqual(tags)
  })

  test('know the branch that a pull request goes to', () => {
    expect(tagsOf(onPull(2), 'type=raw,value=to-{{base_ref}}')).toEqual(['to-main'])
    expect(tagsOf(onBranch('dev', { baseRef: 'main' }), 'type=raw,value=to-{{base_ref}}')).toEqual(['to-'])
  })
})

test('a release that is marked as a pre-release has its version alone, as the pattern writes it', () => {
  const marked = { ...onTag('v1.2.3'), event: 'release', prerelease: true }
  const rules = ['v{{version}}', '{{raw}}', '{{version}}', '{{major}}'].map((pattern) => `type=semver,pattern=${pattern}`)
  expect(planTags(request(...rules), marked)).toMatchObject({ tags: ['v1.2.3', '1.2.3'], moving: [] })
})

describe('an expression of a branch where there is none', () => {
  test.each([
    { name: 'does not make a commit a branch', context: onTag('v1.2.3'), rule: 'type=sha,suffix={{branch}}', tags: ['sha-860c190'] },
    { name: 'does not repair what was typed', context: onPull(2), rule: 'type=raw,value=1.2.3{{branch}}', tags: ['1.2.3'] },
    { name: 'nor on a branch, by base_ref', context: onBranch('main'), rule: 'type=raw,value=nightly{{base_ref}}', tags: ['nightly'] },
  ])('$name', ({ context, rule, tags }) => {
    const plan = planTags(request(rule), context)
    expect([plan.tags, plan.notices]).toEqual([tags, []])
  })

  test('gives a legal tag where it begins it, with a notice', () => {
    const plan = planTags(request('type=sha,prefix={{branch}}-'), onPull(2))
    expect(plan.tags).toEqual([expect.stringMatching(/^branch-860c190-[0-9a-f]{8}$/)])
    expect(plan.notices).toHaveLength(1)
  })
})

describe('a format of dates', () => {
  const dated = (format: string) => tagsOf(onBranch('main'), `type=raw,value={{commit_date '${format}'}}`)

  // By moment.js, of 2020-01-08.
  test.each([
    { format: 'Mo-Do-DDDo-Qo-do-Wo', tag: '1st-8th-8th-1st-3rd-2nd' },
    { format: 'GG[w]WW.E', tag: '20w02.3' },
    { format: 'Y.M.D-e', tag: '2020.1.8-3' },
    { format: '[ww-gggg]', tag: 'ww-gggg' },
  ])('gives $tag for $format', ({ format, tag }) => {
    expect(dated(format)).toEqual([tag])
  })

  test.each(['YYYY.ww', 'gggg', 'LL', 'z', 'YYYYYY', 'releaseYYYY', 'N', 'y'])(
    'is an error for %s, which holds what is not followed',
    (format) => {
      expect(userError(() => dated(format)).message).toMatch(/^tags: "\w+" in the format of a date, ".+", is not followed here$/)
    },
  )
})

test.each([
  { name: 'a branch', context: onBranch('main'), tag: /^tag-x-[0-9a-f]{8}$/ },
  { name: 'a pull request', context: onPull(7), tag: /^tag-x-[0-9a-f]{8}$/ },
  { name: 'a git tag', context: onTag('stable'), tag: /^stable-x$/ },
])('{{tag}} before what was typed has an end on $name', ({ context, tag }) => {
  expect(tagsOf(context, 'type=raw,value=x,prefix={{tag}}-')).toEqual([expect.stringMatching(tag)])
})

describe('a git tag under rules never takes what they give to', () => {
  const rules = ['type=ref,event=branch', 'type=ref,event=tag', 'type=schedule', 'type=edge']
  test.each([
    { name: 'the default branch', tag: 'main', tags: ['tag-main', 'latest'] },
    { name: 'schedules', tag: 'nightly', tags: ['tag-nightly', 'latest'] },
    { name: 'the edge', tag: 'edge', tags: ['tag-edge', 'latest'] },
    { name: 'nobody', tag: 'stable', tags: ['stable', 'latest'] },
    { name: 'git tags alone', tag: 'latest', tags: ['latest'] },
  ])('$name', ({ tag, tags }) => {
    const plan = planTags(request(...rules), onTag(tag))
    expect(plan.tags).toEqual(tags)
    expect(plan.notices).toHaveLength(tags[0] === tag ? 0 : 1)
    expect(tagsOf(onTag('main'), '{{tag}}', 'type=ref,event=branch')[0]).toBe('tag-main')
  })
})

describe('what rules give to a version that is not final is told:', () => {
  const told = (tag: string, ...rules: string[]) => planTags(request(...rules), onTag(tag)).notices
  test.each([
    { name: 'latest to a pre-release', tag: 'v2.0.0-beta.1', rule: 'type=ref,event=tag', version: '2.0.0-beta.1' },
    { name: 'latest to a release candidate, by a pattern', tag: 'v2.0rc1', rule: 'type=match,pattern=v(.*),group=1', version: '2.0rc1' },
    { name: 'latest to one of another image', tag: 'backend-v2.0.0-rc.1', rule: 'type=ref,event=tag', version: '2.0.0-rc.1' },
    { name: 'latest to a local version', tag: 'v1.2.3+cuda', rule: 'type=pep440,pattern={{major}}', version: '1.2.3+cuda' },
  ])('$name', ({ tag, rule, version }) => {
    expect(told(tag, rule)).toEqual([
      `The rules of tags give latest to ${version}, which is no final release (flavor: latest=false keeps it back).`,
    ])
    expect(told('v1.2.3', rule)).toEqual([])
  })

  test('a version without its build metadata', () => {
    const rule = 'type=semver,pattern={{version}},priority=901'
    expect(told('v1.2.3+cuda.12', rule)[0]).toBe(
      `tags: "${rule}" leaves +cuda.12 out of v1.2.3+cuda.12: where v1.2.3 is released too, both get that tag.`,
    )
  })
})

test('what rules give to a release that is the tag of another one is told', () => {
  const wishes = { ...request('type=semver,pattern={{major}}.{{minor}},suffix=.1'), known: ['v1.2.0', 'v1.2.1'] }
  expect(planTags(wishes, onTag('v1.2.0')).notices).toContain('The rules of tags give 1.2.1 to 1.2.0: it is a release of its own.')
  expect(planTags(wishes, onTag('v1.2.1')).notices).toEqual([])
  const line = { ...request('type=semver,pattern={{major}}.{{minor}}'), known: ['v1.2', 'v1.2.1'] }
  expect(planTags(line, onTag('v1.2.1')).notices).toEqual([])
})

describe('the order of several rules', () => {
  const rules = [
    'type=sha',
    'raw',
    'type=ref,event=tag',
    'type=match,pattern=\\d+',
    'type=semver,pattern={{version}}',
    'type=semver,pattern={{major}}.{{minor}}',
  ]

  test('is that of their types: the first is the primary tag, and latest comes last', () => {
    const plan = planTags(request(...rules), onTag('v1.2.3'))
    expect(plan.tags).toEqual(['1.2.3', '1.2', '1', 'v1.2.3', 'raw', 'sha-860c190', 'latest'])
    expect(plan.primary).toBe('1.2.3')
    expect(plan.release).toBe('1.2.3')
  })

  test('is changed by priority', () => {
    expect(planTags(request(...rules, 'type=raw,value=first,priority=2000'), onTag('v1.2.3')).primary).toBe('first')
  })

  test('decides over latest: the first rule that gives a tag', () => {
    expect(tagsOf(onTag('v1.2.3'), 'type=raw,value=first,priority=2000', 'type=semver,pattern={{version}}')).toEqual(['first', '1.2.3'])
  })

  test('does not repeat a tag', () => {
    expect(tagsOf(onTag('v1.2.3'), 'type=semver,pattern={{version}}', '1.2.3', 'latest')).toEqual(['1.2.3', 'latest'])
  })

  test('does not ask which other releases exist', () => {
    expect(planTags({ ...request('type=semver,pattern={{major}}'), known: ['v9.0.0'] }, onTag('v1.2.3')).tags).toEqual(['1', 'latest'])
  })

  test('is none where no rule is for the event: an empty list, no error', () => {
    const plan = planTags(request('type=ref,event=tag'), onBranch('dev'))
    expect([plan.tags, plan.primary]).toEqual([[], 'dev'])
    expect(plan.notices).toEqual(['No line of tags gives a tag for push of refs/heads/dev: the image gets none, and nothing is pushed.'])
  })

  test('of comments alone is that of no rules', () => {
    expect(inputsWith({ tags: '# type=sha', flavor: '# latest=false\nlatest=true' })).toMatchObject({ tags: [], flavor: ['latest=true'] })
  })

  test('passes over comments and rules that are not enabled', () => {
    expect(tagsOf(onBranch('main'), '# minimal', 'type=raw,value=a,enable=false', 'b')).toEqual(['b'])
  })
})

describe('with a suffix of the leg', () => {
  test('every tag ends in it, latest too', () => {
    const plan = planTags({ ...request('type=semver,pattern={{version}}'), suffix: '-test' }, onTag('v1.2.3'))
    expect(plan.tags).toEqual(['1.2.3-test', 'latest-test'])
  })

  test('a long branch name gives way, a typed tag does not', () => {
    const long = onBranch('b'.repeat(200))
    expect(planTags({ ...request('type=ref,event=branch'), suffix: '-test' }, long).tags[0]).toMatch(/^branch-b{107}-[0-9a-f]{8}-test$/)
    expect(userError(() => tagsOf(long, 'x'.repeat(129))).message).toMatch(/^tags "x+" is not legal/)
  })
})

// Else it would be red for the first time on the day of a release.
describe('what cannot be followed is an error on every event:', () => {
  test.each([
    { name: 'an expression of a pattern', rule: 'type=semver,pattern={{majr}}' },
    { name: 'an expression of a prefix', rule: 'type=ref,event=tag,prefix={{brnch}}' },
    { name: 'an expression of a schedule', rule: 'type=schedule,pattern={{branch}}' },
    { name: 'a pattern in quotes', rule: 'type=semver,pattern="{{version}}"' },
    { name: 'a slash behind an expression', rule: 'type=ref,event=tag,prefix={{tag}}/' },
    { name: 'a regular expression', rule: 'type=pep440,pattern={{version}},match=(' },
    { name: 'a group', rule: 'type=match,pattern=v(.*),group=one' },
  ])('$name', ({ rule }) => {
    expect(userError(() => tagsOf(onBranch('main'), rule, 'x')).message).toMatch(/^tags: /)
    expect(tagsOf(onBranch('main'), `${rule},enable=false`, 'x')).toEqual(['x'])
  })
})

describe('what cannot be followed is an error that says what would be legal', () => {
  test.each([
    { name: 'an unknown type', rule: 'type=semvar,pattern={{version}}', error: /no type "semvar".*schedule, semver, pep440.*mean semver/ },
    { name: 'an unknown attribute', rule: 'type=sha,fromat=long', error: /no attribute "fromat".*format, enable.*mean format/ },
    { name: 'an attribute of another type', rule: 'type=ref,event=tag,pattern=x', error: /type=ref has no attribute "pattern"/ },
    { name: 'a pattern left out', rule: 'type=semver', error: /type=semver lacks pattern/ },
    { name: 'an event left out', rule: 'type=ref', error: /lacks event.*branch\|tag\|pr/ },
    { name: 'a value left out', rule: 'type=raw', error: /lacks value/ },
    { name: 'an unknown event', rule: 'type=ref,event=push', error: /event is "push".*branch, tag, pr/ },
    { name: 'an unknown format', rule: 'type=sha,format=tiny', error: /format is "tiny".*short, long/ },
    { name: 'a priority that is no number', rule: 'type=sha,priority=high', error: /priority is "high".*whole number/ },
    { name: 'a group that is no number', rule: 'type=match,pattern=x,group=a', error: /group is "a"/ },
    { name: 'an enable that is neither', rule: 'type=sha,enable=yes', error: /enable is "yes".*true or false/ },
    { name: 'a broken regular expression', rule: 'type=match,pattern=(', error: /regular expression/i },
    { name: 'an unknown expression', rule: 'x-{{brnch}}', error: /\{\{brnch\}\}.*\{\{branch\}\}.*\{\{sha\}\}/ },
    { name: 'an expression of another attribute', rule: 'type=semver,pattern={{branch}}', error: /\{\{branch\}\}.*\{\{version\}\}/ },
    { name: 'an expression without an end', rule: 'x-{{branch', error: /\{\{branch in/ },
    { name: 'an unknown time zone', rule: "type=raw,value={{date 'YYYY' tz='Mars/Base'}}", error: /time zone "Mars\/Base"/ },
    { name: 'two tags on a line', rule: 'a,b', error: /"b" is a second value.*one tag or rule a line/ },
    { name: 'an attribute twice', rule: 'type=sha,format=long,format=short', error: /format stands twice/ },
    {
      name: 'a whole reference',
      rule: 'ghcr.io/acme/shop:1.2.3',
      error: /tags "ghcr\.io\/acme\/shop:1\.2\.3" is not legal.*Write "1\.2\.3": the rest comes from registry, namespace and image-name\./,
    },
    { name: 'a tag with characters that none has', rule: 'a/b c', error: /tags "a\/b c" is not legal.*"a-b-c"/ },
    { name: 'an equals sign in a value', rule: 'type=raw,value=a=b', error: /tags "a=b" is not legal/ },
    { name: 'a slash in a prefix', rule: 'type=sha,prefix=x/', error: /tags "x\/" is not legal/ },
    { name: 'a slash beside an expression', rule: 'type=semver,pattern=v{{major}}/x', error: /"\/" cannot stand in a tag in/ },
    { name: 'letters of another script', rule: 'выпуск', error: /tags "выпуск" is not legal.*ASCII/ },
    { name: 'a tag that begins with a hyphen', rule: '-x', error: /tags "-x" is not legal/ },
  ])('$name', ({ rule, error }) => {
    const line = errorLine(userError(() => tagsOf(onTag('v1.2.3'), rule)))
    expect(line).toMatch(error)
    expect(line).toMatch(/^inputs: /)
  })

  test('edge, where the event does not tell the default branch', () => {
    const line = errorLine(userError(() => tagsOf(onBranch('main', { defaultBranch: '' }), 'type=edge')))
    expect(line).toBe(
      'inputs: tags: the event does not tell the default branch, which type=edge means in "type=edge". Name it: type=edge,branch=main.',
    )
  })

  test('version and tags together', () => {
    expect(errorLine(userError(() => planTags({ ...request('x'), version: '1' }, onBranch('main'))))).toBe(
      'inputs: version and tags are both set. Set one of them: version is the only tag, tags are all.',
    )
  })
})
