import path from 'node:path'
import { UserError } from '../../errors.ts'
import { chooseDependencies, unknownNames, wantedExtras } from '../../project/dependencies.ts'
import type { LockedPackage } from '../../project/resolved-lock.ts'
import { TEST_SHELF } from '../../shelf.ts'
import type { BuildSetup } from '../build/build-setup.ts'
import { Records } from '../wheelhouse-folder/records.ts'
import type { World } from '../world.ts'
import { finishShelf, gatherWheels, type Shelf } from './fill-shelf.ts'
import { judgeNames } from './unknown-names.ts'
import type { Wheelhouse } from './wheelhouse.ts'
import type { WheelhouseRequest } from './wheelhouse-request.ts'

/** What the test image has beyond the release. */
export interface TestShelf extends Pick<Shelf, 'wheels' | 'debian' | 'dockerfile'> {
  /** The same world, whose wheelhouse is the test image's own folder. */
  readonly world: World
}

/** Extras and groups, as `test-extras` names them. */
export interface TestExtras {
  readonly extras: readonly string[]
  readonly groups: readonly string[]
}

/** Where the test image takes what the release has. */
export function withoutShelf(world: World, { dockerfile }: Wheelhouse): TestShelf {
  return { world, wheels: [], debian: {}, dockerfile }
}

/** The same world with another wheelhouse, which has records of its own. */
function onShelf(world: World, folder: string): World {
  const wheelhouse = path.join(world.paths.wheelhouse, folder)
  const { files, signer } = world
  return { ...world, paths: { ...world.paths, wheelhouse }, records: new Records({ folder: wheelhouse, files, signer }) }
}

/** What the tests' wheels are gathered for. */
export interface TestQuestion {
  readonly request: WheelhouseRequest
  readonly house: Wheelhouse
  readonly test: TestExtras
}

/**
 * Fills `.build/test/`, a wheelhouse of its own with a lock of its own: what the test extras require beyond the
 * release. The release's versions are constraints of that resolution, and its lock knows nothing of it, so both
 * images have the same versions, and the release does not change when the tests' requirements do.
 * @throws UserError where the test extras cannot be had together with the release's versions
 */
export async function fillTestShelf(world: World, setup: BuildSetup, { request, house, test }: TestQuestion): Promise<TestShelf> {
  const { plan, inputs } = request
  const shelf = onShelf(world, TEST_SHELF)
  const { target, metadata } = house
  const released = new Map(house.wheels.map((wheel) => [wheel.name, wheel.version]))
  const own = { files: [], buildLocks: [] }
  try {
    const gathered = await gatherWheels(shelf, setup, {
      plan,
      extras: wantedExtras(metadata, test.extras),
      groups: test.groups,
      dependencies: dependenciesOf({ request, house, test }),
      target,
      keep: own,
      choose: (packages) => newOnes(packages, released),
      onLocked: ({ theirs }) => judgeNames(world, 'test-extras', unknownNames({ project: plan.project, metadata, locked: theirs }, test)),
    }).catch(disagrees)
    const { wheels, debian, dockerfile } = await finishShelf(shelf, setup, gathered, {
      linked: [],
      wished: inputs.runtimePackages.filter((name) => name.endsWith('-')),
      present: house.packages,
      dockerfile: house.dockerfile,
      week: plan.week,
      keep: own,
    })
    return { world: shelf, wheels, debian, dockerfile }
  } finally {
    await shelf.records.save()
  }
}

/** What the tests require, under the release's versions. */
function dependenciesOf({ request: { plan, inputs }, house, test }: TestQuestion) {
  const dependencies = chooseDependencies(plan.project, house.metadata, test)
  const pins = house.wheels.filter(({ name }) => !house.folders.includes(name)).map(({ name, version }) => `${name}==${version}`)
  // Where nothing of the user's says otherwise, only what tests add is resolved: what the release has is settled.
  const theirs = dependencies.byFiles ? plan.project.requirementsLock : plan.project.lock
  const settled = theirs ? [] : chooseDependencies(plan.project, house.metadata, inputs).lines
  const lines = dependencies.lines.filter((line) => !settled.includes(line))
  // Files that nobody named as the lock hold what is released, not what the tests add.
  const { offered: _, ...chosen } = dependencies
  return { ...chosen, from: theirs ? dependencies.from : 'the test extras', lines, constraints: [...chosen.constraints, ...pins] }
}

/** @throws UserError where a package of the release is wanted in another version */
function newOnes(packages: readonly LockedPackage[], released: ReadonlyMap<string, string>): readonly LockedPackage[] {
  const other = packages.find(({ name, version }) => version && released.has(name) && released.get(name) !== version)
  if (other) throw disagreement(`they take ${other.name} ${other.version}, the release has ${released.get(other.name)}`)
  return packages.filter(({ name }) => !released.has(name))
}
function disagrees(error: unknown): never {
  if (error instanceof UserError && error.kind === 'unresolvable') throw disagreement(error.reason, error.details)
  throw error
}

function disagreement(why: string, details: readonly string[] = []): UserError {
  return new UserError('test', `test-extras cannot be had with the versions of the release: ${why}`, {
    next: "Loosen what the extra requires, or pin in the project's own requirements what both can take.",
    details,
  })
}
