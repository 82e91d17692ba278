import { describe, expect, test } from '@jest/globals'
import { isDjangoStart, readDjango, unnamedSettings } from '../../../src/project/application/django.ts'

const names = (settings: string) => `os.environ.setdefault("DJANGO_SETTINGS_MODULE", "${settings}")\n`

describe("a Django project's settings", () => {
  test.each([
    { name: 'are those of manage.py', texts: { 'manage.py': names('mysite.settings') }, settings: 'mysite.settings' },
    {
      name: 'may be in single quotes and over two lines',
      texts: { 'manage.py': "os.environ.setdefault(\n    'DJANGO_SETTINGS_MODULE',\n    'config.settings')\n" },
      settings: 'config.settings',
    },
    {
      name: 'may be assigned',
      texts: { 'manage.py': 'os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"\n' },
      settings: 'config.settings',
    },
    {
      name: 'are those of wsgi.py where manage.py names the ones of developers',
      texts: { 'manage.py': names('config.settings.local'), 'config/wsgi.py': names('config.settings.production') },
      settings: 'config.settings.production',
    },
    {
      name: 'are those of asgi.py where wsgi.py names none',
      texts: { 'manage.py': names('a.local'), 'a/wsgi.py': 'import a\n', 'a/asgi.py': names('a.settings') },
      settings: 'a.settings',
    },
    {
      name: 'are those of the wsgi.py nearest to the top',
      texts: { 'a/b/wsgi.py': names('a.b.settings'), 'c/wsgi.py': names('c.settings') },
      settings: 'c.settings',
    },
    { name: 'are found without a manage.py', texts: { 'src/shop/wsgi.py': names('shop.settings') }, settings: 'shop.settings' },
    { name: 'are none where manage.py names none', texts: { 'manage.py': 'import flask\n' }, settings: undefined },
    { name: 'are not those of tests', texts: { 'tests/wsgi.py': names('tests.settings') }, settings: undefined },
  ])('$name', ({ texts, settings }) => {
    expect(readDjango(new Map(Object.entries(texts)))?.settings).toBe(settings)
  })
})

test.each([
  { name: 'at the top', file: 'manage.py', read: true },
  { name: 'in a package below src/', file: 'src/shop/wsgi.py', read: true },
  { name: 'too deep', file: 'a/b/c/d/wsgi.py', read: false },
  { name: 'of another name', file: 'shop/web.py', read: false },
])('a file $name is read: $read', ({ file, read }) => {
  expect(isDjangoStart(file)).toBe(read)
})

test.each([
  { modules: ['shop.settings', 'shop.urls'], example: ', such as shop.settings.' },
  {
    modules: ['shop.settings', 'shop.settings.base', 'shop.settings.production', 'shop.settings.local'],
    example: ', such as shop.settings.production.',
  },
  {
    modules: ['shop.settings.base', 'shop.settings.ci', 'tests.settings', 'shop.settings.development'],
    example: ', such as shop.settings.base.',
  },
  { modules: ['shop.conf', 'shop.user_settings'], example: 'DJANGO_SETTINGS_MODULE in image-env.' },
])('settings that nobody names are told$example', ({ modules, example }) => {
  expect(unnamedSettings(modules)).toMatch(/neither wsgi\.py nor manage\.py names its settings/)
  expect(unnamedSettings(modules).endsWith(example)).toBe(true)
})
