import { readFile } from 'node:fs/promises'
import { describe, expect, test } from '@jest/globals'
import { debianName, fits } from '../../../src/grammar.ts'
import { DEBIAN } from '../../../src/plan/wheels/debian-table.ts'
import {
  buildPackagesFor,
  missingHint,
  missingIn,
  packageOfLibrary,
  packageOfProgram,
  runtimeNeeds,
  runtimePackages,
} from '../../../src/plan/wheels/system-packages.ts'
import { normalizeName } from '../../../src/project/names.ts'

describe('the table', () => {
  test('has names of Debian packages that are some, and names of Python packages as indexes compare them', () => {
    const debian = DEBIAN.flatMap(({ headers = [], runtime = [] }) => [...headers, ...runtime])
    expect(debian.filter((name) => !fits(debianName, name))).toEqual([])
    const python = DEBIAN.flatMap(({ compiles = [], users = [], unless = [] }) => [...compiles, ...users, ...unless])
    expect(python.filter((name) => normalizeName(name) !== name)).toEqual([])
  })

  test('stands in the documents, as far as it installs of itself', async () => {
    const document = normalizeName((await readFile(new URL('../../../docs/image.md', import.meta.url), 'utf8')).toLowerCase())
    const users = DEBIAN.flatMap(({ users = [], runtime = [] }) => users.map((user) => [user, ...runtime]))
    expect(users.flat().filter((name) => !document.includes(normalizeName(name)) && !/^(fonts|libpango)/.test(name))).toEqual([
      'opencv-contrib-python',
    ])
  })

  test('names a program and a package that is compiled in one row alone', () => {
    for (const names of [DEBIAN.flatMap(({ programs = [] }) => programs), DEBIAN.flatMap(({ compiles = [] }) => compiles)]) {
      expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([])
    }
  })

  test('has nothing in a row that leads to nothing', () => {
    const idle = DEBIAN.filter(({ headers, compiles, noWheels, wants, runtime, library, programs, misses, users, unless }) => {
      const build = headers !== undefined && (compiles ?? wants) !== undefined
      const run = runtime !== undefined && (library ?? programs ?? misses ?? users) !== undefined
      return (
        !(build || run || noWheels) ||
        (unless !== undefined && users === undefined) ||
        ((compiles ?? wants) !== undefined && headers === undefined)
      )
    })
    expect(idle).toEqual([])
  })
})

describe('for the builder', () => {
  test.each([
    { names: ['psycopg2', 'django'], debian: ['libpq-dev'] },
    { names: ['psycopg2-binary'], debian: ['libpq-dev'] },
    { names: ['pyodbc', 'cryptography'], debian: ['cargo', 'libssl-dev', 'rustc', 'unixodbc-dev'] },
    { names: ['pygraphviz', 'gdal'], debian: ['libgdal-dev', 'libgraphviz-dev'] },
    { names: ['django'], debian: [] },
  ])('$names take $debian', ({ names, debian }) => {
    expect(buildPackagesFor(names)).toEqual(debian)
  })
})

