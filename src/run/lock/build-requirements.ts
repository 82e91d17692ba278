import { UserError } from '../../errors.ts'
import { fits, requirement } from '../../grammar.ts'
import { fingerprint, sha256 } from '../../plan/fingerprint.ts'
import { bestWheel } from '../../plan/wheels/wheel-plan.ts'
import { supportedTags, type Target } from '../../plan/wheels/wheel-tags.ts'
import { readLock } from '../../project/resolved-lock.ts'
import { inWheelhouse, SHELF } from '../../shelf.ts'
import { type BuildSetup, resolutionParts } from '../build/build-setup.ts'
import { fetchAll } from '../wheelhouse-folder/fetch-files.ts'
import type { BuildLock } from '../wheelhouse-folder/record-schemas.ts'
import type { World } from '../world.ts'
import { resolveSets } from './resolve.ts'

/** sha256 of the locks of several sets of build requirements, by the set's name. */
export type Locks = ReadonlyMap<string, string>

/** A set of build requirements. */
interface BuildRequires {
  readonly requires: readonly string[]
  /** The package whose set it is; left out for the project itself. */
  readonly asking?: string
}

/**
 * Build requirements, resolved with hashes and fetched to `.build/requires`, for builds without an index. Sets
 * without a kept lock are resolved in one build, each for itself.
 */
export async function ensureBuildLocks(world: World, setup: BuildSetup, target: Target, sets: readonly BuildRequires[]): Promise<Locks> {
  const common = resolutionParts(setup)
  const prints = new Map<string, string>()
  const missing = new Map<string, readonly string[]>()
  const askedBy = new Map<string, string>()
  for (const { requires, asking } of sets) {
    const sorted = [...new Set(requires.map(plainRequirement))].sort()
    const print = fingerprint({ ...common, requirements: sorted.join('\n') })
    prints.set(setName(requires), print)
    if (asking !== undefined && !askedBy.has(print)) askedBy.set(print, asking)
    if (!missing.has(print) && !(await isKept(world, print))) missing.set(print, sorted)
  }
  const asked = [...missing].filter(([, lines]) => lines.length > 0)
  const lists = asked.map(([, lines]) => lines)
  const texts = await resolveSets(world, setup, lists)
  const found = new Map(asked.map(([print], i) => [print, texts[i] ?? '']))
  for (const print of missing.keys()) {
    const lock = await fetchLocked(world, target, { print, asking: askedBy.get(print) }, found.get(print) ?? 'lock-version = "1.0"\n')
    await world.records.put('buildLocks', print, lock)
  }
  const kept = (await world.records.get('buildLocks')) ?? {}
  return new Map([...prints].map(([name, print]) => [name, kept[print]?.sha256 ?? '']))
}

/** Whether a lock is kept as recorded, with all that it names, byte for byte. @param print of what it was resolved from */
export async function isKept(world: World, print: string): Promise<boolean> {
  const known = await world.files.readKept(lockFile(world, print), MOST_BYTES)
  const record = (await world.records.get('buildLocks'))?.[print]
  if (known === undefined || record === undefined || sha256(known) !== record.sha256) return false
  return areNamed(known, record) && areThere(world, record)
}

/** Whether a record says of its files what its lock does: what is built is named by the lock's sha256 alone. */
function areNamed(text: string, { files }: BuildLock): boolean {
  try {
    const packages = readLock('the lock of the build requirements', text).map(({ wheels }) => wheels)
    const chosen = packages.map((wheels) => wheels.find(({ file, sha256: hash }) => files[file] === hash))
    return Object.keys(files).length === packages.length && !chosen.includes(undefined)
  } catch {
    return false
  }
}

interface Asked {
  readonly print: string
  readonly asking: string | undefined
}

/** @param asking undefined for the project itself, which can ask for another version */
function withoutWheel(what: string, asking: string | undefined): UserError {
  return new UserError(
    'wheels',
    `the build requirement ${what}${asking === undefined ? '' : ` of ${asking}`} has no wheel that fits`,
    asking === undefined
      ? 'Pin a version that has one in [build-system] requires, or put its wheel on an index that extra-index-urls names.'
      : `Take a version of ${asking} that has a wheel or asks for less, or put a wheel of either on an index that extra-index-urls names.`,
  )
}

/** Fetches the wheels of a new lock, then keeps it. */
async function fetchLocked(world: World, target: Target, { print, asking }: Asked, text: string): Promise<BuildLock> {
  const wheels = readLock('the lock of the build requirements', text).map((entry) => {
    const wheel = bestWheel(entry.wheels, supportedTags(target))
    if (wheel) return wheel
    throw withoutWheel(`${entry.name} ${entry.version}`, asking)
  })
  await fetchAll(world, wheels, inWheelhouse(world, SHELF.requires))
  await world.files.write(lockFile(world, print), text)
  return { sha256: sha256(text), files: Object.fromEntries(wheels.map((wheel) => [wheel.file, wheel.sha256])) }
}

/** More than any lock of build requirements takes. */
const MOST_BYTES = 16_000_000

function lockFile(world: World, print: string): string {
  return inWheelhouse(world, SHELF.locks, `${print}.toml`)
}

/**
 * Build requirements come out of archives: nothing but a requirement may reach the resolver's file (PEP 508). Those by
 * an address would be fetched again while the wheel is built, where there is no network.
 */
function plainRequirement(line: string): string {
  const name = /^\s*([A-Za-z0-9][\w.-]*)\s*(?:\[[^\]\n]*\]\s*)?@/.exec(line)?.[1]
  if (name) {
    throw new UserError(
      'wheels',
      `the build requirement ${name} is given by an address or a folder`,
      'Name a version of it that has a wheel in [build-system] requires, or put its wheel on an index that extra-index-urls names.',
    )
  }
  if (fits(requirement, line.trim())) return line.trim()
  throw new UserError(
    'wheels',
    `${JSON.stringify(line.slice(0, 100))} is not a build requirement`,
    'Fix [build-system] requires of the package that says so.',
  )
}

async function areThere(world: World, lock: BuildLock): Promise<boolean> {
  for (const [file, hash] of Object.entries(lock.files)) {
    const kept = inWheelhouse(world, SHELF.requires, file)
    if ((await world.files.sha256(kept)) !== hash) return false
  }
  return true
}

export function setName(requires: readonly string[]): string {
  return requires.join('\n')
}
