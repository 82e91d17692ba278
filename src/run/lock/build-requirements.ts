import path from 'node:path'
import { UserError } from '../../errors.ts'
import { fits, requirement } from '../../grammar.ts'
import { fingerprint, sha256 } from '../../plan/fingerprint.ts'
import { bestWheel } from '../../plan/wheels/wheel-plan.ts'
import { supportedTags, type Target, targetSchema } from '../../plan/wheels/wheel-tags.ts'
import { readLock } from '../../project/resolved-lock.ts'
import { allDone } from '../all-done.ts'
import type { Resolver } from '../build/build-setup.ts'
import { buildTarget } from '../build/build-target.ts'
import { readAnswer, readText } from '../build/stage-answers.ts'
import { scriptsPrint } from '../build/stage-scripts.ts'
import { ensureTools } from '../build/uv-image.ts'
import { fetchAll } from '../wheelhouse-folder/fetch-files.ts'
import type { BuildLock, State } from '../wheelhouse-folder/records.ts'
import { inWheelhouse, SHELF } from '../wheelhouse-folder/wheelhouse-paths.ts'
import type { World } from '../world.ts'

export interface Resolution {
  readonly lines: readonly string[]
  readonly constraints?: readonly string[]
  /** They take the place of what requires the same package, and a marker that never holds takes it out. */
  readonly overrides?: readonly string[]
  /** Words of uv's command line. */
  readonly options?: readonly string[]
  /** They are all there is, each with its version: nothing beside them is looked for, however new they are. */
  readonly pinned?: boolean
  /** Names that the [tool.uv.sources] of folders mean, which are not followed. */
  readonly sourceless?: readonly string[]
  /** Variables that tell the backends of folders their versions. */
  readonly environment?: Readonly<Record<string, string>>
}

/** Resolves requirement lines in the image they will run in. @returns the text of the pylock.toml */
export async function resolve(
  world: World,
  resolver: Resolver,
  { lines, constraints = [], overrides = [], options = [], pinned = false, sourceless = [], environment = {} }: Resolution,
): Promise<string> {
  const output = await resolveAll(world, resolver, 'lock', {
    'requirements.txt': `${lines.join('\n')}\n`,
    ...(constraints.length > 0 && { 'constraints.txt': `${constraints.join('\n')}\n` }),
    ...(overrides.length > 0 && { 'overrides.txt': `${overrides.join('\n')}\n` }),
    ...(resolver.buildConstraints.length > 0 && { 'build-constraints.txt': `${resolver.buildConstraints.join('\n')}\n` }),
    ...(options.length > 0 && { 'options.txt': `${options.join('\n')}\n` }),
    ...(pinned && { pinned: '' }),
    ...(sourceless.length > 0 && { 'sourceless.txt': `${sourceless.join('\n')}\n` }),
    ...(Object.keys(environment).length > 0 && { 'environment.json': JSON.stringify(environment) }),
  })
  return readResolved(world, output)
}

/** Resolves sets of build requirements, each for itself, in one build. @returns the text of each one's pylock.toml */
async function resolveSets(world: World, resolver: Resolver, sets: readonly (readonly string[])[]): Promise<readonly string[]> {
  if (sets.length === 0) return []
  const asked = Object.fromEntries(sets.map((lines, i) => [`${i}/requirements.txt`, `${lines.join('\n')}\n`]))
  const bounds = resolver.buildConstraints
  const constraints: Record<string, string> = bounds.length > 0 ? { 'constraints.txt': `${bounds.join('\n')}\n` } : {}
  const output = await resolveAll(world, resolver, 'build-lock', { ...asked, ...constraints })
  return Promise.all(sets.map((_, i) => readResolved(world, path.join(output, String(i)))))
}

/** Bytes of a lock; one with a thousand packages and all of their files has two million. */
const LARGEST_LOCK = 64 << 20

async function readResolved(world: World, folder: string): Promise<string> {
  const answer = { folder, file: 'pylock.toml', step: 'wheels', from: 'the resolution', what: 'lock', most: LARGEST_LOCK }
  return (await readText(world, answer)) ?? ''
}

/** @param asked what is asked, as files by their names. @returns the folder of what the stage gives */
async function resolveAll(
  world: World,
  resolver: Resolver,
  stage: 'lock' | 'build-lock',
  asked: Readonly<Record<string, string>>,
): Promise<string> {
  const tools = await ensureTools(world, resolver)
  const folder = path.join(world.paths.leanContext, 'requirements', stage)
  await world.files.remove(folder)
  for (const [name, text] of Object.entries(asked)) await world.files.write(path.join(folder, name), text)
  const output = path.join(world.paths.temp, stage)
  await world.files.remove(output)
  await buildTarget(world, resolver.settings, { ...resolver, tools, target: `${stage}-files`, context: 'leanContext', output })
  return output
}

