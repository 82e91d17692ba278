import { expect, test } from '@jest/globals'
import { withUncommitted } from '../../../src/judge/causes/uncommitted-module.ts'
import { failed } from '../../../src/judge/checks/check.ts'

const missing = (module: string) => failed('imports', 'x', { next: 'Another.', said: `ModuleNotFoundError: No module named '${module}'` })

test.each([
  {
    name: 'settings with a sample and others beside them',
    module: 'fir.config.production',
    settings: 'fir.config.production',
    paths: ['fir/config/__init__.py', 'fir/config/production.py.sample', 'fir/config/composeprod.py', 'fir/settings.py'],
    next: 'fir/config/production.py is not in the source: cp fir/config/production.py.sample fir/config/production.py, and fill that in; or set image-env: DJANGO_SETTINGS_MODULE=fir.config.composeprod or fir.settings.',
  },
  {
    name: 'a module that settings import, below another folder',
    module: 'shop.local_settings',
    settings: 'shop.settings',
    paths: ['site/shop/local_settings.example.py'],
    next: 'site/shop/local_settings.py is not in the source: cp site/shop/local_settings.example.py site/shop/local_settings.py, and fill that in.',
  },
  {
    name: 'settings that others stand for',
    module: 'shop.settings.prod',
    settings: 'shop.settings.prod',
    paths: ['shop/settings/base.py', 'shop/settings/test.py', 'shop/models.py'],
    next: 'shop/settings/prod.py is not in the source: add it; or set image-env: DJANGO_SETTINGS_MODULE=shop.settings.base.',
  },
  {
    name: 'settings whose sample begins with the word',
    module: 'sal.settings',
    settings: 'sal.settings',
    paths: ['sal/example_settings.py', 'sal/urls.py'],
    next: 'sal/settings.py is not in the source: cp sal/example_settings.py sal/settings.py, and fill that in.',
  },
  {
    name: 'a copy of another project',
    module: 'sqlalchemy',
    settings: '',
    paths: ['libs/alembic/__main__.py', 'libs/sqlalchemy/__init__.py', 'shop/libs.py'],
    next: "sqlalchemy lies in libs, which nothing that runs puts on Python's path: start it by the script that does, or set image-env: PYTHONPATH=/app:/app/libs",
  },
  { name: 'a package that nobody has', module: 'rest_framework', settings: 'shop.settings', paths: ['shop/settings.py'], next: 'Another.' },
])('of a module that is not committed is told what stands for it: $name', ({ module, settings, paths, next }) => {
  expect(withUncommitted([missing(module)], { paths, settings })[0]?.next).toBe(next)
})
