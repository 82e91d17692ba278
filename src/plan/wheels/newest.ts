import type { RunContext } from '../../context.ts'

/** Bounds for resolving without a lock, as RFC 3339. The day comes first, so that commits of a day share a lock. */
export interface Newest {
  readonly day: string
  readonly moment: string
}

interface Times {
  /** Its time in seconds since 1970. */
  readonly commit: { readonly epoch: number } | undefined
  readonly now: Date
}

/**
 * Nothing younger than the commit's date is resolved, so that every leg and every re-run of a commit
 * gets the same versions. First the start of its day (UTC); where that cannot be resolved, as when a
 * requirement was released that very day, the commit's moment. Scheduled runs want what is new.
 * @param given the input `exclude-newer`
 */
export function newest(given: string, context: RunContext, { commit, now }: Times): Newest {
  if (given) return { day: given.includes('T') ? given : `${given}T00:00:00Z`, moment: '' }
  const moment = context.event === 'schedule' || !commit ? now : new Date(commit.epoch * 1000)
  const iso = `${moment.toISOString().slice(0, 19)}Z`
  return { day: `${iso.slice(0, 10)}T00:00:00Z`, moment: iso }
}
