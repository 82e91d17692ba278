import { randomBytes } from 'node:crypto'
import { stageScript } from '../build/stage-scripts.ts'
import type { World } from '../world.ts'

/** What tells lines of our scripts apart from lines of all that runs beside them. */
export function runWord(): string {
  return randomBytes(16).toString('hex')
}

/** Nothing that is installed takes part: no `site`, no variables of Python. */
export const ISOLATED = ['-I', '-S', '-B']

/** How much longer all may take on a busy machine, as our scripts measure it. */
export const BUSIEST = 4

/** Python's arguments for scripts of `stages/check`, one after the other, and a call of what they define. */
export async function scriptArguments(world: World, names: readonly string[], call: string, asked: unknown): Promise<readonly string[]> {
  const texts = await Promise.all(names.map((name) => stageScript(world, 'check', name)))
  // A JSON text in a JSON text is a literal of Python too.
  return [...ISOLATED, '-c', `${texts.join('\n')}\n${call}(json.loads(${JSON.stringify(JSON.stringify(asked))}))\n`]
}
