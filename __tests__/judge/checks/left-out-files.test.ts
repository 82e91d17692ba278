import { describe, expect, test } from '@jest/globals'
import { leftOut, modulesLeftOut, outsidePackages } from '../../../src/judge/checks/left-out-files.ts'

const SOURCE = [
  'setup.py',
  'polls/__init__.py',
  'polls/views.py',
  'polls/templates/polls/index.html',
  'polls/static/polls/style.css',
  'polls/schema.json',
]
const CODE = ['polls/__init__.py', 'polls/views.py', 'polls-1.dist-info/RECORD']
const SETUPTOOLS = ['setuptools>=40.8.0']

describe('files of a package that are not in its wheel', () => {
  test.each([
    {
      name: 'are templates, static files and data, mended by package_data',
      found: ['polls/templates/polls/index.html', 'polls/static/polls/style.css', 'polls/schema.json'],
      lines: ['setup(): package_data={"polls": ["templates/**", "static/**", "*.json"]}'],
    },
    {
      name: 'are mended by MANIFEST.in where setup.py includes what that names',
      definition: 'setup(include_package_data=True)',
      found: ['polls/templates/polls/index.html', 'polls/static/polls/style.css', 'polls/schema.json'],
      lines: [
        'MANIFEST.in: recursive-include polls/templates *',
        'MANIFEST.in: recursive-include polls/static *',
        'MANIFEST.in: include polls/*.json',
      ],
    },
    {
      name: 'are mended by MANIFEST.in where pyproject.toml has the metadata: setuptools then includes what that names',
      source: ['src/polls/__init__.py', 'src/polls/templates/a.html'],
      wheel: ['polls/__init__.py'],
      definition: '[project]\nname = "polls"',
      found: ['src/polls/templates/a.html'],
      lines: ['MANIFEST.in: recursive-include src/polls/templates *'],
    },
    { name: 'are none where the wheel holds all', wheel: SOURCE, found: [], lines: [] },
    {
      name: 'are not tests, documentation, sources of extensions, nor what lies beside the packages',
      source: [
        ...CODE,
        'polls/tests/data/x.json',
        'polls/README.txt',
        'polls/_fast.c',
        'polls/pytest.ini',
        'polls/run_proxy_tests.sh',
        'polls/locale/de/x.po',
        'static/x.css',
        'docs/a.html',
        'notes.txt',
      ],
      found: [],
      lines: [],
    },
    {
      name: 'are templates and static files for documentation and examples of the application too',
      source: [
        ...CODE,
        'polls/templates/docs/index.html',
        'polls/static/examples/a.css',
        'polls/static/tests/README.txt',
        'polls/docs/templates/a.html',
        'polls/templates/.hidden/a.html',
        'polls/static/node_modules/x/a.js',
      ],
      found: ['polls/templates/docs/index.html', 'polls/static/examples/a.css', 'polls/static/tests/README.txt'],
      lines: ['setup(): package_data={"polls": ["templates/**", "static/**"]}'],
    },
    {
      name: 'are not those of packages that the wheel leaves out on purpose',
      source: [...CODE, 'tools/__init__.py', 'tools/data/x.json'],
      found: [],
      lines: [],
    },
    {
      name: 'are not those that the build packs',
      source: [...CODE, 'polls/models/ec2.json', 'polls/models/s3.json'],
      wheel: [...CODE, 'polls/models/ec2.json.gz'],
      found: ['polls/models/s3.json'],
      lines: ['setup(): package_data={"polls": ["models/*.json"]}'],
    },
    {
      name: 'are looked for in the namespace that a wheel keeps among its data',
      wheel: [
        'polls-1.data/purelib/polls/__init__.py',
        'polls-1.data/purelib/polls/schema.json',
        'polls-1.data/purelib/polls/static/polls/style.css',
      ],
      found: ['polls/templates/polls/index.html'],
      lines: ['setup(): package_data={"polls": ["templates/**"]}'],
    },
    {
      name: 'that .dockerignore keeps from the build are let in there: no setting of the backend finds them',
      ignored: ['polls/templates/polls/index.html', 'docs/index.md'],
      found: ['polls/templates/polls/index.html', 'polls/static/polls/style.css', 'polls/schema.json'],
      lines: ['.dockerignore: !polls/templates/polls/index.html', 'setup(): package_data={"polls": ["static/**", "*.json"]}'],
    },
  ])('$name', ({ source = SOURCE, wheel = CODE, definition = 'setup()', ignored = [], found, lines }) => {
    const given = { buildRequires: SETUPTOOLS, definition, ignored }
    expect(leftOut(source, wheel, given)).toEqual({ files: found, lines, ignored: ignored.filter((file) => found.includes(file)) })
  })
})

