import { normalizeName } from '../names.ts'

/** What is required to build extension modules, and for nothing else. */
const COMPILERS = new Set([
  'cffi',
  'cmake',
  'cython',
  'maturin',
  'meson-python',
  'nanobind',
  'ninja',
  'numpy',
  'pybind11',
  'scikit-build',
  'scikit-build-core',
  'setuptools-rust',
])
const EXTENSIONS =
  /\b(ext_modules|ext_package|cffi_modules|rust_extensions|libraries)\s*=(?!\s*(?:\[\s*\]|None))|\bExtension\(|cythonize\(|^[ \t]*\[\[?tool\.setuptools\.ext-modules/m

/**
 * Whether a project's own wheel needs a compiler, as its build requirements and its files say. A setup.py may
 * still surprise: then the build on base fails, and is done again in the builder.
 * @param definition texts of pyproject.toml, setup.cfg and setup.py
 */
export function isCompiled(buildRequires: readonly string[], definition: string): boolean {
  const names = buildRequires.map((line) => normalizeName(/^[A-Za-z0-9][\w.-]*/.exec(line.trim())?.[0] ?? ''))
  return names.some((name) => COMPILERS.has(name)) || EXTENSIONS.test(definition.replace(/^[ \t]*#.*$/gm, ''))
}
