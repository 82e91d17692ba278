import { describe, expect, test } from '@jest/globals'
import { linux, NOTHING, readFixture, readText, shown } from '../../support/locks.ts'
import { userError } from '../../support/values.ts'

const SHOP = 'version = 1\n[[package]]\nname = "shop"\nversion = "1"\nsource = { editable = "." }\n'
const INDEX = 'source = { registry = "https://index.example/simple" }'

describe('a uv.lock', () => {
  test('gives the version for the patch of a Python', () => {
    expect(shown(readFixture('uv/uv.lock', linux('3.11.4')))).toContain('soupsieve==2.10')
    expect(shown(readFixture('uv/uv.lock', linux('3.11.5')))).toContain('soupsieve==4.1.2')
  })

  test('of a workspace gives what the member wants, and the other members as folders', () => {
    const text = `version = 1
[[package]]
name = "root"
source = { virtual = "." }
dependencies = [{ name = "unwanted" }]
[[package]]
name = "shop"
source = { editable = "apps/shop" }
dependencies = [{ name = "lib" }, { name = "bundle" }]
[[package]]
name = "lib"
version = "0.1"
source = { directory = "libs/lib" }
dependencies = [{ name = "shop", extra = ["Fast.Path"] }]
[[package]]
name = "bundle"
source = { virtual = "libs/bundle" }
dependencies = [{ name = "inner" }]
[[package]]
name = "inner"
version = "5"
${INDEX}
[[package]]
name = "unwanted"
version = "1"
${INDEX}`
    const { pins } = readText('uv.lock', text)
    expect(shown({ pins } as never)).toEqual(['inner==5', 'lib @ directory'])
    expect(pins[1]?.source).toEqual({ kind: 'directory', path: 'libs/lib' })
  })

  test.each([
    {
      name: 'git',
      source: '{ git = "https://git.example/x?subdirectory=py&rev=main#c0ffee" }',
      is: { kind: 'git', url: 'https://git.example/x', revision: 'c0ffee', subdirectory: 'py' },
    },
    { name: 'an address', source: '{ url = "https://x.example/x-1.whl" }', is: { kind: 'archive', url: 'https://x.example/x-1.whl' } },
    {
      name: 'a folder of an address',
      source: '{ url = "https://x.example/x.zip", subdirectory = "py" }',
      is: { kind: 'archive', url: 'https://x.example/x.zip#subdirectory=py' },
    },
    { name: 'a file', source: '{ path = "vendor/x-1.whl" }', is: { kind: 'archive', url: 'vendor/x-1.whl' } },
    { name: 'a folder', source: '{ editable = "../x" }', is: { kind: 'directory', path: '../x' } },
  ])('names $name as the source', ({ source, is }) => {
    const text = `${SHOP}dependencies = [{ name = "x" }]\n[[package]]\nname = "x"\nversion = "1"\nsource = ${source}\n`
    expect(readText('uv.lock', text).pins).toEqual([{ name: 'x', version: '1', source: is, files: new Map() }])
  })

  test('follows the extras of dependencies, round and round', () => {
    const text = `${SHOP}dependencies = [{ name = "web", extra = ["standard"] }]
[[package]]\nname = "web"\nversion = "1"\n${INDEX}\ndependencies = [{ name = "a" }]
[package.optional-dependencies]\nstandard = [{ name = "fast" }]\nunasked = [{ name = "b" }]
[[package]]\nname = "fast"\nversion = "2"\n${INDEX}\ndependencies = [{ name = "web" }]
[[package]]\nname = "a"\nversion = "3"\n${INDEX}
[[package]]\nname = "b"\nversion = "4"\n${INDEX}`
    expect(shown(readText('uv.lock', text))).toEqual(['a==3', 'fast==2', 'web==1'])
  })

  test('takes the version that a dependency names', () => {
    const text = `${SHOP}dependencies = [{ name = "a", version = "1" }]
[[package]]\nname = "a"\nversion = "2"\n${INDEX}
[[package]]\nname = "a"\nversion = "1"\n${INDEX}`
    expect(shown(readText('uv.lock', text))).toEqual(['a==1'])
  })

  const CONFLICTS = `${SHOP}
[package.optional-dependencies]
cpu = [{ name = "torch", version = "2+cpu", source = { registry = "https://cpu.example" }, marker = "extra == 'extra-4-shop-cpu'" }]
gpu = [{ name = "torch", version = "2+gpu", source = { registry = "https://gpu.example" }, marker = "extra == 'extra-4-shop-gpu' and extra != 'extra-4-shop-cpu'" }, { name = "vision" }]
[package.dev-dependencies]
lab = [{ name = "torch", version = "2+cpu", source = { registry = "https://cpu.example" }, marker = "extra == 'group-4-shop-lab'" }]
[[package]]\nname = "torch"\nversion = "2+cpu"\nsource = { registry = "https://cpu.example" }
[[package]]\nname = "torch"\nversion = "2+gpu"\nsource = { registry = "https://gpu.example" }
[[package]]\nname = "vision"\nversion = "1"\n${INDEX}
dependencies = [{ name = "torch", version = "2+gpu", source = { registry = "https://gpu.example" }, marker = "extra == 'extra-4-shop-gpu'" }]`

  test.each([
    { name: 'nothing', selection: NOTHING, is: [] },
    { name: 'one extra', selection: { extras: ['cpu'], groups: [] }, is: ['torch==2+cpu'] },
    { name: 'the other', selection: { extras: ['gpu'], groups: [] }, is: ['torch==2+gpu', 'vision==1'] },
    { name: 'a group', selection: { extras: [], groups: ['lab'] }, is: ['torch==2+cpu'] },
  ])('whose extras exclude each other gives for $name its own', ({ selection, is }) => {
    expect(shown(readText('uv.lock', CONFLICTS, selection))).toEqual(is)
  })

  test('for this platform among others is followed', () => {
    const text = `version = 1\nsupported-markers = ["sys_platform == 'win32'", "sys_platform == 'linux'"]`
    expect(shown(readText('uv.lock', text))).toEqual([])
  })

  // As uv 0.13.9 locks extras that exclude each other and reach those of a member.
  const MEMBER = `${SHOP}dependencies = [{ name = "engine" }]
[package.optional-dependencies]
new = [{ name = "engine", extra = ["new"], marker = "extra == 'extra-6-engine-new' and (extra == 'extra-6-engine-old' or extra == 'extra-4-shop-new') or extra == 'extra-4-shop-new' and extra == 'extra-4-shop-old'" }]
old = [{ name = "engine", extra = ["old"], marker = "extra == 'extra-6-engine-new' and extra == 'extra-6-engine-old' or (extra == 'extra-6-engine-old' or extra == 'extra-4-shop-new') and extra == 'extra-4-shop-old'" }]
[[package]]\nname = "engine"\nversion = "0.1"\nsource = { editable = "packages/engine" }
[package.optional-dependencies]
new = [{ name = "a", version = "2", ${INDEX}, marker = "extra == 'extra-6-engine-new' or (extra == 'extra-4-shop-new' and extra == 'extra-4-shop-old')" }]
old = [{ name = "a", version = "1", ${INDEX}, marker = "extra == 'extra-6-engine-old' or (extra == 'extra-4-shop-new' and extra == 'extra-4-shop-old')" }]
[[package]]\nname = "a"\nversion = "1"\n${INDEX}
[[package]]\nname = "a"\nversion = "2"\n${INDEX}`

  test.each([
    { extras: [], is: ['engine @ directory'] },
    { extras: ['old'], is: ['a==1', 'engine @ directory'] },
    { extras: ['new'], is: ['a==2', 'engine @ directory'] },
  ])('whose extras reach those of a member gives for $extras what uv export gives', ({ extras, is }) => {
    expect(shown(readText('uv.lock', MEMBER, { extras, groups: [] }))).toEqual(is)
  })

  test.each([
    {
      name: 'that holds other projects',
      text: 'version = 1\n[[package]]\nname = "other"\nsource = { editable = "libs/other" }',
      cause: 'uv.lock does not hold shop; it holds other',
    },
    { name: 'that lacks a package', text: `${SHOP}dependencies = [{ name = "gone" }]`, cause: 'uv.lock needs gone and does not hold it' },
    {
      name: 'that is for other platforms alone',
      text: `version = 1\nsupported-markers = ["sys_platform == 'win32'", "sys_platform == 'darwin'"]`,
      cause: "uv.lock is not for this platform and Python: it is for sys_platform == 'win32' | sys_platform == 'darwin'",
    },
    {
      name: 'that has only an md5',
      text: `${SHOP}dependencies = [{ name = "x" }]\n[[package]]\nname = "x"\nversion = "1"\n${INDEX}\nsdist = { url = "https://x.example/x", hash = "md5:00" }`,
      cause: 'x in uv.lock has no sha256, only md5',
    },
  ])('$name is refused', ({ text, cause }) => {
    expect(userError(() => readText('uv.lock', text)).message).toContain(cause)
  })
})
