import path from 'node:path'
import { UserError } from '../errors.ts'
import { changedParts, fingerprint, type Parts, sha256 } from '../plan/fingerprint.ts'
import { onlyVouchedFor } from '../plan/locked.ts'
import type { RunPlan } from '../plan/run-plan.ts'
import { refuseVendored, refuseVendoredPins } from '../plan/vendored.ts'
import type { Target } from '../plan/wheel-tags.ts'
import type { Dependencies } from '../project/dependencies.ts'
import { withFolders } from '../project/local.ts'
import { type LockedPackage, readLock } from '../project/lock.ts'
import { disagreement } from '../project/locks/disagreement.ts'
import type { Pin, UserLock } from '../project/locks/lock-file.ts'
import { readRequirementsLock } from '../project/locks/requirements.ts'
import { readUserLock } from '../project/locks/user-lock.ts'
import { vendoredSources } from '../project/locks/vendored.ts'
import { readToml } from '../project/toml.ts'
import { LOCAL_AT, type LocalPackage, layOutLocals, pyprojectOf, type WantedLocal, wantedBy } from './local.ts'
import { type Resolver, resolve } from './requires.ts'
import { inWheelhouse, SHELF, type State } from './state.ts'
import type { World } from './world.ts'

export interface LockRequest {
  readonly plan: RunPlan
  readonly extras: readonly string[]
  readonly groups: readonly string[]
  readonly dependencies: Dependencies
  readonly target: Target
}

/** Every package of the release, and which of them are folders of this run. */
export interface Locked {
  readonly state: State
  readonly packages: readonly LockedPackage[]
  readonly sha256: string
  readonly locals: ReadonlyMap<string, LocalPackage>
  /** The lock of the user that was followed. */
  readonly theirs: UserLock | undefined
}

/**
 * The kept lock where it answers the same question, else a new one. Where the user has a lock, nothing is
 * resolved again: its pins alone are asked for, and every file must be one that it vouches for.
 * @throws UserError where the user's lock disagrees with the metadata, or a file with the lock
 */
