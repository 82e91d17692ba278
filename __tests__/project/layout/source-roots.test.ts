import { describe, expect, test } from '@jest/globals'
import { consoleScripts } from '../../../src/project/application/entry-points.ts'
import { modulesOf, SOURCE_ONLY, sourceRoots } from '../../../src/project/layout/source-roots.ts'

describe('the roots of a source', () => {
  test.each([
    {
      name: 'are its folder, for packages and for single modules',
      source: ['setup.py', 'manage.py', 'shop/__init__.py', 'shop/web.py'],
      wheel: ['manage.py', 'shop/__init__.py', 'shop/web.py', 'shop-1.dist-info/RECORD'],
      roots: [{ prefix: '', packages: ['manage', 'shop'] }],
    },
    {
      name: 'are src/ where the packages lie there',
      source: ['src/shop/__init__.py', 'src/shop/web.py', 'tests/shop/test_web.py'],
      wheel: ['shop/__init__.py', 'shop/web.py'],
      roots: [{ prefix: 'src/', packages: ['shop'] }],
    },
    {
      name: 'are those of namespace packages',
      source: ['src/acme/shop/web.py'],
      wheel: ['acme/shop/web.py'],
      roots: [{ prefix: 'src/', packages: ['acme'] }],
    },
    {
      name: 'are the shortest of several that hold the same file',
      source: ['examples/shop/web.py', 'shop/web.py'],
      wheel: ['shop-1.data/purelib/shop/web.py'],
      roots: [{ prefix: '', packages: ['shop'] }],
    },
    { name: 'are none where the wheel has no module of it', source: ['shop/web.py'], wheel: ['other.py'], roots: [] },
  ])('$name', ({ source, wheel, roots }) => {
    expect(sourceRoots(source, wheel)).toEqual(roots)
  })
})

describe('the modules of a project', () => {
  const names = (...args: Parameters<typeof modulesOf>) => modulesOf(...args).map(({ name }) => name)

  test('have the names that they are imported by', () => {
    const source = ['setup.py', 'src/shop/__init__.py', 'src/shop/web/site.py', 'src/shop/data.json', 'tools/x.py']
    expect(names(source, [{ prefix: 'src/', packages: ['shop'] }])).toEqual(['shop', 'shop.web.site'])
  })

  test('are those of the wheel where it is at hand, else those of its packages: a new one is among them', () => {
    const source = ['shop/__init__.py', 'shop/new.py']
    const roots = [{ prefix: '', packages: ['shop'] }]
    expect(names(source, roots)).toEqual(['shop', 'shop.new'])
    expect(names(source, roots, ['shop/__init__.py'])).toEqual(['shop'])
  })

  test('are all of an application without a wheel, but tests, examples, migrations and what cannot be imported', () => {
    const source = [
      'app.py',
      'web/test_site.py',
      'tests/app.py',
      'examples/app.py',
      'blog/migrations/0001_initial.py',
      'my-tool.py',
      'setup.py',
    ]
    expect(names(source, SOURCE_ONLY)).toEqual(['app'])
  })

  test('are those of a package called example where there is no other', () => {
    expect(names(['example/api/core.py', 'tests/app.py'], SOURCE_ONLY)).toEqual(['example.api.core'])
  })
})

test('console scripts are read with what they call, extras left out', () => {
  const text = '[console_scripts]\r\nhello = hello.cli:main\nother=a.b : c.d [extra]\n# x = y\n\n[gui_scripts]\nwindow = hello:gui\n'
  expect(consoleScripts(text)).toEqual({ hello: 'hello.cli:main', other: 'a.b:c.d' })
})
