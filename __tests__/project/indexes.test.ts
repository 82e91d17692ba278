import { describe, expect, test } from '@jest/globals'
import { readProjectIndexes } from '../../src/project/indexes.ts'

const NONE = { indexUrl: '', extraIndexUrls: [], ignored: [] }
const own = '[[tool.uv.index]]\nname = "own"\nurl = "https://own.example/simple"\n'

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
      name: 'are not the explicit ones, nor what is pinned to one',
      text: `${own}explicit = true\n[tool.uv.sources]\ntill = { index = "own" }\nlocal = { path = "../x" }\ntwo = [{ index = "own", marker = "x" }]\n`,
      indexes: { ...NONE, ignored: ['[[tool.uv.index]] own', '[tool.uv.sources] till', '[tool.uv.sources] two'] },
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
    { name: 'are none where the tables are something else', text: '[tool]\nuv = 3\n[tool.poetry]\nsource = "x"\n', indexes: NONE },
  ])('$name', ({ text, indexes }) => {
    expect(readProjectIndexes('pyproject.toml', text)).toEqual(indexes)
  })
})
