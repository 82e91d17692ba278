import { describe, expect, test } from '@jest/globals'
import { buildHint, wantsCompiler } from '../../../src/plan/wheels/build-hints.ts'

describe('a failed build asks for', () => {
  test.each([
    { name: 'libpq for psycopg2', line: 'Error: pg_config executable not found.', packages: ['libpq-dev'] },
    {
      name: 'libpq by its header',
      line: './psycopg/psycopg.h:36:10: fatal error: libpq-fe.h: No such file or directory',
      packages: ['libpq-dev'],
    },
    {
      name: 'curl',
      line: "__main__.ConfigurationError: Could not run curl-config: [Errno 2] No such file or directory: 'curl-config'",
      packages: ['libcurl4-openssl-dev', 'libssl-dev'],
    },
    { name: 'systemd', line: "Package 'libsystemd', required by 'virtual:world', not found", packages: ['libsystemd-dev', 'pkg-config'] },
    { name: 'MySQL by mysql_config', line: '/bin/sh: 1: mysql_config: not found', packages: ['default-libmysqlclient-dev', 'pkg-config'] },
    {
      name: 'MySQL by pkg-config',
      line: 'Exception: Can not find valid pkg-config name.',
      packages: ['default-libmysqlclient-dev', 'pkg-config'],
    },
    {
      name: 'LDAP',
      line: 'Modules/common.h:15:10: fatal error: lber.h: No such file or directory',
      packages: ['libldap2-dev', 'libsasl2-dev'],
    },
    {
      name: 'libffi, not Python',
      line: 'c/_cffi_backend.c:15:10: fatal error: ffi.h: No such file or directory',
      packages: ['libffi-dev'],
    },
    {
      name: 'OpenSSL by its header',
      line: 'x.c:1:10: fatal error: openssl/ssl.h: No such file or directory',
      packages: ['libssl-dev', 'pkg-config'],
    },
    {
      name: 'OpenSSL for Rust',
      line: 'Could not find directory of OpenSSL installation, and this `-sys` crate cannot proceed',
      packages: ['libssl-dev', 'pkg-config'],
    },
    {
      name: 'xmlsec',
      line: 'Package xmlsec1 was not found in the pkg-config search path.',
      packages: ['libxmlsec1-dev', 'libxml2-dev', 'pkg-config'],
    },
    { name: 'libxml2', line: 'fatal error: libxml/xmlversion.h: No such file or directory', packages: ['libxml2-dev', 'libxslt1-dev'] },
    { name: 'JPEG for Pillow', line: 'The headers or library files could not be found for jpeg,', packages: ['libjpeg-dev', 'zlib1g-dev'] },
    { name: 'zlib for Pillow', line: 'The headers or library files could not be found for zlib,', packages: ['zlib1g-dev'] },
    {
      name: 'cairo by Meson',
      line: '../cairo/meson.build:31:12: ERROR: Dependency "cairo" not found, tried pkgconfig',
      packages: ['libcairo2-dev', 'pkg-config'],
    },
    { name: 'cairo by pkg-config', line: "No package 'cairo' found", packages: ['libcairo2-dev', 'pkg-config'] },
    { name: 'unixODBC, not MySQL', line: 'src/pyodbc.h:45:10: fatal error: sql.h: No such file or directory', packages: ['unixodbc-dev'] },
    { name: 'Kerberos', line: '/bin/sh: 1: krb5-config: not found', packages: ['libkrb5-dev'] },
    { name: 'Rust for maturin', line: 'Rust not found, installing into a temporary directory', packages: ['rustc', 'cargo'] },
    { name: 'Rust for setuptools-rust', line: "error: can't find Rust compiler", packages: ['rustc', 'cargo'] },
    {
      name: 'Rust for maturin',
      line: 'Cargo, the Rust package manager, is not installed or is not on PATH.',
      packages: ['rustc', 'cargo'],
    },
    { name: 'CMake', line: 'CMake must be installed to build dlib', packages: ['cmake'] },
    { name: 'Fortran', line: "ERROR: Unknown compiler(s): [['gfortran'], ['flang']]", packages: ['gfortran'] },
    { name: 'a compiler by setuptools', line: "error: command 'gcc' failed: No such file or directory", packages: ['build-essential'] },
    { name: 'a compiler by its shell', line: '/bin/sh: 1: gcc: not found', packages: ['build-essential'] },
    {
      name: 'the library that the linker misses',
      line: '/usr/bin/ld: cannot find -lblas: No such file or directory',
      packages: ['libblas-dev'],
    },
    { name: 'the library that an old linker misses', line: '/usr/bin/ld: cannot find -lblas', packages: ['libblas-dev'] },
  ])('$name', ({ line, packages }) => {
    const output = [
      'Building wheel for x',
      'gcc -c x.c',
      `  ${line}`,
      'compilation terminated.',
      "error: command '/usr/bin/gcc' failed with exit code 1",
    ]
    expect(buildHint(output)).toEqual({ line, packages })
  })
})

