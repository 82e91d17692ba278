import { expect, test } from '@jest/globals'
import { candidatesBeside, migrationsBeside, modulesInWheel, namedBeside } from '../../../src/judge/checks/files-beside.ts'

const SOURCE = [
  'pyproject.toml',
  'README.md',
  'docker-compose.yml',
  'openapi.json',
  'config.yaml',
  'templates/index.html',
  'src/assets/logo.svg',
  'src/shop/__init__.py',
  'src/shop/web.py',
  'src/shop/templates/own.html',
  'tests/data/x.json',
  '.github/workflows/x.yml',
  'scripts/x.sql',
  'snap/snapcraft.yaml',
  'charts/shop/values.yaml',
]
const WHEEL = ['shop/__init__.py', 'shop/web.py', 'shop/templates/own.html', 'shop-1.dist-info/RECORD']

test('templates, static files and data beside the packages are those that code of the wheel may name', () => {
  expect(Object.fromEntries(candidatesBeside(SOURCE, WHEEL))).toEqual({
    'config.yaml': ['config.yaml'],
    templates: ['templates/index.html'],
    assets: ['src/assets/logo.svg'],
  })
  const more = ['shop/__pyinstaller/hook-shop.py', 'shop/tests/test_web.py']
  const source = [...SOURCE, ...more.map((file) => `src/${file}`)]
  expect(modulesInWheel(source, [...WHEEL, ...more])).toEqual(['src/shop/__init__.py', 'src/shop/web.py'])
})

test.each([
  { code: "app = Flask(__name__, template_folder='../templates')", named: ['templates/index.html'] },
  { code: 'ROOT / "templates" / "index.html"', named: ['templates/index.html'] },
  { code: 'open("config.yaml")', named: ['config.yaml'] },
  { code: "send('/srv/assets/logo.svg')", named: ['src/assets/logo.svg'] },
  { code: 'os.path.join(\n  root(),\n  "templates",\n)', named: ['templates/index.html'] },
  { code: 'Jinja2Templates(directory="templates")', named: ['templates/index.html'] },
  { code: 'kind = "templates" if many else "assets"', named: [] },
  { code: '# open("config.yaml")', named: [] },
  { code: 'templates = 1; print("my templates are here")', named: [] },
])('and those which it does name are lost: $code', ({ code, named }) => {
  const found = namedBeside(candidatesBeside(SOURCE, WHEEL), new Map([['src/shop/web.py', code]]))
  expect(found.flatMap(({ files }) => files)).toEqual(named)
  for (const { by } of found) expect(by).toBe('src/shop/web.py')
})

test.each([
  ['os.path.join(self.datapath, "translations")', 0],
  ['os.path.join(config.user_data_dir, "translations")', 0],
  ['DATA_DIR / "translations"', 0],
  ['os.path.join(BASE_DIR, "translations")', 1],
  ['ROOT / "translations"', 1],
])('a folder of whoever runs it is no part of the source: %s', (code, found) => {
  const source = ['translations/de/messages.mo', 'shop/__init__.py']
  expect(namedBeside(candidatesBeside(source, ['shop/__init__.py']), new Map([['shop/__init__.py', code]]))).toHaveLength(found)
})

test('files that a package of the wheel holds too are its own', () => {
  const source = ['translations/de/messages.mo', 'shop/__init__.py', 'shop/translations/de/messages.mo']
  const wheel = ['shop/__init__.py', 'shop/translations/de/messages.mo']
  const code = new Map([['shop/__init__.py', 'os.path.join(app.root_path, "translations")']])
  expect(namedBeside(candidatesBeside(source, wheel), code, wheel)).toEqual([])
  expect(namedBeside(candidatesBeside(source, wheel), code)).toHaveLength(1)
})

test.each<{ name: string; paths: string[]; names: string[]; lost: string | undefined }>([
  { name: 'of alembic', paths: ['alembic.ini', 'migrations/env.py', 'shop/web.py'], names: ['shop/web.py'], lost: 'alembic.ini' },
  { name: 'of Flask-Migrate', paths: ['migrations/env.py', 'shop/web.py'], names: ['shop/web.py'], lost: 'migrations/env.py' },
  { name: 'in the package are not lost', paths: ['src/shop/migrations/env.py'], names: ['shop/migrations/env.py'], lost: undefined },
  { name: "of Django's apps are none", paths: ['blog/migrations/0001_initial.py'], names: [], lost: undefined },
])('migrations $name', ({ paths, names, lost }) => {
  expect(migrationsBeside(paths, names)).toBe(lost)
})
