import { refuseChildren, stopChildren } from './child.ts'

export interface Cancellation {
  readonly cancelled: () => boolean
  /** Ends the run as a signal does, with another exit code. */
  cancel(code: number): void
  /** The exit code of a run that was ended. */
  readonly code: () => number
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
  let ending = code
  const cancel = (how: number, tell: () => void) => {
    if (cancelled) return
    cancelled = true
    ending = how
    tell()
    refuseChildren()
    stopChildren('SIGTERM')
    setTimeout(() => stopChildren('SIGKILL'), KILL_MS)
    setTimeout(() => void clear().finally(() => process.exit(ending)), GONE_MS)
  }
  const onSignal = () => cancel(code, said)
  const signals = ['SIGINT', 'SIGTERM'] as const
  for (const signal of signals) process.on(signal, onSignal)
  return {
    cancelled: () => cancelled,
    cancel: (other) => cancel(other, () => {}),
    code: () => ending,
    ignore() {
      for (const signal of signals) process.off(signal, onSignal)
    },
  }
}
