import { expect, test } from '@jest/globals'
import { type GitFacts, serialize } from '../../../src/plan/version/version-schemes.ts'
import type { VersionTool } from '../../../src/project/layout/version-source.ts'

// The expected versions are those that the tools themselves made of such checkouts: pdm-backend 2.5.0,
// poetry-dynamic-versioning 1.10.1, uv-dynamic-versioning 0.14.1, versioningit 3.3.0, versioneer 0.29, pbr 7.1.3.

const clean: GitFacts = {
  revision: 'd1ac6170000000000000000000000000000000000',
  node: 'd1ac617',
  tag: 'v1.2.3',
  distance: 0,
  dirty: [],
  branch: 'main',
  epoch: 1767323045, // 2026-01-02
}
const states = {
  tag: clean,
  changed: { ...clean, dirty: ['a'] },
  later: { ...clean, distance: 2 },
  'later and changed': { ...clean, distance: 2, dirty: ['a'] },
  untagged: { ...clean, tag: undefined, distance: 3 },
}

const rows: readonly { name: string; tool: VersionTool; settings: Record<string, unknown>; versions: readonly (string | undefined)[] }[] = [
  {
    name: 'pdm',
    tool: 'pdm-backend',
    settings: { source: 'scm' },
    versions: ['1.2.3', '1.2.3+d20260102', '1.2.4.dev2+gd1ac617', '1.2.4.dev2+gd1ac617.d20260102', '0.1.dev3+gd1ac617'],
  },
  {
    name: 'pdm with a pattern that no tag is of',
    tool: 'pdm-backend',
    settings: { source: 'scm', tag_regex: '^shop-(?P<version>.*)$' },
    versions: ['0.0.0', '0.0.0+d20260102', '0.0.1.dev2+gd1ac617', '0.0.1.dev2+gd1ac617.d20260102', '0.0.1.dev3+gd1ac617'],
  },
  {
    name: 'pdm with a formatter of the project',
    tool: 'pdm-backend',
    settings: { source: 'scm', version_format: 'a:b' },
    versions: [undefined, undefined, undefined, undefined, undefined],
  },
  {
    name: 'poetry-dynamic-versioning',
    tool: 'poetry-dynamic-versioning',
    settings: { enable: true },
    versions: ['1.2.3', '1.2.3', '1.2.3.post2.dev0+d1ac617', '1.2.3.post2.dev0+d1ac617', '0.0.0.post3.dev0+d1ac617'],
  },
  {
    name: 'poetry-dynamic-versioning with a style',
    tool: 'poetry-dynamic-versioning',
    settings: { enable: true, style: 'semver' },
    versions: [undefined, undefined, undefined, undefined, undefined],
  },
  {
    name: 'uv-dynamic-versioning',
    tool: 'uv-dynamic-versioning',
    settings: { vcs: 'git' },
    versions: ['1.2.3', '1.2.3', '1.2.3.post2.dev0+d1ac617', '1.2.3.post2.dev0+d1ac617', '0.0.0.post3.dev0+d1ac617'],
  },
  {
    name: 'uv-dynamic-versioning that bumps',
    tool: 'uv-dynamic-versioning',
    settings: { bump: true },
    versions: ['1.2.3', '1.2.3', '1.2.4.dev2+d1ac617', '1.2.4.dev2+d1ac617', '0.0.1.dev3+d1ac617'],
  },
  {
    name: 'uv-dynamic-versioning with a format',
    tool: 'uv-dynamic-versioning',
    settings: { format: '{base}' },
    versions: [undefined, undefined, undefined, undefined, undefined],
  },
  {
    name: 'versioningit',
    tool: 'versioningit',
    settings: { 'default-version': '0.0.1' },
    versions: ['1.2.3', '1.2.3+d20260102', '1.2.3.post2+gd1ac617', '1.2.3.post2+gd1ac617.d20260102', '0.0.1'],
  },
  {
    name: 'versioneer',
    tool: 'versioneer',
    settings: { style: 'pep440', tag_prefix: 'v', versionfile_source: 'a.py' },
    versions: ['1.2.3', '1.2.3+0.gd1ac617.dirty', '1.2.3+2.gd1ac617', '1.2.3+2.gd1ac617.dirty', '0+untagged.3.gd1ac617'],
  },
  { name: 'pbr', tool: 'pbr', settings: {}, versions: ['1.2.3', '1.2.3', '1.2.4.dev2', '1.2.4.dev2', '0.0.1.dev2'] },
  {
    name: 'pbr with a version to come in setup.cfg',
    tool: 'pbr',
    settings: { version: '2.0' },
    versions: ['1.2.3', '1.2.3', undefined, undefined, undefined],
  },
]

test.each(rows)('the version of $name is what the tool itself makes', ({ tool, settings, versions }) => {
  expect(Object.values(states).map((facts) => serialize(tool, settings, facts))).toEqual(versions)
})

test.each([
  { tag: 'v2.0rc1', distance: 2, version: '2.0rc2.dev2+gd1ac617' },
  { tag: 'shop-1.4', distance: 0, version: '1.4' },
  { tag: 'v1.0.dev0', distance: 2, version: '1.0.dev2+gd1ac617' },
])('pdm reads the tag $tag', ({ tag, distance, version }) => {
  expect(serialize('pdm-backend', {}, { ...clean, tag, distance })).toBe(version)
})
