import { describe, expect, test } from '@jest/globals'
import { readToml } from '../../../src/project/toml.ts'
import { unfollowedForBuilds, uvSources } from '../../../src/project/tools/uv-sources.ts'

const LINUX = { environment: { sys_platform: 'linux' }, chosen: { extras: ['cpu'], groups: ['dev'] } }

function sourceOf(name: string, text: string, root?: string) {
  const read = (sources: string) => readToml('pyproject.toml', `[tool.uv.sources]\n${sources}\n`)
  return uvSources(
    { pyproject: read(text), folder: '/w/a', root: root === undefined ? undefined : { pyproject: read(root), folder: '/w' } },
    LINUX,
  )(name)
}

describe('[tool.uv.sources]', () => {
  const here = (path: string) => ({ kind: 'local', source: { kind: 'directory', path }, base: '/w/a' })
  test.each([
    {
      name: 'names a member of the workspace',
      text: 'Core_X = { workspace = true }',
      source: { kind: 'local', source: { kind: 'workspace' }, base: '/w/a' },
    },
    { name: 'names a folder', text: 'core-x = { path = "../core", editable = true }', source: here('../core') },
    {
      name: 'names a repository',
      text: 'core-x = { git = "https://git.example/x.git", tag = "v1", subdirectory = "py" }',
      source: {
        kind: 'local',
        source: { kind: 'git', url: 'https://git.example/x.git', revision: 'v1', subdirectory: 'py' },
        base: '/w/a',
      },
    },
    {
      name: 'names the address of a file',
      text: 'core-x = { url = "https://index.example/core.zip", subdirectory = "py" }',
      source: { kind: 'address', url: 'https://index.example/core.zip#subdirectory=py' },
    },
    { name: 'names an index', text: 'core-x = { index = "own" }', source: { kind: 'index', index: 'own' } },
    { name: 'takes a member out of the workspace', text: 'core-x = { workspace = false }', source: undefined },
    { name: 'says nothing of it', text: 'other = { index = "own" }', source: undefined },
    {
      name: 'has several, of which the marker chooses',
      text: `core-x = [{ path = "../w", marker = "sys_platform == 'win32'" }, { path = "../l", marker = "sys_platform == 'linux'" }]`,
      source: here('../l'),
    },
    { name: 'has one for another machine', text: `core-x = { path = "../w", marker = "sys_platform == 'win32'" }`, source: undefined },
    {
      name: 'has several, of which the extra chooses',
      text: 'core-x = [{ path = "../g", extra = "gpu" }, { path = "../c", extra = "CPU" }]',
      source: here('../c'),
    },
    { name: 'has one for a group', text: 'core-x = { path = "../d", group = "dev" }', source: here('../d') },
    {
      name: "is the root's where there is none, relative to that",
      text: '',
      root: 'core-x = { path = "core" }',
      source: { kind: 'local', source: { kind: 'directory', path: 'core' }, base: '/w' },
    },
    {
      name: "is its own before the root's, even where its marker does not hold",
      text: `core-x = { path = "../w", marker = "sys_platform == 'win32'" }`,
      root: 'core-x = { path = "core" }',
      source: undefined,
    },
  ])('$name', ({ text, root, source }) => {
    expect(sourceOf('core-x', text, root)).toEqual(source)
  })

  test('may be a wheel or sdist of the workspace', () => {
    const text =
      'core = [{ path = "wheels/core-1.zip", marker = "sys_platform == \'linux\'" }]\nsix = { path = "six.whl", marker = "sys_platform == \'win32\'" }'
    expect(sourceOf('core', text)).toEqual({ kind: 'file', path: 'wheels/core-1.zip', base: '/w/a' })
    expect(sourceOf('six', text)).toBeUndefined()
  })

  test.each([
    { name: 'another workspace', text: 'core = { workspace = "../other" }', what: '{ workspace }' },
    { name: 'a kind that is not known', text: 'core = { registry = "x", id = 3 }', what: '{ registry, id }' },
  ])('that names $name is an error where it is wanted, never a package of an index', ({ text, what }) => {
    expect(() => sourceOf('core', text)).toThrow(
      `[tool.uv.sources] says that core comes from ${what}, which is not followed; another core of an index is not taken in its place`,
    )
    expect(sourceOf('six', text)).toBeUndefined()
  })
})

test('[tool.uv.sources] of what building requires is told, as it is not followed', () => {
  const member = {
    pyproject: readToml('x', '[tool.uv.sources]\nOwn_Build = { index = "own" }\nsix = { index = "own" }\n'),
    folder: '/w',
    root: undefined,
  }
  expect(unfollowedForBuilds(member, ['setuptools>=61', 'own.build>=1'])?.message).toContain(
    '[tool.uv.sources] says where own-build comes from',
  )
  expect(unfollowedForBuilds(member, ['setuptools'])).toBeUndefined()
})
