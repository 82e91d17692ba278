import path from 'node:path'
import { UserError } from '../../errors.ts'
import { type Message, messageLine, readMessage } from '../../text/stage-message.ts'
import { type BuildSettings, buildTarget, type TargetRequest, tell } from '../build/build-target.ts'
import type { Said } from '../wheelhouse-folder/record-schemas.ts'
import type { World } from '../world.ts'

const STAGE = 'trial'
/** Of what one trial says, as its script and BuildKit bound it. */
const MOST_BYTES = 1 << 20
const MOST_LINES = 300
const LONGEST_LINE = 5000
/** Shorter values are words; the script of the trial has the same bound. */
const SHORTEST = 8

/** What a trial says to the user while it is built, such as `notice: your application writes …`. */
export class TrialWords {
  private readonly lines: string[] = []
  private before = false

  readonly onStage = (stage: string, before: boolean): void => {
    if (stage === STAGE) this.before = before
  }

  readonly onMessage = (message: Message): void => {
    if (message.stage === STAGE) this.lines.push(messageLine(message))
  }

  /** @returns undefined where BuildKit had its step from before, so that nothing was said */
  said(given: Readonly<Record<string, string>>): readonly string[] | undefined {
    return this.before ? undefined : this.lines.slice(0, MOST_LINES).map((line) => withoutValues(line.slice(0, LONGEST_LINE), given))
  }
}

/** What the run gave to the trial alone is not kept. */
function withoutValues(line: string, given: Readonly<Record<string, string>>): string {
  const values = Object.values(given).filter((value) => value.length >= SHORTEST)
  return values.sort((a, b) => b.length - a.length).reduce((text, value) => text.replaceAll(value, '***'), line)
}

/** Tells the user what a trial said when it was run, in a run that has its result from before. */
export function sayAgain(world: World, lines: Said['lines']): void {
  for (const line of lines) {
    const message = readMessage(STAGE, line)
    if (message) tell(world, message)
  }
}

/** Keeps it for a run that finds the release as it is. */
export async function keepSaid({ records }: World, suffix: string, said: Said): Promise<void> {
  await records.put('said', suffix, said)
  await records.save()
}

/**
 * What the trial said, out of what BuildKit has of it.
 * @param build takes what the release's build took
 * @returns undefined where that cannot be had
 */
export async function saidBefore(
  world: World,
  settings: BuildSettings,
  build: Omit<TargetRequest, 'target'>,
): Promise<readonly string[] | undefined> {
  const output = path.join(world.paths.temp, 'said')
  const silently = { silent: true, hears: undefined, onStage: undefined, onMessage: undefined }
  await world.files.remove(output)
  try {
    await buildTarget(world, settings, { ...build, ...silently, target: 'said', output })
    const text = (await world.files.readKept(path.join(output, 'said.txt'), MOST_BYTES)) ?? ''
    return text
      .split('\n')
      .slice(0, MOST_LINES)
      .filter((line) => line !== '' && line.length <= LONGEST_LINE)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    world.log.info(`  what the application did when it was imported is not told again: ${error.message}`)
    return undefined
  }
}
