import { describe, expect, test } from '@jest/globals'
import type { Described } from '../../../src/effects/ports.ts'
import { tellVersion, unknownVersion } from '../../../src/plan/version/git-version.ts'
import { readVersionSource, type VersionSource } from '../../../src/project/layout/version-source.ts'

type GitSource = Extract<VersionSource, { kind: 'git' }>

function sourceOf(tool: object): GitSource {
  const source = readVersionSource({ project: { dynamic: ['version'] }, tool }, '', '')
  if (source.kind !== 'git') throw new Error('not from git')
  return source
}

const scm = (settings: object = {}) => sourceOf({ setuptools_scm: settings })
const revision = 'cab06de5d2a45bd0c0ffee00c0ffee00c0ffee00'
const later: Described = {
  revision,
  nearest: { tag: 'v1.2.3', distance: 2, node: 'cab06de' },
  tag: 'absent',
  count: 9,
  changed: [],
  shallow: false,
  branch: 'main',
}
const run = { tag: '', sha: '', epoch: 1767323045 }
const FILE = '.git_archival.txt'

const tell = (git: Partial<Described> = {}, more: Partial<typeof run> = {}, source = scm(), texts: Record<string, string> = {}) =>
  tellVersion({ source, git: { ...later, ...git }, texts: new Map(Object.entries(texts)) }, { ...run, ...more })
const described = (...given: Parameters<typeof tell>) => /^describe-name: (.*)$/m.exec(tell(...given).files[FILE] ?? '')?.[1]

describe('setuptools_scm is told by an archive file and by what that cannot say', () => {
  test('two commits after a tag', () => {
    expect(tell()).toEqual({
      files: { [FILE]: `node: ${revision}\nnode-date: 2026-01-02T03:04:05+00:00\ndescribe-name: v1.2.3-2-gcab06de\n` },
      env: { SETUPTOOLS_SCM_PRETEND_METADATA: `{node="g${revision}", node_date=2026-01-02}` },
      notices: [],
    })
  })

  test('a changed tree', () => {
    const told = tell({ changed: ['a', 'b'] })
    expect(told.env.SETUPTOOLS_SCM_PRETEND_METADATA).toContain('{dirty=true, ')
    expect(told.notices).toEqual([expect.stringContaining('a and 1 more changed since the commit')])
  })

  test('a scheme that asks for the branch, whatever its name holds', () => {
    const source = scm({ version_scheme: 'release-branch-semver' })
    const told = tell({ branch: 'a"b$c' }, {}, source)
    expect(told.env.SETUPTOOLS_SCM_PRETEND_METADATA).toContain('branch="a\\"b$c"')
  })

  test('no tag at all', () => {
    expect(described({ nearest: undefined })).toBe('0.0-9-gcab06de')
    expect(described({ nearest: undefined }, {}, scm({ fallback_version: '7.0' }))).toBe('7.0-9-gcab06de')
    expect(tell({ nearest: undefined }).notices).toEqual([])
  })

  test('a shallow clone without a tag, and what to do', () => {
    expect(tell({ nearest: undefined, shallow: true, count: 1 }).notices).toEqual([expect.stringContaining('fetch-depth: 0')])
    expect(tell({ shallow: true }).notices).toEqual([])
  })

  test('a template in the repository is filled in, a file that is filled in stays', () => {
    const template = 'node: $Format:%H$\ndescribe-name: $Format:%(describe:tags=true,match=*[0-9]*)$\n'
    expect(described({}, {}, scm(), { [FILE]: template })).toBe('v1.2.3-2-gcab06de')
    expect(tell({}, {}, scm(), { [FILE]: 'node: abc\ndescribe-name: v9\n' })).toEqual({ files: {}, env: {}, notices: [] })
  })
})

