import { addressSecrets, lineSecrets, netrcSecrets } from '../../src/inputs/masks.ts'
import { causeOf } from '../../src/judge/causes/failure-causes.ts'
import { mend } from '../../src/judge/causes/import-fault.ts'
import { namedBeside } from '../../src/judge/checks/files-beside.ts'
import { outsidePackages } from '../../src/judge/checks/left-out-files.ts'
import { startChecks } from '../../src/judge/checks/start-checks.ts'
import { leftBehind } from '../../src/judge/checks/start-ends.ts'
import { argumentsFor, imagesOf, labelsSet, mentions } from '../../src/plan/dockerfile/custom-dockerfile.ts'
import { withHint } from '../../src/plan/dockerfile/stage-messages.ts'
import { addSettings } from '../../src/plan/init/settings-table.ts'
import { usesAction } from '../../src/plan/init/workflow.ts'
import { commandAdvice } from '../../src/plan/start/command-advice.ts'
import { likelyPackages } from '../../src/plan/start/likely-packages.ts'
import { reloading } from '../../src/plan/start/servers.ts'
import { scriptFault, startPlace } from '../../src/plan/start/start-place.ts'
import { tellExactly, tellVersion } from '../../src/plan/version/git-version.ts'
import { planOwnVersion } from '../../src/plan/version/project-version.ts'
import { buildHint, wantsCompiler } from '../../src/plan/wheels/build-hints.ts'
import { mayBeOfPython } from '../../src/plan/wheels/older-python.ts'
import { resolutionFault } from '../../src/plan/wheels/resolution-fault.ts'
import { missingHint, missingIn } from '../../src/plan/wheels/system-packages.ts'
import { databaseVariable } from '../../src/project/application/database-variable.ts'
import { readDjango } from '../../src/project/application/django.ts'
import { consoleScripts } from '../../src/project/application/entry-points.ts'
import { rootByImports } from '../../src/project/application/import-roots.ts'
import { procfileLines } from '../../src/project/application/procfile.ts'
import { keysRead, keyVariables } from '../../src/project/application/secret-keys.ts'
import { settingsRead } from '../../src/project/application/settings-read.ts'
import { pytestPaths, pytestSettings } from '../../src/project/application/test-settings.ts'
import { djangoApps, objectApps } from '../../src/project/application/web-app.ts'
import { readInstructions, wordsOf } from '../../src/project/dockerfile/instructions.ts'
import { readOwnDockerfile } from '../../src/project/dockerfile/own-dockerfile.ts'
import { readIni } from '../../src/project/ini.ts'
import { setupImports } from '../../src/project/layout/build-code.ts'
import { isCompiled } from '../../src/project/layout/compiled-backends.ts'
import { readDeclared } from '../../src/project/layout/declared.ts'
import { asksGit } from '../../src/project/layout/git-calls.ts'
import { ignoredBy } from '../../src/project/layout/ignored-files.ts'
import { setupFiles, siteWithoutTemplates, staticMetadata } from '../../src/project/layout/package-discovery.ts'
import { readsAbove } from '../../src/project/layout/reads-above.ts'
import { scmKeyword } from '../../src/project/layout/scm-keyword.ts'
import { readVersionSource } from '../../src/project/layout/version-source.ts'
import { isPdmFresh, isPipfileFresh, isPoetryFresh } from '../../src/project/locks/freshness/content-hash.ts'
import { gitAt, plainAddress } from '../../src/project/locks/freshness/uv-stated.ts'
import { readRequirementsLock } from '../../src/project/locks/hashed-requirements.ts'
import { lockedIndexes, lockedPython, namesInLock, readUserLock } from '../../src/project/locks/lock-formats.ts'
import { isArchive, readAddress, readGit, readHashes, readPath } from '../../src/project/locks/pins.ts'
import { accepts, alternatives, toRanges, toSpecifier } from '../../src/project/locks/poetry-constraint.ts'
import { rangeAccepts } from '../../src/project/locks/range.ts'
import { metadataFields, parseMetadata, requirementsFor, requirementsOf } from '../../src/project/metadata.ts'
import { didYouMean, normalizeName } from '../../src/project/names.ts'
import { READ, readProject } from '../../src/project/project.ts'
import { pytestExtra } from '../../src/project/pytest-extra.ts'
import { allowsPython, allowsSeries, readPythonFiles } from '../../src/project/python-version.ts'
import { readFormats } from '../../src/project/requirements/formats.ts'
import { checkMarker, holds, withExtras } from '../../src/project/requirements/marker.ts'
import { partLine } from '../../src/project/requirements/pip-options.ts'
import { isDirect, readRequired } from '../../src/project/requirements/required.ts'
import { readRequirement } from '../../src/project/requirements/requirement.ts'
import { readRequirements } from '../../src/project/requirements/requirement-files.ts'
import { includesOf, readLines } from '../../src/project/requirements/requirement-lines.ts'
import { placeIn, vendoredIn } from '../../src/project/requirements/vendored-paths.ts'
import { readLock } from '../../src/project/resolved-lock.ts'
import { readToml } from '../../src/project/toml.ts'
import { readGroups } from '../../src/project/tools/dependency-groups.ts'
import { directSource, withSources } from '../../src/project/tools/local-source.ts'
import { readNetrc } from '../../src/project/tools/netrc.ts'
import { poetryGroups, poetryMetadata, poetryPython } from '../../src/project/tools/poetry-project.ts'
import { readPoetryFormats } from '../../src/project/tools/poetry-settings.ts'
import { bareAddress } from '../../src/project/tools/project-indexes.ts'
import { readUvSettings } from '../../src/project/tools/uv-settings.ts'
import { uvSources } from '../../src/project/tools/uv-sources.ts'
import { fits, isMember } from '../../src/project/tools/uv-workspace.ts'

