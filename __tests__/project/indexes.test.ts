import { describe, expect, test } from '@jest/globals'
import { pipfileIndexes, readProjectIndexes } from '../../src/project/indexes.ts'
import { readToml } from '../../src/project/toml.ts'

const NONE = { indexUrl: '', extraIndexUrls: [], pins: { indexes: {}, packages: {} }, ignored: [] }
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
      name: 'are not followed where a package is pinned for an extra, with another kind of source or to an unknown one',
      text: `${own}explicit = true\n[tool.uv.sources]\na = { index = "own", extra = "cpu" }\nb = [{ index = "own" }, { path = "../b" }]\nc = { index = "other" }\n`,
      indexes: { ...NONE, ignored: ['[tool.uv.sources] a', '[tool.uv.sources] b', '[tool.uv.sources] c'] },
    },
    {
      name: 'are not folders',
      text: '[[tool.uv.index]]\nurl = "./wheels"\n',
      indexes: { ...NONE, ignored: ['[[tool.uv.index]] (without a name)'] },
    },
    {
      name: 'are not those of Poetry and PDM',
      text: '[[tool.poetry.source]]\nname = "a"\nurl = "https://a.example"\n[[tool.pdm.source]]\nname = "b"\nurl = "https://b.example"\n',
      indexes: { ...NONE, ignored: ['[[tool.poetry.source]] a', '[[tool.pdm.source]] b'] },
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
  expect(pipfileIndexes('Pipfile.lock', JSON.stringify({ _meta: { sources } }))).toEqual([
    { at: 'Pipfile.lock: the source own', url: 'https://own.example/simple', input: 'index-url' },
    { at: 'Pipfile.lock: the source 2', url: 'https://b.example', input: 'extra-index-urls' },
  ])
  expect(pipfileIndexes('Pipfile.lock', '{')).toEqual([])
})
