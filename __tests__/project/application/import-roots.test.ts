import { describe, expect, test } from '@jest/globals'
import { importRoots, rootByImports } from '../../../src/project/application/import-roots.ts'
import { pytestPaths } from '../../../src/project/application/test-settings.ts'

describe('the folders that a source is imported from', () => {
  test.each([
    { name: 'are its own', files: ['app.py'], roots: [''] },
    {
      name: 'are that of manage.py',
      files: ['backend/manage.py', 'backend/shop/settings.py'],
      settings: 'shop.settings',
      roots: ['backend/', ''],
    },
    { name: 'are its own where manage.py is', files: ['manage.py', 'shop/settings.py'], settings: 'shop.settings', roots: [''] },
    {
      name: 'are that of the manage.py that the settings are of',
      files: ['a/manage.py', 'a/one/settings.py', 'b/c/manage.py', 'b/c/shop/settings/__init__.py'],
      settings: 'shop.settings',
      roots: ['b/c/', ''],
    },
    {
      name: 'are that of the settings without a manage.py',
      files: ['backend/shop/settings.py'],
      settings: 'shop.settings',
      roots: ['backend/', ''],
    },
    { name: "are pytest's", files: ['lib/a.py', 'app.py'], pytest: ['.', './lib', 'nowhere'], roots: ['lib/', ''] },
    { name: 'are src where that holds packages', files: ['src/shop/__init__.py'], roots: ['src/', ''] },
    { name: 'are not src where that is a package', files: ['src/__init__.py', 'src/shop/__init__.py'], roots: [''] },
  ])('$name', ({ files, settings, pytest = [], roots }) => {
    expect(importRoots({ files, settings, pytest }).map(({ prefix }) => prefix)).toEqual(roots)
  })
})

describe('the folder that a module is imported from, by its imports', () => {
  const of = (file: string, text: string, files: readonly string[]) => rootByImports({ name: 'x', file }, text, [file, ...files])
  test.each([
    {
      name: 'src/main.py beside what it imports',
      file: 'src/main.py',
      text: 'import os\nfrom config import A\nfrom routers.items import r\n',
      files: ['src/config.py', 'src/routers/items.py'],
      root: 'src/',
    },
    {
      name: 'a package below a folder',
      file: 'backend/app/main.py',
      text: 'from app.models import A\n',
      files: ['backend/app/models.py'],
      root: 'backend/',
    },
    { name: 'by whole names', file: 'src/main.py', text: 'from src.config import A\n', files: ['src/config.py'], root: '' },
    {
      name: 'by nothing of its own',
      file: 'src/main.py',
      text: 'from fastapi import FastAPI\nfrom . import a\n',
      files: [],
      root: undefined,
    },
    {
      name: 'by a name that is in both',
      file: 'src/main.py',
      text: 'import config\n',
      files: ['src/config.py', 'config.py'],
      root: undefined,
    },
  ])('$name', ({ file, text, files, root }) => {
    expect(of(file, text, files)).toBe(root)
  })
})

test.each([
  { name: 'pyproject.toml', file: 'pyproject.toml', text: '[tool.pytest.ini_options]\npythonpath = ["src", "../up", "."]\n' },
  { name: 'pytest.ini', file: 'pytest.ini', text: '[pytest]\npythonpath = src .\n' },
  { name: 'lines of setup.cfg', file: 'setup.cfg', text: '[tool:pytest]\npythonpath =\n    src\n    .\naddopts = -q\n' },
])("pytest's folders are read from $name", ({ file, text }) => {
  expect(pytestPaths(new Map([[file, text]]))).toEqual(['src', '.'])
})
