import * as v from 'valibot'
import { UserError } from '../../errors.ts'
import {
  debianName,
  indexedRequirement,
  line,
  normalizedName,
  type Read,
  readJson,
  seconds,
  sha256Text,
  version,
  wheelName,
} from '../../grammar.ts'
import { namesInLock } from '../../project/locks/lock-formats.ts'
import { normalizeName } from '../../project/names.ts'
import type { Project } from '../../project/project.ts'
import type { LockedPackage, RemoteFile } from '../../project/resolved-lock.ts'
import { DEBIAN } from './debian-table.ts'
import { supportedTags, type Target, wheelRank } from './wheel-tags.ts'

/** What a compiled wheel is made from, all of it compared before one is used again. */
const madeFrom = v.object({
  sdist: line(),
  /** Hash of the stage's text and scripts. */
  recipe: line(),
  distribution: line(),
  machine: line(),
  glibc: line(),
  soabi: line(),
  buildPackages: line(20_000),
  /** sha256 of the lock of the build requirements. */
  buildLock: line(),
})
export type MadeFrom = Read<typeof madeFrom>

/**
 * What is known of a compiled wheel, kept beside it. It finds damage and decides reuse: anything here
 * that differs means compiling again. The parent's digest is not part of it, or every re-release of
 * the parent would recompile.
 */
const manifestSchema = v.object({
  package: v.union([normalizedName, v.literal('')]),
  version: v.union([version, v.literal('')]),
  file: wheelName,
  sha256: sha256Text,
  made: madeFrom,
  /** What building it required, as its sdist says. */
  requires: v.pipe(v.array(indexedRequirement), v.maxLength(1000)),
  /** Debian packages that own the libraries it links. */
  packages: v.pipe(v.array(debianName), v.maxLength(1000)),
  /** That the build took. */
  seconds,
  /** HMAC-SHA256 as hex, where a key was given. */
  signature: v.exactOptional(line()),
})
export type Manifest = Read<typeof manifestSchema>

/**
 * A manifest as text, where it is one: it may come from a cache, and what it names is opened, installed
 * and resolved later.
 * @param file the wheel that it stands beside
 * @returns undefined where any part of it is missing or not of its kind
 */
export function parseManifest(text: string, file: string): Manifest | undefined {
  const said = readJson(manifestSchema, text)
  return said?.file === file ? said : undefined
}

/** What a wheel of this source would be made from today. */
export type MadeNow = (source: { readonly package: string; readonly sdist: string; readonly requires: readonly string[] }) => MadeFrom

/** What the wheelhouse holds, by looking: wheels with their sha256, manifests of compiled ones. */
export interface Shelf {
  readonly wheels: ReadonlyMap<string, string>
  readonly manifests: readonly Manifest[]
}

/** A shelf, and what decides whether its compiled wheels are used again. */
interface Stock extends Shelf {
  /** What a wheel of an sdist, with these build requirements, would be made from now. */
  readonly madeFrom: MadeNow
  /** Prints of the packages that are folders of this run, by name. */
  readonly folders?: ReadonlyMap<string, string>
}

export type PlannedWheel =
  | {
      readonly kind: 'reuse'
      readonly name: string
      readonly version: string
      readonly file: string
      /** Of the wheel at hand, as it was read. */
      readonly sha256: string
      readonly manifest: Manifest | undefined
    }
  | { readonly kind: 'download'; readonly name: string; readonly version: string; readonly remote: RemoteFile }
  | {
      readonly kind: 'compile'
      readonly name: string
      /** '' where only building tells it. */
      readonly version: string
      /** The sdist; undefined for a folder of this run. */
      readonly remote: RemoteFile | undefined
      /** Of the sdist, or the print of the folder. */
      readonly sha256: string
      readonly why: string
    }

/**
 * For each locked package: the wheel at hand, the wheel to fetch, or the sdist to build.
 * @throws UserError where a package has neither a wheel that fits nor an sdist
 */
