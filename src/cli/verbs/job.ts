import type { TerminalLog } from '../../effects/log/terminal-log.ts'
import type { Cancellation } from '../../effects/process/cancellation.ts'
import type { Setting } from '../../inputs/settings.ts'
import type { Inputs } from '../../inputs.ts'
import type { Runner } from '../../run/prepare/make-plan.ts'
import type { World } from '../../run/world.ts'
import type { Call } from '../arguments.ts'
import type { Surroundings } from '../surroundings.ts'
import type { Verb } from '../verbs.ts'
import type { Unallowed } from '../word.ts'

/** Everything a verb needs. */
export interface Job {
  readonly call: Call
  readonly verb: Verb
  readonly settings: ReadonlyMap<string, Setting>
  /** What the table of the project sets without the user's word. */
  readonly untrusted: Unallowed | undefined
  readonly inputs: Inputs
  readonly world: World
  readonly runner: Runner
  readonly around: Surroundings
  readonly log: TerminalLog
  /** Labels the containers. */
  readonly run: string
  readonly cancellation: Cancellation
  /** Removes what a killed run on this project left. */
  readonly sweep: () => Promise<void>
}