describe('the line that puts files into the wheel', () => {
  const toml = '[project]\nname = "polls"\n'
  test.each([
    {
      name: 'is MANIFEST.in for setup.cfg that includes what that names',
      definition: '[options]\ninclude_package_data = True\n',
      lines: ['MANIFEST.in: recursive-include polls/static *', 'MANIFEST.in: include polls/*.json'],
    },
    {
      name: 'is one of setup.cfg for a project of setup.cfg',
      definition: '[metadata]\nname = polls\n[options]\npackages = find:\nsetup()',
      lines: ['setup.cfg, [options.package_data]: polls = static/**, *.json'],
    },
    {
      name: 'is one of setup.cfg where that is all there is',
      definition: '[metadata]\nname = polls\n',
      lines: ['setup.cfg, [options.package_data]: polls = static/**, *.json'],
    },
    {
      name: 'is one of pyproject.toml where that includes no package data',
      definition: `${toml}[tool.setuptools]\ninclude-package-data = false\n`,
      lines: ['pyproject.toml, [tool.setuptools.package-data]: polls = ["static/**", "*.json"]'],
    },
    {
      name: 'is that of hatchling, which leaves out what git ignores',
      requires: ['hatchling', 'hatch-vcs'],
      definition: toml,
      lines: ['pyproject.toml, [tool.hatch.build.targets.wheel]: artifacts = ["polls/static/**", "polls/*.json"]'],
    },
    {
      name: 'is that of poetry-core, for the wheel too',
      requires: ['poetry-core>=1'],
      lines: [
        'pyproject.toml, [tool.poetry]: include = [{ path = "polls/static/**/*", format = ["sdist", "wheel"] }, ' +
          '{ path = "polls/*.json", format = ["sdist", "wheel"] }]',
      ],
    },
    {
      name: 'is that of poetry-core below src/',
      requires: ['poetry-core>=1'],
      prefix: 'src/',
      lines: [
        'pyproject.toml, [tool.poetry]: packages = [{ include = "polls/static/**/*", from = "src" }, ' +
          '{ include = "polls/*.json", from = "src" }] beside those that are there',
      ],
    },
    {
      name: 'is that of pdm-backend, which takes all but what it is told',
      requires: ['pdm-backend'],
      lines: ['pyproject.toml, [tool.pdm.build]: includes must name the packages as a whole, and excludes must not match'],
    },
    {
      name: 'is that of flit, which takes all of its module',
      requires: ['flit_core >=3.2,<5'],
      lines: ['pyproject.toml, [tool.flit.module]: name must be that of the folder which holds them'],
    },
    {
      name: 'is that of uv_build, which takes all but what it is told',
      requires: ['uv_build>=0.9,<0.14'],
      definition: toml,
      lines: ['pyproject.toml, [tool.uv.build-backend]: wheel-exclude and source-exclude must not match them'],
    },
    {
      name: 'is that of maturin, which leaves out what git ignores',
      requires: ['maturin>=1,<2'],
      definition: toml,
      prefix: 'python/',
      lines: [
        'pyproject.toml, [tool.maturin]: include = [{ path = "polls/static/**/*", format = ["sdist", "wheel"] }, ' +
          '{ path = "polls/*.json", format = ["sdist", "wheel"] }]',
      ],
    },
    {
      name: 'is that of scikit-build-core',
      requires: ['scikit-build-core', 'pybind11'],
      definition: toml,
      prefix: 'src/',
      lines: [
        'pyproject.toml, [tool.scikit-build]: sdist.include = ["src/polls/static/**", "src/polls/*.json"], ' +
          'and wheel.packages = ["src/polls"] where CMake installs them',
      ],
    },
    {
      name: 'is that of meson-python',
      requires: ['meson-python'],
      definition: toml,
      prefix: 'src/',
      lines: [
        "meson.build: install_subdir('src/polls/static', install_dir: py.get_install_dir() / 'polls')",
        "meson.build: py.install_sources('src/polls/schema.json', subdir: 'polls')",
      ],
    },
  ])('$name', ({ requires = SETUPTOOLS, definition = '', prefix = '', lines }) => {
    const source = ['polls/__init__.py', 'polls/static/polls/style.css', 'polls/schema.json'].map((file) => `${prefix}${file}`)
    expect(leftOut(source, ['polls/__init__.py'], { buildRequires: requires, definition }).lines).toEqual(lines)
  })
})

