import { mkdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { must } from '../support/command.ts'
import { type TempFolder, tempFolder, writeFiles } from '../support/temp.ts'
import { testWheel } from '../support/wheel.ts'

// Files that several packages bring: found by what is recorded of each, told, and settled as pip would.

const STAGES = path.join(import.meta.dirname, '../../src/stages/install')
const START = `import json, sys; sys.dont_write_bytecode = True; sys.path.insert(0, ${JSON.stringify(STAGES)})
import shared; from pathlib import Path
`

let folder: TempFolder
beforeAll(async () => {
  folder = await tempFolder('shared')
})
afterAll(async () => {
  await folder?.[Symbol.asyncDispose]()
})

async function asked(expression: string): Promise<unknown> {
  return JSON.parse(await must('python3', ['-c', `${START}print(json.dumps(${expression}))`]))
}

/** A folder of packages, as far as it is looked at. */
async function packages(
  name: string,
  all: Readonly<Record<string, { readonly record: string; readonly requires?: string }>>,
): Promise<string> {
  const files = Object.entries(all).flatMap(([info, { record, requires = '' }]) => [
    [`${name}/${info}.dist-info/RECORD`, record],
    [`${name}/${info}.dist-info/METADATA`, `Name: x\n${requires}`],
  ])
  await mkdir(folder.at(name))
  await writeFiles(folder.path, Object.fromEntries(files))
  return `Path(${JSON.stringify(folder.at(name))})`
}

test('files of one name and other content are found, whatever tree they are in', async () => {
  const dependencies = await packages('found', {
    'opencv_python-5.0': { record: 'cv2/__init__.py,sha256=a,1\ncv2/same.py,sha256=s,1\nopencv_python-5.0.dist-info/RECORD,,\n' },
    'opencv.headless-5.0': { record: 'cv2/__init__.py,sha256=b,1\ncv2/same.py,sha256=s,1\n../../../bin/tool,sha256=1,1\n' },
  })
  const own = await packages('own', { 'shop-1.0': { record: '../../../bin/tool,sha256=2,1\n"a,b.py",sha256=3,1\n' } })
  expect(await asked(`shared.shared_files(${dependencies}, ${own})`)).toEqual({
    'cv2/__init__.py': ['opencv-headless', 'opencv-python'],
    '../../../bin/tool': ['opencv-headless', 'shop'],
  })
})

test.each([
  { name: 'the first by name is the last', requires: { a: [], b: [], c: [] }, order: ['c', 'b', 'a'] },
  { name: 'a package comes after what it requires', requires: { a: [], b: [], c: ['a'] }, order: ['b', 'a', 'c'] },
  { name: 'whatever stands between', requires: { a: [], b: [], c: ['x'], x: ['a'] }, order: ['b', 'a', 'c'] },
  { name: 'a circle ends', requires: { a: ['b'], b: ['c'], c: ['a'] }, order: ['c', 'b', 'a'] },
])('$name', async ({ requires, order }) => {
  expect(await asked(`shared.in_order({"a", "b", "c"}, ${JSON.stringify(requires)})`)).toEqual(order)
})

test('requirements are read whatever their markers say', async () => {
  const site = await packages('requires', {
    'Shop-1.0': { record: '', requires: 'Requires-Dist: Foo_Bar[x]>=1 ; extra == "y"\nRequires-Dist: b\n' },
  })
  expect(await asked(`shared.requirements(${site})`)).toEqual({ shop: ['foo-bar', 'b'] })
})

describe('what is told', () => {
  const told = (files: Readonly<Record<string, readonly string[]>>) =>
    asked(`shared.told(${JSON.stringify(files)}, ["b", "c", "a"])`) as Promise<readonly (readonly [string, string])[]>

  test.each([
    {
      name: 'modules are a warning',
      files: { 'cv2/x.py': ['a', 'b'], 'cv2/y.so': ['a', 'b'] },
      level: 'warning',
      text: 'b and a bring different files of one name (cv2/x.py, cv2/y.so): the image has those of a',
    },
    {
      name: 'programs are called by their folder',
      files: { '../../../bin/tool': ['a', 'b'] },
      level: 'warning',
      text: 'b and a bring different files of one name (bin/tool): the image has those of a',
    },
    {
      name: 'a namespace alone is a notice',
      files: { 'azure/mgmt/__init__.py': ['a', 'b', 'c'] },
      level: 'notice',
      text: 'b, c and a bring different files of one name (azure/mgmt/__init__.py): the image has those of a',
    },
  ])('$name', async ({ files, level, text }) => {
    expect(await told(files)).toEqual([[level, text]])
  })

  test('many files are counted, and packages that share others have a line of their own', async () => {
    const files = Object.fromEntries(['p/1.py', 'p/2.py', 'p/3.py', 'p/4.py', 'p/5.py'].map((name) => [name, ['a', 'b']]))
    const lines = (await told({ ...files, 'q.py': ['b', 'c'] })).map(([, text]) => text)
    expect(lines).toEqual([expect.stringContaining('(p/1.py, p/2.py, p/3.py and 2 more)'), expect.stringContaining('b and c bring')])
  })

  test.each(['tests/test_a.py', 'LICENSE', 'README.md', 'docs/conf.py', 'odd\u2028name/x.py'])('nothing of %s', async (file) => {
    expect(await told({ [file]: ['a', 'b'] })).toEqual([])
  })
})

test('the order is that of pip, which is asked for every two of nine packages', async () => {
  const requires: Readonly<Record<string, readonly string[]>> = {
    alpha: ['hotel'],
    bravo: [],
    charlie: ['alpha', 'india'],
    delta: ['charlie'],
    echo: [],
    foxtrot: ['bravo'],
    golf: ['foxtrot', 'echo'],
    hotel: [],
    india: ['bravo'],
  }
  const names = Object.keys(requires)
  const pairs = names.flatMap((one, i) => names.slice(i + 1).map((other) => [one, other] as const))
  const file = (pair: readonly string[]) => `both/${pair.join('_')}.txt`
  const wheels = names.map((name) => {
    const beside = pairs.filter((pair) => pair.includes(name)).map((pair) => [file(pair), name])
    return testWheel(name, '1.0', { requires: requires[name] ?? [], beside: Object.fromEntries(beside) })
  })
  await writeFiles(folder.path, Object.fromEntries(wheels.map((wheel) => [`wheels/${wheel.file}`, wheel.bytes])))
  const flags = ['--quiet', '--no-index', '--find-links', folder.at('wheels'), '--root-user-action=ignore']
  await must('python3', ['-m', 'venv', folder.at('venv')])
  await must(folder.at('venv/bin/python'), ['-m', 'pip', 'install', ...flags, ...names])
  const site = await must('sh', ['-c', `echo ${folder.at('venv')}/lib/python3*/site-packages`])
  const at = `Path(${JSON.stringify(site)})`
  const winners = await asked(
    `{path: shared.in_order(set(names), shared.requirements(${at}))[-1] for path, names in shared.shared_files(${at}).items()}`,
  )
  const kept = pairs.map(async (pair) => [file(pair), await readFile(path.join(site, file(pair)), 'utf8')])
  expect(winners).toEqual(Object.fromEntries(await Promise.all(kept)))
})
