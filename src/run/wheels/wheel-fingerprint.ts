import { buildPackagesFor } from '../../plan/wheels/system-packages.ts'
import { type MadeNow, namesIn } from '../../plan/wheels/wheel-plan.ts'
import type { Target } from '../../plan/wheels/wheel-tags.ts'
import type { BuildSetup } from '../build/build-setup.ts'
import { type Locks, setName } from '../lock/build-requirements.ts'

type Means = Pick<BuildSetup, 'buildPackages' | 'builderRecipe'>

/** What a wheel built today would be made from. */
export function wheelFingerprints(setup: Means, target: Target, recipe: string) {
  return (locks: Locks): MadeNow =>
    (source) => ({
      sdist: source.sdist,
      recipe,
      distribution: target.distribution,
      machine: target.machine,
      glibc: target.glibc,
      soabi: target.soabi,
      buildPackages: setup.builderRecipe || packagesOf(setup, source),
      buildLock: locks.get(setName(source.requires)) ?? '',
    })
}

/** What the builder that we make holds for building a package. */
function packagesOf(setup: Means, source: Parameters<MadeNow>[0]): string {
  const found = buildPackagesFor([source.package, ...namesIn(source.requires.join(' '))])
  return [...new Set([...setup.buildPackages, ...found])].sort().join(' ')
}
