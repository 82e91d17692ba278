import path from 'node:path'
import type { WheelResult, WheelsResult } from '../outcome.ts'
import { parseMetadata } from '../project/metadata.ts'
import { SHELF } from './wheelhouse-folder/wheelhouse-paths.ts'
import type { Wheelhouse } from './wheels/fill-wheelhouse.ts'
import type { AppWheel } from './wheels/project-wheel.ts'
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
export function projectWheel({ file, sha256, size, seconds, metadata }: AppWheel): WheelResult {
  const { name, version } = parseMetadata(metadata)
  return { name, version, file, sha256, size, origin: 'project', seconds: Math.round(seconds * 100) / 100 }
}

/** One line on where the wheels come from. */
export function tally(house: Wheelhouse, ofProject: number): string {
  const origins = ['reused', 'downloaded', 'compiled'] as const
  const counts = origins.map((origin) => `${house.wheels.filter((wheel) => wheel.origin === origin).length} ${origin}`)
  return `${house.wheels.length + ofProject} wheels: ${[...counts, ...(ofProject ? [`${ofProject} of the project`] : [])].join(', ')}`
}
