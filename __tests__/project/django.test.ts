import { describe, expect, test } from '@jest/globals'
import { readDjango } from '../../src/project/django.ts'

const MANAGE = `os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mysite.settings.release")\n`

describe('a Django project', () => {
  test.each([
    {
      name: 'serves WSGI where its package has a wsgi.py',
      manage: MANAGE,
      files: ['manage.py', 'mysite/wsgi.py'],
      django: { settings: 'mysite.settings.release', wsgi: 'mysite.wsgi', asgi: undefined },
    },
    {
      name: 'serves both where it has both',
      manage: MANAGE,
      files: ['mysite/wsgi.py', 'mysite/asgi.py'],
      django: { settings: 'mysite.settings.release', wsgi: 'mysite.wsgi', asgi: 'mysite.asgi' },
    },
    {
      name: 'serves nothing where wsgi.py belongs to another package',
      manage: MANAGE,
      files: ['other/wsgi.py', 'mysite/deep/asgi.py'],
      django: { settings: 'mysite.settings.release', wsgi: undefined, asgi: undefined },
    },
    {
      name: 'may write its settings in single quotes and over two lines',
      manage: "os.environ.setdefault(\n    'DJANGO_SETTINGS_MODULE',\n    'config.settings')\n",
      files: [],
      django: { settings: 'config.settings', wsgi: undefined, asgi: undefined },
    },
    { name: 'is not one whose manage.py names no settings', manage: 'import flask\n', files: ['mysite/wsgi.py'], django: undefined },
    { name: 'is not one without manage.py', manage: undefined, files: ['mysite/wsgi.py'], django: undefined },
  ])('$name', ({ manage, files, django }) => {
    const texts = new Map(manage === undefined ? [] : [['manage.py', manage]])
    expect(readDjango({ files, texts })).toEqual(django)
  })
})