describe('for the release', () => {
  test.each([
    { name: 'psycopg opens libpq', packages: ['psycopg'], debian: ['libpq5'] },
    { name: 'psycopg with its binary wheel brings its own', packages: ['psycopg', 'psycopg-binary'], required: ['psycopg'], debian: [] },
    { name: 'python-magic opens libmagic', packages: ['django', 'python-magic'], debian: ['libmagic1'] },
    {
      name: 'WeasyPrint opens pango and wants a font',
      packages: ['weasyprint'],
      debian: ['fonts-dejavu-core', 'libpango-1.0-0', 'libpangoft2-1.0-0'],
    },
    { name: 'pylibdmtx opens libdmtx', packages: ['pylibdmtx'], debian: ['libdmtx0b'] },
    { name: 'GitPython calls git', packages: ['gitpython'], debian: ['git'] },
    { name: 'GitPython that Streamlit alone requires is done without', packages: ['gitpython', 'streamlit'], debian: [] },
    {
      name: 'GitPython beside Streamlit, required by itself',
      packages: ['gitpython', 'streamlit'],
      required: ['gitpython'],
      debian: ['git'],
    },
    { name: 'pdf2image calls programs of poppler', packages: ['pdf2image'], debian: ['poppler-utils'] },
    { name: 'pytesseract calls tesseract', packages: ['pytesseract'], debian: ['tesseract-ocr'] },
    { name: 'graphviz calls dot', packages: ['graphviz', 'pydot'], debian: ['graphviz'] },
    { name: 'pypandoc calls pandoc', packages: ['pypandoc'], debian: ['pandoc'] },
    { name: 'pypandoc with its binary wheel has it', packages: ['pypandoc', 'pypandoc-binary'], required: ['pypandoc'], debian: [] },
    { name: 'ffmpeg-python calls ffmpeg', packages: ['ffmpeg-python'], debian: ['ffmpeg'] },
    { name: 'pysaml2 calls xmlsec1', packages: ['pysaml2'], debian: ['xmlsec1'] },
    { name: 'others need none', packages: ['django', 'gunicorn'], debian: [] },
  ])('$name', ({ packages, required = [], debian }) => {
    expect(runtimePackages(runtimeNeeds(packages, required), [], []).packages).toEqual(debian)
  })

  test('each is told with who needs it and how to leave it out; what the user names, and what is linked, is not', () => {
    const needs = runtimeNeeds(['gitpython', 'graphviz', 'pydot', 'psycopg'], [])
    expect(runtimePackages(needs, ['libxml2'], ['tree', 'libpq5'])).toEqual({
      packages: ['git', 'graphviz', 'libpq5', 'libxml2', 'tree'],
      told: [
        'for graphviz, pydot: graphviz of Debian (the input runtime-packages with graphviz- leaves it out)',
        'for gitpython: git of Debian (the input runtime-packages with git- leaves it out)',
      ],
    })
  })

  test('a name with a hyphen at its end leaves out what was found, and is told where nothing was', () => {
    const needs = runtimeNeeds(['gitpython', 'weasyprint'], [])
    expect(runtimePackages(needs, ['libxml2'], ['git-', 'libxml2-', 'fonts-dejavu-core-', 'fonts-liberation', 'vim-'])).toEqual({
      packages: ['fonts-liberation', 'libpango-1.0-0', 'libpangoft2-1.0-0'],
      told: [
        'for weasyprint: libpango-1.0-0, libpangoft2-1.0-0 of Debian (the input runtime-packages with libpango-1.0-0- leaves it out)',
        'runtime-packages: vim- is without effect, as nothing asks for vim',
      ],
    })
  })
})

describe('a library', () => {
  test.each([
    { soname: 'libpq.so.5', debian: 'libpq5' },
    { soname: 'libmariadb.so.3', debian: 'libmariadb3' },
    { soname: 'libldap-2.5.so.0', debian: 'libldap-2.5-0' },
    { soname: 'libldap.so.2', debian: 'libldap2' },
    { soname: 'libgthread-2.0.so.0', debian: 'libglib2.0-0' },
    { soname: 'libGL.so.1', debian: 'libgl1' },
    { soname: 'libstdc++.so.6', debian: 'libstdc++6' },
    { soname: 'libgraphviz.so.1', debian: undefined },
    { soname: 'libownfirm.so.1', debian: undefined },
  ])('$soname is in $debian', ({ soname, debian }) => {
    expect(packageOfLibrary(soname)).toBe(debian)
  })
})

describe('a program', () => {
  test.each([
    { program: 'pdftoppm', debian: 'poppler-utils' },
    { program: 'dot', debian: 'graphviz' },
    { program: 'ffprobe', debian: 'ffmpeg' },
    { program: 'msgfmt', debian: 'gettext' },
    { program: 'firm-tool', debian: undefined },
  ])('$program is in $debian', ({ program, debian }) => {
    expect(packageOfProgram(program)).toBe(debian)
  })
})