describe('a build that asks git is told once why there is none', () => {
  test.each([
    "FileNotFoundError: [Errno 2] No such file or directory: 'git'",
    '/bin/sh: 1: git: not found',
    'fatal: not a git repository (or any of the parent directories): .git',
  ])('%s', (line) => {
    const hint = buildHint(['Traceback (most recent call last):', '  File "setup.py", line 3, in <module>', line])
    expect(hint).toEqual({ line, packages: [], next: expect.stringMatching(/^Builds have neither git nor the repository, by design: /) })
  })
})

test.each([
  // Of pretalx, greenlet 1.1.2 and 3.0.1, an old Cython, PyO3 and an old setuptools, on Python 3.11 to 3.13.
  {
    line: 'RuntimeError: npm was not found, but is required to build the frontend',
    next: /^Builds have no Node\.js: build the frontend before this step /,
  },
  {
    line: "FileNotFoundError: [Errno 2] No such file or directory: 'yarn'",
    next: /^Builds have no Node\.js: build the frontend before this step /,
  },
  {
    line: '/bin/sh: 1: npm: not found',
    next: /^Builds have no Node\.js: build the frontend before this step \(npm install && npm run build /,
  },
  { line: 'RuntimeError: npm is missing', next: /^Builds have no Node\.js: build the frontend before this step/ },
  { line: 'src/greenlet/greenlet.h:42:5: error: unknown type name ‘CFrame’', next: /^It was not made for this Python/ },
  {
    line: 'src/greenlet/greenlet.c:1256:29: error: ‘_PyErr_StackItem’ {aka ‘struct _err_stackitem’} has no member named ‘exc_type’',
    next: /^It was not made for this Python: require a newer version, set exclude-newer /,
  },
  { line: "x.cpp:9:1: error: 'PyThreadState' {aka 'struct _ts'} has no member named 'cframe'", next: /^It was not made for this Python/ },
  { line: 'x.c:1:10: fatal error: longintrepr.h: No such file or directory', next: /^It was not made for this Python/ },
  {
    line: "error: the configured Python interpreter version (3.13) is newer than PyO3's maximum supported version (3.12)",
    next: /this Python/,
  },
  { line: "AttributeError: module 'pkgutil' has no attribute 'ImpImporter'. Did you mean: 'zipimporter'?", next: /this Python/ },
])('$line is told with what to do', ({ line, next }) => {
  const hint = buildHint(['Traceback (most recent call last):', line, 'error: Failed to build `/srv/source`'])
  expect(hint).toEqual({ line, packages: [], next: expect.stringMatching(next) })
})

describe('a failed build that is not known', () => {
  test.each([
    {
      name: 'is told by its first real complaint',
      output: [
        'running build_ext',
        'x.c:3:5: error: expected ; before }',
        'x.c:9:1: error: stray }',
        "error: command '/usr/bin/gcc' failed with exit code 1",
      ],
      line: 'x.c:3:5: error: expected ; before }',
    },
    {
      name: 'is not told by the frames around the complaint',
      output: [
        'Traceback (most recent call last):',
        '  File "setup.py", line 3, in <module>',
        'SystemExit: setup.py wants a full moon',
        'hint: This usually indicates a problem with the package',
      ],
      line: 'SystemExit: setup.py wants a full moon',
    },
    {
      name: 'is told by the exception of a build backend, not by the tool around it',
      output: [
        'Traceback (most recent call last):',
        '    raise ConfigError(',
        'flit_core.config.ConfigError: description must be specified',
        'error: Failed to build `/srv/source`',
        '  cause: The build backend returned an error',
      ],
      line: 'flit_core.config.ConfigError: description must be specified',
    },
    {
      name: 'is told by its last line where none complains',
      output: ['one', 'two', ''],
      line: 'two',
    },
    { name: 'may have said nothing', output: ['', '  '], line: 'the build ended without a word' },
    {
      name: 'is not mistaken for one that merely compiles a known header',
      output: ['checking for zlib.h... yes', 'checking for gfortran... no', 'x.c:1:1: error: no'],
      line: 'x.c:1:1: error: no',
    },
  ])('$name', ({ output, line }) => {
    expect(buildHint(output)).toEqual({ line, packages: [] })
  })
})

describe('a build that failed without a compiler', () => {
  test.each([
    { name: 'is tried with one where gcc is missing', lines: ["error: command 'gcc' failed: No such file or directory"], wanted: true },
    { name: 'is tried with one where a header is missing', lines: ['x.c:1:10: fatal error: Python.h: No such file'], wanted: true },
    { name: 'is tried with one where Rust is missing', lines: ['error: cargo not found'], wanted: true },
    { name: 'is not where its metadata is wrong', lines: ['ConfigError: description must be specified'], wanted: false },
    { name: 'is not where a module is missing', lines: ["ModuleNotFoundError: No module named 'requests'"], wanted: false },
  ])('$name', ({ lines, wanted }) => {
    expect(wantsCompiler(lines)).toBe(wanted)
  })
})

describe('a build that downloads is told that it cannot, and what mends it', () => {
  const crates = {
    line: 'cargo must download crates, and builds have no network',
    packages: [],
    next: 'Run "cargo vendor", commit vendor/ and .cargo/config.toml; for a package of an index, choose a version that has a wheel.',
  }
  test.each([
    {
      name: 'crates, by the cargo of bookworm',
      output: [
        '    Updating crates.io index',
        'warning: spurious network error (2 tries remaining): failed to resolve address for github.com: Temporary failure in name resolution; class=Net (12)',
        'error: Unable to update registry `crates-io`',
        'Caused by:',
        '  failed to fetch `https://github.com/rust-lang/crates.io-index`',
        "Error: command ['maturin', 'pep517', 'build-wheel'] returned non-zero exit status 1",
      ],
      hint: crates,
    },
    {
      name: 'crates, by the cargo of trixie',
      output: [
        '    Updating crates.io index',
        'warning: spurious network error (3 tries remaining): [6] Could not resolve hostname (Could not resolve host: index.crates.io)',
        'error: failed to get `libc` as a dependency of package `rusted v1.0.0 (/srv/source)`',
        'Caused by:',
        '  download of config.json failed',
        '  failed to download from `https://index.crates.io/config.json`',
      ],
      hint: crates,
    },
    {
      name: 'anything else',
      output: [
        'CMake Error at FetchContent.cmake:1:',
        'fatal: unable to access: Could not resolve host: github.com',
        'error: Failed to build',
      ],
      hint: {
        line: 'fatal: unable to access: Could not resolve host: github.com',
        packages: [],
        next: 'Builds have no network: what it downloads must be in its source.',
      },
    },
  ])('$name', ({ output, hint }) => {
    expect(buildHint(output)).toEqual(hint)
  })
})

test('a build in which setuptools finds several packages is told to name them, or to do without', () => {
  const line = "error: Multiple top-level packages discovered in a flat-layout: ['cps', 'library']."
  expect(buildHint(['Traceback', line])).toEqual({
    line,
    packages: [],
    next: expect.stringMatching(/name them \(packages\), or set wheel: never/),
  })
})

test('a build that wants what setuptools had is told which release had it', () => {
  const lines = ['Traceback (most recent call last):', '  File "setup.py", line 3', "ModuleNotFoundError: No module named 'pkg_resources'"]
  expect(buildHint(lines)).toEqual({
    line: lines[2],
    packages: [],
    next: expect.stringMatching(/put "setuptools<82" into \[build-system\] requires/),
  })
})

test.each([
  "FileNotFoundError: [Errno 2] No such file or directory: '../VERSION'",
  "FileNotFoundError: [Errno 2] No such file or directory: '/srv/source/../VERSION'",
  'FileNotFoundError: Forced include not found: /srv/schemas',
  'OSError: Readme file does not exist: ../../README.md',
  "FileNotFoundError: [Errno 2] No such file or directory: '/srv/repository/packages/api/../../VERSION'",
])('a build that looks above the folder of its project is told what is there: %s', (line) => {
  const next = expect.stringMatching(/^Of what lies above the folder that path names, a build has what git tracks/)
  expect(buildHint(['Traceback (most recent call last):', line])).toEqual({ line, packages: [], next })
})

test.each([
  "FileNotFoundError: [Errno 2] No such file or directory: '/srv/source/VERSION'",
  "FileNotFoundError: [Errno 2] No such file or directory: 'x/y'",
])('one that looks for its own is not: %s', (line) => {
  expect(buildHint([line])).toEqual({ line, packages: [] })
})

// As uv 0.13.9 frames what a build backend says.
test.each([
  { said: 'please install foo first', line: 'please install foo first' },
  { said: 'ValueError: bad version', line: 'ValueError: bad version' },
  {
    said: "subprocess.CalledProcessError: Command '['hg', 'id']' returned non-zero exit status 255.",
    line: "subprocess.CalledProcessError: Command '['hg', 'id']' returned non-zero exit status 255.",
  },
])('what a build backend says itself is the reason, not the words around it: $said', ({ said, line }) => {
  const frame = [
    'error: Failed to build `/srv/source`',
    '  cause: The build backend returned an error',
    '  cause: Call to `setuptools.build_meta.build_wheel` failed (exit status: 1)',
    '',
    'hint: Build failures usually indicate a problem with the package or the build environment',
  ]
  expect(buildHint(['Building wheel...', said, ...frame])).toEqual({ line, packages: [] })
})

test.each([
  { source: '  920 |         Py_TYPE(typetable[i].type) = &PyType_Type;', next: /^It was not made for this Python/ },
  { source: '  920 |         price + 1 = cost;', next: undefined },
])('an assignment to what a macro of older Pythons gave is of another Python: $source', ({ source, next }) => {
  const complaint = 'psycopg/psycopgmodule.c:920:36: error: lvalue required as left operand of assignment'
  const hint = buildHint(['gcc -c psycopg/psycopgmodule.c', complaint, source])
  expect(hint.line).toBe(complaint)
  if (next) expect(hint.next).toMatch(next)
  else expect(hint.next).toBeUndefined()
})
