/** Steps that foreign code or a network could make endless: one docker build, one transfer, one line of an input. */
export type TimedStep = 'build' | 'transfer' | 'run' | 'manage' | 'test-command'

/** What a step may take where the input `timeout` says nothing, in minutes. */
const MINUTES: Readonly<Record<TimedStep, number>> = { build: 60, transfer: 30, run: 10, manage: 10, 'test-command': 60 }

/** Seconds that a step may take. @param timeout the input: minutes for each step, '' for the step's own */
export function limitOf(step: TimedStep, timeout = ''): number {
  return Math.ceil((timeout === '' ? MINUTES[step] : Number(timeout)) * 60)
}

/** `6 s`, `10 minutes` */
export function inWords(seconds: number): string {
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 6) / 10} minutes`
}

/** Seconds that are left. @param start by `performance.now()` */
export function leftOf(limit: number, start: number): number {
  return Math.max(0, Math.round(limit - (performance.now() - start) / 1000))
}

/** What an error of a step that was stopped says to do. */
export const LONGER = 'If it needs longer, set timeout (minutes for each step).'