/** Whatever takes a text of the project or of foreign code. By its name, or by that and a file: the text, and what it stands behind. */
interface Reader {
  readonly reads: (text: string) => unknown
  /** The text is read behind each of these, too: what brings it to a pattern. */
  readonly behind?: readonly string[]
}

const ENVIRONMENT = {
  os_name: 'posix',
  sys_platform: 'linux',
  platform_machine: 'x86_64',
  platform_python_implementation: 'CPython',
  platform_release: '',
  platform_system: 'Linux',
  platform_version: '',
  python_version: '3.12',
  python_full_version: '3.12.1',
  implementation_name: 'cpython',
  implementation_version: '3.12.1',
}
const CHOSEN = { extras: ['a'], groups: [] }
const map = (file: string) => (text: string) => new Map([[file, text]])
const tree = (file: string) => (text: string) =>
  readProject(
    {
      folder: '.',
      files: [file, 'setup.py'],
      texts: new Map([
        ['setup.py', ''],
        [file, text],
      ]),
    },
    'x',
  )
const userLock = (file: string) => (text: string) =>
  readUserLock({ file, text, project: { name: 'x', pyproject: undefined }, selection: CHOSEN, environment: ENVIRONMENT })
const metadata = (text: string) => ({ name: 'x', summary: '', license: '', requiresPython: '', requires: [text], extras: ['a'] })
const module = (text: string) => [
  { name: 'shop.wsgi', file: 'shop/wsgi.py', text },
  { name: 'shop.settings', file: 'shop/settings.py', text },
]
const versioning = (kind: object, file: string) => (text: string) =>
  planOwnVersion({ source: kind as never, git: undefined, texts: new Map([[file, text]]) }, { tag: '', sha: '', epoch: 0 }, '1.0')

const GIT = {
  revision: 'c0ffee',
  nearest: { tag: 'v1.0', distance: 1, node: 'c0ffee' },
  tag: 'absent' as const,
  count: 1,
  changed: [],
  shallow: false,
  branch: 'main',
}

