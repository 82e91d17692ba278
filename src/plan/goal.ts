import type { Goal } from '../inputs/table.ts'

/** Whether the release is made, be it for itself or for the images beside it. */
export function makesRelease(target: Goal): boolean {
  return target === 'release' || isBeside(target)
}

/** Whether an image beside the release is all that is asked for. */
export function isBeside(target: Goal): boolean {
  return target === 'test' || target === 'dev'
}

/** Base or builder, where that is all that is asked for. */
export function imageAlone(target: Goal): 'base' | 'builder' | undefined {
  return target === 'base' || target === 'builder' ? target : undefined
}
