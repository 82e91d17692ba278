import type { Inputs } from '../../inputs.ts'
import type { RunPlan } from '../../plan/run-plan.ts'

/** What a wheelhouse is filled for. */
export interface WheelhouseRequest {
  readonly plan: RunPlan
  readonly inputs: Pick<
    Inputs,
    | 'packages'
    | 'extras'
    | 'groups'
    | 'testExtras'
    | 'testGroups'
    | 'runtimePackages'
    | 'buildCommand'
    | 'secrets'
    | 'parentImage'
    | 'baseImage'
    | 'dockerfile'
  >
  /** Where a release follows, the project's wheel need not be made beforehand just to learn what it requires. */
  readonly releaseFollows: boolean
}