/** Files that say how the version is told, and the tool's own patterns. */
const told = (name: 'tellVersion' | 'tellExactly') => (text: string) =>
  (['setuptools-scm', 'pdm-backend', 'versioneer', 'pbr', 'versioningit'] as const).map((tool) => {
    const describe = { match: [text], exclude: [text], firstParent: false, annotated: false }
    const settings = { tag_regex: text, versionfile_source: 'a.py', tag_prefix: text }
    const source = { kind: 'git' as const, tool, describe, settings }
    const texts = new Map(['.git_archival.txt', 'a.py'].map((file) => [file, text]))
    return name === 'tellVersion'
      ? tellVersion({ source, git: GIT, texts }, { tag: 'v1', sha: '', epoch: 0 })
      : tellExactly({ source, git: GIT, texts }, '1.0')
  })

const PYTHON = [
  'setup(',
  'setup(name',
  'setup(name=',
  'version',
  'version = ',
  'x = "',
  '# ',
  "'''",
  'a = Flask(',
  'def create_app(',
  'libraries',
]

const BEHIND: Readonly<Record<string, readonly string[]>> = {
  'setup.py': PYTHON,
  'manage.py': ['DJANGO_SETTINGS_MODULE'],
  'setup.cfg': ['[metadata]\nname =', 'libraries', '['],
  'pyproject.toml': ['[project]\nname="', 'libraries'],
  Procfile: ['web:', 'web: a'],
}

const NO_METADATA = { name: 'a', summary: '', license: '', requiresPython: '', requires: [], extras: [] }

