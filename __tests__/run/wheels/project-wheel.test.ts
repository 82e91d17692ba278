import { symlink } from 'node:fs/promises'
import { describe, expect, test } from '@jest/globals'
import { files } from '../../../src/effects/files/files.ts'
import { source } from '../../../src/effects/files/source.ts'
import { belowSource, layOutProject } from '../../../src/run/wheels/project-wheel.ts'
import { tempFolder, writeFiles } from '../../support/temp.ts'
import { worldIn } from '../../support/world.ts'

describe("the user's .dockerignore below source/", () => {
  test.each([
    { name: 'has a pattern below it', given: '*.sqlite3', moved: 'source/*.sqlite3' },
    { name: 'has a pattern for any depth below it', given: '**/__pycache__', moved: 'source/**/__pycache__' },
    { name: 'has a pattern from the top below it', given: '/docs', moved: 'source/docs' },
    { name: 'has an exception below it', given: '!README.md', moved: '!source/README.md' },
    { name: 'has an exception from the top, and with a blank, below it', given: '! /README.md', moved: '!source/README.md' },
    { name: 'has a pattern for everything below it, and nothing more', given: '*', moved: 'source/*' },
    {
      name: 'keeps the order, on which exceptions depend',
      given: '*\n!src\nsrc/*.tmp\n',
      moved: 'source/*\n!source/src\nsource/src/*.tmp',
    },
    { name: 'has no comments and no empty lines', given: '# a\n\n  \nb\n  # c\n', moved: 'source/b' },
    { name: 'is read with the line ends of Windows', given: 'a\r\nb\r\n', moved: 'source/a\nsource/b' },
    { name: 'is read after a byte order mark', given: '\uFEFFa\n', moved: 'source/a' },
    { name: 'does not shut out the source itself by a dot', given: '.\na', moved: 'source/a' },
    { name: 'does not shut out the source itself by a slash', given: '/\na', moved: 'source/a' },
    { name: 'does not let the source in again by a dot', given: '!.', moved: '' },
    { name: 'may be empty', given: '', moved: '' },
  ])('$name', ({ given, moved }) => {
    expect(belowSource(given)).toBe(moved)
  })
})

test('a pyproject.toml that leads out of the source is that of the project, as far as it is one', async () => {
  await using folder = await tempFolder('app-wheel')
  await writeFiles(folder.path, { 'shared.toml': 'x = 1', 'project/setup.py': '' })
  await symlink('../shared.toml', folder.at('project/pyproject.toml'))
  const { paths, ...world } = worldIn(folder.path)
  const project = folder.at('project')
  const snapshot = await source.snapshot(project, folder.at('wheelhouse'))
  await layOutProject({ ...world, paths: { ...paths, project } }, { snapshot, parts: {} })
  expect(await files.isLink(folder.at('context/source/pyproject.toml'))).toBe(true)
  expect(await files.read(folder.at('context/build-system/pyproject.toml'))).toBe('x = 1')
})

test('what defines a wheel is sent to its build where .dockerignore leaves out all but the code', async () => {
  await using folder = await tempFolder('app-wheel')
  await writeFiles(folder.at('project'), {
    'setup.py': '',
    'MANIFEST.in': 'recursive-include shop/static *',
    'setup.cfg': '',
    'shop/MANIFEST.in': '',
    'shop/__init__.py': '',
    '.dockerignore': '*\n!shop\nshop/MANIFEST.in\n',
  })
  const { paths, ...world } = worldIn(folder.path)
  const project = folder.at('project')
  const snapshot = await source.snapshot(project, folder.at('wheelhouse'))
  const laidOut = async (parts: Readonly<Record<string, string>>) => {
    await files.remove(folder.at('context'))
    const temp = folder.at(`temp${parts.buildLock ?? ''}`)
    await layOutProject({ ...world, paths: { ...paths, project, temp } }, { snapshot, parts })
    return ((await files.read(folder.at('context/.dockerignore'))) ?? '').split('\n').slice(3)
  }
  expect(await laidOut({ buildLock: 'x' })).toEqual(['!source/MANIFEST.in', '!source/setup.cfg', '!source/setup.py'])
  expect(await laidOut({})).toEqual([])
})

test('files that an exception with a wildcard lets in are named one by one, as older engines do not find them', async () => {
  await using folder = await tempFolder('app-wheel')
  await writeFiles(folder.at('project'), {
    'shop/web/__init__.py': '',
    'shop/web/notes.txt': '',
    '.dockerignore': '*\n!shop/**/*.py\n',
  })
  const { paths, ...world } = worldIn(folder.path)
  const project = folder.at('project')
  const snapshot = await source.snapshot(project, folder.at('wheelhouse'))
  await layOutProject({ ...world, paths: { ...paths, project } }, { snapshot, parts: {} })
  const ignore = (await files.read(folder.at('context/.dockerignore'))) ?? ''
  expect(ignore.split('\n')).toEqual(['source/*', '!source/shop/**/*.py', '!source/shop/web/__init__.py'])
})

test('what setup.py and pyproject.toml name is sent to the build of a wheel, whatever .dockerignore leaves out', async () => {
  await using folder = await tempFolder('app-wheel')
  await writeFiles(folder.at('project'), {
    'setup.py': "setup(long_description=open('README-pip.md').read())",
    'pyproject.toml': '[project]\nreadme = "README.md"\n',
    'README-pip.md': '',
    'README.md': '',
    'NEWS.md': '',
    '.dockerignore': '*.md',
  })
  const { paths, ...world } = worldIn(folder.path)
  const project = folder.at('project')
  const snapshot = await source.snapshot(project, folder.at('wheelhouse'))
  await layOutProject({ ...world, paths: { ...paths, project } }, { snapshot, parts: { buildLock: 'x' } })
  const ignore = (await files.read(folder.at('context/.dockerignore'))) ?? ''
  expect(ignore.split('\n').filter((line) => line.includes('.md'))).toEqual(['source/*.md', '!source/README.md', '!source/README-pip.md'])
})
