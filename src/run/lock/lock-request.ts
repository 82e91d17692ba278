import type { RunPlan } from '../../plan/run-plan.ts'
import type { Target } from '../../plan/wheels/wheel-tags.ts'
import type { Dependencies } from '../../project/dependencies.ts'

/** What is to be locked. */
export interface LockRequest {
  readonly plan: RunPlan
  readonly extras: readonly string[]
  readonly groups: readonly string[]
  readonly dependencies: Dependencies
  readonly target: Target
}
