import { describe, expect, test } from '@jest/globals'
import { linux, NOTHING, readFixture, readText, shown } from '../../support/locks.ts'
import { userError } from '../../support/values.ts'

const HEAD = '[metadata]\nlock_version = "4.5.0"\nstrategy = ["inherit_metadata"]\ngroups = ["default"]\n'

describe('a pdm.lock', () => {
  test('tells extras from groups with the pyproject.toml', () => {
    const { extras, groups } = readFixture('pdm/pdm.lock', linux('3.11.9'))
    expect({ extras, groups }).toEqual({ extras: ['all', 'fancy'], groups: ['dev', 'lint'] })
  })

  test.each([
    {
      name: 'git',
      entry: 'git = "https://git.example/x.git"\nref = "main"\nrevision = "c0ffee"\nsubdirectory = "py"',
      is: { kind: 'git', url: 'https://git.example/x.git', revision: 'c0ffee', subdirectory: 'py' },
    },
    { name: 'an address', entry: 'url = "https://x.example/x.zip"', is: { kind: 'archive', url: 'https://x.example/x.zip' } },
    { name: 'a folder', entry: 'path = "./libs/x"\neditable = true', is: { kind: 'directory', path: 'libs/x' } },
    { name: 'a folder by a variable', entry: 'path = "${PROJECT_ROOT}/libs/x"', is: { kind: 'directory', path: 'libs/x' } },
    { name: 'a file', entry: 'path = "./vendor/x-1.whl"', is: { kind: 'archive', url: 'vendor/x-1.whl' } },
  ])('names $name as the source', ({ entry, is }) => {
    const text = `${HEAD}[[package]]\nname = "x"\nversion = "1"\ngroups = ["default"]\n${entry}\n`
    expect(readText('pdm.lock', text).pins).toEqual([{ name: 'x', version: '1', source: is, files: new Map() }])
  })

  const PLAIN = `[metadata]\nlock_version = "4.4"\nstrategy = ["cross_platform"]\ngroups = ["default", "all", "dev"]
[[package]]\nname = "a"\nversion = "1"\ndependencies = ["b>=1; sys_platform == 'linux'", "gone; sys_platform == 'win32'"]
[[package]]\nname = "a"\nversion = "1"\nextras = ["x", "y"]\ndependencies = ["a==1", "c"]
[[package]]\nname = "b"\nversion = "2"
[[package]]\nname = "c"\nversion = "3"
[[package]]\nname = "d"\nversion = "4"`
  const PYPROJECT = `[project]\ndependencies = ["a"]\n[project.optional-dependencies]\nall = ["shop[more]", "d"]\nmore = ["a[Y,x]"]\n[tool.pdm.dev-dependencies]\ndev = ["d", "-e file:///\${PROJECT_ROOT}/#egg=shop"]\n`

  test.each([
    { name: 'gives what the project wants', selection: NOTHING, is: ['a==1', 'b==2'] },
    { name: 'gives extras of it and of dependencies', selection: { extras: ['all'], groups: [] }, is: ['a==1', 'b==2', 'c==3', 'd==4'] },
    { name: 'gives a group, and not the project itself', selection: { extras: [], groups: ['dev'] }, is: ['a==1', 'b==2', 'd==4'] },
  ])('without groups $name', ({ selection, is }) => {
    expect(shown(readText('pdm.lock', PLAIN, selection, PYPROJECT))).toEqual(is)
  })

  test.each([
    { name: 'pyproject.toml', pyproject: undefined, cause: 'is read with the pyproject.toml beside it' },
    { name: 'package that is wanted', pyproject: '[project]\ndependencies = ["elsewhere"]', cause: 'does not hold elsewhere' },
  ])('without groups and without the $name is refused', ({ pyproject, cause }) => {
    expect(userError(() => readText('pdm.lock', PLAIN, NOTHING, pyproject)).message).toContain(cause)
  })

  const target = (platform: string) => `[[metadata.targets]]\nrequires_python = ">=3.11"\n${platform && `platform = "${platform}"\n`}`

  test.each([
    { name: 'any', platforms: [''] },
    { name: 'windows_amd64 and any', platforms: ['windows_amd64', ''] },
    { name: 'linux', platforms: ['linux'] },
    { name: 'manylinux_2_28_x86_64 among others', platforms: ['macos_arm64', 'manylinux_2_28_x86_64'] },
  ])('for $name is followed', ({ platforms }) => {
    expect(readText('pdm.lock', `${HEAD}${platforms.map(target).join('')}`).pins).toEqual([])
  })

  test.each([
    { name: 'Windows', platforms: ['windows_amd64'] },
    { name: 'another machine', platforms: ['manylinux_2_28_aarch64', 'linux_arm64'] },
    { name: 'musl', platforms: ['musllinux_1_1_x86_64', 'macos'] },
  ])('for $name alone is refused', ({ platforms }) => {
    expect(userError(() => readText('pdm.lock', `${HEAD}${platforms.map(target).join('')}`)).message).toBe(
      `pdm.lock is not for this platform and Python: it is for ${platforms.join(' | ')}`,
    )
  })
})
