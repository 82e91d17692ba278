import path from 'node:path'
import { UserError } from '../errors.ts'
import { fingerprint, type Parts, sha256 } from '../plan/fingerprint.ts'
import { supportedTags, type Target } from '../plan/wheel-tags.ts'
import { bestWheel, isWheelName } from '../plan/wheels.ts'
import { readLock } from '../project/lock.ts'
import { allDone } from './all-done.ts'
import { type BuildSettings, buildTarget } from './build.ts'
import { fetchAll } from './fetch.ts'
import { scriptsPrint } from './images.ts'
import { type BuildLock, inWheelhouse, SHELF, type State } from './state.ts'
import { ensureTools } from './tools.ts'
import type { World } from './world.ts'

/** What resolutions in the target image start from. */
export interface Resolver {
  readonly dockerfile: string
  readonly settings: BuildSettings
  readonly base: string
  /** Parts common to every resolution: the image, the index, the date. */
  readonly parts: Parts
  /** That its images are for. */
  readonly platform: string
  /** Builds of the release's own context take uv out of that, see `layOutTools`. */
  readonly toolsInContext: boolean
}

export interface Resolution {
  readonly lines: readonly string[]
  readonly constraints?: readonly string[]
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
  stage: 'lock' | 'build-lock',
  { lines, constraints = [], pinned = false, sourceless = [], environment = {} }: Resolution,
): Promise<string> {
  const tools = await ensureTools(world, resolver)
  const folder = path.join(world.paths.leanContext, 'requirements', stage)
  await world.files.remove(folder)
  await world.files.write(path.join(folder, 'requirements.txt'), `${lines.join('\n')}\n`)
  if (constraints.length > 0) await world.files.write(path.join(folder, 'constraints.txt'), `${constraints.join('\n')}\n`)
  if (pinned) await world.files.write(path.join(folder, 'pinned'), '')
  if (sourceless.length > 0) await world.files.write(path.join(folder, 'sourceless.txt'), `${sourceless.join('\n')}\n`)
  if (Object.keys(environment).length > 0) await world.files.write(path.join(folder, 'environment.json'), JSON.stringify(environment))
  const output = path.join(world.paths.temp, stage)
  await world.files.remove(output)
  await buildTarget(world, resolver.settings, { ...resolver, tools, target: `${stage}-files`, context: 'leanContext', output })
  return (await world.files.read(path.join(output, 'pylock.toml'))) ?? ''
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
  const target = JSON.parse((await world.files.read(path.join(output, 'target.json'))) ?? '{}') as Target
  return { state: { ...state, target: { parts, target } }, target }
}

/**
 * Build requirements, resolved with hashes and fetched to `.build/requires`, for builds without an index.
 * @returns the state with the lock's record, and the lock's sha256
 */
export async function ensureBuildRequires(
  world: World,
  resolver: Resolver,
  state: State,
  target: Target,
  requirements: readonly string[],
): Promise<{ state: State; sha256: string }> {
  const sorted = [...new Set(requirements.map(plainRequirement))].sort()
  const print = fingerprint({ ...resolver.parts, requirements: sorted.join('\n') })
  const file = inWheelhouse(world, SHELF.locks, `${print}.toml`)
  const known = await world.files.read(file)
  const record = state.buildLocks?.[print]
  if (known !== undefined && record && sha256(known) === record.sha256 && (await areThere(world, record)))
    return { state, sha256: record.sha256 }

  const text = sorted.length > 0 ? await resolve(world, resolver, 'build-lock', { lines: sorted }) : 'lock-version = "1.0"\n'
  const wheels = readLock('the lock of the build requirements', text).map((entry) => {
    const wheel = bestWheel(entry.wheels, supportedTags(target))
    if (wheel) return wheel
    throw new UserError(
      'wheels',
      `the build requirement ${entry.name} ${entry.version} has no wheel that fits`,
      'Pin another version of it in [build-system] requires.',
    )
  })
  await fetchAll(world, wheels, inWheelhouse(world, SHELF.requires))
  await world.files.write(file, text)
  const made: BuildLock = { sha256: sha256(text), files: Object.fromEntries(wheels.map((wheel) => [wheel.file, wheel.sha256])) }
  return { state: { ...state, buildLocks: { ...state.buildLocks, [print]: made } }, sha256: made.sha256 }
}

/** Build requirements come out of archives: nothing but a requirement may reach the resolver's file (PEP 508). */
function plainRequirement(line: string): string {
  if (/^[A-Za-z0-9][^\n\r#]*$/.test(line.trim()) && !/\s--?[a-z]/.test(line)) return line.trim()
  throw new UserError('wheels', `"${line}" is not a build requirement`, 'Mend [build-system] requires of the package that says so.')
}

/** Whether the wheels of a kept lock are all there, byte for byte. */
async function areThere(world: World, lock: BuildLock): Promise<boolean> {
  for (const [file, hash] of Object.entries(lock.files)) {
    const kept = inWheelhouse(world, SHELF.requires, file)
    if (!isWheelName(file) || !(await world.files.exists(kept)) || (await world.files.sha256(kept)) !== hash) return false
  }
  return true
}

/** sha256 of the locks of several sets of build requirements, by the set's name. */
export type Locks = ReadonlyMap<string, string>

/** Locks of several sets of build requirements, their wheels fetched. */
export async function ensureBuildLocks(
  world: World,
  resolver: Resolver,
  before: State,
  target: Target,
  sets: readonly (readonly string[])[],
): Promise<{ state: State; locks: Locks }> {
  let state = before
  const locks = new Map<string, string>()
  for (const set of sets) {
    if (locks.has(setName(set))) continue
    const ensured = await ensureBuildRequires(world, resolver, state, target, set)
    state = ensured.state
    locks.set(setName(set), ensured.sha256)
  }
  return { state, locks }
}

export function setName(requires: readonly string[]): string {
  return requires.join('\n')
}
