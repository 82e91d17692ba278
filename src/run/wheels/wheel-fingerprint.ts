import { buildPackagesFor } from '../../plan/wheels/system-packages.ts'
import { type MadeNow, namesIn } from '../../plan/wheels/wheel-plan.ts'
import type { Target } from '../../plan/wheels/wheel-tags.ts'
import { type Locks, setName } from '../lock/build-requirements.ts'

/** What decides over the builder that wheels are compiled in. */
export interface Means {
  readonly buildPackages: readonly string[]
  /** What an own or ready builder is made from; '' for ours, where the packages say it. */
  readonly builderRecipe: string
}

/** What a wheel built today would be made from. */
export function madeFrom(request: Means, target: Target, recipe: string) {
  return (locks: Locks): MadeNow =>
    (source) => ({
      sdist: source.sdist,
      recipe,
      distribution: target.distribution,
      machine: target.machine,
      glibc: target.glibc,
      soabi: target.soabi,
      buildPackages: request.builderRecipe || packagesOf(request, source),
      buildLock: locks.get(setName(source.requires)) ?? '',
    })
}

/** What the builder that we make holds for building a package. */
function packagesOf(request: Means, source: Parameters<MadeNow>[0]): string {
  const found = buildPackagesFor([source.package, ...namesIn(source.requires.join(' '))])
  return [...new Set([...request.buildPackages, ...found])].sort().join(' ')
}