/** What wheels are chosen for, as the image itself tells it; kept, as it is the same for the same image. */
export async function ensureTarget(world: World, resolver: Resolver, state: State): Promise<{ state: State; target: Target }> {
  const parts = { image: resolver.base.split(':').at(-1) ?? '', scripts: await scriptsPrint(world, 'target') }
  if (state.target && JSON.stringify(state.target.parts) === JSON.stringify(parts)) return { state, target: state.target.target }
  const output = path.join(world.paths.temp, 'target')
  await world.files.remove(output)
  const asking = buildTarget(world, resolver.settings, {
    ...resolver,
    target: 'target-files',
    context: 'leanContext',
    output,
    offline: true,
  })
  await allDone([asking, ensureTools(world, resolver)]) // whoever does not know its target will have to resolve
  const told = { folder: output, file: 'target.json', step: 'base', from: 'the base image', what: 'description of Python and its system' }
  const target = await readAnswer(world, told, targetSchema)
  if (!target) throw new UserError('base', 'the base image told nothing of its Python', 'See base-image and parent-image.')
  return { state: { ...state, target: { parts, target } }, target }
}

/**
 * Build requirements of one package, see `ensureBuildLocks`.
 * @returns the state with the lock's record, and the lock's sha256
 */
export async function ensureBuildRequires(
  world: World,
  resolver: Resolver,
  before: State,
  target: Target,
  requirements: readonly string[],
): Promise<{ state: State; sha256: string }> {
  const { state, locks } = await ensureBuildLocks(world, resolver, before, target, [requirements])
  return { state, sha256: locks.get(setName(requirements)) ?? '' }
}

/** sha256 of the locks of several sets of build requirements, by the set's name. */
export type Locks = ReadonlyMap<string, string>

/**
 * Build requirements, resolved with hashes and fetched to `.build/requires`, for builds without an index. Sets
 * without a kept lock are resolved in one build, each for itself.
 * @returns the state with the locks' records, and each lock's sha256
 */
export async function ensureBuildLocks(
  world: World,
  resolver: Resolver,
  before: State,
  target: Target,
  sets: readonly (readonly string[])[],
): Promise<{ state: State; locks: Locks }> {
  const prints = new Map<string, string>()
  const missing = new Map<string, readonly string[]>()
  for (const set of sets) {
    const sorted = [...new Set(set.map(plainRequirement))].sort()
    const print = fingerprint({ ...resolver.parts, requirements: sorted.join('\n') })
    prints.set(setName(set), print)
    if (!missing.has(print) && !(await isKept(world, before, print))) missing.set(print, sorted)
  }
  const asked = [...missing].filter(([, lines]) => lines.length > 0)
  const texts = await resolveSets(
    world,
    resolver,
    asked.map(([, lines]) => lines),
  )
  const found = new Map(asked.map(([print], i) => [print, texts[i] ?? '']))
  const made: Record<string, BuildLock> = {}
  for (const print of missing.keys()) made[print] = await fetchLocked(world, target, print, found.get(print) ?? 'lock-version = "1.0"\n')
  const state = missing.size > 0 ? { ...before, buildLocks: { ...before.buildLocks, ...made } } : before
  return { state, locks: new Map([...prints].map(([name, print]) => [name, state.buildLocks?.[print]?.sha256 ?? ''])) }
}

/** Whether a lock is kept as recorded, with all that it names, byte for byte. @param print of what it was resolved from */
export async function isKept(world: World, state: State, print: string): Promise<boolean> {
  const known = await world.files.readKept(lockFile(world, print), MOST_BYTES)
  const record = state.buildLocks?.[print]
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

/** Fetches the wheels of a new lock, then keeps it. */
async function fetchLocked(world: World, target: Target, print: string, text: string): Promise<BuildLock> {
  const wheels = readLock('the lock of the build requirements', text).map((entry) => {
    const wheel = bestWheel(entry.wheels, supportedTags(target))
    if (wheel) return wheel
    throw new UserError(
      'wheels',
      `the build requirement ${entry.name} ${entry.version} has no wheel that fits`,
      'Pin a version that has one in [build-system] requires, or put its wheel on an index that extra-index-urls names.',
    )
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
