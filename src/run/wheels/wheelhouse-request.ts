import type { RunPlan } from '../../plan/run-plan.ts'
import type { Means } from './wheel-fingerprint.ts'

export interface WheelhouseRequest extends Means {
  readonly plan: RunPlan
  readonly extras: readonly string[]
  readonly groups: readonly string[]
  /** Requirement lines of the input packages. */
  readonly packages: readonly string[]
  readonly runtimePackages: readonly string[]
  readonly dockerfile: string
  readonly base: string
  /** Stands for the system in fingerprints: the parent's id, or the print of an own base. */
  readonly system: string
  /** Where a release follows, the project's wheel need not be made beforehand just to learn what it requires. */
  readonly releaseFollows: boolean
  /** Lines of a shell that may change the source before its wheel is built, and secrets for them. */
  readonly buildCommand: readonly string[]
  readonly secrets: Readonly<Record<string, string>>
  readonly platform: string
  /** See `Resolver`. */
  readonly toolsInContext: boolean
  /** Makes the builder image when, and only when, something must be compiled, with what these packages take. */
  readonly builder: (names: readonly string[]) => Promise<string>
}
