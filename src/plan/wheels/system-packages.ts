import type { DebianThing } from './debian-row.ts'
import { DEBIAN } from './debian-table.ts'

/**
 * @param names normalised names of packages that are built from source, and of what builds them
 * @returns Debian packages for the builder, sorted
 */
export function buildPackagesFor(names: Iterable<string>): readonly string[] {
  const all = new Set(names)
  const found = DEBIAN.filter(({ compiles = [] }) => compiles.some((name) => all.has(name)))
  return [...new Set(found.flatMap(({ headers = [] }) => headers))].sort()
}

/** Debian packages that a Python package opens a library of, or whose program it calls. */
export interface RuntimeNeed {
  /** Python packages. */
  readonly users: readonly string[]
  /** Of Debian. */
  readonly packages: readonly string[]
}

/**
 * What the release takes beside what its compiled wheels link.
 * @param names normalised names of the packages that the release holds
 * @param required normalised names of those that the project itself requires
 */
export function runtimeNeeds(names: Iterable<string>, required: Iterable<string>): readonly RuntimeNeed[] {
  const all = new Set(names)
  const direct = new Set(required)
  return DEBIAN.flatMap(({ users = [], unless = [], runtime = [] }) => {
    const others = unless.filter((name) => all.has(name))
    // A package that brings it along serves whoever asks; of others that do without it, the project may ask by itself.
    const found = users.filter((name) => all.has(name) && (others.length === 0 || (direct.has(name) && !others.some(isBundle))))
    return found.length > 0 ? [{ users: found, packages: runtime }] : []
  })
}

function isBundle(name: string): boolean {
  return name.endsWith('-binary')
}

export interface RuntimePackages {
  /** For the release, sorted. */
  readonly packages: readonly string[]
  /** What was found without having been named, for the log. */
  readonly told: readonly string[]
}

/**
 * Debian packages for the release.
 * @param linked that own the libraries which compiled wheels link
 * @param wished the input runtime-packages; a name with a hyphen at its end leaves that package out, as it does for apt
 * @see https://manpages.debian.org/apt-get
 */
export function runtimePackages(needs: readonly RuntimeNeed[], linked: readonly string[], wished: readonly string[]): RuntimePackages {
  const refused = new Set(wished.filter((name) => name.endsWith('-')).map((name) => name.slice(0, -1)))
  const found = [...needs.flatMap(({ packages }) => packages), ...linked]
  const named = wished.filter((name) => !name.endsWith('-'))
  const told = needs.flatMap(({ users, packages }) => {
    const installed = packages.filter((name) => !refused.has(name) && !named.includes(name))
    return installed.length > 0
      ? [`for ${users.join(', ')}: ${installed.join(', ')} of Debian (the input runtime-packages with ${installed[0]}- leaves it out)`]
      : []
  })
  const idle = [...refused].filter((name) => !found.includes(name) && !named.includes(name))
  return {
    packages: [...new Set([...found, ...named])].filter((name) => !refused.has(name)).sort(),
    told: [...told, ...idle.map((name) => `runtime-packages: ${name}- is without effect, as nothing asks for ${name}`)],
  }
}

/**
 * @param soname as a program links it, e.g. `libpq.so.5`
 * @returns the Debian package that holds it; undefined where that is not known
 */
export function packageOfLibrary(soname: string): string | undefined {
  return DEBIAN.find(({ library }) => library?.test(soname))?.runtime?.[0]
}

/** @param program as it is called, e.g. `pdftoppm` */
export function packageOfProgram(program: string): string | undefined {
  return withProgram(program)?.runtime?.[0]
}

function withProgram(program: string): DebianThing | undefined {
  return DEBIAN.find(({ programs = [] }) => programs.includes(program))
}

/** Debian packages for the builder, by what a failed build complains of. */
export function packagesWanted(complaint: string): readonly string[] | undefined {
  return DEBIAN.find(({ wants }) => wants?.test(complaint))?.headers
}

/** What a program looked for in its system and did not find. */
export interface Missing {
  /** `the program dot` */
  readonly what: string
  /** Of Debian; empty where that is not known. */
  readonly packages: readonly string[]
}

const LIBRARY = /([\w.+-]+\.so[\d.]*): cannot open shared object file/
/** How shells, env and those who look along PATH say it: nothing but a program is meant. */
const CALLED = [
  /\b(?:ba|da)?sh: (?:line )?(?:\d+: )?([\w.+-]+): (?:command )?not found/,
  /\benv: ['‘]?([\w.+-]+)['’]?: No such file/,
  /exec: "([\w.+-]+)": executable file not found/,
  /failed to execute (?:PosixPath\(|\[)'([\w.+-]+)'/,
  /"([\w.+-]+)" not found in path/i,
  /\bfind (?:the )?(?:program |executable |command )?["'`]?([\w.+-]+)["'`]? (?:executable )?(?:in|on) (?:the |your )?\$?PATH\b/i,
]
/** What Python says of a program and of a file alike. */
const STARTED = /\[Errno 2\] No such file or directory: '([\w.+-]+)'/
/** Characters of a fault that are looked at, its last ones. */
const LONGEST = 2000

/**
 * The library or program of the system that a fault is for want of.
 * @param said lines or one line of what failed
 */
export function missingIn(said: string): Missing | undefined {
  const fault = said.slice(-LONGEST)
  const library = LIBRARY.exec(fault)?.[1]
  const holder = library && packageOfLibrary(library)
  if (holder) return { what: `the library ${library}`, packages: [holder] }
  const row = DEBIAN.find(({ misses }) => misses?.test(fault))
  if (row) return { what: row.programs ? `the program ${row.programs[0]}` : 'a library', packages: row.runtime ?? [] }
  const called = CALLED.flatMap((pattern) => pattern.exec(fault)?.[1] ?? [])[0]
  if (called) return { what: `the program ${called}`, packages: withProgram(called)?.runtime ?? [] }
  const started = STARTED.exec(fault)?.[1]
  const known = started && withProgram(started)?.runtime
  if (known) return { what: `the program ${started}`, packages: known }
  return library ? { what: `the library ${library}`, packages: [] } : undefined
}

/** What to do about it, as sentences. @returns undefined where a fault is for want of something else */
export function missingHint(said: string): string | undefined {
  const missing = missingIn(said)
  if (!missing) return undefined
  const { what, packages } = missing
  if (packages.length === 0) return `${upper(what)} is not there: name the Debian package that has it in runtime-packages.`
  const next = `Set runtime-packages: ${packages.join(' ')}`
  return what.startsWith('the program') ? `${upper(what)} is not there. ${next}` : next // the fault names a library itself
}

function upper(text: string): string {
  return `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}`
}
