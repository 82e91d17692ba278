/** What a failed build says, turned into what mends it. */
export interface BuildHint {
  /** The line that decides: the first real complaint, not the last one. */
  readonly line: string
  /** Debian packages for the input build-packages; empty where the line is not known. */
  readonly packages: readonly string[]
  /** What to do, where no package mends it. */
  readonly next?: string
}

/** @see https://doc.rust-lang.org/cargo/commands/cargo-vendor.html */
const CRATES =
  /Unable to update registry `crates-io`|failed to (fetch|download from) `https:\/\/[^`]*crates|Could not resolve host(name)?:? .*crates\.io|Updating (crates\.io index|git repository)/
const NO_NETWORK =
  /Could not resolve host|Temporary failure in name resolution|Name or service not known|getaddrinfo (ENOTFOUND|EAI_AGAIN)/i

/** For a build that wants something from outside: builds have no network. */
function networkHint(lines: readonly string[]): BuildHint | undefined {
  const line = lines.find((one) => NO_NETWORK.test(one))
  if (line === undefined) return undefined
  if (!lines.some((one) => CRATES.test(one))) {
    return { line, packages: [], next: 'Builds have no network: what it downloads must be in its source.' }
  }
  return {
    line: 'cargo must download crates, and builds have no network',
    packages: [],
    next: 'Run "cargo vendor", commit vendor/ and .cargo/config.toml; for a package of an index, choose a version that has a wheel.',
  }
}

/** Complaints of compilers and build backends, and the Debian packages that end them. */
const KNOWN: readonly (readonly [RegExp, readonly string[]])[] = [
  [/pg_config executable not found|libpq-fe\.h/, ['libpq-dev']],
  [
    /mysql_config|pkg-config.*(mysqlclient|mariadb)|mysql\.h|Can not find valid pkg-config name/,
    ['default-libmysqlclient-dev', 'pkg-config'],
  ],
  [/lber\.h|ldap\.h|sasl\.h/, ['libldap2-dev', 'libsasl2-dev']],
  [/Python\.h/, ['python3-dev']],
  [/ffi\.h/, ['libffi-dev']],
  [/openssl\/\w+\.h|Could not find directory of OpenSSL|openssl-sys/, ['libssl-dev', 'pkg-config']],
  [/xmlsec1/, ['libxmlsec1-dev', 'libxml2-dev', 'pkg-config']],
  [/libxml\/\w+\.h|xml2-config|libxslt/, ['libxml2-dev', 'libxslt1-dev']],
  [/jpeglib\.h|headers or library files could not be found for jpeg/, ['libjpeg-dev', 'zlib1g-dev']],
  [/zlib\.h|headers or library files could not be found for zlib/, ['zlib1g-dev']],
  [/ft2build\.h/, ['libfreetype-dev']],
  [/cairo\.h|Dependency "cairo" not found|No package 'cairo'/, ['libcairo2-dev', 'pkg-config']],
  [/libmemcached\/memcached\.h/, ['libmemcached-dev']],
  [/curl-config|curl\/curl\.h/, ['libcurl4-openssl-dev', 'libssl-dev']],
  [/libsystemd/, ['libsystemd-dev', 'pkg-config']],
  [/sql\.h/, ['unixodbc-dev']],
  [/sybfront\.h|sqlfront\.h/, ['freetds-dev']],
  [/graphviz\/\w+\.h/, ['libgraphviz-dev']],
  [/krb5-config|gssapi\.h/, ['libkrb5-dev']],
  [
    /cargo.*not found|can't find Rust compiler|Rust toolchain|rustc.*not found|cargo, the Rust package manager, is not installed|Rust not found, installing/i,
    ['rustc', 'cargo'],
  ],
  [/cmake.*not found|CMake must be installed|No CMAKE_/i, ['cmake']],
  [/gfortran|Fortran compiler/i, ['gfortran']],
  [/\b(gcc|cc|g\+\+|c\+\+)\b.*(not found|No such file)|unable to execute '?(gcc|cc)/, ['build-essential']],
]

/** @see https://setuptools.pypa.io/en/latest/history.html#v82-0-0 */
const OLDER_SETUPTOOLS =
  'setuptools has it up to version 81: put "setuptools<82" into [build-system] requires; for a package of an index, choose a version that has a wheel.'

const COMPLAINT =
  /\b(fatal )?error\b[: ]|not found|No such file|cannot find -l|undefined reference|Traceback|Exception:|(could not|can not|cannot) (be )?f(ou|i)nd|is not installed|must be installed|not found, installing|^No package '|^[\w.]+(Error|Exception): /i
/** Frames around the complaint, which say only that something failed. */
const FRAME =
  /^(subprocess-exited|error: Failed to build|.*(exit(ed)? (code|status)|returned non-zero|hint: |Caused by|Traceback|note: This error)|\s*File ")/i

/** Characters of a line that are looked at: complaints are short, and patterns slow on what is not. */
const LONGEST = 2000

/**
 * @param output lines that the failing stage printed
 */
export function buildHint(output: readonly string[]): BuildHint {
  const lines = output.map((line) => line.trim().slice(0, LONGEST)).filter(Boolean)
  for (const line of lines) {
    const known = KNOWN.find(([pattern]) => pattern.test(line) && COMPLAINT.test(line))
    if (known) return { line, packages: known[1] }
  }
  const network = networkHint(lines)
  if (network) return network
  const old = lines.find((line) => /^ModuleNotFoundError: No module named 'pkg_resources/.test(line))
  if (old) return { line: old, packages: [], next: OLDER_SETUPTOOLS }
  const linker = lines.map((line) => /cannot find -l(\S+?):?(?:\s|$)/.exec(line)).find((match) => match !== null)
  if (linker) return { line: linker.input, packages: [`lib${linker[1]}-dev`] }
  const complaint = lines.find((line) => COMPLAINT.test(line) && !FRAME.test(line)) ?? lines.findLast((line) => !FRAME.test(line))
  return { line: complaint ?? 'the build ended without a word', packages: [] }
}

/** Whether a build failed for want of a compiler or of headers: for another fault a builder would be made in vain. */
export function wantsCompiler(lines: readonly string[]): boolean {
  return /\b(gcc|cc|c\+\+|g\+\+|clang|cmake|ninja|meson|rustc|cargo|gfortran)\b|compiler|\.h\b|pg_config|mysql_config|pkg-config/i.test(
    lines.join('\n'),
  )
}