// As the packages themselves say it, of versions of 2025 and 2026.
describe('what is missing is known by the words of', () => {
  test.each([
    {
      name: 'GitPython',
      said: 'ImportError: Bad git executable. The git executable must be specified in one of the following ways: - be included in your $PATH',
      what: 'the program git',
      debian: ['git'],
    },
    {
      name: 'graphviz',
      said: "graphviz.backend.execute.ExecutableNotFound: failed to execute PosixPath('dot'), make sure the Graphviz executables are on your systems' PATH",
      what: 'the program dot',
      debian: ['graphviz'],
    },
    { name: 'pydot', said: 'FileNotFoundError: [Errno 2] "neato" not found in path.', what: 'the program neato', debian: ['graphviz'] },
    {
      name: 'pdf2image',
      said: 'pdf2image.exceptions.PDFInfoNotInstalledError: Unable to get page count. Is poppler installed and in PATH?',
      what: 'the program pdfinfo',
      debian: ['poppler-utils'],
    },
    {
      name: 'pytesseract',
      said: "pytesseract.pytesseract.TesseractNotFoundError: tesseract is not installed or it's not in your PATH. See README file for more information.",
      what: 'the program tesseract',
      debian: ['tesseract-ocr'],
    },
    {
      name: 'pypandoc',
      said: 'OSError: No pandoc was found: either install pandoc and add it to your PATH or or call pypandoc.download_pandoc(...)',
      what: 'the program pandoc',
      debian: ['pandoc'],
    },
    {
      name: 'ffmpeg-normalize',
      said: 'FFmpegNormalizeError: Could not find ffmpeg in your $PATH or $FFMPEG_PATH. Please install ffmpeg from http://ffmpeg.org',
      what: 'the program ffmpeg',
      debian: ['ffmpeg'],
    },
    { name: 'OCRmyPDF', said: "Could not find program 'tesseract' on the PATH", what: 'the program tesseract', debian: ['tesseract-ocr'] },
    {
      name: 'subprocess',
      said: "FileNotFoundError: [Errno 2] No such file or directory: 'ffmpeg'",
      what: 'the program ffmpeg',
      debian: ['ffmpeg'],
    },
    { name: 'a shell', said: '/bin/sh: 1: node: not found', what: 'the program node', debian: ['nodejs'] },
    { name: 'a shell, of a stranger', said: 'sh: 3: firm-tool: not found', what: 'the program firm-tool', debian: [] },
    { name: 'bash', said: './run.sh: line 2: bash: line 4: rsync: command not found', what: 'the program rsync', debian: ['rsync'] },
    { name: 'env', said: '/usr/bin/env: ‘bash’: No such file or directory', what: 'the program bash', debian: ['bash'] },
    {
      name: 'Django',
      said: "CommandError: Can't find msgfmt. Make sure you have GNU gettext tools 0.15 or newer installed.",
      what: 'the program msgfmt',
      debian: ['gettext'],
    },
    {
      name: 'the loader',
      said: 'ImportError: libpq.so.5: cannot open shared object file: No such file or directory',
      what: 'the library libpq.so.5',
      debian: ['libpq5'],
    },
    {
      name: 'the loader, of a stranger',
      said: 'OSError: libfirm.so.2: cannot open shared object file',
      what: 'the library libfirm.so.2',
      debian: [],
    },
    {
      name: 'python-magic',
      said: 'ImportError: failed to find libmagic.  Check your installation',
      what: 'a library',
      debian: ['libmagic1'],
    },
    { name: 'pylibdmtx', said: 'ImportError: Unable to find dmtx shared library', what: 'a library', debian: ['libdmtx0b'] },
    {
      name: 'GeoDjango',
      said: 'django.core.exceptions.ImproperlyConfigured: Could not find the GDAL library (tried "gdal", "gdal3.8.0"). Is GDAL installed? If it is, try setting GDAL_LIBRARY_PATH in your settings.',
      what: 'a library',
      debian: ['gdal-bin'],
    },
    {
      name: 'WeasyPrint',
      said: "OSError: cannot load library 'libgobject-2.0-0': libgobject-2.0-0: cannot open shared object file: No such file or directory.  Additionally, ctypes.util.find_library() did not manage to locate a library called 'libgobject-2.0-0'",
      what: 'a library',
      debian: ['fonts-dejavu-core', 'libpango-1.0-0', 'libpangoft2-1.0-0'],
    },
    {
      name: 'cffi',
      said: "OSError: cannot load library 'libvips.so.42': libvips.so.42: cannot open shared object file: No such file or directory",
      what: 'the library libvips.so.42',
      debian: ['libvips42'],
    },
  ])('$name', ({ said, what, debian }) => {
    expect(missingIn(said)).toEqual({ what, packages: debian })
  })

  test.each([
    "FileNotFoundError: [Errno 2] No such file or directory: 'config.yml'",
    "FileNotFoundError: [Errno 2] No such file or directory: '/data/git'",
    'sqlite3.OperationalError: unable to open database file',
    "ModuleNotFoundError: No module named 'git'",
  ])('and not by %s', (said) => {
    expect(missingIn(said)).toBeUndefined()
  })
})

test('the hint names the Debian package, or says what to look for', () => {
  expect(missingHint("FileNotFoundError: [Errno 2] No such file or directory: 'dot'")).toBe(
    'The program dot is not there. Set runtime-packages: graphviz',
  )
  expect(missingHint('ImportError: libpq.so.5: cannot open shared object file')).toBe('Set runtime-packages: libpq5')
  expect(missingHint('sh: 1: firm-tool: not found')).toBe(
    'The program firm-tool is not there: name the Debian package that has it in runtime-packages.',
  )
  expect(missingHint('ValueError: no')).toBeUndefined()
})
