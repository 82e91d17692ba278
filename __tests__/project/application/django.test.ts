import { describe, expect, test } from '@jest/globals'
import { chosenSettings, isDjangoStart, readDjango, unnamedSettings } from '../../../src/project/application/django.ts'

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
    expect(readDjango(new Map(Object.entries(texts))).django?.settings).toBe(settings)
  })
})

describe('settings that a file does not name plainly', () => {
  const wsgi = (text: string) => ({ 'manage.py': names('shop.settings.local'), 'shop/wsgi.py': `import os\n${text}\n` })
  const set = (value: string) => `os.environ.setdefault("DJANGO_SETTINGS_MODULE", ${value})`
  const read = (text: string) => readDjango(new Map(Object.entries(wsgi(text))))

  test.each([
    { name: 'in a comment', text: `# ${set('"shop.settings.dev"')}\n${set('"shop.settings"')}` },
    { name: 'in a text of several lines', text: `"""${set("'shop.settings.dev'")}"""\n${set('"shop.settings"')}` },
    { name: 'twice the same', text: `${set('"shop.settings"')}\n${set('"shop.settings"')}` },
    { name: 'by itself where it is set', text: set('os.environ.get("DJANGO_SETTINGS_MODULE", "shop.settings")') },
    { name: 'by decouple', text: set("config('DJANGO_SETTINGS_MODULE', default='shop.settings')") },
  ])('$name are not mistaken for others', ({ text }) => {
    expect(read(text)).toEqual({ django: { settings: 'shop.settings', from: 'shop/wsgi.py' } })
  })

  test.each([
    { name: 'os.getenv', text: set('os.getenv("SHOP_SETTINGS", "shop.settings.production")') },
    { name: 'os.environ.get over two lines', text: set('\n    os.environ.get("SHOP_SETTINGS", "shop.settings.production"),\n') },
    { name: 'an assignment', text: 'os.environ["DJANGO_SETTINGS_MODULE"] = env("SHOP_SETTINGS", default="shop.settings.production")' },
  ])('are chosen by a variable: $name', ({ text }) => {
    expect(read(text)).toEqual({ django: { settings: 'shop.settings.production', from: 'shop/wsgi.py', by: 'SHOP_SETTINGS' } })
  })

  test.each([
    { name: 'by adding', text: set('"shop.settings." + os.environ["STAGE"]') },
    { name: 'by an f-string', text: set('f"shop.settings.{STAGE}"') },
    { name: 'by %', text: set('"shop.settings.%s" % STAGE') },
    { name: 'by a name', text: set('SETTINGS') },
    { name: 'by two that differ', text: `if DEV:\n    ${set('"shop.settings.dev"')}\nelse:\n    ${set('"shop.settings.production"')}` },
    { name: 'by a condition', text: set('"shop.settings.dev" if DEV else "shop.settings.production"') },
    { name: 'by a variable without a default', text: set('os.environ["SHOP_SETTINGS"]') },
  ])('are computed $name: what manage.py names is not what is served', ({ text }) => {
    expect(read(text)).toEqual({ django: undefined, computedBy: 'shop/wsgi.py' })
  })

  test('are none where the name is only looked at', () => {
    const looked = read('if os.environ["DJANGO_SETTINGS_MODULE"] == "a.b":\n    pass')
    expect(looked.django).toEqual({ settings: 'shop.settings.local', from: 'manage.py' })
  })

  test('are told, with the file', () => {
    expect(unnamedSettings(['shop.settings.production'], 'shop/wsgi.py')).toMatch(
      /, and shop\/wsgi\.py computes the name of its settings: .*Set DJANGO_SETTINGS_MODULE in image-env, such as shop\.settings\.production\.$/,
    )
    expect(chosenSettings({ settings: 'a.b', from: 'a/wsgi.py', by: 'A' })).toMatch(
      /^a\/wsgi\.py chooses the settings by A, .* they are a\.b/,
    )
    expect(chosenSettings({ settings: 'a.b', from: 'a/wsgi.py' })).toBeUndefined()
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

test('a variable that is one of two by another of the environment has the settings without that', () => {
  const given = 'os.environ.setdefault("DJANGO_SETTINGS_MODULE", module)\n'
  const either = 'module = "shop.production" if "HOSTED" in os.environ else "shop.settings"\n'
  expect(readDjango(new Map([['shop/wsgi.py', `${either}${given}`]]))).toEqual({
    django: { settings: 'shop.settings', from: 'shop/wsgi.py', by: 'HOSTED' },
  })
  expect(readDjango(new Map([['shop/wsgi.py', `${either}${either}${given}`]])).computedBy).toBe('shop/wsgi.py')
  expect(readDjango(new Map([['shop/wsgi.py', `module = pick()\n${given}`]])).computedBy).toBe('shop/wsgi.py')
})
