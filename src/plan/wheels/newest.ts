import type { RunContext } from '../../context.ts'

/** Bounds for resolving without a lock, as RFC 3339. The day comes first, so that commits of a day share a lock. */
export interface Newest {
  readonly day: string
  readonly moment: string
}

/**
 * Nothing younger than the commit's date is resolved, so that every leg and every re-run of a commit
 * gets the same versions. First the start of its day (UTC); where that cannot be resolved, as when a
 * requirement was released that very day, the commit's moment. Scheduled runs want what is new.
 * @param given the input `exclude-newer`
 * @param commit its time in seconds since 1970
 */
export function newest(given: string, context: RunContext, commit: { readonly epoch: number } | undefined, now: Date): Newest {
  if (given) return { day: given.includes('T') ? given : `${given}T00:00:00Z`, moment: '' }
  const moment = context.event === 'schedule' || !commit ? now : new Date(commit.epoch * 1000)
  const iso = `${moment.toISOString().slice(0, 19)}Z`
  return { day: `${iso.slice(0, 10)}T00:00:00Z`, moment: iso }
}
