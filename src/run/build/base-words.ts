import { type Message, messageLine, readMessage } from '../../text/stage-message.ts'
import type { World } from '../world.ts'
import { tell } from './build-target.ts'

/** The stage of base whose words are for the user. */
const STAGE = 'base-tree'
/** Among what releases said by their tag suffix, and no suffix itself. */
const RECORD = '/base'
const MOST_LINES = 20
const LONGEST_LINE = 5000

/** What making base says to the user, such as the security updates that it took: whoever finds it made is told, too. */
export class BaseWords {
  private readonly lines: string[] = []

  readonly onMessage = (message: Message): void => {
    if (message.stage === STAGE) this.lines.push(messageLine(message).slice(0, LONGEST_LINE))
  }

  /**
   * Keeps what was said, or says it again.
   * @param print the fingerprint of base, 16 hexadecimal digits
   */
  async settle(world: World, print: string): Promise<void> {
    if (this.lines.length > 0) return world.records.put('said', RECORD, { release: print, lines: this.lines.slice(0, MOST_LINES) })
    const said = (await world.records.get('said'))?.[RECORD]
    if (said?.release !== print) return
    for (const line of said.lines) {
      const message = readMessage(STAGE, line)
      if (message) tell(world, message)
    }
  }
}
