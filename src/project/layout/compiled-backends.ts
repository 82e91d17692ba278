import { normalizeName } from '../names.ts'

/** What is required to build extension modules, and for nothing else. */
const COMPILERS = new Set([
  'cffi',
  'cmake',
  'cython',
  'hatch-cpp',
  'hatch-cython',
  'hatch-mypyc',
  'maturin',
  'meson-python',
  'mypy',
  'nanobind',
  'ninja',
  'nuitka',
  'numpy',
  'py-build-cmake',
  'pybind11',
  'pythran',
  'scikit-build',
  'scikit-build-core',
  'setuptools-rust',
  'sip',
])
const EXTENSIONS =
  /\b(ext_modules|ext_package|cffi_modules|rust_extensions|libraries)\s*=(?!\s*(?:\[\s*\]|None))|\bExtension\(|cythonize\(|^[ \t]*\[\[?tool\.setuptools\.ext-modules/m

/**
 * Whether a project's own wheel needs a compiler, as its build requirements and its files say. A setup.py may
 * still surprise: then the build on base fails, and is done again in the builder.
 * @param definition texts of pyproject.toml, setup.cfg, and of its own code that building it runs
 */
export function isCompiled(buildRequires: readonly string[], definition: string): boolean {
  const names = buildRequires.map((line) => normalizeName(/^[A-Za-z0-9][\w.-]*/.exec(line.trim())?.[0] ?? ''))
  return names.some((name) => COMPILERS.has(name)) || EXTENSIONS.test(definition.replace(/^[ \t]*#.*$/gm, ''))
}

const COMPILED_SOURCES = /\.(c|cc|cpp|cxx|pyx|rs|f90|f)$|(^|\/)(Cargo\.toml|CMakeLists\.txt|meson\.build)$/

/**
 * Whether an sdist needs a compiler, read from the names of its files: trying instead would silently
 * give a slow pure wheel where an extension is optional. Tests, docs and examples do not count.
 */
export function needsCompiler(files: readonly string[]): boolean {
  return files.some((file) => COMPILED_SOURCES.test(file) && !/(^|\/)(tests?|docs?|examples?|benchmarks?)\//i.test(file))
}
