import { refuseChildren, stopChildren } from './child.ts'

export interface Cancellation {
  readonly cancelled: () => boolean
  /** Leaves signals to somebody else. */
  ignore(): void
}

/** Milliseconds from the first signal: children are killed, then we are gone. Runners kill us after 10 s. */
const KILL_MS = 3000
const GONE_MS = 4000

/**
 * Runners send SIGINT, then SIGTERM 7.5 s later, to this process alone, and a terminal SIGINT: our children are ended here.
 * @param said is called once
 * @param clear removes what the run has made
 * @param code the exit code
 */
export function cancelOnSignals(said: () => void, clear: () => Promise<void>, code: number): Cancellation {
  let cancelled = false
  const onSignal = () => {
    if (cancelled) return
    cancelled = true
    said()
    refuseChildren()
    stopChildren('SIGTERM')
    setTimeout(() => stopChildren('SIGKILL'), KILL_MS)
    setTimeout(() => void clear().finally(() => process.exit(code)), GONE_MS)
  }
  const signals = ['SIGINT', 'SIGTERM'] as const
  for (const signal of signals) process.on(signal, onSignal)
  return {
    cancelled: () => cancelled,
    ignore() {
      for (const signal of signals) process.off(signal, onSignal)
    },
  }
}
