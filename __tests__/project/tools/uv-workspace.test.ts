import { describe, expect, test } from '@jest/globals'
import { readToml } from '../../../src/project/toml.ts'
import { isMember, uvOf } from '../../../src/project/tools/uv-workspace.ts'

describe('a member of a uv workspace', () => {
  const workspace = { members: ['packages/*', 'apps/**', './tools/x-[!b]?'], exclude: ['packages/old*'] }
  test.each([
    { folder: '', is: true },
    { folder: 'packages/core', is: true },
    { folder: 'packages/core.x', is: true },
    { folder: 'packages', is: false },
    { folder: 'packages/core/deep', is: false },
    { folder: 'packages/old-core', is: false },
    { folder: 'apps/a', is: true },
    { folder: 'apps/a/b/c', is: true },
    { folder: 'tools/x-ab', is: true },
    { folder: 'tools/x-bb', is: false },
    { folder: 'other', is: false },
  ])('"$folder": $is', ({ folder, is }) => {
    expect(isMember(workspace, folder)).toBe(is)
  })
})

test("a member has the root's sources and indexes beside its own, and the root's settings alone", () => {
  const root =
    '[tool.uv]\nprerelease = "allow"\n[tool.uv.sources]\na = { workspace = true }\nb = { index = "x" }\n[[tool.uv.index]]\nname = "x"\nurl = "r"\n'
  const own = '[tool.uv]\nresolution = "lowest"\n[tool.uv.sources]\nb = { path = "../b" }\n[[tool.uv.index]]\nname = "x"\nurl = "o"\n'
  const pyproject = readToml('pyproject.toml', own)
  const placed = { pyproject: readToml('pyproject.toml', root), folder: '/w' }
  const found = uvOf({ pyproject, folder: '/w/a', root: placed })
  expect(found.sources).toEqual({ a: { workspace: true }, b: { path: '../b' } })
  expect(found.indexes).toEqual([{ name: 'x', url: 'o' }])
  expect([found.settings.prerelease, found.settings.resolution]).toEqual(['allow', undefined])
  expect(uvOf({ pyproject, folder: '/w/a', root: undefined }).settings.resolution).toBe('lowest')
})

test('uv.toml takes the place of what [tool.uv] beside it says of the same, and adds to its constraints', () => {
  const own =
    '[tool.uv]\npackage = false\nprerelease = "allow"\nconstraint-dependencies = ["a<2"]\n[[tool.uv.index]]\nurl = "o"\n[tool.uv.sources]\nb = { path = "../b" }\n'
  const toml = 'prerelease = "disallow"\nconstraint-dependencies = ["b<3"]\nbuild-constraint-dependencies = ["c<4"]\n[[index]]\nurl = "t"\n'
  const placed = { pyproject: readToml('pyproject.toml', own), uvToml: readToml('uv.toml', toml), folder: '/w' }
  for (const found of [uvOf({ ...placed, root: undefined }), uvOf({ pyproject: {}, folder: '/w/a', root: placed })]) {
    expect(found.settings).toMatchObject({
      prerelease: 'disallow',
      'constraint-dependencies': ['b<3', 'a<2'],
      'build-constraint-dependencies': ['c<4'],
    })
    expect(found.indexes).toEqual([{ url: 't' }])
    expect(found.sources).toEqual({ b: { path: '../b' } })
  }
  // A member's own is not read by uv.
  expect(
    uvOf({ pyproject: {}, uvToml: { prerelease: 'allow' }, folder: '/w/a', root: { ...placed, uvToml: {} } }).settings.prerelease,
  ).toBe('allow')
})
