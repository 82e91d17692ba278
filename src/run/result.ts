import path from 'node:path'
import { isBeside } from '../plan/goal.ts'
import { type PackageChanges, packageChanges, packagesOf } from '../plan/wheels/package-changes.ts'
import { supportedTags } from '../plan/wheels/wheel-tags.ts'
import { parseMetadata } from '../project/metadata.ts'
import type { Outcome, PublishResult, WheelResult, WheelsResult } from '../report/outcome.ts'
import { SHELF } from '../shelf.ts'
import { parentResult } from './images/parent-age.ts'
import type { Base } from './make-base.ts'
import type { Proved } from './make-release.ts'
import type { Run } from './open-run.ts'
import type { ProjectWheel } from './wheels/project-wheel.ts'
import type { Wheelhouse } from './wheels/wheelhouse.ts'
import type { World } from './world.ts'

/** What the outputs and the summary tell of a wheelhouse. */
export function wheelsResult({ context, paths }: World, house: Wheelhouse, cache: { key: string; hit: boolean }): WheelsResult {
  const folder = path.relative(context.workspace, paths.wheelhouse)
  const lock = path.join(folder, SHELF.lock)
  return {
    folder,
    lock,
    wheels: house.app ? [...house.wheels, projectWheel(house.app)] : house.wheels,
    cacheHit: cache.hit,
    cacheKey: cache.key,
    python: house.target.python,
    assets: house.app ? [path.join(folder, house.app.file), lock] : [lock],
  }
}

/** The project's wheel, as the output lists it. */
export function projectWheel({ file, sha256, size, seconds, metadata }: ProjectWheel): WheelResult {
  const { name, version } = parseMetadata(metadata)
  return { name, version, file, sha256, size, origin: 'project', seconds: Math.round(seconds * 100) / 100 }
}

/** What the steps of a run came to. */
export interface Results {
  readonly base: Base
  readonly wheels: Wheelhouse | undefined
  readonly release: Proved | undefined
  readonly published: PublishResult | undefined
}

/** The outcome of a run, from what each step gave. */
export async function outcomeOf({ inputs, world, steps }: Run, { base, wheels, release, published }: Results): Promise<Outcome> {
  const { images, cache, newer } = base
  return {
    version: images.version(),
    parent: parentResult(images.origin, world.now(), newer()),
    ...images.results(),
    wheels: wheels && wheelsResult(world, wheels, cache.result),
    release: isBeside(inputs.target) ? undefined : release?.release.result,
    ...release?.exercise.results(),
    checks: release?.checks,
    sbom: release?.sbom,
    published,
    changes: wheels && changesOf(wheels),
    parts: await release?.parts,
    steps: steps.times(images.builderTime),
    warnings: steps.warnings,
    seconds: steps.seconds,
  }
}

/** What the packages of this image have that those before had not. */
function changesOf({ locked, lockedBefore, target }: Wheelhouse): PackageChanges | undefined {
  if (!lockedBefore) return undefined
  const supported = supportedTags(target)
  return packageChanges(packagesOf(lockedBefore, supported), packagesOf(locked, supported))
}