describe("the event's tag", () => {
  const tag = 'v2.0'
  test.each([
    {
      name: 'names the commit that the clone does not know it of',
      git: { nearest: undefined, shallow: true },
      more: { tag },
      says: 'v2.0-0-gcab06de',
    },
    { name: 'names it where the event is about that commit', git: {}, more: { tag, sha: revision }, says: 'v2.0-0-gcab06de' },
    { name: 'does not name another commit', git: {}, more: { tag, sha: 'f00' }, says: 'v1.2.3-2-gcab06de' },
    {
      name: 'does not name a commit that it is elsewhere of',
      git: { tag: 'elsewhere' as const },
      more: { tag },
      says: 'v1.2.3-2-gcab06de',
    },
    {
      name: 'is meant where the commit has two',
      git: { tag: 'here' as const, nearest: { tag: 'v2.0rc1', distance: 0, node: 'cab06de' } },
      more: { tag, sha: 'f00' },
      says: 'v2.0-0-gcab06de',
    },
    { name: 'is not meant where the tool does not look at it', git: {}, more: { tag: 'release' }, says: 'v1.2.3-2-gcab06de' },
  ])('$name', ({ git, more, says }) => {
    expect(described(git, more)).toBe(says)
  })

  test.each([
    { tag: 'shop-v2', match: 'shop-*[0-9]*', fits: true },
    { tag: 'other-v2', match: 'shop-*[0-9]*', fits: false },
    { tag: 'shop/v2.0', match: '*[0-9].?', fits: true },
    { tag: 'shop.v2', match: 'shop?v[!0-1]', fits: true },
    { tag: 'shopxv2', match: 'shop.v2', fits: false },
  ])('$tag fits $match: $fits', ({ tag, match, fits }) => {
    const source = scm({ git_describe_command: ['git', 'describe', '--tags', '--match', match] })
    expect(described({ nearest: undefined }, { tag }, source)).toBe(fits ? `${tag}-0-gcab06de` : '0.0-9-gcab06de')
  })
})

describe('other tools are told', () => {
  test('setuptools-git-versioning by an archive file, changed files too', () => {
    const source = sourceOf({ 'setuptools-git-versioning': { enabled: true } })
    expect(described({ changed: ['a'] }, {}, source)).toBe('v1.2.3-2-gcab06de-dirty')
    expect(described({ nearest: undefined }, {}, source)).toBe('0.0.1-0-gcab06de')
    expect(tell({}, {}, source).env).toEqual({})
  })

  test.each([
    { name: 'pdm', tool: { pdm: { version: { source: 'scm' } } }, env: { PDM_BUILD_SCM_VERSION: '1.2.4.dev2+gcab06de' } },
    {
      name: 'poetry-dynamic-versioning',
      tool: { 'poetry-dynamic-versioning': { enable: true } },
      env: { POETRY_DYNAMIC_VERSIONING_BYPASS: '1.2.3.post2.dev0+cab06de' },
    },
  ])('$name by a variable', ({ tool, env }) => {
    expect(tell({}, {}, sourceOf(tool))).toEqual({ files: {}, env, notices: [] })
  })

  test('versioningit as in an sdist', () => {
    const told = tell({}, {}, sourceOf({ versioningit: {} }))
    expect(told.files['PKG-INFO']).toContain('\nVersion: 1.2.3.post2+gcab06de\n')
  })

  test('versioneer as in an sdist, in the file that it names', () => {
    const source = sourceOf({ versioneer: { versionfile_source: 'shop/_version.py', tag_prefix: 'v' } })
    const told = tell({}, {}, source, { 'shop/_version.py': '$Format:%d$' })
    expect(told.files['shop/_version.py']).toMatch(
      /version_json = '''\n[\s\S]*"version": "1\.2\.3\+2\.gcab06de"\n}\n''' {2}# END VERSION_JSON/,
    )
  })

  test('not, where their settings are code: a notice says so', () => {
    const told = tell({}, {}, sourceOf({ pdm: { version: { source: 'scm', version_format: 'a:b' } } }))
    expect(told).toEqual({ files: {}, env: {}, notices: [expect.stringContaining('settings of pdm-backend')] })
  })
})

describe('a wheel whose version is not known', () => {
  const shallow = tell({ nearest: undefined, shallow: true, count: 1 }).notices

  test.each([
    { name: 'of versioneer', version: '0+unknown', told: [], warns: true },
    { name: 'of versioneer with changed files', version: '0+unknown.dirty', told: [], warns: true },
    { name: 'of a project without a tag', version: '0+untagged.1.g3567dba', told: [], warns: true },
    { name: 'is told once', version: '0.0.0+unknown', told: shallow, warns: false },
    { name: 'is none where a tag is', version: '1.2.3.post2+gcab06de', told: [], warns: false },
  ])('$name', ({ version, told, warns }) => {
    const said = unknownVersion(version, told)
    if (warns) expect(said).toContain(`${version} is what its build says`)
    else expect(said).toBeUndefined()
  })

  test('has the reason of a shallow clone before that of settings', () => {
    const source = sourceOf({ versioningit: { format: { distance: '{base_version}+{distance}' } } })
    expect(tell({ nearest: undefined, shallow: true, count: 1 }, {}, source).notices).toEqual(shallow)
    expect(tell({}, {}, source).notices).toEqual([expect.stringContaining('need git where the wheel is built')])
  })
})
