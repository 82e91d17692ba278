import { describe, expect, test } from '@jest/globals'
import { lockedIndexes } from '../../../src/project/locks/lock-formats.ts'
import { readToml } from '../../../src/project/toml.ts'
import { readProjectIndexes } from '../../../src/project/tools/project-indexes.ts'

const NONE = { indexUrl: '', extraIndexUrls: [], pins: { indexes: {}, packages: {} }, unfollowed: [] }
const own = '[[tool.uv.index]]\nname = "own"\nurl = "https://own.example/simple"\n'

const member = (text: string, root?: string) => ({
  pyproject: readToml('pyproject.toml', text),
  folder: '/w/a',
  root: root === undefined ? undefined : { pyproject: readToml('pyproject.toml', root), folder: '/w' },
})

describe('the indexes of a project', () => {
  test.each([
    { name: 'are none where it says nothing', text: '[project]\nname = "x"\n', indexes: NONE },
    { name: 'are those of uv', text: own, indexes: { ...NONE, extraIndexUrls: ['https://own.example/simple'] } },
    { name: 'may be the default one', text: `${own}default = true\n`, indexes: { ...NONE, indexUrl: 'https://own.example/simple' } },
    {
      name: 'are several in their order, the default one apart',
      text: `${own}[[tool.uv.index]]\nurl = "https://b.example"\n[[tool.uv.index]]\nurl = "https://main.example"\ndefault = true\n`,
      indexes: { ...NONE, indexUrl: 'https://main.example', extraIndexUrls: ['https://own.example/simple', 'https://b.example'] },
    },
    {
      name: 'are the explicit ones for the packages that are pinned to them alone',
      text: `${own}explicit = true\n[tool.uv.sources]\nTill_One = { index = "own" }\nlocal = { path = "../x" }\ntwo = [{ index = "own", marker = "os_name == 'x'" }]\n`,
      indexes: {
        ...NONE,
        pins: {
          indexes: { own: 'https://own.example/simple' },
          packages: { 'till-one': [{ index: 'own', marker: '' }], two: [{ index: 'own', marker: "os_name == 'x'" }] },
        },
      },
    },
    {
      name: 'may hold packages that are pinned to one of them, though it is not explicit',
      text: `${own}[tool.uv.sources]\ntill = { index = "own" }\n`,
      indexes: {
        ...NONE,
        extraIndexUrls: ['https://own.example/simple'],
        pins: { indexes: { own: 'https://own.example/simple' }, packages: { till: [{ index: 'own', marker: '' }] } },
      },
    },
    {
      name: 'are not followed where a package is pinned beside another kind of source or to an unknown one; one for an extra that is not installed does not count',
      text: `${own}explicit = true\n[tool.uv.sources]\na = { index = "own", extra = "cpu" }\nb = [{ index = "own" }, { path = "../b" }]\nc = { index = "other" }\n`,
      indexes: { ...NONE, unfollowed: ['[tool.uv.sources] b', '[tool.uv.sources] c'] },
    },
    {
      name: 'are not folders',
      text: '[[tool.uv.index]]\nurl = "./wheels"\n',
      indexes: { ...NONE, unfollowed: ['[[tool.uv.index]] (without a name)'] },
    },
    {
      name: 'are those of Poetry, primary ones in the place of the public one',
      text: '[[tool.poetry.source]]\nname = "a"\nurl = "https://a.example"\n[[tool.poetry.source]]\nname = "b"\nurl = "https://b.example"\npriority = "primary"\n',
      indexes: { ...NONE, indexUrl: 'https://b.example', extraIndexUrls: ['https://a.example'] },
    },
    {
      name: 'are those of Poetry before the public one where that is a primary one too, or others are supplemental',
      text: '[[tool.poetry.source]]\nname = "PyPI"\n[[tool.poetry.source]]\nname = "b"\nurl = "https://b.example"\npriority = "supplemental"\n',
      indexes: { ...NONE, extraIndexUrls: ['https://b.example'] },
    },
    {
      name: 'are the explicit ones of Poetry for the packages that name them, where [project] requires them too',
      text: '[project]\ndependencies = ["till"]\n[tool.poetry.dependencies]\nTill = { source = "a b" }\ntwo = [{ version = "1", source = "a b", python = "<3.12" }, { version = "2", python = ">=3.12" }]\n[tool.poetry.group.dev.dependencies]\nnot-asked = { source = "a b" }\n[[tool.poetry.source]]\nname = "a b"\nurl = "https://a.example"\npriority = "explicit"\n',
      indexes: {
        ...NONE,
        pins: {
          indexes: { 'a-b': 'https://a.example' },
          packages: {
            till: [{ index: 'a-b', marker: '' }],
            two: [{ index: 'a-b', marker: "python_full_version < '3.12'" }],
          },
        },
      },
    },
    {
      name: 'are not followed where Poetry names a source that there is not, a variable, or the public one beside others',
      text: '[tool.poetry.dependencies]\na = { source = "gone" }\nb = { source = "pypi" }\n[[tool.poetry.source]]\nname = "v"\nurl = "https://${X}.example"\n[[tool.poetry.source]]\nname = "w"\nurl = "https://w.example"\n',
      indexes: {
        ...NONE,
        indexUrl: 'https://w.example',
        unfollowed: ['[[tool.poetry.source]] v', 'a of the source gone', 'b of the source pypi'],
      },
    },
    {
      name: 'are those of PDM, and what one includes comes from that alone',
      text: '[[tool.pdm.source]]\nname = "pypi"\nurl = "https://main.example"\n[[tool.pdm.source]]\nname = "b"\nurl = "https://b.example"\ninclude_packages = ["Till"]\n',
      indexes: {
        ...NONE,
        indexUrl: 'https://main.example',
        extraIndexUrls: ['https://b.example'],
        pins: { indexes: { b: 'https://b.example' }, packages: { till: [{ index: 'b', marker: '' }] } },
      },
    },
    {
      name: 'are not followed where PDM’s are pages, patterns or have variables',
      text: '[[tool.pdm.source]]\nname = "a"\nurl = "https://a.example"\ntype = "find_links"\n[[tool.pdm.source]]\nname = "b"\nurl = "https://b.example"\ninclude_packages = ["acme-*"]\n[[tool.pdm.source]]\nname = "c"\nurl = "https://${TOKEN}@c.example"\n',
      indexes: { ...NONE, unfollowed: ['[[tool.pdm.source]] a', '[[tool.pdm.source]] b', '[[tool.pdm.source]] c'] },
    },
    {
      name: 'may be pinned beside a source of another kind, where markers tell which counts',
      text: `${own}[tool.uv.sources]\nb = [{ index = "own", marker = "os_name == 'nt'" }, { path = "../b", marker = "os_name != 'nt'" }]\n`,
      indexes: {
        ...NONE,
        extraIndexUrls: ['https://own.example/simple'],
        pins: { indexes: { own: 'https://own.example/simple' }, packages: { b: [{ index: 'own', marker: "os_name == 'nt'" }] } },
      },
    },
    {
      name: 'are those of older settings too',
      text: '[tool.uv]\nindex-url = "https://main.example"\nextra-index-url = ["https://b.example"]\n',
      indexes: { ...NONE, indexUrl: 'https://main.example', extraIndexUrls: ['https://b.example'] },
    },
    { name: 'are none where the tables are something else', text: '[tool]\nuv = 3\n[tool.poetry]\nsource = "x"\n', indexes: NONE },
  ])('$name', ({ text, indexes }) => {
    expect(readProjectIndexes(member(text))).toEqual(indexes)
  })

  test('may be pinned for extras and groups: those that are installed count', () => {
    const text = `${own}explicit = true\n${own.replaceAll('own', 'two')}explicit = true\n[tool.uv.sources]\ntill = [{ index = "own", extra = "a" }, { index = "two", extra = "b" }]\nruff = { index = "two", group = "dev" }\n`
    const pinned = (extras: readonly string[], groups: readonly string[] = []) =>
      Object.entries(readProjectIndexes(member(text), undefined, { extras, groups }).pins.packages).map(([name, pins]) => [
        name,
        pins[0]?.index,
      ])
    expect(pinned(['a'])).toEqual([['till', 'own']])
    expect(pinned(['b'], ['dev'])).toEqual([
      ['till', 'two'],
      ['ruff', 'two'],
    ])
    expect(pinned([])).toEqual([])
    expect(readProjectIndexes(member(text), undefined, { extras: ['all'], groups: [] }).unfollowed).toEqual(['[tool.uv.sources] till'])
  })

  test('get the logins that the runner has for their names', () => {
    const pinned =
      '[[tool.uv.index]]\nname = "cpu"\nurl = "https://cpu.example/simple"\nexplicit = true\n[tool.uv.sources]\ntorch = { index = "cpu" }\n'
    const login = (name: string, address: string) => address.replace('https://', `https://${name}:word@`)
    const { extraIndexUrls, pins } = readProjectIndexes(member(own + pinned), login)
    expect([extraIndexUrls, pins.indexes]).toEqual([
      ['https://own:word@own.example/simple'],
      { cpu: 'https://cpu:word@cpu.example/simple' },
    ])
  })

  test("are its own before those of the workspace's root, whose sources count where it has none", () => {
    const root = `[[tool.uv.index]]\nname = "own"\nurl = "https://roots.example"\n[[tool.uv.index]]\nname = "cpu"\nurl = "https://cpu.example"\n[tool.uv.sources]\ntorch = { index = "cpu" }\ntill = { index = "cpu" }\n`
    expect(readProjectIndexes(member(`${own}[tool.uv.sources]\ntill = { index = "own" }\n`, root))).toEqual({
      ...NONE,
      extraIndexUrls: ['https://own.example/simple', 'https://cpu.example'],
      pins: {
        indexes: { own: 'https://own.example/simple', cpu: 'https://cpu.example' },
        packages: { torch: [{ index: 'cpu', marker: '' }], till: [{ index: 'own', marker: '' }] },
      },
    })
  })
})

test('the indexes of a Pipfile.lock are told without their logins; the first is the default one', () => {
  const sources = [{ name: 'own', url: 'https://$USER:${WORD}@own.example/simple' }, { url: 'https://b.example' }]
  expect(lockedIndexes('Pipfile.lock', JSON.stringify({ _meta: { sources } }))).toEqual([
    { at: 'Pipfile.lock: the source own', url: 'https://own.example/simple', input: 'index-url' },
    { at: 'Pipfile.lock: the source 2', url: 'https://b.example', input: 'extra-index-urls' },
  ])
  expect(lockedIndexes('Pipfile.lock', '{')).toEqual([])
})