export const READERS: Readonly<Record<string, Reader>> = {
  'readDeclared setup.cfg': {
    reads: (cfg) => readDeclared({ pyproject: {}, cfg, setup: '' }),
    behind: ['[options]\ninstall_requires =', '[options]\ninstall_requires =\n a', '[options.entry_points]\nconsole_scripts ='],
  },
  'readDeclared setup.py': {
    reads: (setup) => readDeclared({ pyproject: {}, cfg: '', setup }),
    behind: ['install_requires=[', 'install_requires=["', 'entry_points={"console_scripts": ['],
  },
  likelyPackages: { reads: (text) => likelyPackages([text]), behind: ['a', 'a[', 'a[b,'] },
  'namesInLock uv.lock': { reads: (text) => namesInLock('uv.lock', text), behind: ['name = "'] },
  'namesInLock Pipfile.lock': { reads: (text) => namesInLock('Pipfile.lock', text), behind: ['        "', '        "a": '] },
  'namesInLock requirements.txt': { reads: (text) => namesInLock('requirements.txt', text), behind: ['a', 'a[', 'a[b] '] },
  usesAction: { reads: usesAction, behind: ['      - uses: ', 'uses: a/pypackager-action'] },
  addSettings: { reads: (text) => addSettings(text, { packages: ['gunicorn'] }), behind: ['[tool.pypackager]', '[ tool'] },
  pytestExtra: {
    reads: (text) => pytestExtra({ metadata: { ...NO_METADATA, extras: ['test'], requires: [text] }, groups: { a: [text] } }, text),
    behind: ['[options.extras_require]\ntest =\n ', 'pytest'],
  },
  procfileLines: { reads: procfileLines, behind: ['web:', 'web: a'] },
  readNetrc: { reads: readNetrc, behind: ['machine ', 'machine a login "'] },
  pytestSettings: { reads: (text) => pytestSettings(map('pytest.ini')(text)), behind: ['[pytest]\n', '[pytest]\nDJANGO_SETTINGS_MODULE'] },
  pytestPaths: {
    reads: (text) => pytestPaths(map('pytest.ini')(text)),
    behind: ['[pytest]\n', '[pytest]\npythonpath = [', '[pytest]\npythonpath =\n a'],
  },
  rootByImports: {
    reads: (text) => rootByImports({ name: 'a', file: 'src/a.py' }, text, ['src/a.py', 'src/b.py']),
    behind: ['from b', 'import '],
  },
  reloading: { reads: reloading, behind: ['exec ', 'exec uvicorn '] },
  startPlace: { reads: (text) => startPlace(['sh', '-c', text]), behind: ['cd ', 'gunicorn --chdir ', 'python '] },
  causeOf: { reads: causeOf, behind: ["No such file or directory: '", 'cannot load library', 'connection to server', 'a.so'] },
  leftBehind: {
    reads: (text) => leftBehind(text, { besideWheel: ['static/a', 'b.html'] }),
    behind: ["No such file or directory: '", "Directory '", 'TemplateNotFound: ', '/site-packages/'],
  },
  scriptFault: {
    reads: (text) => scriptFault({ written: './a', file: 'a', byShell: true }, true, text),
    behind: ['#!', '#!/bin/sh\r'],
  },
  startFault: {
    reads: (text) => startChecks({ kind: 'ended', code: 1, lastLine: text }, { command: ['a'], besideWheel: ['a.py'] }),
    behind: ['sh: 1: exec: a', 'exec: "', 'cd: ', "No module named '"],
  },
  commandAdvice: {
    reads: (text) =>
      commandAdvice({ locked: ['streamlit'], processes: [], modules: [{ name: 'a', file: 'a.py', text }], sourceOnly: true }),
    behind: ['if __name__', ' import '],
  },
  readLines: {
    reads: (text) => readLines('r.txt', { texts: map('r.txt')(text), strict: false }),
    behind: ['a ', 'a --hash=', '-r ', 'a @ '],
  },
  includesOf: { reads: (text) => includesOf('r.txt', text), behind: ['-r '] },
  partLine: { reads: partLine, behind: ['a ', '--hash '] },
  readRequirements: {
    reads: (text) => readRequirements(['r.txt'], { files: [], texts: map('r.txt')(text) }),
    behind: ['./', 'file:', './a['],
  },
  normalizeName: { reads: normalizeName },
  didYouMean: { reads: (text) => didYouMean(text, ['namespace', text.slice(1)]) },
  readGroups: { reads: (text) => readGroups({ 'dependency-groups': { a: [text], [text.slice(0, 100_000)]: [] } }) },
  ...Object.fromEntries(READ.map((file) => [`readProject ${file}`, { reads: tree(file), behind: BEHIND[file] ?? ['python', '['] }])),
  'readProject requirements.txt': { reads: tree('requirements.txt'), behind: ['a @ ', 'a;'] },
  asksGit: { reads: asksGit, behind: [...PYTHON, '"git ', '"git -', '"git",', 'import git'] },
  keysRead: {
    reads: (text) => keysRead([text]),
    behind: [...PYTHON, 'SECRET_KEY', 'SECRET_KEY = ', 'SECRET_KEY = (', 'SECRET_KEY = ("A'],
  },
  keyVariables: {
    reads: (text) => keyVariables([text]),
    behind: [...PYTHON, 'SECRET_KEY', 'SECRET_KEY = ', 'SECRET_KEY = (', 'SECRET_KEY = ("A'],
  },
  settingsRead: {
    reads: (text) => settingsRead([text]),
    behind: [...PYTHON, 'environ[', 'env("A', 'Env(', 'Env(A', 'config("A", cast=', 'environ.setdefault("A'],
  },
  isCompiled: { reads: (text) => isCompiled([text], text), behind: PYTHON },
  readPythonFiles: {
    reads: (text) => ['.python-version', '.tool-versions', 'mise.toml', 'runtime.txt'].map((file) => readPythonFiles(map(file)(text))),
    behind: ['python', 'python ', '3.', '>='],
  },
  allowsSeries: { reads: (text) => allowsSeries('3.12', text), behind: ['>=3', '3'] },
  allowsPython: { reads: (text) => allowsPython('3.12.1', text), behind: ['>=3', '3'] },
  poetryMetadata: {
    reads: (text) => poetryMetadata({ dependencies: { a: text, b: { version: '1', python: text } }, extras: { x: [text] } }),
    behind: ['^', '1', '>=1'],
  },
  poetryPython: { reads: (text) => poetryPython({ dependencies: { python: text } }), behind: ['^', '1', '>=1'] },
  poetryGroups: { reads: (text) => poetryGroups({ group: { x: { dependencies: { a: text } } } }), behind: ['^', '1'] },
  readToml: { reads: (text) => readToml('a.toml', text), behind: ['a=', '[a', 'a="', "a='''", 'a=[', 'a.b'] },
  uvSources: {
    reads: (text) =>
      uvSources(
        {
          pyproject: { tool: { uv: { sources: { a: { git: text, rev: text }, b: { path: text }, c: { url: text, marker: text } } } } },
          folder: '/x',
          root: undefined,
        },
        { environment: ENVIRONMENT, chosen: CHOSEN },
      ),
  },
  fits: { reads: (text) => [fits(text, 'a'.repeat(200)), fits('*a'.repeat(60), text)], behind: ['a/', '['] },
  isMember: { reads: (text) => isMember({ members: [text], exclude: [text] }, 'packages/a') },
  readRequirement: { reads: readRequirement, behind: ['a', 'a ', 'a[', 'a @ ', 'a @ b ', 'a (', 'a>=1', 'a;'] },
  readRequired: {
    reads: (text) => [text].flatMap((one) => [true, false].map((editable) => quietly(() => readRequired(one, editable)))),
    behind: ['a', 'a[', './', './a[', 'https://a/', 'git+https://a', 'a @ ', './a-1-'],
  },
  isDirect: { reads: isDirect, behind: ['a', 'a ', 'a['] },
  readIni: { reads: readIni, behind: ['a', 'a ', '[a]\nb', '[a]\nb ', 'a = '] },
  metadataFields: { reads: (text) => metadataFields(text)('a'), behind: ['A:', 'A: a'] },
  parseMetadata: { reads: parseMetadata, behind: ['Name:', 'Requires-Dist: a'] },
  requirementsFor: { reads: (text) => requirementsFor(metadata(text), ['a']), behind: ['a;', 'a; extra', 'a[', 'x['] },
  requirementsOf: { reads: (text) => requirementsOf({ ...metadata(text), version: text }) },
  djangoApps: {
    reads: (text) => djangoApps('shop.settings', module(text)),
    behind: [...PYTHON, 'WSGI_APPLICATION', 'WSGI_APPLICATION:', 'application'],
  },
  objectApps: {
    reads: (text) => objectApps(module(text), ['flask', 'fastapi', 'dash', 'python-socketio', 'bottle', 'falcon']),
    behind: [
      ...PYTHON,
      'if x:\n    ',
      'try:\n  if a:\n',
      'if ',
      'app = falcon.asgi.App(',
      'app = Flask()\nx.mount(',
      'app:',
      'app = ',
      'app = FastAPI()\n',
      'def create_app(): ->',
    ],
  },
  ignoredBy: { reads: (text) => ignoredBy(text, ['a/b/c.sh', 'aaaaaaaaaaaaaaaaaaaaaaaa']), behind: ['**/', '!', '*a'] },
  readFormats: { reads: (text) => readFormats([{ name: '--no-binary', value: text }]) },
  readUvSettings: {
    reads: (text) => readUvSettings({ 'no-binary-package': [text], 'constraint-dependencies': [text], 'override-dependencies': [text] }),
  },
  readLock: { reads: (text) => readLock('pylock.toml', text), behind: ['[[packages]]\nname="a"\nversion="', '[[packages]]\n'] },
  readVersionSource: {
    reads: (text) => [
      readVersionSource({}, text, text),
      readVersionSource({ tool: { setuptools_scm: { git_describe_command: text } } }, '', ''),
    ],
    behind: [...PYTHON, '[metadata]\nversion = attr:', "'", '"'],
  },
  checkMarker: { reads: checkMarker, behind: ["python_version >= '3' and ", "a == '", 'python_version not'] },
  holds: {
    reads: (text) => holds(text, ENVIRONMENT, CHOSEN),
    behind: ["python_version >= '3' and ", "extra in '", "python_version >= '3"],
  },
  withExtras: { reads: (text) => withExtras(text, ['a']), behind: ["python_version >= '3' and ", "extra == '"] },
  readDjango: { reads: (text) => readDjango(map('manage.py')(text)), behind: ['DJANGO_SETTINGS_MODULE"', 'DJANGO_SETTINGS_MODULE", "'] },
  directSource: { reads: directSource, behind: ['a', 'a @ git+', 'a @ file:'] },
  withSources: { reads: (text) => withSources([text], new Map([['a', 'b']])), behind: ['a'] },
  staticMetadata: {
    reads: (text) => staticMetadata({ project: { name: text, dependencies: [text], 'optional-dependencies': { a: [text] } } }, 'x'),
  },
  ...Object.fromEntries(
    ['uv.lock', 'poetry.lock', 'pdm.lock', 'pylock.toml', 'Pipfile.lock'].map((file) => [
      `lockedPython ${file}`,
      { reads: (text: string) => lockedPython(file, text) },
    ]),
  ),
  bareAddress: { reads: bareAddress, behind: ['https://', '//'] },
  lockedIndexes: {
    reads: (text) => [
      lockedIndexes('Pipfile.lock', text),
      lockedIndexes('Pipfile.lock', JSON.stringify({ _meta: { sources: [{ url: text }] } })),
    ],
  },
  consoleScripts: { reads: consoleScripts, behind: ['[console_scripts]\na', '[console_scripts]\na=b', '[console_scripts]\na=b.c '] },
  readPath: { reads: readPath, behind: ['./', 'file:///'] },
  readGit: { reads: readGit, behind: ['git+https://a/', 'a@', 'git+ssh://a@b'] },
  readAddress: { reads: readAddress, behind: ['git+https://a/', 'file:', 'a.tar'] },
  isArchive: { reads: isArchive, behind: ['a.tar.'] },
  readHashes: { reads: (text) => readHashes('a', 'b', [{ hash: text, file: text }]), behind: ['sha256:'] },
  accepts: { reads: (text) => accepts(text, '1.0'), behind: ['^', '1', '>=1', '1 '] },
  toSpecifier: { reads: toSpecifier, behind: ['^', '1', '>=1', '1 '] },
  toRanges: { reads: toRanges, behind: ['^', '1', '>=1', '1 '] },
  alternatives: { reads: alternatives, behind: ['^', '1', '>=1', '1 '] },
  rangeAccepts: { reads: (text) => rangeAccepts(text, '1.0'), behind: ['>=', '>=1'] },
  readRequirementsLock: {
    reads: (text) => readRequirementsLock({ file: 'r.txt', texts: { 'r.txt': text } }, 'x', ENVIRONMENT),
    behind: ['a==1 --hash=sha256:', '# ', '# uv'],
  },
  ...Object.fromEntries(
    ['uv.lock', 'poetry.lock', 'pdm.lock', 'pylock.toml', 'Pipfile.lock'].map((file) => [
      `readUserLock ${file}`,
      { reads: userLock(file), behind: ['version = 1\n[[package]]\nname = "'] },
    ]),
  ),
  gitAt: { reads: (text) => gitAt(text, text), behind: ['https://a@', 'git+https://a/'] },
  plainAddress: { reads: plainAddress, behind: ['https://a/', 'https://'] },
  isPoetryFresh: {
    reads: (text) => isPoetryFresh(text, { metadata: { 'content-hash': text } }, text),
    behind: ['[tool.poetry.dependencies]\na = "', '# Poetry '],
  },
  readPoetryFormats: { reads: readPoetryFormats, behind: ['[installer]\nno-binary = "', '['] },
  isPdmFresh: {
    reads: (text) => isPdmFresh({ metadata: { content_hash: text } }, text),
    behind: ['sha256:', '[project]\ndependencies = "'],
  },
  isPipfileFresh: { reads: (text) => isPipfileFresh({ _meta: { hash: { sha256: text } } }, text), behind: ['[packages]\na = "'] },
  placeIn: { reads: placeIn, behind: ['./', './a['] },
  vendoredIn: { reads: vendoredIn, behind: ['a', 'a[', 'a @ '] },
  missingIn: { reads: missingIn, behind: ['a.so', 'sh: ', 'sh: line 1', "failed to execute ['", "[Errno 2] No such file or directory: '"] },
  missingHint: { reads: missingHint, behind: ['a.so', 'sh: ', 'exec: "'] },
  withHint: { reads: withHint, behind: ['a.so', 'sh: '] },
  scmKeyword: {
    reads: (text) => [scmKeyword(`use_scm_version=${text}`), scmKeyword(text), scmKeyword(`x = ${text}\nsetup(use_scm_version=x)`)],
    behind: ['use_scm_version=', '{"a": ', '[', 'dict(a=', "'''", 'use_scm_version=x,\nx'],
  },
  readOwnDockerfile: {
    reads: (text) => readOwnDockerfile(text),
    behind: [
      'FROM ',
      'ARG A=',
      'FROM ${',
      'RUN apt-get install ',
      'RUN npm ',
      'ENV A=',
      'CMD ',
      'CMD ["',
      'ENTRYPOINT ',
      'COPY . ',
      'WORKDIR ',
    ],
  },
  databaseVariable: { reads: (text) => databaseVariable([text]), behind: ['"NAME": ', 'dj_database_url.parse(', 'env.db( '] },
  siteWithoutTemplates: { reads: (text) => siteWithoutTemplates(text, ['manage.py', text.slice(0, 1000)]), behind: [''] },
  setupFiles: { reads: (text) => setupFiles({ setup: text, cfg: text }, ['a']), behind: ['"', '",', 'file', 'file:'] },
  setupImports: { reads: setupImports, behind: ['import ', 'from '] },
  readsAbove: {
    reads: (text) => [readsAbove({}, () => text), readsAbove({ project: { readme: text } }, () => undefined)],
    behind: ['dirname(', 'abspath(', '../'],
  },
  namedBeside: { reads: (text) => namedBeside(new Map([['a', ['a']]]), new Map([['b.py', text]])), behind: ["'a/", '#'] },
  mend: { reads: mend, behind: ['a.so'] },
  buildHint: { reads: (text) => buildHint([text, ...text.split('\n')]), behind: ['gcc ', 'cargo', 'error: '] },
  mayBeOfPython: { reads: (text) => mayBeOfPython([text]) },
  wantsCompiler: { reads: (text) => wantsCompiler([text]) },
  resolutionFault: {
    reads: (text) => resolutionFault([text], 'x'),
    behind: ['Failed to fetch: `https://a', 'error: ', 'HTTP status client error (404'],
  },
  argumentsFor: { reads: (text) => argumentsFor(text, { A: 'b' }), behind: ['FROM '] },
  mentions: { reads: (text) => mentions(text, 'A'), behind: ['FROM '] },
  readInstructions: {
    reads: readInstructions,
    behind: ['# escape=', 'RUN ', 'RUN <<', 'RUN <<-"', 'COPY --', 'ONBUILD ', 'RUN <<A <<B\nx\n'],
  },
  wordsOf: { reads: wordsOf, behind: ['"', '\\'] },
  labelsSet: { reads: labelsSet, behind: ['FROM a\nLABEL ', 'FROM a\nLABEL a='] },
  imagesOf: {
    reads: (text) => imagesOf(text, { A: 'b' }),
    behind: ['FROM ', 'FROM --', 'ARG a', 'ARG a=', 'FROM a\nRUN ', 'FROM a\nRUN --mount=', 'FROM ${a:-'],
  },
  outsidePackages: {
    reads: (text) => outsidePackages(['a/b.html'], ['c/d.py'], { text, root: '' }),
    behind: ['STATICFILES_DIRS = ', '"DIRS":', '"DIRS": "'],
  },
  'planOwnVersion setup.py': { reads: versioning({ kind: 'setup.py' }, 'setup.py'), behind: PYTHON },
  'planOwnVersion setup.cfg': { reads: versioning({ kind: 'cfg' }, 'setup.cfg'), behind: ['[metadata]\nversion', '[metadata]\nversion ='] },
  'planOwnVersion a module': {
    reads: versioning({ kind: 'module', files: ['a.py'], names: ['__version__'] }, 'a.py'),
    behind: ['__version__', '__version__ = "'],
  },
  'planOwnVersion a file': { reads: versioning({ kind: 'file', files: ['a'] }, 'a'), behind: ['1'] },
  'planOwnVersion pyproject.toml': {
    reads: versioning({ kind: 'toml', table: ['project'] }, 'pyproject.toml'),
    behind: ['[project]\nversion', '[project]\n'],
  },
  ...Object.fromEntries(
    (['tellVersion', 'tellExactly'] as const).map((name) => [name, { reads: told(name), behind: ['[metadata]\n', 'tag_prefix'] }]),
  ),
  addressSecrets: { reads: addressSecrets, behind: ['https://'] },
  lineSecrets: { reads: lineSecrets },
  netrcSecrets: { reads: netrcSecrets },
}

