import { describe, expect, test } from '@jest/globals'
import { otherSettings, pytestSettings } from '../../../src/project/application/test-settings.ts'

describe('the settings of test and dev', () => {
  test.each([
    {
      name: 'modules beside the release’s',
      files: ['mysite/settings/release.py', 'mysite/settings/test.py', 'mysite/settings/dev.py'],
      release: 'mysite.settings.release',
      is: { test: 'mysite.settings.test', dev: 'mysite.settings.dev' },
    },
    {
      name: 'modules of a package that is itself the release’s, below src/',
      files: ['src/shop/settings/__init__.py', 'src/shop/settings/testing.py', 'src/shop/settings/local.py'],
      release: 'shop.settings',
      is: { test: 'shop.settings.testing', dev: 'shop.settings.local' },
    },
    {
      name: 'files named for it beside one of settings',
      files: ['shop/settings.py', 'shop/test_settings.py', 'shop/settings_dev.py', 'shop/tests.py', 'shop/test.py'],
      release: 'shop.settings',
      is: { test: 'shop.test_settings', dev: 'shop.settings_dev' },
    },
    {
      name: 'none, where only tests lie beside the settings',
      files: ['shop/settings.py', 'shop/tests.py', 'shop/test.py', 'shop/dev.py'],
      release: 'shop.settings',
      is: { test: undefined, dev: undefined },
    },
    {
      name: 'none, where the release has none',
      files: ['a/settings/test.py'],
      release: undefined,
      is: { test: undefined, dev: undefined },
    },
  ])('are $name', ({ files, release, is }) => {
    expect(otherSettings(files, release, undefined)).toEqual(is)
  })

  test('of tests are what pytest is told, before what lies beside', () => {
    expect(otherSettings(['a/settings/test.py'], 'a.settings.release', 'a.settings.ci').test).toBe('a.settings.ci')
  })
})

describe('pytest’s configuration names settings', () => {
  test.each([
    { name: 'in pytest.ini', file: 'pytest.ini', text: '[pytest]\naddopts = -q\nDJANGO_SETTINGS_MODULE = a.test\n' },
    { name: 'in pyproject.toml', file: 'pyproject.toml', text: '[tool.pytest.ini_options]\nDJANGO_SETTINGS_MODULE = "a.test"\n' },
    { name: 'in tox.ini', file: 'tox.ini', text: '[tox]\n[pytest]\nDJANGO_SETTINGS_MODULE=a.test\n[x]\n' },
    { name: 'in setup.cfg', file: 'setup.cfg', text: '[metadata]\nname = a\n[tool:pytest]\nDJANGO_SETTINGS_MODULE = a.test\n' },
  ])('$name', ({ file, text }) => {
    expect(pytestSettings(new Map([[file, text]]))).toBe('a.test')
  })

  test('not in a section of somebody else', () => {
    expect(pytestSettings(new Map([['tox.ini', '[pytest]\naddopts = -q\n[testenv]\nDJANGO_SETTINGS_MODULE = a.test\n']]))).toBeUndefined()
  })
})
