import path from 'node:path'
import { WITHOUT_GIT } from '../../project/layout/git-calls.ts'
import { packagesWanted } from './system-packages.ts'

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

export const IN_ITS_SOURCE = 'Builds have no network: what it downloads must be in its source.'
export const VENDOR =
  'Run "cargo vendor", commit vendor/ and .cargo/config.toml; for a package of an index, choose a version that has a wheel.'

/** For a build that wants something from outside: builds have no network. */
function networkHint(lines: readonly string[]): BuildHint | undefined {
  const line = lines.find((one) => NO_NETWORK.test(one))
  if (line === undefined) return undefined
  if (!lines.some((one) => CRATES.test(one))) {
    return { line, packages: [], next: IN_ITS_SOURCE }
  }
  return { line: 'cargo must download crates, and builds have no network', packages: [], next: VENDOR }
}

const NO_GIT =
  /\bgit: (?:command )?not found|No such file or directory: '(?:[\w./-]*\/)?git'|\benv: ['‘]?git['’]?: No such|fatal: not a git repository|Bad git executable/

const NO_NODE =
  /\b(?:npm|npx|node|yarn|pnpm|bun)['’`]?:? (?:command )?(?:was |is )?not (?:be )?(?:found|installed)|No such file or directory: '(?:npm|npx|node|yarn|pnpm|bun)'|could not find (?:npm|node|yarn)\b|\b(?:npm|yarn|pnpm|node(?:\.?js)?) (?:is|was) (?:missing|required|needed|not (?:installed|available|found))/i
const WITHOUT_NODE =
  'Builds have no Node.js: build the frontend before this step (npm install && npm run build beside its package.json); if it is asked for again, set wheel: never; of a package of an index, choose a version that has a wheel.'

/**
 * What compilers, PyO3 and Python itself say of a package that was written for another Python.
 * @see https://docs.python.org/3/whatsnew/ (Removed)
 */
const OTHER_PYTHON =
  /\berror: .*['‘`]_*(?:Py[A-Z]\w*|CFrame)|error: longintrepr\.h: No such|is newer than PyO3's maximum supported version|has no attribute '(?:ImpImporter|SafeConfigParser)'|^ModuleNotFoundError: No module named '(?:imp|distutils|asyncore)'/
/** Macros that became functions: their result takes no value. @see https://docs.python.org/3/whatsnew/3.11.html#porting-to-python-3-11 */
const NO_MACRO = /error: lvalue required as left operand/
const MACRO = /\bPy_(?:TYPE|SIZE|REFCNT)\(/
export const FOR_THIS_PYTHON =
  'It was not made for this Python: require a newer version, set exclude-newer to a later day than the commit has, or set python-version or parent-image to an older Python.'

/** An exception of Python about a file that is not there. */
const MISSING = /^[\w.]+(?:Error|Exception): .*(?:No such file|does not exist|not found)/
/** Folders of ours that a build stage has. */
const OURS = /^\/srv\/(?:source|sdist|unpacked|out|build-env|project)(?:\/|$)/

/** Whether a build looks for what lies above the folder of its project. */
function looksAbove(line: string): boolean {
  const places = MISSING.test(line) ? (line.match(/(?:\.\.)?\/[\w./-]+/g) ?? []) : []
  return places.some((place) => {
    const at = path.posix.resolve('/srv/source', place)
    return (place.startsWith('..') || at.startsWith('/srv/')) && !OURS.test(at)
  })
}

const COMMIT_IT =
  'Of what lies above the folder that path names, a build has what git tracks in the repository: commit it, name it in pyproject.toml without code, or move it into the folder.'

/** @see https://setuptools.pypa.io/en/latest/history.html#v82-0-0 */
const OLDER_SETUPTOOLS =
  'setuptools has it up to version 81: put "setuptools<82" into [build-system] requires; for a package of an index, choose a version that has a wheel.'

const DISCOVERY = /\bPackageDiscoveryError: |Multiple top-level (?:packages|modules) discovered/
const NAME_PACKAGES =
  'setuptools builds one package that it finds, and several that it is told: name them (packages), or set wheel: never, which takes the source as it is.'

const COMPLAINT =
  /\b(fatal )?error\b[: ]|not found|No such file|cannot find -l|undefined reference|Traceback|Exception:|(could not|can not|cannot) (be )?f(ou|i)nd|is not installed|must be installed|\bis required\b|not found, installing|^No package '|^[\w.]+(Error|Exception): /i
/** Frames around the complaint, which say only that something failed. Buildx's `failed to build:` goes on with the cause. */
const FRAME =
  /^(subprocess-exited|error: Failed to build(?!:)|(cause: )?(The build backend returned an error|Call to `)|Building (wheel|source)|.*(exit(ed)? (code|status)|returned non-zero|hint: |Caused by|Traceback|note: This error)|\s*File ")/i

/** Characters of a line that are looked at: complaints are short, and patterns slow on what is not. */
const LONGEST = 2000

/**
 * @param output lines that the failing stage printed
 */
export function buildHint(output: readonly string[]): BuildHint {
  const lines = output.map((line) => line.trim().slice(0, LONGEST)).filter(Boolean)
  for (const line of lines) {
    const packages = COMPLAINT.test(line) ? packagesWanted(line) : undefined
    if (packages) return { line, packages }
  }
  const network = networkHint(lines)
  if (network) return network
  const above = lines.find(looksAbove)
  if (above) return { line: above, packages: [], next: COMMIT_IT }
  const old = lines.find((line) => /^ModuleNotFoundError: No module named 'pkg_resources/.test(line))
  if (old) return { line: old, packages: [], next: OLDER_SETUPTOOLS }
  const several = lines.find((line) => DISCOVERY.test(line))
  if (several) return { line: several, packages: [], next: NAME_PACKAGES }
  const git = lines.find((line) => NO_GIT.test(line))
  if (git) return { line: git, packages: [], next: WITHOUT_GIT }
  const node = lines.find((line) => NO_NODE.test(line))
  if (node) return { line: node, packages: [], next: WITHOUT_NODE }
  const foreign = lines.find((line, i) => OTHER_PYTHON.test(line) || (NO_MACRO.test(line) && MACRO.test(lines[i + 1] ?? '')))
  if (foreign) return { line: foreign, packages: [], next: FOR_THIS_PYTHON }
  const linker = lines.map((line) => /cannot find -l(\S+?):?(?:\s|$)/.exec(line)).find((match) => match !== null)
  if (linker) return { line: linker.input, packages: [`lib${linker[1]}-dev`] }
  const complaint =
    lines.find((line) => COMPLAINT.test(line) && !FRAME.test(line)) ??
    lines.find((line) => /^[\w.]*CalledProcessError: /.test(line)) ??
    lines.findLast((line) => !FRAME.test(line))
  return { line: complaint ?? 'the build ended without a word', packages: [] }
}

/** Whether a build failed for want of a compiler or of headers: for another fault a builder would be made in vain. */
export function wantsCompiler(lines: readonly string[]): boolean {
  return /\b(gcc|cc|c\+\+|g\+\+|clang|cmake|ninja|meson|rustc|cargo|gfortran)\b|compiler|\.h\b|pg_config|mysql_config|pkg-config/i.test(
    lines.join('\n'),
  )
}