describe('files of folders beside the packages that the settings of a Django project name', () => {
  const source = [
    'manage.py',
    'mysite/settings.py',
    'mysite/templates/in.html',
    'templates/base.html',
    'templates/docs/index.html',
    'static/x.css',
    'collected/x.css',
    'locale/de/django.mo',
  ]
  const templates = (dirs: string) =>
    `TEMPLATES = [\n    {\n        "BACKEND": "django",\n        "DIRS": ${dirs},\n        "APP_DIRS": True,\n    },\n]\nX = "locale"\n`
  test.each([
    { name: 'are none where they name none', text: templates('[]'), found: [] },
    { name: 'are templates', text: templates('[BASE_DIR / "templates"]'), found: ['templates/base.html', 'templates/docs/index.html'] },
    {
      name: 'are templates over several lines, by os.path',
      text: templates("[\n            # 'static'\n            os.path.join(BASE_DIR, 'templates'),\n        ]"),
      found: ['templates/base.html', 'templates/docs/index.html'],
    },
    {
      name: 'are static files that are read, and not those that are collected',
      text: 'STATIC_URL = "/x/"\nSTATICFILES_DIRS = [\n    BASE_DIR / "static",\n]\nSTATIC_ROOT = BASE_DIR / "collected"\n',
      found: ['static/x.css'],
    },
    { name: 'are none of STATIC_ROOT', text: 'STATIC_URL = "/static/"\nSTATIC_ROOT = BASE_DIR / "static"\n', found: [] },
    { name: 'are translations', text: "LOCALE_PATHS = (BASE_DIR / 'locale',)\n", found: ['locale/de/django.mo'] },
    { name: 'are none of a package', text: templates('[BASE_DIR / "mysite/templates"]'), found: [] },
    {
      name: 'are none that the wheel holds beside its packages',
      text: templates('[BASE_DIR / "templates"]'),
      wheel: ['templates/base.html', 'templates/docs/index.html'],
      found: [],
    },
    {
      name: 'are looked for below src/ and above it',
      text: `${templates('[BASE_DIR / "templates"]')}STATICFILES_DIRS = ["static"]\n`,
      source: ['src/mysite/settings.py', 'src/templates/base.html', 'static/x.css'],
      root: 'src/',
      found: ['src/templates/base.html', 'static/x.css'],
    },
  ])('$name', ({ text, wheel = [], source: own = source, root = '', found }) => {
    const held = ['manage.py', 'mysite/settings.py', ...wheel]
    expect(outsidePackages(own, held, { text, root })).toEqual(found)
  })
})

describe('whatever lies in a package and is no source', () => {
  const WHEEL = ['shop/__init__.py', 'shop/web/__init__.py']
  const missing = (file: string) => leftOut([...WHEEL, file], WHEEL, { buildRequires: SETUPTOOLS, definition: '' }).files

  test.each(['model.pkl', 'weights.onnx', 'prices.parquet', 'web/mail.mako', 'tool', 'words.dat', 'lib/libx.so.1', 'data/a.md', 'a.jar'])(
    'is missed: %s',
    (file) => {
      expect(missing(`shop/${file}`)).toEqual([`shop/${file}`])
    },
  )

  test.each([
    ...[
      'py.typed',
      'a.pyi',
      'README.md',
      'medusa/CHANGES.txt',
      'TODO.txt',
      'VERSION',
      'notes.rst',
      'a.ipynb',
      'app.ts',
      'a.proto',
      '_x.cpython-311-x86_64-linux-gnu.so',
      'a.hpp',
    ],
    ...['web/package.json', 'Dockerfile', 'BUILD.bazel', 'tests/a.pkl', '.cache/a.bin', 'a.py.orig', 'setup.cfg'],
  ])('is not missed: %s', (file) => {
    expect(missing(`shop/${file}`)).toEqual([])
  })
})

describe('modules that the wheel lacks', () => {
  const wheel = ['shop/__init__.py', 'shop/views.py', 'shop/web/__init__.py', 'shop-1.dist-info/RECORD']
  test.each([
    { name: 'in a folder without __init__.py are told', file: 'shop/tasks/mail.py', told: true },
    { name: 'below src/ are told', file: 'src/shop/tasks/mail.py', prefix: 'src/', told: true },
    { name: 'in a package that nobody named are told', file: 'shop/api/__init__.py', told: true },
    { name: 'of tests are not', file: 'shop/tests/a.py' },
    { name: 'that are a test are not', file: 'shop/web/more/test_a.py' },
    { name: 'of migrations are not', file: 'shop/migrations/0001.py' },
    { name: 'of a template of projects are not', file: 'shop/templates/project/manage.py' },
    { name: 'of another package are not', file: 'tools/make.py' },
    { name: 'beside modules that the wheel holds are left out on purpose', file: 'shop/local.py' },
  ])('$name', ({ file, prefix = '', told = false }) => {
    const source = ['shop/__init__.py', 'shop/views.py', 'shop/web/__init__.py'].map((one) => `${prefix}${one}`)
    expect(modulesLeftOut([...source, file], wheel)).toEqual(told ? [file] : [])
  })
})
