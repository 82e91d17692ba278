import type { Log } from '../effects/ports.ts'

/** A log for what goes before the work of a verb: what is told while a plan is made belongs to those that make a release. */
export function silent(log: Log): Log {
  const tell = (text: string) => log.debug(text)
  return { ...log, info: tell, notice: tell, warning: tell, foreign: (lines) => lines.forEach(tell), group: (_title, work) => work() }
}
