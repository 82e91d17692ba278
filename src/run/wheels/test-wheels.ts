import path from 'node:path'
import { UserError } from '../../errors.ts'
import type { WheelResult } from '../../outcome.ts'
import { renderWheelStages } from '../../plan/dockerfile/dockerfile.ts'
import { runtimeNeeds, runtimePackages } from '../../plan/wheels/system-packages.ts'
import { namesIn, planWheels } from '../../plan/wheels/wheel-plan.ts'
import { chooseDependencies, unknownNames, wantedExtras } from '../../project/dependencies.ts'
import { ensureDebianFiles } from '../build/debian-files.ts'
import { scriptsPrint } from '../build/stage-scripts.ts'
import { ensureBuildLocks } from '../lock/build-requirements.ts'
import { ensureLock } from '../lock/ensure-lock.ts'
import { readState, updateState } from '../wheelhouse-folder/records.ts'
import { fetchWheels, listWheels, prune, readShelf } from '../wheelhouse-folder/wheel-files.ts'
import { TEST_SHELF } from '../wheelhouse-folder/wheelhouse-paths.ts'
import type { World } from '../world.ts'
import { buildSources, openSources } from './build-wheels.ts'
import { resolverOf, type Wheelhouse } from './fill-wheelhouse.ts'
import { judgeNames } from './unknown-names.ts'
import { madeFrom } from './wheel-fingerprint.ts'
import type { WheelhouseRequest } from './wheelhouse-request.ts'

/** What the test image has beyond the release. */
export interface TestShelf {
  /** The same world, whose wheelhouse is the test image's own folder. */
  readonly world: World
  readonly wheels: readonly WheelResult[]
  readonly debian: Readonly<Record<string, string>>
  /** The Dockerfile up to here. */
  readonly dockerfile: string
}

/** Extras and groups, as `test-extras` names them. */
export interface TestExtras {
  readonly extras: readonly string[]
  readonly groups: readonly string[]
}

export function withoutShelf(world: World, house: Wheelhouse): TestShelf {
  return { world, wheels: [], debian: {}, dockerfile: house.dockerfile }
}

/**
 * Fills `.build/test/`, a wheelhouse of its own with a lock of its own: what the test extras require beyond the
 * release. The release's versions are constraints of that resolution, and its lock knows nothing of it, so both
 * images have the same versions, and the release does not change when the tests' requirements do.
 * @throws UserError where the test extras cannot be had together with the release's versions
 */
export async function fillTestShelf(world: World, request: WheelhouseRequest, house: Wheelhouse, test: TestExtras): Promise<TestShelf> {
  const { plan, base, builder } = request
  const shelf: World = { ...world, paths: { ...world.paths, wheelhouse: path.join(world.paths.wheelhouse, TEST_SHELF) } }
  const resolver = resolverOf(request)
  const { target, metadata } = house
  let state = await readState(shelf)
  const dependencies = chooseDependencies(plan.project, metadata, test.extras, test.groups)
  const released = new Map(house.wheels.map((wheel) => [wheel.name, wheel.version]))
  const pins = [...released].filter(([name]) => !house.folders.includes(name)).map(([name, version]) => `${name}==${version}`)
  // Where nothing of the user's says otherwise, only what tests add is resolved: what the release has is settled.
  const theirs = dependencies.byFiles ? plan.project.requirementsLock : plan.project.lock
  const settled = theirs ? [] : chooseDependencies(plan.project, metadata, request.extras, request.groups).lines
  const lines = dependencies.lines.filter((line) => !settled.includes(line))
  const from = theirs ? dependencies.from : 'the test extras'
  // Files that nobody named as the lock hold what is released, not what the tests add.
  const { offered: _, ...chosen } = dependencies
  const question = { ...chosen, from, lines, constraints: [...chosen.constraints, ...pins] }
  const extras = wantedExtras(metadata, test.extras)
  const locked = await ensureLock(shelf, resolver, state, { plan, extras, groups: test.groups, dependencies: question, target }).catch(
    disagrees,
  )
  state = locked.state
  await updateState(shelf, state)
  judgeNames(world, 'test-extras', unknownNames(plan.project, metadata, test.extras, test.groups, locked.theirs))
  const other = locked.packages.find(({ name, version }) => version && released.has(name) && released.get(name) !== version)
  if (other) throw disagreement(`they take ${other.name} ${other.version}, the release has ${released.get(other.name)}`)

  const extra = locked.packages.filter(({ name }) => !released.has(name))
  const kept = await readShelf(shelf, extra)
  const known = await ensureBuildLocks(
    shelf,
    resolver,
    state,
    target,
    kept.manifests.map(({ requires }) => requires),
  )
  const made = madeFrom(request, target, await scriptsPrint(world, 'wheel', 'builder'))
  const prints = new Map([...locked.locals.values()].map(({ name, print }) => [name, print]))
  const planned = planWheels(extra, target, kept, made(known.locks), prints)
  const fetchedIn = await fetchWheels(shelf, planned)
  const sources = await openSources(shelf, planned, locked.locals)
  const built = await buildSources(shelf, { resolver, target, base, builder, madeFrom: made }, known.state, sources)
  const reused = planned.flatMap((wheel) => (wheel.kind === 'reuse' && wheel.manifest ? [wheel.manifest] : []))
  const manifests = [...reused, ...built.manifests]
  const wheels = await listWheels(shelf, planned, manifests, fetchedIn)
  const names = extra.map(({ name }) => name)
  const needs = runtimeNeeds(names, namesIn(dependencies.lines.join(' ')))
  const linked = manifests.flatMap((manifest) => manifest.packages)
  const wished = request.runtimePackages.filter((name) => name.endsWith('-'))
  const packages = runtimePackages(needs, linked, wished).packages.filter((name) => !house.packages.includes(name))
  const dockerfile =
    house.dockerfile + renderWheelStages(built.sources.map(({ planned: wheel, ...source }) => ({ ...source, name: wheel.name })))
  const { week } = plan
  const debian = await ensureDebianFiles(shelf, plan.settings, built.state, {
    dockerfile,
    base,
    packages,
    parts: { parent: request.system, packages: packages.join(' '), week },
  })
  const buildLocks = new Set(manifests.map((manifest) => manifest.made.buildLock))
  state = await prune(shelf, new Set(wheels.map((wheel) => wheel.file)), buildLocks, debian.state)
  await updateState(shelf, state)
  return { world: shelf, wheels, debian: debian.files, dockerfile }
}

function disagrees(error: unknown): never {
  if (error instanceof UserError && error.kind === 'unresolvable') throw disagreement(error.reason, error.details)
  throw error
}

function disagreement(why: string, details: readonly string[] = []): UserError {
  return new UserError(
    'test',
    `test-extras cannot be had with the versions of the release: ${why}`,
    "Loosen what the extra requires, or pin in the project's own requirements what both can take.",
    { details },
  )
}