export async function ensureLock(world: World, resolver: Resolver, state: State, request: LockRequest): Promise<Locked> {
  const { dependencies, target } = request
  const theirs = (await userLock(world, request)) ?? offeredLock(world, request)
  if (theirs) {
    refuseVendoredPins(theirs)
    const why = dependencies.byFiles ? undefined : request.plan.project.lock?.why
    if (why) world.log.info(`  ${theirs.file} is the lock, ${why} (the input requirements names files instead)`)
    world.log.info(`  ${theirs.file} names ${theirs.pins.length} packages; nothing is resolved again`)
    const stale = staleness(theirs, request)
    if (stale) throw stale
  } else {
    const pyproject = readToml('pyproject.toml', (await pyprojectOf(world, world.paths.project)) ?? '')
    refuseVendored(dependencies.lines, vendoredSources(pyproject, target.markers), dependencies.from, target.markers)
  }
  const locals = await layOutLocals(world, await wantedLocals(world, request, theirs))
  for (const { name, from } of locals.values()) world.log.info(`  ${name} comes from ${from}`)
  const folders = new Map([...locals.values()].map(({ name }) => [name, `${LOCAL_AT}/${name}`]))
  const wanted = theirs ? theirs.pins.flatMap(pinLine) : dependencies.lines
  const addresses = wanted.filter((line) => /^[a-z+]+:\/\//.test(line)) // without a name: no folder's
  const lines = [
    ...withFolders(
      wanted.filter((line) => !addresses.includes(line)),
      folders,
    ),
    ...addresses,
  ]
  const sorted = [...new Set(lines)].sort()
  const parts: Parts = {
    ...resolver.parts,
    requirements: sorted.join('\n'),
    ...(dependencies.constraints.length > 0 && { constraints: dependencies.constraints.join('\n') }),
    ...(locals.size > 0 && {
      local: fingerprint(Object.fromEntries([...locals.values()].map(({ name, project }) => [name, project.definition]))),
    }),
    ...(theirs && { lock: theirs.file }),
  }
  const kept = await keptLock(world, state, parts)
  const from = theirs?.file ?? dependencies.from
  if (kept !== undefined) world.log.info(`  pylock.toml: ${theirs ? `${theirs.file} is` : 'the requirements are'} unchanged`)
  else {
    const changed = state.lock ? changedParts(state.lock.parts, parts) : []
    const why = changed.length > 0 ? `changed: ${changed.join(', ')}` : 'no lock is kept'
    world.log.info(
      theirs
        ? `  choosing the files of ${sorted.length} packages (${why})`
        : `  resolving ${sorted.length} requirements of ${from} (${why})`,
    )
  }
  const asked = [...locals.values()].flatMap((local) => local.asked ?? [])
  const question = {
    lines: sorted,
    constraints: dependencies.constraints,
    pinned: theirs !== undefined,
    sourceless: [...new Set(asked.flatMap(({ sources }) => sources))].sort(),
    environment: Object.assign({}, ...asked.map(({ env }) => env)) as Readonly<Record<string, string>>,
  }
  const text = kept ?? (sorted.length > 0 ? await resolve(world, resolver, question) : 'lock-version = "1.0"\n')
  const packages = readLock(SHELF.lock, text)
  const believed = theirs ? onlyVouchedFor(theirs, packages, target) : packages
  if (kept === undefined) await world.files.write(inWheelhouse(world, SHELF.lock), text)
  const lock = { parts, sha256: sha256(text) }
  return { state: { ...state, lock }, packages: believed, sha256: lock.sha256, locals, theirs }
}

async function keptLock(world: World, state: State, parts: Parts): Promise<string | undefined> {
  const kept = await world.files.read(inWheelhouse(world, SHELF.lock))
  const same =
    state.lock && kept !== undefined && sha256(kept) === state.lock.sha256 && JSON.stringify(state.lock.parts) === JSON.stringify(parts)
  return same ? kept : undefined
}

async function userLock(world: World, { plan, extras, groups, dependencies, target }: LockRequest): Promise<UserLock | undefined> {
  const { project } = plan
  const lock = dependencies.byFiles ? project.requirementsLock : project.lock
  if (!lock) return undefined
  if (dependencies.byFiles) {
    return readRequirementsLock(lock.file, new Map(Object.entries(lock.texts)), project.name, target.markers).lock
  }
  const pyproject = await pyprojectOf(world, world.paths.project)
  return readUserLock(lock.file, lock.texts[lock.file] ?? '', { name: project.name, pyproject }, { extras, groups }, target.markers)
}

/**
 * Files with hashes beside the metadata, as pip-tools makes them of it. They may be of other requirements, or
 * older than those, and nobody named them: then they are no lock, and a notice says why.
 */
function offeredLock(world: World, request: LockRequest): UserLock | undefined {
  const { dependencies, plan, target } = request
  const { offered } = dependencies
  if (!offered) return undefined
  const { definedBy, name } = plan.project
  try {
    const { lock, notices } = readRequirementsLock(offered.file, new Map(Object.entries(offered.texts)), name, target.markers)
    const stale = staleness(lock, request)
    if (stale) throw stale
    refuseVendoredPins(lock)
    world.log.info(`  ${offered.file} is the lock, as it has hashes and holds what ${definedBy} requires`)
    for (const notice of notices) world.log.info(`  ${notice}`)
    return lock
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    world.log.notice(
      `${offered.file} has hashes and is not followed, as ${definedBy} says what is required (the input requirements would choose the file): ${error.message}.`,
    )
    return undefined
  }
}

/** Of files that say what is required there is nothing to compare but what extras and groups add. */
function staleness(lock: UserLock, { dependencies, plan, target, extras, groups }: LockRequest): UserError | undefined {
  const own = dependencies.byFiles ? (plan.project.requirements?.lines ?? []) : []
  const lines = dependencies.lines.filter((line) => !own.includes(line))
  return disagreement(lock, lines, target.markers, { extras, groups })
}

async function wantedLocals(
  world: World,
  { plan, dependencies }: LockRequest,
  theirs: UserLock | undefined,
): Promise<readonly WantedLocal[]> {
  const base = world.paths.project
  if (theirs) {
    const lockFolder = path.dirname(path.join(base, theirs.file))
    return theirs.pins.flatMap(({ name, source }) => (source && source.kind !== 'archive' ? [{ name, source, base: lockFolder }] : []))
  }
  const folders = dependencies.byFiles ? (plan.project.requirements?.folders ?? []) : []
  return [
    ...folders.map((folder): WantedLocal => ({ name: '', source: { kind: 'directory', path: folder }, base })),
    ...wantedBy(dependencies.lines, (await pyprojectOf(world, base)) ?? '', base),
  ]
}

/** Folders and repositories are named by where they are laid out. */
function pinLine({ name, version, source }: Pin): readonly string[] {
  if (source?.kind === 'archive') return [name ? `${name} @ ${source.url}` : source.url]
  return source ? [] : [`${name}==${version}`]
}
