import type { LockedPackage } from '../../project/resolved-lock.ts'
import { bestWheel } from './wheel-plan.ts'

/** A package of an image. */
export interface PackageFact {
  readonly name: string
  readonly version: string
  /** Bytes of its wheel; undefined where that is not told. */
  readonly size: number | undefined
}

/** What an image has that the one before had not. */
export interface PackageChanges {
  readonly added: readonly PackageFact[]
  readonly removed: readonly PackageFact[]
  readonly changed: readonly { readonly from: PackageFact; readonly to: PackageFact }[]
}

/** The packages of a lock, with the size of the wheel that an image takes. */
export function packagesOf(lock: readonly LockedPackage[], supported: readonly string[]): readonly PackageFact[] {
  return lock.map(({ name, version, wheels }) => ({ name, version, size: bestWheel(wheels, supported)?.size }))
}

/** Compares two sets of packages, by their names. */
export function packageChanges(before: readonly PackageFact[], now: readonly PackageFact[]): PackageChanges {
  const [old, present] = [before, now].map((all) => new Map(all.map((one) => [one.name, one])))
  return {
    added: now.filter(({ name }) => !old?.has(name)),
    removed: before.filter(({ name }) => !present?.has(name)),
    changed: now.flatMap((to) => {
      const from = old?.get(to.name)
      return from && from.version !== to.version ? [{ from, to }] : []
    }),
  }
}