function quietly(work: () => unknown): unknown {
  try {
    return work()
  } catch (error) {
    if (error instanceof RangeError) throw error
    return undefined
  }
}

const UNITS = [
  ...[
    '\n',
    ' ',
    '\t',
    '\r',
    '\r\n',
    '\u00a0',
    '[',
    ']',
    '(',
    ')',
    '{',
    '}',
    '"',
    "'",
    '\\',
    '#',
    ',',
    ';',
    ':',
    '=',
    '.',
    '-',
    '/',
    '@',
    '|',
    '<',
    '*',
    '+',
    '$',
    '!',
    '~',
    '^',
    '`',
    '_',
    '0',
    'a',
    'A',
  ],
  ...[
    'a=',
    'a\n',
    ' \n',
    '\n ',
    '\n\t',
    '#\n',
    'a,',
    'a.',
    '0.',
    '0,',
    '1-',
    'a-',
    '[a',
    '[a]',
    '[a]\n',
    '[[a]]\n',
    '{a=',
    'a={',
    '[[',
    '()',
    '[]',
    '"a',
    '""',
    "''",
    '"""',
    "'''",
    "'\\",
    '\\\n',
    '\\"',
  ],
  ...[
    'a = ',
    'a: ',
    'a:\n',
    ' ;',
    ' ; ',
    '@ ',
    ' @',
    '//',
    '://',
    '${',
    '${a:-',
    '{{',
    '-r a\n',
    '--a ',
    ' #',
    ' --',
    '&&',
    '||',
    ' || ',
    ' and ',
    ' or ',
    'not ',
    '>=1,',
    '=="',
    'setup(',
    'setup(a\n',
    'a.setup(',
    'a = b = ',
    'app.mount(',
    'def f(',
    'Flask(',
    'Error.',
    'error ',
    'cargo',
    'c++',
    'git+',
    'A: a\n',
    ' a\n',
    'DIRS":\n',
    '--mount=',
    '-----BEGIN CERTIFICATE-----',
  ],
]

/** What the large texts are made of. */
const WORST = ['\n', ' ', '\t', '[', '(', '"', "'", '\\', '#', ',', 'a=', 'a']

/** A text that patterns are slow on, and the seconds of a processor that it may take. */
export interface Worst {
  readonly unit: string
  readonly text: string
  readonly seconds: number
}

/** Texts of 1 MB, and many more of 32 KB: on those a pattern that is not linear is seen as well. */
export function* worstTexts(): Generator<Worst> {
  for (const unit of WORST)
    yield { unit: `1 MB of ${JSON.stringify(unit)}`, text: unit.repeat(Math.floor((1 << 20) / unit.length)), seconds: 1 }
  for (const unit of UNITS) {
    const text = unit.repeat(Math.floor((1 << 15) / unit.length))
    yield { unit: JSON.stringify(unit), text: `${text}\u0001x`, seconds: 0.4 }
  }
}
