import { describe, expect, test } from '@jest/globals'
import { scmKeyword } from '../../../src/project/layout/scm-keyword.ts'
import { readVersionSource } from '../../../src/project/layout/version-source.ts'

const MATCH = '["git", "describe", "--tags", "--long", "--match", "lib-*"]'
const command = ['git', 'describe', '--tags', '--long', '--match', 'lib-*']

describe('use_scm_version in setup.py', () => {
  const rows: readonly { name: string; py: string; settings?: object; computed?: readonly string[] }[] = [
    { name: 'is True', py: 'setup(use_scm_version=True, name="x")', settings: {} },
    {
      name: 'is a dict',
      py: `setup(use_scm_version={"root": "..", "relative_to": __file__, 'git_describe_command': ${MATCH}}, packages=["x"])`,
      settings: { root: '..', git_describe_command: command },
      computed: ['relative_to'],
    },
    {
      name: 'is a dict over lines with comments',
      py: `setup(\n  use_scm_version={\n    # ours\n    "git_describe_command": "git describe --match " # two\n       "lib-*",\n  },\n)`,
      settings: { git_describe_command: 'git describe --match lib-*' },
    },
    {
      name: 'is a call of dict',
      py: 'setup(use_scm_version=dict(root="..", version_scheme=mine()),)',
      settings: { root: '..' },
      computed: ['version_scheme'],
    },
    {
      name: 'is a name',
      py: `SCM = {"git_describe_command": ${MATCH}}\nsetup(use_scm_version=SCM)`,
      settings: { git_describe_command: command },
    },
    {
      name: 'is a name whose dict is changed',
      py: 'SCM = {"root": ".."}\nSCM["git_describe_command"] = find()\nsetup(use_scm_version=SCM)',
      settings: {},
      computed: ['use_scm_version'],
    },
    { name: 'is a key of a dict', py: 'setup(**{"use_scm_version": {"root": ".."}})', settings: { root: '..' } },
    {
      name: 'is a function',
      py: 'def scm():\n  return {"root": ".."}\nsetup(use_scm_version=scm)',
      settings: {},
      computed: ['use_scm_version'],
    },
    { name: 'is a lambda', py: 'setup(use_scm_version=lambda: {"root": ".."})', settings: {}, computed: ['use_scm_version'] },
    {
      name: 'joins texts',
      py: 'setup(use_scm_version={"tag_regex": P + "x", "root": ".."})',
      settings: { root: '..' },
      computed: ['tag_regex'],
    },
    { name: 'has the default by name', py: 'setup(use_scm_version={"git_describe_command": None})', settings: {} },
    {
      name: 'has a raw pattern',
      py: String.raw`setup(use_scm_version={"tag_regex": r"^lib-(?P<version>[\d.]+)$"})`,
      settings: { tag_regex: String.raw`^lib-(?P<version>[\d.]+)$` },
    },
  ]
  test.each(rows)('$name', ({ py, settings = {}, computed = [] }) => {
    expect(scmKeyword(py)).toEqual({ settings, computed })
  })

  test('is not in a comment', () => {
    expect(scmKeyword('# use_scm_version=True\nsetup()')).toBeUndefined()
  })

  test('counts over pyproject.toml, and what it computes is named', () => {
    const pyproject = { tool: { setuptools_scm: { git_describe_command: 'git describe --match app-*' } } }
    expect(readVersionSource(pyproject, '', `setup(use_scm_version={"git_describe_command": ${MATCH}})`)).toMatchObject({
      describe: { match: ['lib-*'] },
    })
    const computed = readVersionSource({}, '', 'setup(use_scm_version={"git_describe_command": find()})')
    expect(computed).toMatchObject({ describe: { match: ['*[0-9]*'] }, unread: 'git_describe_command in setup.py' })
    expect(readVersionSource({}, '', 'setup(use_scm_version={"local_scheme": mine})')).not.toHaveProperty('unread')
  })
})
