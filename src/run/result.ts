import path from 'node:path'
import type { Outcome, PublishResult, WheelResult, WheelsResult } from '../outcome.ts'
import { isBeside } from '../plan/goal.ts'
import { parseMetadata } from '../project/metadata.ts'
import { parentResult } from './images/parent-age.ts'
import type { Base } from './make-base.ts'
import type { Proved } from './make-release.ts'
import type { Run } from './run.ts'
import { SHELF } from './wheelhouse-folder/wheelhouse-paths.ts'
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
export function outcomeOf({ inputs, world, steps }: Run, { base, wheels, release, published }: Results): Outcome {
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
    steps: steps.times(images.builderTime),
    seconds: steps.seconds,
  }
}