export function planWheels(lock: readonly LockedPackage[], target: Target, stock: Stock): readonly PlannedWheel[] {
  const supported = supportedTags(target)
  return lock.map((entry) => {
    const { name, version } = entry
    if (entry.folder) return reuseOrCompile(entry, stock)
    const best = bestWheel(entry.wheels, supported)
    if (best) {
      return stock.wheels.get(best.file) === best.sha256
        ? { kind: 'reuse', name, version, file: best.file, sha256: best.sha256, manifest: undefined }
        : { kind: 'download', name, version, remote: best }
    }
    if (!entry.sdist) {
      throw new UserError(
        'wheels',
        `${name} ${version} has no wheel for Python ${target.python} on ${target.machine} (glibc ${target.glibc}) and no sdist`,
        'Choose another python-version or parent-image, or another version of the package.',
      )
    }
    return reuseOrCompile(entry, stock)
  })
}

/** Whether a name is a wheel's and nothing else: no folder, no option. */
export function isWheelName(name: string): boolean {
  return /^[A-Za-z0-9][\w.+!-]*\.whl$/.test(name)
}

export function bestWheel(wheels: readonly RemoteFile[], supported: readonly string[]): RemoteFile | undefined {
  return wheels
    .map((wheel) => ({ wheel, rank: wheelRank(wheel.file, supported) }))
    .filter((entry): entry is { wheel: RemoteFile; rank: number } => entry.rank !== undefined)
    .sort((a, b) => a.rank - b.rank || b.wheel.file.localeCompare(a.wheel.file, 'en', { numeric: true }))[0]?.wheel
}

function reuseOrCompile({ name, version, folder, sdist }: LockedPackage, { madeFrom, folders, ...shelf }: Stock): PlannedWheel {
  const remote = folder ? undefined : sdist
  const source = remote?.sha256 ?? folders?.get(name) ?? ''
  const known = shelf.manifests.filter((manifest) => manifest.package === name && (version === '' || manifest.version === version))
  const reasons: string[] = []
  for (const manifest of known) {
    const now = madeFrom({ package: name, sdist: source, requires: manifest.requires })
    const changed = (Object.keys(now) as (keyof MadeFrom)[]).filter((part) => manifest.made[part] !== now[part])
    if (changed.length > 0) reasons.push(`changed: ${changed.join(', ')}`)
    else if (shelf.wheels.get(manifest.file) !== manifest.sha256)
      reasons.push(shelf.wheels.has(manifest.file) ? 'checksum mismatch of the kept wheel' : 'the kept wheel is gone')
    else return { kind: 'reuse', name, version: manifest.version, file: manifest.file, sha256: manifest.sha256, manifest }
  }
  const none = remote ? 'no wheel fits and none is kept' : 'a folder, and no wheel of it is kept'
  return { kind: 'compile', name, version, remote, sha256: source, why: reasons[0] ?? none }
}

/**
 * Whether a compiler will most likely be needed, from the files that define the project and before anything
 * is resolved: the builder can then be made meanwhile. Only the lock decides; this decides when to begin.
 * @param kept manifests of the compiled wheels at hand
 */
export function expectsCompiler(project: Defined, kept: readonly Manifest[]): boolean {
  return expectedSources(project).some((name) => !kept.some((manifest) => manifest.package === name))
}

type Defined = Pick<Project, 'definition' | 'lock'>

/** Packages that will most likely be built from source, from the files that define the project. */
export function expectedSources({ definition, lock }: Defined): readonly string[] {
  const text = lock?.texts[lock.file] ?? ''
  // A lock also has words for what nobody asked for: the extras of each package.
  const others = text !== '' && definition.endsWith(text) ? definition.slice(0, -text.length) : definition
  const words = new Set([...namesIn(others), ...(lock ? namesInLock(lock.file, text) : [])])
  return DEBIAN.flatMap(({ noWheels = [] }) => noWheels).filter((name) => words.has(name))
}

/** Every word of a text that may be the name of a package, normalised. */
export function namesIn(definition: string): ReadonlySet<string> {
  return new Set((definition.toLowerCase().match(/[a-z0-9][a-z0-9._-]*/g) ?? []).map(normalizeName))
}
